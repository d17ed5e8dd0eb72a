//! The fold: at least k answers of one group leave the sealed inbox together, in random order, and
//! become response rows, base tallies and sealed box entries. All that one run moves is one release,
//! and nothing of it is visible before the release is published, last.

mod end;
mod import;
mod ledger;
mod past;
mod reseal;
mod step;
mod succession;
mod texts;
mod waiting;
mod weeks;

pub use import::{FoldedImport, fold_import};
pub(crate) use ledger::{cells_of, hash_of, hash_with};
pub use past::fold_past;
pub use step::count;
pub(crate) use step::unpack;
pub use waiting::count_waiting;
pub use weeks::monday_of;

use crate::calendar::{self, Night};
use crate::code;
use crate::cut;
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::mutant;
use crate::objection::Objection;
use crate::office::{Office, parse_day, write_day};
use crate::paper;
use crate::record::Kept;
use crate::registry::RunningSurvey;
use crate::retention::{self, Removed, Retention};
use crate::submit::seal_subject;
use domain::id::{SurveyId, Tenant};
use domain::period::Month;
use domain::survey::Group;
use reseal::reseal_answers;
use std::collections::BTreeMap;
use step::Mover;
use store::inbox::Kind;
use store::lease::Run;
use succession::Units;
use time::Date;
use weeks::Look;

/// Rows that are read at once.
const PAGE_ROWS: i64 = 500;

/// What a run did to one survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyFold {
    /// Code of the survey.
    pub survey: String,
    /// Groups that moved.
    pub groups: usize,
    /// Answers that moved.
    pub moved: usize,
    /// Answers that wait on, rounded down to tens.
    pub waiting: usize,
    /// Records that do not open: damaged, or sealed with another key. They stay.
    pub damaged: usize,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunReport {
    /// The day for which it was scheduled.
    pub scheduled: Date,
    /// Its release; `None` where nothing moved.
    pub release: Option<i64>,
    /// By survey.
    pub surveys: Vec<SurveyFold>,
    /// Parts that were cut.
    pub parts: usize,
    /// What went with the retention.
    pub removed: Removed,
}

/// An answer that waits, opened.
#[derive(Debug, Clone)]
struct Opened {
    id: [u8; 16],
    record: Vec<u8>,
    kept: Kept,
}

/// Which groups a run takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    /// Those of the calendar.
    ByCalendar,
    /// Every group (only in a demo).
    Everything,
}

/// Does what is due by the calendar, nothing sooner. In a demo every group is due and the virtual
/// clock stays.
///
/// # Errors
/// Where the database is away; whatever was published stays published.
pub async fn fold_due(office: &Office, tenant: Tenant) -> Result<Vec<RunReport>, UsecaseError> {
    if let Some(day) = office.demo_day() {
        let night = Night { counted_in: Month::of(day), ..Night::of(day) };
        let night = Night { quarter_ends: false, year_ends: false, ..night };
        return Ok(run_night(office, tenant, night, Due::Everything).await?.into_iter().collect());
    }
    let through = calendar::due_through(office.now());
    let Some(after) = last_night(office, tenant).await? else {
        office.store.set(tenant.as_str(), "calendar", &write_day(through)).await?;
        return Ok(Vec::new());
    };
    run_nights(office, tenant, after, through, Due::ByCalendar).await
}

/// Moves the clock of a demo to a day, with every run and cut on the way.
///
/// # Errors
/// In real service, where nobody may move the clock; where the day is not later.
pub async fn fold_until(
    office: &Office,
    tenant: Tenant,
    until: Date,
) -> Result<Vec<RunReport>, UsecaseError> {
    let Some(day) = office.demo_day() else {
        return Err(Objection::ClockIsReal.into());
    };
    if until <= day {
        return Err(Objection::ClockShows(day).into());
    }
    let reports = run_nights(office, tenant, day, until, Due::Everything).await?;
    office.set_demo_day(until).await?;
    Ok(reports)
}

async fn last_night(office: &Office, tenant: Tenant) -> Result<Option<Date>, UsecaseError> {
    let text = office.store.setting(tenant.as_str(), "calendar").await?;
    text.map(|t| parse_day(&t).ok_or_else(|| UsecaseError::Damaged("setting calendar".into()))).transpose()
}

