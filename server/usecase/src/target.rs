//! The target of a survey: the share of satisfied answers to the overall question that the province has
//! declared. Units are watched against it, and nothing else rests on it.

use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use domain::id::Tenant;

/// Targets lie from here, in per cent; a fall of ten points must leave a share.
const LEAST: f64 = 20.0;
/// To here: a target of all cannot be watched, for a single other answer would miss it.
const MOST: f64 = 99.0;

fn name(survey: &str) -> String {
    format!("target/{survey}")
}

/// The declared target of a survey, in per cent; `None` where none is.
///
/// # Errors
/// Where the database is away, or holds something else than a target.
pub async fn target_of(office: &Office, tenant: Tenant, survey: &str) -> Result<Option<f64>, UsecaseError> {
    let Some(text) = office.store.setting(tenant.as_str(), &name(survey)).await? else { return Ok(None) };
    let damaged = || UsecaseError::Damaged(format!("the target of survey {survey}"));
    text.parse().ok().filter(|percent| (LEAST..=MOST).contains(percent)).map(Some).ok_or_else(damaged)
}

/// Declares the target of a survey, in per cent.
///
/// # Errors
/// Where there is no such survey; where the target is not between 20 and 99; where the database is
/// away.
pub async fn set_target(
    office: &Office,
    tenant: Tenant,
    survey: &str,
    percent: f64,
) -> Result<(), UsecaseError> {
    if office.province(tenant)?.survey(survey).is_none() {
        return Err(UsecaseError::Unknown { what: "survey", name: survey.chars().take(40).collect() });
    }
    if !(LEAST..=MOST).contains(&percent) {
        let [least, most] = [LEAST, MOST].map(|bound| bound.to_string());
        return Err(Objection::Target { least, most, percent: percent.to_string() }.into());
    }
    Ok(office.store.set(tenant.as_str(), &name(survey), &percent.to_string()).await?)
}
