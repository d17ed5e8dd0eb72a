//! Sign-in: names, passwords, sessions, scopes.

use crate::chance::Chance;
use crate::error::UsecaseError;
use crate::office::Office;
use crate::password::{check_password, hash_password, is_dated, is_password};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::{AccountFault, check_name, check_part};
use domain::id::{AccountId, Tenant};
use domain::period::local_day;
use domain::scope::{Principal, Role, Scope};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use store::StoreError;
use store::account::Account;
use store::session::SessionLimits;
use time::{Duration, OffsetDateTime};

/// A session ends after half an hour without a request, and after eight hours in all.
pub const LIMITS: SessionLimits = SessionLimits { idle: 30 * 60 * 1_000_000, whole: 8 * 3_600 * 1_000_000 };

/// Microseconds after which a session's last use is written again: not with every request.
const TOUCH_AFTER: i64 = 60 * 1_000_000;

/// Failures of one name within [`WINDOW`] after which it must wait.
const FAILURES: usize = 10;
/// Failures of all names within [`WINDOW`] after which everybody must wait a moment.
const FAILURES_OF_ALL: usize = 500;
const WINDOW: Duration = Duration::minutes(15);

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Name or password is wrong; which one is not said.
    Wrong,
    /// Too many failures; try again in a quarter of an hour.
    TooMany,
}

/// Attempts of the last quarter of an hour that did not succeed, in memory.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Vec<OffsetDateTime>>>);

impl Throttle {
    /// Begins an attempt; false where there were too many. It counts as failed until [`Self::forget`]
    /// is told that it succeeded, so that many at once cannot slip through.
    #[must_use]
    pub fn begin(&self, name: &str, now: OffsetDateTime) -> bool {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, times| {
            times.retain(|time| now - *time < WINDOW);
            !times.is_empty()
        });
        let all: usize = failures.values().map(Vec::len).sum();
        let own = failures.get(name).map_or(0, Vec::len);
        let is_open = own < FAILURES && all < FAILURES_OF_ALL;
        if is_open {
            failures.entry(name.to_owned()).or_default().push(now);
        }
        is_open
    }

    /// The attempt succeeded.
    pub fn forget(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// A new account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Its name.
    pub name: String,
    /// Its password.
    pub password: String,
    /// Its part.
    pub role: Role,
    /// Code of its unit, where the role belongs to one.
    pub unit: Option<String>,
}

/// Adds an account.
///
/// # Errors
/// Where the name is taken or malformed, the password too weak, or the unit unknown or missing.
pub async fn add_account(office: &Office, tenant: Tenant, new: NewAccount) -> Result<(), UsecaseError> {
    check_name(&new.name)?;
    check_password(&new.name, &new.password)?;
    check_part(new.role, new.unit.is_some())?;
    let province = office.province(tenant)?;
    let unit = new.unit.as_deref().map(|code| province.unit_by_code(code, office.today())).transpose()?;
    let principal = Principal {
        account: AccountId::from_bytes(office.chance.bytes()),
        name: new.name,
        tenant,
        role: new.role,
        unit: unit.map(|unit| unit.id),
    };
    let password = hash_password(office, &new.password).await?;
    let account = Account { principal, password, disabled: false };
    match office.store.add_account(&account, office.now()).await {
        Err(StoreError::Conflict(_)) => Err(AccountFault::Taken.into()),
        other => Ok(other?),
    }
}

/// A session that was started: the token for the cookie, and who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Begins with the tenant's tag.
    pub token: String,
    /// Who.
    pub principal: Principal,
}

/// Signs somebody in: `name`, or `name@TAG` where there are several tenants.
///
/// # Errors
/// Where the database is away; a wrong password is `Ok(Err(…))`.
pub async fn sign_in(
    office: &Office,
    throttle: &Throttle,
    name: &str,
    password: &str,
) -> Result<Result<SignedIn, Refusal>, UsecaseError> {
    let now = office.now();
    let key: String = name.chars().take(80).collect();
    if !throttle.begin(&key, now) {
        return Ok(Err(Refusal::TooMany));
    }
    let (tenant, account) = find(office, name).await?;
    let stored = account.as_ref().map(|account| account.password.as_str());
    let is_right = is_password(stored, password).await?;
    let known = account.as_ref().map(|account| (account.principal.name.clone(), account.disabled));
    let Some(account) = account.filter(|account| is_right && !account.disabled) else {
        note_failure(office, tenant, known).await?;
        return Ok(Err(Refusal::Wrong));
    };
    throttle.forget(&key);
    if is_dated(&account.password) {
        let hash = hash_password(office, password).await?;
        let who = &account.principal;
        office.store.set_password(who.tenant, who.account, &hash).await?;
    }
    Ok(Ok(start_session(office, account.principal, "sign-in").await?))
}

