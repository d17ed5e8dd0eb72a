//! The last month of a survey: later, or earlier again; and a survey that was closed by mistake.
//! Thirty-one days after its last month what was left of it has been pooled, and nothing can follow.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::Tenant;
use domain::new_survey::TermFault;
use domain::period::Month;
use domain::survey::{GRACE_DAYS, Survey};
use std::sync::Arc;

/// What stands against another last month.
///
/// # Errors
/// The reason.
pub fn check_last_month(office: &Office, survey: &Survey, to: Month) -> Result<(), TermFault> {
    check_alive(office, survey)?;
    let this_month = Month::of(office.today());
    if survey.closed {
        Err(TermFault::Closed)
    } else if to == survey.to {
        Err(TermFault::Same(to))
    } else if to < survey.from {
        Err(TermFault::BeforeFirst(survey.from))
    } else if to < this_month {
        Err(TermFault::Past(this_month))
    } else {
        Ok(())
    }
}

fn check_alive(office: &Office, survey: &Survey) -> Result<(), TermFault> {
    let is_over = survey.ended || survey.ends_on().is_none_or(|end| office.today() >= end);
    if is_over { Err(TermFault::Over(GRACE_DAYS)) } else { Ok(()) }
}

/// Gives a survey another last month and notes who did. Setting it back takes an extension back.
///
/// # Errors
/// [`UsecaseError::Term`] where it must stay as it is; where there is no such survey.
pub async fn set_last_month(
    office: &Office,
    tenant: Tenant,
    who: &str,
    (code, to): (&str, Month),
) -> Result<(), UsecaseError> {
    let province = office.province(tenant)?;
    let survey = &named(&province, code)?.survey;
    check_last_month(office, survey, to)?;
    if !office.store.set_last_month(tenant, survey.id, survey.to, to).await? {
        return Err(TermFault::Changed.into());
    }
    let what = if to > survey.to { "survey-extend" } else { "survey-shorten" };
    office.note(tenant, who, what, &format!("{code}: {} -> {to}", survey.to)).await?;
    office.refresh().await
}

/// Opens a survey again that was closed before its last month.
///
/// # Errors
/// [`UsecaseError::Term`] where it is over; where there is no such survey.
pub async fn reopen_survey(
    office: &Office,
    tenant: Tenant,
    who: &str,
    code: &str,
) -> Result<(), UsecaseError> {
    let province = office.province(tenant)?;
    let survey = &named(&province, code)?.survey;
    check_alive(office, survey)?;
    if !office.store.reopen_survey(tenant, survey.id).await? {
        return Err(TermFault::Changed.into());
    }
    office.note(tenant, who, "survey-reopen", code).await?;
    office.refresh().await
}

fn named<'a>(province: &'a Province, code: &str) -> Result<&'a Arc<RunningSurvey>, UsecaseError> {
    let name = || code.chars().take(40).collect();
    province.survey(code).ok_or_else(|| UsecaseError::Unknown { what: "survey", name: name() })
}
