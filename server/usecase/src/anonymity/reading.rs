//! From published increments to boxes, and how the people of each were divided.

use super::division::{Division, Whole};
use super::feasible::{coarsen, strip};
use crate::cut::{BELOW, parent_of};
use crate::error::UsecaseError;
use crate::registry::{Province, RunningSurvey};
use domain::id::UnitId;
use domain::survey::Group;
use domain::tally::Tally;
use std::collections::BTreeMap;
use store::tally::{ALL, Increment};
use time::Date;

/// Families of one cut: dimension, then name and tally of each part.
type Families = BTreeMap<String, Vec<(String, Tally)>>;

/// The parts of one cut of one group.
struct Cut {
    release: i64,
    months: (i64, i64),
    families: Families,
}

/// What is published of a group.
#[derive(Default)]
struct Published {
    /// Release, month, tally.
    steps: Vec<(i64, i64, Tally)>,
    /// Of the unit's own boxes, by release.
    own: BTreeMap<i64, Cut>,
    /// Of its boxes as a parent, by release.
    below: BTreeMap<i64, Cut>,
}

/// Everything that is published of a survey, and the units as they were on the day of each release.
struct Boxes<'a> {
    province: &'a Province,
    groups: BTreeMap<Group, Published>,
    days: &'a BTreeMap<i64, Date>,
}

/// Every box of a survey of which parts were published.
pub(super) fn wholes(
    province: &Province,
    survey: &RunningSurvey,
    increments: Vec<Increment>,
    days: &BTreeMap<i64, Date>,
) -> Result<Vec<Whole>, UsecaseError> {
    let mut groups: BTreeMap<Group, Published> = BTreeMap::new();
    for increment in increments {
        groups.entry(increment.group.clone()).or_default().take(survey, increment)?;
    }
    let boxes = Boxes { province, groups, days };
    let mut wholes = Vec::new();
    for (group, published) in &boxes.groups {
        let unit = province.unit(group.unit).map_or("?", |unit| unit.code.as_str());
        let name =
            |release| format!("{unit}, {} {} {}, release {release}", group.mode, group.trust, group.route);
        for (release, cut) in &published.own {
            let mut divisions = vec![boxes.steps(group, cut)];
            divisions.extend(cut.divisions());
            wholes.push(Whole { name: name(*release), divisions });
        }
        for (release, cut) in &published.below {
            let mut divisions = cut.divisions();
            divisions.extend(boxes.divisions_below(group, cut));
            wholes.push(Whole { name: format!("below {}", name(*release)), divisions });
        }
    }
    Ok(wholes)
}

impl Boxes<'_> {
    /// Whose box the entries of a unit were in at a release: after a whole succession, its heir's.
    fn holder(&self, unit: UnitId, release: i64) -> UnitId {
        self.days.get(&release).map_or(unit, |day| self.province.lineage().heir(unit, *day))
    }

    /// The steps that filled a box: of its unit and of those that went into it whole, after the cut
    /// before, and of its months.
    fn steps(&self, group: &Group, cut: &Cut) -> Division {
        let mut sets = Vec::new();
        for (source, published) in self.groups.iter().filter(|(source, _)| is_like(source, group)) {
            if self.holder(source.unit, cut.release) != group.unit {
                continue;
            }
            let before = self.cut_before(source, cut.release);
            let inside = |(release, month, _): &&(i64, i64, Tally)| {
                before < *release && *release <= cut.release && (cut.months.0..=cut.months.1).contains(month)
            };
            let name = |release| match self.province.unit(source.unit) {
                Some(unit) if source.unit != group.unit => format!("of {} in release {release}", unit.code),
                _ => format!("of release {release}"),
            };
            let steps = published.steps.iter().filter(inside);
            sets.extend(steps.map(|(release, _, tally)| (name(*release), tally.clone())));
        }
        Division { name: "steps".into(), is_below: false, sets }
    }

    /// The last cut before a release of a box that a group's entries were in.
    fn cut_before(&self, source: &Group, release: i64) -> i64 {
        let alike = self.groups.iter().filter(|(group, _)| is_like(group, source));
        let cuts = alike.flat_map(|(group, published)| {
            let before = published.own.range(..release).map(|(before, _)| *before);
            before.filter(|before| self.holder(source.unit, *before) == group.unit)
        });
        cuts.max().unwrap_or(0)
    }
}

/// Whether two groups differ by their unit alone.
fn is_like(one: &Group, other: &Group) -> bool {
    (one.survey, &one.mode, one.trust, one.variant, one.route)
        == (other.survey, &other.mode, other.trust, other.variant, other.route)
}

impl Published {
    fn take(&mut self, survey: &RunningSurvey, increment: Increment) -> Result<(), UsecaseError> {
        let damaged = || UsecaseError::Damaged("a tally".into());
        let (base, part) = (&survey.questions.base, &survey.questions.part);
        if increment.dimension == ALL {
            let tally = crate::fold::unpack(&survey.questions, &increment.record)?;
            let tally = coarsen(&tally, base, part).ok_or_else(damaged)?;
            self.steps.push((increment.release, increment.months.0, tally));
            return Ok(());
        }
        let tally = strip(Tally::unpack(part, &increment.record).map_err(|_| damaged())?);
        let cuts = if increment.dimension.starts_with(BELOW) { &mut self.below } else { &mut self.own };
        let (release, months) = (increment.release, increment.months);
        let cut = cuts.entry(release).or_insert_with(|| Cut { release, months, families: Families::new() });
        cut.months = (cut.months.0.min(months.0), cut.months.1.max(months.1));
        cut.families.entry(increment.dimension).or_default().push((increment.band, tally));
        Ok(())
    }
}

impl Cut {
    fn divisions(&self) -> Vec<Division> {
        let families = self.families.iter();
        let division = |(name, sets): (&String, &Vec<(String, Tally)>)| Division {
            name: name.clone(),
            is_below: false,
            sets: sets.clone(),
        };
        families.map(division).collect()
    }
}

impl Boxes<'_> {
    /// How the people of a parent's boxes were divided below: by box, and by each family of the boxes below.
    fn divisions_below(&self, parent: &Group, cut: &Cut) -> Vec<Division> {
        let (province, groups) = (self.province, &self.groups);
        let is_below = |group: &Group| {
            is_like(group, parent) && self.holder(parent_of(province, group.unit), cut.release) == parent.unit
        };
        let mut boxes = Vec::new();
        let mut families: BTreeMap<&String, Vec<(String, Tally)>> = BTreeMap::new();
        for (group, published) in groups.iter().filter(|(group, _)| is_below(group)) {
            let unit = province.unit(group.unit).map_or("?", |unit| unit.code.as_str());
            for (release, below) in published.own.range(..=cut.release) {
                let Some(first) = below.families.values().next() else { continue };
                let mut all = Tally::default();
                for (_, tally) in first {
                    all += tally;
                }
                boxes.push((format!("{unit} of release {release}"), all));
                for (family, parts) in &below.families {
                    let parts = parts.iter().map(|(band, tally)| (format!("{unit} {band}"), tally.clone()));
                    families.entry(family).or_default().extend(parts);
                }
            }
        }
        let division = |name: String, sets| Division { name, is_below: true, sets };
        let mut divisions = vec![division("boxes below".into(), boxes)];
        divisions.extend(families.into_iter().map(|(name, sets)| division(format!("{name} below"), sets)));
        divisions
    }
}
