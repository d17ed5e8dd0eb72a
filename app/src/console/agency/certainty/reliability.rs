//! Whether the questions hang together, in words first.

use crate::console::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::{count, decimal};
use domain::report::certainty::Reliability;
use leptos::prelude::*;

/// From here on people repeat one answer; below, the questions measure one thing (statistics.md 8).
const REPEATED: f64 = 0.95;
/// Usual limits of good and of fair (Nunnally and Bernstein 1994, Psychometric Theory, section 7).
const GOOD: f64 = 0.8;
const FAIR: f64 = 0.7;

pub(super) fn reliability(found: &Reliability, frame: &Frame) -> AnyView {
    let text = &frame.text().certainty;
    let names: Vec<&str> = found.against.iter().map(|name| name.text(frame.language)).collect();
    let against = if names.is_empty() {
        view! { <p>{text.against_none}</p> }.into_any()
    } else {
        let says = fill(text.against_some, &[("names", &names.join("; "))]);
        view! { <p class="notice">{says}</p> }.into_any()
    };
    view! {
        <p>{meaning(found.alpha, frame)}</p>
        {against}
        <p class="soft">{numbers(found, frame)}</p>
    }
    .into_any()
}

/// What the coefficient means, by the figure that is printed.
fn meaning(alpha: f64, frame: &Frame) -> String {
    let text = &frame.text().certainty;
    let printed = (100.0 * alpha).round() / 100.0;
    let phrase = match printed {
        alpha if alpha >= REPEATED => text.alpha_repeat,
        alpha if alpha >= GOOD => text.alpha_good,
        alpha if alpha >= FAIR => text.alpha_fair,
        _ => text.alpha_poor,
    };
    fill(phrase, &[("alpha", &decimal(alpha, 2, frame.language))])
}

fn numbers(found: &Reliability, frame: &Frame) -> String {
    let (text, language) = (&frame.text().certainty, frame.language);
    let two = |value: f64| decimal(value, 2, language);
    let range = found
        .interval
        .map(|(low, high)| fill(text.alpha_range, &[("range", &format!("{}–{}", two(low), two(high)))]));
    let omega = match found.omega {
        Some(omega) => fill(text.omega_is, &[("omega", &two(omega))]),
        None => text.omega_none.to_owned(),
    };
    let values = [
        ("items", count(found.items, language)),
        ("alpha", two(found.alpha)),
        ("range", range.unwrap_or_default()),
        ("omega", omega),
        ("n", count(found.respondents, language)),
    ];
    fill(text.alpha_is, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}
