//! Weights fitted to population counts: post-stratification, raking, linear calibration.
//!
//! Calibrated weights reproduce known counts, and what the counts explain no longer varies from
//! sample to sample: variances are those of residuals.
//!
//! # Formula
//!
//! ```text
//! u_i = w'_i e_i,   e = z − Xb,   b = (X'WX)⁻¹ X'Wz
//! ```
//!
//! w the weights **before**, w' those after, X the indicators of all cells of all margins, z the
//! linearised variable over all rows (0 outside the domain). With one margin (post-strata)
//! that is the distance from the weighted mean of the cell.
//!
//! # Source
//!
//! Deville and Särndal 1992, JASA 87:376; Deville, Särndal and Sautory 1993, JASA 88:1013;
//! Holt and Smith 1979, JRSS A 142:33.

mod normal;

use crate::sum::{Sum, sum};
use normal::Normal;
use std::fmt;

/// Most rounds of raking. Margins that agree need some tens.
const ROUNDS: usize = 2_000;

/// Raking ends when no factor differs from 1 by more than this.
const SETTLED: f64 = 1e-13;

/// Counts of different margins of the same people may differ by this part, from rounding.
const ROUNDING: f64 = 1e-6;

/// A classification of the respondents whose counts in the population are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// The cell of every row.
    pub cells: Vec<usize>,
    /// N of every cell, above 0.
    pub totals: Vec<f64>,
}

/// Why weights cannot be fitted. Margins count from 0, as do their cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CalibrationError {
    /// No margin, or lists of different lengths, or a row in a cell without a count.
    Lengths,
    /// A count that is not a number above 0.
    Count {
        /// The margin.
        margin: usize,
        /// The cell.
        cell: usize,
    },
    /// The population has people in this cell, the sample has none. Such cells are to be joined
    /// with others by a rule fixed beforehand; dropping them would change who is spoken of.
    Empty {
        /// The margin.
        margin: usize,
        /// The cell.
        cell: usize,
    },
    /// The counts of this margin add up to another total than those of the first.
    Totals {
        /// The margin.
        margin: usize,
        /// Its total.
        total: f64,
        /// The total of the first margin.
        first: f64,
    },
    /// The weights never settle; this margin is the farthest from its counts. Cells that are
    /// empty in the sample when margins are crossed are the usual cause.
    Unsettled {
        /// The margin.
        margin: usize,
    },
}

impl fmt::Display for CalibrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lengths => write!(f, "every margin has a cell with a count for every row"),
            Self::Count { margin, cell } => {
                write!(f, "margin {margin}, cell {cell}: a count is a number above 0")
            }
            Self::Empty { margin, cell } => {
                write!(f, "margin {margin}, cell {cell}: people in the population, nobody in the sample")
            }
            Self::Totals { margin, total, first } => {
                write!(f, "margin {margin}: counts add up to {total}, those of the first to {first}")
            }
            Self::Unsettled { margin } => {
                write!(f, "margin {margin}: weights that fit all margins were not found")
            }
        }
    }
}

impl std::error::Error for CalibrationError {}

/// Fitted weights and what is needed for their variances.
#[derive(Debug, Clone)]
pub struct Calibration {
    weights: Vec<f64>,
    normal: Normal,
    /// The cells of every margin, if residuals are to be taken from plain means.
    plain: Option<Vec<Vec<usize>>>,
}

impl Calibration {
    /// The fitted weights.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The same weights, with residuals from the **unweighted** means of the cells, margin after
    /// margin. Only to compare with R's `rake()`, which takes its variances so; the regression of
    /// [the module](self) is the formula to use.
    #[must_use]
    pub fn with_plain_residuals(self, margins: &[Margin]) -> Self {
        Self { plain: Some(margins.iter().map(|margin| margin.cells.clone()).collect()), ..self }
    }

