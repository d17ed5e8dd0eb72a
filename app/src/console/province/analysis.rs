//! The analysis of a province: what the figures of its units bear when they are read together.

mod alarms;
mod differences;
mod modelled;
mod ranks;
mod series;

use super::super::agency::{before_release, under};
use super::super::frame::{Area, Frame, Page, document};
use super::super::joined::joined;
use super::super::{choices, stamp};
use super::{bare_name, kinds_choice, lower_first, unit_link};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, count, decimal, period};
use crate::parts::wording::{kind as kind_name, trust};
use domain::language::Language;
use domain::report::analysis::{AnalysisReport, KindAnalysis, LeftOut, Simulated};
use domain::report::{Setting, UnitName};
use leptos::prelude::*;

/// The analysis page as a document.
#[must_use]
pub fn render_analysis(report: &AnalysisReport, frame: &Frame) -> String {
    document(frame, || {
        let (setting, text) = (&report.setting, frame.text());
        let name = setting.unit.name.text(frame.language);
        let heading = fill(text.analysis.heading, &[("province", bare_name(name))]);
        let shown = period(setting.period, frame.language);
        let main = view! {
            {intro(report, frame, heading.clone())}
            {report.groups.iter().enumerate().map(|(at, group)| differences::differences(at, group, report, frame)).collect_view()}
            {(!report.groups.is_empty()).then(|| ranks::ranks(report, frame))}
            {report.series.as_ref().map(|found| series::series(found, report, frame))}
            {report.joined.as_ref().map(|found| joined(found, setting.k, frame))}
            {setting.release.is_some().then(|| alarms::alarms(report, frame))}
            {report.modelled.as_ref().map(|found| modelled::modelled(found, setting, frame))}
        };
        Page {
            title: fill(text.agency.title, &[("unit", &heading), ("period", &shown)]),
            area: Some(Area::Province),
            main: main.into_any(),
            foot: stamp::foot(setting, frame),
        }
    })
}

fn intro(report: &AnalysisReport, frame: &Frame, heading: String) -> AnyView {
    let (setting, text) = (&report.setting, frame.text());
    let body = if setting.release.is_some() {
        let says = report.groups.iter().map(|group| view! { <p class="say">{said(group, frame)}</p> });
        let warning = response_warning(setting, frame);
        view! {
            <div class="flow">{says.collect_view()} {warning}</div>
            <dl class="facts">{stamp::release(setting, frame)} {stamp::not_covered(frame, None)}</dl>
            {filter(report, frame)}
        }
        .into_any()
    } else {
        before_release(setting, frame)
    };
    let back = frame.here.carry(format!("/p/{}", setting.province_code), &KEPT).to_string();
    view! {
        <div class="intro">
            <div class="head">
                <h1>{heading}</h1>
                {under(setting, frame)}
                <p class="small"><a href=back>{text.analysis.back}</a></p>
            </div>
            {body}
        </div>
    }
    .into_any()
}

/// Parameters that the province page and its analysis have in common.
pub(super) const KEPT: [&str; 7] = ["period", "trust", "kind", "survey", "release", "as_of", "lang"];

/// Bands of self-selected answers mean something only among themselves.
fn response_warning(setting: &Setting, frame: &Frame) -> Option<AnyView> {
    let is_weak = setting.trust != domain::survey::Trust::Verified;
    is_weak.then(|| view! { <p class="soft">{frame.text().bands.self_selected}</p> }.into_any())
}

fn said(group: &KindAnalysis, frame: &Frame) -> String {
    let (text, kind) = (frame.text(), kind_name(group.kind, frame.text()));
    match &group.differences {
        Some(found) => {
            let numbers = [found.units.len(), group.units].map(|n| count(n as u64, frame.language));
            let [compared, all] = &numbers;
            let kind = lower_first(kind);
            fill(text.analysis.lead, &[("compared", compared), ("all", all), ("kind", &kind)])
        }
        None => fill(text.analysis.nobody, &[("kind", kind)]),
    }
}

fn filter(report: &AnalysisReport, frame: &Frame) -> AnyView {
    let (setting, text) = (&report.setting, frame.text());
    let mut offered = vec![choices::periods(setting, frame), choices::trusts(setting, frame)];
    offered.push(kinds_choice(report.kind, frame));
    offered.extend(choices::surveys(setting, frame));
    offered.extend(choices::releases(setting, frame));
    let shown = capitalize(&period(setting.period, frame.language));
    let level = lower_first(trust(setting.trust, text));
    let summary = fill(text.agency.change, &[("period", &shown), ("trust", &level)]);
    view! { <details class="screen"><summary>{summary}</summary>{choices::form(offered, frame)}</details> }
        .into_any()
}

/// A number of points with its sign: +3,4 or −2,0.
fn signed(points: f64, language: Language) -> String {
    let words = decimal(points, 1, language);
    if points >= 0.05 { format!("+{words}") } else { words }
}

fn seed(simulated: Simulated) -> String {
    simulated.seed.to_string()
}

/// Those that are not compared, on demand: they may be many.
fn not_compared(group: &KindAnalysis, setting: &Setting, frame: &Frame) -> Option<AnyView> {
    let n = count(group.left_out.len() as u64, frame.language);
    (!group.left_out.is_empty()).then(|| {
        view! {
            <details>
                <summary>{fill(frame.text().analysis.left_out, &[("n", &n)])}</summary>
                {left_out(&group.left_out, setting, frame)}
            </details>
        }
        .into_any()
    })
}

/// Units by why they are left out, named.
fn left_out(out: &[(UnitName, LeftOut)], setting: &Setting, frame: &Frame) -> AnyView {
    let text = &frame.text().analysis;
    let reasons = [
        (LeftOut::TooFew, text.left_few),
        (LeftOut::NoFigure, text.left_none),
        (LeftOut::Unanimous, text.left_unanimous),
        (LeftOut::Tied, text.left_tied),
    ];
    let said = reasons.into_iter().filter_map(|(reason, phrase)| {
        let units: Vec<&UnitName> =
            out.iter().filter(|(_, why)| *why == reason).map(|(unit, _)| unit).collect();
        (!units.is_empty()).then(|| named(phrase, &units, setting, frame))
    });
    said.collect_view().into_any()
}

/// A phrase whose place `{units}` is a list of links.
fn named(phrase: &'static str, units: &[&UnitName], setting: &Setting, frame: &Frame) -> AnyView {
    let (before, after) = phrase.split_once("{units}").unwrap_or((phrase, ""));
    let links = units.iter().enumerate().map(|(at, unit)| {
        let comma = if at == 0 { "" } else { ", " };
        view! { {comma} {unit_link(unit, setting, frame)} }
    });
    view! { <p class="small">{before} {links.collect_view()} {after}</p> }.into_any()
}
