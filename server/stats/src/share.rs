//! Shares of satisfied answers: pooled, composite, binary, and their differences.

use crate::estimate::{Estimate, Unavailable};
use crate::linear::{Term, check, estimate, mean, terms};
use crate::ratio::covariance as ratio_covariance;
use crate::stratum::Stratum;

/// One factor of a composite: its weight and the atoms its share is pooled over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factor<'a> {
    /// A positive number; only the ratios between the weights of one composite matter.
    pub weight: f64,
    /// The atoms, each once.
    pub atoms: &'a [usize],
}

/// Counts of one stratum for a yes/no question, or for a single item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binary {
    /// All respondents of the stratum.
    pub n: i64,
    /// Those who answered the question.
    pub answered: i64,
    /// Those of them who were satisfied.
    pub satisfied: i64,
}

/// The pooled share of satisfied answers among all answers over some atoms, a fraction.
///
/// `answering` holds, for every stratum, the respondents with at least one answer among these
/// atoms; the sums alone do not tell.
///
/// # Formula
///
/// ```text
/// R = ΣS/ΣA    z_i = (S_i − R A_i)/ΣA    V = Σ_h n_h/(n_h−1) Σ_i (z_i − z̄_h)²
/// ```
///
/// over **all** respondents of every stratum h; n = Σ answering, df = n − strata with
/// answering > 0. A stratum of a single respondent contributes z² (rule "adjust").
///
/// # Source
///
/// Woodruff 1971; Särndal, Swensson and Wretman 1992, section 5.6; degrees of freedom: Korn and
/// Graubard 1999.
///
/// # Errors
///
/// [`Unavailable`], by reason.
///
/// # Example
///
/// ```
/// use stats::{StratumSums, share::pooled};
/// let mut sums = StratumSums::new(1);
/// for satisfied in [3, 3, 2, 0] {
///     sums.add(&[(satisfied, 3)])?;
/// }
/// let share = pooled(&[sums.as_stratum()], &[0], &[4])?;
/// assert!((share.est - 8.0 / 12.0).abs() < 1e-15);
/// // With equally many answers each, the share is the mean of the people's own shares.
/// assert!((share.se.unwrap() - (6.0_f64 / 9.0 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn pooled(strata: &[Stratum<'_>], atoms: &[usize], answering: &[i64]) -> Result<Estimate, Unavailable> {
    match composite(strata, &[Factor { weight: 1.0, atoms }], answering) {
        Err(Unavailable::FactorWithoutAnswers(_)) => Err(Unavailable::NoAnswers),
        result => result,
    }
}

