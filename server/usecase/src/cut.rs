//! The cut: boxes of folded answers are opened whole and become one-way breakdowns, or nothing
//! (privacy-security.md, "From an answer to a figure", 6; explained in `server/docs/cuts.md`).

pub mod families;
mod mixture;
mod moving;
#[cfg(feature = "mutant")]
mod mutant;
mod own;
mod parent;
mod part;
pub mod partition;
mod sealing;
pub mod span;

pub use moving::move_boxes;

pub use domain::family::{BELOW, dimension};

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::{SurveyId, UnitId};
use domain::survey::Group;
use std::collections::BTreeMap;
use store::boxes::BoxKey;
use store::lease::Run;
use store::tally::ALL;

/// Boxes with fewer entries wait for a later quarter; the end of a year or a survey waits for nobody.
pub(crate) const LEAST: usize = 100;

/// What a night's cut did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cuts {
    /// Boxes that were opened and emptied.
    pub boxes: usize,
    /// Published parts.
    pub parts: usize,
    /// Entries that went up, once for each family that could not be split.
    pub raised: usize,
    /// Entries that could not be split at the end of a year or a survey, and are gone.
    pub dropped: usize,
}

/// A run that cuts.
#[derive(Clone, Copy)]
struct Night<'a> {
    office: &'a Office,
    province: &'a Province,
    run: &'a Run,
    /// Nothing waits any longer.
    is_end: bool,
}

impl Night<'_> {
    fn survey(&self, id: SurveyId) -> Result<&RunningSurvey, UsecaseError> {
        let survey = self.province.survey_by_id(id);
        survey.map(AsRef::as_ref).ok_or_else(|| UsecaseError::Damaged("the survey of a box".into()))
    }

    fn parent(&self, unit: UnitId) -> UnitId {
        self.heir(parent_of(self.province, unit))
    }

    /// Who has the whole work of a unit on the day of the run.
    fn heir(&self, unit: UnitId) -> UnitId {
        self.province.lineage().heir(unit, self.run.scheduled)
    }

    async fn boxes(&self, of: Option<SurveyId>) -> Result<Vec<(BoxKey, usize)>, UsecaseError> {
        let boxes = self.office.store.boxes(self.run.tenant).await?;
        let wanted = boxes.into_iter().filter(|(key, _)| of.is_none_or(|survey| key.group.survey == survey));
        Ok(wanted.map(|(key, n)| (key, usize::try_from(n).unwrap_or(0))).collect())
    }

    fn is_due(&self, entries: usize) -> bool {
        self.is_end || entries >= LEAST
    }

    /// Whether a run that broke off had already published parts of this group. The people of these
    /// are gone, so nothing can be compared with them any more, and nothing may stand beside them.
    async fn was_cut(&self, group: &Group, is_parent: bool) -> Result<bool, UsecaseError> {
        if !self.run.resumed {
            return Ok(false);
        }
        let published = self.office.store.increments_of_release(self.run.tenant, self.run.release).await?;
        let parts = published.iter().filter(|part| part.dimension != ALL && part.group == *group);
        Ok(parts.into_iter().any(|part| part.dimension.starts_with(BELOW) == is_parent))
    }

    async fn cut(&self, of: Option<SurveyId>) -> Result<Cuts, UsecaseError> {
        let mut cuts = Cuts::default();
        for (key, entries) in self.boxes(of).await? {
            if key.family.is_empty() && self.is_due(entries) {
                own::cut(self, &key, &mut cuts).await?;
            }
        }
        // Only now: they have just been filled from below.
        let mut groups: BTreeMap<Group, Vec<BoxKey>> = BTreeMap::new();
        for (key, _) in self.boxes(of).await? {
            if !key.family.is_empty() {
                groups.entry(key.group.clone()).or_default().push(key);
            }
        }
        for (group, keys) in groups {
            parent::cut(self, &group, &keys, &mut cuts).await?;
        }
        Ok(cuts)
    }
}

/// The unit in whose name families are published that were too small below: the committee above, or the
/// province.
pub(crate) fn parent_of(province: &Province, unit: UnitId) -> UnitId {
    let above = province.unit(unit).and_then(|unit| unit.parent);
    above.and_then(|unit| province.committee(unit)).map_or(province.root, |unit| unit.id)
}

/// Cuts at the end of a quarter or, where `at_year_end`, of a year, as part of a run. A run that is
/// resumed goes on where it stopped.
///
/// # Errors
/// Where the database is away, another process took the run over, or a box does not open.
pub async fn cut_boxes(
    office: &Office,
    province: &Province,
    run: &Run,
    at_year_end: bool,
) -> Result<Cuts, UsecaseError> {
    Night { office, province, run, is_end: at_year_end }.cut(None).await
}

/// Cuts every box of a survey, as part of the run that ends it.
///
/// # Errors
/// As [`cut_boxes`].
pub async fn cut_survey(
    office: &Office,
    province: &Province,
    run: &Run,
    survey: SurveyId,
) -> Result<Cuts, UsecaseError> {
    Night { office, province, run, is_end: true }.cut(Some(survey)).await
}

/// Cuts the own boxes of units that are over without an heir, as part of any run: nothing comes after.
/// What they cannot split goes up and waits there with the others.
///
/// # Errors
/// As [`cut_boxes`].
pub async fn cut_divided(office: &Office, province: &Province, run: &Run) -> Result<Cuts, UsecaseError> {
    let night = Night { office, province, run, is_end: true };
    let mut cuts = Cuts::default();
    for (key, _) in night.boxes(None).await? {
        if key.family.is_empty() && province.lineage().is_divided(key.group.unit, run.scheduled) {
            own::cut(&night, &key, &mut cuts).await?;
        }
    }
    Ok(cuts)
}

#[cfg(test)]
mod tests;
