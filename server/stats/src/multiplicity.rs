//! Many tests at once: p-values adjusted so that all of them may be read together.
//!
//! [`holm`] is for claims: whatever is named, the chance that anything at all is named wrongly stays
//! below α. [`benjamini_hochberg`] is for screening: of what is named, on average at most the share α
//! is named wrongly. Both hold for tests that share data, as a unit and its peers do (Holm always,
//! Benjamini and Hochberg for independent and positively dependent tests).

/// p-values that [`holm`] puts in order at any rate.
const SMALL: f64 = 0.05;

/// The p-values adjusted after Holm, in the order given: a test may be called at level α if its
/// adjusted value is at most α. What is not a probability counts as 1.
///
/// # Formula
///
/// ```text
/// p sorted upwards:  p̃_(i) = max over j ≤ i of min(1, (m − j + 1) p_(j))
/// ```
///
/// # Source
///
/// Holm 1979, Scand J Stat 6:65. R: `p.adjust(p, "holm")`.
///
/// # Example
///
/// ```
/// let adjusted = stats::multiplicity::holm(&[0.01, 0.04, 0.03]);
/// assert!(adjusted.iter().zip([0.03, 0.06, 0.06]).all(|(got, p)| (got - p).abs() < 1e-15));
/// ```
#[must_use]
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p.len()];
    // From the first test above SMALL that has 1/SMALL others after it, all are 1: those need no
    // order. A province has some seventy thousand pairs, of which few are small.
    let small: Vec<usize> = (0..p.len()).filter(|at| probability(p[*at]) <= SMALL).collect();
    let mut order =
        if (p.len() - small.len()) as f64 * SMALL >= 1.0 { small } else { (0..p.len()).collect() };
    order.sort_unstable_by(|a, b| probability(p[*a]).total_cmp(&probability(p[*b])));
    let mut largest: f64 = 0.0;
    for (rank, at) in order.into_iter().enumerate() {
        let others = (p.len() - rank) as f64;
        largest = largest.max((others * probability(p[at])).min(1.0));
        adjusted[at] = largest;
    }
    adjusted
}

/// The p-values adjusted after Benjamini and Hochberg, in the order given. What is not a
/// probability counts as 1.
///
/// # Formula
///
/// ```text
/// p sorted upwards:  p̃_(i) = min over j ≥ i of min(1, m p_(j) / j)
/// ```
///
/// # Source
///
/// Benjamini and Hochberg 1995, JRSS B 57:289; positive dependence: Benjamini and Yekutieli 2001,
/// Ann Stat 29:1165. R: `p.adjust(p, "BH")`.
///
/// # Example
///
/// ```
/// let adjusted = stats::multiplicity::benjamini_hochberg(&[0.01, 0.04, 0.03]);
/// assert!(adjusted.iter().zip([0.03, 0.04, 0.04]).all(|(got, p)| (got - p).abs() < 1e-15));
/// ```
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (rank, at) in upwards(p).into_iter().enumerate().rev() {
        let share = p.len() as f64 / (rank + 1) as f64;
        smallest = smallest.min(share * probability(p[at]));
        adjusted[at] = smallest;
    }
    adjusted
}

/// The p-values adjusted after Bonferroni, in the order given. What is not a probability counts as 1.
///
/// [`holm`] promises the same and claims at least as much; this one is for comparison.
///
/// # Formula
///
/// p̃ = min(1, m p)
///
/// # Source
///
/// Dunn 1961, JASA 56:52. R: `p.adjust(p, "bonferroni")`.
///
/// # Example
///
/// ```
/// let adjusted = stats::multiplicity::bonferroni(&[0.01, 0.5, 0.03]);
/// assert!(adjusted.iter().zip([0.03, 1.0, 0.09]).all(|(got, p)| (got - p).abs() < 1e-15));
/// ```
#[must_use]
pub fn bonferroni(p: &[f64]) -> Vec<f64> {
    let tests = p.len() as f64;
    p.iter().map(|p| (tests * probability(*p)).min(1.0)).collect()
}

/// The p-values adjusted after Hochberg, in the order given: as [`holm`], from the largest p-value
/// downwards, for tests that are independent or positively dependent. What is not a probability
/// counts as 1.
///
/// # Formula
///
/// ```text
/// p sorted upwards:  p̃_(i) = min over j ≥ i of min(1, (m − j + 1) p_(j))
/// ```
///
/// # Source
///
/// Hochberg 1988, Biometrika 75:800. R: `p.adjust(p, "hochberg")`.
///
/// # Example
///
/// ```
/// let adjusted = stats::multiplicity::hochberg(&[0.01, 0.04, 0.03]);
/// assert!(adjusted.iter().zip([0.03, 0.04, 0.04]).all(|(got, p)| (got - p).abs() < 1e-15));
/// ```
#[must_use]
pub fn hochberg(p: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (rank, at) in upwards(p).into_iter().enumerate().rev() {
        let others = (p.len() - rank) as f64;
        smallest = smallest.min(others * probability(p[at]));
        adjusted[at] = smallest;
    }
    adjusted
}

fn probability(p: f64) -> f64 {
    if (0.0..=1.0).contains(&p) { p } else { 1.0 }
}

/// Positions by size of their values, ties in their order.
fn upwards(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| probability(p[*a]).total_cmp(&probability(p[*b])));
    order
}

#[cfg(test)]
mod tests {
    use super::{benjamini_hochberg, holm};

    #[test]
    fn nobody_and_nonsense_are_no_evidence() {
        assert!(holm(&[]).is_empty() && benjamini_hochberg(&[]).is_empty());
        for adjust in [holm, benjamini_hochberg] {
            assert_eq!(adjust(&[f64::NAN, -0.5, 2.0]), [1.0; 3]);
            assert_eq!(adjust(&[0.02]), [0.02]);
        }
    }

    #[test]
    fn leaving_large_values_unsorted_changes_nothing() {
        // 30 or 19 values above 0.05: once they need no order, once they do
        for (large, small) in [(30_u32, 20_u32), (19, 20), (20, 0), (1, 60)] {
            let of = |at: u32| {
                if at.is_multiple_of(2) { 0.051 + f64::from(at) / 200.0 } else { f64::from(at) / 1e5 }
            };
            let evens = (0..large).map(|at| of(2 * at));
            let p: Vec<f64> = evens.chain((0..small).map(|at| of(2 * at + 1))).collect();
            let mut sorted = p.clone();
            sorted.sort_by(f64::total_cmp);
            let mut largest: f64 = 0.0;
            for (rank, value) in sorted.iter().enumerate() {
                largest = largest.max(((p.len() - rank) as f64 * value).min(1.0));
                let at = p.iter().position(|p| p.to_bits() == value.to_bits()).unwrap();
                assert_eq!(holm(&p)[at].to_bits(), largest.to_bits(), "{large} {small}: {value}");
            }
        }
    }

    #[test]
    fn ties_are_treated_alike() {
        assert_eq!(holm(&[0.5, 0.001, 0.001]), [0.5, 0.003, 0.003]);
        assert_eq!(benjamini_hochberg(&[0.5, 0.001, 0.001]), [0.5, 0.0015, 0.0015]);
    }
}
