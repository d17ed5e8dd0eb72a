//! The audit of anonymity: whether published figures, added and subtracted, speak of fewer than k
//! people. It needs no key and opens nothing: it reads what everybody may read.
//!
//! # What is searched
//! Figures of different boxes are of different people, so nothing is subtracted across boxes. Within a
//! box the same people are divided several times: by the steps of their folds, and by each family that was
//! split; at a parent, by the boxes that came up and by each family. Who is in two such sets at once
//! nobody knows any more. But if a union of sets of one division lies in a union of another with s people
//! more, then the difference of their tallies is the tally of s people, and that can be seen: see
//! [`feasible`]. So every union is subtracted from every other, and a difference of 1 to k-1 that could be
//! people is a fault. No inclusion is missed; a difference that only looks like people would be a false
//! alarm, and is improbable where a form asks several questions.
//!
//! Where the sets of two divisions cross in every possible way nothing else can be isolated: a
//! combination that is 0 or 1 for everybody, whatever sets she is in, varies with one division only.
//!
//! # What is left out
//! What is searched only in part, and what forms ask too little to tell, is counted in the finding.

mod division;
pub mod feasible;
mod reading;
mod search;

pub use division::{Division, Whole};
pub use search::{Audit, Leak, audit};

use crate::check::Finding;
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};

/// Audits everything that a tenant has published: one finding a survey.
///
/// # Errors
/// Where the database is away, or a tally is damaged.
pub async fn check_anonymity(office: &Office, province: &Province) -> Result<Vec<Finding>, UsecaseError> {
    let mut findings = Vec::new();
    for survey in province.surveys() {
        findings.push(audit_survey(office, province, survey).await?.finding(&survey.survey.code));
    }
    Ok(findings)
}

/// Audits what is published of a survey.
///
/// # Errors
/// As [`check_anonymity`].
pub async fn audit_survey(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
) -> Result<Audit, UsecaseError> {
    let releases = office.store.releases(province.tenant).await?;
    let latest = releases.first().map_or(0, |release| release.number);
    let days = releases.iter().map(|release| (release.number, release.scheduled)).collect();
    let increments = office.store.increments(province.tenant, survey.survey.id).await?;
    let published = increments.into_iter().filter(|increment| increment.release <= latest).collect();
    let mut all = Audit::default();
    for whole in reading::wholes(province, survey, published, &days)? {
        all.add(audit(&whole, &survey.questions.part, i64::from(survey.survey.k)));
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
