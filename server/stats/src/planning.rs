//! How many answers are needed, and what a number of answers can show.
//!
//! Numbers of people are rounded **up**; a quotient that differs from a whole number by rounding alone
//! (a billionth) is that number.

pub mod allocation;

use crate::quantile::normal;
use crate::quantile::two_sided_normal;
use crate::root::bisect;
use crate::tail::above_normal;

/// Relative difference from a whole number that is rounding.
const ROUNDING: f64 = 1e-9;

/// Larger numbers of people are refused.
const MOST: f64 = 1e15;

/// What the sample size for a share rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// The share expected, 0..1; ½ is the safe choice.
    pub share: f64,
    /// The half width of the interval wanted, 0..1.
    pub margin: f64,
    /// The level of that interval, such as 0.95.
    pub level: f64,
    /// The design effect: 1 for a simple random sample.
    pub design_effect: f64,
    /// The number of people there are, if it is limited.
    pub population: Option<i64>,
    /// The part of those invited that answers, above 0 and at most 1.
    pub response_rate: f64,
}

/// A sample size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Before the correction for a finite population, not rounded.
    pub unlimited: f64,
    /// Answers needed.
    pub answers: i64,
    /// People to invite.
    pub invitations: i64,
}

/// Answers needed to know a share to within a margin; never more than there are people, nor fewer
/// than one.
///
/// # Formula
///
/// ```text
/// n0 = deff z² p(1−p)/e²    n = n0/(1 + (n0 − 1)/N)    invitations = n/response rate
/// ```
///
/// each rounded up (n before the invitations). `None` for fractions outside their range, a margin of 0,
/// or numbers beyond 1e15. An empty population needs nobody.
///
/// # Source
///
/// Cochran 1977, Sampling Techniques, section 4.4.
///
/// # Example
///
/// ```
/// use stats::planning::{Aim, size};
/// let aim = Aim { share: 0.5, margin: 0.05, level: 0.95, design_effect: 1.0, population: None,
///     response_rate: 0.5 };
/// let wanted = size(&aim).unwrap();
/// assert_eq!((wanted.answers, wanted.invitations), (385, 770));
/// assert_eq!(size(&Aim { population: Some(1200), ..aim }).unwrap().answers, 292);
/// ```
#[must_use]
pub fn size(aim: &Aim) -> Option<Size> {
    let Aim { share, margin, level, design_effect, population, response_rate } = *aim;
    let sound = (0.0..=1.0).contains(&share)
        && margin > 0.0
        && design_effect > 0.0
        && response_rate > 0.0
        && response_rate <= 1.0
        && population.is_none_or(|all| all >= 0);
    if !sound {
        return None;
    }
    let unlimited = design_effect * two_sided_normal(level)?.powi(2) * share * (1.0 - share) / margin.powi(2);
    let needed = match population {
        Some(all) => {
            let limited = unlimited / (1.0 + (unlimited - 1.0) / all.max(1) as f64);
            // n0 < 1 (a share of 0 or 1) would ask for less than one person.
            up(limited)?.max(1).min(all)
        }
        None => up(unlimited)?.max(1),
    };
    Some(Size { unlimited, answers: needed, invitations: up(needed as f64 / response_rate)? })
}

/// The rule of Yamane (Slovin), for comparison only: it is [`size`] with p = ½, z = 2 and no design
/// effect, *one* figure for the whole population, and no rule for each agency.
///
/// # Formula
///
/// N/(1 + N e²), rounded up. `None` for a negative N or a margin that is not positive.
///
/// # Source
///
/// Yamane 1967, Statistics: An Introductory Analysis, ch. 5.
///
/// # Example
///
/// ```
/// assert_eq!(stats::planning::yamane(1000, 0.05), Some(286));
/// ```
#[must_use]
pub fn yamane(population: i64, margin: f64) -> Option<i64> {
    let all = population as f64;
    if population < 0 || margin.is_nan() || margin <= 0.0 {
        None
    } else {
        up(all / (1.0 + all * margin * margin))
    }
}

