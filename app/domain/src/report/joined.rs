//! A series over surveys of different versions of a question set, joined over the items that the versions
//! declare equal, and over nothing else.

use crate::language::Words;
use crate::period::Period;
use crate::reading::Reading;

/// The joined series of a unit, or of all units of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinedSeries {
    /// The items: codes and names of the version whose page this is.
    pub items: Vec<(String, Words)>,
    /// How many items that version has in all.
    pub of: usize,
    /// Oldest first. Each point is of one survey; nothing is added up.
    pub points: Vec<JoinedPoint>,
}

/// A year of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinedPoint {
    /// The year.
    pub period: Period,
    /// Name of the survey.
    pub survey: String,
    /// What its question set is called, and the version.
    pub questions: (Words, u32),
    /// The share of 4-5 among the answers to the joined items.
    pub reading: Reading,
}
