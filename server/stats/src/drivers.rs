//! Which parts of a service go with overall satisfaction: where improving might help most.
//!
//! Parts correlate with one another, so coefficients of a regression jump from sample to sample.
//! Shapley's division of R² ([`Drivers::lmg`]) and Johnson's weights do not. All of it describes
//! correlation: what people who are satisfied have in common, not what would happen if a part
//! improved.

use crate::estimate::Unavailable;
use crate::matrix::{Cholesky, Matrix, dot, eigen};
use crate::moments::Covariance;
use crate::omnibus::mean_ranks;

/// More predictors than this are refused: their subsets are counted one by one.
const MOST: usize = 16;

/// Importance and level of several predictors of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Rows complete in all variables.
    pub n: i64,
    /// Share of the variance of the outcome that all predictors explain.
    pub r2: f64,
    /// Correlation of each predictor with the outcome.
    pub pearson: Vec<f64>,
    /// Standardised coefficients of the regression on all.
    pub betas: Vec<f64>,
    /// The part of `r2` that is each predictor's, averaged over all orders of entering.
    pub lmg: Vec<f64>,
    /// Johnson's relative weights; they too add up to `r2`.
    pub johnson: Vec<f64>,
    /// Mean of each predictor.
    pub performance: Vec<f64>,
    /// Where each lies against the mean importance (`lmg`) and the mean performance.
    pub quadrants: Vec<Quadrant>,
}

/// A field of the importance-performance chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quadrant {
    /// Important and low.
    ConcentrateHere,
    /// Important and high.
    KeepUp,
    /// Not important and low.
    LowPriority,
    /// Not important and high.
    PossibleOverkill,
}

/// The drivers of the last variable: all others are predictors.
///
/// # Formula
///
/// ```text
/// R correlations of the predictors, r with the outcome: β = R⁻¹r, R² = r'β
/// lmg_j     = Σ_S |S|!(p−1−|S|)!/p! (R²(S ∪ j) − R²(S)), S over the sets without j
/// johnson_j = Σ_k Λ_jk² b_k², Λ = R^½, b = Λ⁻¹ r
/// ```
///
/// Scores may be kept as whole multiples: only `performance` carries their unit.
///
/// Quadrants: a value equal to the mean counts as high.
///
/// # Source
///
/// Lindeman, Merenda and Gold 1980; Grömping 2006, J Stat Softw 17(1); Johnson 2000, Multivar Behav
/// Res 35:1; Martilla and James 1977, J Marketing 41:77.
///
/// # Errors
///
/// [`Unavailable::Malformed`] without a predictor or with more than 16; [`Unavailable::NoAnswers`]
/// with too few rows for the regression, where a variable does not vary, or where one predictor
/// follows from others.
///
/// # Example
///
/// ```
/// use stats::{drivers::drivers, moments::Moments};
/// let mut sums = Moments::new(3);
/// for row in [[1, 1, 1], [1, 2, 1], [2, 1, 2], [2, 2, 2], [3, 1, 3], [3, 2, 3]] {
///     sums.add(&row)?; // the second says nothing of the last, the first all
/// }
/// let found = drivers(&sums.covariance()?)?;
/// assert!((found.r2 - 1.0).abs() < 1e-12);
/// assert!((found.lmg[0] - 1.0).abs() < 1e-12 && found.lmg[1].abs() < 1e-12);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn drivers(variables: &Covariance) -> Result<Drivers, Unavailable> {
    let size = variables.width().saturating_sub(1);
    if size == 0 || size > MOST {
        return Err(Unavailable::Malformed("one to sixteen predictors"));
    }
    let correlation = |one, other| variables.correlation(one, other).ok_or(Unavailable::NoAnswers);
    if usize::try_from(variables.n()).is_ok_and(|n| n <= size + 1) {
        return Err(Unavailable::NoAnswers);
    }
    let pearson = (0..size).map(|at| correlation(at, size)).collect::<Result<Vec<f64>, _>>()?;
    let entry = |one: usize, other: usize| {
        if one == other { 1.0 } else { variables.correlation(one, other).unwrap_or(0.0) }
    };
    let matrix = Matrix::from_fn(size, size, entry);
    let betas = Cholesky::of(&matrix).ok_or(Unavailable::NoAnswers)?.solve(&pearson);
    let r2 = dot(&betas, &pearson).clamp(0.0, 1.0);
    let lmg = shapley(&matrix, &pearson).ok_or(Unavailable::NoAnswers)?;
    let johnson = relative_weights(&matrix, &pearson).ok_or(Unavailable::NoAnswers)?;
    let performance: Vec<f64> = (0..size).map(|at| variables.mean(at)).collect();
    let quadrants = quadrants(&lmg, &performance);
    Ok(Drivers { n: variables.n(), r2, pearson, betas, lmg, johnson, performance, quadrants })
}

