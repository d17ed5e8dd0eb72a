//! How a sample is shared out among strata.

use crate::root::bisect;
use std::error::Error;
use std::fmt;

/// A stratum to draw from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// People in it.
    pub population: i64,
    /// The standard deviation of the answers in it, for Neyman's rule; at most ½ for a share.
    pub deviation: f64,
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// In proportion to the people N: every person counts the same.
    Proportional,
    /// In proportion to N S: the most precise figure for the whole.
    Neyman,
    /// In proportion to √N: a compromise between the whole and its parts.
    SquareRoot,
}

/// Why a sample cannot be shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAllocation {
    /// A negative number of people, a deviation that is no number of 0 or more, a negative sample.
    Malformed,
    /// The sample is smaller than the minimum of all strata together (this many).
    TooFew(i64),
    /// The sample is larger than the population (this many).
    TooMany(i64),
}

impl fmt::Display for NoAllocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => write!(f, "numbers of people and deviations must not be negative"),
            Self::TooFew(least) => write!(f, "the minimum of the strata needs {least}"),
            Self::TooMany(most) => write!(f, "there are only {most} people"),
        }
    }
}

impl Error for NoAllocation {}

/// A stratum as the sharing sees it.
#[derive(Clone, Copy)]
struct Share {
    weight: f64,
    low: f64,
    high: f64,
}

/// A sample of `n` shared out, not rounded, in the order of the strata. It adds up to n; no stratum gets
/// more than its people, nor fewer than `minimum` (or all its people, if they are fewer).
///
/// # Formula
///
/// ```text
/// n_h = min(N_h, max(minimum, λ a_h))    a_h = N_h, N_h S_h or √N_h;   λ such that Σ n_h = n
/// ```
///
/// That is what sharing out again after every stratum that is too full or too small ends at, whatever
/// the order. Where all strata with a_h > 0 are full, the rest goes to the others in proportion to N_h.
///
/// # Errors
///
/// [`NoAllocation`], by reason.
///
/// # Source
///
/// Neyman 1934, J R Stat Soc 97:558; Cochran 1977, sections 5.5–5.8; √N: Bankier 1988, Am Stat 42:174
/// (power allocation).
///
/// # Example
///
/// ```
/// use stats::planning::allocation::{Rule, Stratum, shares};
/// let strata = [(900, 0.1), (100, 0.5), (4, 0.5)].map(|(population, deviation)| Stratum { population, deviation });
/// let shared = shares(&strata, 104, Rule::Proportional, 4)?;
/// assert!((shared[0] - 90.0).abs() < 1e-9 && (shared[2] - 4.0).abs() < 1e-9);
/// # Ok::<(), stats::planning::allocation::NoAllocation>(())
/// ```
pub fn shares(strata: &[Stratum], n: i64, rule: Rule, minimum: i64) -> Result<Vec<f64>, NoAllocation> {
    let sound = |stratum: &Stratum| {
        stratum.population >= 0 && stratum.deviation >= 0.0 && stratum.deviation.is_finite()
    };
    if n < 0 || minimum < 0 || !strata.iter().all(sound) {
        return Err(NoAllocation::Malformed);
    }
    let total = |of: &dyn Fn(&Stratum) -> i64| {
        strata
            .iter()
            .try_fold(0_i64, |sum, stratum| sum.checked_add(of(stratum)))
            .ok_or(NoAllocation::Malformed)
    };
    let least = total(&|stratum| stratum.population.min(minimum))?;
    let most = total(&|stratum| stratum.population)?;
    if n < least {
        return Err(NoAllocation::TooFew(least));
    }
    if n > most {
        return Err(NoAllocation::TooMany(most));
    }
    let mut limits: Vec<Share> = strata.iter().map(|stratum| limit(stratum, rule, minimum)).collect();
    let room: f64 = limits.iter().map(|share| if share.weight > 0.0 { share.high } else { share.low }).sum();
    if room < n as f64 {
        // Even full, those with a weight are not enough.
        for (share, stratum) in limits.iter_mut().zip(strata) {
            let full = share.weight > 0.0;
            let low = if full { share.high } else { share.low };
            *share =
                Share { weight: if full { 0.0 } else { stratum.population as f64 }, low, high: share.high };
        }
    }
    Ok(fill(&limits, n as f64))
}

