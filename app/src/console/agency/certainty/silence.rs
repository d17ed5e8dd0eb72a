//! How far those who gave no answer could move the figure.

use super::missing;
use crate::console::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::{count, decimal, months, number, whole_percent};
use crate::parts::figure::plain_text;
use domain::report::AgencyReport;
use domain::report::certainty::{Silence, Target, Turning};
use leptos::prelude::*;

pub(super) fn silence(found: &Silence, report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().certainty, frame.language);
    // Outwards: what is certain must stay certain.
    let low = whole_percent(found.bounds.0.floor(), language);
    let high = whole_percent(found.bounds.1.ceil(), language);
    let targets = found.targets.iter().map(|target| view! { <li>{said(*target, frame)}</li> });
    view! {
        <p><b>{fill(text.bounds, &[("low", &low), ("high", &high)])}</b> {why(found, report, frame)}</p>
        <ul class="points">{targets.collect_view()}</ul>
        <p class="soft">{text.targets_how}</p>
        <p>{evenness(found, frame)}</p>
    }
    .into_any()
}

fn why(found: &Silence, report: &AgencyReport, frame: &Frame) -> String {
    let (text, language, rate) = (&frame.text().certainty, frame.language, &found.rate);
    let values = [
        ("answers", count(rate.answers, language)),
        ("dossiers", count(rate.dossiers, language)),
        ("months", months(rate.from, rate.through, language)),
        ("index", plain_text(&found.reading, report.setting.k, language)),
    ];
    fill(text.bounds_why, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn said(target: Target, frame: &Frame) -> String {
    let (text, language) = (&frame.text().certainty, frame.language);
    let goal = whole_percent(target.percent, language);
    match target.turning {
        Turning::Safe => fill(text.target_safe, &[("target", &goal)]),
        Turning::OutOfReach => fill(text.target_out, &[("target", &goal)]),
        Turning::At(others) => {
            let others = whole_percent(others.ceil(), language);
            fill(text.target_at, &[("target", &goal), ("others", &others)])
        }
    }
}

fn evenness(found: &Silence, frame: &Frame) -> String {
    let (text, language) = (&frame.text().certainty, frame.language);
    match &found.evenness {
        Err(why) => fill(text.evenness_unsaid, &[("why", &missing(*why, frame))]),
        Ok(even) => {
            let values = [
                ("r", decimal(even.indicator, 2, language)),
                ("one", decimal(1.0, 2, language)),
                ("n", even.fields.to_string()),
                ("bias", number(even.bias, language)),
            ];
            fill(text.evenness, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
    }
}
