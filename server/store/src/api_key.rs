//! Keys of other systems. The store sees their hashes alone.

use crate::cell::{day, day_number, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::api_key::Verbs;
use domain::id::{Tenant, UnitId};
use time::Date;

/// A key as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its name, unique for ever.
    pub name: String,
    /// The unit whose codes it may ask for, those below it included; `None` for the province.
    pub unit: Option<UnitId>,
    /// What it may do.
    pub verbs: Verbs,
    /// Who made it.
    pub made_by: String,
    /// When it was made.
    pub made_on: Date,
    /// The last day on which it works.
    pub expires_on: Date,
    /// The last day on which it was used.
    pub used_on: Option<Date>,
    /// When it was revoked.
    pub revoked_on: Option<Date>,
}

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    unit_id: Option<Vec<u8>>,
    verbs: String,
    made_by: String,
    made_on: i64,
    expires_on: i64,
    used_on: Option<i64>,
    revoked_on: Option<i64>,
}

const ALL: &str =
    "select name, unit_id, verbs, made_by, made_on, expires_on, used_on, revoked_on from api_key
    where tenant = $1 order by name";
const ONE: &str =
    "select name, unit_id, verbs, made_by, made_on, expires_on, used_on, revoked_on from api_key
    where tenant = $1 and key_hash = $2";

impl Row {
    fn key(self) -> Result<ApiKey, StoreError> {
        let table = "api_key";
        Ok(ApiKey {
            unit: self.unit_id.map(|id| unit_id(table, &id)).transpose()?,
            verbs: word(table, "verbs", &self.verbs)?,
            made_on: day(table, "made_on", self.made_on)?,
            expires_on: day(table, "expires_on", self.expires_on)?,
            used_on: self.used_on.map(|on| day(table, "used_on", on)).transpose()?,
            revoked_on: self.revoked_on.map(|on| day(table, "revoked_on", on)).transpose()?,
            name: self.name,
            made_by: self.made_by,
        })
    }
}

impl Store {
    /// Keeps a new key.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the name is or was used.
    pub async fn add_api_key(&self, tenant: Tenant, hash: &[u8], key: &ApiKey) -> Result<(), StoreError> {
        let taken = "select cast(1 as bigint) from api_key where tenant = $1 and name = $2";
        let add = "insert into api_key (tenant, name, key_hash, unit_id, verbs, made_by, made_on, expires_on)
            values ($1, $2, $3, $4, $5, $6, $7, $8)";
        transact!(self, tx => {
            sqlx::query(crate::account::ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            let taken: Option<i64> =
                sqlx::query_scalar(taken).bind(tenant.as_str()).bind(&key.name).fetch_optional(&mut *tx).await?;
            if taken.is_some() {
                return Err(StoreError::Conflict(format!("a key named {}", key.name)));
            }
            sqlx::query(add)
                .bind(tenant.as_str())
                .bind(&key.name)
                .bind(hash)
                .bind(key.unit.as_ref().map(|id| &id.as_bytes()[..]))
                .bind(key.verbs.to_string())
                .bind(&key.made_by)
                .bind(day_number(key.made_on))
                .bind(day_number(key.expires_on))
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// All keys, by name.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn api_keys(&self, tenant: Tenant) -> Result<Vec<ApiKey>, StoreError> {
        let rows: Vec<Row> =
            read!(self, db => sqlx::query_as(ALL).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(Row::key).collect()
    }

    /// The key with a hash, whether it still works or not.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn api_key(&self, tenant: Tenant, hash: &[u8]) -> Result<Option<ApiKey>, StoreError> {
        let row: Option<Row> = read!(self, db => sqlx::query_as(ONE)
            .bind(tenant.as_str()).bind(hash).fetch_optional(db).await?);
        row.map(Row::key).transpose()
    }

    /// Notes the day on which a key was used.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn use_api_key(&self, tenant: Tenant, name: &str, on: Date) -> Result<(), StoreError> {
        let sql = "update api_key set used_on = $3 where tenant = $1 and name = $2";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(name).bind(day_number(on)).execute(tx).await?;
        });
        Ok(())
    }

    /// Revokes a key; whether there was one that still could be.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn revoke_api_key(&self, tenant: Tenant, name: &str, on: Date) -> Result<bool, StoreError> {
        let sql = "update api_key set revoked_on = $3 where tenant = $1 and name = $2 and revoked_on is null";
        Ok(transact!(self, tx => {
            sqlx::query(sql)
                .bind(tenant.as_str()).bind(name).bind(day_number(on))
                .execute(tx).await?.rows_affected() > 0
        }))
    }
}
