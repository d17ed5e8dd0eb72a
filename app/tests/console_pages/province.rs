//! What the province page promises about bands: shape, colour and word together, no places, why
//! there is none, and a map that can be used without seeing it.

use super::{pages, provinces, samples};
use app::console::render_province;
use domain::language::Language;
use domain::report::{Band, ProvinceReport};

fn drawn(report: &ProvinceReport, language: Language) -> String {
    render_province(report, &pages::frame(language, "/p/96"))
}

fn seen(html: &str) -> String {
    let pieces = html.split('<').filter_map(|piece| piece.split_once('>').map(|(_, words)| words));
    pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let opening = format!("aria-labelledby=\"{id}\"");
    let from = html.find(&opening).unwrap_or_else(|| panic!("no section {id}"));
    html[from..].split("</section>").next().unwrap_or_default()
}

#[test]
fn a_band_is_a_word_a_shape_and_a_colour_in_chart_table_and_map() {
    let report = provinces::province();
    let html = drawn(&report, Language::Vi);
    let communes = report.groups.iter().find(|group| group.banding.is_some() && group.units.len() > 20);
    let count = |band| communes.unwrap().units.iter().filter(|unit| unit.band == Some(band)).count();
    for (band, word, symbol, class) in [
        (Band::Above, "Cao hơn rõ rệt", "#above", "m-above"),
        (Band::Below, "Thấp hơn rõ rệt", "#below", "m-below"),
        (Band::Even, "Chưa phân biệt được", "#even", "m-even"),
    ] {
        let table = section(&html, "communes").split("class=\"units\"").nth(1).unwrap();
        let table = table.split("</table>").next().unwrap();
        let marked = format!("class=\"band {class}\"");
        assert_eq!(table.matches(&marked).count(), count(band), "{word} in the table");
        assert_eq!(table.matches(&format!("href=\"{symbol}\"")).count(), count(band), "{symbol}");
        assert_eq!(seen(table).matches(word).count(), count(band), "{word}");
        let charts = section(&html, "communes").split("<ul class=\"key\"").next().unwrap();
        assert_eq!(
            charts.matches(&format!("<g class=\"{class}\"")).count(),
            count(band),
            "{word} in the chart"
        );
        let map = section(&html, "by-band");
        let fill = class.replace("m-", "f-");
        assert_eq!(map.matches(&format!("class=\"{fill}\"")).count(), count(band), "{word} on the map");
    }
}

#[test]
fn a_field_has_no_bands_and_says_so() {
    let html = drawn(&provinces::field(), Language::Vi);
    assert!(!html.contains("m-above") && !html.contains("m-below") && !html.contains("class=\"map\""));
    let text = seen(&html);
    assert!(text.contains("Lĩnh vực: Đất đai.") && text.contains("không xếp nhóm cao, thấp"));
    assert!(text.contains("gộp vào “khác”") && text.contains("chưa chốt chi tiết"));
    assert!(!text.contains("Cao hơn rõ rệt"));
}

#[test]
fn the_page_says_over_how_many_it_judged_with_what_margin_and_what_could_be_seen() {
    let report = provinces::province();
    for language in [Language::Vi, Language::En] {
        let html = drawn(&report, language);
        for group in &report.groups {
            let id = if group.units.len() > 20 { "communes" } else { "departments" };
            let text = seen(section(&html, id));
            let units = group.banding.as_ref().unwrap().units;
            let (says, seen) = if language == Language::Vi {
                (
                    format!("nhóm xét đồng thời {units} đơn vị đủ 60 phiếu, biên 2 điểm"),
                    "Chênh nhỏ nhất có thể thấy",
                )
            } else {
                (format!("bands judge {units} units"), "Smallest difference that could have been seen")
            };
            assert!(text.contains(&says), "{says}: {text}");
            assert!(text.contains(seen), "{seen}");
        }
    }
}

