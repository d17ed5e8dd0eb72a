//! A counter's view: whose dossiers the page is about, and how many of them it can see.

use crate::console::choices::Choice;
use crate::console::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::{count, percent};
use domain::report::AgencyReport;
use leptos::prelude::*;

/// Whether the page has nothing to show, because no part carries the name of the unit's counters.
pub(super) fn is_empty(report: &AgencyReport) -> bool {
    report.received.is_some_and(|received| received.people == 0)
}

/// What stands in place of the sentences then.
pub(super) fn nothing(frame: &Frame) -> AnyView {
    let text = &frame.text().agency;
    view! {
        <div class="told">
            <p class="lead">{text.received_nothing}</p>
            <div class="notice ok"><p>{text.received_nothing_why}</p></div>
        </div>
    }
    .into_any()
}

/// What the unit decided, or what was handed in there.
pub(super) fn choice(report: &AgencyReport, frame: &Frame) -> Choice {
    let text = &frame.text().agency;
    let receiving = report.received.is_some();
    Choice {
        name: "as",
        label: text.pick_side,
        options: vec![
            (String::new(), text.side_deciding.to_owned(), !receiving),
            ("receiving".to_owned(), text.side_receiving.to_owned(), receiving),
        ],
    }
}

/// The coverage, which goes with every figure of this view.
pub(super) fn coverage(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let received = report.received?;
    let (text, language) = (&frame.text().agency, frame.language);
    let share = 100.0 * received.divided as f64 / received.everybody.max(1) as f64;
    let (people, divided) = (count(received.people, language), count(received.divided, language));
    let (everybody, share) = (count(received.everybody, language), percent(share, language));
    let says = fill(text.received, &[("people", &people)]);
    let values = [("divided", divided.as_str()), ("everybody", &everybody), ("share", &share)];
    Some(
        view! {
            <div class="notice">
                <p><b>{text.received_heading}</b></p>
                <p>{says} " " {fill(text.received_coverage, &values)}</p>
            </div>
        }
        .into_any(),
    )
}
