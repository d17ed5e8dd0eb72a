//! A unit as the registry's pages name it: with its days, because neither code nor name is enough.

use super::super::frame::Frame;
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::date;
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::succession::Share;
use domain::unit::UnitKind;
use leptos::prelude::*;
use time::Date;

/// A unit with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLink {
    /// Code.
    pub code: String,
    /// Code and a day, as its address in the registry names it.
    pub named: String,
    /// Name.
    pub name: Words,
    /// Kind.
    pub kind: UnitKind,
    /// First day, where it was written down.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// A unit before or after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// The unit.
    pub unit: UnitLink,
    /// All of the old unit, or a part.
    pub share: Share,
    /// Whether it is the main successor.
    pub is_main: bool,
    /// First day of the successor's work.
    pub on: Date,
}

/// The places of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    Units,
    Fields,
}

/// Units or fields.
pub(super) fn shelves(here: Option<Shelf>, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let places = [(Shelf::Units, "/admin/units", text.units), (Shelf::Fields, "/admin/fields", text.fields)];
    let links = places.map(|(shelf, path, name)| {
        let current = (here == Some(shelf)).then_some("page");
        view! { <li><a href=frame.link(path) aria-current=current>{name}</a></li> }
    });
    view! { <nav aria-label=text.registry><ul class="chips">{links.into_iter().collect_view()}</ul></nav> }
        .into_any()
}

/// The days of a unit in words.
pub(super) fn validity(unit: &UnitLink, frame: &Frame) -> String {
    let (text, language) = (&frame.text().registry, frame.language);
    let day = |day| date(day, language);
    match (unit.from, unit.until) {
        (Some(from), Some(until)) => fill(text.from_until, &[("from", &day(from)), ("until", &day(until))]),
        (Some(from), None) => fill(text.from, &[("date", &day(from))]),
        (None, Some(until)) => fill(text.until, &[("date", &day(until))]),
        (None, None) => text.always.to_owned(),
    }
}

/// A link to a unit's page in the registry.
pub(super) fn link(unit: &UnitLink, frame: &Frame) -> AnyView {
    let href = frame.link(&format!("/admin/units/{}", unit.named));
    view! { <a href=href>{spoken(&unit.name, frame.language)}</a> }.into_any()
}

/// A link with the code, and the last day where the unit is over.
pub(super) fn named(unit: &UnitLink, frame: &Frame) -> AnyView {
    let over = unit.until.is_some().then(|| format!(" · {}", validity(unit, frame)));
    view! { {link(unit, frame)} " " <span class="why num">{unit.code.clone()}</span> <span class="why">{over}</span> }
        .into_any()
}

/// What kind of agency a unit is, in the singular.
pub(in super::super) const fn kind_word(kind: UnitKind, text: &ConsoleText) -> &'static str {
    let text = &text.registry;
    match kind {
        UnitKind::Province => text.kind_province,
        UnitKind::District => text.kind_district,
        UnitKind::Commune => text.kind_commune,
        UnitKind::Department => text.kind_department,
        UnitKind::Centre => text.kind_centre,
        UnitKind::Counter => text.kind_counter,
    }
}
