//! Why: the factors, the two sides, the items.

use super::lower_first;
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::period;
use crate::parts::chart::axis::Axis;
use crate::parts::chart::interval::{IntervalChart, Row};
use crate::parts::chart::layout::Arrangement;
use crate::parts::chart::table::{FigureTable, TableRow};
use crate::parts::figure::key;
use crate::parts::wording::{spoken, trust};
use domain::reading::Reading;
use domain::report::{AgencyReport, NodeLine};
use leptos::prelude::*;

/// Index and factors.
pub(super) fn why(report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let lines: Vec<&NodeLine> = report.nodes.iter().filter(|node| node.depth <= 1).collect();
    let how = view! { <p>{text.agency.why_how}</p> }.into_any();
    if lines.is_empty() {
        let body = view! { <div class="notice"><p>{text.agency.no_nodes}</p></div> }.into_any();
        return section("why", text.agency.why.into_any(), how, body);
    }
    let level = lower_first(trust(report.setting.trust, text));
    let title = fill(text.agency.why_title, &about(report, frame).each());
    let caption = fill(text.agency.why_caption, &[("trust", &level)]);
    let what = Table {
        caption: title.clone(),
        summary: text.agency.factors.to_owned(),
        head: text.agency.factor_head,
    };
    let body = view! {
        <figure>{chart("factors", title, &lines, report, frame)}<figcaption>{caption}</figcaption></figure>
        {key(text)}
        {table(what, false, &lines, report, frame)}
    };
    section("why", text.agency.why.into_any(), how, body.into_any())
}

/// About the agency, about the counter.
pub(super) fn sides(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let lines: Vec<&NodeLine> = report.sides.iter().collect();
    if lines.is_empty() {
        return None;
    }
    let title = text.agency.sides_title.to_owned();
    let what = Table {
        caption: title.clone(),
        summary: text.agency.sides_table.to_owned(),
        head: text.agency.part_head,
    };
    let body = view! {
        <figure>
            {chart("parts", title, &lines, report, frame)}
            <figcaption>{super::weakest::gap(report, frame)} {text.agency.sides_caption}</figcaption>
        </figure>
        {table(what, false, &lines, report, frame)}
    };
    let how = view! { <p>{text.agency.sides_how}</p> };
    Some(section("sides", text.agency.sides.into_any(), how.into_any(), body.into_any()))
}

/// The items by factor.
pub(super) fn items(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let count = report.nodes.iter().filter(|node| node.depth >= 2).count().to_string();
    if count == "0" {
        return None;
    }
    let about = about(report, frame);
    let title =
        fill(text.agency.items_title, &[("count", &count), ("unit", &about.unit), ("period", &about.period)]);
    let summary = fill(text.agency.items_table, &[("count", &count)]);
    let lines: Vec<&NodeLine> = report.nodes.iter().collect();
    let what = Table { caption: title.clone(), summary, head: text.agency.item_head };
    let body = view! {
        <figure>
            {items_chart(title, report, frame)}
            <figcaption>{fill(text.agency.items_caption, &[("count", &count)])}</figcaption>
        </figure>
        {table(what, true, &lines, report, frame)}
    };
    let how = view! { <p>{text.agency.items_how}</p> };
    Some(section("items", text.agency.items.into_any(), how.into_any(), body.into_any()))
}

struct About {
    unit: String,
    period: String,
}

impl About {
    fn each(&self) -> [(&'static str, &str); 2] {
        [("unit", &self.unit), ("period", &self.period)]
    }
}

fn about(report: &AgencyReport, frame: &Frame) -> About {
    About {
        unit: report.setting.unit.name.text(frame.language).to_owned(),
        period: period(report.setting.period, frame.language),
    }
}

fn chart(id: &str, title: String, lines: &[&NodeLine], report: &AgencyReport, frame: &Frame) -> AnyView {
    let language = frame.language;
    let arrangement = Arrangement::for_names(lines.iter().map(|line| line.name.text(language)));
    let rows = lines.iter().map(|line| Row {
        name: line.name.text(language).to_owned(),
        strong: line.depth == 0,
        reading: Some(&line.reading),
    });
    IntervalChart {
        id: id.to_owned(),
        title,
        rows: rows.collect(),
        arrangement,
        axis: Axis::of(lines.iter().map(|line| &line.reading)),
        peers: None,
        k: report.setting.k,
        language,
    }
    .draw()
}

fn items_chart(title: String, report: &AgencyReport, frame: &Frame) -> AnyView {
    let language = frame.language;
    let rows = report.nodes.iter().filter(|node| node.depth >= 1).map(|node| Row {
        name: node.name.text(language).to_owned(),
        strong: node.depth == 1,
        reading: (node.depth >= 2).then_some(&node.reading),
    });
    let items = report.nodes.iter().filter(|node| node.depth >= 2);
    let lows = items.filter_map(|node| node.reading.figure()).map(|figure| figure.low);
    IntervalChart {
        id: "items-chart".to_owned(),
        title,
        rows: rows.collect(),
        arrangement: Arrangement::for_lows(lows),
        axis: Axis::FromZero,
        peers: None,
        k: report.setting.k,
        language,
    }
    .draw()
}

struct Table {
    caption: String,
    summary: String,
    head: &'static str,
}

fn table(what: Table, detailed: bool, lines: &[&NodeLine], report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let rows = lines.iter().map(|line| TableRow {
        name: spoken(&line.name, frame.language),
        class: match line.depth {
            0 => "sum",
            1 if detailed => "sum",
            1 => "",
            _ => "sub",
        },
        reading: &line.reading,
    });
    let drawn = FigureTable {
        caption: what.caption,
        what: what.head,
        figures: text.figure.index_head,
        detailed,
        k: report.setting.k,
        language: frame.language,
        rows: rows.collect(),
    };
    let summary = fill(text.figure.table, &[("what", &what.summary)]);
    view! { <details><summary>{summary}</summary>{drawn.draw()}</details> }.into_any()
}

/// The reading of the whole, of the level of trust that is shown.
pub(super) fn whole(report: &AgencyReport) -> Option<&Reading> {
    report.nodes.iter().find(|node| node.depth == 0).map(|node| &node.reading)
}
