//! A CSV file in memory, whose cells know their line and column.

use crate::AnalyzeError;
use crate::delimiter::delimiter;
use crate::line::line_of;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A CSV file: a header and rows of texts.
#[derive(Debug, Clone)]
pub struct Table {
    path: PathBuf,
    header: Vec<String>,
    at: HashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    table: &'a Table,
    at: usize,
}

impl Table {
    /// Reads a file; commas (semicolons where the header is a single cell by commas), RFC 4180
    /// quotes, a header line. A byte order mark is skipped.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Row`] with its line where rows differ in length or the text is not UTF-8.
    pub fn read(path: &Path) -> Result<Self, AnalyzeError> {
        let csv = |source| AnalyzeError::csv(path, source);
        let read = |source| AnalyzeError::Read { path: path.to_owned(), source };
        let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(read)?);
        let delimiter = delimiter(file.fill_buf().map_err(read)?);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(file);
        let header: Vec<String> = reader
            .headers()
            .map_err(csv)?
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}').to_owned())
            .collect();
        let rows = reader.into_records().collect::<Result<_, _>>().map_err(csv)?;
        let at = header.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        Ok(Self { path: path.to_owned(), header, at, rows })
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The number of rows under the header.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing under the header.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The complaint about the file as a whole.
    #[must_use]
    pub fn wrong(&self, what: String) -> AnalyzeError {
        AnalyzeError::Description { path: self.path.clone(), what }
    }

    /// The line of a row in the file; the header is line 1.
    #[must_use]
    pub fn line(&self, row: usize) -> u64 {
        let place = self.rows.get(row).and_then(csv::StringRecord::position);
        place.map_or(0, |place| line_of(&self.path, place))
    }

    /// A column by its name.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Column`] if there is none.
    pub fn column(&self, name: &str) -> Result<Column<'_>, AnalyzeError> {
        let at = self.at.get(name).copied();
        let missing = || AnalyzeError::Column { path: self.path.clone(), column: name.to_owned() };
        Ok(Column { table: self, at: at.ok_or_else(missing)? })
    }
}

impl<'a> Column<'a> {
    /// The text of a row; empty where there is no such row.
    #[must_use]
    pub fn text(&self, row: usize) -> &'a str {
        self.table.rows.get(row).and_then(|cells| cells.get(self.at)).unwrap_or("")
    }

    /// All texts, from the first row.
    pub fn texts(self) -> impl Iterator<Item = &'a str> {
        (0..self.table.len()).map(move |row| self.text(row))
    }

    /// The number of a row; `None` where the cell is empty.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Cell`] where there is something else.
    pub fn number(&self, row: usize) -> Result<Option<f64>, AnalyzeError> {
        let text = self.text(row).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.map(Some).ok_or_else(|| self.wrong(row, "a number"))
    }

    /// The answer 1..5 of a row; `None` where the cell is empty.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Cell`] where there is something else.
    pub fn code(&self, row: usize) -> Result<Option<u8>, AnalyzeError> {
        match self.text(row).trim().as_bytes() {
            [] => Ok(None),
            [code @ b'1'..=b'5'] => Ok(Some(code - b'0')),
            _ => Err(self.wrong(row, "an answer 1 to 5 or empty")),
        }
    }

    /// The complaint about a cell.
    #[must_use]
    pub fn wrong(&self, row: usize, wanted: &'static str) -> AnalyzeError {
        let line = self.table.line(row);
        let column = self.table.header.get(self.at).cloned().unwrap_or_default();
        AnalyzeError::Cell {
            path: self.table.path.clone(),
            line,
            column,
            text: self.text(row).to_owned(),
            wanted,
        }
    }
}
