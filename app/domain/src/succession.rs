//! Succession: which units took over from which, whole or in part.

use crate::id::UnitId;
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

crate::survey::words! {
    /// How much of an old unit went to a new one.
    Share, "share" {
        /// All of it: the old unit has one successor.
        Whole = "whole",
        /// A part of it: the old unit has several.
        Part = "part",
    }
}

/// An old unit and one of its successors. Many to many: a new unit has many predecessors, an old one
/// may have been divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    /// The unit that ended.
    pub old: UnitId,
    /// The unit that took over.
    pub new: UnitId,
    /// All of the old unit, or a part.
    pub share: Share,
    /// Whether this is the successor that is meant where only one can be named.
    pub is_main: bool,
    /// First day of the successor's work.
    pub effective_on: Date,
}

/// Why the successors of one old unit do not add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Misfit {
    /// One takes the whole, and there are others.
    #[error("the whole of it went to one successor, and yet others are named; write part, or delete them")]
    WholeAndOthers,
    /// One part, and nobody has the rest.
    #[error("only one part of it is named; name who took over the rest, or write whole")]
    LonelyPart,
    /// No main successor.
    #[error("no main successor is named; write yes for one of them")]
    NoMain,
    /// Two main successors.
    #[error("there is a second main successor; write yes for one of them only")]
    SecondMain,
}

/// Whether the successors of one old unit, as pairs of share and main, make up the whole of it. The
/// number is the place of the line to blame.
///
/// # Errors
/// The first misfit.
///
/// ```
/// use domain::succession::{Misfit, Share, add_up};
/// assert_eq!(add_up(&[(Share::Whole, true)]), Ok(()));
/// assert_eq!(add_up(&[(Share::Part, true), (Share::Part, false)]), Ok(()));
/// assert_eq!(add_up(&[(Share::Part, true)]), Err((0, Misfit::LonelyPart)));
/// ```
pub fn add_up(successors: &[(Share, bool)]) -> Result<(), (usize, Misfit)> {
    let whole = successors.iter().position(|(share, _)| *share == Share::Whole);
    match whole {
        Some(place) if successors.len() > 1 => return Err((place, Misfit::WholeAndOthers)),
        None if successors.len() == 1 => return Err((0, Misfit::LonelyPart)),
        _ => {}
    }
    let mut mains = (0..successors.len()).filter(|place| successors[*place].1);
    match (mains.next(), mains.next()) {
        (None, _) => Err((0, Misfit::NoMain)),
        (_, Some(second)) => Err((second, Misfit::SecondMain)),
        _ => Ok(()),
    }
}

/// All successions of a province.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    by_old: BTreeMap<UnitId, Vec<Succession>>,
    by_new: BTreeMap<UnitId, Vec<Succession>>,
}

impl Lineage {
    /// The successions of `all` in the order of the units that they are told by.
    #[must_use]
    pub fn new(all: Vec<Succession>) -> Self {
        let mut lineage = Self::default();
        for one in all {
            lineage.by_old.entry(one.old).or_default().push(one);
            lineage.by_new.entry(one.new).or_default().push(one);
        }
        lineage
    }

