//! All cells of a survey in a period as of a release, added up by unit and level: what every page
//! of that release is computed from. Kept in memory, because a release never changes.

use super::node::{Definition, NodeRef, nodes_of};
use crate::error::UsecaseError;
use crate::fold::unpack;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::{SurveyId, Tenant, UnitId};
use domain::period::Period;
use domain::scope::Scope;
use domain::survey::{Group, Mode, Route, Trust, Variant};
use domain::tally::{BINS, Layout, Scores, Tally};
use domain::unit::UnitKind;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use store::tally::period_number;

/// Answers that may stand under one figure: a level of trust, or a named mixture of an imported file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level {
    /// The level of trust.
    pub trust: Trust,
    /// The mixture; added to nothing else.
    pub mixture: Option<String>,
    /// The form; forms are never pooled.
    pub variant: Variant,
}

impl Level {
    /// The level of a group's answers.
    #[must_use]
    pub fn of(group: &Group) -> Self {
        let mixture = match &group.mode {
            Mode::Mixture(name) => Some(name.clone()),
            _ => None,
        };
        Self { trust: group.trust, mixture, variant: group.variant }
    }
}

/// The cells of one unit (or of several, one stratum each) at one level.
#[derive(Debug, Clone, Default)]
pub struct Combined {
    /// Answers of finished dossiers, all routes, modes and months together.
    whole: Option<Tally>,
    /// Scores of finished dossiers by route and node: how many items count as half is the route's.
    pub scores: BTreeMap<Route, Vec<Scores>>,
    /// Histogram of the overall question: finished dossiers, partial answers included.
    pub overall: [i64; BINS],
    /// Histogram of the overall question of people who still wait or only asked.
    pub not_done: [i64; BINS],
    /// Respondents by mode.
    pub modes: BTreeMap<Mode, i64>,
}

impl Combined {
    pub(super) fn add(&mut self, group: &Group, tally: &Tally) {
        let overall = if group.route == Route::NotDone { &mut self.not_done } else { &mut self.overall };
        for (to, from) in overall.iter_mut().zip(tally.overall) {
            *to += from;
        }
        if group.route != Route::NotDone {
            *self.modes.entry(group.mode.clone()).or_default() += tally.n;
        }
        if matches!(group.route, Route::DoneInPerson | Route::DoneOnline | Route::Imported) {
            add_scores(self.scores.entry(group.route).or_default(), &tally.scores);
            *self.whole.get_or_insert_default() += tally;
        }
    }

    /// Adds other people.
    pub(super) fn merge(&mut self, other: Self) {
        if let Some(tally) = &other.whole {
            *self.whole.get_or_insert_default() += tally;
        }
        for (route, scores) in &other.scores {
            add_scores(self.scores.entry(*route).or_default(), scores);
        }
        let pairs = [(&mut self.overall, other.overall), (&mut self.not_done, other.not_done)];
        for (to, from) in pairs.into_iter().flat_map(|(to, from)| to.iter_mut().zip(from)) {
            *to += from;
        }
        for (mode, n) in other.modes {
            *self.modes.entry(mode).or_default() += n;
        }
    }

    /// Takes out people who were counted before: a part of the same group.
    pub(super) fn take_out(&mut self, group: &Group, tally: &Tally) {
        let overall = if group.route == Route::NotDone { &mut self.not_done } else { &mut self.overall };
        for (left, gone) in overall.iter_mut().zip(tally.overall) {
            *left -= gone;
        }
        if let Some(people) = self.modes.get_mut(&group.mode).filter(|_| group.route != Route::NotDone) {
            *people -= tally.n;
        }
        if matches!(group.route, Route::DoneInPerson | Route::DoneOnline | Route::Imported) {
            if let Some(whole) = &mut self.whole {
                *whole -= tally;
            }
            self.whole = self.whole.take().filter(|whole| whole.n > 0);
        }
    }

    /// The same people as parts see them: sums by block of items, and no scores.
    pub(super) fn coarse(&self, from: &Layout, to: &Layout) -> Self {
        let whole = self.whole.as_ref().map(|tally| tally.coarse(from, to));
        Self { whole, scores: BTreeMap::new(), ..self.clone() }
    }

    /// People with a finished dossier, partial answers included.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.modes.values().sum::<i64>().unsigned_abs()
    }

    /// Everything of the finished routes as one tally; `None` where there is none.
    #[must_use]
    pub const fn whole(&self) -> Option<&Tally> {
        self.whole.as_ref()
    }
}

fn add_scores(sums: &mut Vec<Scores>, more: &[Scores]) {
    if sums.is_empty() {
        sums.extend_from_slice(more);
        return;
    }
    for (to, from) in sums.iter_mut().flatten().flatten().zip(more.iter().flatten().flatten()) {
        *to += from;
    }
}

/// Who peers are: units of one kind.
type FloorKey = (UnitKind, Level, Definition, NodeRef);

/// See the module.
#[derive(Debug)]
pub struct PeriodTable {
    /// The survey.
    pub survey: Arc<RunningSurvey>,
    /// By level, then unit.
    pub cells: BTreeMap<Level, HashMap<UnitId, Combined>>,
    /// Every unit and its kind, in the official order: sums of fractions depend on their order, and
    /// figures must not.
    order: Vec<(UnitId, UnitKind)>,
    floors: Mutex<HashMap<FloorKey, Option<f64>>>,
    omegas: Mutex<HashMap<(Level, UnitId), Option<f64>>>,
}

