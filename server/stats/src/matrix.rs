//! Small dense matrices: as many rows as a questionnaire has items or a province has units.

/// A matrix, kept by rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// The matrix with these entries.
    pub(crate) fn from_fn(rows: usize, columns: usize, entry: impl Fn(usize, usize) -> f64) -> Self {
        let entry = &entry;
        let values = (0..rows).flat_map(|row| (0..columns).map(move |column| entry(row, column))).collect();
        Self { rows, columns, values }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    fn set(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.columns + column] = value;
    }

    /// The product with a column.
    pub(crate) fn times(&self, column: &[f64]) -> Vec<f64> {
        (0..self.rows).map(|row| dot(self.row(row), column)).collect()
    }
}

/// Σ `a_i` `b_i`.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The lower triangle L with A = LL'.
#[derive(Debug, Clone)]
pub(crate) struct Cholesky {
    lower: Matrix,
}

/// Pivots below this times the diagonal are rounding: what they stand for is a combination of the
/// rows before.
const NOTHING: f64 = 1e-12;

impl Cholesky {
    /// `None` where the matrix is not positive definite to working precision.
    ///
    /// # Source
    ///
    /// Golub and Van Loan 2013, Matrix Computations, section 4.2.
    pub(crate) fn of(matrix: &Matrix) -> Option<Self> {
        factor(matrix, false).map(|lower| Self { lower })
    }

    /// The same for a matrix that may be singular, as the covariance of figures of which one
    /// follows from the others: L then has columns of 0. `None` where it has a negative direction.
    pub(crate) fn semidefinite(matrix: &Matrix) -> Option<Self> {
        factor(matrix, true).map(|lower| Self { lower })
    }

    /// L.
    pub(crate) fn lower(&self) -> &Matrix {
        &self.lower
    }

    /// x with Ax = b.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let size = self.lower.rows;
        let mut x = b.to_vec();
        for row in 0..size {
            let done = dot(&self.lower.row(row)[..row], &x[..row]);
            x[row] = (x[row] - done) / self.lower.at(row, row);
        }
        for row in (0..size).rev() {
            let done: f64 = (row + 1..size).map(|below| self.lower.at(below, row) * x[below]).sum();
            x[row] = (x[row] - done) / self.lower.at(row, row);
        }
        x
    }

    /// A⁻¹.
    pub(crate) fn inverse(&self) -> Matrix {
        let size = self.lower.rows;
        let unit = |at: usize| -> Vec<f64> { (0..size).map(|row| f64::from(row == at)).collect() };
        let columns: Vec<Vec<f64>> = (0..size).map(|at| self.solve(&unit(at))).collect();
        Matrix::from_fn(size, size, |row, column| 0.5 * (columns[column][row] + columns[row][column]))
    }

    /// ln |A|.
    pub(crate) fn ln_determinant(&self) -> f64 {
        (0..self.lower.rows).map(|row| 2.0 * self.lower.at(row, row).ln()).sum()
    }
}

fn factor(matrix: &Matrix, may_be_singular: bool) -> Option<Matrix> {
    let size = matrix.rows;
    let mut lower = Matrix::from_fn(size, size, |_, _| 0.0);
    for column in 0..size {
        let before = &lower.row(column)[..column];
        let diagonal = matrix.at(column, column);
        let pivot = diagonal - dot(before, before);
        let least = NOTHING * diagonal.abs();
        if !pivot.is_finite() || pivot < -1e3 * least {
            return None;
        }
        if pivot <= least {
            if may_be_singular {
                continue;
            }
            return None;
        }
        let root = pivot.sqrt();
        lower.set(column, column, root);
        for row in column + 1..size {
            let done = dot(&lower.row(row)[..column], &lower.row(column)[..column]);
            lower.set(row, column, (matrix.at(row, column) - done) / root);
        }
    }
    Some(lower)
}

/// The eigenvalues of a symmetric matrix, and its eigenvectors as columns.
///
/// # Formula
///
/// Rotations of Jacobi, row after row, until what lies off the diagonal is rounding.
///
/// # Source
///
/// Golub and Van Loan 2013, section 8.5.
pub(crate) fn eigen(matrix: &Matrix) -> Option<(Vec<f64>, Matrix)> {
    const SWEEPS: usize = 60;
    let size = matrix.rows;
    let mut a = matrix.clone();
    let mut vectors = Matrix::from_fn(size, size, |row, column| f64::from(row == column));
    let whole: f64 = a.values.iter().map(|value| value * value).sum();
    if !whole.is_finite() {
        return None;
    }
    for _ in 0..SWEEPS {
        let off: f64 = (0..size).map(|row| dot(&a.row(row)[..row], &a.row(row)[..row])).sum();
        if off <= 1e-30 * whole {
            let values = (0..size).map(|at| a.at(at, at)).collect();
            return Some((values, vectors));
        }
        for row in 0..size {
            for column in row + 1..size {
                rotate(&mut a, &mut vectors, row, column);
            }
        }
    }
    None
}

