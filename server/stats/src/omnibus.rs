//! Whether several units differ at all.

use crate::tail::{above_chi_square, above_f};

/// A statistic with its p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// χ².
    pub chi_square: f64,
    /// Degrees of freedom: units with a score − 1.
    pub df: f64,
    /// p-value.
    pub p: f64,
}

/// Welch's F with its p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    /// F.
    pub f: f64,
    /// Degrees of freedom of the units: their number − 1.
    pub df: f64,
    /// Degrees of freedom of the error, fractional.
    pub df_error: f64,
    /// p-value.
    pub p: f64,
}

/// The scores of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Respondents.
    pub n: i64,
    /// Their mean.
    pub mean: f64,
    /// Their variance, divisor n − 1.
    pub variance: f64,
}

/// The rank test of Kruskal and Wallis: one list of scores for every unit. Raw scores are needed;
/// sums do not give ranks.
///
/// # Formula
///
/// ```text
/// H = (12/(N(N+1)) Σ R_j²/n_j − 3(N+1)) / (1 − Σ(t³ − t)/(N³ − N))
/// ```
///
/// R the sum of mean ranks of a unit, t the size of every group of ties; χ² with units − 1 degrees
/// of freedom. `None` with fewer than two units or where all scores are alike.
///
/// # Source
///
/// Kruskal and Wallis 1952, JASA 47:583. R `kruskal.test`.
///
/// # Example
///
/// ```
/// // Hollander and Wolfe 1973, mucociliary efficiency: H = 0.77143, p = 0.68
/// let groups = [vec![2.9, 3.0, 2.5, 2.6, 3.2], vec![3.8, 2.7, 4.0, 2.4], vec![2.8, 3.4, 3.7, 2.2, 2.0]];
/// let found = stats::omnibus::kruskal_wallis(&groups).unwrap();
/// assert!((found.chi_square - 0.77143).abs() < 1e-5 && (found.p - 0.68).abs() < 1e-3);
/// ```
#[must_use]
pub fn kruskal_wallis(groups: &[Vec<f64>]) -> Option<KruskalWallis> {
    let all: Vec<f64> = groups.iter().flatten().copied().collect();
    if all.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let ranks = mean_ranks(&all);
    let n = all.len() as f64;
    let middle = f64::midpoint(n, 1.0);
    let (mut first, mut between, mut units) = (0, 0.0, 0.0);
    for group in groups.iter().filter(|group| !group.is_empty()) {
        let sum: f64 = ranks[first..first + group.len()].iter().sum();
        // centred, so that nothing cancels
        let size = group.len() as f64;
        between += size * (sum / size - middle).powi(2);
        first += group.len();
        units += 1.0;
    }
    let within: f64 = ranks.iter().map(|rank| (rank - middle).powi(2)).sum();
    let chi_square = (n - 1.0) * between / within;
    let df = units - 1.0;
    (df >= 1.0 && within > 0.0 && chi_square.is_finite()).then(|| KruskalWallis {
        chi_square,
        df,
        p: above_chi_square(chi_square, df),
    })
}

/// The test of Welch for equal means without equal variances.
///
/// # Formula
///
/// ```text
/// w = n/s²    m = Σwx̄/Σw    h = Σ (1 − w/Σw)²/(n−1)/(k²−1)
/// F = Σ w (x̄ − m)²/((k−1)(1 + 2(k−2)h))    df k−1 and 1/(3h)
/// ```
///
/// `None` with fewer than two units, and where one has fewer than two scores or no variance.
///
/// # Source
///
/// Welch 1951, Biometrika 38:330. R `oneway.test`.
///
/// # Example
///
/// ```
/// use stats::omnibus::{Spread, welch};
/// // of two units F is the square of Welch's t: here of 2 and 4 with 10 scores each, s² = 5
/// let unit = |mean| Spread { n: 10, mean, variance: 5.0 };
/// let found = welch(&[unit(2.0), unit(4.0)]).unwrap();
/// assert!((found.f - 4.0).abs() < 1e-12 && (found.df_error - 18.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn welch(units: &[Spread]) -> Option<Welch> {
    let k = units.len() as f64;
    let usable = |unit: &Spread| unit.n > 1 && unit.variance > 0.0 && unit.mean.is_finite();
    if units.len() < 2 || !units.iter().all(usable) {
        return None;
    }
    let weight = |unit: &Spread| unit.n as f64 / unit.variance;
    let total: f64 = units.iter().map(weight).sum();
    let mean = units.iter().map(|unit| weight(unit) * unit.mean).sum::<f64>() / total;
    let term = |unit: &Spread| (1.0 - weight(unit) / total).powi(2) / (unit.n - 1) as f64;
    let h = units.iter().map(term).sum::<f64>() / (k * k - 1.0);
    let between: f64 = units.iter().map(|unit| weight(unit) * (unit.mean - mean).powi(2)).sum();
    let f = between / ((k - 1.0) * (1.0 + 2.0 * (k - 2.0) * h));
    let df_error = 1.0 / (3.0 * h);
    (f.is_finite() && df_error.is_finite() && df_error > 0.0).then(|| Welch {
        f,
        df: k - 1.0,
        df_error,
        p: above_f(f, k - 1.0, df_error),
    })
}

/// The rank of every value among all, ties sharing the mean of theirs; 1 is the smallest.
///
/// # Formula
///
/// number of smaller values + (number of equal ones + 1)/2
///
/// # Source
///
/// Kendall 1945, Biometrika 33:239.
///
/// # Example
///
/// ```
/// assert_eq!(stats::omnibus::mean_ranks(&[3.0, 1.0, 3.0]), [2.5, 1.0, 2.5]);
/// ```
#[must_use]
pub fn mean_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for tied in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        for at in tied {
            ranks[*at] = first as f64 + (tied.len() + 1) as f64 / 2.0;
        }
        first += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::{Spread, kruskal_wallis, mean_ranks, welch};

    #[test]
    fn units_without_spread_or_scores_give_no_test() {
        assert!(kruskal_wallis(&[]).is_none());
        assert!(kruskal_wallis(&[vec![1.0, 2.0], vec![]]).is_none());
        assert!(kruskal_wallis(&[vec![1.0, 1.0], vec![1.0]]).is_none());
        assert!(kruskal_wallis(&[vec![f64::NAN], vec![1.0]]).is_none());
        let unit = Spread { n: 9, mean: 1.0, variance: 1.0 };
        for other in [Spread { n: 1, ..unit }, Spread { variance: 0.0, ..unit }] {
            assert!(welch(&[unit, other]).is_none());
        }
        assert!(welch(&[unit]).is_none());
        assert!(mean_ranks(&[]).is_empty());
    }
}