/// Two groups to be told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The share in one group, 0..1.
    pub one: f64,
    /// The share in the other.
    pub other: f64,
    /// The error of the first kind, two-sided, such as 0.05.
    pub alpha: f64,
    /// The design effect of either group: 1 for independent yes/no answers; below 1 for a share over
    /// many items.
    pub design_effect: f64,
}

impl Contrast {
    /// The answers needed in *each* group so that the difference is seen with the probability `power`,
    /// not rounded; [`Contrast::answers`] rounds up.
    ///
    /// # Formula
    ///
    /// ```text
    /// n = deff (z_α/2 √(2 p̄ q̄) + z_β √(p₁q₁ + p₂q₂))²/(p₁ − p₂)²    p̄ = (p₁ + p₂)/2
    /// ```
    ///
    /// `None` for equal shares, fractions outside 0..1, a power not between alpha/2 and 1, or beyond 1e15.
    ///
    /// # Source
    ///
    /// Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, section 4.2, without
    /// continuity correction; R `power.prop.test`.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::planning::Contrast;
    /// let contrast = Contrast { one: 0.80, other: 0.85, alpha: 0.05, design_effect: 1.0 };
    /// assert_eq!(contrast.answers(0.8), Some(906));
    /// ```
    #[must_use]
    pub fn exact(&self, power: f64) -> Option<f64> {
        let (same, apart) = self.deviations()?;
        if !(power > self.alpha / 2.0 && power < 1.0) {
            return None;
        }
        let width = two_sided_normal(1.0 - self.alpha)? * same + normal(power)? * apart;
        let n = self.design_effect * (width / (self.one - self.other)).powi(2);
        (n.is_finite() && n <= MOST).then_some(n)
    }

    /// [`Contrast::exact`], rounded up; at least 1.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::planning::Contrast;
    /// let contrast = Contrast { one: 0.8, other: 0.9, alpha: 0.05, design_effect: 1.0 };
    /// assert_eq!(contrast.answers(0.8), Some(199));
    /// ```
    #[must_use]
    pub fn answers(&self, power: f64) -> Option<i64> {
        up(self.exact(power)?).map(|n| n.max(1))
    }

    /// The probability of seeing the difference with `n` answers in each group.
    ///
    /// # Formula
    ///
    /// Φ((|p₁ − p₂| √(n/deff) − z_α/2 √(2 p̄ q̄))/√(p₁q₁ + p₂q₂)); the other tail is left out. `None` as
    /// for [`Contrast::exact`], and for n < 1. Shares of 0 and 1 differ without doubt: 1.
    ///
    /// # Source
    ///
    /// As [`Contrast::exact`], solved for the power.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::planning::Contrast;
    /// let contrast = Contrast { one: 0.8, other: 0.9, alpha: 0.05, design_effect: 1.0 };
    /// assert!((contrast.power(199).unwrap() - 0.8).abs() < 1e-3);
    /// ```
    #[must_use]
    pub fn power(&self, n: i64) -> Option<f64> {
        let (same, apart) = self.deviations()?;
        let effective = n as f64 / self.design_effect;
        let beyond =
            (self.one - self.other).abs() * effective.sqrt() - two_sided_normal(1.0 - self.alpha)? * same;
        if n < 1 {
            None
        } else if apart > 0.0 {
            Some(above_normal(-beyond / apart))
        } else {
            Some(if beyond >= 0.0 { 1.0 } else { 0.0 })
        }
    }

    /// √(2 p̄ q̄) and √(p₁q₁ + p₂q₂).
    fn deviations(&self) -> Option<(f64, f64)> {
        let Self { one, other, alpha, design_effect } = *self;
        let fractions = (0.0..=1.0).contains(&one) && (0.0..=1.0).contains(&other);
        let differ = (one - other).abs() > 0.0;
        if !(fractions && differ && alpha > 0.0 && alpha < 1.0 && design_effect > 0.0) {
            return None;
        }
        let middle = f64::midpoint(one, other);
        let apart = one * (1.0 - one) + other * (1.0 - other);
        Some(((2.0 * middle * (1.0 - middle)).sqrt(), apart.sqrt()))
    }
}

