//! Alarms: after every release each unit's answers to the overall question are added to a cumulative sum
//! that rises where they speak for a share below the declared target. What a release adds to a unit is
//! at least k people, and published.

use super::super::node::share_of;
use super::super::read::{Floor, Nobody, read};
use super::super::table::Level;
use super::{Bench, aside, seed_of};
use crate::error::UsecaseError;
use crate::fold::unpack;
use crate::registry::RunningSurvey;
use crate::target::target_of;
use domain::id::UnitId;
use domain::reading::{Reading, Withheld};
use domain::report::analysis::{Alarm, Alarms, Simulated, Watch as Told};
use domain::survey::Route;
use domain::tally::BINS;
use stats::alarm::{Shift, Tuning, Watch};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::release::Release;
use store::tally::Increment;

/// The fall that is to be seen soonest, in points.
const FALL: f64 = 10.0;
/// Years of the province that the tuning simulates.
const YEARS: usize = 400;
/// Days of the releases that are looked at.
const DAYS: i64 = 366;
/// A year in days, for the number of releases of one.
const YEAR: f64 = 365.25;

/// What a release added to the overall question of a unit.
type Histogram = [i64; BINS];

/// What was heard of a province.
#[derive(Debug)]
pub(super) struct Heard {
    watch: Option<Told>,
    /// Unit, first release that speaks against it, release of the alarm, the answers of both and those
    /// between.
    alarms: Vec<(UnitId, i64, i64, Histogram)>,
}

impl Bench<'_> {
    /// The alarms of the last year of releases.
    pub(super) async fn alarms(&self) -> Result<Alarms, UsecaseError> {
        let survey = &self.chosen.survey.survey;
        let Some(target) = target_of(self.office, self.province.tenant, &survey.code).await? else {
            return Ok(Alarms::default());
        };
        let heard = self.heard(target).await?;
        let units = heard.alarms.iter().filter_map(|alarm| self.alarm(alarm)).collect();
        Ok(Alarms { watch: heard.watch, units, is_declared: true })
    }

    async fn heard(&self, target: f64) -> Result<Arc<Heard>, UsecaseError> {
        let survey = &self.chosen.survey;
        let thousandths = format!("{:.0}", 1000.0 * target).parse().unwrap_or_default();
        let release = self.release.number;
        let key = (self.province.tenant, survey.survey.id, release, self.level.clone(), thousandths);
        if let Some(known) = self.office.analyses.heard.get(&key) {
            return Ok(known);
        }
        let releases = self.releases();
        let before = releases.first().map_or(release, |first| first.number) - 1;
        let store = &self.office.store;
        let added =
            store.increments_by_release(self.province.tenant, survey.survey.id, (before, release)).await?;
        let (survey, level) = (survey.clone(), self.level.clone());
        let tuning = Tuning { years: YEARS, seed: seed_of(self.release) };
        let heard = aside(move || listen(&survey, &level, &added, &releases, (target, tuning))).await??;
        Ok(self.office.analyses.heard.put(key, heard))
    }

    /// The releases of the last year up to the one shown, oldest first.
    fn releases(&self) -> Vec<Release> {
        let is_so = |release: &&Release| {
            let age = self.release.scheduled - release.scheduled;
            release.number <= self.release.number && age.whole_days() < DAYS
        };
        self.chosen.releases.iter().filter(is_so).rev().cloned().collect()
    }

    fn alarm(&self, (unit, from, at, answers): &(UnitId, i64, i64, Histogram)) -> Option<Alarm> {
        let k = i64::from(self.chosen.survey.survey.k);
        let overall = match share_of(answers) {
            Ok(share) => read(&share, k, Floor::None, None, (0.0, 0.0), self.level, Nobody::Withheld),
            Err(_) => Reading::Withheld(Withheld::TooFew),
        };
        let dated = |number: i64| {
            let release = self.chosen.releases.iter().find(|release| release.number == number)?;
            Some((release.number.unsigned_abs(), release.scheduled))
        };
        Some(Alarm { unit: self.named(*unit)?, from: dated(*from)?, at: dated(*at)?, overall })
    }
}

/// Adds up what was added, in the order of the releases, and watches it.
fn listen(
    survey: &RunningSurvey,
    level: &Level,
    added: &[Increment],
    releases: &[Release],
    (target, tuning): (f64, Tuning),
) -> Result<Heard, UsecaseError> {
    let mut steps: BTreeMap<UnitId, BTreeMap<i64, Histogram>> = BTreeMap::new();
    let is_done = |increment: &&Increment| {
        increment.group.route != Route::NotDone && Level::of(&increment.group) == *level
    };
    for increment in added.iter().filter(is_done) {
        let tally = unpack(&survey.questions, &increment.record)?;
        let step = steps.entry(increment.group.unit).or_default().entry(increment.release).or_default();
        step.iter_mut().zip(tally.overall).for_each(|(sum, more)| *sum += more);
    }
    let shift = Shift { target: target / 100.0, fallen: (target - FALL) / 100.0 };
    let Some((watch, threshold)) = tune(shift, &steps, releases, tuning) else {
        return Ok(Heard { watch: None, alarms: Vec::new() });
    };
    let mut alarms: Vec<(UnitId, i64, i64, Histogram)> =
        steps.iter().flat_map(|(unit, steps)| runs(*unit, steps, shift, threshold)).collect();
    alarms.sort_by_key(|(_, _, at, _)| std::cmp::Reverse(*at));
    Ok(Heard { watch: Some(watch), alarms })
}

