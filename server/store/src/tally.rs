//! Cells: increments by release, and running totals by period.

use crate::cell::GroupRow;
use crate::engine::read;
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::{Month, Period};
use domain::scope::Scope;
use domain::survey::Group;

/// Dimension of base cells.
pub const ALL: &str = "all";

/// What one run added to one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Increment {
    /// The cell's group.
    pub group: Group,
    /// `all`, or a family.
    pub dimension: String,
    /// The part of the family; empty for `all`.
    pub band: String,
    /// First and last month, yyyymm.
    pub months: (i64, i64),
    /// The run's release.
    pub release: i64,
    /// People.
    pub n: i64,
    /// Packed tally.
    pub record: Vec<u8>,
}

/// A cell's running total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The cell's group.
    pub group: Group,
    /// The period's number; see [`period_number`].
    pub period: i64,
    /// The release through which it runs.
    pub release: i64,
    /// People.
    pub n: i64,
    /// Packed tally.
    pub record: Vec<u8>,
}

/// Months are yyyymm, quarters yyyyq, years yyyy; `None` for periods that are sums of these.
#[must_use]
pub fn period_number(period: Period) -> Option<i64> {
    match period {
        Period::Month(month) => Some(month.number()),
        Period::Quarter(year, quarter) => Some(i64::from(year) * 10 + i64::from(quarter)),
        Period::Year(year) => Some(i64::from(year)),
        Period::Twelve(_) => None,
    }
}

#[derive(sqlx::FromRow)]
struct TotalRow {
    #[sqlx(flatten)]
    group: GroupRow,
    period: i64,
    release: i64,
    n: i64,
    record: Vec<u8>,
}

