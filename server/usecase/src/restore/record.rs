//! A row of a copy, by the names of its columns.

use crate::ledger::unhexed;
use crate::release_file::TableRow;
use domain::id::{SurveyId, Tenant, UnitId};
use domain::survey::Group;
use serde_json::Value;
use std::str::FromStr;
use store::archive::{Cell, Table, table};

/// A row, and the places of its cells among the table's columns.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub table: &'static Table,
    pub columns: Vec<usize>,
    pub cells: Vec<Cell>,
}

impl Record {
    /// The row of a file of releases; `None` where this program knows no such table or column, or a value is none.
    pub fn of(row: &TableRow) -> Option<Self> {
        let table = table(&row.table)?;
        let mut record = Self { table, columns: Vec::new(), cells: Vec::new() };
        for (column, value) in &row.cells {
            record.columns.push(table.position(column)?);
            record.cells.push(match value {
                Value::Null => Cell::Null,
                Value::Number(number) => Cell::Int(number.as_i64()?),
                Value::String(text) => Cell::Text(text.clone()),
                other => Cell::Bytes(unhexed(other.get("hex")?.as_str()?)?),
            });
        }
        Some(record)
    }

    /// A row of a table with these cells.
    pub fn new(name: &str, cells: &[(&str, Cell)]) -> Option<Self> {
        let table = table(name)?;
        let columns = cells.iter().map(|(column, _)| table.position(column)).collect::<Option<_>>()?;
        Some(Self { table, columns, cells: cells.iter().map(|(_, cell)| cell.clone()).collect() })
    }

    fn cell(&self, column: &str) -> Option<&Cell> {
        let place = self.table.position(column)?;
        self.columns.iter().position(|at| *at == place).and_then(|at| self.cells.get(at))
    }

    pub fn int(&self, column: &str) -> Option<i64> {
        if let Some(Cell::Int(int)) = self.cell(column) { Some(*int) } else { None }
    }

    pub fn text(&self, column: &str) -> Option<&str> {
        if let Some(Cell::Text(text)) = self.cell(column) { Some(text) } else { None }
    }

    pub fn bytes(&self, column: &str) -> Option<&[u8]> {
        if let Some(Cell::Bytes(bytes)) = self.cell(column) { Some(bytes) } else { None }
    }

    pub fn tenant(&self) -> Option<Tenant> {
        self.word("tenant")
    }

    pub fn word<T: FromStr>(&self, column: &str) -> Option<T> {
        self.text(column)?.parse().ok()
    }

    pub fn unit(&self, column: &str) -> Option<UnitId> {
        UnitId::from_slice(self.bytes(column)?).ok()
    }

    pub fn survey(&self) -> Option<SurveyId> {
        SurveyId::from_slice(self.bytes("survey_id")?).ok()
    }

    pub fn group(&self) -> Option<Group> {
        Some(Group {
            survey: self.survey()?,
            unit: self.unit("unit_id")?,
            mode: self.word("mode")?,
            trust: self.word("trust")?,
            variant: self.word("variant")?,
            route: self.word("route")?,
        })
    }
}