/// The same in whole people: rounded down, and those left given to the largest remainders (the first of
/// equal ones), within the same limits.
///
/// # Formula
///
/// Largest remainders of [`shares`].
///
/// # Errors
///
/// As [`shares`].
///
/// # Source
///
/// Hamilton's method: Balinski and Young 1982, Fair Representation, ch. 3.
///
/// # Example
///
/// ```
/// use stats::planning::allocation::{Rule, Stratum, allocate};
/// let strata = [Stratum { population: 50, deviation: 0.4 }; 3];
/// assert_eq!(allocate(&strata, 100, Rule::Neyman, 2)?, [34, 33, 33]);
/// # Ok::<(), stats::planning::allocation::NoAllocation>(())
/// ```
#[expect(clippy::cast_possible_truncation, reason = "between 0 and the population, rounded down")]
pub fn allocate(strata: &[Stratum], n: i64, rule: Rule, minimum: i64) -> Result<Vec<i64>, NoAllocation> {
    let shares = shares(strata, n, rule, minimum)?;
    // Half a billionth above a whole number is rounding of the shares, not a remainder.
    let mut whole: Vec<i64> = shares.iter().map(|share| (share + 1e-9).floor() as i64).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let remainder = |at: usize| shares[at] - (shares[at] + 1e-9).floor();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    // The remainders of n shares add up to the people left: fewer than there are strata with one, and a
    // stratum at a limit has none.
    let left = usize::try_from(n - whole.iter().sum::<i64>()).unwrap_or(0);
    for &at in order.iter().take(left) {
        whole[at] += 1;
    }
    Ok(whole)
}

fn limit(stratum: &Stratum, rule: Rule, minimum: i64) -> Share {
    let people = stratum.population as f64;
    let weight = match rule {
        Rule::Proportional => people,
        Rule::Neyman => people * stratum.deviation,
        Rule::SquareRoot => people.sqrt(),
    };
    Share { weight, low: stratum.population.min(minimum) as f64, high: people }
}

/// min(high, max(low, λ weight)) with the λ that makes the sum n.
fn fill(limits: &[Share], n: f64) -> Vec<f64> {
    let at = |factor: f64, share: &Share| (factor * share.weight).max(share.low).min(share.high);
    let sum = |factor: f64| limits.iter().map(|share| at(factor, share)).sum::<f64>();
    let full = limits.iter().filter(|share| share.weight > 0.0).map(|share| share.high / share.weight);
    let factor = bisect(0.0, full.fold(1.0, f64::max), |factor| sum(factor) < n);
    polish(limits, n, factor).unwrap_or_else(|| limits.iter().map(|share| at(factor, share)).collect())
}

/// The shares between their limits follow from the others without the error of the search.
fn polish(limits: &[Share], n: f64, factor: f64) -> Option<Vec<f64>> {
    let free = |share: &Share| {
        let value = factor * share.weight;
        value > share.low && value < share.high
    };
    let fixed: f64 = limits.iter().filter(|share| !free(share)).map(|share| hold(share, factor)).sum();
    let weights: f64 = limits.iter().filter(|share| free(share)).map(|share| share.weight).sum();
    let exact = (n - fixed) / weights;
    let value = |share: &Share| {
        if free(share) { (exact * share.weight).clamp(share.low, share.high) } else { hold(share, factor) }
    };
    (weights > 0.0 && exact.is_finite()).then(|| limits.iter().map(value).collect())
}

fn hold(share: &Share, factor: f64) -> f64 {
    if factor * share.weight >= share.high { share.high } else { share.low }
}
