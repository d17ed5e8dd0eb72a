//! Making a device, and pairing a tablet with it. The secret in the QR is good once and for a short
//! while; the tablet answers it with the public half of a key that was made on it.

use super::device::{device_named, may_edit};
use super::signature::{PAIRING, is_signed};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use crate::touchpoints::new_touchpoint;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::device::{self, Device, DeviceFault, DeviceState, PUBLIC_KEY, Settings};
use domain::id::{DeviceId, Tenant, TouchpointId, UnitId};
use domain::right::Actor;
use domain::scope::{Principal, Scope};
use domain::survey::{Mode, Variant};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use store::cell::micros;
use store::device::{Invitation, NewDevice};
use subtle::ConstantTimeEq;

/// For how many minutes a secret is good.
pub const MINUTES: i64 = 15;

/// The secret of a QR: the tenant's tag and 128 random bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret {
    tenant: Tenant,
    bits: [u8; 16],
}

// Whoever reads it in a log within the quarter of an hour could pair a tablet.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.tenant)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.tenant, URL_SAFE_NO_PAD.encode(self.bits))
    }
}

impl FromStr for Secret {
    type Err = DeviceFault;

    fn from_str(text: &str) -> Result<Self, DeviceFault> {
        let (tag, bits) = text.split_at_checked(2).ok_or(DeviceFault::Secret)?;
        let tenant = tag.parse().map_err(|_| DeviceFault::Secret)?;
        let bits = URL_SAFE_NO_PAD.decode(bits).map_err(|_| DeviceFault::Secret)?;
        Ok(Self { tenant, bits: bits.try_into().map_err(|_| DeviceFault::Secret)? })
    }
}

impl Secret {
    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// 128 random bits need no slow hash and no key.
    fn hash(&self) -> [u8; 32] {
        Sha256::digest([self.tenant.as_str().as_bytes(), &self.bits].concat()).into()
    }
}

/// A device that waits for its tablet. The secret is in no other place than this value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    /// The device.
    pub device: DeviceId,
    /// What the QR carries.
    pub secret: Secret,
}

fn draw(office: &Office, tenant: Tenant) -> (Secret, Invitation) {
    let secret = Secret { tenant, bits: office.chance.bytes() };
    let until = micros(office.now() + time::Duration::minutes(MINUTES));
    (secret, Invitation { hash: secret.hash(), until })
}

/// Makes a device at a counter, and its pairing secret.
///
/// # Errors
/// [`DeviceFault`] where something is against a rule; where the reader may not.
pub async fn make_device(
    office: &Office,
    (principal, scope): (&Principal, &Scope),
    (unit, name): (UnitId, &str),
    settings: Settings,
) -> Result<Invited, UsecaseError> {
    if !may_edit(principal, scope, unit) {
        return Err(UsecaseError::Forbidden);
    }
    let (tenant, actor) = (principal.tenant, Actor::from(principal));
    let name = device::name(name)?;
    settings.check()?;
    let province = office.province(tenant)?;
    let counter = province.unit(unit).filter(|unit| unit.is_valid_on(office.today()));
    let counter = counter.ok_or(DeviceFault::Unit)?;
    let touchpoint = touchpoint_at(office, &province, counter.id).await?;
    let new = NewDevice {
        id: DeviceId::from_bytes(office.chance.bytes()),
        name,
        touchpoint,
        settings,
        made_on: office.today(),
    };
    let (secret, invitation) = draw(office, tenant);
    office.store.add_device(tenant, &new, invitation).await?;
    let detail = format!("{} at {}", new.name, counter.code);
    office.note(tenant, &actor.name, "device-make", &detail).await?;
    Ok(Invited { device: new.id, secret })
}

