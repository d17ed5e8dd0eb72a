//! What stands in the form of a device.

use crate::http::admin::form::Filled;
use crate::http::page::Reader;
use crate::state::AppState;
use app::console::{DeviceTyped, UnitChoice};
use domain::device::{Device, DeviceFault, Settings};
use domain::id::UnitId;
use domain::unit::{Unit, UnitKind};
use std::ops::RangeInclusive;

/// Where a tablet can stand, below a unit: its counters and centres, and units that have none.
pub(super) fn counters(state: &AppState, reader: &Reader, top: UnitId) -> Vec<UnitChoice> {
    let (province, today) = (&reader.province, state.office.today());
    let inside = province.subtree(top);
    let is_there = |unit: &&Unit| {
        unit.is_valid_on(today) && unit.kind != UnitKind::Province && inside.contains(&unit.id)
    };
    let units = province.units().filter(is_there);
    let choice = |unit: &Unit| UnitChoice {
        code: province.named(unit, today),
        name: unit.name.clone(),
        kind: unit.kind,
    };
    units.map(choice).collect()
}

/// What was typed.
pub(super) fn typed_of(filled: &Filled) -> DeviceTyped {
    DeviceTyped {
        name: filled.short("name", 100),
        unit: filled.short("unit", 40),
        seconds: ["thanks", "idle", "repeat"].map(|name| filled.short(name, 6)),
        follow: filled.short("follow", 1),
        layout: filled.short("layout", 10),
    }
}

/// What a device has, or what a new one would have.
pub(super) fn typed_of_device(device: Option<&Device>) -> DeviceTyped {
    let settings = device.map(|device| device.settings).unwrap_or_default();
    DeviceTyped {
        name: device.map(|device| device.name.clone()).unwrap_or_default(),
        unit: String::new(),
        seconds: [settings.thanks, settings.idle, settings.repeat].map(|seconds| seconds.to_string()),
        follow: u8::from(settings.follow_up).to_string(),
        layout: settings.layout.code().to_owned(),
    }
}

/// The times and choices of a form.
pub(super) fn settings_of(filled: &Filled) -> Result<Settings, DeviceFault> {
    let seconds = |setting: &'static str, range: RangeInclusive<u32>| {
        let typed: Option<u32> = filled.get(setting).trim().parse().ok();
        typed.filter(|seconds| range.contains(seconds)).ok_or(DeviceFault::Seconds { setting, range })
    };
    Ok(Settings {
        thanks: seconds("thanks", Settings::THANKS)?,
        idle: seconds("idle", Settings::IDLE)?,
        repeat: seconds("repeat", Settings::REPEAT)?,
        follow_up: filled.get("follow") != "0",
        layout: filled.get("layout").parse().unwrap_or(Settings::default().layout),
    })
}
