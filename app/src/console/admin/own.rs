//! One's own account: password and sessions.

use super::accounts::unit_words;
use super::form::{AccountDone, Field, done, summary};
use crate::console::frame::{Frame, Page, document, section};
use crate::i18n::console::fill;
use crate::i18n::format::moment;
use crate::parts::wording::role as role_name;
use domain::account::AccountFault;
use domain::language::Words;
use domain::scope::Role;
use leptos::prelude::*;
use time::OffsetDateTime;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPage {
    /// Name of the account.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Its unit; `None` for the province.
    pub unit: Option<Words>,
    /// Its sessions, the last used first.
    pub sessions: Vec<SessionLine>,
    /// What is wrong.
    pub fault: Option<AccountFault>,
    /// Too many attempts at the present password.
    pub too_many: bool,
    /// What was just done.
    pub done: Option<AccountDone>,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// What a form calls it by.
    pub id: String,
    /// When it began.
    pub begun: OffsetDateTime,
    /// When it was last used.
    pub seen: OffsetDateTime,
    /// Whether it is the reader's.
    pub is_this: bool,
}

/// The page as a document.
#[must_use]
pub fn render_own(page: &OwnPage, frame: &Frame) -> String {
    document(frame, || {
        let text = frame.text();
        let too_many = page.too_many.then(|| {
            view! { <div class="notice bad" role="alert"><p>{text.account.fault_many}</p></div> }
        });
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.account.own}</h1>
                    <p class="soft">
                        {page.name.clone()} " · " {role_name(page.role, text)} " · "
                        {unit_words(page.unit.as_ref(), frame)}
                    </p>
                </div>
                {done(page.done, frame)}
                {too_many}
                {summary(page.fault, frame)}
            </div>
            {password(page, frame)}
            {sessions(page, frame)}
        };
        let own = text.account.own;
        let wrong = page.fault.is_some() || page.too_many;
        let title = if wrong { fill(text.door.error_title, &[("title", own)]) } else { own.to_owned() };
        Page { title, area: None, main: main.into_any(), foot: None }
    })
}

fn password(page: &OwnPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let field = |id, label| Field { id, label, hint: None, fault: page.fault };
    let body = view! {
        <form class="flow narrow" method="post" action=frame.link("/account/password")>
            {frame.csrf_field()}
            {field("present", text.present).password("current-password", frame)}
            {field("new", text.new).password("new-password", frame)}
            {field("again", text.again).password("new-password", frame)}
            <button class="button low">{text.password_change}</button>
        </form>
    };
    let how = view! { <p>{text.password_how}</p> };
    section("password", text.password_change.into_any(), how.into_any(), body.into_any())
}

fn sessions(page: &OwnPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let others = (page.sessions.len() > 1).then(|| {
        view! {
            <form method="post" action=frame.link("/account/sessions")>
                {frame.csrf_field()}
                <input type="hidden" name="session" value="others"/>
                <button class="button plain low">{text.end_others}</button>
            </form>
        }
    });
    let how = view! { <p>{text.sessions_how}</p> };
    let body = view! { {sessions_table(&page.sessions, true, frame)} {others} };
    section("sessions", text.sessions.into_any(), how.into_any(), body.into_any())
}

/// Sessions as a table; each can be ended where they are one's own.
pub(super) fn sessions_table(sessions: &[SessionLine], own: bool, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let rows = sessions.iter().map(|session| row(session, own, frame)).collect_view();
    let last = own.then(|| view! { <th scope="col"><span class="unseen">{text.end_one}</span></th> });
    view! {
        <table class="small">
            <caption class="unseen">{text.sessions}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.begun_head}</th>
                    <th scope="col">{text.used_head}</th>
                    {last}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(session: &SessionLine, own: bool, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().account, frame.language);
    let begun = moment(session.begun, language);
    let label = fill(text.end_one_of, &[("time", &begun)]);
    let end = if session.is_this {
        view! { <b>{text.this_session}</b> }.into_any()
    } else {
        view! {
            <form method="post" action=frame.link("/account/sessions")>
                {frame.csrf_field()}
                <input type="hidden" name="session" value=session.id.clone()/>
                <button class="linklike" aria-label=label>{text.end_one}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{begun}</th>
            <td>{moment(session.seen, language)}</td>
            {own.then(|| view! { <td>{end}</td> })}
        </tr>
    }
    .into_any()
}