impl PeriodTable {
    /// A table of cells, wherever they come from: the store, or a simulation.
    ///
    /// # Errors
    /// The first cell that could not be had.
    pub fn of<E>(
        survey: &Arc<RunningSurvey>,
        province: &Province,
        source: impl IntoIterator<Item = Result<(Group, Tally), E>>,
    ) -> Result<Self, E> {
        let mut cells: BTreeMap<Level, HashMap<UnitId, Combined>> = BTreeMap::new();
        for cell in source {
            let (group, tally) = cell?;
            cells.entry(Level::of(&group)).or_default().entry(group.unit).or_default().add(&group, &tally);
        }
        let order = province.units().map(|unit| (unit.id, unit.kind)).collect();
        let (floors, omegas) = (Mutex::default(), Mutex::default());
        Ok(Self { survey: survey.clone(), cells, order, floors, omegas })
    }

    /// The cells of a unit at a level.
    #[must_use]
    pub fn combined(&self, level: &Level, unit: UnitId) -> Option<&Combined> {
        self.cells.get(level)?.get(&unit)
    }

    /// The floor that the peers of a kind give to a node: from the units of the kind, else from
    /// those of all kinds, else none (statistics.md 2).
    #[must_use]
    pub fn floor(&self, kind: UnitKind, level: &Level, definition: Definition, node: NodeRef) -> Option<f64> {
        let key = (kind, level.clone(), definition, node);
        if let Some(known) = self.lock().get(&key) {
            return *known;
        }
        let floor = self
            .peers(level, definition, node, Some(kind))
            .or_else(|| self.peers(level, definition, node, None));
        self.lock().insert(key, floor);
        floor
    }

    fn peers(
        &self,
        level: &Level,
        definition: Definition,
        node: NodeRef,
        kind: Option<UnitKind>,
    ) -> Option<f64> {
        let peers = self.units(level).filter(|(_, of, _)| kind.is_none_or(|kind| *of == kind));
        stats::floor::peer_floor(peers.filter_map(|(_, _, combined)| {
            let estimate =
                super::node::estimate(&self.survey.questions, &[combined], definition, node).ok()?;
            Some(stats::floor::Peer { n: estimate.n, share: estimate.est, variance: estimate.variance()? })
        }))
    }

    /// McDonald's ω of a unit's questions, fitted once; `covariance` is that of its items. `None` where
    /// one common factor cannot be fitted.
    pub(super) fn omega(
        &self,
        level: &Level,
        unit: UnitId,
        covariance: &stats::moments::Covariance,
    ) -> Option<f64> {
        let lock = || self.omegas.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (level.clone(), unit);
        if let Some(known) = lock().get(&key) {
            return *known;
        }
        let fitted = stats::omega::one_factor(covariance).ok().map(|fitted| fitted.omega);
        lock().insert(key, fitted);
        fitted
    }

    /// The units that have cells at a level, in the official order.
    pub fn units(&self, level: &Level) -> impl Iterator<Item = (UnitId, UnitKind, &Combined)> {
        let cells = self.cells.get(level);
        let here = move |(id, kind): &(UnitId, UnitKind)| Some((*id, *kind, cells?.get(id)?));
        self.order.iter().filter_map(here)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<FloorKey, Option<f64>>> {
        self.floors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every node of the survey.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeRef> {
        nodes_of(&self.survey.questions)
    }
}

type CacheKey = (Tenant, SurveyId, Period, i64);

/// Tables that were read before. A release never changes, so they are only dropped to save memory.
#[derive(Debug, Default)]
pub struct TableCache(Mutex<Vec<(CacheKey, Arc<PeriodTable>)>>);

/// Tables kept at once.
const KEPT: usize = 24;

impl TableCache {
    fn get(&self, key: &CacheKey) -> Option<Arc<PeriodTable>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(k, _)| k == key)?;
        let found = kept.remove(at);
        let table = found.1.clone();
        kept.push(found);
        Some(table)
    }

    fn put(&self, key: CacheKey, table: Arc<PeriodTable>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((key, table));
    }
}

/// The table of a period as of a published release. It holds every unit, because floors and peers
/// need them all; whoever reads single units from it asks the scope first.
///
/// # Errors
/// Where the database is away or a record is damaged.
pub async fn load(
    office: &Office,
    province: &Province,
    survey: &Arc<RunningSurvey>,
    period: Period,
    release: i64,
) -> Result<Arc<PeriodTable>, UsecaseError> {
    let key = (province.tenant, survey.survey.id, period, release);
    if let Some(table) = office.tables.get(&key) {
        return Ok(table);
    }
    let table = Arc::new(read_table(office, province, survey, period, release).await?);
    office.tables.put(key, table.clone());
    Ok(table)
}

/// The same, without keeping it.
pub(super) async fn read_table(
    office: &Office,
    province: &Province,
    survey: &Arc<RunningSurvey>,
    period: Period,
    release: i64,
) -> Result<PeriodTable, UsecaseError> {
    let scope = Scope::of_the_office(province.tenant);
    let mut totals = Vec::new();
    for piece in period.pieces().into_iter().filter_map(period_number) {
        totals.extend(office.store.totals(&scope, survey.survey.id, piece, release).await?);
    }
    let cells = totals.into_iter().map(|total| Ok((total.group, unpack(&survey.questions, &total.record)?)));
    PeriodTable::of(survey, province, cells)
}
