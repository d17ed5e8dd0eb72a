//! Parts of the family *flag class*: what carries a sign, what is left out, and the decision.

use super::asking::{Asked, done, mistakes};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, months};
use crate::parts::wording::{mode, spoken, trust};
use domain::language::Words;
use domain::period::Month;
use domain::survey::{Mode, Trust};
use leptos::prelude::*;

/// A part, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRow {
    /// Its name in the form.
    pub name: String,
    /// The unit.
    pub unit: Words,
    /// The flag class, as files write it.
    pub band: String,
    /// The level.
    pub trust: Trust,
    /// How the answers came.
    pub mode: Mode,
    /// Its months.
    pub months: (Month, Month),
    /// People.
    pub n: u64,
    /// The last decision: whether it is left out, since which release, why.
    pub decision: Option<(bool, u64, String)>,
}

/// What stands against a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagProblem {
    /// Nothing was chosen.
    NothingChosen,
    /// The reason is missing or too long.
    NoReason,
    /// It stands so already, or a run is under way.
    Refused,
}

/// The parts of a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagsPage {
    /// Code of the survey.
    pub survey: String,
    /// The surveys that could be shown: code and name.
    pub surveys: Vec<(String, String)>,
    /// Code of the unit shown; empty for all.
    pub unit: String,
    /// The units that could be shown: code and name.
    pub units: Vec<(String, Words)>,
    /// The parts.
    pub rows: Vec<FlagRow>,
    /// What was typed and ticked before.
    pub reason: String,
    /// What was ticked before.
    pub chosen: Vec<String>,
    /// What stands against it.
    pub problem: Option<FlagProblem>,
    /// The release of a decision just made.
    pub decided: Option<u64>,
    /// Whether the reader may decide.
    pub may_change: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// The parts as a document.
#[must_use]
pub fn render_flags(page: &FlagsPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().flag;
        let out = page.rows.iter().filter(|row| row.decision.as_ref().is_some_and(|d| d.0)).count();
        let n = |n: usize| count(n as u64, frame.language);
        let lead = if page.rows.is_empty() {
            text.lead_none.to_owned()
        } else {
            fill(text.lead, &[("n", &n(page.rows.len())), ("out", &n(out))])
        };
        let title = match page.problem {
            Some(_) => fill(frame.text().door.error_title, &[("title", text.title)]),
            None => text.title.to_owned(),
        };
        let decided = page.decided.map(|number| fill(text.done, &[("number", &number.to_string())]));
        let how = view! { <p>{text.parts_how}</p> };
        let parts = view! { {choose(page, frame)} {(!page.rows.is_empty()).then(|| deciding(page, frame))} };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.title}</h1>
                    <p class="soft">{text.under} {sample(page.demo, frame.text())}</p>
                </div>
                {decided.map(done)}
                <p class="lead">{lead}</p>
                <div class="notice"><p>{text.note}</p></div>
            </div>
            {section("parts", text.parts.into_any(), how.into_any(), parts.into_any())}
        };
        Page { title, area: Some(Area::Releases), main: main.into_any(), foot: None }
    })
}

fn choose(page: &FlagsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().flag;
    let asked = |name, label| Asked { name, label, hint: None, mistake: None };
    let all = (String::new(), text.unit_all.to_owned());
    let named = page.units.iter().map(|(code, name)| (code.clone(), name.text(frame.language).to_owned()));
    let units: Vec<(String, String)> = std::iter::once(all).chain(named).collect();
    let kept = frame.here.carry("", &["lang"]).query;
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <form class="filter" method="get" action="/admin/flags">
            {kept.collect_view()}
            {asked("survey", text.survey).list(page.surveys.clone(), &page.survey)}
            {asked("unit", text.unit).list(units, &page.unit)}
            <button class="button low">{text.show}</button>
        </form>
    }
    .into_any()
}

fn deciding(page: &FlagsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().flag;
    let table = table(page, frame);
    if !page.may_change {
        return table;
    }
    let problem = page.problem.map(|problem| match problem {
        FlagProblem::NothingChosen => ("parts", text.e_none.to_owned()),
        FlagProblem::NoReason => ("reason", text.e_reason.to_owned()),
        FlagProblem::Refused => ("parts", text.e_refused.to_owned()),
    });
    let mistake = problem.clone().filter(|(field, _)| *field == "reason").map(|(_, says)| says);
    let summary: Vec<(&'static str, String)> = problem.into_iter().collect();
    let heading = text.errors.to_owned();
    let reason = Asked { name: "reason", label: text.reason, hint: Some(text.reason_hint), mistake };
    let action = frame.here.carry("/admin/flags", &["lang", "survey", "unit"]).to_string();
    view! {
        <form class="flow" method="post" action=action>
            {mistakes(heading, &summary)}
            {frame.csrf_field()}
            <input type="hidden" name="survey" value=page.survey.clone()/>
            {table}
            <div class="asking flow">
                {reason.line(&page.reason, "text")}
                <p class="row">
                    <button class="button low" name="go" value="exclude">{text.exclude}</button>
                    <button class="button plain low" name="go" value="return">{text.bring_back}</button>
                </p>
            </div>
        </form>
    }
    .into_any()
}

fn table(page: &FlagsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().flag;
    let rows = page.rows.iter().map(|row| part(row, page, frame)).collect_view();
    let pick = page.may_change.then(|| view! { <th scope="col">{text.pick_head}</th> });
    view! {
        <table>
            <caption class="unseen">{text.parts}</caption>
            <thead>
                <tr>
                    {pick}
                    <th scope="col">{text.part_head}</th>
                    <th scope="col">{text.of_head}</th>
                    <th scope="col" class="n">{text.n_head}</th>
                    <th scope="col">{text.state_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The words of a flag class.
pub(super) fn band_words(band: &str, text: &ConsoleText) -> String {
    let text = &text.flag;
    match band {
        "too-fast" => text.too_fast,
        "burst" => text.burst,
        "over-budget" => text.over_budget,
        "office-network" => text.office_network,
        "outside-hours" => text.outside_hours,
        "straight-line" => text.straight_line,
        "none" => text.none,
        "_pooled" => text.pooled,
        other => return other.to_owned(),
    }
    .to_owned()
}

fn part(row: &FlagRow, page: &FlagsPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().flag, frame.language);
    let band = band_words(&row.band, frame.text());
    let label = fill(text.pick, &[("unit", row.unit.text(language)), ("band", &band)]);
    let chosen = page.chosen.contains(&row.name);
    let pick = page.may_change.then(|| {
        view! {
            <td class="pick">
                <input type="checkbox" name="part" value=row.name.clone() aria-label=label checked=chosen/>
            </td>
        }
    });
    let state = match &row.decision {
        None => text.counted.to_owned(),
        Some((out, number, _)) => {
            let phrase = if *out { text.out_since } else { text.back_since };
            fill(phrase, &[("number", &number.to_string())])
        }
    };
    let why = row.decision.as_ref().map(|(.., reason)| fill(text.because, &[("reason", reason)]));
    let why = why.map(|says| view! { " " <span class="why under">{says}</span> });
    let of = format!("{}, {}", trust(row.trust, frame.text()), mode(&row.mode, frame.text()));
    view! {
        <tr>
            {pick}
            <th scope="row">{spoken(&row.unit, language)} " " <span class="why under">{band}</span></th>
            <td>{of} " " <span class="why under">{months(row.months.0, row.months.1, language)}</span></td>
            <td class="n">{count(row.n, language)}</td>
            <td>{state} {why}</td>
        </tr>
    }
    .into_any()
}
