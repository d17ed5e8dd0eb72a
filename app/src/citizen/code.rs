//! The page on which a one-time code is typed.

use super::shell::{self, Frame, hidden};
use leptos::prelude::*;

/// Why a typed code opens no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeProblem {
    /// It cannot be a code.
    Form,
    /// It could be one, and is none.
    Unknown,
}

/// The page on which a code is typed.
#[derive(Debug, Clone)]
pub struct CodePage {
    /// What stands around the page.
    pub frame: Frame,
    /// The letters with which every code here begins, where there is one province.
    pub tag: Option<String>,
    /// What was typed before.
    pub typed: String,
    /// Why that opens no form.
    pub problem: Option<CodeProblem>,
}

/// Draws the page.
#[must_use]
pub fn render_code(page: &CodePage) -> String {
    let (frame, text) = (&page.frame, &page.frame.text().code);
    let problem = page.problem.map(|problem| match problem {
        CodeProblem::Form => text.form,
        CodeProblem::Unknown => text.unknown,
    });
    let title = match problem {
        Some(_) => format!("{}: {}", frame.text().problem.title, text.title),
        None => text.title.to_owned(),
    };
    shell::render(frame, &title, "wrap", || {
        view! {
            <h1>{text.title}</h1>
            {problem.map(summary)}
            <form method="post" action="/c" class="flow">
                {hidden("lang", frame.language.code())}
                {field(page, problem)}
                <button class="button wide-button">{text.open}</button>
            </form>
            <p class="later">{text.no_code}</p>
            <p class="later">{frame.text().start.safety}</p>
        }
    })
}

fn summary(problem: &'static str) -> impl IntoView {
    view! {
        <div class="errors" role="alert" tabindex="-1" autofocus=true>
            <ul><li><a href="#code">{problem}</a></li></ul>
        </div>
    }
}

fn field(page: &CodePage, problem: Option<&'static str>) -> impl IntoView + use<> {
    let text = &page.frame.text().code;
    let sample = (text.sample)(page.tag.as_deref().unwrap_or("CM"));
    let class = if problem.is_some() { "question field wrong" } else { "question field" };
    view! {
        <div class=class>
            <label for="code">{text.label}</label>
            <p class="hint" id="code-hint">{sample}</p>
            {problem.map(|problem| view! { <p class="error" id="code-error">{problem}</p> })}
            <input id="code" name="code" type="text" value=page.typed.clone() autocomplete="off"
                autocapitalize="characters" spellcheck="false" maxlength="60"
                aria-describedby=if problem.is_some() { "code-hint code-error" } else { "code-hint" }
                aria-invalid=problem.is_some().then_some("true")/>
        </div>
    }
}
