//! The agency page: a sentence, why, and how sure it is.

mod certainty;
mod change;
mod facts;
mod nodes;
mod others;

use super::choices;
use super::frame::{Area, Frame, Page, document, sample};
use super::{stamp, told};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, count, counted_months, date, period};
use crate::parts::wording::{mode, spoken, trust, vietnamese};
use domain::report::{AgencyReport, Setting};
use leptos::prelude::*;

/// The agency page as a document.
#[must_use]
pub fn render_agency(report: &AgencyReport, frame: &Frame) -> String {
    document(frame, || {
        let setting = &report.setting;
        let text = frame.text();
        let unit = setting.unit.name.text(frame.language);
        let shown = period(setting.period, frame.language);
        let released = setting.release.is_some();
        let main = view! {
            {intro(report, frame)}
            {released.then(|| sections(report, frame))}
        };
        Page {
            title: fill(text.agency.title, &[("unit", unit), ("period", &shown)]),
            area: Some(Area::Unit),
            main: main.into_any(),
            foot: stamp::foot(setting, frame),
        }
    })
}

/// What the page is about, in one line under its heading.
pub(crate) fn under(setting: &Setting, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let shown = capitalize(&period(setting.period, language));
    let says = counted_months(setting.period, language).map_or_else(
        || shown.clone(),
        |months| fill(text.agency.under_months, &[("period", &shown), ("months", &months)]),
    );
    let survey = vietnamese(&setting.survey_name, language);
    view! { <p class="soft">{says} " · " {survey} {sample(setting.demo, text)}</p> }.into_any()
}

fn intro(report: &AgencyReport, frame: &Frame) -> AnyView {
    let setting = &report.setting;
    let body = if setting.release.is_some() {
        view! {
            {told::told(&report.told, setting.k, frame)}
            <dl class="facts">
                {stamp::release(setting, frame)}
                {respondents(report, frame)}
                {stamp::not_covered(frame, Some("#how-sure"))}
                {smallest(setting, frame)}
            </dl>
            {change(setting, frame)}
        }
        .into_any()
    } else {
        before_release(setting, frame)
    };
    view! {
        <div class="intro">
            <div class="head">
                <h1>{spoken(&setting.unit.name, frame.language)}</h1>
                {under(setting, frame)}
            </div>
            {body}
        </div>
    }
    .into_any()
}

/// Before the first release there is nothing to show, and that is no fault.
pub(crate) fn before_release(setting: &Setting, frame: &Frame) -> AnyView {
    let text = frame.text();
    let help = fill(text.agency.before_release_help, &[("k", &setting.k.to_string())]);
    let next = setting.next_run.map(|day| {
        let says = fill(text.office.next_run, &[("date", &date(day, frame.language))]);
        view! { <p>{says}</p> }
    });
    let survey = choices::surveys(setting, frame).map(|choice| choices::form(vec![choice], frame));
    view! {
        <div class="told">
            <p class="lead">{text.agency.before_release}</p>
            <div class="notice ok"><p>{help}</p>{next}</div>
        </div>
        {survey}
    }
    .into_any()
}

fn respondents(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let (text, language) = (frame.text(), frame.language);
    // The number beside the figure is the figure's own; modes are shown when they are known.
    let figure = report.nodes.first()?.reading.figure()?;
    let modes: Vec<String> =
        report.modes.iter().map(|(of, n)| format!("{}: {}", mode(of, text), count(*n, language))).collect();
    let level = trust(report.setting.trust, text);
    let label = fill(text.agency.respondents, &[("trust", &lower_first(level))]);
    Some(
        view! {
            <div><dt>{label}</dt><dd>{count(figure.n, language)} " " <span>{modes.join("; ")}</span></dd></div>
        }
        .into_any(),
    )
}

/// The same text without a capital at its beginning, to stand inside a sentence.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    // An abbreviation such as QR keeps its capitals.
    if chars.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn smallest(setting: &Setting, frame: &Frame) -> AnyView {
    let text = frame.text();
    let value = fill(text.agency.smallest_value, &[("k", &setting.k.to_string())]);
    view! { <div><dt>{text.agency.smallest}</dt><dd>{value} " " <span>{text.agency.smallest_why}</span></dd></div> }
        .into_any()
}

fn change(setting: &Setting, frame: &Frame) -> AnyView {
    let text = frame.text();
    let shown = capitalize(&period(setting.period, frame.language));
    let level = lower_first(trust(setting.trust, text));
    let summary = fill(text.agency.change, &[("period", &shown), ("trust", &level)]);
    let mut offered = vec![choices::periods(setting, frame), choices::trusts(setting, frame)];
    offered.extend(choices::releases(setting, frame));
    offered.extend(choices::surveys(setting, frame));
    view! { <details class="screen"><summary>{summary}</summary>{choices::form(offered, frame)}</details> }
        .into_any()
}

fn sections(report: &AgencyReport, frame: &Frame) -> AnyView {
    view! {
        {nodes::why(report, frame)}
        {nodes::sides(report, frame)}
        {nodes::items(report, frame)}
        {facts::facts(report, frame)}
        {change::change(report, frame)}
        {others::by_trust(report, frame)}
        {others::not_done(report, frame)}
        {certainty::certainty(report, frame)}
    }
    .into_any()
}
