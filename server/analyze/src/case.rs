//! A folder of reference data: description, responses, expected numbers.

use crate::AnalyzeError;
use crate::description::Description;
use crate::table::Table;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A case: `case.json` (may be missing), `expected.json`, and the files they name.
#[derive(Debug, Clone)]
pub struct Case {
    /// The folder.
    pub folder: PathBuf,
    /// `case.json`; null if there is none.
    pub description: Value,
    /// `expected.json`.
    pub expected: Value,
    /// `responses.csv`, if there is one.
    pub responses: Option<Table>,
}

impl Case {
    /// Reads a folder.
    ///
    /// # Errors
    ///
    /// What is wrong with a file that is there.
    pub fn read(folder: &Path) -> Result<Self, AnalyzeError> {
        let described = folder.join("case.json");
        let responses = folder.join("responses.csv");
        Ok(Self {
            folder: folder.to_owned(),
            description: if described.is_file() { json(&described)? } else { Value::Null },
            expected: json(&folder.join("expected.json"))?,
            responses: responses.is_file().then(|| Table::read(&responses)).transpose()?,
        })
    }

    /// The name of the folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The description, understood.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn describe(&self) -> Result<Description, AnalyzeError> {
        Description::of(&self.folder.join("case.json"), self.description.clone())
    }

    /// Another table of the folder, such as `population.csv`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn table(&self, name: &str) -> Result<Table, AnalyzeError> {
        Table::read(&self.folder.join(name))
    }

    /// The responses.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Description`] if there are none.
    pub fn responses(&self) -> Result<&Table, AnalyzeError> {
        self.responses.as_ref().ok_or_else(|| self.wrong("no responses.csv"))
    }

    /// The complaint about a description.
    #[must_use]
    pub fn wrong(&self, what: impl Into<String>) -> AnalyzeError {
        AnalyzeError::Description { path: self.folder.clone(), what: what.into() }
    }
}

fn json(path: &Path) -> Result<Value, AnalyzeError> {
    let text =
        fs::read_to_string(path).map_err(|source| AnalyzeError::Read { path: path.to_owned(), source })?;
    serde_json::from_str(&text).map_err(|source| AnalyzeError::Json { path: path.to_owned(), source })
}
