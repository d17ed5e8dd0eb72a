//! Groups of few people, across cells, whose number follows from what is released.

use super::program::{solve, whole};
use super::{DisclosureError, check};
use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};
use stats::disclosure::{TooLarge, determined};
use std::collections::BTreeMap;

/// Nodes of the search for one group.
const NODES: u64 = 20_000;

/// Groups that are reported at most.
const GROUPS: usize = 20;

/// Larger factors are refused: the solver wants those of an equation within six orders of magnitude.
const LARGEST: i128 = 1_000_000;

/// A group whose number follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its cells, in order.
    pub cells: Vec<usize>,
    /// The people in it.
    pub people: i64,
}

/// The groups found, the smallest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    /// Groups of 1 to k − 1 people, none inside another.
    pub found: Vec<Group>,
    /// Whether there are certainly no others; false where the search ended at its limits.
    pub complete: bool,
}

/// Cells that are in the same sums, and so never told apart.
struct Class {
    cells: Vec<usize>,
    people: i64,
}

/// The groups of 1 to k − 1 people, each a set of cells, whose total is a combination of released sums.
///
/// # Formula
///
/// ```text
/// min Σ n_c x_c    x in {0, 1}, x a rational combination of the sums, Σ n_c x_c ≥ 1
/// ```
///
/// again and again, each time without what holds a group already found, until the least has k or more.
/// The combinations are those of the reduced equations ([`stats::disclosure::determined`]), so that x is
/// free on their pivots alone.
///
/// # Errors
///
/// [`DisclosureError`], by reason.
///
/// # Source
///
/// Willenborg and de Waal 2001, section 1.4 (differencing), for any number of sums at once.
///
/// # Example
///
/// ```
/// use analyze::disclosure::small_groups;
/// // No two of these three sums differ by few, but all three together do: (0,1) + (1,2) − (0,2) = 2 × (1).
/// let found = small_groups(&[10, 3, 10], &[vec![0, 1], vec![1, 2], vec![0, 2]], 5)?;
/// assert_eq!((found.found[0].cells.as_slice(), found.complete), (&[1][..], true));
/// # Ok::<(), analyze::disclosure::DisclosureError>(())
/// ```
pub fn small_groups(counts: &[i64], sums: &[Vec<usize>], k: i64) -> Result<Groups, DisclosureError> {
    check(counts, sums, k)?;
    let (classes, sums) = classes(counts, sums);
    let mut groups = Groups { found: Vec::new(), complete: false };
    let mut cuts: Vec<Vec<usize>> = Vec::new();
    if classes.iter().all(|class| class.people == 0) {
        return Ok(Groups { complete: true, ..groups });
    }
    let equations: Vec<BTreeMap<usize, i128>> = determined(&sums)?.equations().cloned().collect();
    while groups.found.len() < GROUPS {
        let (chosen, optimal) = match least(&classes, &equations, &cuts, k) {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(DisclosureError::Contradictory) => {
                groups.complete = true;
                break;
            }
            Err(error) => return Err(error),
        };
        let people: i64 = chosen.iter().map(|&at| classes[at].people).sum();
        if people >= k || people < 1 {
            groups.complete = optimal && people >= k;
            break;
        }
        let mut cells: Vec<usize> = chosen.iter().flat_map(|&at| classes[at].cells.iter().copied()).collect();
        cells.sort_unstable();
        groups.found.push(Group { cells, people });
        cuts.push(chosen.into_iter().filter(|&at| classes[at].people > 0).collect());
    }
    Ok(groups)
}

