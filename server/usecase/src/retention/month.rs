//! A month whose responses are over: counted a last time, sealed, and only then deleted.

use super::seal::{ResponseHash, hash_of_cells, hash_of_seal, sealed_through};
use super::{Removed, Retention};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::recount::{Cells, Span, add_up, compare, count_month};
use crate::registry::Province;
use domain::period::Month;
use std::collections::BTreeSet;
use store::lease::Run;
use store::sealed_month::SealedMonth;
use store::tally::Increment;
use time::Date;

/// Seals and empties every month that is over.
pub(super) async fn remove_months(
    office: &Office,
    province: &Province,
    run: &Run,
    (retention, day): (Retention, Date),
    removed: &mut Removed,
) -> Result<(), UsecaseError> {
    let releases = office.store.releases(run.tenant).await?;
    let Some(latest) = releases.first() else { return Ok(()) };
    let mut seals = office.store.sealed_months(run.tenant).await?;
    let is_here = crate::recount::here(&releases);
    for month in months_that_are_over(office, province, (retention, day)).await? {
        let span = Span { after: sealed_through(&seals, month), through: latest.number };
        let cells = office.store.increments_of_month(run.tenant, month, (span.after, span.through)).await?;
        if cells.is_empty() {
            continue;
        }
        let counted: Vec<Increment> = cells.iter().filter(|cell| is_here(cell)).cloned().collect();
        match count(office, province, run, (month, span), &counted).await? {
            Ok((responses, response_hash)) => {
                let mut seal = SealedMonth {
                    seq: seals.last().map_or(1, |seal| seal.seq + 1),
                    month,
                    after_release: span.after,
                    through_release: span.through,
                    responses: i64::try_from(responses).unwrap_or(i64::MAX),
                    response_hash,
                    cell_hash: hash_of_cells(&cells),
                    hash: String::new(),
                    emptied_on: None,
                };
                let before = seals.last().map_or("", |seal| seal.hash.as_str());
                seal.hash = hash_of_seal(run.tenant, &seal, &latest.hash, before);
                office.store.seal_month(run, &seal, office.now()).await?;
                seals.push(seal);
            }
            Err(fault) => removed.faults.push(format!("{month} stays: {fault}")),
        }
    }
    for seal in seals.iter().filter(|seal| seal.emptied_on.is_none()) {
        empty(office, province, run, (seal, day), removed).await?;
    }
    Ok(())
}

async fn months_that_are_over(
    office: &Office,
    province: &Province,
    (retention, day): (Retention, Date),
) -> Result<BTreeSet<i64>, UsecaseError> {
    let mut months = BTreeSet::new();
    for survey in province.surveys() {
        let all = office.store.months_with_figures(province.tenant, survey.survey.id, i64::MAX).await?;
        let is_over =
            |month: &i64| Month::from_number(*month).is_some_and(|month| retention.is_over(month, day));
        months.extend(all.into_iter().filter(is_over));
    }
    Ok(months)
}

/// Counts a month a last time: how many responses and their hash, or what does not agree.
async fn count(
    office: &Office,
    province: &Province,
    run: &Run,
    (month, span): (i64, Span),
    cells: &[Increment],
) -> Result<Result<(usize, String), String>, UsecaseError> {
    let (mut responses, mut hash) = (0, ResponseHash::default());
    let mut surveys: Vec<_> = province.surveys().iter().collect();
    surveys.sort_by_key(|survey| survey.survey.id);
    for survey in surveys {
        let mut counted = Cells::new();
        let see = |response: &_| hash.take(response);
        let (n, _) =
            count_month(office, run.tenant, (survey.as_ref(), month), span, &mut counted, see).await?;
        office.store.prolong(run, office.now()).await?;
        responses += n;
        if let Some(fault) = compare(&add_up(survey, cells, |_| true)?, &counted).into_iter().next() {
            return Ok(Err(fault));
        }
    }
    Ok(Ok((responses, hash.finish())))
}

async fn empty(
    office: &Office,
    province: &Province,
    run: &Run,
    (seal, day): (&SealedMonth, Date),
    removed: &mut Removed,
) -> Result<(), UsecaseError> {
    for survey in province.surveys() {
        let of = (survey.survey.id, seal.month);
        loop {
            match office.store.remove_responses(run, of, office.now()).await? {
                0 => break,
                rows => removed.responses += rows,
            }
        }
    }
    removed.months += 1;
    Ok(office.store.note_emptied(run, seal, day, office.now()).await?)
}
