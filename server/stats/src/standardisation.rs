//! Units with the same mix of services: what a unit's figure would be if it served what the province
//! serves.

use crate::estimate::{Estimate, Unavailable};

/// A standardised figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standardised {
    /// The figure over the services that the unit has answers about.
    pub estimate: Estimate,
    /// The part of the common mix that these services are, 0..1. What is missing is not made up for:
    /// units with different coverage are not comparable.
    pub coverage: f64,
}

/// Brings the figures of one unit's services to a common mix.
///
/// Each part is a service: the unit's figure there (`None` without answers) and the weight of the
/// service in the common mix, for example the province's dossiers. Services must be of different
/// respondents.
///
/// # Formula
///
/// θ = Σ W_s θ_s/Σ W_s, v = Σ W_s² v_s/(Σ W_s)², over the services with a figure;
/// coverage = Σ W of these/Σ W of all. Where a service has a single respondent there is no se.
///
/// # Source
///
/// Direct standardisation: Cochran 1977, section 5A; Rothman, Greenland and Lash 2008, Modern
/// Epidemiology, ch. 3.
///
/// # Errors
///
/// [`Unavailable::Malformed`] for weights that are negative, none or all 0;
/// [`Unavailable::NoAnswers`] without answers about any service with a weight.
///
/// # Example
///
/// ```
/// use stats::{Estimate, standardisation::standardise};
/// let figure = |est| Estimate { est, se: Some(0.03), df: 49, n: 50, answers: 50, lonely: 0 };
/// let found = standardise(&[(Some(figure(0.9)), 300.0), (Some(figure(0.6)), 100.0), (None, 100.0)])?;
/// assert!((found.estimate.est - 0.825).abs() < 1e-15);
/// assert!((found.estimate.se.unwrap() - 0.03 * 10.0_f64.sqrt() / 4.0).abs() < 1e-15);
/// assert_eq!((found.coverage, found.estimate.df), (0.8, 98));
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn standardise(parts: &[(Option<Estimate>, f64)]) -> Result<Standardised, Unavailable> {
    if parts.iter().any(|(_, weight)| !weight.is_finite() || *weight < 0.0) {
        return Err(Unavailable::Malformed("weights that are not negative"));
    }
    let all: f64 = parts.iter().map(|(_, weight)| weight).sum();
    if !(all > 0.0 && all.is_finite()) {
        return Err(Unavailable::Malformed("weights that are not all 0"));
    }
    let known: Vec<(Estimate, f64)> = parts
        .iter()
        .filter(|part| part.1 > 0.0)
        .filter_map(|(figure, weight)| Some(((*figure)?, *weight)))
        .collect();
    let covered: f64 = known.iter().map(|(_, weight)| weight).sum();
    if known.is_empty() {
        return Err(Unavailable::NoAnswers);
    }
    let variance: Option<f64> =
        known.iter().map(|(figure, weight)| Some(weight * weight * figure.variance()?)).sum();
    let count = |pick: fn(&Estimate) -> i64| {
        known.iter().map(|(figure, _)| pick(figure)).fold(0_i64, i64::saturating_add)
    };
    let estimate = Estimate {
        est: known.iter().map(|(figure, weight)| weight * figure.est).sum::<f64>() / covered,
        se: variance.map(|variance| variance.sqrt() / covered),
        df: count(|figure| figure.df),
        n: count(|figure| figure.n),
        answers: count(|figure| figure.answers),
        lonely: count(|figure| figure.lonely),
    };
    Ok(Standardised { estimate, coverage: covered / all })
}

#[cfg(test)]
mod tests {
    use super::standardise;
    use crate::estimate::{Estimate, Unavailable};

    const FIGURE: Estimate = Estimate { est: 0.9, se: Some(0.03), df: 49, n: 50, answers: 50, lonely: 0 };

    #[test]
    fn a_single_respondent_takes_the_precision_but_not_the_figure() {
        let alone = Estimate { se: None, df: 0, n: 1, ..FIGURE };
        let found = standardise(&[(Some(FIGURE), 1.0), (Some(alone), 1.0)]).unwrap();
        assert_eq!((found.estimate.est, found.estimate.se, found.coverage), (0.9, None, 1.0));
    }

    #[test]
    fn a_mix_that_is_none_is_refused() {
        for weight in [-1.0, f64::NAN, 0.0, f64::INFINITY] {
            assert!(matches!(standardise(&[(Some(FIGURE), weight)]), Err(Unavailable::Malformed(_))));
        }
        assert!(matches!(standardise(&[]), Err(Unavailable::Malformed(_))));
        assert_eq!(standardise(&[(None, 1.0), (Some(FIGURE), 0.0)]), Err(Unavailable::NoAnswers));
    }
}