/// Satisfied, answered.
fn counts(step: &Histogram) -> (i64, i64) {
    (step[3] + step[4], step[..5].iter().sum())
}

/// The threshold for a province like this one: its units with the answers that a release usually brings
/// them, and as many releases as a year has.
fn tune(
    shift: Shift,
    steps: &BTreeMap<UnitId, BTreeMap<i64, Histogram>>,
    releases: &[Release],
    tuning: Tuning,
) -> Option<(Told, f64)> {
    let grown: BTreeSet<i64> = steps.values().flat_map(BTreeMap::keys).copied().collect();
    let looks = i64::try_from(grown.len()).ok().filter(|looks| *looks > 0)?;
    let answers = |steps: &BTreeMap<i64, Histogram>| {
        let all: i64 = steps.values().map(|step| counts(step).1).sum();
        (all / looks).max(1)
    };
    let days = releases.last()?.scheduled - releases.first()?.scheduled;
    let part = (days.whole_days() as f64 / YEAR).clamp(0.0, 1.0);
    let per_year = if part > 0.0 { (looks as f64 / part).min(YEAR) } else { looks as f64 };
    let releases: usize = format!("{per_year:.0}").parse().ok()?;
    let watch = Watch { shift, answers: steps.values().map(answers).collect(), releases: releases.max(1) };
    let alarm = watch.tune(tuning).ok()?;
    let told = Told {
        target: 100.0 * shift.target,
        fallen: 100.0 * shift.fallen,
        threshold: alarm.threshold,
        false_alarms: alarm.rate,
        units: steps.len(),
        releases: grown.len(),
        simulated: Simulated { draws: tuning.years as u64, seed: tuning.seed },
    };
    Some((told, alarm.threshold))
}

/// The runs of a unit that end in an alarm; the sum begins anew after each.
fn runs(
    unit: UnitId,
    steps: &BTreeMap<i64, Histogram>,
    shift: Shift,
    threshold: f64,
) -> Vec<(UnitId, i64, i64, Histogram)> {
    let mut alarms = Vec::new();
    let (mut sum, mut from, mut answers) = (0.0, None, [0; BINS]);
    for (release, step) in steps {
        let (satisfied, answered) = counts(step);
        sum = shift.step(sum, satisfied, answered).unwrap_or(0.0);
        if sum <= 0.0 {
            (from, answers) = (None, [0; BINS]);
            continue;
        }
        let began = *from.get_or_insert(*release);
        answers.iter_mut().zip(step).for_each(|(all, more)| *all += more);
        if sum > threshold {
            alarms.push((unit, began, *release, answers));
            (sum, from, answers) = (0.0, None, [0; BINS]);
        }
    }
    alarms
}

#[cfg(test)]
mod tests {
    use super::{BINS, Histogram, runs};
    use domain::id::UnitId;
    use stats::alarm::Shift;
    use std::collections::BTreeMap;

    const SHIFT: Shift = Shift { target: 0.9, fallen: 0.8 };

    fn step(satisfied: i64, others: i64) -> Histogram {
        let mut step = [0; BINS];
        (step[4], step[0]) = (satisfied, others);
        step
    }

    fn heard(steps: &[(i64, Histogram)]) -> Vec<(i64, i64, i64)> {
        let steps: BTreeMap<i64, Histogram> = steps.iter().copied().collect();
        let found = runs(UnitId::from_bytes([1; 16]), &steps, SHIFT, 5.0);
        found.iter().map(|(_, from, at, answers)| (*from, *at, answers.iter().sum())).collect()
    }

    #[test]
    fn an_alarm_names_the_answers_since_the_sum_last_stood_at_nothing() {
        let fallen = [(1, step(20, 0)), (2, step(14, 6)), (4, step(13, 7)), (5, step(20, 0))];
        assert_eq!(heard(&fallen), [(2, 4, 40)]);
    }

    #[test]
    fn after_an_alarm_the_sum_begins_anew() {
        let steps: Vec<(i64, Histogram)> = (1..=4).map(|release| (release, step(10, 10))).collect();
        assert_eq!(heard(&steps), [(1, 1, 20), (2, 2, 20), (3, 3, 20), (4, 4, 20)]);
    }

    #[test]
    fn answers_at_the_target_are_no_alarm() {
        let steps: Vec<(i64, Histogram)> = (1..=60).map(|release| (release, step(18, 2))).collect();
        assert!(heard(&steps).is_empty());
    }
}
