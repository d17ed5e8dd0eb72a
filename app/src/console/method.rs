//! The method page: what is asked, how it is computed, how anonymity works and where it ends.

mod computed;

use super::frame::{Area, Frame, Page, document, section};
use crate::i18n::console::fill;
use crate::i18n::format::{date, decimal};
use crate::parts::wording::{definition, spoken, trust};
use domain::language::Words;
use domain::report::ReleaseStamp;
use domain::survey::Trust;
use leptos::prelude::*;

/// The method page.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// Title of the question set.
    pub instrument: Words,
    /// Its version.
    pub instrument_version: u32,
    /// How many items its headline is made of.
    pub items: u32,
    /// The factors of the headline with their weights.
    pub weights: Vec<Weight>,
    /// Code of the index definition.
    pub definition: String,
    /// Smallest number of respondents.
    pub k: u32,
    /// Whether a survey asks it already; before the first one the page speaks of the set that is in place.
    pub opened: bool,
    /// The latest release.
    pub release: Option<ReleaseStamp>,
    /// Version of the software.
    pub product_version: String,
}

/// A factor with its weight in the headline.
#[derive(Debug, Clone, PartialEq)]
pub struct Weight {
    /// Name of the factor.
    pub name: Words,
    /// Weight.
    pub weight: f64,
}

/// The method page as a document.
#[must_use]
pub fn render_method(page: &Method, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().method;
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{text.title}</h1></div>
                <p class="say">{text.lead}</p>
                {(!page.opened).then(|| view! { <div class="notice"><p>{text.not_opened}</p></div> })}
            </div>
            {asked(page, frame)}
            {index(page, frame)}
            {interval(frame)}
            {thresholds(page, frame)}
            {comparisons(frame)}
            {computed::computed(page, frame)}
            {trusts(frame)}
            {anonymity(page, frame)}
            {limits(frame)}
            {releases(page, frame)}
        };
        Page { title: text.title.to_owned(), area: Some(Area::Method), main: main.into_any(), foot: None }
    })
}

fn plain(id: &'static str, heading: &'static str, body: AnyView) -> AnyView {
    section(id, heading.into_any(), ().into_any(), body)
}

fn comparisons(frame: &Frame) -> AnyView {
    let text = &frame.text().bands;
    let body = view! {
        <p>{text.method_bands}</p>
        <p class="formula">{text.method_formula}</p>
        <p>{text.method_variance}</p>
        <p>{text.method_change}</p>
    };
    plain("comparisons", text.method, body.into_any())
}

fn asked(page: &Method, frame: &Frame) -> AnyView {
    let text = &frame.text().method;
    let (version, items) = (page.instrument_version.to_string(), page.items.to_string());
    let instrument = page.instrument.text(frame.language);
    let values = [("instrument", instrument), ("version", &version), ("items", &items)];
    let body = view! {
        <p>{fill(text.asked_who, &values)}</p>
        <p>{text.asked_scale}</p>
        <p>{text.asked_facts}</p>
        <p>{text.asked_not_sipas}</p>
    };
    plain("asked", text.asked, body.into_any())
}

fn index(page: &Method, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().method, frame.language);
    let rows = page.weights.iter().map(|weight| {
        let whole = weight.weight.fract() == 0.0;
        let number = decimal(weight.weight, usize::from(!whole) * 2, language);
        view! { <tr><th scope="row">{spoken(&weight.name, language)}</th><td class="n">{number}</td></tr> }
    });
    let weights = (!page.weights.is_empty()).then(|| {
        view! {
            <table class="small">
                <caption class="unseen">{text.weight_head}</caption>
                <thead>
                    <tr><th scope="col">{text.factor_head}</th><th scope="col" class="n">{text.weight_head}</th></tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
    });
    let body = view! {
        <p>{text.index_share}</p>
        <p>{text.index_composite}</p>
        {weights}
        <p class="formula">{text.index_formula}</p>
        <p>{text.index_score}</p>
        <p>{text.index_apart}</p>
    };
    plain("index", text.index, body.into_any())
}

