//! Boxes of a unit whose whole work went to another: they go with it, so that its people are divided
//! with those of their new unit, once.

use super::families::MOST_PARTS;
use super::{Night, sealing};
use crate::entry::{Entry, Family};
use crate::error::UsecaseError;
use crate::mutant::Mutant;
use crate::office::Office;
use crate::registry::Province;
use domain::survey::Group;
use std::collections::BTreeMap;
use store::boxes::{BoxKey, Removal};
use store::lease::Run;

/// The last number that a parent's part may have in one box, by family.
type Used = [usize; Family::ALL.len()];

/// Moves every box whose unit has an heir on the day of the run: all boxes of a group in one
/// transaction, so that a run that breaks off leaves a group whole on one side. Says how many.
///
/// # Errors
/// Where the database is away, another process took the run over, or a box does not open.
pub async fn move_boxes(office: &Office, province: &Province, run: &Run) -> Result<usize, UsecaseError> {
    if office.fault.is(Mutant::LeftBehind) {
        return Ok(0);
    }
    let night = Night { office, province, run, is_end: false };
    let mut groups: BTreeMap<Group, Vec<BoxKey>> = BTreeMap::new();
    for (key, _) in night.boxes(None).await? {
        groups.entry(key.group.clone()).or_default().push(key);
    }
    let moving = groups.iter().filter(|(group, _)| night.heir(group.unit) != group.unit);
    let mut moved = 0;
    for (group, keys) in moving {
        let to = Group { unit: night.heir(group.unit), ..group.clone() };
        let taken = used(&night, &to).await?;
        let mut removals = Vec::new();
        for key in keys {
            removals.push(remove(&night, key, &to, &taken).await?);
        }
        // Where the numbers of parts do not suffice, a box is cut where it is, at the year's end.
        let Some(removals) = removals.into_iter().collect::<Option<Vec<_>>>() else { continue };
        office.store.move_boxes(run, &removals, office.now()).await?;
        moved += removals.len();
    }
    Ok(moved)
}

/// The numbers that parts of the new unit already have in its boxes as a parent.
async fn used(night: &Night<'_>, group: &Group) -> Result<Used, UsecaseError> {
    let mut used = [MOST_PARTS; Family::ALL.len()];
    for (key, _) in night.boxes(Some(group.survey)).await? {
        if key.group != *group || key.family.is_empty() {
            continue;
        }
        for entry in sealing::open(night, &key).await? {
            for (last, part) in used.iter_mut().zip(entry.raised.parts) {
                *last = (*last).max(usize::from(part));
            }
        }
    }
    Ok(used)
}

/// A box with the entries as they are at the new unit. They keep the unit in whose figure they are.
async fn remove(
    night: &Night<'_>,
    from: &BoxKey,
    to: &Group,
    used: &Used,
) -> Result<Option<Removal>, UsecaseError> {
    let mut entries = sealing::open(night, from).await?;
    for entry in &mut entries {
        entry.bands.receiving = night.heir(entry.bands.receiving);
        if !renumber(entry, used) {
            return Ok(None);
        }
    }
    let (ids, records) = sealing::close(night, to.survey, entries)?;
    let to = BoxKey { group: to.clone(), family: from.family.clone() };
    Ok(Some(Removal { from: from.clone(), to, ids, records }))
}

/// Parts of the old parent get numbers that no part of the new one has: two parts under one number
/// would be compared as if they were one.
fn renumber(entry: &mut Entry, used: &Used) -> bool {
    for (part, last) in entry.raised.parts.iter_mut().zip(used) {
        if usize::from(*part) > MOST_PARTS {
            let Ok(number) = u8::try_from(usize::from(*part) + last - MOST_PARTS) else { return false };
            *part = number;
        }
    }
    true
}
