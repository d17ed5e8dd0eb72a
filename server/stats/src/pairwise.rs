//! Every unit against every other, and against the rest.

use crate::comparison::two_sided_p;
use crate::draws::{Contrast, Contrasts, maxima, quantile};
use crate::estimate::{Estimate, Unavailable};
use crate::interval::Interval;
use crate::joint::Joint;
use crate::random::Simulation;
use crate::share::pooled;
use crate::stratum::Stratum;
use crate::tail::above_normal;

/// The difference of two units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Place of the first unit.
    pub one: usize,
    /// Place of the second unit, after the first.
    pub other: usize,
    /// First minus second.
    pub difference: f64,
    /// Its standard error; `None` where there is none or it is 0.
    pub se: Option<f64>,
    /// difference/se.
    pub z: Option<f64>,
    /// Two-sided p-value by the normal quantile, unadjusted.
    pub p: Option<f64>,
}

impl Pair {
    fn of(one: usize, other: usize, difference: f64, se: Option<f64>) -> Self {
        let se = se.filter(|se| *se > 0.0);
        let z = se.map(|se| difference / se).filter(|z| z.is_finite());
        let p = z.map(|z| (2.0 * above_normal(z.abs())).min(1.0));
        Self { one, other, difference, se, z, p }
    }
}

/// All pairs of units with different respondents, (0,1), (0,2), …, (1,2), …
///
/// # Formula
///
/// d = θ_j − θ_k, v = v_j + v_k, z = d/√v, p = 2 P(Z > |z|). Without a standard error of both, or
/// with none but 0, there is no z: no spread is not certainty.
///
/// # Source
///
/// Korn and Graubard 1999, section 5.
///
/// # Example
///
/// ```
/// use stats::{Estimate, pairwise::independent};
/// let one = Estimate { est: 0.8, se: Some(0.03), df: 99, n: 100, answers: 100, lonely: 0 };
/// let two = Estimate { est: 0.9, se: Some(0.04), ..one };
/// let alone = Estimate { est: 1.0, se: None, df: 0, n: 1, answers: 1, lonely: 0 };
/// let pairs = independent(&[one, two, alone]);
/// assert!((pairs[0].z.unwrap() + 2.0).abs() < 1e-12);
/// assert_eq!((pairs.len(), pairs[2].p), (3, None));
/// ```
#[must_use]
pub fn independent(estimates: &[Estimate]) -> Vec<Pair> {
    let variances: Vec<Option<f64>> = estimates.iter().map(Estimate::variance).collect();
    let pair = |one: usize, other: usize| {
        let variance = variances[one].zip(variances[other]).map(|(v, w)| v + w);
        Pair::of(one, other, estimates[one].est - estimates[other].est, variance.map(f64::sqrt))
    };
    pairs(estimates.len()).map(|(one, other)| pair(one, other)).collect()
}

/// All pairs of units whose estimates may be correlated.
///
/// # Formula
///
/// As [`independent`], with v = Σ_jj + Σ_kk − 2Σ_jk.
///
/// # Source
///
/// Lumley 2010, section 2.3.
///
/// # Example
///
/// ```
/// use stats::{joint::Joint, pairwise::correlated};
/// let joint = Joint::correlated(&[3.0, 0.0], &[4.0, 1.5, 1.5, 1.25])?;
/// assert_eq!(correlated(&joint)[0].se, Some(1.5));
/// # Ok::<(), stats::Unavailable>(())
/// ```
#[must_use]
pub fn correlated(joint: &Joint) -> Vec<Pair> {
    let est = joint.est();
    let pair =
        |one: usize, other: usize| Pair::of(one, other, est[one] - est[other], joint.deviation(one, other));
    pairs(joint.len()).map(|(one, other)| pair(one, other)).collect()
}

/// The p-values of pairs, adjusted for one another; a pair without a test is not counted among
/// them.
///
/// # Formula
///
/// That of `adjust`, a function of [`crate::multiplicity`].
///
/// # Source
///
/// As `adjust`.
///
/// # Example
///
/// ```
/// use stats::{Estimate, multiplicity::holm, pairwise::{adjusted, independent}};
/// let one = Estimate { est: 0.8, se: Some(0.03), df: 99, n: 100, answers: 100, lonely: 0 };
/// let two = Estimate { est: 0.9, se: Some(0.04), ..one };
/// let alone = Estimate { est: 1.0, se: None, df: 0, n: 1, answers: 1, lonely: 0 };
/// let pairs = independent(&[one, two, alone]);
/// assert_eq!(adjusted(&pairs, holm), [pairs[0].p, None, None]);
/// ```
#[must_use]
pub fn adjusted(pairs: &[Pair], adjust: fn(&[f64]) -> Vec<f64>) -> Vec<Option<f64>> {
    let raw: Vec<f64> = pairs.iter().filter_map(|pair| pair.p).collect();
    let mut values = adjust(&raw).into_iter();
    pairs.iter().map(|pair| pair.p.and_then(|_| values.next())).collect()
}

