//! The boxes of a parent: families that the boxes below could not split, each in a box of its own
//! and split there once. They are of the same people, so they are decided together.

use super::families::{Known, MOST_PARTS, Published, Rule, Split, split_families};
use super::part::increments;
use super::partition::Partition;
use super::{Cuts, Night, sealing};
use crate::entry::{Entry, Family};
use crate::error::UsecaseError;
use domain::family::dimension;
use domain::id::UnitId;
use domain::survey::Group;
use std::collections::{BTreeMap, BTreeSet};
use store::boxes::{BoxKey, Cut};

type Tag = [u8; 8];

/// Everybody in the boxes of one parent's group.
struct People {
    /// One entry a person.
    entries: BTreeMap<Tag, Entry>,
    /// By family, in their order: its box and who is in it.
    boxes: BTreeMap<Family, (BoxKey, BTreeSet<Tag>)>,
}

/// Cuts the boxes of a group. What cannot be split waits for more, and is dropped at an end.
pub async fn cut(
    night: &Night<'_>,
    group: &Group,
    keys: &[BoxKey],
    cuts: &mut Cuts,
) -> Result<(), UsecaseError> {
    let survey = night.survey(group.survey)?;
    let mut people = People::read(night, keys).await?;
    let families =
        if night.was_cut(group, true).await? { Vec::new() } else { people.split(night, survey.survey.k) };
    let entries: Vec<&Entry> = people.entries.values().collect();
    let mut parts = BTreeMap::new();
    for (family, split) in &families {
        let whose = (group, dimension(*family, true));
        parts.insert(*family, increments(night, whose, (*family, split), &entries)?);
    }
    people.remember(&families);
    // What stays is written first: should the run break off, it knows of parts too many, not too few.
    let (split, stays): (Vec<_>, Vec<_>) =
        people.boxes.iter().partition(|(family, _)| parts.contains_key(family));
    for (family, (key, members)) in stays.into_iter().chain(split) {
        let parts = parts.remove(family).unwrap_or_default();
        let mut up = Vec::new();
        if parts.is_empty() && !night.is_end {
            if families.is_empty() {
                continue;
            }
            let entries = members.iter().filter_map(|tag| people.entries.get(tag).cloned());
            let (ids, records) = sealing::close(night, group.survey, entries.collect())?;
            up.push((key.clone(), ids, records));
        } else {
            cuts.boxes += 1;
            cuts.dropped += if parts.is_empty() { members.len() } else { 0 };
        }
        cuts.parts += parts.len();
        let cut = Cut { from: key.clone(), k: survey.survey.k, parts, up };
        night.office.store.cut_box(night.run, &cut, night.office.now()).await?;
    }
    Ok(())
}

impl People {
    async fn read(night: &Night<'_>, keys: &[BoxKey]) -> Result<Self, UsecaseError> {
        let (mut entries, mut boxes) = (BTreeMap::new(), BTreeMap::new());
        for key in keys {
            let family: Family =
                key.family.parse().map_err(|_| UsecaseError::Damaged("the family of a box".into()))?;
            let mut members = BTreeSet::new();
            for entry in sealing::open(night, key).await? {
                members.insert(entry.raised.tag);
                let known: &mut Entry = entries.entry(entry.raised.tag).or_insert_with(|| entry.clone());
                // After a run that broke off, one copy may know of more parts than another.
                for (part, other) in known.raised.parts.iter_mut().zip(entry.raised.parts) {
                    *part = (*part).max(other);
                }
            }
            boxes.insert(family, (key.clone(), members));
        }
        Ok(Self { entries, boxes })
    }

    /// The families that can be split.
    fn split(&self, night: &Night<'_>, k: u32) -> Vec<(Family, Split)> {
        let Some(key) = self.boxes.values().next().map(|(key, _)| key) else { return Vec::new() };
        let Ok(survey) = night.survey(key.group.survey) else { return Vec::new() };
        let instrument = &survey.questions.instrument;
        let due = self.boxes.iter().filter(|(_, (_, members))| night.is_due(members.len()));
        let bands = due.map(|(family, (_, members))| {
            let people = self.entries.iter();
            let band = |(tag, entry): (&Tag, &Entry)| {
                members.contains(tag).then(|| entry.bands.code(*family, instrument))
            };
            (*family, people.map(band).collect::<Vec<_>>())
        });
        let bands: Vec<_> = bands.collect();
        let rule = Rule::new(k, key.group.trust.is_fakeable(), true);
        #[cfg(feature = "mutant")]
        let (bands, rule) = super::mutant::weaken(night, bands, rule);
        let families = split_families(&bands, self.known(), rule).into_iter();
        let accepted = families.filter_map(|(family, split)| Some((family, split?)));
        accepted.filter(|(family, split)| self.first_free(*family) + split.codes.len() <= 256).collect()
    }

    /// Everything that already divides these people: the steps of the folds below, the parts of the
    /// boxes below, and those of this parent in earlier quarters.
    fn known(&self) -> Known {
        let people = || self.entries.values();
        let steps: Vec<_> = people().map(|entry| Some((entry.deciding, entry.release))).collect();
        let mut published = vec![Published { family: None, partition: Partition::of(&steps) }];
        for family in Family::ALL {
            let part = |entry: &Entry| -> Option<(Option<UnitId>, u32, u8)> {
                match entry.raised.parts[*family as usize] {
                    0 => None,
                    below if usize::from(below) <= MOST_PARTS => {
                        Some((Some(entry.deciding), entry.raised.cut, below))
                    }
                    here => Some((None, 0, here)),
                }
            };
            let parts: Vec<_> = people().map(part).collect();
            if parts.iter().any(Option::is_some) {
                published.push(Published { family: Some(*family), partition: Partition::of(&parts) });
            }
        }
        let mut units: Vec<UnitId> = people().map(|entry| entry.deciding).collect();
        units.sort_unstable();
        units.dedup();
        let number = |entry: &Entry| units.partition_point(|unit| *unit < entry.deciding);
        Known { units: people().map(number).collect(), published }
    }

    /// Notes in which parts people are published now, for the families that still wait.
    fn remember(&mut self, families: &[(Family, Split)]) {
        for (family, split) in families {
            let first = self.first_free(*family);
            for (entry, label) in self.entries.values_mut().zip(split.partition.labels()) {
                if let Some(number) = label.and_then(|label| u8::try_from(first + label).ok()) {
                    entry.raised.parts[*family as usize] = number;
                }
            }
        }
    }

    /// The first number of a parent's part that nobody here carries.
    fn first_free(&self, family: Family) -> usize {
        let used = self.entries.values().map(|entry| usize::from(entry.raised.parts[family as usize]));
        used.max().unwrap_or(0).max(MOST_PARTS) + 1
    }
}
