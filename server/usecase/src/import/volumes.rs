//! Closed dossiers from a file: each row a deciding unit, who received, a field, a month. Rows that say
//! what is known already are passed over; the others become a batch that counts from one moment on, and
//! what was said before stays in the history.

mod places;
mod row;
#[cfg(test)]
mod tests;

use crate::error::UsecaseError;
use crate::import::Changes;
use crate::office::Office;
use crate::registry::Province;
use crate::table::{Faults, Shape, Table};
use domain::id::UnitId;
use domain::period::Month;
use domain::right::{Actor, Right};
use domain::scope::Scope;
use domain::volume::Volume;
use places::Places;
use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;
use store::volume::ROWS;

/// The columns of a file of volumes.
pub const SHAPE: Shape<'static> = Shape {
    required: &["month", "deciding_unit", "field", "closed"],
    optional: &["receiving_unit", "on_time", "late", "online", "refused"],
    open: false,
};

/// What a file of volumes does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumesImported {
    /// What was, or would be, stored.
    pub changes: Changes,
    /// First and last month.
    pub months: (Month, Month),
    /// Deciding units.
    pub units: usize,
    /// Dossiers in all.
    pub closed: i64,
}

/// How a file is taken.
pub struct VolumesWanted<'a> {
    /// Its name, for the history.
    pub source: &'a str,
    /// Only look what would happen.
    pub dry_run: bool,
    /// Told how many rows are stored, of how many, as it goes on.
    pub progress: &'a mut (dyn FnMut(usize, usize) + Send),
}

/// A row and where it stands.
#[derive(Debug, Clone)]
struct Draft {
    line: u64,
    volume: Volume,
}

/// Takes volumes from a file, all or nothing.
///
/// # Errors
/// Where the actor may not; [`UsecaseError::File`] with everything that is wrong in the file.
pub async fn import_volumes(
    office: &Office,
    actor: &Actor,
    source: impl Read + Send + 'static,
    wanted: VolumesWanted<'_>,
) -> Result<VolumesImported, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    office.refresh().await?;
    let province = office.province(actor.tenant)?;
    let this_month = Month::of(office.today());
    // A large file takes a second of a core; the others must not wait for it.
    let read = tokio::task::spawn_blocking(move || read(source, &province, this_month)).await;
    let (spots, drafts) = read.map_err(|_| UsecaseError::Refused("the file could not be read".into()))??;
    let months = span(&drafts);
    let scope = Scope::of_the_office(actor.tenant);
    let known = office.store.volumes(&scope, months.0, months.1).await?;
    let (changes, put) = compare(&drafts, &known);
    one_way(&drafts, &known, spots)?;
    if !wanted.dry_run && !put.is_empty() {
        append(office, actor, wanted, &put).await?;
    }
    Ok(VolumesImported {
        changes,
        months,
        units: drafts.iter().map(|draft| draft.volume.unit).collect::<std::collections::HashSet<_>>().len(),
        closed: drafts.iter().map(|draft| draft.volume.dossiers.closed).sum(),
    })
}

/// Where columns stand that are named after the whole file was read.
type Spots = (usize, usize);

fn read(
    source: impl Read,
    province: &Arc<Province>,
    this_month: Month,
) -> Result<(Spots, Vec<Draft>), UsecaseError> {
    let mut table = Table::open(source, SHAPE)?;
    let spots = (table.header().spot("receiving_unit").0, table.header().spot("field").0);
    let (mut faults, mut drafts) = (Faults::default(), Vec::new());
    let mut places = Places::new(province, this_month);
    let mut lines: HashMap<Key, u64> = HashMap::new();
    while let Some(row) = table.row(&mut faults) {
        let Some(volume) = row::read(row, &mut places, &mut faults) else { continue };
        if let Some(line) = lines.insert(key(&volume), row.line()) {
            let message = format!("the same month, units and field are already in line {line}");
            faults.cell(row, "field", message);
        }
        drafts.push(Draft { line: row.line(), volume });
    }
    faults.outcome().map(|()| (spots, drafts))
}

