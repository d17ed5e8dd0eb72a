//! Why a form cannot be typed, and where to go on.

use crate::console::frame::{Area, Frame, Page, document};
use crate::i18n::console::fill;
use leptos::prelude::*;

/// Why a form cannot be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The batch was withdrawn.
    Voided,
    /// The survey is over.
    Over,
    /// The batch has fewer forms.
    NoForm,
    /// It is done.
    Done,
    /// The reader has typed it.
    Own,
    /// Somebody of the reader's unit has typed it.
    SameHouse,
    /// Somebody was quicker.
    Overtaken,
    /// It waits to be settled.
    Differs,
}

/// The page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopPage {
    /// Number of the batch.
    pub batch: i64,
    /// Number of the form.
    pub form: i64,
    /// Why.
    pub why: StopReason,
}

/// The page as a document.
#[must_use]
pub fn render_stop(page: &StopPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().paper;
        let why = match page.why {
            StopReason::Voided => text.stop_voided,
            StopReason::Over => text.stop_over,
            StopReason::NoForm => text.stop_no_form,
            StopReason::Done => text.stop_done,
            StopReason::Own => text.stop_own,
            StopReason::SameHouse => text.stop_same_house,
            StopReason::Overtaken => text.stop_overtaken,
            StopReason::Differs => text.stop_differs,
        };
        let (batch, form) = (page.batch.to_string(), page.form.to_string());
        let title = fill(text.entry_title, &[("batch", &batch), ("form", &form)]);
        let goes_on = !matches!(page.why, StopReason::Voided | StopReason::Over);
        let after = frame.here.carry(format!("/paper/{batch}"), &["lang"]).with("after", &form).to_string();
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{title.clone()}</h1></div>
                <div class="notice" role="status"><p><b>{why}</b></p></div>
                <ul class="points doors">
                    {goes_on.then(|| view! { <li><a href=after>{text.stop_next}</a></li> })}
                    <li><a href=frame.link("/paper")>{text.stop_desk}</a></li>
                </ul>
            </div>
        };
        Page { title, area: Some(Area::Typing), main: main.into_any(), foot: None }
    })
}
