//! Opens and closes surveys, and makes the touchpoints that show them.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::{SurveyId, Tenant, TouchpointId, UnitId};
use domain::instrument::Instrument;
use domain::period::Month;
use domain::survey::{LEAST_K, Mode, Survey, Variant};
use domain::touchpoint::{TOKEN_LENGTH, Token, Touchpoint};
use domain::unit::UnitKind;
use std::collections::BTreeSet;

/// What is needed to open a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSurvey {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the instrument; its newest version is taken.
    pub instrument: String,
    /// The form.
    pub variant: Variant,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Codes of units; `None` for all communes and departments.
    pub units: Option<Vec<String>>,
    /// Smallest number of people of any figure.
    pub k: u32,
    /// Index definition; the instrument's headline where absent.
    pub definition: Option<String>,
}

/// What was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The survey.
    pub survey: SurveyId,
    /// Units that it is about.
    pub units: usize,
    /// New touchpoints.
    pub touchpoints: usize,
}

/// Opens a survey and makes one poster touchpoint for each counter, else for each commune, that has
/// none yet.
///
/// # Errors
/// Where a rule is broken; nothing is opened then.
pub async fn open_survey(office: &Office, tenant: Tenant, new: NewSurvey) -> Result<Opened, UsecaseError> {
    let province = office.province(tenant)?;
    check(&new)?;
    let questions = province
        .instrument(&new.instrument, None)
        .ok_or_else(|| UsecaseError::Unknown { what: "instrument", name: new.instrument.clone() })?;
    let instrument = &questions.instrument;
    let definition = definition_of(&new, instrument)?;
    let units = units_of(office, &province, &new)?;
    let survey = Survey {
        id: SurveyId::from_bytes(office.chance.bytes()),
        code: new.code,
        name: new.name,
        instrument: new.instrument,
        instrument_version: instrument.version,
        variant: new.variant,
        from: new.from,
        to: new.to,
        k: new.k,
        definition,
        closed: false,
        ended: false,
    };
    let ids: Vec<UnitId> = units.iter().copied().collect();
    office.store.open_survey(tenant, &survey, &ids, office.now()).await?;
    let posters = if instrument.pages.is_empty() {
        Vec::new()
    } else {
        new_posters(office, &province, &units, new.variant)
    };
    if !posters.is_empty() {
        office.store.add_touchpoints(&posters, office.today()).await?;
    }
    office.refresh().await?;
    Ok(Opened { survey: survey.id, units: ids.len(), touchpoints: posters.len() })
}

fn definition_of(new: &NewSurvey, instrument: &Instrument) -> Result<String, UsecaseError> {
    let definition = new.definition.clone().unwrap_or_else(|| instrument.headline.clone());
    if !instrument.definitions.contains_key(&definition) {
        return Err(UsecaseError::Unknown { what: "index definition", name: definition });
    }
    if !instrument.variants.contains_key(&new.variant) {
        return Err(UsecaseError::Refused(format!("{} has no form {}", new.instrument, new.variant)));
    }
    Ok(definition)
}

fn check(new: &NewSurvey) -> Result<(), UsecaseError> {
    let is_code = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let refuse = |message: String| Err(UsecaseError::Refused(message));
    if new.code.is_empty() || new.code.len() > 40 || !new.code.chars().all(is_code) {
        return refuse(format!("the code {:?} must be 1 to 40 letters, digits, - or .", new.code));
    }
    if new.name.trim().is_empty() || new.name.chars().count() > 200 || new.name.chars().any(char::is_control)
    {
        return refuse("the name must have 1 to 200 characters on one line".into());
    }
    if new.to < new.from {
        return refuse(format!("the last month {} lies before the first, {}", new.to, new.from));
    }
    if new.k < LEAST_K {
        return refuse(format!("k must be at least {LEAST_K}, so that nobody can be told apart"));
    }
    Ok(())
}

fn units_of(office: &Office, province: &Province, new: &NewSurvey) -> Result<BTreeSet<UnitId>, UsecaseError> {
    let on = new.to.last_day().unwrap_or_else(|| office.today());
    let units: BTreeSet<UnitId> = if let Some(codes) = &new.units {
        let by_code = |code: &String| Ok(province.unit_by_code(code, on)?.id);
        codes.iter().map(by_code).collect::<Result<_, UsecaseError>>()?
    } else {
        let kinds = [UnitKind::Commune, UnitKind::Department];
        province.units().filter(|u| kinds.contains(&u.kind) && u.is_valid_on(on)).map(|u| u.id).collect()
    };
    if units.is_empty() {
        return Err(UsecaseError::Refused("the survey would be about no unit; import units first".into()));
    }
    Ok(units)
}

/// Counters and centres of the survey's units; a commune or department without any gets its own.
fn new_posters(
    office: &Office,
    province: &Province,
    units: &BTreeSet<UnitId>,
    variant: Variant,
) -> Vec<Touchpoint> {
    let mode = if variant == Variant::Kiosk { Mode::Kiosk } else { Mode::Poster };
    let is_place = |kind| matches!(kind, UnitKind::Centre | UnitKind::Counter);
    let mut places = BTreeSet::new();
    for unit in units {
        let below = province.subtree(*unit).into_iter().filter_map(|id| province.unit(id));
        let counters: Vec<UnitId> = below.filter(|u| is_place(u.kind)).map(|u| u.id).collect();
        if counters.is_empty() {
            places.insert(*unit);
        }
        places.extend(counters);
    }
    let has = |unit: UnitId| {
        province.touchpoints().any(|t| t.unit == unit && t.mode == mode && t.variant == variant && !t.revoked)
    };
    let fresh = places.into_iter().filter(|unit| !has(*unit));
    fresh.filter_map(|unit| new_touchpoint(office, province.tenant, unit, mode.clone(), variant)).collect()
}

/// A touchpoint with a fresh random token.
#[must_use]
pub fn new_touchpoint(
    office: &Office,
    tenant: Tenant,
    unit: UnitId,
    mode: Mode,
    variant: Variant,
) -> Option<Touchpoint> {
    let mut drawn = [0; TOKEN_LENGTH];
    for place in &mut drawn {
        *place = u8::try_from(office.chance.below(30)).ok()?;
    }
    Some(Touchpoint {
        id: TouchpointId::from_bytes(office.chance.bytes()),
        token: Token::draw(tenant, drawn)?,
        unit,
        mode,
        variant,
        version: 1,
        revoked: false,
    })
}

/// Closes a survey before its last month.
///
/// # Errors
/// Where there is no such survey.
pub async fn close_survey(office: &Office, tenant: Tenant, code: &str) -> Result<bool, UsecaseError> {
    let province = office.province(tenant)?;
    let survey = province
        .survey(code)
        .ok_or_else(|| UsecaseError::Unknown { what: "survey", name: code.to_owned() })?;
    let closed = office.store.close_survey(tenant, survey.survey.id, office.now()).await?;
    office.refresh().await?;
    Ok(closed)
}
