//! Signing in.

use super::frame::{Frame, Page, document};
use crate::i18n::console::fill;
use leptos::prelude::*;

/// The sign-in page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignIn {
    /// What went wrong, if anything.
    pub problem: Option<SignInProblem>,
    /// The name typed before, so that it need not be typed again.
    pub name: String,
    /// The address to go on to: a path of this site.
    pub next: Option<String>,
}

/// Why somebody is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInProblem {
    /// Name or password; which of the two is not said.
    Wrong,
    /// Too many attempts; wait so many minutes.
    TooMany(u64),
    /// The session ended.
    Ended,
    /// Nobody has an account yet.
    NotSetUp,
}

/// The sign-in page as a document.
#[must_use]
pub fn render_sign_in(page: &SignIn, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().door;
        let wrong = matches!(page.problem, Some(SignInProblem::Wrong | SignInProblem::TooMany(_)));
        let title =
            if wrong { fill(text.error_title, &[("title", text.sign_in)]) } else { text.sign_in.to_owned() };
        Page { title, area: None, main: form(page, frame), foot: Some(text.session_foot.into_any()) }
    })
}

fn form(page: &SignIn, frame: &Frame) -> AnyView {
    let text = &frame.text().door;
    let next = page.next.clone().map(|next| view! { <input type="hidden" name="next" value=next/> });
    let wrong = (page.problem == Some(SignInProblem::Wrong)).then_some("true");
    let described = page.problem.is_some().then_some("problem");
    view! {
        <div class="signin">
            <h1>{text.sign_in}</h1>
            {page.problem.map(|problem| told(problem, frame))}
            <p class="soft">{text.sign_in_for}</p>
            <form class="flow" method="post" action=frame.link("/sign-in")>
                {frame.csrf_field()}
                {next}
                <div class="field">
                    <label for="name">{text.name}</label>
                    <input id="name" name="name" value=page.name.clone() autocomplete="username"
                        autocapitalize="none" spellcheck="false" aria-invalid=wrong aria-describedby=described/>
                </div>
                <div class="field">
                    <label for="password">{text.password}</label>
                    <input id="password" name="password" type="password" autocomplete="current-password"
                        aria-invalid=wrong aria-describedby=described/>
                </div>
                <button class="button wide-button">{text.sign_in}</button>
            </form>
            <details><summary>{text.cannot}</summary><p>{text.cannot_why}</p></details>
        </div>
    }
    .into_any()
}

fn told(problem: SignInProblem, frame: &Frame) -> AnyView {
    let text = &frame.text().door;
    let (class, what, what_now) = match problem {
        SignInProblem::Wrong => ("notice bad", text.wrong, text.wrong_do.to_owned()),
        SignInProblem::TooMany(minutes) => {
            ("notice bad", text.too_many, fill(text.too_many_do, &[("minutes", &minutes.to_string())]))
        }
        SignInProblem::Ended => ("notice", text.ended, text.ended_do.to_owned()),
        SignInProblem::NotSetUp => {
            let text = &frame.text().setup;
            ("notice", text.not_set_up, text.not_set_up_do.to_owned())
        }
    };
    view! { <div class=class id="problem" role="alert"><p><b>{what}</b> " " {what_now}</p></div> }.into_any()
}