/// Turns the plane of two axes so that their entry becomes 0.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    let off = a.at(p, q);
    if off == 0.0 {
        return;
    }
    let slope = (a.at(q, q) - a.at(p, p)) / (2.0 * off);
    let tangent = slope.signum() / (slope.abs() + slope.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let size = a.rows;
    let turn = |matrix: &mut Matrix, one: (usize, usize), other: (usize, usize)| {
        let (first, second) = (matrix.at(one.0, one.1), matrix.at(other.0, other.1));
        matrix.set(one.0, one.1, cosine * first - sine * second);
        matrix.set(other.0, other.1, sine * first + cosine * second);
    };
    for at in 0..size {
        turn(a, (at, p), (at, q));
        turn(vectors, (at, p), (at, q));
    }
    for at in 0..size {
        turn(a, (p, at), (q, at));
    }
    // What is left there is rounding, and would keep the sweeps going.
    a.set(p, q, 0.0);
    a.set(q, p, 0.0);
}

#[cfg(test)]
mod tests {
    use super::{Cholesky, Matrix, dot, eigen};

    fn hilbert(size: usize) -> Matrix {
        Matrix::from_fn(size, size, |row, column| 1.0 / (row + column + 1) as f64)
    }

    #[test]
    fn solving_inverting_and_the_determinant_agree_with_hilberts_matrix() {
        let matrix = hilbert(3);
        let factor = Cholesky::of(&matrix).unwrap();
        // its inverse has whole entries, its determinant is 1/2160
        let inverse = [[9.0, -36.0, 30.0], [-36.0, 192.0, -180.0], [30.0, -180.0, 180.0]];
        for (row, expected) in inverse.iter().enumerate() {
            for (column, value) in expected.iter().enumerate() {
                assert!((factor.inverse().at(row, column) - value).abs() < 1e-9);
            }
        }
        assert!((factor.ln_determinant() + 2160.0_f64.ln()).abs() < 1e-12);
        let solved = factor.solve(&matrix.times(&[1.0, -2.0, 3.0]));
        assert!(solved.iter().zip([1.0, -2.0, 3.0]).all(|(got, x)| (got - x).abs() < 1e-11));
    }

    #[test]
    fn what_is_not_positive_definite_has_no_triangle() {
        let rank_one = Matrix::from_fn(3, 3, |_, _| 1.0);
        assert!(Cholesky::of(&rank_one).is_none());
        let lower = Cholesky::semidefinite(&rank_one).unwrap();
        assert!((0..3).all(|row| (lower.lower().at(row, 0) - 1.0).abs() < 1e-15));
        let negative = Matrix::from_fn(2, 2, |row, column| if row == column { 1.0 } else { 2.0 });
        assert!(Cholesky::semidefinite(&negative).is_none());
        assert!(Cholesky::of(&Matrix::from_fn(1, 1, |_, _| f64::NAN)).is_none());
    }

    #[test]
    fn eigenvectors_rebuild_their_matrix() {
        let matrix = Matrix::from_fn(9, 9, |row, column| {
            ((row * column) as f64).sin() + ((row + column) as f64).cos() + f64::from(row == column)
        });
        let (values, vectors) = eigen(&matrix).unwrap();
        for row in 0..9 {
            for column in 0..9 {
                let scaled: Vec<f64> = (0..9).map(|at| values[at] * vectors.at(column, at)).collect();
                assert!((dot(vectors.row(row), &scaled) - matrix.at(row, column)).abs() < 1e-12);
                let unit = dot(vectors.row(row), vectors.row(column));
                assert!((unit - f64::from(row == column)).abs() < 1e-13);
            }
        }
        let two = Matrix::from_fn(2, 2, |row, column| if row == column { 2.0 } else { 1.0 });
        let mut values = eigen(&two).unwrap().0;
        values.sort_by(f64::total_cmp);
        assert!((values[0] - 1.0).abs() < 1e-15 && (values[1] - 3.0).abs() < 1e-15);
    }
}
