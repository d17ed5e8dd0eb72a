//! Which items cannot be told from the weakest.

use crate::estimate::Unavailable;
use crate::multiplicity::holm;
use crate::share::{Factor, difference};
use crate::significance::p_value;
use crate::stratum::Stratum;

/// The items that may be the weakest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weakest {
    /// Position of the item with the smallest share, in the list that was given.
    pub lowest: usize,
    /// Positions of all items that cannot be told from it, itself included, the smallest share first.
    pub alike: Vec<usize>,
}

/// Compares every item with the one that has the smallest share, on the same respondents.
///
/// `atoms` are items: every respondent has given at most one answer to each. An item that nobody
/// answered must be left out by the caller.
///
/// # Formula
///
/// For each item j and the weakest w: d = `R_j` − `R_w` with the linearised variance of paired shares
/// ([`difference`]), a t test on the respondents who answered either, Holm over all j. Items whose
/// difference has no spread cannot be told apart.
///
/// The weakest is chosen from the same answers that are then tested, so the tests say which items lie
/// above *some* weak item with 95 %, not that w is the weakest: therefore the set.
///
/// # Source
///
/// Statistics of the product, section 5; Holm 1979; paired linearisation: Särndal, Swensson and
/// Wretman 1992, section 5.5.
///
/// # Errors
///
/// As [`difference`]; [`Unavailable::NoAnswers`] without items.
///
/// # Example
///
/// ```
/// use stats::{StratumSums, weakest::weakest};
/// let mut sums = StratumSums::new(3);
/// for i in 0..200 {
///     // satisfied with the first nine times in ten, with the others six times in ten
///     sums.add(&[(i64::from(i % 10 < 9), 1), (i64::from(i % 5 < 3), 1), (i64::from(i % 5 > 1), 1)])?;
/// }
/// let found = weakest(&[sums.as_stratum()], &[0, 1, 2], 0.05)?;
/// assert_eq!(found.alike, [1, 2]);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn weakest(strata: &[Stratum<'_>], atoms: &[usize], alpha: f64) -> Result<Weakest, Unavailable> {
    let shares = atoms.iter().map(|atom| share(strata, *atom)).collect::<Result<Vec<f64>, _>>()?;
    let places = 0..shares.len();
    let lowest = places.clone().min_by(|a, b| shares[*a].total_cmp(&shares[*b]));
    let lowest = lowest.ok_or(Unavailable::NoAnswers)?;
    let others: Vec<usize> = places.filter(|place| *place != lowest).collect();
    let mut raw = Vec::with_capacity(others.len());
    for other in &others {
        raw.push(paired(strata, atoms[*other], atoms[lowest])?.unwrap_or(1.0));
    }
    let told = holm(&raw).into_iter().zip(&others).filter(|(p, _)| *p > alpha).map(|(_, place)| *place);
    let mut alike: Vec<usize> = told.chain([lowest]).collect();
    alike.sort_by(|a, b| shares[*a].total_cmp(&shares[*b]).then(a.cmp(b)));
    Ok(Weakest { lowest, alike })
}

fn share(strata: &[Stratum<'_>], atom: usize) -> Result<f64, Unavailable> {
    let width = strata.first().map_or(0, |stratum| stratum.sums.len() / 2);
    let total = |at: usize| strata.iter().filter_map(|stratum| stratum.sums.get(at)).sum::<i64>();
    let answered = total(width + atom);
    if answered > 0 { Ok(total(atom) as f64 / answered as f64) } else { Err(Unavailable::NoAnswers) }
}

/// The p-value of one item against another on the same people.
fn paired(strata: &[Stratum<'_>], one: usize, other: usize) -> Result<Option<f64>, Unavailable> {
    let (first, second) = ([one], [other]);
    let factor = |atoms| [Factor { weight: 1.0, atoms }];
    let answering: Vec<i64> = strata.iter().map(|stratum| either(stratum, one, other)).collect();
    let gap = difference(strata, &factor(&first), &factor(&second), &answering)?;
    Ok(p_value(&gap, 0.0))
}

/// Respondents with an answer to either of two items: of both, less those who are counted twice.
fn either(stratum: &Stratum<'_>, one: usize, other: usize) -> i64 {
    let width = stratum.sums.len() / 2;
    let (a, b) = (width + one.min(other), width + one.max(other));
    let both = stratum.products.get(b * (b + 1) / 2 + a).copied().unwrap_or(0);
    let sum = |at: usize| stratum.sums.get(at).copied().unwrap_or(0);
    sum(a) + sum(b) - both
}
