//! The planner: how many answers are needed to see a difference, to know an index to within so many
//! points, or to leave "not distinguishable"; and how many there are.

mod needs;

use super::agency::{pick_level, trusts_of};
use super::bands::{band_units, headline_of, is_compared, sides};
use super::province::{last_day, root_of};
use super::read::Wanted;
use super::setting::{Question, named, setting};
use super::table::{Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::margin::margin_of;
use crate::office::Office;
use crate::registry::Province;
use crate::volume_table::load_volumes;
use domain::id::UnitId;
use domain::period::Month;
use domain::reading::{Reading, Withheld};
use domain::report::Band;
use domain::report::planner::{Leaving, Plan, PlanLine, PlannerReport};
use domain::report::{Setting, UnitName};
use domain::scope::Scope;
use domain::unit::Unit;
use needs::Basis;
use stats::comparison::Side;
use std::collections::HashMap;
use time::Date;

/// Months of dossiers that a plan counts.
const MONTHS: i32 = 12;

/// A unit of the plan before anything is computed of it.
struct Own<'a> {
    unit: &'a Unit,
    headline: Reading,
    dossiers: Option<u64>,
}

/// Reads the planner page.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope is not the whole province; where survey, period or release
/// do not exist; where the database is away.
pub async fn read_planner(
    office: &Office,
    province: &Province,
    scope: &Scope,
    question: &Question,
    plan: &Plan,
) -> Result<PlannerReport, UsecaseError> {
    let root = root_of(province, scope)?;
    let chosen = question.choose(office, province, None).await?;
    let number = chosen.release.as_ref().map_or(0, |release| release.number);
    let table = load(office, province, &chosen.survey, chosen.period, number).await?;
    let levels: Vec<Level> = table.cells.keys().cloned().collect();
    let level = pick_level(&levels, question.trust, &table);
    let sheet = Sheet {
        province,
        table: &table,
        level: &level,
        plan,
        dossiers: dossiers(office, province, Month::of(office.today())).await?,
        margin: margin_of(office, province.tenant, &chosen.survey.survey.code).await?,
        day: last_day(chosen.period, office.today()),
    };
    let shown = setting(office, province, scope, root, &chosen, (level.trust, trusts_of(&levels))).await?;
    Ok(sheet.report(shown, |unit| named(province, unit, scope, office.today())))
}

/// What a plan is made from.
struct Sheet<'a> {
    province: &'a Province,
    table: &'a PeriodTable,
    level: &'a Level,
    plan: &'a Plan,
    dossiers: HashMap<UnitId, u64>,
    /// In points.
    margin: f64,
    /// The units are those of this day.
    day: Date,
}

impl Sheet<'_> {
    fn report(&self, setting: Setting, name: impl Fn(&Unit) -> UnitName) -> PlannerReport {
        let (units, wanted, plan) = (self.units(), self.wanted(), self.plan);
        let basis = wanted.and_then(|wanted| Basis::of(&wanted, &units, plan, self.margin));
        let leaving = wanted.map(|wanted| leaving(&wanted, plan, &units, self.margin, basis.as_ref()));
        let leaving = leaving.unwrap_or_default();
        let (shares, total, not_shared) = needs::share_out(basis.as_ref(), &units, plan);
        let line = |(own, share): (&Own<'_>, Option<u64>)| PlanLine {
            unit: name(own.unit),
            headline: own.headline.clone(),
            have: self.have(own),
            dossiers: own.dossiers,
            precise: basis.as_ref().and_then(|basis| basis.precise(plan, own.dossiers)),
            yamane: own.dossiers.and_then(|all| needs::yamane(plan, all)),
            leaving: leaving.get(&own.unit.id).copied().unwrap_or(Leaving::NotCompared),
            share,
        };
        let together = wanted.map(|wanted| wanted.of_units(|id| units.iter().any(|own| own.unit.id == *id)));
        PlannerReport {
            units: units.iter().zip(shares).map(line).collect(),
            setting,
            plan: *plan,
            peers: together.unwrap_or(Reading::Withheld(Withheld::NotAsked)),
            needs: basis.as_ref().map(|basis| basis.needs(plan, &units)),
            total,
            not_shared,
        }
    }

    fn wanted(&self) -> Option<Wanted<'_>> {
        let (definition, node) = headline_of(self.table, self.level)?;
        Some(Wanted { table: self.table, level: self.level, definition, node })
    }

    fn units(&self) -> Vec<Own<'_>> {
        let is_planned = |unit: &&Unit| {
            unit.kind == self.plan.kind
                && unit.is_valid_on(self.day)
                && self.province.is_about(&self.table.survey, unit.id)
        };
        let not_asked = Reading::Withheld(Withheld::NotAsked);
        let own = |unit| Own {
            unit,
            headline: self.wanted().map_or(not_asked.clone(), |wanted| wanted.of_unit(unit.id, unit.kind)),
            dossiers: self.dossiers.get(&unit.id).copied(),
        };
        self.province.units().filter(is_planned).map(own).collect()
    }

    /// Answers at hand: those of the headline, or the people where it has no figure.
    fn have(&self, own: &Own<'_>) -> u64 {
        let people = || Some(self.table.combined(self.level, own.unit.id)?.people());
        own.headline.figure().map(|figure| figure.n).or_else(people).unwrap_or_default()
    }
}

