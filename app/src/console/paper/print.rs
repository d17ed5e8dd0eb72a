//! The questionnaire on A4: boxes to tick, the key of each box beside it, and in words where to go on.

use super::keyed::words_of;
use crate::console::frame::{Assets, Frame, draw, sample, shell};
use crate::i18n::console::fill;
use crate::i18n::paper::PaperWords;
use domain::language::{Language, Words};
use domain::paper::{Line, Term, TickBox, boxes, is_written, lines, terms};
use domain::path::{Ask, Path};
use domain::submission::{Context, Sheet};
use leptos::prelude::*;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// Forms to print.
#[derive(Debug, Clone)]
pub struct PrintPage<'a> {
    /// Number of the batch.
    pub batch: i64,
    /// Numbers of the forms on this page.
    pub forms: RangeInclusive<u32>,
    /// How many forms the batch has.
    pub all: u32,
    /// What the form asks.
    pub context: &'a Context<'a>,
    /// Title of the question set.
    pub title: Words,
    /// In which language.
    pub language: Language,
    /// The province.
    pub province: Words,
    /// Where the forms are handed out.
    pub unit: Words,
    /// Its postal address.
    pub address: Option<String>,
    /// A telephone number for questions.
    pub phone: Option<String>,
    /// Whether the batch was withdrawn.
    pub voided: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// Where the number of the form stands in a drawn form.
const NUMBER: &str = "@FORM@";
/// Forms of one page: a browser lays them out at once.
pub const FORMS_A_PAGE: u32 = 50;

/// The forms as a document. One is drawn and then numbered as often as there are forms.
#[must_use]
pub fn render_print(page: &PrintPage<'_>, frame: &Frame) -> String {
    let assets = Assets { script: None, ..frame.assets.clone() };
    let frame = &Frame { assets, ..frame.clone() };
    let form = draw(|| form(page));
    let mut forms = String::with_capacity(form.len() * page.forms.clone().count());
    for number in page.forms.clone() {
        let _ = write!(forms, "{}", form.replace(NUMBER, &number.to_string()));
    }
    let title = title(page, frame);
    let bar = draw(|| bar(page, frame));
    let main = view! { <main>"@FORMS@"</main> }.into_any();
    let body = draw(|| shell(frame, format!("{title} – Hài Lòng"), "paper-page", main));
    format!(
        "<!doctype html>{}",
        body.replacen("@FORMS@", &format!("{bar}<h1 class=\"unseen\">{title}</h1>{forms}"), 1)
    )
}

fn title(page: &PrintPage<'_>, frame: &Frame) -> String {
    let (from, to) = (page.forms.start().to_string(), page.forms.end().to_string());
    let values = [("batch", page.batch.to_string()), ("from", from), ("to", to)];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    fill(frame.text().paper.print_title, &values)
}

fn bar(page: &PrintPage<'_>, frame: &Frame) -> AnyView {
    let text = &frame.text().paper;
    let pages = (0..page.all.div_ceil(FORMS_A_PAGE))
        .map(|at| (at * FORMS_A_PAGE + 1, ((at + 1) * FORMS_A_PAGE).min(page.all)));
    let others = pages.filter(|(from, _)| from != page.forms.start()).map(|(from, to)| {
        let says = fill(text.print_more, &[("from", &from.to_string()), ("to", &to.to_string())]);
        let path = format!("/admin/paper/{}", page.batch);
        let href = frame.here.carry(&path, &["lang"]).with("from", &from.to_string()).to_string();
        view! { " " <a href=href>{says}</a> }
    });
    let voided = page.voided.then(|| view! { " " <b>{text.print_void}</b> });
    view! {
        <p class="wrap screen poster-bar">
            <a href=frame.link("/admin/paper")>{text.print_back}</a>
            " "
            <span class="soft">{text.print_hint} {voided} {sample(page.demo, frame.text())}</span>
            {others.collect_view()}
        </p>
    }
    .into_any()
}

/// Words in the language of the form, tagged where they fell back to another.
fn say(words: &Words, language: Language) -> AnyView {
    let (text, said) = words.in_language(language);
    let text = text.to_owned();
    if said == language { text.into_any() } else { view! { <span lang=said.code()>{text}</span> }.into_any() }
}

fn form(page: &PrintPage<'_>) -> AnyView {
    let text = PaperWords::of(page.language);
    let lines = lines(page.context);
    let number = fill(text.number, &[("batch", &page.batch.to_string()), ("form", NUMBER)]);
    let address = page.address.clone().map(|address| view! { ", " {address} });
    let phone = page.phone.clone().map(|phone| fill(text.phone, &[("phone", &phone)]));
    let parts = parts(page, &lines);
    let demo = page.demo.then(|| view! { <p class="small"><b>{text.specimen}</b></p> });
    view! {
        <article class="paper-form" lang=page.language.code()>
            <header>
                <p>{say(&page.province, page.language)}</p>
                <p class="paper-number"><b>{number}</b></p>
            </header>
            <h2>{text.title} ": " {say(&page.title, page.language)}</h2>
            <p class="place"><b>{say(&page.unit, page.language)}</b> {address}</p>
            <p>{text.untied} " " {text.how}</p>
            {demo}
            {parts}
            <footer><p><b>{text.thanks}</b> " " {text.never} " " {phone}</p></footer>
        </article>
    }
    .into_any()
}

