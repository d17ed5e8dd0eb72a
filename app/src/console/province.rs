//! The province page: one row a unit, its interval in view, bands as statistics, no places.

mod analysis;
mod bands;
mod changes;
mod groups;

use super::agency::{before_release, lower_first, under, without};
use super::choices::{self, Choice};
use super::frame::{Area, Frame, Page, document};
use super::{response, stamp, told};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, date, machine_date, period};
use crate::parts::figure::Mark;
use crate::parts::wording::{kind, spoken, trust};
use domain::report::{Order, ProvinceReport, Setting, TrustLine, UnitName};
use domain::unit::UnitKind;
use leptos::prelude::*;

pub use analysis::render_analysis;

/// The orders that `?sort=` offers.
pub const ORDERS: [Order; 3] = [Order::Official, Order::ByIndex, Order::ByName];

/// The word of an order in `?sort=`.
#[must_use]
pub const fn order_word(order: Order) -> &'static str {
    match order {
        Order::Official => "official",
        Order::ByIndex => "index",
        Order::ByName => "name",
    }
}

/// The province page as a document.
#[must_use]
pub fn render_province(report: &ProvinceReport, frame: &Frame) -> String {
    document(frame, || {
        let setting = &report.setting;
        let text = frame.text();
        let name = setting.unit.name.text(frame.language);
        let heading = fill(text.province.heading, &[("province", bare_name(name))]);
        let shown = period(setting.period, frame.language);
        let released = setting.release.is_some();
        let main = view! {
            {intro(report, frame, heading.clone())}
            {released.then(|| bands::by_band(report, frame))}
            {released.then(|| groups::groups(report, frame))}
            {released.then(|| changes::changes(report, frame))}
            {without(&report.without, setting.k, frame)}
        };
        Page {
            title: fill(text.agency.title, &[("unit", &heading), ("period", &shown)]),
            area: Some(Area::Province),
            main: main.into_any(),
            foot: stamp::foot(setting, frame),
        }
    })
}

/// "Tỉnh Cà Mau" is "Toàn tỉnh Cà Mau" in a heading.
fn bare_name(name: &str) -> &str {
    name.strip_prefix("Tỉnh ").unwrap_or(name)
}

fn intro(report: &ProvinceReport, frame: &Frame, heading: String) -> AnyView {
    let setting = &report.setting;
    let body = if setting.release.is_some() {
        view! {
            {told::told(&report.told, setting.k, frame)}
            <div class="flow">{bands::summary(report, frame)} {field_shown(report, frame)}</div>
            <dl class="facts">
                {stamp::release(setting, frame)}
                {shown_units(report, frame)}
                {response::fact(told_of(report), frame)}
                {response::coverage(report.coverage, frame)}
                {stamp::not_covered(frame, None)}
            </dl>
            {filter(report, frame)}
            {further(setting, frame)}
            {by_chance(report, frame)}
            {units_of_day(report, frame)}
        }
        .into_any()
    } else {
        before_release(setting, frame)
    };
    view! {
        <div class="intro">
            <div class="head"><h1>{heading}</h1>{under(setting, frame)}</div>
            {body}
        </div>
    }
    .into_any()
}

/// The pages that say more of the same figures.
fn further(setting: &Setting, frame: &Frame) -> AnyView {
    let text = frame.text();
    let analysis = format!("/p/{}/analysis", setting.province_code);
    let analysis = frame.here.carry(analysis, &analysis::KEPT).to_string();
    let planner = frame.here.carry("/planner", &analysis::KEPT).to_string();
    view! {
        <ul class="beside further">
            <li><a href=analysis>{text.analysis.link}</a></li>
            <li><a href=planner>{text.planner.link}</a></li>
        </ul>
    }
    .into_any()
}

/// An order by value invites a reading that the figures do not bear.
fn by_chance(report: &ProvinceReport, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().province;
    (report.order == Order::ByIndex).then(|| {
        view! { <div class="notice"><p><b>{text.by_chance}</b> " " {text.by_chance_why}</p></div> }.into_any()
    })
}

/// The line of the level whose details are shown.
fn told_of(report: &ProvinceReport) -> Option<&TrustLine> {
    report.told.iter().find(|line| line.mixture.is_none() && line.trust == report.setting.trust)
}

/// A field narrows the rows below, not the sentences above.
fn field_shown(report: &ProvinceReport, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().bands;
    let name = report.field_name()?.text(frame.language);
    let says = fill(text.field_shown, &[("field", name)]);
    Some(view! { <p><b>{says}</b> " " {text.field_how} " " {text.no_field}</p> }.into_any())
}

