//! What changed of each unit, all of them judged together.

use super::{lower_first, unit_link};
use crate::console::changed::{cell, span, trend, word};
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use domain::report::{ProvinceReport, Trend, UnitLine};
use leptos::prelude::*;

/// The section; nothing where no unit has figures of both years.
pub(super) fn changes(report: &ProvinceReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let lines: Vec<&UnitLine> = report.groups.iter().flat_map(|group| &group.units).collect();
    if lines.iter().all(|line| line.change.is_none()) {
        return None;
    }
    let then = span(report.then?, frame.language);
    let of = |wanted: Trend| {
        let is_so = move |line: &&&UnitLine| line.change.is_some_and(|change| change.trend == wanted);
        lines.iter().filter(is_so).copied().collect::<Vec<_>>()
    };
    let (up, down, even) = (of(Trend::Up), of(Trend::Down), of(Trend::Even));
    let numbers =
        [up.len() + down.len() + even.len(), up.len(), down.len(), even.len()].map(|n| n.to_string());
    let [all, ups, downs, evens] = &numbers;
    let values = [("n", all.as_str()), ("up", ups), ("down", downs), ("even", evens)];
    let heading = fill(text.change.province_heading, &[("then", &then)]);
    let body = view! {
        <p class="say">{fill(text.change.province_says, &values)}</p>
        {listed(Trend::Up, &up, report, frame)}
        {listed(Trend::Down, &down, report, frame)}
        {table(&heading, &lines, report, frame)}
    };
    let how = view! { <p>{text.change.province_how}</p> };
    Some(section("changes", heading.clone().into_any(), how.into_any(), body.into_any()))
}

fn listed(of: Trend, lines: &[&UnitLine], report: &ProvinceReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let units = lines.iter().enumerate().map(|(at, line)| {
        let before = if at == 0 { "" } else { ", " };
        view! { {before} {unit_link(&line.unit, &report.setting, frame)} }
    });
    let word = fill(text.change.province_listed, &[("word", trend(of, text))]);
    (!lines.is_empty()).then(|| view! { <p><b>{word}</b> {units.collect_view()} "."</p> }.into_any())
}

fn table(heading: &str, lines: &[&UnitLine], report: &ProvinceReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let rows = lines.iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{unit_link(&line.unit, &report.setting, frame)}</th>
                <td>{word(line.change.as_ref(), text)}</td>
                {cell(line.change.as_ref(), frame)}
            </tr>
        }
    });
    let what = fill(text.figure.table, &[("what", &lower_first(text.change.province_table))]);
    view! {
        <details>
            <summary>{what}</summary>
            <table>
                <caption class="unseen">{heading.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.change.unit_head}</th>
                        <th scope="col">{text.change.word_head}</th>
                        <th scope="col" class="n">{text.change.change_head}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
