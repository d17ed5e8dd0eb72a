//! Small units of one kind, their shares drawn towards what a model expects of them.

use crate::bands::Verdict;
use crate::estimate::Unavailable;
use crate::fay_herriot::{Area, Method, fit};
use crate::modelled::{Modelled, benchmark};

/// A unit.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallUnit {
    /// Its direct share, a fraction.
    pub share: f64,
    /// Its respondents.
    pub n: i64,
    /// What is known of it beside its answers, without the constant.
    pub covariates: Vec<f64>,
}

/// Models the shares of units with the usual design effect of their kind. The result adds up to the
/// direct share of all of them together.
///
/// # Formula
///
/// Fay and Herriot by REML ([`fit`]) with smoothed variances:
///
/// ```text
/// as they are, where no share exceeds 0.9:    y = p         ψ = deff π(1−π)/n, π the share of all
/// else on the arcsine scale:                  y = asin √p   ψ = deff/(4n)
/// ```
///
/// back by sin² y, mse by the delta method (4π(1−π) mse), then [`benchmark`] with the weights n.
///
/// A unit's own variance is not used: it is 0 where all are satisfied, and goes with the share.
///
/// # Source
///
/// Fay and Herriot 1979, JASA 74:269; arcsine scale: Carter and Rolph 1974, JASA 69:880; Casas-Cordero,
/// Encina and Lahiri 2016, in Pratesi (ed.), ch. 20.
///
/// # Errors
///
/// [`Unavailable::Malformed`] for a share outside 0..1, fewer than one respondent, or a design effect
/// that is not positive; and as [`fit`].
///
/// # Example
///
/// ```
/// use stats::small_area::{SmallUnit, model};
/// let unit = |share, n| SmallUnit { share, n, covariates: vec![] };
/// let units = [unit(0.6, 12), unit(0.82, 300), unit(0.85, 280), unit(0.88, 310)];
/// let found = model(&units, 1.0)?;
/// assert!(found[0].value > 0.6); // few answers: drawn towards the others
/// assert!((found[1].value - 0.82).abs() < 0.02);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn model(units: &[SmallUnit], deff: f64) -> Result<Vec<Modelled>, Unavailable> {
    let sound = |unit: &SmallUnit| (0.0..=1.0).contains(&unit.share) && unit.n > 0;
    if !(units.iter().all(sound) && deff.is_finite() && deff > 0.0) {
        return Err(Unavailable::Malformed("shares, respondents and a positive design effect"));
    }
    let all = together(units);
    let curved = units.iter().any(|unit| unit.share > 0.9);
    let area = |unit: &SmallUnit| {
        let n = unit.n as f64;
        let (direct, variance) = if curved {
            (unit.share.sqrt().asin(), deff / (4.0 * n))
        } else {
            (unit.share, deff * all * (1.0 - all) / n)
        };
        let covariates = std::iter::once(1.0).chain(unit.covariates.iter().copied()).collect();
        Area { direct, variance, covariates }
    };
    let areas: Vec<Area> = units.iter().map(area).collect();
    let fitted = fit(&areas, Method::Reml)?.areas;
    let back: Vec<Modelled> = if curved { fitted.iter().map(straighten).collect() } else { fitted };
    let weights: Vec<f64> = units.iter().map(|unit| unit.n as f64).collect();
    benchmark(&back, &weights, all).ok_or(Unavailable::Inconsistent("modelled shares above 0"))
}

