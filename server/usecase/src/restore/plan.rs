//! What newer releases have counted already. Whatever waited in a group that grew in one of them had moved with it,
//! because a fold moves all that wait: such records of a backup are not put back, or people would count twice.
//!
//! What a file of releases cannot tell is decided for the side of nobody twice: where what waited *may* have moved (its
//! unit was divided, or its survey ended, and a unit above it grew), it is not put back either.

use super::seen::Frame;
use crate::calendar::Night;
use crate::cut::LEAST;
use crate::ledger::GroupLine;
use crate::record::{Kept, KeptText};
use domain::family::BELOW;
use domain::id::{SurveyId, UnitId};
use domain::succession::Lineage;
use domain::survey::Group;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use time::Date;

/// A release that the backup does not know.
#[derive(Debug, Default)]
pub(super) struct Newer {
    /// The day of a fold; imports and decisions move nothing that waits.
    pub fold: Option<Date>,
    /// Groups that grew, and by how many people.
    pub grown: BTreeMap<Group, i64>,
    /// Groups whose own boxes were cut into parts.
    pub cut: BTreeSet<Group>,
    /// Groups whose boxes of families from below were.
    pub cut_below: BTreeSet<Group>,
    /// Units whose texts left the inbox.
    pub texts: BTreeSet<(SurveyId, UnitId)>,
}

/// What is put back of a tenant, and what is not.
#[derive(Default)]
pub(super) struct Plan {
    /// By number.
    pub newer: BTreeMap<i64, Newer>,
    /// A run that the backup holds unfinished and the file whole.
    pub superseded: Option<i64>,
    lineage: Lineage,
    parents: HashMap<UnitId, Option<UnitId>>,
    /// Surveys that the backup does not know as ended: the day of their end, and whether they have ended since.
    running: BTreeMap<SurveyId, (Option<Date>, bool)>,
    boxes: BTreeMap<(Group, String), i64>,
}

impl Plan {
    /// The plan for a tenant: `before` as the backup knows it, `after` as it was when the file was written.
    pub fn new(before: &Frame, after: &Frame, newer: BTreeMap<i64, Newer>) -> Self {
        let running = before.surveys.iter().filter(|(_, survey)| !survey.ended);
        let state = |id: &SurveyId| {
            let now = after.surveys.get(id);
            (now.and_then(|survey| survey.ends_on), now.is_some_and(|survey| survey.ended))
        };
        Self {
            superseded: before.unfinished().filter(|number| newer.contains_key(number)),
            newer,
            lineage: after.lineage(),
            parents: after.parents.clone(),
            running: running.map(|(id, _)| (*id, state(id))).collect(),
            boxes: before.boxes.clone(),
        }
    }

    fn folds(&self) -> impl Iterator<Item = (Date, &Newer)> {
        self.newer.values().filter_map(|newer| Some((newer.fold?, newer)))
    }

    /// Whether a survey has come to its end by a day.
    fn has_ended(&self, survey: SurveyId, on: Date) -> bool {
        self.running.get(&survey).is_some_and(|(end, ended)| *ended || end.is_some_and(|end| end <= on))
    }

    fn above(&self, unit: UnitId) -> Vec<UnitId> {
        let (mut above, mut at) = (Vec::new(), unit);
        while let Some(parent) = self.parents.get(&at).copied().flatten().filter(|_| above.len() < 16) {
            above.push(parent);
            at = parent;
        }
        above
    }

    /// Whether an answer that waits in the backup has been counted since.
    pub fn has_moved(&self, survey: SurveyId, kept: &Kept) -> bool {
        let is_counted = |(day, newer): (Date, &Newer)| {
            let unit = self.lineage.heir(kept.deciding, day);
            let group = |unit| Group { unit, ..kept.group(survey) };
            let was_pooled =
                || self.above(unit).into_iter().any(|unit| newer.grown.contains_key(&group(unit)));
            newer.grown.contains_key(&group(unit))
                || self.has_ended(survey, day)
                || (self.lineage.is_divided(unit, day) && was_pooled())
        };
        kept.import.is_none() && self.folds().any(is_counted)
    }

    /// Whether a text that waits in the backup has been published since.
    pub fn has_moved_text(&self, survey: SurveyId, text: &KeptText) -> bool {
        self.folds().any(|(day, newer)| newer.texts.contains(&(survey, self.lineage.heir(text.unit, day))))
    }

    /// Whether a box has been cut since, so that its people stand in published parts.
    pub fn was_cut(&self, group: &Group, family: &str) -> bool {
        let mut grown = 0;
        self.folds().any(|(day, newer)| {
            let night = Night::of(day);
            let at = |group: &Group| Group { unit: self.lineage.heir(group.unit, day), ..group.clone() };
            let here = at(group);
            if self.has_ended(group.survey, day) || night.year_ends {
                return true;
            }
            if !family.is_empty() {
                return newer.cut_below.contains(&here);
            }
            grown += newer.grown.iter().filter(|(group, _)| at(group) == here).map(|(_, n)| n).sum::<i64>();
            let mine =
                self.boxes.iter().filter(|((group, family), _)| family.is_empty() && at(group) == here);
            let entries = grown + mine.map(|(_, entries)| entries).sum::<i64>();
            newer.cut.contains(&here)
                || self.lineage.is_divided(here.unit, day)
                || (night.quarter_ends && entries >= i64::try_from(LEAST).unwrap_or(i64::MAX))
        })
    }
}

impl Newer {
    /// Notes a cell.
    pub fn take(&mut self, group: Group, dimension: &str, n: i64) {
        if dimension == store::tally::ALL {
            *self.grown.entry(group).or_default() += n;
        } else if dimension.starts_with(BELOW) {
            self.cut_below.insert(group);
        } else {
            self.cut.insert(group);
        }
    }
}

/// A group in the words of a file; `None` where this program does not know one.
pub(super) fn group_of(line: &GroupLine) -> Option<Group> {
    let id = |digits: &str| crate::ledger::unhexed(digits);
    Some(Group {
        survey: SurveyId::from_slice(&id(&line.survey)?).ok()?,
        unit: UnitId::from_slice(&id(&line.unit)?).ok()?,
        mode: line.mode.parse().ok()?,
        trust: line.trust.parse().ok()?,
        variant: line.variant.parse().ok()?,
        route: line.route.parse().ok()?,
    })
}