/// The counter's kiosk; one is made where there is none.
async fn touchpoint_at(
    office: &Office,
    province: &Province,
    unit: UnitId,
) -> Result<TouchpointId, UsecaseError> {
    let is_kiosk = |touchpoint: &&domain::touchpoint::Touchpoint| {
        touchpoint.unit == unit
            && touchpoint.mode == Mode::Kiosk
            && touchpoint.variant == Variant::Kiosk
            && !touchpoint.revoked
    };
    if let Some(there) = province.touchpoints().find(is_kiosk) {
        return Ok(there.id);
    }
    let fresh = new_touchpoint(office, province.tenant, unit, Mode::Kiosk, Variant::Kiosk);
    let fresh = fresh.ok_or_else(|| UsecaseError::Damaged("chance".into()))?;
    let made = office.store.add_missing_touchpoints(std::slice::from_ref(&fresh), office.today()).await?;
    office.refresh().await?;
    if made > 0 {
        return Ok(fresh.id);
    }
    // Somebody else made one in this very moment.
    let province = office.province(province.tenant)?;
    let there = province.touchpoints().find(is_kiosk).map(|touchpoint| touchpoint.id);
    there.ok_or_else(|| UsecaseError::Damaged("the kiosk of a counter".into()))
}

/// Another secret for a device that still waits for its tablet.
///
/// # Errors
/// [`DeviceFault::Paired`] where it does not wait; where the reader may not, or there is no such device.
pub async fn invite_again(
    office: &Office,
    asked: (&Principal, &Scope),
    id: DeviceId,
) -> Result<Invited, UsecaseError> {
    let device = device_named(office, asked, id).await?;
    let (secret, invitation) = draw(office, asked.0.tenant);
    if !office.store.invite_device(asked.0.tenant, device.id, invitation).await? {
        return Err(DeviceFault::Paired.into());
    }
    Ok(Invited { device: device.id, secret })
}

/// Pairs the tablet that holds a key with the device that waits under a secret. Asked twice by the same
/// tablet, because the answer was lost on the way, it is paired once.
///
/// # Errors
/// [`DeviceFault::Secret`] where the secret was used or is too old, [`DeviceFault::Key`] where the
/// signature is not by that key, or the key is another device's.
pub async fn pair(
    office: &Office,
    secret: &Secret,
    key: &[u8; PUBLIC_KEY],
    signature: &[u8],
) -> Result<Device, UsecaseError> {
    let (tenant, hash) = (secret.tenant, secret.hash());
    if !is_signed(key, PAIRING, secret.to_string().as_bytes(), signature) {
        return Err(DeviceFault::Key.into());
    }
    let found = office.store.invited_device(tenant, &hash).await?;
    let (device, until) = found.ok_or(DeviceFault::Secret)?;
    if device.state == DeviceState::Paired {
        let same = device.public_key.is_some_and(|own| bool::from(own[..].ct_eq(&key[..])));
        return if same { Ok(device) } else { Err(DeviceFault::Secret.into()) };
    }
    if micros(office.now()) >= until {
        return Err(DeviceFault::Secret.into());
    }
    match office.store.pair_device(tenant, &hash, key, office.today()).await {
        Ok(true) => {}
        Ok(false) => return Err(DeviceFault::Secret.into()),
        Err(error) if error.is_refusal() => return Err(DeviceFault::Key.into()),
        Err(error) => return Err(error.into()),
    }
    office.note(tenant, "kiosk", "device-pair", &device.name).await?;
    let paired = office.store.device(tenant, device.id).await?;
    paired.ok_or_else(|| UsecaseError::Damaged("a device".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_written_read_and_never_shown_by_accident() {
        let secret = Secret { tenant: "CM".parse().unwrap(), bits: [0xab; 16] };
        assert_eq!(secret.to_string().parse(), Ok(secret));
        assert_eq!(format!("{secret:?}"), "Secret(CM)");
        for bad in ["", "C", "CM", "CMabc", "ệệ", "cmq6urq6urq6urq6urq6urqw"] {
            assert_eq!(bad.parse::<Secret>(), Err(DeviceFault::Secret), "{bad}");
        }
    }
}
