//! Touchpoints: where they are missing, making them in bulk, taking one away and putting another in
//! its place.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::{Tenant, TouchpointId, UnitId};
use domain::survey::{Mode, Variant};
use domain::touchpoint::{Places, TOKEN_LENGTH, Token, Touchpoint};
use domain::unit::{Unit, UnitKind};
use std::collections::BTreeSet;

/// Counters and centres of some units; a commune or department without any is its own place.
#[must_use]
pub fn places_of(province: &Province, units: &BTreeSet<UnitId>) -> BTreeSet<UnitId> {
    let is_place = |kind| matches!(kind, UnitKind::Centre | UnitKind::Counter);
    let mut places = BTreeSet::new();
    for unit in units {
        let below = province.subtree(*unit).into_iter().filter_map(|id| province.unit(id));
        let counters: Vec<UnitId> = below.filter(|u| is_place(u.kind)).map(|u| u.id).collect();
        if counters.is_empty() {
            places.insert(*unit);
        }
        places.extend(counters);
    }
    places
}

/// The units of which the places are meant, as they are today.
#[must_use]
pub fn units_of(office: &Office, province: &Province, places: Places) -> BTreeSet<UnitId> {
    let today = office.today();
    let meant = |kind: UnitKind| match places {
        Places::Communes => kind == UnitKind::Commune,
        Places::Departments => kind == UnitKind::Department,
        Places::All => matches!(kind, UnitKind::Commune | UnitKind::Department),
    };
    let mut units: BTreeSet<UnitId> =
        province.units().filter(|u| meant(u.kind) && u.is_valid_on(today)).map(|u| u.id).collect();
    if places == Places::All {
        // The province's own centres belong to no commune and no department.
        let own = |u: &&Unit| matches!(u.kind, UnitKind::Centre | UnitKind::Counter) && u.is_valid_on(today);
        let of_the_province = |id: &UnitId| province.committee(*id).is_some_and(|c| c.id == province.root);
        units.extend(province.units().filter(own).map(|u| u.id).filter(of_the_province));
    }
    units
}

/// Whether a touchpoint hangs at one of the places that are meant.
#[must_use]
pub fn is_of(province: &Province, touchpoint: &Touchpoint, places: Places) -> bool {
    let kind = province.committee(touchpoint.unit).map(|unit| unit.kind);
    match places {
        Places::Communes => kind == Some(UnitKind::Commune),
        Places::Departments => kind == Some(UnitKind::Department),
        Places::All => true,
    }
}

/// The places of some units where no touchpoint of a mode and form is in use, in official order.
#[must_use]
pub fn places_without(
    province: &Province,
    units: &BTreeSet<UnitId>,
    mode: &Mode,
    variant: Variant,
) -> Vec<UnitId> {
    let has = |unit: UnitId| {
        province
            .touchpoints()
            .any(|t| t.unit == unit && t.mode == *mode && t.variant == variant && !t.revoked)
    };
    let places = places_of(province, units);
    let missing = |id: &UnitId| places.contains(id) && !has(*id);
    province.units().map(|unit| unit.id).filter(missing).collect()
}

/// Makes a touchpoint at each place that has none of this mode and form in use, all or nothing;
/// returns how many were made.
///
/// # Errors
/// Where the database is away.
pub async fn hang(
    office: &Office,
    tenant: Tenant,
    places: &[UnitId],
    mode: &Mode,
    variant: Variant,
) -> Result<usize, UsecaseError> {
    if places.is_empty() {
        return Ok(0);
    }
    let fresh = |unit: &UnitId| new_touchpoint(office, tenant, *unit, mode.clone(), variant);
    let touchpoints: Vec<Touchpoint> = places.iter().filter_map(fresh).collect();
    let made = office.store.add_missing_touchpoints(&touchpoints, office.today()).await?;
    office.refresh().await?;
    Ok(made)
}

/// The touchpoint of a token as somebody typed it.
///
/// # Errors
/// Where there is none.
pub fn find<'a>(province: &'a Province, token: &str) -> Result<&'a Touchpoint, UsecaseError> {
    let found = token.parse::<Token>().ok().and_then(|token| province.touchpoint(&token));
    found.ok_or_else(|| UsecaseError::Unknown { what: "touchpoint", name: token.chars().take(20).collect() })
}

