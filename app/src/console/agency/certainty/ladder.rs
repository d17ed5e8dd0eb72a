//! From answers to dossiers, step by step.

use super::missing;
use crate::console::breakdown::names;
use crate::console::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::{count, months, whole_percent};
use crate::parts::chart::axis::Axis;
use crate::parts::chart::interval::{IntervalChart, Row};
use crate::parts::chart::layout::Arrangement;
use crate::parts::chart::table::{FigureTable, TableRow};
use crate::parts::figure::plain_text;
use crate::parts::wording::kind;
use domain::reading::Reading;
use domain::report::certainty::{FieldLine, Ladder, Weighted};
use domain::report::{AgencyReport, PartName};
use leptos::prelude::*;

pub(super) fn ladder(found: &Ladder, year: i32, report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = &frame.text().certainty;
    view! {
        {says(found, report, frame)}
        <p>{text.ladder_why}</p>
        <figure>{chart(found, year, report, frame)}<figcaption>{text.ladder_caption}</figcaption></figure>
        {standard(found, report, frame)}
        {notes(found, frame)}
        {tables(found, report, frame)}
    }
    .into_any()
}

fn says(found: &Ladder, report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().certainty, frame.language);
    let weighted = match &found.weighted {
        Ok(weighted) => plain_text(&weighted.reading, report.setting.k, language),
        Err(why) => {
            let says = fill(text.weighted_unsaid, &[("why", &missing(*why, frame))]);
            return view! { <p>{says}</p> }.into_any();
        }
    };
    let divided = plain_text(&found.divided, report.setting.k, language);
    let says = fill(text.ladder_says, &[("weighted", &weighted), ("divided", &divided)]);
    view! { <p><b>{says}</b></p> }.into_any()
}

/// The steps that have a reading.
fn steps<'a>(found: &'a Ladder, frame: &Frame) -> Vec<(&'static str, &'a Reading)> {
    let text = &frame.text().certainty;
    let reading =
        |weighted: &'a Result<Weighted, _>| weighted.as_ref().ok().map(|weighted| &weighted.reading);
    let all = [
        (text.step_all, Some(&found.all)),
        (text.step_divided, Some(&found.divided)),
        (text.step_weighted, reading(&found.weighted)),
        (text.step_standard, reading(&found.standard)),
    ];
    all.into_iter().filter_map(|(name, reading)| Some((name, reading?))).collect()
}

fn chart(found: &Ladder, year: i32, report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().certainty, frame.language);
    let steps = steps(found, frame);
    let unit = report.setting.unit.name.text(language);
    let rows = steps.iter().map(|(name, reading)| Row {
        name: (*name).to_owned(),
        strong: false,
        reading: Some(reading),
    });
    IntervalChart {
        id: "ladder-chart".to_owned(),
        title: fill(text.ladder_title, &[("unit", unit), ("year", &year.to_string())]),
        rows: rows.collect(),
        arrangement: Arrangement::for_names(steps.iter().map(|(name, _)| *name)),
        axis: Axis::of(steps.iter().map(|(_, reading)| *reading)),
        peers: None,
        k: report.setting.k,
        language,
    }
    .draw()
}

/// What the common mix is, or why there is no figure with it.
fn standard(found: &Ladder, report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().certainty, frame.language);
    let kind = super::lower_first(kind(report.setting.unit.kind, frame.text()));
    let says = match &found.standard {
        Err(why) => fill(text.standard_unsaid, &[("kind", &kind), ("why", &missing(*why, frame))]),
        Ok(weighted) => {
            let percent = whole_percent(weighted.coverage, language);
            let covered = fill(text.standard_covered, &[("percent", &percent)]);
            fill(text.standard_says, &[("kind", &kind)]) + &covered
        }
    };
    view! { <p>{says}</p> }.into_any()
}

/// Coverage, what was pooled, cut, or is to be looked into.
fn notes(found: &Ladder, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().certainty, frame.language);
    let coverage = found.weighted.as_ref().ok().map(|weighted| {
        let (percent, span) =
            (whole_percent(weighted.coverage, language), months(found.months.0, found.months.1, language));
        fill(text.coverage, &[("percent", &percent), ("months", &span)])
    });
    let listed = |phrase: &str, fields: &[PartName]| {
        let names: Vec<String> = fields.iter().map(|name| names::plain(name, frame)).collect();
        (!names.is_empty()).then(|| fill(phrase, &[("fields", &names.join("; "))]))
    };
    let is_pooled = found.fields.iter().any(|line| line.name == PartName::Pooled);
    let unnamed = if is_pooled { text.pooled } else { text.unanswered };
    let capped: &[PartName] = found.weighted.as_ref().map_or(&[], |weighted| &weighted.capped);
    let exceeding: Vec<PartName> =
        found.fields.iter().filter(|line| line.exceeds).map(|line| line.name.clone()).collect();
    let notes = [
        coverage,
        listed(unnamed, &found.unnamed),
        listed(text.capped, capped),
        listed(text.exceeds, &exceeding),
    ];
    let lines = notes.into_iter().flatten().map(|note| view! { <li>{note}</li> });
    view! { <ul class="points">{lines.collect_view()}</ul> }.into_any()
}

fn tables(found: &Ladder, report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let rows = steps(found, frame).into_iter().map(|(name, reading)| TableRow {
        name: name.into_any(),
        class: "",
        reading,
    });
    let steps = FigureTable {
        caption: text.certainty.ladder_table.to_owned(),
        what: text.certainty.step_head,
        figures: text.figure.index_head,
        detailed: false,
        k: report.setting.k,
        language: frame.language,
        rows: rows.collect(),
    };
    let lines = found.fields.iter().map(|line| field(line, frame));
    let summary = |what: &str| fill(text.figure.table, &[("what", what)]);
    view! {
        <div>
            <details><summary>{summary(text.certainty.ladder_table)}</summary>{steps.draw()}</details>
            <details>
                <summary>{summary(text.certainty.fields_table)}</summary>
                <table>
                    <caption class="unseen">{text.certainty.fields_table}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text.certainty.field_head}</th>
                            <th scope="col" class="n">{text.certainty.answers_head}</th>
                            <th scope="col" class="n">{text.certainty.dossiers_head}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </details>
        </div>
    }
    .into_any()
}

fn field(line: &FieldLine, frame: &Frame) -> AnyView {
    let language = frame.language;
    let cell = |n: u64, percent: f64| {
        let percent = format!("({})", whole_percent(percent, language));
        view! { <td class="n"><span class="num">{count(n, language)}</span> " " <span class="num i">{percent}</span></td> }
    };
    view! {
        <tr>
            <th scope="row">{names::part(&line.name, frame)}</th>
            {cell(line.answers, line.answers_percent)}
            {cell(line.dossiers, line.dossiers_percent)}
        </tr>
    }
    .into_any()
}
