//! What the office says when it cannot do something.

use crate::chance::NoChance;
use crate::keys::{KeyError, SealBroken};
use crate::objection::{CopyFault, Objection};
use crate::record::RecordError;
use crate::registry::UnitNotFound;
use domain::new_survey::{SurveyFault, TermFault};
use store::StoreError;
use thiserror::Error;

/// Why a use case ended without what was asked for. Each says in one sentence what to do.
#[derive(Debug, Error)]
pub enum UsecaseError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key file.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Randomness.
    #[error(transparent)]
    Chance(#[from] NoChance),
    /// A sealed record does not open with this key.
    #[error("{0}; is the key file the one of this database?")]
    Seal(#[from] SealBroken),
    /// A record that opened is not an answer.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A unit code.
    #[error(transparent)]
    Unit(#[from] UnitNotFound),
    /// Stored data contradicts itself.
    #[error("{0} is damaged in the database; restore a backup, or ask for help")]
    Damaged(String),
    /// Something that was named does not exist.
    #[error("there is no {what} {name:?}")]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// What was written.
        name: String,
    },
    /// A rule of accounts.
    #[error(transparent)]
    Account(#[from] domain::account::AccountFault),
    /// A rule of the keys of other systems.
    #[error(transparent)]
    ApiKey(#[from] domain::api_key::KeyFault),
    /// A rule of tablets.
    #[error(transparent)]
    Device(#[from] domain::device::DeviceFault),
    /// Whoever asked may not do this.
    #[error("this account may not do this")]
    Forbidden,
    /// What was asked for is against a rule.
    #[error(transparent)]
    Objection(#[from] Objection),
    /// What was asked for is against a rule that has only a sentence.
    #[error("{0}")]
    Refused(String),
    /// A survey cannot be opened as it was written; nothing was opened.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Survey(Vec<SurveyFault>),
    /// The last month of a survey stays as it is.
    #[error(transparent)]
    Term(#[from] TermFault),
    /// A file has faults; nothing of it was taken.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    File(Vec<FileFault>),
    /// A file cannot be read at all.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The path.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl From<CopyFault> for UsecaseError {
    fn from(fault: CopyFault) -> Self {
        Self::Objection(fault.into())
    }
}

/// What is wrong in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column} ({name}): {message}")]
pub struct FileFault {
    /// Line, from 1; the header is line 1.
    pub line: u64,
    /// Column, from 1; 0 where the whole line is meant.
    pub column: usize,
    /// Name of the column.
    pub name: String,
    /// One sentence, for the command line and English pages.
    pub message: String,
    /// The same in Vietnamese.
    pub vi: String,
}

/// A sentence in both languages of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl From<String> for Said {
    /// A sentence that exists in English only.
    fn from(en: String) -> Self {
        Self { vi: en.clone(), en }
    }
}

impl From<&str> for Said {
    fn from(en: &str) -> Self {
        en.to_owned().into()
    }
}

/// A sentence in Vietnamese and in English, with the same values in both.
macro_rules! said {
    ($vi:literal / $en:literal $(, $value:expr)* $(,)?) => {
        $crate::error::Said { vi: format!($vi $(, $value)*), en: format!($en $(, $value)*) }
    };
}
pub(crate) use said;