async fn run_nights(
    office: &Office,
    tenant: Tenant,
    after: Date,
    through: Date,
    due: Due,
) -> Result<Vec<RunReport>, UsecaseError> {
    let mut reports = Vec::new();
    for night in calendar::nights_between(after, through) {
        match run_night(office, tenant, night, due).await? {
            Some(report) => reports.push(report),
            // Another process is at it; it will note the night as done.
            None => return Ok(reports),
        }
        office.store.set(tenant.as_str(), "calendar", &write_day(night.day)).await?;
    }
    Ok(reports)
}

/// One run; `None` where another process holds the lease.
async fn run_night(
    office: &Office,
    tenant: Tenant,
    night: Night,
    due: Due,
) -> Result<Option<RunReport>, UsecaseError> {
    loop {
        let when = (night.day, night.counted_in);
        let owner = office.chance.bytes();
        let Some(run) = office.store.begin_run(tenant, "fold", when, owner, office.now()).await? else {
            return Ok(None);
        };
        if run.resumed && matches!(run.kind.as_str(), "import" | "exclusion") {
            office.store.undo(&run).await?;
            continue;
        }
        let crashed_earlier = run.resumed && run.scheduled != night.day;
        let its_night = if crashed_earlier { Night::of(run.scheduled) } else { night };
        let report = execute(office, &run, its_night, due).await;
        if report.is_err() {
            // Whoever comes next resumes the run under its number; nothing of it is visible.
            let _ = office.store.end_lease(&run).await;
        }
        let report = report?;
        if !crashed_earlier {
            return Ok(Some(report));
        }
    }
}

async fn execute(office: &Office, run: &Run, night: Night, due: Due) -> Result<RunReport, UsecaseError> {
    office.refresh().await?;
    waiting::count(office, run.tenant, (run.scheduled, Look::Arrivals)).await?;
    let province = office.province(run.tenant)?;
    let mut removed = retention::remove_what_is_over(office, &province, run, night.day).await?;
    let texts_from = Retention::of(office, run.tenant).await?.texts_from(night.day);
    let mut mover = Mover::new(office, run).await?;
    let units = Units { office, province: &province, day: run.scheduled };
    cut::move_boxes(office, &province, run).await?;
    let mut surveys = Vec::new();
    for survey in province.surveys() {
        if !survey.survey.ended {
            surveys.push(fold_survey(units, survey, &mut mover, night, due).await?);
        }
        if !survey.survey.ended || night.first_of_month {
            let texts = texts::TextNight::of(survey, night, due, texts_from);
            removed.texts += texts::fold_texts(&mut mover, units, survey, texts).await?;
        }
    }
    let ended = mover.take_ended();
    let parts = cut_what_is_due(units, run, &ended, night).await?;
    let moved: usize = surveys.iter().map(|s| s.moved).sum();
    let nothing = moved == 0 && parts == 0 && !mover.has_earlier_steps();
    let release = if nothing { None } else { Some(run.release) };
    close(office, run, nothing).await?;
    end_surveys(office, run.tenant, ended).await?;
    if let Some(words) = removed.in_words() {
        office.note(run.tenant, "calendar", "retention", &words).await?;
    }
    office.refresh().await?;
    office.store.forget_the_deleted().await?;
    if night.first_of_month {
        code::forget_codes(office, run.tenant, night.day).await?;
    }
    code::count_codes(office, run.tenant).await?;
    waiting::count(office, run.tenant, (run.scheduled, Look::AfterRun)).await?;
    Ok(RunReport { scheduled: night.day, release, surveys, parts, removed })
}

/// Nothing more is taken for surveys that have had their last run.
async fn end_surveys(office: &Office, tenant: Tenant, ended: Vec<SurveyId>) -> Result<(), UsecaseError> {
    for survey in ended {
        office.store.end_survey(tenant, survey, office.now()).await?;
        paper::forget_paper(office, tenant, survey).await?;
    }
    Ok(())
}

