//! Figures that rest on a model and on other units' answers, apart from those that do not.

/// A modelled figure. It is no [`crate::Estimate`] and cannot be taken for one: it is drawn towards
/// what the model expects, so small units that are unlike the others look like them. For triage, not
/// for ranking or reward, and shown with the word "modelled".
///
/// # Source
///
/// Rao and Molina 2015, Small Area Estimation, section 6.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Modelled {
    /// The figure, in the unit of the direct one.
    pub value: f64,
    /// Estimated mean squared error; `None` where the method gives none.
    pub mse: Option<f64>,
    /// What the model alone says, without the unit's own answers.
    pub synthetic: f64,
    /// The weight of the unit's own answers, 0..1.
    pub own_weight: f64,
}

/// Brings modelled figures to a direct estimate of all units together, so that a page and its total
/// do not contradict each other.
///
/// `weights` are the sizes of the units in the total (people, dossiers), in any unit.
///
/// # Formula
///
/// value × direct Σw/Σ(w value); the mse times the square of the same factor, in which the error of
/// `direct` is not contained. `None` where lengths differ, a weight is negative or none, or the
/// weighted sum is not positive.
///
/// # Source
///
/// Ratio benchmarking: Pfeffermann and Barnard 1991; Rao and Molina 2015, section 6.4.6.
///
/// # Example
///
/// ```
/// use stats::modelled::{Modelled, benchmark};
/// let area = |value| Modelled { value, mse: None, synthetic: value, own_weight: 0.5 };
/// let brought = benchmark(&[area(0.6), area(0.9)], &[1.0, 2.0], 0.88).unwrap();
/// let total = (brought[0].value + 2.0 * brought[1].value) / 3.0;
/// assert!((total - 0.88).abs() < 1e-15);
/// ```
#[must_use]
pub fn benchmark(areas: &[Modelled], weights: &[f64], direct: f64) -> Option<Vec<Modelled>> {
    if areas.len() != weights.len() || weights.iter().any(|w| !w.is_finite() || *w < 0.0) {
        return None;
    }
    let sum: f64 = areas.iter().zip(weights).map(|(area, weight)| area.value * weight).sum();
    let factor = direct * weights.iter().sum::<f64>() / sum;
    let scaled = |area: &Modelled| Modelled {
        value: area.value * factor,
        mse: area.mse.map(|mse| mse * factor * factor),
        ..*area
    };
    (sum > 0.0 && factor.is_finite()).then(|| areas.iter().map(scaled).collect())
}

#[cfg(test)]
mod tests {
    use super::{Modelled, benchmark};

    #[test]
    fn the_error_is_scaled_with_the_figure() {
        let area = |value| Modelled { value, mse: Some(0.01), synthetic: value, own_weight: 0.5 };
        let brought = benchmark(&[area(0.4), area(0.4)], &[1.0, 3.0], 0.8).unwrap();
        assert!(brought.iter().all(|area| (area.value - 0.8).abs() < 1e-15));
        assert!(brought.iter().all(|area| (area.mse.unwrap() - 0.04).abs() < 1e-15));
    }

    #[test]
    fn what_has_no_total_cannot_be_brought_to_one() {
        let area = |value| Modelled { value, mse: None, synthetic: value, own_weight: 0.5 };
        assert!(benchmark(&[area(0.0)], &[1.0], 0.5).is_none());
        assert!(benchmark(&[area(0.4)], &[0.0], 0.5).is_none());
        assert!(benchmark(&[area(0.4)], &[-1.0], 0.5).is_none());
        assert!(benchmark(&[area(0.4)], &[1.0], f64::NAN).is_none());
        assert!(benchmark(&[area(0.4)], &[], 0.5).is_none() && benchmark(&[], &[], 0.5).is_none());
    }
}
