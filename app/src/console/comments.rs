//! What people wrote about a unit: month and mood, nothing else.

use super::admin::{Asked, done};
use super::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{capitalize, count, month};
use crate::parts::wording::{spoken, vietnamese};
use domain::language::Words;
use domain::period::Month;
use domain::report::UnitName;
use leptos::prelude::*;

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentLine {
    /// Its name in forms.
    pub id: String,
    /// The unit that it is about.
    pub unit: Words,
    /// Its month.
    pub month: Month,
    /// Satisfied (2), neutral (1), dissatisfied (0), unsaid (3).
    pub mood: u8,
    /// The screened words; empty for a reader who may not see a hidden text.
    pub words: String,
    /// Why it is hidden.
    pub hidden: Option<String>,
}

/// What people wrote about a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentsPage {
    /// The unit.
    pub unit: UnitName,
    /// Code of the survey.
    pub survey: String,
    /// Its name.
    pub survey_name: String,
    /// The surveys that could be shown: code and name.
    pub surveys: Vec<(String, String)>,
    /// Smallest number that moves together.
    pub k: u32,
    /// Months with texts, newest first.
    pub months: Vec<Month>,
    /// The month shown.
    pub month: Option<Month>,
    /// The mood shown.
    pub mood: Option<u8>,
    /// The release up to which texts are shown; `None` for the latest.
    pub release: Option<u64>,
    /// How many there are in all.
    pub all: u64,
    /// Those of this page.
    pub lines: Vec<CommentLine>,
    /// The place from which the next page goes on.
    pub next: Option<u64>,
    /// Whether the reader may hide a text.
    pub may_hide: bool,
    /// What has just been done: hidden or shown again.
    pub done: Option<bool>,
    /// The text for which a reason is missing.
    pub nameless: Option<String>,
    /// Artificial answers.
    pub demo: bool,
}

/// The moods in the order of the page, with their code in addresses.
pub const MOODS: [(u8, &str); 4] = [(0, "dissatisfied"), (1, "neutral"), (2, "satisfied"), (3, "unsaid")];

/// What people wrote, as a document.
#[must_use]
pub fn render_comments(page: &CommentsPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().comment;
        let title = fill(text.title, &[("unit", page.unit.name.text(frame.language))]);
        let survey = fill(text.under, &[("survey", &page.survey_name)]);
        let deed = page.done.map(|hidden| if hidden { text.done_hide } else { text.done_show });
        let how = view! { <p>{text.how_says}</p> <p>{fill(text.how_left, &[("k", &page.k.to_string())])}</p> <p>{text.how_self}</p> };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{vietnamese(&survey, frame.language)} {sample(page.demo, frame.text())}</p>
                </div>
                {deed.map(|says| done(says.to_owned()))}
                {page.release.map(|number| up_to(number, frame))}
                {lead(page, frame)}
                {filters(page, frame)}
            </div>
            {(!page.lines.is_empty()).then(|| list(page, frame))}
            {section("how", text.how.into_any(), ().into_any(), how.into_any())}
        };
        Page { title, area: Some(Area::Unit), main: main.into_any(), foot: None }
    })
}

fn up_to(number: u64, frame: &Frame) -> AnyView {
    let text = frame.text();
    let says = fill(text.comment.up_to, &[("number", &number.to_string())]);
    let href = frame.here.without(&["release"]).to_string();
    view! { <p class="soft">{says} " " <a href=href>{text.agency.to_latest}</a></p> }.into_any()
}

fn lead(page: &CommentsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().comment;
    if page.all == 0 {
        let why = fill(text.lead_none_why, &[("k", &page.k.to_string())]);
        return view! { <p class="lead">{text.lead_none}</p> <div class="notice ok"><p>{why}</p></div> }
            .into_any();
    }
    let n = count(page.all, frame.language);
    view! { <p class="lead"><b>{fill(text.lead, &[("n", &n)])}</b></p> }.into_any()
}

const fn mood_words(mood: u8, text: &ConsoleText) -> &'static str {
    match mood {
        0 => text.comment.dissatisfied,
        1 => text.comment.neutral,
        2 => text.comment.satisfied,
        _ => text.comment.unsaid,
    }
}

