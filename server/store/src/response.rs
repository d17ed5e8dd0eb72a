//! Responses: what is left of an answer after its fold.

use crate::cell::GroupRow;
use crate::engine::read;
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant};
use domain::survey::Group;

/// A response row. Its random id says nothing and leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Group columns.
    pub group: Group,
    /// Random id; the order of a page.
    pub id: Vec<u8>,
    /// yyyymm.
    pub month: i64,
    /// The release that moved it.
    pub release: i64,
    /// One byte an answer: the overall question, then the base items in the instrument's order.
    pub answers: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    group: GroupRow,
    response_id: Vec<u8>,
    month: i64,
    release: i64,
    answers: Vec<u8>,
}

impl Store {
    /// The months in which a survey has response rows, oldest first.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn response_months(&self, tenant: Tenant, survey: SurveyId) -> Result<Vec<i64>, StoreError> {
        // From one month to the next by the index, instead of through all rows.
        let sql = "with recursive m(month) as (
            select min(month) from response where tenant = $1 and survey_id = $2
            union all
            select (select min(r.month) from response r
                where r.tenant = $1 and r.survey_id = $2 and r.month > m.month)
            from m where m.month is not null)
            select month from m where month is not null";
        Ok(read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).fetch_all(db).await?))
    }

    /// A page of a month's response rows in the order of their random ids, after the one given.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn responses(
        &self,
        tenant: Tenant,
        (survey, month): (SurveyId, i64),
        after: &[u8],
        size: i64,
    ) -> Result<Vec<Response>, StoreError> {
        let sql =
            "select survey_id, unit_id, variant, route, mode, trust, response_id, month, release, answers
            from response where tenant = $1 and survey_id = $2 and month = $3 and response_id > $4
            order by response_id limit $5";
        let rows: Vec<Row> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str())
            .bind(&survey.as_bytes()[..])
            .bind(month)
            .bind(after)
            .bind(size)
            .fetch_all(db)
            .await?);
        rows.into_iter()
            .map(|row| {
                Ok(Response {
                    group: row.group.group("response")?,
                    id: row.response_id,
                    month: row.month,
                    release: row.release,
                    answers: row.answers,
                })
            })
            .collect()
    }
}
