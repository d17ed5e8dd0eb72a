//! From the people of a part to what is published of it.

use super::Night;
use super::families::Split;
use crate::entry::{Entry, Family, POOLED};
use crate::error::UsecaseError;
use domain::survey::Group;
use domain::tally::Tally;
use store::tally::Increment;

/// The dimension that [`crate::mutant::Mutant::KindAndSizeApart`] publishes.
#[cfg(feature = "mutant")]
pub const SIZE_APART: &str = "size";

/// The increments of a family that was split. `entries` are the people of the box, in the order of
/// the split.
pub fn increments(
    night: &Night<'_>,
    (group, dimension): (&Group, String),
    (family, split): (Family, &Split),
    entries: &[&Entry],
) -> Result<Vec<Increment>, UsecaseError> {
    let layout = &night.survey(group.survey)?.questions.part;
    let mut tallies = vec![Tally::empty(layout); split.codes.len()];
    let members = entries.iter().zip(split.partition.labels());
    let members: Vec<(&Entry, usize)> = members.filter_map(|(e, label)| Some((*e, (*label)?))).collect();
    for (entry, label) in &members {
        tallies[*label].count(layout, entry.row());
    }
    let months = || members.iter().map(|(entry, _)| entry.month.number());
    let months = (months().min().unwrap_or(0), months().max().unwrap_or(0));
    let part = |(code, mut tally): (&String, Tally)| {
        // How many complained, and what they say of it, are figures about those people alone: they
        // have a place only where these are a part of their own.
        if family != Family::Complained || code == POOLED {
            tally.listed = Tally::empty(layout).listed;
        }
        Increment {
            group: group.clone(),
            dimension: dimension.clone(),
            band: code.clone(),
            months,
            release: night.run.release,
            n: tally.n,
            record: tally.pack(),
        }
    };
    Ok(split.codes.iter().zip(tallies).map(part).collect())
}
