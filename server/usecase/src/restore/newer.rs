//! Newer releases from their file: first looked through, then put beside what the backup held.

use super::filling::Filling;
use super::plan::{Newer, Plan, group_of};
use super::record::Record;
use super::seen::{Frame, Seen};
use crate::error::UsecaseError;
use crate::fold::unpack;
use crate::ledger::{CellLine, DecisionLine, unhexed};
use crate::objection::CopyFault;
use crate::office::parse_day;
use crate::release_file::{BESIDE, FRAME, Line, ReleaseLine, ReleaseReader};
use domain::id::Tenant;
use domain::period::{Month, Period};
use domain::survey::Group;
use domain::tally::Tally;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::archive::Cell;
use store::cell::day_number;
use store::restoration::Twice;
use store::tally::{ALL, period_number};

/// A file of releases, and what it means for a tenant.
pub(super) struct File {
    pub path: PathBuf,
    pub tenant: Tenant,
    pub plan: Plan,
    /// What is known of the tenant by both.
    frame: Frame,
}

impl File {
    /// Reads a file from its first line to its last, and holds it against the backup.
    pub fn read(path: &Path, seen: &Seen) -> Result<Self, UsecaseError> {
        let mut reader = ReleaseReader::open(path)?;
        let (tenant, name) = (reader.head.tenant, path.display().to_string());
        let other = || CopyFault::OtherTenant { path: name.clone(), tenant };
        let before = seen.tenants.get(&tenant).ok_or_else(other)?;
        if !reader.head.exact {
            return Err(CopyFault::Open(name).into());
        }
        let (mut frame, mut newer) = (before.clone(), BTreeMap::new());
        let last = before.head().0;
        while let Some(line) = reader.read()? {
            if !is_of_a_release(&line, tenant, seen.is_demo) {
                return Err(CopyFault::Damaged(name).into());
            }
            note(&line, last, &mut frame, &mut newer).ok_or_else(|| CopyFault::Newer(name.clone()))?;
        }
        belongs(&reader, before, &name)?;
        if !newer.is_empty() && seen.header.tables != store::Store::version() {
            return Err(CopyFault::Older.into());
        }
        let plan = Plan::new(before, &frame, newer);
        Ok(Self { path: path.to_owned(), tenant, plan, frame })
    }

    /// Puts what is newer into the database.
    pub async fn put(&self, filling: &mut Filling, at: i64) -> Result<(), UsecaseError> {
        if self.plan.newer.is_empty() {
            return Ok(());
        }
        let mut reader = ReleaseReader::open(&self.path)?;
        let mut putting = Putting {
            file: self,
            filling,
            at,
            release: 0,
            totals: BTreeMap::new(),
            touched: BTreeSet::new(),
        };
        while let Some(line) = reader.read()? {
            putting.line(&line).await?;
        }
        Ok(())
    }

    fn is_newer(&self, release: i64) -> bool {
        self.plan.newer.contains_key(&release)
    }
}

/// A file of releases may bring what figures speak of and what runs wrote, of its own tenant, and nothing else: no
/// account, no key, nobody's answers. Its hash is no signature.
fn is_of_a_release(line: &Line, tenant: Tenant, is_demo: bool) -> bool {
    let Line::Row(row) = line else { return true };
    let Some(record) = Record::of(row) else { return false };
    let name = record.table.name;
    let is_own = record.tenant() == Some(tenant);
    match (name, record.text("name")) {
        ("setting", Some("calendar")) => is_own,
        ("setting", Some("demo")) => is_demo && record.text("tenant") == Some("*"),
        ("setting", _) => false,
        _ => is_own && (FRAME.contains(&name) || BESIDE.contains(&name)),
    }
}

