//! From a meant answer to a sealed one that waits in the inbox.

use crate::error::UsecaseError;
use crate::form_token::FormToken;
use crate::keys::Purpose;
use crate::mutant;
use crate::office::Office;
use crate::record::{Flag, Kept, KeptText};
use crate::registry::{Province, RunningSurvey};
use crate::traffic::Arrival;
use domain::id::{SurveyId, Tenant, UnitId};
use domain::path::Stage;
use domain::period::Month;
use domain::submission::Submission;
use domain::survey::{Mode, Trust};
use domain::tally::Answer;
use domain::touchpoint::Touchpoint;
use store::inbox::Envelope;

/// Where an answer came from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The tenant.
    pub province: &'a Province,
    /// The survey.
    pub survey: &'a RunningSurvey,
    /// The touchpoint.
    pub touchpoint: &'a Touchpoint,
    /// The form's token.
    pub token: &'a FormToken,
    /// Whether a field that people do not see was filled in.
    pub trapped: bool,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is kept.
    New,
    /// The same form had been sent before; it counts once.
    SentBefore,
}

/// Keeps an answer. When this returns, it survives a power cut.
///
/// # Errors
/// Where the database is away or full; the answer is not kept then.
pub async fn submit(
    office: &Office,
    origin: Origin<'_>,
    submission: &Submission,
) -> Result<Kind, UsecaseError> {
    // A machine that fills in every field gets the same thanks as everybody, and nothing is kept.
    if origin.trapped {
        return Ok(Kind::New);
    }
    let kept = keep(office, origin, submission)?;
    let text = KeptText {
        unit: kept.deciding,
        month: Month::of(office.today()),
        mood: mood(kept.overall),
        text: submission.comment.clone().unwrap_or_default(),
    };
    let tenant = origin.province.tenant;
    let envelope = seal(office, tenant, origin.survey.survey.id, Some(origin.token.nonce), &kept, &text)?;
    let new = office.committer.keep(envelope).await?;
    Ok(if new { Kind::New } else { Kind::SentBefore })
}

fn keep(office: &Office, origin: Origin<'_>, submission: &Submission) -> Result<Kept, UsecaseError> {
    let receiving = origin.touchpoint.unit;
    let deciding = deciding(origin.province, receiving, submission)
        .ok_or_else(|| UsecaseError::Damaged("the unit of a touchpoint".into()))?;
    // The table of fields may still name a unit whose work another has taken over.
    let deciding = origin.province.lineage().heir(deciding, office.today());
    let deciding = if origin.province.is_about(origin.survey, deciding) {
        deciding
    } else {
        // The survey is not about the agency that decides such dossiers: the counter's own committee
        // answers for it, as with "other".
        origin.province.committee(receiving).map_or(deciding, |unit| unit.id)
    };
    Ok(Kept {
        deciding,
        receiving,
        touchpoint: Some(origin.touchpoint.id),
        import: None,
        month: None,
        mode: origin.touchpoint.mode.clone(),
        trust: origin.token.trust,
        variant: origin.touchpoint.variant,
        route: submission.route,
        flag: flag(office, origin, submission),
        field: submission.field.clone().unwrap_or_default(),
        overall: submission.overall,
        items: submission.items.clone(),
        choices: submission.choices.clone(),
    })
}

fn deciding(province: &Province, receiving: UnitId, submission: &Submission) -> Option<UnitId> {
    let field = submission.field.as_deref().filter(|_| submission.stage != Some(Stage::Asked));
    province.deciding(receiving, field)
}

fn flag(office: &Office, origin: Origin<'_>, submission: &Submission) -> Flag {
    let levels: Vec<Answer> =
        submission.items.iter().copied().filter(|a| matches!(a, Answer::Level(_))).collect();
    let all_alike = levels.len() >= 8 && levels.windows(2).all(|pair| pair[0] == pair[1]);
    let said = levels.len() + submission.choices.iter().flatten().count();
    office.traffic.flag(Arrival {
        touchpoint: origin.touchpoint.id,
        at: office.now(),
        age: origin.token.age(office.now()),
        answered: said,
        all_alike,
        has_hours: matches!(origin.touchpoint.mode, Mode::Poster | Mode::Kiosk),
    })
}

/// Satisfied, neutral, dissatisfied, unsaid: all that goes with a text.
#[must_use]
pub fn mood(overall: Answer) -> u8 {
    match overall {
        Answer::Level(4..) => 2,
        Answer::Level(3) => 1,
        Answer::Level(_) => 0,
        _ => 3,
    }
}

/// Trust of answers that come through a touchpoint without a code.
#[must_use]
pub const fn trust_of(mode: &Mode) -> Trust {
    match mode {
        Mode::Kiosk => Trust::Kiosk,
        _ => Trust::Open,
    }
}

/// Seals an answer and its text, each under a fresh random id.
///
/// # Errors
/// Where the instrument is larger than a record.
pub fn seal(
    office: &Office,
    tenant: Tenant,
    survey: SurveyId,
    nonce: Option<[u8; 16]>,
    kept: &Kept,
    text: &KeptText,
) -> Result<Envelope, UsecaseError> {
    let record = kept.encode()?;
    let about = seal_subject(tenant, survey);
    Ok(Envelope {
        tenant,
        survey,
        nonce,
        id: mutant::inbox_id(office, kept),
        record: office.keys.seal(Purpose::Inbox, &record, &about, &office.chance),
        text_id: office.chance.bytes(),
        text: office.keys.seal(Purpose::Text, &text.encode(), &about, &office.chance),
    })
}

/// What a sealed record is bound to: it does not open as another survey's.
#[must_use]
pub fn seal_subject(tenant: Tenant, survey: SurveyId) -> Vec<u8> {
    [tenant.as_str().as_bytes(), survey.as_bytes()].concat()
}
