//! A demo: a province with its real communes, a few departments, and artificial answers that go the
//! whole way of real ones: sealed, folded, published. A database that is a demo stays one for ever.

mod crowd;
mod fill;
pub mod generate;
mod person;
pub mod plan;
pub mod truth;
mod volumes;

pub use crowd::Crowd;

use crate::error::UsecaseError;
use crate::import::fields::import_fields;
use crate::import::instrument::import_instrument;
use crate::import::procedures::import_procedures;
use crate::import::succession::import_succession;
use crate::import::units::{UnitsWanted, import_units};
use crate::objection::Objection;
use crate::office::{DEMO_START, Office};
use crate::open_survey::{NewSurvey, new_touchpoint, open_survey};
use crate::record::KeptText;
use crate::registry::Province;
use crate::sign_in::{NewAccount, add_account};
use crate::submit::seal;
use crate::target::set_target;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::Tenant;
use domain::instrument::POST_SERVICE;
use domain::period::Month;
use domain::scope::Role;
use domain::survey::{DEFAULT_K, Mode, Route, Trust, Variant};
use domain::touchpoint::Touchpoint;
use domain::unit::UnitKind;
use generate::{Generator, Wish};
use std::sync::Arc;
use store::inbox::Envelope;
use time::Date;

pub(crate) const UNITS: &str = include_str!("../../../app/units/ca_mau_2025.csv");
pub(crate) const SUCCESSION: &str = include_str!("../../../app/units/ca_mau_succession_2025.csv");
pub(crate) const FIELDS: &str = include_str!("../../../app/instruments/fields.csv");
pub(crate) const PROCEDURES: &str = include_str!("../../../app/instruments/procedures.csv");

/// Code of the demo's survey.
pub const SURVEY: &str = "demo-2026";
/// Answers that are made where nobody says how many.
pub const ANSWERS: usize = 200_000;
/// The target that the demo's province declares, in per cent: a little below where its usual unit lies.
const TARGET: f64 = 85.0;
/// The first month with answers.
const FIRST: (i32, u8) = (2025, 10);

/// An account of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Its name.
    pub name: String,
    /// Its password, random.
    pub password: String,
    /// Its part.
    pub role: Role,
}

/// What was set up.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The tenant.
    pub tenant: Tenant,
    /// The touchpoint whose page is shown first.
    pub touchpoint: Touchpoint,
    /// Code of the unit that its answers are about.
    pub agency: String,
    /// Code of the province.
    pub province: String,
    /// One account for each role.
    pub accounts: Vec<DemoAccount>,
}

/// Fills an empty database.
///
/// # Errors
/// Where the database holds anything, or is away.
pub async fn set_up(office: &Office, answers: usize, seed: u64) -> Result<Demo, UsecaseError> {
    if office.registry().provinces().next().is_some() {
        return Err(Objection::DemoNotEmpty.into());
    }
    office.set_demo_day(first_day()).await?;
    let tenant = prepare(office).await?;
    let province = office.province(tenant)?;
    fill::fill(office, &province, answers, seed).await?;
    volumes::add_volumes(office, &province, (Month::of(first_day()), plan::MONTHS), seed).await?;
    let (province, touchpoint) = first_counter(office)?;
    let committee =
        province.committee(touchpoint.unit).ok_or_else(|| UsecaseError::Damaged("the demo".into()))?;
    let root = province.unit(province.root).ok_or_else(|| UsecaseError::Damaged("the demo".into()))?;
    let accounts = open_accounts(office, tenant, &committee.code).await?;
    Ok(Demo { tenant, agency: committee.code.clone(), province: root.code.clone(), touchpoint, accounts })
}

fn first_day() -> Date {
    Month::new(FIRST.0, FIRST.1).and_then(Month::first_day).unwrap_or(DEMO_START)
}