/// Spearman's rank correlation of two variables, from raw rows: sums do not give ranks.
///
/// # Formula
///
/// Pearson's correlation of the mean ranks. `None` where the lengths differ, a number is none, or
/// one does not vary.
///
/// # Source
///
/// Kendall 1945, Biometrika 33:239.
///
/// # Example
///
/// ```
/// let r = stats::drivers::spearman(&[1.0, 2.0, 9.0], &[2.0, 3.0, 4.0]).unwrap();
/// assert!((r - 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn spearman(one: &[f64], other: &[f64]) -> Option<f64> {
    if one.len() != other.len() || one.iter().chain(other).any(|x| !x.is_finite()) {
        return None;
    }
    let ranks = mean_ranks(one).into_iter().zip(mean_ranks(other));
    let rows: Vec<Vec<f64>> = ranks.map(|(x, y)| vec![x, y]).collect();
    Covariance::of_rows(&rows).ok()?.correlation(0, 1)
}

/// R² of every set of predictors, by the bits of its number, and from them the mean gains.
fn shapley(matrix: &Matrix, outcome: &[f64]) -> Option<Vec<f64>> {
    let size = outcome.len();
    let explained = |set: usize| -> Option<f64> {
        let members: Vec<usize> = (0..size).filter(|at| set >> at & 1 == 1).collect();
        let part = Matrix::from_fn(members.len(), members.len(), |row, column| {
            matrix.at(members[row], members[column])
        });
        let r: Vec<f64> = members.iter().map(|at| outcome[*at]).collect();
        Some(dot(&Cholesky::of(&part)?.solve(&r), &r))
    };
    let r2 = (0..1_usize << size).map(explained).collect::<Option<Vec<f64>>>()?;
    // |S|!(p−1−|S|)!/p! = 1/(p · (p−1 over |S|))
    let mut weights = vec![1.0 / size as f64; size];
    for members in 1..size {
        weights[members] = weights[members - 1] * members as f64 / (size - members) as f64;
    }
    let gain = |predictor: usize| {
        let without = (0..r2.len()).filter(|set| set >> predictor & 1 == 0);
        let gain = |set: usize| weights[set.count_ones() as usize] * (r2[set | 1 << predictor] - r2[set]);
        without.map(gain).sum()
    };
    Some((0..size).map(gain).collect())
}

fn relative_weights(matrix: &Matrix, outcome: &[f64]) -> Option<Vec<f64>> {
    let size = outcome.len();
    let (values, vectors) = eigen(matrix)?;
    if values.iter().any(|value| *value <= 0.0) {
        return None;
    }
    let power = |exponent: f64| {
        Matrix::from_fn(size, size, |row, column| {
            (0..size).map(|at| vectors.at(row, at) * values[at].powf(exponent) * vectors.at(column, at)).sum()
        })
    };
    let squares: Vec<f64> = power(-0.5).times(outcome).iter().map(|b| b * b).collect();
    let root = power(0.5);
    let weight = |row: usize| root.row(row).iter().zip(&squares).map(|(l, square)| l * l * square).sum();
    Some((0..size).map(weight).collect())
}

fn quadrants(importance: &[f64], performance: &[f64]) -> Vec<Quadrant> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (middle, level) = (mean(importance), mean(performance));
    let place = |(importance, performance): (&f64, &f64)| match (*importance >= middle, *performance >= level)
    {
        (true, true) => Quadrant::KeepUp,
        (true, false) => Quadrant::ConcentrateHere,
        (false, true) => Quadrant::PossibleOverkill,
        (false, false) => Quadrant::LowPriority,
    };
    importance.iter().zip(performance).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::{drivers, spearman};
    use crate::moments::Covariance;

    #[test]
    fn both_divisions_of_the_explained_variance_add_up_to_it() {
        let row = |at: usize| {
            let (a, b, c) = ((at % 5) as f64, (at % 7) as f64, (at % 3) as f64);
            vec![a + c, b + a, c + b * 0.5, a + b + c + (at % 11) as f64]
        };
        let rows: Vec<Vec<f64>> = (0..90).map(row).collect();
        let found = drivers(&Covariance::of_rows(&rows).unwrap()).unwrap();
        for parts in [&found.lmg, &found.johnson] {
            assert!((parts.iter().sum::<f64>() - found.r2).abs() < 1e-12);
            assert!(parts.iter().all(|part| *part > 0.0));
        }
    }

    #[test]
    fn what_does_not_vary_or_follows_from_others_drives_nothing() {
        let rows = |third: fn(f64) -> f64| -> Vec<Vec<f64>> {
            (0..20).map(|at| f64::from(at % 5)).map(|x| vec![x, third(x), x * x]).collect()
        };
        for third in [|_| 3.0, |x| 2.0 * x] {
            assert!(drivers(&Covariance::of_rows(&rows(third)).unwrap()).is_err());
        }
        let few = [vec![1.0, 2.0], vec![2.0, 1.0]];
        assert!(drivers(&Covariance::of_rows(&few).unwrap()).is_err());
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[1.0], &[]), None);
        assert_eq!(spearman(&[f64::NAN, 1.0], &[1.0, 2.0]), None);
    }
}