/// Each unit minus all the others together, by the pooled share over some atoms: not minus a total
/// that contains the unit, which would shrink the difference and correlate with it.
///
/// The arguments are those of [`crate::share::pooled`], a stratum for every unit.
///
/// # Formula
///
/// R_j − R_rest, v = v_j + v_rest; the p-value is [`two_sided_p`].
///
/// # Source
///
/// Statistics of the product, section 5.
///
/// # Errors
///
/// For each unit as [`crate::share::pooled`], of itself or of the rest.
///
/// # Example
///
/// ```
/// use stats::{StratumSums, pairwise::versus_rest};
/// let mut units = vec![StratumSums::new(1); 3];
/// for i in 0..30 {
///     units[i % 3].add(&[(i64::from(i % 3 > 0 || i % 2 > 0), 1)])?;
/// }
/// let strata: Vec<_> = units.iter().map(StratumSums::as_stratum).collect();
/// let found = versus_rest(&strata, &[0], &[10, 10, 10]);
/// assert_eq!(found[0]?.est, -0.5);
/// # Ok::<(), stats::Unavailable>(())
/// ```
#[must_use]
pub fn versus_rest(
    units: &[Stratum<'_>],
    atoms: &[usize],
    answering: &[i64],
) -> Vec<Result<Estimate, Unavailable>> {
    let without = |at: usize| {
        let others = units.iter().zip(answering).enumerate().filter(move |(other, _)| *other != at);
        others.map(|(_, (unit, answering))| (*unit, *answering)).unzip()
    };
    let compare = |at: usize| {
        let own = answering.get(at).ok_or(Unavailable::Malformed("answering of every unit"))?;
        let (rest, counts): (Vec<Stratum<'_>>, Vec<i64>) = without(at);
        let unit = pooled(&units[at..=at], atoms, &[*own])?;
        Ok(unit.minus_independent(&pooled(&rest, atoms, &counts)?))
    };
    (0..units.len()).map(compare).collect()
}

/// All pairs judged together by the largest |z|.
#[derive(Debug, Clone, PartialEq)]
pub struct MaxZ {
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// The single-step p-value of each; `None` where it has no z.
    pub p: Vec<Option<f64>>,
    /// The interval of each difference; all of them hold theirs at once with probability `level`.
    pub intervals: Vec<Option<Interval>>,
    /// The critical value; 0 without pairs.
    pub critical: f64,
    /// The level, a fraction.
    pub level: f64,
    /// How the distribution of the largest |z| was simulated.
    pub simulation: Simulation,
}

/// Judges all pairs by the distribution of the largest |z| among them, whatever their correlation:
/// Tukey's method for unequal variances.
///
/// # Formula
///
/// ```text
/// M = max |Z_j − Z_k|/σ_jk, Z ~ N(0, Σ)    c = quantile of M at `level`
/// p = P(M ≥ |z|), from the draws, kept between the unadjusted p and Bonferroni's
/// interval: d ± c σ_jk
/// ```
///
/// The two bounds hold for the exact value (Boole), so they only take away error of the simulation;
/// far out they keep p off 0.
///
/// # Source
///
/// Hothorn, Bretz and Westfall 2008, Biom J 50:346.
///
/// # Errors
///
/// As [`crate::ranks::simultaneous`], for any level between 0 and 1.
///
/// # Example
///
/// ```
/// use stats::{joint::Joint, pairwise::max_z, random::Simulation};
/// let joint = Joint::correlated(&[0.9, 0.8], &[1e-4, 0.0, 0.0, 1e-4])?;
/// let found = max_z(&joint, 0.95, Simulation { draws: 50_000, seed: 1 })?;
/// assert!((found.critical - 1.96).abs() < 0.03); // of a single pair the normal quantile
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn max_z(joint: &Joint, level: f64, simulation: Simulation) -> Result<MaxZ, Unavailable> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Unavailable::Malformed("a level between 0 and 1"));
    }
    let pairs = correlated(joint);
    let contrast =
        |pair: &Pair| pair.se.map(|se| Contrast { one: pair.one, other: pair.other, weight: 1.0 / se });
    let contrasts = Contrasts { either: pairs.iter().filter_map(contrast).collect(), signed: Vec::new() };
    let tests = contrasts.either.len() as f64;
    let mut maxima = maxima(joint, simulation, &contrasts)?;
    let critical = quantile(&maxima, level);
    maxima.sort_unstable_by(f64::total_cmp);
    let beyond = |z: f64| maxima.len() - maxima.partition_point(|largest| *largest < z.abs());
    let adjust = |pair: &Pair| {
        let (z, p) = (pair.z?, pair.p?);
        Some((beyond(z) as f64 / maxima.len() as f64).clamp(p, (tests * p).min(1.0)))
    };
    let interval = |pair: &Pair| {
        let reach = critical * pair.se?;
        Interval::of(pair.difference - reach, pair.difference + reach)
    };
    let p = pairs.iter().map(adjust).collect();
    let intervals = pairs.iter().map(interval).collect();
    Ok(MaxZ { pairs, p, intervals, critical, level, simulation })
}

/// The p-value of a unit against the rest, or of any other difference of different respondents;
/// the same as [`two_sided_p`], with its z.
///
/// # Formula
///
/// z = d/se, p = 2 P(Z > |z|). `None` without se or with 0.
///
/// # Source
///
/// Korn and Graubard 1999, section 5.
///
/// # Example
///
/// ```
/// let gap = stats::Estimate { est: 0.04, se: Some(0.02), df: 9, n: 10, answers: 10, lonely: 0 };
/// let (z, p) = stats::pairwise::z_test(&gap).unwrap();
/// assert_eq!(z, 2.0);
/// assert!((p - 0.0455).abs() < 1e-4);
/// ```
#[must_use]
pub fn z_test(difference: &Estimate) -> Option<(f64, f64)> {
    let p = two_sided_p(difference)?;
    let z = difference.est / difference.se?;
    z.is_finite().then_some((z, p))
}

/// (0,1), (0,2), …, (1,2), …
fn pairs(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(move |one| (one + 1..size).map(move |other| (one, other)))
}
