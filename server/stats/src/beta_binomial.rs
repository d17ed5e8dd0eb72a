//! Small units by the beta-binomial model: only the satisfied and the answers of every unit.

use crate::estimate::Unavailable;
use crate::interval::Interval;
use crate::modelled::Modelled;
use crate::quantile::{beta, tail};
use crate::root::bisect;

/// The fitted model: true shares of units are spread as Beta(α, β).
#[derive(Debug, Clone, PartialEq)]
pub struct BetaBinomial {
    /// α and β; `None` where the counts vary no more than chance alone makes them, so that every
    /// unit is given the share of all.
    pub prior: Option<(f64, f64)>,
    /// Mean of the prior, a fraction.
    pub mean: f64,
    /// A modelled share for every unit.
    pub areas: Vec<Modelled>,
    /// The interval of each, from the posterior distribution; `None` without a prior, whose point
    /// would claim certainty.
    pub intervals: Vec<Option<Interval>>,
}

/// More answers of one unit are refused: every one of them is a step of the likelihood.
const MOST: i64 = 1 << 24;

/// The largest spread 1/(α+β) that is looked at; beyond it every unit is all or nothing.
const WIDEST: f64 = 1e6;

/// Fits α and β by maximum likelihood and gives each unit its posterior mean.
///
/// `counts` are (satisfied, answered) of every unit.
///
/// # Formula
///
/// With μ = α/(α+β), θ = 1/(α+β) the log-likelihood is
///
/// ```text
/// Σ_d Σ_{i<x_d} ln(μ + iθ) + Σ_{i<n_d−x_d} ln(1−μ + iθ) − Σ_{i<n_d} ln(1 + iθ)
/// ```
///
/// which is regular at θ = 0, the binomial. If its slope in θ is not positive there, no variation
/// beyond chance is found. Else θ is the root of the slope at the best μ of each θ. Posterior:
/// Beta(x+α, n−x+β); its mean, and its quantiles (1∓level)/2.
///
/// # Source
///
/// Griffiths 1973, Biometrics 29:637; Rao and Molina 2015, section 9.5. The intervals do not contain
/// the error of α and β.
///
/// # Errors
///
/// [`Unavailable::NoAnswers`] without answers, [`Unavailable::Inconsistent`] for counts that cannot be
/// or a spread without end, [`Unavailable::TooLarge`] above 2²⁴ answers of a unit.
///
/// # Example
///
/// ```
/// use stats::beta_binomial::fit;
/// let model = fit(&[(9, 10), (2, 10), (10, 10), (5, 10), (0, 10)], 0.95)?;
/// let (alpha, beta) = model.prior.unwrap();
/// assert!((model.areas[0].value - (9.0 + alpha) / (10.0 + alpha + beta)).abs() < 1e-12);
/// // three units as chance makes them
/// assert_eq!(fit(&[(8, 10), (7, 10), (8, 10)], 0.95)?.prior, None);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn fit(counts: &[(i64, i64)], level: f64) -> Result<BetaBinomial, Unavailable> {
    let tallies = Tallies::of(counts)?;
    let (satisfied, answered) =
        counts.iter().fold((0, 0), |(x, n), (satisfied, all)| (x + satisfied, n + all));
    let pooled = satisfied as f64 / answered as f64;
    let rises = |spread: f64| tallies.slope(tallies.best_mean(spread), spread) > 0.0;
    if satisfied == 0 || satisfied == answered || tallies.slope(pooled, 0.0) <= 0.0 {
        return Ok(BetaBinomial {
            prior: None,
            mean: pooled,
            areas: counts.iter().map(|_| modelled(pooled, pooled, 0.0)).collect(),
            intervals: vec![None; counts.len()],
        });
    }
    if rises(WIDEST) {
        return Err(Unavailable::Inconsistent("units that are not all or nothing"));
    }
    let spread = bisect(0.0, WIDEST, rises);
    let mean = tallies.best_mean(spread);
    let (alpha, beta_) = (mean / spread, (1.0 - mean) / spread);
    let area = |(x, n): &(i64, i64)| {
        let (x, n) = (*x as f64, *n as f64);
        let total = n + alpha + beta_;
        Modelled {
            mse: Some((x + alpha) * (n - x + beta_) / (total * total * (total + 1.0))),
            ..modelled((x + alpha) / total, mean, n / total)
        }
    };
    let interval = |(x, n): &(i64, i64)| {
        let (a, b, tail) = (*x as f64 + alpha, (n - x) as f64 + beta_, tail(level)?);
        Interval::of(beta(tail, a, b)?, beta(1.0 - tail, a, b)?)
    };
    Ok(BetaBinomial {
        prior: Some((alpha, beta_)),
        mean,
        areas: counts.iter().map(area).collect(),
        intervals: counts.iter().map(interval).collect(),
    })
}

