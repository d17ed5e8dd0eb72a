//! `/admin/calls`: the province's lists, what came of the calls, and how many answers each helper has
//! helped with, in tens.

use super::call::outcome_word;
use crate::console::admin::{Asked, UnitChoice, done, mistakes, unit_options};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date, whole_percent};
use crate::parts::wording::spoken;
use domain::call::CallOutcome;
use domain::language::Words;
use leptos::prelude::*;
use time::Date;

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct CallLine {
    /// Number.
    pub number: i64,
    /// Whose visitors are called.
    pub unit: Words,
    /// People.
    pub tasks: u64,
    /// People whom nobody has called.
    pub fresh: u64,
    /// By outcome of the last call.
    pub outcomes: [u64; 5],
    /// Interviews of all but wrong numbers, in per cent.
    pub rate: Option<f64>,
    /// The day.
    pub drawn_on: Date,
    /// When it was withdrawn.
    pub voided_on: Option<Date>,
}

/// What somebody has helped with, in tens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelperLine {
    /// Name of the account.
    pub name: String,
    /// On a tablet, by telephone.
    pub tens: [u64; 2],
}

/// Why nothing was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallProblem {
    /// No place was chosen.
    Unit,
    /// No survey is open there.
    NoSurvey,
    /// Not a number of people; the most.
    Tasks(u32),
}

/// What the form asks for, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallsForm {
    /// Places.
    pub units: Vec<UnitChoice>,
    /// What was typed: place, people.
    pub typed: [String; 2],
    /// What is wrong with it.
    pub problem: Option<CallProblem>,
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct CallsPage {
    /// The newest first.
    pub lists: Vec<CallLine>,
    /// By name.
    pub helpers: Vec<HelperLine>,
    /// For whoever may draw.
    pub form: Option<CallsForm>,
    /// The list that was just drawn.
    pub drawn: Option<i64>,
    /// Whether a list was just withdrawn.
    pub voided: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_calls(page: &CallsPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().assist;
        let drawn = page.drawn.map(|list| done(fill(text.drawn, &[("list", &list.to_string())])));
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.lists}</h1>
                    <p class="soft">{text.lists_under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {drawn}
                {page.voided.then(|| done(text.voided_now.to_owned()))}
            </div>
            {page.form.as_ref().map(|form| draw(form, frame))}
            {lists(page, frame)}
            {helpers(page, frame)}
        };
        let (title, area) = (text.lists.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

fn draw(form: &CallsForm, frame: &Frame) -> AnyView {
    let text = &frame.text().assist;
    let wrong = form.problem.map(|problem| match problem {
        CallProblem::Unit => ("unit", text.e_unit.to_owned()),
        CallProblem::NoSurvey => ("unit", text.e_survey.to_owned()),
        CallProblem::Tasks(most) => {
            ("tasks", fill(text.e_tasks, &[("most", &count(u64::from(most), frame.language))]))
        }
    });
    let mistake =
        |name: &str| wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, says)| says.clone());
    let [unit, tasks] = &form.typed;
    let above = Asked { name: "unit", label: text.unit, hint: None, mistake: mistake("unit") };
    let people =
        Asked { name: "tasks", label: text.tasks, hint: Some(text.tasks_hint), mistake: mistake("tasks") };
    let body = view! {
        <form class="asking flow" method="post" action=frame.link("/admin/calls")>
            {frame.csrf_field()}
            {mistakes(text.errors_draw.to_owned(), &wrong.clone().into_iter().collect::<Vec<_>>())}
            <div class="field">
                <label for="unit">{text.unit}</label>
                {above.told()}
                <select id="unit" name="unit" aria-invalid=above.invalid() aria-describedby=above.described()>
                    {unit_options(&form.units, unit, text.unit_none, frame)}
                </select>
            </div>
            {people.line(tasks, "number")}
            <button class="button" name="go" value="draw">{text.draw_button}</button>
        </form>
    };
    let how = view! { <p>{text.draw_how}</p> };
    section("draw", text.draw.into_any(), how.into_any(), body.into_any())
}

fn lists(page: &CallsPage, frame: &Frame) -> Option<AnyView> {
    if page.lists.is_empty() {
        return None;
    }
    let text = &frame.text().assist;
    let outcomes = CallOutcome::ALL.iter().map(|one| outcome_word(*one, frame.text()));
    let heads = [text.people_head, text.fresh_head].into_iter().chain(outcomes).chain([text.rate_head]);
    let heads = heads.map(|head| view! { <th scope="col" class="num">{head}</th> });
    let rows = page.lists.iter().map(|line| row(line, page.form.is_some(), frame)).collect_view();
    let body = view! {
        <div class="wide" role="region" tabindex="0" aria-label=text.outcomes>
            <table>
                <caption class="unseen">{text.lists}</caption>
                <thead><tr>
                    <th scope="col">{text.list_head}</th>
                    {heads.collect_view()}
                    <th scope="col">{text.void}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    let how = view! { <p>{text.outcomes_how}</p> };
    Some(section("lists", text.outcomes.into_any(), how.into_any(), body.into_any()))
}

fn row(line: &CallLine, may_change: bool, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().assist, frame.language);
    let numbers = [line.tasks, line.fresh].into_iter().chain(line.outcomes);
    let cells = numbers.map(|n| view! { <td class="num">{count(n, language)}</td> });
    let rate = line.rate.map_or_else(String::new, |rate| whole_percent(rate, language));
    let deed = match line.voided_on {
        Some(on) => fill(text.voided, &[("date", &date(on, language))]).into_any(),
        None if may_change => void(line.number, frame),
        None => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row">{line.number} ", " {date(line.drawn_on, language)} <br/> {spoken(&line.unit, language)}</th>
            {cells.collect_view()}
            <td class="num">{rate}</td>
            <td>{deed}</td>
        </tr>
    }
    .into_any()
}

fn void(list: i64, frame: &Frame) -> AnyView {
    let text = &frame.text().assist;
    let says = fill(text.void_of, &[("list", &list.to_string())]);
    view! {
        <form method="post" action=frame.link("/admin/calls")>
            {frame.csrf_field()}
            <input type="hidden" name="list" value=list.to_string()/>
            <button class="button plain low" name="go" value="void" aria-label=says>{text.void}</button>
        </form>
    }
    .into_any()
}

fn helpers(page: &CallsPage, frame: &Frame) -> Option<AnyView> {
    if page.helpers.is_empty() {
        return None;
    }
    let (text, language) = (&frame.text().assist, frame.language);
    let rows = page.helpers.iter().map(|line| {
        let cells = line.tens.map(|n| view! { <td class="num">{count(n, language)}</td> });
        view! { <tr><th scope="row">{line.name.clone()}</th>{cells.into_iter().collect_view()}</tr> }
    });
    let body = view! {
        <table>
            <caption class="unseen">{text.helped}</caption>
            <thead><tr>
                <th scope="col">{text.helper_head}</th>
                <th scope="col" class="num">{text.on_tablet}</th>
                <th scope="col" class="num">{text.by_phone}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    let how = view! { <p>{text.helped_how}</p> };
    Some(section("helped", text.helped.into_any(), how.into_any(), body.into_any()))
}
