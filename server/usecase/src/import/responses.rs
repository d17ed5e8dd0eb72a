//! Existing answers from a file: groups of their own, folded at once (privacy-security.md, "From an
//! answer to a figure", 12).

mod map;
mod plan;
#[cfg(test)]
mod tests;

use crate::error::UsecaseError;
use crate::fold::fold_import;
use crate::keys::hexadecimal;
use crate::objection::Objection;
use crate::office::Office;
use crate::record::Kept;
use crate::registry::{Province, RunningSurvey};
use crate::table::{Faults, Table};
use domain::id::{ImportId, Tenant, UnitId};
use domain::period::Month;
use domain::survey::{Mode, Trust};
use map::Map;
pub use map::{MOST_MIXTURE, MapFault, Unfit};
use plan::Plan;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;
use store::import::ImportFile;

/// A file of existing answers that was read without a fault.
#[derive(Debug, Clone)]
pub struct ImportBatch {
    /// Id of the file, which all its answers carry.
    pub id: ImportId,
    /// Its name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub hash: String,
    /// The survey that it belongs to.
    pub survey: Arc<RunningSurvey>,
    /// Its answers, one a line.
    pub rows: Vec<Kept>,
}

/// Answers of a unit that stay sealed, because fewer than k share their group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedUnit {
    /// The unit's code.
    pub code: String,
    /// The unit's name.
    pub name: String,
    /// Its sealed answers.
    pub answers: usize,
}

/// What became of a file of existing answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// The file's name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// Answers in the file.
    pub rows: usize,
    /// Groups that were, or would be, folded.
    pub groups: usize,
    /// Answers in them.
    pub moved: usize,
    /// Answers that stay sealed.
    pub withheld: usize,
    /// The same by unit, in the official order.
    pub sealed: Vec<SealedUnit>,
    /// The release that holds the figures; none in a dry run or where every group is too small.
    pub release: Option<i64>,
}

/// Takes existing answers from a file and folds them.
///
/// # Errors
/// [`UsecaseError::File`] with everything that is wrong in the file, [`UsecaseError::Refused`] where the
/// map does not fit or the same bytes were imported before; nothing is stored then.
pub async fn import_responses(
    office: &Office,
    tenant: Tenant,
    csv: impl Read,
    map: &str,
    file_name: &str,
    dry_run: bool,
) -> Result<ImportReport, UsecaseError> {
    office.refresh().await?;
    let province = office.province(tenant)?;
    let batch = read_responses(office, &province, csv, map, file_name)?;
    let survey = batch.survey.clone();
    if office.store.knows_import(tenant, survey.survey.id, &batch.hash).await? {
        return Err(Objection::SameBytes(survey.survey.code.clone()).into());
    }
    let mut report = expect(&province, &batch);
    if dry_run {
        return Ok(report);
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let file = ImportFile {
        id: batch.id,
        survey: survey.survey.id,
        name: batch.name,
        hash: batch.hash,
        rows: count(report.rows),
        withheld: count(report.withheld),
    };
    let folded = fold_import(office, &province, &survey, batch.rows, &file).await?;
    (report.release, report.groups) = (folded.release, folded.groups);
    (report.moved, report.withheld) = (folded.moved, folded.withheld);
    office.refresh().await?;
    Ok(report)
}

/// Reads a file of existing answers under its map and stores nothing.
///
/// # Errors
/// As [`import_responses`].
pub fn read_responses(
    office: &Office,
    province: &Province,
    csv: impl Read,
    map: &str,
    file_name: &str,
) -> Result<ImportBatch, UsecaseError> {
    let map = Map::read(map)?;
    let survey = province.survey(&map.survey).cloned();
    let survey = survey.ok_or_else(|| UsecaseError::Unknown { what: "survey", name: map.survey.clone() })?;
    map.inspect(&survey)?;
    let mut source = Hashing { inner: csv, hash: Sha256::new() };
    let mut table = Table::open(&mut source, map::shape(&map.columns()))?;
    let id = ImportId::from_bytes(office.chance.bytes());
    let mut plan = Plan::new(&map, province, &survey, id, table.header())?;
    let (mut faults, mut rows) = (Faults::default(), Vec::new());
    while let Some(row) = table.row(&mut faults) {
        rows.extend(plan.read(row, &mut faults));
    }
    faults.outcome()?;
    drop(table);
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.chars().filter(|c| !c.is_control()).take(200).collect();
    Ok(ImportBatch { id, name, hash: hexadecimal(&source.hash.finalize()), survey, rows })
}

/// What the fold will do: every group of k or more moves.
fn expect(province: &Province, batch: &ImportBatch) -> ImportReport {
    let mut groups: BTreeMap<(UnitId, &Mode, Trust, Option<Month>), usize> = BTreeMap::new();
    for row in &batch.rows {
        *groups.entry((row.deciding, &row.mode, row.trust, row.month)).or_default() += 1;
    }
    let k = usize::try_from(batch.survey.survey.k).unwrap_or(usize::MAX);
    let mut short: BTreeMap<UnitId, usize> = BTreeMap::new();
    for ((unit, ..), answers) in groups.iter().filter(|(_, answers)| **answers < k) {
        *short.entry(*unit).or_default() += answers;
    }
    let sealed = province.units().filter_map(|unit| {
        let answers = *short.get(&unit.id)?;
        Some(SealedUnit { code: unit.code.clone(), name: unit.name.vi.clone(), answers })
    });
    let withheld = short.values().sum();
    ImportReport {
        name: batch.name.clone(),
        hash: batch.hash.clone(),
        rows: batch.rows.len(),
        groups: groups.values().filter(|answers| **answers >= k).count(),
        moved: batch.rows.len() - withheld,
        withheld,
        sealed: sealed.collect(),
        release: None,
    }
}

/// Hashes what is read through it.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(&into[..read]);
        Ok(read)
    }
}
