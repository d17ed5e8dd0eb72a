//! When a code names no unit on a day, or several: which units it may have meant.

use super::super::frame::{Frame, Page, document};
use super::link::{UnitLink, kind_word, validity};
use crate::i18n::console::fill;
use crate::i18n::format::date;
use crate::parts::wording::spoken;
use leptos::prelude::*;
use time::Date;

/// A code that names no unit on a day, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The code.
    pub code: String,
    /// The day.
    pub on: Date,
    /// Whether several units have it on that day; else these have it on other days.
    pub is_ambiguous: bool,
    /// The units, each with the address that names it, where the reader may open it.
    pub units: Vec<(UnitLink, Option<String>)>,
}

/// The choice as a document.
#[must_use]
pub fn render_meant(page: &Meant, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().registry;
        let day = date(page.on, frame.language);
        let values = [("date", day.as_str()), ("code", &page.code)];
        let (heading, says) = if page.is_ambiguous {
            (text.which.to_owned(), fill(text.which_on, &values))
        } else {
            (fill(text.not_then, &values), text.not_then_others.to_owned())
        };
        let units = page.units.iter().map(|(unit, path)| candidate(unit, path.as_deref(), frame));
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{heading.clone()}</h1></div>
                <p>{says}</p>
                <ul class="units-found">{units.collect_view()}</ul>
                <p class="row"><a class="button plain low" href=frame.link("/")>{frame.text().door.to_start}</a></p>
            </div>
        };
        Page { title: heading, area: None, main: main.into_any(), foot: None }
    })
}

fn candidate(unit: &UnitLink, path: Option<&str>, frame: &Frame) -> AnyView {
    let name = spoken(&unit.name, frame.language);
    let name = match path {
        Some(path) => view! { <a href=frame.link(path)>{name}</a> }.into_any(),
        None => name,
    };
    view! {
        <li>
            {name} " "
            <span class="why under">{kind_word(unit.kind, frame.text())} ", " {validity(unit, frame)}</span>
        </li>
    }
    .into_any()
}
