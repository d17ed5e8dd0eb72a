//! Weighted least squares on the indicators of some margins.

use super::Margin;
use crate::sum::{Sum, sum};

/// A pivot below this part of its diagonal belongs to a column that the others determine.
const DEPENDENT: f64 = 1e-10;

/// The factorised normal equations X'WX = LL'. Columns that depend on earlier ones (the last cell
/// of every margin after the first) are left out: their pivot in L is 0.
#[derive(Debug, Clone)]
pub(super) struct Normal {
    weights: Vec<f64>,
    /// The columns in which a row has a 1, one for every margin.
    ones: Vec<Vec<usize>>,
    lower: Vec<Vec<f64>>,
}

impl Normal {
    /// The margins must be checked.
    pub(super) fn of(weights: &[f64], margins: &[Margin]) -> Self {
        let mut offset = 0;
        let mut ones = vec![Vec::with_capacity(margins.len()); weights.len()];
        for margin in margins {
            for (columns, cell) in ones.iter_mut().zip(&margin.cells) {
                columns.push(offset + cell);
            }
            offset += margin.totals.len();
        }
        let mut squares = vec![vec![Sum::default(); offset]; offset];
        for (columns, weight) in ones.iter().zip(weights) {
            for &row in columns {
                for &column in columns {
                    squares[row][column].add(*weight);
                }
            }
        }
        let squares: Vec<Vec<f64>> =
            squares.into_iter().map(|row| row.into_iter().map(Sum::value).collect()).collect();
        Self { weights: weights.to_vec(), ones, lower: factorise(&squares) }
    }

    /// b = (X'WX)⁻¹ X'Wz.
    pub(super) fn coefficients(&self, z: &[f64]) -> Vec<f64> {
        let mut right = vec![Sum::default(); self.lower.len()];
        for ((columns, weight), z) in self.ones.iter().zip(&self.weights).zip(z) {
            for &column in columns {
                right[column].add(weight * z);
            }
        }
        let right: Vec<f64> = right.into_iter().map(Sum::value).collect();
        self.solve(&right)
    }

    /// Xb.
    pub(super) fn fitted(&self, coefficients: &[f64]) -> Vec<f64> {
        self.ones.iter().map(|columns| columns.iter().map(|&column| coefficients[column]).sum()).collect()
    }

    /// The solution of X'WX b = right; 0 for columns left out.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let size = self.lower.len();
        let mut half = vec![0.0; size];
        for row in 0..size {
            let known = sum((0..row).map(|column| self.lower[row][column] * half[column]));
            half[row] = over(right[row] - known, self.lower[row][row]);
        }
        let mut solution = vec![0.0; size];
        for row in (0..size).rev() {
            let known = sum((row + 1..size).map(|column| self.lower[column][row] * solution[column]));
            solution[row] = over(half[row] - known, self.lower[row][row]);
        }
        solution
    }
}

/// L of Cholesky's factorisation.
fn factorise(squares: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = squares.len();
    let mut lower = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let known = sum((0..column).map(|at| lower[row][at] * lower[column][at]));
            let left = squares[row][column] - known;
            lower[row][column] = if row > column {
                over(left, lower[column][column])
            } else if left > DEPENDENT * squares[row][row] {
                left.sqrt()
            } else {
                0.0
            };
        }
    }
    lower
}

fn over(value: f64, pivot: f64) -> f64 {
    if pivot > 0.0 { value / pivot } else { 0.0 }
}
