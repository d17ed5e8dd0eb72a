//! A chart of shares over time whose limits know that months differ by more than chance.

use crate::interval::Interval;

/// The p′ chart of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The share of all answers, the middle of the chart.
    pub centre: f64,
    /// How many times as wide the limits are as those of the binomial: 1 where months differ by
    /// chance alone.
    pub inflation: f64,
    /// The limits of every period, 0..1; `None` of a period without answers.
    pub limits: Vec<Option<Interval>>,
    /// Whether the share of every period lies outside its limits.
    pub outside: Vec<bool>,
}

/// Limits for the shares of a series of (satisfied, answered), in order of time.
///
/// # Formula
///
/// ```text
/// z_i = (p_i − p̄)/√(p̄(1−p̄)/n_i)    σ_z = mean |z_i − z_{i−1}|/1.128
/// limits p̄ ± 3 σ_z √(p̄(1−p̄)/n_i)
/// ```
///
/// over the periods with answers; 1.128 is 2/√π, the mean difference of two standard normals. Limits
/// are clipped to 0..1. `None` with fewer than two periods with answers, where all answers are alike,
/// or all z equal, and for counts that cannot be.
///
/// # Source
///
/// Laney 2002, Qual Eng 14:531.
///
/// # Example
///
/// ```
/// let chart = stats::chart::p_prime(&[(180, 200), (150, 200), (185, 200), (0, 0), (160, 200)]).unwrap();
/// assert!((chart.centre - 675.0 / 800.0).abs() < 1e-15);
/// assert!(chart.inflation > 3.0); // months differ by far more than chance
/// assert!(chart.outside.iter().all(|out| !out) && chart.limits[3].is_none());
/// ```
#[must_use]
pub fn p_prime(periods: &[(i64, i64)]) -> Option<Chart> {
    if periods.iter().any(|(x, n)| *x < 0 || x > n) {
        return None;
    }
    let sum = |pick: fn(&(i64, i64)) -> i64| periods.iter().map(|period| pick(period) as f64).sum::<f64>();
    let centre = sum(|period| period.0) / sum(|period| period.1);
    let deviation = |n: i64| (centre * (1.0 - centre) / n as f64).sqrt();
    let held = periods.iter().filter(|(_, n)| *n > 0);
    let z: Vec<f64> = held.map(|(x, n)| (*x as f64 / *n as f64 - centre) / deviation(*n)).collect();
    if z.len() < 2 || !z.iter().all(|z| z.is_finite()) {
        return None;
    }
    let range = z.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum::<f64>() / (z.len() - 1) as f64;
    let inflation = range * std::f64::consts::PI.sqrt() / 2.0;
    if inflation <= 0.0 {
        return None;
    }
    let limit = |n: i64| {
        let reach = 3.0 * inflation * deviation(n);
        (n > 0).then(|| Interval::of((centre - reach).max(0.0), (centre + reach).min(1.0))).flatten()
    };
    let limits: Vec<Option<Interval>> = periods.iter().map(|(_, n)| limit(*n)).collect();
    let beyond = |((x, n), limit): (&(i64, i64), &Option<Interval>)| {
        let share = *x as f64 / *n as f64;
        limit.is_some_and(|limit| share < limit.low || limit.high < share)
    };
    let outside = periods.iter().zip(&limits).map(beyond).collect();
    Some(Chart { centre, inflation, limits, outside })
}

#[cfg(test)]
mod tests {
    use super::p_prime;

    #[test]
    fn the_spread_between_months_is_that_of_their_differences() {
        // 80 and 90 of 100 in turn: z = ±0.05/√(0.85·0.15/100), differences twice that, over 2/√π
        let chart = p_prime(&[(80, 100), (90, 100)].repeat(4)).unwrap();
        let z = 0.05 / (0.85 * 0.15 / 100.0_f64).sqrt();
        assert!((chart.inflation - z * std::f64::consts::PI.sqrt()).abs() < 1e-12);
        let limit = chart.limits[0].unwrap();
        assert!((limit.low - (0.85 - 0.15 * std::f64::consts::PI.sqrt())).abs() < 1e-12);
    }

    #[test]
    fn a_month_that_breaks_a_steady_series_lies_outside() {
        let mut months = vec![(90, 100), (91, 100), (89, 100), (92, 100), (90, 100), (88, 100), (91, 100)];
        months.extend_from_within(..);
        months.push((40, 100));
        let chart = p_prime(&months).unwrap();
        assert_eq!(chart.outside.iter().filter(|out| **out).count(), 1);
        assert!(chart.outside[14]);
    }

    #[test]
    fn a_series_without_spread_or_sense_has_no_chart() {
        for months in [
            &[][..],
            &[(9, 10)],
            &[(9, 10), (0, 0)],
            &[(10, 10), (5, 5)],
            &[(9, 10), (18, 20)],
            &[(6, 5), (1, 5)],
        ] {
            assert!(p_prime(months).is_none(), "{months:?}");
        }
    }
}
