//! One-time links: an invitation to a new account, or to a new password of one that exists. The link
//! is shown once, to whoever issued it; only its hash is kept.

use crate::account_change::{changeable, unit_of};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::password::{check_password, hash_password};
use crate::sign_in::{SignedIn, digest, new_token, start_session, tenant_of};
use domain::account::{AccountFault, LINK_DAYS, check_name};
use domain::id::{AccountId, Tenant};
use domain::right::{Actor, Right};
use domain::scope::{Principal, Role};
use store::StoreError;
use store::cell::micros;
use store::invitation::Invitation;
use time::{Duration, OffsetDateTime};

/// A link that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The secret in the link.
    pub token: String,
    /// Until when it can be used.
    pub expires: OffsetDateTime,
}

/// Invites somebody; an earlier invitation to the same name is void.
///
/// # Errors
/// Where the actor may not, the name is malformed or taken, or the unit unknown or missing.
pub async fn invite(
    office: &Office,
    actor: &Actor,
    name: &str,
    role: Role,
    unit: Option<&str>,
) -> Result<Issued, UsecaseError> {
    if !actor.may(Right::EditAccounts) {
        return Err(UsecaseError::Forbidden);
    }
    check_name(name)?;
    let id = unit_of(office, actor, role, unit)?;
    let issued = issue(office, actor, name, role, (id, None)).await?;
    let detail = format!("{name} {role}{}", unit.map(|u| format!(" {u}")).unwrap_or_default());
    office.note(actor.tenant, &actor.name, "account-invite", &detail).await?;
    Ok(issued)
}

/// Issues a link with which the owner of an account sets a new password. The old one works until then.
///
/// # Errors
/// Where the actor may not, or the account is disabled.
pub async fn reset(office: &Office, actor: &Actor, name: &str) -> Result<Issued, UsecaseError> {
    let account = changeable(office, actor, name).await?;
    if account.disabled {
        return Err(AccountFault::Disabled.into());
    }
    let who = &account.principal;
    let issued = issue(office, actor, name, who.role, (who.unit, Some(who.account))).await?;
    office.note(actor.tenant, &actor.name, "account-link", name).await?;
    Ok(issued)
}

async fn issue(
    office: &Office,
    actor: &Actor,
    name: &str,
    role: Role,
    (unit, account): (Option<domain::id::UnitId>, Option<AccountId>),
) -> Result<Issued, UsecaseError> {
    let now = office.now();
    let expires = now + Duration::days(LINK_DAYS);
    let token = new_token(actor.tenant, &office.chance);
    let invitation = Invitation {
        name: name.to_owned(),
        role,
        unit,
        account,
        issued_by: actor.name.clone(),
        issued_at: micros(now),
        expires_at: micros(expires),
    };
    match office.store.put_invitation(actor.tenant, &digest(&token), &invitation).await {
        Err(StoreError::Conflict(_)) => Err(AccountFault::Taken.into()),
        other => other.map(|()| Issued { token, expires }).map_err(Into::into),
    }
}

/// Makes a link void.
///
/// # Errors
/// Where the actor may not, or nobody of the name is invited.
pub async fn revoke(office: &Office, actor: &Actor, name: &str) -> Result<(), UsecaseError> {
    if !actor.may(Right::EditAccounts) {
        return Err(UsecaseError::Forbidden);
    }
    if !office.store.revoke_invitation(actor.tenant, name).await? {
        return Err(UsecaseError::Unknown { what: "invitation", name: name.chars().take(40).collect() });
    }
    office.note(actor.tenant, &actor.name, "account-revoke", name).await
}

/// What a link invites to, if it can still be used. Looking does not use it up.
///
/// # Errors
/// Where the database is away.
pub async fn look(office: &Office, token: &str) -> Result<Option<(Tenant, Invitation)>, UsecaseError> {
    let Some(tenant) = tenant_of(token) else { return Ok(None) };
    let found = office.store.invitation(tenant, &digest(token), office.now()).await?;
    Ok(found.map(|invitation| (tenant, invitation)))
}

/// Answers a link with a password and signs its owner in.
///
/// # Errors
/// [`AccountFault::Link`] where it cannot be used any more, or the rule that the password breaks.
pub async fn accept(
    office: &Office,
    token: &str,
    password: &str,
    again: &str,
) -> Result<SignedIn, UsecaseError> {
    let (tenant, invitation) = look(office, token).await?.ok_or(AccountFault::Link)?;
    check_password(&invitation.name, password)?;
    if password != again {
        return Err(AccountFault::PasswordsDiffer.into());
    }
    let hash = hash_password(office, password).await?;
    let new = AccountId::from_bytes(office.chance.bytes());
    let taken = office.store.accept_invitation(tenant, &digest(token), (new, &hash), office.now()).await;
    let taken = match taken {
        Err(StoreError::Conflict(_)) => return Err(AccountFault::Taken.into()),
        other => other?.ok_or(AccountFault::Link)?,
    };
    let account = taken.account.unwrap_or(new);
    let principal = Principal { account, name: taken.name, tenant, role: taken.role, unit: taken.unit };
    // The part may have changed since the link was issued; the session reads it anew with each request.
    start_session(office, principal, "account-accept").await
}
