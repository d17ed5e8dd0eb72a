//! Restore: a backup into an empty database, and the newer releases from their file. Everything is looked at before
//! anything is stored, and everything is stored in one transaction: the database is restored, or as empty as before.
//!
//! A backup is older than the loss. What was published in between comes back from the file of releases, every hash
//! checked; what waited in the backup and was counted in between is not put back (`restore/plan.rs`); what arrived in between
//! and was in no release is lost, and so are the response rows behind the newer releases: `check` knows which these are.

mod filling;
mod newer;
mod plan;
mod record;
mod seen;

use crate::archive::{Archive, Entry};
use crate::chance::Chance;
use crate::clock::SharedClock;
use crate::error::UsecaseError;
use crate::fold::count_waiting;
use crate::keys::{KeyError, Keys, Purpose};
use crate::mutant::{Fault, Mutant};
use crate::objection::CopyFault;
use crate::office::{Office, Setup};
use crate::record::{Kept, KeptText};
use crate::submit::seal_subject;
use domain::id::Tenant;
use filling::Filling;
use newer::File;
use record::Record;
use seen::{Seen, shape_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::Store;
use store::cell::micros;
use store::restoration::Twice;

/// What is to be restored.
#[derive(Debug, Clone)]
pub struct Restore<'a> {
    backup: &'a Path,
    releases: &'a [PathBuf],
    pub(crate) fault: Fault,
}

/// What is not put back, because newer releases hold it already; in whole tens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dropped {
    /// Answers that waited.
    pub answers: usize,
    /// Texts that waited.
    pub texts: usize,
    /// Entries of boxes.
    pub entries: usize,
}

/// What became of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The tenant.
    pub tenant: Tenant,
    /// Its newest release; 0 where there is none.
    pub release: i64,
    /// The hash of that.
    pub head: String,
    /// How many of its releases came from a file.
    pub newer: usize,
    /// What was not put back.
    pub dropped: Dropped,
}

impl<'a> Restore<'a> {
    /// A backup, and files of releases: at most one a tenant.
    #[must_use]
    pub fn new(backup: &'a Path, releases: &'a [PathBuf]) -> Self {
        Self { backup, releases, fault: Fault::default() }
    }

    /// Restores into the empty database of a setup, whose key file must be the backup's.
    ///
    /// # Errors
    /// [`CopyFault`] where the backup or a file is not whole, the key is another one, the database is not empty, releases
    /// are missing in between, or the two are not of one ledger. Nothing is stored then.
    pub async fn run(
        &self,
        setup: &Setup,
        (clock, chance): (SharedClock, Chance),
    ) -> Result<(Office, Vec<Restored>), UsecaseError> {
        let seen = Seen::read(self.backup)?;
        let keys = keys(setup, &seen, &chance)?;
        let mut files = BTreeMap::new();
        for path in self.releases {
            let file = File::read(path, &seen)?;
            files.insert(file.tenant, file);
        }
        let restoration = Store::begin_restore(&setup.place, seen.header.tables).await?;
        let mut filling = Filling::new(restoration.ok_or(CopyFault::NotEmpty)?);
        let mut sieve = Sieve {
            keys: &keys,
            files: &files,
            fault: self.fault,
            cut: BTreeMap::new(),
            dropped: BTreeMap::new(),
        };
        fill(&mut filling, self.backup, &mut sieve).await?;
        let dropped = sieve.dropped;
        for file in files.values() {
            file.put(&mut filling, micros(clock.now())).await?;
        }
        filling.commit().await?;
        let office = Office::open(setup, clock, chance).await?;
        let restored = tell(&office, &seen, &files, &dropped).await?;
        Ok((office, restored))
    }
}

fn keys(setup: &Setup, seen: &Seen, chance: &Chance) -> Result<Keys, UsecaseError> {
    Keys::open(&setup.key_file, Some(&seen.header.key), chance).map_err(|error| match error {
        KeyError::Wrong(path) => CopyFault::OtherKey(path).into(),
        other => other.into(),
    })
}

async fn fill(filling: &mut Filling, path: &Path, sieve: &mut Sieve<'_>) -> Result<(), UsecaseError> {
    let (mut archive, _) = Archive::open(path)?;
    let mut shape = None;
    while let Some(entry) = archive.read()? {
        match entry {
            Entry::Table(name, columns) => shape = Some(shape_of(&name, &columns, path)?),
            Entry::Row(cells) => {
                let Some((table, columns)) = shape.clone() else { continue };
                let record = Record { table, columns, cells };
                if !sieve.holds_back(&record) {
                    filling.add(record, Twice::Refuse).await?;
                }
            }
        }
    }
    filling.flush().await
}

