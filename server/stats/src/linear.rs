//! Linear combinations of shares: their value, variance and degrees of freedom.

use crate::estimate::{Estimate, Unavailable};
use crate::ratio::{Ratio, covariance};
use crate::share::Factor;
use crate::stratum::Stratum;

/// A signed share of a linear combination.
pub(crate) struct Term<'a> {
    pub(crate) weight: f64,
    pub(crate) ratio: Ratio<'a>,
}

/// The number of atoms, the same in all strata; without strata there are no answers.
pub(crate) fn check(strata: &[Stratum<'_>]) -> Result<usize, Unavailable> {
    let mut width = None;
    for stratum in strata {
        let atoms = stratum.check()?;
        if *width.get_or_insert(atoms) != atoms {
            return Err(Unavailable::Malformed("strata of the same atoms"));
        }
    }
    width.ok_or(Unavailable::NoAnswers)
}

/// The factors with their weights brought to a sum of 1.
pub(crate) fn terms<'a>(
    strata: &[Stratum<'_>],
    width: usize,
    factors: &[Factor<'a>],
) -> Result<Vec<Term<'a>>, Unavailable> {
    let total: f64 = factors.iter().map(|factor| factor.weight).sum();
    if factors.iter().any(|factor| factor.weight.is_nan() || factor.weight <= 0.0) || !total.is_finite() {
        return Err(Unavailable::Malformed("positive weights"));
    }
    let mut terms = Vec::with_capacity(factors.len());
    for (at, factor) in factors.iter().enumerate() {
        let ratio = Ratio::of(strata, width, factor.atoms)?;
        if ratio.answered == 0 {
            return Err(Unavailable::FactorWithoutAnswers(at));
        }
        terms.push(Term { weight: factor.weight / total, ratio });
    }
    if terms.is_empty() { Err(Unavailable::Malformed("at least one factor")) } else { Ok(terms) }
}

/// The composite itself. Dividing by both parts makes it exactly 1 where all are satisfied and
/// exactly 0 where none is, whatever the rounding of the weights.
pub(crate) fn mean(terms: &[Term<'_>]) -> f64 {
    let satisfied: f64 = terms.iter().map(|term| term.weight * term.ratio.share()).sum();
    let others: f64 = terms.iter().map(|term| term.weight * term.ratio.other_share()).sum();
    satisfied / (satisfied + others)
}

/// The estimate of a linear combination whose value is already known.
pub(crate) fn estimate(
    strata: &[Stratum<'_>],
    est: f64,
    terms: &[Term<'_>],
    answering: &[i64],
) -> Result<Estimate, Unavailable> {
    let (n, df, lonely) = count(strata, terms, answering)?;
    let answers = terms.iter().try_fold(0_i128, |sum, term| sum.checked_add(term.ratio.answered));
    let answers = answers.and_then(|sum| i64::try_from(sum).ok()).ok_or(Unavailable::TooLarge)?;
    let variance = variance(strata, terms)?;
    // One respondent has a linearised value of 0 whatever was answered: no spread, no precision.
    let se = (n > 1).then(|| variance.sqrt());
    Ok(Estimate { est, se, df, n, answers, lonely })
}

/// Respondents with a usable answer, degrees of freedom, lonely strata.
fn count(
    strata: &[Stratum<'_>],
    terms: &[Term<'_>],
    answering: &[i64],
) -> Result<(i64, i64, i64), Unavailable> {
    if strata.len() != answering.len() {
        return Err(Unavailable::Malformed("one number of people answering for every stratum"));
    }
    let (mut n, mut held, mut lonely) = (0_i64, 0_i64, 0_i64);
    for (stratum, &here) in strata.iter().zip(answering) {
        if here < 0 || here > stratum.n {
            return Err(Unavailable::Inconsistent("people answering are respondents"));
        }
        let answers: i128 = terms.iter().map(|term| term.ratio.answered_in(stratum)).sum();
        if i128::from(here) > answers || (here == 0 && answers > 0) {
            return Err(Unavailable::Inconsistent("answers come from people answering"));
        }
        n = n.checked_add(here).ok_or(Unavailable::TooLarge)?;
        held += i64::from(here > 0);
        lonely += i64::from(here > 0 && stratum.n == 1);
    }
    Ok((n, n - held, lonely))
}

/// The variance of Σ weight × share; a rounding below 0 is 0.
fn variance(strata: &[Stratum<'_>], terms: &[Term<'_>]) -> Result<f64, Unavailable> {
    let mut total = 0.0;
    for (at, one) in terms.iter().enumerate() {
        total += one.weight.powi(2) * covariance(strata, &one.ratio, &one.ratio)?;
        for other in &terms[..at] {
            let shared = covariance(strata, &one.ratio, &other.ratio)?;
            total += 2.0 * one.weight * other.weight * shared;
        }
    }
    Ok(total.max(0.0))
}
