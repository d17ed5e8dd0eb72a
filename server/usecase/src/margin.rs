//! The margin of a survey: differences of units from their peers that are smaller are none.

use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use domain::id::Tenant;

/// Where nobody says otherwise, in points.
pub const DEFAULT: f64 = 2.0;
/// More would call nothing a difference.
const MOST: f64 = 20.0;

fn name(survey: &str) -> String {
    format!("margin/{survey}")
}

/// The margin of a survey, in points.
///
/// # Errors
/// Where the database is away, or holds something else than a margin.
pub async fn margin_of(office: &Office, tenant: Tenant, survey: &str) -> Result<f64, UsecaseError> {
    let Some(text) = office.store.setting(tenant.as_str(), &name(survey)).await? else { return Ok(DEFAULT) };
    let damaged = || UsecaseError::Damaged(format!("the margin of survey {survey}"));
    text.parse().ok().filter(|points| (0.0..=MOST).contains(points)).ok_or_else(damaged)
}

/// Sets the margin of a survey, in points. It holds for all its releases at once, so that pages of
/// different releases can be compared; pages print it.
///
/// # Errors
/// Where there is no such survey; where the margin is not between 0 and 20 points; where the
/// database is away.
pub async fn set_margin(
    office: &Office,
    tenant: Tenant,
    survey: &str,
    points: f64,
) -> Result<(), UsecaseError> {
    if office.province(tenant)?.survey(survey).is_none() {
        return Err(UsecaseError::Unknown { what: "survey", name: survey.chars().take(40).collect() });
    }
    if !(0.0..=MOST).contains(&points) {
        return Err(Objection::Margin { most: MOST.to_string(), points: points.to_string() }.into());
    }
    Ok(office.store.set(tenant.as_str(), &name(survey), &points.to_string()).await?)
}
