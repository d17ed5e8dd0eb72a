//! Touchpoints.

use crate::cell::{day, day_number, unit_id, word};
use crate::engine::{read, transact};
use crate::setting::BUMP;
use crate::{Store, StoreError};
use domain::id::{Tenant, TouchpointId};
use domain::period::{Month, local_day};
use domain::touchpoint::{PosterState, Touchpoint};
use time::{Date, OffsetDateTime};

#[derive(sqlx::FromRow)]
struct TouchpointRow {
    touchpoint_id: Vec<u8>,
    token: String,
    unit_id: Vec<u8>,
    mode: String,
    variant: String,
    version: i64,
    revoked_at: Option<i64>,
}

impl TouchpointRow {
    fn touchpoint(&self) -> Result<Touchpoint, StoreError> {
        let table = "touchpoint";
        Ok(Touchpoint {
            id: touchpoint_id(table, &self.touchpoint_id)?,
            token: word(table, "token", &self.token)?,
            unit: unit_id(table, &self.unit_id)?,
            mode: word(table, "mode", &self.mode)?,
            variant: word(table, "variant", &self.variant)?,
            version: u32::try_from(self.version).unwrap_or(u32::MAX),
            revoked: self.revoked_at.is_some(),
        })
    }
}

const PUT: &str =
    "insert into touchpoint (tenant, touchpoint_id, token, unit_id, mode, variant, version, created_on)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// When a touchpoint was made and revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TouchpointDays {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// The day on which it was made.
    pub made: Date,
    /// The day on which it was revoked.
    pub revoked: Option<Date>,
}

/// How somebody found a poster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PosterCheck {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// The month that the look counts for.
    pub month: Month,
    /// How it hung there.
    pub state: PosterState,
    /// The account that looked.
    pub who: String,
    /// The day.
    pub on: Date,
}

