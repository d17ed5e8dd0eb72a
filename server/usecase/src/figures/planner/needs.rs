//! What a plan rests on, and the formulas that it asks.

use super::super::bands::{ALPHA, is_compared, side_of};
use super::super::read::Wanted;
use super::super::table::Combined;
use super::Own;
use domain::report::planner::{Needs, NotShared, Plan, Sharing};
use stats::claim::Claim;
use stats::comparison::Side;
use stats::planning::allocation::{NoAllocation, Rule, Stratum, allocate};
use stats::planning::{Aim, Contrast, size};

/// Level of the interval whose width is planned.
const LEVEL: f64 = 0.95;

/// What is known before anything is collected.
pub(super) struct Basis {
    /// All units of the kind together.
    peers: Side,
    /// Variance of a headline over that of a yes-or-no answer.
    effect: f64,
    /// In points.
    margin: f64,
    /// Units that are judged together.
    together: usize,
}

impl Basis {
    /// From what there is; `None` where no unit has answers yet.
    pub(super) fn of(wanted: &Wanted<'_>, units: &[Own<'_>], plan: &Plan, margin: f64) -> Option<Self> {
        let cells = units.iter().filter_map(|own| wanted.table.combined(wanted.level, own.unit.id));
        let cells: Vec<&Combined> = cells.collect();
        let peers = side_of(wanted, &cells, None)?;
        let people = units.iter().filter_map(|own| own.headline.figure()).map(|figure| figure.n as f64);
        // As the floor of the peers has it; where there are too few of them, as all together have it.
        let floor = wanted.table.floor(plan.kind, wanted.level, wanted.definition, wanted.node);
        let effect = floor.or_else(|| Some(people.sum::<f64>() / peers.effective))?;
        let compared = units.iter().filter(|own| is_compared(&own.headline)).count();
        let sound = effect.is_finite() && effect > 0.0;
        sound.then_some(Self { peers, effect, margin, together: compared.max(1) })
    }

    /// Independent answers that one respondent is worth.
    pub(super) fn worth(&self) -> f64 {
        1.0 / self.effect
    }

    /// The claim that a unit is clearly above or below its peers.
    pub(super) fn claim(&self, peers: Side, worth: f64, plan: &Plan) -> Claim {
        Claim {
            peers,
            worth,
            margin: self.margin / 100.0,
            level: ALPHA / self.together as f64,
            power: plan.power / 100.0,
        }
    }

    fn to_claim(&self, plan: &Plan, difference: f64) -> Option<u64> {
        let claim = self.claim(self.peers, self.worth(), plan);
        claim.answers(difference / 100.0).map(i64::unsigned_abs)
    }

    pub(super) fn needs(&self, plan: &Plan, units: &[Own<'_>]) -> Needs {
        let share = self.peers.share;
        let contrast = |other: f64| Contrast { one: share, other, alpha: ALPHA, design_effect: self.effect };
        // Differences are harder to see near one half: the lower side needs more, and is the safe one.
        let between = contrast((share - plan.difference / 100.0).max(0.0)).answers(plan.power / 100.0);
        let dossiers = units.iter().filter_map(|own| own.dossiers).sum();
        Needs {
            index: 100.0 * share,
            effect: self.effect,
            between_two: between.map(i64::unsigned_abs),
            below: self.to_claim(plan, -plan.difference),
            above: self.to_claim(plan, plan.difference),
            precise: self.precise(plan, None),
            yamane: yamane(plan, dossiers),
            margin: self.margin,
            together: self.together,
        }
    }

    /// Answers to know an index to within the precision wanted, of so many dossiers.
    pub(super) fn precise(&self, plan: &Plan, dossiers: Option<u64>) -> Option<u64> {
        let population = dossiers.and_then(|all| i64::try_from(all).ok());
        let aim = Aim {
            share: self.peers.share,
            margin: plan.precision / 100.0,
            level: LEVEL,
            design_effect: self.effect,
            population,
            response_rate: 1.0,
        };
        size(&aim).map(|size| size.answers.unsigned_abs())
    }

    /// The spread of a headline of one respondent.
    fn deviation(&self) -> f64 {
        (self.effect * self.peers.share * (1.0 - self.peers.share)).sqrt()
    }
}

/// What the rule of Yamane would say; `None` where there is nothing to count.
pub(super) fn yamane(plan: &Plan, dossiers: u64) -> Option<u64> {
    let population = i64::try_from(dossiers).ok().filter(|all| *all > 0)?;
    stats::planning::yamane(population, plan.precision / 100.0).map(i64::unsigned_abs)
}

/// The total shared out among the units whose dossiers are known: shares, total, why there are none.
pub(super) fn share_out(
    basis: Option<&Basis>,
    units: &[Own<'_>],
    plan: &Plan,
) -> (Vec<Option<u64>>, u64, Option<NotShared>) {
    let nothing = |why: NotShared| (vec![None; units.len()], plan.total.unwrap_or_default(), Some(why));
    let known: Vec<(usize, i64)> =
        units.iter().enumerate().filter_map(|(at, own)| Some((at, own.population()?))).collect();
    if known.is_empty() {
        return nothing(NotShared::NoDossiers);
    }
    let least = i64::try_from(plan.least).unwrap_or(i64::MAX);
    let total: u64 = plan.total.unwrap_or_else(|| usual(basis, &known, plan));
    let deviation = |at: usize| deviation(&units[at], basis, plan);
    let strata: Vec<Stratum> = known
        .iter()
        .map(|(at, population)| Stratum { population: *population, deviation: deviation(*at) })
        .collect();
    let rule = match plan.sharing {
        Sharing::SquareRoot => Rule::SquareRoot,
        Sharing::Proportional => Rule::Proportional,
        Sharing::Neyman => Rule::Neyman,
    };
    match allocate(&strata, i64::try_from(total).unwrap_or(i64::MAX), rule, least) {
        Ok(found) => {
            let mut shares = vec![None; units.len()];
            for ((at, _), share) in known.iter().zip(found) {
                shares[*at] = Some(share.unsigned_abs());
            }
            (shares, total, None)
        }
        Err(NoAllocation::TooFew(least)) => nothing(NotShared::TooFew(least.unsigned_abs())),
        Err(NoAllocation::TooMany(most)) => nothing(NotShared::TooMany(most.unsigned_abs())),
        Err(NoAllocation::Malformed) => nothing(NotShared::NoDossiers),
    }
}

/// Where no total is named: as many as each unit needs for the precision wanted.
fn usual(basis: Option<&Basis>, known: &[(usize, i64)], plan: &Plan) -> u64 {
    let of_unit = |(_, all): &(usize, i64)| {
        let all = all.unsigned_abs();
        let needed = basis.and_then(|basis| basis.precise(plan, Some(all)));
        needed.unwrap_or(plan.least).max(plan.least.min(all))
    };
    known.iter().map(of_unit).sum()
}

/// The spread of a unit's own answers, where it has enough of them; else that of all.
fn deviation(own: &Own<'_>, basis: Option<&Basis>, plan: &Plan) -> f64 {
    let figure = own.headline.figure().filter(|figure| figure.n >= plan.least.max(1));
    let own = figure.and_then(|figure| Some(figure.se? / 100.0 * (figure.n as f64).sqrt()));
    own.or_else(|| basis.map(Basis::deviation)).unwrap_or(0.5)
}
