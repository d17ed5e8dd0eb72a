//! The figures of all units, side by side. No place numbers, no sum over levels of trust.

mod group;
mod parts;

use super::agency::{pick_level, trusts_of};
use super::bands::headline_of;
use super::change::{Before, compared_spans, headline_changes};
use super::population::Population;
use super::read::Wanted;
use super::setting::{Chosen, Question, setting};
use super::table::{Level, PeriodTable, load};
use super::without::lines_of_all;
use crate::error::UsecaseError;
use crate::margin::margin_of;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::map::{CA_MAU, ProvinceMap};
use domain::period::Period;
use domain::reading::{Reading, Withheld};
use domain::report::{Change, Coverage, KindGroup, Order, ProvinceReport, ResponseRate, TrustLine};
use domain::scope::Scope;
use domain::survey::Variant;
use domain::unit::{Unit, UnitKind};
use group::Page;
use parts::{Parts, fields_of};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};
use time::Date;

/// Kinds that are compared, in the order of the page.
pub(super) const KINDS: [UnitKind; 2] = [UnitKind::Commune, UnitKind::Department];

/// The maps that ship with the product.
static MAPS: LazyLock<Vec<Arc<ProvinceMap>>> =
    LazyLock::new(|| ProvinceMap::read(CA_MAU).into_iter().map(Arc::new).collect());

/// How somebody wants to see the units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProvinceView {
    /// Units of one kind only.
    pub kind: Option<UnitKind>,
    /// The order of the rows.
    pub order: Order,
    /// Dossiers of one field only, by its code.
    pub field: Option<String>,
    /// The units of this day; those at the end of the period where it is left open.
    pub as_of: Option<Date>,
}

/// Reads the province page.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope is not the whole province; where survey, period,
/// release or field do not exist; where the database is away.
pub async fn read_province(
    office: &Office,
    province: &Province,
    scope: &Scope,
    question: &Question,
    view: &ProvinceView,
) -> Result<ProvinceReport, UsecaseError> {
    let root = root_of(province, scope)?;
    let chosen = question.choose(office, province, None).await?;
    let number = chosen.release.as_ref().map_or(0, |r| r.number);
    let table = load(office, province, &chosen.survey, chosen.period, number).await?;
    let levels: Vec<Level> = table.cells.keys().cloned().collect();
    let level = pick_level(&levels, question.trust, &table);
    let population = Population::behind(office, province, &chosen).await?;
    let behind = Behind { table: &table, province, level: &level, population: &population };
    let (parts, compared) = beside(office, province, &chosen, (&level, view.field.as_deref())).await?;
    let changes = compared.as_ref().map(|before| changes(before, &level, province)).unwrap_or_default();
    let as_of = view.as_of.unwrap_or_else(|| last_day(chosen.period, office.today()));
    let page = Page {
        table: &table,
        province,
        scope,
        level: &level,
        margin: margin_of(office, province.tenant, &chosen.survey.survey.code).await?,
        parts: parts.as_ref(),
        changes: &changes,
        as_of,
    };
    let kinds = KINDS.into_iter().filter(|k| view.kind.is_none_or(|kind| kind == *k));
    Ok(ProvinceReport {
        setting: setting(office, province, scope, root, &chosen, (level.trust, trusts_of(&levels))).await?,
        told: levels.iter().map(|level| behind.told(level)).collect(),
        coverage: behind.coverage(),
        rates: behind.rates(),
        groups: kinds.map(|kind| page.group(kind, view.order)).filter(has_units).collect(),
        order: view.order,
        kind: view.kind,
        fields: fields_of(office, province, &chosen, view.field.as_deref()).await?,
        field: view.field.clone(),
        as_of,
        began: chosen.period.months().0.first_day().unwrap_or(as_of),
        without: lines_of_all(office, province, (&table, chosen.period, number)).await?,
        then: compared.filter(|_| !changes.is_empty()).map(|before| before.then.span),
        map: MAPS.iter().find(|map| map.province == root.code).cloned(),
    })
}

/// The province's own unit, for whoever may read all of it.
pub(super) fn root_of<'a>(province: &'a Province, scope: &Scope) -> Result<&'a Unit, UsecaseError> {
    let root = province.unit(province.root);
    let root = root.ok_or_else(|| UsecaseError::Damaged("the province's unit".into()))?;
    if scope.covers_the_province() {
        return Ok(root);
    }
    Err(UsecaseError::Unknown { what: "unit", name: root.code.clone() })
}

/// The parts of a field where one was asked for; else the year before. Parts are not compared.
async fn beside(
    office: &Office,
    province: &Province,
    chosen: &Chosen,
    (level, field): (&Level, Option<&str>),
) -> Result<(Option<Parts>, Option<Before>), UsecaseError> {
    if let Some(field) = field {
        return Ok((Some(Parts::read(office, province, chosen, level, field).await?), None));
    }
    let Some(spans) = compared_spans(chosen.period, chosen) else { return Ok((None, None)) };
    Ok((None, Some(Before::read(office, province, chosen, spans).await?)))
}

/// A kind without units on the day of the list is left out, but not where it has figures.
const fn has_units(group: &KindGroup) -> bool {
    !group.units.is_empty() || group.elsewhere > 0
}

/// All units of the page at once, whatever kind it shows, so that a filter changes no word.
fn changes(before: &Before, level: &Level, province: &Province) -> HashMap<UnitId, Change> {
    headline_changes(before, level, province.units())
}

/// The units are those at the end of the period, or of today where it is not over.
pub(super) fn last_day(period: Period, today: Date) -> Date {
    period.months().1.last_day().map_or(today, |last| last.min(today))
}

/// The dossiers behind the figures of the page.
struct Behind<'a> {
    table: &'a PeriodTable,
    province: &'a Province,
    level: &'a Level,
    population: &'a Population,
}

impl Behind<'_> {
    fn told(&self, level: &Level) -> TrustLine {
        let table = self.table;
        let reading = headline_of(table, level)
            .map(|(definition, node)| Wanted { table, level, definition, node }.of_units(|_| true));
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
        let decides = |unit: &&Unit| KINDS.contains(&unit.kind) && self.province.is_about(survey, unit.id);
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
        let (table, level) = (self.table, self.level);
        let (definition, node) = headline_of(table, level)?;
        let has_figure = |id: &UnitId| {
            let kind = self.province.unit(*id).map(|unit| unit.kind);
            let wanted = Wanted { table, level, definition, node };
            kind.is_some_and(|kind| wanted.of_unit(*id, kind).figure().is_some())
        };
        let units: Vec<(UnitId, bool)> = self.units().into_iter().map(|id| (id, has_figure(&id))).collect();
        self.population.coverage(&units)
    }
}