fn interval(frame: &Frame) -> AnyView {
    let text = &frame.text().method;
    let body = view! {
        <p>{text.interval_unit}</p>
        <p class="formula">{text.interval_wilson}</p>
        <p>{text.interval_floor}</p>
        <p>{text.interval_not}</p>
        <p>{text.interval_response}</p>
    };
    plain("interval", text.interval, body.into_any())
}

fn thresholds(page: &Method, frame: &Frame) -> AnyView {
    let text = &frame.text().method;
    let k = page.k.to_string();
    let rows = [
        (text.threshold_under, text.threshold_under_why),
        (text.threshold_low, text.threshold_low_why),
        (text.threshold_middle, text.threshold_middle_why),
        (text.threshold_full, text.threshold_full_why),
    ]
    .map(|(n, why)| {
        let (n, why) = (fill(n, &[("k", &k)]), fill(why, &[("k", &k)]));
        view! { <tr><th scope="row">{n}</th><td>{why}</td></tr> }
    });
    let body = view! {
        <table>
            <caption class="unseen">{text.thresholds}</caption>
            <thead>
                <tr><th scope="col">{text.threshold_head}</th><th scope="col">{text.threshold_shown}</th></tr>
            </thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
        <p>{text.threshold_all}</p>
    };
    plain("thresholds", text.thresholds, body.into_any())
}

fn trusts(frame: &Frame) -> AnyView {
    let text = frame.text();
    let terms = Trust::ALL.iter().map(|level| {
        let why = match level {
            Trust::Verified => text.method.trust_verified,
            Trust::UnitIssued => text.method.trust_unit,
            Trust::Open => text.method.trust_open,
            Trust::Kiosk => text.method.trust_kiosk,
        };
        view! { <dt>{trust(*level, text)}</dt><dd>{why}</dd> }
    });
    let body = view! { <p>{text.method.trust_never}</p><dl class="terms">{terms.collect_view()}</dl> };
    plain("trust", text.method.trust, body.into_any())
}

fn anonymity(page: &Method, frame: &Frame) -> AnyView {
    let text = &frame.text().method;
    let k = page.k.to_string();
    let steps = [
        text.anonymity_1,
        text.anonymity_2,
        text.anonymity_3,
        text.anonymity_4,
        text.anonymity_5,
        text.anonymity_6,
    ]
    .map(|step| view! { <li>{fill(step, &[("k", &k)])}</li> });
    let body = view! { <ol class="steps">{steps.into_iter().collect_view()}</ol> };
    plain("anonymity", text.anonymity, body.into_any())
}

fn limits(frame: &Frame) -> AnyView {
    let text = &frame.text().method;
    let limits = [
        text.limits_root,
        text.limits_network,
        text.limits_nine,
        text.limits_unanimous,
        text.limits_small,
        text.limits_self,
    ]
    .map(|limit| view! { <li>{limit}</li> });
    let body = view! { <ul class="steps">{limits.into_iter().collect_view()}</ul> };
    plain("limits", text.limits, body.into_any())
}

fn releases(page: &Method, frame: &Frame) -> AnyView {
    let text = &frame.text().method;
    let latest = page.release.as_ref().map(|stamp| {
        let number = stamp.number.to_string();
        let dated = date(stamp.dated, frame.language);
        let values = [("number", number.as_str()), ("date", &dated), ("head", &stamp.head)];
        view! { <p>{fill(text.releases_latest, &values)}</p> }
    });
    let version = page.instrument_version.to_string();
    let values = [
        ("instrument", version.as_str()),
        ("definition", definition(&page.definition, frame.text())),
        ("product", &page.product_version),
    ];
    let body = view! {
        <p>{text.releases_why}</p>
        <p>{text.releases_when}</p>
        {latest}
        <p>{fill(text.versions, &values)}</p>
    };
    plain("releases", text.releases, body.into_any())
}