/// Cuts the boxes of units and surveys that are over, and of a quarter or year that ends.
async fn cut_what_is_due(
    units: Units<'_>,
    run: &Run,
    ended: &[SurveyId],
    night: Night,
) -> Result<usize, UsecaseError> {
    let (office, province) = (units.office, units.province);
    let mut parts = cut::cut_divided(office, province, run).await?.parts;
    for survey in ended {
        parts += cut::cut_survey(office, province, run, *survey).await?.parts;
    }
    if night.quarter_ends || night.year_ends {
        parts += cut::cut_boxes(office, province, run, night.year_ends).await?.parts;
    }
    Ok(parts)
}

/// A run that moved nothing makes no release.
async fn close(office: &Office, run: &Run, nothing: bool) -> Result<(), UsecaseError> {
    if nothing {
        return Ok(office.store.discard(run).await?);
    }
    let hash = ledger::hash(office, run).await?;
    Ok(office.store.publish(run, &hash, office.now()).await?)
}

async fn fold_survey(
    units: Units<'_>,
    survey: &RunningSurvey,
    mover: &mut Mover<'_>,
    night: Night,
    due: Due,
) -> Result<SurveyFold, UsecaseError> {
    let month = night.counted_in.min(survey.survey.to).max(survey.survey.from);
    let k = mutant::fewest(mover.office, usize::try_from(survey.survey.k).unwrap_or(usize::MAX));
    let ends = end::is_due(&survey.survey, night.day);
    let (groups, mut staying, damaged) = open_all(units, survey).await?;
    let is_over = |group: &Group| ends || units.is_over(group.unit);
    let is_due = |group: &Group| due == Due::Everything || is_over(group) || night.folds(group.trust);
    let (full, left): (Groups, Groups) =
        groups.into_iter().partition(|(group, answers)| is_due(group) && answers.len() >= k);
    let (mut folded, mut moved) = (full.len(), full.values().map(Vec::len).sum::<usize>());
    let in_month =
        |groups: Groups| groups.into_iter().map(|(group, answers)| (group, month, answers)).collect();
    mover.move_groups(survey, in_month(full), step::Boxes::Fill).await?;
    let (over, mut left): (Groups, Groups) = left.into_iter().partition(|(group, _)| is_over(group));
    let pooled = end::pool(units.province, over, k);
    folded += pooled.full.len();
    moved += pooled.full.values().map(Vec::len).sum::<usize>();
    mover.move_groups(survey, in_month(pooled.full), step::Boxes::Leave).await?;
    left.extend(pooled.rest);
    if ends {
        mover.end(survey.survey.id);
    }
    staying.extend(left.into_values().flatten());
    let waiting = staying.len() / 10 * 10;
    reseal_answers(mover, survey, staying).await?;
    Ok(SurveyFold { survey: survey.survey.code.clone(), groups: folded, moved, waiting, damaged })
}

type Groups = BTreeMap<Group, Vec<Opened>>;

/// Opens the whole inbox of a survey: groups that fold, answers of small imports that only stay, and
/// the number of records that do not open.
async fn open_all(
    units: Units<'_>,
    survey: &RunningSurvey,
) -> Result<(Groups, Vec<Opened>, usize), UsecaseError> {
    let (office, tenant, id) = (units.office, units.province.tenant, survey.survey.id);
    let about = seal_subject(tenant, id);
    let (mut groups, mut staying, mut damaged) = (Groups::new(), Vec::new(), 0);
    let mut after = Vec::new();
    loop {
        let page = office.store.waiting_page(Kind::Answer, tenant, id, &after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { break };
        after = last.id.to_vec();
        for sealed in page {
            let record = office.keys.unseal(Purpose::Inbox, &sealed.record, &about);
            let Some((record, kept)) = record.ok().and_then(|r| Kept::decode(&r).ok().map(|k| (r, k))) else {
                damaged += 1;
                continue;
            };
            let opened = units.opened(sealed.id, record, kept)?;
            if opened.kept.import.is_some() {
                staying.push(opened);
            } else {
                groups.entry(opened.kept.group(id)).or_default().push(opened);
            }
        }
    }
    Ok((groups, staying, damaged))
}
