//! Intervals for x satisfied among n independent respondents.
//!
//! All are `None` unless 0 ≤ x ≤ n, n ≥ 1 and 0 < level < 1.

use super::{Interval, clopper_pearson as exact, wilson as with_quantile};
use crate::quantile::{beta, tail, two_sided_normal};

/// The exact interval of Clopper and Pearson: covers at least as often as it says, and is wide.
///
/// # Formula
///
/// BetaQ(α/2; x, n−x+1) to BetaQ(1−α/2; x+1, n−x); 0 at x = 0, 1 at x = n.
///
/// # Source
///
/// Clopper and Pearson 1934, Biometrika 26:404.
///
/// # Example
///
/// ```
/// let interval = stats::interval::binomial::clopper_pearson(15, 148, 0.95).unwrap();
/// assert!((interval.low - 0.0578).abs() < 5e-5 && (interval.high - 0.1617).abs() < 5e-5);
/// ```
#[must_use]
pub fn clopper_pearson(x: i64, n: i64, level: f64) -> Option<Interval> {
    let (p, size) = share(x, n)?;
    exact(p, size, level)
}

/// Wilson's score interval.
///
/// # Formula
///
/// [`crate::interval::wilson`] with p = x/n and the normal quantile.
///
/// # Source
///
/// Wilson 1927, JASA 22:209; recommended by Brown, Cai and `DasGupta` 2001, Stat Sci 16:101.
///
/// # Example
///
/// ```
/// let interval = stats::interval::binomial::wilson(15, 148, 0.95).unwrap();
/// assert!((interval.low - 0.0624).abs() < 5e-5 && (interval.high - 0.1605).abs() < 5e-5);
/// ```
#[must_use]
pub fn wilson(x: i64, n: i64, level: f64) -> Option<Interval> {
    let (p, size) = share(x, n)?;
    with_quantile(p, size, two_sided_normal(level)?)
}

/// Wilson's interval with continuity correction.
///
/// # Formula
///
/// The lower limit is that of Wilson at p − 1/2n, the upper that at p + 1/2n; 0 at x = 0, 1 at
/// x = n.
///
/// # Source
///
/// Newcombe 1998, Stat Med 17:857, method 4; R `prop.test` (which corrects by less where x is
/// n/2).
///
/// # Example
///
/// ```
/// let interval = stats::interval::binomial::wilson_corrected(169, 200, 0.95).unwrap();
/// assert!((interval.low - 0.785_624_072_4).abs() < 1e-9);
/// ```
#[must_use]
pub fn wilson_corrected(x: i64, n: i64, level: f64) -> Option<Interval> {
    let (p, size) = share(x, n)?;
    let quantile = two_sided_normal(level)?;
    let step = 0.5 / size;
    let low = if x == 0 { 0.0 } else { with_quantile(p - step, size, quantile)?.low };
    let high = if x == n { 1.0 } else { with_quantile(p + step, size, quantile)?.high };
    Interval::of(low, high)
}

/// Jeffreys' interval, the raw quantiles: at x = 0 the lower limit is above 0, at x = n the upper
/// below 1.
///
/// # Formula
///
/// BetaQ(α/2; x+½, n−x+½) to BetaQ(1−α/2; x+½, n−x+½).
///
/// # Source
///
/// Brown, Cai and `DasGupta` 2001, Stat Sci 16:101, section 4.1.2 (there moved to 0 and 1 at the
/// ends).
///
/// # Example
///
/// ```
/// let interval = stats::interval::binomial::jeffreys(2, 4, 0.95).unwrap();
/// assert!((interval.low - 0.122_753_882_8).abs() < 1e-9);
/// ```
#[must_use]
pub fn jeffreys(x: i64, n: i64, level: f64) -> Option<Interval> {
    share(x, n)?;
    let tail = tail(level)?;
    let (yes, no) = (x as f64 + 0.5, (n - x) as f64 + 0.5);
    Interval::of(beta(tail, yes, no)?, beta(1.0 - tail, yes, no)?)
}

/// The interval of Agresti and Coull, clipped to 0..1.
///
/// # Formula
///
/// ñ = n + z², p̃ = (x + z²/2)/ñ, p̃ ± z √(p̃(1−p̃)/ñ), clipped.
///
/// # Source
///
/// Agresti and Coull 1998, Am Stat 52:119.
///
/// # Example
///
/// ```
/// let interval = stats::interval::binomial::agresti_coull(2, 4, 0.95).unwrap();
/// assert!((interval.low - 0.150_038_989_2).abs() < 1e-9);
/// ```
#[must_use]
pub fn agresti_coull(x: i64, n: i64, level: f64) -> Option<Interval> {
    let (_, size) = share(x, n)?;
    let quantile = two_sided_normal(level)?;
    let size = size + quantile * quantile;
    let p = (x as f64 + quantile * quantile / 2.0) / size;
    let half = quantile * (p * (1.0 - p) / size).sqrt();
    Some(Interval::of(p - half, p + half)?.clipped(0.0, 1.0))
}

/// Wald's interval, clipped to 0..1; only to show how bad it is.
///
/// # Formula
///
/// p ± z √(p(1−p)/n).
///
/// # Source
///
/// Its faults: Brown, Cai and `DasGupta` 2001, Stat Sci 16:101.
///
/// # Example
///
/// ```
/// let interval = stats::interval::binomial::wald(20, 20, 0.95).unwrap();
/// assert_eq!(interval.width(), 0.0);
/// ```
#[must_use]
pub fn wald(x: i64, n: i64, level: f64) -> Option<Interval> {
    let (p, size) = share(x, n)?;
    let half = two_sided_normal(level)? * (p * (1.0 - p) / size).sqrt();
    Some(Interval::of(p - half, p + half)?.clipped(0.0, 1.0))
}

/// x/n and n as numbers, for counts that make sense.
fn share(x: i64, n: i64) -> Option<(f64, f64)> {
    (n >= 1 && (0..=n).contains(&x)).then(|| (x as f64 / n as f64, n as f64))
}