/// Notes what a line says; `None` where this program does not know what it means.
fn note(line: &Line, last: i64, frame: &mut Frame, newer: &mut BTreeMap<i64, Newer>) -> Option<()> {
    match line {
        Line::Row(row) => {
            let record = Record::of(row)?;
            if record.table.name == "comment" {
                let (survey, unit) = (record.survey()?, record.unit("unit_id")?);
                if let Some(newer) = newer.get_mut(&record.int("release")?) {
                    newer.texts.insert((survey, unit));
                }
                return Some(());
            }
            let is_frame = matches!(record.table.name, "unit" | "survey" | "instrument" | "succession");
            if is_frame { frame.take(&record) } else { Some(()) }
        }
        Line::Release(line) if line.release > last => {
            let day = parse_day(&line.scheduled)?;
            newer.insert(
                line.release,
                Newer { fold: (line.kind == "fold").then_some(day), ..Newer::default() },
            );
            Some(())
        }
        Line::Cell(cell) => {
            // Cells follow their release; those of releases that the backup knows come before any newer one.
            let Some(mut entry) = newer.last_entry() else { return Some(()) };
            let group = group_of(&cell.group)?;
            cell.record.as_ref()?;
            frame.questions(group.survey)?;
            entry.get_mut().take(group, &cell.dimension, cell.n);
            Some(())
        }
        _ => Some(()),
    }
}

/// The file must go on where the backup ends, or overlap it without contradiction.
fn belongs(reader: &ReleaseReader, before: &Frame, path: &str) -> Result<(), UsecaseError> {
    let (last, _) = before.head();
    let path = path.to_owned();
    if reader.head.from > last + 1 {
        return Err(CopyFault::Gap { path, from: last + 1, through: reader.head.from - 1 }.into());
    }
    let known: BTreeMap<i64, &str> =
        before.releases.iter().filter_map(|(number, hash)| Some((*number, hash.as_deref()?))).collect();
    let ahead = (reader.head.from - 1, reader.head.before.as_str());
    let released = reader.released.iter().map(|one| (one.number, one.hash.as_str()));
    for (release, hash) in std::iter::once(ahead).chain(released) {
        let own = if release == 0 { Some("") } else { known.get(&release).copied() };
        if own.is_some_and(|own| own != hash) {
            return Err(CopyFault::OtherLedger { path, release }.into());
        }
    }
    Ok(())
}

/// A file on its way into the database.
struct Putting<'a> {
    file: &'a File,
    filling: &'a mut Filling,
    at: i64,
    /// The release whose cells come.
    release: i64,
    /// Running totals as they are now.
    totals: BTreeMap<(Group, i64), Tally>,
    /// Those that this release changed.
    touched: BTreeSet<(Group, i64)>,
}

fn damaged(what: &str) -> UsecaseError {
    UsecaseError::Damaged(what.to_owned())
}