fn filters(page: &CommentsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().comment;
    let asked = |name, label| Asked { name, label, hint: None, mistake: None };
    let listed = page.months.iter().map(|of| (of.to_string(), capitalize(&month(*of, frame.language))));
    let months = std::iter::once((String::new(), text.month_all.to_owned())).chain(listed).collect();
    let listed = MOODS.map(|(mood, code)| (code.to_owned(), mood_words(mood, frame.text()).to_owned()));
    let moods = std::iter::once((String::new(), text.mood_all.to_owned())).chain(listed).collect();
    let chosen = page.month.map(|of| of.to_string()).unwrap_or_default();
    let mood = page.mood.and_then(|mood| MOODS.iter().find(|(one, _)| *one == mood));
    let mood = mood.map(|(_, code)| *code).unwrap_or_default();
    let kept = frame.here.carry("", &["lang", "release"]).query;
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let surveys = (page.surveys.len() > 1)
        .then(|| asked("survey", text.survey).list(page.surveys.clone(), &page.survey));
    view! {
        <form class="filter" method="get" action=format!("/a/{}/comments", page.unit.code)>
            {kept.collect_view()}
            {surveys}
            {asked("month", text.month).list(months, &chosen)}
            {asked("mood", text.mood).list(moods, mood)}
            <button class="button low">{text.show}</button>
        </form>
    }
    .into_any()
}

fn list(page: &CommentsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().comment;
    let lines = page.lines.iter().map(|line| said(line, page, frame)).collect_view();
    let next = page.next.map(|from| {
        let href = frame.here.without(&["done"]).with("from", &from.to_string()).to_string();
        let n = count((page.all - from).min(page.lines.len() as u64), frame.language);
        view! { <p><a class="button plain low" href=href>{fill(text.next, &[("n", &n)])}</a></p> }
    });
    let how = view! { <p>{text.list_how}</p> };
    let body = view! { <div>{lines}</div> {next} };
    section("list", text.list.into_any(), how.into_any(), body.into_any())
}

fn said(line: &CommentLine, page: &CommentsPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().comment, frame.language);
    let words = (!line.words.is_empty()).then(|| view! { <p lang="vi">{line.words.clone()}</p> });
    let hidden = line.hidden.as_ref().map(|reason| {
        view! { <p class="did">{fill(text.hidden, &[("reason", reason)])}</p> }
    });
    let at = month(line.month, language);
    let foot =
        fill(text.foot, &[("mood", mood_words(line.mood, frame.text())), ("month", &at), ("unit", "")]);
    view! {
        <article class="said">
            {words}
            <footer>{foot.trim_end_matches([' ', ',']).to_owned()} ", " {spoken(&line.unit, language)}</footer>
            {hidden}
            {page.may_hide.then(|| deed(line, page, frame))}
        </article>
    }
    .into_any()
}

/// Hiding a text, or showing it again.
fn deed(line: &CommentLine, page: &CommentsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().comment;
    let action = frame.here.without(&["done"]).to_string();
    let fields = view! {
        {frame.csrf_field()}
        <input type="hidden" name="survey" value=page.survey.clone()/>
        <input type="hidden" name="text" value=line.id.clone()/>
    };
    if line.hidden.is_some() {
        return view! {
            <form method="post" action=action>
                {fields}
                <button class="linklike" name="go" value="show">{text.unhide_button}</button>
            </form>
        }
        .into_any();
    }
    let is_wrong = page.nameless.as_deref() == Some(line.id.as_str());
    let id = format!("reason-{}", line.id);
    let wrong_id = format!("{id}-mistake");
    let described = is_wrong.then(|| wrong_id.clone());
    let mistake = is_wrong.then(|| view! { <span class="mistake" id=wrong_id>{text.e_reason}</span> });
    view! {
        <details open=is_wrong>
            <summary>{text.hide}</summary>
            <form class="asking flow" method="post" action=action>
                {fields}
                <div class="field">
                    <label for=id.clone()>{text.reason}</label>
                    {mistake}
                    <input id=id name="reason" type="text" autocomplete="off"
                        aria-invalid=is_wrong.then_some("true") aria-describedby=described/>
                </div>
                <button class="button plain low" name="go" value="hide">{text.hide_button}</button>
            </form>
        </details>
    }
    .into_any()
}
