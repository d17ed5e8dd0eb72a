//! Where two have read a sheet differently: both readings side by side, and a field for what the paper says.

use super::desk::{PaperSaid, said};
use super::keyed::{Keyed, keyed, label, summary, words_of};
use crate::console::frame::{Area, Frame, Page, document, sample};
use crate::i18n::console::fill;
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::paper::{Line, boxes, is_written, key_of, lines};
use domain::submission::{Context, Problem, Sheet};
use leptos::prelude::*;

/// The page.
#[derive(Debug, Clone)]
pub struct SettlePage<'a> {
    /// Number of the batch.
    pub batch: i64,
    /// Number of the form.
    pub form: i64,
    /// Where it was handed out.
    pub unit: Words,
    /// What it is read against.
    pub context: &'a Context<'a>,
    /// Codes of the questions in which they differ.
    pub codes: Vec<String>,
    /// What the first typed, and the second.
    pub readings: [Sheet; 2],
    /// What was typed here so far.
    pub sheet: Sheet,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What is blank and was not said to be so.
    pub blanks: Vec<String>,
    /// What became of the form before.
    pub said: Option<PaperSaid>,
    /// The script that moves on; the page works without it.
    pub script: String,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_settle(page: &SettlePage<'_>, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().paper;
        let (batch, form) = (page.batch.to_string(), page.form.to_string());
        let title = fill(text.entry_title, &[("batch", &batch), ("form", &form)]);
        let lines = lines(page.context);
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.settle} ": " {title.clone()}</h1>
                    <p class="soft">{spoken(&page.unit, frame.language)} ". " {text.settle_how} {sample(page.demo, frame.text())}</p>
                </div>
                {said(page.said, frame)}
                {summary(&page.problems, &page.blanks, &lines, frame)}
            </div>
            {form_of(page, &lines, frame)}
            <script src=page.script.clone() defer></script>
        };
        let title = format!("{}: {title}", text.settle);
        Page { title, area: Some(Area::Typing), main: main.into_any(), foot: None }
    })
}

fn form_of(page: &SettlePage<'_>, lines: &[Line<'_>], frame: &Frame) -> AnyView {
    let text = &frame.text().paper;
    let differing: Vec<&Line<'_>> =
        lines.iter().filter(|line| page.codes.iter().any(|code| code == line.ask.code())).collect();
    let rows = differing.iter().map(|line| {
        let read = |sheet: &Sheet| reading(page.context, line, sheet, frame);
        let [one, other] = &page.readings;
        view! {
            <tr>
                <th scope="row">{line.number} ". " {spoken(words_of(line.ask), frame.language)}</th>
                <td>{read(one)}</td>
                <td>{read(other)}</td>
            </tr>
        }
    });
    let begin = page.problems.first().map(|problem| problem.field.clone());
    let begin = begin.or_else(|| differing.first().map(|line| line.ask.code().to_owned()));
    let fields = differing.iter().map(|line| field(page, line, begin.as_deref(), frame)).collect_view();
    view! {
        <table>
            <caption class="unseen">{text.settle}</caption>
            <thead><tr>
                <th scope="col">{text.question}</th>
                <th scope="col">{text.settle_one}</th>
                <th scope="col">{text.settle_other}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <form class="typing" method="post" action=frame.link(&format!("/paper/{}/{}", page.batch, page.form))>
            {frame.csrf_field()}
            <input type="hidden" name="blanks" value=page.blanks.join(",")/>
            {fields}
            <div class="buttons">
                <button class="button" name="go" value="save">{text.save}</button>
                <button class="button plain" name="go" value="unusable">{text.unusable}</button>
                <a href=frame.link("/paper")>{text.later}</a>
            </div>
        </form>
    }
    .into_any()
}

fn field(page: &SettlePage<'_>, line: &Line<'_>, begin: Option<&str>, frame: &Frame) -> AnyView {
    let code = line.ask.code();
    let problem = page.problems.iter().find(|problem| problem.field == code);
    let typed = problem.and_then(|problem| problem.typed.clone());
    // Words that were written are not written a third time: the second reading stands there to be mended.
    let sheet = if is_written(line.ask) && page.sheet.is_empty() { &page.readings[1] } else { &page.sheet };
    let keyed_field = Keyed {
        line,
        typed: typed.unwrap_or_else(|| key_of(page.context, line.ask, sheet)),
        wrong: problem.is_some(),
        first: begin == Some(code),
    };
    let right = fill(frame.text().paper.settle_right, &[("n", &line.number.to_string())]);
    let label = view! { {right} ": " {label(line, frame)} }.into_any();
    keyed(&keyed_field, page.context, label, frame)
}

/// What somebody read: the key and its words.
fn reading(context: &Context<'_>, line: &Line<'_>, sheet: &Sheet, frame: &Frame) -> AnyView {
    let Some(answer) = sheet.get(line.ask.code()) else { return frame.text().paper.blank.into_any() };
    match boxes(context, line.ask).into_iter().find(|one| one.value == answer) {
        Some(one) => {
            view! { <b>{one.key.to_string()}</b> " " {spoken(&one.words, frame.language)} }.into_any()
        }
        None => answer.to_owned().into_any(),
    }
}
