//! Behind a link: choosing a password, for a new account or for one that exists.

use super::accounts::unit_words;
use super::form::{Field, summary};
use crate::console::frame::{Frame, Page, document};
use crate::i18n::console::fill;
use crate::i18n::format::date;
use crate::parts::wording::role as role_name;
use domain::account::AccountFault;
use domain::language::Words;
use domain::scope::Role;
use leptos::prelude::*;
use time::Date;

/// The page behind a link that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptPage {
    /// Name of the account.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Its unit; `None` for the province.
    pub unit: Option<Words>,
    /// Last day of the link.
    pub until: Date,
    /// Whether the account exists already.
    pub is_known: bool,
    /// What is wrong.
    pub fault: Option<AccountFault>,
}

/// The page as a document.
#[must_use]
pub fn render_accept(page: &AcceptPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().account;
        let title = match page.fault {
            Some(_) => fill(frame.text().door.error_title, &[("title", text.accept)]),
            None => text.accept.to_owned(),
        };
        Page { title, area: None, main: form(page, frame), foot: None }
    })
}

fn form(page: &AcceptPage, frame: &Frame) -> AnyView {
    let text = frame.text();
    let says = if page.is_known { text.account.accept_again } else { text.account.accept_for };
    let once = fill(text.account.accept_once, &[("date", &date(page.until, frame.language))]);
    let field = |id, label| Field { id, label, hint: None, fault: page.fault };
    view! {
        <div class="signin">
            <h1>{text.account.accept}</h1>
            {summary(page.fault, frame)}
            <div class="flow">
                <p>{fill(says, &[("name", &page.name)])}</p>
                <p class="soft">{role_name(page.role, text)} " · " {unit_words(page.unit.as_ref(), frame)}</p>
            </div>
            <form class="flow" method="post" action=frame.here.to_string()>
                {frame.csrf_field()}
                // Password managers keep the name beside the password.
                <input type="hidden" name="name" autocomplete="username" value=page.name.clone()/>
                <p class="hint">{text.account.password_how}</p>
                {field("new", text.account.new).password("new-password", frame)}
                {field("again", text.account.again).password("new-password", frame)}
                <button class="button wide-button">{text.account.accept_do}</button>
            </form>
            <p class="soft">{once}</p>
        </div>
    }
    .into_any()
}

/// The page behind a link that does not work any more.
#[must_use]
pub fn render_dead_link(frame: &Frame) -> String {
    document(frame, || {
        let text = frame.text();
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{text.account.dead}</h1></div>
                <div class="notice">
                    <p>{text.account.dead_why}</p>
                    <p>{text.account.dead_do}</p>
                    <p class="row">
                        <a class="button plain low" href=frame.link("/sign-in")>{text.frame.sign_in}</a>
                    </p>
                </div>
            </div>
        };
        Page { title: text.account.dead.to_owned(), area: None, main: main.into_any(), foot: None }
    })
}