/// What keeps counted records out.
struct Sieve<'a> {
    keys: &'a Keys,
    files: &'a BTreeMap<Tenant, File>,
    fault: Fault,
    /// By box, whether it was cut.
    cut: BTreeMap<(domain::survey::Group, String), bool>,
    dropped: BTreeMap<Tenant, Dropped>,
}

impl Sieve<'_> {
    fn holds_back(&mut self, record: &Record) -> bool {
        let file = record.tenant().and_then(|tenant| self.files.get(&tenant));
        let Some(file) = file.filter(|file| !file.plan.newer.is_empty()) else { return false };
        if is_superseded(file, record) {
            return true;
        }
        if self.fault.is(Mutant::KeptTwice) {
            return false;
        }
        let is_counted = match record.table.name {
            "inbox" => self.has_moved(file, record),
            "inbox_text" => self.has_moved_text(file, record),
            "box_entry" => self.was_cut(file, record),
            _ => return false,
        };
        let dropped = self.dropped.entry(file.tenant).or_default();
        match record.table.name {
            "inbox" => dropped.answers += usize::from(is_counted == Some(true)),
            "inbox_text" => dropped.texts += usize::from(is_counted == Some(true)),
            _ => dropped.entries += usize::from(is_counted == Some(true)),
        }
        is_counted == Some(true)
    }

    /// `None` where the record does not open: it stays, and `check` will say so.
    fn has_moved(&self, file: &File, record: &Record) -> Option<bool> {
        let survey = record.survey()?;
        let about = seal_subject(file.tenant, survey);
        let opened = self.keys.unseal(Purpose::Inbox, record.bytes("record")?, &about).ok()?;
        Some(file.plan.has_moved(survey, &Kept::decode(&opened).ok()?))
    }

    fn has_moved_text(&self, file: &File, record: &Record) -> Option<bool> {
        let survey = record.survey()?;
        let about = seal_subject(file.tenant, survey);
        let opened = self.keys.unseal(Purpose::Text, record.bytes("record")?, &about).ok()?;
        let text = KeptText::decode(&opened).ok()?;
        Some(!text.text.is_empty() && file.plan.has_moved_text(survey, &text))
    }

    fn was_cut(&mut self, file: &File, record: &Record) -> Option<bool> {
        let key = (record.group()?, record.text("family")?.to_owned());
        let plan = &file.plan;
        Some(*self.cut.entry(key).or_insert_with_key(|(group, family)| plan.was_cut(group, family)))
    }
}

/// What an unfinished run had written, where the file holds the whole of it.
fn is_superseded(file: &File, record: &Record) -> bool {
    let by_run = ["release", "response", "tally", "total", "box_entry", "comment"];
    by_run.contains(&record.table.name)
        && file.plan.superseded.is_some()
        && record.int("release") == file.plan.superseded
}

async fn tell(
    office: &Office,
    seen: &Seen,
    files: &BTreeMap<Tenant, File>,
    dropped: &BTreeMap<Tenant, Dropped>,
) -> Result<Vec<Restored>, UsecaseError> {
    let mut all = Vec::new();
    for province in office.registry().provinces() {
        let tenant = province.tenant;
        let newest = office.store.releases(tenant).await?.into_iter().next();
        let Dropped { answers, texts, entries } = dropped.get(&tenant).copied().unwrap_or_default();
        let tens = |count: usize| count / 10 * 10;
        let restored = Restored {
            tenant,
            release: newest.as_ref().map_or(0, |release| release.number),
            head: newest.map(|release| release.hash).unwrap_or_default(),
            newer: files.get(&tenant).map_or(0, |file| file.plan.newer.len()),
            dropped: Dropped { answers: tens(answers), texts: tens(texts), entries: tens(entries) },
        };
        let Dropped { answers, texts, entries } = restored.dropped;
        let detail = format!(
            "backup of {}; {} newer releases, now {}; about {answers} answers, {texts} texts, {entries} entries of boxes \
             not put back",
            seen.header.made_on, restored.newer, restored.release
        );
        office.note(tenant, "cli", "restore", &detail).await?;
        count_waiting(office, tenant).await?;
        all.push(restored);
    }
    Ok(all)
}