#[derive(sqlx::FromRow)]
pub(crate) struct IncrementRow {
    #[sqlx(flatten)]
    group: GroupRow,
    dimension: String,
    band: String,
    month_from: i64,
    month_to: i64,
    release: i64,
    n: i64,
    record: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct PeopleRow {
    #[sqlx(flatten)]
    group: GroupRow,
    period: i64,
    n: i64,
}

impl IncrementRow {
    pub(crate) fn increment(self) -> Result<Increment, StoreError> {
        Ok(Increment {
            group: self.group.group("tally")?,
            dimension: self.dimension,
            band: self.band,
            months: (self.month_from, self.month_to),
            release: self.release,
            n: self.n,
            record: self.record,
        })
    }
}

impl Store {
    /// The running totals of a period as they were after a release: for each cell of the scope the
    /// newest that is not newer than the release.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn totals(
        &self,
        scope: &Scope,
        survey: SurveyId,
        period: i64,
        release: i64,
    ) -> Result<Vec<Total>, StoreError> {
        let sql = "select t.survey_id, t.unit_id, t.variant, t.route, t.mode, t.trust, t.period, t.release, t.n, t.record
            from total t where t.tenant = $1 and t.survey_id = $2 and t.period = $3 and t.release = (
                select max(x.release) from total x where x.tenant = t.tenant and x.survey_id = t.survey_id
                and x.period = t.period and x.unit_id = t.unit_id and x.variant = t.variant and x.route = t.route
                and x.mode = t.mode and x.trust = t.trust and x.release <= $4)";
        let rows: Vec<TotalRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str().to_owned())
            .bind(&survey.as_bytes()[..])
            .bind(period)
            .bind(release)
            .fetch_all(db)
            .await?);
        totals(scope, rows)
    }

    /// [`Store::totals`] of one unit.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn totals_of(
        &self,
        scope: &Scope,
        survey: SurveyId,
        unit: UnitId,
        period: i64,
        release: i64,
    ) -> Result<Vec<Total>, StoreError> {
        let sql = "select t.survey_id, t.unit_id, t.variant, t.route, t.mode, t.trust, t.period, t.release, t.n, t.record
            from total t where t.tenant = $1 and t.survey_id = $2 and t.period = $3 and t.unit_id = $5 and t.release = (
                select max(x.release) from total x where x.tenant = t.tenant and x.survey_id = t.survey_id
                and x.period = t.period and x.unit_id = t.unit_id and x.variant = t.variant and x.route = t.route
                and x.mode = t.mode and x.trust = t.trust and x.release <= $4)";
        let rows: Vec<TotalRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str().to_owned())
            .bind(&survey.as_bytes()[..])
            .bind(period)
            .bind(release)
            .bind(&unit.as_bytes()[..])
            .fetch_all(db)
            .await?);
        totals(scope, rows)
    }

    /// The people of every cell by month, from one month to another, as [`Store::totals`] has them but
    /// without their sums.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn people_by_month(
        &self,
        scope: &Scope,
        survey: SurveyId,
        (from, through): (Month, Month),
        release: i64,
    ) -> Result<Vec<(Group, Month, i64)>, StoreError> {
        let sql = "select t.survey_id, t.unit_id, t.variant, t.route, t.mode, t.trust, t.period, t.n
            from total t where t.tenant = $1 and t.survey_id = $2 and t.period >= $3 and t.period <= $5
            and t.release = (
                select max(x.release) from total x where x.tenant = t.tenant and x.survey_id = t.survey_id
                and x.period = t.period and x.unit_id = t.unit_id and x.variant = t.variant and x.route = t.route
                and x.mode = t.mode and x.trust = t.trust and x.release <= $4)";
        let rows: Vec<PeopleRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str().to_owned())
            .bind(&survey.as_bytes()[..])
            .bind(from.number())
            .bind(release)
            .bind(through.number())
            .fetch_all(db)
            .await?);
        let people = |row: PeopleRow| {
            Ok((row.group.group("total")?, crate::cell::month("total", "period", row.period)?, row.n))
        };
        let covered = |found: &Result<(Group, Month, i64), StoreError>| {
            found.as_ref().map_or(true, |(group, ..)| scope.covers(group.unit))
        };
        rows.into_iter().map(people).filter(covered).collect()
    }

    /// Every increment of a survey up to a release, unpublished ones included: for recounts and for
    /// the run itself.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn increments(&self, tenant: Tenant, survey: SurveyId) -> Result<Vec<Increment>, StoreError> {
        let sql =
            "select survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
            release, n, record from tally where tenant = $1 and survey_id = $2
            order by release, unit_id, variant, route, mode, trust, dimension, band";
        let rows: Vec<IncrementRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).fetch_all(db).await?);
        rows.into_iter().map(IncrementRow::increment).collect()
    }

    /// The increments of one release, over all surveys, in a fixed order (for its hash).
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn increments_of_release(
        &self,
        tenant: Tenant,
        release: i64,
    ) -> Result<Vec<Increment>, StoreError> {
        let sql =
            "select survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
            release, n, record from tally where tenant = $1 and release = $2
            order by survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from";
        let rows: Vec<IncrementRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).bind(release).fetch_all(db).await?);
        rows.into_iter().map(IncrementRow::increment).collect()
    }

    /// The increments of a survey's cells `all` after one release and through another, in the order of
    /// the releases: what every run added to every group.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn increments_by_release(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        (after, through): (i64, i64),
    ) -> Result<Vec<Increment>, StoreError> {
        let sql =
            "select survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
            release, n, record from tally where tenant = $1 and survey_id = $2 and dimension = 'all'
            and release > $3 and release <= $4 order by release, unit_id, variant, route, mode, trust";
        let rows: Vec<IncrementRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).bind(after).bind(through)
            .fetch_all(db).await?);
        rows.into_iter().map(IncrementRow::increment).collect()
    }

    /// The increments of a month's cells `all` after one release and through another, over all surveys,
    /// in a fixed order (for the month's seal).
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn increments_of_month(
        &self,
        tenant: Tenant,
        month: i64,
        (after, through): (i64, i64),
    ) -> Result<Vec<Increment>, StoreError> {
        let sql =
            "select survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
            release, n, record from tally where tenant = $1 and month_from = $2 and dimension = 'all'
            and release > $3 and release <= $4 order by survey_id, unit_id, variant, route, mode, trust, release";
        let rows: Vec<IncrementRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(month).bind(after).bind(through).fetch_all(db).await?);
        rows.into_iter().map(IncrementRow::increment).collect()
    }

    /// The months in which a survey has figures, up to a release. Steps from month to month through the
    /// running totals instead of reading every increment.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn months_with_figures(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        release: i64,
    ) -> Result<Vec<i64>, StoreError> {
        // Quarters and years have fewer digits than months.
        let sql = "with recursive step(period) as (
                select min(t.period) from total t where t.tenant = $1 and t.survey_id = $2 and t.period > 99999
                union all
                select (select min(t.period) from total t
                    where t.tenant = $1 and t.survey_id = $2 and t.period > step.period)
                from step where step.period is not null)
            select step.period from step where step.period is not null and exists (
                select 1 from total x where x.tenant = $1 and x.survey_id = $2 and x.period = step.period
                and x.release <= $3)
            order by step.period";
        Ok(read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).bind(release).fetch_all(db).await?))
    }
}

fn totals(scope: &Scope, rows: Vec<TotalRow>) -> Result<Vec<Total>, StoreError> {
    let mut totals = Vec::with_capacity(rows.len());
    for row in rows {
        let group = row.group.group("total")?;
        if scope.covers(group.unit) {
            totals.push(Total {
                group,
                period: row.period,
                release: row.release,
                n: row.n,
                record: row.record,
            });
        }
    }
    Ok(totals)
}
