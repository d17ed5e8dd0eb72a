//! One-time codes: what they are about, which are used, how many were given out. The store sees hashes
//! and sealed records; what a code is, and whose, it cannot tell.

mod batch;
pub(crate) mod spend;

pub use batch::{CodeBatch, NewBatch};
pub use spend::Spending;

use crate::batch::Slab;
use crate::cell::unit_id;
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{Tenant, UnitId};
use domain::period::Month;
use std::collections::HashSet;

/// Bytes of a sealed record as stored.
pub const RECORD: usize = 152;
/// Bytes of a hash.
pub const HASH: usize = 32;

/// A code as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Hash of what people type.
    pub hash: [u8; HASH],
    /// Sealed: what it is about; [`RECORD`] bytes.
    pub record: Vec<u8>,
    /// How long it is valid.
    pub term: Term,
}

/// How long a code is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// To the end of this month.
    Through(Month),
    /// It was withdrawn; it would have been valid to the end of this month.
    Withdrawn(Month),
}

impl Term {
    /// The stored number: yyyymm, negative where withdrawn.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Through(month) => month.number(),
            Self::Withdrawn(month) => -month.number(),
        }
    }

    fn from_number(number: i64) -> Result<Self, StoreError> {
        let month = Month::from_number(number.abs());
        let month = month.ok_or_else(|| StoreError::corrupt("code", "expires_in", "month"))?;
        Ok(if number < 0 { Self::Withdrawn(month) } else { Self::Through(month) })
    }
}

/// Codes of a unit, rounded down to tens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeCount {
    /// The deciding unit.
    pub unit: UnitId,
    /// Given out.
    pub issued: i64,
    /// Used.
    pub used: i64,
    /// Run out, or withdrawn, without having been used.
    pub expired: i64,
}

type Row = (Vec<u8>, Vec<u8>, i64);

fn row((hash, record, number): Row) -> Result<CodeRow, StoreError> {
    let hash = hash.try_into().map_err(|_| StoreError::corrupt("code", "code_hash", "hash"))?;
    Ok(CodeRow { hash, record, term: Term::from_number(number)? })
}

impl Store {
    /// The code with a hash. Whether it has been used does not change what is found here.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn code(&self, tenant: Tenant, hash: &[u8; HASH]) -> Result<Option<CodeRow>, StoreError> {
        let sql = "select code_hash, record, expires_in from code where tenant = $1 and code_hash = $2";
        let found: Option<Row> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&hash[..]).fetch_optional(db).await?);
        found.map(row).transpose()
    }

    /// A page of the codes, in the order of their hashes, after the one given.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn codes_page(
        &self,
        tenant: Tenant,
        after: &[u8],
        size: i64,
    ) -> Result<Vec<CodeRow>, StoreError> {
        let sql = "select code_hash, record, expires_in from code
            where tenant = $1 and code_hash > $2 order by code_hash limit $3";
        let rows: Vec<Row> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(after).bind(size).fetch_all(db).await?);
        rows.into_iter().map(row).collect()
    }

    /// Hashes of all used codes.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn spent(&self, tenant: Tenant) -> Result<HashSet<Vec<u8>>, StoreError> {
        let sql = "select spent_hash from code_spent where tenant = $1";
        let hashes: Vec<Vec<u8>> =
            read!(self, db => sqlx::query_scalar(sql).bind(tenant.as_str()).fetch_all(db).await?);
        Ok(hashes.into_iter().collect())
    }

    /// Gives some codes another term, each with the hash under which it would be used; those that are
    /// not there, or withdrawn, stay as they are.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn set_term(
        &self,
        tenant: Tenant,
        codes: &[([u8; HASH], [u8; HASH])],
        term: Term,
    ) -> Result<u64, StoreError> {
        let code = "update code set expires_in = $3 where tenant = $1 and code_hash = $2 and expires_in > 0";
        let spent = "update code_spent set expires_in = $3 where tenant = $1 and spent_hash = $2";
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        let mut changed = 0;
        transact!(self, tx => {
            for (hash, spent_hash) in &codes {
                changed += sqlx::query(code)
                    .bind(tenant.as_str()).bind(&hash[..]).bind(term.number())
                    .execute(&mut *tx).await?.rows_affected();
                // A used code is remembered for as long as the code itself.
                let Term::Through(month) = term else { continue };
                sqlx::query(spent)
                    .bind(tenant.as_str()).bind(&spent_hash[..]).bind(month.number())
                    .execute(&mut *tx).await?;
            }
        });
        Ok(changed)
    }

    /// Forgets codes, used or not, that were valid before a month only; how many.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn forget_codes(&self, tenant: Tenant, before: Month) -> Result<u64, StoreError> {
        let code = "delete from code where tenant = $1 and abs(expires_in) < $2";
        let spent = "delete from code_spent where tenant = $1 and expires_in < $2";
        Ok(transact!(self, tx => {
            let gone = sqlx::query(code)
                .bind(tenant.as_str()).bind(before.number()).execute(&mut *tx).await?.rows_affected();
            sqlx::query(spent).bind(tenant.as_str()).bind(before.number()).execute(tx).await?;
            gone
        }))
    }

    /// Puts the counts of a midnight in the place of those before.
    ///
    /// # Errors
    /// Where the database is away, or a count is not rounded.
    pub async fn put_code_counts(
        &self,
        tenant: Tenant,
        counts: &[CodeCount],
        counted_on: i64,
    ) -> Result<(), StoreError> {
        let put = "insert into code_count (tenant, unit_id, issued, used, expired, counted_on)
            values ($1, $2, $3, $4, $5, $6)";
        transact!(self, tx => {
            sqlx::query("delete from code_count where tenant = $1")
                .bind(tenant.as_str()).execute(&mut *tx).await?;
            for count in counts {
                sqlx::query(put)
                    .bind(tenant.as_str()).bind(&count.unit.as_bytes()[..])
                    .bind(count.issued).bind(count.used).bind(count.expired).bind(counted_on)
                    .execute(&mut *tx).await?;
            }
        });
        Ok(())
    }

    /// The counts of the last midnight.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn code_counts(&self, tenant: Tenant) -> Result<Vec<CodeCount>, StoreError> {
        let sql = "select unit_id, issued, used, expired from code_count where tenant = $1 order by unit_id";
        let rows: Vec<(Vec<u8>, i64, i64, i64)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let count = |(unit, issued, used, expired): (Vec<u8>, i64, i64, i64)| {
            Ok(CodeCount { unit: unit_id("code_count", &unit)?, issued, used, expired })
        };
        rows.into_iter().map(count).collect()
    }
}

/// Columns of many codes, in the order of their hashes, so that no order of rows says who came first.
pub(crate) struct Columns {
    pub(crate) hashes: Slab,
    pub(crate) records: Slab,
}

impl Columns {
    pub(crate) fn of(codes: &[CodeRow]) -> Self {
        let mut codes: Vec<&CodeRow> = codes.iter().collect();
        codes.sort_unstable_by_key(|code| code.hash);
        let mut columns = Self { hashes: Slab::new(HASH), records: Slab::new(RECORD) };
        for code in codes {
            columns.hashes.push(&code.hash);
            columns.records.push(&code.record);
        }
        columns
    }
}
