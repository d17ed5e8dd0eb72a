//! Forms on paper: which batches were drawn, which forms were typed. What was typed is sealed while it
//! waits to be typed again, and gone when the form is done.

use crate::cell::{day, day_number, survey_id, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::language::Language;
use domain::survey::Variant;
use std::collections::BTreeMap;
use time::Date;

/// Bytes of a sealed record as stored.
pub const RECORD: usize = 8_303;

/// What the forms of a batch are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaperBatch {
    /// The survey.
    pub survey: SurveyId,
    /// The counter where they are handed out.
    pub unit: UnitId,
    /// Which form.
    pub variant: Variant,
    /// In which language.
    pub language: Language,
    /// Codes of the fields that are printed, in order.
    pub fields: Vec<String>,
    /// How many.
    pub forms: u32,
    /// The day.
    pub drawn_on: Date,
}

/// A batch that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperBatch {
    /// Its number.
    pub number: i64,
    /// What its forms are.
    pub about: NewPaperBatch,
    /// When it was withdrawn.
    pub voided_on: Option<Date>,
}

/// How far a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Typed once.
    Once = 1,
    /// Typed twice, and differently.
    Differs = 2,
    /// Done: nothing of it is kept here.
    Done = 3,
}

impl Stage {
    fn from_number(number: i64) -> Result<Self, StoreError> {
        let all = [Self::Once, Self::Differs, Self::Done];
        let found = all.into_iter().find(|stage| *stage as i64 == number);
        found.ok_or_else(|| StoreError::corrupt("paper_form", "stage", "stage"))
    }
}

/// A form that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperForm {
    /// Its number within the batch.
    pub form: i64,
    /// How far it is.
    pub stage: Stage,
    /// Sealed: what was typed, and by whom; [`RECORD`] bytes. `None` where it is done.
    pub record: Option<Vec<u8>>,
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    batch: i64,
    survey_id: Vec<u8>,
    unit_id: Vec<u8>,
    variant: String,
    language: String,
    fields: String,
    forms: i64,
    drawn_on: i64,
    voided_on: Option<i64>,
}

impl BatchRow {
    fn batch(self) -> Result<PaperBatch, StoreError> {
        let table = "paper_batch";
        let voided = self.voided_on.map(|number| day(table, "voided_on", number));
        let fields = self.fields.split(',').filter(|code| !code.is_empty()).map(str::to_owned);
        Ok(PaperBatch {
            number: self.batch,
            about: NewPaperBatch {
                survey: survey_id(table, &self.survey_id)?,
                unit: unit_id(table, &self.unit_id)?,
                variant: word(table, "variant", &self.variant)?,
                language: word(table, "language", &self.language)?,
                fields: fields.collect(),
                forms: u32::try_from(self.forms).map_err(|e| StoreError::corrupt(table, "forms", e))?,
                drawn_on: day(table, "drawn_on", self.drawn_on)?,
            },
            voided_on: voided.transpose()?,
        })
    }
}

type FormRow = (i64, i64, Option<Vec<u8>>);

fn form((form, stage, record): FormRow) -> Result<PaperForm, StoreError> {
    Ok(PaperForm { form, stage: Stage::from_number(stage)?, record })
}

const BEGIN: &str = "insert into paper_batch
    (tenant, batch, survey_id, unit_id, variant, language, fields, forms, drawn_on)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// A batch that was withdrawn takes nothing.
const FIRST: &str = "insert into paper_form (tenant, batch, form, stage, record)
    select $1, cast($2 as bigint), cast($3 as bigint), 1, $4 where exists (
        select 1 from paper_batch b where b.tenant = $1 and b.batch = cast($2 as bigint) and b.voided_on is null)
    on conflict do nothing";

impl Store {
    /// Draws a batch and says its number.
    ///
    /// # Errors
    /// Where the database is away, or survey or unit do not exist.
    pub async fn draw_paper(&self, tenant: Tenant, new: &NewPaperBatch) -> Result<i64, StoreError> {
        let last = "select max(batch) from paper_batch where tenant = $1";
        Ok(transact!(self, tx => {
            sqlx::query(crate::account::ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            let last: Option<i64> =
                sqlx::query_scalar(last).bind(tenant.as_str()).fetch_one(&mut *tx).await?;
            let batch = last.unwrap_or(0) + 1;
            sqlx::query(BEGIN)
                .bind(tenant.as_str())
                .bind(batch)
                .bind(&new.survey.as_bytes()[..])
                .bind(&new.unit.as_bytes()[..])
                .bind(new.variant.code())
                .bind(new.language.code())
                .bind(new.fields.join(","))
                .bind(i64::from(new.forms))
                .bind(day_number(new.drawn_on))
                .execute(tx)
                .await?;
            batch
        }))
    }

    /// All batches, the newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn paper_batches(&self, tenant: Tenant) -> Result<Vec<PaperBatch>, StoreError> {
        let sql = "select batch, survey_id, unit_id, variant, language, fields, forms, drawn_on, voided_on
            from paper_batch where tenant = $1 order by batch desc";
        let rows: Vec<BatchRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(BatchRow::batch).collect()
    }