/// Says when units are missing from the list because of its day, and when the day was chosen.
fn units_of_day(report: &ProvinceReport, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().bands;
    let day = date(report.as_of, frame.language);
    let missing: usize = report.groups.iter().map(|group| group.elsewhere).sum();
    let is_chosen = frame.here.query.iter().any(|(name, value)| name == "as_of" && !value.is_empty());
    if missing == 0 && !is_chosen {
        return None;
    }
    let says = fill(text.elsewhere, &[("n", &missing.to_string()), ("date", &day)]);
    let says = (missing > 0).then_some(says);
    let other = if is_chosen {
        view! { <a href=frame.here.without(&["as_of"]).to_string()>{text.as_now}</a> }.into_any()
    } else {
        let began = fill(text.as_they_were, &[("date", &date(report.began, frame.language))]);
        view! { <a href=frame.here.with("as_of", &machine_date(report.began)).to_string()>{began}</a> }
            .into_any()
    };
    let heading = fill(text.as_of, &[("date", &day)]);
    Some(view! { <div class="notice"><p><b>{heading}</b> ". " {says} {other}</p></div> }.into_any())
}

fn shown_units(report: &ProvinceReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let marks: Vec<Mark> =
        report.groups.iter().flat_map(|group| &group.units).map(|unit| Mark::of(&unit.headline)).collect();
    let count = |of: &[Mark]| marks.iter().filter(|mark| of.contains(mark)).count().to_string();
    let (withheld, few) = (count(&[Mark::Withheld]), count(&[Mark::Few, Mark::Indicative]));
    let shown = count(&[Mark::Plain, Mark::Few, Mark::Indicative]);
    let value = fill(text.province.units_value, &[("shown", &shown), ("all", &marks.len().to_string())]);
    let why = fill(text.province.units_why, &[("few", &few), ("withheld", &withheld)]);
    view! { <div><dt>{text.province.units}</dt><dd>{value} " " <span>{why}</span></dd></div> }.into_any()
}

fn filter(report: &ProvinceReport, frame: &Frame) -> AnyView {
    let (setting, text) = (&report.setting, frame.text());
    let mut offered = vec![choices::periods(setting, frame), choices::trusts(setting, frame)];
    offered.push(kinds_choice(report.kind, frame));
    offered.extend(fields(report, frame));
    offered.push(orders(report, frame));
    offered.extend(choices::surveys(setting, frame));
    offered.extend(choices::releases(setting, frame));
    let shown = capitalize(&period(setting.period, frame.language));
    let level = lower_first(trust(setting.trust, text));
    let summary = fill(text.agency.change, &[("period", &shown), ("trust", &level)]);
    view! {
        <details class="screen">
            <summary>{summary}</summary>
            {choices::form(offered, frame)}
        </details>
    }
    .into_any()
}

pub(super) fn kinds_choice(chosen: Option<UnitKind>, frame: &Frame) -> Choice {
    let text = frame.text();
    let all = (String::new(), text.province.all_kinds.to_owned(), chosen.is_none());
    let each = [UnitKind::Commune, UnitKind::Department]
        .map(|of| (of.code().to_owned(), kind(of, text).to_owned(), chosen == Some(of)));
    let options = std::iter::once(all).chain(each).collect();
    Choice { name: "kind", label: text.province.pick_kind, options }
}

/// The fields of the published breakdowns; nothing to choose from where none was cut.
fn fields(report: &ProvinceReport, frame: &Frame) -> Option<Choice> {
    let text = &frame.text().bands;
    let all = (String::new(), text.all_fields.to_owned(), report.field.is_none());
    let each = report.fields.iter().map(|(code, name)| {
        (code.clone(), name.text(frame.language).to_owned(), report.field.as_ref() == Some(code))
    });
    let options: Vec<_> = std::iter::once(all).chain(each).collect();
    (options.len() > 1).then_some(Choice { name: "field", label: text.pick_field, options })
}

fn orders(report: &ProvinceReport, frame: &Frame) -> Choice {
    let text = &frame.text().province;
    let options = ORDERS.map(|order| {
        let words = match order {
            Order::Official => text.order_official,
            Order::ByIndex => text.order_index,
            Order::ByName => text.order_name,
        };
        (order_word(order).to_owned(), words.to_owned(), report.order == order)
    });
    Choice { name: "sort", label: text.pick_order, options: options.into() }
}

/// The address of a unit's page, where the reader may open it.
pub(super) fn link_to(unit: &UnitName, setting: &Setting, frame: &Frame) -> Option<String> {
    let here = frame.here.with("period", &setting.period.to_string()).with("trust", setting.trust.code());
    let kept = ["period", "trust", "survey", "release", "lang"];
    unit.may_open.then(|| here.carry(format!("/a/{}", unit.code), &kept).to_string())
}

/// The name of a unit, as a link where the reader may open its page.
pub(super) fn unit_link(unit: &UnitName, setting: &Setting, frame: &Frame) -> AnyView {
    let name = spoken(&unit.name, frame.language);
    match link_to(unit, setting, frame) {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name,
    }
}
