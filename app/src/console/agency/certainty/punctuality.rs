//! What people say about lateness, beside the records.

use crate::console::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::{count, months, whole_percent};
use crate::parts::figure::{plain_text, reason};
use domain::report::AgencyReport;
use domain::report::certainty::{Agreement, Punctuality};
use leptos::prelude::*;

pub(super) fn punctuality(found: &Punctuality, report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = &frame.text().certainty;
    let verdict = match found.agreement {
        Agreement::Agree => Some((text.agree, "notice ok")),
        Agreement::MoreSaid => Some((text.more_said, "notice")),
        Agreement::FewerSaid => Some((text.fewer_said, "notice")),
        Agreement::Unknown => None,
    };
    view! {
        <ul class="points">
            <li>{said(found, report, frame)}</li>
            <li>{recorded(found, frame)}</li>
        </ul>
        {verdict.map(|(says, class)| view! { <p class=class>{says}</p> })}
    }
    .into_any()
}

fn said(found: &Punctuality, report: &AgencyReport, frame: &Frame) -> String {
    let (text, language, k) = (&frame.text().certainty, frame.language, report.setting.k);
    let Some(figure) = found.said.figure() else {
        let why = super::lower_first(&reason(&found.said, k, language));
        return fill(text.said_unsaid, &[("why", &why)]);
    };
    let (said, n) = (plain_text(&found.said, k, language), count(figure.n, language));
    fill(text.said, &[("said", &said), ("n", &n)])
}

fn recorded(found: &Punctuality, frame: &Frame) -> String {
    let (text, language) = (&frame.text().certainty, frame.language);
    let values = [
        ("recorded", whole_percent(found.recorded, language)),
        ("late", count(found.late, language)),
        ("dated", count(found.dated, language)),
        ("months", months(found.months.0, found.months.1, language)),
    ];
    fill(text.recorded, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}
