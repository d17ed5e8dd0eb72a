//! What is computed beyond an index and its interval.

use super::{Method, plain};
use crate::console::frame::Frame;
use crate::i18n::console::fill;
use leptos::prelude::*;

/// Digits of the hash that make the seed.
const DIGITS: usize = 8;

/// The sections.
pub(super) fn computed(page: &Method, frame: &Frame) -> AnyView {
    view! {
        {together(frame)}
        {in_time(frame)}
        {modelled(page, frame)}
        {open(frame)}
        {planner(frame)}
        {not_covered(frame)}
        {seeds(page, frame)}
    }
    .into_any()
}

fn together(frame: &Frame) -> AnyView {
    let text = &frame.text().computed;
    let differences = view! {
        <p>{text.simultaneous_what}</p>
        <p class="formula">{text.simultaneous_formula}</p>
        <p>{text.simultaneous_visible}</p>
    };
    let ranks = view! { <p>{text.ranks_what}</p> <p>{text.ranks_out}</p> <p>{text.ranks_points}</p> };
    view! {
        {plain("simultaneous", text.simultaneous, differences.into_any())}
        {plain("ranks", text.ranks, ranks.into_any())}
    }
    .into_any()
}

fn in_time(frame: &Frame) -> AnyView {
    let text = &frame.text().computed;
    let body = view! {
        <p>{text.series_what}</p>
        <p class="formula">{text.series_formula}</p>
        <p>{text.alarms_what}</p>
        <p class="formula">{text.alarms_formula}</p>
    };
    plain("series", text.series, body.into_any())
}

fn modelled(page: &Method, frame: &Frame) -> AnyView {
    let text = &frame.text().computed;
    let k = page.k.to_string();
    let body = view! {
        <p>{fill(text.modelled_what, &[("k", &k)])}</p>
        <p class="formula">{text.modelled_formula}</p>
        <p>{text.modelled_who}</p>
    };
    plain("modelled", text.modelled, body.into_any())
}

fn open(frame: &Frame) -> AnyView {
    let text = &frame.text().computed;
    let open = view! {
       <p>{text.open_weighted}</p>
       <p>{text.open_standard}</p>
       <p>{text.open_bounds}</p>
       <p>{text.open_tipping}</p>
       <p>{text.open_uneven}</p>
       <p>{text.open_late}</p>
    };
    let questionnaire = view! { <p>{text.questionnaire_alpha}</p> <p>{text.questionnaire_drivers}</p> };
    view! {
        {plain("open", text.open, open.into_any())}
        {plain("questionnaire", text.questionnaire, questionnaire.into_any())}
    }
    .into_any()
}

fn planner(frame: &Frame) -> AnyView {
    let text = &frame.text().computed;
    let body = view! {
        <p>{text.planner_what}</p>
        <p class="formula">{text.planner_formula}</p>
        <p>{text.planner_yamane}</p>
    };
    plain("planner", text.planner, body.into_any())
}

fn not_covered(frame: &Frame) -> AnyView {
    let text = &frame.text().computed;
    let all =
        [text.not_covered_self, text.not_covered_questions, text.not_covered_mix, text.not_covered_once]
            .map(|what| view! { <li>{what}</li> });
    let body = view! { <ul class="steps">{all.into_iter().collect_view()}</ul> };
    plain("not-covered", text.not_covered, body.into_any())
}

fn seeds(page: &Method, frame: &Frame) -> AnyView {
    let text = &frame.text().computed;
    let head = page.release.as_ref().and_then(|stamp| stamp.head.get(..DIGITS));
    let seed = head.and_then(|digits| u64::from_str_radix(digits, 16).ok()).map(|seed| seed.to_string());
    let latest = seed.map(|seed| view! { <p>{fill(text.seeds_latest, &[("seed", &seed)])}</p> });
    let body = view! { <p>{text.seeds_what}</p> {latest} <p>{text.seeds_where}</p> };
    plain("seeds", text.seeds, body.into_any())
}
