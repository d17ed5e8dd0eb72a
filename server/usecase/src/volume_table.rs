//! Closed dossiers of a year, added up by unit and month, and apart by unit and field: what pages divide
//! answers by. Kept in memory until a new batch is published.

use crate::error::UsecaseError;
use crate::office::Office;
use domain::id::{Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use domain::volume::Volume;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// See the module.
#[derive(Debug, Default)]
pub struct VolumeTable {
    closed: BTreeMap<(UnitId, Month), i64>,
    fields: BTreeMap<UnitId, BTreeMap<String, BTreeMap<Month, i64>>>,
    dated: BTreeMap<(UnitId, Month), Dated>,
}

/// Dossiers of which somebody counted whether they were late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dated {
    /// The late ones.
    pub late: i64,
    /// All of them.
    pub all: i64,
}

impl VolumeTable {
    fn add(&mut self, volume: Volume) {
        let (unit, month, dossiers) = (volume.unit, volume.month, volume.dossiers);
        *self.closed.entry((unit, month)).or_default() += dossiers.closed;
        if let Some(late) = dossiers.late {
            let dated = self.dated.entry((unit, month)).or_default();
            dated.late += late;
            dated.all += dossiers.on_time.map_or(dossiers.closed, |on_time| on_time + late);
        }
        let fields = self.fields.entry(unit).or_default();
        *fields.entry(volume.field).or_default().entry(month).or_default() += dossiers.closed;
    }

    /// Closed dossiers of a unit by field, in some months.
    #[must_use]
    pub fn fields(&self, unit: UnitId, months: &[Month]) -> BTreeMap<&str, i64> {
        let within = |counts: &BTreeMap<Month, i64>| {
            counts.iter().filter(|(month, _)| months.contains(month)).map(|(_, closed)| closed).sum()
        };
        let fields = self.fields.get(&unit).into_iter().flatten();
        fields.map(|(field, counts)| (field.as_str(), within(counts))).collect()
    }

    /// How many dossiers of a unit were late, in some months.
    #[must_use]
    pub fn dated(&self, unit: UnitId, months: &[Month]) -> Dated {
        let found = months.iter().filter_map(|month| self.dated.get(&(unit, *month)));
        found.fold(Dated::default(), |sum, one| Dated { late: sum.late + one.late, all: sum.all + one.all })
    }

    /// Closed dossiers of a unit in a month; `None` where nothing is known.
    #[must_use]
    pub fn closed(&self, unit: UnitId, month: Month) -> Option<i64> {
        self.closed.get(&(unit, month)).copied()
    }

    /// The months of which a unit's dossiers are known, with their number.
    pub fn months_of(&self, unit: UnitId) -> impl Iterator<Item = (Month, i64)> {
        self.closed
            .iter()
            .filter(move |((of, _), _)| *of == unit)
            .map(|((_, month), closed)| (*month, *closed))
    }

    /// The units of which anything is known.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self.closed.keys().map(|(unit, _)| *unit).collect();
        units.dedup();
        units
    }

    /// The last month of which anything is known.
    #[must_use]
    pub fn last_month(&self) -> Option<Month> {
        self.closed.keys().map(|(_, month)| *month).max()
    }
}

type Key = (Tenant, i32, i64);

/// Tables that were read before.
#[derive(Debug, Default)]
pub struct VolumeCache(Mutex<Vec<(Key, Arc<VolumeTable>)>>);

/// Years kept at once.
const KEPT: usize = 8;

/// The table of a year. It holds every unit; whoever reads single ones from it asks the scope first.
///
/// # Errors
/// Where the database is away or a row is corrupt.
pub async fn load_volumes(
    office: &Office,
    tenant: Tenant,
    year: i32,
) -> Result<Arc<VolumeTable>, UsecaseError> {
    let (Some(from), Some(to)) = (Month::new(year, 1), Month::new(year, 12)) else {
        return Ok(Arc::default());
    };
    let key = (tenant, year, office.store.volumes_head(tenant).await?);
    let kept = |cache: &VolumeCache| {
        let tables = cache.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.iter().find(|(known, _)| *known == key).map(|(_, table)| table.clone())
    };
    if let Some(table) = kept(&office.volumes) {
        return Ok(table);
    }
    let mut table = VolumeTable::default();
    for volume in office.store.volumes(&Scope::of_the_office(tenant), from, to).await? {
        table.add(volume);
    }
    let table = Arc::new(table);
    let mut tables = office.volumes.0.lock().unwrap_or_else(PoisonError::into_inner);
    tables.retain(|((of, in_year, _), _)| (*of, *in_year) != (tenant, year));
    if tables.len() >= KEPT {
        tables.remove(0);
    }
    tables.push((key, table.clone()));
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::volume::Dossiers;

    fn volume(field: &str, month: u8, closed: i64, late: Option<i64>) -> Volume {
        let dossiers =
            Dossiers { closed, late, on_time: late.map(|late| closed - late), ..Dossiers::default() };
        let month = Month::new(2026, month).unwrap();
        Volume { month, unit: UnitId::from_bytes([7; 16]), receiving: None, field: field.into(), dossiers }
    }

    #[test]
    fn fields_and_lateness_are_of_the_months_that_were_asked_for() {
        let mut table = VolumeTable::default();
        table.add(volume("land", 1, 100, Some(9)));
        table.add(volume("land", 2, 40, None));
        table.add(volume("civil", 2, 60, Some(3)));
        table.add(volume("land", 3, 1_000, Some(500)));
        let months = [1, 2].map(|month| Month::new(2026, month).unwrap());
        let unit = UnitId::from_bytes([7; 16]);
        assert_eq!(table.fields(unit, &months), BTreeMap::from([("civil", 60), ("land", 140)]));
        assert_eq!(table.dated(unit, &months), Dated { late: 12, all: 160 }, "40 were never looked at");
        assert_eq!(table.closed(unit, months[1]), Some(100));
        assert!(table.fields(UnitId::from_bytes([8; 16]), &months).is_empty());
    }
}
