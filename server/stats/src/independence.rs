//! Whether two classifications of the respondents of a designed sample are independent.

use crate::beta::regularised;
use crate::design::{Design, Lonely};
use crate::linearised::{Linearised, mean};
use crate::sum::sum;

/// The second-order corrected test of Rao and Scott.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaoScott {
    /// The statistic, F distributed under independence.
    pub f: f64,
    /// Its numerator degrees of freedom.
    pub ndf: f64,
    /// Its denominator degrees of freedom.
    pub ddf: f64,
    /// P(F > f).
    pub p: f64,
}

/// Tests two classifications; `cells` gives (row, column) of every respondent, both from 0, or
/// `None` where one of them is unknown.
///
/// # Formula
///
/// Cells p̂ with linearised covariance V, D = diag(p̂), C the residuals of the interaction columns
/// on intercept and main effects by (unweighted) least squares over the cells:
///
/// ```text
/// Δ = (C'D⁻¹C/n)⁻¹ C'D⁻¹VD⁻¹C    X² = n Σ (p̂ − p̂_r p̂_c)²/(p̂_r p̂_c)
/// F = X²/tr Δ    ndf = (tr Δ)²/tr Δ²    ddf = ndf (clusters − strata)
/// ```
///
/// `None` unless there are two rows and two columns, every cell holds weight, and V is known.
///
/// # Source
///
/// Rao and Scott 1984, Ann Stat 12:46; Thomas and Rao 1987, JASA 82:630; R `svychisq`.
///
/// # Example
///
/// ```
/// use stats::{design::{Design, Lonely}, independence::rao_scott};
/// let design = Design::stratified(vec![0; 40])?;
/// let cells: Vec<_> = (0..40).map(|i| Some((i % 2, usize::from(i % 3 == 0)))).collect();
/// let test = rao_scott(&design, &cells, Lonely::Adjust).ok_or("no test")?;
/// assert!((test.ndf - 1.0).abs() < 1e-9 && test.p > 0.05);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn rao_scott(design: &Design, cells: &[Option<(usize, usize)>], lonely: Lonely) -> Option<RaoScott> {
    let rows = cells.iter().flatten().map(|cell| cell.0).max()? + 1;
    let columns = cells.iter().flatten().map(|cell| cell.1).max()? + 1;
    if rows < 2 || columns < 2 || rows.checked_mul(columns)? > cells.len() {
        return None;
    }
    let figures = shares(design, cells, rows, columns)?;
    let p: Vec<f64> = figures.iter().map(|figure| figure.est).collect();
    if p.iter().any(|p| *p <= 0.0) {
        return None;
    }
    let n = cells.iter().flatten().count() as f64;
    let covariance = design.covariance(&figures.iter().collect::<Vec<_>>(), lonely)?;
    let delta = generalised_effects(&contrasts(rows, columns), &p, &covariance, n)?;
    let trace = sum((0..delta.len()).map(|at| delta[at][at]));
    let square = sum((0..delta.len())
        .flat_map(|i| (0..delta.len()).map(move |j| (i, j)))
        .map(|(i, j)| delta[i][j] * delta[j][i]));
    let f = pearson(&p, columns, n) / trace;
    let ndf = trace * trace / square;
    let ddf = ndf * design.degrees_of_freedom(&figures.first()?.usable) as f64;
    let sound = f.is_finite() && f >= 0.0 && ndf > 0.0 && ddf > 0.0;
    sound.then(|| RaoScott { f, ndf, ddf, p: above_f(f, ndf, ddf) })
}

/// The share of every cell, row by row.
fn shares(
    design: &Design,
    cells: &[Option<(usize, usize)>],
    rows: usize,
    columns: usize,
) -> Option<Vec<Linearised>> {
    let share = |at: usize| {
        let here = |cell: (usize, usize)| f64::from(u8::from(cell.0 * columns + cell.1 == at));
        let values: Vec<Option<f64>> = cells.iter().map(|cell| cell.map(here)).collect();
        mean(design.weights(), &values).ok()
    };
    (0..rows * columns).map(share).collect()
}

/// n Σ (p − `p_r` `p_c`)²/(`p_r` `p_c`).
fn pearson(p: &[f64], columns: usize, n: f64) -> f64 {
    let row = |r: usize| sum(p[r * columns..(r + 1) * columns].iter().copied());
    let column = |c: usize| sum(p.iter().skip(c).step_by(columns).copied());
    n * sum(p.iter().enumerate().map(|(at, p)| {
        let expected = row(at / columns) * column(at % columns);
        (p - expected).powi(2) / expected
    }))
}

/// The interaction columns after projection: in a full table the residual of the indicator of
/// cell (a, b) is (1(r=a) − 1/R)(1(c=b) − 1/C).
fn contrasts(rows: usize, columns: usize) -> Vec<Vec<f64>> {
    let apart = |one: usize, other: usize, of: usize| f64::from(u8::from(one == other)) - 1.0 / of as f64;
    let mut list = Vec::with_capacity((rows - 1) * (columns - 1));
    for a in 1..rows {
        for b in 1..columns {
            let cell = |at: usize| apart(at / columns, a, rows) * apart(at % columns, b, columns);
            list.push((0..rows * columns).map(cell).collect());
        }
    }
    list
}

/// Δ.
fn generalised_effects(
    contrasts: &[Vec<f64>],
    p: &[f64],
    covariance: &[Vec<f64>],
    n: f64,
) -> Option<Vec<Vec<f64>>> {
    let scaled: Vec<Vec<f64>> =
        contrasts.iter().map(|c| c.iter().zip(p).map(|(c, p)| c / p).collect()).collect();
    let dot = |a: &[f64], b: &[f64]| sum(a.iter().zip(b).map(|(a, b)| a * b));
    let spread = |b: &[f64]| -> Vec<f64> { covariance.iter().map(|row| dot(row, b)).collect() };
    let base = scaled.iter().map(|a| contrasts.iter().map(|b| dot(a, b) / n).collect()).collect();
    let top = scaled.iter().map(|a| scaled.iter().map(|b| dot(a, &spread(b))).collect()).collect();
    solve(base, top)
}

/// A⁻¹B, by elimination with pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = a.len();
    for column in 0..size {
        let largest = (column..size).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs()))?;
        a.swap(column, largest);
        b.swap(column, largest);
        let pivot = a[column][column];
        if !(pivot.abs() > 0.0 && pivot.is_finite()) {
            return None;
        }
        let (pivot_a, pivot_b) = (a[column].clone(), b[column].clone());
        for row in (0..size).filter(|row| *row != column) {
            let times = a[row][column] / pivot;
            a[row].iter_mut().zip(&pivot_a).for_each(|(left, right)| *left -= times * right);
            b[row].iter_mut().zip(&pivot_b).for_each(|(left, right)| *left -= times * right);
        }
    }
    for (row, values) in b.iter_mut().enumerate() {
        for value in values {
            *value /= a[row][row];
        }
    }
    Some(b)
}

/// P(F > f), by the incomplete beta function (DLMF 8.17).
fn above_f(f: f64, ndf: f64, ddf: f64) -> f64 {
    let all = ddf + ndf * f;
    regularised(ddf / 2.0, ndf / 2.0, ddf / all, ndf * f / all)
}
