//! What published counts give away, searched by linear programming.
//!
//! The question of [`stats::disclosure`] with its harder half: nobody is a negative number, so that
//! published totals bound every hidden count, and sometimes pin it. For tests and for
//! `hailong check --anonymity`; pages decide nothing here.
//!
//! # Whole numbers
//!
//! The programs are solved as **relaxations**: a hidden count may be a fraction. The range so found
//! contains that of whole counts, and the two are the same for a table with row and column totals, whose
//! equations are totally unimodular (Hoffman and Kruskal 1956). Ends are rounded inwards to whole counts,
//! after a millionth is allowed for the solver's rounding. What follows by adding and subtracting alone is
//! never left to rounded numbers: it is found in exact arithmetic first.
//!
//! # The solver
//!
//! `microlp` is written in Rust alone, checks every answer against the program as it was written, and
//! says so where it cannot answer: a failure is [`DisclosureError::Solver`], never "safe". It is
//! deterministic, and limited here by nodes of its search, never by time.

mod group;
mod pattern;
mod program;

pub use group::{Group, Groups, small_groups};
pub use pattern::complementary;
pub use program::{Sum, ranges};

use stats::disclosure::{Range, TooLarge, UnsafePair, determined, unsafe_pairs};

/// Why a search ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureError {
    /// A released sum names a cell that does not exist, a count is negative, k is below 1.
    #[error("malformed counts: {0}")]
    Malformed(&'static str),
    /// No counts agree with all released sums.
    #[error("the released sums contradict each other")]
    Contradictory,
    /// Not even hiding every cell would protect this one: a published total is too small.
    #[error("cell {0} cannot be protected: a published total that holds it is too small")]
    Unprotectable(usize),
    /// Numbers beyond exact arithmetic.
    #[error("{0}")]
    TooLarge(#[from] TooLarge),
    /// The solver gave up; nothing is known.
    #[error("the linear program was not solved: {0}")]
    Solver(String),
}

/// Everything that released sums give away about groups of fewer than k people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// Released sums of 1 to k − 1 people, as places.
    pub small_sums: Vec<usize>,
    /// Released sums that differ by 1 to k − 1 people.
    pub unsafe_pairs: Vec<UnsafePair>,
    /// Cells of 1 to k − 1 people that follow by adding and subtracting.
    pub small_cells: Vec<usize>,
    /// Cells of 1 to k − 1 people whose range does not hide them, with that range.
    pub exposed: Vec<(usize, Range)>,
    /// Groups of 1 to k − 1 people whose number follows from the sums.
    pub groups: Groups,
}

impl Audit {
    /// Whether nothing was found, and everything was searched.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let nothing = self.small_sums.is_empty()
            && self.unsafe_pairs.is_empty()
            && self.small_cells.is_empty()
            && self.exposed.is_empty();
        nothing && self.groups.found.is_empty() && self.groups.complete
    }
}

/// Audits released sums: `counts` are the true counts of the cells, `sums` the lists of cells whose
/// total is published (a published cell is a list of one), `k` the smallest group that may be known.
///
/// # Errors
///
/// [`DisclosureError`], by reason.
///
/// # Source
///
/// Hundepool et al. 2012, Statistical Disclosure Control, section 4.4 (auditing).
///
/// # Example
///
/// ```
/// // Two agencies by sex; the total, each agency, and the women of the first are published.
/// let audit = analyze::disclosure::audit(&[6, 3, 9, 8], &[vec![0, 1, 2, 3], vec![0, 1], vec![0]], 5)?;
/// assert_eq!(audit.small_cells, [1]);
/// assert_eq!(audit.groups.found[0].cells, [1]);
/// assert!(!audit.is_clean());
/// # Ok::<(), analyze::disclosure::DisclosureError>(())
/// ```
pub fn audit(counts: &[i64], sums: &[Vec<usize>], k: i64) -> Result<Audit, DisclosureError> {
    check(counts, sums, k)?;
    let released: Vec<Sum> = sums.iter().map(|cells| Sum::of(counts, cells)).collect();
    let small = |count: i64| (1..k).contains(&count);
    let small_cells: Vec<usize> = (0..counts.len()).filter(|&at| small(counts[at])).collect();
    let known = determined(sums)?.cells();
    let mut exposed = ranges(counts.len(), &released, &small_cells)?;
    exposed.retain(|(_, range)| !range.hides(k));
    Ok(Audit {
        small_sums: (0..released.len()).filter(|&at| small(released[at].total)).collect(),
        unsafe_pairs: unsafe_pairs(counts, sums, k),
        small_cells: small_cells.into_iter().filter(|cell| known.contains(cell)).collect(),
        exposed,
        groups: small_groups(counts, sums, k)?,
    })
}

/// The row and the column totals of a table whose cells are counted row by row, as lists of cells.
///
/// # Example
///
/// ```
/// assert_eq!(analyze::disclosure::margins(1, 2), [vec![0, 1], vec![0], vec![1]]);
/// ```
#[must_use]
pub fn margins(rows: usize, columns: usize) -> Vec<Vec<usize>> {
    let row = |at: usize| (0..columns).map(|column| at * columns + column).collect();
    let column = |at: usize| (0..rows).map(|row| row * columns + at).collect();
    (0..rows).map(row).chain((0..columns).map(column)).collect()
}

/// The published sums once some cells are hidden: `margins` stay, and all other cells are published.
///
/// # Example
///
/// ```
/// let left = analyze::disclosure::with_hidden(3, &[vec![0, 1, 2]], &[0, 2]);
/// assert_eq!(left, [vec![0, 1, 2], vec![1]]);
/// ```
#[must_use]
pub fn with_hidden(cells: usize, margins: &[Vec<usize>], hidden: &[usize]) -> Vec<Vec<usize>> {
    let shown = (0..cells).filter(|cell| !hidden.contains(cell)).map(|cell| vec![cell]);
    margins.iter().cloned().chain(shown).collect()
}

fn check(counts: &[i64], sums: &[Vec<usize>], k: i64) -> Result<(), DisclosureError> {
    if counts.iter().any(|&count| count < 0) || k < 1 {
        return Err(DisclosureError::Malformed("counts of 0 or more, k of 1 or more"));
    }
    if counts
        .iter()
        .try_fold(0_i64, |sum, &count| sum.checked_add(count))
        .is_none_or(|all| all > program::MOST)
    {
        return Err(DisclosureError::Malformed("at most a billion people"));
    }
    if sums.iter().flatten().any(|&cell| cell >= counts.len()) {
        return Err(DisclosureError::Malformed("only cells that exist"));
    }
    Ok(())
}
