//! Settings: single values, such as the fingerprint of the key and whether this is a demo.

use crate::engine::{read, transact};
use crate::{Store, StoreError};

/// Tenant of settings that belong to the whole database.
pub const EVERYWHERE: &str = "*";

/// Tells every process that units, surveys or touchpoints have changed.
pub(crate) const BUMP: &str = "insert into setting (tenant, name, value) values ('*', 'revision', '1')
    on conflict (tenant, name) do update set value = cast(cast(setting.value as bigint) + 1 as text)";

impl Store {
    /// A setting, if it was ever set.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn setting(&self, tenant: &str, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "select value from setting where tenant = $1 and name = $2";
        let value: Option<String> =
            read!(self, db => sqlx::query_scalar(sql).bind(tenant).bind(name).fetch_optional(db).await?);
        Ok(value)
    }

    /// Sets a value.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn set(&self, tenant: &str, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "insert into setting (tenant, name, value) values ($1, $2, $3)
            on conflict (tenant, name) do update set value = excluded.value";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant).bind(name).bind(value).execute(tx).await?;
        });
        Ok(())
    }

    /// Sets a value unless there is one, and says which one is there now.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn set_once(&self, tenant: &str, name: &str, value: &str) -> Result<String, StoreError> {
        let sql = "insert into setting (tenant, name, value) values ($1, $2, $3) on conflict do nothing";
        let get = "select value from setting where tenant = $1 and name = $2";
        let now: String = transact!(self, tx => {
            sqlx::query(sql).bind(tenant).bind(name).bind(value).execute(&mut *tx).await?;
            sqlx::query_scalar(get).bind(tenant).bind(name).fetch_one(tx).await?
        });
        Ok(now)
    }

    /// Tells every process that units, surveys or touchpoints have changed.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn bump_revision(&self) -> Result<(), StoreError> {
        transact!(self, tx => {
            sqlx::query(BUMP).execute(tx).await?;
        });
        Ok(())
    }

    /// Changes whenever units, surveys or touchpoints change, and with each release, because released
    /// figures order the fields of a counter.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn revision(&self) -> Result<String, StoreError> {
        let sql = "select count(*) from release where published_at is not null";
        let releases: i64 = read!(self, db => sqlx::query_scalar(sql).fetch_one(db).await?);
        let changes = self.setting(EVERYWHERE, "revision").await?;
        Ok(changes.map(|changes| format!("{changes}.{releases}")).unwrap_or_default())
    }
}
