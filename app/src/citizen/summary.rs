//! What is wrong with a form: a summary above it, and the same words at each question.

use super::asked::{Form, words_of};
use super::step::{number_of, numbers};
use domain::path::Ask;
use domain::submission::{MOST_BYTES, MOST_CHARACTERS, Problem, Reason};
use leptos::prelude::*;

/// The summary above a form, with links to the questions.
pub(super) fn summary(form: &Form<'_>) -> impl IntoView + use<> {
    let text = &form.frame.text().problem;
    let lines = form.problems.iter().map(|problem| {
        view! { <li><a href=format!("#{}", problem.field)>{sentence(form, problem)}</a></li> }
    });
    view! {
        <div class="errors" role="alert" tabindex="-1" autofocus=true>
            <h2>{title_of(form)}</h2>
            <ul>{lines.collect_view()}</ul>
            <p>{text.kept}</p>
        </div>
    }
}

/// What is wrong, in a few words.
pub(super) fn title_of(form: &Form<'_>) -> String {
    let text = &form.frame.text().problem;
    let count = form.problems.len();
    let all_missing = form.problems.iter().all(|problem| problem.reason == Reason::Missing);
    if all_missing { (text.missing)(count) } else { (text.wrong)(count) }
}

/// What is wrong with one question, and what to do.
pub(super) fn sentence(form: &Form<'_>, problem: &Problem) -> String {
    let text = &form.frame.text().problem;
    let Some(ask) = form.here.iter().find(|ask| ask.code() == problem.field) else {
        return (text.unknown)(&problem.field);
    };
    let question = called(form, ask);
    match problem.reason {
        Reason::Missing => match (ask, &form.context.instrument.scale.not_applicable) {
            (Ask::Overall(_), _) => text.overall.to_owned(),
            (Ask::Item(_), Some(words)) => {
                (text.item_or_not_applicable)(&question, words.text(form.frame.language))
            }
            _ => (text.question)(&question),
        },
        Reason::Unknown => (text.unknown)(&question),
        Reason::Twice => (text.twice)(&question),
        Reason::Control => (text.control)(&question),
        Reason::TooLong => (text.too_long)(&question, excess(problem.typed.as_deref().unwrap_or_default())),
    }
}

/// A question is called by its number where it has one on its page, else by its words.
fn called(form: &Form<'_>, ask: &Ask<'_>) -> String {
    let text = &form.frame.text().problem;
    let number = if form.at_once { None } else { number_of(&numbers(&form.here), ask) };
    match number {
        Some(number) => (text.numbered)(number),
        None => (text.quoted)(words_of(ask).text(form.frame.language)),
    }
}

/// About how many characters a text is too long: letters of some scripts need three times the room.
fn excess(text: &str) -> usize {
    let characters = text.chars().count();
    let bytes_over = text.len().saturating_sub(MOST_BYTES);
    let over_by_bytes = (bytes_over * characters).div_ceil(text.len().max(1));
    characters.saturating_sub(MOST_CHARACTERS).max(over_by_bytes).max(1)
}
