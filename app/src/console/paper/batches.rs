//! `/admin/paper`: drawing and withdrawing batches, and how far each is typed.

use crate::console::admin::{Asked, UnitChoice, done, mistakes, unit_options};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::wording::spoken;
use domain::language::{Language, Words};
use leptos::prelude::*;
use time::Date;

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperBatchLine {
    /// Number.
    pub number: i64,
    /// Where its forms are handed out.
    pub unit: Words,
    /// Name of the survey.
    pub survey: String,
    /// Language of the forms.
    pub language: Language,
    /// Forms.
    pub forms: u64,
    /// Untyped, typed once, differing, done.
    pub counts: [u64; 4],
    /// The day.
    pub drawn_on: Date,
    /// When it was withdrawn.
    pub voided_on: Option<Date>,
}

/// Why nothing was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperProblem {
    /// No place was chosen.
    Unit,
    /// No survey is open there.
    NoSurvey,
    /// Not a language.
    Language,
    /// Not a number of forms; the most.
    Forms(u32),
}

/// What the form asks for, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperForm {
    /// Places.
    pub units: Vec<UnitChoice>,
    /// What was typed: unit, language, forms.
    pub typed: [String; 3],
    /// What is wrong with it.
    pub problem: Option<PaperProblem>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPage {
    /// The newest first.
    pub batches: Vec<PaperBatchLine>,
    /// For whoever may draw.
    pub form: Option<PaperForm>,
    /// The batch that was just drawn.
    pub drawn: Option<i64>,
    /// Whether a batch was just withdrawn.
    pub voided: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_paper(page: &PaperPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().paper;
        let valid = page.batches.iter().filter(|batch| batch.voided_on.is_none()).count() as u64;
        let lead = match valid {
            0 => text.lead_none.to_owned(),
            n => fill(text.lead, &[("n", &count(n, frame.language))]),
        };
        let drawn = page.drawn.map(|batch| done(fill(text.drawn, &[("batch", &batch.to_string())])));
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.batches}</h1>
                    <p class="soft">{text.under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {drawn}
                {page.voided.then(|| done(text.voided_now.to_owned()))}
                <p class="lead"><b>{lead}</b></p>
                {page.form.is_some().then(|| view! { <p><a href=frame.link("/paper")>{text.desk}</a></p> })}
            </div>
            {page.form.as_ref().map(|form| draw(form, frame))}
            {(!page.batches.is_empty()).then(|| batches(page, frame))}
        };
        let (title, area) = (text.batches.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

fn told(problem: PaperProblem, frame: &Frame) -> (&'static str, String) {
    let text = &frame.text().paper;
    match problem {
        PaperProblem::Unit => ("unit", text.e_unit.to_owned()),
        PaperProblem::NoSurvey => ("unit", text.e_survey.to_owned()),
        PaperProblem::Language => ("language", text.e_language.to_owned()),
        PaperProblem::Forms(most) => {
            ("forms", fill(text.e_forms, &[("most", &count(u64::from(most), frame.language))]))
        }
    }
}

fn draw(form: &PaperForm, frame: &Frame) -> AnyView {
    let text = &frame.text().paper;
    let wrong = form.problem.map(|problem| told(problem, frame));
    let mistake =
        |name: &str| wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, says)| says.clone());
    let asked = |name, label, hint| Asked { name, label, hint, mistake: mistake(name) };
    let [unit, language, forms] = &form.typed;
    let languages = Language::ALL.map(|one| (one.code().to_owned(), one.own_name().to_owned())).to_vec();
    let above = asked("unit", text.unit, None);
    let body = view! {
        <form class="asking flow" method="post" action=frame.link("/admin/paper")>
            {frame.csrf_field()}
            {mistakes(text.errors.to_owned(), &wrong.clone().into_iter().collect::<Vec<_>>())}
            <div class="field">
                <label for="unit">{text.unit}</label>
                {above.told()}
                <select id="unit" name="unit" aria-invalid=above.invalid() aria-describedby=above.described()>
                    {unit_options(&form.units, unit, text.unit_none, frame)}
                </select>
            </div>
            {asked("language", text.language, None).list(languages, language)}
            {asked("forms", text.forms, Some(text.forms_hint)).line(forms, "number")}
            <button class="button" name="go" value="draw">{text.draw_button}</button>
        </form>
    };
    let how = view! { <p>{text.draw_how}</p> };
    section("draw", text.draw.into_any(), how.into_any(), body.into_any())
}

fn batches(page: &PaperPage, frame: &Frame) -> AnyView {
    let text = &frame.text().paper;
    let rows = page.batches.iter().map(|batch| row(batch, page.form.is_some(), frame)).collect_view();
    let heads = [text.forms_head, text.fresh_head, text.once_head, text.differs_head, text.done_head];
    let heads = heads.map(|head| view! { <th scope="col" class="num">{head}</th> });
    let body = view! {
        <div class="wide">
            <table>
                <caption class="unseen">{text.batches}</caption>
                <thead><tr>
                    <th scope="col">{text.batch_head}</th>
                    <th scope="col">{text.unit_head}</th>
                    {heads.into_iter().collect_view()}
                    <th scope="col">{text.deed_head}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    let how = view! { <p>{text.all_how}</p> };
    section("batches", text.batches.into_any(), how.into_any(), body.into_any())
}

fn row(batch: &PaperBatchLine, may_change: bool, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().paper, frame.language);
    let numbers = [batch.forms, batch.counts[0], batch.counts[1], batch.counts[2], batch.counts[3]];
    let cells = numbers.map(|n| view! { <td class="num">{count(n, language)}</td> });
    let deed = match batch.voided_on {
        Some(on) => fill(text.voided, &[("date", &date(on, language))]).into_any(),
        None if may_change => void(batch.number, frame),
        None => ().into_any(),
    };
    let href = frame.link(&format!("/admin/paper/{}", batch.number));
    let survey = crate::parts::wording::vietnamese(&batch.survey, language);
    let own = batch.language;
    view! {
        <tr>
            <th scope="row"><a href=href>{batch.number}</a> ", " {date(batch.drawn_on, language)}</th>
            <td>
                {spoken(&batch.unit, language)} <br/> {survey} ", " <span lang=own.code()>{own.own_name()}</span>
            </td>
            {cells.into_iter().collect_view()}
            <td>{deed}</td>
        </tr>
    }
    .into_any()
}

fn void(batch: i64, frame: &Frame) -> AnyView {
    let text = &frame.text().paper;
    let says = fill(text.void_of, &[("batch", &batch.to_string())]);
    view! {
        <form method="post" action=frame.link("/admin/paper")>
            {frame.csrf_field()}
            <input type="hidden" name="batch" value=batch.to_string()/>
            <button class="button plain low" name="go" value="void" aria-label=says>{text.void}</button>
        </form>
    }
    .into_any()
}