#[test]
fn a_whisker_that_misses_the_line_is_named_where_the_unit_is_not_distinguishable() {
    let mut report = provinces::province();
    let html = drawn(&report, Language::Vi);
    assert!(seen(section(&html, "communes")).contains("không chạm đường đứt, nhưng xét cùng lúc"));
    for group in &mut report.groups {
        group.units.iter_mut().for_each(|unit| unit.headline = samples::figure(60, 86.9));
    }
    let html = drawn(&report, Language::Vi);
    let text = seen(section(&html, "communes"));
    assert!(!text.contains("nhưng xét cùng lúc") && text.contains("có thể không chạm đường đứt"));
}

#[test]
fn only_answers_with_a_code_carry_bands_without_a_warning() {
    let warning = "không dùng để khen thưởng";
    assert!(!seen(&drawn(&provinces::province(), Language::Vi)).contains(warning));
    assert!(seen(&drawn(&provinces::by_value(), Language::Vi)).contains(warning));
}

#[test]
fn every_place_of_the_map_is_a_link_that_says_its_name_its_band_and_its_figure() {
    let report = provinces::province();
    let html = drawn(&report, Language::Vi);
    let map = section(&html, "by-band").split("class=\"map\"").nth(1).unwrap();
    let map = map.split("</figure>").next().unwrap();
    let communes = report.groups.iter().find(|group| group.units.len() > 20).unwrap();
    for line in &communes.units {
        let name = &line.unit.name.vi;
        let opening = format!("aria-label=\"{name}: ");
        let place = map.split(&opening).nth(1).unwrap_or_else(|| panic!("{name} is not on the map"));
        let label = place.split('"').next().unwrap();
        let figure = if line.headline.figure().is_some() { "%" } else { "đang chờ đủ 10 phiếu" };
        assert!(label.contains(figure), "{name}: {label}");
        let before = map.split(&opening).next().unwrap();
        let element = before.rsplit('<').next().unwrap();
        assert_eq!(element.starts_with("a "), line.unit.may_open, "{name}: {element}");
    }
    let whole = section(&html, "by-band");
    assert!(whole.contains("role=\"group\"") && map.contains("<desc"));
}

#[test]
fn without_a_map_of_the_province_the_lists_stand_alone() {
    let report = ProvinceReport { map: None, ..provinces::province() };
    let html = drawn(&report, Language::Vi);
    assert!(!html.contains("class=\"map\""), "no map");
    let lists = section(&html, "by-band");
    assert!(seen(lists).contains("Thấp hơn rõ rệt"), "{lists}");
}

#[test]
fn units_that_are_not_on_the_list_are_said_with_a_link_to_them() {
    let html = drawn(&provinces::field(), Language::Vi);
    assert!(seen(&html).contains("6 đơn vị có số trong kỳ nhưng không tồn tại vào ngày 30/09/2026"));
    assert!(html.contains("as_of=2026-07-01"));
    assert!(!drawn(&provinces::province(), Language::Vi).contains("as_of="));
}

#[test]
fn filters_are_forms_that_get_and_hold_every_choice() {
    let html = drawn(&provinces::province(), Language::Vi);
    let form = html.split("<form").find(|form| form.contains("class=\"filter\"")).unwrap();
    let form = form.split("</form>").next().unwrap();
    for name in ["period", "trust", "kind", "field", "sort"] {
        assert!(form.contains(&format!("name=\"{name}\"")), "{name}");
    }
}

#[test]
fn a_change_has_its_interval_and_its_word() {
    let html = drawn(&provinces::province(), Language::Vi);
    let changes = section(&html, "changes");
    let text = seen(changes);
    assert!(text.contains("tăng") && text.contains("không thay đổi rõ rệt"));
    let cells = changes.matches("class=\"num i\"").count();
    assert_eq!(cells, changes.matches("class=\"num\"").count());
    assert!(cells > 20);
}
