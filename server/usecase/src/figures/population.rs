//! The population behind a figure: closed dossiers from the beginning of the year to the last fold, and
//! how many of them were answered about. An answer counts in the month of its fold, some weeks after its
//! dossier was closed, so this is said of years only (statistics.md 12.11).

use super::setting::Chosen;
use super::table::Level;
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use crate::volume_table::{Dated, VolumeTable, load_volumes};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::{Month, Period};
use domain::report::{Coverage, ResponseRate};
use domain::scope::Scope;
use domain::survey::Route;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use store::release::Release;

/// Answers of finished dossiers by level, unit and month.
type Answers = HashMap<Level, HashMap<(UnitId, Month), i64>>;

type Key = (Tenant, SurveyId, i64, (Month, Month));

/// Answers that were counted before; a release never changes.
#[derive(Debug, Default)]
pub struct AnswerCache(Mutex<Vec<(Key, Arc<Answers>)>>);

/// Counts kept at once.
const KEPT: usize = 16;

impl AnswerCache {
    fn get(&self, key: &Key) -> Option<Arc<Answers>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == key).map(|(_, answers)| answers.clone())
    }

    fn put(&self, key: Key, answers: Arc<Answers>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((key, answers));
    }
}

/// See the module.
pub(crate) struct Population {
    year: i32,
    months: Vec<Month>,
    volumes: Arc<VolumeTable>,
    answers: Arc<Answers>,
}

impl Population {
    /// The population behind a page's choice.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn behind(office: &Office, province: &Province, chosen: &Chosen) -> Result<Self, UsecaseError> {
        let when = (chosen.period, chosen.release.as_ref());
        Self::load(office, province, &chosen.survey, when).await
    }

    /// Reads volumes and answers of the year in which a period ends, up to the last fold of a release
    /// and no further than the survey goes.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn load(
        office: &Office,
        province: &Province,
        survey: &Arc<RunningSurvey>,
        (period, release): (Period, Option<&Release>),
    ) -> Result<Self, UsecaseError> {
        let end = period.months().1;
        let until = release.map_or(end, |release| end.min(release.counted_in)).year();
        let nothing =
            Self { year: until, months: Vec::new(), volumes: Arc::default(), answers: Arc::default() };
        let Some(release) = release else { return Ok(nothing) };
        let span = Month::new(until, 1).zip(Month::new(until, 12));
        let Some((first, last)) = span else { return Ok(nothing) };
        let volumes = load_volumes(office, province.tenant, until).await?;
        let known = volumes.last_month().unwrap_or(first);
        let from = first.max(survey.survey.from);
        let through = last.min(release.counted_in).min(survey.survey.to).min(known);
        let mut months = Vec::new();
        let mut month = from;
        while month <= through && volumes.last_month().is_some() {
            months.push(month);
            month = month.next();
        }
        if months.is_empty() {
            return Ok(nothing);
        }
        let answers = count(office, province.tenant, survey, release.number, &months).await?;
        Ok(Self { year: until, months, volumes, answers })
    }

    /// The year in which the page's period ends.
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// The first and the last of the months whose dossiers count.
    pub fn span(&self) -> Option<(Month, Month)> {
        self.months.first().copied().zip(self.months.last().copied())
    }

    /// Closed dossiers of a unit by field.
    pub fn fields(&self, unit: UnitId) -> BTreeMap<&str, i64> {
        self.volumes.fields(unit, &self.months)
    }

    /// How many dossiers of a unit were late.
    pub fn dated(&self, unit: UnitId) -> Dated {
        self.volumes.dated(unit, &self.months)
    }

    /// The response rate of one unit, or of several together, at a level: answers and dossiers of the
    /// months of which both are known.
    pub fn rate(&self, level: &Level, units: &[UnitId]) -> Option<ResponseRate> {
        // The kiosk asks no stage, so nobody knows whether its visitors had a dossier.
        let counts = self.answers.get(level)?;
        let (mut answers, mut dossiers) = (0, 0);
        let mut known: BTreeSet<Month> = BTreeSet::new();
        for unit in units {
            for month in &self.months {
                let Some(closed) = self.volumes.closed(*unit, *month) else { continue };
                known.insert(*month);
                dossiers += closed;
                answers += counts.get(&(*unit, *month)).copied().unwrap_or(0);
            }
        }
        let part = stats::response::part_of(answers, dossiers)?;
        Some(ResponseRate {
            from: *self.months.first()?,
            through: *self.months.last()?,
            months_known: known.len(),
            months: self.months.len(),
            answers: answers.unsigned_abs(),
            dossiers: dossiers.unsigned_abs(),
            percent: 100.0 * part.rate,
            exceeds: part.exceeds,
        })
    }

    /// Which part of the dossiers of all units belongs to those that have a figure.
    pub fn coverage(&self, units: &[(UnitId, bool)]) -> Option<Coverage> {
        let (mut with, mut all, mut unknown) = (0, 0, 0);
        for (unit, has_figure) in units {
            let mut closed =
                self.months.iter().filter_map(|month| self.volumes.closed(*unit, *month)).peekable();
            unknown += u64::from(closed.peek().is_none());
            let closed: i64 = closed.sum();
            all += closed;
            with += if *has_figure { closed } else { 0 };
        }
        let part = stats::response::part_of(with, all)?;
        Some(Coverage { percent: 100.0 * part.rate, dossiers: all.unsigned_abs(), units_unknown: unknown })
    }
}

async fn count(
    office: &Office,
    tenant: Tenant,
    survey: &Arc<RunningSurvey>,
    release: i64,
    months: &[Month],
) -> Result<Arc<Answers>, UsecaseError> {
    let Some(span) = months.first().copied().zip(months.last().copied()) else { return Ok(Arc::default()) };
    let key = (tenant, survey.survey.id, release, span);
    if let Some(counts) = office.answers.get(&key) {
        return Ok(counts);
    }
    let scope = Scope::of_the_office(tenant);
    let mut answers = Answers::new();
    for (group, month, n) in office.store.people_by_month(&scope, survey.survey.id, span, release).await? {
        if matches!(group.route, Route::DoneInPerson | Route::DoneOnline | Route::Imported) {
            *answers.entry(Level::of(&group)).or_default().entry((group.unit, month)).or_default() += n;
        }
    }
    let answers = Arc::new(answers);
    office.answers.put(key, answers.clone());
    Ok(answers)
}
