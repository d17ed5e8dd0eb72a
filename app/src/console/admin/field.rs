//! One field at one level: its names, its place, who decides it.

use super::super::frame::{Area, Frame, Page, document, sample};
use super::entry::{Entry, WrongEntry, summary, title};
use super::link::{kind_word, shelves};
use crate::i18n::console::fill;
use domain::unit::UnitKind;
use leptos::prelude::*;

/// One field at one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPage {
    /// Code.
    pub code: String,
    /// Level.
    pub level: UnitKind,
    /// Vietnamese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Khmer name.
    pub name_km: String,
    /// Code of the deciding unit; empty for the receiving office.
    pub deciding_unit: String,
    /// Place among the fields of the level, from 1.
    pub place: String,
    /// How many fields the level has.
    pub places: usize,
    /// A mark of the line as it was shown.
    pub seen: String,
    /// What is wrong.
    pub wrong: Vec<WrongEntry>,
    /// Artificial answers.
    pub demo: bool,
}

/// One field as a document.
#[must_use]
pub fn render_field(page: &FieldPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().registry;
        let under = fill(text.level, &[("kind", kind_word(page.level, frame.text()))]);
        let heading = format!("{}: {}", text.edit, page.name);
        let labels = [
            ("name", text.name),
            ("name_en", text.name_en),
            ("name_km", text.name_km),
            ("deciding_unit", text.decides),
            ("place", text.order),
        ];
        let main = view! {
            <div class="intro">
                {shelves(None, frame)}
                {summary(&page.wrong, &labels, frame)}
                <div class="head">
                    <h1>{heading.clone()}</h1>
                    <p class="soft">
                        {under} " · " <span class="num">{page.code.clone()}</span> {sample(page.demo, frame.text())}
                    </p>
                </div>
                {form(page, frame)}
                <p><a href=frame.link("/admin/fields")>{text.all_fields}</a></p>
            </div>
        };
        let title = title(&heading, &page.wrong, frame);
        Page { title, area: Some(Area::Registry), main: main.into_any(), foot: None }
    })
}

fn form(page: &FieldPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let wrong = &page.wrong;
    let name = Entry { is_optional: false, lang: Some("vi"), ..Entry::new("name", text.name, &page.name) };
    let english = Entry { lang: Some("en"), ..Entry::new("name_en", text.name_en, &page.name_en) };
    let khmer = Entry { lang: Some("km"), ..Entry::new("name_km", text.name_km, &page.name_km) };
    let decides = Entry {
        hint: Some(text.decides_hint.to_owned()),
        ..Entry::new("deciding_unit", text.decides, &page.deciding_unit)
    };
    let most = page.places.to_string();
    let place = Entry {
        is_optional: false,
        kind: "number",
        hint: Some(fill(text.order_hint, &[("most", &most)])),
        ..Entry::new("place", text.order, &page.place)
    };
    let action = frame.link(&format!("/admin/fields/{}@{}", page.code, page.level));
    view! {
        <form class="flow narrow" method="post" action=action novalidate=true>
            {frame.csrf_field()}
            <input type="hidden" name="seen" value=page.seen.clone()/>
            {name.draw(wrong, frame)}
            {english.draw(wrong, frame)}
            {khmer.draw(wrong, frame)}
            {decides.draw(wrong, frame)}
            {place.draw(wrong, frame)}
            <p class="row"><button class="button low">{text.save}</button></p>
        </form>
    }
    .into_any()
}
