//! Files that somebody has sent and is looking at before they are taken.

use crate::cell::micros;
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::Tenant;
use time::OffsetDateTime;

/// How long a file waits, microseconds.
const KEPT: i64 = 24 * 3_600 * 1_000_000;

/// A file that waits.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub file: Vec<u8>,
}

impl Store {
    /// Keeps a file for a day; another one that the same person has sent goes.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_upload(
        &self,
        tenant: Tenant,
        id: [u8; 16],
        (who, name): (&str, &str),
        file: &[u8],
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sweep = "delete from volume_upload where tenant = $1 and (who = $2 or uploaded_at < $3)";
        let put = "insert into volume_upload (tenant, upload_id, who, name, file, uploaded_at)
            values ($1, $2, $3, $4, $5, $6)";
        let now = micros(at);
        transact!(self, tx => {
            sqlx::query(sweep).bind(tenant.as_str()).bind(who).bind(now - KEPT).execute(&mut *tx).await?;
            sqlx::query(put)
                .bind(tenant.as_str()).bind(&id[..]).bind(who).bind(name).bind(file).bind(now).execute(tx).await?;
        });
        Ok(())
    }

    /// A file that somebody has sent, if it still waits.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn upload(&self, tenant: Tenant, id: &[u8], who: &str) -> Result<Option<Upload>, StoreError> {
        let sql = "select name, file from volume_upload where tenant = $1 and upload_id = $2 and who = $3";
        Ok(read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(id).bind(who).fetch_optional(db).await?))
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn drop_upload(&self, tenant: Tenant, id: &[u8]) -> Result<(), StoreError> {
        transact!(self, tx => {
            sqlx::query("delete from volume_upload where tenant = $1 and upload_id = $2")
                .bind(tenant.as_str()).bind(id).execute(tx).await?;
        });
        Ok(())
    }
}
