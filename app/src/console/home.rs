//! The first page after signing in: what this account can open.

use super::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::parts::wording::spoken;
use domain::report::UnitName;
use leptos::prelude::*;

/// The first page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Home {
    /// The units whose pages the account opens first.
    pub units: Vec<UnitName>,
    /// The province's page: code.
    pub province_code: Option<String>,
    /// Artificial answers.
    pub demo: bool,
    /// What a new province still lacks, in the order in which it is done.
    pub next: Vec<NextStep>,
}

/// Something that comes before the first figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// What dossiers are about and who decides them.
    Fields,
    /// The first survey.
    Survey,
    /// Its posters.
    Posters,
    /// The accounts of those who are to read.
    People,
}

/// The first page as a document.
#[must_use]
pub fn render_home(home: &Home, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().door;
        let name = frame.viewer.as_ref().map_or("", |viewer| viewer.name.as_str());
        let heading = fill(text.home_title, &[("name", name)]);
        let entries = entries(home, frame);
        let says = if entries.is_empty() { text.home_nothing } else { text.home_can };
        let pages = view! {
            <p class="soft">{says} {sample(home.demo, frame.text())}</p>
            <ul class="points doors">{entries} {method(frame)}</ul>
        };
        // Where something is to be done first, it stands first.
        let main = match next(home, frame) {
            Some(next) => view! {
                <div class="intro"><div class="head"><h1>{heading.clone()}</h1></div></div>
                {next}
                {section("pages", text.home_pages.into_any(), ().into_any(), pages.into_any())}
            }
            .into_any(),
            None => {
                view! { <div class="intro"><div class="head"><h1>{heading.clone()}</h1></div> {pages}</div> }
                    .into_any()
            }
        };
        Page { title: heading, area: None, main, foot: None }
    })
}

fn entry(href: String, name: AnyView, what: &'static str) -> AnyView {
    view! { <li><b><a href=href>{name}</a></b> {what}</li> }.into_any()
}

fn entries(home: &Home, frame: &Frame) -> Vec<AnyView> {
    let text = frame.text();
    let mut entries: Vec<AnyView> = home
        .units
        .iter()
        .map(|unit| {
            let href = frame.link(&format!("/a/{}", unit.code));
            entry(href, spoken(&unit.name, frame.language), text.door.home_unit)
        })
        .collect();
    // Who works beside the posters looks at them.
    for unit in home.units.iter().filter(|_| home.province_code.is_none()) {
        let href = frame.link(&format!("/a/{}/posters", unit.code));
        entries.push(entry(href, text.touchpoint.own.into_any(), text.touchpoint.home));
        let href = frame.link(&format!("/a/{}/comments", unit.code));
        entries.push(entry(href, text.comment.link.into_any(), text.comment.home));
    }
    if let Some(code) = &home.province_code {
        let href = frame.link(&format!("/p/{code}"));
        entries.push(entry(href, text.frame.whole_province.into_any(), text.door.home_province));
    }
    entries.extend(frame.places.iter().filter_map(|(area, path)| place(*area, path, frame)));
    entries
}

/// A place of the head of the page that needs a word.
fn place(area: Area, path: &str, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let (name, what) = match area {
        Area::Surveys => (text.office.surveys, text.door.home_surveys),
        Area::Administration => (text.account.admin, text.door.home_admin),
        Area::Releases => (text.release.title, text.door.home_releases),
        Area::Registry => (text.registry.registry, text.registry.home_registry),
        Area::Typing => (text.paper.desk, text.paper.home),
        Area::Helping => (text.assist.title, text.assist.home),
        Area::Calling => (text.assist.calls, text.assist.calls_home),
        Area::Demonstration => (text.office.demo, text.door.home_demo),
        Area::Unit | Area::Province | Area::Method => return None,
    };
    Some(entry(frame.link(path), name.into_any(), what))
}

/// What comes next in a new province, each with the page that does it.
fn next(home: &Home, frame: &Frame) -> Option<AnyView> {
    if home.next.is_empty() {
        return None;
    }
    let text = &frame.text().setup;
    let step = |step: &NextStep| {
        let (name, what, path) = match step {
            NextStep::Fields => (text.next_fields, text.next_fields_do, "/admin/fields/import"),
            NextStep::Survey => (text.next_survey, text.next_survey_do, "/admin/surveys/new"),
            NextStep::Posters => (text.next_posters, text.next_posters_do, "/admin/touchpoints"),
            NextStep::People => (text.next_people, text.next_people_do, "/admin/invitations"),
        };
        view! { <li><b><a href=frame.link(path)>{name}</a></b> {what}</li> }
    };
    let steps = home.next.iter().map(step).collect_view();
    let is_asking = !home.next.contains(&NextStep::Survey);
    let how = if is_asking { text.next_wait } else { text.next_how };
    let how = view! { <p>{how}</p> };
    let body = view! { <ol class="points doors">{steps}</ol> };
    Some(section("next", text.next.into_any(), how.into_any(), body.into_any()))
}

fn method(frame: &Frame) -> AnyView {
    let text = frame.text();
    entry(frame.link("/method"), text.frame.method_and_limits.into_any(), text.door.home_method)
}
