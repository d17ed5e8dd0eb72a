//! Whether a difference can be told from chance.

use crate::estimate::Estimate;
use crate::tail::above_t;

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
    let above = above_t(t, difference.df as f64);
    Some((2.0 * above).min(1.0))
}
