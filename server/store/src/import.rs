//! Imported files of existing answers: which ones, so that none is counted twice.

use crate::cell::micros;
use crate::engine::{read, transact};
use crate::inbox::{Envelope, insert_sealed};
use crate::lease::{Run, give_lease};
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

    /// The files that were imported into a survey, oldest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn imports(&self, tenant: Tenant, survey: SurveyId) -> Result<Vec<ImportFile>, StoreError> {
        let sql = "select import_id, name, hash, rows, withheld from import_file
            where tenant = $1 and survey_id = $2 order by imported_at, name";
        let rows: Vec<(Vec<u8>, String, String, i64, i64)> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).fetch_all(db).await?);
        let file = |(id, name, hash, rows, withheld): (Vec<u8>, String, String, i64, i64)| {
            let corrupt = |error| StoreError::corrupt("import_file", "import_id", error);
            Ok(ImportFile {
                id: ImportId::from_slice(&id).map_err(corrupt)?,
                survey,
                name,
                hash,
                rows,
                withheld,
            })
        };
        rows.into_iter().map(file).collect()
    }

    /// Publishes what a file brought, with what stays sealed of it, in one transaction; without a
    /// hash nothing reached k and there is no release.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over; [`StoreError::Db`] where the
    /// same bytes were imported before.
    pub async fn publish_import(
        &self,
        run: &Run,
        hash: Option<&str>,
        leftovers: &[Envelope],
        file: &ImportFile,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let show = "update release set published_at = $3, hash = $4 where tenant = $1 and release = $2";
        let drop = "delete from release where tenant = $1 and release = $2";
        let note =
            "insert into import_file (tenant, import_id, survey_id, name, hash, rows, withheld, imported_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)";
        let leftovers: Vec<&Envelope> = leftovers.iter().collect();
        transact!(self, tx => {
            give_lease!(tx, run);
            insert_sealed!(tx, run.tenant, &leftovers);
            sqlx::query(note)
                .bind(run.tenant.as_str())
                .bind(&file.id.as_bytes()[..])
                .bind(&file.survey.as_bytes()[..])
                .bind(&file.name)
                .bind(&file.hash)
                .bind(file.rows)
                .bind(file.withheld)
                .bind(micros(at))
                .execute(&mut *tx)
                .await?;
            match hash {
                Some(hash) => sqlx::query(show)
                    .bind(run.tenant.as_str())
                    .bind(run.release)
                    .bind(micros(at))
                    .bind(hash)
                    .execute(tx)
                    .await?,
                None => sqlx::query(drop).bind(run.tenant.as_str()).bind(run.release).execute(tx).await?,
            };
        });
        Ok(())
    }
}
