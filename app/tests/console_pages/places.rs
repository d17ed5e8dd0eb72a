//! Places, modelled units and the peers' line: what may never stand alone.

use super::{pages, seen};
use domain::language::Language;

fn page(wanted: &str, language: Language) -> String {
    let found = pages::all(language).into_iter().find(|(name, _)| *name == wanted);
    found.map(|(_, html)| html).unwrap_or_default()
}

#[test]
fn no_place_stands_without_its_set() {
    for (language, place, set) in
        [(Language::Vi, "hạng ", "; có thể từ "), (Language::En, "place ", "; could be from ")]
    {
        let text = seen(&page("analysis-ranks", language));
        let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).count();
        let places: Vec<&str> = text
            .match_indices(place)
            .map(|(at, _)| &text[at + place.len()..])
            .filter(|rest| digits(rest) > 0)
            .collect();
        assert!(places.len() > 20, "{text}");
        for rest in places {
            let after = &rest[digits(rest)..];
            assert!(
                after.starts_with(set) || after.starts_with("; không") || after.starts_with("; no"),
                "{rest:.60}"
            );
        }
        assert!(!seen(&page("analysis", language)).contains(set));
    }
}

#[test]
fn every_class_of_modelled_units_is_marked_and_none_has_a_number() {
    for (language, mark) in [(Language::Vi, "ước lượng theo mô hình"), (Language::En, "modelled")] {
        let html = page("analysis", language);
        let (_, section) = html.split_once("aria-labelledby=\"modelled\"").unwrap();
        let section = section.split("</section>").next().unwrap();
        let headings: Vec<String> =
            section.split("<h3").skip(1).map(|rest| seen(rest.split("</h3>").next().unwrap())).collect();
        assert_eq!(headings.len(), 3);
        assert!(headings.iter().all(|heading| heading.contains(mark)), "{headings:?}");
        let marks = section.matches('%').count();
        assert_eq!(marks, 0, "no share of any unit");
        assert!(!page("analysis-auditor", language).contains("aria-labelledby=\"modelled\""));
    }
}

#[test]
fn the_line_of_the_peers_makes_way_for_the_words_of_a_withheld_row() {
    let html = page("province", Language::Vi);
    let tight = html.split("class=\"chart tight\"").nth(1).unwrap();
    let chart = tight.split("</figure>").next().unwrap().split("chart tight").next().unwrap();
    let between = |text: &str, name: &str| {
        let tag = format!(" {text}");
        let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse::<f64>().unwrap()
    };
    let lines: Vec<(f64, f64)> = chart
        .split("<line ")
        .skip(1)
        .filter(|line| line.split('>').next().is_some_and(|tag| tag.contains("class=\"ref\"")))
        .map(|line| (between(line, "y1"), between(line, "y2")))
        .collect();
    let words: Vec<f64> = chart
        .split("<text ")
        .skip(1)
        .filter(|text| text.contains("soft tiny"))
        .map(|text| between(text, "y"))
        .collect();
    assert!(!words.is_empty() && lines.len() > 1, "{} words, {} pieces", words.len(), lines.len());
    for y in words {
        assert!(lines.iter().all(|(from, to)| y - 4.0 < *from || *to < y - 4.0), "a line runs through {y}");
    }
}
