//! One account, for whoever looks after accounts.

use super::accounts::{AccountLine, unit_words};
use super::form::{AccountDone, Field, UnitChoice, done, roles, summary, units};
use super::own::{SessionLine, sessions_table};
use crate::console::frame::{Area, Frame, Page, document, section};
use crate::i18n::console::fill;
use crate::i18n::format::date;
use crate::parts::wording::role as role_name;
use domain::account::AccountFault;
use domain::scope::Role;
use leptos::prelude::*;
use time::Date;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPage {
    /// The account.
    pub account: AccountLine,
    /// The role chosen in the form.
    pub role: Role,
    /// Code of the unit chosen in the form.
    pub unit: String,
    /// The units to choose from.
    pub units: Vec<UnitChoice>,
    /// Its open sessions.
    pub sessions: Vec<SessionLine>,
    /// Last day of a link for a new password that waits.
    pub link_until: Option<Date>,
    /// Whether the reader may change anything.
    pub may_edit: bool,
    /// What is wrong.
    pub fault: Option<AccountFault>,
    /// What was just done.
    pub done: Option<AccountDone>,
}

/// The page as a document.
#[must_use]
pub fn render_account(page: &AccountPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().account;
        let account = &page.account;
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{account.name.clone()}</h1></div>
                {done(page.done, frame)}
                {summary(page.fault, frame)}
                {facts(account, frame)}
                <p><a href=frame.link("/admin/accounts")>{text.back}</a></p>
            </div>
            {page.may_edit.then(|| part(page, frame))}
            {page.may_edit.then(|| access(page, frame))}
            {sessions(page, frame)}
        };
        let title = account.name.clone();
        Page { title, area: Some(Area::Administration), main: main.into_any(), foot: None }
    })
}

fn facts(account: &AccountLine, frame: &Frame) -> AnyView {
    let text = frame.text();
    let seen = account.signed_in.map_or(text.account.never.to_owned(), |day| date(day, frame.language));
    let state = if account.disabled { text.account.off } else { text.account.on };
    view! {
        <dl class="facts">
            <div>
                <dt>{text.account.role}</dt>
                <dd>{role_name(account.role, text)} " " <span>{unit_words(account.unit.as_ref(), frame)}</span></dd>
            </div>
            <div><dt>{text.account.state}</dt><dd>{state}</dd></div>
            <div><dt>{text.account.seen_head}</dt><dd>{seen}</dd></div>
        </dl>
    }
    .into_any()
}

/// The path to which the forms of an account are sent.
fn action(page: &AccountPage, frame: &Frame) -> String {
    frame.link(&format!("/admin/accounts/{}", page.account.name))
}

fn part(page: &AccountPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let field = |id, label, hint| Field { id, label, hint, fault: page.fault };
    let role = field("role", text.role, None).select(roles(Some(page.role), None, frame), frame);
    let choices = units(&page.units, &page.unit, text.province, frame);
    let body = view! {
        <form class="flow narrow" method="post" action=action(page, frame)>
            {frame.csrf_field()}
            <input type="hidden" name="deed" value="part"/>
            {role}
            {field("unit", text.unit, Some(text.unit_hint)).select(choices, frame)}
            <button class="button low">{text.save}</button>
        </form>
    };
    let how = view! { <p>{text.part_how}</p> };
    section("part", text.part.into_any(), how.into_any(), body.into_any())
}

/// A form that is one button.
fn deed(page: &AccountPage, deed: &'static str, words: &'static str, frame: &Frame) -> AnyView {
    view! {
        <form method="post" action=action(page, frame)>
            {frame.csrf_field()}
            <input type="hidden" name="deed" value=deed/>
            <button class="button plain low">{words}</button>
        </form>
    }
    .into_any()
}

fn access(page: &AccountPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let waits = page.link_until.map(|day| {
        let says = fill(text.link_waits, &[("date", &date(day, frame.language))]);
        view! { <p>{says}</p> }
    });
    let body = if page.account.disabled {
        deed(page, "enable", text.enable, frame)
    } else {
        view! {
            {deed(page, "reset", text.new_link, frame)}
            <p class="hint">{text.new_link_why}</p>
            {waits}
            {deed(page, "disable", text.disable, frame)}
        }
        .into_any()
    };
    let body = view! { <div class="flow" id="access">{body}</div> };
    let how = view! { <p>{text.access_how}</p> };
    section("sign-in-access", text.access.into_any(), how.into_any(), body.into_any())
}

fn sessions(page: &AccountPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let body = if page.sessions.is_empty() {
        view! { <p>{text.sessions_none}</p> }.into_any()
    } else {
        let end = page.may_edit.then(|| deed(page, "sessions", text.end_all, frame));
        view! { {sessions_table(&page.sessions, false, frame)} {end} }.into_any()
    };
    let how = view! { <p>{text.sessions_how}</p> };
    section("sessions", text.sessions.into_any(), how.into_any(), body)
}
