//! Signs that the answers of an agency were made rather than given.
//!
//! Each is a question to ask, never a proof; they are ranked for a person by how many independent ones
//! point the same way. High satisfaction makes equal answers innocent: an agency is compared with its
//! peers, and over many agencies the p-values go through
//! [`crate::multiplicity::benjamini_hochberg`].

pub mod excess;

use crate::careless::straightline;
use crate::poisson;
use crate::tail::above_chi_square;
use std::collections::HashMap;

/// The most responses within `window` seconds from any response on: in \[t, t + window). Times are
/// seconds of opening time; what is no number is left out.
///
/// # Source
///
/// Scan statistic: Glaz, Naus and Wallenstein 2001, Scan Statistics, ch. 1.
///
/// # Example
///
/// ```
/// assert_eq!(stats::stuffing::largest_burst(&[0.0, 1200.0, 599.0, 600.0], 600.0), 2);
/// ```
#[must_use]
pub fn largest_burst(times: &[f64], window: f64) -> usize {
    let times = sorted(times);
    let mut end = 0;
    let mut most = 0;
    for (start, &from) in times.iter().enumerate() {
        while times.get(end).is_some_and(|time| time - from < window) {
            end += 1;
        }
        most = most.max(end.saturating_sub(start));
    }
    most
}

/// How often chance alone gives a burst of at least `most` responses within `window` of `total` seconds,
/// if `n` responses come evenly.
///
/// # Formula
///
/// ```text
/// p ≈ 1 − F(k−1; μ) exp(−(k−μ)/k · λ (T−w) f(k−1; μ))    λ = n/T, μ = λw, F and f Poisson
/// ```
///
/// computed as (1 − F) + F (1 − exp(…)), which keeps the digits of small p; within 0..1, and 1 where
/// k ≤ μ. `None` unless 0 < w ≤ T and 1 ≤ k ≤ n.
///
/// # Source
///
/// Alm 1983, Scand J Stat 10:135.
///
/// # Example
///
/// ```
/// let p = stats::stuffing::burst_p(12, 100, 600.0, 324_000.0).unwrap();
/// assert!(p < 1e-6);
/// assert_eq!(stats::stuffing::burst_p(0, 0, 600.0, 324_000.0), None);
/// ```
#[must_use]
pub fn burst_p(most: i64, n: i64, window: f64, total: f64) -> Option<f64> {
    if most < 1 || most > n || !(window > 0.0 && window <= total && total.is_finite()) {
        return None;
    }
    let (k, rate) = (most as f64, n as f64 / total);
    let mean = rate * window;
    if k <= mean {
        return Some(1.0);
    }
    let above = poisson::at_least(most, mean);
    let exponent = (k - mean) / k * rate * (total - window) * poisson::exactly(most - 1, mean);
    let p = above + (1.0 - above) * -(-exponent).exp_m1();
    p.is_finite().then(|| p.clamp(0.0, 1.0))
}

/// The seconds of the minute in six bins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seconds {
    /// Responses at seconds 0–9, 10–19, …, 50–59.
    pub bins: [i64; 6],
    /// χ² against equal bins.
    pub chi_square: f64,
    /// P(χ² with 5 degrees of freedom above it).
    pub p: f64,
}

/// Whether the seconds of the minute are spread evenly, as those of people are; machines and lists
/// filled in at a stroke are not. Seconds of 60 (a leap second) count as 59. `None` without any.
///
/// # Formula
///
/// χ² = Σ (bin − n/6)²/(n/6), 5 df.
///
/// # Source
///
/// Pearson 1900, Phil Mag 50:157.
///
/// # Example
///
/// ```
/// let seconds = stats::stuffing::seconds(&[5, 15, 25, 35, 45, 55]).unwrap();
/// assert_eq!((seconds.bins, seconds.chi_square, seconds.p), ([1; 6], 0.0, 1.0));
/// ```
#[must_use]
pub fn seconds(of_minute: &[u8]) -> Option<Seconds> {
    if of_minute.is_empty() {
        return None;
    }
    let mut bins = [0_i64; 6];
    for second in of_minute {
        bins[usize::from(second / 10).min(5)] += 1;
    }
    let even = of_minute.len() as f64 / 6.0;
    let chi_square = bins.iter().map(|&bin| (bin as f64 - even).powi(2) / even).sum();
    Some(Seconds { bins, chi_square, p: above_chi_square(chi_square, 5.0) })
}