/// Closed dossiers of the last twelve months of which anything is known, by unit.
async fn dossiers(
    office: &Office,
    province: &Province,
    today: Month,
) -> Result<HashMap<UnitId, u64>, UsecaseError> {
    let now = load_volumes(office, province.tenant, today.year()).await?;
    let before = load_volumes(office, province.tenant, today.year() - 1).await?;
    let Some(last) = now.last_month().or_else(|| before.last_month()) else { return Ok(HashMap::new()) };
    let first = last.plus(1 - MONTHS);
    let mut dossiers: HashMap<UnitId, u64> = HashMap::new();
    for table in [&before, &now] {
        for unit in table.units() {
            let months = table.months_of(unit).filter(|(month, _)| first <= *month && *month <= last);
            let closed: i64 = months.map(|(_, closed)| closed).sum();
            *dossiers.entry(unit).or_default() += closed.unsigned_abs();
        }
    }
    Ok(dossiers)
}

/// What each unit that is compared needs to leave "not distinguishable".
fn leaving(
    wanted: &Wanted<'_>,
    plan: &Plan,
    units: &[Own<'_>],
    margin: f64,
    basis: Option<&Basis>,
) -> HashMap<UnitId, Leaving> {
    let compared: Vec<UnitId> =
        units.iter().filter(|own| is_compared(&own.headline)).map(|own| own.unit.id).collect();
    let Some((bands, _)) = band_units(wanted, plan.kind, &compared, margin) else { return HashMap::new() };
    let found = sides(wanted, plan.kind, &compared).into_iter().map(|(id, side, others)| {
        let is_even = bands.get(&id) == Some(&Band::Even);
        let distance = side.share - others.share;
        let leaving = match basis {
            _ if !is_even => Leaving::Left,
            _ if distance.abs() <= margin / 100.0 => Leaving::Within,
            Some(basis) => answers(basis, units, (id, &side, others), plan),
            None => Leaving::NotCompared,
        };
        (id, leaving)
    });
    found.collect()
}

/// The answers that a unit needs, if its difference from its peers stays what it is.
fn answers(
    basis: &Basis,
    units: &[Own<'_>],
    (id, side, others): (UnitId, &Side, Side),
    plan: &Plan,
) -> Leaving {
    let own = units.iter().find(|own| own.unit.id == id).and_then(|own| own.headline.figure());
    let worth = own.map_or(basis.worth(), |figure| side.effective / figure.n as f64);
    let claim = basis.claim(others, worth, plan);
    match claim.answers(side.share - others.share) {
        Some(n) => Leaving::Answers(n.unsigned_abs()),
        None => Leaving::OutOfReach,
    }
}

impl Own<'_> {
    /// Dossiers as the sharing counts them; `None` where it has none to share for.
    fn population(&self) -> Option<i64> {
        self.dossiers.and_then(|all| i64::try_from(all).ok()).filter(|all| *all > 0)
    }
}
