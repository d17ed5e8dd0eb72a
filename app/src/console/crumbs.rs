//! Where a page stands: the units above it, each a way back.

use super::frame::Frame;
use crate::parts::wording::spoken;
use domain::report::{Setting, UnitName};
use domain::unit::UnitKind;
use leptos::prelude::*;

/// What a link to another page of figures keeps of this one.
const KEPT: [&str; 5] = ["survey", "period", "trust", "release", "lang"];

/// The units above the page's own; `own` is that unit where the page is one below its own.
pub(crate) fn crumbs(setting: &Setting, own: Option<&UnitName>, frame: &Frame) -> Option<AnyView> {
    let links = setting.above.iter().chain(own).map(|unit| view! { <li>{link(unit, frame)}</li> });
    let links = links.collect_view();
    (!links.is_empty()).then(|| {
        view! { <nav class="crumbs" aria-label=frame.text().frame.crumbs><ol>{links}</ol></nav> }.into_any()
    })
}

/// A link to a unit. One that the reader may not open is named all the same: it says where the page stands.
pub(super) fn link(unit: &UnitName, frame: &Frame) -> AnyView {
    let name = spoken(&unit.name, frame.language);
    if !unit.may_open {
        return name;
    }
    let place = if unit.kind == UnitKind::Province { "/p/" } else { "/a/" };
    let href = frame.here.carry(format!("{place}{}", unit.code), &KEPT).to_string();
    view! { <a href=href>{name}</a> }.into_any()
}
