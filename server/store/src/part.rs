//! Parts of published breakdowns.

use crate::cell::GroupRow;
use crate::engine::read;
use crate::tally::Increment;
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant};
use domain::scope::Scope;

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

impl Store {
    /// The parts of one family whose months all lie in a span, cut up to a release, of the units of
    /// a scope.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn parts(
        &self,
        scope: &Scope,
        survey: SurveyId,
        dimension: &str,
        (first, last): (i64, i64),
        release: i64,
    ) -> Result<Vec<Increment>, StoreError> {
        let sql =
            "select survey_id, unit_id, variant, route, mode, trust, band, month_from, month_to, release, n,
            record from tally where tenant = $1 and survey_id = $2 and dimension = $3
            and month_from >= $4 and month_to <= $5 and release <= $6
            order by unit_id, variant, route, mode, trust, band, month_from, month_to, release";
        let rows: Vec<PartRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str().to_owned())
            .bind(&survey.as_bytes()[..])
            .bind(dimension)
            .bind(first)
            .bind(last)
            .bind(release)
            .fetch_all(db)
            .await?);
        let mut parts = Vec::with_capacity(rows.len());
        for row in rows {
            let group = row.group.group("tally")?;
            if scope.covers(group.unit) {
                parts.push(Increment {
                    group,
                    dimension: dimension.to_owned(),
                    band: row.band,
                    months: (row.month_from, row.month_to),
                    release: row.release,
                    n: row.n,
                    record: row.record,
                });
            }
        }
        Ok(parts)
    }

    /// The codes of the parts that [`Store::parts`] would find anywhere in the province, each once.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn part_codes(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        dimension: &str,
        (first, last): (i64, i64),
        release: i64,
    ) -> Result<Vec<String>, StoreError> {
        let sql = "select distinct band from tally where tenant = $1 and survey_id = $2 and dimension = $3
            and month_from >= $4 and month_to <= $5 and release <= $6 order by band";
        Ok(read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str())
            .bind(&survey.as_bytes()[..])
            .bind(dimension)
            .bind(first)
            .bind(last)
            .bind(release)
            .fetch_all(db)
            .await?))
    }
}