impl Putting<'_> {
    fn tenant(&self) -> Cell {
        Cell::Text(self.file.tenant.to_string())
    }

    async fn add(&mut self, record: Option<Record>, twice: Twice) -> Result<(), UsecaseError> {
        self.filling.add(record.ok_or_else(|| damaged("a file of releases"))?, twice).await
    }

    async fn line(&mut self, line: &Line) -> Result<(), UsecaseError> {
        match line {
            Line::Row(row) => {
                self.write_totals().await?;
                let record = Record::of(row);
                let is_wanted = record.as_ref().is_some_and(|record| self.is_wanted(record));
                if is_wanted { self.add(record, Twice::Replace).await } else { Ok(()) }
            }
            Line::Release(line) => {
                self.write_totals().await?;
                self.release = line.release;
                if self.file.is_newer(line.release) { self.release(line).await } else { Ok(()) }
            }
            Line::Cell(cell) if self.file.is_newer(self.release) => self.cell(cell).await,
            Line::Decision(decision) if self.file.is_newer(self.release) => self.decision(decision).await,
            Line::End(_) => self.write_totals().await,
            _ => Ok(()),
        }
    }

    /// Texts of newer releases; imported files of which something was released, so that none is counted again.
    fn is_wanted(&self, record: &Record) -> bool {
        match record.table.name {
            "comment" => record.int("release").is_some_and(|release| self.file.is_newer(release)),
            "import_file" => record.int("withheld") < record.int("rows"),
            _ => true,
        }
    }

    async fn release(&mut self, line: &ReleaseLine) -> Result<(), UsecaseError> {
        let day = parse_day(&line.scheduled).ok_or_else(|| damaged("a file of releases"))?;
        let record = Record::new(
            "release",
            &[
                ("tenant", self.tenant()),
                ("release", Cell::Int(line.release)),
                ("kind", Cell::Text(line.kind.clone())),
                ("scheduled_on", Cell::Int(day_number(day))),
                ("counted_in", Cell::Int(line.counted_in)),
                ("published_at", Cell::Int(self.at)),
                ("hash", Cell::Text(line.hash.clone())),
                ("restored_at", Cell::Int(self.at)),
            ],
        );
        self.add(record, Twice::Refuse).await
    }

    async fn cell(&mut self, cell: &CellLine) -> Result<(), UsecaseError> {
        let group = group_of(&cell.group).ok_or_else(|| damaged("a file of releases"))?;
        let record = cell.record.as_deref().and_then(unhexed).unwrap_or_default();
        if cell.dimension == ALL {
            self.count(&group, cell.month_from, &record).await?;
        }
        let k = self.file.frame.surveys.get(&group.survey).map_or(0, |survey| survey.k);
        let mut cells = self.group_cells(&group);
        cells.extend([
            ("dimension", Cell::Text(cell.dimension.clone())),
            ("band", Cell::Text(cell.band.clone())),
            ("month_from", Cell::Int(cell.month_from)),
            ("month_to", Cell::Int(cell.month_to)),
            ("release", Cell::Int(self.release)),
            ("n", Cell::Int(cell.n)),
            ("k", Cell::Int(k)),
            ("record", Cell::Bytes(record)),
        ]);
        self.add(Record::new("tally", &cells), Twice::Refuse).await
    }

    fn group_cells(&self, group: &Group) -> Vec<(&'static str, Cell)> {
        vec![
            ("tenant", self.tenant()),
            ("survey_id", Cell::Bytes(group.survey.as_bytes().to_vec())),
            ("unit_id", Cell::Bytes(group.unit.as_bytes().to_vec())),
            ("variant", Cell::Text(group.variant.code().into())),
            ("route", Cell::Text(group.route.code().into())),
            ("mode", Cell::Text(group.mode.to_string())),
            ("trust", Cell::Text(group.trust.code().into())),
        ]
    }

    /// Adds a cell to the running totals of its month, quarter and year.
    async fn count(&mut self, group: &Group, month: i64, record: &[u8]) -> Result<(), UsecaseError> {
        let questions = self.file.frame.questions(group.survey).cloned();
        let questions = questions.ok_or_else(|| damaged("the question set of a survey"))?;
        let month = Month::from_number(month).ok_or_else(|| damaged("the month of a cell"))?;
        let tally = unpack(&questions, record)?;
        let periods = [
            Period::Month(month),
            Period::Quarter(month.year(), month.quarter()),
            Period::Year(month.year()),
        ];
        for period in periods.into_iter().filter_map(period_number) {
            let key = (group.clone(), period);
            if !self.totals.contains_key(&key) {
                let restoration = self.filling.restoration().await?;
                let newest = restoration.newest_total(self.file.tenant, group, period).await?;
                let total = newest.map(|record| unpack(&questions, &record)).transpose()?;
                self.totals.insert(key.clone(), total.unwrap_or_default());
            }
            *self.totals.entry(key.clone()).or_default() += &tally;
            self.touched.insert(key);
        }
        Ok(())
    }

    async fn write_totals(&mut self) -> Result<(), UsecaseError> {
        for key in std::mem::take(&mut self.touched) {
            let Some(total) = self.totals.get(&key) else { continue };
            let (n, record) = (total.n, total.pack());
            let mut cells = self.group_cells(&key.0);
            cells.extend([
                ("period", Cell::Int(key.1)),
                ("release", Cell::Int(self.release)),
                ("n", Cell::Int(n)),
                ("record", Cell::Bytes(record)),
            ]);
            self.add(Record::new("total", &cells), Twice::Refuse).await?;
        }
        Ok(())
    }

    async fn decision(&mut self, decision: &DecisionLine) -> Result<(), UsecaseError> {
        let group = group_of(&decision.group).ok_or_else(|| damaged("a file of releases"))?;
        let mut cells = self.group_cells(&group);
        cells.extend([
            ("release", Cell::Int(self.release)),
            ("verb", Cell::Text(decision.verb.clone())),
            ("dimension", Cell::Text(store::exclusion::DIMENSION.into())),
            ("band", Cell::Text(decision.band.clone())),
            ("month_from", Cell::Int(decision.month_from)),
            ("month_to", Cell::Int(decision.month_to)),
            ("part_release", Cell::Int(decision.part_release)),
            ("reason", Cell::Text(decision.reason.clone())),
            ("who", Cell::Text(decision.who.clone().unwrap_or_default())),
            ("decided_at", Cell::Int(self.at)),
        ]);
        self.add(Record::new("exclusion", &cells), Twice::Refuse).await
    }
}
