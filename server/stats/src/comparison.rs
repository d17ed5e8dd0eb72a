//! Two shares of different respondents: is their difference more than a margin, or might it be chance?
//!
//! The difference d of two estimates comes from [`Estimate::minus_independent`] or, where the
//! respondents are the same, from [`crate::share::difference`]; its p-value by the normal quantile is
//! [`two_sided_p`]. That is enough for differences of scores and for shares in the middle. Near 1,
//! where satisfaction lies, the error of a share depends strongly on the share itself, and the spread
//! of those few who are dissatisfied says too little: the ordinary test names units that are like the
//! others far more often than it promises. [`Evidence::between`] therefore asks as the Wilson
//! interval does: how far would the difference lie from the margin if the margin were the truth?

use crate::estimate::Estimate;
use crate::interval::Interval;
use crate::quantile::{t, tail};
use crate::root::bisect;
use crate::tail::{above_normal, above_t};

/// One side of a comparison: a share and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// The share, a fraction.
    pub share: f64,
    /// The number of independent yes/no answers that would be as precise.
    pub effective: f64,
    /// Degrees of freedom of its variance.
    pub df: f64,
}

impl Side {
    /// The side that an estimate makes, with the usual design effect g of its peers as a floor, as
    /// in [`crate::floor::product_interval`]: what is compared is what is published.
    ///
    /// # Formula
    ///
    /// `n_e` = p(1−p)/max(se², g p(1−p)/n); n/g where p is 0 or 1 or the variance 0 (n without g).
    ///
    /// `None` without respondents, degrees of freedom, or any variance; and where the estimate is
    /// not a share.
    ///
    /// # Source
    ///
    /// As [`crate::floor::product_interval`].
    ///
    /// # Example
    ///
    /// ```
    /// use stats::{Estimate, comparison::Side};
    /// let share = Estimate { est: 0.9, se: Some(0.03), df: 99, n: 100, answers: 100, lonely: 0 };
    /// assert!((Side::of(&share, None).unwrap().effective - 100.0).abs() < 1e-9);
    /// assert!((Side::of(&share, Some(2.0)).unwrap().effective - 50.0).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn of(estimate: &Estimate, floor: Option<f64>) -> Option<Self> {
        let floor = floor.filter(|g| g.is_finite() && *g > 0.0);
        let (share, n) = (estimate.est, estimate.n as f64);
        if estimate.n < 1 || estimate.df < 1 || !(0.0..=1.0).contains(&share) {
            return None;
        }
        let spread = share * (1.0 - share);
        let own = estimate.variance().filter(|v| v.is_finite());
        let borrowed = floor.map_or(0.0, |g| g * spread / n);
        let variance = own.unwrap_or(0.0).max(borrowed);
        let effective = if spread <= 0.0 || (own.is_some() && variance <= 0.0) {
            n / floor.unwrap_or(1.0)
        } else if variance > 0.0 {
            spread / variance
        } else {
            return None;
        };
        Some(Self { share, effective, df: estimate.df as f64 })
    }

    /// The standard error of the share.
    ///
    /// # Formula
    ///
    /// √(p(1−p)/`n_e`)
    ///
    /// # Example
    ///
    /// ```
    /// let side = stats::comparison::Side { share: 0.8, effective: 100.0, df: 99.0 };
    /// assert!((side.se() - 0.04).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn se(&self) -> f64 {
        (self.share * (1.0 - self.share) / self.effective).sqrt()
    }
}

/// What a comparison says about the difference θ of the true shares, against a margin δ ≥ 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// The difference seen, first minus second.
    pub difference: f64,
    /// How likely so large a difference would be if θ were δ: small speaks for θ > δ.
    pub above: f64,
    /// How likely so small a difference would be if θ were −δ: small speaks for θ < −δ.
    pub below: f64,
}

