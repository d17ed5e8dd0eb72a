//! Files in: units, who took over from whom, fields, procedures, instruments, existing answers. Each is taken whole or not at all, and
//! everything that is wrong is said before anything is stored.

mod fault;
pub mod fields;
pub mod instrument;
pub mod plan;
pub mod procedures;
pub mod responses;
pub mod succession;
#[cfg(test)]
pub(crate) mod tests;
pub mod units;
pub mod upload;
pub mod volumes;

pub use plan::{Changes, Difference, Planned, Subject, Verdict};

use crate::table::Row;
use domain::language::Words;
use unicode_normalization::UnicodeNormalization;

/// A code of a unit or a field: what can stand in a URL.
fn is_code(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

/// A text for people in one spelling: composed, one line, single blanks.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

pub(crate) fn some(text: &str) -> Option<String> {
    Some(tidy(text)).filter(|text| !text.is_empty())
}

/// The names in the columns `name`, `name_en` and `name_km`.
fn names(row: Row<'_>) -> Words {
    Words { vi: tidy(row.cell("name")), en: some(row.cell("name_en")), km: some(row.cell("name_km")) }
}
