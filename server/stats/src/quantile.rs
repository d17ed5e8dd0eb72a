//! Quantiles of the normal, t and beta distributions, right over their whole range.

use std::cell::RefCell;
use std::collections::HashMap;

use statrs::function::erf::erfc_inv;

use crate::beta;
use crate::root::bisect;

/// Above this many degrees of freedom the t quantile is an expansion about the normal one.
///
/// `statrs` 0.19.1 is 16 % off at 1e7 and does not return at 1e9; the expansion is exact to
/// 1e-13 here already.
const MANY: f64 = 1e4;

/// Larger t quantiles are refused: their square would leave the range of numbers.
const LARGEST: f64 = 1e153;

/// The quantile of the standard normal distribution.
///
/// # Formula
///
/// z(p) = −√2 erfc⁻¹(2p). `None` unless 0 < p < 1.
///
/// # Source
///
/// DLMF 7.17; the inverse is that of `statrs`.
///
/// # Example
///
/// ```
/// let z = stats::quantile::normal(0.975).unwrap();
/// assert!((z - 1.959_963_984_540_054).abs() < 1e-14);
/// assert_eq!(stats::quantile::normal(1.0), None);
/// ```
#[must_use]
pub fn normal(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then(|| -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p))
}

/// The quantile of Student's t with any number of degrees of freedom, whole or not.
///
/// # Formula
///
/// ```text
/// df ≤ 10 000:  the root of P(T > t) = ½ I_y(df/2, ½), y = df/(df + t²)
/// above:        z + (z³+z)/4df + (5z⁵+16z³+3z)/96df² + (3z⁷+19z⁵+17z³−15z)/384df³, z normal
/// ```
///
/// `None` unless 0 < p < 1 and df > 0, and where the quantile is above 1e153.
///
/// # Source
///
/// DLMF 8.17; expansion: Fisher and Cornish 1960, Technometrics 2:209 (Abramowitz and Stegun
/// 26.7.5).
///
/// # Example
///
/// ```
/// use stats::quantile::{normal, t};
/// assert!((t(0.975, 1.0).unwrap() - 12.706_204_736_174_7).abs() < 1e-10);
/// assert!((t(0.975, 1e9).unwrap() - normal(0.975).unwrap()).abs() < 1e-8);
/// assert_eq!(t(0.975, 0.0), None);
/// ```
#[must_use]
pub fn t(p: f64, df: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0 && df > 0.0) {
        None
    } else if df > MANY {
        normal(p).map(|z| expand(z, df))
    } else if p < 0.5 {
        upper(p, df).map(|t| -t)
    } else {
        upper(1.0 - p, df)
    }
}

/// The half-width factor t(1 − (1−level)/2; df) of a two-sided interval.
///
/// # Formula
///
/// t((1+level)/2; df), from the tail (1−level)/2. `None` unless 0 < level < 1 and df ≥ 1.
///
/// # Source
///
/// As [`t`].
///
/// # Example
///
/// ```
/// let t = stats::quantile::two_sided_t(0.95, 10).unwrap();
/// assert!((t - 2.228_138_851_986_275).abs() < 1e-12);
/// ```
#[must_use]
pub fn two_sided_t(level: f64, df: i64) -> Option<f64> {
    let key = (level.to_bits(), df);
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return Some(known);
    }
    let quantile = t(tail(level)?, df as f64).map(|t| -t)?;
    KNOWN.with_borrow_mut(|known| {
        if known.len() < MOST_KNOWN {
            known.insert(key, quantile);
        }
    });
    Some(quantile)
}

/// Quantiles that are remembered by each thread: a page asks for the same few hundred again and
/// again, and each costs some fifty incomplete beta functions.
const MOST_KNOWN: usize = 20_000;

thread_local! {
    static KNOWN: RefCell<HashMap<(u64, i64), f64>> = RefCell::new(HashMap::new());
}

/// The half-width factor of a two-sided interval with normal quantiles.
///
/// # Formula
///
/// z((1+level)/2), from the tail (1−level)/2. `None` unless 0 < level < 1.
///
/// # Source
///
/// As [`normal`].
///
/// # Example
///
/// ```
/// let z = stats::quantile::two_sided_normal(0.95).unwrap();
/// assert!((z - 1.959_963_984_540_054).abs() < 1e-14);
/// ```
#[must_use]
pub fn two_sided_normal(level: f64) -> Option<f64> {
    normal(tail(level)?).map(|z| -z)
}

