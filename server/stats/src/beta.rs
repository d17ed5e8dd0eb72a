//! The regularised incomplete beta function and its inverse.
//!
//! `statrs` 0.19.1 stops its continued fraction after 140 terms, which is too early for
//! parameters above some ten thousand, and its inverse can run for ever in the far tail (its
//! issues 434 and 435). Here the number of terms follows from the parameters, and the inverse
//! bisects.

use statrs::function::gamma::ln_gamma;

use crate::root::bisect;

/// Parameters above this are refused: nothing here needs them, and time grows with their root.
const LARGEST: f64 = 1e9;

/// A number that keeps the denominators of the continued fraction off 0 (Lentz 1976).
const TINY: f64 = 1e-300;

/// `I_x(a, b)`, given both x and 1 − x, so that neither has to be computed from the other.
///
/// # Formula
///
/// `I_x(a, b) = x^a (1−x)^b / (a B(a, b))` · continued fraction; where x is above the mean, from
/// `I_x(a, b) = 1 − I_{1−x}(b, a)`.
///
/// # Source
///
/// DLMF 8.17.22; convergence in about the root of the larger parameter: Press et al. 2007,
/// Numerical Recipes, section 6.4.
pub(crate) fn regularised(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if rest <= 0.0 {
        1.0
    } else if x * (a + b + 2.0) < a + 1.0 {
        tail(a, b, x, rest)
    } else {
        1.0 - tail(b, a, rest, x)
    }
}

fn tail(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    let ln_x = if x < 0.5 { x.ln() } else { (-rest).ln_1p() };
    let ln_rest = if rest < 0.5 { rest.ln() } else { (-x).ln_1p() };
    let ln_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    (a * ln_x + b * ln_rest - ln_beta).exp() / a * fraction(a, b, x)
}

/// The continued fraction by the method of Lentz, two terms a step.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let keep = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut above = 1.0;
    let mut below = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut value = below;
    let most = 200.0 + 10.0 * a.max(b).sqrt();
    let mut step = 1.0;
    while step <= most {
        let twice = a + 2.0 * step;
        let even = step * (b - step) * x / ((twice - 1.0) * twice);
        let odd = -(a + step) * (a + b + step) * x / (twice * (twice + 1.0));
        let before = value;
        for term in [even, odd] {
            below = 1.0 / keep(1.0 + term * below);
            above = keep(1.0 + term / above);
            value *= above * below;
        }
        if (value - before).abs() <= f64::EPSILON * value.abs() {
            break;
        }
        step += 1.0;
    }
    value
}

/// The x with `I_x(a, b) = p`; `None` unless 0 < p < 1 and both parameters lie in (0, 1e9].
pub(crate) fn quantile(p: f64, a: f64, b: f64) -> Option<f64> {
    let fits = |parameter: f64| parameter > 0.0 && parameter <= LARGEST;
    if !(fits(a) && fits(b) && p > 0.0 && p < 1.0) {
        return None;
    }
    // Above one half the distance to 1 is sought, which keeps its digits where x is nearly 1.
    if regularised(a, b, 0.5, 0.5) < p {
        Some(1.0 - bisect(0.0, 0.5, |rest| regularised(a, b, 1.0 - rest, rest) > p))
    } else {
        Some(bisect(0.0, 0.5, |x| regularised(a, b, x, 1.0 - x) < p))
    }
}

#[cfg(test)]
mod tests {
    use super::{quantile, regularised};

    #[test]
    fn agrees_with_closed_forms() {
        for x in [1e-12_f64, 0.1, 0.5, 0.9, 1.0 - 1e-9] {
            let rest = 1.0 - x;
            assert!((regularised(1.0, 1.0, x, rest) - x).abs() < 1e-14);
            assert!((regularised(3.0, 1.0, x, rest) - x.powi(3)).abs() < 1e-14);
            assert!((regularised(1.0, 7.0, x, rest) - (1.0 - rest.powi(7))).abs() < 1e-13);
            let arcsine = 2.0 / std::f64::consts::PI * x.sqrt().atan2(rest.sqrt());
            assert!((regularised(0.5, 0.5, x, rest) - arcsine).abs() < 1e-13);
        }
    }

    #[test]
    fn inverts_itself() {
        for (a, b) in [(0.5, 3.0), (1.0, 1e5), (2e3, 7e6), (0.01, 0.02), (5e8, 2e8), (1.0, 1e9)] {
            for p in [1e-6, 0.025, 0.5, 0.975] {
                let x = quantile(p, a, b).unwrap();
                let back = regularised(a, b, x, 1.0 - x);
                assert!((back - p).abs() < 1e-5 || x > 1.0 - 1e-12, "{a} {b} {p}: {back}");
            }
        }
    }

    #[test]
    fn quantiles_are_those_of_mpmath() {
        let known = [(0.025, 169.0, 32.0, 0.787_262_356_784_294), (0.975, 0.5, 0.5, 0.998_458_666_866_564)];
        for (p, a, b, value) in known {
            assert!((quantile(p, a, b).unwrap() - value).abs() < 1e-13);
        }
        // By numerical integration with 30 digits; the logarithm of B(a, b) has lost five here.
        assert!((quantile(0.025, 5e8, 5e8).unwrap() - 0.499_969_010_248_406_8).abs() < 1e-10);
    }

    #[test]
    fn refuses_what_is_no_beta() {
        for (p, a, b) in [(0.0, 1.0, 1.0), (0.5, 0.0, 1.0), (0.5, 1.0, 1e10), (f64::NAN, 1.0, 1.0)] {
            assert_eq!(quantile(p, a, b), None);
        }
    }
}
