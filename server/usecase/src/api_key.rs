//! Keys of other systems: made once and shown once, known again by their hash, revoked.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::sign_in::{digest, new_token, tenant_of};
use domain::api_key::{KeyFault, MOST_DAYS, Verb, Verbs, check_name};
use domain::id::{Tenant, UnitId};
use domain::right::{Actor, Right};
use store::StoreError;
use store::api_key::ApiKey;
use time::{Date, Duration};

/// A key that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// Its name.
    pub name: String,
    /// Code of the unit whose codes it may ask for; `None` for the province.
    pub unit: Option<String>,
    /// What it may do.
    pub verbs: Vec<Verb>,
    /// How many days it lives.
    pub days: i64,
}

/// A key that was made. It is in no other place than this value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The secret.
    pub key: String,
    /// The last day on which it works.
    pub expires_on: Date,
}

/// Whoever asks with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The tenant.
    pub tenant: Tenant,
    /// Name of the key.
    pub name: String,
    /// The units whose codes it may ask for; `None` for all.
    units: Option<Vec<UnitId>>,
    verbs: Verbs,
}

impl Holder {
    /// Whether something may be done.
    ///
    /// # Errors
    /// [`UsecaseError::Forbidden`].
    pub fn must(&self, verb: Verb) -> Result<(), UsecaseError> {
        if self.verbs.may(verb) { Ok(()) } else { Err(UsecaseError::Forbidden) }
    }

    /// Whether a unit is one of its own.
    #[must_use]
    pub fn covers(&self, unit: UnitId) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&unit))
    }
}

/// Makes a key.
///
/// # Errors
/// [`UsecaseError::ApiKey`] with the rule that the wish breaks; where the actor may not, or the database
/// is away.
pub async fn make_key(office: &Office, actor: &Actor, new: &NewKey) -> Result<Made, UsecaseError> {
    if !actor.may(Right::EditAccounts) {
        return Err(UsecaseError::Forbidden);
    }
    check_name(&new.name)?;
    let verbs = Verbs::new(&new.verbs)?;
    if !(1..=MOST_DAYS).contains(&new.days) {
        return Err(KeyFault::Days.into());
    }
    let today = office.today();
    let province = office.province(actor.tenant)?;
    let find = |code: &String| province.unit_by_code(code, today).map(|unit| unit.id);
    let unit = new.unit.as_ref().map(find).transpose().map_err(|_| KeyFault::Unit)?;
    let expires_on = today.saturating_add(Duration::days(new.days));
    let key = new_token(actor.tenant, &office.chance);
    let kept = ApiKey {
        name: new.name.clone(),
        unit,
        verbs,
        made_by: actor.name.clone(),
        made_on: today,
        expires_on,
        used_on: None,
        revoked_on: None,
    };
    match office.store.add_api_key(actor.tenant, &digest(&key), &kept).await {
        Err(StoreError::Conflict(_)) => return Err(KeyFault::Taken.into()),
        other => other?,
    }
    let place = new.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let detail = format!("{}{place}: {}", kept.name, kept.verbs);
    office.note(actor.tenant, &actor.name, "key-make", &detail).await?;
    Ok(Made { key, expires_on })
}

/// All keys, without their secrets.
///
/// # Errors
/// Where the actor may not, or the database is away.
pub async fn list_keys(office: &Office, actor: &Actor) -> Result<Vec<ApiKey>, UsecaseError> {
    if !actor.may(Right::ReadAccounts) {
        return Err(UsecaseError::Forbidden);
    }
    Ok(office.store.api_keys(actor.tenant).await?)
}

/// Revokes a key: it does nothing any more.
///
/// # Errors
/// Where the actor may not, or there is no key of the name that still works.
pub async fn revoke_key(office: &Office, actor: &Actor, name: &str) -> Result<(), UsecaseError> {
    if !actor.may(Right::EditAccounts) {
        return Err(UsecaseError::Forbidden);
    }
    if !office.store.revoke_api_key(actor.tenant, name, office.today()).await? {
        return Err(UsecaseError::Unknown { what: "key", name: name.chars().take(40).collect() });
    }
    office.note(actor.tenant, &actor.name, "key-revoke", name).await
}

/// Who asks with a key, if it works today.
///
/// # Errors
/// Where the database is away.
pub async fn recognise_key(office: &Office, key: &str) -> Result<Option<Holder>, UsecaseError> {
    let Some(tenant) = tenant_of(key) else { return Ok(None) };
    let today = office.today();
    let found = office.store.api_key(tenant, &digest(key)).await?;
    let Some(found) = found.filter(|key| key.revoked_on.is_none() && key.expires_on >= today) else {
        return Ok(None);
    };
    // A day, not an hour: the hour of the last use is the hour at which a dossier came in.
    if found.used_on != Some(today) {
        office.store.use_api_key(tenant, &found.name, today).await?;
    }
    let units = match found.unit {
        Some(unit) => Some(office.province(tenant)?.subtree(unit)),
        None => None,
    };
    Ok(Some(Holder { tenant, name: found.name, units, verbs: found.verbs }))
}
