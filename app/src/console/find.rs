//! The search for units: the box in the head of every page, and the page with what it found.

use super::frame::{Frame, Page, document};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::unit::UnitKind;
use leptos::prelude::*;
use time::Date;

/// Where the search stands.
const PATH: &str = "/find";
/// Most letters of a question; a browser stops there.
const MOST_LETTERS: usize = 100;

/// What a search for units found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindPage {
    /// What was typed; empty where nothing was.
    pub asked: String,
    /// How many units answer it.
    pub total: usize,
    /// The first of them.
    pub units: Vec<FoundUnit>,
    /// Whether only some units of the province may be opened.
    pub is_narrow: bool,
    /// Whether there is a survey at all; before it no unit has a page.
    pub asks: bool,
}

/// A unit that answers a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundUnit {
    /// Its page.
    pub path: String,
    /// Code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Kind.
    pub kind: UnitKind,
    /// The name of the unit above.
    pub parent: Option<Words>,
    /// The first day, where it is still to come.
    pub begins: Option<Date>,
    /// The first day without it, where it has ended or will.
    pub ends: Option<Date>,
    /// The names of those that took over from it.
    pub successors: Vec<Words>,
}

/// What was found as a document.
#[must_use]
pub fn render_find(page: &FindPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().find;
        let title = if page.asked.is_empty() {
            text.title.to_owned()
        } else {
            fill(text.title_of, &[("asked", &page.asked)])
        };
        let narrow = page.is_narrow.then(|| view! { <p class="soft">{text.narrow}</p> });
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{text.title}</h1>{narrow}</div>
                {ask(page, frame)}
                {told(page, frame)}
            </div>
        };
        Page { title, area: None, main: main.into_any(), foot: None }
    })
}

/// The box in the head. The page of the search has a larger one of its own.
pub(super) fn head_box(frame: &Frame) -> Option<AnyView> {
    if !frame.finds_units || frame.here.path == PATH {
        return None;
    }
    let text = &frame.text().find;
    let form = view! {
        <form class="seek" method="get" action=PATH role="search" aria-label=text.title>
            {kept(frame)}
            <div class="field">
                <input name="q" type="search" aria-label=text.label placeholder=text.placeholder
                    autocomplete="off" maxlength=MOST_LETTERS/>
            </div>
            <button class="button plain low">{text.go}</button>
        </form>
    };
    Some(form.into_any())
}

fn kept(frame: &Frame) -> AnyView {
    let kept = frame.here.carry("", &["lang"]).query;
    kept.into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}

fn ask(page: &FindPage, frame: &Frame) -> AnyView {
    let text = &frame.text().find;
    view! {
        <form class="seek wide" method="get" action=PATH role="search">
            {kept(frame)}
            <div class="field">
                <label for="asked">{text.label}</label>
                <input id="asked" name="q" type="search" value=page.asked.clone() aria-describedby="asked-hint"
                    autocomplete="off" maxlength=MOST_LETTERS/>
            </div>
            <button class="button low">{text.go}</button>
        </form>
        <p class="hint" id="asked-hint">{frame.text().registry.search_hint}</p>
    }
    .into_any()
}

fn told(page: &FindPage, frame: &Frame) -> AnyView {
    let (text, registry) = (&frame.text().find, &frame.text().registry);
    if !page.asks {
        return view! { <div class="notice"><p>{text.no_survey}</p></div> }.into_any();
    }
    if page.asked.is_empty() {
        return view! { <p>{text.how}</p> }.into_any();
    }
    let (n, shown) = (count(page.total as u64, frame.language), page.units.len().to_string());
    let values = [("n", n.as_str()), ("asked", &page.asked), ("shown", &shown)];
    if page.units.is_empty() {
        let nothing = fill(registry.found_none, &values);
        return view! {
            <div class="notice" role="status"><p><b>{nothing}</b> " " {registry.found_none_do}</p></div>
        }
        .into_any();
    }
    let phrase = if page.units.len() < page.total { registry.found_first } else { registry.found_many };
    let rows = page.units.iter().map(|unit| row(unit, frame)).collect_view();
    view! { <p role="status">{fill(phrase, &values)}</p> <ul class="units-found">{rows}</ul> }.into_any()
}

fn row(unit: &FoundUnit, frame: &Frame) -> AnyView {
    let kind = super::admin::kind_word(unit.kind, frame.text());
    view! {
        <li>
            <a href=frame.link(&unit.path)>{spoken(&unit.name, frame.language)}</a>
            " " <span class="why num">{unit.code.clone()}</span> " "
            <span class="why under">{kind} {parent(unit, frame)} {days(unit, frame)}</span>
        </li>
    }
    .into_any()
}

fn parent(unit: &FoundUnit, frame: &Frame) -> Option<String> {
    let name = unit.parent.as_ref()?.text(frame.language);
    Some(format!(", {}", fill(frame.text().find.under, &[("unit", name)])))
}

/// The days of a unit that is not simply of today, and who took over.
fn days(unit: &FoundUnit, frame: &Frame) -> Option<AnyView> {
    let (text, registry) = (&frame.text().find, &frame.text().registry);
    let day = |phrase, day| fill(phrase, &[("date", &date(day, frame.language))]);
    let begins = unit.begins.map(|from| day(text.begins, from));
    let ends = unit.ends.map(|from| day(text.ends, from));
    let names: Vec<&str> = unit.successors.iter().map(|name| name.text(frame.language)).collect();
    let now = (!names.is_empty()).then(|| fill(registry.is_now, &[("units", &names.join(", "))]));
    let said: Vec<String> = [begins, ends, now].into_iter().flatten().collect();
    (!said.is_empty()).then(|| view! { "; " <b>{said.join("; ")}</b> }.into_any())
}
