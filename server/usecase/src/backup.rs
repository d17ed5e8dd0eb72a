//! A backup: every table as it was at one moment, while answers go on arriving. The key file is not in it: whoever
//! steals a backup opens nothing, and whoever loses the key cannot open what waits. It lies apart.

use crate::archive::{ArchiveWriter, Header, create, unusable};
use crate::error::UsecaseError;
use crate::office::{Office, write_day};
use domain::id::Tenant;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use store::Store;
use store::archive::{Cell, TABLES, Table};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// Rows of all tables.
    pub rows: u64,
    /// By tenant, its newest release; 0 where there is none.
    pub releases: Vec<(Tenant, i64)>,
}

/// Writes a backup to a new file.
///
/// # Errors
/// [`CopyFault`](crate::objection::CopyFault) where there is a file of this name or it cannot be written, and where the
/// database is away; no file is left then.
pub async fn back_up(office: &Office, path: &Path) -> Result<BackedUp, UsecaseError> {
    let file = create(path)?;
    let written = write(office, path, file).await;
    if written.is_err() {
        // Whatever is in it is not a backup.
        let _ = std::fs::remove_file(path);
    }
    let backed_up = written?;
    // What a fold took away meanwhile had to stay for this reader's sake.
    office.store.forget_the_deleted().await?;
    for (tenant, release) in &backed_up.releases {
        let detail = format!("{} rows, release {release}", backed_up.rows);
        office.note(*tenant, "cli", "backup", &detail).await?;
    }
    Ok(backed_up)
}

async fn write(office: &Office, path: &Path, file: File) -> Result<BackedUp, UsecaseError> {
    let name = path.display().to_string();
    let failed = |error| unusable(&name, &error);
    let header = Header::new(Store::version(), office.keys.fingerprint(), write_day(office.today()));
    let mut writer = ArchiveWriter::begin(BufWriter::new(file), &header).map_err(failed)?;
    let mut snapshot = office.store.snapshot().await?;
    let mut releases = std::collections::BTreeMap::new();
    for table in TABLES {
        writer.table(table).map_err(failed)?;
        let take = |row: Vec<Cell>| {
            note(&mut releases, table, &row);
            if is_kept(table, &row) { writer.row(&row).map_err(failed) } else { Ok(()) }
        };
        snapshot.each_row::<UsecaseError>(table, take).await?;
    }
    let (out, rows) = writer.finish().map_err(failed)?;
    out.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        // So that the name survives a power cut too; not every system syncs folders.
        let _ = folder.sync_all();
    }
    let tag = |(tenant, release): (String, i64)| Some((tenant.parse().ok()?, release));
    Ok(BackedUp { rows, releases: releases.into_iter().filter_map(tag).collect() })
}

/// A setup link must not come back to life.
fn is_kept(table: &Table, row: &[Cell]) -> bool {
    table.name != "setting" || row.get(1) != Some(&Cell::Text("setup".into()))
}

/// Notes the tenants, and the newest published release of each.
fn note(releases: &mut std::collections::BTreeMap<String, i64>, table: &Table, row: &[Cell]) {
    let Some(Cell::Text(tenant)) = row.first() else { return };
    if table.name == "tenant" {
        releases.insert(tenant.clone(), 0);
    }
    let published = table.position("published_at").and_then(|at| row.get(at));
    if let (Some(Cell::Int(release)), Some(Cell::Int(_))) = (row.get(1), published)
        && table.name == "release"
    {
        releases.insert(tenant.clone(), *release);
    }
}