/// On which side of all of them together a model puts units, beyond a margin: enough to know where to
/// look, and not enough to work out the figures that the model was fitted to.
///
/// # Formula
///
/// value − Σ n p/Σ n against ±margin; no test, and no claim.
///
/// # Source
///
/// Statistics of the product, section 6.
///
/// # Example
///
/// ```
/// use stats::{bands::Verdict, small_area::{SmallUnit, model, sides}};
/// let unit = |share, n| SmallUnit { share, n, covariates: vec![] };
/// let units = [unit(0.4, 90), unit(0.82, 300), unit(0.85, 280), unit(0.88, 310)];
/// let found = sides(&units, &model(&units, 1.0)?, 0.02);
/// assert_eq!(found[0], Verdict::Below);
/// # Ok::<(), stats::Unavailable>(())
/// ```
#[must_use]
pub fn sides(units: &[SmallUnit], modelled: &[Modelled], margin: f64) -> Vec<Verdict> {
    let all = together(units);
    let side = |area: &Modelled| match area.value - all {
        distance if distance > margin => Verdict::Above,
        distance if distance < -margin => Verdict::Below,
        _ => Verdict::Even,
    };
    modelled.iter().map(side).collect()
}

/// Σ n p/Σ n.
fn together(units: &[SmallUnit]) -> f64 {
    let people: f64 = units.iter().map(|unit| unit.n as f64).sum();
    units.iter().map(|unit| unit.n as f64 * unit.share).sum::<f64>() / people
}

/// From the arcsine scale to shares.
fn straighten(area: &Modelled) -> Modelled {
    let share = |y: f64| y.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2);
    let value = share(area.value);
    Modelled {
        value,
        mse: area.mse.map(|mse| 4.0 * value * (1.0 - value) * mse),
        synthetic: share(area.synthetic),
        own_weight: area.own_weight,
    }
}

#[cfg(test)]
mod tests {
    use super::{SmallUnit, model};

    fn units() -> Vec<SmallUnit> {
        let shares = [0.99, 0.97, 0.9, 0.86, 0.93, 1.0, 0.8, 0.95];
        let sizes = [20, 400, 35, 90, 150, 12, 15, 60];
        let unit = |(share, n)| SmallUnit { share, n, covariates: vec![] };
        shares.into_iter().zip(sizes).map(unit).collect()
    }

    #[test]
    fn modelled_shares_lie_between_0_and_1_and_add_up_to_the_direct_one() {
        let units = units();
        let found = model(&units, 1.3).unwrap();
        let people: f64 = units.iter().map(|unit| unit.n as f64).sum();
        let direct: f64 = units.iter().map(|unit| unit.n as f64 * unit.share).sum::<f64>() / people;
        let total: f64 =
            units.iter().zip(&found).map(|(unit, area)| unit.n as f64 * area.value).sum::<f64>() / people;
        assert!((total - direct).abs() < 1e-12);
        assert!(found.iter().all(|area| (0.0..=1.0).contains(&area.value)));
    }

    #[test]
    fn few_answers_are_drawn_more_than_many_and_everybody_satisfied_is_no_certainty() {
        let found = model(&units(), 1.3).unwrap();
        assert!(found[5].value < 1.0, "{}", found[5].value);
        assert!(found[5].own_weight < found[1].own_weight);
    }

    #[test]
    fn with_shares_below_nine_tenths_the_scale_is_their_own() {
        let mut units = units();
        for unit in &mut units {
            unit.share -= 0.15;
        }
        let found = model(&units, 1.0).unwrap();
        // on its own scale a unit lies between its share and what the model expects of it
        let between = |at: usize| {
            let (direct, expected) = (units[at].share, found[at].synthetic);
            (direct - found[at].value) * (found[at].value - expected) >= -1e-3
        };
        assert!((0..units.len()).all(between));
    }

    #[test]
    fn nonsense_and_too_few_units_are_refused() {
        let unit = |share, n| SmallUnit { share, n, covariates: vec![] };
        assert!(model(&[], 1.0).is_err());
        assert!(model(&[unit(0.5, 10)], 1.0).is_err());
        for (share, n, deff) in [(1.1, 9, 1.0), (f64::NAN, 9, 1.0), (0.5, 0, 1.0), (0.5, 9, 0.0)] {
            assert!(model(&[unit(share, n), unit(0.5, 9), unit(0.6, 9)], deff).is_err());
        }
    }
}