    /// w'e for a linearised variable.
    pub(crate) fn residuals(&self, z: &[f64]) -> Vec<f64> {
        if let Some(margins) = &self.plain {
            let left = margins.iter().fold(z.to_vec(), |z, cells| apart(&z, cells));
            return left.iter().zip(&self.weights).map(|(e, w)| w * e).collect();
        }
        let fitted = self.normal.fitted(&self.normal.coefficients(z));
        z.iter().zip(&fitted).zip(&self.weights).map(|((z, fit), w)| w * (z - fit)).collect()
    }
}

/// Post-stratification: in every cell the weights add up to its count.
///
/// # Formula
///
/// w' = w `N_g` / `Σ_g` w.
///
/// # Source
///
/// Holt and Smith 1979, JRSS A 142:33.
///
/// # Errors
///
/// [`CalibrationError`].
///
/// # Example
///
/// ```
/// use stats::calibration::{Margin, poststratify};
/// let fields = Margin { cells: vec![0, 0, 1], totals: vec![10.0, 30.0] };
/// assert_eq!(poststratify(&[1.0; 3], &fields)?.weights(), [5.0, 5.0, 30.0]);
/// # Ok::<(), stats::calibration::CalibrationError>(())
/// ```
pub fn poststratify(weights: &[f64], margin: &Margin) -> Result<Calibration, CalibrationError> {
    let margins = std::slice::from_ref(margin);
    check(weights, margins)?;
    let mut fitted = weights.to_vec();
    fit(&mut fitted, margin);
    Ok(Calibration { weights: fitted, normal: Normal::of(weights, margins), plain: None })
}

/// Raking (iterative proportional fitting): margin after margin, until all counts hold.
///
/// # Formula
///
/// w ← w N/ΣwI for every cell of every margin, in turn, until no factor differs from 1.
///
/// # Source
///
/// Deming and Stephan 1940, Ann Math Stat 11:427; Deville, Särndal and Sautory 1993.
///
/// # Errors
///
/// [`CalibrationError`].
///
/// # Example
///
/// ```
/// use stats::calibration::{Margin, rake};
/// let sex = Margin { cells: vec![0, 0, 1, 1], totals: vec![60.0, 40.0] };
/// let age = Margin { cells: vec![0, 1, 0, 1], totals: vec![30.0, 70.0] };
/// let raked = rake(&[1.0; 4], &[sex, age])?;
/// assert!((raked.weights()[0] - 18.0).abs() < 1e-9); // 100 · 0.6 · 0.3
/// # Ok::<(), stats::calibration::CalibrationError>(())
/// ```
pub fn rake(weights: &[f64], margins: &[Margin]) -> Result<Calibration, CalibrationError> {
    check(weights, margins)?;
    let mut fitted = weights.to_vec();
    let mut farthest = (0, f64::INFINITY);
    for _ in 0..ROUNDS {
        farthest = (0, 0.0);
        for (at, margin) in margins.iter().enumerate() {
            let moved = fit(&mut fitted, margin);
            if moved > farthest.1 || moved.is_nan() {
                farthest = (at, moved);
            }
        }
        if farthest.1 <= SETTLED {
            return Ok(Calibration { weights: fitted, normal: Normal::of(weights, margins), plain: None });
        }
    }
    Err(CalibrationError::Unsettled { margin: farthest.0 })
}

