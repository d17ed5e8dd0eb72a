//! Touchpoints.

use crate::cell::{day_number, unit_id, word};
use crate::engine::{read, transact};
use crate::setting::BUMP;
use crate::{Store, StoreError};
use domain::id::{Tenant, TouchpointId};
use domain::touchpoint::Touchpoint;
use time::Date;

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
            id: TouchpointId::from_slice(&self.touchpoint_id)
                .map_err(|error| StoreError::corrupt(table, "touchpoint_id", error))?,
            token: word(table, "token", &self.token)?,
            unit: unit_id(table, &self.unit_id)?,
            mode: word(table, "mode", &self.mode)?,
            variant: word(table, "variant", &self.variant)?,
            version: u32::try_from(self.version).unwrap_or(u32::MAX),
            revoked: self.revoked_at.is_some(),
        })
    }
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
        let put = "insert into touchpoint (tenant, touchpoint_id, token, unit_id, mode, variant, version, created_on)
            values ($1, $2, $3, $4, $5, $6, $7, $8)";
        transact!(self, tx => {
            for touchpoint in touchpoints {
                sqlx::query(put)
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
}
