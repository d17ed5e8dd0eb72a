//! Units of one kind: their rows, their bands, and all of them together.

use super::super::bands::{band_units, headline_of, is_compared};
use super::super::node::{Definition, NodeRef};
use super::super::read::Wanted;
use super::super::setting::name_of;
use super::super::table::{Level, PeriodTable};
use super::parts::Parts;
use crate::registry::Province;
use domain::id::UnitId;
use domain::reading::{Reading, Withheld};
use domain::report::{Band, Change, KindGroup, Order, UnitLine};
use domain::scope::Scope;
use domain::unit::{Unit, UnitKind};
use std::cmp::Ordering;
use std::collections::HashMap;
use time::Date;

pub(super) struct Page<'a> {
    pub table: &'a PeriodTable,
    pub province: &'a Province,
    pub scope: &'a Scope,
    pub level: &'a Level,
    /// In points.
    pub margin: f64,
    /// The parts of one field, where the page is about one.
    pub parts: Option<&'a Parts>,
    pub changes: &'a HashMap<UnitId, Change>,
    pub as_of: Date,
}

impl Page<'_> {
    pub(super) fn group(&self, kind: UnitKind, order: Order) -> KindGroup {
        let survey = &self.table.survey;
        let asked = |unit: &&Unit| unit.kind == kind && self.province.is_about(survey, unit.id);
        let (units, others): (Vec<&Unit>, Vec<&Unit>) =
            self.province.units().filter(asked).partition(|unit| unit.is_valid_on(self.as_of));
        let mut lines: Vec<(UnitId, UnitLine)> =
            units.iter().map(|unit| (unit.id, self.line(unit, kind))).collect();
        let banding = self.band(kind, &mut lines);
        let mut lines: Vec<UnitLine> = lines.into_iter().map(|(_, line)| line).collect();
        sort(&mut lines, order);
        let has_figures = |unit: &&Unit| self.table.combined(self.level, unit.id).is_some();
        KindGroup {
            kind,
            units: lines,
            together: self.together(&units),
            banding,
            elsewhere: others.into_iter().filter(has_figures).count(),
        }
    }

    fn wanted(&self) -> Option<Wanted<'_>> {
        let (definition, node) = headline_of(self.table, self.level)?;
        Some(Wanted { table: self.table, level: self.level, definition, node })
    }

    /// All units of the kind as one figure.
    fn together(&self, units: &[&Unit]) -> Reading {
        let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
        match (self.parts, self.wanted()) {
            (Some(parts), _) => parts.together(&ids),
            (None, Some(wanted)) => wanted.of_units(|id| ids.contains(id)),
            (None, None) => Reading::Withheld(Withheld::NotAsked),
        }
    }

    fn line(&self, unit: &Unit, kind: UnitKind) -> UnitLine {
        let not_asked = Reading::Withheld(Withheld::NotAsked);
        let (headline, overall) = if let Some(parts) = self.parts {
            (parts.headline(unit.id, kind), parts.overall(unit.id))
        } else {
            let headline = self.wanted().map(|wanted| wanted.of_unit(unit.id, kind));
            let overall = Wanted {
                table: self.table,
                level: self.level,
                definition: Definition::Pooled,
                node: NodeRef::Overall,
            };
            (headline.unwrap_or(not_asked), overall.of_unit(unit.id, kind))
        };
        UnitLine {
            unit: name_of(unit, self.scope),
            headline,
            overall,
            band: None,
            change: self.changes.get(&unit.id).copied(),
        }
    }

    /// Gives each unit that is compared its band. Parts of a breakdown have none: their families are
    /// looked at one after the other, and nobody would know over how many to judge.
    fn band(&self, kind: UnitKind, lines: &mut [(UnitId, UnitLine)]) -> Option<domain::report::Banding> {
        let wanted = self.wanted().filter(|_| self.parts.is_none())?;
        let compared: Vec<UnitId> =
            lines.iter().filter(|(_, line)| is_compared(&line.headline)).map(|(id, _)| *id).collect();
        let (bands, banding): (HashMap<UnitId, Band>, _) = band_units(&wanted, kind, &compared, self.margin)?;
        for (id, line) in lines {
            line.band = bands.get(id).copied();
        }
        Some(banding)
    }
}

/// Withheld figures stand last, in the official order.
fn sort(lines: &mut [UnitLine], order: Order) {
    let index = |line: &UnitLine| line.headline.figure().map(|figure| figure.index);
    match order {
        Order::Official => {}
        Order::ByName => lines.sort_by(|a, b| a.unit.name.vi.cmp(&b.unit.name.vi)),
        Order::ByIndex => lines.sort_by(|a, b| match (index(a), index(b)) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }),
    }
}
