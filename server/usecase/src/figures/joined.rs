//! Which surveys may stand beside each other, and the series that joins versions over the items that
//! they declare equal. Everything that reads more than one survey asks here.

use super::node;
use super::read::{Floor, Nobody, read};
use super::table::{Combined, Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::UnitId;
use domain::instrument::{Kinship, kinship};
use domain::period::{Month, Period};
use domain::reading::{Reading, Withheld};
use domain::report::joined::{JoinedPoint, JoinedSeries};
use domain::tally::layout::base_items;
use domain::tally::{BINS, Tally};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The surveys of a province that belong to one of them, and how. Never one of another population.
pub(super) fn kin<'a>(
    province: &'a Province,
    survey: &'a RunningSurvey,
) -> impl Iterator<Item = (&'a Arc<RunningSurvey>, Kinship)> {
    let own = &survey.questions.instrument;
    let all = province.surveys().iter();
    let kinships = all.map(move |other| (other, kinship(own, &other.questions.instrument)));
    kinships.filter(|(_, kinship)| *kinship != Kinship::None)
}

/// The surveys whose answers may stand in one figure with those of another: the same version of the
/// same questions, under the same definition.
pub(super) fn same_questions<'a>(
    province: &'a Province,
    survey: &'a RunningSurvey,
) -> impl Iterator<Item = &'a Arc<RunningSurvey>> {
    let same = kin(province, survey).filter(|(_, kinship)| *kinship == Kinship::Same);
    same.map(|(other, _)| other).filter(|other| other.survey.definition == survey.survey.definition)
}

/// A survey of a joined series, and where the joined items stand in its tallies.
struct Member<'a> {
    survey: &'a Arc<RunningSurvey>,
    places: Vec<usize>,
}

/// The surveys of a series and its items by own code; `None` where no other version belongs to it. All
/// points are made of the same items, so an item counts only if every version declares it.
fn members<'a>(province: &'a Province, survey: &'a RunningSurvey) -> Option<(Vec<String>, Vec<Member<'a>>)> {
    let own = &survey.questions.instrument;
    let mut common: BTreeSet<&str> = base_items(own).map(|item| item.code.as_str()).collect();
    let kin: Vec<(&Arc<RunningSurvey>, Kinship)> = kin(province, survey).collect();
    let mut is_joined = false;
    for (other, kinship) in &kin {
        if let Kinship::Declared(pairs) = kinship {
            is_joined = true;
            let known = pairs.iter().filter(|(_, theirs)| other.questions.base.item(theirs).is_some());
            let declared: BTreeSet<&str> = known.map(|(own, _)| own.as_str()).collect();
            common.retain(|code| declared.contains(code));
        }
    }
    if !is_joined || common.is_empty() {
        return None;
    }
    // In the order of the form.
    let items: Vec<String> =
        base_items(own).map(|item| item.code.clone()).filter(|code| common.contains(code.as_str())).collect();
    let members = kin.into_iter().filter_map(|(survey, kinship)| {
        let theirs = |code: &String| match &kinship {
            Kinship::Declared(pairs) => {
                pairs.iter().find(|(own, _)| own == code).map(|(_, theirs)| theirs.clone())
            }
            _ => Some(code.clone()),
        };
        let places = items.iter().map(|code| survey.questions.base.item(&theirs(code)?));
        Some(Member { survey, places: places.collect::<Option<_>>()? })
    });
    Some((items.clone(), members.collect()))
}

/// The joined series of some units at a level; `None` where no other version belongs to the survey, or
/// fewer than two of its years have answers there.
pub(super) async fn joined_series(
    office: &Office,
    province: &Province,
    (survey, release): (&RunningSurvey, i64),
    level: &Level,
    units: &(dyn Fn(UnitId) -> bool + Sync),
) -> Result<Option<JoinedSeries>, UsecaseError> {
    let Some((items, members)) = members(province, survey) else { return Ok(None) };
    let mut points = Vec::new();
    for member in members {
        let of = &member.survey.survey;
        let months = office.store.months_with_figures(province.tenant, of.id, release).await?;
        let years: BTreeSet<i32> =
            months.into_iter().filter_map(Month::from_number).map(Month::year).collect();
        for year in years {
            let period = Period::Year(year);
            let table = load(office, province, member.survey, period, release).await?;
            let cells: Vec<&Combined> =
                table.units(level).filter(|(id, _, _)| units(*id)).map(|(_, _, cell)| cell).collect();
            if cells.is_empty() {
                continue;
            }
            points.push(JoinedPoint {
                period,
                survey: of.name.clone(),
                questions: (member.survey.questions.instrument.title.clone(), of.instrument_version),
                reading: reading(&table, level, &cells, &member.places),
            });
        }
    }
    points.sort_by_key(|point| point.period.months());
    let own = &survey.questions.instrument;
    let named = base_items(own).filter(|item| items.contains(&item.code));
    let items = named.map(|item| (item.code.clone(), item.label.as_ref().unwrap_or(&item.text).clone()));
    Ok((points.len() > 1).then(|| JoinedSeries {
        items: items.collect(),
        of: base_items(own).count(),
        points,
    }))
}

