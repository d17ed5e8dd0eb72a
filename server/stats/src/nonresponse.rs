//! What may be said where people chose themselves whether to answer.
//!
//! None of these measures knows what the others would have said. [`bounds`] assumes nothing and is
//! wide; [`representativity`] sees only selection *between* the cells it is given; [`tipping`] turns
//! the question round: what would the others have to think for a claim to be wrong?

use crate::interval::Interval;
use crate::response::part_of;

/// The share of satisfied people among all, if nothing is known of those who gave no answer.
///
/// `answered` of `dossiers` people answered the question, `satisfied` of them with 4 or 5. Where there
/// are more answers than dossiers, everybody counts as having answered: the bounds meet.
///
/// # Formula
///
/// satisfied/N to (satisfied + N − answered)/N, fractions. `None` where N = 0 or the counts contradict
/// each other.
///
/// # Source
///
/// Manski 1989, J Hum Resour 24:343.
///
/// # Example
///
/// ```
/// let bounds = stats::nonresponse::bounds(40, 50, 100).unwrap();
/// assert_eq!((bounds.low, bounds.high), (0.4, 0.9));
/// assert_eq!(stats::nonresponse::bounds(0, 0, 0), None);
/// ```
#[must_use]
pub fn bounds(satisfied: i64, answered: i64, dossiers: i64) -> Option<Interval> {
    let everybody = dossiers.max(answered);
    if satisfied < 0 || answered < satisfied || dossiers < 0 || everybody < 1 {
        return None;
    }
    let all = everybody as f64;
    Some(Interval { low: satisfied as f64 / all, high: (satisfied + (everybody - answered)) as f64 / all })
}

/// The same for a share or composite of those who answered: the others may be at 0 or at 1.
///
/// # Formula
///
/// r p to r p + 1 − r, with the response rate r. `None` unless both lie in 0..1.
///
/// # Source
///
/// Manski 1989.
///
/// # Example
///
/// ```
/// let bounds = stats::nonresponse::bounds_of_share(0.8, 0.5).unwrap();
/// assert_eq!((bounds.low, bounds.high), (0.4, 0.9));
/// ```
#[must_use]
pub fn bounds_of_share(share: f64, rate: f64) -> Option<Interval> {
    let fractions = (0.0..=1.0).contains(&share) && (0.0..=1.0).contains(&rate);
    fractions.then_some(Interval { low: rate * share, high: rate * share + (1.0 - rate) })
}

/// What those who did not answer would have to think for the whole to stand at a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tipping {
    /// The whole is at the target or above, whatever they think.
    Safe,
    /// Below this share of satisfied among them the whole falls short of the target.
    At(f64),
    /// The whole is below the target, whatever they think.
    OutOfReach,
}

/// The tipping point of a claim "at least `target`": `share` is that of those who answered, `rate` their
/// part of all. All are fractions.
///
/// # Formula
///
/// (T − r p)/(1 − r): safe at 0 or below, out of reach above 1. With r = 1 there are no others.
/// `None` unless all three lie in 0..1.
///
/// # Source
///
/// Tipping-point analysis: National Research Council 2010, The Prevention and Treatment of Missing
/// Data in Clinical Trials, ch. 5; the formula solves T = r p + (1 − r) x.
///
/// # Example
///
/// ```
/// use stats::nonresponse::{Tipping, tipping};
/// let Some(Tipping::At(others)) = tipping(0.9, 0.5, 0.8) else { return };
/// assert!((others - 0.7).abs() < 1e-12);
/// assert_eq!(tipping(0.9, 0.9, 0.8), Some(Tipping::Safe));
/// assert_eq!(tipping(0.5, 0.9, 0.8), Some(Tipping::OutOfReach));
/// ```
#[must_use]
pub fn tipping(share: f64, rate: f64, target: f64) -> Option<Tipping> {
    if [share, rate, target].iter().any(|fraction| !(0.0..=1.0).contains(fraction)) {
        return None;
    }
    let missing = target - rate * share;
    let others = 1.0 - rate;
    Some(if missing <= 0.0 {
        Tipping::Safe
    } else if missing > others {
        Tipping::OutOfReach
    } else {
        Tipping::At(missing / others)
    })
}

/// People of one kind: how many there are and how many answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Dossiers.
    pub dossiers: i64,
    /// Questionnaires that came back.
    pub responses: i64,
}

