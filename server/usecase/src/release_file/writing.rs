//! Writing the file.

use super::{End, FORMAT, Head, Line, ReleaseLine, TableRow};
use crate::archive::unusable;
use crate::error::UsecaseError;
use crate::fold::cells_of;
use crate::keys::hexadecimal;
use crate::ledger::DecisionLine;
use crate::office::{Office, write_day};
use crate::registry::Province;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use store::archive::{Cell, Snapshot, Table, table};
use store::release::Release;

/// What the figures of a release speak of; a restore may know less of it than the releases do.
pub(crate) const FRAME: [&str; 9] = [
    "setting",
    "unit",
    "field",
    "procedure",
    "instrument",
    "survey",
    "survey_unit",
    "touchpoint",
    "succession",
];
/// What runs wrote beside figures, by release or to be looked up.
pub(crate) const BESIDE: [&str; 2] = ["comment", "import_file"];

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// How many releases.
    pub releases: usize,
    /// The hash of the last.
    pub head: String,
}

/// A file in the making.
struct Lines<'a> {
    out: &'a mut (dyn Write + Send),
    hasher: Sha256,
}

impl Lines<'_> {
    fn put(&mut self, line: &Line) -> Result<(), UsecaseError> {
        let failed = |error: std::io::Error| unusable("the output", &error);
        let mut text = serde_json::to_string(line).map_err(|error| failed(std::io::Error::other(error)))?;
        text.push('\n');
        self.hasher.update(text.as_bytes());
        self.out.write_all(text.as_bytes()).map_err(failed)
    }
}

/// Writes the releases from a number on.
///
/// # Errors
/// [`UsecaseError::Unknown`] where there is no such release; where the database is away or the output refuses.
pub async fn write_releases(
    office: &Office,
    province: &Province,
    (from, exact): (i64, bool),
    out: &mut (dyn Write + Send),
) -> Result<Written, UsecaseError> {
    let mut releases = office.store.releases(province.tenant).await?;
    releases.reverse();
    let last = releases.last().map_or(0, |release| release.number);
    if from < 1 || from > last + 1 {
        return Err(UsecaseError::Unknown { what: "release", name: from.to_string() });
    }
    let hash = |number| releases.iter().find(|one| one.number == number).map(|one| one.hash.clone());
    let before = hash(from - 1).unwrap_or_default();
    let mut lines = Lines { out, hasher: Sha256::new() };
    let file = "hailong-releases".to_owned();
    lines.put(&Line::Head(Head { file, format: FORMAT, tenant: province.tenant, from, before, exact }))?;
    let mut snapshot = if exact { Some(office.store.snapshot().await?) } else { None };
    if let Some(snapshot) = &mut snapshot {
        write_rows(snapshot, &FRAME, province, (from, last), &mut lines).await?;
    } else {
        write_names(province, &mut lines)?;
    }
    for release in releases.iter().filter(|release| release.number >= from) {
        write_release(office, province, release, exact, &mut lines).await?;
    }
    if let Some(snapshot) = &mut snapshot {
        write_rows(snapshot, &BESIDE, province, (from, last), &mut lines).await?;
    }
    let head = hash(last).unwrap_or_default();
    let sha256 = hexadecimal(&lines.hasher.clone().finalize());
    lines.put(&Line::End(End { head: head.clone(), sha256 }))?;
    let releases = releases.iter().filter(|release| release.number >= from).count();
    Ok(Written { releases, head })
}

fn write_names(province: &Province, lines: &mut Lines<'_>) -> Result<(), UsecaseError> {
    for survey in province.surveys() {
        let id = hexadecimal(survey.survey.id.as_bytes());
        lines.put(&Line::Name("survey".into(), id, survey.survey.code.clone()))?;
    }
    for unit in province.units() {
        let code = format!("{}@{}", unit.code, write_day(unit.valid_from));
        lines.put(&Line::Name("unit".into(), hexadecimal(unit.id.as_bytes()), code))?;
    }
    Ok(())
}

async fn write_release(
    office: &Office,
    province: &Province,
    release: &Release,
    exact: bool,
    lines: &mut Lines<'_>,
) -> Result<(), UsecaseError> {
    let tenant = province.tenant;
    let cells = cells_of(office, tenant, release.number, exact).await?;
    let decisions = office.store.decisions(tenant).await?;
    let decisions: Vec<_> = decisions.iter().filter(|one| one.release == release.number).collect();
    lines.put(&Line::Release(ReleaseLine {
        release: release.number,
        kind: release.kind.clone(),
        scheduled: write_day(release.scheduled),
        counted_in: release.counted_in.number(),
        cells: cells.len(),
        decisions: decisions.len(),
        hash: release.hash.clone(),
    }))?;
    for cell in cells {
        lines.put(&Line::Cell(cell))?;
    }
    decisions.into_iter().try_for_each(|one| lines.put(&Line::Decision(DecisionLine::of(one, exact))))
}

async fn write_rows(
    snapshot: &mut Snapshot,
    tables: &[&str],
    province: &Province,
    (from, last): (i64, i64),
    lines: &mut Lines<'_>,
) -> Result<(), UsecaseError> {
    for table in tables.iter().filter_map(|name| table(name)) {
        let take = |row: Vec<Cell>| {
            let is_wanted = is_wanted(table, &row, province, (from, last));
            if is_wanted { lines.put(&Line::Row(row_of(table, &row))) } else { Ok(()) }
        };
        snapshot.each_row::<UsecaseError>(table, take).await?;
    }
    Ok(())
}

/// Of the tenant; of settings the calendar and a demo's clock, of texts those of the releases.
fn is_wanted(table: &Table, row: &[Cell], province: &Province, (from, last): (i64, i64)) -> bool {
    let cell = |column: &str| table.position(column).and_then(|at| row.get(at));
    let is = |column: &str, word: &str| matches!(cell(column), Some(Cell::Text(text)) if text == word);
    let is_own = is("tenant", province.tenant.as_str());
    match table.name {
        "setting" => (is_own && is("name", "calendar")) || (is("tenant", "*") && is("name", "demo")),
        "comment" => is_own && matches!(cell("release"), Some(Cell::Int(n)) if (from..=last).contains(n)),
        _ => is_own,
    }
}

fn row_of(table: &Table, row: &[Cell]) -> TableRow {
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Int(int) => json!(int),
        Cell::Text(text) => json!(text),
        Cell::Bytes(bytes) => json!({ "hex": hexadecimal(bytes) }),
    };
    let cells = table.columns.iter().zip(row).map(|(column, cell)| (column.name.to_owned(), value(cell)));
    TableRow { table: table.name.to_owned(), cells: cells.collect() }
}