/// The weighted mean of the shares of several factors, a fraction.
///
/// `answering` holds, for every stratum, the respondents with an answer to any of the factors.
///
/// # Formula
///
/// ```text
/// I = Σ_f ω_f R_f, Σω = 1    V = Σ_f Σ_g ω_f ω_g cov(R_f, R_g)
/// ```
///
/// with the covariances linearised as in [`pooled`]: the variance of Σ ω z over the factors.
///
/// # Source
///
/// Woodruff 1971; Särndal, Swensson and Wretman 1992, section 5.5.
///
/// # Errors
///
/// [`Unavailable::FactorWithoutAnswers`] if nobody answered some factor: the weights are never
/// spread over the others, because the figure would then mean something else. Otherwise by reason.
///
/// # Example
///
/// ```
/// use stats::{StratumSums, share::{Factor, composite}};
/// let mut sums = StratumSums::new(2);
/// for (first, second) in [(2, 1), (1, 1), (2, 0)] {
///     sums.add(&[(first, 2), (second, 1)])?;
/// }
/// let factors = [Factor { weight: 2.0, atoms: &[0] }, Factor { weight: 1.0, atoms: &[1] }];
/// let index = composite(&[sums.as_stratum()], &factors, &[3])?;
/// assert!((index.est - (2.0 * 5.0 / 6.0 + 2.0 / 3.0) / 3.0).abs() < 1e-15);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn composite(
    strata: &[Stratum<'_>],
    factors: &[Factor<'_>],
    answering: &[i64],
) -> Result<Estimate, Unavailable> {
    let width = check(strata)?;
    let terms = terms(strata, width, factors)?;
    estimate(strata, mean(&terms), &terms, answering)
}

/// The difference of two composites of the **same respondents**, first minus second, as a
/// fraction −1..1. A pooled share is a composite of one factor.
///
/// `answering` holds, for every stratum, the respondents with an answer to anything in either.
/// Figures of different groups within one stratum (its men and its women, say) are compared by
/// giving each group its own atoms, 0 for whoever is not in the group.
///
/// # Formula
///
/// z = z(first) − z(second), so V = V₁ + V₂ − 2 cov. Answers counted in both lists count twice.
///
/// # Source
///
/// Särndal, Swensson and Wretman 1992, section 5.5.
///
/// # Errors
///
/// As [`composite`]; the factor named counts through both lists.
///
/// # Example
///
/// ```
/// use stats::{StratumSums, share::{Factor, difference}};
/// let mut sums = StratumSums::new(2);
/// for satisfied in [1, 1, 0] {
///     sums.add(&[(satisfied, 1), (satisfied, 1)])?;
/// }
/// let first = Factor { weight: 1.0, atoms: &[0] };
/// let second = Factor { weight: 1.0, atoms: &[1] };
/// let gap = difference(&[sums.as_stratum()], &[first], &[second], &[3])?;
/// assert_eq!((gap.est, gap.se), (0.0, Some(0.0))); // the two move together
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn difference(
    strata: &[Stratum<'_>],
    first: &[Factor<'_>],
    second: &[Factor<'_>],
    answering: &[i64],
) -> Result<Estimate, Unavailable> {
    let width = check(strata)?;
    let mut both = terms(strata, width, first)?;
    let second = terms(strata, width, second).map_err(|reason| match reason {
        Unavailable::FactorWithoutAnswers(at) => Unavailable::FactorWithoutAnswers(first.len() + at),
        other => other,
    })?;
    let est = mean(&both) - mean(&second);
    both.extend(second.into_iter().map(|term| Term { weight: -term.weight, ..term }));
    estimate(strata, est, &both, answering)
}

/// The covariance of two composites of the same respondents, in squared fractions.
///
/// # Formula
///
/// `Σ_f Σ_g ω_f ω_g cov(R_f, R_g)`, as in [`composite`].
///
/// # Source
///
/// Särndal, Swensson and Wretman 1992, section 5.5.
///
/// # Errors
///
/// As [`difference`].
///
/// # Example
///
/// ```
/// use stats::{StratumSums, share::{Factor, covariance}};
/// let mut sums = StratumSums::new(2);
/// for satisfied in [1, 0] {
///     sums.add(&[(satisfied, 1), (1 - satisfied, 1)])?;
/// }
/// let first = Factor { weight: 1.0, atoms: &[0] };
/// let second = Factor { weight: 1.0, atoms: &[1] };
/// assert_eq!(covariance(&[sums.as_stratum()], &[first], &[second])?, -0.25);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn covariance(
    strata: &[Stratum<'_>],
    first: &[Factor<'_>],
    second: &[Factor<'_>],
) -> Result<f64, Unavailable> {
    let width = check(strata)?;
    let first = terms(strata, width, first)?;
    let second = terms(strata, width, second)?;
    let mut total = 0.0;
    for one in &first {
        for other in &second {
            let covariance = ratio_covariance(strata, &one.ratio, &other.ratio)?;
            total += one.weight * other.weight * covariance;
        }
    }
    Ok(total)
}

/// The share of a yes/no question or of a single item, from counts.
///
/// # Formula
///
/// That of [`pooled`] with S and A being 0 or 1, so that Σuu' follows from the counts.
///
/// # Source
///
/// As [`pooled`].
///
/// # Errors
///
/// [`Unavailable`], by reason.
///
/// # Example
///
/// ```
/// use stats::share::{Binary, share};
/// let yes = share(&[Binary { n: 50, answered: 50, satisfied: 40 }])?;
/// assert_eq!(yes.est, 0.8);
/// assert!((yes.se.unwrap() - (0.8_f64 * 0.2 / 49.0).sqrt()).abs() < 1e-15);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn share(strata: &[Binary]) -> Result<Estimate, Unavailable> {
    let sums: Vec<([i64; 2], [i64; 3])> =
        strata.iter().map(|b| ([b.satisfied, b.answered], [b.satisfied, b.satisfied, b.answered])).collect();
    let borrowed: Vec<Stratum<'_>> = strata
        .iter()
        .zip(&sums)
        .map(|(binary, (sums, products))| Stratum { n: binary.n, sums, products })
        .collect();
    let answering: Vec<i64> = strata.iter().map(|binary| binary.answered).collect();
    pooled(&borrowed, &[0], &answering)
}
