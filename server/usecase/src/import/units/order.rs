//! In which order units stand in lists, and in which they can be stored.

use super::Draft;
use domain::id::UnitId;
use domain::unit::{Unit, UnitKind};
use std::collections::{HashMap, HashSet};

/// Units of the past stand behind all others, so that the lists of today keep their order.
pub(in crate::import) const HISTORY: u32 = 100_000;

/// A file that holds the province sets the order of its units, the province first. Another adds its
/// new units at the end and leaves the known ones where they are, so that the same file can come twice.
pub(super) fn ordinals(drafts: &[Draft], there: &[Option<&Unit>], known: &[&Unit]) -> Vec<u32> {
    let sets_order = drafts.iter().any(|draft| draft.kind == UnitKind::Province);
    let last = known.iter().map(|unit| unit.ordinal).filter(|ordinal| *ordinal < HISTORY).max();
    let mut next = if sets_order { 0 } else { last.map_or(0, |last| last.saturating_add(1)) };
    let mut ordinals = vec![0; drafts.len()];
    let mut places: Vec<usize> = (0..drafts.len()).collect();
    places.sort_by_key(|place| drafts[*place].kind != UnitKind::Province);
    for place in places {
        match there[place] {
            Some(unit) if !sets_order => ordinals[place] = unit.ordinal,
            _ => {
                ordinals[place] = next;
                next = next.saturating_add(1);
            }
        }
    }
    ordinals
}

/// The units with every parent before its children.
pub(in crate::import) fn parents_first(units: Vec<Unit>) -> Vec<Unit> {
    let parents: HashMap<UnitId, Option<UnitId>> = units.iter().map(|u| (u.id, u.parent)).collect();
    let depth = |unit: &Unit| {
        let (mut at, mut seen) = (unit.parent, HashSet::new());
        while let Some(id) = at.filter(|id| seen.insert(*id)) {
            at = parents.get(&id).copied().flatten();
        }
        seen.len()
    };
    let mut deep: Vec<(usize, Unit)> = units.into_iter().map(|unit| (depth(&unit), unit)).collect();
    deep.sort_by_key(|(depth, unit)| (*depth, unit.ordinal));
    deep.into_iter().map(|(_, unit)| unit).collect()
}
