//! Linearised (co)variances of ratios ΣS/ΣA, in exact integers.
//!
//! The linearised variable of R = s/a is `z_i` = (`S_i` − R `A_i`)/a = (a `S_i` − s `A_i`)/a², a
//! whole number over a². Sums of squares and products of the numerators are therefore whole
//! numbers too: nothing cancels, a variance that is 0 comes out as 0, and never below.

use crate::estimate::Unavailable;
use crate::stratum::Stratum;

/// A ratio over a set of atoms: s satisfied of a answers in all strata together.
pub(crate) struct Ratio<'a> {
    atoms: &'a [usize],
    width: usize,
    pub(crate) satisfied: i128,
    pub(crate) answered: i128,
}

impl<'a> Ratio<'a> {
    /// Adds up the strata, which must be checked and of `width` atoms each.
    pub(crate) fn of(strata: &[Stratum<'_>], width: usize, atoms: &'a [usize]) -> Result<Self, Unavailable> {
        if atoms.iter().any(|&atom| atom >= width) {
            return Err(Unavailable::Malformed("only atoms that exist"));
        }
        if (1..atoms.len()).any(|at| atoms[at..].contains(&atoms[at - 1])) {
            return Err(Unavailable::Malformed("every atom once"));
        }
        let ratio = Self { atoms, width, satisfied: 0, answered: 0 };
        let satisfied = strata.iter().map(|stratum| stratum.sum(ratio.satisfied_at())).sum();
        let answered = strata.iter().map(|stratum| stratum.sum(ratio.answered_at())).sum();
        Ok(Self { satisfied, answered, ..ratio })
    }

    /// The share s/a; the caller has made sure that there are answers.
    pub(crate) fn share(&self) -> f64 {
        self.satisfied as f64 / self.answered as f64
    }

    /// The share of the other answers, (a − s)/a.
    pub(crate) fn other_share(&self) -> f64 {
        (self.answered - self.satisfied) as f64 / self.answered as f64
    }

    /// The answers within one stratum.
    pub(crate) fn answered_in(&self, stratum: &Stratum<'_>) -> i128 {
        stratum.sum(self.answered_at())
    }

    fn satisfied_at(&self) -> impl Iterator<Item = usize> + Clone {
        self.atoms.iter().copied()
    }

    fn answered_at(&self) -> impl Iterator<Item = usize> + Clone {
        self.atoms.iter().map(|atom| self.width + atom)
    }

    /// Σ(a `S_i` − s `A_i`) of one stratum.
    fn numerator(&self, stratum: &Stratum<'_>) -> Option<i128> {
        let satisfied = self.answered.checked_mul(stratum.sum(self.satisfied_at()))?;
        satisfied.checked_sub(self.satisfied.checked_mul(stratum.sum(self.answered_at()))?)
    }

    /// Σ(a `S_i` − s `A_i`)(a' `S'_i` − s' `A'_i`) of one stratum.
    fn numerator_product(&self, other: &Self, stratum: &Stratum<'_>) -> Option<i128> {
        let term = |x: i128, y: i128, product: i128| x.checked_mul(y)?.checked_mul(product);
        let (s, a, t, b) = (self.satisfied, self.answered, other.satisfied, other.answered);
        let both = stratum.product(self.satisfied_at(), &other.satisfied_at());
        let left = stratum.product(self.satisfied_at(), &other.answered_at());
        let right = stratum.product(self.answered_at(), &other.satisfied_at());
        let none = stratum.product(self.answered_at(), &other.answered_at());
        term(a, b, both)?
            .checked_sub(term(a, t, left)?)?
            .checked_sub(term(s, b, right)?)?
            .checked_add(term(s, t, none)?)
    }
}

/// The linearised covariance of two ratios with answers (their variance if both are the same).
///
/// # Formula
///
/// ```text
/// Σ_h n_h/(n_h−1) Σ_i (z_i − z̄_h)(z'_i − z̄'_h) = Σ_h (n_h Σzz' − Σz Σz')/(n_h−1)
/// ```
///
/// A stratum of one respondent contributes z z' (rule "adjust").
///
/// # Source
///
/// Woodruff 1971; Särndal, Swensson and Wretman 1992, section 5.5; Lumley 2010, ch. 2.
pub(crate) fn covariance(
    strata: &[Stratum<'_>],
    one: &Ratio<'_>,
    other: &Ratio<'_>,
) -> Result<f64, Unavailable> {
    let mut total = 0.0;
    for stratum in strata.iter().filter(|stratum| stratum.n > 0) {
        let spread = centred_product(stratum, one, other).ok_or(Unavailable::TooLarge)?;
        if spread < 0 && std::ptr::eq(one, other) {
            return Err(Unavailable::Inconsistent("no negative sum of squares"));
        }
        total += spread as f64 / (stratum.n - 1).max(1) as f64;
    }
    let scale = |ratio: &Ratio<'_>| (ratio.answered as f64).powi(2);
    Ok(total / scale(one) / scale(other))
}

/// n Σzz' − Σz Σz' over the numerators, or Σzz' where n is 1.
fn centred_product(stratum: &Stratum<'_>, one: &Ratio<'_>, other: &Ratio<'_>) -> Option<i128> {
    let product = one.numerator_product(other, stratum)?;
    if stratum.n == 1 {
        return Some(product);
    }
    let means = one.numerator(stratum)?.checked_mul(other.numerator(stratum)?)?;
    product.checked_mul(i128::from(stratum.n))?.checked_sub(means)
}