type Key = (UnitId, Month, String, Option<UnitId>);

fn key(volume: &Volume) -> Key {
    (volume.unit, volume.month, volume.field.clone(), volume.receiving)
}

fn span(drafts: &[Draft]) -> (Month, Month) {
    let months = drafts.iter().map(|draft| draft.volume.month);
    let first = months.clone().min();
    let last = months.max();
    // A file without rows was refused before.
    first.zip(last).unwrap_or_else(|| {
        let day = crate::office::DEMO_START;
        (Month::of(day), Month::of(day))
    })
}

/// What is new and what is changed, in the order of the key, in which it is stored fastest.
fn compare(drafts: &[Draft], known: &[Volume]) -> (Changes, Vec<Volume>) {
    let known: HashMap<Key, &Volume> = known.iter().map(|volume| (key(volume), volume)).collect();
    let (mut changes, mut put) = (Changes::default(), Vec::new());
    for Draft { volume, .. } in drafts {
        match known.get(&key(volume)) {
            Some(old) if old.dossiers == volume.dossiers => changes.unchanged += 1,
            Some(_) => {
                changes.changed += 1;
                put.push(volume.clone());
            }
            None => {
                changes.new += 1;
                put.push(volume.clone());
            }
        }
    }
    put.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
    (changes, put)
}

/// A unit's field is counted in one way in a month: with who received, or without. Otherwise the same
/// dossiers would count twice.
fn one_way(drafts: &[Draft], known: &[Volume], (column, field): Spots) -> Result<(), UsecaseError> {
    let mut after: HashMap<Key, i64> =
        known.iter().map(|volume| (key(volume), volume.dossiers.closed)).collect();
    after.extend(drafts.iter().map(|draft| (key(&draft.volume), draft.volume.dossiers.closed)));
    let mut parts: std::collections::HashSet<(UnitId, Month, String)> = std::collections::HashSet::new();
    for ((unit, month, field, receiving), closed) in &after {
        if receiving.is_some() && *closed > 0 {
            parts.insert((*unit, *month, field.clone()));
        }
    }
    let mut faults = Faults::default();
    for Draft { line, volume } in drafts {
        let whole = (volume.unit, volume.month, volume.field.clone());
        let total = (volume.unit, volume.month, volume.field.clone(), None);
        if parts.contains(&whole) && after.get(&total).is_some_and(|closed| *closed > 0) {
            let spot = if column > 0 { (column, "receiving_unit") } else { (field, "field") };
            let message = format!(
                "in {} this unit and field have dossiers with and without a receiving unit, which would count \
                 them twice; write 0 for the one that is no longer meant",
                volume.month
            );
            faults.add(*line, spot, message);
        }
    }
    faults.outcome()
}

async fn append(
    office: &Office,
    actor: &Actor,
    wanted: VolumesWanted<'_>,
    put: &[Volume],
) -> Result<(), UsecaseError> {
    let tenant = actor.tenant;
    let batch = office.store.begin_volumes(tenant, (&actor.name, wanted.source), office.now()).await?;
    let mut stored = 0;
    for part in put.chunks(ROWS) {
        if let Err(error) = office.store.add_volumes(tenant, batch, part).await {
            // Nobody has seen any of it; if it cannot be taken back now, the next import does.
            let _ = office.store.discard_volumes(tenant, batch).await;
            return Err(error.into());
        }
        stored += part.len();
        (wanted.progress)(stored, put.len());
    }
    let rows = i64::try_from(put.len()).unwrap_or(i64::MAX);
    office.store.publish_volumes(tenant, batch, rows, office.now()).await?;
    let detail = format!("{}: {rows} cells", wanted.source);
    office.note(tenant, &actor.name, "import-volumes", &detail).await
}
