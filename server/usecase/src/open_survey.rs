//! Opens and closes surveys.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::survey_plan::{SurveyPlan, plan_survey};
use crate::touchpoints;
use domain::id::{SurveyId, Tenant, UnitId};
use domain::new_survey::SurveyFault;
use domain::period::Month;
use domain::survey::Variant;
use store::StoreError;

pub use crate::touchpoints::new_touchpoint;

/// What is needed to open a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSurvey {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the instrument.
    pub instrument: String,
    /// Version of the instrument; the newest where absent.
    pub version: Option<u32>,
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

/// Opens a survey and makes one touchpoint for each counter, else for each commune, that has none
/// yet.
///
/// # Errors
/// [`UsecaseError::Survey`] with everything that is wrong; nothing is opened then.
pub async fn open_survey(office: &Office, tenant: Tenant, new: NewSurvey) -> Result<Opened, UsecaseError> {
    let province = office.province(tenant)?;
    let plan = plan_survey(office, &province, &new).map_err(UsecaseError::Survey)?;
    let ids: Vec<UnitId> = plan.units.iter().copied().collect();
    match office.store.open_survey(tenant, &plan.survey, &ids, office.now()).await {
        // Somebody else was a moment earlier.
        Err(StoreError::Conflict(_)) => {
            return Err(UsecaseError::Survey(vec![SurveyFault::CodeTaken(new.code)]));
        }
        other => other?,
    }
    let SurveyPlan { survey, mode, places, .. } = plan;
    let made = touchpoints::hang(office, tenant, &places, &mode, survey.variant).await?;
    office.refresh().await?;
    Ok(Opened { survey: survey.id, units: ids.len(), touchpoints: made })
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
