//! A page of the form, or the whole form at once. What was answered on other pages travels along as
//! hidden fields.

use super::asked::{Form, asked};
use super::shell::{self, Frame, hidden, honeypot};
use super::summary::summary;
use domain::instrument::Purpose;
use domain::path::{Ask, Leaf, Path};
use domain::submission::{Context, Problem, Sheet};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A page of the form.
#[derive(Debug, Clone)]
pub struct StepPage<'a> {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the form posts to: `/s/{token}`.
    pub action: String,
    /// The signed form token.
    pub token: String,
    /// What the form is read against.
    pub context: &'a Context<'a>,
    /// The path of this sheet ([`domain::submission::path_of`]).
    pub path: &'a Path<'a>,
    /// Position of the page on the path.
    pub at: usize,
    /// The answers so far.
    pub sheet: &'a Sheet,
    /// What is wrong on this page; the page is then sent with status 422.
    pub problems: &'a [Problem],
    /// Recordings by question, where the reader wants to hear them.
    pub sounds: Option<&'a Sounds>,
}

/// By code of a question: address of its recording, and whether a machine reads.
pub type Sounds = BTreeMap<String, (String, bool)>;

impl StepPage<'_> {
    fn form(&self) -> Form<'_> {
        Form {
            frame: &self.frame,
            context: self.context,
            sheet: self.sheet,
            problems: self.problems,
            here: self.path.asks_at(self.at).copied().collect(),
            at_once: self.path.at_once,
            sounds: self.sounds,
        }
    }

    fn heading(&self) -> (String, Option<&'static str>) {
        match self.path.pages.get(self.at) {
            Some(leaf) if !self.path.at_once => self.frame.say(&leaf.page.heading),
            _ => (self.frame.text().step.all.to_owned(), None),
        }
    }

    fn step(&self) -> &str {
        match self.path.pages.get(self.at) {
            Some(leaf) if !self.path.at_once => &leaf.page.code,
            _ => "all",
        }
    }
}

/// Draws a page of the form.
#[must_use]
pub fn render_step(page: &StepPage<'_>) -> String {
    let text = &page.frame.text().step;
    let (heading, heading_lang) = page.heading();
    let mut title = heading.clone();
    if !page.path.at_once {
        title = format!("{title} – {}", (text.part_in_title)(page.at + 1, page.path.pages.len()));
    }
    if !page.problems.is_empty() {
        title = format!("{}: {title}", page.frame.text().problem.title);
    }
    shell::render(&page.frame, &title, "wrap", || {
        let form = page.form();
        let part = (!page.path.at_once)
            .then(|| view! { <p class="step">{(text.part)(page.at + 1, page.path.pages.len())}</p> });
        view! {
            {(!page.problems.is_empty()).then(|| summary(&form))}
            {part}
            <h1 lang=heading_lang>{heading}</h1>
            {(!page.path.at_once).then(|| page.path.pages.get(page.at).map(|leaf| ask(&form, leaf)))}
            <form method="post" action=page.action.clone()>
                {carried(page)}
                {questions(page, &form)}
                {honeypot(&page.frame)}
                {buttons(page)}
            </form>
        }
    })
}

fn ask(form: &Form<'_>, leaf: &Leaf<'_>) -> Option<impl IntoView + use<>> {
    let (text, lang) = form.frame.say(leaf.page.ask.as_ref()?);
    Some(view! { <p class="ask" lang=lang>{text}</p> })
}

/// What this form is, and every answer that is not given on this page.
fn carried(page: &StepPage<'_>) -> impl IntoView + use<> {
    let here: Vec<&str> = page.path.asks_at(page.at).map(Ask::code).collect();
    let elsewhere = page.sheet.pairs().filter(|(name, _)| !here.contains(name));
    view! {
        {hidden("token", &page.token)}
        {hidden("step", page.step())}
        {hidden("lang", page.frame.language.code())}
        {page.path.at_once.then(|| hidden("layout", "one"))}
        {page.sounds.map(|_| hidden("sound", "1"))}
        {elsewhere.map(|(name, value)| hidden(name, value)).collect_view()}
    }
}

