//! One family of the cuts of a period: a sentence, a chart, a table, and what "other" means.

pub(super) mod names;
mod terms;

use super::agency::{lower_first, under};
use super::choices;
use super::crumbs::crumbs;
use super::frame::{Area, Frame, Page, document, section};
use super::stamp;
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, count, period};
use crate::parts::chart::axis::Axis;
use crate::parts::chart::interval::{IntervalChart, Row};
use crate::parts::chart::layout::Arrangement;
use crate::parts::chart::table::{FigureTable, TableRow};
use crate::parts::figure::key;
use crate::parts::wording::{answers, spoken, trust};
use domain::family::Family;
use domain::reading::Reading;
use domain::report::{BreakdownReport, PartName};
use leptos::prelude::*;
use names::{family, part};

/// A page of breakdowns as a document.
#[must_use]
pub fn render_breakdown(report: &BreakdownReport, frame: &Frame) -> String {
    document(frame, || {
        let (text, setting) = (frame.text(), &report.setting);
        let unit = setting.unit.name.text(frame.language);
        let name = lower_first(family(report.family, text));
        let shown = period(setting.period, frame.language);
        let values = [("unit", unit), ("family", name.as_str()), ("period", shown.as_str())];
        let main = view! {
            {intro(report, frame)}
            {(!report.parts.is_empty()).then(|| parts(report, frame))}
            {branch(report, frame)}
            {(!report.families.is_empty()).then(|| terms::terms(report, frame))}
        };
        Page {
            title: fill(text.breakdown.title, &values),
            area: Some(if report.is_province { Area::Province } else { Area::Unit }),
            main: main.into_any(),
            foot: stamp::foot(setting, frame),
        }
    })
}

fn intro(report: &BreakdownReport, frame: &Frame) -> AnyView {
    let (text, setting) = (frame.text(), &report.setting);
    let heading = fill(text.breakdown.heading, &[("family", &lower_first(family(report.family, text)))]);
    view! {
        <div class="intro">
            <div class="head">
                {crumbs(setting, Some(&setting.unit), frame)}
                <h1>{heading}</h1>
                {under(setting, frame)}
            </div>
            {told(report, frame)}
            {chips(report, frame)}
            {change(report, frame)}
        </div>
    }
    .into_any()
}

