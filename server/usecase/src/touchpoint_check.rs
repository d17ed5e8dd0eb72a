//! The monthly look at the posters: whoever sits beside them says whether they hang there as they were
//! printed. A code stuck over ours leads people to strangers, and nobody in the province sees it.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::{Tenant, TouchpointId, UnitId};
use domain::period::Month;
use domain::scope::{Principal, Role, Scope};
use domain::survey::Mode;
use domain::touchpoint::{PosterState, Touchpoint};
use store::touchpoint::PosterCheck;

/// A poster in use, with this month's look at it.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The poster.
    pub touchpoint: Touchpoint,
    /// How it was found this month; `None` where nobody has looked yet.
    pub check: Option<PosterCheck>,
}

/// The posters in use at a unit and below it, in official order, with this month's look at each.
///
/// # Errors
/// Where the database is away.
pub async fn looked_at(
    office: &Office,
    province: &Province,
    top: UnitId,
) -> Result<Vec<Looked>, UsecaseError> {
    let checks = office.store.checks_since(province.tenant, Month::of(office.today())).await?;
    let inside = province.subtree(top);
    let place = |unit: UnitId| province.unit(unit).map_or(u32::MAX, |unit| unit.ordinal);
    let mut posters: Vec<&Touchpoint> = province
        .touchpoints()
        .filter(|t| t.mode == Mode::Poster && !t.revoked && inside.contains(&t.unit))
        .collect();
    posters.sort_by_key(|t| (place(t.unit), t.token.to_string()));
    let looked = |t: &Touchpoint| Looked {
        touchpoint: t.clone(),
        check: checks.iter().find(|check| check.touchpoint == t.id).cloned(),
    };
    Ok(posters.into_iter().map(looked).collect())
}

/// Whether somebody is asked to look at the posters of a unit: those who work there.
#[must_use]
pub fn may_look(principal: &Principal, scope: &Scope, unit: UnitId) -> bool {
    matches!(principal.role, Role::AgencyHead | Role::AgencyOfficer) && scope.covers(unit)
}

/// Notes how somebody found posters of a unit this month.
///
/// # Errors
/// [`UsecaseError::Unknown`] for a poster that does not hang there; nothing is noted then.
pub async fn note_looks(
    office: &Office,
    tenant: Tenant,
    who: &str,
    (top, found): (UnitId, &[(String, PosterState)]),
) -> Result<usize, UsecaseError> {
    let province = office.province(tenant)?;
    let here = looked_at(office, &province, top).await?;
    let mut checks: Vec<(TouchpointId, PosterState)> = Vec::new();
    for (token, state) in found {
        let poster = here.iter().find(|looked| looked.touchpoint.token.to_string() == *token);
        let poster = poster.ok_or_else(|| UsecaseError::Unknown {
            what: "poster",
            name: token.chars().take(20).collect(),
        })?;
        checks.push((poster.touchpoint.id, *state));
    }
    let month = Month::of(office.today());
    let at = store::cell::micros(office.now());
    office.store.put_checks(tenant, month, &checks, (who, at)).await?;
    let said: Vec<String> = found.iter().map(|(token, state)| format!("{token} {state}")).collect();
    office.note(tenant, who, "poster-check", &format!("{month}: {}", said.join(", "))).await?;
    Ok(checks.len())
}
