//! Which ranks the figures allow: a rank is never shown without its confidence set.
//!
//! With forty units and some seventy answers each most units may hold most ranks. That is the
//! message, and a list sorted by estimates hides it.

use crate::draws::{Contrast, Contrasts, Draws, downwards, quantile};
use crate::estimate::Unavailable;
use crate::joint::Joint;
use crate::random::Simulation;

/// Whether the pairs that are already decided make room for the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Procedure {
    /// One critical value for all pairs.
    SingleStep,
    /// Decided pairs are dropped and the critical value is computed anew, until nothing changes:
    /// the same guarantee, sets never wider.
    StepDown,
}

/// Confidence sets of ranks; rank 1 is the largest estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct RankSets {
    /// Rank of each estimate: 1 + the number of larger ones.
    pub rank: Vec<usize>,
    /// The first rank of each set.
    pub low: Vec<usize>,
    /// The last rank of each set.
    pub high: Vec<usize>,
    /// The critical value of every step; of marginal sets, the first one of every unit.
    pub critical: Vec<f64>,
    /// The level, a fraction.
    pub level: f64,
    /// How the critical values were simulated.
    pub simulation: Simulation,
}

/// Sets that hold all true ranks at once with probability `level`: for a table of all units.
///
/// # Formula
///
/// ```text
/// σ_jk = √(Σ_jj + Σ_kk − 2Σ_jk)
/// c    = quantile of max (Z_j − Z_k)/σ_jk over the living ordered pairs, Z ~ N(0, Σ)
/// j is better than k where (θ_j − θ_k)/σ_jk > c
/// set of j: 1 + #{k better than j} .. p − #{k that j is better than}
/// ```
///
/// All ordered pairs live at first; with [`Procedure::StepDown`] those decided are dropped and c is
/// computed again from the same draws, until no pair is decided. A pair with σ = 0 is never
/// decided. c is the ⌈level·B⌉-th of B simulated maxima.
///
/// # Source
///
/// Mogstad, Romano, Shaikh and Wilhelm 2024, Rev Econ Stud 91:476.
///
/// # Errors
///
/// [`Unavailable::Malformed`] unless 0.5 ≤ level < 1 and there are draws; [`Unavailable::TooLarge`]
/// where draws × units exceed 2²⁷.
///
/// # Example
///
/// ```
/// use stats::joint::Joint;
/// use stats::random::Simulation;
/// use stats::ranks::{Procedure, simultaneous};
/// // two that cannot be told apart, and one far below
/// let variances = [1e-4, 0.0, 0.0, 0.0, 1e-4, 0.0, 0.0, 0.0, 1e-4];
/// let joint = Joint::correlated(&[0.91, 0.90, 0.5], &variances)?;
/// let sets = simultaneous(&joint, 0.95, Procedure::StepDown, Simulation { draws: 20_000, seed: 1 })?;
/// assert_eq!((sets.rank, sets.low, sets.high), (vec![1, 2, 3], vec![1, 1, 3], vec![2, 2, 3]));
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn simultaneous(
    joint: &Joint,
    level: f64,
    procedure: Procedure,
    simulation: Simulation,
) -> Result<RankSets, Unavailable> {
    check(level)?;
    let draws = Draws::of(joint, simulation)?;
    let size = joint.len();
    let pairs = (0..size).flat_map(|one| (0..one).map(move |other| (one, other)));
    let mut race = Race::new(joint, pairs);
    race.run(&draws, level, procedure);
    let mut sets = RankSets {
        rank: ranks(joint.est()),
        low: vec![1; size],
        high: vec![size; size],
        critical: race.critical,
        level,
        simulation,
    };
    for (winner, loser) in race.decided {
        sets.high[winner] -= 1;
        sets.low[loser] += 1;
    }
    Ok(sets)
}

/// Sets that each hold the true rank of their unit with probability `level`: for the page of one
/// unit. Several of them together hold all their ranks less often.
///
/// # Formula
///
/// As [`simultaneous`], for each unit over the pairs that contain it.
///
/// # Source
///
/// Mogstad, Romano, Shaikh and Wilhelm 2024, section 3.1.
///
/// # Errors
///
/// As [`simultaneous`].
///
/// # Example
///
/// ```
/// use stats::joint::Joint;
/// use stats::random::Simulation;
/// use stats::ranks::{Procedure, marginal};
/// let joint = Joint::correlated(&[0.9, 0.5], &[1e-4, 0.0, 0.0, 1e-4])?;
/// let sets = marginal(&joint, 0.95, Procedure::SingleStep, Simulation { draws: 20_000, seed: 1 })?;
/// assert_eq!((sets.low, sets.high), (vec![1, 2], vec![1, 2]));
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn marginal(
    joint: &Joint,
    level: f64,
    procedure: Procedure,
    simulation: Simulation,
) -> Result<RankSets, Unavailable> {
    check(level)?;
    let draws = Draws::of(joint, simulation)?;
    let size = joint.len();
    let mut sets = RankSets {
        rank: ranks(joint.est()),
        low: vec![1; size],
        high: vec![size; size],
        critical: Vec::with_capacity(size),
        level,
        simulation,
    };
    for unit in 0..size {
        let others = (0..size).filter(|other| *other != unit);
        let mut race = Race::new(joint, others.map(|other| (unit, other)));
        race.run(&draws, level, procedure);
        sets.critical.extend(race.critical.first());
        sets.high[unit] -= race.decided.iter().filter(|pair| pair.0 == unit).count();
        sets.low[unit] += race.decided.iter().filter(|pair| pair.1 == unit).count();
    }
    Ok(sets)
}

