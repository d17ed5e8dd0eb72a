//! One survey: what it holds, and its end.

use super::asking::{Asked, done};
use super::languages::khmer;
use super::survey_form::variant;
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::console::{SurveyState, office};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, count, date, month, months};
use crate::parts::wording::{definition, spoken};
use domain::language::Words;
use domain::new_survey::TermFault;
use domain::report::UnitName;
use domain::survey::Survey;
use leptos::prelude::*;
use time::Date;

/// What has just been done to a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyDone {
    /// Opened, with so many new codes.
    Opened(u64),
    /// Given another last month.
    Moved,
    /// Closed.
    Closed,
    /// Opened again.
    Reopened,
}

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyPage {
    /// The survey.
    pub survey: Survey,
    /// How far it is.
    pub state: SurveyState,
    /// Title of its question set.
    pub instrument: Words,
    /// Rated questions.
    pub items: u64,
    /// Its units, in official order.
    pub units: Vec<UnitName>,
    /// Places with a code.
    pub places: u64,
    /// Whether the day of its end has come.
    pub over: bool,
    /// Whether the reader may change it.
    pub may_change: bool,
    /// What has just been done.
    pub done: Option<SurveyDone>,
    /// What was wrong with another last month, and what was typed.
    pub fault: Option<(TermFault, String)>,
    /// The Khmer texts: `None` where there are none, else who has read them.
    pub khmer: Option<Option<(String, Date, String)>>,
    /// Artificial answers.
    pub demo: bool,
}

/// The survey as a document.
#[must_use]
pub fn render_survey(page: &SurveyPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().desk;
        let survey = &page.survey;
        let (class, state) = office::state_words(page.state, frame.text());
        let under = fill(text.page_under, &[("code", &survey.code)]);
        let title = if page.fault.is_some() {
            fill(frame.text().door.error_title, &[("title", &survey.name)])
        } else {
            survey.name.clone()
        };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{survey.name.clone()}</h1>
                    <p class="soft">
                        {under} " " <span class=class>{state}</span> {sample(page.demo, frame.text())}
                    </p>
                </div>
                {page.done.map(|deed| done(told(deed, frame)))}
                {page.khmer.as_ref().map(|review| view! { <p class="soft">{khmer(review.as_ref(), frame)}</p> })}
                {links(page, frame)}
            </div>
            {holds(page, frame)}
            {end(page, frame)}
        };
        Page { title, area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn told(deed: SurveyDone, frame: &Frame) -> String {
    let text = &frame.text().desk;
    match deed {
        SurveyDone::Opened(n) => fill(text.done_open, &[("n", &count(n, frame.language))]),
        SurveyDone::Moved => text.done_extend.to_owned(),
        SurveyDone::Closed => text.done_close.to_owned(),
        SurveyDone::Reopened => text.done_reopen.to_owned(),
    }
}

fn links(page: &SurveyPage, frame: &Frame) -> AnyView {
    let text = &frame.text().desk;
    let waiting = frame.link(&format!("/admin/surveys/{}/waiting", page.survey.code));
    let posters = frame.here.carry("/admin/posters", &["lang"]).with("survey", &page.survey.code).to_string();
    let places = fill(text.see_places, &[("n", &count(page.places, frame.language))]);
    // A survey that has just been opened waits for its posters.
    let print = matches!(page.done, Some(SurveyDone::Opened(_))).then(|| {
        let href = frame.link("/admin/touchpoints");
        view! { <a class="button low" href=href>{frame.text().setup.next_posters}</a> }
    });
    let languages = frame.link(&format!("/admin/surveys/{}/languages", page.survey.code));
    view! {
        <p class="row">
            {print}
            <a class="button plain low" href=languages>{frame.text().language.link}</a>
            <a class="button plain low" href=waiting>{text.see_waiting}</a>
            <a class="button plain low" href=posters>{places}</a>
            <a class="button plain low" href=frame.link("/admin/surveys")>{frame.text().office.back_to_surveys}</a>
        </p>
    }
    .into_any()
}

fn holds(page: &SurveyPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().desk, frame.language);
    let survey = &page.survey;
    let version = survey.instrument_version.to_string();
    let items = page.items.to_string();
    let instrument = page.instrument.text(language);
    let asks = fill(text.asks_items, &[("instrument", instrument), ("version", &version), ("n", &items)]);
    let term = |name: &'static str, says: String| view! { <dt>{name}</dt> <dd>{says}</dd> };
    let units = page.units.iter().map(|unit| view! { <li>{spoken(&unit.name, language)}</li> });
    let n = count(page.units.len() as u64, language);
    let body = view! {
        <dl class="terms">
            {term(text.period, months(survey.from, survey.to, language))}
            {term(text.asks, asks)}
            {term(text.variant, variant(survey.variant, frame.text()).to_owned())}
            {term(text.threshold, fill(text.threshold_says, &[("k", &survey.k.to_string())]))}
            {term(text.definition_used, definition(&survey.definition, frame.text()).to_owned())}
        </dl>
        <details>
            <summary>{format!("{}: {n}", text.units_of)}</summary>
            <ul class="columns">{units.collect_view()}</ul>
        </details>
    };
    let how = view! { <p>{text.holds_how}</p> };
    section("holds", text.holds.into_any(), how.into_any(), body.into_any())
}

