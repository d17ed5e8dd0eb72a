//! Tails that are incomplete gamma functions: χ² and Poisson.

use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur, ln_gamma};

/// P(χ² > x) with df > 0 degrees of freedom; 1 for x ≤ 0.
///
/// # Formula
///
/// Q(df/2, x/2) (DLMF 8.2.4).
pub(crate) fn above_chi_square(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(0.0) }
}

/// P(X ≥ k) for X Poisson with a positive mean.
///
/// # Formula
///
/// P(k, mean), the lower incomplete gamma function (DLMF 8.2.4); 1 for k = 0.
pub(crate) fn poisson_at_least(k: i64, mean: f64) -> f64 {
    if k <= 0 { 1.0 } else { checked_gamma_lr(k as f64, mean).unwrap_or(1.0) }
}

/// P(X = k) for X Poisson with a positive mean and k ≥ 0.
pub(crate) fn poisson(k: i64, mean: f64) -> f64 {
    let count = k as f64;
    (count * mean.ln() - mean - ln_gamma(count + 1.0)).exp()
}

#[cfg(test)]
mod tests {
    use super::{above_chi_square, poisson, poisson_at_least};

    #[test]
    fn the_tail_of_two_degrees_is_exponential() {
        for x in [1e-6, 0.5, 3.0, 40.0_f64] {
            assert!((above_chi_square(x, 2.0) / (-x / 2.0).exp() - 1.0).abs() < 1e-11, "{x}");
        }
        assert_eq!((above_chi_square(0.0, 5.0), above_chi_square(1e9, 5.0)), (1.0, 0.0));
    }

    #[test]
    fn the_tail_is_the_sum_of_its_terms() {
        for mean in [0.01, 0.4, 3.0, 25.0] {
            for k in [0, 1, 4, 30] {
                let terms: f64 = (k..k + 200).rev().map(|at| poisson(at, mean)).sum();
                assert!((poisson_at_least(k, mean) / terms - 1.0).abs() < 1e-10, "{mean} {k}");
            }
        }
    }
}
