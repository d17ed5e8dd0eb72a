//! The smallest and the largest value that each hidden count may have.

use super::DisclosureError;
use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, Solution, SolveOptions};
use stats::disclosure::Range;
use std::collections::BTreeMap;

/// More people than this are refused: the solver's numbers have some fifteen digits.
pub(super) const MOST: i64 = 1_000_000_000;

/// What the solver's rounding may do to a count.
pub(super) const ROUNDING: f64 = 1e-6;

/// A published total of some cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The cells, each once.
    pub cells: Vec<usize>,
    /// Their total.
    pub total: i64,
}

impl Sum {
    /// The total of some cells; cells that do not exist add nothing.
    #[must_use]
    pub fn of(counts: &[i64], cells: &[usize]) -> Self {
        let mut cells = cells.to_vec();
        cells.sort_unstable();
        cells.dedup();
        let total =
            cells.iter().filter_map(|&at| counts.get(at)).fold(0_i64, |sum, &n| sum.saturating_add(n));
        Self { cells, total }
    }
}

/// The range of each of the `wanted` cells, of `cells` in all, that the published sums leave: every count
/// is a whole number of 0 or more. A cell in no sum may be anything up to `i64::MAX`.
///
/// # Formula
///
/// ```text
/// min x_c and max x_c    subject to Σ_{i in s} x_i = total_s for every sum s, x ≥ 0
/// ```
///
/// # Errors
///
/// [`DisclosureError`], by reason.
///
/// # Source
///
/// Hundepool et al. 2012, section 4.4; the rounding is that of the [module](super).
///
/// # Example
///
/// ```
/// use analyze::disclosure::{Sum, ranges};
/// use stats::disclosure::Range;
/// let sums = [Sum { cells: vec![0, 1], total: 7 }, Sum { cells: vec![1, 2], total: 4 }];
/// assert_eq!(ranges(3, &sums, &[0])?, [(0, Range { low: 3, high: 7 })]);
/// # Ok::<(), analyze::disclosure::DisclosureError>(())
/// ```
pub fn ranges(cells: usize, sums: &[Sum], wanted: &[usize]) -> Result<Vec<(usize, Range)>, DisclosureError> {
    if sums.iter().any(|sum| sum.cells.iter().any(|&cell| cell >= cells))
        || wanted.iter().any(|&at| at >= cells)
    {
        return Err(DisclosureError::Malformed("only cells that exist"));
    }
    if sums.iter().any(|sum| sum.total < 0 || sum.total > MOST) {
        return Err(DisclosureError::Malformed("totals of 0 to a billion"));
    }
    let open = Open::of(sums)?;
    wanted.iter().map(|&cell| Ok((cell, open.range(cell)?))).collect()
}

/// What is left to search once single cells are known.
struct Open {
    known: BTreeMap<usize, i64>,
    sums: Vec<Sum>,
}

impl Open {
    /// Takes known cells out of all sums, until no sum is left that is a single cell, or 0.
    fn of(sums: &[Sum]) -> Result<Self, DisclosureError> {
        let mut open = Self { known: BTreeMap::new(), sums: sums.to_vec() };
        loop {
            let before = open.known.len();
            for at in 0..open.sums.len() {
                open.settle(at)?;
            }
            if open.known.len() == before {
                break;
            }
        }
        open.sums.retain(|sum| !sum.cells.is_empty());
        Ok(open)
    }

    fn settle(&mut self, at: usize) -> Result<(), DisclosureError> {
        let sum = &mut self.sums[at];
        let settled: i64 = sum.cells.iter().filter_map(|cell| self.known.get(cell)).sum();
        sum.cells.retain(|cell| !self.known.contains_key(cell));
        sum.total -= settled;
        if sum.total < 0 || (sum.cells.is_empty() && sum.total != 0) {
            return Err(DisclosureError::Contradictory);
        }
        if sum.cells.len() == 1 || sum.total == 0 {
            self.known.extend(sum.cells.drain(..).map(|cell| (cell, sum.total)));
            sum.total = 0;
        }
        Ok(())
    }

    fn range(&self, cell: usize) -> Result<Range, DisclosureError> {
        if let Some(&count) = self.known.get(&cell) {
            return Ok(Range { low: count, high: count });
        }
        let mut reached = vec![cell];
        let sums = self.connected(&mut reached);
        if sums.is_empty() {
            return Ok(Range { low: 0, high: i64::MAX });
        }
        let low = extreme(cell, &reached, &sums, OptimizationDirection::Minimize)?;
        let high = extreme(cell, &reached, &sums, OptimizationDirection::Maximize)?;
        Ok(Range { low: whole((low - ROUNDING).ceil()), high: whole((high + ROUNDING).floor()) })
    }

    /// The sums that have to do with the cells reached, and the cells in them.
    fn connected(&self, reached: &mut Vec<usize>) -> Vec<&Sum> {
        let mut taken = vec![false; self.sums.len()];
        let mut found = Vec::new();
        let mut next = 0;
        while let Some(&cell) = reached.get(next) {
            for (at, sum) in self.sums.iter().enumerate() {
                if !taken[at] && sum.cells.contains(&cell) {
                    taken[at] = true;
                    found.push(sum);
                    reached.extend(
                        sum.cells.iter().filter(|cell| !reached.contains(cell)).copied().collect::<Vec<_>>(),
                    );
                }
            }
            next += 1;
        }
        found
    }
}

fn extreme(
    cell: usize,
    cells: &[usize],
    sums: &[&Sum],
    direction: OptimizationDirection,
) -> Result<f64, DisclosureError> {
    let mut problem = Problem::new(direction);
    let mut variables = BTreeMap::new();
    for &at in cells {
        let goal = if at == cell { 1.0 } else { 0.0 };
        variables.insert(at, problem.add_var(goal, (0.0, f64::INFINITY)));
    }
    for sum in sums {
        let mut expression = LinearExpr::empty();
        sum.cells
            .iter()
            .filter_map(|at| variables.get(at))
            .for_each(|&variable| expression.add(variable, 1.0));
        problem.add_constraint(expression, ComparisonOp::Eq, sum.total as f64);
    }
    solve(&problem, SolveOptions::default())?
        .map(|solution| solution.objective())
        .ok_or_else(|| DisclosureError::Solver("interrupted".to_owned()))
}

/// The solution; `None` where the limits of the options ended the search without one.
pub(super) fn solve(problem: &Problem, options: SolveOptions) -> Result<Option<Solution>, DisclosureError> {
    match problem.solve_with(options) {
        Ok(outcome) => Ok(outcome.into_solution().ok()),
        Err(Error::Infeasible) => Err(DisclosureError::Contradictory),
        Err(error) => Err(DisclosureError::Solver(error.to_string())),
    }
}

/// A whole count of at most [`MOST`].
#[expect(clippy::cast_possible_truncation, reason = "whole and bounded by the totals")]
pub(super) fn whole(number: f64) -> i64 {
    number.clamp(0.0, MOST as f64) as i64
}
