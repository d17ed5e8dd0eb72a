//! Several tests at once: adjusted p-values.
//!
//! An adjusted p-value is compared with the level as it is: whatever stays at or below 0.05 holds
//! while all tests of the family are considered together. Holm for claims (no false one with 95 %),
//! Benjamini and Hochberg for screening long lists (of what is flagged, 5 % false on average).

/// Adjusted p-values in the order of the raw ones, sorted by `rank`, accumulated by `step`.
fn adjusted(raw: &[f64], ascending: bool, factor: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let count = raw.len();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| raw[*a].total_cmp(&raw[*b]));
    if !ascending {
        order.reverse();
    }
    let mut adjusted = vec![f64::NAN; count];
    let mut so_far: Option<f64> = None;
    for (step, at) in order.into_iter().enumerate() {
        let place = if ascending { step } else { count - 1 - step };
        let value = (factor(place, count) * raw[at]).min(1.0);
        let value = match so_far {
            Some(before) if ascending => value.max(before),
            Some(before) => value.min(before),
            None => value,
        };
        so_far = Some(value);
        adjusted[at] = value;
    }
    adjusted
}

/// Holm's step-down adjustment.
///
/// # Formula
///
/// `p̃_(i) = max_{j ≤ i} min(1, (m − j + 1) p_(j))`, p ordered from the smallest.
///
/// # Source
///
/// Holm 1979, Scandinavian Journal of Statistics 6:65.
///
/// # Example
///
/// ```
/// use stats::multiplicity::holm;
/// let adjusted = holm(&[0.01, 0.04, 0.03]);
/// assert!((adjusted[0] - 0.03).abs() < 1e-15);
/// assert!((adjusted[1] - 0.06).abs() < 1e-15 && (adjusted[2] - 0.06).abs() < 1e-15);
/// ```
#[must_use]
pub fn holm(raw: &[f64]) -> Vec<f64> {
    adjusted(raw, true, |place, count| (count - place) as f64)
}

/// Bonferroni's adjustment: every p-value times their number.
///
/// # Source
///
/// Dunn 1961, Journal of the American Statistical Association 56:52.
#[must_use]
pub fn bonferroni(raw: &[f64]) -> Vec<f64> {
    let count = raw.len() as f64;
    raw.iter().map(|p| (p * count).min(1.0)).collect()
}

/// Hochberg's step-up adjustment; needs independent or positively dependent tests.
///
/// # Formula
///
/// `p̃_(i) = min_{j ≥ i} min(1, (m − j + 1) p_(j))`.
///
/// # Source
///
/// Hochberg 1988, Biometrika 75:800.
#[must_use]
pub fn hochberg(raw: &[f64]) -> Vec<f64> {
    adjusted(raw, false, |place, count| (count - place) as f64)
}

/// The step-up adjustment of Benjamini and Hochberg: controls the expected share of false claims.
///
/// # Formula
///
/// `p̃_(i) = min_{j ≥ i} min(1, m/j p_(j))`.
///
/// # Source
///
/// Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289.
///
/// # Example
///
/// ```
/// use stats::multiplicity::benjamini_hochberg;
/// let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03]);
/// assert!((adjusted[0] - 0.03).abs() < 1e-15 && (adjusted[2] - 0.04).abs() < 1e-15);
/// ```
#[must_use]
pub fn benjamini_hochberg(raw: &[f64]) -> Vec<f64> {
    adjusted(raw, false, |place, count| count as f64 / (place + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_adjustment_is_below_the_raw_value_and_holm_lies_between_hochberg_and_bonferroni(
            raw in prop::collection::vec(0.0..=1.0_f64, 0..30),
        ) {
            let (h, b, s, bh) = (holm(&raw), bonferroni(&raw), hochberg(&raw), benjamini_hochberg(&raw));
            for at in 0..raw.len() {
                prop_assert!(raw[at] <= bh[at] && bh[at] <= s[at] + 1e-15);
                prop_assert!(s[at] <= h[at] && h[at] <= b[at] && b[at] <= 1.0);
            }
        }

        #[test]
        fn the_order_of_the_tests_does_not_matter(raw in prop::collection::vec(0.0..=1.0_f64, 1..20), by in 0..20_usize) {
            let by = by % raw.len();
            let mut turned = raw.clone();
            turned.rotate_left(by);
            let mut expected = holm(&raw);
            expected.rotate_left(by);
            prop_assert_eq!(holm(&turned), expected);
        }
    }
}
