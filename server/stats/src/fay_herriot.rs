//! Small units by the model of Fay and Herriot: a direct figure and covariates for every unit.

use crate::estimate::Unavailable;
use crate::matrix::{Cholesky, Matrix, dot};
use crate::modelled::Modelled;
use crate::root::bisect;

/// One unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its direct figure.
    pub direct: f64,
    /// The variance ψ of it, taken as known and positive: smoothed, as deff p(1−p)/n with the p of
    /// all, because the own variance is 0 where all are satisfied and goes with the figure.
    pub variance: f64,
    /// Covariates; the first is 1 where the model has an intercept.
    pub covariates: Vec<f64>,
}

/// How the variance A between units is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Restricted maximum likelihood.
    Reml,
    /// Maximum likelihood.
    Ml,
    /// The moment equation of Fay and Herriot.
    Moment,
}

/// The fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// A, the variance between units that the covariates do not explain; 0 is possible.
    pub between: f64,
    /// Coefficients of the covariates.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub errors: Vec<f64>,
    /// A modelled figure for every unit, in order.
    pub areas: Vec<Modelled>,
}

/// Fits the model y = x'β + u + e, var u = A ≥ 0, var e = ψ, and predicts every unit.
///
/// # Formula
///
/// ```text
/// v = A + ψ   β = (X'V⁻¹X)⁻¹X'V⁻¹y   P = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹
/// REML: y'PPy = tr P    ML: y'PPy = tr V⁻¹    moment: y'Py = m − p
/// value = x'β + γ(y − x'β), γ = A/v
/// mse = g1 + g2 + 2 g3 − b(1−γ)²
/// g1 = γψ   g2 = (1−γ)² x'(X'V⁻¹X)⁻¹x   g3 = (1−γ)² V_A/v
/// V_A = 2/Σv⁻² (REML, ML), 2m/(Σv⁻¹)² (moment)
/// b = 0 (REML), −tr((X'V⁻¹X)⁻¹ X'V⁻²X)/Σv⁻² (ML), 2(mΣv⁻² − (Σv⁻¹)²)/(Σv⁻¹)³ (moment)
/// ```
///
/// A is 0 where the equation's left side is not above its right at 0; else the root, by bisection.
///
/// # Source
///
/// Fay and Herriot 1979, JASA 74:269; Prasad and Rao 1990, JASA 85:163; Datta and Lahiri 2000, Stat
/// Sinica 10:613; Rao and Molina 2015, ch. 6. R `sae::mseFH`.
///
/// # Errors
///
/// [`Unavailable::Malformed`] where covariates differ in number, a number is not finite or ψ is not
/// positive; [`Unavailable::NoAnswers`] with no more units than covariates, or where one covariate
/// follows from the others.
///
/// # Example
///
/// ```
/// use stats::fay_herriot::{Area, Method, fit};
/// let area = |direct| Area { direct, variance: 1.0, covariates: vec![1.0] };
/// // mean 0, s² = 8/3: of five equal ψ the moment A is s² − ψ
/// let areas: Vec<Area> = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|y| area(y * (16.0_f64 / 15.0).sqrt())).to_vec();
/// let model = fit(&areas, Method::Moment)?;
/// assert!((model.between - 5.0 / 3.0).abs() < 1e-9);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn fit(areas: &[Area], method: Method) -> Result<Model, Unavailable> {
    check(areas)?;
    let at = |between: f64| Fitted::at(areas, between).ok_or(Unavailable::NoAnswers);
    at(0.0)?;
    let rises =
        |between: f64| Fitted::at(areas, between).is_some_and(|fitted| fitted.slope(areas, method) > 0.0);
    let between = if rises(0.0) { bisect(0.0, bracket(areas, rises)?, rises) } else { 0.0 };
    let fitted = at(between)?;
    let modelled = areas.iter().map(|area| fitted.predict(area, fitted.bias(areas, method))).collect();
    Ok(Model {
        between,
        errors: (0..fitted.beta.len()).map(|at| fitted.covariance.at(at, at).sqrt()).collect(),
        coefficients: fitted.beta,
        areas: modelled,
    })
}

fn check(areas: &[Area]) -> Result<(), Unavailable> {
    let width = areas.first().map_or(0, |area| area.covariates.len());
    let finite = |area: &Area| {
        let numbers = area.covariates.iter().chain([&area.direct, &area.variance]);
        area.covariates.len() == width && numbers.into_iter().all(|x| x.is_finite()) && area.variance > 0.0
    };
    if !areas.iter().all(finite) {
        Err(Unavailable::Malformed("finite covariates of every unit and a positive variance"))
    } else if width == 0 || areas.len() <= width {
        Err(Unavailable::NoAnswers)
    } else {
        Ok(())
    }
}

/// An A above the root: from the largest ψ and the spread of the figures upwards.
fn bracket(areas: &[Area], rises: impl Fn(f64) -> bool) -> Result<f64, Unavailable> {
    let mut high = areas.iter().map(|area| area.variance).fold(0.0, f64::max);
    for _ in 0..200 {
        if !rises(high) {
            return Ok(high);
        }
        high *= 4.0;
    }
    Err(Unavailable::NoAnswers)
}

/// The model at a given A.
struct Fitted {
    between: f64,
    beta: Vec<f64>,
    /// (X'V⁻¹X)⁻¹.
    covariance: Matrix,
    /// X'V⁻²X.
    squared: Matrix,
    /// Σv⁻¹ and Σv⁻².
    sums: [f64; 2],
}

