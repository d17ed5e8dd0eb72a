//! What a page of figures shows: which survey, period, level and release; and what else it could.

use super::tenure::months_of_the_ended;
use crate::calendar;
use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::objection::Objection;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::UnitId;
use domain::period::{Month, Period};
use domain::report::{ReleaseStamp, Setting, UnitName};
use domain::scope::Scope;
use domain::survey::Trust;
use domain::unit::Unit;
use std::sync::Arc;
use store::release::Release;
use time::Date;

/// What somebody asks of a page of figures; everything may be left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Code of the survey.
    pub survey: Option<String>,
    /// Period, as URLs write it.
    pub period: Option<String>,
    /// Level of trust.
    pub trust: Option<Trust>,
    /// Release.
    pub release: Option<i64>,
    /// What was handed in at the unit, instead of what it decided.
    pub receiving: bool,
}

/// The choice that was made.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub survey: Arc<RunningSurvey>,
    pub release: Option<Release>,
    pub releases: Vec<Release>,
    pub period: Period,
    pub periods: Vec<Period>,
}

/// Hexadecimal digits of a release's hash that pages print.
const HEAD: usize = 12;

impl Question {
    /// Chooses survey, release and period for a unit: by default the newest survey with pages that is
    /// about it, the newest release, the latest finished quarter with a figure, else the year to date.
    pub(crate) async fn choose(
        &self,
        office: &Office,
        province: &Province,
        about: Option<UnitId>,
    ) -> Result<Chosen, UsecaseError> {
        let survey = self.survey_of(province, about)?;
        let releases = office.store.releases(province.tenant).await?;
        let release = match self.release {
            None => releases.first().cloned(),
            Some(number) => Some(
                releases
                    .iter()
                    .find(|r| r.number == number)
                    .cloned()
                    .ok_or_else(|| UsecaseError::Unknown { what: "release", name: number.to_string() })?,
            ),
        };
        let number = release.as_ref().map_or(0, |r| r.number);
        let months = office.store.months_with_figures(province.tenant, survey.survey.id, number).await?;
        let months: Vec<Month> = months.into_iter().filter_map(Month::from_number).collect();
        let this_month = Month::of(office.today());
        let periods = periods_of(&months, this_month);
        let period = if let Some(text) = &self.period {
            Period::parse(text, this_month).map_err(Objection::from)?
        } else {
            // A page about a unit that has ended opens where its figures are.
            let own = months_of_the_ended(office, province, (&survey, about), number).await?;
            default_period(own.as_deref().unwrap_or(&months), this_month)
        };
        Ok(Chosen { survey, release, releases, period, periods })
    }

    fn survey_of(
        &self,
        province: &Province,
        about: Option<UnitId>,
    ) -> Result<Arc<RunningSurvey>, UsecaseError> {
        if let Some(code) = &self.survey {
            return province.survey(code).cloned().ok_or_else(|| UsecaseError::Unknown {
                what: "survey",
                name: code.chars().take(40).collect(),
            });
        }
        let fits = |s: &&Arc<RunningSurvey>| about.is_none_or(|unit| province.is_about(s, unit));
        let asked = |s: &&Arc<RunningSurvey>| s.questions.instrument.is_asked_of_users();
        let all = province.surveys().iter();
        let found = all
            .clone()
            .filter(fits)
            .find(asked)
            .or_else(|| all.clone().find(fits))
            .or_else(|| all.clone().next());
        found.cloned().ok_or(UsecaseError::Unknown { what: "survey", name: String::new() })
    }
}

/// Newest first: twelve months, then years, quarters, months that have figures.
fn periods_of(months: &[Month], this_month: Month) -> Vec<Period> {
    let mut periods = Vec::new();
    if months.is_empty() {
        return periods;
    }
    periods.push(Period::Twelve(this_month));
    let mut push = |period: Period| {
        if !periods.contains(&period) {
            periods.push(period);
        }
    };
    months.iter().rev().for_each(|m| push(Period::Year(m.year())));
    months.iter().rev().for_each(|m| push(Period::Quarter(m.year(), m.quarter())));
    months.iter().rev().take(24).for_each(|m| push(Period::Month(*m)));
    periods
}

fn default_period(months: &[Month], this_month: Month) -> Period {
    let finished = |m: &&Month| Period::Quarter(m.year(), m.quarter()).months().1 < this_month;
    match months.iter().rev().find(finished) {
        Some(month) => Period::Quarter(month.year(), month.quarter()),
        None => Period::Year(months.last().map_or(this_month, |m| *m).year()),
    }
}

/// A unit as pages name it.
pub(crate) fn name_of(unit: &Unit, scope: &Scope) -> UnitName {
    UnitName {
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
        may_open: scope.covers(unit.id),
    }
}

/// The same, with the code under which its page is found today.
pub(super) fn named(province: &Province, unit: &Unit, scope: &Scope, today: Date) -> UnitName {
    UnitName { code: province.named(unit, today), ..name_of(unit, scope) }
}

pub(crate) fn stamp(release: &Release) -> ReleaseStamp {
    ReleaseStamp {
        number: release.number.unsigned_abs(),
        dated: release.scheduled,
        head: release.hash.get(..HEAD).map_or_else(|| hexadecimal(&[]), str::to_owned),
    }
}

/// From the province down to the unit's parent. The chain ends where parents turn in a circle.
fn above(province: &Province, scope: &Scope, unit: &Unit) -> Vec<UnitName> {
    let mut chain: Vec<&Unit> = Vec::new();
    let mut at = unit.parent;
    while let Some(parent) = at.and_then(|id| province.unit(id)).filter(|parent| !chain.contains(parent)) {
        chain.push(parent);
        at = parent.parent;
    }
    chain.iter().rev().map(|unit| name_of(unit, scope)).collect()
}

/// Names, dates and choices of a page about a unit.
pub(crate) async fn setting(
    office: &Office,
    province: &Province,
    scope: &Scope,
    unit: &Unit,
    chosen: &Chosen,
    (trust, trusts): (Trust, Vec<Trust>),
) -> Result<Setting, UsecaseError> {
    let survey = &chosen.survey.survey;
    let root =
        province.unit(province.root).ok_or_else(|| UsecaseError::Damaged("the province's unit".into()))?;
    let inside = province.subtree(unit.id);
    let waiting = office.store.waiting(province.tenant).await?;
    let waiting: i64 =
        waiting.iter().filter(|w| w.survey == survey.id && inside.contains(&w.unit)).map(|w| w.tens).sum();
    let latest = chosen.releases.first().map(|r| r.number);
    Ok(Setting {
        unit: named(province, unit, scope, office.today()),
        above: above(province, scope, unit),
        province: root.name.clone(),
        province_code: root.code.clone(),
        survey: survey.code.clone(),
        survey_name: survey.name.clone(),
        surveys: province.surveys().iter().map(|s| (s.survey.code.clone(), s.survey.name.clone())).collect(),
        demo: office.is_demo(),
        k: survey.k,
        definition: survey.definition.clone(),
        period: chosen.period,
        periods: chosen.periods.clone(),
        trust,
        trusts,
        release: chosen.release.as_ref().map(stamp),
        releases: chosen.releases.iter().take(60).map(stamp).collect(),
        is_latest: chosen.release.as_ref().map(|r| r.number) == latest,
        waiting: (waiting > 0).then_some(waiting.unsigned_abs()),
        next_run: calendar::next_after(office.today()),
        this_month: Month::of(office.today()),
    })
}
