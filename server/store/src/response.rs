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
    /// A page of response rows in the order of their random ids, after the one given.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn responses(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        after: &[u8],
        size: i64,
    ) -> Result<Vec<Response>, StoreError> {
        let sql = "select survey_id, unit_id, variant, route, mode, trust, response_id, month, release, answers
            from response where tenant = $1 and survey_id = $2 and response_id > $3 order by response_id limit $4";
        let rows: Vec<Row> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).bind(after).bind(size).fetch_all(db).await?);
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
