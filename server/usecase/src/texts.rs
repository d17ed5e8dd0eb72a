//! What people wrote, as it may be read: by unit, month and mood, within a scope; and hiding a text that
//! should not be read, by the province, with a reason.

use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::office::Office;
use crate::record::KeptText;
use crate::registry::{Province, RunningSurvey};
use crate::submit::seal_subject;
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use store::text::Comment;

/// A text as it may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its random id.
    pub id: [u8; 16],
    /// The survey.
    pub survey: SurveyId,
    /// The unit that it is about.
    pub unit: UnitId,
    /// The month in which it counts.
    pub month: Month,
    /// The release with which it was published.
    pub release: i64,
    /// Satisfied (2), neutral (1), dissatisfied (0), unsaid (3).
    pub mood: u8,
    /// The screened words.
    pub words: String,
    /// Why the province has hidden it.
    pub hidden: Option<String>,
}

/// Which texts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of one month.
    pub month: Option<Month>,
    /// Of one mood.
    pub mood: Option<u8>,
    /// Published up to a release; the latest where none is named.
    pub release: Option<i64>,
}

impl Filter {
    /// Whether a text is one of them.
    #[must_use]
    pub fn takes(&self, text: &Text) -> bool {
        self.month.is_none_or(|month| month == text.month)
            && self.mood.is_none_or(|mood| mood == text.mood)
            && self.release.is_none_or(|release| text.release <= release)
    }
}

/// Texts about a unit and what is below it, newest month first, in random order within a month.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope does not cover the unit, or the release does not exist; where
/// the database is away.
pub async fn read_texts(
    office: &Office,
    province: &Province,
    scope: &Scope,
    (survey, top): (&RunningSurvey, UnitId),
    filter: Filter,
) -> Result<Vec<Text>, UsecaseError> {
    if !scope.covers(top) {
        return Err(UsecaseError::Unknown { what: "unit", name: String::new() });
    }
    if let Some(number) = filter.release {
        let releases = office.store.releases(province.tenant).await?;
        if releases.iter().all(|release| release.number != number) {
            return Err(UsecaseError::Unknown { what: "release", name: number.to_string() });
        }
    }
    let inside = province.subtree(top);
    let all = office.store.comments(scope, survey.survey.id).await?;
    let here = all.into_iter().filter(|comment| inside.contains(&comment.unit));
    let about = seal_subject(province.tenant, survey.survey.id);
    let texts: Result<Vec<Text>, UsecaseError> = here.map(|comment| open(office, &about, comment)).collect();
    Ok(texts?.into_iter().filter(|text| filter.takes(text)).collect())
}

/// Words are sealed at rest and opened for each reader.
fn open(office: &Office, about: &[u8], comment: Comment) -> Result<Text, UsecaseError> {
    let kept = KeptText::decode(&office.keys.unseal(Purpose::Text, &comment.record, about)?)?;
    Ok(Text {
        id: comment.id,
        survey: comment.survey,
        unit: comment.unit,
        month: comment.month,
        release: comment.release,
        mood: comment.mood,
        words: kept.text,
        hidden: comment.hidden,
    })
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
