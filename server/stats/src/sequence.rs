//! Intervals that may be looked at after every answer: with probability `level` they hold the true
//! value at all times at once.
//!
//! They say what the average since the start is. For "has it fallen lately?" see [`crate::alarm`],
//! which is much quicker.

use crate::interval::Interval;
use crate::root::bisect;
use statrs::function::gamma::ln_gamma;

/// The interval for the share of a yes/no question after `satisfied` of `answered`, valid at all
/// times at once.
///
/// # Formula
///
/// ```text
/// {p : B(x+a, n−x+b)/B(a, b) < p^x (1−p)^(n−x)/(1 − level)}
/// ```
///
/// The ratio of a Beta(a, b) mixture to the likelihood of p is a martingale under p; by Ville's
/// inequality it ever reaches 1/(1−level) with probability at most 1 − level. The set is an interval
/// because the likelihood has one peak. The prior (a, b) changes the width, never the guarantee;
/// (1, 1) without knowledge, about (9, 1) where shares lie near 0.9.
///
/// `None` unless 0 ≤ x ≤ n, a and b are positive, and 0 < level < 1.
///
/// # Source
///
/// Robbins 1970, Ann Math Stat 41:1397; Howard, Ramdas, McAuliffe and Sekhon 2021, Ann Stat 49:1055.
///
/// # Example
///
/// ```
/// use stats::sequence::mixture;
/// let found = mixture(90, 100, (1.0, 1.0), 0.95).unwrap();
/// assert!(found.low < 0.82 && 0.95 < found.high); // wider than the interval of a single look
/// let before = mixture(0, 0, (1.0, 1.0), 0.95).unwrap();
/// assert_eq!((before.low, before.high), (0.0, 1.0));
/// ```
#[must_use]
pub fn mixture(satisfied: i64, answered: i64, prior: (f64, f64), level: f64) -> Option<Interval> {
    let (x, rest) = (satisfied as f64, (answered.checked_sub(satisfied)?) as f64);
    let fits = |parameter: f64| parameter > 0.0 && parameter.is_finite();
    if x < 0.0 || rest < 0.0 || !fits(prior.0) || !fits(prior.1) || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let evidence = ln_beta(x + prior.0, rest + prior.1) - ln_beta(prior.0, prior.1);
    let term = |count: f64, p: f64| if count > 0.0 { count * p.ln() } else { 0.0 };
    let outside = |p: f64, q: f64| evidence >= term(x, p) + term(rest, q) - (1.0 - level).ln();
    let peak = if answered > 0 { x / (x + rest) } else { 0.5 };
    let low = if outside(0.0, 1.0) { bisect(0.0, peak, |p| outside(p, 1.0 - p)) } else { 0.0 };
    // the distance to 1, which keeps its digits
    let high = if outside(1.0, 0.0) { bisect(0.0, 1.0 - peak, |q| outside(1.0 - q, q)) } else { 0.0 };
    Interval::of(low, 1.0 - high)
}

/// A confidence sequence for the mean of values in 0..1, such as scores/100, by the empirical
/// Bernstein inequality. Values are taken one after the other: their order matters, and what is kept
/// are five sums.
///
/// # Formula
///
/// ```text
/// C_t = Σλx/Σλ ± (ln(2/(1−level)) + Σ (x − μ)² ψ(λ))/Σλ,  ψ(λ) = −ln(1−λ) − λ
/// λ_t = min(½, √(2 ln(2/(1−level))/(σ² t ln(1+t))))
/// ```
///
/// μ and σ² of the values before t: μ = (½ + Σx)/t, σ² = (¼ + Σ(x − μ)²)/t.
///
/// # Source
///
/// Waudby-Smith and Ramdas 2024, JRSS B 86:1, theorem 2.
///
/// # Example
///
/// ```
/// use stats::sequence::EmpiricalBernstein;
/// let mut sequence = EmpiricalBernstein::new(0.95).unwrap();
/// for i in 0..400 {
///     sequence.add(if i % 4 == 0 { 0.5 } else { 0.9 }).unwrap();
/// }
/// let found = sequence.interval().unwrap();
/// assert!(found.low < 0.8 && 0.8 < found.high && found.high - found.low < 0.15);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EmpiricalBernstein {
    /// ln(2/(1 − level)).
    cost: f64,
    n: f64,
    sum: f64,
    squares: f64,
    weights: f64,
    weighted: f64,
    spread: f64,
}

impl EmpiricalBernstein {
    /// Before the first value. `None` unless 0 < level < 1.
    #[must_use]
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then(|| Self {
            cost: (2.0 / (1.0 - level)).ln(),
            n: 0.0,
            sum: 0.0,
            squares: 0.0,
            weights: 0.0,
            weighted: 0.0,
            spread: 0.0,
        })
    }

    /// Takes the next value; `None`, and nothing taken, unless it lies in 0..1.
    pub fn add(&mut self, value: f64) -> Option<()> {
        if !(0.0..=1.0).contains(&value) {
            return None;
        }
        let t = self.n + 1.0;
        let mean = (0.5 + self.sum) / t;
        let variance = (0.25 + self.squares) / t;
        let bet = (2.0 * self.cost / (variance * t * t.ln_1p())).sqrt().min(0.5);
        self.weights += bet;
        self.weighted += bet * value;
        self.spread += (value - mean).powi(2) * (-(-bet).ln_1p() - bet);
        self.n = t;
        self.sum += value;
        self.squares += (value - (0.5 + self.sum) / (t + 1.0)).powi(2);
        Some(())
    }

    /// The interval now; 0..1 before the first value.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        if self.weights <= 0.0 {
            return Interval::of(0.0, 1.0);
        }
        let centre = self.weighted / self.weights;
        let reach = (self.cost + self.spread) / self.weights;
        Interval::of((centre - reach).max(0.0), (centre + reach).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::{EmpiricalBernstein, mixture};

    #[test]
    fn the_mixture_has_a_closed_form_where_all_are_satisfied() {
        // with the flat prior the evidence of n satisfied is 1/(n+1): p^n = 0.05/(n+1)
        for n in [1_i64, 10, 1_000] {
            let found = mixture(n, n, (1.0, 1.0), 0.95).unwrap();
            let exact = (0.05 / (n + 1) as f64).powf(1.0 / n as f64);
            assert!((found.low - exact).abs() < 1e-12 && found.high >= 1.0, "{n}");
            let turned = mixture(0, n, (1.0, 1.0), 0.95).unwrap();
            assert!((turned.high - (1.0 - exact)).abs() < 1e-12 && turned.low <= 0.0, "{n}");
        }
    }

    #[test]
    fn nonsense_gives_none() {
        for (x, n) in [(-1, 5), (6, 5), (i64::MIN, i64::MAX)] {
            assert_eq!(mixture(x, n, (1.0, 1.0), 0.95), None);
        }
        assert_eq!(mixture(1, 2, (0.0, 1.0), 0.95), None);
        assert_eq!(mixture(1, 2, (1.0, 1.0), 1.0), None);
        assert!(EmpiricalBernstein::new(f64::NAN).is_none());
        let mut sequence = EmpiricalBernstein::new(0.95).unwrap();
        assert!(sequence.add(1.1).is_none() && sequence.add(f64::NAN).is_none());
        assert_eq!(sequence, EmpiricalBernstein::new(0.95).unwrap());
        assert!(mixture(1_000_000_000, 2_000_000_000, (1.0, 1.0), 0.95).is_some());
    }
}
