//! The overall question by level of trust, and people who still wait: side by side, never added up.

use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use crate::parts::chart::axis::Axis;
use crate::parts::chart::interval::{IntervalChart, Row};
use crate::parts::chart::layout::Arrangement;
use crate::parts::chart::table::{FigureTable, TableRow};
use crate::parts::figure::{Mark, with_interval};
use crate::parts::help::{Term, help};
use crate::parts::wording::{trust, withheld};
use domain::reading::Reading;
use domain::report::AgencyReport;
use domain::survey::Trust;
use leptos::prelude::*;

/// The overall question by level of trust.
pub(super) fn by_trust(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    if report.overall.is_empty() {
        return None;
    }
    let text = frame.text();
    let rows = report.overall.iter().map(|(level, reading)| TableRow {
        name: trust(*level, text).into_any(),
        class: if *level == Trust::Verified { "sum" } else { "" },
        reading,
    });
    let table = FigureTable {
        caption: text.agency.by_trust_title.to_owned(),
        what: text.agency.trust_head,
        figures: text.agency.overall_head,
        detailed: false,
        k: report.setting.k,
        language: frame.language,
        rows: rows.collect(),
    };
    let body = view! {
        <figure>{chart(report, frame)}<figcaption>{text.agency.by_trust_caption}</figcaption></figure>
        {table.draw()}
    };
    let how = view! { <p>{text.agency.by_trust_how} {help(Term::Trust, frame.language)}</p> };
    Some(section("by-trust", text.agency.by_trust.into_any(), how.into_any(), body.into_any()))
}

fn chart(report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let rows = report.overall.iter().map(|(level, reading)| Row {
        name: trust(*level, text).to_owned(),
        strong: *level == Trust::Verified,
        reading: Some(reading),
    });
    IntervalChart {
        id: "trust-chart".to_owned(),
        title: text.agency.by_trust_title.to_owned(),
        rows: rows.collect(),
        arrangement: Arrangement::for_names(report.overall.iter().map(|(level, _)| trust(*level, text))),
        axis: Axis::of(report.overall.iter().map(|(_, reading)| reading)),
        peers: None,
        k: report.setting.k,
        language: frame.language,
    }
    .draw()
}

/// People who still wait for their result, or only asked.
pub(super) fn not_done(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let (text, language) = (frame.text(), frame.language);
    let body = match report.not_done.as_ref()? {
        Reading::Figure(figure) => {
            let before = fill(text.agency.not_done_says, &[("n", &count(figure.n, language))]);
            let orientation = (Mark::of(&Reading::Figure(figure.clone())) == Mark::Indicative)
                .then_some(text.agency.for_orientation);
            view! { <p>{before} {with_interval(figure, language)} {orientation} {text.agency.not_done_end}</p> }
                .into_any()
        }
        Reading::Withheld(why) => {
            let why = withheld(*why, report.setting.k, text);
            view! { <p>{fill(text.agency.not_done_withheld, &[("why", &why)])}</p> }.into_any()
        }
    };
    let how = view! { <p>{text.agency.not_done_how}</p> };
    Some(section("not-done", text.agency.not_done.into_any(), how.into_any(), body))
}
