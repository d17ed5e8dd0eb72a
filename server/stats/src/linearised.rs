//! Figures of a sample and their linearised variables.
//!
//! A smooth function of weighted totals has, up to terms that vanish with the size of the sample,
//! the variance of the total of `w_i z_i`; z is given here, one for every row, and 0 for every row
//! that does not count. [`crate::design::Design`] turns it into a standard error.
//!
//! Whoever is outside a domain, or gave no answer, is marked unusable; the row stays.
//!
//! # Source
//!
//! Woodruff 1971, JASA 66:411; Särndal, Swensson and Wretman 1992, section 5.5.

use crate::estimate::Unavailable;
use crate::sum::sum;

/// A figure and its linearised variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Linearised {
    /// The figure.
    pub est: f64,
    /// z, one for every row.
    pub z: Vec<f64>,
    /// The respondents who count, one for every row.
    pub usable: Vec<bool>,
    /// The answers behind it, unweighted.
    pub answers: i64,
}

/// A ratio of two totals over the rows that have both; every row counts as one answer.
///
/// # Formula
///
/// R = Σwy/Σwx, z = (y − R x)/Σwx.
///
/// # Source
///
/// Särndal, Swensson and Wretman 1992, section 5.6.
///
/// # Errors
///
/// [`Unavailable::NoAnswers`] if Σwx is 0 or nobody counts; [`Unavailable::Malformed`] for lists of
/// different lengths or what is no number.
///
/// # Example
///
/// ```
/// let share = stats::linearised::ratio(&[1.0, 3.0, 1.0], &[Some((2.0, 2.0)), Some((0.0, 1.0)), None])?;
/// assert_eq!((share.est, share.answers), (0.4, 2));
/// assert_eq!(share.z[2], 0.0);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn ratio(weights: &[f64], values: &[Option<(f64, f64)>]) -> Result<Linearised, Unavailable> {
    if weights.len() != values.len() {
        return Err(Unavailable::Malformed("a weight for every row"));
    }
    if values.iter().flatten().any(|(y, x)| !(y.is_finite() && x.is_finite())) {
        return Err(Unavailable::Malformed("finite numbers"));
    }
    let counted = || weights.iter().zip(values).filter_map(|(w, value)| value.map(|(y, x)| (w, y, x)));
    let below = sum(counted().map(|(w, _, x)| w * x));
    if below == 0.0 || !below.is_finite() {
        return Err(Unavailable::NoAnswers);
    }
    let est = sum(counted().map(|(w, y, _)| w * y)) / below;
    let z = values.iter().map(|value| value.map_or(0.0, |(y, x)| (y - est * x) / below)).collect();
    let usable: Vec<bool> = values.iter().map(Option::is_some).collect();
    let answers = count(&usable);
    Ok(Linearised { est, z, usable, answers })
}

/// The share of satisfied answers among all answers of all respondents.
///
/// # Formula
///
/// [`ratio`] of the satisfied answers S to the answers A of every respondent; answers = ΣA.
///
/// # Source
///
/// As [`ratio`].
///
/// # Errors
///
/// As [`ratio`].
///
/// # Example
///
/// ```
/// let share = stats::linearised::pooled(&[1.0, 3.0, 1.0], &[Some((2, 2)), Some((0, 1)), None])?;
/// assert_eq!((share.est, share.answers), (0.4, 3));
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn pooled(weights: &[f64], tallies: &[Option<(u32, u32)>]) -> Result<Linearised, Unavailable> {
    let pairs: Vec<_> =
        tallies.iter().map(|tally| tally.map(|(yes, all)| (f64::from(yes), f64::from(all)))).collect();
    let answers = tallies.iter().flatten().map(|(_, all)| i64::from(*all)).sum();
    Ok(Linearised { answers, ..ratio(weights, &pairs)? })
}

/// The mean of those who have a value: scores, items, yes/no questions as 1 and 0.
///
/// # Formula
///
/// ȳ = Σwy/Σw, z = (y − ȳ)/Σw: [`ratio`] with x = 1.
///
/// # Source
///
/// As [`ratio`].
///
/// # Errors
///
/// As [`ratio`].
///
/// # Example
///
/// ```
/// let mean = stats::linearised::mean(&[1.0, 3.0], &[Some(4.0), Some(0.0)])?;
/// assert_eq!(mean.est, 1.0);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn mean(weights: &[f64], values: &[Option<f64>]) -> Result<Linearised, Unavailable> {
    let pairs: Vec<_> = values.iter().map(|value| value.map(|y| (y, 1.0))).collect();
    ratio(weights, &pairs)
}

/// The total in the population.
///
/// # Formula
///
/// T = Σwy, z = y.
///
/// # Source
///
/// Särndal, Swensson and Wretman 1992, section 2.8.
///
/// # Errors
///
/// As [`ratio`].
///
/// # Example
///
/// ```
/// let total = stats::linearised::total(&[10.0, 20.0], &[Some(2.0), None])?;
/// assert_eq!(total.est, 20.0);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn total(weights: &[f64], values: &[Option<f64>]) -> Result<Linearised, Unavailable> {
    if weights.len() != values.len() || values.iter().flatten().any(|y| !y.is_finite()) {
        return Err(Unavailable::Malformed("a weight and a finite number for every row"));
    }
    let usable: Vec<bool> = values.iter().map(Option::is_some).collect();
    let answers = count(&usable);
    if answers == 0 {
        return Err(Unavailable::NoAnswers);
    }
    let z: Vec<f64> = values.iter().map(|value| value.unwrap_or(0.0)).collect();
    let est = sum(z.iter().zip(weights).map(|(y, w)| y * w));
    Ok(Linearised { est, z, usable, answers })
}

