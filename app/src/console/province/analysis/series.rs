//! A figure through time.

use crate::console::choices::{self, Choice};
use crate::console::frame::{Frame, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{capitalize, decimal, period, range};
use crate::parts::chart::series::{SeriesChart, SeriesStep};
use crate::parts::chart::table::cells;
use crate::parts::figure::is_unanimous;
use crate::parts::wording::kind as kind_name;
use domain::language::Language;
use domain::period::Period;
use domain::report::Trend;
use domain::report::analysis::{AnalysisReport, Limits, Series, SeriesOf, SeriesPoint, Step};
use leptos::prelude::*;

/// The section.
pub(super) fn series(found: &Series, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().analysis, frame.language);
    let step = step_name(found.step, frame.text());
    let limits = match (found.step, found.spread) {
        _ if is_of_index(frame) || found.step == Step::Quarter => text.series_no_limits.to_owned(),
        (_, Some(spread)) => fill(text.series_limits, &[("spread", &decimal(spread, 1, language))]),
        (_, None) => text.series_too_short.to_owned(),
    };
    let how = view! { <p>{fill(text.series_how, &[("step", step)])}</p> <p>{limits}</p> };
    let body = view! {
        <p class="say">{says(found, frame)}</p>
        <figure>{chart(found, frame)}</figure>
        {choose(found, report, frame)}
        {table(found, report, frame)}
    };
    section("series", text.series.into_any(), how.into_any(), body.into_any())
}

/// The state of the page is its address.
fn is_of_index(frame: &Frame) -> bool {
    frame.here.query.iter().any(|(name, value)| name == "figure" && value == "index")
}

const fn step_name(step: Step, text: &ConsoleText) -> &'static str {
    match step {
        Step::Month => text.analysis.month,
        Step::Quarter => text.analysis.quarter,
    }
}

fn name_of(of: &SeriesOf, frame: &Frame) -> String {
    match of {
        SeriesOf::Kind(kind) => kind_name(*kind, frame.text()).to_owned(),
        SeriesOf::Unit(unit) => unit.name.text(frame.language).to_owned(),
    }
}

fn says(found: &Series, frame: &Frame) -> String {
    let text = &frame.text().analysis;
    let name = name_of(&found.of, frame);
    let n = found.points.iter().filter(|point| point.reading.figure().is_some()).count().to_string();
    let is_out = |point: &&SeriesPoint| point.limits.is_some_and(|limits| limits.outside != Trend::Even);
    let outside = found.points.iter().filter(is_out).count().to_string();
    let step = step_name(found.step, frame.text());
    let phrase = if found.spread.is_some() { text.series_says } else { text.series_says_plain };
    fill(phrase, &[("name", &name), ("n", &n), ("step", step), ("outside", &outside)])
}

/// `10/25` of a month, `IV/25` of a quarter: a dozen fit side by side.
fn short(period: Period) -> String {
    match period {
        Period::Month(month) => format!("{}/{:02}", month.month(), month.year().rem_euclid(100)),
        Period::Quarter(year, quarter) => {
            let roman = match quarter {
                1 => "I",
                2 => "II",
                3 => "III",
                _ => "IV",
            };
            format!("{roman}/{:02}", year.rem_euclid(100))
        }
        other => other.to_string(),
    }
}

fn chart(found: &Series, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().analysis, frame.language);
    let step = |point: &SeriesPoint| {
        let figure = point.reading.figure();
        SeriesStep {
            name: short(point.period),
            figure: figure.map(|figure| (figure.index, figure.low, figure.high)),
            is_shown: !figure.is_some_and(is_unanimous),
            limits: point.limits.map(|limits| (limits.low, limits.high)),
            is_outside: point.limits.is_some_and(|limits| limits.outside != Trend::Even),
        }
    };
    let name = name_of(&found.of, frame);
    let what = if is_of_index(frame) { text.index } else { text.overall }.to_lowercase();
    let step_word = step_name(found.step, frame.text());
    let ends = [found.points.first(), found.points.last()]
        .map(|point| point.map(|point| period(point.period, language)).unwrap_or_default());
    let n = found.points.len().to_string();
    SeriesChart {
        id: "series-chart",
        title: fill(text.series_title, &[("name", &name), ("what", &what), ("step", step_word)]),
        description: fill(text.series_desc, &[("n", &n), ("first", &ends[0]), ("last", &ends[1])]),
        steps: found.points.iter().map(step).collect(),
        centre: found.centre,
        language,
    }
    .draw()
}

fn choose(found: &Series, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let text = &frame.text().analysis;
    let value = |of: &SeriesOf| match of {
        SeriesOf::Kind(kind) => kind.code().to_owned(),
        SeriesOf::Unit(unit) => unit.code.clone(),
    };
    let words = |of: &SeriesOf| match of {
        SeriesOf::Kind(kind) => fill(text.all_of, &[("kind", kind_name(*kind, frame.text()))]),
        SeriesOf::Unit(unit) => unit.name.text(frame.language).to_owned(),
    };
    let mut whose: Vec<(String, String, bool)> =
        report.choices.iter().map(|of| (value(of), words(of), *of == found.of)).collect();
    if whose.iter().all(|(_, _, chosen)| !chosen) {
        whose.insert(0, (value(&found.of), words(&found.of), true));
    }
    let is_step = |step| found.step == step;
    let steps = vec![
        (String::new(), text.by_month.to_owned(), is_step(Step::Month)),
        ("quarter".to_owned(), text.by_quarter.to_owned(), is_step(Step::Quarter)),
    ];
    let figures = vec![
        (String::new(), text.overall.to_owned(), !is_of_index(frame)),
        ("index".to_owned(), text.index.to_owned(), is_of_index(frame)),
    ];
    let offered = vec![
        Choice { name: "of", label: text.pick_whose, options: whose },
        Choice { name: "by", label: text.pick_step, options: steps },
        Choice { name: "figure", label: text.pick_figure, options: figures },
    ];
    choices::form_to(offered, frame, "series")
}

fn limits(limits: Option<Limits>, text: &ConsoleText, language: Language) -> AnyView {
    let Some(limits) = limits else { return view! { <td class="n why">"–"</td> }.into_any() };
    let outside = match limits.outside {
        Trend::Up => Some(text.analysis.outside_up),
        Trend::Down => Some(text.analysis.outside_down),
        Trend::Even => None,
    };
    let outside = outside.map(|words| view! { " " <b class="under">{words}</b> });
    view! { <td class="n"><span class="num">{range(limits.low, limits.high, language)}</span>{outside}</td> }
        .into_any()
}

fn table(found: &Series, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let with_limits = found.spread.is_some();
    let rows = found.points.iter().map(|point| {
        let limits = with_limits.then(|| limits(point.limits, text, language));
        view! {
            <tr>
                <th scope="row">{capitalize(&period(point.period, language))}</th>
                {cells(&point.reading, report.setting.k, language, false)}
                {limits}
            </tr>
        }
    });
    let what = fill(text.analysis.series_table, &[("step", step_name(found.step, text))]);
    let limits_head =
        with_limits.then(|| view! { <th scope="col" class="n">{text.analysis.limits_head}</th> });
    let figures = if is_of_index(frame) { text.figure.index_head } else { text.figure.share_head };
    view! {
        <details>
            <summary>{fill(text.figure.table, &[("what", &what)])}</summary>
            <table>
                <caption class="unseen">{what.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.analysis.step_head}</th>
                        <th scope="col" class="n">{figures}</th>
                        <th scope="col" class="n">{text.figure.n_head}</th>
                        {limits_head}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
