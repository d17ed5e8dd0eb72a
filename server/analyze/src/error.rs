//! What can be wrong with a file.

use crate::line::line_of;
use std::path::{Path, PathBuf};

/// Why nothing could be analysed. Every message names the file, and the line and column where there
/// is one.
#[derive(Debug, thiserror::Error)]
pub enum AnalyzeError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no CSV: a quote that never ends, a row of another length.
    #[error("{}: {source}", path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// The place and the fault.
        source: csv::Error,
    },
    /// A row that cannot be taken as it is: of another length than the header, or not UTF-8.
    #[error("{}: line {line}: {what}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// The line in the file on which the row begins; the header is line 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// More groups than the memory should hold.
    #[error("{}: more than {most} groups of {columns}: too many to keep", path.display())]
    Groups {
        /// The file.
        path: PathBuf,
        /// How many would have been possible.
        most: usize,
        /// The columns whose values make the groups.
        columns: String,
    },
    /// The file is no JSON.
    #[error("{}: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// The place and the fault.
        source: serde_json::Error,
    },
    /// A column that is needed is not there.
    #[error("{}: no column {column:?}", path.display())]
    Column {
        /// The file.
        path: PathBuf,
        /// The name of the column.
        column: String,
    },
    /// A cell that is not what it must be.
    #[error("{}: line {line}, column {column}: {text:?} is not {wanted}", path.display())]
    Cell {
        /// The file.
        path: PathBuf,
        /// The line in the file; the header is line 1.
        line: u64,
        /// The name of the column.
        column: String,
        /// What the cell holds.
        text: String,
        /// What it should hold.
        wanted: &'static str,
    },
    /// The description of the data asks for something that cannot be.
    #[error("{}: {what}", path.display())]
    Description {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
}

impl AnalyzeError {
    /// What the crate `csv` says of a file, with the line that an editor shows.
    pub(crate) fn csv(path: &Path, source: csv::Error) -> Self {
        let (place, what) = match source.kind() {
            csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
                (pos.as_ref(), format!("a row of {len} cells under a header of {expected_len}"))
            }
            csv::ErrorKind::Utf8 { pos, err } => {
                (pos.as_ref(), format!("cell {} is not UTF-8 text", err.field() + 1))
            }
            _ => (None, String::new()),
        };
        let path = path.to_owned();
        match place.map(|place| line_of(&path, place)) {
            Some(line) => Self::Row { path, line, what },
            None => Self::Csv { path, source },
        }
    }
}
