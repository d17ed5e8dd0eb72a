//! Unit by unit: what there is, what is missing, how a total would be shared out.

use super::{not_shared, plain, rule_name};
use crate::console::frame::{Frame, section};
use crate::console::province::unit_link;
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::count;
use crate::parts::wording::kind as kind_name;
use domain::language::Language;
use domain::report::planner::{Leaving, PlanLine, PlannerReport};
use leptos::prelude::*;

/// The section.
pub(super) fn units(report: &PlannerReport, frame: &Frame) -> AnyView {
    let text = &frame.text().planner;
    let how = view! { <p>{text.units_how}</p> <p>{text.leaving_how}</p> };
    let body = view! { {answers(report, frame)} {sharing(report, frame)} };
    section("plan-units", text.units.into_any(), how.into_any(), body.into_any())
}

fn cell(n: Option<u64>, none: &'static str, language: Language) -> AnyView {
    match n {
        Some(n) => view! { <td class="n">{count(n, language)}</td> }.into_any(),
        None => view! { <td class="n why">{none}</td> }.into_any(),
    }
}

/// What is missing of what two units need to be told apart.
fn lacks(line: &PlanLine, needed: Option<u64>, frame: &Frame) -> AnyView {
    let text = &frame.text().planner;
    match needed.map(|needed| needed.saturating_sub(line.have)) {
        Some(0) => view! { <td class="n">{text.enough}</td> }.into_any(),
        lacking => cell(lacking, text.unknown, frame.language),
    }
}

fn leaving(line: &PlanLine, text: &ConsoleText, language: Language) -> AnyView {
    let text = &text.planner;
    let why = match line.leaving {
        Leaving::Answers(n) => return cell(Some(n), "", language),
        Leaving::NotCompared => text.not_compared,
        Leaving::Left => text.left,
        Leaving::Within => text.inside,
        Leaving::OutOfReach => text.out_of_reach,
    };
    cell(None, why, language)
}

fn answers(report: &PlannerReport, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let needed = report.needs.as_ref().and_then(|needs| needs.between_two);
    let rows = report.units.iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{unit_link(&line.unit, &report.setting, frame)}</th>
                {cell(Some(line.have), "", language)}
                {lacks(line, needed, frame)}
                {leaving(line, text, language)}
            </tr>
        }
    });
    view! {
        <table>
            <caption>{kind_name(report.plan.kind, text)}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.planner.unit_head}</th>
                    <th scope="col" class="n">{text.planner.have_head}</th>
                    <th scope="col" class="n">{text.planner.lacks_head}</th>
                    <th scope="col" class="n">{text.planner.leaving_head}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn sharing(report: &PlannerReport, frame: &Frame) -> AnyView {
    let (text, language, plan) = (frame.text(), frame.language, &report.plan);
    if let Some(why) = report.not_shared {
        return view! { <div class="notice"><p>{not_shared(why, frame)}</p></div> }.into_any();
    }
    let precise_head = fill(text.planner.precise_head, &[("precision", &plain(plan.precision, language))]);
    let rows = report.units.iter().map(|line| {
        let unknown = text.planner.unknown;
        view! {
            <tr>
                <th scope="row">{unit_link(&line.unit, &report.setting, frame)}</th>
                {cell(line.dossiers, unknown, language)}
                {cell(line.share, unknown, language)}
                {cell(line.precise.filter(|_| line.dossiers.is_some()), unknown, language)}
                {cell(line.yamane, unknown, language)}
            </tr>
        }
    });
    let heading = fill(text.planner.sharing, &[("total", &count(report.total, language))]);
    let least = plan.least.to_string();
    let how = fill(text.planner.sharing_how, &[("rule", rule_name(plan.sharing, frame)), ("least", &least)]);
    view! {
        <h3>{heading.clone()}</h3>
        <p>{how}</p>
        <table>
            <caption class="unseen">{heading.clone()}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.planner.unit_head}</th>
                    <th scope="col" class="n">{text.planner.dossiers_head}</th>
                    <th scope="col" class="n">{text.planner.share_head}</th>
                    <th scope="col" class="n">{precise_head}</th>
                    <th scope="col" class="n">{text.planner.yamane_head}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