impl Evidence {
    /// Compares two sides whose respondents are different people.
    ///
    /// # Formula
    ///
    /// The null hypothesis is |θ| ≤ δ, tested at both of its ends e = δ, −δ:
    ///
    /// ```text
    /// t = (p₁ − p₂ − e) / √(v₁ + v₂)    v = π(1−π)/n_e
    /// df = (v₁ + v₂)² / (v₁²/df₁ + v₂²/df₂)
    /// ```
    ///
    /// π₁ and π₂ are the most likely true shares among those with π₁ − π₂ = e: they maximise
    /// Σ `n_e` (p ln π + (1−p) ln(1−π)). `above` is the upper tail of t at δ, `below` the lower
    /// one at −δ. With δ = 0 and one shared π it is the score test of two proportions.
    ///
    /// In simulated provinces of 64 like units (13 items, within-person correlation 0.8, 60 to 200
    /// respondents, δ = 0, Holm at 5 %, 300 provinces a line) some unit was named in
    ///
    /// | true share | d/se with the own variance | with the floor | this test |
    /// | --- | ---: | ---: | ---: |
    /// | 0.85 | 22 % | 12 % | 3 % |
    /// | 0.95 | 71 % | 36 % | 4 % |
    /// | 0.97 | 88 % | 53 % | 6 % |
    ///
    /// # Source
    ///
    /// Mee 1984, Biometrics 40:1175, and Farrington and Manning 1990, Stat Med 9:1447 (a margin in
    /// the null hypothesis); effective numbers as in Franco, Little, Louis and Slud
    /// 2019; degrees of freedom after Satterthwaite 1946, Biometrics 2:110.
    ///
    /// `None` unless 0 ≤ δ < 1 and both sides are shares with positive `effective` and `df` ≥ 1.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::comparison::{Evidence, Side};
    /// let side = |share, effective| Side { share, effective, df: 1e9 };
    /// // Newcombe 1998: Mee's interval for 56/70 − 48/80 begins at 0.0533.
    /// let found = Evidence::between(&side(0.8, 70.0), &side(0.6, 80.0), 0.0533).unwrap();
    /// assert!((found.above - 0.025).abs() < 1e-4);
    /// ```
    #[must_use]
    pub fn between(one: &Side, other: &Side, margin: f64) -> Option<Self> {
        let is_share = |side: &Side| {
            (0.0..=1.0).contains(&side.share)
                && side.effective.is_finite()
                && side.effective > 0.0
                && side.df >= 1.0
        };
        if !(is_share(one) && is_share(other) && (0.0..1.0).contains(&margin)) {
            return None;
        }
        let above = tail_at(one, other, margin);
        let below = tail_at(other, one, margin);
        Some(Self { difference: one.share - other.share, above, below })
    }

    /// The p-value of |θ| ≤ δ: twice the smaller of the two, so that "above" and "below" are each
    /// claimed at half the level.
    ///
    /// # Formula
    ///
    /// min(1, 2 min(above, below))
    ///
    /// # Source
    ///
    /// Two one-sided tests, Bonferroni over the two ends. With δ = 0 the ordinary two-sided test.
    ///
    /// # Example
    ///
    /// ```
    /// let found = stats::comparison::Evidence { difference: 0.1, above: 0.01, below: 0.999 };
    /// assert_eq!(found.p(), 0.02);
    /// ```
    #[must_use]
    pub fn p(&self) -> f64 {
        (2.0 * self.above.min(self.below)).min(1.0)
    }
}

/// The chance of a difference as large as that of `one` minus `other`, if the truth were `margin`.
fn tail_at(one: &Side, other: &Side, margin: f64) -> f64 {
    let (first, second) = likeliest(one, other, margin);
    let spread = |share: f64, side: &Side| (share * (1.0 - share)).max(0.0) / side.effective;
    let (left, right) = (spread(first, one), spread(second, other));
    let variance = left + right;
    let distance = one.share - other.share - margin;
    if variance <= 0.0 {
        // Both shares are certain under the hypothesis, and so they are what was seen.
        return if distance > 0.0 { 0.0 } else { 1.0 };
    }
    let df = variance * variance / (left * left / one.df + right * right / other.df);
    above_t(distance / variance.sqrt(), df)
}

/// The most likely true shares that differ by `margin`. The likelihood is concave in them, so its
/// slope has one root; multiplied by all spreads it has a value at the ends too.
fn likeliest(one: &Side, other: &Side, margin: f64) -> (f64, f64) {
    let spread = |share: f64| share * (1.0 - share);
    let rises = |second: f64| {
        let first = second + margin;
        let left = one.effective * (one.share - first) * spread(second);
        let right = other.effective * (other.share - second) * spread(first);
        left + right > 0.0
    };
    let second = bisect(0.0, 1.0 - margin, rises);
    ((second + margin).min(1.0), second)
}

