//! What unequal weights cost.

use crate::sum::sum;

/// The part of the design effect that unequal weights alone bring: 1 + cv²(w).
///
/// # Formula
///
/// n Σw² / (Σw)², over the rows with a weight above 0. `None` without any.
///
/// # Source
///
/// Kish 1965, Survey Sampling, section 11.7; Kish 1992, J Off Stat 8:183.
///
/// # Example
///
/// ```
/// assert_eq!(stats::weighting::kish(&[2.0, 2.0]), Some(1.0));
/// assert_eq!(stats::weighting::kish(&[1.0, 3.0]), Some(1.25));
/// assert_eq!(stats::weighting::kish(&[]), None);
/// ```
#[must_use]
pub fn kish(weights: &[f64]) -> Option<f64> {
    let counted = || weights.iter().copied().filter(|w| *w != 0.0);
    let total = sum(counted());
    let effect = counted().count() as f64 * sum(counted().map(|w| w * w)) / (total * total);
    (total > 0.0 && effect.is_finite()).then_some(effect)
}

/// A design effect against sampling **without** replacement.
///
/// # Formula
///
/// v / ((s²/n)(N̂ − n)/N̂), N̂ = Σw. `None` unless N̂ > n and s² > 0.
///
/// # Source
///
/// Kish 1965, section 8.2; R `svymean(deff = TRUE)`.
///
/// # Example
///
/// ```
/// assert_eq!(stats::weighting::effect_without_replacement(0.5, 10.0, 10, 20.0), Some(1.0));
/// ```
#[must_use]
pub fn effect_without_replacement(variance: f64, spread: f64, n: i64, population: f64) -> Option<f64> {
    let n = n as f64;
    let simple = spread / n * (population - n) / population;
    let effect = variance / simple;
    (n > 0.0 && simple > 0.0 && effect.is_finite()).then_some(effect)
}
