//! Which cells follow from released sums by adding, subtracting and dividing, in whole numbers.
//!
//! A rank computed with rounded numbers could call a cell safe that is not; here every step is exact, and
//! numbers that outgrow 128 bits are an error, never a guess.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

/// The exact arithmetic would leave 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the numbers of the elimination leave 128 bits")
    }
}

impl Error for TooLarge {}

/// The released sums, reduced: what they say, in the fewest and shortest equations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Determined {
    rows: Vec<Row>,
}

/// An equation: factors of cells, none 0, without a common divisor; the pivot's is positive.
type Row = BTreeMap<usize, i128>;

impl Determined {
    /// The cells that follow from the sums, in order.
    #[must_use]
    pub fn cells(&self) -> Vec<usize> {
        let single = self.rows.iter().filter(|row| row.len() == 1);
        let mut cells: Vec<usize> = single.flat_map(|row| row.keys().copied()).collect();
        cells.sort_unstable();
        cells
    }

    /// The reduced equations: each has a pivot that no other has, its first entry. Cells and their
    /// factors.
    pub fn equations(&self) -> impl Iterator<Item = &BTreeMap<usize, i128>> {
        self.rows.iter()
    }

    /// Whether the total of a set of cells follows from the sums.
    ///
    /// # Errors
    ///
    /// [`TooLarge`].
    pub fn follows(&self, cells: &[usize]) -> Result<bool, TooLarge> {
        let mut row: Row = cells.iter().map(|&cell| (cell, 1)).collect();
        for equation in &self.rows {
            if let Some((pivot, _)) = equation.first_key_value() {
                row = eliminate(row, equation, *pivot)?;
            }
        }
        Ok(row.is_empty())
    }
}

/// Reduces released sums, each a list of the cells in it (no cell counts twice).
///
/// # Formula
///
/// Gauss and Jordan's elimination on rows of whole numbers, each divided by its common divisor. A cell
/// follows if and only if a reduced row holds it alone.
///
/// # Errors
///
/// [`TooLarge`], which takes sums of a kind that does not occur in tables: their factors stay within a
/// few units.
///
/// # Source
///
/// Willenborg and de Waal 2001, section 1.4: a cell is disclosed if it is a combination of the rows.
///
/// # Example
///
/// ```
/// use stats::disclosure::determined;
/// let reduced = determined(&[vec![0, 1, 2], vec![1, 2, 3], vec![3]])?;
/// assert_eq!(reduced.cells(), [0, 3]);
/// assert!(reduced.follows(&[1, 2])?);
/// # Ok::<(), stats::disclosure::TooLarge>(())
/// ```
pub fn determined(sums: &[Vec<usize>]) -> Result<Determined, TooLarge> {
    let mut rows: Vec<Row> = Vec::new();
    for cells in sums {
        let mut row: Row = cells.iter().map(|&cell| (cell, 1)).collect();
        for known in &rows {
            if let Some((pivot, _)) = known.first_key_value() {
                row = eliminate(row, known, *pivot)?;
            }
        }
        let Some((&pivot, _)) = row.first_key_value() else { continue };
        let row = normalised(row);
        for known in &mut rows {
            *known = eliminate(std::mem::take(known), &row, pivot)?;
        }
        rows.push(row);
    }
    Ok(Determined { rows })
}

/// `row` without the cell `pivot`, by a multiple of `equation`.
fn eliminate(row: Row, equation: &Row, pivot: usize) -> Result<Row, TooLarge> {
    let (Some(&factor), Some(&own)) = (row.get(&pivot), equation.get(&pivot)) else { return Ok(row) };
    let common = divisor(factor, own);
    let (times, less) = (own / common, factor / common);
    let mut reduced = Row::new();
    for (&cell, value) in &row {
        reduced.insert(cell, value.checked_mul(times).ok_or(TooLarge)?);
    }
    for (&cell, value) in equation {
        let entry = reduced.entry(cell).or_default();
        let change = value.checked_mul(less).ok_or(TooLarge)?;
        *entry = entry.checked_sub(change).ok_or(TooLarge)?;
    }
    reduced.retain(|_, value| *value != 0);
    Ok(normalised(reduced))
}

/// Without a common divisor, the first factor positive.
fn normalised(mut row: Row) -> Row {
    let common = row.values().fold(0, |common, &value| divisor(common, value));
    let sign = if row.first_key_value().is_some_and(|(_, &first)| first < 0) { -1 } else { 1 };
    if common > 0 {
        for value in row.values_mut() {
            *value = *value / common * sign;
        }
    }
    row
}

/// The greatest common divisor, 0 only for two zeros.
fn divisor(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.saturating_abs(), other.saturating_abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
