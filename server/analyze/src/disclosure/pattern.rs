//! Which further cells must be hidden so that the small ones stay hidden.

use super::program::{ROUNDING, Sum, solve};
use super::{DisclosureError, check, ranges, with_hidden};
use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};
use std::collections::BTreeSet;

/// What hiding a cell of nobody costs, in cells: who reads the table may know that nobody can be there.
const EMPTY: f64 = 1000.0;

/// The cells to hide: the `primary` ones and as many others as it takes so that, with the totals of
/// `margins` and all other cells published, the range of every primary cell hides it
/// ([`stats::disclosure::Range::hides`]). In order.
///
/// The pattern is good, not the least: finding the least is NP-hard (Kelly, Golden and Assad 1992).
///
/// # Formula
///
/// For each primary cell p of n_p people, the largest need first: the cheapest change of counts that
/// keeps all totals and brings p to k,
///
/// ```text
/// min Σ c_i (u_i + d_i)   Σ_{i in s} (u_i − d_i) = 0 for every total s,  u_p − d_p = k − n_p,
///                         0 ≤ u_i, 0 ≤ d_i ≤ n_i
/// ```
///
/// with c_i = 0 for cells hidden already, 1 + ln(1 + n_i) for others, far more where n_i = 0; the cells
/// that change are hidden.
///
/// # Errors
///
/// [`DisclosureError::Unprotectable`] if no pattern exists (hiding every cell is not enough); otherwise by
/// reason. What is returned has passed the audit of [`ranges`].
///
/// # Source
///
/// Kelly, Golden and Assad 1992, Networks 22:397; Fischetti and Salazar 2001, Manag Sci 47:1008 (the
/// attacker's programs); Hundepool et al. 2012, section 4.4.
///
/// # Example
///
/// ```
/// use analyze::disclosure::{complementary, margins};
/// let hidden = complementary(&[20, 3, 30, 40], &margins(2, 2), &[1], 5)?;
/// assert_eq!(hidden, [0, 1, 2, 3]);
/// # Ok::<(), analyze::disclosure::DisclosureError>(())
/// ```
pub fn complementary(
    counts: &[i64],
    margins: &[Vec<usize>],
    primary: &[usize],
    k: i64,
) -> Result<Vec<usize>, DisclosureError> {
    check(counts, margins, k)?;
    if primary.iter().any(|&cell| counts.get(cell).is_none_or(|&count| count >= k)) {
        return Err(DisclosureError::Malformed("primary cells of fewer than k people"));
    }
    let mut hidden: BTreeSet<usize> = primary.iter().copied().collect();
    let mut order: Vec<usize> = hidden.iter().copied().collect();
    order.sort_by_key(|&cell| counts[cell]);
    for cell in order {
        let changed = cheapest(counts, margins, &hidden, cell, k)?;
        hidden.extend(changed);
    }
    let hidden: Vec<usize> = hidden.into_iter().collect();
    verify(counts, margins, primary, &hidden, k)?;
    Ok(hidden)
}

/// Asks as an attacker would.
fn verify(
    counts: &[i64],
    margins: &[Vec<usize>],
    primary: &[usize],
    hidden: &[usize],
    k: i64,
) -> Result<(), DisclosureError> {
    let published: Vec<Sum> =
        with_hidden(counts.len(), margins, hidden).iter().map(|cells| Sum::of(counts, cells)).collect();
    let left = ranges(counts.len(), &published, primary)?;
    match left.iter().find(|(_, range)| !range.hides(k)) {
        Some((cell, _)) => Err(DisclosureError::Unprotectable(*cell)),
        None => Ok(()),
    }
}

/// The cells that change when `cell` is brought to k at the least cost.
fn cheapest(
    counts: &[i64],
    margins: &[Vec<usize>],
    hidden: &BTreeSet<usize>,
    cell: usize,
    k: i64,
) -> Result<Vec<usize>, DisclosureError> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut changes: Vec<(Variable, Variable)> = Vec::with_capacity(counts.len());
    for (at, &count) in counts.iter().enumerate() {
        let cost = if hidden.contains(&at) { 0.0 } else { price(count) };
        let up = problem.add_var(cost, (0.0, k as f64));
        changes.push((up, problem.add_var(cost, (0.0, count.min(k) as f64))));
    }
    let balance = |cells: &[usize]| {
        let mut expression = LinearExpr::empty();
        for &(up, down) in cells.iter().map(|&at| &changes[at]) {
            expression.add(up, 1.0);
            expression.add(down, -1.0);
        }
        expression
    };
    for cells in margins {
        problem.add_constraint(balance(cells), ComparisonOp::Eq, 0.0);
    }
    problem.add_constraint(balance(&[cell]), ComparisonOp::Eq, (k - counts[cell]) as f64);
    let solution = match solve(&problem, SolveOptions::default()) {
        Err(DisclosureError::Contradictory) => return Err(DisclosureError::Unprotectable(cell)),
        solved => solved?.ok_or_else(|| DisclosureError::Solver("interrupted".to_owned()))?,
    };
    let moved = |(up, down): &(Variable, Variable)| {
        (solution.var_value(*up) - solution.var_value(*down)).abs() > ROUNDING
    };
    Ok((0..counts.len()).filter(|&at| moved(&changes[at])).collect())
}

fn price(count: i64) -> f64 {
    if count == 0 { EMPTY } else { 1.0 + (count as f64).ln_1p() }
}
