//! When the unit ended and what follows it; what went into it, and its headline together with that.

use crate::console::crumbs::link;
use crate::console::frame::Frame;
use crate::console::told;
use crate::i18n::console::fill;
use crate::i18n::format::date;
use domain::report::{AgencyReport, UnitName};
use leptos::prelude::*;

/// Nothing for a unit that was there before and still is.
pub(super) fn tenure(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    let (tenure, text) = (&report.tenure, &frame.text().agency);
    let is_heir = !tenure.whole_from.is_empty() || !tenure.part_from.is_empty();
    if tenure.ended_on.is_none() && tenure.followed_by.is_empty() && !is_heir {
        return None;
    }
    let ended = tenure.ended_on.map(|last| {
        let says = fill(text.ended, &[("date", &date(last, frame.language))]);
        view! { <p><b>{says}</b></p> }
    });
    let followed = if tenure.followed_by.len() > 1 { text.followed_parts } else { text.followed_whole };
    let parts_why = (!tenure.part_from.is_empty()).then(|| view! { <p>{text.part_from_why}</p> });
    let together = tenure.together.as_ref().filter(|_| report.received.is_none()).map(|line| {
        let line = std::slice::from_ref(line);
        view! { <p>{text.together}</p> {told::told(line, report.setting.k, frame)} }
    });
    Some(
        view! {
            <div class="notice">
                {ended}
                {listed(followed, &tenure.followed_by, frame)}
                {listed(text.whole_from, &tenure.whole_from, frame)}
                {listed(text.part_from, &tenure.part_from, frame)}
                {parts_why}
                {together}
            </div>
        }
        .into_any(),
    )
}

fn listed(says: &'static str, units: &[UnitName], frame: &Frame) -> Option<AnyView> {
    let items = units.iter().map(|unit| view! { <li>{link(unit, frame)}</li> }).collect_view();
    (!units.is_empty()).then(|| view! { <p>{says}</p> <ul>{items}</ul> }.into_any())
}
