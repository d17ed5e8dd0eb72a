//! Answers of touchpoints by finished week, in tens, and the sealed count of the week that runs.

use crate::cell::{day, day_number};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{Tenant, TouchpointId};
use time::Date;

/// Tens of a touchpoint in a finished week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TouchpointWeek {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// The week's Monday.
    pub week: Date,
    /// Rounded down to tens.
    pub tens: i64,
}

const BEGIN: &str = "insert into touchpoint_count (tenant, record) values ($1, $2) on conflict do nothing";
const REPLACE: &str = "update touchpoint_count set record = $2 where tenant = $1 and record = $3";
const WEEK: &str = "insert into touchpoint_week (tenant, touchpoint_id, week, tens)
    values ($1, $2, $3, $4) on conflict do nothing";

impl Store {
    /// The sealed count of the week that runs.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn touchpoint_count(&self, tenant: Tenant) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "select record from touchpoint_count where tenant = $1";
        Ok(read!(self, db => sqlx::query_scalar(sql).bind(tenant.as_str()).fetch_optional(db).await?))
    }

    /// Puts another count in the place of one, and writes the weeks that ended between them, both or
    /// neither; `false` where another process has been here.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_touchpoint_count(
        &self,
        tenant: Tenant,
        (old, fresh): (Option<&[u8]>, &[u8]),
        ended: &[TouchpointWeek],
    ) -> Result<bool, StoreError> {
        Ok(transact!(self, tx => {
            let put = match old {
                None => sqlx::query(BEGIN).bind(tenant.as_str()).bind(fresh),
                Some(old) => sqlx::query(REPLACE).bind(tenant.as_str()).bind(fresh).bind(old),
            };
            let put = put.execute(&mut *tx).await?.rows_affected() > 0;
            for one in ended.iter().filter(|_| put) {
                sqlx::query(WEEK)
                    .bind(tenant.as_str())
                    .bind(&one.touchpoint.as_bytes()[..])
                    .bind(day_number(one.week))
                    .bind(one.tens - one.tens.rem_euclid(10))
                    .execute(&mut *tx)
                    .await?;
            }
            put
        }))
    }

    /// Finished weeks from one on, the newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn touchpoint_weeks(
        &self,
        tenant: Tenant,
        since: Date,
    ) -> Result<Vec<TouchpointWeek>, StoreError> {
        let sql = "select touchpoint_id, week, tens from touchpoint_week
            where tenant = $1 and week >= $2 order by week desc, touchpoint_id";
        let rows: Vec<(Vec<u8>, i64, i64)> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(day_number(since)).fetch_all(db).await?);
        let table = "touchpoint_week";
        let one = |(id, week, tens): (Vec<u8>, i64, i64)| {
            let touchpoint = TouchpointId::from_slice(&id);
            Ok(TouchpointWeek {
                touchpoint: touchpoint.map_err(|e| StoreError::corrupt(table, "touchpoint_id", e))?,
                week: day(table, "week", week)?,
                tens,
            })
        };
        rows.into_iter().map(one).collect()
    }
}
