//! What a survey will do, before it is opened.

use super::asking::hidden;
use super::survey_form::variant;
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date, months};
use crate::parts::wording::{definition, kind, spoken};
use domain::language::Words;
use domain::new_survey::SurveyDraft;
use domain::survey::Survey;
use domain::unit::UnitKind;
use leptos::prelude::*;
use time::Date;

/// What opening a survey would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyPreview {
    /// What was typed, to be sent again.
    pub draft: SurveyDraft,
    /// The survey that it makes.
    pub survey: Survey,
    /// Title of its question set.
    pub instrument: Words,
    /// Rated questions.
    pub items: u64,
    /// Whether people are asked at all, or answers are only imported.
    pub asked: bool,
    /// Its units by kind.
    pub units: Vec<(UnitKind, u64)>,
    /// Places that get a code.
    pub places: Vec<Words>,
    /// Codes in use that will show it.
    pub hanging: u64,
    /// Names of the surveys in whose place it comes.
    pub displaced: Vec<String>,
    /// The first run that may move answers.
    pub first_run: Option<Date>,
    /// Artificial answers.
    pub demo: bool,
}

/// The preview as a document.
#[must_use]
pub fn render_survey_preview(page: &SurveyPreview, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().desk;
        let heading = fill(text.preview, &[("name", &page.survey.name)]);
        let how = view! { <p>{text.preview_how}</p> };
        let body = view! { {facts(page, frame)} {new_places(page, frame)} {decide(page, frame)} };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{heading.clone()}</h1>
                    <p class="soft">{text.preview_lead} {sample(page.demo, frame.text())}</p>
                </div>
            </div>
            {section("what", text.preview_what.into_any(), how.into_any(), body.into_any())}
        };
        Page { title: heading, area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn facts(page: &SurveyPreview, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().desk, frame.language);
    let survey = &page.survey;
    let term = |name: &'static str, says: String| view! { <dt>{name}</dt> <dd>{says}</dd> };
    let codes = match (page.asked, page.places.len()) {
        (false, _) => text.imported_only.to_owned(),
        (true, 0) => text.new_places_none.to_owned(),
        (true, n) => fill(text.new_places_n, &[("n", &count(n as u64, language))]),
    };
    let displaces = if page.displaced.is_empty() {
        text.displaces_none.to_owned()
    } else {
        format!("{}: {}", page.displaced.join("; "), text.displaces_how)
    };
    let ends = survey.ends_on().map(|day| fill(text.ends_says, &[("date", &date(day, language))]));
    view! {
        <dl class="terms">
            {term(text.code, survey.code.clone())}
            {term(text.period, months(survey.from, survey.to, language))}
            {term(text.asks, asks(page, frame))}
            {term(text.variant, variant(survey.variant, frame.text()).to_owned())}
            {term(text.about, about(page, frame))}
            {term(text.threshold, fill(text.threshold_says, &[("k", &survey.k.to_string())]))}
            {term(text.definition_used, definition(&survey.definition, frame.text()).to_owned())}
            {term(text.new_places, codes)}
            {term(text.hanging, fill(text.hanging_n, &[("n", &count(page.hanging, language))]))}
            {term(text.displaces, displaces)}
            {page.first_run.map(|day| term(text.first_run, date(day, language)))}
            {ends.map(|says| term(text.ends, says))}
        </dl>
    }
    .into_any()
}

fn asks(page: &SurveyPreview, frame: &Frame) -> String {
    let version = page.survey.instrument_version.to_string();
    let instrument = page.instrument.text(frame.language);
    let items = page.items.to_string();
    let values = [("instrument", instrument), ("version", version.as_str()), ("n", items.as_str())];
    fill(frame.text().desk.asks_items, &values)
}

fn about(page: &SurveyPreview, frame: &Frame) -> String {
    let text = frame.text();
    let said = page.units.iter().map(|(of, n)| {
        let n = count(*n, frame.language);
        fill(text.desk.about_kind, &[("n", &n), ("kind", &kind(*of, text).to_lowercase())])
    });
    said.collect::<Vec<_>>().join("; ")
}

fn new_places(page: &SurveyPreview, frame: &Frame) -> Option<AnyView> {
    if page.places.is_empty() {
        return None;
    }
    let names = page.places.iter().map(|name| view! { <li>{spoken(name, frame.language)}</li> });
    Some(
        view! {
            <details>
                <summary>{frame.text().desk.new_places_list}</summary>
                <ul>{names.collect_view()}</ul>
            </details>
        }
        .into_any(),
    )
}

fn decide(page: &SurveyPreview, frame: &Frame) -> AnyView {
    let text = &frame.text().desk;
    let draft = &page.draft;
    let mut pairs = vec![
        ("code", draft.code.clone()),
        ("name", draft.name.clone()),
        ("instrument", draft.instrument.clone()),
        ("variant", draft.variant.clone()),
        ("from", draft.from.clone()),
        ("to", draft.to.clone()),
        ("units", draft.units.clone()),
        ("k", draft.k.clone()),
        ("definition", draft.definition.clone()),
    ];
    pairs.extend(draft.chosen.iter().map(|code| ("unit", code.clone())));
    view! {
        <form class="flow" method="post" action=frame.link("/admin/surveys/new")>
            {frame.csrf_field()}
            {hidden(pairs)}
            <p class="row">
                <button class="button" name="go" value="open">{text.open_it}</button>
                <button class="button plain" name="go" value="change">{text.change_it}</button>
            </p>
        </form>
    }
    .into_any()
}
