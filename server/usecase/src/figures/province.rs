//! The figures of all units, side by side. No place numbers, no sum over levels of trust.

use super::agency::{headline, pick_level, trusts_of, whole};
use super::node::{Definition, NodeRef};
use super::population::Population;
use super::read::Wanted;
use super::setting::{Question, name_of, setting};
use super::table::{Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::reading::{Reading, Withheld};
use domain::report::{Coverage, Order, ProvinceReport, ResponseRate, TrustLine, UnitLine};
use domain::scope::Scope;
use domain::survey::Variant;
use domain::unit::{Unit, UnitKind};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Kinds that are compared, in the order of the page.
const KINDS: [UnitKind; 2] = [UnitKind::Commune, UnitKind::Department];

/// Reads the province page.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope is not the whole province; where survey, period or
/// release do not exist; where the database is away.
pub async fn read_province(
    office: &Office,
    province: &Province,
    scope: &Scope,
    question: &Question,
    kind: Option<UnitKind>,
    order: Order,
) -> Result<ProvinceReport, UsecaseError> {
    let root =
        province.unit(province.root).ok_or_else(|| UsecaseError::Damaged("the province's unit".into()))?;
    if !scope.covers_the_province() {
        return Err(UsecaseError::Unknown { what: "unit", name: root.code.clone() });
    }
    let chosen = question.choose(office, province, None).await?;
    let number = chosen.release.as_ref().map_or(0, |r| r.number);
    let table = load(office, province, &chosen.survey, chosen.period, number).await?;
    let levels: Vec<Level> = table.cells.keys().cloned().collect();
    let level = pick_level(&levels, question.trust, &table);
    let when = (chosen.period, chosen.release.as_ref());
    let population = Population::load(office, province, &chosen.survey, when).await?;
    let page = Page { table: &table, province, scope, level: &level, population: &population };
    let kinds = KINDS.into_iter().filter(|k| kind.is_none_or(|kind| kind == *k));
    Ok(ProvinceReport {
        setting: setting(office, province, scope, root, &chosen, (level.trust, trusts_of(&levels))).await?,
        told: levels.iter().map(|level| page.told(level)).collect(),
        coverage: page.coverage(),
        rates: page.rates(),
        groups: kinds.map(|kind| page.group(kind, order)).filter(|(_, lines, _)| !lines.is_empty()).collect(),
        order,
        kind,
    })
}

struct Page<'a> {
    table: &'a PeriodTable,
    province: &'a Province,
    scope: &'a Scope,
    level: &'a Level,
    population: &'a Population,
}

impl Page<'_> {
    fn wanted<'b>(&'b self, level: &'b Level, node: NodeRef) -> Wanted<'b> {
        let definition = if node == NodeRef::Overall { Definition::Pooled } else { headline(self.table) };
        Wanted { table: self.table, level, definition, node }
    }

    fn headline_node(&self, level: &Level) -> Option<NodeRef> {
        if level.variant == Variant::Kiosk {
            Some(NodeRef::Overall)
        } else {
            whole(&self.table.survey.questions)
        }
    }

    fn told(&self, level: &Level) -> TrustLine {
        let node = self.headline_node(level);
        let reading = node.map(|node| self.wanted(level, node).of_units(|_| true));
        TrustLine {
            trust: level.trust,
            mixture: level.mixture.clone(),
            headline: reading.unwrap_or(Reading::Withheld(Withheld::NotAsked)),
            overall_only: level.variant == Variant::Kiosk,
            response: self.population.rate(level, &self.units()),
        }
    }

    /// The units of the survey that decide dossiers.
    fn units(&self) -> Vec<UnitId> {
        let survey = &self.table.survey;
        let decides = |unit: &&Unit| KINDS.contains(&unit.kind) && survey.units.contains(&unit.id);
        self.province.units().filter(decides).map(|unit| unit.id).collect()
    }

    /// The response rate of each unit, where it is known.
    fn rates(&self) -> BTreeMap<String, ResponseRate> {
        let rate = |id| {
            let unit = self.province.unit(id)?;
            Some((unit.code.clone(), self.population.rate(self.level, &[id])?))
        };
        self.units().into_iter().filter_map(rate).collect()
    }

    /// Which part of the dossiers stands behind the figures of the page.
    fn coverage(&self) -> Option<Coverage> {
        let node = self.headline_node(self.level)?;
        let has_figure = |id: &UnitId| {
            let kind = self.province.unit(*id).map(|unit| unit.kind);
            kind.is_some_and(|kind| self.wanted(self.level, node).of_unit(*id, kind).figure().is_some())
        };
        let units: Vec<(UnitId, bool)> = self.units().into_iter().map(|id| (id, has_figure(&id))).collect();
        self.population.coverage(&units)
    }

    /// The units of a kind in an order, and all of them together.
    fn group(&self, kind: UnitKind, order: Order) -> (UnitKind, Vec<UnitLine>, Reading) {
        let survey = &self.table.survey;
        let inside = |unit: &&Unit| unit.kind == kind && survey.units.contains(&unit.id);
        let units: Vec<&Unit> = self.province.units().filter(inside).collect();
        let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
        let mut lines: Vec<UnitLine> = units.iter().map(|unit| self.line(unit)).collect();
        sort(&mut lines, order);
        let together = self.headline_node(self.level).map_or(Reading::Withheld(Withheld::NotAsked), |node| {
            self.wanted(self.level, node).of_units(|id| ids.contains(id))
        });
        (kind, lines, together)
    }

    fn line(&self, unit: &Unit) -> UnitLine {
        let read = |node: Option<NodeRef>| match node {
            Some(node) => self.wanted(self.level, node).of_unit(unit.id, unit.kind),
            None => Reading::Withheld(Withheld::NotAsked),
        };
        UnitLine {
            unit: name_of(unit, self.scope),
            headline: read(self.headline_node(self.level)),
            overall: read(Some(NodeRef::Overall)),
        }
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