fn told(report: &BreakdownReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().breakdown, frame.language);
    if report.parts.is_empty() {
        let name = lower_first(family(report.family, frame.text()));
        let says = if report.families.is_empty() {
            text.nothing.to_owned()
        } else {
            fill(text.nothing_family, &[("family", &name)])
        };
        return view! {
            <div class="told">
                <p class="lead">{says}</p>
                <div class="notice ok"><p>{text.nothing_why}</p></div>
            </div>
        }
        .into_any();
    }
    let divided = fill(text.lead, &[("answers", &answers(report.setting.trust, report.divided, language))]);
    let number = fill(text.lead_parts, &[("parts", &report.parts.len().to_string())]);
    let rest = report.everybody.saturating_sub(report.divided);
    let of = if rest == 0 {
        text.lead_all.to_owned()
    } else {
        let values = [("everybody", count(report.everybody, language)), ("rest", count(rest, language))];
        fill(text.lead_of, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let pairs = report.pairs.map(|pairs| {
        let values = [("compared", pairs.compared.to_string()), ("distinct", pairs.distinct.to_string())];
        let phrase = if pairs.distinct == 0 { text.pairs_none } else { text.pairs_some };
        fill(phrase, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    view! {
        <div class="told">
            <p class="lead">{divided}<b>{number}</b>{text.lead_end}{pairs}</p>
            <ul class="beside"><li>{of.trim_start().to_owned()}</li></ul>
        </div>
    }
    .into_any()
}

/// The families that have parts; the one shown is among them even where it has none.
fn chips(report: &BreakdownReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let has = |of: &&Family| report.families.contains(of) || **of == report.family;
    let shown: Vec<Family> = Family::ALL.iter().filter(has).copied().collect();
    let links = shown.iter().map(|of| {
        let href = frame.here.with("by", of.code()).to_string();
        let here = (*of == report.family).then_some("page");
        view! { <li><a href=href aria-current=here>{family(*of, text)}</a></li> }
    });
    (!report.families.is_empty()).then(|| {
        view! {
            <nav class="screen" aria-label=text.breakdown.by><ul class="chips">{links.collect_view()}</ul></nav>
        }
        .into_any()
    })
}

fn change(report: &BreakdownReport, frame: &Frame) -> AnyView {
    let (text, setting) = (frame.text(), &report.setting);
    let shown = capitalize(&period(setting.period, frame.language));
    let level = lower_first(trust(setting.trust, text));
    let summary = fill(text.agency.change, &[("period", &shown), ("trust", &level)]);
    let mut offered = vec![choices::periods(setting, frame), choices::trusts(setting, frame)];
    offered.extend(choices::releases(setting, frame));
    offered.extend(choices::surveys(setting, frame));
    view! { <details class="screen"><summary>{summary}</summary>{choices::form(offered, frame)}</details> }
        .into_any()
}

fn parts(report: &BreakdownReport, frame: &Frame) -> AnyView {
    let (text, language, setting) = (frame.text(), frame.language, &report.setting);
    let named = lower_first(family(report.family, text));
    let shown = period(setting.period, language);
    let values =
        [("family", named.as_str()), ("unit", setting.unit.name.text(language)), ("period", shown.as_str())];
    let title = fill(text.breakdown.chart_title, &values);
    let level = lower_first(trust(setting.trust, text));
    let rows = report.parts.iter().map(|line| TableRow {
        name: part(&line.name, frame),
        class: "",
        reading: &line.headline,
    });
    let total = TableRow { name: text.breakdown.whole.into_any(), class: "sum", reading: &report.whole };
    let table = FigureTable {
        caption: title.clone(),
        what: family(report.family, text),
        figures: text.figure.index_head,
        detailed: false,
        k: setting.k,
        language,
        rows: rows.chain([total]).collect(),
    };
    let body = view! {
        <figure>
            {chart(title, report, frame)}
            <figcaption>{fill(text.breakdown.chart_caption, &[("trust", &level)])}</figcaption>
        </figure>
        {key(text)}
        {table.draw()}
    };
    let heading = fill(text.breakdown.parts_heading, &[("parts", &report.parts.len().to_string())]);
    let how = view! { <p>{text.breakdown.parts_how}</p> };
    section("parts", heading.into_any(), how.into_any(), body.into_any())
}

fn chart(title: String, report: &BreakdownReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let whole = Row { name: text.breakdown.whole.to_owned(), strong: true, reading: Some(&report.whole) };
    let rows = report.parts.iter().map(|line| Row {
        name: names::plain(&line.name, frame),
        strong: false,
        reading: Some(&line.headline),
    });
    let rows: Vec<Row<'_>> = std::iter::once(whole).chain(rows).collect();
    let readings: Vec<&Reading> = rows.iter().filter_map(|row| row.reading).collect();
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    IntervalChart {
        id: "parts-chart".to_owned(),
        title,
        arrangement: Arrangement::for_names(names.iter().map(String::as_str)),
        axis: Axis::of(readings),
        rows,
        peers: None,
        k: report.setting.k,
        language: frame.language,
    }
    .draw()
}

/// The complaint branch, of the people who complained.
fn branch(report: &BreakdownReport, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let asked = report.parts.iter().find(|line| !line.branch.is_empty() && line.name != PartName::Pooled)?;
    let rows = asked.branch.iter().map(|(name, reading)| TableRow {
        name: spoken(name, frame.language),
        class: "",
        reading,
    });
    let table = FigureTable {
        caption: text.breakdown.branch.to_owned(),
        what: text.breakdown.branch_head,
        figures: text.figure.index_head,
        detailed: false,
        k: report.setting.k,
        language: frame.language,
        rows: rows.collect(),
    };
    let how = view! { <p>{text.breakdown.branch_how}</p> };
    Some(section("branch", text.breakdown.branch.into_any(), how.into_any(), table.draw()))
}
