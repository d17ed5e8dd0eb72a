//! Two releases side by side: the headline of every unit as it was in each. The later one contains the
//! people of the earlier one, so this says what was added, not whether anything has changed.

use crate::error::UsecaseError;
use crate::figures::{ProvinceView, Question, read_province};
use crate::office::Office;
use crate::registry::Province;
use domain::report::ProvinceReport;
use domain::scope::Scope;
use domain::survey::Trust;

/// What is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair {
    /// The earlier release.
    pub earlier: i64,
    /// The later release.
    pub later: i64,
    /// Code of the survey.
    pub survey: Option<String>,
    /// The period, as URLs write it.
    pub period: Option<String>,
    /// The level of trust.
    pub trust: Option<Trust>,
}

/// Reads the same page of both releases: earlier, later.
///
/// # Errors
/// [`UsecaseError::Unknown`] where a release or survey does not exist, or the scope is not the whole
/// province; [`UsecaseError::Refused`] for a period that is none.
pub async fn compare(
    office: &Office,
    province: &Province,
    scope: &Scope,
    pair: &Pair,
) -> Result<(ProvinceReport, ProvinceReport), UsecaseError> {
    let question = Question {
        survey: pair.survey.clone(),
        period: pair.period.clone(),
        trust: pair.trust,
        release: Some(pair.later),
        receiving: false,
    };
    let later = read_province(office, province, scope, &question, &ProvinceView::default()).await?;
    // Whatever was left open is what the later release chose.
    let same = Question {
        survey: Some(later.setting.survey.clone()),
        period: Some(later.setting.period.to_string()),
        trust: Some(later.setting.trust),
        release: Some(pair.earlier),
        receiving: false,
    };
    let earlier = read_province(office, province, scope, &same, &ProvinceView::default()).await?;
    Ok((earlier, later))
}
