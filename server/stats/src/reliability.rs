//! Whether the items of a questionnaire measure one thing.
//!
//! Everything is computed from the covariances of the items as they were answered: an item that is
//! keyed the other way shows by its negative correlation with the rest, and nothing turns it round
//! silently.

use crate::estimate::Unavailable;
use crate::interval::Interval;
use crate::moments::Covariance;
use crate::quantile::{beta, tail};

/// Internal consistency of several items.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// Respondents who answered all items.
    pub n: i64,
    /// Cronbach's α.
    pub alpha: f64,
    /// α of the items brought to the same variance; `None` where an item has none.
    pub standardised: Option<f64>,
    /// Mean correlation of two items; `None` where an item has no variance.
    pub average_correlation: Option<f64>,
    /// The interval of Feldt.
    pub interval: Option<Interval>,
    /// α of the others, for every item; `None` where they are fewer than two or do not vary.
    pub if_dropped: Vec<Option<f64>>,
    /// The correlation of every item with the sum of the others; `None` where one does not vary.
    pub item_rest: Vec<Option<f64>>,
}

impl Reliability {
    /// The items whose correlation with the sum of the others is negative: keyed the other way, or
    /// entered wrongly.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::{moments::Moments, reliability::reliability};
    /// let mut sums = Moments::new(4);
    /// for row in [[1, 2, 1, 4], [3, 3, 3, 3], [5, 4, 5, 2], [4, 4, 4, 2]] {
    ///     sums.add(&row)?;
    /// }
    /// assert_eq!(reliability(&sums.covariance()?, 0.95)?.negative(), [3]);
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    #[must_use]
    pub fn negative(&self) -> Vec<usize> {
        let rest = self.item_rest.iter().enumerate();
        rest.filter(|(_, r)| r.is_some_and(|r| r < 0.0)).map(|(at, _)| at).collect()
    }
}

/// Cronbach's α with what belongs to it.
///
/// # Formula
///
/// ```text
/// α = k/(k−1) (1 − Σ var_j/var of the sum)    standardised: k r̄/(1 + (k−1) r̄)
/// item-rest: cov(x_j, T − x_j)/√(var_j var(T − x_j))
/// Feldt: 1 − (1−α) F(1−a/2; n−1, (n−1)(k−1)) .. 1 − (1−α) F(a/2; …),  a = 1 − level
/// ```
///
/// # Source
///
/// Cronbach 1951, Psychometrika 16:297; Feldt, Woodruff and Salih 1987, Appl Psych Meas 11:93. R
/// `psych::alpha`.
///
/// # Errors
///
/// [`Unavailable::Malformed`] for fewer than two items; [`Unavailable::NoAnswers`] where the sum does
/// not vary.
///
/// # Example
///
/// ```
/// use stats::{moments::Moments, reliability::reliability};
/// let mut sums = Moments::new(2);
/// for row in [[1, 2], [3, 3], [5, 4]] {
///     sums.add(&row)?;
/// }
/// let found = reliability(&sums.covariance()?, 0.95)?;
/// assert!((found.alpha - 2.0 * (1.0 - 5.0 / 9.0)).abs() < 1e-12); // variances 4 and 1, of the sum 9
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn reliability(items: &Covariance, level: f64) -> Result<Reliability, Unavailable> {
    let k = items.width();
    if k < 2 {
        return Err(Unavailable::Malformed("at least two items"));
    }
    let all: Vec<usize> = (0..k).collect();
    let alpha = alpha_of(items, &all).ok_or(Unavailable::NoAnswers)?;
    let without = |item: usize| -> Vec<usize> { all.iter().copied().filter(|at| *at != item).collect() };
    let correlations: Option<Vec<f64>> = (0..k)
        .flat_map(|one| (0..one).map(move |other| (one, other)))
        .map(|(a, b)| items.correlation(a, b))
        .collect();
    let average = correlations.map(|all| all.iter().sum::<f64>() / all.len() as f64);
    let size = k as f64;
    let standardised = average.map(|r| size * r / (1.0 + (size - 1.0) * r)).filter(|a| a.is_finite());
    Ok(Reliability {
        n: items.n(),
        alpha,
        standardised,
        average_correlation: average,
        interval: feldt(alpha, items.n(), k, level),
        if_dropped: all.iter().map(|item| alpha_of(items, &without(*item))).collect(),
        item_rest: all.iter().map(|item| item_rest(items, *item, &without(*item))).collect(),
    })
}

