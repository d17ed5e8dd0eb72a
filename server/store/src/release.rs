//! Releases: numbered, dated, immutable. Nothing that is not in a published release is ever shown.

use crate::cell::{day, micros, month};
use crate::engine::{read, transact};
use crate::lease::{Run, give_lease};
use crate::{Store, StoreError};
use domain::id::Tenant;
use domain::period::Month;
use time::{Date, OffsetDateTime};

/// A published release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Number, from 1.
    pub number: i64,
    /// What kind of run: `fold`, `import`, `end`.
    pub kind: String,
    /// The day for which the run was scheduled.
    pub scheduled: Date,
    /// The month in which its answers count.
    pub counted_in: Month,
    /// Hash that chains it to the release before, hexadecimal.
    pub hash: String,
}

impl Store {
    /// All published releases of a tenant, newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn releases(&self, tenant: Tenant) -> Result<Vec<Release>, StoreError> {
        let sql = "select release, kind, scheduled_on, counted_in, hash from release
            where tenant = $1 and published_at is not null order by release desc";
        let rows: Vec<(i64, String, i64, i64, String)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter()
            .map(|(number, kind, scheduled, counted, hash)| {
                Ok(Release {
                    number,
                    kind,
                    scheduled: day("release", "scheduled_on", scheduled)?,
                    counted_in: month("release", "counted_in", counted)?,
                    hash,
                })
            })
            .collect()
    }

    /// Makes a run's figures visible, all at once, and gives the lease back.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn publish(&self, run: &Run, hash: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let sql = "update release set published_at = $3, hash = $4 where tenant = $1 and release = $2 and published_at is null";
        transact!(self, tx => {
            give_lease!(tx, run);
            sqlx::query(sql).bind(run.tenant.as_str()).bind(run.release).bind(micros(at)).bind(hash).execute(tx).await?;
        });
        Ok(())
    }

    /// A run that moved nothing makes no release: its number is free again.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn discard(&self, run: &Run) -> Result<(), StoreError> {
        let sql = "delete from release where tenant = $1 and release = $2 and published_at is null";
        transact!(self, tx => {
            give_lease!(tx, run);
            sqlx::query(sql).bind(run.tenant.as_str()).bind(run.release).execute(tx).await?;
        });
        Ok(())
    }
}
