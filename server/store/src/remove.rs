//! What goes with the retention, a bounded piece at a time: citizens never wait for it, and whoever
//! crashed goes on where it stopped.

use crate::boxes::BoxKey;
use crate::engine::{read, transact};
use crate::fold::bind_group;
use crate::lease::{Run, hold_lease};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant};
use time::OffsetDateTime;

/// Rows of one transaction.
pub const PIECE: i64 = 500;
/// Behind every id.
const LAST: [u8; 16] = [0xff; 16];

/// What is left of a survey besides its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leftover {
    /// Answers that never reached k.
    Answers,
    /// Texts.
    Texts,
    /// Nonces of forms that were sent.
    Nonces,
    /// What revoked tablets sent and nobody decided about.
    Quarantine,
}

impl Leftover {
    /// Finds the last id of a piece, and deletes up to an id.
    const fn statements(self) -> (&'static str, &'static str) {
        match self {
            Self::Answers => (
                "select inbox_id from inbox where tenant = $1 and survey_id = $2
                order by inbox_id limit 1 offset $3",
                "delete from inbox where tenant = $1 and survey_id = $2 and inbox_id <= $3",
            ),
            Self::Texts => (
                "select text_id from inbox_text where tenant = $1 and survey_id = $2
                order by text_id limit 1 offset $3",
                "delete from inbox_text where tenant = $1 and survey_id = $2 and text_id <= $3",
            ),
            Self::Nonces => (
                "select nonce from nonce_seen where tenant = $1 and survey_id = $2
                order by nonce limit 1 offset $3",
                "delete from nonce_seen where tenant = $1 and survey_id = $2 and nonce <= $3",
            ),
            Self::Quarantine => (
                "select nonce from quarantine where tenant = $1 and survey_id = $2
                order by nonce limit 1 offset $3",
                "delete from quarantine where tenant = $1 and survey_id = $2 and nonce <= $3",
            ),
        }
    }
}

impl Store {
    /// Whether anything is left of a survey.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn has_leftovers(
        &self,
        tenant: Tenant,
        what: Leftover,
        survey: SurveyId,
    ) -> Result<bool, StoreError> {
        let (find, _) = what.statements();
        let first: Option<Vec<u8>> = read!(self, db => sqlx::query_scalar(find)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).bind(0_i64).fetch_optional(db).await?);
        Ok(first.is_some())
    }

    /// Deletes up to [`PIECE`] rows that are left of a survey and says how many there were; 0 where
    /// nothing is left.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn remove_leftovers(
        &self,
        run: &Run,
        what: Leftover,
        survey: SurveyId,
        real_now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let (find, delete) = what.statements();
        let (tenant, id) = (run.tenant.as_str(), &survey.as_bytes()[..]);
        Ok(transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            let last: Option<Vec<u8>> = sqlx::query_scalar(find)
                .bind(tenant)
                .bind(id)
                .bind(PIECE - 1)
                .fetch_optional(&mut *tx)
                .await?;
            let last = last.unwrap_or_else(|| LAST.to_vec());
            sqlx::query(delete).bind(tenant).bind(id).bind(last).execute(tx).await?.rows_affected()
        }))
    }

    /// Deletes up to [`PIECE`] responses of a month and says how many; 0 where none is left. The
    /// statement itself takes only what a seal of the month covers.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn remove_responses(
        &self,
        run: &Run,
        (survey, month): (SurveyId, i64),
        real_now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let find = "select response_id from response where tenant = $1 and survey_id = $2 and month = $3
            and release <= (select max(s.through_release) from sealed_month s where s.tenant = $1 and s.month = $3)
            order by response_id limit 1 offset $4";
        let delete = "delete from response where tenant = $1 and survey_id = $2 and month = $3
            and release <= (select max(s.through_release) from sealed_month s where s.tenant = $1 and s.month = $3)
            and response_id <= $4";
        let (tenant, id) = (run.tenant.as_str(), &survey.as_bytes()[..]);
        Ok(transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            let last: Option<Vec<u8>> = sqlx::query_scalar(find)
                .bind(tenant)
                .bind(id)
                .bind(month)
                .bind(PIECE - 1)
                .fetch_optional(&mut *tx)
                .await?;
            sqlx::query(delete)
                .bind(tenant)
                .bind(id)
                .bind(month)
                .bind(last.unwrap_or_else(|| LAST.to_vec()))
                .execute(tx)
                .await?
                .rows_affected()
        }))
    }

    /// Deletes up to [`PIECE`] published texts of a survey from before a month and says how many.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn remove_comments(
        &self,
        run: &Run,
        (survey, from): (SurveyId, i64),
        real_now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let find = "select comment_id from comment where tenant = $1 and survey_id = $2 and month < $3
            order by comment_id limit 1 offset $4";
        let delete = "delete from comment where tenant = $1 and survey_id = $2 and month < $3
            and comment_id <= $4";
        let (tenant, id) = (run.tenant.as_str(), &survey.as_bytes()[..]);
        Ok(transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            let last: Option<Vec<u8>> = sqlx::query_scalar(find)
                .bind(tenant)
                .bind(id)
                .bind(from)
                .bind(PIECE - 1)
                .fetch_optional(&mut *tx)
                .await?;
            sqlx::query(delete)
                .bind(tenant)
                .bind(id)
                .bind(from)
                .bind(last.unwrap_or_else(|| LAST.to_vec()))
                .execute(tx)
                .await?
                .rows_affected()
        }))
    }

    /// Deletes what is left in a box, and says how many entries.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over.
    pub async fn remove_box(
        &self,
        run: &Run,
        key: &BoxKey,
        real_now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let tenant = run.tenant.as_str();
        let group = &key.group;
        Ok(transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            bind_group!(sqlx::query(crate::boxes::EMPTY).bind(tenant).bind(&group.survey.as_bytes()[..]), group)
                .bind(&key.family)
                .execute(tx)
                .await?
                .rows_affected()
        }))
    }
}
