//! Changes to accounts: another part, shut out, let in again, sessions ended. Each goes into the
//! audit log, also when it is refused.

use crate::error::UsecaseError;
use crate::office::Office;
use domain::account::{AccountFault, check_part};
use domain::id::UnitId;
use domain::right::{Actor, Right};
use domain::scope::Role;
use store::account::{Account, Change};

/// The account of a name, for somebody who may change it.
pub(crate) async fn changeable(office: &Office, actor: &Actor, name: &str) -> Result<Account, UsecaseError> {
    if !actor.may(Right::EditAccounts) {
        return Err(UsecaseError::Forbidden);
    }
    let account = office.store.account(actor.tenant, name).await?;
    account.ok_or_else(|| UsecaseError::Unknown { what: "account", name: name.chars().take(40).collect() })
}

/// The unit of a code today, where the role goes with one.
pub(crate) fn unit_of(
    office: &Office,
    actor: &Actor,
    role: Role,
    code: Option<&str>,
) -> Result<Option<UnitId>, UsecaseError> {
    check_part(role, code.is_some())?;
    let province = office.province(actor.tenant)?;
    let find = |code| province.unit_by_code(code, office.today()).map(|unit| unit.id);
    code.map(find).transpose().map_err(|_| AccountFault::UnitUnknown.into())
}

/// Notes what became of a change.
async fn settle(
    office: &Office,
    actor: &Actor,
    what: &str,
    detail: &str,
    change: Change,
) -> Result<(), UsecaseError> {
    match change {
        Change::Done => office.note(actor.tenant, &actor.name, what, detail).await,
        Change::LastAdmin => {
            let why = format!("{detail}: the last administrator");
            office.note_refused(actor.tenant, &actor.name, what, &why).await?;
            Err(AccountFault::LastAdmin.into())
        }
    }
}

/// Gives an account another role or unit; it counts from its next request on.
///
/// # Errors
/// Where the actor may not, the role does not go with the unit, or nobody would be left to administer.
pub async fn change_part(
    office: &Office,
    actor: &Actor,
    name: &str,
    role: Role,
    unit: Option<&str>,
) -> Result<(), UsecaseError> {
    let account = changeable(office, actor, name).await?;
    let id = unit_of(office, actor, role, unit)?;
    let who = &account.principal;
    if (who.role, who.unit) == (role, id) {
        return Ok(());
    }
    let change = office.store.change_part(actor.tenant, who.account, role, id).await?;
    let detail =
        format!("{name}: {} to {role}{}", who.role, unit.map(|u| format!(" {u}")).unwrap_or_default());
    settle(office, actor, "account-part", &detail, change).await
}

/// Shuts an account out and ends its sessions at once.
///
/// # Errors
/// Where the actor may not, or nobody would be left to administer.
pub async fn disable(office: &Office, actor: &Actor, name: &str) -> Result<(), UsecaseError> {
    let account = changeable(office, actor, name).await?;
    let change = office.store.disable_account(actor.tenant, account.principal.account, office.now()).await?;
    settle(office, actor, "account-disable", name, change).await
}

/// Lets an account in again.
///
/// # Errors
/// Where the actor may not.
pub async fn enable(office: &Office, actor: &Actor, name: &str) -> Result<(), UsecaseError> {
    let account = changeable(office, actor, name).await?;
    office.store.enable_account(actor.tenant, account.principal.account).await?;
    settle(office, actor, "account-enable", name, Change::Done).await
}

/// Ends every session of somebody else.
///
/// # Errors
/// Where the actor may not.
pub async fn end_sessions(office: &Office, actor: &Actor, name: &str) -> Result<u64, UsecaseError> {
    let account = changeable(office, actor, name).await?;
    let ended = office.store.end_sessions_of(actor.tenant, account.principal.account, &[]).await?;
    settle(office, actor, "account-sessions", &format!("{name}: {ended} ended"), Change::Done).await?;
    Ok(ended)
}
