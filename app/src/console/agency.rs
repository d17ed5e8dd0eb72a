//! The agency page: a sentence, why, and how sure it is.

mod certainty;
mod change;
mod facts;
mod nodes;
mod others;
mod points;
mod received;
mod tenure;
mod weakest;
mod without;

use super::choices;
use super::crumbs::crumbs;
use super::frame::{Area, Frame, Page, document, sample};
use super::joined::joined;
use super::{response, stamp, told};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, count, counted_months, date, period};
use crate::parts::help::{Term, help};
use crate::parts::wording::{mode, spoken, trust, vietnamese};
use domain::report::{AgencyReport, Setting, TrustLine};
use leptos::prelude::*;

pub(crate) use without::without;

/// The agency page as a document.
#[must_use]
pub fn render_agency(report: &AgencyReport, frame: &Frame) -> String {
    document(frame, || {
        let setting = &report.setting;
        let text = frame.text();
        let unit = setting.unit.name.text(frame.language);
        let shown = period(setting.period, frame.language);
        let shows = setting.release.is_some() && !received::is_empty(report);
        let main = view! {
            {intro(report, frame)}
            {shows.then(|| sections(report, frame))}
            {without(&report.without, report.setting.k, frame)}
            {beside(setting, frame)}
        };
        Page {
            title: fill(text.agency.title, &[("unit", unit), ("period", &shown)]),
            area: Some(Area::Unit),
            main: main.into_any(),
            foot: stamp::foot(setting, frame),
        }
    })
}

/// The other pages of the unit.
fn beside(setting: &Setting, frame: &Frame) -> AnyView {
    let text = frame.text();
    let page = |what: &str| format!("/a/{}/{what}", setting.unit.code);
    let comments = frame.here.carry(page("comments"), &["survey", "release", "lang"]).to_string();
    let posters = frame.link(&page("posters"));
    let slip = frame.link(&page("slip"));
    let devices = frame.link(&page("devices"));
    view! {
        <p class="row screen">
            <a class="button plain low" href=comments>{text.comment.link}</a>
            <a class="button plain low" href=posters>{text.touchpoint.own}</a>
            <a class="button plain low" href=slip>{text.code.slip_nav}</a>
            <a class="button plain low" href=devices>{text.device.nav}</a>
        </p>
    }
    .into_any()
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
        let told = if received::is_empty(report) {
            received::nothing(frame)
        } else {
            told::told(&report.told, setting.k, frame)
        };
        view! {
            {told}
            <dl class="facts">
                {stamp::release(setting, frame)}
                {respondents(report, frame)}
                {response::fact(told_of(report), frame)}
                {stamp::not_covered(frame, Some("#how-sure"))}
                {smallest(setting, frame)}
            </dl>
            {received::coverage(report, frame)}
            {change(report, frame)}
            {breakdowns(report, frame)}
        }
        .into_any()
    } else {
        before_release(setting, frame)
    };
    view! {
        <div class="intro">
            <div class="head">
                {crumbs(setting, None, frame)}
                <h1>{spoken(&setting.unit.name, frame.language)}</h1>
                {under(setting, frame)}
            </div>
            {tenure::tenure(report, frame)}
            {body}
        </div>
    }
    .into_any()
}

/// Before the first release there is nothing to show, and that is no fault.
pub(crate) fn before_release(setting: &Setting, frame: &Frame) -> AnyView {
    let text = frame.text();
    let help = fill(text.agency.before_release_help, &[("k", &setting.k.to_string())]);
    let first = setting.this_month.next().first_day();
    let next = setting.next_run.zip(first).map(|(day, first)| {
        let (day, first) = (date(day, frame.language), date(first, frame.language));
        view! { <p>{fill(text.agency.before_release_when, &[("date", &day), ("first", &first)])}</p> }
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

/// The line of the level whose details are shown.
fn told_of(report: &AgencyReport) -> Option<&TrustLine> {
    report.told.iter().find(|line| line.mixture.is_none() && line.trust == report.setting.trust)
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
            <div><dt>{label} {help(Term::Respondents, language)}</dt><dd>{count(figure.n, language)} " " <span>{modes.join("; ")}</span></dd></div>
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
    view! { <div><dt>{text.agency.smallest} {help(Term::Threshold, frame.language)}</dt><dd>{value} " " <span>{text.agency.smallest_why}</span></dd></div> }
        .into_any()
}

/// The way to the breakdowns, which are of what the unit decided.
fn breakdowns(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let path = format!("{}/breakdown", frame.here.path);
    let href = frame.here.carry(path, &["survey", "period", "trust", "release", "lang"]).to_string();
    let says = frame.text().breakdown.link;
    report.received.is_none().then(|| view! { <p class="screen"><a href=href>{says}</a></p> }.into_any())
}

fn change(report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, setting) = (frame.text(), &report.setting);
    let shown = capitalize(&period(setting.period, frame.language));
    let level = lower_first(trust(setting.trust, text));
    let summary = fill(text.agency.change, &[("period", &shown), ("trust", &level)]);
    let mut offered = vec![
        choices::periods(setting, frame),
        choices::trusts(setting, frame),
        received::choice(report, frame),
    ];
    offered.extend(choices::releases(setting, frame));
    offered.extend(choices::surveys(setting, frame));
    view! { <details class="screen"><summary>{summary}</summary>{choices::form(offered, frame)}</details> }
        .into_any()
}

fn sections(report: &AgencyReport, frame: &Frame) -> AnyView {
    view! {
        {points::points(report, frame)}
        {nodes::why(report, frame)}
        {nodes::sides(report, frame)}
        {weakest::weakest(report, frame)}
        {nodes::items(report, frame)}
        {facts::facts(report, frame)}
        {change::change(report, frame)}
        {report.joined.as_ref().map(|series| joined(series, report.setting.k, frame))}
        {others::by_trust(report, frame)}
        {others::not_done(report, frame)}
        {certainty::certainty(report, frame)}
    }
    .into_any()
}
