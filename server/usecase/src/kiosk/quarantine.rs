//! What revoked tablets still sent: it waits, sealed apart, until the province lets it count or drops it.

use super::screen::takes_queue;
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::office::Office;
use crate::record::{ANSWER, Kept, KeptText};
use crate::submit::{mood, seal, seal_subject};
use domain::device::DeviceFault;
use domain::id::{DeviceId, SurveyId, Tenant};
use domain::period::Month;
use domain::right::{Actor, Right};
use std::collections::BTreeMap;
use store::quarantine::Held;

/// Most answers that are held for a tenant; a tablet keeps what comes after.
pub(super) const MOST: i64 = 20_000;
/// Most characters of a reason.
const REASON: usize = 200;

/// Seals an answer together with the device it came from.
pub(super) fn seal_held(
    office: &Office,
    (tenant, survey): (Tenant, SurveyId),
    (device, nonce): (DeviceId, [u8; 16]),
    kept: &Kept,
) -> Result<Held, UsecaseError> {
    let plain = [&device.as_bytes()[..], &kept.encode()?].concat();
    let about = seal_subject(tenant, survey);
    let record = office.keys.seal(Purpose::Quarantine, &plain, &about, &office.chance);
    Ok(Held { survey, nonce, record })
}

fn open(office: &Office, tenant: Tenant, held: &Held) -> Result<(DeviceId, Kept), UsecaseError> {
    let about = seal_subject(tenant, held.survey);
    let plain = office.keys.unseal(Purpose::Quarantine, &held.record, &about)?;
    let damaged = || UsecaseError::Damaged("an answer in quarantine".into());
    let (device, kept) = plain.split_first_chunk::<16>().ok_or_else(damaged)?;
    let kept: &[u8; ANSWER] = kept.try_into().map_err(|_| damaged())?;
    Ok((DeviceId::from_bytes(*device), Kept::decode(kept)?))
}

/// What is held of each device.
///
/// # Errors
/// Where the database is away.
pub async fn held_by_device(
    office: &Office,
    tenant: Tenant,
) -> Result<BTreeMap<DeviceId, u32>, UsecaseError> {
    let mut counts = BTreeMap::new();
    for held in office.store.held(tenant).await? {
        let (device, _) = open(office, tenant, &held)?;
        *counts.entry(device).or_default() += 1;
    }
    Ok(counts)
}

async fn held_of(
    office: &Office,
    actor: &Actor,
    device: DeviceId,
) -> Result<Vec<(Held, Kept)>, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let mut own = Vec::new();
    for held in office.store.held(actor.tenant).await? {
        let (from, kept) = open(office, actor.tenant, &held)?;
        if from == device {
            own.push((held, kept));
        }
    }
    Ok(own)
}

async fn note(
    office: &Office,
    actor: &Actor,
    (device, what): (DeviceId, &str),
    detail: &str,
) -> Result<(), UsecaseError> {
    let name = office.store.device(actor.tenant, device).await?.map(|device| device.name);
    let detail = format!("{}: {detail}", name.unwrap_or_default());
    office.note(actor.tenant, &actor.name, what, &detail).await
}

/// In tens, also in the log that many may read.
fn about(count: usize) -> String {
    if count < 10 { "fewer than 10".into() } else { format!("at least {}", count / 10 * 10) }
}

/// Lets what a revoked device sent count, as if it had arrived today. What belongs to a survey that is over
/// stays; returns how many went into the inbox.
///
/// # Errors
/// [`DeviceFault::Over`] where nothing can count any more; where the actor may not, or the database is away.
pub async fn release_held(office: &Office, actor: &Actor, device: DeviceId) -> Result<usize, UsecaseError> {
    let province = office.province(actor.tenant)?;
    let own = held_of(office, actor, device).await?;
    let (asked, mut envelopes) = (own.len(), Vec::new());
    for (held, kept) in own {
        let Some(survey) = province.survey_by_id(held.survey) else { continue };
        if !takes_queue(office, &province, survey).await? {
            continue;
        }
        let month = Month::of(office.today());
        let text = KeptText { unit: kept.deciding, month, mood: mood(kept.overall), text: String::new() };
        envelopes.push(seal(office, actor.tenant, held.survey, Some(held.nonce), &kept, &text)?);
    }
    if envelopes.is_empty() && asked > 0 {
        return Err(DeviceFault::Over.into());
    }
    let released = office.store.release_held(actor.tenant, &envelopes).await?;
    note(office, actor, (device, "quarantine-release"), &about(released)).await?;
    Ok(released)
}

/// Drops what a revoked device sent, with a reason; returns how many answers went.
///
/// # Errors
/// [`DeviceFault::Reason`] without one; where the actor may not, or the database is away.
pub async fn drop_held(
    office: &Office,
    actor: &Actor,
    device: DeviceId,
    reason: &str,
) -> Result<usize, UsecaseError> {
    let reason = reason.trim();
    if !(1..=REASON).contains(&reason.chars().count()) {
        return Err(DeviceFault::Reason.into());
    }
    let own = held_of(office, actor, device).await?;
    let rows: Vec<Held> = own.into_iter().map(|(held, _)| held).collect();
    let dropped = office.store.drop_held(actor.tenant, &rows).await?;
    note(office, actor, (device, "quarantine-drop"), &format!("{}; {reason}", about(dropped))).await?;
    Ok(dropped)
}
