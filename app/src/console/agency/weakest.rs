//! What may be the weakest, and how far the two sides of a service lie apart: claims that a test
//! carries, in words.

use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, number};
use crate::parts::figure::with_interval;
use crate::parts::wording::spoken;
use domain::report::{AgencyReport, NodeLine, WeakestItems};
use leptos::prelude::*;

/// The items that cannot be told from the weakest.
pub(super) fn weakest(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let found = report.weakest.as_ref()?;
    let text = &frame.text().agency;
    let all = found.alike.len() as u64 == found.compared;
    let lines = (!all).then(|| {
        let lines = found.alike.iter().map(|line| point(line, frame));
        view! { <ul class="points">{lines.collect_view()}</ul> }
    });
    let body = view! { <p class="say">{sentence(found, frame)}</p> {lines} };
    let how = view! { <p>{text.weakest_how}</p> };
    Some(section("weakest", text.weakest.into_any(), how.into_any(), body.into_any()))
}

fn sentence(found: &WeakestItems, frame: &Frame) -> AnyView {
    let text = &frame.text().agency;
    let alike = found.alike.len() as u64;
    let compared = found.compared.to_string();
    let with = |phrase: &str| fill(phrase, &[("compared", &compared)]);
    if alike == found.compared {
        return with(text.weakest_all).into_any();
    }
    if let [only] = found.alike.as_slice() {
        return view! { {with(text.weakest_one)} <b>{spoken(&only.name, frame.language)}</b> {text.weakest_one_end} }
            .into_any();
    }
    let number = fill(text.weakest_count, &[("count", &alike.to_string())]);
    let rest = (found.compared - alike).to_string();
    view! { {with(text.weakest_some)} <b>{number}</b> {fill(text.weakest_some_end, &[("rest", &rest)])} }
        .into_any()
}

fn point(line: &NodeLine, frame: &Frame) -> Option<AnyView> {
    let figure = line.reading.figure()?;
    let n = count(figure.n, frame.language);
    let says = fill(frame.text().agency.weakest_line, &[("n", &n)]);
    Some(
        view! {
            <li><b>{spoken(&line.name, frame.language)}</b> {with_interval(figure, frame.language)} {says}</li>
        }
        .into_any(),
    )
}

/// How far the counter's side lies from the agency's.
pub(super) fn gap(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let gap = report.gap?;
    let (text, language) = (&frame.text().agency, frame.language);
    let phrase = match (gap.is_distinct, gap.points > 0.0) {
        (false, _) => text.gap_even,
        (true, true) => text.gap_higher,
        (true, false) => text.gap_lower,
    };
    let says = fill(phrase, &[("points", &number(gap.points.abs(), language))]);
    // Both ends may be negative, which a dash between them would hide.
    let range = format!("{}; {}", number(gap.low, language), number(gap.high, language));
    let values = [("points", number(gap.points, language)), ("range", range)];
    let interval = fill(text.gap_interval, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    Some(view! { <b>{says}</b> {interval} }.into_any())
}
