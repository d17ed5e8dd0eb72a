//! One place: what it shows, its sheets, revoking and reprinting.

use super::asking::{Asked, done};
use super::touchpoints::{sizes, state_words};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, date, month};
use crate::parts::wording::{mode, spoken};
use domain::language::Words;
use domain::period::Month;
use domain::survey::Mode;
use domain::touchpoint::PosterState;
use leptos::prelude::*;
use time::Date;

/// What has just been done to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TouchpointDone {
    /// It takes the place of this token.
    Replaced(String),
    /// It hangs beside this token, which stays in use.
    Renewed(String),
    /// Revoked.
    Revoked,
    /// In use again.
    Restored,
}

/// What stands against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TouchpointProblem {
    /// A reason is missing.
    NoReason,
    /// Somebody else was faster.
    Changed,
}

/// Somebody's look at a poster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The month that it counts for.
    pub month: Month,
    /// How it hung there.
    pub state: PosterState,
    /// Who.
    pub who: String,
    /// The day.
    pub on: Date,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchpointPage {
    /// What its URL ends in.
    pub token: String,
    /// The unit where it is.
    pub unit: Words,
    /// Postal address.
    pub address: Option<String>,
    /// Poster, link or kiosk.
    pub mode: Mode,
    /// Counts reprints.
    pub version: u32,
    /// The address that its code holds.
    pub url: String,
    /// The survey that it shows today.
    pub shows: Option<String>,
    /// The day on which it was made.
    pub made: Option<Date>,
    /// The day on which it was revoked.
    pub revoked: Option<Date>,
    /// Looks of the last twelve months, newest first.
    pub looks: Vec<Look>,
    /// Whether the reader may change something.
    pub may_change: bool,
    /// What has just been done.
    pub done: Option<TouchpointDone>,
    /// What stands against it.
    pub problem: Option<TouchpointProblem>,
    /// Artificial answers.
    pub demo: bool,
}

/// The place as a document.
#[must_use]
pub fn render_touchpoint(page: &TouchpointPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().touchpoint;
        let name = page.unit.text(frame.language).to_owned();
        let version = page.version.to_string();
        let way = mode(&page.mode, frame.text());
        let under = fill(text.one_under, &[("token", &page.token), ("mode", &way), ("version", &version)]);
        let title = match page.problem {
            Some(_) => fill(frame.text().door.error_title, &[("title", &name)]),
            None => name.clone(),
        };
        let sheets = page.mode == Mode::Poster && page.revoked.is_none();
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{spoken(&page.unit, frame.language)}</h1>
                    <p class="soft">{under} {sample(page.demo, frame.text())}</p>
                </div>
                {page.done.as_ref().map(|deed| done(told(deed, frame)))}
                {facts(page, frame)}
                {sheets.then(|| view! { <p>{text.print_head} ": " {sizes(&page.token, &name, frame)}</p> })}
                <p class="row"><a class="button plain low" href=frame.link("/admin/touchpoints")>{text.back}</a></p>
            </div>
            {page.may_change.then(|| deeds(page, frame))}
            {looks(page, frame)}
        };
        Page { title, area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn told(deed: &TouchpointDone, frame: &Frame) -> String {
    let text = &frame.text().touchpoint;
    match deed {
        TouchpointDone::Replaced(token) => fill(text.done_replaced, &[("token", token)]),
        TouchpointDone::Renewed(token) => fill(text.done_renewed, &[("token", token)]),
        TouchpointDone::Revoked => text.done_revoked.to_owned(),
        TouchpointDone::Restored => text.done_restored.to_owned(),
    }
}

fn facts(page: &TouchpointPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().touchpoint, frame.language);
    let shows = match (&page.revoked, &page.shows) {
        (Some(_), _) => text.one_shows_revoked.to_owned(),
        (None, Some(survey)) => survey.clone(),
        (None, None) => text.one_shows_none.to_owned(),
    };
    let term = |name: &'static str, says: String| view! { <dt>{name}</dt> <dd>{says}</dd> };
    view! {
        <dl class="terms">
            {page.address.clone().map(|says| term(text.one_address, says))}
            {term(text.one_link, page.url.clone())}
            {term(text.one_shows, shows)}
            {page.made.map(|day| term(text.one_made, date(day, language)))}
            {page.revoked.map(|day| term(text.one_revoked, date(day, language)))}
        </dl>
    }
    .into_any()
}

fn deeds(page: &TouchpointPage, frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let action = frame.link(&format!("/admin/touchpoints/{}", page.token));
    let changed = (page.problem == Some(TouchpointProblem::Changed))
        .then(|| view! { <div class="notice bad" role="alert"><p>{text.e_revoked}</p></div> });
    if page.revoked.is_some() {
        let body = view! {
            {changed}
            <form class="asking flow" method="post" action=action>
                {frame.csrf_field()}
                <button class="button plain low" name="go" value="restore">{text.restore_button}</button>
            </form>
        };
        let how = view! { <p>{text.restore_how}</p> };
        return section("restore", text.restore.into_any(), how.into_any(), body.into_any());
    }
    let mistake = (page.problem == Some(TouchpointProblem::NoReason)).then(|| text.reason_missing.to_owned());
    let reason = Asked { name: "reason", label: text.reason, hint: Some(text.reason_hint), mistake };
    let body = view! {
        {changed}
        <form class="asking flow" method="post" action=action>
            {frame.csrf_field()}
            {reason.line("", "text")}
            <p class="row">
                <button class="button low" name="go" value="replace">{text.replace_button}</button>
                <button class="button plain low" name="go" value="revoke">{text.revoke_button}</button>
            </p>
            <p>{text.renew_how}</p>
            <p class="row"><button class="button plain low" name="go" value="renew">{text.renew_button}</button></p>
        </form>
    };
    let how = view! { <p>{text.replace_how}</p> };
    section("replace", text.replace.into_any(), how.into_any(), body.into_any())
}

fn looks(page: &TouchpointPage, frame: &Frame) -> Option<AnyView> {
    if page.mode != Mode::Poster {
        return None;
    }
    let (text, language) = (&frame.text().touchpoint, frame.language);
    let lines = page.looks.iter().map(|look| {
        let at = capitalize(&month(look.month, language));
        let state = state_words(Some(look.state), frame.text());
        let on = date(look.on, language);
        let values = [("month", at.as_str()), ("state", state), ("who", &look.who), ("date", &on)];
        view! { <li>{fill(text.one_check, &values)}</li> }
    });
    let body = if page.looks.is_empty() {
        view! { <p>{text.one_checks_none}</p> }.into_any()
    } else {
        view! { <ul>{lines.collect_view()}</ul> }.into_any()
    };
    Some(section("looks", text.one_checks.into_any(), ().into_any(), body))
}