fn modelled(value: f64, synthetic: f64, own_weight: f64) -> Modelled {
    Modelled { value, mse: None, synthetic, own_weight }
}

/// How many units have more than i satisfied, more than i others, more than i answers.
struct Tallies {
    satisfied: Vec<f64>,
    others: Vec<f64>,
    answered: Vec<f64>,
}

impl Tallies {
    fn of(counts: &[(i64, i64)]) -> Result<Self, Unavailable> {
        if counts.iter().any(|(x, n)| *x < 0 || x > n) {
            return Err(Unavailable::Inconsistent("0 <= satisfied <= answered"));
        }
        if counts.iter().all(|(_, n)| *n == 0) {
            return Err(Unavailable::NoAnswers);
        }
        if counts.iter().any(|(_, n)| *n > MOST) {
            return Err(Unavailable::TooLarge);
        }
        Ok(Self {
            satisfied: above(counts.iter().map(|(x, _)| *x)),
            others: above(counts.iter().map(|(x, n)| n - x)),
            answered: above(counts.iter().map(|(_, n)| *n)),
        })
    }

    /// The derivative of the log-likelihood by θ.
    fn slope(&self, mean: f64, spread: f64) -> f64 {
        let part = |tally: &[f64], base: f64| -> f64 {
            let term = |(i, units): (usize, &f64)| units * i as f64 / (base + i as f64 * spread);
            tally.iter().enumerate().map(term).sum()
        };
        part(&self.satisfied, mean) + part(&self.others, 1.0 - mean) - part(&self.answered, 1.0)
    }

    /// The μ of the largest likelihood at a given θ; the likelihood is concave in it.
    fn best_mean(&self, spread: f64) -> f64 {
        let part = |tally: &[f64], base: f64| -> f64 {
            tally.iter().enumerate().map(|(i, units)| units / (base + i as f64 * spread)).sum()
        };
        bisect(0.0, 1.0, |mean| part(&self.satisfied, mean) > part(&self.others, 1.0 - mean))
    }
}

/// For every i how many of the counts are above it.
fn above(counts: impl Iterator<Item = i64>) -> Vec<f64> {
    let mut tally: Vec<f64> = Vec::new();
    for count in counts {
        let count = usize::try_from(count).unwrap_or(0);
        if tally.len() < count {
            tally.resize(count, 0.0);
        }
        if count > 0 {
            tally[count - 1] += 1.0;
        }
    }
    for at in (1..tally.len()).rev() {
        tally[at - 1] += tally[at];
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::{above, fit};

    #[test]
    fn tallies_count_what_is_above() {
        assert_eq!(above([3, 0, 1].into_iter()), [2.0, 1.0, 1.0]);
    }

    #[test]
    fn all_satisfied_nobody_and_nobody_asked_need_no_prior() {
        for counts in [&[(5, 5), (9, 9)][..], &[(0, 5), (0, 9)], &[(1, 1), (0, 1), (1, 1)], &[(4, 9)]] {
            let model = fit(counts, 0.95).unwrap();
            assert_eq!(model.prior, None, "{counts:?}");
            assert!(model.intervals.iter().all(Option::is_none));
            assert!(model.areas.iter().all(|area| area.value.to_bits() == model.mean.to_bits()));
        }
        assert!(fit(&[], 0.95).is_err() && fit(&[(0, 0)], 0.95).is_err());
        assert!(fit(&[(6, 5)], 0.95).is_err() && fit(&[(1, i64::MAX)], 0.95).is_err());
        assert!(fit(&[(9, 9), (0, 9), (9, 9)], 0.95).is_err(), "units that are all or nothing");
    }

    #[test]
    fn a_unit_without_answers_is_given_the_prior() {
        let model = fit(&[(9, 10), (2, 10), (10, 10), (5, 10), (0, 0)], 0.95).unwrap();
        assert!((model.areas[4].value - model.mean).abs() < 1e-12 && model.areas[4].own_weight == 0.0);
        assert!(model.intervals[4].is_some());
    }
}