/// The smallest differences from `peers`, margin included, that a unit with `effective` answers
/// could have shown at a level: below and above. `None` where even a share of 0 or 1 shows nothing.
///
/// # Formula
///
/// The smallest x with p(peers − x) ≤ α, and with p(peers + x) ≤ α, p as [`Evidence::p`]. Where N
/// units are looked at together, α/N (Holm's first step) holds whatever the others are like.
///
/// # Source
///
/// Inversion of [`Evidence::between`].
///
/// # Example
///
/// ```
/// use stats::comparison::{Side, smallest_visible};
/// let peers = Side { share: 0.9, effective: 5000.0, df: 4000.0 };
/// let (below, above) = smallest_visible(&peers, (100.0, 99.0), 0.02, 0.05 / 64.0);
/// assert!(below.unwrap() > 0.12 && below.unwrap() < 0.15);
/// assert_eq!(above, None); // nobody can be clearly above 90 % with a hundred answers
/// ```
#[must_use]
pub fn smallest_visible(
    peers: &Side,
    (effective, df): (f64, f64),
    margin: f64,
    level: f64,
) -> (Option<f64>, Option<f64>) {
    let hidden = |share: f64| {
        let unit = Side { share, effective, df };
        Evidence::between(&unit, peers, margin).is_none_or(|found| found.p() > level)
    };
    let least = |room: f64, at: &dyn Fn(f64) -> f64| {
        (!hidden(at(room))).then(|| bisect(0.0, room, |x| hidden(at(x))))
    };
    let below = least(peers.share, &|x| (peers.share - x).max(0.0));
    let above = least(1.0 - peers.share, &|x| (peers.share + x).min(1.0));
    (below, above)
}

/// The interval of a difference of two sides, consistent with the interval of each.
///
/// # Formula
///
/// ```text
/// low = d − √((p₁ − l₁)² + (u₂ − p₂)²)    high = d + √((u₁ − p₁)² + (p₂ − l₂)²)
/// ```
///
/// with the limits l, u of each side's Wilson interval (t quantile).
///
/// # Source
///
/// Newcombe 1998, Stat Med 17:873, method 10; Zou and Donner 2008, Stat Med 27:1693.
///
/// # Example
///
/// ```
/// use stats::comparison::{Side, difference_interval};
/// // Newcombe's example (a): 56/70 − 48/80, 0.0524 to 0.3339
/// let side = |x: f64, n: f64| Side { share: x / n, effective: n, df: 1e9 };
/// let found = difference_interval(&side(56.0, 70.0), &side(48.0, 80.0), 0.95).unwrap();
/// assert!((found.low - 0.0524).abs() < 5e-5 && (found.high - 0.3339).abs() < 5e-5);
/// ```
#[must_use]
pub fn difference_interval(one: &Side, other: &Side, level: f64) -> Option<Interval> {
    let limits = |side: &Side| {
        let quantile = -t(tail(level)?, side.df)?;
        crate::interval::wilson(side.share, side.effective, quantile)
    };
    let (first, second) = (limits(one)?, limits(other)?);
    let difference = one.share - other.share;
    let low = difference - (one.share - first.low).hypot(second.high - other.share);
    let high = difference + (first.high - one.share).hypot(other.share - second.low);
    Interval::of(low, high)
}

/// The two-sided p-value of a difference by the normal quantile.
///
/// # Formula
///
/// 2 P(Z > |d|/se). `None` without se and with se = 0: no spread is not certainty.
///
/// # Source
///
/// Korn and Graubard 1999, section 5; as R's `svycontrast` is usually read.
///
/// # Example
///
/// ```
/// let gap = stats::Estimate { est: 0.0392, se: Some(0.02), df: 178, n: 180, answers: 180, lonely: 0 };
/// assert!((stats::comparison::two_sided_p(&gap).unwrap() - 0.05).abs() < 1e-3);
/// ```
#[must_use]
pub fn two_sided_p(difference: &Estimate) -> Option<f64> {
    let se = difference.se.filter(|se| *se > 0.0)?;
    Some((2.0 * above_normal((difference.est / se).abs())).min(1.0))
}