/// A fixed linear combination of figures of the same sample; a difference has the factors 1, −1.
///
/// A row counts if it counts for any of them; answers add.
///
/// # Formula
///
/// Σ `c_k` `θ_k`, z = Σ `c_k` `z_k`.
///
/// # Source
///
/// Särndal, Swensson and Wretman 1992, section 5.5.
///
/// # Errors
///
/// [`Unavailable::Malformed`] without figures, for lists of different lengths, or for factors that
/// are no numbers.
///
/// # Example
///
/// ```
/// use stats::linearised::{combination, mean};
/// let weights = [1.0, 1.0];
/// let now = mean(&weights, &[Some(4.0), None])?;
/// let then = mean(&weights, &[None, Some(1.0)])?;
/// assert_eq!(combination(&[(1.0, &now), (-1.0, &then)])?.est, 3.0);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn combination(parts: &[(f64, &Linearised)]) -> Result<Linearised, Unavailable> {
    let Some((_, first)) = parts.first() else {
        return Err(Unavailable::Malformed("at least one figure"));
    };
    let rows = first.z.len();
    if parts
        .iter()
        .any(|(times, part)| !times.is_finite() || part.z.len() != rows || part.usable.len() != rows)
    {
        return Err(Unavailable::Malformed("finite factors and figures of the same rows"));
    }
    let z = (0..rows).map(|row| sum(parts.iter().map(|(times, part)| times * part.z[row])));
    let usable = (0..rows).map(|row| parts.iter().any(|(_, part)| part.usable[row]));
    Ok(Linearised {
        est: sum(parts.iter().map(|(times, part)| times * part.est)),
        z: z.collect(),
        usable: usable.collect(),
        answers: parts.iter().map(|(_, part)| part.answers).sum(),
    })
}

/// The weighted mean of shares, with any fixed positive weights; the covariances between the
/// factors are in.
///
/// # Formula
///
/// I = Σ `ω_f` `R_f`, Σω = 1, z = Σ `ω_f` `z_f`. Exactly 1 where every share is 1, and exactly 0
/// where every share is 0, whatever the rounding of the weights.
///
/// # Source
///
/// As [`combination`].
///
/// # Errors
///
/// As [`combination`], and [`Unavailable::Malformed`] for a weight that is not positive.
///
/// # Example
///
/// ```
/// use stats::linearised::{composite, mean};
/// let high = mean(&[1.0], &[Some(1.0)])?;
/// let low = mean(&[1.0], &[Some(0.0)])?;
/// assert_eq!(composite(&[(3.0, &high), (1.0, &low)])?.est, 0.75);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn composite(factors: &[(f64, &Linearised)]) -> Result<Linearised, Unavailable> {
    if factors.iter().any(|(weight, _)| !(*weight > 0.0 && weight.is_finite())) {
        return Err(Unavailable::Malformed("positive weights"));
    }
    let all = sum(factors.iter().map(|(weight, _)| *weight));
    let parts: Vec<_> = factors.iter().map(|(weight, figure)| (weight / all, *figure)).collect();
    let mut index = combination(&parts)?;
    let others = sum(parts.iter().map(|(weight, figure)| weight * (1.0 - figure.est)));
    index.est /= index.est + others;
    Ok(index)
}

/// The weighted variance of single respondents about their mean, which a design effect compares
/// with.
///
/// # Formula
///
/// s² = n/(n−1) Σw(y − ȳ)²/Σw over those who have a value. `None` for n < 2 or Σw = 0.
///
/// # Source
///
/// Kish 1965, Survey Sampling, section 8.2; R `svyvar`.
///
/// # Example
///
/// ```
/// let spread = stats::linearised::element_variance(&[1.0, 1.0, 5.0], &[Some(0.0), Some(2.0), None]);
/// assert_eq!(spread, Some(2.0));
/// ```
#[must_use]
pub fn element_variance(weights: &[f64], values: &[Option<f64>]) -> Option<f64> {
    let average = mean(weights, values).ok()?;
    let counted = || weights.iter().zip(values).filter_map(|(w, value)| value.map(|y| (w, y)));
    let n = counted().count() as f64;
    let squares = sum(counted().map(|(w, y)| w * (y - average.est).powi(2)));
    (n > 1.0).then(|| n / (n - 1.0) * squares / sum(counted().map(|(w, _)| *w)))
}

fn count(usable: &[bool]) -> i64 {
    usable.iter().map(|usable| i64::from(*usable)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_composite_of_certain_shares_is_exact() {
        let one = mean(&[0.3, 0.7], &[Some(1.0), Some(1.0)]).unwrap();
        let index = composite(&[(3.0, &one), (4.0, &one), (8.0, &one), (3.0, &one), (4.0, &one)]).unwrap();
        assert!((index.est - 1.0).abs() < 1e-300);
        assert!(index.z.iter().all(|z| z.abs() < 1e-300));
    }

    #[test]
    fn what_is_no_figure_has_a_reason() {
        assert_eq!(mean(&[1.0], &[None]), Err(Unavailable::NoAnswers));
        assert_eq!(mean(&[0.0], &[Some(1.0)]), Err(Unavailable::NoAnswers));
        assert!(mean(&[1.0], &[Some(f64::NAN)]).is_err());
        assert!(mean(&[1.0, 1.0], &[Some(1.0)]).is_err());
        assert!(combination(&[]).is_err());
        assert_eq!(element_variance(&[1.0], &[Some(3.0)]), None);
    }
}
