//! Accounts and their sessions.

use crate::cell::{micros, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{AccountId, Tenant, UnitId};
use domain::scope::{Principal, Role};
use time::OffsetDateTime;

/// An account with the hash of its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Who it is.
    pub principal: Principal,
    /// Argon2 hash in PHC form.
    pub password: String,
    /// May no longer sign in.
    pub disabled: bool,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    account_id: Vec<u8>,
    name: String,
    password: String,
    role: String,
    unit_id: Option<Vec<u8>>,
    disabled_at: Option<i64>,
}

impl AccountRow {
    fn account(self, tenant: Tenant) -> Result<Account, StoreError> {
        let table = "account";
        let unit: Option<UnitId> = self.unit_id.map(|id| unit_id(table, &id)).transpose()?;
        let role: Role = word(table, "role", &self.role)?;
        Ok(Account {
            principal: Principal {
                account: AccountId::from_slice(&self.account_id)
                    .map_err(|error| StoreError::corrupt(table, "account_id", error))?,
                name: self.name,
                tenant,
                role,
                unit,
            },
            password: self.password,
            disabled: self.disabled_at.is_some(),
        })
    }
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    #[sqlx(flatten)]
    account: AccountRow,
    seen_at: i64,
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
    /// Adds an account.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the name is taken.
    pub async fn add_account(&self, account: &Account, at: OffsetDateTime) -> Result<(), StoreError> {
        let who = &account.principal;
        self.insert_account(account, at).await.map_err(|error| {
            if error.is_refusal() {
                StoreError::Conflict(format!("an account named {}", who.name))
            } else {
                error
            }
        })
    }

    async fn insert_account(&self, account: &Account, at: OffsetDateTime) -> Result<(), StoreError> {
        let who = &account.principal;
        let sql = "insert into account (tenant, account_id, name, password, role, unit_id, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)";
        transact!(self, tx => {
            sqlx::query(sql)
                .bind(who.tenant.as_str())
                .bind(&who.account.as_bytes()[..])
                .bind(&who.name)
                .bind(&account.password)
                .bind(who.role.code())
                .bind(who.unit.as_ref().map(|id| &id.as_bytes()[..]))
                .bind(micros(at))
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// The account of a name.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn account(&self, tenant: Tenant, name: &str) -> Result<Option<Account>, StoreError> {
        let sql = "select account_id, name, password, role, unit_id, disabled_at from account where tenant = $1 and name = $2";
        let row: Option<AccountRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).bind(name).fetch_optional(db).await?);
        row.map(|row| row.account(tenant)).transpose()
    }

    /// Whether a tenant has any account.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn has_accounts(&self) -> Result<bool, StoreError> {
        let one: Option<i64> = read!(self, db => sqlx::query_scalar("select cast(1 as bigint) from account limit 1").fetch_optional(db).await?);
        Ok(one.is_some())
    }

    /// Replaces a password hash.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn set_password(
        &self,
        tenant: Tenant,
        account: AccountId,
        password: &str,
    ) -> Result<(), StoreError> {
        let sql = "update account set password = $3 where tenant = $1 and account_id = $2";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&account.as_bytes()[..]).bind(password).execute(tx).await?;
        });
        Ok(())
    }

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
        let sql = "select a.account_id, a.name, a.password, a.role, a.unit_id, a.disabled_at, s.seen_at
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
}
