//! Sessions: who has signed in. Only the hash of a token is kept.

use crate::account::AccountRow;
use crate::cell::micros;
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{AccountId, Tenant};
use domain::scope::Principal;
use time::OffsetDateTime;

#[derive(sqlx::FromRow)]
struct SessionRow {
    #[sqlx(flatten)]
    account: AccountRow,
    seen_at: i64,
}

/// A session as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionLine {
    /// Hash of its token.
    pub token_hash: Vec<u8>,
    /// When it began, microseconds.
    pub created_at: i64,
    /// When it was last used, to the minute or so, microseconds.
    pub seen_at: i64,
}

/// How long a session lives, in microseconds.
#[derive(Debug, Clone, Copy)]
pub struct SessionLimits {
    /// Without being used.
    pub idle: i64,
    /// In all.
    pub whole: i64,
}

impl Store {
    /// Starts a session and forgets those that have run out.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn start_session(
        &self,
        tenant: Tenant,
        token_hash: &[u8],
        account: AccountId,
        at: OffsetDateTime,
        limits: SessionLimits,
    ) -> Result<(), StoreError> {
        let sweep = "delete from session where tenant = $1 and (seen_at < $2 or created_at < $3)";
        let put = "insert into session (tenant, token_hash, account_id, created_at, seen_at) values ($1, $2, $3, $4, $4)";
        let now = micros(at);
        transact!(self, tx => {
            sqlx::query(sweep).bind(tenant.as_str()).bind(now - limits.idle).bind(now - limits.whole).execute(&mut *tx).await?;
            sqlx::query(put).bind(tenant.as_str()).bind(token_hash).bind(&account.as_bytes()[..]).bind(now).execute(tx).await?;
        });
        Ok(())
    }

    /// Who holds a session that has not run out, and when it was last seen (microseconds).
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn session(
        &self,
        tenant: Tenant,
        token_hash: &[u8],
        at: OffsetDateTime,
        limits: SessionLimits,
    ) -> Result<Option<(Principal, i64)>, StoreError> {
        let sql = "select a.account_id, a.name, a.password, a.role, a.unit_id, a.disabled_at, a.signed_in_on, s.seen_at
            from session s join account a on a.tenant = s.tenant and a.account_id = s.account_id
            where s.tenant = $1 and s.token_hash = $2 and s.seen_at >= $3 and s.created_at >= $4 and a.disabled_at is null";
        let now = micros(at);
        let row: Option<SessionRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str())
            .bind(token_hash)
            .bind(now - limits.idle)
            .bind(now - limits.whole)
            .fetch_optional(db)
            .await?);
        row.map(|row| Ok((row.account.account(tenant)?.principal, row.seen_at))).transpose()
    }

    /// The sessions of an account that have not run out, the last used first.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn sessions_of(
        &self,
        tenant: Tenant,
        account: AccountId,
        at: OffsetDateTime,
        limits: SessionLimits,
    ) -> Result<Vec<SessionLine>, StoreError> {
        let sql = "select token_hash, created_at, seen_at from session where tenant = $1 and account_id = $2
            and seen_at >= $3 and created_at >= $4 order by seen_at desc, created_at desc, token_hash";
        let now = micros(at);
        Ok(read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str())
            .bind(&account.as_bytes()[..])
            .bind(now - limits.idle)
            .bind(now - limits.whole)
            .fetch_all(db)
            .await?))
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn touch_session(
        &self,
        tenant: Tenant,
        token_hash: &[u8],
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sql = "update session set seen_at = $3 where tenant = $1 and token_hash = $2";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(token_hash).bind(micros(at)).execute(tx).await?;
        });
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn end_session(&self, tenant: Tenant, token_hash: &[u8]) -> Result<(), StoreError> {
        transact!(self, tx => {
            sqlx::query("delete from session where tenant = $1 and token_hash = $2")
                .bind(tenant.as_str()).bind(token_hash).execute(tx).await?;
        });
        Ok(())
    }

    /// Ends one session of an account; false where the account has no such session.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn end_session_of(
        &self,
        tenant: Tenant,
        account: AccountId,
        token_hash: &[u8],
    ) -> Result<bool, StoreError> {
        let sql = "delete from session where tenant = $1 and account_id = $2 and token_hash = $3";
        let ended = transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&account.as_bytes()[..]).bind(token_hash).execute(tx).await?.rows_affected()
        });
        Ok(ended > 0)
    }

    /// Ends the sessions of an account but one, and says how many they were.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn end_sessions_of(
        &self,
        tenant: Tenant,
        account: AccountId,
        but: &[u8],
    ) -> Result<u64, StoreError> {
        let sql = "delete from session where tenant = $1 and account_id = $2 and token_hash <> $3";
        Ok(transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&account.as_bytes()[..]).bind(but).execute(tx).await?.rows_affected()
        }))
    }
}
