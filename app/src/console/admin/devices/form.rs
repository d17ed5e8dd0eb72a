//! The form that makes a device, or changes one.

use super::super::asking::mistakes;
use super::super::form::{UnitChoice, units};
use super::asked;
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use domain::device::{DeviceFault, Layout};
use leptos::prelude::*;

/// What was typed, or what a device has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceTyped {
    /// Its name.
    pub name: String,
    /// Code of the counter.
    pub unit: String,
    /// Seconds: thanks, idle, repeat.
    pub seconds: [String; 3],
    /// Whether it asks what the visit was about: `1` or `0`.
    pub follow: String,
    /// How the answers stand.
    pub layout: String,
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceForm {
    /// Counters that can be chosen.
    pub units: Vec<UnitChoice>,
    /// The id and the name of the device that is changed; `None` makes one.
    pub target: Option<(String, String)>,
    /// What stands in it.
    pub typed: DeviceTyped,
    /// What is wrong with it.
    pub problem: Option<DeviceFault>,
}

/// A fault in the reader's words.
pub(super) fn told(fault: &DeviceFault, frame: &Frame) -> String {
    let text = &frame.text().device;
    match fault {
        DeviceFault::Name => text.e_name.to_owned(),
        DeviceFault::Unit => text.e_unit.to_owned(),
        DeviceFault::Seconds { range, .. } => {
            let (least, most) = (range.start().to_string(), range.end().to_string());
            fill(text.e_seconds, &[("least", &least), ("most", &most)])
        }
        DeviceFault::Reason => text.e_reason.to_owned(),
        DeviceFault::Over => text.e_over.to_owned(),
        DeviceFault::Secret | DeviceFault::Key | DeviceFault::Revoked | DeviceFault::Paired => {
            text.e_changed.to_owned()
        }
    }
}

/// The field that a fault is about.
const fn field_of(fault: &DeviceFault) -> &'static str {
    match fault {
        DeviceFault::Unit => "unit",
        DeviceFault::Seconds { setting, .. } => setting,
        _ => "name",
    }
}

/// The section with the form.
pub(super) fn draw(form: &DeviceForm, path: &str, frame: &Frame) -> AnyView {
    let text = &frame.text().device;
    let wrong = form.problem.as_ref().map(|fault| (field_of(fault), told(fault, frame)));
    let (heading, button, go) = match &form.target {
        None => (text.make.to_owned(), text.make_button, "make"),
        Some((_, name)) => (fill(text.change_title, &[("name", name)]), text.change_button, "change"),
    };
    let device = form.target.as_ref().map(|(id, _)| {
        view! { <input type="hidden" name="device" value=id.clone()/> }
    });
    let body = view! {
        <form class="asking flow" method="post" action=frame.link(path)>
            {frame.csrf_field()}
            {device}
            {mistakes(text.errors.to_owned(), &wrong.clone().into_iter().collect::<Vec<_>>())}
            {asked("name", text.name, Some(text.name_hint), wrong.as_ref()).line(&form.typed.name, "text")}
            {form.target.is_none().then(|| unit(form, wrong.as_ref(), frame))}
            {settings(form, wrong.as_ref(), frame)}
            <button class="button" name="go" value=go>{button}</button>
        </form>
    };
    let how = view! { <p>{text.make_how}</p> };
    section("make", heading.into_any(), how.into_any(), body.into_any())
}

fn unit(form: &DeviceForm, wrong: Option<&(&'static str, String)>, frame: &Frame) -> AnyView {
    let text = &frame.text().device;
    let above = asked("unit", text.unit, None, wrong);
    view! {
        <div class="field">
            <label for="unit">{text.unit}</label>
            {above.told()}
            <select id="unit" name="unit" aria-invalid=above.invalid() aria-describedby=above.described()>
                {units(&form.units, &form.typed.unit, text.unit_none, frame)}
            </select>
        </div>
    }
    .into_any()
}

fn settings(form: &DeviceForm, wrong: Option<&(&'static str, String)>, frame: &Frame) -> AnyView {
    let text = &frame.text().device;
    let [thanks, idle, repeat] = &form.typed.seconds;
    let list =
        |pairs: [(&str, &str); 2]| pairs.map(|(code, says)| (code.to_owned(), says.to_owned())).to_vec();
    let layouts = list([(Layout::Row.code(), text.row), (Layout::List.code(), text.column)]);
    view! {
        {asked("thanks", text.thanks, None, wrong).line(thanks, "number")}
        {asked("idle", text.idle, None, wrong).line(idle, "number")}
        {asked("repeat", text.repeat, None, wrong).line(repeat, "number")}
        {asked("follow", text.follow, None, wrong).list(list([("1", text.yes), ("0", text.no)]), &form.typed.follow)}
        {asked("layout", text.layout, None, wrong).list(layouts, &form.typed.layout)}
    }
    .into_any()
}
