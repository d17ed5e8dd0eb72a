//! Closed dossiers of a year, added up by unit and month: what pages divide answers by. Kept in memory
//! until a new batch is published.

use crate::error::UsecaseError;
use crate::office::Office;
use domain::id::{Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// See the module.
#[derive(Debug, Default)]
pub struct VolumeTable {
    closed: BTreeMap<(UnitId, Month), i64>,
}

impl VolumeTable {
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
        *table.closed.entry((volume.unit, volume.month)).or_default() += volume.dossiers.closed;
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
