//! What people wrote, as it may be read: by unit, month and mood, within a scope; and hiding a text that
//! should not be read, by the province, with a reason.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use store::text::Comment;

/// Which texts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of one month.
    pub month: Option<Month>,
    /// Of one mood.
    pub mood: Option<u8>,
}

impl Filter {
    /// Whether a text is one of them.
    #[must_use]
    pub fn takes(&self, text: &Comment) -> bool {
        self.month.is_none_or(|month| month == text.month) && self.mood.is_none_or(|mood| mood == text.mood)
    }
}

/// Texts about a unit and what is below it, newest month first, in random order within a month.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope does not cover the unit; where the database is away.
pub async fn read_texts(
    office: &Office,
    province: &Province,
    scope: &Scope,
    (survey, top): (&RunningSurvey, UnitId),
    filter: Filter,
) -> Result<Vec<Comment>, UsecaseError> {
    if !scope.covers(top) {
        return Err(UsecaseError::Unknown { what: "unit", name: String::new() });
    }
    let inside = province.subtree(top);
    let all = office.store.comments(scope, survey.survey.id).await?;
    let wanted = |text: &Comment| inside.contains(&text.unit) && filter.takes(text);
    Ok(all.into_iter().filter(wanted).collect())
}

/// Hides a text, with a reason that its unit sees.
///
/// # Errors
/// [`UsecaseError::Refused`] where it is hidden already or not there.
pub async fn hide_text(
    office: &Office,
    tenant: Tenant,
    who: &str,
    (survey, id, why): (SurveyId, [u8; 16], &str),
) -> Result<(), UsecaseError> {
    if !office.store.hide_comment(tenant, (survey, id), (who, why), office.now()).await? {
        return Err(UsecaseError::Refused("it is hidden already, or not there".into()));
    }
    office.note(tenant, who, "text-hide", &format!("{}: {why}", crate::keys::hexadecimal(&id))).await
}

/// Shows a hidden text again.
///
/// # Errors
/// [`UsecaseError::Refused`] where it is not hidden or not there.
pub async fn show_text(
    office: &Office,
    tenant: Tenant,
    who: &str,
    (survey, id): (SurveyId, [u8; 16]),
) -> Result<(), UsecaseError> {
    if !office.store.show_comment(tenant, (survey, id)).await? {
        return Err(UsecaseError::Refused("it is not hidden, or not there".into()));
    }
    office.note(tenant, who, "text-show", &crate::keys::hexadecimal(&id)).await
}
