//! What everybody may do with their own account: see and end its sessions, change its password.

use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::office::Office;
use crate::password::{check_password, hash_password, is_password};
use crate::sign_in::{LIMITS, Throttle, digest};
use domain::account::AccountFault;
use domain::scope::Principal;
use store::cell::instant;
use time::OffsetDateTime;

/// A session of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// What a form calls it by; no secret.
    pub id: String,
    /// When it began.
    pub begun: OffsetDateTime,
    /// When it was last used, to the minute or so.
    pub seen: OffsetDateTime,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The sessions of an account, the last used first.
///
/// # Errors
/// Where the database is away.
pub async fn own_sessions(
    office: &Office,
    principal: &Principal,
    token: &str,
) -> Result<Vec<OwnSession>, UsecaseError> {
    let this = digest(token);
    let found = office.store.sessions_of(principal.tenant, principal.account, office.now(), LIMITS).await?;
    let own = found.into_iter().map(|line| OwnSession {
        id: hexadecimal(&line.token_hash),
        begun: instant(line.created_at),
        seen: instant(line.seen_at),
        is_this: line.token_hash == this,
    });
    Ok(own.collect())
}

/// Ends one session of one's own; which is told by [`OwnSession::id`].
///
/// # Errors
/// [`UsecaseError::Unknown`] where it is none of one's own.
pub async fn end_own_session(office: &Office, principal: &Principal, id: &str) -> Result<(), UsecaseError> {
    let unknown = || UsecaseError::Unknown { what: "session", name: String::new() };
    let hash = from_hexadecimal(id).ok_or_else(unknown)?;
    if !office.store.end_session_of(principal.tenant, principal.account, &hash).await? {
        return Err(unknown());
    }
    office.note(principal.tenant, &principal.name, "own-sessions", "1 ended").await
}

/// Ends all sessions of one's own but the one that asks.
///
/// # Errors
/// Where the database is away.
pub async fn end_other_sessions(
    office: &Office,
    principal: &Principal,
    token: &str,
) -> Result<(), UsecaseError> {
    let (tenant, account) = (principal.tenant, principal.account);
    let ended = office.store.end_sessions_of(tenant, account, &digest(token)).await?;
    office.note(tenant, &principal.name, "own-sessions", &format!("{ended} ended")).await
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()).collect()
}

/// A change of one's own password.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword<'a> {
    /// The one in use.
    pub present: &'a str,
    /// The new one.
    pub new: &'a str,
    /// The new one again.
    pub again: &'a str,
}

/// Changes one's own password; every other session ends. Whoever holds a session but not the password
/// is throttled like a stranger at the door.
///
/// # Errors
/// The rule that is broken; `Ok(false)` after too many attempts.
pub async fn change_password(
    office: &Office,
    throttle: &Throttle,
    principal: &Principal,
    token: &str,
    change: NewPassword<'_>,
) -> Result<bool, UsecaseError> {
    let (tenant, name) = (principal.tenant, &principal.name);
    if !throttle.begin(name, office.now()) {
        return Ok(false);
    }
    let account = office.store.account(tenant, name).await?;
    if !is_password(account.as_ref().map(|account| account.password.as_str()), change.present).await? {
        office.note_refused(tenant, name, "password-change", "wrong password").await?;
        return Err(AccountFault::PasswordWrong.into());
    }
    throttle.forget(name);
    check_password(name, change.new)?;
    if change.new != change.again {
        return Err(AccountFault::PasswordsDiffer.into());
    }
    let hash = hash_password(office, change.new).await?;
    office.store.replace_password(tenant, principal.account, &hash, &digest(token)).await?;
    office.note(tenant, name, "password-change", "").await?;
    Ok(true)
}
