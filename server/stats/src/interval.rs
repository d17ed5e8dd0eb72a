//! Confidence intervals.
//!
//! Here are the intervals of estimates with a design-based variance; [`binomial`] has those of a
//! count among independent respondents, [`hypergeometric`] the exact one of a sample from a small
//! population. All take a level such as 0.95 and give `None` where they are not defined.
//!
//! p is the estimate, v its variance, t = t((1+level)/2; df), `n_e` = p(1−p)/v the effective number
//! of respondents. v = 0 does not mean certainty: where everybody was satisfied (or nobody was)
//! only [`wilson_t`] and [`kg_cap`] exist, with n in the place of `n_e`.

pub mod binomial;
pub mod hypergeometric;

use crate::estimate::Estimate;
use crate::quantile::{beta, tail, two_sided_t};
use crate::root::bisect;

/// A confidence interval, in the unit of the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
}

impl Interval {
    /// Upper minus lower limit.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(stats::Interval { low: 0.25, high: 0.75 }.width(), 0.5);
    /// ```
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// The part between `low` and `high`.
    ///
    /// # Example
    ///
    /// ```
    /// let interval = stats::Interval { low: 95.0, high: 103.0 };
    /// assert_eq!(interval.clipped(0.0, 100.0).high, 100.0);
    /// ```
    #[must_use]
    pub fn clipped(&self, low: f64, high: f64) -> Self {
        Self { low: self.low.max(low).min(high), high: self.high.min(high).max(low) }
    }

    /// `None` unless both limits are numbers.
    pub(crate) fn of(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite()).then_some(Self { low, high })
    }
}

/// The Wilson interval for a share p with n independent respondents (an effective number, maybe)
/// and a quantile q; within 0..1.
///
/// # Formula
///
/// (p + q²/2n ± q √(p(1−p)/n + q²/4n²)) / (1 + q²/n). `None` unless 0 ≤ p ≤ 1, n > 0, q ≥ 0.
///
/// # Source
///
/// Wilson 1927, JASA 22:209.
///
/// # Example
///
/// ```
/// let interval = stats::interval::wilson(0.5, 100.0, 2.0).unwrap();
/// assert!((interval.low - 0.401_941_932_4).abs() < 1e-9);
/// ```
#[must_use]
pub fn wilson(p: f64, n: f64, q: f64) -> Option<Interval> {
    if !((0.0..=1.0).contains(&p) && n > 0.0 && q >= 0.0) {
        return None;
    }
    let share = q * q / n;
    let middle = p + share / 2.0;
    let half = q * (p * (1.0 - p) / n + share / (4.0 * n)).sqrt();
    // At the ends the limit is exact; the formula would miss it by a rounding.
    let low = if p <= 0.0 { 0.0 } else { ((middle - half) / (1.0 + share)).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { ((middle + half) / (1.0 + share)).min(1.0) };
    Interval::of(low, high)
}

/// The t interval; right for means and differences, poor for shares near 0 and 1.
///
/// # Formula
///
/// est ± t se, not clipped. `None` without se, with se = 0 and with df < 1.
///
/// # Source
///
/// Särndal, Swensson and Wretman 1992, section 2.11; Korn and Graubard 1999, section 5.2.
///
/// # Example
///
/// ```
/// let score = stats::Estimate { est: 80.0, se: Some(2.0), df: 10, n: 11, answers: 99, lonely: 0 };
/// let interval = stats::interval::wald_t(&score, 0.95).unwrap();
/// assert!((interval.high - 84.456_277_703_9).abs() < 1e-9);
/// ```
#[must_use]
pub fn wald_t(estimate: &Estimate, level: f64) -> Option<Interval> {
    let se = estimate.se.filter(|se| *se > 0.0)?;
    let half = two_sided_t(level, estimate.df)? * se;
    Interval::of(estimate.est - half, estimate.est + half)
}

/// The t interval of a mean score, clipped to 0..100.
///
/// # Formula
///
/// [`wald_t`], clipped.
///
/// # Source
///
/// As [`wald_t`].
///
/// # Example
///
/// ```
/// let score = stats::Estimate { est: 99.0, se: Some(2.0), df: 10, n: 11, answers: 99, lonely: 0 };
/// assert_eq!(stats::interval::score_t(&score, 0.95).unwrap().high, 100.0);
/// ```
#[must_use]
pub fn score_t(estimate: &Estimate, level: f64) -> Option<Interval> {
    Some(wald_t(estimate, level)?.clipped(0.0, 100.0))
}

/// The Wilson interval with effective n and t quantile; defined for shares of 0 and 1 too. Its
/// published form, with a floor, is [`crate::floor::product_interval`].
///
/// # Formula
///
/// [`wilson`] with `n_e` and t. Where v = 0 (everybody alike), with n and the normal quantile.
/// `None` without a standard error unless p is 0 or 1, and with df < 1 unless v = 0.
///
/// # Source
///
/// Wilson 1927; Kott 2017, Survey Methodology 43:235; Franco, Little, Louis and Slud 2019, J Surv
/// Stat Methodol 7:334; R `survey` 4.5, `svyciprop(method = "wilson")`.
///
/// # Example
///
/// ```
/// let one = stats::Estimate { est: 1.0, se: None, df: 0, n: 1, answers: 1, lonely: 1 };
/// let interval = stats::interval::wilson_t(&one, 0.95).unwrap();
/// assert!((interval.low - 0.206_549_314_377_238).abs() < 1e-12);
/// ```
#[must_use]
pub fn wilson_t(estimate: &Estimate, level: f64) -> Option<Interval> {
    Some(crate::floor::product_interval(estimate, None, level)?.interval)
}

/// The t interval on the logit scale.
///
/// # Formula
///
/// expit(logit p ± t se/(p(1−p))). `None` unless 0 < p < 1, v > 0 and df ≥ 1.
///
/// # Source
///
/// Korn and Graubard 1999, section 2.4; R `svyciprop(method = "xlogit")`.
///
/// # Example
///
/// ```
/// let half = stats::Estimate { est: 0.5, se: Some(0.1), df: 30, n: 31, answers: 31, lonely: 0 };
/// let interval = stats::interval::logit_t(&half, 0.95).unwrap();
/// assert!((interval.low + interval.high - 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn logit_t(estimate: &Estimate, level: f64) -> Option<Interval> {
    let (p, variance) = inner(estimate)?;
    let half = two_sided_t(level, estimate.df)? * variance.sqrt() / (p * (1.0 - p));
    let logit = p.ln() - (-p).ln_1p();
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    Interval::of(expit(logit - half), expit(logit + half))
}

