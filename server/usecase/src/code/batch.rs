//! A batch as a whole: withdrawing it, and drawing another in its place.

use super::issue::{Drawn, Issued, Wish, issue};
use super::record::CodeRecord;
use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use domain::id::Tenant;
use domain::period::Month;
use domain::right::{Actor, Right};
use std::collections::BTreeMap;
use store::code::{CodeBatch, CodeRow, Term};

/// A code's hash, and the one under which it counts as used.
type Pair = ([u8; 32], [u8; 32]);

/// Rows that are read at once.
pub(super) const PAGE_ROWS: i64 = 2_000;

/// Withdraws a batch: its codes open no form any more, and a form that is open can be sent without.
///
/// # Errors
/// Where the actor may not, there is no such batch, or it is withdrawn already.
pub async fn void(office: &Office, actor: &Actor, number: i64) -> Result<(), UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let batch = find(office, actor.tenant, number).await?;
    if batch.voided_on.is_some() {
        return Err(Objection::BatchWithdrawn(number).into());
    }
    withdraw(office, actor.tenant, number).await?;
    office.note(actor.tenant, &actor.name, "codes-void", &format!("batch {number}")).await
}

/// Withdraws a batch and draws as many codes again, for the same.
///
/// # Errors
/// As [`void`] and [`issue`].
pub async fn reissue(
    office: &Office,
    actor: &Actor,
    number: i64,
    take: &mut (dyn FnMut(&Drawn) -> std::io::Result<()> + Send),
) -> Result<Issued, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let batch = find(office, actor.tenant, number).await?;
    let count = u32::try_from(batch.issued).unwrap_or(u32::MAX);
    if batch.voided_on.is_none() {
        void(office, actor, number).await?;
    }
    issue(office, actor, &Wish::of_batch(&batch.about), count, take).await
}

async fn find(office: &Office, tenant: Tenant, number: i64) -> Result<CodeBatch, UsecaseError> {
    let batches = office.store.code_batches(tenant).await?;
    let unknown = || UsecaseError::Unknown { what: "batch", name: number.to_string() };
    batches.into_iter().find(|batch| batch.number == number).ok_or_else(unknown)
}

/// The readable batch comes last: whoever is interrupted withdraws again.
pub(super) async fn withdraw(office: &Office, tenant: Tenant, number: i64) -> Result<(), UsecaseError> {
    let mut after = Vec::new();
    loop {
        let page = office.store.codes_page(tenant, &after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = last.hash.to_vec();
        let mut by_month: BTreeMap<Month, Vec<Pair>> = BTreeMap::new();
        for row in page {
            if is_of(office, tenant, &row, number)
                && let Term::Through(month) = row.term
            {
                by_month.entry(month).or_default().push((row.hash, office.keys.spent_hash(&row.hash)));
            }
        }
        for (month, pairs) in by_month {
            for piece in pairs.chunks(office.store.rows_at_once()) {
                office.store.set_term(tenant, piece, Term::Withdrawn(month)).await?;
            }
        }
    }
    office.store.void_batch(tenant, number, office.today()).await?;
    Ok(())
}

fn is_of(office: &Office, tenant: Tenant, row: &CodeRow, number: i64) -> bool {
    let record = CodeRecord::unseal(&office.keys, tenant, &row.hash, &row.record);
    record.is_ok_and(|record| i64::from(record.batch) == number)
}
