//! What a tablet shows today, and through which day its answers are taken.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey, SurveyAt};
use domain::device::{Device, DeviceState, QUEUE_DAYS};
use domain::id::UnitId;
use domain::period::Month;
use domain::survey::Variant;
use std::sync::Arc;
use time::{Date, Duration};

/// What a tablet shows today.
#[derive(Debug, Clone)]
pub enum Screen {
    /// The question of this survey.
    Open(Arc<RunningSurvey>),
    /// A survey begins with this month.
    NotYet(Month),
    /// Nothing is asked any more, since this day where it is known.
    Closed(Option<Date>),
    /// The device, or the place where it hangs, was revoked.
    Revoked,
}

/// Whether a question set has a form for tablets.
fn has_kiosk(survey: &RunningSurvey) -> bool {
    let instrument = &survey.questions.instrument;
    instrument.overall.is_some() && instrument.variants.contains_key(&Variant::Kiosk)
}

/// Whether the place of a device was revoked, or the device itself.
pub(super) fn is_revoked(province: &Province, device: &Device) -> bool {
    let place = province.touchpoint_by_id(device.touchpoint);
    device.state == DeviceState::Revoked || place.is_none_or(|place| place.revoked)
}

/// What a device shows at its counter today.
///
/// # Errors
/// Where the database is away.
pub async fn screen(
    office: &Office,
    province: &Province,
    device: &Device,
    counter: UnitId,
) -> Result<Screen, UsecaseError> {
    if is_revoked(province, device) {
        return Ok(Screen::Revoked);
    }
    match province.survey_at(counter, office.today()) {
        SurveyAt::Open(survey) if has_kiosk(survey) => Ok(Screen::Open(survey.clone())),
        SurveyAt::NotYet(month) => Ok(Screen::NotYet(month)),
        _ => Ok(Screen::Closed(closed_since(office, province, counter).await?)),
    }
}

/// The last day on which a survey of the counter was open.
async fn closed_since(
    office: &Office,
    province: &Province,
    counter: UnitId,
) -> Result<Option<Date>, UsecaseError> {
    let committee = province.committee(counter).map(|unit| unit.id);
    let about = |survey: &RunningSurvey| {
        province.is_about(survey, counter) || committee.is_some_and(|id| province.is_about(survey, id))
    };
    let mut newest = None;
    for survey in province.surveys().iter().filter(|survey| has_kiosk(survey) && about(survey)) {
        let last = last_day(office, province, survey).await?;
        newest = newest.max(last.filter(|day| *day < office.today() || survey.survey.closed));
    }
    Ok(newest)
}

/// The last day of a survey: of its last month, or that on which it was closed by hand.
async fn last_day(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
) -> Result<Option<Date>, UsecaseError> {
    let last = survey.survey.to.last_day();
    if !survey.survey.closed {
        return Ok(last);
    }
    let by_hand = office.store.survey_closed_on(province.tenant, survey.survey.id).await?;
    Ok(by_hand.into_iter().chain(last).min())
}

/// Whether an answer that waited on a tablet is still taken: until thirty days after the survey's last
/// day, and never after the run that ends it.
pub(super) async fn takes_queue(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
) -> Result<bool, UsecaseError> {
    let last = last_day(office, province, survey).await?;
    let until = last.map(|day| day.saturating_add(Duration::days(QUEUE_DAYS)));
    Ok(!survey.survey.ended && until.is_some_and(|until| office.today() <= until))
}