/// Cronbach's α alone. Of covariances that come from different people
/// ([`crate::moments::PairMoments`]) it is R's `psych::alpha` with blanks; the interval of
/// [`reliability`] then rests on the smallest number of people of a pair.
///
/// # Formula
///
/// As [`reliability`]. `None` for fewer than two items and where the sum has no positive variance.
///
/// # Source
///
/// Cronbach 1951.
///
/// # Example
///
/// ```
/// use stats::{moments::PairMoments, reliability::alpha};
/// let mut sums = PairMoments::new(2);
/// for row in [[Some(1), Some(2)], [Some(3), Some(3)], [Some(5), Some(4)]] {
///     sums.add(&row)?;
/// }
/// assert!((alpha(&sums.covariance()?).unwrap() - 8.0 / 9.0).abs() < 1e-12);
/// # Ok::<(), stats::Unavailable>(())
/// ```
#[must_use]
pub fn alpha(items: &Covariance) -> Option<f64> {
    let all: Vec<usize> = (0..items.width()).collect();
    alpha_of(items, &all)
}

fn alpha_of(items: &Covariance, chosen: &[usize]) -> Option<f64> {
    let k = chosen.len() as f64;
    let own: f64 = chosen.iter().map(|at| items.at(*at, *at)).sum();
    let whole = total(items, chosen);
    (chosen.len() > 1 && whole > 0.0).then(|| k / (k - 1.0) * (1.0 - own / whole))
}

/// The variance of the sum of items.
fn total(items: &Covariance, chosen: &[usize]) -> f64 {
    chosen.iter().flat_map(|one| chosen.iter().map(move |other| items.at(*one, *other))).sum()
}

fn item_rest(items: &Covariance, item: usize, rest: &[usize]) -> Option<f64> {
    let common: f64 = rest.iter().map(|other| items.at(item, *other)).sum();
    let scale = items.at(item, item).sqrt() * total(items, rest).max(0.0).sqrt();
    (scale > 0.0).then(|| (common / scale).clamp(-1.0, 1.0))
}

fn feldt(alpha: f64, n: i64, items: usize, level: f64) -> Option<Interval> {
    let people = (n - 1) as f64;
    let rest = people * (items - 1) as f64;
    let f = |p: f64| {
        let x = beta(p, people / 2.0, rest / 2.0)?;
        Some(rest * x / (people * (1.0 - x))).filter(|f| f.is_finite())
    };
    let tail = tail(level)?;
    Interval::of(1.0 - (1.0 - alpha) * f(1.0 - tail)?, 1.0 - (1.0 - alpha) * f(tail)?)
}

#[cfg(test)]
mod tests {
    use super::{alpha, reliability};
    use crate::moments::{Moments, PairMoments};

    fn of<const K: usize>(rows: &[[i64; K]]) -> Moments {
        let mut sums = Moments::new(K);
        for row in rows {
            sums.add(row).unwrap();
        }
        sums
    }

    #[test]
    fn an_item_that_does_not_vary_has_no_correlation_and_is_no_number() {
        let sums = of(&[[1, 2, 4], [3, 3, 4], [5, 5, 4]]);
        let found = reliability(&sums.covariance().unwrap(), 0.95).unwrap();
        assert!(found.alpha.is_finite());
        assert_eq!((found.standardised, found.average_correlation, found.item_rest[2]), (None, None, None));
        assert!(found.negative().is_empty());
    }

    #[test]
    fn equal_items_are_perfectly_reliable_and_equal_people_not_at_all() {
        let sums = of(&[[1, 1], [3, 3], [5, 5]]);
        let found = reliability(&sums.covariance().unwrap(), 0.95).unwrap();
        assert!((found.alpha - 1.0).abs() < 1e-12 && found.if_dropped == [None, None]);
        assert!(reliability(&of(&[[4, 4], [4, 4]]).covariance().unwrap(), 0.95).is_err());
        assert!(reliability(&of(&[[1], [2]]).covariance().unwrap(), 0.95).is_err());
        assert!(alpha(&of(&[[1], [2]]).covariance().unwrap()).is_none());
        assert!(of(&[[1, 1]]).covariance().is_err());
        let mut alone = PairMoments::new(2);
        alone.add(&[Some(1), Some(1)]).unwrap();
        assert!(alone.covariance().is_err());
    }
}
