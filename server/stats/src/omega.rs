//! McDonald's ω: the share of the variance of a sum that one common factor explains.

use crate::estimate::Unavailable;
use crate::matrix::{Cholesky, Matrix, dot};
use crate::moments::Covariance;

/// A model with one common factor: covariance λλ' + diag(θ), factor of variance 1.
#[derive(Debug, Clone, PartialEq)]
pub struct OneFactor {
    /// ω, 0..1 unless a θ is negative.
    pub omega: f64,
    /// λ, in units of the items; their sum is not negative.
    pub loadings: Vec<f64>,
    /// θ, the variance of each item that is its own. A negative one (Heywood case) says that the
    /// model does not fit.
    pub unique: Vec<f64>,
    /// Respondents.
    pub n: i64,
}

/// Steps after which the likelihood counts as having no maximum.
const STEPS: usize = 200;

/// Fits one common factor by maximum likelihood.
///
/// # Formula
///
/// ```text
/// minimise ln|Σ| + tr(S Σ⁻¹), Σ = λλ' + diag(θ), S with divisor n, by Fisher's scoring
/// ω = (Σλ)²/((Σλ)² + Σθ)
/// ```
///
/// With W = Σ⁻¹ and D = W(S − Σ)W the score is (Dλ)_i and ½D_ii; the information
/// W_ij λ'Wλ + (Wλ)_i(Wλ)_j, W_ij(Wλ)_j and ½W_ij².
///
/// # Source
///
/// McDonald 1999, Test Theory, ch. 6; Jöreskog 1967, Psychometrika 32:443. R `lavaan::cfa`.
///
/// # Errors
///
/// [`Unavailable::Malformed`] for fewer than three items, with which λ is not determined;
/// [`Unavailable::NoAnswers`] where an item does not vary, one follows from the others, or the
/// likelihood has no maximum that the steps find.
///
/// # Example
///
/// ```
/// use stats::{moments::Covariance, omega::one_factor};
/// // seven people, three items; three items are always fitted exactly: λ₁ = √(s₁₂s₁₃/s₂₃)
/// let rows = [[1, 2, 2], [2, 2, 3], [3, 3, 2], [3, 4, 4], [4, 4, 5], [5, 4, 4], [5, 5, 4_i32]];
/// let covariance = Covariance::of_rows(&rows.map(|row| row.map(f64::from).to_vec()))?;
/// let fitted = one_factor(&covariance)?;
/// let exact = (covariance.at(0, 1) * covariance.at(0, 2) / covariance.at(1, 2) * 6.0 / 7.0).sqrt();
/// assert!((fitted.loadings[0] - exact).abs() < 1e-6);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn one_factor(items: &Covariance) -> Result<OneFactor, Unavailable> {
    let size = items.width();
    if size < 3 {
        return Err(Unavailable::Malformed("at least three items"));
    }
    let n = items.n() as f64;
    // Items are brought to variance 1, where rounding is the same for all; λ and θ scale with them.
    let scale: Vec<f64> = (0..size).map(|at| (items.at(at, at) * (n - 1.0) / n).sqrt()).collect();
    if scale.iter().any(|scale| scale.is_nan() || *scale <= 0.0) {
        return Err(Unavailable::NoAnswers);
    }
    let sample = Matrix::from_fn(size, size, |one, other| {
        items.at(one, other) * (n - 1.0) / n / scale[one] / scale[other]
    });
    // Where one item follows from the others the likelihood grows without end.
    Cholesky::of(&sample).ok_or(Unavailable::NoAnswers)?;
    let fitted = Fit::begin(&sample).climb(&sample).ok_or(Unavailable::NoAnswers)?;
    let sign = if dot(&fitted.loadings, &scale) < 0.0 { -1.0 } else { 1.0 };
    let loadings: Vec<f64> = fitted.loadings.iter().zip(&scale).map(|(l, s)| sign * l * s).collect();
    let unique: Vec<f64> = fitted.unique.iter().zip(&scale).map(|(t, s)| t * s * s).collect();
    let common = loadings.iter().sum::<f64>().powi(2);
    let omega = common / (common + unique.iter().sum::<f64>());
    if omega.is_finite() {
        Ok(OneFactor { omega, loadings, unique, n: items.n() })
    } else {
        Err(Unavailable::NoAnswers)
    }
}

/// λ and θ on the way to the maximum.
#[derive(Clone)]
struct Fit {
    loadings: Vec<f64>,
    unique: Vec<f64>,
}

