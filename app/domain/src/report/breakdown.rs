//! A breakdown: one family of a cut, as a page shows it.

use super::Setting;
use crate::family::Family;
use crate::language::Words;
use crate::reading::Reading;

/// What a part is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartName {
    /// Words of data: an offered answer, a field, a unit.
    Data(Words),
    /// A word of the product: `granted`, `refused`, a flag class.
    Closed(String),
    /// An offered answer, and what was said to the question after it (a business, and its size);
    /// `None` where that was left out.
    Pair(Words, Option<Words>),
    /// What was too small for a part of its own.
    Pooled,
    /// Asked and left out.
    Blank,
    /// Not asked.
    NotAsked,
}

/// A part of a family.
#[derive(Debug, Clone, PartialEq)]
pub struct PartLine {
    /// Its code in the release.
    pub band: String,
    /// Its name.
    pub name: PartName,
    /// Its people.
    pub people: u64,
    /// The headline of these people; for the kiosk their overall question.
    pub headline: Reading,
    /// Questions that only they were asked.
    pub branch: Vec<(Words, Reading)>,
}

/// A comparison of all pairs of parts at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairs {
    /// Pairs that were compared.
    pub compared: u64,
    /// Pairs that can be told apart, all considered at once.
    pub distinct: u64,
}

/// One family of the cuts of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakdownReport {
    /// Names, dates, choices.
    pub setting: Setting,
    /// Whether it is the whole province, rather than one unit.
    pub is_province: bool,
    /// The family shown.
    pub family: Family,
    /// Families that have parts in this period.
    pub families: Vec<Family>,
    /// The headline of everybody in the period, for comparison.
    pub whole: Reading,
    /// People of the period at this level of trust.
    pub everybody: u64,
    /// People who are in a part of this family.
    pub divided: u64,
    /// Of them, people in parts of a parent's box: of units whose own boxes could not be split.
    pub divided_above: u64,
    /// The parts; "other", blanks and "not asked" last.
    pub parts: Vec<PartLine>,
    /// The pairs of parts; `None` where fewer than two can be compared.
    pub pairs: Option<Pairs>,
}