/// Linear calibration (generalised regression): the weights nearest to the old ones in the sense
/// of least squares. They may be negative.
///
/// # Formula
///
/// w' = w (1 + x'λ), λ = (X'WX)⁻¹ (N − X'w).
///
/// # Source
///
/// Deville and Särndal 1992, JASA 87:376.
///
/// # Errors
///
/// [`CalibrationError`]; [`CalibrationError::Unsettled`] names a margin that cannot be met.
///
/// # Example
///
/// ```
/// use stats::calibration::{Margin, calibrate_linearly};
/// let sex = Margin { cells: vec![0, 1], totals: vec![60.0, 40.0] };
/// let calibrated = calibrate_linearly(&[50.0, 50.0], &[sex])?;
/// assert!((calibrated.weights()[0] - 60.0).abs() < 1e-9);
/// # Ok::<(), stats::calibration::CalibrationError>(())
/// ```
pub fn calibrate_linearly(weights: &[f64], margins: &[Margin]) -> Result<Calibration, CalibrationError> {
    check(weights, margins)?;
    let normal = Normal::of(weights, margins);
    let mut fitted = weights.to_vec();
    // The second round removes what rounding left of the first.
    for _ in 0..2 {
        let lacking: Vec<f64> = margins.iter().flat_map(|margin| lacking(&fitted, margin)).collect();
        let shifts = normal.fitted(&normal.solve(&lacking));
        fitted.iter_mut().zip(weights).zip(&shifts).for_each(|((new, old), shift)| *new += old * shift);
    }
    for (at, margin) in margins.iter().enumerate() {
        let whole = sum(margin.totals.iter().copied());
        if lacking(&fitted, margin).iter().any(|gap| gap.is_nan() || gap.abs() > ROUNDING * whole) {
            return Err(CalibrationError::Unsettled { margin: at });
        }
    }
    Ok(Calibration { weights: fitted, normal, plain: None })
}

fn check(weights: &[f64], margins: &[Margin]) -> Result<(), CalibrationError> {
    let fits = |margin: &Margin| {
        margin.cells.len() == weights.len() && margin.cells.iter().all(|cell| *cell < margin.totals.len())
    };
    if margins.is_empty() || !margins.iter().all(fits) {
        return Err(CalibrationError::Lengths);
    }
    let whole = |margin: &Margin| sum(margin.totals.iter().copied());
    for (at, margin) in margins.iter().enumerate() {
        if let Some(cell) = margin.totals.iter().position(|count| !(count.is_finite() && *count > 0.0)) {
            return Err(CalibrationError::Count { margin: at, cell });
        }
        if let Some(cell) = sums(weights, margin).iter().position(|sum| *sum <= 0.0) {
            return Err(CalibrationError::Empty { margin: at, cell });
        }
        let (total, first) = (whole(margin), whole(&margins[0]));
        if (total - first).abs() > ROUNDING * first {
            return Err(CalibrationError::Totals { margin: at, total, first });
        }
    }
    Ok(())
}

/// Σw of every cell.
fn sums(weights: &[f64], margin: &Margin) -> Vec<f64> {
    let mut sums = vec![Sum::default(); margin.totals.len()];
    for (cell, weight) in margin.cells.iter().zip(weights) {
        sums[*cell].add(*weight);
    }
    sums.into_iter().map(Sum::value).collect()
}

/// N − Σw of every cell.
fn lacking(weights: &[f64], margin: &Margin) -> Vec<f64> {
    margin.totals.iter().zip(sums(weights, margin)).map(|(count, sum)| count - sum).collect()
}

/// z minus its mean in the cell.
fn apart(z: &[f64], cells: &[usize]) -> Vec<f64> {
    let size = cells.iter().max().map_or(0, |most| most + 1);
    let mut sums = vec![(Sum::default(), 0.0); size];
    for (cell, z) in cells.iter().zip(z) {
        sums[*cell].0.add(*z);
        sums[*cell].1 += 1.0;
    }
    let mean = |cell: &usize| sums[*cell].0.value() / sums[*cell].1;
    cells.iter().zip(z).map(|(cell, z)| z - mean(cell)).collect()
}

/// Makes one margin hold; the largest distance of a factor from 1.
fn fit(weights: &mut [f64], margin: &Margin) -> f64 {
    let factors: Vec<f64> =
        margin.totals.iter().zip(sums(weights, margin)).map(|(count, sum)| count / sum).collect();
    for (weight, cell) in weights.iter_mut().zip(&margin.cells) {
        *weight *= factors[*cell];
    }
    factors.iter().map(|factor| (factor - 1.0).abs()).fold(0.0, f64::max)
}