async fn prepare(office: &Office) -> Result<Tenant, UsecaseError> {
    let wanted = UnitsWanted { province: Some("96"), tag: Some("CM"), ..UnitsWanted::default() };
    let tenant = import_units(office, UNITS.as_bytes(), wanted).await?.tenant;
    import_succession(office, tenant, SUCCESSION.as_bytes(), false).await?;
    import_fields(office, tenant, FIELDS.as_bytes(), first_day(), false).await?;
    import_procedures(office, tenant, PROCEDURES.as_bytes(), false).await?;
    import_instrument(office, tenant, POST_SERVICE.as_bytes(), false).await?;
    let month = |year, month| Month::new(year, month).unwrap_or_else(|| Month::of(DEMO_START));
    let survey = NewSurvey {
        code: SURVEY.into(),
        name: "Ý kiến sau giải quyết hồ sơ".into(),
        instrument: "post-service".into(),
        version: None,
        variant: Variant::Full,
        from: month(FIRST.0, FIRST.1),
        to: month(2026, 12),
        units: None,
        k: DEFAULT_K,
        definition: None,
    };
    open_survey(office, tenant, survey).await?;
    set_target(office, tenant, SURVEY, TARGET).await?;
    add_kiosks(office, tenant).await?;
    Ok(tenant)
}

async fn add_kiosks(office: &Office, tenant: Tenant) -> Result<(), UsecaseError> {
    let province = office.province(tenant)?;
    let kiosk = |unit| new_touchpoint(office, tenant, unit, Mode::Kiosk, Variant::Kiosk);
    let kiosks: Vec<Touchpoint> = plan::tablets(&province).into_iter().filter_map(kiosk).collect();
    office.store.add_touchpoints(&kiosks, office.today()).await?;
    office.refresh().await
}

/// The poster that a demo shows: that of the first commune in the official order.
///
/// # Errors
/// Where this is no demo.
pub fn first_counter(office: &Office) -> Result<(Arc<Province>, Touchpoint), UsecaseError> {
    let nothing = || UsecaseError::Unknown { what: "demo", name: String::new() };
    if !office.is_demo() {
        return Err(nothing());
    }
    let province = office.registry().only().cloned().ok_or_else(nothing)?;
    let commune = plan::living(&province, UnitKind::Commune).next().ok_or_else(nothing)?.id;
    let inside = province.subtree(commune);
    let here =
        |t: &&Touchpoint| inside.contains(&t.unit) && t.mode == Mode::Poster && t.variant == Variant::Full;
    let touchpoint = province.touchpoints().find(here).cloned().ok_or_else(nothing)?;
    Ok((province, touchpoint))
}

/// Sends artificial answers through a touchpoint, as people with finished dossiers would.
///
/// # Errors
/// Where this is no demo, or the database is away.
pub async fn send_answers(
    office: &Office,
    province: &Province,
    touchpoint: &Touchpoint,
    count: usize,
) -> Result<(), UsecaseError> {
    let survey = province
        .survey(SURVEY)
        .ok_or_else(|| UsecaseError::Unknown { what: "survey", name: SURVEY.into() })?;
    let seed = u64::from_le_bytes(office.chance.bytes());
    let mut generator = Generator::new(&survey.questions, seed);
    let deciding = province.deciding(touchpoint.unit, None).unwrap_or(touchpoint.unit);
    let wish = Wish {
        deciding,
        receiving: touchpoint.unit,
        touchpoint: Some(touchpoint.id),
        mode: touchpoint.mode.clone(),
        trust: Trust::Open,
        variant: touchpoint.variant,
        route: Route::DoneInPerson,
        field: String::new(),
    };
    let truth = generator.truth(deciding);
    let crowd = Crowd::new(&survey.questions.instrument, &wish, &truth, &[]);
    let mut envelopes: Vec<Envelope> = Vec::with_capacity(count);
    for _ in 0..count {
        let (kept, text) = generator.answer_of(&crowd);
        let (unit, month) = (kept.deciding, Month::of(office.today()));
        let text = KeptText { unit, month, mood: crate::submit::mood(kept.overall), text };
        envelopes.push(seal(office, province.tenant, survey.survey.id, None, &kept, &text)?);
    }
    office.store.keep(&envelopes).await?;
    Ok(())
}

async fn open_accounts(
    office: &Office,
    tenant: Tenant,
    unit: &str,
) -> Result<Vec<DemoAccount>, UsecaseError> {
    let mut accounts = Vec::new();
    for role in Role::ALL {
        let password = URL_SAFE_NO_PAD.encode(office.chance.bytes::<12>());
        let name = role.code().to_owned();
        let unit = (!role.is_provincial()).then(|| unit.to_owned());
        let new = NewAccount { name: name.clone(), password: password.clone(), role: *role, unit };
        add_account(office, tenant, new).await?;
        accounts.push(DemoAccount { name, password, role: *role });
    }
    Ok(accounts)
}
