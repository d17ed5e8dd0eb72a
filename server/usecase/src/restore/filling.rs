//! Rows on their way into the database: many at once, and units after those above them.

use super::record::Record;
use crate::error::UsecaseError;
use domain::id::{Tenant, UnitId};
use std::collections::HashSet;
use store::archive::{Cell, Table};
use store::restoration::{Restoration, Twice};

/// See the module.
pub(super) struct Filling {
    restoration: Restoration,
    table: Option<&'static Table>,
    columns: Vec<usize>,
    twice: Twice,
    rows: Vec<Vec<Cell>>,
    units: HashSet<(Tenant, UnitId)>,
}

impl Filling {
    pub fn new(restoration: Restoration) -> Self {
        Self {
            restoration,
            table: None,
            columns: Vec::new(),
            twice: Twice::Refuse,
            rows: Vec::new(),
            units: HashSet::new(),
        }
    }

    /// Puts a row; others may still be on their way before it.
    pub async fn add(&mut self, record: Record, twice: Twice) -> Result<(), UsecaseError> {
        let goes_on =
            self.table == Some(record.table) && self.columns == record.columns && self.twice == twice;
        let is_full =
            record.table.name != "unit" && self.rows.len() >= Restoration::rows_at_once(record.table);
        if !goes_on || is_full {
            self.flush().await?;
            self.table = Some(record.table);
            self.columns = record.columns;
            self.twice = twice;
        }
        self.rows.push(record.cells);
        Ok(())
    }

    /// Puts everything that is on its way.
    pub async fn flush(&mut self) -> Result<(), UsecaseError> {
        let mut rows = std::mem::take(&mut self.rows);
        let Some(table) = self.table.filter(|_| !rows.is_empty()) else { return Ok(()) };
        while table.name == "unit" && !rows.is_empty() {
            let (ready, rest): (Vec<_>, Vec<_>) =
                rows.into_iter().partition(|row| self.has_parent(table, row));
            rows = rest;
            if ready.is_empty() {
                // A circle: the database says no.
                break;
            }
            self.note_units(table, &ready);
            self.restoration.put((table, &self.columns), &ready, self.twice).await?;
        }
        Ok(self.restoration.put((table, &self.columns), &rows, self.twice).await?)
    }

    fn id(&self, table: &'static Table, row: &[Cell], column: &str) -> Option<(Tenant, UnitId)> {
        let record = Record { table, columns: self.columns.clone(), cells: row.to_vec() };
        Some((record.tenant()?, record.unit(column)?))
    }

    fn has_parent(&self, table: &'static Table, row: &[Cell]) -> bool {
        self.id(table, row, "parent_id").is_none_or(|parent| self.units.contains(&parent))
    }

    fn note_units(&mut self, table: &'static Table, rows: &[Vec<Cell>]) {
        let units: Vec<_> = rows.iter().filter_map(|row| self.id(table, row, "unit_id")).collect();
        self.units.extend(units);
    }

    /// The transaction, with everything in it that was added.
    pub async fn restoration(&mut self) -> Result<&mut Restoration, UsecaseError> {
        self.flush().await?;
        Ok(&mut self.restoration)
    }

    /// Makes it so.
    pub async fn commit(mut self) -> Result<(), UsecaseError> {
        self.flush().await?;
        Ok(self.restoration.commit().await?)
    }
}
