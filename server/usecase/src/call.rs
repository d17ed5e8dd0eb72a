//! Interviews by telephone: lists of serial numbers, whose telephone numbers stay in the case system, and
//! what came of each call.

use crate::error::UsecaseError;
use crate::help::places;
use crate::office::Office;
use crate::registry::{Province, SurveyAt};
use domain::call::{CallOutcome, MOST_ATTEMPTS, MOST_TASKS};
use domain::id::{Tenant, UnitId};
use domain::right::{Actor, Right};
use domain::scope::Principal;
use store::call::{CallList, CallTask, NewCallList};

/// Why no list is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallFault {
    /// No survey is open at the place.
    NoSurvey,
    /// Not a number of people; the most.
    Tasks(u32),
}

/// A list with what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The list.
    pub list: CallList,
    /// People by outcome of the last call, in the order of [`CallOutcome::ALL`].
    pub outcomes: [u64; 5],
    /// People whom nobody has called.
    pub fresh: u64,
}

impl Called {
    /// Interviews among people who can be reached under their number, in per cent: who was reached, of all
    /// but wrong numbers. `None` where there is nobody.
    #[must_use]
    pub fn response_rate(&self) -> Option<f64> {
        let all = u64::from(self.list.about.tasks).saturating_sub(self.outcomes[3]);
        (all > 0).then(|| 100.0 * self.outcomes[0] as f64 / all as f64)
    }
}

/// Draws a list of people of the survey that a counter shows, and says its number.
///
/// # Errors
/// Where the actor may not; where the database is away.
pub async fn draw_calls(
    office: &Office,
    actor: &Actor,
    unit: UnitId,
    tasks: u32,
) -> Result<Result<i64, CallFault>, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let province = office.province(actor.tenant)?;
    let SurveyAt::Open(survey) = province.survey_at(unit, office.today()) else {
        return Ok(Err(CallFault::NoSurvey));
    };
    if !(1..=MOST_TASKS).contains(&tasks) {
        return Ok(Err(CallFault::Tasks(MOST_TASKS)));
    }
    let new = NewCallList { survey: survey.survey.id, unit, tasks, drawn_on: office.today() };
    let list = office.store.draw_calls(actor.tenant, &new).await?;
    office.note(actor.tenant, &actor.name, "calls-draw", &format!("list {list}: {tasks} people")).await?;
    Ok(Ok(list))
}

/// Withdraws a list: nobody of it is called any more.
///
/// # Errors
/// Where the actor may not; where there is no such list in use.
pub async fn void_calls(office: &Office, actor: &Actor, list: i64) -> Result<(), UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    if !office.store.void_calls(actor.tenant, list, office.today()).await? {
        return Err(unknown(list));
    }
    office.note(actor.tenant, &actor.name, "calls-void", &format!("list {list}")).await
}

fn unknown(list: i64) -> UsecaseError {
    UsecaseError::Unknown { what: "list", name: list.to_string() }
}

/// All lists with what came of them, the newest first.
///
/// # Errors
/// Where the database is away.
pub async fn called(office: &Office, tenant: Tenant) -> Result<Vec<Called>, UsecaseError> {
    let mut all = Vec::new();
    for list in office.store.call_lists(tenant).await? {
        let tasks = office.store.call_tasks(tenant, list.number).await?;
        let mut outcomes = [0; 5];
        for task in tasks.values() {
            let at = CallOutcome::ALL.iter().position(|outcome| *outcome == task.outcome).unwrap_or(0);
            outcomes[at] += 1;
        }
        let fresh = u64::from(list.about.tasks).saturating_sub(tasks.len() as u64);
        all.push(Called { list, outcomes, fresh });
    }
    Ok(all)
}

/// The lists that an account calls from: those of its own places, in use.
///
/// # Errors
/// [`UsecaseError::Forbidden`] for whoever calls nobody; where the database is away.
pub async fn own_lists(
    office: &Office,
    province: &Province,
    principal: &Principal,
) -> Result<Vec<Called>, UsecaseError> {
    if !principal.role.may(Right::HelpAnswer) {
        return Err(UsecaseError::Forbidden);
    }
    let places = places(office, province, principal);
    let mut all = called(office, principal.tenant).await?;
    all.retain(|one| one.list.voided_on.is_none() && places.contains(&one.list.about.unit));
    Ok(all)
}

/// One of them.
///
/// # Errors
/// As of [`own_lists`]; where there is no such list for this account.
pub async fn own_list(
    office: &Office,
    province: &Province,
    principal: &Principal,
    number: i64,
) -> Result<CallList, UsecaseError> {
    let own = own_lists(office, province, principal).await?;
    let found = own.into_iter().find(|one| one.list.number == number);
    found.map(|one| one.list).ok_or_else(|| unknown(number))
}

/// The next person to call, with how often somebody rang: those nobody has called first, then those who
/// did not answer or asked to be called again, three times at most.
///
/// # Errors
/// Where the database is away.
pub async fn next_call(
    office: &Office,
    tenant: Tenant,
    list: &CallList,
) -> Result<Option<(i64, i64)>, UsecaseError> {
    let tasks = office.store.call_tasks(tenant, list.number).await?;
    if let Some(fresh) = (1..=i64::from(list.about.tasks)).find(|task| !tasks.contains_key(task)) {
        return Ok(Some((fresh, 0)));
    }
    let waits = |task: &&CallTask| !task.outcome.is_final() && task.attempts < MOST_ATTEMPTS;
    let next = tasks.values().filter(waits).min_by_key(|task| (task.attempts, task.task));
    Ok(next.map(|task| (task.task, task.attempts)))
}

/// Notes what came of a call; `false` where somebody else has just called the same person.
///
/// # Errors
/// As of [`own_list`]; where the list has no such person.
pub async fn note_call(
    office: &Office,
    principal: &Principal,
    list: &CallList,
    (task, known): (i64, i64),
    outcome: CallOutcome,
) -> Result<bool, UsecaseError> {
    let is_here = (1..=i64::from(list.about.tasks)).contains(&task) && (0..MOST_ATTEMPTS).contains(&known);
    if !is_here {
        return Err(unknown(task));
    }
    Ok(office.store.note_call(principal.tenant, (list.number, task), known, outcome).await?)
}
