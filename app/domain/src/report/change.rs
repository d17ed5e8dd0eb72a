//! What changed, and whether that can be told from chance.

use crate::language::Words;
use crate::period::{Month, Period};
use crate::reading::Reading;

/// Whether a figure went up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Up, and not by chance.
    Up,
    /// Not distinguishable from no change.
    Even,
    /// Down, and not by chance.
    Down,
}

/// A difference in points with its interval; there is none without the word that says what it bears.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// What may be said.
    pub trend: Trend,
    /// Now minus then, in points.
    pub points: f64,
    /// Lower end of its own 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Months that a comparison speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A whole period.
    Whole(Period),
    /// The part of a period that has figures so far, or the same months of the year before.
    Months(Month, Month),
}

/// The headline of two spans.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The later span.
    pub now: (Span, Reading),
    /// The same months a year before.
    pub then: (Span, Reading),
    /// Their difference; `None` where one of them has no figure that could be compared.
    pub change: Option<Change>,
    /// How many units were looked at together for the word.
    pub together: usize,
}

/// A node below the headline.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeChange {
    /// Code of the node.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// How deep: 1 a factor, 2 an item.
    pub depth: u8,
    /// Then, now.
    pub readings: (Reading, Reading),
    /// Their difference, as in [`Comparison::change`].
    pub change: Option<Change>,
}

/// What changed of one unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// The period of the page against the same months a year before.
    pub same_months: Option<Comparison>,
    /// The last twelve months against the twelve before; `None` where the page shows them already.
    pub rolling: Option<Comparison>,
    /// The nodes of the page against the same months a year before.
    pub nodes: Vec<NodeChange>,
}
