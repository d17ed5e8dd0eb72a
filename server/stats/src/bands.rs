//! Bands: which units stand clearly above or below their peers, judged together.
//!
//! A list of units sorted by their shares is mostly noise. A band is a claim: this unit differs from
//! the others by more than a margin, and the chance that *any* unit of the list is named wrongly
//! stays below α. Everything else "cannot be told from the others", which does not mean equal.

use crate::comparison::Evidence;
use crate::multiplicity::{benjamini_hochberg, holm};

/// What may be said of one difference of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Greater, by more than the margin.
    Above,
    /// Not distinguishable.
    Even,
    /// Smaller, by more than the margin.
    Below,
}

/// The bands of units against their peers, for claims: at level α over all of them.
///
/// # Formula
///
/// Holm over the p-values of |θ| ≤ δ ([`Evidence::p`]); where it is at most α, the nearer end says
/// which way.
///
/// # Source
///
/// Holm 1979; statement of direction at half the level each, see [`Evidence::p`].
///
/// # Example
///
/// ```
/// use stats::bands::{Verdict, bands};
/// use stats::comparison::Evidence;
/// let clear = Evidence { difference: -0.2, above: 1.0, below: 1e-6 };
/// let vague = Evidence { difference: 0.05, above: 0.03, below: 0.99 };
/// assert_eq!(bands(&[vague, clear], 0.05), [Verdict::Even, Verdict::Below]);
/// ```
#[must_use]
pub fn bands(evidence: &[Evidence], alpha: f64) -> Vec<Verdict> {
    verdicts(evidence, holm, alpha)
}

/// The same for screening a long list: on average at most the share α of what is named is named
/// wrongly.
///
/// # Formula
///
/// As [`bands`], with Benjamini and Hochberg in the place of Holm.
///
/// # Source
///
/// Benjamini and Hochberg 1995.
///
/// # Example
///
/// ```
/// use stats::bands::{Verdict, bands, screened};
/// use stats::comparison::Evidence;
/// let rise = Evidence { difference: 0.1, above: 0.009, below: 0.99 };
/// assert_eq!(bands(&[rise; 3], 0.05), [Verdict::Even; 3]);
/// assert_eq!(screened(&[rise; 3], 0.05), [Verdict::Above; 3]);
/// ```
#[must_use]
pub fn screened(evidence: &[Evidence], alpha: f64) -> Vec<Verdict> {
    verdicts(evidence, benjamini_hochberg, alpha)
}

fn verdicts(evidence: &[Evidence], adjust: fn(&[f64]) -> Vec<f64>, alpha: f64) -> Vec<Verdict> {
    let p: Vec<f64> = evidence.iter().map(Evidence::p).collect();
    let verdict = |(found, p): (&Evidence, f64)| match (p <= alpha, found.above < found.below) {
        (false, _) => Verdict::Even,
        (true, true) => Verdict::Above,
        (true, false) => Verdict::Below,
    };
    evidence.iter().zip(adjust(&p)).map(verdict).collect()
}
