//! Who may do what with which device.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::device::{self, Device, DeviceFault, Settings};
use domain::id::{DeviceId, UnitId};
use domain::right::{Actor, Right};
use domain::scope::{Principal, Scope};

/// Whether somebody may make and revoke tablets at a unit.
#[must_use]
pub fn may_edit(principal: &Principal, scope: &Scope, unit: UnitId) -> bool {
    principal.role.may(Right::EditDevices) && scope.covers(unit)
}

/// The counter where a device hangs, as it stands today.
pub(super) fn counter_of(office: &Office, province: &Province, device: &Device) -> Option<UnitId> {
    let touchpoint = province.touchpoint_by_id(device.touchpoint)?;
    Some(province.lineage().heir(touchpoint.unit, office.today()))
}

/// The devices of a unit and of everything below it, each with its counter, by name.
///
/// # Errors
/// Where the database is away.
pub async fn devices_of(
    office: &Office,
    scope: &Scope,
    unit: UnitId,
) -> Result<Vec<(Device, UnitId)>, UsecaseError> {
    if !scope.covers(unit) {
        return Err(UsecaseError::Forbidden);
    }
    let province = office.province(scope.tenant())?;
    let inside = province.subtree(unit);
    let devices = office.store.devices(scope.tenant()).await?;
    let here = |device: Device| counter_of(office, &province, &device).map(|counter| (device, counter));
    Ok(devices.into_iter().filter_map(here).filter(|(_, counter)| inside.contains(counter)).collect())
}

/// A device that somebody may change.
///
/// # Errors
/// Where there is none of this id, or they may not.
pub async fn device_named(
    office: &Office,
    (principal, scope): (&Principal, &Scope),
    id: DeviceId,
) -> Result<Device, UsecaseError> {
    let province = office.province(principal.tenant)?;
    let unknown = || UsecaseError::Unknown { what: "device", name: String::new() };
    let device = office.store.device(principal.tenant, id).await?.ok_or_else(unknown)?;
    let counter = counter_of(office, &province, &device).ok_or_else(unknown)?;
    if may_edit(principal, scope, counter) { Ok(device) } else { Err(UsecaseError::Forbidden) }
}

/// Gives a device another name and other times.
///
/// # Errors
/// [`DeviceFault`] where one of them is against a rule; where the reader may not, or there is no such device.
pub async fn change_device(
    office: &Office,
    asked: (&Principal, &Scope),
    id: DeviceId,
    (name, settings): (&str, Settings),
) -> Result<(), UsecaseError> {
    let device = device_named(office, asked, id).await?;
    let name = device::name(name)?;
    settings.check()?;
    office.store.set_device(asked.0.tenant, device.id, (&name, settings)).await?;
    let actor = Actor::from(asked.0);
    let detail = format!("{} -> {name}: {settings:?}", device.name);
    office.note(actor.tenant, &actor.name, "device-change", &detail).await
}

/// Revokes a device. What it still sends waits in quarantine.
///
/// # Errors
/// [`DeviceFault::Revoked`] where it was revoked before; where the reader may not, or there is no such device.
pub async fn revoke_device(
    office: &Office,
    asked: (&Principal, &Scope),
    id: DeviceId,
) -> Result<(), UsecaseError> {
    let device = device_named(office, asked, id).await?;
    if !office.store.revoke_device(asked.0.tenant, id, office.today()).await? {
        return Err(DeviceFault::Revoked.into());
    }
    let actor = Actor::from(asked.0);
    office.note(actor.tenant, &actor.name, "device-revoke", &device.name).await
}
