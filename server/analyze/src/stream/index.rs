//! The cells of a domain, found without a walk over all cells for every domain.

use super::tallies::{Tallies, add};
use crate::AnalyzeError;
use std::collections::BTreeMap;

/// A cell with the stratum it is part of.
type Entry<'a> = (&'a [String], &'a [u64]);

/// The sums of strata, by the values of their columns.
pub(super) type Strata<'a> = BTreeMap<&'a [String], Vec<u64>>;

/// Cells by the values of some columns.
type Cells<'a> = BTreeMap<Vec<&'a str>, Vec<Entry<'a>>>;

/// The cells of tallies, sorted by the columns that domains ask for.
pub(super) struct Index<'a> {
    tallies: &'a Tallies,
    /// By the places of the columns.
    columns: BTreeMap<Vec<usize>, Cells<'a>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(tallies: &'a Tallies) -> Self {
        Self { tallies, columns: BTreeMap::new() }
    }

    /// The sums of every stratum over the cells of a domain; blanks around a value do not count.
    pub(super) fn strata(&mut self, domain: &[(String, String)]) -> Result<Strata<'a>, AnalyzeError> {
        let place = |(column, _): &(String, String)| self.tallies.place(column);
        let places: Vec<usize> = domain.iter().map(place).collect::<Result<_, _>>()?;
        let values: Vec<&str> = domain.iter().map(|(_, value)| value.trim()).collect();
        let tallies = self.tallies;
        let sorted = self.columns.entry(places).or_insert_with_key(|places| sort(tallies, places));
        let mut strata = Strata::new();
        for (stratum, cell) in sorted.get(values.as_slice()).into_iter().flatten() {
            add(strata.entry(stratum).or_insert_with(|| vec![0; cell.len()]), cell);
        }
        Ok(strata)
    }
}

fn sort<'a>(tallies: &'a Tallies, places: &[usize]) -> Cells<'a> {
    let mut cells = Cells::new();
    for (key, cell) in &tallies.cells {
        let value = |at: &usize| key.get(*at).map_or("", |text| text.trim());
        let stratum = key.get(..tallies.strata).unwrap_or(key);
        cells.entry(places.iter().map(value).collect()).or_default().push((stratum, cell.as_slice()));
    }
    cells
}
