//! Surveys and the units that they are about.

use crate::cell::{micros, month, survey_id, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::{Month, local_day};
use domain::survey::Survey;
use time::{Date, OffsetDateTime};

#[derive(sqlx::FromRow)]
struct SurveyRow {
    survey_id: Vec<u8>,
    code: String,
    name: String,
    instrument: String,
    instrument_version: i64,
    variant: String,
    month_from: i64,
    month_to: i64,
    k: i64,
    definition: String,
    closed_at: Option<i64>,
    ended_at: Option<i64>,
}

impl SurveyRow {
    fn survey(self) -> Result<Survey, StoreError> {
        let number =
            |n: i64, column| u32::try_from(n).map_err(|_| StoreError::corrupt("survey", column, "number"));
        Ok(Survey {
            id: survey_id("survey", &self.survey_id)?,
            code: self.code,
            name: self.name,
            instrument: self.instrument,
            instrument_version: number(self.instrument_version, "instrument_version")?,
            variant: word("survey", "variant", &self.variant)?,
            from: month("survey", "month_from", self.month_from)?,
            to: month("survey", "month_to", self.month_to)?,
            k: number(self.k, "k")?,
            definition: self.definition,
            closed: self.closed_at.is_some(),
            ended: self.ended_at.is_some(),
        })
    }
}

impl Store {
    /// All surveys of a tenant, newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn surveys(&self, tenant: Tenant) -> Result<Vec<Survey>, StoreError> {
        let sql =
            "select survey_id, code, name, instrument, instrument_version, variant, month_from, month_to, k,
            definition, closed_at, ended_at from survey where tenant = $1 order by opened_at desc, code";
        let rows: Vec<SurveyRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(SurveyRow::survey).collect()
    }

    /// Which units each survey is about.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn survey_units(&self, tenant: Tenant) -> Result<Vec<(SurveyId, UnitId)>, StoreError> {
        let sql = "select survey_id, unit_id from survey_unit where tenant = $1";
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.iter().map(|(s, u)| Ok((survey_id("survey_unit", s)?, unit_id("survey_unit", u)?))).collect()
    }

    /// Opens a survey for some units.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where its code is taken.
    pub async fn open_survey(
        &self,
        tenant: Tenant,
        survey: &Survey,
        units: &[UnitId],
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.insert_survey(tenant, survey, units, at).await.map_err(|error| {
            if error.is_refusal() {
                StoreError::Conflict(format!("a survey with the code {}", survey.code))
            } else {
                error
            }
        })?;
        self.bump_revision().await
    }

    async fn insert_survey(
        &self,
        tenant: Tenant,
        survey: &Survey,
        units: &[UnitId],
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let put = "insert into survey (tenant, survey_id, code, name, instrument, instrument_version, variant,
            month_from, month_to, k, definition, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        let put_unit = "insert into survey_unit (tenant, survey_id, unit_id) values ($1, $2, $3)";
        transact!(self, tx => {
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(&survey.id.as_bytes()[..])
                .bind(&survey.code)
                .bind(&survey.name)
                .bind(&survey.instrument)
                .bind(i64::from(survey.instrument_version))
                .bind(survey.variant.code())
                .bind(survey.from.number())
                .bind(survey.to.number())
                .bind(i64::from(survey.k))
                .bind(&survey.definition)
                .bind(micros(at))
                .execute(&mut *tx)
                .await?;
            for unit in units {
                sqlx::query(put_unit)
                    .bind(tenant.as_str())
                    .bind(&survey.id.as_bytes()[..])
                    .bind(&unit.as_bytes()[..])
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// Closes a survey by hand; `true` where it was open.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn close_survey(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let sql =
            "update survey set closed_at = $3 where tenant = $1 and survey_id = $2 and closed_at is null";
        let changed = transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&survey.as_bytes()[..]).bind(micros(at)).execute(tx).await?.rows_affected()
        });
        self.bump_revision().await?;
        Ok(changed > 0)
    }

    /// The day on which a survey was closed by hand; `None` where it was not.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn survey_closed_on(&self, tenant: Tenant, id: SurveyId) -> Result<Option<Date>, StoreError> {
        let sql = "select closed_at from survey where tenant = $1 and survey_id = $2";
        let at: Option<Option<i64>> = read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str()).bind(&id.as_bytes()[..]).fetch_optional(db).await?);
        Ok(at.flatten().map(|micros| local_day(crate::cell::instant(micros))))
    }

    /// Gives a survey another last month; `false` where it is closed, has ended, or has another last
    /// month than `from` by now.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn set_last_month(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        from: Month,
        to: Month,
    ) -> Result<bool, StoreError> {
        let sql = "update survey set month_to = $4 where tenant = $1 and survey_id = $2 and month_to = $3
            and closed_at is null and ended_at is null";
        let changed = transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&survey.as_bytes()[..])
                .bind(from.number())
                .bind(to.number())
                .execute(tx)
                .await?
                .rows_affected()
        });
        self.bump_revision().await?;
        Ok(changed > 0)
    }

    /// Opens a survey again that was closed by hand; `false` where it was not closed, or has ended.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn reopen_survey(&self, tenant: Tenant, survey: SurveyId) -> Result<bool, StoreError> {
        let sql = "update survey set closed_at = null where tenant = $1 and survey_id = $2
            and closed_at is not null and ended_at is null";
        let changed = transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&survey.as_bytes()[..]).execute(tx).await?.rows_affected()
        });
        self.bump_revision().await?;
        Ok(changed > 0)
    }

    /// Notes that the run that ends a survey has happened.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn end_survey(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sql = "update survey set ended_at = $3 where tenant = $1 and survey_id = $2 and ended_at is null";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&survey.as_bytes()[..]).bind(micros(at)).execute(tx).await?;
        });
        self.bump_revision().await
    }
}
