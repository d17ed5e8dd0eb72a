//! The Poisson distribution.

use statrs::function::gamma::{checked_gamma_lr, ln_gamma};

/// P(X ≥ k) for X Poisson with a positive mean.
///
/// # Formula
///
/// P(k, mean), the lower incomplete gamma function (DLMF 8.2.4); 1 for k = 0.
pub(crate) fn at_least(k: i64, mean: f64) -> f64 {
    if k <= 0 { 1.0 } else { checked_gamma_lr(k as f64, mean).unwrap_or(1.0) }
}

/// P(X = k) for X Poisson with a positive mean and k ≥ 0.
pub(crate) fn exactly(k: i64, mean: f64) -> f64 {
    let count = k as f64;
    (count * mean.ln() - mean - ln_gamma(count + 1.0)).exp()
}

#[cfg(test)]
mod tests {
    use super::{at_least, exactly};

    #[test]
    fn the_tail_is_the_sum_of_its_terms() {
        for mean in [0.01, 0.4, 3.0, 25.0] {
            for k in [0, 1, 4, 30] {
                let terms: f64 = (k..k + 200).rev().map(|at| exactly(at, mean)).sum();
                assert!((at_least(k, mean) / terms - 1.0).abs() < 1e-10, "{mean} {k}");
            }
        }
    }
}
