//! The accounts of a province, for those who may see them.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::sign_in::LIMITS;
use domain::id::UnitId;
use domain::right::{Actor, Right};
use domain::scope::Role;
use store::account::AccountLine;
use store::invitation::Invitation;
use store::session::SessionLine;

/// Which accounts are wanted; everything may be left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Part of the name.
    pub name: String,
    /// The role.
    pub role: Option<Role>,
    /// The unit, or one below it.
    pub below: Option<UnitId>,
    /// Only those that may, or may not, sign in.
    pub disabled: Option<bool>,
}

/// The accounts, and the invitations that nobody has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    /// Accounts by name.
    pub accounts: Vec<AccountLine>,
    /// Links that can still be used, by name.
    pub invitations: Vec<Invitation>,
    /// How many accounts are in use in all.
    pub enabled: usize,
    /// How many are disabled in all.
    pub disabled: usize,
}

/// Lists accounts.
///
/// # Errors
/// Where the actor may not see them, or the database is away.
pub async fn list_accounts(
    office: &Office,
    actor: &Actor,
    wanted: &Wanted,
) -> Result<Accounts, UsecaseError> {
    if !actor.may(Right::ReadAccounts) {
        return Err(UsecaseError::Forbidden);
    }
    let inside = match wanted.below {
        Some(unit) => Some(office.province(actor.tenant)?.subtree(unit)),
        None => None,
    };
    let name = wanted.name.to_lowercase();
    let fits = |of: &str, role: Role, unit: Option<UnitId>| {
        of.to_lowercase().contains(&name)
            && wanted.role.is_none_or(|wanted| wanted == role)
            && inside.as_ref().is_none_or(|inside| unit.is_some_and(|unit| inside.contains(&unit)))
    };
    let mut accounts = office.store.accounts(actor.tenant).await?;
    let disabled = accounts.iter().filter(|line| line.disabled).count();
    let enabled = accounts.len() - disabled;
    accounts.retain(|line| {
        let who = &line.principal;
        fits(&who.name, who.role, who.unit) && wanted.disabled.is_none_or(|wanted| wanted == line.disabled)
    });
    let mut invitations = office.store.invitations(actor.tenant, office.now()).await?;
    invitations.retain(|line| fits(&line.name, line.role, line.unit));
    Ok(Accounts { accounts, invitations, enabled, disabled })
}

/// One account, its sessions, and the link to a new password that was issued for it.
///
/// # Errors
/// Where the actor may not see it, or there is none of the name.
pub async fn read_account(
    office: &Office,
    actor: &Actor,
    name: &str,
) -> Result<(AccountLine, Vec<SessionLine>, Option<Invitation>), UsecaseError> {
    let found = list_accounts(office, actor, &Wanted::default()).await?;
    let unknown = || UsecaseError::Unknown { what: "account", name: name.chars().take(40).collect() };
    let account = found.accounts.into_iter().find(|line| line.principal.name == name).ok_or_else(unknown)?;
    let link = found.invitations.into_iter().find(|link| link.name == name);
    let id = account.principal.account;
    let sessions = office.store.sessions_of(actor.tenant, id, office.now(), LIMITS).await?;
    Ok((account, sessions, link))
}
