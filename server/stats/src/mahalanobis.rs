//! How far each respondent lies from the others, all items taken together.

use crate::tail::above_chi_square;
use std::error::Error;
use std::fmt;

/// A pivot below this part of its variance counts as 0: the item follows from those before it.
const SINGULAR: f64 = 1e-10;

/// Why there are no distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDistance {
    /// Not more respondents than items.
    TooFew,
    /// Rows of different length, or of none, or something that is no number.
    Malformed,
    /// An item (its place) is constant or follows from those before it.
    Dependent(usize),
}

impl fmt::Display for NoDistance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew => write!(f, "more respondents than items are needed"),
            Self::Malformed => write!(f, "rows of numbers of one length are needed"),
            Self::Dependent(item) => write!(f, "item {item} is constant or follows from those before it"),
        }
    }
}

impl Error for NoDistance {}

/// The squared distances of complete rows (one a respondent, one number an item), in their order.
///
/// # Formula
///
/// d² = (x − x̄)' S⁻¹ (x − x̄), S with n − 1; by Cholesky's factor of S.
///
/// # Errors
///
/// [`NoDistance`], by reason.
///
/// # Source
///
/// Mahalanobis 1936, Proc Natl Inst Sci India 2:49; for careless answers Meade and Craig 2012.
///
/// # Example
///
/// ```
/// let rows = [vec![1.0], vec![2.0], vec![3.0]];
/// assert_eq!(stats::mahalanobis::squared_distances(&rows)?, [1.0, 0.0, 1.0]);
/// # Ok::<(), stats::mahalanobis::NoDistance>(())
/// ```
pub fn squared_distances(rows: &[Vec<f64>]) -> Result<Vec<f64>, NoDistance> {
    let width = rows.first().map_or(0, Vec::len);
    let sound = |row: &Vec<f64>| row.len() == width && row.iter().all(|value| value.is_finite());
    if width == 0 || !rows.iter().all(sound) {
        return Err(if rows.is_empty() { NoDistance::TooFew } else { NoDistance::Malformed });
    }
    if rows.len() <= width {
        return Err(NoDistance::TooFew);
    }
    let centred = centre(rows, width);
    let factor = factor(&covariance(&centred, width))?;
    Ok(centred.iter().map(|row| solve(&factor, row).iter().map(|value| value * value).sum()).collect())
}

/// How often chance alone puts a respondent so far out: d² against χ² with one degree an item.
///
/// # Formula
///
/// P(χ²\_items > d²). `None` without items or for a distance that is no number.
///
/// # Source
///
/// Meade and Craig 2012; exact for normal answers only, five-point answers exceed it more often.
///
/// # Example
///
/// ```
/// let p = stats::mahalanobis::p_value(2.0, 2).unwrap();
/// assert!((p - (-1.0_f64).exp()).abs() < 1e-12);
/// ```
#[must_use]
pub fn p_value(squared_distance: f64, items: usize) -> Option<f64> {
    (items > 0 && squared_distance >= 0.0).then(|| above_chi_square(squared_distance, items as f64))
}

fn centre(rows: &[Vec<f64>], width: usize) -> Vec<Vec<f64>> {
    let mut means = vec![0.0; width];
    for row in rows {
        means.iter_mut().zip(row).for_each(|(mean, value)| *mean += value / rows.len() as f64);
    }
    rows.iter().map(|row| row.iter().zip(&means).map(|(value, mean)| value - mean).collect()).collect()
}

/// The lower triangle, row by row.
fn covariance(centred: &[Vec<f64>], width: usize) -> Vec<Vec<f64>> {
    let divisor = (centred.len() - 1) as f64;
    let entry = |a: usize, b: usize| centred.iter().map(|row| row[a] * row[b]).sum::<f64>() / divisor;
    (0..width).map(|a| (0..=a).map(|b| entry(a, b)).collect()).collect()
}

/// Cholesky's lower factor of a lower triangle.
fn factor(matrix: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, NoDistance> {
    let mut lower: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for (at, row) in matrix.iter().enumerate() {
        let mut reduced = solve(&lower, &row[..at]);
        let pivot = row[at] - reduced.iter().map(|value| value * value).sum::<f64>();
        if pivot.is_nan() || pivot <= SINGULAR * row[at] || pivot <= 0.0 {
            return Err(NoDistance::Dependent(at));
        }
        reduced.push(pivot.sqrt());
        lower.push(reduced);
    }
    Ok(lower)
}

/// The y with L y = x.
fn solve(lower: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut solved: Vec<f64> = Vec::with_capacity(right.len());
    for (row, value) in lower.iter().zip(right) {
        let known: f64 = row.iter().zip(&solved).map(|(a, b)| a * b).sum();
        solved.push((value - known) / row[solved.len()]);
    }
    solved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_inverted_is_named() {
        let row = |a: f64, b: f64| vec![a, b];
        let twins = [row(1.0, 2.0), row(2.0, 4.0), row(5.0, 10.0), row(3.0, 6.0)];
        assert_eq!(squared_distances(&twins), Err(NoDistance::Dependent(1)));
        // The third is the sum of the others, but for rounding.
        let sums: Vec<Vec<f64>> = (1..9)
            .map(|at| (f64::from(at * at % 7) * 0.1, f64::from(at % 3) * 0.7))
            .map(|(a, b)| vec![a, b, a + b])
            .collect();
        assert_eq!(squared_distances(&sums), Err(NoDistance::Dependent(2)));
        let still = [row(4.0, 2.0), row(4.0, 4.0), row(4.0, 1.0)];
        assert_eq!(squared_distances(&still), Err(NoDistance::Dependent(0)));
        assert_eq!(squared_distances(&twins[..2]), Err(NoDistance::TooFew));
        assert_eq!(squared_distances(&[]), Err(NoDistance::TooFew));
        assert_eq!(squared_distances(&[vec![], vec![]]), Err(NoDistance::Malformed));
        assert_eq!(squared_distances(&[vec![1.0], vec![f64::NAN]]), Err(NoDistance::Malformed));
    }

    #[test]
    fn distances_add_up_to_items_times_respondents_less_one() {
        let rows: Vec<Vec<f64>> =
            (0..30).map(|at| vec![f64::from(at * at % 7), f64::from(at % 5), f64::from(at % 3)]).collect();
        let sum: f64 = squared_distances(&rows).unwrap().iter().sum();
        assert!((sum - 3.0 * 29.0).abs() < 1e-9, "{sum}");
    }
}
