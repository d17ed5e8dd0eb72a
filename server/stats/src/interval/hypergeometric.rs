//! The exact interval for a sample from a small finite population.

use statrs::function::gamma::ln_gamma;

use super::Interval;
use crate::quantile::tail;

/// Larger populations are refused: there the binomial intervals serve as well.
const LARGEST: i64 = 1_000_000_000;

/// How many of the whole population may be satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// The size of the population.
    pub population: i64,
    /// The smallest number of satisfied that agrees with the sample.
    pub low: i64,
    /// The largest.
    pub high: i64,
}

impl Counts {
    /// The same as shares of the population.
    ///
    /// # Example
    ///
    /// ```
    /// let counts = stats::interval::hypergeometric::exact(49, 1, 1, 0.95).unwrap();
    /// assert_eq!(counts.shares().low, 2.0 / 49.0);
    /// ```
    #[must_use]
    pub fn shares(&self) -> Interval {
        let size = self.population as f64;
        Interval { low: self.low as f64 / size, high: self.high as f64 / size }
    }
}

/// The exact interval for the number satisfied among `population` people, of whom `n` were drawn
/// without replacement and `x` of those were satisfied.
///
/// # Formula
///
/// The smallest and the largest K with P(X ≥ x) > α/2 and P(X ≤ x) > α/2, X hypergeometric
/// (population, K, n). `None` unless 0 ≤ x ≤ n ≤ population ≤ 1e9, n ≥ 1, 0 < level < 1.
///
/// # Source
///
/// Buonaccorsi 1987, Am Stat 41:215; Cochran 1977, section 3.6.
///
/// # Example
///
/// ```
/// use stats::interval::hypergeometric::exact;
/// let counts = exact(30, 20, 18, 0.95).unwrap();
/// assert!(counts.low >= 18 && counts.high <= 28); // what was not seen bounds it either way
/// assert_eq!(exact(30, 31, 18, 0.95), None);
/// ```
#[must_use]
pub fn exact(population: i64, n: i64, x: i64, level: f64) -> Option<Counts> {
    let tail = tail(level)?;
    if !(n >= 1 && n <= population && population <= LARGEST && (0..=n).contains(&x)) {
        return None;
    }
    // P(X ≥ x) rises with K, P(X ≤ x) falls: each limit is one search.
    let low = first(x, population - (n - x), |satisfied| {
        1.0 - at_most(population, satisfied, n, x - 1) > tail && at_least(population, satisfied, n, x) > tail
    });
    let above =
        first(low, population - (n - x) + 1, |satisfied| at_most(population, satisfied, n, x) <= tail);
    Some(Counts { population, low, high: above - 1 })
}

/// The first number from `low` on that holds, `high` if none before does.
fn first(mut low: i64, mut high: i64, holds: impl Fn(i64) -> bool) -> i64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// P(X ≥ x).
pub(crate) fn at_least(population: i64, satisfied: i64, n: i64, x: i64) -> f64 {
    at_most(population, population - satisfied, n, n - x)
}

/// P(X ≤ x), summed from the end that is away from the middle, so that terms fall.
fn at_most(population: i64, satisfied: i64, n: i64, x: i64) -> f64 {
    let smallest = (n - (population - satisfied)).max(0);
    let largest = n.min(satisfied);
    if x < smallest {
        return 0.0;
    }
    if x >= largest {
        return 1.0;
    }
    let mean = n as f64 * satisfied as f64 / population as f64;
    if x as f64 <= mean {
        fall(population, satisfied, n, x)
    } else {
        // The others: n − X dissatisfied, of population − satisfied.
        1.0 - fall(population, population - satisfied, n, n - x - 1)
    }
}

/// Σ of P(X = j) for j = x, x−1, …; x lies at or below the mean.
fn fall(population: i64, satisfied: i64, n: i64, x: i64) -> f64 {
    let rest = population - satisfied - n;
    let mut term = probability(population, satisfied, n, x);
    let (mut sum, mut at) = (term, x);
    while at > 0 && rest + at > 0 && term > sum * f64::EPSILON / 16.0 {
        let (up, down) = (at as f64 * (rest + at) as f64, (satisfied - at + 1) as f64);
        term *= up / down / (n - at + 1) as f64;
        sum += term;
        at -= 1;
    }
    sum.min(1.0)
}

/// P(X = x), by logarithms.
fn probability(population: i64, satisfied: i64, n: i64, x: i64) -> f64 {
    let choose = |from: i64, some: i64| {
        let factorial = |count: i64| ln_gamma(count as f64 + 1.0);
        factorial(from) - factorial(some) - factorial(from - some)
    };
    let ways = choose(satisfied, x) + choose(population - satisfied, n - x);
    (ways - choose(population, n)).exp()
}
