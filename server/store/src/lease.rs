//! The lease of a run: one process at a time folds a tenant's inbox, and a crashed run is resumed
//! under its own number by whoever comes next.

use crate::cell::{day_number, micros};
use crate::engine::transact;
use crate::{Store, StoreError};
use domain::id::Tenant;
use domain::period::Month;
use time::{Date, Duration, OffsetDateTime};

/// How long a run may be silent before another process takes it over.
pub const SILENCE: Duration = Duration::minutes(2);

/// A run that has been begun and not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The tenant.
    pub tenant: Tenant,
    /// The number of its release.
    pub release: i64,
    /// What kind of run: `fold` or `import`.
    pub kind: String,
    /// Who holds the lease: random bytes of the process.
    pub owner: [u8; 16],
    /// Whether another process had begun it.
    pub resumed: bool,
    /// The day for which it was scheduled.
    pub scheduled: Date,
    /// The month in which its answers count.
    pub counted_in: Month,
}

impl Store {
    /// Begins a run, or resumes the one that somebody began and did not finish (then with *its* day
    /// and month). `None` where another process holds the lease.
    ///
    /// # Errors
    /// Where the database is away.
    #[expect(clippy::too_many_lines, reason = "one transaction, to be read from top to bottom")]
    pub async fn begin_run(
        &self,
        tenant: Tenant,
        kind: &str,
        (scheduled, counted_in): (Date, Month),
        owner: [u8; 16],
        real_now: OffsetDateTime,
    ) -> Result<Option<Run>, StoreError> {
        let take = "insert into fold_lease (tenant, owner, expires_at) values ($1, $2, $3)
            on conflict (tenant) do update set owner = excluded.owner, expires_at = excluded.expires_at
            where fold_lease.expires_at < $4 or fold_lease.owner = excluded.owner";
        let open = "select release, kind, scheduled_on, counted_in from release
            where tenant = $1 and published_at is null order by release limit 1";
        let last = "select coalesce(max(release), 0) from release where tenant = $1";
        let put = "insert into release (tenant, release, kind, scheduled_on, counted_in) values ($1, $2, $3, $4, $5)";
        let found: Option<(i64, String, i64, i64, bool)> = transact!(self, tx => {
            let taken = sqlx::query(take)
                .bind(tenant.as_str())
                .bind(&owner[..])
                .bind(micros(real_now + SILENCE))
                .bind(micros(real_now))
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if taken == 0 {
                None
            } else {
                let begun: Option<(i64, String, i64, i64)> =
                    sqlx::query_as(open).bind(tenant.as_str()).fetch_optional(&mut *tx).await?;
                if let Some((release, kind, day, month)) = begun {
                    Some((release, kind, day, month, true))
                } else {
                    let before: i64 = sqlx::query_scalar(last).bind(tenant.as_str()).fetch_one(&mut *tx).await?;
                    sqlx::query(put)
                        .bind(tenant.as_str())
                        .bind(before + 1)
                        .bind(kind)
                        .bind(day_number(scheduled))
                        .bind(counted_in.number())
                        .execute(tx)
                        .await?;
                    Some((before + 1, kind.to_owned(), day_number(scheduled), counted_in.number(), false))
                }
            }
        });
        found
            .map(|(release, kind, day, month, resumed)| {
                Ok(Run {
                    tenant,
                    release,
                    kind,
                    owner,
                    resumed,
                    scheduled: crate::cell::day("release", "scheduled_on", day)?,
                    counted_in: crate::cell::month("release", "counted_in", month)?,
                })
            })
            .transpose()
    }

    /// Takes back everything that a run of an import wrote: its answers never were in the inbox, and
    /// half a file must not become a release. Gives the lease back.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn undo(&self, run: &Run) -> Result<(), StoreError> {
        let takes = [
            "delete from response where tenant = $1 and release = $2",
            "delete from tally where tenant = $1 and release = $2",
            "delete from total where tenant = $1 and release = $2",
            "delete from release where tenant = $1 and release = $2 and published_at is null",
        ];
        transact!(self, tx => {
            give_lease!(tx, run);
            for sql in takes {
                sqlx::query(sql).bind(run.tenant.as_str()).bind(run.release).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }

    /// Gives the lease back.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn end_lease(&self, run: &Run) -> Result<(), StoreError> {
        transact!(self, tx => {
            sqlx::query(GIVE_BACK)
                .bind(run.tenant.as_str()).bind(&run.owner[..]).execute(tx).await?;
        });
        Ok(())
    }
}

/// Prolongs the lease inside a transaction; no row changed means that it was lost.
pub(crate) const PROLONG: &str = "update fold_lease set expires_at = $3 where tenant = $1 and owner = $2";
/// Gives the lease back; no row changed means that it was lost.
pub(crate) const GIVE_BACK: &str = "delete from fold_lease where tenant = $1 and owner = $2";

/// Prolongs a run's lease inside a transaction, or leaves the function where it was lost.
macro_rules! hold_lease {
    ($tx:expr, $run:expr, $real_now:expr) => {
        let held = sqlx::query(crate::lease::PROLONG)
            .bind($run.tenant.as_str())
            .bind(&$run.owner[..])
            .bind(crate::cell::micros($real_now + crate::lease::SILENCE))
            .execute(&mut *$tx)
            .await?;
        if held.rows_affected() == 0 {
            return Err(crate::StoreError::LeaseLost);
        }
    };
}

/// Gives a run's lease back inside a transaction, or leaves the function where it was lost.
macro_rules! give_lease {
    ($tx:expr, $run:expr) => {
        let held = sqlx::query(crate::lease::GIVE_BACK)
            .bind($run.tenant.as_str())
            .bind(&$run.owner[..])
            .execute(&mut *$tx)
            .await?;
        if held.rows_affected() == 0 {
            return Err(crate::StoreError::LeaseLost);
        }
    };
}

pub(crate) use {give_lease, hold_lease};
