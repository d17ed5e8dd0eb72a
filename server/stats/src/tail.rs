//! Tails of the normal and the t distribution.

use statrs::function::erf::erfc;

use crate::beta::regularised;

/// Above this many degrees of freedom t is the normal distribution to ten digits.
const MANY: f64 = 1e8;

/// P(Z > z).
///
/// # Formula
///
/// ½ erfc(z/√2) (DLMF 7.17).
pub(crate) fn above_normal(z: f64) -> f64 {
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// P(T > t) with any number of degrees of freedom > 0.
///
/// # Formula
///
/// ½ `I_y(df/2, ½)`, y = df/(df + t²), for t ≥ 0 (DLMF 8.17); its complement below.
pub(crate) fn above_t(t: f64, df: f64) -> f64 {
    if df > MANY {
        return above_normal(t);
    }
    let all = df + t * t;
    let far = 0.5 * regularised(df / 2.0, 0.5, df / all, t * t / all);
    if t < 0.0 { 1.0 - far } else { far }
}

#[cfg(test)]
mod tests {
    use super::{above_normal, above_t};
    use crate::quantile::{normal, t};

    #[test]
    fn tails_are_those_of_the_quantiles() {
        for p in [1e-6, 0.001, 0.025, 0.4, 0.5, 0.9, 0.975] {
            assert!((above_normal(-normal(p).unwrap()) - p).abs() < 1e-9 * p.max(1e-3), "{p}");
            for df in [1.0, 4.5, 59.0, 3e3, 2e5] {
                assert!((above_t(-t(p, df).unwrap(), df) / p - 1.0).abs() < 1e-6, "{p} {df}");
            }
        }
        assert!((above_t(2.0, 1e9) / above_normal(2.0) - 1.0).abs() < 1e-12);
    }
}
