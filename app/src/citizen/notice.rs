//! When a form cannot be answered: one plain sentence, and what to do now.

use super::shell::{self, Frame, hidden};
use domain::submission::Sheet;
use leptos::prelude::*;
use time::Date;

/// Why a form cannot be answered.
#[derive(Debug, Clone)]
pub enum Notice {
    /// This very form has been received before.
    AlreadySent {
        /// URL of the start page, for the next person.
        again: String,
        /// URL of the thank-you page.
        thanks: String,
    },
    /// The one-time code is too old.
    ExpiredCode,
    /// The one-time code was withdrawn.
    WithdrawnCode,
    /// So many wrong codes are typed that nobody may type one for a minute.
    TooManyCodes,
    /// The poster was withdrawn.
    Revoked,
    /// The survey is over.
    Closed {
        /// Since when.
        on: Option<Date>,
        /// URL of the public results, once there are any.
        results: Option<String>,
    },
    /// The survey has not begun.
    NotYetOpen {
        /// When it will.
        on: Option<Date>,
    },
    /// The address is not one of ours.
    Unknown,
    /// The form token is too old or not ours.
    Stale {
        /// URL of the start page.
        again: Option<String>,
    },
    /// The posted form is larger than any of ours.
    TooLarge,
    /// Too many at once (429, 503).
    Busy,
    /// Something failed on our side (5xx).
    Failed {
        /// The number under which it was logged.
        number: Option<String>,
    },
}

/// A page with a notice.
#[derive(Debug, Clone)]
pub struct NoticePage {
    /// What stands around the page.
    pub frame: Frame,
    /// What to say.
    pub notice: Notice,
    /// Telephone number of the province.
    pub phone: Option<String>,
}

/// Draws a notice.
#[must_use]
pub fn render_notice(page: &NoticePage) -> String {
    let text = &page.frame.text().notice;
    let (what, then) = match &page.notice {
        Notice::AlreadySent { .. } => said(text.already_sent),
        Notice::ExpiredCode => said(text.expired_code),
        Notice::WithdrawnCode => said(text.withdrawn_code),
        Notice::TooManyCodes => said(text.too_many_codes),
        Notice::Revoked => said(text.revoked),
        Notice::Closed { on, .. } => ((text.closed)(*on), text.closed_then.to_owned()),
        Notice::NotYetOpen { on } => ((text.not_yet_open)(*on), text.not_yet_open_then.to_owned()),
        Notice::Unknown => said(text.unknown),
        Notice::Stale { .. } => said(text.stale),
        Notice::TooLarge => said(text.too_large),
        Notice::Busy => said(text.busy),
        Notice::Failed { .. } => said(text.failed),
    };
    let title = what.trim_end_matches(['.', '។']).to_owned();
    shell::render(&page.frame, &title, "wrap", || {
        view! {
            {place(&page.frame)}
            <h1>{what}</h1>
            <p class="ask">{then}</p>
            {ways_on(page)}
            {call(page)}
        }
    })
}

fn said(phrases: [&'static str; 2]) -> (String, String) {
    (phrases[0].to_owned(), phrases[1].to_owned())
}

fn place(frame: &Frame) -> Option<impl IntoView + use<>> {
    let place = frame.place.as_ref()?;
    Some(view! { <p class="step"><b>{frame.span(&place.name)}</b></p> })
}

fn ways_on(page: &NoticePage) -> AnyView {
    let text = page.frame.text();
    let button = |href: &String, label| view! { <a class="button plain" href=href.clone()>{label}</a> };
    match &page.notice {
        Notice::AlreadySent { again, thanks } => view! {
            <p class="go">{button(again, text.thanks.again)}{button(thanks, text.notice.see_when)}</p>
        }
        .into_any(),
        Notice::Closed { results: Some(results), .. } => {
            view! { <p class="go">{button(results, text.thanks.results)}</p> }.into_any()
        }
        Notice::Stale { again: Some(again) } => {
            view! { <p class="go">{button(again, text.notice.start_again)}</p> }.into_any()
        }
        Notice::Failed { number: Some(number) } => {
            view! { <p class="later">{(text.notice.failed_number)(number)}</p> }.into_any()
        }
        _ => ().into_any(),
    }
}

fn call(page: &NoticePage) -> Option<impl IntoView + use<>> {
    let phone = page.phone.clone()?;
    let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    Some(view! {
        <p class="later">
            {page.frame.text().notice.call}" "<a class="num" href=format!("tel:{dial}")>{phone}</a>"."
        </p>
    })
}

/// The code had been used before; the form was not sent, and can still be, without a code.
#[derive(Debug, Clone)]
pub struct UsedCodePage<'a> {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the form posts to: the touchpoint's own `/s/{token}`.
    pub action: String,
    /// A signed form token of trust *open*.
    pub token: String,
    /// The answers; they travel along.
    pub sheet: &'a Sheet,
    /// URL to go to when the person decides not to send.
    pub leave: String,
}

/// Draws the question whether to keep the answers as a form without a code.
#[must_use]
pub fn render_used_code(page: &UsedCodePage<'_>) -> String {
    let text = &page.frame.text().notice;
    let [what, then] = text.used_code;
    shell::render(&page.frame, what.trim_end_matches(['.', '។']), "wrap", || {
        let answers = page.sheet.pairs().map(|(name, value)| hidden(name, value)).collect_view();
        view! {
            {place(&page.frame)}
            <h1>{what}</h1>
            <p class="ask">{then}</p>
            <form method="post" action=page.action.clone()>
                {hidden("token", &page.token)}
                {hidden("lang", page.frame.language.code())}
                {answers}
                <p class="go">
                    <button class="button" name="go" value="send">{text.keep_without_code}</button>
                    <a class="button plain" href=page.leave.clone()>{text.do_not_send}</a>
                </p>
            </form>
        }
    })
}
