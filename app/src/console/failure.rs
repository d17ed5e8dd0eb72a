//! When something is not: what happened, why, what to do now.

use super::frame::{Frame, Page, document};
use crate::i18n::console::fill;
use crate::parts::wording::role;
use leptos::prelude::*;

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nothing stands at this address.
    NotFound,
    /// The reader may not see it; the page does not say whether anything is there.
    Forbidden,
    /// It broke; the id stands in the log.
    Failed {
        /// What to tell the administrator.
        id: String,
    },
    /// Too many requests; wait so many seconds.
    Busy {
        /// Seconds.
        seconds: u64,
    },
    /// A parameter of the address makes no sense.
    BadRequest(BadAddress),
}

/// What makes no sense about an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadAddress {
    /// A value that is none of those the page offers.
    Value {
        /// Name of the parameter.
        name: String,
        /// What stands there.
        value: String,
    },
    /// A parameter that is there twice.
    Twice {
        /// Its name.
        name: String,
    },
    /// Characters that no browser writes, or far too many.
    Unreadable,
}

/// A failure as a document.
#[must_use]
pub fn render_failure(failure: &Failure, frame: &Frame) -> String {
    document(frame, || {
        let heading = heading(failure, frame);
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{heading}</h1></div>
                {explained(failure, frame)}
            </div>
        };
        Page { title: heading.to_owned(), area: None, main: main.into_any(), foot: None }
    })
}

fn heading(failure: &Failure, frame: &Frame) -> &'static str {
    let text = &frame.text().door;
    match failure {
        Failure::NotFound => text.not_found,
        Failure::Forbidden => text.forbidden,
        Failure::Failed { .. } => text.failed,
        Failure::Busy { .. } => text.busy,
        Failure::BadRequest(_) => text.bad_request,
    }
}

fn explained(failure: &Failure, frame: &Frame) -> AnyView {
    let text = &frame.text().door;
    let (class, why, what_now, again) = match failure {
        Failure::NotFound => ("notice", text.not_found_why.to_owned(), text.not_found_do.to_owned(), false),
        Failure::Forbidden => {
            let role = frame.viewer.as_ref().map(|viewer| role(viewer.role, frame.text()));
            let why = role.map(|role| fill(text.forbidden_as, &[("role", role)])).unwrap_or_default();
            ("notice", why, text.forbidden_do.to_owned(), false)
        }
        Failure::Failed { id } => {
            ("notice bad", text.failed_why.to_owned(), fill(text.failed_do, &[("id", id)]), true)
        }
        Failure::Busy { seconds } => {
            ("notice", String::new(), fill(text.busy_do, &[("seconds", &seconds.to_string())]), true)
        }
        Failure::BadRequest(problem) => ("notice", String::new(), what_to_correct(problem, frame), false),
    };
    let again =
        again.then(|| view! { <a class="button low" href=frame.here.to_string()>{text.try_again}</a> });
    view! {
        <div class=class>
            {(!why.is_empty()).then(|| view! { <p>{why}</p> })}
            <p>{what_now}</p>
            <p class="row">{again} <a class="button plain low" href=frame.link("/")>{text.to_start}</a></p>
        </div>
    }
    .into_any()
}

fn what_to_correct(problem: &BadAddress, frame: &Frame) -> String {
    let text = &frame.text().door;
    match problem {
        BadAddress::Value { name, value } => fill(text.bad_value, &[("name", name), ("value", value)]),
        BadAddress::Twice { name } => fill(text.bad_twice, &[("name", name)]),
        BadAddress::Unreadable => text.bad_unreadable.to_owned(),
    }
}