/// The differences that `n` answers in each group can show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visible {
    /// The nearest share below that can be told apart; `None` where not even 0 can.
    pub below: Option<f64>,
    /// The nearest share above; `None` where not even 1 can.
    pub above: Option<f64>,
}

/// The nearest shares that `n` answers in each group can tell from `share`, with error alpha (two-sided)
/// and the probability `power`.
///
/// # Formula
///
/// The root of [`Contrast::power`] = power on either side, by bisection.
///
/// `None` for fractions outside their range or n < 1.
///
/// # Source
///
/// As [`Contrast::exact`]; R `power.prop.test(n, p1, power)`.
///
/// # Example
///
/// ```
/// let seen = stats::planning::visible(906, 0.80, 0.05, 0.8, 1.0).unwrap();
/// assert!((seen.above.unwrap() - 0.85).abs() < 1e-4);
/// ```
#[must_use]
pub fn visible(n: i64, share: f64, alpha: f64, power: f64, design_effect: f64) -> Option<Visible> {
    let sound = n >= 1
        && (0.0..=1.0).contains(&share)
        && alpha > 0.0
        && alpha < 1.0
        && power > alpha / 2.0
        && power < 1.0
        && design_effect > 0.0;
    let seen = |other: f64| {
        let contrast = Contrast { one: share, other, alpha, design_effect };
        contrast.power(n).is_some_and(|reached| reached >= power)
    };
    let side = |room: f64, sign: f64| {
        // A distance that rounding makes 0 is not seen.
        (room > 0.0 && seen(share + sign * room))
            .then(|| share + sign * bisect(0.0, room, |distance| !seen(share + sign * distance)))
    };
    sound.then(|| Visible { below: side(share, -1.0), above: side(1.0 - share, 1.0) })
}

/// Design effects of clusters with a common intra-class correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterEffect {
    /// The mean cluster size.
    pub mean_size: f64,
    /// If all clusters had the mean size.
    pub equal: f64,
    /// With the sizes as they are.
    pub unequal: f64,
}

/// The design effect to expect from clusters of these sizes and the correlation `icc` within them.
///
/// # Formula
///
/// 1 + (m̄ − 1)ρ; unequal: 1 + (Σm²/Σm − 1)ρ. Empty clusters count in m̄ and in no sum. `None` without
/// anybody, for a negative size, or a correlation outside −1..1.
///
/// # Source
///
/// Kish 1965, Survey Sampling, section 5.4; Holt 1980, J R Stat Soc A 143:39.
///
/// # Example
///
/// ```
/// let effect = stats::planning::cluster_effect(&[10, 30], 0.1).unwrap();
/// assert!((effect.equal - 2.9).abs() < 1e-12 && (effect.unequal - 3.4).abs() < 1e-12);
/// ```
#[must_use]
pub fn cluster_effect(sizes: &[i64], icc: f64) -> Option<ClusterEffect> {
    let people: f64 = sizes.iter().map(|&size| size as f64).sum();
    let squares: f64 = sizes.iter().map(|&size| (size as f64).powi(2)).sum();
    if people <= 0.0 || sizes.iter().any(|&size| size < 0) || !(-1.0..=1.0).contains(&icc) {
        return None;
    }
    let mean_size = people / sizes.len() as f64;
    let effect = |size: f64| 1.0 + (size - 1.0) * icc;
    Some(ClusterEffect { mean_size, equal: effect(mean_size), unequal: effect(squares / people) })
}

/// The next whole number, unless rounding alone makes the difference.
#[expect(clippy::cast_possible_truncation, reason = "bounded by MOST, whole")]
fn up(number: f64) -> Option<i64> {
    let nearest = number.round();
    let whole = if (number - nearest).abs() <= ROUNDING * nearest.abs() { nearest } else { number.ceil() };
    (0.0..=MOST).contains(&whole).then_some(whole as i64)
}
