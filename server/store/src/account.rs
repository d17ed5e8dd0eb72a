//! Accounts: who may sign in, as what, for which unit.

use crate::cell::{day, day_number, micros, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{AccountId, Tenant, UnitId};
use domain::scope::{Principal, Role};
use time::{Date, OffsetDateTime};

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

/// An account as a list shows it: without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// Who it is.
    pub principal: Principal,
    /// May no longer sign in.
    pub disabled: bool,
    /// The day of its last sign-in, if there was one.
    pub signed_in_on: Option<Date>,
}

/// What became of a change that could leave nobody who administers the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is done.
    Done,
    /// It is not: this is the last administrator.
    LastAdmin,
}

#[derive(sqlx::FromRow)]
pub(crate) struct AccountRow {
    account_id: Vec<u8>,
    name: String,
    password: String,
    role: String,
    unit_id: Option<Vec<u8>>,
    disabled_at: Option<i64>,
    signed_in_on: Option<i64>,
}

impl AccountRow {
    pub fn account(self, tenant: Tenant) -> Result<Account, StoreError> {
        let disabled = self.disabled_at.is_some();
        let password = self.password.clone();
        Ok(Account { principal: self.line(tenant)?.principal, password, disabled })
    }

    fn line(self, tenant: Tenant) -> Result<AccountLine, StoreError> {
        let table = "account";
        let unit: Option<UnitId> = self.unit_id.map(|id| unit_id(table, &id)).transpose()?;
        let role: Role = word(table, "role", &self.role)?;
        let signed_in_on = self.signed_in_on.map(|on| day(table, "signed_in_on", on)).transpose()?;
        let account = AccountId::from_slice(&self.account_id)
            .map_err(|error| StoreError::corrupt(table, "account_id", error))?;
        let principal = Principal { account, name: self.name, tenant, role, unit };
        Ok(AccountLine { principal, disabled: self.disabled_at.is_some(), signed_in_on })
    }
}

/// Nobody else may change accounts of the tenant until the transaction ends, so that two changes
/// cannot each count on the other's account to be the administrator that is left.
pub(crate) const ALONE: &str = "update tenant set created_at = created_at where tenant = $1";

pub(crate) const ADD: &str =
    "insert into account (tenant, account_id, name, password, role, unit_id, created_at)
    values ($1, $2, $3, $4, $5, $6, $7)";

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
        transact!(self, tx => {
            // An invitation to the name is answered by this.
            sqlx::query("delete from invitation where tenant = $1 and name = $2")
                .bind(who.tenant.as_str()).bind(&who.name).execute(&mut *tx).await?;
            sqlx::query(ADD)
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
        let sql = "select account_id, name, password, role, unit_id, disabled_at, signed_in_on from account
            where tenant = $1 and name = $2";
        let row: Option<AccountRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).bind(name).fetch_optional(db).await?);
        row.map(|row| row.account(tenant)).transpose()
    }

    /// All accounts of a tenant, by name.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn accounts(&self, tenant: Tenant) -> Result<Vec<AccountLine>, StoreError> {
        let sql =
            "select account_id, name, '' as password, role, unit_id, disabled_at, signed_in_on from account
            where tenant = $1 order by name";
        let rows: Vec<AccountRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(|row| row.line(tenant)).collect()
    }

    /// Whether a tenant has any account.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn has_accounts(&self) -> Result<bool, StoreError> {
        let one: Option<i64> = read!(self, db => sqlx::query_scalar("select cast(1 as bigint) from account limit 1").fetch_optional(db).await?);
        Ok(one.is_some())
    }

    /// Replaces a password hash, as after a stronger hashing; sessions go on.
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

    /// Replaces a password and ends every session of the account but one.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn replace_password(
        &self,
        tenant: Tenant,
        account: AccountId,
        password: &str,
        but: &[u8],
    ) -> Result<(), StoreError> {
        let sql = "update account set password = $3 where tenant = $1 and account_id = $2";
        let end = "delete from session where tenant = $1 and account_id = $2 and token_hash <> $3";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&account.as_bytes()[..]).bind(password).execute(&mut *tx).await?;
            sqlx::query(end).bind(tenant.as_str()).bind(&account.as_bytes()[..]).bind(but).execute(tx).await?;
        });
        Ok(())
    }

    /// Gives an account another part to play. It counts from the next request on.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn change_part(
        &self,
        tenant: Tenant,
        account: AccountId,
        role: Role,
        unit: Option<UnitId>,
    ) -> Result<Change, StoreError> {
        let sql = "update account set role = $3, unit_id = $4 where tenant = $1 and account_id = $2
            and ($3 = 'province-admin' or role <> 'province-admin' or disabled_at is not null or exists (
                select 1 from account other where other.tenant = $1 and other.account_id <> $2
                and other.role = 'province-admin' and other.disabled_at is null))";
        let changed = transact!(self, tx => {
            sqlx::query(ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&account.as_bytes()[..])
                .bind(role.code())
                .bind(unit.as_ref().map(|id| &id.as_bytes()[..]))
                .execute(tx)
                .await?
                .rows_affected()
        });
        Ok(if changed == 0 { Change::LastAdmin } else { Change::Done })
    }

    /// Shuts an account out: no sign-in, no session, no link for a new password.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn disable_account(
        &self,
        tenant: Tenant,
        account: AccountId,
        at: OffsetDateTime,
    ) -> Result<Change, StoreError> {
        let sql =
            "update account set disabled_at = coalesce(disabled_at, $3) where tenant = $1 and account_id = $2
            and (role <> 'province-admin' or disabled_at is not null or exists (
                select 1 from account other where other.tenant = $1 and other.account_id <> $2
                and other.role = 'province-admin' and other.disabled_at is null))";
        let changed = transact!(self, tx => {
            sqlx::query(ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            let id = &account.as_bytes()[..];
            let changed = sqlx::query(sql).bind(tenant.as_str()).bind(id).bind(micros(at)).execute(&mut *tx).await?.rows_affected();
            if changed > 0 {
                for end in ["delete from session where tenant = $1 and account_id = $2",
                    "delete from invitation where tenant = $1 and account_id = $2"]
                {
                    sqlx::query(end).bind(tenant.as_str()).bind(id).execute(&mut *tx).await?;
                }
            }
            changed
        });
        Ok(if changed == 0 { Change::LastAdmin } else { Change::Done })
    }

    /// Lets an account sign in again.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn enable_account(&self, tenant: Tenant, account: AccountId) -> Result<(), StoreError> {
        let sql = "update account set disabled_at = null where tenant = $1 and account_id = $2";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&account.as_bytes()[..]).execute(tx).await?;
        });
        Ok(())
    }

    /// Notes on which day an account was last used.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn note_sign_in(&self, tenant: Tenant, account: AccountId, on: Date) -> Result<(), StoreError> {
        let sql = "update account set signed_in_on = $3 where tenant = $1 and account_id = $2
            and (signed_in_on is null or signed_in_on < $3)";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(&account.as_bytes()[..]).bind(day_number(on)).execute(tx).await?;
        });
        Ok(())
    }
}
