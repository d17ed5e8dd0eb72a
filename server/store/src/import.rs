//! Imported files of existing answers: which ones, so that none is counted twice.

use crate::cell::micros;
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{ImportId, SurveyId, Tenant};
use time::OffsetDateTime;

/// An imported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// Surrogate id.
    pub id: ImportId,
    /// The survey.
    pub survey: SurveyId,
    /// The file's name.
    pub name: String,
    /// Hash of its bytes, hexadecimal.
    pub hash: String,
    /// Answers in it.
    pub rows: i64,
    /// Answers that stay sealed because their group has fewer than k.
    pub withheld: i64,
}

impl Store {
    /// Whether a file with these bytes was imported into a survey before.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn knows_import(
        &self,
        tenant: Tenant,
        survey: SurveyId,
        hash: &str,
    ) -> Result<bool, StoreError> {
        let sql = "select rows from import_file where tenant = $1 and survey_id = $2 and hash = $3";
        let rows: Option<i64> = read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).bind(hash).fetch_optional(db).await?);
        Ok(rows.is_some())
    }

    /// Notes an imported file.
    ///
    /// # Errors
    /// [`StoreError::Db`] where the same bytes were imported before.
    pub async fn note_import(
        &self,
        tenant: Tenant,
        file: &ImportFile,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let put =
            "insert into import_file (tenant, import_id, survey_id, name, hash, rows, withheld, imported_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)";
        transact!(self, tx => {
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(&file.id.as_bytes()[..])
                .bind(&file.survey.as_bytes()[..])
                .bind(&file.name)
                .bind(&file.hash)
                .bind(file.rows)
                .bind(file.withheld)
                .bind(micros(at))
                .execute(tx)
                .await?;
        });
        Ok(())
    }
}
