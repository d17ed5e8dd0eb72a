//! Sealed months: what proves the figures of a month when its responses are gone. Append-only, each
//! row hashed together with the row before it.

use crate::batch::close_month;
use crate::cell::day_number;
use crate::engine::{Pool, read, transact};
use crate::lease::{Run, hold_lease};
use crate::{Store, StoreError};
use domain::id::Tenant;
use time::{Date, OffsetDateTime};

/// A sealed month: everything that was counted in it after one release and through another.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SealedMonth {
    /// Number, from 1.
    pub seq: i64,
    /// yyyymm.
    pub month: i64,
    /// The release up to which an earlier seal of the month reaches; 0 where there is none.
    pub after_release: i64,
    /// The release up to which this one reaches.
    pub through_release: i64,
    /// How many responses there were.
    pub responses: i64,
    /// Hash of the responses, hexadecimal.
    pub response_hash: String,
    /// Hash of the cells that they are in, hexadecimal.
    pub cell_hash: String,
    /// Hash of all this and of the row before, hexadecimal.
    pub hash: String,
    /// The day on which the last response was deleted, yyyymmdd; `None` while there are some.
    pub emptied_on: Option<i64>,
}

impl Store {
    /// All sealed months of a tenant, in the order of their chain.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn sealed_months(&self, tenant: Tenant) -> Result<Vec<SealedMonth>, StoreError> {
        let sql =
            "select seq, month, after_release, through_release, responses, response_hash, cell_hash, hash,
            emptied_on from sealed_month where tenant = $1 order by seq";
        Ok(read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?))
    }

    /// Appends a seal.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn seal_month(
        &self,
        run: &Run,
        seal: &SealedMonth,
        real_now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let put = "insert into sealed_month (tenant, seq, month, after_release, through_release, responses,
            response_hash, cell_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            sqlx::query(put)
                .bind(run.tenant.as_str())
                .bind(seal.seq)
                .bind(seal.month)
                .bind(seal.after_release)
                .bind(seal.through_release)
                .bind(seal.responses)
                .bind(&seal.response_hash)
                .bind(&seal.cell_hash)
                .bind(&seal.hash)
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// Notes that nothing is left of a sealed month, and gives its room back.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn note_emptied(
        &self,
        run: &Run,
        seal: &SealedMonth,
        on: Date,
        real_now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let note = "update sealed_month set emptied_on = $3 where tenant = $1 and seq = $2";
        transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            sqlx::query(note).bind(run.tenant.as_str()).bind(seal.seq).bind(day_number(on)).execute(tx).await?;
        });
        if let (Pool::Postgres(pool), Some(close)) = (&self.pool, close_month(&self.pool)) {
            sqlx::query(close).bind(seal.month).execute(pool).await?;
        }
        Ok(())
    }
}
