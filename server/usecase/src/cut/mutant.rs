//! The faults of a cut; see [`crate::mutant`].

use super::families::{Guard, Known, Rule, split_families};
use super::part::increments;
use super::{Night, part};
use crate::entry::{Entry, Family};
use crate::error::UsecaseError;
use crate::mutant::Mutant;
use store::boxes::BoxKey;
use store::tally::Increment;

type Bands = Vec<(Family, Vec<Option<String>>)>;

/// A box's bands and its rule, under the fault that the office plays.
pub fn weaken(night: &Night<'_>, mut bands: Bands, mut rule: Rule) -> (Bands, Rule) {
    let fault = night.office.fault;
    if fault.is(Mutant::NoPairCheck) {
        rule.guard = Guard::Nothing;
    }
    if fault.is(Mutant::PartReleasedAlone) {
        rule.guard = Guard::LetAlone;
    }
    if fault.is(Mutant::KindAndSizeApart) {
        let who = bands.iter_mut().filter(|(family, _)| *family == Family::Who);
        for band in who.flat_map(|(_, bands)| bands.iter_mut().flatten()) {
            band.truncate(band.find(':').unwrap_or(band.len()));
        }
    }
    (bands, rule)
}

/// The sizes of businesses as a family of their own, compared with nothing.
pub fn size_apart(
    night: &Night<'_>,
    key: &BoxKey,
    entries: &[Entry],
) -> Result<Vec<Increment>, UsecaseError> {
    if !night.office.fault.is(Mutant::KindAndSizeApart) {
        return Ok(Vec::new());
    }
    let survey = night.survey(key.group.survey)?;
    let size = |entry: &Entry| entry.bands.answer(&survey.questions.instrument, "size");
    let bands: Vec<Option<String>> = entries.iter().map(|entry| Some(size(entry))).collect();
    let guard = Guard::Nothing;
    let rule = Rule { guard, ..Rule::new(survey.survey.k, key.group.trust.is_fakeable(), false) };
    let known = Known { units: vec![0; entries.len()], published: Vec::new() };
    let everyone: Vec<&Entry> = entries.iter().collect();
    let mut parts = Vec::new();
    for (family, split) in split_families(&[(Family::Who, bands)], known, rule) {
        let Some(split) = split else { continue };
        let whose = (&key.group, part::SIZE_APART.to_owned());
        parts.extend(increments(night, whose, (family, &split), &everyone)?);
    }
    Ok(parts)
}
