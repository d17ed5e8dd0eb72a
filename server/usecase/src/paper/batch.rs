//! Batches: numbers come from the province.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, SurveyAt};
use domain::id::UnitId;
use domain::language::{Language, Words};
use domain::paper::MOST_FORMS;
use domain::right::{Actor, Right};
use domain::submission::FieldChoice;
use domain::survey::Variant;
use store::paper::{NewPaperBatch, PaperBatch};

/// Forms that the province wants to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperWish {
    /// The counter where they are handed out; it shows the survey.
    pub unit: UnitId,
    /// In which language.
    pub language: Language,
    /// How many.
    pub forms: u32,
}

/// Why no forms are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFault {
    /// The place shows no survey with questions.
    NoSurvey,
    /// Not a number of forms; the most.
    Forms(u32),
}

/// Draws a batch of forms of the survey that a counter shows, and says its number.
///
/// # Errors
/// Where the actor may not; where the database is away.
pub async fn draw_paper(
    office: &Office,
    actor: &Actor,
    wish: PaperWish,
) -> Result<Result<i64, PaperFault>, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let province = office.province(actor.tenant)?;
    let SurveyAt::Open(survey) = province.survey_at(wish.unit, office.today()) else {
        return Ok(Err(PaperFault::NoSurvey));
    };
    if !(1..=MOST_FORMS).contains(&wish.forms) {
        return Ok(Err(PaperFault::Forms(MOST_FORMS)));
    }
    // A tap on a tablet is no form to write on.
    let variant = match survey.survey.variant {
        Variant::Short => Variant::Short,
        Variant::Full | Variant::Kiosk => Variant::Full,
    };
    let fields = province.offered_fields(wish.unit).into_iter().map(|field| field.code).collect();
    let new = NewPaperBatch {
        survey: survey.survey.id,
        unit: wish.unit,
        variant,
        language: wish.language,
        fields,
        forms: wish.forms,
        drawn_on: office.today(),
    };
    let batch = office.store.draw_paper(actor.tenant, &new).await?;
    let detail = format!("batch {batch}: {} forms, {}", wish.forms, wish.language.code());
    office.note(actor.tenant, &actor.name, "paper-draw", &detail).await?;
    Ok(Ok(batch))
}

/// Withdraws a batch: its forms are not typed any more, and what was typed once is forgotten.
///
/// # Errors
/// Where the actor may not; where there is no such batch in use.
pub async fn void_paper(office: &Office, actor: &Actor, batch: i64) -> Result<(), UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    if !office.store.void_paper(actor.tenant, batch, office.today()).await? {
        return Err(UsecaseError::Unknown { what: "batch", name: batch.to_string() });
    }
    office.note(actor.tenant, &actor.name, "paper-void", &format!("batch {batch}")).await
}

/// The fields that the forms of a batch print, in their order.
#[must_use]
pub fn fields_of(province: &Province, batch: &PaperBatch) -> Vec<FieldChoice> {
    let name = |code: &String| {
        let line = province.fields().iter().find(|line| line.code == *code);
        line.map_or_else(|| Words::vi(code), |line| line.name.clone())
    };
    batch.about.fields.iter().map(|code| FieldChoice { code: code.clone(), name: name(code) }).collect()
}
