//! More than others have: of straight lines, of answers, of improvement.

use crate::estimate::Estimate;
use crate::interval::hypergeometric;
use crate::poisson;
use crate::significance::p_value;
use crate::tail::above_normal;

/// A share of marked questionnaires: how many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// Questionnaires with the mark, for example straight lines.
    pub marked: i64,
    /// All questionnaires.
    pub n: i64,
}

/// How often chance alone gives an agency so many marked questionnaires, if it is like the others:
/// Fisher's exact test, one-sided. Over several agencies adjust by Benjamini and Hochberg.
///
/// # Formula
///
/// P(X ≥ x), X hypergeometric (all questionnaires, all marked, the agency's). `None` if a side has no
/// questionnaires, or the counts contradict each other.
///
/// # Source
///
/// Fisher 1922, J R Stat Soc 85:87.
///
/// # Example
///
/// ```
/// use stats::stuffing::excess::{Marked, fisher};
/// let p = fisher(Marked { marked: 3, n: 4 }, Marked { marked: 1, n: 4 }).unwrap();
/// assert!((p - 17.0 / 70.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn fisher(agency: Marked, others: Marked) -> Option<f64> {
    let sound = |side: Marked| side.n >= 1 && (0..=side.n).contains(&side.marked);
    if !sound(agency) || !sound(others) {
        return None;
    }
    let all = agency.n.checked_add(others.n)?;
    Some(
        hypergeometric::at_least(all, agency.marked + others.marked, agency.n, agency.marked).clamp(0.0, 1.0),
    )
}

/// More answers than dossiers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overflow {
    /// Answers above the number of dossiers; negative where there are fewer.
    pub excess: i64,
    /// How often chance alone gives so many answers if every single dossier brought one and only the
    /// month of an answer is uncertain.
    pub p: f64,
}

/// Whether there are far more answers than dossiers; `None` for negative counts or nothing at all.
///
/// # Formula
///
/// P(X ≥ answers), X Poisson with mean dossiers; 0 where there are answers without any dossier.
///
/// # Source
///
/// A dossier brings at most one answer, counted in the month it is folded in (statistics.md 12.11).
///
/// # Example
///
/// ```
/// use stats::stuffing::excess::overflow;
/// assert!(overflow(180, 100).unwrap().p < 1e-10);
/// assert!(overflow(103, 100).unwrap().p > 0.3);
/// ```
#[must_use]
pub fn overflow(answers: i64, dossiers: i64) -> Option<Overflow> {
    if answers < 0 || dossiers < 0 || (answers == 0 && dossiers == 0) {
        return None;
    }
    let p = if dossiers == 0 { 0.0 } else { poisson::at_least(answers, dossiers as f64) };
    Some(Overflow { excess: answers - dossiers, p })
}

/// A change of the index beside the change in the number of answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// The later index minus the earlier, in the unit of the index.
    pub difference: f64,
    /// The two-sided p-value of that change.
    pub p: f64,
    /// The two-sided p-value of the change in the number of answers, periods of equal length.
    pub p_answers: f64,
}

/// The index of two periods, **different respondents**; `None` where a change cannot be tested or
/// nobody answered.
///
/// # Formula
///
/// Index: t with v₁ + v₂. Answers: (n₂ − n₁)/√(n₁ + n₂) is normal if both come at the same rate.
///
/// # Source
///
/// Przyborowski and Wilenski 1940, Biometrika 31:313 (two Poisson counts), by the normal limit.
///
/// # Example
///
/// ```
/// use stats::{Estimate, stuffing::excess::jump};
/// let then = Estimate { est: 0.75, se: Some(0.02), df: 199, n: 200, answers: 200, lonely: 0 };
/// let now = Estimate { est: 0.95, n: 205, df: 204, ..then };
/// assert!(jump(&then, &now).unwrap().is_odd(0.01));
/// let more = Estimate { n: 400, df: 399, ..now };
/// assert!(!jump(&then, &more).unwrap().is_odd(0.01), "many more people explain it");
/// ```
#[must_use]
pub fn jump(earlier: &Estimate, later: &Estimate) -> Option<Jump> {
    let change = later.minus_independent(earlier);
    let answers = (earlier.n as f64, later.n as f64);
    let z = (answers.1 - answers.0).abs() / (answers.0 + answers.1).sqrt();
    if earlier.n < 1 || later.n < 1 || !z.is_finite() {
        return None;
    }
    let p = p_value(&change, 0.0)?;
    Some(Jump { difference: change.est, p, p_answers: (2.0 * above_normal(z)).min(1.0) })
}

impl Jump {
    /// Whether the index rose beyond chance while the number of answers did not change beyond chance.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::stuffing::excess::Jump;
    /// assert!(Jump { difference: 0.2, p: 1e-6, p_answers: 0.8 }.is_odd(0.01));
    /// assert!(!Jump { difference: -0.2, p: 1e-6, p_answers: 0.8 }.is_odd(0.01));
    /// ```
    #[must_use]
    pub fn is_odd(&self, alpha: f64) -> bool {
        self.difference > 0.0 && self.p <= alpha && self.p_answers > alpha
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_without_marks_is_certain_to_have_at_least_none() {
        let p = fisher(Marked { marked: 0, n: 9 }, Marked { marked: 3, n: 20 });
        assert_eq!(p, Some(1.0));
        assert_eq!(fisher(Marked { marked: 0, n: 0 }, Marked { marked: 3, n: 20 }), None);
        assert_eq!(fisher(Marked { marked: 5, n: 4 }, Marked { marked: 3, n: 20 }), None);
    }

    #[test]
    fn nothing_overflows_nothing() {
        assert_eq!((overflow(0, 0), overflow(-1, 5)), (None, None));
        assert_eq!(overflow(4, 0), Some(Overflow { excess: 4, p: 0.0 }));
        assert_eq!(overflow(0, 4).map(|none| none.p), Some(1.0));
    }

    #[test]
    fn a_jump_without_spread_is_not_tested() {
        let all = Estimate { est: 1.0, se: Some(0.0), df: 9, n: 10, answers: 10, lonely: 0 };
        assert_eq!(jump(&all, &all), None);
    }
}
