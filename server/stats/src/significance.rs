//! Whether a difference can be told from chance.

use crate::estimate::Estimate;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Degrees of freedom beyond which t is the normal distribution to more digits than anybody reads,
/// and beyond which statrs is wrong (statistics.md 12.1).
const NORMAL_FROM: i64 = 10_000;

/// The two-sided p-value of a difference: how often chance alone gives one at least as large.
///
/// `None` without a standard error, or with one of 0 (everybody alike is no certainty, and a test on
/// it would claim one), or without degrees of freedom.
///
/// # Formula
///
/// `2 P(T_df ≥ |est − null| / se)`.
///
/// # Source
///
/// Student 1908; Korn and Graubard 1999, section 5.2 for the degrees of freedom.
///
/// # Example
///
/// ```
/// use stats::{Estimate, significance::p_value};
/// let gap = Estimate { est: 0.05, se: Some(0.025), df: 60, n: 61, answers: 61, lonely: 0 };
/// assert!((p_value(&gap, 0.0).unwrap() - 0.0500).abs() < 1e-3);
/// ```
#[must_use]
pub fn p_value(difference: &Estimate, null: f64) -> Option<f64> {
    let se = difference.se.filter(|se| *se > 0.0 && se.is_finite())?;
    let t = ((difference.est - null) / se).abs();
    if difference.df < 1 || !t.is_finite() {
        return None;
    }
    let above = if difference.df > NORMAL_FROM {
        Normal::standard().sf(t)
    } else {
        StudentsT::new(0.0, 1.0, difference.df as f64).ok()?.sf(t)
    };
    Some((2.0 * above).min(1.0))
}

/// The difference of two figures of **different people**, first minus second: variances add, degrees of
/// freedom by Satterthwaite, rounded down.
///
/// `None` where either has no standard error.
///
/// # Formula
///
/// `V = V₁ + V₂`, `df = V² / (V₁²/df₁ + V₂²/df₂)`.
///
/// # Source
///
/// Satterthwaite 1946, Biometrics Bulletin 2:110; Welch 1947, Biometrika 34:28.
///
/// # Example
///
/// ```
/// use stats::{Estimate, significance::independent};
/// let one = Estimate { est: 0.9, se: Some(0.03), df: 99, n: 100, answers: 100, lonely: 0 };
/// let other = Estimate { est: 0.8, se: Some(0.04), df: 99, n: 100, answers: 100, lonely: 0 };
/// let gap = independent(&one, &other).unwrap();
/// assert!((gap.est - 0.1).abs() < 1e-15 && (gap.se.unwrap() - 0.05).abs() < 1e-15);
/// assert_eq!(gap.df, 183);
/// ```
#[must_use]
pub fn independent(first: &Estimate, second: &Estimate) -> Option<Estimate> {
    let (one, other) = (first.variance()?, second.variance()?);
    let sum = one + other;
    let share = |variance: f64, df: i64| if variance == 0.0 { 0.0 } else { variance * variance / df as f64 };
    let spread = share(one, first.df) + share(other, second.df);
    let df = if spread > 0.0 { sum * sum / spread } else { (first.df + second.df) as f64 };
    let df = whole_below(df + 1e-9, first.df.saturating_add(second.df));
    Some(Estimate {
        est: first.est - second.est,
        se: Some(sum.sqrt()),
        df,
        n: first.n.saturating_add(second.n),
        answers: first.answers.saturating_add(second.answers),
        lonely: first.lonely.saturating_add(second.lonely),
    })
}

/// The largest whole number from 0 to `most` that is not above a value.
fn whole_below(value: f64, most: i64) -> i64 {
    let (mut low, mut high) = (0, most.max(0));
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if middle as f64 <= value { low = middle } else { high = middle - 1 }
    }
    low
}
