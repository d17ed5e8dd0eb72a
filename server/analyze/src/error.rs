//! What can be wrong with a file.

use std::path::PathBuf;

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
