//! Decisions about published parts of the family *flag class*: left out of a figure, or taken back in.
//! Each is a line of a release and is never edited.

use crate::cell::{GroupRow, micros};
use crate::engine::{read, transact};
use crate::fold::bind_group;
use crate::lease::Run;
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant};
use domain::survey::Group;
use time::OffsetDateTime;

/// The one dimension whose parts may be left out.
pub const DIMENSION: &str = "flag-class";

/// A published part: the key of its row among the tallies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartKey {
    /// The group that was cut.
    pub group: Group,
    /// The flag class.
    pub band: String,
    /// First and last month, yyyymm.
    pub months: (i64, i64),
    /// The release of the cut.
    pub release: i64,
}

/// A decision about a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The release that it made.
    pub release: i64,
    /// Whether the part is left out from then on, or taken back in.
    pub excludes: bool,
    /// The part.
    pub part: PartKey,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
}

#[derive(sqlx::FromRow)]
struct DecisionRow {
    release: i64,
    verb: String,
    #[sqlx(flatten)]
    group: GroupRow,
    band: String,
    month_from: i64,
    month_to: i64,
    part_release: i64,
    reason: String,
    who: String,
}

impl DecisionRow {
    fn decision(self) -> Result<Decision, StoreError> {
        Ok(Decision {
            release: self.release,
            excludes: self.verb == "exclude",
            part: PartKey {
                group: self.group.group("exclusion")?,
                band: self.band,
                months: (self.month_from, self.month_to),
                release: self.part_release,
            },
            reason: self.reason,
            who: self.who,
        })
    }
}

#[derive(sqlx::FromRow)]
struct PartRow {
    #[sqlx(flatten)]
    group: GroupRow,
    band: String,
    month_from: i64,
    month_to: i64,
    release: i64,
    n: i64,
    record: Vec<u8>,
}

const PUT: &str =
    "insert into exclusion (tenant, survey_id, unit_id, variant, route, mode, trust, dimension, band,
    month_from, month_to, part_release, release, verb, reason, who, decided_at)
    values ($1, $2, $3, $4, $5, $6, $7, 'flag-class', $8, $9, $10, $11, $12, $13, $14, $15, $16)";

impl Store {
    /// Every decision of a tenant in published releases, oldest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn decisions(&self, tenant: Tenant) -> Result<Vec<Decision>, StoreError> {
        let sql = "select e.release, e.verb, e.survey_id, e.unit_id, e.variant, e.route, e.mode, e.trust, e.band,
            e.month_from, e.month_to, e.part_release, e.reason, e.who from exclusion e
            join release r on r.tenant = e.tenant and r.release = e.release
            where e.tenant = $1 and r.published_at is not null
            order by e.release, e.survey_id, e.unit_id, e.variant, e.route, e.mode, e.trust, e.band, e.month_from, e.part_release";
        let rows: Vec<DecisionRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(DecisionRow::decision).collect()
    }

    /// The published parts of the family *flag class* of units' own boxes in a survey, with the number
    /// of their people and their packed tally.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn flag_parts(
        &self,
        tenant: Tenant,
        survey: SurveyId,
    ) -> Result<Vec<(PartKey, i64, Vec<u8>)>, StoreError> {
        let sql = "select t.survey_id, t.unit_id, t.variant, t.route, t.mode, t.trust, t.band, t.month_from, t.month_to,
            t.release, t.n, t.record from tally t join release r on r.tenant = t.tenant and r.release = t.release
            where t.tenant = $1 and t.survey_id = $2 and t.dimension = 'flag-class' and t.dimension <> 'all' and r.published_at is not null
            order by t.unit_id, t.trust, t.mode, t.variant, t.route, t.month_from, t.band, t.release";
        let rows: Vec<PartRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).fetch_all(db).await?);
        let part = |row: PartRow| {
            let key = PartKey {
                group: row.group.group("tally")?,
                band: row.band,
                months: (row.month_from, row.month_to),
                release: row.release,
            };
            Ok((key, row.n, row.record))
        };
        rows.into_iter().map(part).collect()
    }

    /// Publishes decisions as the release of a run, all at once, and gives the lease back.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over; [`StoreError::Db`] where a part
    /// was never published.
    pub async fn publish_decisions(
        &self,
        run: &Run,
        hash: &str,
        decisions: &[Decision],
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let give = "delete from fold_lease where tenant = $1 and owner = $2";
        let show = "update release set published_at = $3, hash = $4 where tenant = $1 and release = $2 and published_at is null";
        let tenant = run.tenant.as_str();
        transact!(self, tx => {
            let held = sqlx::query(give).bind(tenant).bind(&run.owner[..]).execute(&mut *tx).await?;
            if held.rows_affected() == 0 {
                return Err(StoreError::LeaseLost);
            }
            for decision in decisions {
                let part = &decision.part;
                bind_group!(sqlx::query(PUT).bind(tenant).bind(&part.group.survey.as_bytes()[..]), part.group)
                    .bind(&part.band)
                    .bind(part.months.0)
                    .bind(part.months.1)
                    .bind(part.release)
                    .bind(run.release)
                    .bind(if decision.excludes { "exclude" } else { "return" })
                    .bind(&decision.reason)
                    .bind(&decision.who)
                    .bind(micros(at))
                    .execute(&mut *tx)
                    .await?;
            }
            sqlx::query(show).bind(tenant).bind(run.release).bind(micros(at)).bind(hash).execute(tx).await?;
        });
        Ok(())
    }
}
