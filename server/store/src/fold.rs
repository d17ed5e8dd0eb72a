//! One group's step from the inbox into rows, cells and its box: one transaction.

use crate::batch::{Slab, drop_statement, open_month};
use crate::engine::transact;
use crate::inbox::Kind;
use crate::lease::{Run, hold_lease};
use crate::tally::{Increment, Total};
use crate::{Store, StoreError};
use domain::period::Month;
use domain::survey::Group;
use time::OffsetDateTime;

/// Bytes of a sealed box entry as stored.
pub const ENTRY: usize = 168;

/// What moves at once: answers of one group, at least k of them.
#[derive(Debug, Clone)]
pub struct Step {
    /// The group.
    pub group: Group,
    /// k of the survey.
    pub k: u32,
    /// The month in which the answers count.
    pub month: Month,
    /// The inbox rows that go.
    pub taken: Slab,
    /// Fresh random ids of the response rows.
    pub response_ids: Slab,
    /// Answers of the response rows, of one length, shuffled.
    pub answers: Slab,
    /// The cell's increment of this release as it is after the step.
    pub increment: Increment,
    /// The cell's running totals as they are after the step: month, quarter, year.
    pub totals: Vec<Total>,
    /// Fresh random ids of the box entries; shuffled apart from the responses.
    pub entry_ids: Slab,
    /// Sealed box entries.
    pub entries: Slab,
}

const RESPOND: &str = "insert into response (tenant, survey_id, response_id, variant, route, unit_id, mode, trust,
    month, release, answers)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, $3, substr($4, 1 + i * 16, 16), $5, $6, $7, $8, $9, $10, $11, substr($12, 1 + i * $13, $13) from i";
const BOX: &str = "insert into box_entry (tenant, survey_id, unit_id, variant, route, mode, trust, family, entry_id,
    release, record)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, $3, $7, $5, $6, $8, $9, '', substr($4, 1 + i * 16, 16), $10, substr($11, 1 + i * $12, $12) from i";
pub(crate) const COUNT: &str = "insert into tally (tenant, survey_id, unit_id, variant, route, mode, trust, dimension,
    band, month_from, month_to, release, n, k, record)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    on conflict (tenant, survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to, release)
    do update set n = excluded.n, record = excluded.record";
const TOTAL: &str =
    "insert into total (tenant, survey_id, period, unit_id, variant, route, mode, trust, release, n, record)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (tenant, survey_id, period, unit_id, variant, route, mode, trust, release)
    do update set n = excluded.n, record = excluded.record";

/// Binds the columns of a group.
macro_rules! bind_group {
    ($query:expr, $group:expr) => {
        $query
            .bind(&$group.unit.as_bytes()[..])
            .bind($group.variant.code())
            .bind($group.route.code())
            .bind($group.mode.to_string())
            .bind($group.trust.code())
    };
}
pub(crate) use bind_group;

impl Store {
    /// Moves a step, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over or the answers are gone;
    /// [`StoreError::Db`] where a rule is broken, such as fewer people than k.
    #[expect(clippy::too_many_lines, reason = "one transaction, to be read from top to bottom")]
    pub async fn move_step(
        &self,
        run: &Run,
        step: &Step,
        real_now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let tenant = run.tenant.as_str();
        let group = &step.group;
        let drop = drop_statement(&self.pool, Kind::Answer);
        let open = open_month(&self.pool);
        transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            if let Some(open) = open {
                sqlx::query(open).bind(step.month.number()).execute(&mut *tx).await?;
            }
            let gone = sqlx::query(drop)
                .bind(tenant.to_owned())
                .bind(step.taken.count())
                .bind(step.taken.bytes())
                .bind(&group.survey.as_bytes()[..])
                .execute(&mut *tx)
                .await?;
            if gone.rows_affected() != step.taken.len() as u64 {
                return Err(StoreError::LeaseLost);
            }
            sqlx::query(RESPOND)
                .bind(tenant.to_owned())
                .bind(step.response_ids.count())
                .bind(&group.survey.as_bytes()[..])
                .bind(step.response_ids.bytes())
                .bind(group.variant.code())
                .bind(group.route.code())
                .bind(&group.unit.as_bytes()[..])
                .bind(group.mode.to_string())
                .bind(group.trust.code())
                .bind(step.month.number())
                .bind(run.release)
                .bind(step.answers.bytes())
                .bind(step.answers.width())
                .execute(&mut *tx)
                .await?;
            if !step.entries.is_empty() {
                sqlx::query(BOX)
                    .bind(tenant.to_owned())
                    .bind(step.entry_ids.count())
                    .bind(&group.survey.as_bytes()[..])
                    .bind(step.entry_ids.bytes())
                    .bind(group.variant.code())
                    .bind(group.route.code())
                    .bind(&group.unit.as_bytes()[..])
                    .bind(group.mode.to_string())
                    .bind(group.trust.code())
                    .bind(run.release)
                    .bind(step.entries.bytes())
                    .bind(step.entries.width())
                    .execute(&mut *tx)
                    .await?;
            }
            let increment = &step.increment;
            bind_group!(sqlx::query(COUNT).bind(tenant).bind(&group.survey.as_bytes()[..]), group)
                .bind(&increment.dimension)
                .bind(&increment.band)
                .bind(increment.months.0)
                .bind(increment.months.1)
                .bind(run.release)
                .bind(increment.n)
                .bind(i64::from(step.k))
                .bind(&increment.record)
                .execute(&mut *tx)
                .await?;
            for total in &step.totals {
                bind_group!(sqlx::query(TOTAL).bind(tenant).bind(&group.survey.as_bytes()[..]).bind(total.period), group)
                    .bind(run.release)
                    .bind(total.n)
                    .bind(&total.record)
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// Proves that the run still holds its lease, between steps that write nothing.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn prolong(&self, run: &Run, real_now: OffsetDateTime) -> Result<(), StoreError> {
        transact!(self, tx => {
            hold_lease!(tx, run, real_now);
        });
        Ok(())
    }
}
