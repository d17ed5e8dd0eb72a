//! The document around every page of the citizen: no script, one style sheet, nothing from outside.

use super::face;
use crate::i18n::citizen::CitizenText;
use domain::language::{Language, Words};
use leptos::prelude::*;

/// What every page of the citizen has around it.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The language of the page.
    pub language: Language,
    /// URL of the style sheet.
    pub stylesheet: String,
    /// URL of the icon.
    pub icon: String,
    /// Name of the province, such as "Tỉnh Cà Mau".
    pub province: Words,
    /// The place that the page is about, where there is one.
    pub place: Option<Place>,
    /// URL of the page about privacy.
    pub privacy: String,
    /// The same page in the other languages; empty where switching would lose answers.
    pub switch: Vec<(Language, String)>,
}

/// Where somebody was served.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// Name of the unit.
    pub name: Words,
    /// Its address.
    pub address: Option<Words>,
}

impl Frame {
    /// The phrases in the page's language.
    #[must_use]
    pub const fn text(&self) -> &'static CitizenText {
        CitizenText::of(self.language)
    }

    /// Words of data, and the `lang` attribute that they need where they fell back to another
    /// language than the page's.
    #[must_use]
    pub fn say(&self, words: &Words) -> (String, Option<&'static str>) {
        let (text, language) = words.in_language(self.language);
        (text.to_owned(), (language != self.language).then(|| language.code()))
    }

    /// Words of data as an element of their own only where it needs a `lang` attribute.
    pub(super) fn span(&self, words: &Words) -> AnyView {
        match self.say(words) {
            (text, None) => text.into_any(),
            (text, lang) => view! { <span lang=lang>{text}</span> }.into_any(),
        }
    }
}

/// Draws a whole document. `body` is called inside an owner, as leptos asks of every view.
pub(super) fn render<V: IntoView>(
    frame: &Frame,
    title: &str,
    class: &'static str,
    body: impl FnOnce() -> V,
) -> String {
    let owner = Owner::new();
    owner.with(|| {
        let title = format!("{title} – Hài Lòng {}", short_name(frame.province.text(frame.language)));
        let document = view! {
            <html lang=frame.language.code()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>{title.trim_end().to_owned()}</title>
                    <link rel="icon" href=frame.icon.clone()/>
                    <link rel="stylesheet" href=frame.stylesheet.clone()/>
                </head>
                <body class="survey">
                    {face::symbols()}
                    {header(frame)}
                    <main class=class>{body().into_view()}</main>
                    {footer(frame)}
                </body>
            </html>
        };
        format!("<!doctype html>{}", document.to_html())
    })
}

/// A title has little room, and every province is one.
fn short_name(province: &str) -> &str {
    ["Tỉnh ", "Thành phố "].iter().find_map(|kind| province.strip_prefix(kind)).unwrap_or(province)
}

fn header(frame: &Frame) -> impl IntoView + use<> {
    let (province, lang) = frame.say(&frame.province);
    view! {
        <header class="top">
            <div class="wrap">
                <span class="brand">{face::mark()}<span>"Hài Lòng"</span>" "<small lang=lang>{province}</small></span>
                {(!frame.switch.is_empty()).then(|| switch(frame))}
            </div>
        </header>
    }
}

fn switch(frame: &Frame) -> impl IntoView + use<> {
    let here = frame.language;
    let links = frame.switch.iter().map(|(language, href)| {
        let current = (*language == here).then_some("true");
        let code = language.code();
        view! {
            <li><a href=href.clone() lang=code hreflang=code aria-current=current>{language.own_name()}</a></li>
        }
    });
    view! { <nav aria-label=frame.text().languages><ul class="langs">{links.collect_view()}</ul></nav> }
}

fn footer(frame: &Frame) -> impl IntoView + use<> {
    let text = &frame.text().frame;
    let place = frame.place.as_ref().map(|place| view! { {frame.span(&place.name)}". " });
    view! {
        <footer class="foot">
            <div class="wrap">
                <p>{place}{text.keeps_nothing}</p>
                <p><a href=frame.privacy.clone()>{text.privacy_link}</a></p>
            </div>
        </footer>
    }
}

/// A field that people do not see and machines like to fill in.
pub(super) fn honeypot(frame: &Frame) -> impl IntoView + use<> {
    view! {
        <p class="unseen" aria-hidden="true">
            <label>
                {frame.text().step.leave_empty}
                <input type="text" name=domain::submission::HONEYPOT tabindex="-1" autocomplete="off"/>
            </label>
        </p>
    }
}

/// A field that carries a value from page to page.
pub(super) fn hidden(name: &str, value: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }
}
