//! Closed dossiers from a file: each row a deciding unit, who received, a field, a month. Rows that say
//! what is known already are passed over; the others become a batch that counts from one moment on, and
//! what was said before stays in the history.

mod places;
mod row;
#[cfg(test)]
mod tests;

use crate::error::{FileFault, UsecaseError};
use crate::import::Changes;
use crate::objection::Objection;
use crate::office::Office;
use crate::registry::Province;
use crate::table::{Faults, Shape, Table};
use domain::id::UnitId;
use domain::period::Month;
use domain::right::{Actor, Right};
use domain::scope::Scope;
use domain::volume::{Volume, VolumeFault};
use places::Places;
use std::collections::{HashMap, HashSet};
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

/// A fault of a file, and what kind of fault it is where it is one of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeFileFault {
    /// Where, and in words.
    pub fault: FileFault,
    /// The same as a value.
    pub kind: Option<VolumeFault>,
}

/// Faults of cells by line and column.
type Typed = HashMap<(u64, &'static str), VolumeFault>;

/// What a file would do, or everything that is wrong in it.
pub type Looked = Result<VolumesImported, Vec<VolumeFileFault>>;

/// A file that was read and compared with what is stored.
struct Prepared {
    done: VolumesImported,
    put: Vec<Volume>,
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
    let file =
        |faults: Vec<VolumeFileFault>| UsecaseError::File(faults.into_iter().map(|f| f.fault).collect());
    let Prepared { done, put } = prepare(office, actor, source).await?.map_err(file)?;
    if !wanted.dry_run && !put.is_empty() {
        let detail = format!("{}: {} cells", wanted.source, put.len());
        append(office, actor, wanted, &put).await?;
        office.note(actor.tenant, &actor.name, "import-volumes", &detail).await?;
    }
    Ok(done)
}

/// Looks what a file would do; faults of cells can be told in any language.
///
/// # Errors
/// Where the actor may not, or the database is away.
pub async fn look_at_volumes(
    office: &Office,
    actor: &Actor,
    source: impl Read + Send + 'static,
) -> Result<Looked, UsecaseError> {
    Ok(prepare(office, actor, source).await?.map(|prepared| prepared.done))
}

async fn prepare(
    office: &Office,
    actor: &Actor,
    source: impl Read + Send + 'static,
) -> Result<Result<Prepared, Vec<VolumeFileFault>>, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    office.refresh().await?;
    let province = office.province(actor.tenant)?;
    let this_month = Month::of(office.today());
    // A large file takes a second of a core; the others must not wait for it.
    let read = tokio::task::spawn_blocking(move || read(source, &province, this_month)).await;
    let (typed, read) = read.map_err(|error| Objection::FileUnreadable(error.to_string()))?;
    let (spots, drafts) = match told(typed, read)? {
        Ok(read) => read,
        Err(faults) => return Ok(Err(faults)),
    };
    let months = span(&drafts);
    let known = office.store.volumes(&Scope::of_the_office(actor.tenant), months.0, months.1).await?;
    let (typed, checked) = one_way(&drafts, &known, spots);
    if let Err(faults) = told(typed, checked)? {
        return Ok(Err(faults));
    }
    let (changes, put) = compare(&drafts, &known);
    let done = VolumesImported {
        changes,
        months,
        units: drafts.iter().map(|draft| draft.volume.unit).collect::<HashSet<_>>().len(),
        closed: drafts.iter().map(|draft| draft.volume.dossiers.closed).sum(),
    };
    Ok(Ok(Prepared { done, put }))
}

/// The faults of a file apart from what else can go wrong.
fn told<T>(
    mut typed: Typed,
    result: Result<T, UsecaseError>,
) -> Result<Result<T, Vec<VolumeFileFault>>, UsecaseError> {
    let faults = match result {
        Ok(fine) => return Ok(Ok(fine)),
        Err(UsecaseError::File(faults)) => faults,
        Err(other) => return Err(other),
    };
    let columns = SHAPE.required.iter().chain(SHAPE.optional);
    let column = |name: &str| columns.clone().find(|column| **column == name).copied();
    let kind = |fault: &FileFault| Some((fault.line, column(&fault.name)?));
    let faults = faults.into_iter().map(|fault| {
        let kind = kind(&fault).and_then(|key| typed.remove(&key));
        VolumeFileFault { fault, kind }
    });
    Ok(Err(faults.collect()))
}

/// Where columns stand that are named after the whole file was read.
type Spots = (usize, usize);

fn read(
    source: impl Read,
    province: &Arc<Province>,
    this_month: Month,
) -> (Typed, Result<(Spots, Vec<Draft>), UsecaseError>) {
    let mut typed = Typed::new();
    let read = read_rows(source, Places::new(province, this_month), &mut typed);
    (typed, read)
}

fn read_rows(
    source: impl Read,
    mut places: Places,
    typed: &mut Typed,
) -> Result<(Spots, Vec<Draft>), UsecaseError> {
    let mut table = Table::open(source, SHAPE)?;
    let spots = (table.header().spot("receiving_unit").0, table.header().spot("field").0);
    let (mut faults, mut drafts) = (Faults::default(), Vec::new());
    let mut lines: HashMap<Key, u64> = HashMap::new();
    while let Some(row) = table.row(&mut faults) {
        let Some(volume) = row::read(row, &mut places, &mut faults, typed) else { continue };
        if let Some(line) = lines.insert(key(&volume), row.line()) {
            let fault = VolumeFault::Twice(line);
            faults.cell(row, "field", fault.to_string());
            typed.insert((row.line(), "field"), fault);
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
    put.sort_by_cached_key(key);
    (changes, put)
}

/// A unit's field is counted in one way in a month: with who received, or without. Otherwise the same
/// dossiers would count twice.
fn one_way(drafts: &[Draft], known: &[Volume], (column, field): Spots) -> (Typed, Result<(), UsecaseError>) {
    let mut after: HashMap<Key, i64> =
        known.iter().map(|volume| (key(volume), volume.dossiers.closed)).collect();
    after.extend(drafts.iter().map(|draft| (key(&draft.volume), draft.volume.dossiers.closed)));
    let parts = after.iter().filter(|((.., receiving), closed)| receiving.is_some() && **closed > 0);
    let parts: HashSet<(UnitId, Month, &str)> =
        parts.map(|((unit, month, field, _), _)| (*unit, *month, field.as_str())).collect();
    let (mut faults, mut typed) = (Faults::default(), Typed::new());
    for Draft { line, volume } in drafts {
        let whole = (volume.unit, volume.month, volume.field.clone(), None);
        let has_parts = parts.contains(&(volume.unit, volume.month, volume.field.as_str()));
        if has_parts && after.get(&whole).is_some_and(|closed| *closed > 0) {
            let spot = if column > 0 { (column, "receiving_unit") } else { (field, "field") };
            let fault = VolumeFault::TwoWays(volume.month);
            faults.add(*line, spot, fault.to_string());
            typed.insert((*line, spot.1), fault);
        }
    }
    (typed, faults.outcome())
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
    Ok(office.store.publish_volumes(tenant, batch, rows, office.now()).await?)
}