    /// A batch.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn paper_batch(&self, tenant: Tenant, batch: i64) -> Result<Option<PaperBatch>, StoreError> {
        let sql = "select batch, survey_id, unit_id, variant, language, fields, forms, drawn_on, voided_on
            from paper_batch where tenant = $1 and batch = $2";
        let row: Option<BatchRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(batch).fetch_optional(db).await?);
        row.map(BatchRow::batch).transpose()
    }

    /// How many forms of each batch are how far.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn paper_counts(&self, tenant: Tenant) -> Result<BTreeMap<(i64, Stage), i64>, StoreError> {
        let sql = "select batch, stage, count(*) from paper_form where tenant = $1 group by batch, stage";
        let rows: Vec<(i64, i64, i64)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(|(batch, stage, n)| Ok(((batch, Stage::from_number(stage)?), n))).collect()
    }

    /// The forms of a batch that were typed, in order.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn paper_forms(&self, tenant: Tenant, batch: i64) -> Result<Vec<PaperForm>, StoreError> {
        let sql = "select form, stage, record from paper_form where tenant = $1 and batch = $2 order by form";
        let rows: Vec<FormRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(batch).fetch_all(db).await?);
        rows.into_iter().map(form).collect()
    }

    /// A form, if it was typed.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn paper_form(
        &self,
        tenant: Tenant,
        batch: i64,
        number: i64,
    ) -> Result<Option<PaperForm>, StoreError> {
        let sql = "select form, stage, record from paper_form where tenant = $1 and batch = $2 and form = $3";
        let row: Option<FormRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(batch).bind(number).fetch_optional(db).await?);
        row.map(form).transpose()
    }

    /// Keeps what was typed first; `false` where somebody was quicker, or the batch was withdrawn.
    ///
    /// # Errors
    /// Where the database is away, or there is no such batch.
    pub async fn put_paper(
        &self,
        tenant: Tenant,
        (batch, form): (i64, i64),
        record: &[u8],
    ) -> Result<bool, StoreError> {
        Ok(transact!(self, tx => {
            sqlx::query(FIRST)
                .bind(tenant.as_str()).bind(batch).bind(form).bind(record)
                .execute(tx).await?.rows_affected() > 0
        }))
    }

    /// Keeps both of two typings that differ in the place of the first; `false` where that is not there
    /// any more.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_difference(
        &self,
        tenant: Tenant,
        (batch, form): (i64, i64),
        (old, fresh): (&[u8], &[u8]),
    ) -> Result<bool, StoreError> {
        let sql = "update paper_form set stage = 2, record = $5
            where tenant = $1 and batch = $2 and form = $3 and record = $4";
        Ok(transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str()).bind(batch).bind(form).bind(old).bind(fresh)
                .execute(tx).await?.rows_affected() > 0
        }))
    }

    /// Notes that a form is done and forgets what was typed; `false` where it was done already.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn finish_paper(&self, tenant: Tenant, batch: i64, form: i64) -> Result<bool, StoreError> {
        let sql = "update paper_form set stage = 3, record = null
            where tenant = $1 and batch = $2 and form = $3 and stage < 3";
        Ok(transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str()).bind(batch).bind(form).execute(tx).await?.rows_affected() > 0
        }))
    }

    /// Withdraws a batch and forgets what waits of it; `false` where it was withdrawn already, or there is
    /// none.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn void_paper(&self, tenant: Tenant, batch: i64, on: Date) -> Result<bool, StoreError> {
        let void = "update paper_batch set voided_on = $3
            where tenant = $1 and batch = $2 and voided_on is null";
        let forget = "delete from paper_form where tenant = $1 and batch = $2 and stage < 3";
        Ok(transact!(self, tx => {
            let voided = sqlx::query(void)
                .bind(tenant.as_str()).bind(batch).bind(day_number(on))
                .execute(&mut *tx).await?.rows_affected() > 0;
            if voided {
                sqlx::query(forget).bind(tenant.as_str()).bind(batch).execute(tx).await?;
            }
            voided
        }))
    }

    /// Forgets what waits of a survey that is over; how many forms.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn forget_paper(&self, tenant: Tenant, survey: SurveyId) -> Result<u64, StoreError> {
        let sql = "delete from paper_form where tenant = $1 and stage < 3 and batch in (
            select b.batch from paper_batch b where b.tenant = $1 and b.survey_id = $2)";
        Ok(transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).execute(tx).await?.rows_affected()
        }))
    }
}