    /// Who a unit took over from.
    #[must_use]
    pub fn predecessors(&self, unit: UnitId) -> &[Succession] {
        self.by_new.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// Who took over from a unit.
    #[must_use]
    pub fn successors(&self, unit: UnitId) -> &[Succession] {
        self.by_old.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// All successions.
    pub fn all(&self) -> impl Iterator<Item = &Succession> {
        self.by_old.values().flatten()
    }

    /// The unit itself and all that went into it whole, over any number of generations: whose figures
    /// may stand in one series. A predecessor that was divided is left out, because nobody knows which
    /// of its answers belong to which part.
    #[must_use]
    pub fn merged(&self, unit: UnitId) -> Vec<UnitId> {
        let (mut inside, mut seen, mut at) = (vec![unit], BTreeSet::from([unit]), 0);
        while let Some(here) = inside.get(at).copied() {
            let whole = self.predecessors(here).iter().filter(|one| one.share == Share::Whole);
            inside.extend(whole.map(|one| one.old).filter(|old| seen.insert(*old)));
            at += 1;
        }
        inside
    }

    /// Who has the whole work of a unit on a day: the unit itself, or who took over all of it, over any
    /// number of generations. A unit that was divided has no heir but itself, because nobody knows
    /// which part is meant; a circle has none either.
    #[must_use]
    pub fn heir(&self, unit: UnitId, on: Date) -> UnitId {
        let (mut at, mut seen) = (unit, BTreeSet::from([unit]));
        while let Some(next) = self.whole_successor(at, on) {
            if !seen.insert(next) {
                return unit;
            }
            at = next;
        }
        at
    }

    fn whole_successor(&self, unit: UnitId, on: Date) -> Option<UnitId> {
        let in_force = |one: &&Succession| one.share == Share::Whole && one.effective_on <= on;
        self.successors(unit).iter().find(in_force).map(|one| one.new)
    }

    /// Whether the work of a unit has been divided by a day, so that the unit is over without an heir.
    #[must_use]
    pub fn is_divided(&self, unit: UnitId, on: Date) -> bool {
        self.successors(unit).iter().any(|one| one.share == Share::Part && one.effective_on <= on)
    }

    /// The predecessors that went into a unit only in part, so that its series before them has a gap.
    #[must_use]
    pub fn divided(&self, unit: UnitId) -> Vec<UnitId> {
        let part = |one: &&Succession| one.share == Share::Part;
        self.predecessors(unit).iter().filter(part).map(|one| one.old).collect()
    }
}

/// Whether two names are one name: letter case, the place of a tone mark ("Hoà", "Hòa") and the
/// hyphen do not count, other marks do.
#[must_use]
pub fn is_same_name(one: &str, other: &str) -> bool {
    crate::unit::spelling(one) == crate::unit::spelling(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn id(n: u8) -> UnitId {
        UnitId::from_bytes([n; 16])
    }

    fn line(old: u8, new: u8, share: Share, is_main: bool) -> Succession {
        let effective_on = time::macros::date!(2025 - 07 - 01);
        Succession { old: id(old), new: id(new), share, is_main, effective_on }
    }

    #[test]
    fn shares_that_do_not_add_up_are_told_apart() {
        use Share::{Part, Whole};
        assert_eq!(add_up(&[(Whole, true), (Part, false)]), Err((0, Misfit::WholeAndOthers)));
        assert_eq!(add_up(&[(Part, false), (Whole, true)]), Err((1, Misfit::WholeAndOthers)));
        assert_eq!(add_up(&[(Part, false), (Part, false)]), Err((0, Misfit::NoMain)));
        assert_eq!(add_up(&[(Part, true), (Part, false), (Part, true)]), Err((2, Misfit::SecondMain)));
        assert_eq!(add_up(&[(Whole, false)]), Err((0, Misfit::NoMain)));
    }

    #[test]
    fn a_merged_series_reaches_back_through_whole_successions_only() {
        let lineage = Lineage::new(vec![
            line(1, 10, Share::Whole, true),
            line(2, 10, Share::Part, true),
            line(2, 11, Share::Part, false),
            line(3, 1, Share::Whole, true),
            line(4, 2, Share::Whole, true),
        ]);
        assert_eq!(lineage.merged(id(10)), [id(10), id(1), id(3)]);
        assert_eq!(lineage.divided(id(10)), [id(2)]);
        assert_eq!(lineage.successors(id(2)).len(), 2);
        assert_eq!(lineage.predecessors(id(11)).len(), 1);
        assert_eq!(lineage.merged(id(12)), [id(12)]);
    }

    #[test]
    fn a_circle_of_successions_ends() {
        let lineage = Lineage::new(vec![line(1, 2, Share::Whole, true), line(2, 1, Share::Whole, true)]);
        assert_eq!(lineage.merged(id(1)), [id(1), id(2)]);
    }

    #[test]
    fn an_heir_has_the_whole_work_from_its_day_on_and_a_divided_unit_has_none() {
        let later = Succession {
            effective_on: time::macros::date!(2026 - 01 - 01),
            ..line(10, 20, Share::Whole, true)
        };
        let lineage = Lineage::new(vec![
            line(1, 10, Share::Whole, true),
            later,
            line(2, 10, Share::Part, true),
            line(2, 11, Share::Part, false),
            line(3, 2, Share::Whole, true),
            line(7, 8, Share::Whole, true),
            line(8, 7, Share::Whole, true),
        ]);
        let day = |month| Date::from_calendar_date(2025, month, 1).unwrap();
        assert_eq!(lineage.heir(id(1), day(time::Month::June)), id(1), "not before its day");
        assert_eq!(lineage.heir(id(1), day(time::Month::July)), id(10));
        assert_eq!(lineage.heir(id(1), later.effective_on), id(20), "over two generations");
        assert_eq!(lineage.heir(id(3), later.effective_on), id(2), "as far as one unit has all of it");
        assert_eq!(lineage.heir(id(7), later.effective_on), id(7), "a circle leads nowhere");
        assert!(lineage.is_divided(id(2), day(time::Month::July)));
        assert!(!lineage.is_divided(id(2), day(time::Month::June)));
        assert!(!lineage.is_divided(id(1), later.effective_on));
    }

    #[test]
    fn one_name_in_two_spellings_is_one_name() {
        assert!(is_same_name("Xã Hoà Bình", "xã  Hòa Bình"));
        assert!(is_same_name("Thị Trấn Năm Căn", "Thị trấn Năm Căn"));
        assert!(!is_same_name("Xã Tân Thanh", "Xã Tân Thành"));
    }
}
