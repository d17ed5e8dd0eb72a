//! Lists of people to call: serial numbers and what came of each, never a telephone number.

use crate::cell::{day, day_number, survey_id, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::call::CallOutcome;
use domain::id::{SurveyId, Tenant, UnitId};
use std::collections::BTreeMap;
use time::Date;

/// What a list is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCallList {
    /// The survey.
    pub survey: SurveyId,
    /// The counter whose visitors are called.
    pub unit: UnitId,
    /// How many people.
    pub tasks: u32,
    /// The day.
    pub drawn_on: Date,
}

/// A list that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallList {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub about: NewCallList,
    /// When it was withdrawn.
    pub voided_on: Option<Date>,
}

/// A person who was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallTask {
    /// Serial number within the list.
    pub task: i64,
    /// What came of the last call.
    pub outcome: CallOutcome,
    /// How often somebody rang.
    pub attempts: i64,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    list: i64,
    survey_id: Vec<u8>,
    unit_id: Vec<u8>,
    tasks: i64,
    drawn_on: i64,
    voided_on: Option<i64>,
}

impl ListRow {
    fn list(&self) -> Result<CallList, StoreError> {
        let table = "call_list";
        let voided = self.voided_on.map(|number| day(table, "voided_on", number));
        Ok(CallList {
            number: self.list,
            about: NewCallList {
                survey: survey_id(table, &self.survey_id)?,
                unit: unit_id(table, &self.unit_id)?,
                tasks: u32::try_from(self.tasks).map_err(|e| StoreError::corrupt(table, "tasks", e))?,
                drawn_on: day(table, "drawn_on", self.drawn_on)?,
            },
            voided_on: voided.transpose()?,
        })
    }
}

const BEGIN: &str = "insert into call_list (tenant, list, survey_id, unit_id, tasks, drawn_on)
    values ($1, $2, $3, $4, $5, $6)";
const FIRST: &str = "insert into call_task (tenant, list, task, outcome, attempts)
    select $1, cast($2 as bigint), cast($3 as bigint), $4, 1 where exists (
        select 1 from call_list l where l.tenant = $1 and l.list = cast($2 as bigint) and l.voided_on is null)
    on conflict do nothing";
const AGAIN: &str = "update call_task set outcome = $4, attempts = attempts + 1
    where tenant = $1 and list = $2 and task = $3 and attempts = $5";

impl Store {
    /// Draws a list and says its number.
    ///
    /// # Errors
    /// Where the database is away, or survey or unit do not exist.
    pub async fn draw_calls(&self, tenant: Tenant, new: &NewCallList) -> Result<i64, StoreError> {
        let last = "select max(list) from call_list where tenant = $1";
        Ok(transact!(self, tx => {
            sqlx::query(crate::account::ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            let last: Option<i64> =
                sqlx::query_scalar(last).bind(tenant.as_str()).fetch_one(&mut *tx).await?;
            let list = last.unwrap_or(0) + 1;
            sqlx::query(BEGIN)
                .bind(tenant.as_str())
                .bind(list)
                .bind(&new.survey.as_bytes()[..])
                .bind(&new.unit.as_bytes()[..])
                .bind(i64::from(new.tasks))
                .bind(day_number(new.drawn_on))
                .execute(tx)
                .await?;
            list
        }))
    }

    /// All lists, the newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn call_lists(&self, tenant: Tenant) -> Result<Vec<CallList>, StoreError> {
        let sql = "select list, survey_id, unit_id, tasks, drawn_on, voided_on
            from call_list where tenant = $1 order by list desc";
        let rows: Vec<ListRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.iter().map(ListRow::list).collect()
    }

    /// Everybody of a list who was called, by serial number.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn call_tasks(&self, tenant: Tenant, list: i64) -> Result<BTreeMap<i64, CallTask>, StoreError> {
        let sql =
            "select task, outcome, attempts from call_task where tenant = $1 and list = $2 order by task";
        let rows: Vec<(i64, String, i64)> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(list).fetch_all(db).await?);
        let one = |(task, outcome, attempts): (i64, String, i64)| {
            Ok((task, CallTask { task, outcome: word("call_task", "outcome", &outcome)?, attempts }))
        };
        rows.into_iter().map(one).collect()
    }

    /// Notes what came of a call; `false` where somebody else has noted one since (`known` is how often
    /// somebody had rung), or the list was withdrawn.
    ///
    /// # Errors
    /// Where the database is away, or there is no such list.
    pub async fn note_call(
        &self,
        tenant: Tenant,
        (list, task): (i64, i64),
        known: i64,
        outcome: CallOutcome,
    ) -> Result<bool, StoreError> {
        Ok(transact!(self, tx => {
            let sql = if known == 0 { FIRST } else { AGAIN };
            let note = sqlx::query(sql).bind(tenant.as_str()).bind(list).bind(task).bind(outcome.code());
            let note = if known == 0 { note } else { note.bind(known) };
            note.execute(tx).await?.rows_affected() > 0
        }))
    }

    /// Withdraws a list; `false` where it was withdrawn already, or there is none.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn void_calls(&self, tenant: Tenant, list: i64, on: Date) -> Result<bool, StoreError> {
        let sql = "update call_list set voided_on = $3 where tenant = $1 and list = $2 and voided_on is null";
        Ok(transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str()).bind(list).bind(day_number(on)).execute(tx).await?.rows_affected() > 0
        }))
    }
}
