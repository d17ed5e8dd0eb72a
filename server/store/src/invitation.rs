//! Invitations: one-time links to a new account, or to a new password of one that exists. Only the
//! hash of a link's token is kept.

use crate::account::{ADD, ALONE};
use crate::cell::{micros, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{AccountId, Tenant, UnitId};
use domain::scope::Role;
use time::OffsetDateTime;

/// An invitation that waits to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Name of the account.
    pub name: String,
    /// The part that it will play.
    pub role: Role,
    /// Its unit.
    pub unit: Option<UnitId>,
    /// The account whose password is set anew; `None` for a new account.
    pub account: Option<AccountId>,
    /// Who issued it.
    pub issued_by: String,
    /// When, microseconds.
    pub issued_at: i64,
    /// Until when it can be used, microseconds.
    pub expires_at: i64,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    name: String,
    role: String,
    unit_id: Option<Vec<u8>>,
    account_id: Option<Vec<u8>>,
    issued_by: String,
    issued_at: i64,
    expires_at: i64,
}

impl InvitationRow {
    fn invitation(self) -> Result<Invitation, StoreError> {
        let table = "invitation";
        let account = |id: Vec<u8>| {
            AccountId::from_slice(&id).map_err(|error| StoreError::corrupt(table, "account_id", error))
        };
        Ok(Invitation {
            role: word(table, "role", &self.role)?,
            unit: self.unit_id.map(|id| unit_id(table, &id)).transpose()?,
            account: self.account_id.map(account).transpose()?,
            name: self.name,
            issued_by: self.issued_by,
            issued_at: self.issued_at,
            expires_at: self.expires_at,
        })
    }
}

impl Store {
    /// Keeps an invitation; an earlier one to the same name is void.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the name has an account and the invitation is to a new one.
    pub async fn put_invitation(
        &self,
        tenant: Tenant,
        token_hash: &[u8],
        invitation: &Invitation,
    ) -> Result<(), StoreError> {
        let taken = "select cast(1 as bigint) from account where tenant = $1 and name = $2";
        let put = "insert into invitation (tenant, name, token_hash, role, unit_id, account_id, issued_by, issued_at,
            expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        transact!(self, tx => {
            sqlx::query(ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            let taken: Option<i64> =
                sqlx::query_scalar(taken).bind(tenant.as_str()).bind(&invitation.name).fetch_optional(&mut *tx).await?;
            if taken.is_some() && invitation.account.is_none() {
                return Err(StoreError::Conflict(format!("an account named {}", invitation.name)));
            }
            sqlx::query("delete from invitation where tenant = $1 and (name = $2 or expires_at <= $3)")
                .bind(tenant.as_str()).bind(&invitation.name).bind(invitation.issued_at).execute(&mut *tx).await?;
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(&invitation.name)
                .bind(token_hash)
                .bind(invitation.role.code())
                .bind(invitation.unit.as_ref().map(|id| &id.as_bytes()[..]))
                .bind(invitation.account.as_ref().map(|id| &id.as_bytes()[..]))
                .bind(&invitation.issued_by)
                .bind(invitation.issued_at)
                .bind(invitation.expires_at)
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// The invitation behind a link, if it can still be used.
    ///
    /// # Errors
    /// Where the database is away or the row is corrupt.
    pub async fn invitation(
        &self,
        tenant: Tenant,
        token_hash: &[u8],
        at: OffsetDateTime,
    ) -> Result<Option<Invitation>, StoreError> {
        let sql = "select name, role, unit_id, account_id, issued_by, issued_at, expires_at from invitation
            where tenant = $1 and token_hash = $2 and expires_at > $3";
        let row: Option<InvitationRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(token_hash).bind(micros(at)).fetch_optional(db).await?);
        row.map(InvitationRow::invitation).transpose()
    }

    /// All invitations that can still be used, by name.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn invitations(
        &self,
        tenant: Tenant,
        at: OffsetDateTime,
    ) -> Result<Vec<Invitation>, StoreError> {
        let sql = "select name, role, unit_id, account_id, issued_by, issued_at, expires_at from invitation
            where tenant = $1 and expires_at > $2 order by name";
        let rows: Vec<InvitationRow> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(micros(at)).fetch_all(db).await?);
        rows.into_iter().map(InvitationRow::invitation).collect()
    }

    /// Makes an invitation void; false where there is none to the name.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn revoke_invitation(&self, tenant: Tenant, name: &str) -> Result<bool, StoreError> {
        let sql = "delete from invitation where tenant = $1 and name = $2";
        let gone = transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(name).execute(tx).await?.rows_affected()
        });
        Ok(gone > 0)
    }

    /// Answers an invitation with a password, once: makes the account, or gives it the password and
    /// ends its sessions. `None` where the link is used, void or run out.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where an account of the name came first.
    pub async fn accept_invitation(
        &self,
        tenant: Tenant,
        token_hash: &[u8],
        (new, password): (AccountId, &str),
        at: OffsetDateTime,
    ) -> Result<Option<Invitation>, StoreError> {
        let take = "delete from invitation where tenant = $1 and token_hash = $2 and expires_at > $3
            returning name, role, unit_id, account_id, issued_by, issued_at, expires_at";
        let set = "update account set password = $3 where tenant = $1 and account_id = $2";
        let end = "delete from session where tenant = $1 and account_id = $2";
        let taken: Option<Invitation> = transact!(self, tx => {
            let row: Option<InvitationRow> = sqlx::query_as(take)
                .bind(tenant.as_str()).bind(token_hash).bind(micros(at)).fetch_optional(&mut *tx).await?;
            let Some(row) = row else { return Ok(None) };
            let invitation = row.invitation()?;
            if let Some(account) = &invitation.account {
                let id = &account.as_bytes()[..];
                sqlx::query(set).bind(tenant.as_str()).bind(id).bind(password).execute(&mut *tx).await?;
                sqlx::query(end).bind(tenant.as_str()).bind(id).execute(&mut *tx).await?;
            } else {
                let added = sqlx::query(ADD)
                    .bind(tenant.as_str())
                    .bind(&new.as_bytes()[..])
                    .bind(&invitation.name)
                    .bind(password)
                    .bind(invitation.role.code())
                    .bind(invitation.unit.as_ref().map(|id| &id.as_bytes()[..]))
                    .bind(micros(at))
                    .execute(&mut *tx)
                    .await
                    .map_err(StoreError::from);
                if let Err(error) = added {
                    let taken = StoreError::Conflict(format!("an account named {}", invitation.name));
                    return Err(if error.is_refusal() { taken } else { error });
                }
            }
            Some(invitation)
        });
        Ok(taken)
    }
}
