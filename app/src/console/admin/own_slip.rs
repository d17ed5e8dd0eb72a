//! One slip of a unit, for the person who stands at its counter.

use super::asking::Asked;
use super::codes::{channels, fields, occasions};
use crate::console::frame::{Area, Frame, Page, document, sample};
use crate::i18n::console::fill;
use domain::language::Words;
use domain::report::UnitName;
use leptos::prelude::*;

/// The page from which one slip is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSlipPage {
    /// The unit.
    pub unit: UnitName,
    /// Codes and names of its fields.
    pub fields: Vec<(String, Words)>,
    /// Whether the reader works there.
    pub may_print: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_own_slip(page: &OwnSlipPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().code;
        let title = fill(text.slip_title, &[("unit", page.unit.name.text(frame.language))]);
        let form = if page.may_print {
            form(page, frame)
        } else {
            view! { <p class="soft">{text.slip_may_not}</p> }.into_any()
        };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{text.slip_under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {form}
            </div>
        };
        Page { title, area: Some(Area::Unit), main: main.into_any(), foot: None }
    })
}

fn form(page: &OwnSlipPage, frame: &Frame) -> AnyView {
    let text = &frame.text().code;
    let asked = |name, label| Asked { name, label, hint: None, mistake: None };
    let papers = [("thermal", text.file_thermal), ("a4", text.file_a4)];
    let papers = papers.map(|(code, says)| (code.to_owned(), says.to_owned())).to_vec();
    view! {
        <form class="asking flow" method="post" action=frame.link(&format!("/a/{}/slip", page.unit.code))>
            {frame.csrf_field()}
            {asked("field", text.field).list(fields(&page.fields, frame), "")}
            {asked("channel", text.channel).list(channels(frame.text()), "in-person")}
            {asked("occasion", text.occasion).list(occasions(frame.text()), "result")}
            {asked("file", text.file).list(papers, "thermal")}
            <button class="button">{text.slip_button}</button>
        </form>
    }
    .into_any()
}
