//! Texts that people wrote, once at least k of a unit have left the sealed inbox together: unit, month
//! and mood, nothing else. Their key is random, so that no order says who wrote first.

use crate::batch::{Slab, drop_statement};
use crate::cell::{micros, month, survey_id, unit_id};
use crate::engine::{read, transact};
use crate::inbox::Kind;
use crate::lease::{PROLONG, Run, SILENCE};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use time::OffsetDateTime;

/// What moves at once: texts of one unit, at least k of them.
#[derive(Debug, Clone)]
pub struct TextStep {
    /// The survey.
    pub survey: SurveyId,
    /// The unit that they are about.
    pub unit: UnitId,
    /// The month in which they count.
    pub month: Month,
    /// The inbox rows that go.
    pub taken: Slab,
    /// Fresh random id, mood and sealed words of each, shuffled.
    pub comments: Vec<([u8; 16], u8, Vec<u8>)>,
}

/// A text that left the inbox; its words are sealed at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its random id.
    pub id: [u8; 16],
    /// The survey.
    pub survey: SurveyId,
    /// The unit that it is about.
    pub unit: UnitId,
    /// The month in which it counts.
    pub month: Month,
    /// The release with which it was published.
    pub release: i64,
    /// Satisfied (2), neutral (1), dissatisfied (0), unsaid (3).
    pub mood: u8,
    /// The screened words, sealed.
    pub record: Vec<u8>,
    /// Why the province has hidden it.
    pub hidden: Option<String>,
}

#[derive(sqlx::FromRow)]
struct CommentRow {
    survey_id: Vec<u8>,
    comment_id: Vec<u8>,
    unit_id: Vec<u8>,
    month: i64,
    release: i64,
    mood: i64,
    record: Vec<u8>,
    hidden_why: Option<String>,
}

impl CommentRow {
    fn comment(self) -> Result<Comment, StoreError> {
        let table = "comment";
        let corrupt = |column| StoreError::corrupt(table, column, column);
        Ok(Comment {
            id: self.comment_id.try_into().map_err(|_| corrupt("comment_id"))?,
            survey: survey_id(table, &self.survey_id)?,
            unit: unit_id(table, &self.unit_id)?,
            month: month(table, "month", self.month)?,
            release: self.release,
            mood: u8::try_from(self.mood).map_err(|_| corrupt("mood"))?,
            record: self.record,
            hidden: self.hidden_why,
        })
    }
}

impl Store {
    /// Moves a step, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over or the texts are gone.
    pub async fn move_texts(
        &self,
        run: &Run,
        step: &TextStep,
        real_now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let put = "insert into comment (tenant, survey_id, comment_id, unit_id, month, mood, release, record)
            values ($1, $2, $3, $4, $5, $6, $7, $8)";
        let drop = drop_statement(&self.pool, Kind::Text);
        let tenant = run.tenant.as_str();
        transact!(self, tx => {
            let held = sqlx::query(PROLONG)
                .bind(tenant)
                .bind(&run.owner[..])
                .bind(micros(real_now + SILENCE))
                .execute(&mut *tx)
                .await?;
            let gone = sqlx::query(drop)
                .bind(tenant.to_owned())
                .bind(step.taken.count())
                .bind(step.taken.bytes())
                .bind(&step.survey.as_bytes()[..])
                .execute(&mut *tx)
                .await?;
            if held.rows_affected() == 0 || gone.rows_affected() != step.taken.len() as u64 {
                return Err(StoreError::LeaseLost);
            }
            for (id, mood, record) in &step.comments {
                sqlx::query(put)
                    .bind(tenant)
                    .bind(&step.survey.as_bytes()[..])
                    .bind(&id[..])
                    .bind(&step.unit.as_bytes()[..])
                    .bind(step.month.number())
                    .bind(i64::from(*mood))
                    .bind(run.release)
                    .bind(record)
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// Whether a release, published or not, has moved texts.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn has_moved_texts(&self, tenant: Tenant, release: i64) -> Result<bool, StoreError> {
        let sql = "select release from comment where tenant = $1 and release = $2 limit 1";
        let found: Option<i64> = read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str()).bind(release).fetch_optional(db).await?);
        Ok(found.is_some())
    }

    /// The texts of a survey that published releases hold and the scope covers: newest month first, in
    /// random order within a month.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn comments(&self, scope: &Scope, survey: SurveyId) -> Result<Vec<Comment>, StoreError> {
        let sql =
            "select c.survey_id, c.comment_id, c.unit_id, c.month, c.release, c.mood, c.record, c.hidden_why
            from comment c join release r on r.tenant = c.tenant and r.release = c.release
            where c.tenant = $1 and c.survey_id = $2 and r.published_at is not null
            order by c.month desc, c.comment_id";
        let rows: Vec<CommentRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str().to_owned())
            .bind(&survey.as_bytes()[..])
            .fetch_all(db)
            .await?);
        let mut comments = Vec::with_capacity(rows.len());
        for row in rows {
            let comment = row.comment()?;
            if scope.covers(comment.unit) {
                comments.push(comment);
            }
        }
        Ok(comments)
    }

    /// Hides a text with a reason; `false` where it is hidden, or not there.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn hide_comment(
        &self,
        tenant: Tenant,
        (survey, id): (SurveyId, [u8; 16]),
        (who, why): (&str, &str),
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let sql = "update comment set hidden_at = $4, hidden_by = $5, hidden_why = $6
            where tenant = $1 and survey_id = $2 and comment_id = $3 and hidden_at is null";
        let changed = transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&survey.as_bytes()[..])
                .bind(&id[..])
                .bind(micros(at))
                .bind(who)
                .bind(why)
                .execute(tx)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }

    /// Shows a hidden text again; `false` where it is not hidden, or not there.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn show_comment(
        &self,
        tenant: Tenant,
        (survey, id): (SurveyId, [u8; 16]),
    ) -> Result<bool, StoreError> {
        let sql = "update comment set hidden_at = null, hidden_by = null, hidden_why = null
            where tenant = $1 and survey_id = $2 and comment_id = $3 and hidden_at is not null";
        let changed = transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&survey.as_bytes()[..])
                .bind(&id[..])
                .execute(tx)
                .await?
                .rows_affected()
        });
        Ok(changed > 0)
    }
}