/// The longest run of equal times between one response and the next; 0 with fewer than two responses,
/// 1 where no gap equals its neighbour.
///
/// # Source
///
/// The idea of a regular generator, as in Kuriakose and Robbins 2016, Stat J IAOS 32:283.
///
/// # Example
///
/// ```
/// use stats::stuffing::equal_gaps;
/// assert_eq!(equal_gaps(&[0.0, 60.0, 120.0, 180.0, 200.0]), 3);
/// assert_eq!(equal_gaps(&[7.0]), 0);
/// ```
#[must_use]
pub fn equal_gaps(times: &[f64]) -> usize {
    let gaps: Vec<f64> = sorted(times).windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.chunk_by(|one, next| one.total_cmp(next).is_eq()).map(<[f64]>::len).max().unwrap_or(0)
}

/// The largest group of questionnaires with the same answers throughout, blanks in the same places,
/// among those with at least `least` answers that are no straight lines (all answers equal is natural
/// where people are content). 0 where no questionnaire qualifies, 1 where all differ.
///
/// # Source
///
/// Kuriakose and Robbins 2016, with exact matches only: their 85 % rule gives false alarms in honest
/// surveys (Simmons, Mercer, Schwarzer and Kennedy 2016, Pew Research Center).
///
/// # Example
///
/// ```
/// let one = vec![Some(4), Some(5), Some(3)];
/// let other = vec![Some(4), Some(5), None];
/// let line = vec![Some(5); 3];
/// let all = [one.clone(), other, one, line.clone(), line];
/// assert_eq!(stats::stuffing::largest_same(&all, 2), 2);
/// ```
#[must_use]
pub fn largest_same(questionnaires: &[Vec<Option<u8>>], least: usize) -> usize {
    let mut groups: HashMap<&[Option<u8>], usize> = HashMap::new();
    for answers in questionnaires {
        if answers.iter().flatten().count() >= least && !straightline(answers, 1) {
            *groups.entry(answers.as_slice()).or_default() += 1;
        }
    }
    groups.into_values().max().unwrap_or(0)
}

fn sorted(times: &[f64]) -> Vec<f64> {
    let mut times: Vec<f64> = times.iter().copied().filter(|time| time.is_finite()).collect();
    times.sort_by(f64::total_cmp);
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_makes_no_burst() {
        assert_eq!((largest_burst(&[], 600.0), equal_gaps(&[]), largest_same(&[], 0)), (0, 0, 0));
        assert_eq!(largest_burst(&[f64::NAN, 1.0], 600.0), 1);
        assert_eq!(seconds(&[]), None);
        for (most, n, window, total) in
            [(1, 1, 0.0, 10.0), (1, 1, 20.0, 10.0), (2, 1, 1.0, 10.0), (1, 1, 1.0, f64::INFINITY)]
        {
            assert_eq!(burst_p(most, n, window, total), None);
        }
    }

    #[test]
    fn bursts_are_rarer_the_larger_they_are() {
        let mut before = 1.0;
        for most in 1..40 {
            let p = burst_p(most, 40, 600.0, 324_000.0).unwrap();
            assert!(p > 0.0 && p <= before, "{most}: {p}");
            before = p;
        }
        assert_eq!(burst_p(3, 40, 324_000.0, 324_000.0), Some(1.0), "fewer than expected");
    }

    #[test]
    fn the_end_of_a_window_is_outside_it() {
        assert_eq!(largest_burst(&[0.0, 600.0], 600.0), 1);
        assert_eq!(largest_burst(&[600.0, 0.5], 600.0), 2);
    }
}