/// How evenly the kinds of people answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Representativity {
    /// The response rate over all cells, 0..1.
    pub rate: f64,
    /// The standard deviation of the cells' response rates over all dossiers.
    pub propensity_sd: f64,
    /// The R-indicator: 1 where all cells answered alike, 0 at worst.
    pub r_indicator: f64,
    /// Cells with more answers than dossiers; they count as having answered in full.
    pub exceeding: usize,
}

/// How evenly the cells answered; `None` without dossiers or with a negative count.
///
/// # Formula
///
/// ```text
/// ρ_s = min(1, n_s/N_s)   ρ̄ = Σ N_s ρ_s/N   S(ρ) = √(Σ N_s (ρ_s − ρ̄)²/N)   R = 1 − 2 S(ρ)
/// ```
///
/// # Source
///
/// Schouten, Cobben and Bethlehem 2009, Surv Methodol 35:101.
///
/// # Example
///
/// ```
/// use stats::nonresponse::{Cell, representativity};
/// let cells = [Cell { dossiers: 100, responses: 30 }, Cell { dossiers: 100, responses: 50 }];
/// let seen = representativity(&cells).unwrap();
/// assert!((seen.rate - 0.4).abs() < 1e-15);
/// assert!((seen.r_indicator - 0.8).abs() < 1e-15);
/// // a yes/no question has a standard deviation of at most a half
/// assert!((seen.bias_bound(0.5).unwrap() - 0.1 * 0.5 / 0.4).abs() < 1e-15);
/// ```
#[must_use]
pub fn representativity(cells: &[Cell]) -> Option<Representativity> {
    let all: f64 = cells.iter().map(|cell| cell.dossiers as f64).sum();
    if all <= 0.0 || cells.iter().any(|cell| cell.dossiers < 0 || cell.responses < 0) {
        return None;
    }
    let part = |cell: &Cell| part_of(cell.responses, cell.dossiers).map_or(0.0, |part| part.rate);
    let mean = |of: &dyn Fn(f64) -> f64| {
        cells.iter().map(|cell| cell.dossiers as f64 * of(part(cell))).sum::<f64>() / all
    };
    let rate = mean(&|rate| rate);
    let propensity_sd = mean(&|own| (own - rate).powi(2)).sqrt();
    let exceeding = cells.iter().filter(|cell| cell.responses > cell.dossiers).count();
    Some(Representativity { rate, propensity_sd, r_indicator: 1.0 - 2.0 * propensity_sd, exceeding })
}

impl Representativity {
    /// The largest bias of a mean that selection between the cells alone can make; `deviation` is the
    /// standard deviation of the answers (at most ½ for a share).
    ///
    /// # Formula
    ///
    /// S(ρ) S(y)/ρ̄, in the unit of the answers. `None` where nobody answered.
    ///
    /// # Source
    ///
    /// Schouten, Cobben and Bethlehem 2009, section 4; Bethlehem 1988, J Off Stat 4:251.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::nonresponse::{Cell, representativity};
    /// let nobody = representativity(&[Cell { dossiers: 7, responses: 0 }]).unwrap();
    /// assert_eq!(nobody.bias_bound(0.5), None);
    /// ```
    #[must_use]
    pub fn bias_bound(&self, deviation: f64) -> Option<f64> {
        let bound = self.propensity_sd * deviation / self.rate;
        (self.rate > 0.0 && bound.is_finite() && deviation >= 0.0).then_some(bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_answers_than_dossiers_leave_nothing_open() {
        let bounds = bounds(9, 12, 10).unwrap();
        assert_eq!((bounds.low, bounds.high), (0.75, 0.75));
        let cells = [Cell { dossiers: 10, responses: 12 }, Cell { dossiers: 0, responses: 3 }];
        let seen = representativity(&cells).unwrap();
        assert_eq!((seen.rate, seen.propensity_sd, seen.exceeding), (1.0, 0.0, 2));
    }

    #[test]
    fn nonsense_gives_none() {
        assert_eq!((bounds(5, 4, 10), bounds(-1, 4, 10), bounds(0, 0, -1)), (None, None, None));
        assert_eq!(bounds(0, 0, 5), Some(Interval { low: 0.0, high: 1.0 }));
        assert_eq!(tipping(f64::NAN, 0.5, 0.5), None);
        assert_eq!(tipping(0.7, 1.0, 0.8), Some(Tipping::OutOfReach));
        assert_eq!(tipping(0.8, 1.0, 0.8), Some(Tipping::Safe));
        assert_eq!(bounds_of_share(0.5, 1.5), None);
        assert_eq!(representativity(&[]), None);
        assert_eq!(representativity(&[Cell { dossiers: 5, responses: -1 }]), None);
    }
}
