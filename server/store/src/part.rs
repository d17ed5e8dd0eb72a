//! Published parts of cut boxes.

use crate::engine::read;
use crate::tally::{Increment, IncrementRow};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;

/// Which parts.
#[derive(Debug, Clone, Copy)]
pub struct PartsWanted<'a> {
    /// The survey.
    pub survey: SurveyId,
    /// The release: parts of later ones do not exist yet.
    pub release: i64,
    /// Parts that lie wholly within these months.
    pub months: (Month, Month),
    /// The dimension; `None` for all.
    pub dimension: Option<&'a str>,
    /// The unit; `None` for all.
    pub unit: Option<UnitId>,
}

impl Store {
    /// The parts of all units of the scope, in a fixed order.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn parts(&self, scope: &Scope, wanted: PartsWanted<'_>) -> Result<Vec<Increment>, StoreError> {
        let sql =
            "select survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
            release, n, record from tally where tenant = $1 and survey_id = $2 and release <= $3
            and month_from >= $4 and month_to <= $5 and dimension <> 'all' and ($6 = '' or dimension = $6)
            and unit_id = coalesce($7, unit_id)
            order by unit_id, variant, route, mode, trust, dimension, band, month_from, release";
        let rows: Vec<IncrementRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str().to_owned())
            .bind(&wanted.survey.as_bytes()[..])
            .bind(wanted.release)
            .bind(wanted.months.0.number())
            .bind(wanted.months.1.number())
            .bind(wanted.dimension.unwrap_or_default().to_owned())
            .bind(wanted.unit.map(|unit| unit.as_bytes().to_vec()))
            .fetch_all(db)
            .await?);
        let parts = rows.into_iter().map(IncrementRow::increment);
        parts.filter(|part| part.as_ref().map_or(true, |part| scope.covers(part.group.unit))).collect()
    }

    /// The codes of the parts that [`Store::parts`] would find, each once.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn part_codes(
        &self,
        tenant: Tenant,
        wanted: PartsWanted<'_>,
    ) -> Result<Vec<String>, StoreError> {
        let sql = "select distinct band from tally where tenant = $1 and survey_id = $2 and release <= $3
            and month_from >= $4 and month_to <= $5 and dimension <> 'all' and ($6 = '' or dimension = $6) order by band";
        Ok(read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str())
            .bind(&wanted.survey.as_bytes()[..])
            .bind(wanted.release)
            .bind(wanted.months.0.number())
            .bind(wanted.months.1.number())
            .bind(wanted.dimension.unwrap_or_default().to_owned())
            .fetch_all(db)
            .await?))
    }

    /// Which units have parts of which dimensions.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn dimensions(
        &self,
        scope: &Scope,
        wanted: PartsWanted<'_>,
    ) -> Result<Vec<(UnitId, String)>, StoreError> {
        let sql = "select distinct unit_id, dimension from tally where tenant = $1 and survey_id = $2
            and release <= $3 and month_from >= $4 and month_to <= $5 and dimension <> 'all' order by 1, 2";
        let rows: Vec<(Vec<u8>, String)> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str().to_owned())
            .bind(&wanted.survey.as_bytes()[..])
            .bind(wanted.release)
            .bind(wanted.months.0.number())
            .bind(wanted.months.1.number())
            .fetch_all(db)
            .await?);
        let mut found = Vec::with_capacity(rows.len());
        for (unit, dimension) in rows {
            let unit = crate::cell::unit_id("tally", &unit)?;
            if scope.covers(unit) {
                found.push((unit, dimension));
            }
        }
        Ok(found)
    }
}