fn questions(page: &StepPage<'_>, form: &Form<'_>) -> AnyView {
    if !page.path.at_once {
        let leaf = page.path.pages.get(page.at);
        return leaf.map(|leaf| section(form, leaf)).into_any();
    }
    let sections = page.path.pages.iter().map(|leaf| {
        let (heading, lang) = form.frame.say(&leaf.page.heading);
        view! {
            <section class="all-part">
                <h2 lang=lang>{heading}</h2>
                {ask(form, leaf)}
                {section(form, leaf)}
            </section>
        }
    });
    sections.collect_view().into_any()
}

/// The questions of a page: items are numbered where there are several, and who answers stands
/// last, folded away. With everything at once nothing is folded: there, whether somebody is asked
/// at all depends on another answer on the same page.
fn section(form: &Form<'_>, leaf: &Leaf<'_>) -> AnyView {
    let (profile, plain): (Vec<&Ask<'_>>, Vec<&Ask<'_>>) =
        leaf.asks.iter().partition(|ask| !form.at_once && is_profile(ask));
    let numbers = numbers(&leaf.asks);
    let plain = plain.into_iter().map(|ask| asked(form, ask, number_of(&numbers, ask))).collect_view();
    view! { {plain}{(!profile.is_empty()).then(|| about_you(form, &profile))} }.into_any()
}

pub(super) fn is_profile(ask: &Ask<'_>) -> bool {
    matches!(ask, Ask::Question(question) if question.purpose == Purpose::Profile)
}

fn about_you(form: &Form<'_>, profile: &[&Ask<'_>]) -> impl IntoView + use<> {
    let text = &form.frame.text().step;
    let is_open = profile.iter().any(|ask| {
        form.sheet.get(ask.code()).is_some() || form.problems.iter().any(|p| p.field == ask.code())
    });
    view! {
        <details class="about-you" open=is_open>
            <summary><span>{text.about_you}" "<span class="opt">{text.optional}</span></span></summary>
            <p class="ask">{text.about_you_why}</p>
            {profile.iter().map(|ask| asked(form, ask, None)).collect_view()}
        </details>
    }
}

/// Numbers of the items of a page: none where only one is asked, or where questions of other kinds
/// stand between them.
pub(super) fn numbers<'a>(asks: &[Ask<'a>]) -> Vec<&'a str> {
    let items = asks.iter().filter(|ask| matches!(ask, Ask::Item(_)) && ask.condition().is_none());
    let codes: Vec<&str> = items.map(Ask::code).collect();
    if codes.len() > 1 { codes } else { Vec::new() }
}

pub(super) fn number_of(numbers: &[&str], ask: &Ask<'_>) -> Option<usize> {
    numbers.iter().position(|code| *code == ask.code()).map(|at| at + 1)
}

fn buttons(page: &StepPage<'_>) -> impl IntoView + use<> {
    let text = &page.frame.text().step;
    let path = page.path;
    let is_last = path.is_last(page.at);
    let is_overall = path.asks_at(page.at).any(|ask| matches!(ask, Ask::Overall(_)));
    let next = (!is_last).then(|| {
        let label = if is_overall { text.next_after_overall } else { text.next };
        view! { <button class="button" name="go" value="next">{label}</button> }
    });
    let send = path.may_send(page.at).then(|| {
        let (class, label) = if is_last { ("button", text.send) } else { ("button plain", text.send_now) };
        view! { <button class=class name="go" value="send">{label}</button> }
    });
    let back = (page.at > 0 && !path.at_once)
        .then(|| view! { <button class="button plain" name="go" value="back">{text.back}</button> });
    let later = match (is_last, is_overall, path.may_send(page.at)) {
        (true, ..) => text.blanks_may_stay,
        (_, true, _) => text.one_is_enough,
        (.., true) => text.send_now_means,
        _ => text.nothing_sent,
    };
    view! { <div class="go">{next}{send}{back}</div><p class="later">{later}</p> }
}