/// Revokes a touchpoint and makes its successor with the next version, both or neither. Whoever
/// scans the old one is told that it is not valid any more.
///
/// # Errors
/// [`UsecaseError::Refused`] where it was revoked already; where there is none.
pub async fn replace(
    office: &Office,
    tenant: Tenant,
    who: &str,
    (token, reason): (&str, &str),
) -> Result<Touchpoint, UsecaseError> {
    let province = office.province(tenant)?;
    let old = find(&province, token)?;
    let fresh = new_touchpoint(office, tenant, old.unit, old.mode.clone(), old.variant);
    let fresh = fresh.ok_or_else(|| UsecaseError::Damaged("chance".into()))?;
    let fresh = Touchpoint { version: old.version + 1, ..fresh };
    let when = (office.today(), store::cell::micros(office.now()));
    if !office.store.replace_touchpoint(old.id, &fresh, when).await? {
        return Err(revoked_already());
    }
    let detail = format!("{} -> {}: {reason}", old.token, fresh.token);
    office.note(tenant, who, "touchpoint-replace", &detail).await?;
    office.refresh().await?;
    Ok(fresh)
}

/// Whether a newer sheet hangs at the same place, so that an old one says so; both take answers.
#[must_use]
pub fn has_newer(province: &Province, old: &Touchpoint) -> bool {
    let is_newer = |t: &Touchpoint| {
        t.unit == old.unit && t.mode == old.mode && t.variant == old.variant && t.version > old.version
    };
    province.touchpoints().any(|t| !t.revoked && is_newer(t))
}

/// Makes a touchpoint with the next version at the place of another, which stays in use: whoever scans the
/// old sheet may answer, and is told that there is a newer one.
///
/// # Errors
/// [`UsecaseError::Refused`] where it was revoked, or has a newer one already; where there is none.
pub async fn renew(
    office: &Office,
    tenant: Tenant,
    who: &str,
    token: &str,
) -> Result<Touchpoint, UsecaseError> {
    let province = office.province(tenant)?;
    let old = find(&province, token)?;
    let fresh = new_touchpoint(office, tenant, old.unit, old.mode.clone(), old.variant);
    let fresh = fresh.ok_or_else(|| UsecaseError::Damaged("chance".into()))?;
    let fresh = Touchpoint { version: old.version + 1, ..fresh };
    if !office.store.add_version(old.id, &fresh, office.today()).await? {
        return Err(UsecaseError::Refused("it is revoked, or has a newer one already".into()));
    }
    office.note(tenant, who, "touchpoint-renew", &format!("{} -> {}", old.token, fresh.token)).await?;
    office.refresh().await?;
    Ok(fresh)
}

/// Revokes a touchpoint without another in its place.
///
/// # Errors
/// [`UsecaseError::Refused`] where it was revoked already; where there is none.
pub async fn revoke(
    office: &Office,
    tenant: Tenant,
    who: &str,
    (token, reason): (&str, &str),
) -> Result<(), UsecaseError> {
    let province = office.province(tenant)?;
    let old = find(&province, token)?;
    if !office.store.revoke_touchpoint(tenant, old.id, store::cell::micros(office.now())).await? {
        return Err(revoked_already());
    }
    office.note(tenant, who, "touchpoint-revoke", &format!("{}: {reason}", old.token)).await?;
    office.refresh().await
}

fn revoked_already() -> UsecaseError {
    UsecaseError::Refused("it is revoked already".into())
}

/// Takes a revocation back: what hangs on the wall is valid again.
///
/// # Errors
/// [`UsecaseError::Refused`] where it is in use; where there is none.
pub async fn restore(office: &Office, tenant: Tenant, who: &str, token: &str) -> Result<(), UsecaseError> {
    let province = office.province(tenant)?;
    let old = find(&province, token)?;
    if !office.store.restore_touchpoint(tenant, old.id).await? {
        return Err(UsecaseError::Refused("it is in use already".into()));
    }
    office.note(tenant, who, "touchpoint-restore", &old.token.to_string()).await?;
    office.refresh().await
}

/// A touchpoint with a fresh random token.
#[must_use]
pub fn new_touchpoint(
    office: &Office,
    tenant: Tenant,
    unit: UnitId,
    mode: Mode,
    variant: Variant,
) -> Option<Touchpoint> {
    let mut drawn = [0; TOKEN_LENGTH];
    for place in &mut drawn {
        *place = u8::try_from(office.chance.below(30)).ok()?;
    }
    Some(Touchpoint {
        id: TouchpointId::from_bytes(office.chance.bytes()),
        token: Token::draw(tenant, drawn)?,
        unit,
        mode,
        variant,
        version: 1,
        revoked: false,
    })
}