impl Store {
    /// All touchpoints of a tenant.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn touchpoints(&self, tenant: Tenant) -> Result<Vec<Touchpoint>, StoreError> {
        let sql = "select touchpoint_id, token, unit_id, mode, variant, version, revoked_at
            from touchpoint where tenant = $1 order by created_on, token";
        let rows: Vec<TouchpointRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.iter().map(TouchpointRow::touchpoint).collect()
    }

    /// Adds touchpoints, all or nothing.
    ///
    /// # Errors
    /// Where a token is taken (draw again) or a unit does not exist.
    pub async fn add_touchpoints(&self, touchpoints: &[Touchpoint], on: Date) -> Result<(), StoreError> {
        transact!(self, tx => {
            for touchpoint in touchpoints {
                sqlx::query(PUT)
                    .bind(touchpoint.token.tenant().as_str().to_owned())
                    .bind(&touchpoint.id.as_bytes()[..])
                    .bind(touchpoint.token.to_string())
                    .bind(&touchpoint.unit.as_bytes()[..])
                    .bind(touchpoint.mode.to_string())
                    .bind(touchpoint.variant.code())
                    .bind(i64::from(touchpoint.version))
                    .bind(day_number(on))
                    .execute(&mut *tx)
                    .await?;
            }
        });
        self.bump_revision().await
    }

    /// Adds touchpoints where their unit has none of the same mode and form in use, all or nothing, and
    /// says how many were added. Of two who add at once the second finds those of the first.
    ///
    /// # Errors
    /// Where a token is taken (draw again) or a unit does not exist.
    pub async fn add_missing_touchpoints(
        &self,
        touchpoints: &[Touchpoint],
        on: Date,
    ) -> Result<usize, StoreError> {
        let put = "insert into touchpoint (tenant, touchpoint_id, token, unit_id, mode, variant, version, created_on)
            select $1, $2, $3, $4, $5, $6, cast($7 as bigint), cast($8 as bigint) where not exists (
                select 1 from touchpoint t where t.tenant = $1 and t.unit_id = $4 and t.mode = $5
                and t.variant = $6 and t.revoked_at is null)";
        let mut added = 0;
        transact!(self, tx => {
            // The row of the revision is the queue: whoever holds it is alone until the end.
            sqlx::query(BUMP).execute(&mut *tx).await?;
            for touchpoint in touchpoints {
                added += sqlx::query(put)
                    .bind(touchpoint.token.tenant().as_str().to_owned())
                    .bind(&touchpoint.id.as_bytes()[..])
                    .bind(touchpoint.token.to_string())
                    .bind(&touchpoint.unit.as_bytes()[..])
                    .bind(touchpoint.mode.to_string())
                    .bind(touchpoint.variant.code())
                    .bind(i64::from(touchpoint.version))
                    .bind(day_number(on))
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
            }
        });
        Ok(usize::try_from(added).unwrap_or(usize::MAX))
    }

    /// Adds a touchpoint with a later version beside one that stays in use; `false` where that was revoked, or
    /// has a later one already. Of two who add at once the second finds that of the first.
    ///
    /// # Errors
    /// Where the token is taken (draw again).
    pub async fn add_version(
        &self,
        old: TouchpointId,
        fresh: &Touchpoint,
        on: Date,
    ) -> Result<bool, StoreError> {
        let put = "insert into touchpoint (tenant, touchpoint_id, token, unit_id, mode, variant, version, created_on)
            select $1, $2, $3, $4, $5, $6, cast($7 as bigint), cast($8 as bigint) where exists (
                select 1 from touchpoint o where o.tenant = $1 and o.touchpoint_id = $9 and o.revoked_at is null)
            and not exists (
                select 1 from touchpoint t where t.tenant = $1 and t.unit_id = $4 and t.mode = $5
                and t.variant = $6 and t.version >= cast($7 as bigint) and t.revoked_at is null)";
        Ok(transact!(self, tx => {
            sqlx::query(BUMP).execute(&mut *tx).await?;
            sqlx::query(put)
                .bind(fresh.token.tenant().as_str().to_owned())
                .bind(&fresh.id.as_bytes()[..])
                .bind(fresh.token.to_string())
                .bind(&fresh.unit.as_bytes()[..])
                .bind(fresh.mode.to_string())
                .bind(fresh.variant.code())
                .bind(i64::from(fresh.version))
                .bind(day_number(on))
                .bind(&old.as_bytes()[..])
                .execute(tx)
                .await?
                .rows_affected() > 0
        }))
    }

    /// Revokes a touchpoint; `true` where it was in use.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn revoke_touchpoint(
        &self,
        tenant: Tenant,
        id: TouchpointId,
        at_micros: i64,
    ) -> Result<bool, StoreError> {
        let sql = "update touchpoint set revoked_at = $3 where tenant = $1 and touchpoint_id = $2 and revoked_at is null";
        let changed = transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&id.as_bytes()[..]).bind(at_micros).execute(tx).await?.rows_affected()
        });
        self.bump_revision().await?;
        Ok(changed > 0)
    }

    /// Takes a revocation back; `true` where there was one.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn restore_touchpoint(&self, tenant: Tenant, id: TouchpointId) -> Result<bool, StoreError> {
        let sql = "update touchpoint set revoked_at = null where tenant = $1 and touchpoint_id = $2 and revoked_at is not null";
        let changed = transact!(self, tx => {
            sqlx::query(BUMP).execute(&mut *tx).await?;
            sqlx::query(sql).bind(tenant.as_str()).bind(&id.as_bytes()[..]).execute(tx).await?.rows_affected()
        });
        Ok(changed > 0)
    }

    /// Revokes a touchpoint and puts another in its place, both or neither; `false` where it was
    /// revoked already.
    ///
    /// # Errors
    /// Where the new token is taken (draw again).
    pub async fn replace_touchpoint(
        &self,
        old: TouchpointId,
        fresh: &Touchpoint,
        (on, at_micros): (Date, i64),
    ) -> Result<bool, StoreError> {
        let tenant = fresh.token.tenant();
        let revoke = "update touchpoint set revoked_at = $3 where tenant = $1 and touchpoint_id = $2 and revoked_at is null";
        let replaced = transact!(self, tx => {
            sqlx::query(BUMP).execute(&mut *tx).await?;
            let gone = sqlx::query(revoke)
                .bind(tenant.as_str().to_owned())
                .bind(&old.as_bytes()[..])
                .bind(at_micros)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone > 0 {
                sqlx::query(PUT)
                    .bind(tenant.as_str().to_owned())
                    .bind(&fresh.id.as_bytes()[..])
                    .bind(fresh.token.to_string())
                    .bind(&fresh.unit.as_bytes()[..])
                    .bind(fresh.mode.to_string())
                    .bind(fresh.variant.code())
                    .bind(i64::from(fresh.version))
                    .bind(day_number(on))
                    .execute(tx)
                    .await?;
            }
            gone > 0
        });
        Ok(replaced)
    }

    /// The days on which each touchpoint was made and revoked.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn touchpoint_days(&self, tenant: Tenant) -> Result<Vec<TouchpointDays>, StoreError> {
        let sql = "select touchpoint_id, created_on, revoked_at from touchpoint where tenant = $1";
        let rows: Vec<(Vec<u8>, i64, Option<i64>)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let days = |(id, made, revoked): (Vec<u8>, i64, Option<i64>)| {
            Ok(TouchpointDays {
                touchpoint: touchpoint_id("touchpoint", &id)?,
                made: day("touchpoint", "created_on", made)?,
                revoked: revoked.map(instant).transpose()?.map(local_day),
            })
        };
        rows.into_iter().map(days).collect()
    }

    /// Notes how posters were found in a month; a later look replaces an earlier one.
    ///
    /// # Errors
    /// Where a touchpoint does not exist.
    pub async fn put_checks(
        &self,
        tenant: Tenant,
        month: Month,
        found: &[(TouchpointId, PosterState)],
        (who, at_micros): (&str, i64),
    ) -> Result<(), StoreError> {
        let put = "insert into touchpoint_check (tenant, touchpoint_id, month, state, who, checked_at)
            values ($1, $2, $3, $4, $5, $6) on conflict (tenant, touchpoint_id, month)
            do update set state = excluded.state, who = excluded.who, checked_at = excluded.checked_at";
        transact!(self, tx => {
            for (touchpoint, state) in found {
                sqlx::query(put)
                    .bind(tenant.as_str())
                    .bind(&touchpoint.as_bytes()[..])
                    .bind(month.number())
                    .bind(state.code())
                    .bind(who)
                    .bind(at_micros)
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// How posters were found from a month on, newest month first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn checks_since(&self, tenant: Tenant, month: Month) -> Result<Vec<PosterCheck>, StoreError> {
        let sql = "select touchpoint_id, month, state, who, checked_at from touchpoint_check
            where tenant = $1 and month >= $2 order by month desc, touchpoint_id";
        let rows: Vec<(Vec<u8>, i64, String, String, i64)> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(month.number()).fetch_all(db).await?);
        let table = "touchpoint_check";
        let check = |(id, month, state, who, at): (Vec<u8>, i64, String, String, i64)| {
            Ok(PosterCheck {
                touchpoint: touchpoint_id(table, &id)?,
                month: crate::cell::month(table, "month", month)?,
                state: word(table, "state", &state)?,
                who,
                on: local_day(instant(at)?),
            })
        };
        rows.into_iter().map(check).collect()
    }
}

fn touchpoint_id(table: &'static str, bytes: &[u8]) -> Result<TouchpointId, StoreError> {
    TouchpointId::from_slice(bytes).map_err(|error| StoreError::corrupt(table, "touchpoint_id", error))
}

fn instant(micros: i64) -> Result<OffsetDateTime, StoreError> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
        .map_err(|error| StoreError::corrupt("touchpoint", "revoked_at", error))
}
