//! The office: the database, the keys, the time, the chance, and what every request must know. One
//! value that every use case is given.

use crate::chance::Chance;
use crate::clock::SharedClock;
use crate::error::UsecaseError;
use crate::keys::Keys;
use crate::mutant::Fault;
use crate::objection::Objection;
use crate::registry::{Province, Registry};
use crate::traffic::Traffic;
use domain::id::Tenant;
use domain::period::local_day;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use store::committer::Committer;
use store::setting::EVERYWHERE;
use store::{Place, Store};
use time::{Date, OffsetDateTime};

/// The day on which every demo begins.
pub const DEMO_START: Date = time::macros::date!(2026 - 10 - 05);

/// How to open an office.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Where the data lives.
    pub place: Place,
    /// The key file.
    pub key_file: PathBuf,
}

/// The office.
#[derive(Clone)]
pub struct Office {
    /// Data at rest.
    pub store: Store,
    /// The keys.
    pub keys: Arc<Keys>,
    /// Chance.
    pub chance: Chance,
    /// The one writer of arriving answers.
    pub committer: Committer,
    /// What happens at touchpoints, in memory only.
    pub traffic: Arc<Traffic>,
    /// Typed codes that were wrong, in memory only.
    pub guesses: Arc<crate::code::Guesses>,
    /// Tables of figures that were read before.
    pub(crate) tables: Arc<crate::figures::TableCache>,
    /// What was simulated before.
    pub(crate) analyses: Arc<crate::figures::AnalysisCache>,
    pub(crate) fault: Fault,
    /// Answers that were counted before.
    pub(crate) answers: Arc<crate::figures::AnswerCache>,
    /// Closed dossiers that were read before.
    pub(crate) volumes: Arc<crate::volume_table::VolumeCache>,
    clock: SharedClock,
    registry: Arc<RwLock<Arc<Registry>>>,
    demo_day: Arc<RwLock<Option<Date>>>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Office({:?}, {:?})", self.store, self.keys)
    }
}

impl Office {
    /// Opens the database with its key, or makes both where there is neither.
    ///
    /// # Errors
    /// Where the database cannot be opened, or the key is missing or wrong.
    pub async fn open(setup: &Setup, clock: SharedClock, chance: Chance) -> Result<Self, UsecaseError> {
        let store = Store::open(&setup.place).await?;
        let known = store.setting(EVERYWHERE, "key").await?;
        let keys = Keys::open(&setup.key_file, known.as_deref(), &chance)?;
        let now = store.set_once(EVERYWHERE, "key", keys.fingerprint()).await?;
        if now != keys.fingerprint() {
            return Err(crate::keys::KeyError::Wrong(setup.key_file.display().to_string()).into());
        }
        let office = Self {
            committer: Committer::start(store.clone()),
            keys: Arc::new(keys),
            chance,
            fault: Fault::default(),
            clock,
            traffic: Arc::default(),
            guesses: Arc::default(),
            tables: Arc::default(),
            analyses: Arc::default(),
            answers: Arc::default(),
            volumes: Arc::default(),
            registry: Arc::default(),
            demo_day: Arc::default(),
            store,
        };
        office.refresh().await?;
        Ok(office)
    }

    /// Reads units, surveys and touchpoints again where they have changed, also by another process.
    ///
    /// # Errors
    /// Where the database is away; the old snapshot stays then.
    pub async fn refresh(&self) -> Result<(), UsecaseError> {
        let day = self.store.setting(EVERYWHERE, "demo").await?;
        let day =
            day.map(|text| parse_day(&text).ok_or_else(|| UsecaseError::Damaged("setting demo".into())));
        *self.demo_day.write().unwrap_or_else(PoisonError::into_inner) = day.transpose()?;
        let revision = self.store.revision().await?;
        if revision != self.registry().revision || revision.is_empty() {
            let fresh = Arc::new(Registry::read(&self.store).await?);
            *self.registry.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }

    /// The snapshot of units, surveys and touchpoints.
    #[must_use]
    pub fn registry(&self) -> Arc<Registry> {
        self.registry.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Everything of one tenant.
    ///
    /// # Errors
    /// Where there is no such tenant.
    pub fn province(&self, tenant: Tenant) -> Result<Arc<Province>, UsecaseError> {
        let registry = self.registry();
        registry
            .province(tenant)
            .cloned()
            .ok_or_else(|| UsecaseError::Unknown { what: "tenant", name: tenant.to_string() })
    }

    /// The real time.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// The day today in Vietnam; in a demo the virtual day.
    #[must_use]
    pub fn today(&self) -> Date {
        self.demo_day().unwrap_or_else(|| local_day(self.now()))
    }

    /// The virtual day of a demo; `None` in real service.
    #[must_use]
    pub fn demo_day(&self) -> Option<Date> {
        *self.demo_day.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether every answer here is artificial.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.demo_day().is_some()
    }

    /// Makes this a demo for ever, or moves its clock.
    ///
    /// # Errors
    /// Where the database is away, or already holds real data.
    pub async fn set_demo_day(&self, day: Date) -> Result<(), UsecaseError> {
        if !self.is_demo() && self.registry().provinces().next().is_some() {
            return Err(Objection::RealService.into());
        }
        self.store.set(EVERYWHERE, "demo", &write_day(day)).await?;
        *self.demo_day.write().unwrap_or_else(PoisonError::into_inner) = Some(day);
        Ok(())
    }

    /// Writes a line of the audit log.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn note(
        &self,
        tenant: Tenant,
        who: &str,
        what: &str,
        detail: &str,
    ) -> Result<(), UsecaseError> {
        self.write_audit(tenant, store::audit::Deed { who, what, outcome: "done", detail }).await
    }

    /// Writes down that something was tried and refused.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn note_refused(
        &self,
        tenant: Tenant,
        who: &str,
        what: &str,
        detail: &str,
    ) -> Result<(), UsecaseError> {
        self.write_audit(tenant, store::audit::Deed { who, what, outcome: "refused", detail }).await
    }

    async fn write_audit(&self, tenant: Tenant, deed: store::audit::Deed<'_>) -> Result<(), UsecaseError> {
        Ok(self.store.write_audit(tenant, deed, self.now(), crate::audit_log::link).await?)
    }
}

/// A day as files and settings write it: 2026-10-05.
#[must_use]
pub fn write_day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// Reads a day.
#[must_use]
pub fn parse_day(text: &str) -> Option<Date> {
    Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).ok()
}
