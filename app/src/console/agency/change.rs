//! What changed against the year before, and whether that can be told from chance.

use crate::console::changed::{cell, signed, span, trend};
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::capitalize;
use crate::parts::figure::plain_text;
use crate::parts::wording::{spoken, withheld};
use domain::reading::Reading;
use domain::report::{AgencyReport, Change, Comparison, NodeChange, Trend};
use leptos::prelude::*;

/// The section.
pub(super) fn change(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let found = &report.change;
    if found.same_months.is_none() && found.rolling.is_none() {
        return None;
    }
    let rolling = found.rolling.as_ref().map(|rolling| {
        let href = frame.here.with("period", "12m").to_string();
        view! {
            <h3>{text.change.rolling}</h3>
            {said(rolling, report, frame)}
            <p><a href=href>{text.change.rolling_link}</a></p>
        }
    });
    let body = view! {
        <div class="flow">
            {found.same_months.as_ref().map(|found| said(found, report, frame))}
            {rolling}
        </div>
        {nodes(report, frame)}
    };
    let how = view! { <p>{text.change.how}</p> };
    Some(section("change", text.change.heading.into_any(), how.into_any(), body.into_any()))
}

fn said(found: &Comparison, report: &AgencyReport, frame: &Frame) -> AnyView {
    let Some(change) = &found.change else { return not_compared(found, report, frame) };
    let (text, language, k) = (frame.text(), frame.language, report.setting.k);
    let phrase = if change.points < 0.0 { text.change.against_down } else { text.change.against };
    let (low, high) = (signed(change.low, language), signed(change.high, language));
    let (before, after) = (plain_text(&found.then.1, k, language), plain_text(&found.now.1, k, language));
    let values = [
        ("then", span(found.then.0, language)),
        ("points", signed(change.points, language)),
        ("low", low),
        ("high", high),
        ("before", before),
        ("after", after),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let together = fill(text.change.together, &[("n", &found.together.to_string())]);
    view! {
        <div class="notice">
            <p><b>{trend(change.trend, text)}</b> {fill(phrase, &values)}</p>
        </div>
        <p class="soft">{together}</p>
    }
    .into_any()
}

/// Nothing is said of a change that cannot be seen, but why it cannot.
fn not_compared(found: &Comparison, report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, k) = (frame.text(), report.setting.k);
    let why = match (&found.then.1, &found.now.1) {
        (Reading::Withheld(why), _) => fill(text.change.why_then, &[("why", &withheld(*why, k, text))]),
        (_, Reading::Withheld(why)) => fill(text.change.why_now, &[("why", &withheld(*why, k, text))]),
        _ => text.change.why_indicative.to_owned(),
    };
    let now = capitalize(&span(found.now.0, frame.language));
    let then = span(found.then.0, frame.language);
    let says = fill(text.change.no_comparison, &[("now", &now), ("then", &then), ("why", &why)]);
    view! { <p>{says}</p> }.into_any()
}

/// The nodes that changed, in words, and all of them in a table.
fn nodes(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let lines = &report.change.nodes;
    let changes: Vec<&Change> = lines.iter().filter_map(|line| line.change.as_ref()).collect();
    let then = report.change.same_months.as_ref().map(|found| span(found.then.0, frame.language))?;
    if changes.is_empty() {
        return None;
    }
    let named = |of: Trend, phrase: &str| {
        let is_so = |line: &&NodeChange| line.change.is_some_and(|change| change.trend == of);
        let names: Vec<&str> =
            lines.iter().filter(is_so).map(|line| line.name.text(frame.language)).collect();
        (!names.is_empty()).then(|| view! { <p>{fill(phrase, &[("nodes", &names.join("; "))])}</p> })
    };
    let even = changes.iter().all(|change| change.trend == Trend::Even);
    let caption = fill(text.change.table_caption, &[("then", &then)]);
    Some(
        view! {
            <div class="flow">
                {named(Trend::Up, text.change.nodes_up)}
                {named(Trend::Down, text.change.nodes_down)}
                {even.then(|| view! { <p>{text.change.nodes_even}</p> })}
                <p class="soft">{text.change.nodes_how}</p>
            </div>
            <details>
                <summary>{fill(text.figure.table, &[("what", text.change.table)])}</summary>
                {table(caption, lines, report, frame)}
            </details>
        }
        .into_any(),
    )
}

fn table(caption: String, lines: &[NodeChange], report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, language, k) = (frame.text(), frame.language, report.setting.k);
    let rows = lines.iter().map(|line| {
        let (then, now) =
            (plain_text(&line.readings.0, k, language), plain_text(&line.readings.1, k, language));
        view! {
            <tr class=if line.depth == 1 { "sum" } else { "sub" }>
                <th scope="row">{spoken(&line.name, language)}</th>
                <td class="n"><span class="under">{then}</span> " → " <span class="under">{now}</span></td>
                {cell(line.change.as_ref(), frame)}
            </tr>
        }
    });
    view! {
        <table>
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.change.node_head}</th>
                    <th scope="col" class="n">{text.change.readings_head}</th>
                    <th scope="col" class="n">{text.change.change_head}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
