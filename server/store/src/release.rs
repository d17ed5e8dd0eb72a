//! Releases: numbered, dated, immutable. Nothing that is not in a published release is ever shown.

use crate::cell::{day, micros, month, survey_id, unit_id, word};
use crate::engine::{read, transact};
use crate::lease::{Run, give_lease};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::Month;
use domain::survey::Trust;
use time::{Date, OffsetDateTime};

/// A published release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Number, from 1.
    pub number: i64,
    /// What kind of run: `fold`, `import`, `end`.
    pub kind: String,
    /// The day for which the run was scheduled.
    pub scheduled: Date,
    /// The month in which its answers count.
    pub counted_in: Month,
    /// Hash that chains it to the release before, hexadecimal.
    pub hash: String,
    /// Whether it came from its published file after a loss: its responses are not here.
    pub is_restored: bool,
}

/// Number, kind, day, month, hash, when it was restored.
type ReleaseRow = (i64, String, i64, i64, String, Option<i64>);

/// People that a release added to a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// The release.
    pub release: i64,
    /// The survey.
    pub survey: SurveyId,
    /// The deciding unit.
    pub unit: UnitId,
    /// The level of trust.
    pub trust: Trust,
    /// `all`, or the family of a part.
    pub dimension: String,
    /// People.
    pub n: i64,
}

#[derive(sqlx::FromRow)]
struct GrowthRow {
    release: i64,
    survey_id: Vec<u8>,
    unit_id: Vec<u8>,
    trust: String,
    dimension: String,
    n: i64,
}

impl GrowthRow {
    fn growth(self) -> Result<Growth, StoreError> {
        Ok(Growth {
            release: self.release,
            survey: survey_id("tally", &self.survey_id)?,
            unit: unit_id("tally", &self.unit_id)?,
            trust: word("tally", "trust", &self.trust)?,
            dimension: self.dimension,
            n: self.n,
        })
    }
}

/// When a unit had its first figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstFigure {
    /// The survey.
    pub survey: SurveyId,
    /// The unit.
    pub unit: UnitId,
    /// The level of trust.
    pub trust: Trust,
    /// The release.
    pub release: i64,
}

impl Store {
    /// All published releases of a tenant, newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn releases(&self, tenant: Tenant) -> Result<Vec<Release>, StoreError> {
        let sql = "select release, kind, scheduled_on, counted_in, hash, restored_at from release
            where tenant = $1 and published_at is not null order by release desc";
        let rows: Vec<ReleaseRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter()
            .map(|(number, kind, scheduled, counted, hash, restored)| {
                Ok(Release {
                    number,
                    kind,
                    scheduled: day("release", "scheduled_on", scheduled)?,
                    counted_in: month("release", "counted_in", counted)?,
                    hash,
                    is_restored: restored.is_some(),
                })
            })
            .collect()
    }

    /// Makes a run's figures visible, all at once, and gives the lease back.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn publish(&self, run: &Run, hash: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let sql = "update release set published_at = $3, hash = $4 where tenant = $1 and release = $2 and published_at is null";
        transact!(self, tx => {
            give_lease!(tx, run);
            sqlx::query(sql).bind(run.tenant.as_str()).bind(run.release).bind(micros(at)).bind(hash).execute(tx).await?;
        });
        Ok(())
    }

    /// A run that moved nothing makes no release: its number is free again.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn discard(&self, run: &Run) -> Result<(), StoreError> {
        let sql = "delete from release where tenant = $1 and release = $2 and published_at is null";
        transact!(self, tx => {
            give_lease!(tx, run);
            sqlx::query(sql).bind(run.tenant.as_str()).bind(run.release).execute(tx).await?;
        });
        Ok(())
    }

    /// How many people each release of a span added to each cell, in a fixed order. A run that is
    /// under way has a number as well; whoever shows them keeps to the published ones.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn growth(&self, tenant: Tenant, from: i64, to: i64) -> Result<Vec<Growth>, StoreError> {
        let sql = "select release, survey_id, unit_id, trust, dimension, n from tally
            where tenant = $1 and release >= $2 and release <= $3
            order by release desc, survey_id, unit_id, trust, mode, variant, route, dimension, band, month_from";
        let rows: Vec<GrowthRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(from).bind(to).fetch_all(db).await?);
        rows.into_iter().map(GrowthRow::growth).collect()
    }

    /// The release that first had a figure of a unit at a level of trust in a survey.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn first_figures(&self, tenant: Tenant) -> Result<Vec<FirstFigure>, StoreError> {
        let sql = "select survey_id, unit_id, trust, min(release) from tally
            where tenant = $1 and dimension = 'all' group by survey_id, unit_id, trust";
        let rows: Vec<(Vec<u8>, Vec<u8>, String, i64)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let first = |(survey, unit, trust, release): (Vec<u8>, Vec<u8>, String, i64)| {
            Ok(FirstFigure {
                survey: survey_id("tally", &survey)?,
                unit: unit_id("tally", &unit)?,
                trust: word("tally", "trust", &trust)?,
                release,
            })
        };
        rows.into_iter().map(first).collect()
    }
}
