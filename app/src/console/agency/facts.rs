//! What happened: shares of each answer. No opinion, no index.

use super::lower_first;
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, period};
use crate::parts::chart::axis::Axis;
use crate::parts::chart::interval::{IntervalChart, Row};
use crate::parts::chart::layout::Arrangement;
use crate::parts::figure::{reason, with_interval};
use crate::parts::wording::{spoken, trust};
use domain::reading::Reading;
use domain::report::{AgencyReport, FactLine};
use leptos::prelude::*;

/// The facts.
pub(super) fn facts(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    if report.facts.is_empty() {
        return None;
    }
    let (text, language) = (frame.text(), frame.language);
    let unit = report.setting.unit.name.text(language);
    let shown = period(report.setting.period, language);
    let title = fill(text.agency.facts_title, &[("unit", unit), ("period", &shown)]);
    let level = lower_first(trust(report.setting.trust, text));
    let caption = fill(text.agency.facts_caption, &[("trust", &level)]);
    let summary = fill(text.figure.table, &[("what", text.agency.facts_table)]);
    let body = view! {
        <figure>{chart(title.clone(), report, frame)}<figcaption>{caption}</figcaption></figure>
        <details><summary>{summary}</summary>{table(title, report, frame)}</details>
    };
    let how = view! { <p>{text.agency.facts_how}</p> };
    Some(section("facts", text.agency.facts.into_any(), how.into_any(), body.into_any()))
}

fn chart(title: String, report: &AgencyReport, frame: &Frame) -> AnyView {
    let language = frame.language;
    let rows = report.facts.iter().flat_map(|fact| {
        let heading = Row { name: fact.text.text(language).to_owned(), strong: true, reading: None };
        let shares = fact.shares.iter().map(|(answer, share)| Row {
            name: answer.text(language).to_owned(),
            strong: false,
            reading: Some(share),
        });
        std::iter::once(heading).chain(shares)
    });
    IntervalChart {
        id: "facts-chart".to_owned(),
        title,
        rows: rows.collect(),
        arrangement: Arrangement::Stacked,
        axis: Axis::FromZero,
        peers: None,
        k: report.setting.k,
        language,
    }
    .draw()
}

fn table(caption: String, report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let bodies = report.facts.iter().map(|fact| body(fact, report.setting.k, frame));
    view! {
        <table>
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.agency.answer_head}</th>
                    <th scope="col" class="n">{text.figure.share_head}</th>
                    <th scope="col" class="n">{text.figure.n_head}</th>
                </tr>
            </thead>
            {bodies.collect_view()}
        </table>
    }
    .into_any()
}

fn body(fact: &FactLine, k: u32, frame: &Frame) -> AnyView {
    let language = frame.language;
    let shares = fact.shares.iter().map(|(answer, share)| {
        let cells = match share {
            Reading::Figure(figure) => view! {
                <td class="n">{with_interval(figure, language)}</td>
                <td class="n"><span class="num">{count(figure.n, language)}</span></td>
            }
            .into_any(),
            Reading::Withheld(_) => {
                view! { <td colspan="2" class="why">{reason(share, k, language)}</td> }.into_any()
            }
        };
        view! { <tr class="sub"><th scope="row">{spoken(answer, language)}</th>{cells}</tr> }
    });
    view! {
        <tbody>
            <tr class="sum"><th scope="rowgroup" colspan="3">{spoken(&fact.text, language)}</th></tr>
            {shares.collect_view()}
        </tbody>
    }
    .into_any()
}
