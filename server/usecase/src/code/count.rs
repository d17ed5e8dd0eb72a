//! Counts of codes, as of the last midnight and rounded down to tens, and codes against dossiers.

use super::batch::PAGE_ROWS;
use super::record::CodeRecord;
use crate::error::UsecaseError;
use crate::office::Office;
use domain::code::Issuer;
use domain::id::{Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use std::collections::BTreeMap;
use store::cell::day_number;
use store::code::{CodeCount, Term};
use time::Date;

/// Months for which a code that has run out is remembered, so that whoever comes too late is told so.
const REMEMBERED: i32 = 3;

/// Opens all codes on record, counts by deciding unit, stores only tens.
///
/// # Errors
/// Where the database is away.
pub async fn count_codes(office: &Office, tenant: Tenant) -> Result<(), UsecaseError> {
    let spent = office.store.spent(tenant).await?;
    let this_month = Month::of(office.today());
    let mut counts: BTreeMap<UnitId, [i64; 3]> = BTreeMap::new();
    let mut after = Vec::new();
    loop {
        let page = office.store.codes_page(tenant, &after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = last.hash.to_vec();
        for row in page {
            let Ok(record) = CodeRecord::unseal(&office.keys, tenant, &row.hash, &row.record) else {
                continue;
            };
            let count = counts.entry(record.subject.deciding).or_default();
            count[0] += 1;
            if spent.contains(&office.keys.spent_hash(&row.hash)[..]) {
                count[1] += 1;
            } else if !matches!(row.term, Term::Through(month) if month >= this_month) {
                count[2] += 1;
            }
        }
    }
    let tens = |n: i64| n / 10 * 10;
    let rows: Vec<CodeCount> = counts
        .into_iter()
        .map(|(unit, [issued, used, expired])| CodeCount {
            unit,
            issued: tens(issued),
            used: tens(used),
            expired: tens(expired),
        })
        .collect();
    Ok(office.store.put_code_counts(tenant, &rows, day_number(office.today())).await?)
}

/// Forgets what ran out months ago; how many.
///
/// # Errors
/// Where the database is away.
pub async fn forget_codes(office: &Office, tenant: Tenant, day: Date) -> Result<u64, UsecaseError> {
    Ok(office.store.forget_codes(tenant, Month::of(day).plus(-REMEMBERED)).await?)
}

/// Codes that the province gave out against dossiers that were closed, of a unit and a field in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The deciding unit.
    pub unit: UnitId,
    /// Code of the field.
    pub field: String,
    /// The year in which the codes were drawn.
    pub year: i32,
    /// Codes of batches that were not withdrawn.
    pub codes: i64,
    /// Dossiers that were closed in the year, in the months that are known.
    pub dossiers: i64,
}

impl Balance {
    /// Codes for which there is no dossier.
    #[must_use]
    pub fn excess(&self) -> i64 {
        (self.codes - self.dossiers).max(0)
    }
}

/// Every unit and field with codes of the province in a year, the largest excess first.
///
/// # Errors
/// Where the database is away.
pub async fn balances(office: &Office, scope: &Scope, year: i32) -> Result<Vec<Balance>, UsecaseError> {
    let mut codes: BTreeMap<(UnitId, String), i64> = BTreeMap::new();
    for batch in office.store.code_batches(scope.tenant()).await? {
        let counts = batch.voided_on.is_none() && batch.about.issuer != Issuer::Unit;
        if counts && batch.about.drawn_on.year() == year && scope.covers(batch.about.deciding) {
            *codes.entry((batch.about.deciding, batch.about.field)).or_default() += batch.issued;
        }
    }
    let Some((from, to)) = Month::new(year, 1).zip(Month::new(year, 12)) else { return Ok(Vec::new()) };
    let mut dossiers: BTreeMap<(UnitId, String), i64> = BTreeMap::new();
    for volume in office.store.volumes(scope, from, to).await? {
        *dossiers.entry((volume.unit, volume.field)).or_default() += volume.dossiers.closed;
    }
    let balance = |((unit, field), codes): ((UnitId, String), i64)| {
        let dossiers = dossiers.get(&(unit, field.clone())).copied().unwrap_or(0);
        Balance { unit, field, year, codes, dossiers }
    };
    let mut all: Vec<Balance> = codes.into_iter().map(balance).collect();
    all.sort_by_key(|balance| std::cmp::Reverse(balance.excess()));
    Ok(all)
}