/// The quantile of the beta distribution.
///
/// # Formula
///
/// The x with `I_x(a, b)` = p, off by less than 1e-12 up to parameters of 1e7 and 1e-10 up to 1e9.
/// `None` unless 0 < p < 1 and 0 < a, b ≤ 1e9.
///
/// # Source
///
/// DLMF 8.17.
///
/// # Example
///
/// ```
/// let x = stats::quantile::beta(0.3, 1.0, 2.0).unwrap(); // 1 − (1−x)² = 0.3
/// assert!((x - (1.0 - 0.7_f64.sqrt())).abs() < 1e-14);
/// ```
#[must_use]
pub fn beta(p: f64, a: f64, b: f64) -> Option<f64> {
    beta::quantile(p, a, b)
}

/// What a two-sided interval leaves out on either side.
pub(crate) fn tail(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then(|| (1.0 - level) / 2.0)
}

/// The t that the share `tail` ≤ ½ lies above.
fn upper(tail: f64, df: f64) -> Option<f64> {
    let above = |t: f64| {
        let all = df + t * t;
        0.5 * beta::regularised(df / 2.0, 0.5, df / all, t * t / all)
    };
    let mut high = 1.0;
    while above(high) > tail {
        high *= 8.0;
        if high > LARGEST {
            return None;
        }
    }
    Some(bisect(0.0, high, |t| above(t) > tail))
}

/// Cornish and Fisher's expansion of the t quantile about the normal quantile z.
fn expand(z: f64, df: f64) -> f64 {
    let square = z * z;
    let first = (square + 1.0) * z / 4.0;
    let second = ((5.0 * square + 16.0) * square + 3.0) * z / 96.0;
    let third = (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) * z / 384.0;
    z + (first + (second + third / df) / df) / df
}

#[cfg(test)]
mod tests {
    use super::{MANY, expand, normal, t, two_sided_t, upper};

    #[test]
    fn t_is_that_of_the_tables() {
        // mpmath 1.3, 40 digits; 1e5 and above by the expansion, whose next term is below 1e-19
        let known = [
            (0.995, 0.5, 4_113.964_588_804_181),
            (0.975, 1.0, 12.706_204_736_174_705),
            (0.975, 2.0, 4.302_652_729_749_464),
            (0.975, 10.0, 2.228_138_851_986_275),
            (0.95, 30.0, 1.697_260_886_593_957_8),
            (0.975, 1e3, 1.962_339_080_826_408_5),
            (0.975, 1e4, 1.960_201_239_890_626_3),
            (0.975, 1e5, 1.959_987_707_534_609_5),
            (0.975, 1e7, 1.959_964_221_767_205_5),
            (0.975, 1e9, 1.959_963_986_912_325_5),
        ];
        for (p, df, value) in known {
            let found = t(p, df).unwrap();
            assert!((found / value - 1.0).abs() < 1e-12, "{p} {df}: {found}");
        }
    }

    #[test]
    fn t_has_closed_forms_at_one_and_two() {
        for p in [0.5, 0.6, 0.9, 0.999, 0.999_999, 0.1, 1e-9, 1e-50_f64] {
            let cauchy = -1.0 / (std::f64::consts::PI * p).tan();
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            for (df, value) in [(1.0, cauchy), (2.0, two)] {
                let found = t(p, df).unwrap();
                assert!((found - value).abs() <= 1e-10 * value.abs() + 1e-10, "{p} {df}: {found}");
            }
        }
    }

    #[test]
    fn t_is_continuous_where_the_method_changes() {
        for p in [0.6, 0.9, 0.975, 0.995, 0.999_999, 1.0 - 1e-12] {
            let exact = upper(1.0 - p, MANY).unwrap();
            let expanded = expand(normal(p).unwrap(), MANY);
            assert!((exact / expanded - 1.0).abs() < 1e-10, "{p}: {exact} {expanded}");
        }
    }

    #[test]
    fn t_falls_to_the_normal_and_never_stops() {
        let mut before = f64::INFINITY;
        for exponent in -1..19 {
            let now = t(0.975, 10_f64.powi(exponent)).unwrap();
            assert!(now < before, "1e{exponent}: {now}");
            before = now.max(normal(0.975).unwrap() + 1e-15);
        }
        assert_eq!(t(0.975, f64::INFINITY), normal(0.975));
    }

    #[test]
    fn nonsense_gives_none() {
        for (p, df) in [(0.0, 5.0), (1.0, 5.0), (f64::NAN, 5.0), (0.9, -1.0), (0.9, f64::NAN)] {
            assert_eq!(t(p, df), None);
        }
        assert_eq!(t(0.975, 1e-3), None); // beyond 1e153
        assert_eq!(two_sided_t(0.95, 0), None);
        assert_eq!(two_sided_t(0.95, i64::MIN), None);
        assert!(two_sided_t(0.95, i64::MAX).is_some());
        assert_eq!(two_sided_t(1.0, 5), None);
    }
}
