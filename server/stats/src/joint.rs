//! Estimates of several units together with their covariance.

use crate::estimate::{Estimate, Unavailable};
use crate::matrix::{Cholesky, Matrix};

/// Estimates of several units, and how their errors go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    est: Vec<f64>,
    covariance: Matrix,
}

impl Joint {
    /// Estimates from different respondents: covariances are 0.
    ///
    /// # Formula
    ///
    /// Σ = diag(se²).
    ///
    /// # Source
    ///
    /// Korn and Graubard 1999, section 5.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] where an estimate has no standard error: it must be left out by
    /// the caller, who says so.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::{Estimate, joint::Joint};
    /// let one = Estimate { est: 0.8, se: Some(0.03), df: 99, n: 100, answers: 100, lonely: 0 };
    /// let two = Estimate { est: 0.9, se: Some(0.04), ..one };
    /// let joint = Joint::independent(&[one, two])?;
    /// assert!((joint.deviation(0, 1).unwrap() - 0.05).abs() < 1e-15);
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    pub fn independent(estimates: &[Estimate]) -> Result<Self, Unavailable> {
        let variances: Option<Vec<f64>> = estimates.iter().map(Estimate::variance).collect();
        let variances = variances.ok_or(Unavailable::Malformed("a standard error for every unit"))?;
        let size = estimates.len();
        let entry = |row: usize, column: usize| if row == column { variances[row] } else { 0.0 };
        Self::check(estimates.iter().map(|e| e.est).collect(), Matrix::from_fn(size, size, entry))
    }

    /// Estimates with their covariance matrix Σ, by rows: those of domains of one cluster sample
    /// are correlated.
    ///
    /// # Formula
    ///
    /// The mean of Σ and its transpose, so that rounding does not decide.
    ///
    /// # Source
    ///
    /// Lumley 2010, section 2.3.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Malformed`] unless Σ has a row and a column for every estimate and all numbers
    /// are finite; [`Unavailable::Inconsistent`] where it is no covariance.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::joint::Joint;
    /// let joint = Joint::correlated(&[0.8, 0.9], &[4.0, 1.0, 1.0, 1.0])?;
    /// assert_eq!(joint.deviation(0, 1), Some(3.0_f64.sqrt()));
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    pub fn correlated(est: &[f64], covariance: &[f64]) -> Result<Self, Unavailable> {
        let size = est.len();
        if size.checked_mul(size) != Some(covariance.len()) {
            return Err(Unavailable::Malformed("a square of covariances"));
        }
        let entry = |row: usize, column: usize| {
            0.5 * (covariance[row * size + column] + covariance[column * size + row])
        };
        Self::check(est.to_vec(), Matrix::from_fn(size, size, entry))
    }

    fn check(est: Vec<f64>, covariance: Matrix) -> Result<Self, Unavailable> {
        let joint = Self { est, covariance };
        let rows = 0..joint.est.len();
        let finite = rows.clone().all(|row| joint.covariance.row(row).iter().all(|v| v.is_finite()));
        if !finite || joint.est.iter().any(|est| !est.is_finite()) {
            return Err(Unavailable::Malformed("finite numbers"));
        }
        let diagonal =
            joint.is_independent() && rows.into_iter().all(|at| joint.covariance.at(at, at) >= 0.0);
        if !diagonal && Cholesky::semidefinite(&joint.covariance).is_none() {
            return Err(Unavailable::Inconsistent("no negative variance in any direction"));
        }
        Ok(joint)
    }

    /// The estimates.
    #[must_use]
    pub fn est(&self) -> &[f64] {
        &self.est
    }

    /// The number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.est.len()
    }

    /// Whether there is no unit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.est.is_empty()
    }

    /// The standard error σ of the difference of two units.
    ///
    /// # Formula
    ///
    /// √(Σ_jj + Σ_kk − 2Σ_jk). `None` for units that do not exist and where it is 0, up to rounding:
    /// no spread is not certainty, and a test on it would claim one.
    ///
    /// # Source
    ///
    /// Mogstad, Romano, Shaikh and Wilhelm 2024, section 3.
    ///
    /// # Example
    ///
    /// ```
    /// let joint = stats::joint::Joint::correlated(&[0.8, 0.9], &[1.0; 4])?;
    /// assert_eq!(joint.deviation(0, 1), None);
    /// # Ok::<(), stats::Unavailable>(())
    /// ```
    #[must_use]
    pub fn deviation(&self, one: usize, other: usize) -> Option<f64> {
        if one >= self.len() || other >= self.len() {
            return None;
        }
        let sum = self.covariance.at(one, one) + self.covariance.at(other, other);
        let variance = sum - 2.0 * self.covariance.at(one, other);
        (variance > 1e-12 * sum).then(|| variance.sqrt())
    }

    /// The variance of a unit, or the covariance of two.
    #[must_use]
    pub fn covariance(&self, one: usize, other: usize) -> Option<f64> {
        (one < self.len() && other < self.len()).then(|| self.covariance.at(one, other))
    }

    /// Whether all covariances are 0.
    pub(crate) fn is_independent(&self) -> bool {
        let rows = 0..self.len();
        rows.into_iter()
            .all(|row| self.covariance.row(row).iter().enumerate().all(|(at, v)| at == row || *v == 0.0))
    }

    /// L with Σ = LL'.
    pub(crate) fn triangle(&self) -> Option<Cholesky> {
        Cholesky::semidefinite(&self.covariance)
    }
}

#[cfg(test)]
mod tests {
    use super::Joint;
    use crate::estimate::{Estimate, Unavailable};

    #[test]
    fn what_is_no_covariance_is_refused() {
        assert!(matches!(Joint::correlated(&[0.5; 2], &[1.0; 3]), Err(Unavailable::Malformed(_))));
        assert!(matches!(Joint::correlated(&[0.5], &[f64::NAN]), Err(Unavailable::Malformed(_))));
        assert!(matches!(Joint::correlated(&[0.5], &[-1.0]), Err(Unavailable::Inconsistent(_))));
        let turned = [1.0, 2.0, 2.0, 1.0];
        assert!(matches!(Joint::correlated(&[0.5; 2], &turned), Err(Unavailable::Inconsistent(_))));
        let alone = Estimate { est: 0.5, se: None, df: 0, n: 1, answers: 1, lonely: 0 };
        assert!(matches!(Joint::independent(&[alone]), Err(Unavailable::Malformed(_))));
        assert!(Joint::independent(&[]).is_ok_and(|joint| joint.is_empty()));
    }
}