/// The share of 4-5 among the answers to some items. How many people answered at least one of them is in
/// no sum; at least as many did as answered the item with the most answers, and so many are counted.
fn reading(table: &PeriodTable, level: &Level, cells: &[&Combined], items: &[usize]) -> Reading {
    let tallies: Vec<&Tally> = cells.iter().filter_map(|cell| cell.whole()).collect();
    let most = |tally: &&Tally| {
        let answered = |item: &usize| tally.listed.get(*item).map_or(0, |bins| bins[..5].iter().sum());
        items.iter().map(answered).max().unwrap_or(0)
    };
    let counted: Vec<(&Tally, i64)> = tallies.iter().map(|tally| (*tally, most(tally))).collect();
    let counted: Vec<(&Tally, i64)> = counted.into_iter().filter(|(_, n)| *n > 0).collect();
    let strata: Vec<stats::Stratum<'_>> = counted
        .iter()
        .map(|(tally, n)| stats::Stratum { n: *n, sums: &tally.sums, products: &tally.products })
        .collect();
    let answering: Vec<i64> = counted.iter().map(|(_, n)| *n).collect();
    let estimate = stats::share::pooled(&strata, items, &answering).map(stats::Estimate::without_lonely);
    let Ok(estimate) = estimate else { return Reading::Withheld(Withheld::TooFew) };
    let listed = |item: usize| {
        let bins = tallies.iter().filter_map(move |tally| tally.listed.get(item));
        bins.fold([0_i64; BINS], |mut sum, more| {
            sum.iter_mut().zip(more).for_each(|(to, from)| *to += from);
            sum
        })
    };
    let gaps = node::gap_shares(items.iter().map(|item| listed(*item)));
    let k = i64::from(table.survey.survey.k);
    read(&estimate, k, Floor::None, None, gaps, level, Nobody::Withheld)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::instrument::import_instrument;
    use crate::import::tests::{Desk, tenant};
    use crate::open_survey::{NewSurvey, open_survey};
    use crate::registry::QuestionSet;
    use domain::instrument::{BUILT_IN, HOUSEHOLD, Instrument};
    use domain::survey::Variant;
    use domain::tally::{Answer, Layout, Row};

    async fn open(desk: &Desk, instrument: &str, months: [&str; 2]) {
        let [from, to] = months.map(|month| month.parse().unwrap());
        let new = NewSurvey {
            code: instrument.into(),
            name: instrument.into(),
            instrument: instrument.into(),
            version: None,
            variant: Variant::Full,
            from,
            to,
            units: Some(desk.province().units().take(1).map(|unit| unit.code.clone()).collect()),
            k: 10,
            definition: None,
        };
        open_survey(&desk.office, tenant(), new).await.unwrap();
    }

    #[tokio::test]
    async fn versions_are_joined_over_declared_items_and_users_never_with_residents() {
        let desk = Desk::ca_mau().await;
        for file in BUILT_IN {
            import_instrument(&desk.office, tenant(), file.as_bytes(), false).await.unwrap();
        }
        let unit_since = desk.province().units().next().unwrap().valid_from.year();
        open(&desk, "household", ["2026-10", "2026-12"]).await;
        open(&desk, "one-stop", ["2026-10", "2026-12"]).await;
        let province = desk.province();
        let household = province.survey("household").unwrap();
        assert!(
            members(&province, household).is_none(),
            "alone, it is joined with nothing since {unit_since}"
        );
        for survey in province.surveys() {
            for (other, _) in kin(&province, survey) {
                let population = |of: &RunningSurvey| of.questions.instrument.population;
                assert_eq!(population(other), population(survey));
            }
        }
    }

    /// A set whose 23 items of policies have one share and whose 16 of services have others.
    fn pooled(shares: &[(&str, i64)]) -> f64 {
        const PEOPLE: i64 = 10_000;
        let set = QuestionSet::new(Instrument::read(HOUSEHOLD).unwrap());
        let layout: &Layout = &set.base;
        let share = |code: &str| shares.iter().find(|(of, _)| code.starts_with(of)).unwrap().1;
        let mut tally = Tally::empty(layout);
        for person in 0..PEOPLE {
            let answer = |code: &String| Answer::Level(if person < share(code) { 5 } else { 2 });
            let items: Vec<Answer> = layout.items.iter().map(answer).collect();
            tally.count(layout, &Row::new(layout, Answer::NotAsked, &items, vec![None; layout.facts.len()]));
        }
        let atoms: Vec<usize> = (0..layout.items.len()).collect();
        let stratum = stats::Stratum { n: PEOPLE, sums: &tally.sums, products: &tally.products };
        100.0 * stats::share::pooled(&[stratum], &atoms, &[PEOPLE]).unwrap().est
    }

    #[test]
    fn the_published_results_of_2023_and_2024_follow_from_pooling_over_items() {
        let of_2024 = pooled(&[("P", 8_384), ("S", 8_409)]);
        assert!((of_2024 - 83.94).abs() < 0.005, "{of_2024}");
        let of_2023 = pooled(&[
            ("P", 8_249),
            ("SA", 8_300),
            ("SB", 8_312),
            ("SC", 8_302),
            ("SD", 8_303),
            ("SE", 8_227),
        ]);
        assert!((of_2023 - 82.66).abs() < 0.005, "{of_2023}");
    }
}
