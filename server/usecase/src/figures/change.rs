//! What changed against the same months a year before, and whether it can be told from chance
//! (statistics.md 5, "Change words").

mod spans;
mod unit;

pub(super) use spans::{Before, Spanned, compared_spans};
pub(super) use unit::changes_of_unit;

use super::bands::{ALPHA, headline_of};
use super::node::{Definition, NodeRef};
use super::table::Level;
use domain::id::UnitId;
use domain::report::{Change, Trend};
use domain::unit::{Unit, UnitKind};
use stats::bands::{Verdict, screened};
use stats::comparison::{Evidence, Side, difference_interval};
use std::collections::HashMap;

/// Confidence level of the interval of a difference.
const LEVEL: f64 = 0.95;

/// A figure now and then, and what their difference says.
pub(super) struct Pair {
    now: Side,
    then: Side,
    evidence: Evidence,
}

impl Pair {
    /// The figures of a node of one unit; `None` where one of them is missing or only indicative.
    pub(super) fn of(
        before: &Before,
        level: &Level,
        wanted: (Definition, NodeRef),
        unit: (UnitId, UnitKind),
    ) -> Option<Self> {
        // First the earlier one: in a first year nothing else is computed.
        let then = before.then.side(level, wanted, unit)?;
        let now = before.now.side(level, wanted, unit)?;
        Some(Self { now, then, evidence: Evidence::between(&now, &then, 0.0)? })
    }

    pub(super) const fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// The difference in points, with the word that it bears.
    pub(super) fn change(&self, verdict: Verdict) -> Option<Change> {
        let interval = difference_interval(&self.now, &self.then, LEVEL)?;
        Some(Change {
            trend: match verdict {
                Verdict::Above => Trend::Up,
                Verdict::Even => Trend::Even,
                Verdict::Below => Trend::Down,
            },
            points: 100.0 * (self.now.share - self.then.share),
            low: 100.0 * interval.low,
            high: 100.0 * interval.high,
        })
    }
}

/// The headlines of all units, screened together: on average at most one in twenty of the units of
/// which a change is said has none.
pub(super) fn headline_changes<'a>(
    before: &Before,
    level: &Level,
    units: impl Iterator<Item = &'a Unit>,
) -> HashMap<UnitId, Change> {
    let Some(wanted) = before.now.table().and_then(|table| headline_of(table, level)) else {
        return HashMap::new();
    };
    let pairs: Vec<(UnitId, Pair)> = units
        .filter_map(|unit| Some((unit.id, Pair::of(before, level, wanted, (unit.id, unit.kind))?)))
        .collect();
    let evidence: Vec<Evidence> = pairs.iter().map(|(_, pair)| pair.evidence()).collect();
    let verdicts = screened(&evidence, ALPHA);
    pairs
        .iter()
        .zip(verdicts)
        .filter_map(|((unit, pair), verdict)| Some((*unit, pair.change(verdict)?)))
        .collect()
}
