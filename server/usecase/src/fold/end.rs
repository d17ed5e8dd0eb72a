//! The end of a survey: what never reached k at its own unit is pooled at the nearest unit above
//! where it does; what does not reach k anywhere stays sealed and goes with the retention.

use super::{Groups, Opened};
use crate::registry::Province;
use domain::survey::{Group, Survey};
use time::Date;

/// Whether a survey's end is due: once, 31 days after its last month.
pub(super) fn is_due(survey: &Survey, day: Date) -> bool {
    !survey.ended && survey.ends_on().is_some_and(|end| day >= end)
}

/// What pooling made of the groups that were too small.
#[derive(Debug, Default)]
pub(super) struct Pooled {
    /// Groups at a unit above, of at least k.
    pub full: Groups,
    /// What reached k nowhere, as it was.
    pub rest: Groups,
}

/// Pools by mode, trust, variant and route, one level at a time, from the leaves up.
pub(super) fn pool(province: &Province, small: Groups, k: usize) -> Pooled {
    let mut pooled = Pooled::default();
    let mut climbing = small;
    while !climbing.is_empty() {
        let deepest = climbing.keys().map(|group| depth(province, group)).max().unwrap_or(0);
        let mut next = Groups::new();
        for (group, mut answers) in climbing {
            let at_this_level = depth(province, &group) == deepest;
            match province.unit(group.unit).and_then(|unit| unit.parent) {
                Some(parent) if at_this_level => {
                    next.entry(Group { unit: parent, ..group }).or_default().append(&mut answers);
                }
                None if at_this_level => leave(&mut pooled.rest, answers, &group),
                _ => next.entry(group).or_default().append(&mut answers),
            }
        }
        climbing = Groups::new();
        for (group, answers) in next {
            let rose = answers.iter().any(|a| a.kept.deciding != group.unit);
            if rose && answers.len() >= k {
                pooled.full.insert(group, answers);
            } else {
                climbing.insert(group, answers);
            }
        }
    }
    pooled
}

fn leave(rest: &mut Groups, answers: Vec<Opened>, group: &Group) {
    for answer in answers {
        let own = answer.kept.group(group.survey);
        rest.entry(own).or_default().push(answer);
    }
}

fn depth(province: &Province, group: &Group) -> usize {
    let mut at = province.unit(group.unit);
    let mut steps = 0;
    while let Some(parent) = at.and_then(|unit| unit.parent).filter(|_| steps < 16) {
        at = province.unit(parent);
        steps += 1;
    }
    steps
}
