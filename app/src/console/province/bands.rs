//! The units by band: the map of the communes, and who stands where, in words.

use super::{link_to, lower_first, unit_link};
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::{decimal, period};
use crate::parts::chart::map::{MarkMap, Place};
use crate::parts::figure::{Mark, plain_text};
use crate::parts::wording::{kind as kind_name, trust};
use domain::language::Language;
use domain::report::{Banding, KindGroup, ProvinceReport, UnitLine, Visible};
use domain::survey::Trust;
use domain::unit::UnitKind;
use leptos::prelude::*;

/// A margin or a shift in points: whole numbers stay whole.
pub(super) fn points(value: f64, language: Language) -> String {
    let places = usize::from((value - value.round()).abs() > 0.049);
    decimal(value, places, language)
}

fn mark_of(line: &UnitLine) -> Mark {
    Mark::of_unit(&line.headline, line.band)
}

/// The sentence of each kind that is compared, under the headline.
pub(super) fn summary(report: &ProvinceReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let says = report.groups.iter().filter(|group| group.banding.is_some()).map(|group| {
        let count = |of: Mark| group.units.iter().filter(|line| mark_of(line) == of).count();
        let (above, even, below) = (count(Mark::Above), count(Mark::Even), count(Mark::Below));
        let others = group.units.len() - above - even - below;
        let kind = lower_first(kind_name(group.kind, text));
        let numbers = [group.units.len(), above, below, even, others].map(|n| n.to_string());
        let [all, above, below, even, others] = &numbers;
        let values = [("all", all), ("above", above), ("below", below), ("even", even), ("others", others)];
        let values: Vec<(&str, &str)> =
            values.iter().map(|(name, n)| (*name, n.as_str())).chain([("kind", kind.as_str())]).collect();
        view! { <p>{fill(text.bands.summary, &values)}</p> }
    });
    let says = says.collect_view();
    let warning = (report.setting.trust != Trust::Verified && !says.is_empty())
        .then(|| view! { <p class="soft">{text.bands.self_selected}</p> });
    view! { {says} {warning} }.into_any()
}

/// The section: map and lists; nothing where a field is shown, because parts have no bands.
pub(super) fn by_band(report: &ProvinceReport, frame: &Frame) -> Option<AnyView> {
    if report.groups.is_empty() || report.field.is_some() {
        return None;
    }
    let text = frame.text();
    let margin = report.groups.iter().find_map(|group| group.banding.as_ref()).map(|found| found.margin);
    let body = if margin.is_some() {
        view! {
            <div class="pair maps">{map(report, frame)} <div class="flow">{lists(report, frame)}</div></div>
        }
        .into_any()
    } else {
        view! { <div class="notice"><p>{text.bands.none}</p></div> }.into_any()
    };
    let peers = margin.map(|margin| {
        let margin = points(margin, frame.language);
        view! { <p>{fill(text.bands.how_peers, &[("margin", &margin)])}</p> }
    });
    let how = view! { {peers} <p>{text.bands.how_enough}</p> };
    Some(section("by-band", text.bands.heading.into_any(), how.into_any(), body))
}

fn map(report: &ProvinceReport, frame: &Frame) -> Option<AnyView> {
    let (text, language) = (frame.text(), frame.language);
    let map = report.map.as_ref()?;
    let group = report.groups.iter().find(|group| group.kind == UnitKind::Commune)?;
    let places: Vec<Place<'_>> = group
        .units
        .iter()
        .filter_map(|line| Some((line, map.outline(&line.unit.code)?)))
        .map(|(line, outline)| {
            let (mark, name) = (mark_of(line), line.unit.name.text(language));
            let figure = plain_text(&line.headline, report.setting.k, language);
            let mark_word = lower_first(mark.word(text));
            let values = [("unit", name), ("mark", mark_word.as_str()), ("figure", figure.as_str())];
            Place {
                outline,
                mark,
                name: name.to_owned(),
                said: fill(text.bands.map_unit, &values),
                href: link_to(&line.unit, &report.setting, frame),
            }
        })
        .collect();
    let shown = period(report.setting.period, language);
    let count = places.len().to_string();
    let title = fill(text.bands.map_title, &[("count", &count), ("period", &shown)]);
    let drawn = MarkMap { id: "band-map", title, description: described(group, frame), map, places };
    let level = lower_first(trust(report.setting.trust, text));
    Some(
        view! {
            <figure>
                <p class="small"><a href="#table-commune">{text.bands.map_skip}</a></p>
                {drawn.draw()}
                <figcaption>{fill(text.bands.map_caption, &[("trust", &level)])}</figcaption>
            </figure>
        }
        .into_any(),
    )
}

/// Who stands out, then what the others are.
fn described(group: &KindGroup, frame: &Frame) -> String {
    let text = frame.text();
    let named = [Mark::Above, Mark::Below].into_iter().filter_map(|mark| {
        let units: Vec<&str> = of_mark(group, mark).map(|line| line.unit.name.text(frame.language)).collect();
        let values = [("mark", mark.word(text)), ("units", &units.join(", "))];
        (!units.is_empty()).then(|| fill(text.bands.map_list, &values))
    });
    let mut said: Vec<String> = named.collect();
    let rest: Vec<String> = Mark::BANDED
        .into_iter()
        .filter(|mark| !matches!(mark, Mark::Above | Mark::Below) && of_mark(group, *mark).next().is_some())
        .map(|mark| lower_first(mark.word(text)))
        .collect();
    if !rest.is_empty() {
        said.push(fill(text.bands.map_rest, &[("rest", &rest.join(", "))]));
    }
    said.join(" ")
}

