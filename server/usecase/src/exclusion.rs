//! Leaving doubtful answers out: only whole published parts of the family *flag class*, by a decision of
//! the province with its reason, as a release of its own; and taking them back in by another. Nothing is
//! deleted and no release is edited.
//!
//! Why this tells nothing of a person: the figure without a part is the published total less the
//! published part, number by number. Whoever holds the releases could have subtracted them himself, so
//! the span of what is known does not grow; and both are sums over at least *k* people, because cells
//! and parts are (the database refuses others, and refuses a decision about anything but a part).

use crate::error::UsecaseError;
use crate::fold::hash_with;
use crate::office::Office;
use crate::record::Flag;
use crate::registry::Province;
use domain::id::{SurveyId, Tenant};
use domain::period::Month;
use std::collections::BTreeMap;
use store::exclusion::{Decision, PartKey};
use store::lease::Run;

/// A published part of the family, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagPart {
    /// Its key.
    pub key: PartKey,
    /// People.
    pub n: i64,
    /// Packed tally.
    pub record: Vec<u8>,
    /// The last decision about it, if there was one.
    pub decision: Option<Decision>,
}

impl FlagPart {
    /// Whether it is left out.
    #[must_use]
    pub fn is_excluded(&self) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.excludes)
    }

    /// A short name of the part that holds still as long as the part does; see [`decide`].
    #[must_use]
    pub fn name(&self) -> String {
        let key = &self.key;
        let group = &key.group;
        let text = format!(
            "{:?}|{:?}|{}|{}|{}|{}|{}|{:?}|{}",
            group.survey,
            group.unit,
            group.variant,
            group.route,
            group.mode,
            group.trust,
            key.band,
            key.months,
            key.release
        );
        crate::keys::sha256(text.as_bytes()).chars().take(16).collect()
    }
}

/// The parts of a survey that a release knows, each with the last decision up to that release.
///
/// # Errors
/// Where the database is away.
pub async fn flag_parts(
    office: &Office,
    tenant: Tenant,
    survey: SurveyId,
    release: i64,
) -> Result<Vec<FlagPart>, UsecaseError> {
    let mut last: BTreeMap<PartKey, Decision> = BTreeMap::new();
    let decisions = office.store.decisions(tenant).await?;
    for decision in decisions.into_iter().filter(|decision| decision.release <= release) {
        last.insert(decision.part.clone(), decision);
    }
    let parts = office.store.flag_parts(tenant, survey).await?;
    let known = parts.into_iter().filter(|(key, ..)| key.release <= release);
    Ok(known
        .map(|(key, n, record)| {
            let decision = last.get(&key).cloned();
            FlagPart { key, n, record, decision }
        })
        .collect())
}

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Code of the survey.
    pub survey: String,
    /// Names of the parts; see [`FlagPart::name`].
    pub parts: Vec<String>,
    /// Whether they are left out, or taken back in.
    pub excludes: bool,
    /// Why.
    pub reason: String,
}

/// Decides, as a release of its own; returns its number.
///
/// # Errors
/// [`UsecaseError::Unknown`] for a part that was never published, [`UsecaseError::Refused`] where one
/// stands so already or another run is under way; nothing is decided then.
pub async fn decide(office: &Office, tenant: Tenant, who: &str, wish: &Wish) -> Result<i64, UsecaseError> {
    let province = office.province(tenant)?;
    let unknown = || UsecaseError::Unknown { what: "survey", name: wish.survey.chars().take(40).collect() };
    let survey = province.survey(&wish.survey).ok_or_else(unknown)?.survey.id;
    let today = office.today();
    let when = (today, Month::of(today));
    let owner = office.chance.bytes();
    let run = match office.store.begin_run(tenant, "exclusion", when, owner, office.now()).await? {
        Some(run) if !run.resumed => run,
        Some(run) => {
            office.store.end_lease(&run).await?;
            return Err(UsecaseError::Refused("a run was interrupted; fold first, then decide again".into()));
        }
        None => return Err(UsecaseError::Refused("a fold is under way; try again in a minute".into())),
    };
    let done = publish(office, &province, survey, who, (wish, &run)).await;
    if done.is_err() {
        office.store.discard(&run).await?;
    }
    let release = done?;
    let what = if wish.excludes { "exclude" } else { "return" };
    let detail = format!("release {release}, {}: {} parts: {}", wish.survey, wish.parts.len(), wish.reason);
    office.note(tenant, who, what, &detail).await?;
    Ok(release)
}

async fn publish(
    office: &Office,
    province: &Province,
    survey: SurveyId,
    who: &str,
    (wish, run): (&Wish, &Run),
) -> Result<i64, UsecaseError> {
    let decisions = decisions_of(office, province, survey, who, (wish, run.release)).await?;
    let releases = office.store.releases(run.tenant).await?;
    let before = releases.first().map(|release| release.hash.clone()).unwrap_or_default();
    let hash = hash_with(office, run.tenant, (run.release, run.scheduled, &before), &decisions).await?;
    office.store.publish_decisions(run, &hash, &decisions, office.now()).await?;
    Ok(run.release)
}

async fn decisions_of(
    office: &Office,
    province: &Province,
    survey: SurveyId,
    who: &str,
    (wish, release): (&Wish, i64),
) -> Result<Vec<Decision>, UsecaseError> {
    let parts = flag_parts(office, province.tenant, survey, release).await?;
    let mut decisions = Vec::new();
    for name in &wish.parts {
        let part = parts
            .iter()
            .find(|part| part.name() == *name)
            .ok_or_else(|| UsecaseError::Unknown { what: "part", name: name.chars().take(40).collect() })?;
        if part.key.band == Flag::None.code() {
            return Err(UsecaseError::Refused("these answers carry no sign of doubt".into()));
        }
        if part.is_excluded() == wish.excludes {
            return Err(UsecaseError::Refused("this has been decided already".into()));
        }
        decisions.push(Decision {
            release,
            excludes: wish.excludes,
            part: part.key.clone(),
            reason: wish.reason.clone(),
            who: who.to_owned(),
        });
    }
    Ok(decisions)
}
