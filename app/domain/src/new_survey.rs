//! A survey before it is opened: what somebody typed, and what is wrong with it, field by field.

use crate::period::Month;
use crate::survey::LEAST_K;
use thiserror::Error;

crate::survey::words! {
    /// A field of the form that opens a survey; its code is the name of the form field.
    SurveyField, "field of a survey" {
        /// The code.
        Code = "code",
        /// The name.
        Name = "name",
        /// Instrument and version.
        Instrument = "instrument",
        /// The form.
        Variant = "variant",
        /// First month.
        From = "from",
        /// Last month.
        To = "to",
        /// The units that it is about.
        Units = "units",
        /// Smallest number of people.
        K = "k",
        /// The index definition.
        Definition = "definition",
    }
}

/// What was typed, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SurveyDraft {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Code of the instrument, and its version after an `@`; without one the newest.
    pub instrument: String,
    /// The form.
    pub variant: String,
    /// First month.
    pub from: String,
    /// Last month.
    pub to: String,
    /// `all`, `commune`, `department` or `chosen`.
    pub units: String,
    /// Codes of the units that were ticked; they count where `units` is `chosen`.
    pub chosen: Vec<String>,
    /// Smallest number of people.
    pub k: String,
    /// The index definition; empty for the instrument's own.
    pub definition: String,
}

/// Why a survey cannot be opened as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SurveyFault {
    /// The code is no code.
    #[error("the code must be 1 to 40 letters, digits, - or .")]
    Code,
    /// The code is taken.
    #[error("a survey with the code {0} exists already")]
    CodeTaken(String),
    /// The name is empty, too long, or has line breaks.
    #[error("the name must have 1 to 200 characters on one line")]
    Name,
    /// There is no such instrument or version.
    #[error("there is no instrument {0:?}")]
    Instrument(String),
    /// The instrument asks more than an answer can keep.
    #[error("{0} has more questions than an answer can keep")]
    TooLarge(String),
    /// The instrument has no such form.
    #[error("{instrument} has no form {variant}")]
    Variant {
        /// The instrument.
        instrument: String,
        /// What was written.
        variant: String,
    },
    /// The first month is none.
    #[error("the first month {0:?} is not a month such as 2026-10")]
    From(String),
    /// The last month is none.
    #[error("the last month {0:?} is not a month such as 2026-12")]
    To(String),
    /// The period is reversed.
    #[error("the last month {to} lies before the first, {from}")]
    Reversed {
        /// First month.
        from: Month,
        /// Last month.
        to: Month,
    },
    /// Nobody could answer any more.
    #[error("the last month {0} is over; nobody could answer any more")]
    Over(Month),
    /// Back data has its years, and nobody is asked for it again.
    #[error(
        "{instrument} is for answers of {from} to {to} that are there already and is never asked; open the survey for months of these years and import the answers"
    )]
    BackData {
        /// The instrument.
        instrument: String,
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
    },
    /// A unit that does not exist then.
    #[error("{0}")]
    Unit(String),
    /// No unit at all.
    #[error("the survey would be about no unit; import units first")]
    NoUnit,
    /// Units for which the table of fields has no line: their visitors could not say what their
    /// dossier was about, and nobody would know who decided.
    #[error("no field is known for: {}; import fields first", .0.join(", "))]
    NoFields(Vec<String>),
    /// Too few people.
    #[error("k must be a number of at least {LEAST_K}, so that nobody can be told apart")]
    K(String),
    /// The instrument has no such definition.
    #[error("there is no index definition {0:?}")]
    Definition(String),
}

impl SurveyFault {
    /// The field that must be mended.
    #[must_use]
    pub const fn field(&self) -> SurveyField {
        match self {
            Self::Code | Self::CodeTaken(_) => SurveyField::Code,
            Self::Name => SurveyField::Name,
            Self::Instrument(_) | Self::TooLarge(_) => SurveyField::Instrument,
            Self::Variant { .. } => SurveyField::Variant,
            Self::From(_) | Self::BackData { .. } => SurveyField::From,
            Self::To(_) | Self::Reversed { .. } | Self::Over(_) => SurveyField::To,
            Self::Unit(_) | Self::NoUnit | Self::NoFields(_) => SurveyField::Units,
            Self::K(_) => SurveyField::K,
            Self::Definition(_) => SurveyField::Definition,
        }
    }
}

/// Why the last month of a survey stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TermFault {
    /// What was written is no month.
    #[error("this is not a month such as 2026-12")]
    NotAMonth,
    /// It is the last month already.
    #[error("{0} is the last month already")]
    Same(Month),
    /// It lies before the first month.
    #[error("the last month cannot lie before the first, {0}")]
    BeforeFirst(Month),
    /// It is over: answers of that month may have been given after it.
    #[error("the last month cannot lie before this month, {0}")]
    Past(Month),
    /// Thirty-one days after the last month what is left was pooled; nothing can follow.
    #[error("the survey ended {0} days after its last month; open a new one")]
    Over(i64),
    /// It was closed by hand.
    #[error("the survey is closed; open it again first")]
    Closed,
    /// Somebody else changed it in the meantime.
    #[error("somebody has changed the survey in the meantime; look at it again")]
    Changed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_names_its_field_in_words() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let reversed = SurveyFault::Reversed { from: month("2026-10"), to: month("2026-09") };
        assert_eq!(reversed.field().code(), "to");
        assert_eq!(reversed.to_string(), "the last month 2026-09 lies before the first, 2026-10");
        assert_eq!(SurveyFault::K("4".into()).field(), SurveyField::K);
        assert!(SurveyFault::K("4".into()).to_string().contains("at least 5"));
    }
}
