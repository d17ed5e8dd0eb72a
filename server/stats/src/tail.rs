//! Tails of the normal and the t distribution.

use statrs::function::erf::erfc;
use statrs::function::gamma::checked_gamma_ur;

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

/// P(X > x) of χ² with `df` > 0 degrees of freedom.
///
/// # Formula
///
/// Q(df/2, x/2), the regularised upper incomplete gamma function (DLMF 8.2).
pub(crate) fn above_chi_square(x: f64, df: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if (df - 1.0).abs() < f64::EPSILON {
        2.0 * above_normal(x.sqrt())
    } else {
        checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(0.0).clamp(0.0, 1.0)
    }
}

/// P(X > x) of F with `above` and `below` > 0 degrees of freedom.
///
/// # Formula
///
/// `I_y(below/2, above/2)`, y = below/(below + above x) (DLMF 8.17).
pub(crate) fn above_f(x: f64, above: f64, below: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let all = below + above * x;
    regularised(below / 2.0, above / 2.0, below / all, above * x / all)
}

#[cfg(test)]
mod tests {
    use super::{above_chi_square, above_f, above_normal, above_t};
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

    #[test]
    fn tails_of_chi_square_and_f_have_their_closed_forms() {
        for x in [1e-3, 0.5, 3.0, 20.0, 150.0_f64] {
            // two degrees of freedom: e^(−x/2); four: the same times 1 + x/2; one: two normal tails
            assert!((above_chi_square(x, 2.0) / (-x / 2.0).exp() - 1.0).abs() < 1e-11, "{x}");
            let four = (-x / 2.0).exp() * (1.0 + x / 2.0);
            assert!((above_chi_square(x, 4.0) / four - 1.0).abs() < 1e-11, "{x}");
            assert!((above_chi_square(x, 1.0) / (2.0 * above_normal(x.sqrt())) - 1.0).abs() < 1e-12);
            // above 2: (1 + 2x/below)^(−below/2); of 1: two tails of t
            let two = (1.0 + 2.0 * x / 9.0).powf(-4.5);
            assert!((above_f(x, 2.0, 9.0) / two - 1.0).abs() < 1e-11, "{x}");
            assert!((above_f(x, 1.0, 9.0) / (2.0 * above_t(x.sqrt(), 9.0)) - 1.0).abs() < 1e-11);
        }
        assert_eq!((above_chi_square(0.0, 3.0), above_f(0.0, 3.0, 4.0)), (1.0, 1.0));
    }
}