/// The interval of Korn and Graubard: Clopper and Pearson's with an effective n adjusted for the
/// degrees of freedom.
///
/// # Formula
///
/// ```text
/// n* = n_e (t(n−1)/t(df))²
/// lower = BetaQ(α/2; n*p, n*(1−p)+1), upper = BetaQ(1−α/2; n*p+1, n*(1−p))
/// ```
///
/// `None` unless 0 < p < 1, v > 0, df ≥ 1 and n ≥ 2.
///
/// # Source
///
/// Korn and Graubard 1998, Survey Methodology 24:193; R `svyciprop(method = "beta")`.
///
/// # Example
///
/// ```
/// let share = stats::Estimate { est: 0.8, se: Some(0.04), df: 98, n: 99, answers: 99, lonely: 0 };
/// let interval = stats::interval::korn_graubard(&share, 0.95).unwrap();
/// assert!(interval.low < 0.72 && interval.high > 0.87);
/// ```
#[must_use]
pub fn korn_graubard(estimate: &Estimate, level: f64) -> Option<Interval> {
    clopper_pearson(estimate.est, adjusted_size(estimate, level)?, level)
}

/// The interval of Korn and Graubard whose effective n is capped at the number of respondents;
/// for yes/no questions, where it decides whether a share may be published.
///
/// # Formula
///
/// As [`korn_graubard`] with min(n, n*); at p = 0 or 1 Clopper and Pearson's interval for n.
///
/// # Source
///
/// Parker et al. 2017, National Center for Health Statistics Data Presentation Standards for
/// Proportions, Vital and Health Statistics 2(175).
///
/// # Example
///
/// ```
/// let all = stats::Estimate { est: 1.0, se: Some(0.0), df: 2, n: 3, answers: 3, lonely: 0 };
/// let interval = stats::interval::kg_cap(&all, 0.95).unwrap();
/// assert!((interval.low - 0.292_401_773_821_287).abs() < 1e-12);
/// ```
#[must_use]
pub fn kg_cap(estimate: &Estimate, level: f64) -> Option<Interval> {
    let (p, n) = (estimate.est, estimate.n as f64);
    let size = if p <= 0.0 || p >= 1.0 { n } else { adjusted_size(estimate, level)?.min(n) };
    clopper_pearson(p, size, level)
}

