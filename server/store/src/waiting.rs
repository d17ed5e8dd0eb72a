//! Counts of answers that wait, rounded down to tens before they are stored.

use crate::cell::{day, day_number, survey_id, unit_id};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant, UnitId};
use time::Date;

/// The setting that holds the day of the newest count, as yyyymmdd.
const COUNTED: &str = "waiting-counted-on";

/// Tens that wait for a unit in a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The survey.
    pub survey: SurveyId,
    /// The deciding unit.
    pub unit: UnitId,
    /// Rounded down to tens.
    pub tens: i64,
}

impl Store {
    /// Replaces the counts.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_waiting(&self, tenant: Tenant, counts: &[Waiting], on: Date) -> Result<(), StoreError> {
        let note = "insert into setting (tenant, name, value) values ($1, $2, $3)
            on conflict (tenant, name) do update set value = excluded.value";
        let put =
            "insert into waiting (tenant, survey_id, unit_id, tens, counted_on) values ($1, $2, $3, $4, $5)";
        transact!(self, tx => {
            // Of two processes that count at one midnight the second finds the rows of the first.
            sqlx::query(crate::account::ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            sqlx::query("delete from waiting where tenant = $1").bind(tenant.as_str()).execute(&mut *tx).await?;
            sqlx::query(note)
                .bind(tenant.as_str())
                .bind(COUNTED)
                .bind(day_number(on).to_string())
                .execute(&mut *tx)
                .await?;
            for count in counts {
                sqlx::query(put)
                    .bind(tenant.as_str())
                    .bind(&count.survey.as_bytes()[..])
                    .bind(&count.unit.as_bytes()[..])
                    .bind(count.tens - count.tens.rem_euclid(10))
                    .bind(day_number(on))
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// The counts.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn waiting(&self, tenant: Tenant) -> Result<Vec<Waiting>, StoreError> {
        let sql = "select survey_id, unit_id, tens from waiting where tenant = $1";
        let rows: Vec<(Vec<u8>, Vec<u8>, i64)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.iter()
            .map(|(s, u, tens)| {
                Ok(Waiting { survey: survey_id("waiting", s)?, unit: unit_id("waiting", u)?, tens: *tens })
            })
            .collect()
    }

    /// The day of the newest count; `None` where nothing was counted yet.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn waiting_counted_on(&self, tenant: Tenant) -> Result<Option<Date>, StoreError> {
        let on = self.setting(tenant.as_str(), COUNTED).await?;
        let corrupt = || StoreError::corrupt("setting", "value", "day");
        on.map(|text| day("setting", "value", text.parse().map_err(|_| corrupt())?)).transpose()
    }
}