fn of_mark(group: &KindGroup, mark: Mark) -> impl Iterator<Item = &UnitLine> {
    group.units.iter().filter(move |line| mark_of(line) == mark)
}

/// Each band with its units; those that cannot be told apart are only counted.
fn lists(report: &ProvinceReport, frame: &Frame) -> AnyView {
    let marks = Mark::BANDED.into_iter().chain([Mark::Plain]);
    let lists = marks.filter_map(|mark| {
        let groups: Vec<&KindGroup> =
            report.groups.iter().filter(|group| of_mark(group, mark).next().is_some()).collect();
        (!groups.is_empty()).then(|| list(mark, &groups, report, frame))
    });
    lists.collect_view().into_any()
}

fn list(mark: Mark, groups: &[&KindGroup], report: &ProvinceReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let counts: Vec<String> = groups
        .iter()
        .map(|group| {
            let n = of_mark(group, mark).count().to_string();
            let kind = lower_first(kind_name(group.kind, text));
            fill(text.bands.counted, &[("n", &n), ("kind", &kind)])
        })
        .collect();
    let why = match mark {
        Mark::Even => text.bands.even_why,
        Mark::Few => text.bands.few_why,
        Mark::Indicative => text.bands.indicative_why,
        Mark::Withheld => text.bands.withheld_why,
        Mark::Plain => text.bands.plain_why,
        Mark::Above | Mark::Below => "",
    };
    let units = groups.iter().flat_map(|group| of_mark(group, mark)).enumerate().map(|(at, line)| {
        let before = if at == 0 { ": " } else { ", " };
        view! { {before} {unit_link(&line.unit, &report.setting, frame)} }
    });
    let units = (mark != Mark::Even).then(|| units.collect_view());
    let word = if mark == Mark::Plain { text.bands.plain } else { mark.word(text) };
    view! {
        <h3>
            <span class=format!("band {}", mark.class())>
                <svg aria-hidden="true"><use href=mark.symbol()></use></svg>
                {word}
            </span>
        </h3>
        <p>{counts.join(" · ")} {units} ". " {why}</p>
    }
    .into_any()
}

/// What the whiskers mean beside the bands, for the rail of a group; the example is a unit whose
/// whisker misses the line.
pub(super) fn how_to_read(group: &KindGroup, frame: &Frame) -> Option<AnyView> {
    let (text, language) = (frame.text(), frame.language);
    let banding = group.banding.as_ref()?;
    let (units, margin) = (banding.units.to_string(), points(banding.margin, language));
    let says = fill(text.bands.whiskers, &[("n", &units), ("margin", &margin)]);
    let example = missing(group, banding).map(|line| {
        let name = line.unit.name.text(language);
        fill(text.bands.example, &[("unit", name), ("n", &units)])
    });
    let example = example.map(|says| view! { <p>{says}</p> });
    Some(view! { <p>{says}</p> <p>{text.bands.missing}</p> {example} }.into_any())
}

fn missing<'a>(group: &'a KindGroup, banding: &Banding) -> Option<&'a UnitLine> {
    let peers = banding.peers.figure()?.index;
    of_mark(group, Mark::Even)
        .find(|line| line.headline.figure().is_some_and(|figure| figure.high < peers || figure.low > peers))
}

/// The smallest difference that could have been seen: a sentence for the unit in the middle, and
/// the table.
pub(super) fn visible(margin: f64, seen: &[Visible], frame: &Frame) -> Option<AnyView> {
    let (text, language) = (frame.text(), frame.language);
    let middle = seen.get(seen.len() / 2)?;
    let whole = |points: f64| decimal(points, 0, language);
    let margin = points(margin, language);
    let side = |x: Option<f64>, seen: &str, never: &str| {
        x.map_or_else(|| never.to_owned(), |x| fill(seen, &[("points", &whole(x))]))
    };
    let below = side(middle.below, text.bands.visible_below, text.bands.invisible_below);
    let above = side(middle.above, text.bands.visible_above, text.bands.invisible_above);
    let n = crate::i18n::format::count(middle.n, language);
    let values = [("n", n.as_str()), ("margin", &margin), ("below", &below), ("above", &above)];
    let caption = fill(text.bands.visible, &[("margin", &margin)]);
    Some(
        view! { <p>{fill(text.bands.visible_says, &values)}</p> {visible_table(seen, caption, frame)} }
            .into_any(),
    )
}

fn visible_table(seen: &[Visible], caption: String, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let cell = |x: Option<f64>| {
        let points = x.map(|x| fill(text.bands.points, &[("points", &decimal(x, 0, language))]));
        points.unwrap_or_else(|| text.bands.impossible.to_owned())
    };
    let rows = seen.iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{crate::i18n::format::count(row.n, language)}</th>
                <td class="n">{cell(row.below)}</td>
                <td class="n">{cell(row.above)}</td>
            </tr>
        }
    });
    view! {
        <details>
            <summary>{fill(text.figure.table, &[("what", &lower_first(&caption))])}</summary>
            <table class="small">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.bands.visible_n}</th>
                        <th scope="col" class="n">{text.bands.visible_below_head}</th>
                        <th scope="col" class="n">{text.bands.visible_above_head}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
