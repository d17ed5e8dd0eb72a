//! `/paper/{batch}/{form}`: one sheet of paper, made for the keyboard alone.

use super::desk::{PaperSaid, said};
use super::keyed::{Keyed, keyed, label, summary};
use crate::console::frame::{Area, Frame, Page, document, sample};
use crate::i18n::console::fill;
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::paper::{Line, key_of, lines};
use domain::submission::{Context, Problem, Sheet};
use leptos::prelude::*;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The first.
    First,
    /// The second.
    Second,
    /// Somebody settles whether the sheet can be used at all.
    Usable,
}

/// The page.
#[derive(Debug, Clone)]
pub struct EntryPage<'a> {
    /// Number of the batch.
    pub batch: i64,
    /// Number of the form.
    pub form: i64,
    /// Where it was handed out.
    pub unit: Words,
    /// Whose turn it is.
    pub turn: Turn,
    /// What it is read against.
    pub context: &'a Context<'a>,
    /// What was typed so far.
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
pub fn render_entry(page: &EntryPage<'_>, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().paper;
        let (batch, form) = (page.batch.to_string(), page.form.to_string());
        let title = fill(text.entry_title, &[("batch", &batch), ("form", &form)]);
        let turn = match page.turn {
            Turn::First => text.entry_first,
            Turn::Second => text.entry_second,
            Turn::Usable => text.entry_usable,
        };
        let lines = lines(page.context);
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{spoken(&page.unit, frame.language)} ". " <b>{turn}</b> {sample(page.demo, frame.text())}</p>
                </div>
                {said(page.said, frame)}
                {summary(&page.problems, &page.blanks, &lines, frame)}
                <p class="soft" id="how">{text.entry_how}</p>
            </div>
            {form_of(page, &lines, frame)}
            <script src=page.script.clone() defer></script>
        };
        let title = if page.problems.is_empty() { title } else { format!("{}: {title}", text.e_heading) };
        Page { title, area: Some(Area::Typing), main: main.into_any(), foot: None }
    })
}

fn form_of(page: &EntryPage<'_>, lines: &[Line<'_>], frame: &Frame) -> AnyView {
    let text = &frame.text().paper;
    let begin = begin_at(page, lines);
    let fields = lines.iter().map(|line| {
        let code = line.ask.code();
        let problem = page.problems.iter().find(|problem| problem.field == code);
        let typed = problem.and_then(|problem| problem.typed.clone());
        let field = Keyed {
            line,
            typed: typed.unwrap_or_else(|| key_of(page.context, line.ask, &page.sheet)),
            wrong: problem.is_some(),
            first: begin == Some(code),
        };
        keyed(&field, page.context, label(line, frame), frame)
    });
    view! {
        <form class="typing" method="post" action=frame.link(&format!("/paper/{}/{}", page.batch, page.form)) aria-describedby="how">
            {frame.csrf_field()}
            <input type="hidden" name="blanks" value=page.blanks.join(",")/>
            {fields.collect_view()}
            <div class="buttons">
                <button class="button" name="go" value="save">{text.save}</button>
                <button class="button plain" name="go" value="unusable">{text.unusable}</button>
                <a href=frame.link("/paper")>{text.later}</a>
            </div>
        </form>
    }
    .into_any()
}

/// Where the cursor stands: at what is wrong, else at what is blank, else at the top.
fn begin_at<'a>(page: &'a EntryPage<'_>, lines: &[Line<'a>]) -> Option<&'a str> {
    let wrong = page.problems.first().map(|problem| problem.field.as_str());
    let blank = page.blanks.first().map(String::as_str);
    wrong.or(blank).or_else(|| lines.first().map(|line| line.ask.code()))
}
