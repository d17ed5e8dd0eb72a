//! Units of a kind against the others: a chart of differences, its table, and what could be seen.

use super::super::bands::{points, visible};
use super::{not_compared, seed, signed, unit_link};
use crate::console::frame::{Frame, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, decimal, period};
use crate::parts::chart::difference::{DifferenceChart, DifferenceRow, reach};
use crate::parts::chart::layout::Arrangement;
use crate::parts::figure::{Mark, band, is_unanimous, key_of, with_interval};
use crate::parts::wording::{kind as kind_name, withheld};
use domain::language::Language;
use domain::reading::Reading;
use domain::report::analysis::{AnalysisReport, Difference, Differences, KindAnalysis};
use domain::unit::UnitKind;
use leptos::prelude::*;

/// More rows than this are drawn as two charts.
const ONE_CHART: usize = 20;
/// Longest name that fits beside a narrow row.
const NARROW: usize = 20;
/// What may stand in a chart of units that are compared.
const MARKS: [Mark; 3] = [Mark::Above, Mark::Even, Mark::Below];

/// The section of a kind.
pub(super) fn differences(
    at: usize,
    group: &KindAnalysis,
    report: &AnalysisReport,
    frame: &Frame,
) -> Option<AnyView> {
    let found = group.differences.as_ref()?;
    let text = &frame.text().analysis;
    let kind = kind_name(group.kind, frame.text());
    let margin = points(found.margin, frame.language);
    let how = view! {
        <p>{text.differences_how}</p>
        <p>{text.differences_once}</p>
        <p>{fill(text.differences_band, &[("margin", &margin)])}</p>
    };
    let body = view! {
        {charts(at, group, found, report, frame)}
        {key_of(&MARKS, frame.text())}
        {visible(found.margin, &found.visible, frame)}
        {table(group, found, report, frame)}
        {not_compared(group, &report.setting, frame)}
        <p class="small soft">{simulated(found, frame)}</p>
    };
    let id = match group.kind {
        UnitKind::Commune => "differences-communes",
        _ => "differences-departments",
    };
    let heading = fill(text.differences, &[("kind", kind)]);
    Some(section(id, heading.into_any(), how.into_any(), body.into_any()))
}

fn simulated(found: &Differences, frame: &Frame) -> String {
    let (text, language) = (&frame.text().analysis, frame.language);
    let critical = decimal(found.critical, 2, language);
    let (draws, seed) = (count(found.simulated.draws, language), seed(found.simulated));
    let values = [("critical", critical.as_str()), ("draws", &draws), ("seed", &seed)];
    let each = fill(text.each, &[("each", &decimal(found.each, 2, language))]);
    format!("{} {each}", fill(text.simulated, &values))
}

fn row(difference: &Difference, language: Language) -> DifferenceRow {
    DifferenceRow {
        name: difference.unit.name.text(language).to_owned(),
        points: (difference.points, difference.low, difference.high),
        mark: Mark::of_unit(&difference.headline, Some(difference.band)),
        is_shown: !difference.headline.figure().is_some_and(is_unanimous),
    }
}

fn charts(
    at: usize,
    group: &KindAnalysis,
    found: &Differences,
    report: &AnalysisReport,
    frame: &Frame,
) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let rows: Vec<DifferenceRow> = found.units.iter().map(|unit| row(unit, language)).collect();
    let short = rows.iter().all(|row| row.name.chars().count() <= NARROW);
    let (kind, shown) = (kind_name(group.kind, text), period(report.setting.period, language));
    let all = rows.len();
    let chart = |from: usize, to: usize| {
        let numbers = [from + 1, to, all].map(|n| n.to_string());
        let [first, last, total] = &numbers;
        let phrase = if all > ONE_CHART {
            text.analysis.differences_title_part
        } else {
            text.analysis.differences_title
        };
        let values = [("kind", kind), ("period", &shown), ("from", first), ("to", last), ("all", total)];
        let description = fill(text.analysis.differences_desc, &[("rows", &(to - from).to_string())]);
        DifferenceChart {
            id: format!("differences-{at}-{from}"),
            title: fill(phrase, &values),
            description,
            rows: rows.get(from..to).unwrap_or_default().to_vec(),
            arrangement: if short { Arrangement::Tight } else { Arrangement::Stacked },
            reach: reach(&rows),
            margin: found.margin,
            language,
        }
        .draw()
    };
    let caption = caption(group, report, frame);
    if all <= ONE_CHART {
        return view! { <figure>{chart(0, all)} {caption}</figure> }.into_any();
    }
    let half = all.div_ceil(2);
    view! { <figure><div class="pair">{chart(0, half)} {chart(half, all)}</div> {caption}</figure> }
        .into_any()
}

fn caption(group: &KindAnalysis, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    match &group.peers {
        Reading::Figure(figure) => {
            let n = format!(" · {} {}", count(figure.n, language), text.figure.n_head.to_lowercase());
            view! { <figcaption>{text.analysis.differences_caption} {with_interval(figure, language)} {n} "."</figcaption> }
                .into_any()
        }
        Reading::Withheld(why) => {
            let why = withheld(*why, report.setting.k, text);
            view! { <figcaption>{text.analysis.differences_caption} {why}</figcaption> }.into_any()
        }
    }
}

/// A difference with its interval; where everybody is satisfied only its lower end.
fn cell(difference: &Difference, text: &ConsoleText, language: Language) -> AnyView {
    let low = signed(difference.low, language);
    if difference.headline.figure().is_some_and(is_unanimous) {
        let words = fill(text.analysis.no_less_than, &[("low", &low)]);
        return view! { <td class="n"><span class="wraps">{words}</span></td> }.into_any();
    }
    let interval = format!("({low} … {})", signed(difference.high, language));
    view! {
        <td class="n">
            <span class="num">{signed(difference.points, language)}</span>
            " "
            <span class="num i">{interval}</span>
        </td>
    }
    .into_any()
}

fn table(group: &KindAnalysis, found: &Differences, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let rows = found.units.iter().map(|difference| {
        let index = difference.headline.figure().map(|figure| with_interval(figure, language));
        let mark = band(Mark::of_unit(&difference.headline, Some(difference.band)), text);
        view! {
            <tr>
                <th scope="row">
                    <div class="unit"><span>{unit_link(&difference.unit, &report.setting, frame)}</span>{mark}</div>
                </th>
                {cell(difference, text, language)}
                <td class="n">{index}</td>
            </tr>
        }
    });
    let caption = fill(text.analysis.differences, &[("kind", kind_name(group.kind, text))]);
    view! {
        <details>
            <summary>{fill(text.figure.table, &[("what", text.analysis.differences_table)])}</summary>
            <table class="units">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.province.unit_head}</th>
                        <th scope="col" class="n">{text.analysis.difference_head}</th>
                        <th scope="col" class="n">{text.figure.index_head}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
