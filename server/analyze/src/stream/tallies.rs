//! All cells of a file.

use super::Odd;
use super::cell::Shape;
use super::group::Groups;
use super::plan::{Layout, Plan};
use super::row::Respondent;
use crate::AnalyzeError;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// For whom a figure is: a value for some of the grouping columns, without the blanks around it;
/// nothing for everybody.
pub type Domain = Vec<(String, String)>;

/// The cells that one thread has added up.
pub(super) struct Tally {
    shape: Shape,
    groups: Groups,
    cells: Vec<Vec<u64>>,
    /// Room for Σu of one respondent.
    u: Vec<u32>,
}

/// The sums of a file: a cell for every combination of values of the grouping columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tallies {
    pub(super) path: PathBuf,
    pub(super) plan: Plan,
    pub(super) groups: Vec<String>,
    /// How many of them make the strata.
    pub(super) strata: usize,
    pub(super) shape: Shape,
    pub(super) cells: BTreeMap<Vec<String>, Vec<u64>>,
}

impl Tally {
    /// Numbers that all cells of a thread may hold: 64 MiB.
    const MOST: usize = 1 << 23;

    pub(super) fn new(layout: &Layout) -> Self {
        let shape = layout.shape.clone();
        let u = vec![0; 2 * shape.atoms()];
        Self { groups: Groups::new(layout.groups.len()), cells: Vec::new(), u, shape }
    }

    /// How many cells there may be.
    pub(super) fn most(layout: &Layout) -> usize {
        Self::MOST / layout.shape.length()
    }

    /// Adds a respondent, whose groups are texts of `row`.
    pub(super) fn add(&mut self, row: &[u8], one: &Respondent) -> Result<(), Odd> {
        let at = self.groups.number(one.keys.texts(row));
        Self::room(&mut self.cells, &self.shape, at)?;
        self.shape.add(&mut self.cells[at], &one.words, &mut self.u);
        Ok(())
    }

    /// Adds the cells of another thread.
    pub(super) fn merge(&mut self, other: &Self) -> Result<(), Odd> {
        for (number, cell) in other.cells.iter().enumerate() {
            let at = self.groups.number(other.groups.texts(number).into_iter());
            Self::room(&mut self.cells, &self.shape, at)?;
            add(&mut self.cells[at], cell);
        }
        Ok(())
    }

    /// Makes a cell if there is none of this number.
    fn room(cells: &mut Vec<Vec<u64>>, shape: &Shape, at: usize) -> Result<(), Odd> {
        if at < cells.len() {
            return Ok(());
        }
        let length = shape.length();
        if at >= Self::MOST / length {
            return Err(Odd);
        }
        cells.resize(at + 1, vec![0; length]);
        Ok(())
    }
}

/// Adds a cell to another.
pub(super) fn add(to: &mut [u64], cell: &[u64]) {
    for (total, one) in to.iter_mut().zip(cell) {
        *total += one;
    }
}

impl Tallies {
    pub(super) fn of(path: &Path, plan: &Plan, layout: Layout, tally: Tally) -> Self {
        let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
        let groups = tally.groups;
        let key = |number| groups.texts(number).into_iter().map(text).collect();
        let cells = tally.cells.into_iter().enumerate().map(|(number, cell)| (key(number), cell));
        Self {
            path: path.to_owned(),
            plan: plan.clone(),
            strata: layout.groups.iter().take_while(|name| plan.strata.contains(name)).count(),
            groups: layout.groups,
            shape: layout.shape,
            cells: cells.collect(),
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn respondents(&self) -> u64 {
        self.cells.values().filter_map(|cell| cell.first()).sum()
    }

    /// The strata of a single respondent, by the values of their columns.
    #[must_use]
    pub fn lonely(&self) -> Vec<&[String]> {
        let mut sizes: BTreeMap<&[String], u64> = BTreeMap::new();
        for (key, cell) in &self.cells {
            *sizes.entry(key.get(..self.strata).unwrap_or(key)).or_default() += cell.first().unwrap_or(&0);
        }
        sizes.into_iter().filter(|(_, size)| *size == 1).map(|(stratum, _)| stratum).collect()
    }

    /// Every combination of values that these columns have in the file, in order; everybody, if no
    /// column is named.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Column`] for a column that the plan does not group by.
    pub fn domains(&self, columns: &[&str]) -> Result<Vec<Domain>, AnalyzeError> {
        if columns.is_empty() {
            return Ok(vec![Vec::new()]);
        }
        let places: Vec<usize> = columns.iter().map(|name| self.place(name)).collect::<Result<_, _>>()?;
        let value = |key: &Vec<String>, at: usize| key.get(at).map_or("", |text| text.trim()).to_owned();
        let values = |key: &Vec<String>| places.iter().map(|at| value(key, *at)).collect::<Vec<_>>();
        let found: BTreeSet<Vec<String>> = self.cells.keys().map(values).collect();
        let named = |values: Vec<String>| columns.iter().map(|name| (*name).to_owned()).zip(values).collect();
        Ok(found.into_iter().map(named).collect())
    }

    /// The place of a column among the grouping columns.
    pub(super) fn place(&self, column: &str) -> Result<usize, AnalyzeError> {
        let missing = || AnalyzeError::Column { path: self.path.clone(), column: column.to_owned() };
        self.groups.iter().position(|name| name == column).ok_or_else(missing)
    }
}
