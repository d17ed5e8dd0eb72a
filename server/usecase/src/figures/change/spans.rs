//! The months that are compared, and their figures over every survey with the same questions.

use super::super::bands::side_of;
use super::super::joined::same_questions;
use super::super::node::{self, Definition, NodeRef};
use super::super::read::{Floor, Nobody, Wanted, read};
use super::super::setting::Chosen;
use super::super::table::{Combined, Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::period::{Month, Period};
use domain::reading::{Caveat, Reading, Withheld};
use domain::report::Span;
use domain::unit::UnitKind;
use stats::comparison::Side;
use std::sync::Arc;

/// The figures of some months: tables of different people, each of them a stratum of every unit.
pub(in super::super) struct Spanned {
    pub span: Span,
    tables: Vec<Arc<PeriodTable>>,
}

/// Two spans, a year apart.
pub(in super::super) struct Before {
    pub now: Spanned,
    pub then: Spanned,
}

/// The months of a period that have figures so far, and the same months a year before. `None` where
/// the period has none.
pub(in super::super) fn compared_spans(period: Period, chosen: &Chosen) -> Option<(Span, Span)> {
    let is_month = |of: &Period| if let Period::Month(month) = of { Some(*month) } else { None };
    // They stand in the list newest first.
    let newest = chosen.periods.iter().find_map(is_month)?;
    let (first, end) = period.months();
    let last = end.min(newest);
    if last < first {
        return None;
    }
    if last == end {
        return Some((Span::Whole(period), Span::Whole(year_before(period))));
    }
    Some((Span::Months(first, last), Span::Months(first.plus(-12), last.plus(-12))))
}

const fn year_before(period: Period) -> Period {
    match period {
        Period::Month(month) => Period::Month(month.plus(-12)),
        Period::Quarter(year, quarter) => Period::Quarter(year - 1, quarter),
        Period::Year(year) => Period::Year(year - 1),
        Period::Twelve(last) => Period::Twelve(last.plus(-12)),
    }
}

fn months_of(span: Span) -> (Month, Month) {
    match span {
        Span::Whole(period) => period.months(),
        Span::Months(first, last) => (first, last),
    }
}

impl Before {
    /// Reads both spans.
    pub(in super::super) async fn read(
        office: &Office,
        province: &Province,
        chosen: &Chosen,
        (now, then): (Span, Span),
    ) -> Result<Self, UsecaseError> {
        Ok(Self {
            now: Spanned::read(office, province, chosen, now).await?,
            then: Spanned::read(office, province, chosen, then).await?,
        })
    }
}

impl Spanned {
    async fn read(
        office: &Office,
        province: &Province,
        chosen: &Chosen,
        span: Span,
    ) -> Result<Self, UsecaseError> {
        let release = chosen.release.as_ref().map_or(0, |release| release.number);
        let (first, last) = months_of(span);
        let pieces = match span {
            Span::Whole(period) => vec![period],
            Span::Months(..) => Period::between(first, last),
        };
        let mut tables = Vec::new();
        for survey in same_questions(province, &chosen.survey) {
            if survey.survey.from > last || survey.survey.to < first {
                continue;
            }
            for piece in &pieces {
                tables.push(load(office, province, survey, *piece, release).await?);
            }
        }
        tables.retain(|table| !table.cells.is_empty());
        Ok(Self { span, tables })
    }

    /// A table of the span, to know its questions.
    pub(in super::super) fn table(&self) -> Option<&PeriodTable> {
        self.tables.first().map(AsRef::as_ref)
    }

    fn combined(&self, level: &Level, unit: UnitId) -> Vec<&Combined> {
        self.tables.iter().filter_map(|table| table.combined(level, unit)).collect()
    }

    /// The floor of the peers; of several tables the highest.
    fn floor(&self, level: &Level, (definition, node): (Definition, NodeRef), kind: UnitKind) -> Option<f64> {
        let floors = self.tables.iter().filter_map(|table| table.floor(kind, level, definition, node));
        floors.reduce(f64::max)
    }

    /// The reading of a node of one unit.
    pub(in super::super) fn reading(
        &self,
        level: &Level,
        (definition, node): (Definition, NodeRef),
        (unit, kind): (UnitId, UnitKind),
    ) -> Reading {
        if let [table] = self.tables.as_slice() {
            return Wanted { table, level, definition, node }.of_unit(unit, kind);
        }
        let cells = self.combined(level, unit);
        let withheld = Reading::Withheld;
        let Some(table) = self.table().filter(|_| !cells.is_empty()) else {
            return withheld(Withheld::TooFew);
        };
        let questions = &table.survey.questions;
        let Ok(estimate) = node::estimate(questions, &cells, definition, node) else {
            return withheld(Withheld::TooFew);
        };
        let k = i64::from(table.survey.survey.k);
        if let (Definition::Composite, NodeRef::Node(at)) = (definition, node)
            && node::smallest_factor(questions, &cells, at).is_some_and(|n| n < k)
        {
            return withheld(Withheld::FactorTooFew);
        }
        let floor = Floor::Peers(self.floor(level, (definition, node), kind));
        read(&estimate, k, floor, None, node::gaps(questions, &cells, node), level, Nobody::Withheld)
    }

    /// The side that a node of one unit makes in a comparison; `None` where its reading is withheld
    /// or only indicative.
    pub(in super::super) fn side(
        &self,
        level: &Level,
        (definition, node): (Definition, NodeRef),
        (unit, kind): (UnitId, UnitKind),
    ) -> Option<Side> {
        let reading = self.reading(level, (definition, node), (unit, kind));
        let table = self.table().filter(|_| is_sure(&reading))?;
        let floor = self.floor(level, (definition, node), kind);
        side_of(&Wanted { table, level, definition, node }, &self.combined(level, unit), floor)
    }
}

fn is_sure(reading: &Reading) -> bool {
    reading.figure().is_some_and(|figure| !figure.caveats.contains(&Caveat::Indicative))
}
