//! Typing a form: first, second, and what is settled between them.

use super::record::{Typed, Typist, Waiting, about};
use super::{desk, fields_of};
use crate::error::UsecaseError;
use crate::form_token::FormToken;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use crate::submit::{Origin, Place, submit};
use domain::id::Tenant;
use domain::paper::{Difference, Typing, lacks, visit_of};
use domain::path::Visit;
use domain::scope::Principal;
use domain::submission::{self, Context, FieldChoice};
use domain::survey::{Mode, Trust};
use std::sync::Arc;
use store::paper::{PaperBatch, PaperForm, Stage};

/// What somebody can do with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Type it, as the first.
    First,
    /// Type it again, without seeing what the first has typed.
    Second,
    /// Settle where two have read differently.
    Settle {
        /// One of them.
        one: Typing,
        /// The other.
        other: Typing,
        /// Where they differ.
        difference: Difference,
    },
}

/// Why somebody cannot type a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The batch was withdrawn.
    Voided,
    /// The survey is over, and its last run has been.
    Over,
    /// The batch has fewer forms.
    NoForm,
    /// It is done.
    Done,
    /// The same person has typed it.
    Own,
    /// Somebody of the same house has typed it; another house types it again.
    SameHouse,
    /// Somebody else has just done the same; nothing of this was kept.
    Overtaken,
    /// It waits to be settled, and cannot be typed once more.
    Differs,
}

/// A form that can be typed.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The batch.
    pub batch: PaperBatch,
    /// Its number within it.
    pub form: i64,
    /// What is to be done.
    pub task: Task,
    /// The survey.
    pub survey: Arc<RunningSurvey>,
    /// Fields that are printed on it.
    pub fields: Vec<FieldChoice>,
}

impl Opened {
    /// What the form is read against.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        Context { instrument: &self.survey.questions.instrument, visit: self.visit(), fields: &self.fields }
    }

    fn visit(&self) -> Visit {
        visit_of(self.batch.about.variant)
    }
}

/// What became of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for somebody of another house.
    Waits,
    /// Both read the same: the form is done.
    Done,
    /// They differ, and somebody settles it.
    Differs,
}

/// A form, as far as somebody may type it.
///
/// # Errors
/// [`UsecaseError::Forbidden`] for whoever types no forms; where there is no such batch.
pub async fn open_form(
    office: &Office,
    principal: &Principal,
    (batch, form): (i64, i64),
) -> Result<Result<Opened, Stop>, UsecaseError> {
    Ok(look(office, principal, (batch, form)).await?.map(|looked| looked.opened))
}

struct Looked {
    opened: Opened,
    who: Typist,
    row: Option<PaperForm>,
    waiting: Option<Waiting>,
}

async fn look(
    office: &Office,
    principal: &Principal,
    (number, form): (i64, i64),
) -> Result<Result<Looked, Stop>, UsecaseError> {
    let province = office.province(principal.tenant)?;
    let who = desk::typist(&province, principal).ok_or(UsecaseError::Forbidden)?;
    let unknown = || UsecaseError::Unknown { what: "batch", name: number.to_string() };
    let batch = office.store.paper_batch(principal.tenant, number).await?.ok_or_else(unknown)?;
    let damaged = || UsecaseError::Damaged("the survey of a batch of forms".into());
    let survey = province.survey_by_id(batch.about.survey).cloned().ok_or_else(damaged)?;
    if let Some(stop) = desk::stop_of(office, &batch, &survey) {
        return Ok(Err(stop));
    }
    if !(1..=i64::from(batch.about.forms)).contains(&form) {
        return Ok(Err(Stop::NoForm));
    }
    let row = office.store.paper_form(principal.tenant, number, form).await?;
    let fields = fields_of(&province, &batch);
    let mut opened = Opened { batch, form, task: Task::First, survey, fields };
    let waiting = unsealed(office, principal.tenant, &opened, row.as_ref())?;
    match task(office, &province, who, (row.as_ref(), waiting.as_ref()), &opened.context()) {
        Ok(task) => opened.task = task,
        Err(stop) => return Ok(Err(stop)),
    }
    Ok(Ok(Looked { opened, who, row, waiting }))
}

fn unsealed(
    office: &Office,
    tenant: Tenant,
    opened: &Opened,
    row: Option<&PaperForm>,
) -> Result<Option<Waiting>, UsecaseError> {
    let Some(record) = row.and_then(|row| row.record.as_ref()) else { return Ok(None) };
    let about = about(tenant, opened.batch.number, opened.form);
    Waiting::unseal(&office.keys, record, &about, &opened.context()).map(Some)
}