/// The likelihood-ratio interval, scaled by the design effect; for yes/no questions.
///
/// # Formula
///
/// The two roots q of
///
/// ```text
/// 2 n_e ((n−1)/n) (p ln(p/q) + (1−p) ln((1−p)/(1−q))) = t²
/// ```
///
/// The factor (n−1)/n is that of the quasi-binomial dispersion. `None` unless 0 < p < 1, v > 0,
/// df ≥ 1 and n ≥ 2.
///
/// # Source
///
/// Rao and Scott 1984, Ann Stat 12:46; R `svyciprop(method = "likelihood")`, which interpolates.
///
/// # Example
///
/// ```
/// let half = stats::Estimate { est: 0.5, se: Some(0.1), df: 30, n: 31, answers: 31, lonely: 0 };
/// let interval = stats::interval::likelihood(&half, 0.95).unwrap();
/// assert!((interval.low + interval.high - 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn likelihood(estimate: &Estimate, level: f64) -> Option<Interval> {
    let (p, variance) = inner(estimate)?;
    if estimate.n < 2 {
        return None;
    }
    let n = estimate.n as f64;
    let size = p * (1.0 - p) / variance * (n - 1.0) / n;
    let bound = two_sided_t(level, estimate.df)?.powi(2) / (2.0 * size);
    let distance = |q: f64| p * (p / q).ln() + (1.0 - p) * ((1.0 - p) / (1.0 - q)).ln();
    let low = bisect(0.0, p, |q| distance(q) > bound);
    let high = bisect(p, 1.0, |q| distance(q) < bound);
    Interval::of(low, high)
}

/// The t interval on the scale of arcsin √p, in radians.
///
/// # Formula
///
/// arcsin √p ± t se/(2 √(p(1−p))), as it is: with few degrees of freedom a limit can lie outside
/// 0..π/2. `None` unless 0 < p < 1, v > 0 and df ≥ 1.
///
/// # Source
///
/// Kott 2017, Survey Methodology 43:235. R `svyciprop(method = "asin")` takes sin² of such a limit
/// wherever it lies, so that one beyond 0 or 1 comes back inside; [`arcsine_t`] does not.
///
/// # Example
///
/// ```
/// let half = stats::Estimate { est: 0.5, se: Some(0.1), df: 30, n: 31, answers: 31, lonely: 0 };
/// let angles = stats::interval::arcsine_angles(&half, 0.95).unwrap();
/// assert!((angles.low + angles.high - std::f64::consts::FRAC_PI_2).abs() < 1e-12);
/// ```
#[must_use]
pub fn arcsine_angles(estimate: &Estimate, level: f64) -> Option<Interval> {
    let (p, variance) = inner(estimate)?;
    let half = two_sided_t(level, estimate.df)? * variance.sqrt() / (2.0 * (p * (1.0 - p)).sqrt());
    let middle = p.sqrt().asin();
    Interval::of(middle - half, middle + half)
}

/// The arcsine interval: [`arcsine_angles`] brought back to shares.
///
/// # Formula
///
/// sin² of the limits, which end at 0 and π/2.
///
/// # Source
///
/// As [`arcsine_angles`].
///
/// # Example
///
/// ```
/// let few = stats::Estimate { est: 0.6, se: Some(0.2), df: 2, n: 9, answers: 9, lonely: 0 };
/// assert_eq!(stats::interval::arcsine_t(&few, 0.95).unwrap().high, 1.0);
/// ```
#[must_use]
pub fn arcsine_t(estimate: &Estimate, level: f64) -> Option<Interval> {
    let angles = arcsine_angles(estimate, level)?.clipped(0.0, std::f64::consts::FRAC_PI_2);
    Interval::of(angles.low.sin().powi(2), angles.high.sin().powi(2))
}

/// Clopper and Pearson's interval for `size` respondents, whole or not, of whom the share p said
/// yes.
pub(crate) fn clopper_pearson(p: f64, size: f64, level: f64) -> Option<Interval> {
    let tail = tail(level)?;
    let (yes, no) = (size * p, size * (1.0 - p));
    if !(size > 0.0 && yes >= 0.0 && no >= 0.0) {
        return None;
    }
    let low = if yes > 0.0 { beta(tail, yes, no + 1.0)? } else { 0.0 };
    let high = if no > 0.0 { beta(1.0 - tail, yes + 1.0, no)? } else { 1.0 };
    Interval::of(low, high)
}

/// n*, the effective number of respondents adjusted for the degrees of freedom.
fn adjusted_size(estimate: &Estimate, level: f64) -> Option<f64> {
    let (p, variance) = inner(estimate)?;
    let simple = two_sided_t(level, estimate.n.checked_sub(1)?)?;
    let design = two_sided_t(level, estimate.df)?;
    Some(p * (1.0 - p) / variance * (simple / design).powi(2))
}

/// Share and variance where both are inside: 0 < p < 1 and v > 0.
fn inner(estimate: &Estimate) -> Option<(f64, f64)> {
    let (p, variance) = (estimate.est, estimate.variance()?);
    let inside = p > 0.0 && p < 1.0 && variance > 0.0 && variance.is_finite();
    inside.then_some((p, variance))
}
