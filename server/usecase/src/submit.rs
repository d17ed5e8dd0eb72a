//! From a meant answer to a sealed one that waits in the inbox.

use crate::code::Ticket;
use crate::error::UsecaseError;
use crate::form_token::FormToken;
use crate::keys::Purpose;
use crate::mutant;
use crate::office::Office;
use crate::record::{Flag, Kept, KeptText};
use crate::registry::{Province, RunningSurvey};
use crate::traffic::Arrival;
use domain::id::{SurveyId, Tenant, TouchpointId, UnitId};
use domain::path::Stage;
use domain::period::Month;
use domain::submission::Submission;
use domain::survey::{Helper, Mode, Trust, Variant};
use domain::tally::Answer;
use store::code::Spending;
use store::inbox::{Envelope, Outcome};
use time::{Date, Duration};

/// Where somebody answers: at a touchpoint, or by a code that was given out at a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The touchpoint; a code belongs to none.
    pub touchpoint: Option<TouchpointId>,
    /// The counter that received, as it stands today.
    pub unit: UnitId,
    /// How the answer comes.
    pub mode: Mode,
    /// The form.
    pub variant: Variant,
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The tenant.
    pub province: &'a Province,
    /// The survey.
    pub survey: &'a RunningSurvey,
    /// Where it was answered.
    pub place: &'a Place,
    /// The form's token.
    pub token: &'a FormToken,
    /// What a one-time code was swapped for.
    pub ticket: Option<&'a Ticket>,
    /// Who helps with the answer.
    pub helper: Option<Helper>,
    /// Whether a field that people do not see was filled in.
    pub trapped: bool,
}

/// Keeps an answer and uses its code. When this returns [`Outcome::New`], both survive a power cut.
///
/// # Errors
/// Where the database is away or full; the answer is not kept then.
pub async fn submit(
    office: &Office,
    origin: Origin<'_>,
    submission: &Submission,
) -> Result<Outcome, UsecaseError> {
    // A machine that fills in every field gets the same thanks as everybody, and nothing is kept.
    if origin.trapped {
        return Ok(Outcome::New);
    }
    let envelope = prepare(office, origin, submission, flag(office, origin, submission))?;
    Ok(office.committer.keep(envelope).await?)
}

/// Seals an answer of which it is known whether it is doubtful.
pub(crate) fn prepare(
    office: &Office,
    origin: Origin<'_>,
    submission: &Submission,
    flag: Flag,
) -> Result<Envelope, UsecaseError> {
    let kept = keep(origin, submission, flag, office.today())?;
    let text = KeptText {
        unit: kept.deciding,
        month: Month::of(office.today()),
        mood: mood(kept.overall),
        text: submission.comment.clone().unwrap_or_default(),
    };
    let tenant = origin.province.tenant;
    let mut envelope = seal(office, tenant, origin.survey.survey.id, Some(origin.token.nonce), &kept, &text)?;
    envelope.spends = origin.ticket.and_then(|ticket| ticket.code).map(|code| spending(office, code));
    Ok(envelope)
}

/// A form that was opened on the last day of a code's term may be sent a day later.
fn spending(office: &Office, code: [u8; 32]) -> Spending {
    let least = Month::of(office.today().saturating_sub(Duration::DAY));
    Spending { code, spent: office.keys.spent_hash(&code), least }
}

/// What is kept of an answer that arrives on a day.
pub(crate) fn keep(
    origin: Origin<'_>,
    submission: &Submission,
    flag: Flag,
    today: Date,
) -> Result<Kept, UsecaseError> {
    let receiving = origin.place.unit;
    let deciding = deciding(origin, submission)
        .ok_or_else(|| UsecaseError::Damaged("the unit of a touchpoint".into()))?;
    // The table of fields, and a code, may still name a unit whose work another has taken over.
    let deciding = origin.province.lineage().heir(deciding, today);
    let deciding = if origin.province.is_about(origin.survey, deciding) {
        deciding
    } else {
        // The survey is not about the agency that decides such dossiers: the counter's own committee
        // answers for it, as with "other".
        origin.province.committee(receiving).map_or(deciding, |unit| unit.id)
    };
    let field = origin.ticket.map(|ticket| ticket.subject.field.clone());
    Ok(Kept {
        deciding,
        receiving,
        touchpoint: origin.place.touchpoint,
        import: None,
        month: None,
        helper: origin.helper,
        mode: origin.place.mode.clone(),
        trust: origin.token.trust,
        variant: origin.place.variant,
        route: submission.route,
        flag,
        field: field.or_else(|| submission.field.clone()).unwrap_or_default(),
        overall: submission.overall,
        items: submission.items.clone(),
        choices: submission.choices.clone(),
    })
}

/// With a mere enquiry it is the counter's own committee, also where a code knows better: nothing was
/// decided yet.
fn deciding(origin: Origin<'_>, submission: &Submission) -> Option<UnitId> {
    let (province, receiving) = (origin.province, origin.place.unit);
    if submission.stage == Some(Stage::Asked) {
        return province.deciding(receiving, None);
    }
    match origin.ticket {
        Some(ticket) => Some(ticket.subject.deciding),
        None => province.deciding(receiving, submission.field.as_deref()),
    }
}

fn flag(office: &Office, origin: Origin<'_>, submission: &Submission) -> Flag {
    let levels: Vec<Answer> =
        submission.items.iter().copied().filter(|a| matches!(a, Answer::Level(_))).collect();
    let all_alike = levels.len() >= 8 && levels.windows(2).all(|pair| pair[0] == pair[1]);
    // Typists are quick, and type a pile of sheets in an hour: that says nothing of who filled them in.
    if origin.place.mode == Mode::Paper {
        return if all_alike { Flag::StraightLine } else { Flag::None };
    }
    let said = levels.len() + submission.choices.iter().flatten().count();
    // Codes of one counter that come in a run are a burst as well.
    let by_code = TouchpointId::from_bytes(*origin.place.unit.as_bytes());
    office.traffic.flag(Arrival {
        touchpoint: origin.place.touchpoint.unwrap_or(by_code),
        at: office.now(),
        age: origin.token.age(office.now()),
        answered: said,
        all_alike,
        has_hours: origin.ticket.is_none() && matches!(origin.place.mode, Mode::Poster | Mode::Kiosk),
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
        spends: None,
    })
}

/// What a sealed record is bound to: it does not open as another survey's.
#[must_use]
pub fn seal_subject(tenant: Tenant, survey: SurveyId) -> Vec<u8> {
    [tenant.as_str().as_bytes(), survey.as_bytes()].concat()
}
