//! A question that is typed by its key.

use crate::console::frame::Frame;
use crate::i18n::console::fill;
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::paper::{Line, boxes, is_written};
use domain::path::Ask;
use domain::submission::{Context, Problem, Reason};
use leptos::prelude::*;

/// The words of a question.
pub(super) const fn words_of(ask: Ask<'_>) -> &Words {
    match ask {
        Ask::Overall(overall) => &overall.text,
        Ask::Item(item) => &item.text,
        Ask::Question(question) => &question.text,
    }
}

/// A field of the form: what was typed, whether it is wrong, and whether to begin there.
pub(super) struct Keyed<'a> {
    pub line: &'a Line<'a>,
    pub typed: String,
    pub wrong: bool,
    pub first: bool,
}

/// The field with its question and its boxes.
pub(super) fn keyed(field: &Keyed<'_>, context: &Context<'_>, label: AnyView, frame: &Frame) -> AnyView {
    let ask = field.line.ask;
    let code = ask.code().to_owned();
    let invalid = field.wrong.then_some("true");
    if is_written(ask) {
        let typed = escape(&field.typed);
        return view! {
            <div class="keyed written">
                <label for=code.clone()>{label}</label>
                <textarea id=code.clone() name=code rows="3" aria-invalid=invalid autofocus=field.first>{typed}</textarea>
            </div>
        }
        .into_any();
    }
    let keys = boxes(context, ask).into_iter().map(|one| {
        view! { <span><b>{one.key.to_string()}</b> " " {spoken(&one.words, frame.language)}</span> " " }
    });
    let hint = format!("{code}-keys");
    view! {
        <div class="keyed">
            <label for=code.clone()>{label}</label>
            <input id=code.clone() name=code type="text" class="key" maxlength="1" autocomplete="off"
                autocapitalize="none" spellcheck="false" value=field.typed.clone() aria-invalid=invalid
                aria-describedby=hint.clone() autofocus=field.first/>
            <p class="keys" id=hint>{keys.collect_view()}</p>
        </div>
    }
    .into_any()
}

/// Number and words of a question, as a label.
pub(super) fn label(line: &Line<'_>, frame: &Frame) -> AnyView {
    view! { <i>{format!("{}.", line.number)}</i> " " {spoken(words_of(line.ask), frame.language)} }.into_any()
}

/// leptos writes the content of a `textarea` as it is, so what people wrote is escaped here.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What is wrong above the form, each leading to its field.
pub(super) fn summary(
    problems: &[Problem],
    blanks: &[String],
    lines: &[Line<'_>],
    frame: &Frame,
) -> Option<AnyView> {
    if problems.is_empty() && blanks.is_empty() {
        return None;
    }
    let text = &frame.text().paper;
    let number = |code: &str| {
        lines.iter().find(|line| line.ask.code() == code).map_or(0, |line| line.number).to_string()
    };
    let told = problems.iter().map(|problem| {
        let n = number(&problem.field);
        let typed = problem.typed.clone().unwrap_or_default();
        let phrase = match problem.reason {
            Reason::Missing => text.e_lacks,
            Reason::Unknown | Reason::Twice => text.e_key,
            Reason::Control | Reason::TooLong => text.e_text,
        };
        (problem.field.clone(), fill(phrase, &[("n", &n), ("typed", &typed)]))
    });
    let list: Vec<String> =
        blanks.iter().map(|code| fill(text.question_n, &[("n", &number(code))])).collect();
    let blank = blanks.first().map(|code| (code.clone(), fill(text.e_blanks, &[("list", &list.join(", "))])));
    let rows = told.chain(blank).map(|(field, says)| {
        view! { <li><a href=format!("#{field}")>{says}</a></li> }
    });
    Some(
        view! {
            <div class="errors" role="alert" tabindex="-1">
                <h2>{text.e_heading}</h2>
                <ul>{rows.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}
