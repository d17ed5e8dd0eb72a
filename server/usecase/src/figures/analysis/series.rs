//! A figure through time: months within the limits of a p′ chart, or quarters. A step without a figure
//! stays, with its reason: a gap is no line.

use super::super::bands::headline_of;
use super::super::joined::joined_series;
use super::super::node::{Definition, NodeRef};
use super::super::read::Wanted;
use super::super::table::{PeriodTable, load};
use super::{AnalysisView, Bench};
use crate::error::UsecaseError;
use domain::id::UnitId;
use domain::period::{Month, Period};
use domain::reading::Reading;
use domain::report::Trend;
use domain::report::analysis::{Limits, Series, SeriesOf, SeriesPoint, Step};
use domain::report::joined::JoinedSeries;
use domain::unit::{Unit, UnitKind};
use stats::chart::p_prime;
use std::sync::Arc;

/// Months that are shown.
const MONTHS: i32 = 12;
/// Quarters that are shown.
const QUARTERS: i32 = 8;

/// Whose series it is.
enum Whose<'a> {
    Kind(UnitKind, Vec<UnitId>),
    Unit(&'a Unit),
}

impl Bench<'_> {
    /// The series that was asked for; `None` where the survey has no month with a figure.
    pub(super) async fn series(&self, view: &AnalysisView) -> Result<Option<Series>, UsecaseError> {
        let whose = self.whose(view)?;
        let mut points = Vec::new();
        let mut counts = Vec::new();
        for period in self.steps(view.step) {
            let survey = &self.chosen.survey;
            let table = load(self.office, self.province, survey, period, self.release.number).await?;
            let (reading, count) = self.point(&table, &whose, view.of_index);
            points.push(SeriesPoint { period, reading, limits: None });
            counts.push(count);
        }
        if points.is_empty() {
            return Ok(None);
        }
        let of = match whose {
            Whose::Kind(kind, _) => SeriesOf::Kind(kind),
            Whose::Unit(unit) => SeriesOf::Unit(self.name(unit)),
        };
        let mut series = Series { of, step: view.step, points, centre: None, spread: None };
        if view.step == Step::Month && !view.of_index {
            limit(&mut series, &counts);
        }
        Ok(Some(series))
    }

    /// The series over other versions of the questions, of the same units.
    pub(super) async fn joined(&self, view: &AnalysisView) -> Result<Option<JoinedSeries>, UsecaseError> {
        let whose = self.whose(view)?;
        let is_of = |id: UnitId| match &whose {
            Whose::Kind(_, units) => units.contains(&id),
            Whose::Unit(unit) => unit.id == id,
        };
        let survey = (self.chosen.survey.as_ref(), self.release.number);
        joined_series(self.office, self.province, survey, self.level, &is_of).await
    }

    fn whose(&self, view: &AnalysisView) -> Result<Whose<'_>, UsecaseError> {
        let Some(code) = view.unit.as_deref() else {
            let kind = view.kind.unwrap_or(UnitKind::Commune);
            return Ok(Whose::Kind(kind, self.units(kind).iter().map(|unit| unit.id).collect()));
        };
        if let Ok(kind) = code.parse::<UnitKind>() {
            return Ok(Whose::Kind(kind, self.units(kind).iter().map(|unit| unit.id).collect()));
        }
        let known = self.province.unit_by_code(code, self.as_of).ok();
        let known = known.filter(|unit| self.scope.covers(unit.id));
        known
            .map(Whose::Unit)
            .ok_or_else(|| UsecaseError::Unknown { what: "unit", name: code.chars().take(40).collect() })
    }

    /// From the first month with figures that is shown to the last, without holes.
    fn steps(&self, step: Step) -> Vec<Period> {
        let month = |period: &Period| if let Period::Month(month) = period { Some(*month) } else { None };
        let with: Vec<Month> = self.chosen.periods.iter().filter_map(month).collect();
        let Some((first, last)) = with.iter().min().copied().zip(with.iter().max().copied()) else {
            return Vec::new();
        };
        let (back, by) = match step {
            Step::Month => (MONTHS, 1),
            Step::Quarter => (3 * QUARTERS, 3),
        };
        let mut at = first.max(last.plus(1 - back));
        let mut steps = Vec::new();
        while at <= last {
            steps.push(match step {
                Step::Month => Period::Month(at),
                Step::Quarter => Period::Quarter(at.year(), at.quarter()),
            });
            at = at.plus(by);
        }
        let newest = Period::Quarter(last.year(), last.quarter());
        if step == Step::Quarter && steps.last() != Some(&newest) {
            steps.push(newest);
        }
        steps
    }

    /// The reading of a step, and how many of how many are satisfied where it has a figure.
    fn point(&self, table: &Arc<PeriodTable>, whose: &Whose<'_>, of_index: bool) -> (Reading, (i64, i64)) {
        let headline = headline_of(table, self.level).filter(|_| of_index);
        let (definition, node) = headline.unwrap_or((Definition::Pooled, NodeRef::Overall));
        let wanted = Wanted { table, level: self.level, definition, node };
        let reading = match whose {
            Whose::Kind(_, units) => wanted.of_units(|id| units.contains(id)),
            Whose::Unit(unit) => wanted.of_unit(unit.id, unit.kind),
        };
        let counts = |unit: UnitId| {
            let bins = table.combined(self.level, unit).map(|cell| cell.overall).unwrap_or_default();
            (bins[3] + bins[4], bins[..5].iter().sum::<i64>())
        };
        let add = |sum: (i64, i64), more: (i64, i64)| (sum.0 + more.0, sum.1 + more.1);
        let count = match whose {
            _ if reading.figure().is_none() => (0, 0),
            Whose::Kind(_, units) => units.iter().map(|id| counts(*id)).fold((0, 0), add),
            Whose::Unit(unit) => counts(unit.id),
        };
        (reading, count)
    }
}

/// Gives each month its limits, where the series has any.
fn limit(series: &mut Series, counts: &[(i64, i64)]) {
    let Some(chart) = p_prime(counts) else { return };
    series.centre = Some(100.0 * chart.centre);
    series.spread = Some(chart.inflation);
    for ((point, limits), outside) in series.points.iter_mut().zip(&chart.limits).zip(&chart.outside) {
        let is_below = point.reading.figure().is_some_and(|figure| figure.index < 100.0 * chart.centre);
        point.limits = limits.map(|limits| Limits {
            low: 100.0 * limits.low,
            high: 100.0 * limits.high,
            outside: match (*outside, is_below) {
                (false, _) => Trend::Even,
                (true, false) => Trend::Up,
                (true, true) => Trend::Down,
            },
        });
    }
}
