//! A unit's own box: split here, or sent up whole, family by family.

use super::families::{Known, Published, Rule, Split, split_families};
use super::part::increments;
use super::partition::Partition;
use super::{Cuts, Night, sealing};
use crate::entry::{Entry, Family, NOT_ASKED, Raised};
use crate::error::UsecaseError;
use domain::family::dimension;
use domain::survey::Group;
use store::boxes::{BoxKey, Cut};
use store::tally::Increment;

/// Cuts the box, all or nothing. What came into it after a run had cut it and broken off waits for
/// the next cut: it would overwrite the parts that the same release already has.
pub async fn cut(night: &Night<'_>, key: &BoxKey, cuts: &mut Cuts) -> Result<(), UsecaseError> {
    if night.was_cut(&key.group, false).await? {
        return Ok(());
    }
    let survey = night.survey(key.group.survey)?;
    let instrument = &survey.questions.instrument;
    let entries = sealing::open(night, key).await?;
    let bands_of = |family: &Family| {
        let bands = entries.iter().map(|entry| Some(entry.bands.code(*family, instrument)));
        (*family, bands.collect::<Vec<_>>())
    };
    let bands: Vec<_> = Family::ALL.iter().map(bands_of).collect();
    // Entries that came from a predecessor are of its steps.
    let steps: Vec<_> = entries.iter().map(|entry| Some((entry.deciding, entry.release))).collect();
    let rule = Rule::new(survey.survey.k, key.group.trust.is_fakeable(), false);
    #[cfg(feature = "mutant")]
    let (bands, rule) = super::mutant::weaken(night, bands, rule);
    let steps = Published { family: None, partition: Partition::of(&steps) };
    let known = Known { units: vec![0; entries.len()], published: vec![steps] };
    let families = split_families(&bands, known, rule);

    let parts = publish(night, key, &entries, &families)?;
    let raised = raise(night, &entries, &families);
    let above = Group { unit: night.parent(key.group.unit), ..key.group.clone() };
    let mut up = Vec::new();
    for ((family, split), (_, bands)) in families.iter().zip(&bands) {
        if split.is_none() && goes_up(*family, bands) {
            let (ids, records) = sealing::close(night, above.survey, raised.clone())?;
            up.push((BoxKey { group: above.clone(), family: family.code().into() }, ids, records));
        }
    }
    cuts.boxes += 1;
    cuts.parts += parts.len();
    cuts.raised += up.len() * entries.len();
    let cut = Cut { from: key.clone(), k: survey.survey.k, parts, up };
    night.office.store.cut_box(night.run, &cut, night.office.now()).await?;
    Ok(())
}

/// What is published of the families that could be split.
fn publish(
    night: &Night<'_>,
    key: &BoxKey,
    entries: &[Entry],
    families: &[(Family, Option<Split>)],
) -> Result<Vec<Increment>, UsecaseError> {
    let everyone: Vec<&Entry> = entries.iter().collect();
    let mut parts = Vec::new();
    for (family, split) in families {
        if let Some(split) = split {
            let whose = (&key.group, dimension(*family, false));
            parts.extend(increments(night, whose, (*family, split), &everyone)?);
        }
    }
    #[cfg(feature = "mutant")]
    parts.extend(super::mutant::size_apart(night, key, entries)?);
    Ok(parts)
}

/// A counter's view is of one unit; a question that nobody was asked has no answers above either.
fn goes_up(family: Family, bands: &[Option<String>]) -> bool {
    family != Family::ReceivingCounter && bands.iter().flatten().any(|band| band != NOT_ASKED)
}

/// The entries with what a parent's box must know of them: one tag a person, and the parts in which
/// they have just been published.
fn raise(night: &Night<'_>, entries: &[Entry], families: &[(Family, Option<Split>)]) -> Vec<Entry> {
    let cut = u32::try_from(night.run.release).unwrap_or(u32::MAX);
    let mut raised = entries.to_vec();
    for (at, entry) in raised.iter_mut().enumerate() {
        entry.raised = Raised { tag: night.office.chance.bytes(), cut, ..Raised::default() };
        for (family, split) in families {
            let label = split.as_ref().and_then(|split| split.partition.labels()[at]);
            let number = label.and_then(|label| u8::try_from(label + 1).ok());
            entry.raised.parts[*family as usize] = number.unwrap_or(0);
        }
    }
    raised
}