/// The cells by the sums they are in, and the sums over these classes. A cell in no sum is in none.
fn classes(counts: &[i64], sums: &[Vec<usize>]) -> (Vec<Class>, Vec<Vec<usize>>) {
    let mut signatures: Vec<Vec<usize>> = vec![Vec::new(); counts.len()];
    for (at, cells) in sums.iter().enumerate() {
        for &cell in cells {
            if signatures[cell].last() != Some(&at) {
                signatures[cell].push(at);
            }
        }
    }
    let mut by_signature: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
    for (cell, signature) in signatures.iter().enumerate().filter(|(_, signature)| !signature.is_empty()) {
        by_signature.entry(signature).or_default().push(cell);
    }
    let mut released = vec![Vec::new(); sums.len()];
    let mut classes = Vec::with_capacity(by_signature.len());
    for (signature, cells) in by_signature {
        for &at in signature {
            released[at].push(classes.len());
        }
        let people = cells.iter().map(|&cell| counts[cell]).sum();
        classes.push(Class { cells, people });
    }
    (classes, released)
}

/// What makes x a combination of the equations: for every class that is no pivot, the factors of
/// Σ_r x_pivot(r) R_r,c/R_r,pivot − x_c = 0, brought to whole numbers.
fn dependent(
    classes: usize,
    equations: &[BTreeMap<usize, i128>],
) -> Result<Vec<Vec<(usize, f64)>>, DisclosureError> {
    let pivots: Vec<(usize, i128)> =
        equations.iter().filter_map(|row| row.first_key_value().map(|(&at, &own)| (at, own))).collect();
    let mut all = Vec::new();
    for class in (0..classes).filter(|class| pivots.iter().all(|(pivot, _)| pivot != class)) {
        let holding =
            || equations.iter().zip(&pivots).filter_map(|(row, pivot)| Some((row.get(&class)?, pivot)));
        let scale = holding().try_fold(1_i128, |scale, (_, (_, own))| multiple(scale, *own));
        let scale = scale.ok_or(TooLarge)?;
        let mut factors = vec![(class, -(scale as f64))];
        for (factor, (pivot, own)) in holding() {
            let whole = factor.checked_mul(scale / own).filter(|whole| whole.abs() <= LARGEST);
            factors.push((*pivot, whole.ok_or(TooLarge)? as f64));
        }
        all.push(factors);
    }
    Ok(all)
}

/// The least common multiple of two positive numbers, if it is small.
fn multiple(one: i128, other: i128) -> Option<i128> {
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    one.checked_mul(other / a).filter(|multiple| *multiple <= LARGEST)
}

/// The smallest group, as classes, and whether that was proved; `None` where the limits ended the search.
fn least(
    classes: &[Class],
    equations: &[BTreeMap<usize, i128>],
    cuts: &[Vec<usize>],
    k: i64,
) -> Result<Option<(Vec<usize>, bool)>, DisclosureError> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let members: Vec<Variable> =
        // More than k people are no worse than k: the numbers of the program stay small.
        classes.iter().map(|class| problem.add_binary_var(class.people.min(k) as f64)).collect();
    for factors in dependent(classes.len(), equations)? {
        let mut combination = LinearExpr::empty();
        for (at, factor) in factors {
            combination.add(members[at], factor);
        }
        problem.add_constraint(combination, ComparisonOp::Eq, 0.0);
    }
    let mut people = LinearExpr::empty();
    let counted = classes.iter().zip(&members);
    for (class, &member) in counted {
        people.add(member, class.people.min(k) as f64);
    }
    problem.add_constraint(people, ComparisonOp::Ge, 1.0);
    for cut in cuts {
        let mut inside = LinearExpr::empty();
        for &at in cut {
            inside.add(members[at], 1.0);
        }
        problem.add_constraint(inside, ComparisonOp::Le, cut.len() as f64 - 1.0);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    // Solutions are counted out one by one, so none may be fixed away.
    options.dual_fixing = false;
    let Some(solution) = solve(&problem, options)? else { return Ok(None) };
    let optimal = solution.status() == microlp::SolutionStatus::Optimal;
    let chosen = (0..classes.len()).filter(|&at| whole(solution.var_value(members[at]).round()) == 1);
    Ok(Some((chosen.collect(), optimal)))
}
