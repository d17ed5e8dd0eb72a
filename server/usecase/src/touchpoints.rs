//! Touchpoints: where they are missing, making them in bulk, taking one away and putting another in
//! its place, and who has looked at the posters this month.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::{Tenant, TouchpointId, UnitId};
use domain::survey::{Mode, Variant};
use domain::touchpoint::{TOKEN_LENGTH, Token, Touchpoint};
use domain::unit::UnitKind;
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
