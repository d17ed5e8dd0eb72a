//! Groups that answered apart from one another, each a stratum of its own, by exact sums.

use stats::share::{Factor, covariance, difference, pooled};
use stats::{Estimate, StratumSums, Unavailable, pairwise};

/// A part of the responses: by row, whether it belongs.
pub type Part = Vec<bool>;

/// The satisfied and the given answers of every row.
pub type Tallies = Vec<(i64, i64)>;

/// A share at two times.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The share of the first time, a fraction.
    pub first: Option<f64>,
    /// The share of the last time, a fraction.
    pub last: Option<f64>,
    /// The covariance of the two, in squared fractions.
    pub covariance: Option<f64>,
    /// Last minus first.
    pub difference: Result<Estimate, Unavailable>,
}

/// The sums of one stratum: the rows of `whole`, with an atom for every part of it. Second, the rows
/// with an answer in any part.
///
/// # Errors
///
/// As [`StratumSums::add`].
pub fn sums(
    tallies: &[(i64, i64)],
    whole: &[bool],
    parts: &[Part],
) -> Result<(StratumSums, i64), Unavailable> {
    let mut sums = StratumSums::new(parts.len());
    let mut answering = 0;
    for (at, tally) in tallies.iter().enumerate().filter(|(at, _)| whole.get(*at) == Some(&true)) {
        let inside = |part: &Part| part.get(at) == Some(&true);
        let atoms: Vec<(i64, i64)> =
            parts.iter().map(|part| if inside(part) { *tally } else { (0, 0) }).collect();
        answering += i64::from(atoms.iter().any(|atom| atom.1 > 0));
        sums.add(&atoms)?;
    }
    Ok((sums, answering))
}

/// The pooled share of a group; the inner error says why there is none.
///
/// # Errors
///
/// As [`sums`].
pub fn share(tallies: &[(i64, i64)], group: &Part) -> Result<Result<Estimate, Unavailable>, Unavailable> {
    let (sums, answering) = sums(tallies, group, std::slice::from_ref(group))?;
    Ok(pooled(&[sums.as_stratum()], &[0], &[answering]))
}

/// Each group minus all the others together; the inner errors say why there is no difference.
///
/// # Errors
///
/// As [`sums`].
pub fn versus_rest(
    tallies: &[(i64, i64)],
    groups: &[Part],
) -> Result<Vec<Result<Estimate, Unavailable>>, Unavailable> {
    let sums = groups.iter().map(|group| sums(tallies, group, std::slice::from_ref(group)));
    let sums = sums.collect::<Result<Vec<_>, _>>()?;
    let strata: Vec<_> = sums.iter().map(|(sums, _)| sums.as_stratum()).collect();
    let answering: Vec<i64> = sums.iter().map(|(_, answering)| *answering).collect();
    Ok(pairwise::versus_rest(&strata, &[0], &answering))
}

/// The change of the rows `from` to the rows `to`, drawn in the strata `groups`.
///
/// # Errors
///
/// As [`sums`].
pub fn change(
    tallies: &[(i64, i64)],
    groups: &[Part],
    [from, to]: [&Part; 2],
) -> Result<Change, Unavailable> {
    let parts = [from.clone(), to.clone()];
    let sums = groups.iter().map(|group| sums(tallies, group, &parts)).collect::<Result<Vec<_>, _>>()?;
    let strata: Vec<_> = sums.iter().map(|(sums, _)| sums.as_stratum()).collect();
    let answering: Vec<i64> = sums.iter().map(|(_, answering)| *answering).collect();
    let only = |atom: &'static [usize]| [Factor { weight: 1.0, atoms: atom }];
    let (first, last) = (only(&[0]), only(&[1]));
    let share = |atom: &[usize]| pooled(&strata, atom, &answering).ok().map(|share| share.est);
    Ok(Change {
        first: share(&[0]),
        last: share(&[1]),
        covariance: covariance(&strata, &last, &first).ok(),
        difference: difference(&strata, &last, &first, &answering),
    })
}
