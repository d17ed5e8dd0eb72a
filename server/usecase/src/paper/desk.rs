//! What there is to type for somebody.

use super::fields_of;
use super::record::{Typist, Waiting, about};
use super::typing::{Stop, task};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::Tenant;
use domain::paper::visit_of;
use domain::right::Right;
use domain::scope::Principal;
use domain::submission::Context;
use std::collections::BTreeMap;
use store::paper::{PaperBatch, PaperForm, Stage};

/// A batch on somebody's desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtDesk {
    /// The batch.
    pub batch: PaperBatch,
    /// Forms that nobody has typed.
    pub fresh: u64,
    /// Typed once.
    pub once: u64,
    /// Typed twice, and differently.
    pub differs: u64,
    /// Done.
    pub done: u64,
}

/// Somebody as a typist; `None` for whoever types no forms.
#[must_use]
pub(super) fn typist(province: &Province, principal: &Principal) -> Option<Typist> {
    if !principal.role.may(Right::TypePaper) {
        return None;
    }
    let house = principal.unit.and_then(|unit| province.committee(unit));
    Some(Typist { account: principal.account, house: house.map_or(province.root, |unit| unit.id) })
}

/// Why no form of a batch is typed any more. Forms that were filled in during a survey are typed until its
/// last run.
pub(super) fn stop_of(office: &Office, batch: &PaperBatch, survey: &RunningSurvey) -> Option<Stop> {
    let is_over = survey.survey.ended || survey.survey.ends_on().is_none_or(|day| office.today() >= day);
    match batch.voided_on {
        Some(_) => Some(Stop::Voided),
        None => is_over.then_some(Stop::Over),
    }
}

/// All batches that can be typed, the newest first.
///
/// # Errors
/// Where the database is away.
pub async fn desk(office: &Office, tenant: Tenant) -> Result<Vec<AtDesk>, UsecaseError> {
    let province = office.province(tenant)?;
    let counts = office.store.paper_counts(tenant).await?;
    let is_open = |batch: &PaperBatch| {
        let survey = province.survey_by_id(batch.about.survey);
        survey.is_some_and(|survey| stop_of(office, batch, survey).is_none())
    };
    let batches = office.store.paper_batches(tenant).await?;
    Ok(batches.into_iter().filter(is_open).map(|batch| at_desk(batch, &counts)).collect())
}

/// A batch with its counts.
#[must_use]
pub fn at_desk(batch: PaperBatch, counts: &BTreeMap<(i64, Stage), i64>) -> AtDesk {
    let count = |stage| counts.get(&(batch.number, stage)).copied().unwrap_or(0).unsigned_abs();
    let (once, differs, done) = (count(Stage::Once), count(Stage::Differs), count(Stage::Done));
    let fresh = u64::from(batch.about.forms).saturating_sub(once + differs + done);
    AtDesk { batch, fresh, once, differs, done }
}

/// The next form of a batch, after one, with which somebody can do something; past the last it begins
/// again at the first. `None` where there is none.
///
/// # Errors
/// [`UsecaseError::Forbidden`] for whoever types no forms; where there is no such batch.
pub async fn next_form(
    office: &Office,
    principal: &Principal,
    number: i64,
    after: i64,
) -> Result<Option<i64>, UsecaseError> {
    let province = office.province(principal.tenant)?;
    let who = typist(&province, principal).ok_or(UsecaseError::Forbidden)?;
    let unknown = || UsecaseError::Unknown { what: "batch", name: number.to_string() };
    let batch = office.store.paper_batch(principal.tenant, number).await?.ok_or_else(unknown)?;
    let damaged = || UsecaseError::Damaged("the survey of a batch of forms".into());
    let survey = province.survey_by_id(batch.about.survey).ok_or_else(damaged)?;
    if stop_of(office, &batch, survey).is_some() {
        return Ok(None);
    }
    let fields = fields_of(&province, &batch);
    let instrument = &survey.questions.instrument;
    let context = Context { instrument, visit: visit_of(batch.about.variant), fields: &fields };
    let rows = office.store.paper_forms(principal.tenant, number).await?;
    let rows: BTreeMap<i64, PaperForm> = rows.into_iter().map(|row| (row.form, row)).collect();
    let last = i64::from(batch.about.forms);
    for form in (after + 1..=last).chain(1..=after.min(last)) {
        let row = rows.get(&form);
        let record = row.and_then(|row| row.record.as_ref());
        let about = about(principal.tenant, number, form);
        let waiting =
            record.map(|record| Waiting::unseal(&office.keys, record, &about, &context)).transpose()?;
        if task(office, &province, who, (row, waiting.as_ref()), &context).is_ok() {
            return Ok(Some(form));
        }
    }
    Ok(None)
}
