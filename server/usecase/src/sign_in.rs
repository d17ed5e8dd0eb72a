//! Sign-in: names, passwords, sessions, scopes.

use crate::chance::Chance;
use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::{AccountId, Tenant};
use domain::scope::{Principal, Role, Scope};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use store::account::{Account, SessionLimits};
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;

/// Fewest characters of a password.
pub const PASSWORD_LEAST: usize = 12;
/// Most characters of a password.
pub const PASSWORD_MOST: usize = 128;

/// A session ends after half an hour without a request, and after eight hours in all.
pub const LIMITS: SessionLimits = SessionLimits { idle: 30 * 60 * 1_000_000, whole: 8 * 3_600 * 1_000_000 };

/// Microseconds after which a session's last use is written again: not with every request.
const TOUCH_AFTER: i64 = 60 * 1_000_000;

/// Failures of one name within [`WINDOW`] after which it must wait.
const FAILURES: usize = 10;
/// Failures of all names within [`WINDOW`] after which everybody must wait a moment.
const FAILURES_OF_ALL: usize = 500;
const WINDOW: Duration = Duration::minutes(15);

/// Two at a time: each takes 19 MiB and a core.
static HASHING: Semaphore = Semaphore::const_new(2);

/// Compared with when a name does not exist, so that its absence takes as long as a wrong password.
static DUMMY: LazyLock<String> = LazyLock::new(|| hash_now("no such account", [7; 16]).unwrap_or_default());

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Name or password is wrong; which one is not said.
    Wrong,
    /// Too many failures; try again in a quarter of an hour.
    TooMany,
}

/// Failures of the last quarter of an hour, in memory.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Vec<OffsetDateTime>>>);

impl Throttle {
    fn is_closed(&self, name: &str, now: OffsetDateTime) -> bool {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.retain(|_, times| {
            times.retain(|time| now - *time < WINDOW);
            !times.is_empty()
        });
        let all: usize = failures.values().map(Vec::len).sum();
        failures.get(name).is_some_and(|times| times.len() >= FAILURES) || all >= FAILURES_OF_ALL
    }

    fn note(&self, name: &str, now: OffsetDateTime) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        failures.entry(name.to_owned()).or_default().push(now);
    }

    fn forget(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

fn argon() -> Option<Argon2<'static>> {
    // OWASP: 19 MiB, two passes, one lane.
    Params::new(19 * 1024, 2, 1, None)
        .ok()
        .map(|params| Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str, salt: [u8; 16]) -> Option<String> {
    argon()?.hash_password_with_salt(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, UsecaseError> {
    let _permit = HASHING.acquire().await.map_err(|_| Objection::PasswordUnchecked)?;
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| Objection::PasswordUnchecked)?)
}

/// Checks the rules of a new password: length only, and none of the most common ones.
///
/// # Errors
/// The rule that it breaks.
pub fn check_password(password: &str) -> Result<(), Objection> {
    let length = password.chars().count();
    let common =
        ["123456789012", "password1234", "qwertyuiop12", "matkhau12345", "hailonghailong", "administrator"];
    if !(PASSWORD_LEAST..=PASSWORD_MOST).contains(&length) {
        return Err(Objection::PasswordLength(length));
    }
    if common.contains(&password.to_lowercase().as_str()) {
        return Err(Objection::PasswordCommon);
    }
    Ok(())
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

/// Checks the name of a new account.
///
/// # Errors
/// [`Objection::AccountName`].
pub fn check_name(name: &str) -> Result<(), Objection> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let fits = (1..=40).contains(&name.len()) && name.chars().all(is_name);
    if fits { Ok(()) } else { Err(Objection::AccountName) }
}

/// Adds an account.
///
/// # Errors
/// Where the name is taken or malformed, the password too weak, or the unit unknown or missing.
pub async fn add_account(office: &Office, tenant: Tenant, new: NewAccount) -> Result<(), UsecaseError> {
    check_name(&new.name)?;
    check_password(&new.password)?;
    let province = office.province(tenant)?;
    let unit = new.unit.as_deref().map(|code| province.unit_by_code(code, office.today())).transpose()?;
    match (new.role.is_provincial(), unit.is_some()) {
        (true, true) => return Err(Objection::RoleWithoutUnit(new.role).into()),
        (false, false) => return Err(Objection::RoleNeedsUnit(new.role).into()),
        _ => {}
    }
    let salt = office.chance.bytes();
    let password = new.password;
    let hash = in_background(move || hash_now(&password, salt)).await?;
    let principal = Principal {
        account: AccountId::from_bytes(office.chance.bytes()),
        name: new.name,
        tenant,
        role: new.role,
        unit: unit.map(|unit| unit.id),
    };
    let password = hash.ok_or(Objection::PasswordUnchecked)?;
    let account = Account { principal, password, disabled: false };
    Ok(office.store.add_account(&account, office.now()).await?)
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
    if throttle.is_closed(&key, now) {
        return Ok(Err(Refusal::TooMany));
    }
    let account = find(office, name).await?;
    let stored = account.as_ref().map_or_else(|| DUMMY.clone(), |account| account.password.clone());
    let given = password.chars().take(PASSWORD_MOST + 1).collect::<String>();
    let is_right = in_background(move || verify(&stored, &given)).await?;
    let Some(account) = account.filter(|account| is_right && !account.disabled) else {
        throttle.note(&key, now);
        return Ok(Err(Refusal::Wrong));
    };
    throttle.forget(&key);
    let token = new_token(account.principal.tenant, &office.chance);
    let who = &account.principal;
    office.store.start_session(who.tenant, &digest(&token), who.account, now, LIMITS).await?;
    office.note(who.tenant, &who.name, "sign-in", "").await?;
    Ok(Ok(SignedIn { token, principal: account.principal }))
}

async fn find(office: &Office, name: &str) -> Result<Option<Account>, UsecaseError> {
    let registry = office.registry();
    let (name, tenant) = match name.rsplit_once('@') {
        Some((name, tag)) => (name, tag.to_ascii_uppercase().parse::<Tenant>().ok()),
        None => (name, registry.only().map(|province| province.tenant)),
    };
    match tenant {
        Some(tenant) => Ok(office.store.account(tenant, name).await?),
        None => Ok(None),
    }
}

fn verify(stored: &str, given: &str) -> bool {
    let Some(argon) = argon() else { return false };
    PasswordHash::new(stored).is_ok_and(|hash| argon.verify_password(given.as_bytes(), &hash).is_ok())
}

fn new_token(tenant: Tenant, chance: &Chance) -> String {
    format!("{tenant}{}", URL_SAFE_NO_PAD.encode(chance.bytes::<24>()))
}

fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn tenant_of(token: &str) -> Option<Tenant> {
    token.get(..2)?.parse().ok()
}

/// Who holds a session token, if its session has not run out.
///
/// # Errors
/// Where the database is away.
pub async fn recognise(office: &Office, token: &str) -> Result<Option<Principal>, UsecaseError> {
    let Some(tenant) = tenant_of(token).filter(|_| token.len() < 64) else { return Ok(None) };
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
