//! Units against all of them together, judged at once: one critical value for the intervals of all
//! their differences.

use crate::draws::{Contrast, Contrasts, Draws, quantile};
use crate::estimate::{Estimate, Unavailable};
use crate::joint::Joint;
use crate::random::Simulation;
use crate::tail::above_normal;

/// How far intervals must reach out so that all of a list hold at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// Standard errors of each interval.
    pub critical: f64,
    /// The level of each interval alone, a fraction.
    pub each: f64,
    /// The level of all of them at once, a fraction.
    pub level: f64,
    /// How the critical value was simulated.
    pub simulation: Simulation,
}

/// The reach of the intervals of units against their peers, over all units.
///
/// `estimates` are those of different respondents, `weights` the sizes of the units in the figure of
/// all of them together, in any unit.
///
/// # Formula
///
/// ```text
/// θ_all = Σ w_k θ_k/Σ w_k      θ_j − θ_peers = (θ_j − θ_all)/(1 − w_j/Σw)
/// M = max |Z_j − Z_all|/σ_j    Z ~ N(0, Σ), Σ of the units and of all together
/// critical = quantile of M at `level`    each = 2Φ(critical) − 1
/// ```
///
/// The z of a unit against its peers without it is that against all, because the two differences are
/// proportional; so one simulation serves all units.
///
/// # Source
///
/// Hothorn, Bretz and Westfall 2008, Biom J 50:346; comparison with the grand mean as in the analysis
/// of means: Nelson 1982, J Qual Technol 14:120.
///
/// # Errors
///
/// [`Unavailable::Malformed`] where lengths differ, a weight is negative or none, an estimate has no
/// standard error, or the level is not between 0 and 1; and as [`crate::ranks::simultaneous`].
///
/// # Example
///
/// ```
/// use stats::{Estimate, pool::reach, random::Simulation};
/// let one = Estimate { est: 0.9, se: Some(0.03), df: 99, n: 100, answers: 100, lonely: 0 };
/// let found = reach(&[one; 2], &[1.0, 1.0], 0.95, Simulation { draws: 50_000, seed: 1 })?;
/// // two units of one size have one difference
/// assert!((found.critical - 1.96).abs() < 0.03 && (found.each - 0.95).abs() < 0.01);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn reach(
    estimates: &[Estimate],
    weights: &[f64],
    level: f64,
    simulation: Simulation,
) -> Result<Reach, Unavailable> {
    let total: f64 = weights.iter().sum();
    let sound = weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0) && total > 0.0;
    if estimates.len() != weights.len() || !sound {
        return Err(Unavailable::Malformed("a weight for every unit"));
    }
    if !(level > 0.0 && level < 1.0) {
        return Err(Unavailable::Malformed("a level between 0 and 1"));
    }
    let joint = with_all(estimates, weights, total)?;
    let all = estimates.len();
    let contrast = |unit| Some(Contrast { one: unit, other: all, weight: 1.0 / joint.deviation(unit, all)? });
    let contrasts = Contrasts { either: (0..all).filter_map(contrast).collect(), signed: Vec::new() };
    let critical = quantile(&Draws::of(&joint, simulation)?.maxima(&contrasts), level);
    Ok(Reach { critical, each: 1.0 - 2.0 * above_normal(critical), level, simulation })
}

/// The units, and all of them together as the last.
fn with_all(estimates: &[Estimate], weights: &[f64], total: f64) -> Result<Joint, Unavailable> {
    let variances: Option<Vec<f64>> = estimates.iter().map(Estimate::variance).collect();
    let variances = variances.ok_or(Unavailable::Malformed("a standard error for every unit"))?;
    let parts: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    let all: f64 = estimates.iter().zip(&parts).map(|(estimate, part)| part * estimate.est).sum();
    let size = estimates.len() + 1;
    let mut covariance = vec![0.0; size * size];
    for (at, (variance, part)) in variances.iter().zip(&parts).enumerate() {
        covariance[at * size + at] = *variance;
        covariance[at * size + size - 1] = part * variance;
        covariance[(size - 1) * size + at] = part * variance;
        covariance[size * size - 1] += part * part * variance;
    }
    let est: Vec<f64> = estimates.iter().map(|estimate| estimate.est).chain([all]).collect();
    Joint::correlated(&est, &covariance)
}

#[cfg(test)]
mod tests {
    use super::reach;
    use crate::estimate::Estimate;
    use crate::random::Simulation;

    const MANY: Simulation = Simulation { draws: 100_000, seed: 4 };

    fn unit(se: f64) -> Estimate {
        Estimate { est: 0.9, se: Some(se), df: 99, n: 100, answers: 100, lonely: 0 }
    }

    #[test]
    fn many_small_units_need_what_independent_ones_need() {
        // 1 − (1 − α)^(1/64): the quantile of 64 independent differences, which these nearly are
        let units: Vec<Estimate> = (0..64).map(|at| unit(0.02 + 0.001 * f64::from(at))).collect();
        let found = reach(&units, &[1.0; 64], 0.95, MANY).unwrap();
        let independent = crate::quantile::two_sided_normal(0.95_f64.powf(1.0 / 64.0)).unwrap();
        assert!((found.critical - independent).abs() < 0.03, "{} {independent}", found.critical);
        assert!((found.each - 0.95_f64.powf(1.0 / 64.0)).abs() < 2e-4, "{}", found.each);
    }

    #[test]
    fn a_unit_that_is_nearly_all_of_them_adds_no_difference_of_its_own() {
        // Its difference from the others is that of the other one from it.
        let found = reach(&[unit(0.01), unit(0.1)], &[99.0, 1.0], 0.95, MANY).unwrap();
        assert!((found.critical - 1.96).abs() < 0.02, "{}", found.critical);
    }

    #[test]
    fn the_same_seed_gives_the_same_value_and_nonsense_is_refused() {
        let units = [unit(0.02), unit(0.03), unit(0.05)];
        let weights = [1.0, 2.0, 3.0];
        assert_eq!(reach(&units, &weights, 0.95, MANY), reach(&units, &weights, 0.95, MANY));
        for weights in [&[1.0, 2.0][..], &[0.0; 3], &[-1.0, 1.0, 1.0], &[f64::NAN, 1.0, 1.0]] {
            assert!(reach(&units, weights, 0.95, MANY).is_err());
        }
        for level in [0.0, 1.0, f64::NAN] {
            assert!(reach(&units, &weights, level, MANY).is_err());
        }
        let bare = Estimate { se: None, ..unit(0.1) };
        assert!(reach(&[bare; 2], &[1.0; 2], 0.95, MANY).is_err());
    }
}
