//! Volumes: closed dossiers of a deciding unit, by who received them, field and month. They are the
//! population that answers are counted against.

use crate::id::UnitId;
use crate::period::Month;
use thiserror::Error;
use time::Date;

/// Most dossiers of one cell: no unit of a province closes as many in a month.
pub const MOST: i64 = 9_999_999;

/// Counts of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dossiers {
    /// Closed: granted or refused.
    pub closed: i64,
    /// Of these, closed in time.
    pub on_time: Option<i64>,
    /// Of these, closed late.
    pub late: Option<i64>,
    /// Of these, handed in online.
    pub online: Option<i64>,
    /// Of these, refused.
    pub refused: Option<i64>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The month in which the dossiers were closed.
    pub month: Month,
    /// Who decided.
    pub unit: UnitId,
    /// Who received; `None` where nobody said.
    pub receiving: Option<UnitId>,
    /// Code of the field.
    pub field: String,
    /// The counts.
    pub dossiers: Dossiers,
}

/// What contradicts itself in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum DossierFault {
    /// In time and late together are more than all.
    #[error("on_time and late together are more than closed")]
    Timed,
    /// More online than all.
    #[error("online is more than closed")]
    Online,
    /// More refused than all.
    #[error("refused is more than closed")]
    Refused,
}

impl DossierFault {
    /// The column that is wrong.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Timed => "late",
            Self::Online => "online",
            Self::Refused => "refused",
        }
    }
}

impl Dossiers {
    /// Whether the counts fit each other: parts are no more than the whole.
    ///
    /// # Errors
    /// The first contradiction.
    pub fn check(&self) -> Result<(), DossierFault> {
        let part = |part: Option<i64>| part.unwrap_or(0);
        if part(self.on_time) + part(self.late) > self.closed {
            return Err(DossierFault::Timed);
        }
        if part(self.online) > self.closed {
            return Err(DossierFault::Online);
        }
        if part(self.refused) > self.closed {
            return Err(DossierFault::Refused);
        }
        Ok(())
    }
}

/// What is wrong with a cell that somebody wants to store, so that a file's fault and a form's can be
/// said in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VolumeFault {
    /// Not a month.
    #[error("{0:?} is not a month; write it as 2026-10")]
    NotAMonth(String),
    /// A month that has not come yet.
    #[error("{month} is still to come; this month is {this_month}")]
    StillToCome {
        /// The month that was written.
        month: Month,
        /// The month today.
        this_month: Month,
    },
    /// No code where one must be.
    #[error("the code of a unit is missing")]
    NoUnit,
    /// Nobody ever had the code.
    #[error("no unit has the code {0}")]
    UnknownUnit(String),
    /// The unit was no more in that month.
    #[error("{name} ({code}) ended on {on} and closes nothing in {month}")]
    Ended {
        /// Its name.
        name: String,
        /// Its code.
        code: String,
        /// First day without it.
        on: Date,
        /// The month that was written.
        month: Month,
    },
    /// The unit was not there yet.
    #[error("{name} ({code}) begins on {on}, after {month}")]
    NotYet {
        /// Its name.
        name: String,
        /// Its code.
        code: String,
        /// First day.
        on: Date,
        /// The month that was written.
        month: Month,
    },
    /// Several units have the code.
    #[error("the code {code} means several units in {month}")]
    Ambiguous {
        /// The code.
        code: String,
        /// The month.
        month: Month,
    },
    /// A unit that only receives.
    #[error("{name} only receives and decides nothing; name its committee")]
    OnlyReceives {
        /// Its name.
        name: String,
    },
    /// No such field.
    #[error("there is no field {0:?}; import fields first, or write other")]
    UnknownField(String),
    /// Not a count.
    #[error("{0:?} is not a number of dossiers; write digits only, at most {MOST}")]
    NotACount(String),
    /// Parts that are more than the whole.
    #[error(transparent)]
    Parts(#[from] DossierFault),
    /// The cell stands in the file already.
    #[error("the same month, units and field are already in line {0}")]
    Twice(u64),
    /// With who received and without: the same dossiers would count twice.
    #[error(
        "in {0} this unit and field have dossiers with and without a receiving unit, which would count them \
         twice; write 0 for the one that is no longer meant"
    )]
    TwoWays(Month),
}

/// A count as a file or a form writes it: digits, at most [`MOST`].
#[must_use]
pub fn parse_count(text: &str) -> Option<i64> {
    let is_digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    is_digits.then(|| text.parse().ok()).flatten().filter(|count| *count <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_no_more_than_the_whole() {
        let all = Dossiers { closed: 10, on_time: Some(8), late: Some(2), online: Some(10), refused: None };
        assert_eq!(all.check(), Ok(()));
        assert_eq!(Dossiers { late: Some(3), ..all }.check(), Err(DossierFault::Timed));
        assert_eq!(Dossiers { online: Some(11), ..all }.check(), Err(DossierFault::Online));
        assert_eq!(Dossiers { refused: Some(11), ..all }.check(), Err(DossierFault::Refused));
    }

    #[test]
    fn a_count_is_digits() {
        assert_eq!((parse_count("0"), parse_count("0042")), (Some(0), Some(42)));
        for bad in ["", "-1", "+1", "1.5", "1 000", "10000000", "٣", "9999999999"] {
            assert_eq!(parse_count(bad), None, "{bad}");
        }
    }
}
