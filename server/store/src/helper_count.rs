//! Sealed counts of answers that somebody has helped with.

use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{AccountId, Tenant};

/// Bytes of a sealed count as stored.
pub const RECORD: usize = 61;

impl Store {
    /// All sealed counts.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn helper_counts(&self, tenant: Tenant) -> Result<Vec<(AccountId, Vec<u8>)>, StoreError> {
        let sql = "select account_id, record from helper_count where tenant = $1 order by account_id";
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let one = |(id, record): (Vec<u8>, Vec<u8>)| {
            let id = AccountId::from_slice(&id);
            Ok((id.map_err(|e| StoreError::corrupt("helper_count", "account_id", e))?, record))
        };
        rows.into_iter().map(one).collect()
    }

    /// The sealed count of a helper.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn helper_count(&self, tenant: Tenant, who: AccountId) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "select record from helper_count where tenant = $1 and account_id = $2";
        Ok(read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str()).bind(&who.as_bytes()[..]).fetch_optional(db).await?))
    }

    /// Puts another count in the place of one; `false` where somebody else was faster.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_helper_count(
        &self,
        tenant: Tenant,
        who: AccountId,
        (old, fresh): (Option<&[u8]>, &[u8]),
    ) -> Result<bool, StoreError> {
        let begin = "insert into helper_count (tenant, account_id, record) values ($1, $2, $3)
            on conflict do nothing";
        let replace = "update helper_count set record = $3
            where tenant = $1 and account_id = $2 and record = $4";
        Ok(transact!(self, tx => {
            let id = &who.as_bytes()[..];
            let put = match old {
                None => sqlx::query(begin).bind(tenant.as_str()).bind(id).bind(fresh),
                Some(old) => sqlx::query(replace).bind(tenant.as_str()).bind(id).bind(fresh).bind(old),
            };
            put.execute(tx).await?.rows_affected() > 0
        }))
    }
}
