//! The analysis of a province: what the figures of many units bear when they are read together.
//! Everything rests on what the province page shows; nothing here says more of a unit than its figures.

mod alarms;
mod cache;
mod compared;
mod modelled;
mod ranking;
mod series;

pub use cache::AnalysisCache;

use super::agency::{pick_level, trusts_of};
use super::bands::headline_of;
use super::province::{KINDS, last_day, root_of};
use super::read::Wanted;
use super::setting::{Chosen, Question, named, setting};
use super::table::{Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::margin::margin_of;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::reading::{Reading, Withheld};
use domain::report::analysis::{AnalysisReport, SeriesOf, Simulated, Step};
use domain::report::{Setting, UnitName};
use domain::right::{Actor, Right};
use domain::scope::Scope;
use domain::unit::{Unit, UnitKind};
use stats::random::Simulation;
use store::release::Release;
use time::Date;

/// Draws of everything that is simulated for a list of units: bounds of ranks stay where they are.
const DRAWS: usize = 100_000;
/// Level of intervals and sets that hold for a whole list.
const TOGETHER: f64 = 0.95;
/// Digits of a release's hash that make the seed: enough that releases differ, few enough to be typed.
const DIGITS: usize = 8;

/// How somebody wants to see the analysis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnalysisView {
    /// Units of one kind only.
    pub kind: Option<UnitKind>,
    /// The units of this day; those at the end of the period where it is left open.
    pub as_of: Option<Date>,
    /// Places are shown only to whoever asks for them.
    pub ranks: bool,
    /// The maximum of a rule that turns the index into points.
    pub most: Option<f64>,
    /// Whose series: the code of a unit; all units of the kind where it is left open.
    pub unit: Option<String>,
    /// What the series steps by.
    pub step: Step,
    /// The series of the index, not of the overall question.
    pub of_index: bool,
}

/// The units of a page, and what they are compared by.
struct Bench<'a> {
    office: &'a Office,
    province: &'a Province,
    scope: &'a Scope,
    chosen: &'a Chosen,
    table: &'a PeriodTable,
    level: &'a Level,
    release: &'a Release,
    /// In points.
    margin: f64,
    as_of: Date,
}

/// Reads the analysis page.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope is not the whole province; where survey, period, release
/// or unit do not exist; where the database is away.
pub async fn read_analysis(
    office: &Office,
    province: &Province,
    scope: &Scope,
    who: &Actor,
    (question, view): (&Question, &AnalysisView),
) -> Result<AnalysisReport, UsecaseError> {
    let root = root_of(province, scope)?;
    let chosen = question.choose(office, province, None).await?;
    let number = chosen.release.as_ref().map_or(0, |release| release.number);
    let table = load(office, province, &chosen.survey, chosen.period, number).await?;
    let levels: Vec<Level> = table.cells.keys().cloned().collect();
    let level = pick_level(&levels, question.trust, &table);
    let shown = setting(office, province, scope, root, &chosen, (level.trust, trusts_of(&levels))).await?;
    let Some(release) = &chosen.release else { return Ok(nothing(shown, view)) };
    let bench = Bench {
        office,
        province,
        scope,
        chosen: &chosen,
        table: &table,
        level: &level,
        release,
        margin: margin_of(office, province.tenant, &chosen.survey.survey.code).await?,
        as_of: view.as_of.unwrap_or_else(|| last_day(chosen.period, office.today())),
    };
    let mut report = nothing(shown, view);
    for kind in KINDS.into_iter().filter(|kind| view.kind.is_none_or(|wanted| wanted == *kind)) {
        report.groups.extend(bench.kind(kind, view).await?);
    }
    report.choices = bench.choices(&report);
    report.series = bench.series(view).await?;
    report.joined = bench.joined(view).await?;
    report.alarms = bench.alarms().await?;
    if who.may(Right::ReadModelled) && view.kind.is_none_or(|kind| kind == UnitKind::Commune) {
        report.modelled = bench.modelled().await?;
    }
    Ok(report)
}

fn nothing(setting: Setting, view: &AnalysisView) -> AnalysisReport {
    AnalysisReport {
        setting,
        kind: view.kind,
        groups: Vec::new(),
        ranks: view.ranks,
        most: view.most,
        series: None,
        joined: None,
        choices: Vec::new(),
        alarms: domain::report::analysis::Alarms::default(),
        modelled: None,
    }
}

/// The seed of everything that is simulated from a release: the first digits of its hash, so that
/// whoever holds the release can draw the same numbers again.
fn seed_of(release: &Release) -> u64 {
    let digits = release.hash.get(..DIGITS).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    digits.unwrap_or_else(|| release.number.unsigned_abs())
}

fn told(simulation: Simulation) -> Simulated {
    Simulated { draws: simulation.draws as u64, seed: simulation.seed }
}

/// Simulates away from the threads that answer pages.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, UsecaseError> {
    let failed = |_| UsecaseError::Damaged("a computation that did not end".into());
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

impl Bench<'_> {
    fn simulation(&self) -> Simulation {
        Simulation { draws: DRAWS, seed: seed_of(self.release) }
    }

    /// The units of a kind that the survey is about, in the official order.
    fn units(&self, kind: UnitKind) -> Vec<&Unit> {
        let survey = &self.table.survey;
        let is_so = |unit: &&Unit| {
            unit.kind == kind && unit.is_valid_on(self.as_of) && self.province.is_about(survey, unit.id)
        };
        self.province.units().filter(is_so).collect()
    }

    fn wanted(&self) -> Option<Wanted<'_>> {
        let (definition, node) = headline_of(self.table, self.level)?;
        Some(Wanted { table: self.table, level: self.level, definition, node })
    }

    /// The headline of a unit.
    fn headline(&self, unit: &Unit) -> Reading {
        let wanted = self.wanted();
        let not_asked = Reading::Withheld(Withheld::NotAsked);
        wanted.map_or(not_asked, |wanted| wanted.of_unit(unit.id, unit.kind))
    }

    fn name(&self, unit: &Unit) -> UnitName {
        named(self.province, unit, self.scope, self.office.today())
    }

    fn named(&self, id: UnitId) -> Option<UnitName> {
        Some(self.name(self.province.unit(id)?))
    }

    /// Whose series could be shown: the kinds of the page, and every unit with a figure.
    fn choices(&self, report: &AnalysisReport) -> Vec<SeriesOf> {
        let kinds = report.groups.iter().map(|group| SeriesOf::Kind(group.kind));
        let units = report.groups.iter().flat_map(|group| self.units(group.kind));
        let with = units.filter(|unit| self.headline(unit).figure().is_some());
        kinds.chain(with.map(|unit| SeriesOf::Unit(self.name(unit)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::seed_of;
    use domain::period::Month;
    use store::release::Release;
    use time::macros::date;

    fn release(hash: &str) -> Release {
        let (kind, scheduled) = ("fold".to_owned(), date!(2026 - 10 - 05));
        Release {
            number: 12,
            kind,
            scheduled,
            counted_in: Month::of(scheduled),
            hash: hash.to_owned(),
            is_restored: false,
        }
    }

    #[test]
    fn the_seed_is_the_beginning_of_the_release_s_hash() {
        assert_eq!(seed_of(&release("0000002aff")), 42);
        assert_ne!(seed_of(&release("1000002aff")), seed_of(&release("0000002aff")));
        assert_eq!(seed_of(&release("")), 12);
    }
}
