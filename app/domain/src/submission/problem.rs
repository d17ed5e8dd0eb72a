//! What can be wrong with a form.

use thiserror::Error;

/// Something wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Code of the question.
    pub field: String,
    /// What is wrong.
    pub reason: Reason,
    /// What was written into a text field, so that nobody has to write it again.
    pub typed: Option<String>,
}

/// Why a field cannot be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Needed and blank.
    Missing,
    /// Not one of the offered answers.
    Unknown,
    /// Two different answers to one question.
    Twice,
    /// Characters that are no text.
    Control,
    /// Longer than a comment may be.
    TooLong,
}

/// The form is not one of ours; no page can be shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// More fields than any form has.
    #[error("the form has more than {} fields", super::MOST_FIELDS)]
    TooManyFields,
    /// A field larger than any field can be.
    #[error("a field of the form has more than {} bytes", super::MOST_FIELD_BYTES)]
    TooLargeField,
}