fn end(page: &SurveyPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().desk, frame.language);
    let survey = &page.survey;
    let day = survey.ends_on().map(|day| date(day, language)).unwrap_or_default();
    let says = if page.over {
        text.end_over.to_owned()
    } else if survey.closed {
        fill(text.end_closed, &[("date", &day)])
    } else {
        fill(text.end_now, &[("month", &month(survey.to, language)), ("date", &day)])
    };
    let deeds = match (page.may_change, page.over, survey.closed) {
        (false, ..) => view! { <p class="soft">{text.only_admin}</p> }.into_any(),
        (true, true, _) => ().into_any(),
        (true, false, true) => deed(page, frame, "reopen", text.reopen, None),
        (true, false, false) => view! {
            {last_month(page, frame)}
            {deed(page, frame, "close", text.close, Some(text.close_how))}
        }
        .into_any(),
    };
    let how = view! { <p>{text.end_how}</p> };
    let body = view! { <p>{says}</p> {deeds} };
    section("end", text.end.into_any(), how.into_any(), body.into_any())
}

fn path(page: &SurveyPage, frame: &Frame) -> String {
    frame.link(&format!("/admin/surveys/{}", page.survey.code))
}

fn last_month(page: &SurveyPage, frame: &Frame) -> AnyView {
    let text = &frame.text().desk;
    let mistake = page.fault.as_ref().map(|(fault, _)| wrong(*fault, frame));
    let typed = page.fault.as_ref().map(|(_, typed)| typed.clone());
    let value = typed.unwrap_or_else(|| page.survey.to.to_string());
    let asked = Asked { name: "to", label: text.new_last, hint: Some(text.month_hint), mistake };
    view! {
        <form class="asking flow" method="post" action=path(page, frame)>
            {frame.csrf_field()}
            {asked.line(&value, "month")}
            <button class="button low" name="go" value="extend">{text.set_last}</button>
        </form>
    }
    .into_any()
}

fn deed(
    page: &SurveyPage,
    frame: &Frame,
    go: &'static str,
    button: &'static str,
    how: Option<&'static str>,
) -> AnyView {
    view! {
        <form class="asking flow" method="post" action=path(page, frame)>
            {frame.csrf_field()}
            {how.map(|how| view! { <p class="soft">{how}</p> })}
            <button class="button plain low" name="go" value=go>{button}</button>
        </form>
    }
    .into_any()
}

fn wrong(fault: TermFault, frame: &Frame) -> String {
    let text = &frame.text().desk;
    let of = |phrase: &str, at| capitalize(&fill(phrase, &[("month", &month(at, frame.language))]));
    match fault {
        TermFault::NotAMonth => text.t_not_a_month.to_owned(),
        TermFault::Same(at) => of(text.t_same, at),
        TermFault::BeforeFirst(at) => of(text.t_before, at),
        TermFault::Past(at) => of(text.t_past, at),
        TermFault::Over(_) => text.t_over.to_owned(),
        TermFault::Closed => text.t_closed.to_owned(),
        TermFault::Changed => text.t_changed.to_owned(),
    }
}
