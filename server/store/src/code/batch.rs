//! Batches: how many codes were given out, and for what.

use super::{CodeRow, Columns};
use crate::cell::{day, day_number, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::code::Issuer;
use domain::id::{Tenant, UnitId};
use domain::survey::{Channel, Mode};
use time::Date;

/// What the codes of a batch are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBatch {
    /// The unit that decides.
    pub deciding: UnitId,
    /// The counter that receives.
    pub receiving: UnitId,
    /// Code of the field.
    pub field: String,
    /// How the dossiers are handed in.
    pub channel: Channel,
    /// How the codes reach people.
    pub mode: Mode,
    /// Who gives them out.
    pub issuer: Issuer,
    /// The day; of a unit's own slips the first of the month.
    pub drawn_on: Date,
}

/// A batch that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBatch {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub about: NewBatch,
    /// How many codes were given out.
    pub issued: i64,
    /// When it was withdrawn.
    pub voided_on: Option<Date>,
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    batch: i64,
    deciding_id: Vec<u8>,
    receiving_id: Vec<u8>,
    field: String,
    channel: String,
    mode: String,
    issuer: String,
    issued: i64,
    drawn_on: i64,
    voided_on: Option<i64>,
}

impl BatchRow {
    fn batch(self) -> Result<CodeBatch, StoreError> {
        let table = "code_batch";
        let voided = self.voided_on.map(|number| day(table, "voided_on", number));
        Ok(CodeBatch {
            number: self.batch,
            about: NewBatch {
                deciding: unit_id(table, &self.deciding_id)?,
                receiving: unit_id(table, &self.receiving_id)?,
                field: self.field,
                channel: word(table, "channel", &self.channel)?,
                mode: word(table, "mode", &self.mode)?,
                issuer: word(table, "issuer", &self.issuer)?,
                drawn_on: day(table, "drawn_on", self.drawn_on)?,
            },
            issued: self.issued,
            voided_on: voided.transpose()?,
        })
    }
}

const LAST: &str = "select max(batch) from code_batch where tenant = $1";
const BEGIN: &str = "insert into code_batch
    (tenant, batch, deciding_id, receiving_id, field, channel, mode, issuer, issued, drawn_on)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)";
const SAME: &str = "select batch from code_batch where tenant = $1 and deciding_id = $2 and receiving_id = $3
    and field = $4 and channel = $5 and mode = $6 and issuer = $7 and drawn_on = $8 and voided_on is null";
const ISSUE: &str = "insert into code (tenant, code_hash, record, expires_in)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, substr($3, 1 + i * 32, 32), substr($4, 1 + i * $5, $5), cast($6 as bigint) from i";

impl Store {
    /// Begins a batch and says its number. Whoever asks for `shared` is given a batch of the same kind
    /// and day, where there is one.
    ///
    /// # Errors
    /// Where the database is away, or a unit does not exist.
    pub async fn begin_codes(&self, tenant: Tenant, new: &NewBatch, shared: bool) -> Result<i64, StoreError> {
        Ok(transact!(self, tx => {
            sqlx::query(crate::account::ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            let same: Option<i64> = sqlx::query_scalar(SAME)
                .bind(tenant.as_str())
                .bind(&new.deciding.as_bytes()[..])
                .bind(&new.receiving.as_bytes()[..])
                .bind(new.field.as_str())
                .bind(new.channel.code())
                .bind(new.mode.to_string())
                .bind(new.issuer.code())
                .bind(day_number(new.drawn_on))
                .fetch_optional(&mut *tx)
                .await?;
            if let Some(batch) = same.filter(|_| shared) {
                return Ok(batch);
            }
            let last: Option<i64> =
                sqlx::query_scalar(LAST).bind(tenant.as_str()).fetch_one(&mut *tx).await?;
            let batch = last.unwrap_or(0) + 1;
            sqlx::query(BEGIN)
                .bind(tenant.as_str())
                .bind(batch)
                .bind(&new.deciding.as_bytes()[..])
                .bind(&new.receiving.as_bytes()[..])
                .bind(new.field.as_str())
                .bind(new.channel.code())
                .bind(new.mode.to_string())
                .bind(new.issuer.code())
                .bind(day_number(new.drawn_on))
                .execute(tx)
                .await?;
            batch
        }))
    }

    /// Gives out codes of a batch, all with the term of the first, and counts them.
    ///
    /// # Errors
    /// Where the database is away, or a hash is taken (draw again): then none is given out.
    pub async fn issue_codes(&self, tenant: Tenant, batch: i64, codes: &[CodeRow]) -> Result<(), StoreError> {
        let Some(first) = codes.first() else { return Ok(()) };
        let count = "update code_batch set issued = issued + $3 where tenant = $1 and batch = $2";
        let (columns, term) = (Columns::of(codes), first.term.number());
        transact!(self, tx => {
            sqlx::query(ISSUE)
                .bind(tenant.as_str())
                .bind(columns.hashes.count())
                .bind(columns.hashes.bytes())
                .bind(columns.records.bytes())
                .bind(columns.records.width())
                .bind(term)
                .execute(&mut *tx)
                .await?;
            sqlx::query(count)
                .bind(tenant.as_str())
                .bind(batch)
                .bind(i64::from(columns.hashes.count()))
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// All batches, the newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn code_batches(&self, tenant: Tenant) -> Result<Vec<CodeBatch>, StoreError> {
        let sql = "select batch, deciding_id, receiving_id, field, channel, mode, issuer, issued, drawn_on, voided_on
            from code_batch where tenant = $1 order by batch desc";
        let rows: Vec<BatchRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(BatchRow::batch).collect()
    }

    /// Notes that a batch is withdrawn; `false` where it was already, or there is none.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn void_batch(&self, tenant: Tenant, batch: i64, on: Date) -> Result<bool, StoreError> {
        let sql = "update code_batch set voided_on = $3
            where tenant = $1 and batch = $2 and voided_on is null";
        Ok(transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str()).bind(batch).bind(day_number(on)).execute(tx).await?.rows_affected() > 0
        }))
    }
}
