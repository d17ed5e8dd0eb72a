//! What waits, and why. Never an exact number, and nothing that tells of one answer.

use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::wording::spoken;
use domain::report::UnitName;
use domain::survey::Survey;
use leptos::prelude::*;
use time::Date;

/// What waits in a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPage {
    /// The survey.
    pub survey: Survey,
    /// Units with ten or more, in official order, rounded down to tens.
    pub units: Vec<(UnitName, u64)>,
    /// How many other units it is about.
    pub others: u64,
    /// The midnight of the count.
    pub counted_on: Option<Date>,
    /// The next run for answers with a code.
    pub next_run: Option<Date>,
    /// The next run for all others.
    pub next_first: Option<Date>,
    /// Imported answers that stay sealed, rounded down to tens.
    pub withheld: u64,
    /// Whether it ever took an imported file.
    pub has_imports: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// What waits, as a document.
#[must_use]
pub fn render_waiting(page: &WaitingPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().desk;
        let heading = fill(text.waiting_title, &[("name", &page.survey.name)]);
        let counted =
            page.counted_on.map(|day| fill(text.counted_on, &[("date", &date(day, frame.language))]));
        let back = frame.link(&format!("/admin/surveys/{}", page.survey.code));
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{heading.clone()}</h1>
                    <p class="soft">{counted} {sample(page.demo, frame.text())}</p>
                </div>
                <p class="lead"><b>{lead(page, frame)}</b></p>
                <p class="row"><a class="button plain low" href=back>{text.back}</a></p>
            </div>
            {why(page, frame)}
            {(!page.survey.ended).then(|| runs(page, frame))}
            {(!page.survey.ended && page.counted_on.is_some()).then(|| units(page, frame))}
        };
        Page { title: heading, area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn lead(page: &WaitingPage, frame: &Frame) -> String {
    let text = &frame.text().desk;
    let tens: u64 = page.units.iter().map(|(_, tens)| tens).sum();
    if page.survey.ended {
        text.waiting_lead_ended.to_owned()
    } else if page.counted_on.is_none() {
        text.waiting_lead_uncounted.to_owned()
    } else if tens == 0 {
        text.waiting_lead_few.to_owned()
    } else {
        fill(text.waiting_lead, &[("n", &count(tens, frame.language))])
    }
}

fn why(page: &WaitingPage, frame: &Frame) -> AnyView {
    let text = &frame.text().desk;
    let k = page.survey.k.to_string();
    let end = page.survey.ends_on().filter(|_| !page.survey.ended);
    let end = end.map(|day| fill(text.why_end, &[("k", &k), ("date", &date(day, frame.language))]));
    let body = view! {
        <p>{fill(text.why_group, &[("k", &k)])}</p>
        <p>{fill(text.why_so, &[("k", &k)])}</p>
        <p>{text.why_few}</p>
        {end.map(|says| view! { <p>{says}</p> })}
    };
    let how = view! { <p>{text.why_waits_how}</p> };
    section("why", text.why_waits.into_any(), how.into_any(), body.into_any())
}

fn runs(page: &WaitingPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().desk, frame.language);
    let on = |phrase: &str, day: Option<Date>| {
        let day = day.map(|day| date(day, language)).unwrap_or_default();
        fill(phrase, &[("date", &day)])
    };
    let k = page.survey.k.to_string();
    let withheld = if page.withheld > 0 {
        fill(text.run_imports_some, &[("n", &count(page.withheld, language)), ("k", &k)])
    } else {
        fill(text.run_imports_few, &[("k", &k)])
    };
    let imports = page.has_imports.then(|| view! { <dt>{text.run_imports}</dt> <dd>{withheld}</dd> });
    let body = view! {
        <dl class="terms">
            <dt>{text.run_verified}</dt>
            <dd>{on(text.run_verified_says, page.next_run)}</dd>
            <dt>{text.run_open}</dt>
            <dd>{on(text.run_open_says, page.next_first)}</dd>
            {imports}
        </dl>
    };
    section("runs", text.runs.into_any(), ().into_any(), body.into_any())
}

fn units(page: &WaitingPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().desk, frame.language);
    let rows = page.units.iter().map(|(unit, tens)| {
        let says = fill(text.tens, &[("n", &count(*tens, language))]);
        view! { <tr><th scope="row">{spoken(&unit.name, language)}</th><td>{says}</td></tr> }
    });
    let others = (page.others > 0).then(|| {
        let name = fill(text.tens_rest, &[("n", &count(page.others, language))]);
        view! { <tr><th scope="row">{name}</th><td>{text.tens_few}</td></tr> }
    });
    let body = view! {
        <table>
            <caption class="unseen">{text.by_unit}</caption>
            <thead>
                <tr><th scope="col">{text.unit_head}</th><th scope="col">{text.tens_head}</th></tr>
            </thead>
            <tbody>{rows.collect_view()} {others}</tbody>
        </table>
    };
    let how = view! { <p>{text.by_unit_how}</p> };
    section("units", text.by_unit.into_any(), how.into_any(), body.into_any())
}