/// Pairs that live, and those that were decided.
struct Race {
    living: Contrasts,
    /// z of the living pairs, `either` and `signed` as in `living`.
    z: [Vec<f64>; 2],
    /// (better, worse).
    decided: Vec<(usize, usize)>,
    critical: Vec<f64>,
}

impl Race {
    fn new(joint: &Joint, pairs: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut race =
            Self { living: Contrasts::default(), z: [vec![], vec![]], decided: vec![], critical: vec![] };
        for (one, other) in pairs {
            if let Some(deviation) = joint.deviation(one, other) {
                let weight = 1.0 / deviation;
                race.living.either.push(Contrast { one, other, weight });
                race.z[0].push((joint.est()[one] - joint.est()[other]) * weight);
            }
        }
        race
    }

    fn run(&mut self, draws: &Draws, level: f64, procedure: Procedure) {
        if self.living.either.is_empty() {
            return;
        }
        let maxima = draws.maxima(&self.living);
        let mut critical = quantile(&maxima, level);
        self.critical.push(critical);
        let mut changed = self.decide(critical);
        if procedure == Procedure::SingleStep || !changed {
            return;
        }
        let order = downwards(&maxima);
        while changed {
            critical = draws.quantile_of_part(&self.living, &maxima, &order, level);
            self.critical.push(critical);
            changed = self.decide(critical);
        }
    }

    /// Decides what is beyond the critical value. Of a pair that is decided one way the other way
    /// lives on, with its sign.
    fn decide(&mut self, critical: f64) -> bool {
        let before = self.decided.len();
        let mut left = Contrasts::default();
        let mut z = [vec![], vec![]];
        for (contrast, value) in self.living.either.iter().zip(&self.z[0]) {
            let Contrast { one, other, weight } = *contrast;
            if value.abs() <= critical {
                left.either.push(*contrast);
                z[0].push(*value);
                continue;
            }
            let (better, worse) = if *value > 0.0 { (one, other) } else { (other, one) };
            self.decided.push((better, worse));
            left.signed.push(Contrast { one: worse, other: better, weight });
            z[1].push(-value.abs());
        }
        for (contrast, value) in self.living.signed.iter().zip(&self.z[1]) {
            left.signed.push(*contrast);
            z[1].push(*value);
        }
        (self.living, self.z) = (left, z);
        self.decided.len() > before
    }
}

fn check(level: f64) -> Result<(), Unavailable> {
    let sound = (0.5..1.0).contains(&level);
    if sound { Ok(()) } else { Err(Unavailable::Malformed("a level of at least one half, below 1")) }
}

fn ranks(est: &[f64]) -> Vec<usize> {
    est.iter().map(|own| 1 + est.iter().filter(|other| *other > own).count()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Procedure, marginal, simultaneous};
    use crate::joint::Joint;
    use crate::random::Simulation;

    const FEW: Simulation = Simulation { draws: 2_000, seed: 2 };

    #[test]
    fn nobody_alone_and_without_spread_is_never_ranked_with_certainty() {
        for run in [simultaneous, marginal] {
            let none = Joint::correlated(&[], &[]).unwrap();
            assert!(run(&none, 0.95, Procedure::StepDown, FEW).unwrap().rank.is_empty());
            let alone = Joint::correlated(&[0.9], &[1e-4]).unwrap();
            let sets = run(&alone, 0.95, Procedure::StepDown, FEW).unwrap();
            assert_eq!((sets.rank, sets.low, sets.high), (vec![1], vec![1], vec![1]));
            let certain = Joint::correlated(&[0.9, 0.1], &[0.0; 4]).unwrap();
            let sets = run(&certain, 0.95, Procedure::StepDown, FEW).unwrap();
            assert_eq!((sets.low, sets.high), (vec![1, 1], vec![2, 2]));
        }
    }

    #[test]
    fn a_level_that_is_none_and_a_simulation_without_draws_are_refused() {
        let joint = Joint::correlated(&[0.9, 0.1], &[1.0, 0.0, 0.0, 1.0]).unwrap();
        for level in [0.0, 0.4, 1.0, f64::NAN] {
            assert!(simultaneous(&joint, level, Procedure::StepDown, FEW).is_err());
        }
        for draws in [0, usize::MAX, 1 << 27] {
            let simulation = Simulation { draws, seed: 1 };
            assert!(simultaneous(&joint, 0.95, Procedure::StepDown, simulation).is_err());
        }
    }
}