/// The bias terms of a method: b and the variance of A.
#[derive(Clone, Copy)]
struct Bias {
    b: f64,
    variance: f64,
}

impl Fitted {
    fn at(areas: &[Area], between: f64) -> Option<Self> {
        let width = areas.first()?.covariates.len();
        let weight = |area: &Area| 1.0 / (between + area.variance);
        let gram = |power: i32| {
            Matrix::from_fn(width, width, |row, column| {
                let term =
                    |area: &Area| weight(area).powi(power) * area.covariates[row] * area.covariates[column];
                areas.iter().map(term).sum()
            })
        };
        let right =
            |row: usize| areas.iter().map(|area| weight(area) * area.covariates[row] * area.direct).sum();
        let factor = Cholesky::of(&gram(1))?;
        let beta = factor.solve(&(0..width).map(right).collect::<Vec<f64>>());
        let sum = |power: i32| areas.iter().map(|area| weight(area).powi(power)).sum();
        Some(Self { between, beta, covariance: factor.inverse(), squared: gram(2), sums: [sum(1), sum(2)] })
    }

    /// Left minus right side of the method's equation: positive below the root.
    fn slope(&self, areas: &[Area], method: Method) -> f64 {
        let rest = |area: &Area| area.direct - dot(&area.covariates, &self.beta);
        let weight = |area: &Area| 1.0 / (self.between + area.variance);
        let power = |power: i32| {
            areas.iter().map(|area| (weight(area)).powi(power) * rest(area).powi(2)).sum::<f64>()
        };
        match method {
            // Py = V⁻¹(y − Xβ)
            Method::Reml => power(2) - (self.sums[0] - self.trace()),
            Method::Ml => power(2) - self.sums[0],
            Method::Moment => power(1) - (areas.len() - self.beta.len()) as f64,
        }
    }

    /// tr((X'V⁻¹X)⁻¹ X'V⁻²X).
    fn trace(&self) -> f64 {
        (0..self.beta.len()).map(|row| dot(self.covariance.row(row), self.squared.row(row))).sum()
    }

    fn bias(&self, areas: &[Area], method: Method) -> Bias {
        let ([first, second], m) = (self.sums, areas.len() as f64);
        match method {
            Method::Reml => Bias { b: 0.0, variance: 2.0 / second },
            Method::Ml => Bias { b: -self.trace() / second, variance: 2.0 / second },
            Method::Moment => Bias {
                b: 2.0 * (m * second - first * first) / first.powi(3),
                variance: 2.0 * m / (first * first),
            },
        }
    }

    fn predict(&self, area: &Area, bias: Bias) -> Modelled {
        let whole = self.between + area.variance;
        let (gamma, rest) = (self.between / whole, area.variance / whole);
        let synthetic = dot(&area.covariates, &self.beta);
        let g1 = gamma * area.variance;
        let g2 = rest * rest * dot(&area.covariates, &self.covariance.times(&area.covariates));
        let g3 = rest * rest * bias.variance / whole;
        let mse = g1 - bias.b * rest * rest + g2 + 2.0 * g3;
        let value = synthetic + gamma * (area.direct - synthetic);
        Modelled { value, mse: Some(mse), synthetic, own_weight: gamma }
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Method, fit};
    use crate::estimate::Unavailable;

    fn areas(direct: &[f64], variance: f64) -> Vec<Area> {
        direct.iter().map(|y| Area { direct: *y, variance, covariates: vec![1.0] }).collect()
    }

    #[test]
    fn without_more_spread_than_chance_gives_every_unit_is_the_mean() {
        for method in [Method::Reml, Method::Ml, Method::Moment] {
            let model = fit(&areas(&[0.79, 0.80, 0.81], 0.01), method).unwrap();
            assert!(model.between.abs() < 1e-300);
            assert!(
                model.areas.iter().all(|area| (area.value - 0.8).abs() < 1e-12 && area.own_weight == 0.0)
            );
            assert!(model.areas.iter().all(|area| area.mse.is_some_and(f64::is_finite)));
        }
    }

    #[test]
    fn of_equal_variances_the_methods_have_closed_forms() {
        let direct = [1.0, 4.0, 2.0, 8.0, 5.0];
        let s2 = direct.iter().map(|y: &f64| (y - 4.0).powi(2)).sum::<f64>();
        for (method, between) in
            [(Method::Reml, s2 / 4.0 - 0.5), (Method::Ml, s2 / 5.0 - 0.5), (Method::Moment, s2 / 4.0 - 0.5)]
        {
            let model = fit(&areas(&direct, 0.5), method).unwrap();
            assert!((model.between / between - 1.0).abs() < 1e-12, "{method:?}");
        }
    }

    #[test]
    fn a_variance_of_zero_and_too_few_units_are_refused() {
        assert!(matches!(fit(&areas(&[1.0, 2.0], 0.0), Method::Reml), Err(Unavailable::Malformed(_))));
        assert!(matches!(fit(&areas(&[1.0, f64::NAN], 1.0), Method::Reml), Err(Unavailable::Malformed(_))));
        assert_eq!(fit(&areas(&[1.0], 1.0), Method::Ml), Err(Unavailable::NoAnswers));
        assert_eq!(fit(&[], Method::Moment), Err(Unavailable::NoAnswers));
        let mut twice = areas(&[1.0, 2.0, 3.0], 1.0);
        for area in &mut twice {
            area.covariates.push(1.0);
        }
        assert_eq!(fit(&twice, Method::Reml), Err(Unavailable::NoAnswers));
    }
}
