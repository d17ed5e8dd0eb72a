//! Files in: units, fields, instruments, existing answers. Each is taken whole or not at all, and
//! everything that is wrong is said before anything is stored.

pub mod fields;
pub mod instrument;
pub mod responses;
#[cfg(test)]
pub(crate) mod tests;
pub mod units;
pub mod volumes;

use crate::error::UsecaseError;
use crate::table::Row;
use domain::language::Words;
use unicode_normalization::UnicodeNormalization;

/// What a list in the database becomes by a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Lines that were not there before.
    pub new: usize,
    /// Lines that are there with something else in them.
    pub changed: usize,
    /// Lines that are there as they are.
    pub unchanged: usize,
    /// Lines that are there and not in the file, where the file replaces the list.
    pub removed: usize,
}

impl Changes {
    /// Whether nothing would be stored.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.new + self.changed + self.removed == 0
    }
}

/// A code of a unit or a field: what can stand in a URL.
fn is_code(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

/// A text for people in one spelling: composed, one line, single blanks.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

fn some(text: &str) -> Option<String> {
    Some(tidy(text)).filter(|text| !text.is_empty())
}

/// The names in the columns `name`, `name_en` and `name_km`.
fn names(row: Row<'_>) -> Words {
    Words { vi: tidy(row.cell("name")), en: some(row.cell("name_en")), km: some(row.cell("name_km")) }
}

/// Why an import that would otherwise be done is not.
fn refuse<T>(sentence: impl Into<String>) -> Result<T, UsecaseError> {
    Err(UsecaseError::Refused(sentence.into()))
}
