//! The fields of a unit: published parts of its cuts, and the dossiers behind each (statistics.md 4,
//! "Strata for weighting").

use super::super::breakdown::wanted;
use super::super::part_name::name_of_part;
use super::super::parts::{Part, level_of, shape_of_parts};
use super::super::setting::Chosen;
use super::super::table::{Combined, PeriodTable};
use super::Year;
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::RunningSurvey;
use domain::family::{BLANK, Family, NOT_ASKED, POOLED, dimension};
use domain::report::PartName;
use domain::scope::Scope;
use domain::survey::Route;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::part::PartsWanted;

/// Answers of a field and the dossiers behind them.
pub(super) struct FieldCell {
    pub name: PartName,
    pub combined: Combined,
    /// Dossiers of the unit.
    pub dossiers: i64,
    /// Dossiers of all units of the kind.
    pub of_kind: i64,
}

/// See the module.
pub(super) struct Fields {
    /// The survey as parts see it.
    pub shape: Arc<RunningSurvey>,
    /// Fields with a part of their own, most dossiers first, then what is pooled.
    pub cells: Vec<FieldCell>,
    /// Fields with dossiers and without a part of their own.
    pub unnamed: Vec<PartName>,
    /// Dossiers of the unit, of all fields.
    pub dossiers: i64,
    /// Dossiers of all units of the kind, of all fields.
    pub of_kind: i64,
}

impl Fields {
    /// The people of all fields together.
    pub fn people(&self) -> i64 {
        self.cells.iter().filter_map(|cell| cell.combined.whole()).map(|tally| tally.n).sum()
    }

    pub fn table(&self, year: &Year<'_>) -> Result<PeriodTable, UsecaseError> {
        let nobody: [Result<_, UsecaseError>; 0] = [];
        PeriodTable::of(&self.shape, year.province, nobody)
    }
}

/// Reads the parts and joins them with the volumes.
pub(super) async fn read(office: &Office, year: &Year<'_>, chosen: &Chosen) -> Result<Fields, UsecaseError> {
    let mut parts = read_parts(office, year, chosen).await?;
    let own = year.population.fields(year.unit.id);
    let kind = fields_of_kind(year);
    let in_kind = |field: &str| kind.get(field).copied().unwrap_or(0);
    let instrument = &chosen.survey.questions.instrument;
    let name = |field: &str| name_of_part(Family::Field, field, instrument, year.province);
    let mut pooled = parts.remove(POOLED).unwrap_or_default().combined;
    let (mut cells, mut named) = (Vec::new(), BTreeSet::new());
    for (band, part) in parts {
        let dossiers = own.get(band.as_str()).copied().unwrap_or(0);
        if dossiers > 0 {
            let (name, of_kind) = (name(&band), in_kind(&band));
            cells.push(FieldCell { name, combined: part.combined, dossiers, of_kind });
            named.insert(band);
        } else {
            // Answers about what the unit closed nothing of stand with what is too small for a name.
            pooled.merge(part.combined);
        }
    }
    cells.sort_by_key(|cell| Reverse(cell.dossiers));
    let rest = || own.iter().filter(|(field, closed)| **closed > 0 && !named.contains(**field));
    if pooled.whole().is_some() {
        let (dossiers, of_kind) =
            (rest().map(|(_, n)| n).sum(), rest().map(|(field, _)| in_kind(field)).sum());
        cells.push(FieldCell { name: PartName::Pooled, combined: pooled, dossiers, of_kind });
    }
    Ok(Fields {
        shape: shape_of_parts(&chosen.survey),
        cells,
        unnamed: rest().map(|(field, _)| name(field)).collect(),
        dossiers: own.values().sum(),
        of_kind: kind.values().sum(),
    })
}

/// The parts of the unit by field. People whose field nobody knows are in none, and people who still
/// wait stand apart.
async fn read_parts(
    office: &Office,
    year: &Year<'_>,
    chosen: &Chosen,
) -> Result<BTreeMap<String, Part>, UsecaseError> {
    let family = dimension(Family::Field, false);
    let wanted = PartsWanted { unit: Some(year.unit.id), ..wanted(chosen, Some(&family)) };
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for found in office.store.parts(&Scope::of_the_office(year.province.tenant), wanted).await? {
        let known = found.band != BLANK && found.band != NOT_ASKED;
        if known && found.group.route != Route::NotDone && level_of(&found) == *year.level {
            parts.entry(found.band.clone()).or_default().add(&chosen.survey, &found)?;
        }
    }
    Ok(parts)
}

fn fields_of_kind<'a>(year: &Year<'a>) -> BTreeMap<&'a str, i64> {
    let mut all: BTreeMap<&str, i64> = BTreeMap::new();
    for unit in year.province.units().filter(|unit| unit.kind == year.unit.kind) {
        for (field, closed) in year.population.fields(unit.id) {
            *all.entry(field).or_default() += closed;
        }
    }
    all
}