impl Fit {
    /// Every item's covariance with the sum, over the deviation of the sum.
    fn begin(sample: &Matrix) -> Self {
        let size = sample.rows();
        let sums: Vec<f64> = (0..size).map(|row| sample.row(row).iter().sum()).collect();
        let deviation = sums.iter().sum::<f64>().max(0.1).sqrt();
        let loadings: Vec<f64> = sums.iter().map(|sum| (sum / deviation).clamp(-0.95, 0.95)).collect();
        let unique = loadings.iter().map(|l| 1.0 - l * l).collect();
        Self { loadings, unique }
    }

    fn implied(&self) -> Option<Cholesky> {
        let size = self.loadings.len();
        let entry = |one: usize, other: usize| {
            self.loadings[one] * self.loadings[other] + if one == other { self.unique[one] } else { 0.0 }
        };
        Cholesky::of(&Matrix::from_fn(size, size, entry))
    }

    /// ln|Σ| + tr(S Σ⁻¹).
    fn misfit(&self, sample: &Matrix) -> Option<f64> {
        let implied = self.implied()?;
        let inverse = implied.inverse();
        let trace: f64 = (0..sample.rows()).map(|row| dot(sample.row(row), inverse.row(row))).sum();
        Some(implied.ln_determinant() + trace).filter(|value| value.is_finite())
    }

    fn climb(mut self, sample: &Matrix) -> Option<Self> {
        let mut misfit = self.misfit(sample)?;
        for _ in 0..STEPS {
            let step = self.step(sample)?;
            let mut part = 1.0;
            let (next, value) = loop {
                let next = self.moved(&step, part);
                match next.misfit(sample) {
                    Some(value) if value <= misfit + 1e-13 => break (next, value),
                    _ if part < 1e-8 => return None,
                    _ => part /= 2.0,
                }
            };
            (self, misfit) = (next, value);
            if step.iter().all(|change| change.abs() < 1e-10) {
                return Some(self);
            }
        }
        None
    }

    fn moved(&self, step: &[f64], part: f64) -> Self {
        let (first, second) = step.split_at(self.loadings.len());
        let add = |values: &[f64], step: &[f64]| values.iter().zip(step).map(|(v, s)| v + part * s).collect();
        Self { loadings: add(&self.loadings, first), unique: add(&self.unique, second) }
    }

    /// The step of Fisher's scoring.
    fn step(&self, sample: &Matrix) -> Option<Vec<f64>> {
        let size = self.loadings.len();
        let w = self.implied()?.inverse();
        // D = W S W − W
        let ws = Matrix::from_fn(size, size, |row, column| dot(w.row(row), sample.row(column)));
        let d =
            Matrix::from_fn(size, size, |row, column| dot(ws.row(row), w.row(column)) - w.at(row, column));
        let wl = w.times(&self.loadings);
        let whole = dot(&self.loadings, &wl);
        let mut score = d.times(&self.loadings);
        score.extend((0..size).map(|at| 0.5 * d.at(at, at)));
        let entry = |row: usize, column: usize| match (row < size, column < size) {
            (true, true) => w.at(row, column) * whole + wl[row] * wl[column],
            (true, false) => w.at(row, column - size) * wl[column - size],
            (false, true) => w.at(column, row - size) * wl[row - size],
            (false, false) => 0.5 * w.at(row - size, column - size).powi(2),
        };
        Some(Cholesky::of(&Matrix::from_fn(2 * size, 2 * size, entry))?.solve(&score))
    }
}

#[cfg(test)]
mod tests {
    use super::one_factor;
    use crate::moments::Moments;

    #[test]
    fn what_has_no_common_factor_has_no_omega() {
        let mut alike = Moments::new(3);
        let mut copied = Moments::new(3);
        for at in 0..20_i64 {
            alike.add(&[4, at % 5, at % 3]).unwrap();
            copied.add(&[at % 5, at % 5, at % 5]).unwrap();
        }
        for sums in [alike, copied] {
            assert!(one_factor(&sums.covariance().unwrap()).is_err());
        }
        let mut two = Moments::new(2);
        two.add(&[1, 2]).unwrap();
        two.add(&[2, 5]).unwrap();
        assert!(one_factor(&two.covariance().unwrap()).is_err());
    }

    #[test]
    fn an_item_keyed_the_other_way_loads_negatively() {
        let mut sums = Moments::new(4);
        for at in 0..60_i64 {
            let level = at % 5;
            sums.add(&[level + at % 2, level + at % 3, 8 - level - at % 7 % 2, level + at % 11 % 2]).unwrap();
        }
        let fitted = one_factor(&sums.covariance().unwrap()).unwrap();
        assert!(fitted.loadings[2] < 0.0 && fitted.loadings[0] > 0.0);
        assert!(fitted.omega.is_finite());
    }
}
