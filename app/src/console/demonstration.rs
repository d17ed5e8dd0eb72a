//! The demonstration: nine more artificial answers, one fold, and the figure changes.

use super::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use crate::parts::wording::spoken;
use domain::report::UnitName;
use leptos::prelude::*;

/// The demonstration of one counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demonstration {
    /// The counter that gets the answers.
    pub counter: UnitName,
    /// The unit whose figure changes.
    pub unit: UnitName,
    /// Path of the counter's survey.
    pub survey_path: String,
    /// What the last run did.
    pub result: Option<DemonstrationResult>,
}

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemonstrationResult {
    /// Answers sent.
    pub sent: u64,
    /// Answers folded.
    pub moved: u64,
    /// The release that came out of it, if any group was large enough.
    pub release: Option<u64>,
}

/// The demonstration as a document.
#[must_use]
pub fn render_demonstration(page: &Demonstration, frame: &Frame) -> String {
    document(frame, || {
        let text = frame.text();
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.office.demo}</h1>
                    <p class="soft">{text.office.demo_lead} {sample(true, text)}</p>
                </div>
                {page.result.map(|result| outcome(result, page, frame))}
            </div>
            {try_it(page, frame)}
        };
        Page {
            title: text.office.demo.to_owned(),
            area: Some(Area::Demonstration),
            main: main.into_any(),
            foot: None,
        }
    })
}

fn outcome(result: DemonstrationResult, page: &Demonstration, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().office, frame.language);
    let (sent, moved) = (count(result.sent, language), count(result.moved, language));
    let number = result.release.map(|number| number.to_string()).unwrap_or_default();
    let phrase = if result.release.is_some() { text.demo_done } else { text.demo_done_none };
    let says = fill(phrase, &[("sent", &sent), ("moved", &moved), ("release", &number)]);
    let see = page.unit.may_open.then(|| {
        let href = frame.link(&format!("/a/{}", page.unit.code));
        let label = fill(text.demo_see, &[("unit", page.unit.name.text(language))]);
        view! { <p><a class="button low" href=href>{label}</a></p> }
    });
    view! { <div class="notice ok" role="status"><p><b>{says}</b></p>{see}</div> }.into_any()
}

fn try_it(page: &Demonstration, frame: &Frame) -> AnyView {
    let text = &frame.text().office;
    let ask = fill(text.demo_ask, &[("counter", page.counter.name.text(frame.language))]);
    let body = view! {
        <h3>{spoken(&page.counter.name, frame.language)}</h3>
        <p>{ask}</p>
        <form method="post" action=frame.link("/demo")>
            {frame.csrf_field()}
            <input type="hidden" name="counter" value=page.counter.code.clone()/>
            <button class="button">{text.demo_button}</button>
        </form>
        <p><a href=page.survey_path.clone()>{text.demo_survey}</a></p>
    };
    let how = view! { <p>{text.demo_what_how}</p> };
    section("try", text.demo_what.into_any(), how.into_any(), body.into_any())
}
