//! Points of criteria: every dossier has 0, 1 or 2 of each.

use crate::estimate::{Estimate, Unavailable};

/// Most points that a dossier has of a criterion.
pub const MOST: f64 = 2.0;

/// Points as they are published: one decimal, half away from zero.
///
/// # Example
///
/// ```
/// assert_eq!(stats::points::rounded(1.25), 1.3);
/// ```
#[must_use]
pub fn rounded(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

/// The mean points of a criterion: `own` holds the dossiers, the sum of their points, and the sum of
/// squares.
///
/// # Formula
///
/// Σx/n, with the variance (n Σx² − (Σx)²)/(n²(n−1)); df = n − 1.
///
/// # Source
///
/// Cochran 1977, section 2.
///
/// # Errors
///
/// [`Unavailable::NoAnswers`] without dossiers, [`Unavailable::Inconsistent`] where the sums are no sums.
///
/// # Example
///
/// ```
/// let four = stats::points::criterion([4, 6, 10])?; // 2, 2, 1, 1
/// assert_eq!((four.est, four.df), (1.5, 3));
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn criterion(own: [i64; 3]) -> Result<Estimate, Unavailable> {
    let [n, sum, _] = own;
    if n <= 0 {
        return Err(Unavailable::NoAnswers);
    }
    let spread = covariance([n, sum, sum, own[2]]);
    if spread.is_some_and(|s| s < 0.0) {
        return Err(Unavailable::Inconsistent("no negative sum of squares"));
    }
    let se = spread.map(|s| (s / n as f64).sqrt());
    Ok(Estimate { est: sum as f64 / n as f64, se, df: n - 1, n, answers: n, lonely: 0 })
}

/// The sum of several criteria, each rounded before it is added: that is how the total is published. Its
/// variance is that of the unrounded sum.
///
/// `pairs` holds n, Σx, Σy, Σxy of the dossiers that have points of both, for the pairs (1,0), (2,0),
/// (2,1), …; a constant added to all points of a criterion changes nothing there.
///
/// # Formula
///
/// T = Σ round(m_i)    V = Σ_i s_ii/n_i + 2 Σ_{i<j} n_ij s_ij/(n_i n_j)
///
/// n and df are those of the criterion with the fewest dossiers. A pair that fewer than two dossiers
/// share adds no covariance.
///
/// # Source
///
/// The rule is that of the one-stop criteria; the variance of a sum of means over overlapping samples:
/// Kish 1965, section 12.4.
///
/// # Errors
///
/// [`Unavailable::FactorWithoutAnswers`] where a criterion has no dossier,
/// [`Unavailable::Malformed`] unless there is an entry for every pair; as [`criterion`].
///
/// # Example
///
/// ```
/// // Two criteria of three dossiers: (2,2), (1,1), (2,2).
/// let total = stats::points::total(&[[3, 5, 9], [3, 5, 9]], &[[3, 5, 5, 9]])?;
/// assert!((total.est - 3.4).abs() < 1e-12); // 1.7 and 1.7, not 3.333 rounded
/// let whole = stats::points::criterion([3, 10, 36])?; // 4, 2, 4
/// assert!((total.se.unwrap() - whole.se.unwrap()).abs() < 1e-12);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn total(own: &[[i64; 3]], pairs: &[[i64; 4]]) -> Result<Estimate, Unavailable> {
    if own.is_empty() || pairs.len() != own.len() * (own.len() - 1) / 2 {
        return Err(Unavailable::Malformed("sums of every pair"));
    }
    let mut criteria = Vec::with_capacity(own.len());
    for (at, sums) in own.iter().enumerate() {
        criteria.push(criterion(*sums).map_err(|error| match error {
            Unavailable::NoAnswers => Unavailable::FactorWithoutAnswers(at),
            other => other,
        })?);
    }
    let mut variance = criteria.iter().map(Estimate::variance).sum::<Option<f64>>();
    let places = (0..own.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    for ((one, other), sums) in places.zip(pairs) {
        let shared = sums[0] as f64 / (criteria[one].n as f64 * criteria[other].n as f64);
        let more = covariance(*sums).map_or(0.0, |s| 2.0 * shared * s);
        variance = variance.map(|sum| sum + more);
    }
    let n = criteria.iter().map(|one| one.n).min().unwrap_or(0);
    Ok(Estimate {
        est: criteria.iter().map(|one| rounded(one.est)).sum(),
        se: variance.map(|v| v.max(0.0).sqrt()),
        df: n - 1,
        n,
        answers: criteria.iter().map(|one| one.n).sum(),
        lonely: 0,
    })
}

/// Divisor n − 1; `None` with fewer than two.
fn covariance([n, x, y, product]: [i64; 4]) -> Option<f64> {
    let (n, x, y, product) = (i128::from(n), i128::from(x), i128::from(y), i128::from(product));
    (n >= 2).then(|| (n * product - x * y) as f64 / (n * (n - 1)) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_the_sum_of_rounded_criteria() {
        // Nine criteria of twenty dossiers with 25 points each: 1.25 is published as 1.3, nine of them
        // as 11.7; the unrounded sum would be 11.25.
        let own = [[20, 25, 35]; 9];
        let pairs = vec![[20, 25, 25, 35]; 36];
        let total = total(&own, &pairs).unwrap();
        assert!((total.est - 11.7).abs() < 1e-9, "{}", total.est);
        // All nine move together, so the standard error is nine times that of one.
        let one = criterion(own[0]).unwrap().se.unwrap();
        assert!((total.se.unwrap() - 9.0 * one).abs() < 1e-12);
    }

    #[test]
    fn a_criterion_without_dossiers_leaves_no_total() {
        let pairs = [[0; 4]];
        assert_eq!(total(&[[3, 5, 9], [0, 0, 0]], &pairs), Err(Unavailable::FactorWithoutAnswers(1)));
        assert_eq!(total(&[[3, 5, 9]], &pairs), Err(Unavailable::Malformed("sums of every pair")));
        assert_eq!(criterion([0, 0, 0]), Err(Unavailable::NoAnswers));
        assert_eq!(criterion([1, 2, 4]).unwrap().se, None);
    }
}
