//! The first look at a backup: whether it is whole, and what must be known of it before anything is stored.

use super::record::Record;
use crate::archive::{Archive, Entry, Header};
use crate::error::UsecaseError;
use crate::objection::CopyFault;
use crate::registry::QuestionSet;
use domain::id::{SurveyId, Tenant, UnitId};
use domain::instrument::Instrument;
use domain::period::Month;
use domain::succession::{Lineage, Succession};
use domain::survey::{GRACE_DAYS, Group};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use store::archive::table;
use time::{Date, Duration};

/// A backup that is whole.
pub(super) struct Seen {
    pub header: Header,
    pub tenants: BTreeMap<Tenant, Frame>,
    /// Whether every answer in it is artificial.
    pub is_demo: bool,
}

/// What is known of a tenant: from the backup, and then from its newer releases.
#[derive(Default, Clone)]
pub(super) struct Frame {
    /// Number and, where it was published, hash.
    pub releases: Vec<(i64, Option<String>)>,
    pub parents: HashMap<UnitId, Option<UnitId>>,
    pub surveys: BTreeMap<SurveyId, SurveySeen>,
    instruments: BTreeMap<(String, i64), Arc<QuestionSet>>,
    successions: BTreeMap<(UnitId, UnitId), Succession>,
    /// Entries of every box.
    pub boxes: BTreeMap<(Group, String), i64>,
}

/// What is known of a survey.
#[derive(Clone)]
pub(super) struct SurveySeen {
    pub k: i64,
    instrument: (String, i64),
    pub ends_on: Option<Date>,
    pub ended: bool,
}

impl Seen {
    /// Reads a backup from its first byte to its last.
    pub fn read(path: &Path) -> Result<Self, UsecaseError> {
        let (mut archive, header) = Archive::open(path)?;
        if header.tables > store::Store::version() {
            return Err(CopyFault::Newer(path.display().to_string()).into());
        }
        let mut tenants: BTreeMap<Tenant, Frame> = BTreeMap::new();
        let (mut shape, mut is_demo) = (None, false);
        while let Some(entry) = archive.read()? {
            match entry {
                Entry::Table(name, columns) => shape = Some(shape_of(&name, &columns, path)?),
                Entry::Row(cells) => {
                    let (table, columns) = shape.clone().unwrap_or((&store::archive::TABLES[0], Vec::new()));
                    let record = Record { table, columns, cells };
                    is_demo |= record.table.name == "setting" && record.text("name") == Some("demo");
                    if let Some(tenant) = record.tenant() {
                        tenants.entry(tenant).or_default().take(&record);
                    }
                }
            }
        }
        Ok(Self { header, tenants, is_demo })
    }
}

pub(super) type Shape = (&'static store::archive::Table, Vec<usize>);

/// The table of a name, and the places of columns; a newer program may have others.
pub(super) fn shape_of(name: &str, columns: &[String], path: &Path) -> Result<Shape, UsecaseError> {
    let newer = || CopyFault::Newer(path.display().to_string());
    let table = table(name).ok_or_else(newer)?;
    let places = columns.iter().map(|column| table.position(column)).collect::<Option<_>>();
    Ok((table, places.ok_or_else(newer)?))
}

impl Frame {
    /// Notes what a row says; rows that say nothing here are many.
    pub fn take(&mut self, record: &Record) -> Option<()> {
        match record.table.name {
            "unit" => {
                self.parents.insert(record.unit("unit_id")?, record.unit("parent_id"));
            }
            "survey" => {
                self.surveys.insert(record.survey()?, SurveySeen::of(record)?);
            }
            "instrument" => {
                let key = (record.text("code")?.to_owned(), record.int("version")?);
                let instrument = Instrument::read(record.text("document")?).ok()?;
                self.instruments.insert(key, Arc::new(QuestionSet::new(instrument)));
            }
            "succession" => {
                let one = succession(record)?;
                self.successions.insert((one.old, one.new), one);
            }
            "release" => {
                let hash = record.int("published_at").and_then(|_| record.text("hash"));
                self.releases.push((record.int("release")?, hash.map(str::to_owned)));
            }
            "box_entry" => {
                *self.boxes.entry((record.group()?, record.text("family")?.to_owned())).or_default() += 1;
            }
            _ => {}
        }
        Some(())
    }

    pub fn lineage(&self) -> Lineage {
        // The main successor first, as the registry has them.
        let mut all: Vec<Succession> = self.successions.values().copied().collect();
        all.sort_by_key(|one| !one.is_main);
        Lineage::new(all)
    }

    pub fn questions(&self, survey: SurveyId) -> Option<&Arc<QuestionSet>> {
        self.instruments.get(&self.surveys.get(&survey)?.instrument)
    }

    /// The newest published release: number and hash.
    pub fn head(&self) -> (i64, &str) {
        let published = self.releases.iter().filter_map(|(number, hash)| Some((*number, hash.as_deref()?)));
        published.max().unwrap_or((0, ""))
    }

    /// The number of a run that was under way.
    pub fn unfinished(&self) -> Option<i64> {
        self.releases.iter().find(|(_, hash)| hash.is_none()).map(|(number, _)| *number)
    }
}

impl SurveySeen {
    fn of(record: &Record) -> Option<Self> {
        let to = Month::from_number(record.int("month_to")?)?;
        Some(Self {
            k: record.int("k")?,
            instrument: (record.text("instrument")?.to_owned(), record.int("instrument_version")?),
            ends_on: to.last_day().map(|last| last + Duration::days(GRACE_DAYS)),
            ended: record.int("ended_at").is_some(),
        })
    }
}

fn succession(record: &Record) -> Option<Succession> {
    let day = record.int("effective_on")?;
    let part = |number: i64| u8::try_from(number).ok();
    let month = time::Month::try_from(part(day / 100 % 100)?).ok()?;
    Some(Succession {
        old: record.unit("old_id")?,
        new: record.unit("new_id")?,
        share: record.word("share")?,
        is_main: record.int("is_main")? != 0,
        effective_on: Date::from_calendar_date(i32::try_from(day / 10_000).ok()?, month, part(day % 100)?)
            .ok()?,
    })
}