/// What somebody may do with a form, from what waits of it.
pub(super) fn task(
    office: &Office,
    province: &Province,
    who: Typist,
    (row, waiting): (Option<&PaperForm>, Option<&Waiting>),
    context: &Context<'_>,
) -> Result<Task, Stop> {
    let Some(row) = row else { return Ok(Task::First) };
    let Some(waiting) = waiting.filter(|_| row.stage != Stage::Done) else { return Err(Stop::Done) };
    let heir = |unit| province.lineage().heir(unit, office.today());
    if waiting.first.by.account == who.account {
        return Err(Stop::Own);
    }
    if heir(waiting.first.by.house) == heir(who.house) {
        return Err(Stop::SameHouse);
    }
    Ok(match &waiting.second {
        None => Task::Second,
        Some(second) => Task::Settle {
            one: waiting.first.what.clone(),
            other: second.what.clone(),
            difference: waiting.first.what.compare(&second.what, context),
        },
    })
}

/// Keeps what somebody typed from a form: the first waits, the second is compared with it.
///
/// # Errors
/// As of [`open_form`]; [`UsecaseError::Refused`] for answers that cannot count.
pub async fn type_form(
    office: &Office,
    principal: &Principal,
    place: (i64, i64),
    what: Typing,
) -> Result<Result<Outcome, Stop>, UsecaseError> {
    let looked = match look(office, principal, place).await? {
        Ok(looked) => looked,
        Err(stop) => return Ok(Err(stop)),
    };
    check(&what, &looked.opened.context())?;
    let by = looked.who;
    let about = about(principal.tenant, place.0, place.1);
    let seal = |waiting: Waiting| waiting.seal(&office.keys, &about, &office.chance);
    let outcome = match (looked.opened.task.clone(), looked.waiting) {
        (Task::First, _) => {
            let record = seal(Waiting { first: Typed { by, what }, second: None })?;
            let kept = office.store.put_paper(principal.tenant, place, &record).await?;
            if kept { Ok(Outcome::Waits) } else { Err(Stop::Overtaken) }
        }
        (Task::Second, Some(waiting)) => {
            if waiting.first.what.compare(&what, &looked.opened.context()) == Difference::None {
                send(office, &looked.opened, principal, &what).await?;
                Ok(Outcome::Done)
            } else {
                let old = looked.row.and_then(|row| row.record).unwrap_or_default();
                let record = seal(Waiting { second: Some(Typed { by, what }), ..waiting })?;
                let kept = office.store.put_difference(principal.tenant, place, (&old, &record)).await?;
                if kept { Ok(Outcome::Differs) } else { Err(Stop::Overtaken) }
            }
        }
        _ => Err(Stop::Differs),
    };
    if outcome.is_ok() {
        note(office, principal, "paper-type", place.0).await?;
    }
    Ok(outcome)
}

/// Settles a form that two have typed differently, with the paper in hand.
///
/// # Errors
/// As of [`type_form`].
pub async fn settle_form(
    office: &Office,
    principal: &Principal,
    place: (i64, i64),
    what: Typing,
) -> Result<Result<Outcome, Stop>, UsecaseError> {
    let looked = match look(office, principal, place).await? {
        Ok(looked) => looked,
        Err(stop) => return Ok(Err(stop)),
    };
    check(&what, &looked.opened.context())?;
    if !matches!(looked.opened.task, Task::Settle { .. }) {
        return Ok(Err(Stop::Overtaken));
    }
    send(office, &looked.opened, principal, &what).await?;
    note(office, principal, "paper-settle", place.0).await?;
    Ok(Ok(Outcome::Done))
}

/// The log names the batch and never the form: nothing there leads from an account to a sheet of paper.
async fn note(office: &Office, principal: &Principal, what: &str, batch: i64) -> Result<(), UsecaseError> {
    office.note(principal.tenant, &principal.name, what, &format!("batch {batch}")).await
}

fn check(what: &Typing, context: &Context<'_>) -> Result<(), UsecaseError> {
    let lacking = what.sheet().map(|sheet| lacks(context, sheet)).unwrap_or_default();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(UsecaseError::Refused(format!("a form without {} cannot count", lacking.join(", "))))
}

/// The usual way into the inbox; the form is noted as done after that. Where the power goes between the
/// two, the next who types it finds its nonce there: it is one answer.
async fn send(
    office: &Office,
    opened: &Opened,
    principal: &Principal,
    what: &Typing,
) -> Result<(), UsecaseError> {
    let (tenant, batch, form) = (principal.tenant, opened.batch.number, opened.form);
    if let Typing::Answers(sheet) = what {
        let province = office.province(tenant)?;
        let place = Place {
            touchpoint: None,
            unit: province.lineage().heir(opened.batch.about.unit, office.today()),
            mode: Mode::Paper,
            variant: opened.batch.about.variant,
        };
        let token = FormToken {
            nonce: office.keys.paper_nonce(tenant, batch, form),
            survey: opened.survey.survey.id,
            version: opened.survey.survey.instrument_version,
            trust: Trust::Open,
            issued: 0,
        };
        let origin = Origin {
            province: &province,
            survey: &opened.survey,
            place: &place,
            token: &token,
            ticket: None,
            helper: None,
            trapped: false,
        };
        submit(office, origin, &submission::submit(&opened.context(), sheet)).await?;
    }
    office.store.finish_paper(tenant, batch, form).await?;
    Ok(())
}
