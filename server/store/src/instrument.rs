//! Published instruments. A version never changes: publishing the same version with another text is
//! a conflict.

use crate::cell::micros;
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::Tenant;
use time::OffsetDateTime;

impl Store {
    /// Publishes a version. Publishing the same text again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the version exists with another text.
    pub async fn publish_instrument(
        &self,
        tenant: Tenant,
        (code, version): (&str, u32),
        document: &str,
        hash: &str,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let put = "insert into instrument (tenant, code, version, document, hash, published_at)
            values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
        let get = "select hash from instrument where tenant = $1 and code = $2 and version = $3";
        let there: String = transact!(self, tx => {
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(code)
                .bind(i64::from(version))
                .bind(document)
                .bind(hash)
                .bind(micros(at))
                .execute(&mut *tx)
                .await?;
            sqlx::query_scalar(get).bind(tenant.as_str()).bind(code).bind(i64::from(version)).fetch_one(tx).await?
        });
        if there == hash {
            self.bump_revision().await
        } else {
            Err(StoreError::Conflict(format!("version {version} of instrument {code} with another text")))
        }
    }

    /// All published documents of a tenant: code, version, text.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn instruments(&self, tenant: Tenant) -> Result<Vec<(String, u32, String)>, StoreError> {
        let sql = "select code, version, document from instrument where tenant = $1 order by code, version";
        let rows: Vec<(String, i64, String)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let version =
            |v| u32::try_from(v).map_err(|_| StoreError::corrupt("instrument", "version", "version"));
        rows.into_iter().map(|(code, v, document)| Ok((code, version(v)?, document))).collect()
    }
}