/// Sections as the pages of the form, each in runs of questions that are for the same people.
fn parts(page: &PrintPage<'_>, lines: &[Line<'_>]) -> AnyView {
    let path = Path::at_once(page.context.instrument, &page.context.visit);
    let sections = path.pages.iter().enumerate().map(|(at, leaf)| {
        let here: Vec<&Line<'_>> = lines.iter().filter(|line| line.page == at).collect();
        let ask = leaf.page.ask.as_ref().map(|words| view! { <p>{say(words, page.language)}</p> });
        let runs = here.chunk_by(|one, other| one.need == other.need).map(|run| run_of(page, lines, run));
        view! {
            <section>
                <h3>{say(&leaf.page.heading, page.language)}</h3>
                {ask}
                {runs.collect_view()}
            </section>
        }
    });
    sections.collect_view().into_any()
}

fn run_of(page: &PrintPage<'_>, lines: &[Line<'_>], run: &[&Line<'_>]) -> AnyView {
    let routing = run.first().and_then(|line| routing(page, lines, line, run.len()));
    let is_graded = |line: &&Line<'_>| matches!(line.ask, Ask::Item(_) | Ask::Overall(_));
    let groups =
        run.chunk_by(|one, other| is_graded(one) && is_graded(other) && same_boxes(page, one, other));
    let groups = groups.map(|group| match group.first() {
        Some(line) if is_graded(line) => grid(page, group),
        _ => group.iter().map(|line| listed(page, line)).collect_view().into_any(),
    });
    view! { {routing} {groups.collect_view()} }.into_any()
}

fn same_boxes(page: &PrintPage<'_>, one: &Line<'_>, other: &Line<'_>) -> bool {
    boxes(page.context, one.ask) == boxes(page.context, other.ask)
}

/// "Only if question 3 has box 1 or 2. If not, go to question 16."
fn routing(page: &PrintPage<'_>, lines: &[Line<'_>], first: &Line<'_>, n: usize) -> Option<AnyView> {
    let text = PaperWords::of(page.language);
    let needed = terms(page.context, lines, &first.need);
    if needed.is_empty() {
        return None;
    }
    let said: Vec<String> = needed.iter().map(|term| term_said(term, text)).collect();
    let only = fill(text.only, &[("terms", &said.join(text.and))]);
    let after = first.number + n;
    let go = if after > lines.len() {
        text.go_end.to_owned()
    } else {
        fill(text.go_on, &[("question", &after.to_string())])
    };
    Some(view! { <p class="routing"><b>{only}</b> " " {go}</p> }.into_any())
}

fn term_said(term: &Term, text: &PaperWords) -> String {
    let keys: Vec<String> = term.keys.iter().map(char::to_string).collect();
    let boxes = match keys.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{}{last}", rest.join(", "), text.or),
        _ => keys.join(""),
    };
    fill(text.term, &[("question", &term.question.to_string()), ("boxes", &boxes)])
}

/// Questions of the scale, one in a row.
fn grid(page: &PrintPage<'_>, group: &[&Line<'_>]) -> AnyView {
    let text = PaperWords::of(page.language);
    let scale = group.first().map(|line| boxes(page.context, line.ask)).unwrap_or_default();
    let heads = scale.iter().map(|one| view! { <th scope="col">{say(&one.words, page.language)}</th> });
    let rows = group.iter().map(|line| {
        let cells = scale.iter().map(|one| view! { <td>{tick(one)}</td> });
        view! {
            <tr>
                <th scope="row">{format!("{}.", line.number)} " " {say(words_of(line.ask), page.language)}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <table class="ticks">
            <caption class="unseen">{text.one_box}</caption>
            <thead><tr><td></td>{heads.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn tick(one: &TickBox) -> AnyView {
    view! { <span class="tick">{one.key.to_string()}</span> }.into_any()
}

/// A question with words to choose from, or with room to write.
fn listed(page: &PrintPage<'_>, line: &Line<'_>) -> AnyView {
    let answers = boxes(page.context, line.ask);
    let answers =
        answers.iter().map(|one| view! { <li>{tick(one)} " " {say(&one.words, page.language)}</li> });
    let hint = match line.ask {
        Ask::Question(question) => question.hint.clone(),
        _ => None,
    };
    let hint = hint.map(|hint| view! { " " <span class="small">{say(&hint, page.language)}</span> });
    let body = if is_written(line.ask) {
        view! { <div class="lines"><i></i><i></i><i></i></div> }.into_any()
    } else {
        view! { <ul>{answers.collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="listed">
            <p><b>{format!("{}.", line.number)} " " {say(words_of(line.ask), page.language)}</b> {hint}</p>
            {body}
        </div>
    }
    .into_any()
}

/// Whether a question set can be printed at all: those that are only imported have no pages.
#[must_use]
pub fn is_printable(context: &Context<'_>) -> bool {
    !Path::of(context.instrument, &context.visit, &Sheet::default()).pages.is_empty()
}