/// Writes down an attempt that failed. What was typed as an unknown name may be a password.
async fn note_failure(
    office: &Office,
    tenant: Option<Tenant>,
    known: Option<(String, bool)>,
) -> Result<(), UsecaseError> {
    let Some(tenant) = tenant.filter(|tenant| office.registry().province(*tenant).is_some()) else {
        return Ok(());
    };
    match known {
        Some((name, true)) => office.note_refused(tenant, &name, "sign-in", "disabled").await,
        Some((name, false)) => office.note_refused(tenant, &name, "sign-in", "wrong password").await,
        None => office.note_refused(tenant, "?", "sign-in", "unknown name").await,
    }
}

/// Starts a session for somebody who has shown who they are, and writes down how.
pub(crate) async fn start_session(
    office: &Office,
    principal: Principal,
    how: &str,
) -> Result<SignedIn, UsecaseError> {
    let now = office.now();
    let token = new_token(principal.tenant, &office.chance);
    let (tenant, account) = (principal.tenant, principal.account);
    office.store.start_session(tenant, &digest(&token), account, now, LIMITS).await?;
    office.store.note_sign_in(tenant, account, local_day(now)).await?;
    office.note(tenant, &principal.name, how, "").await?;
    Ok(SignedIn { token, principal })
}

async fn find(office: &Office, name: &str) -> Result<(Option<Tenant>, Option<Account>), UsecaseError> {
    let registry = office.registry();
    let (name, tenant) = match name.rsplit_once('@') {
        Some((name, tag)) => (name, tag.to_ascii_uppercase().parse::<Tenant>().ok()),
        None => (name, registry.only().map(|province| province.tenant)),
    };
    match tenant.filter(|_| check_name(name).is_ok()) {
        Some(of) => Ok((tenant, office.store.account(of, name).await?)),
        None => Ok((tenant, None)),
    }
}

/// A secret for a cookie or a link; it begins with the tenant's tag.
pub(crate) fn new_token(tenant: Tenant, chance: &Chance) -> String {
    format!("{tenant}{}", URL_SAFE_NO_PAD.encode(chance.bytes::<24>()))
}

/// What is kept of a secret. It is random enough to need no salt.
pub(crate) fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The tenant of a secret, unless it is too long to be one.
pub(crate) fn tenant_of(token: &str) -> Option<Tenant> {
    token.get(..2).filter(|_| token.len() < 64)?.parse().ok()
}

/// Who holds a session token, if its session has not run out.
///
/// # Errors
/// Where the database is away.
pub async fn recognise(office: &Office, token: &str) -> Result<Option<Principal>, UsecaseError> {
    let Some(tenant) = tenant_of(token) else { return Ok(None) };
    let (now, hash) = (office.now(), digest(token));
    let Some((principal, seen)) = office.store.session(tenant, &hash, now, LIMITS).await? else {
        return Ok(None);
    };
    if store::cell::micros(now) - seen > TOUCH_AFTER {
        office.store.touch_session(tenant, &hash, now).await?;
    }
    Ok(Some(principal))
}

/// Ends a session.
///
/// # Errors
/// Where the database is away.
pub async fn sign_out(office: &Office, token: &str) -> Result<(), UsecaseError> {
    if let Some(tenant) = tenant_of(token) {
        office.store.end_session(tenant, &digest(token)).await?;
    }
    Ok(())
}

/// What a principal may read.
///
/// # Errors
/// Where its tenant is gone.
pub fn scope_of(office: &Office, principal: &Principal) -> Result<Scope, UsecaseError> {
    let province = office.province(principal.tenant)?;
    let subtree = principal.unit.map(|unit| province.subtree(unit)).unwrap_or_default();
    Ok(Scope::of(principal, subtree))
}
