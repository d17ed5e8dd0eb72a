//! An office of a test's own: a small province on either engine, a clock that stands still, seeded
//! chance.

use crate::cluster::{Cluster, Database};
use crate::folder::Folder;
use crate::process::Engine;
use domain::id::{Tenant, UnitId};
use domain::period::Month;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::touchpoint::Touchpoint;
use std::path::PathBuf;
use std::sync::Arc;
use store::Place;
use store::inbox::{Envelope, Outcome};
use time::OffsetDateTime;
use usecase::chance::Chance;
use usecase::clock::FrozenClock;
use usecase::demo::generate::{Generator, Wish};
use usecase::import::fields::import_fields;
use usecase::import::instrument::import_instrument;
use usecase::import::units::{UnitsWanted, import_units};
use usecase::office::{Office, Setup};
use usecase::open_survey::{NewSurvey, open_survey};
use usecase::record::KeptText;
use usecase::registry::{Province, RunningSurvey};
use usecase::submit::{mood, seal};

/// The desk's units, as a file.
pub const UNITS: &str = "code,parent_code,level,name,name_en\n96,,province,Tỉnh Cà Mau,Ca Mau\n\
    31825,96,commune,Phường Bạc Liêu,Bac Lieu\n31834,96,commune,Phường Vĩnh Trạch,Vinh Trach\n\
    31840,96,commune,Phường Hiệp Thành,Hiep Thanh\n";
const FIELDS: &str = "code,name,name_en,level,deciding_unit\nho-tich,Hộ tịch,Civil status,commune,\n";

/// Code of the desk's survey.
pub const SURVEY: &str = "T-2026";

/// See the module.
pub struct Desk {
    /// The office.
    pub office: Office,
    /// Its clock.
    pub clock: Arc<FrozenClock>,
    /// Its tenant.
    pub tenant: Tenant,
    setup: Setup,
    database: Option<Database>,
    folder: Folder,
}

/// A place where nobody has an office yet.
pub struct Spare {
    setup: Setup,
    database: Option<Database>,
    folder: Folder,
}

impl Spare {
    /// An empty database and no key.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        let folder = Folder::new("desk");
        let database = (engine == Engine::Postgres).then(|| Cluster::shared().database());
        let place = match &database {
            Some(database) => Place::Server(database.url()),
            None => Place::File(folder.path().join("hailong.sqlite")),
        };
        let setup = Setup { place, key_file: folder.path().join("hailong.key") };
        Self { setup, database, folder }
    }

    /// How to open an office here.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }
}

impl Desk {
    /// An empty place with a copy of this desk's key.
    ///
    /// # Panics
    /// Where the key cannot be copied.
    #[must_use]
    pub fn spare(&self, engine: Engine) -> Spare {
        let spare = Spare::new(engine);
        std::fs::copy(&self.setup.key_file, &spare.setup.key_file).expect("a key file");
        spare
    }

    /// The desk of an office that was opened at a spare place; the clock is this desk's.
    #[must_use]
    pub fn moved(&self, spare: Spare, office: Office) -> Self {
        let Spare { setup, database, folder } = spare;
        Self { office, clock: self.clock.clone(), tenant: self.tenant, setup, database, folder }
    }

    /// How the office was opened.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// A folder for the test's own files.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A province of three communes with an open survey, on Thursday 1 October 2026.
    ///
    /// # Panics
    /// Where the engine is not there.
    pub async fn open(engine: Engine, seed: u8) -> Self {
        let Spare { setup, database, folder } = Spare::new(engine);
        let clock = FrozenClock::at(time::macros::datetime!(2026-10-01 05:00 UTC));
        let office =
            Office::open(&setup, clock.clone(), Chance::seeded([seed; 32])).await.expect("an office");
        let tenant = "CM".parse().expect("a tag");
        let desk = Self { office, clock, tenant, setup, database, folder };
        desk.furnish().await;
        desk
    }

    async fn furnish(&self) {
        let (office, tenant) = (&self.office, self.tenant);
        let wanted = UnitsWanted { tag: Some("CM"), ..UnitsWanted::default() };
        import_units(office, UNITS.as_bytes(), wanted).await.expect("units");
        import_fields(office, tenant, FIELDS.as_bytes(), office.today(), false).await.expect("fields");
        let instrument = domain::instrument::POST_SERVICE.as_bytes();
        import_instrument(office, tenant, instrument, false).await.expect("an instrument");
        let month = |month| Month::new(2026, month).expect("a month");
        let survey = NewSurvey {
            code: SURVEY.into(),
            name: "Thử".into(),
            instrument: "post-service".into(),
            version: None,
            variant: Variant::Full,
            from: month(10),
            to: month(12),
            units: None,
            k: 10,
            definition: None,
        };
        open_survey(office, tenant, survey).await.expect("a survey");
    }

    /// Another process with the same database, key and clock.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn colleague(&self, seed: u8) -> Office {
        Office::open(&self.setup, self.clock.clone(), Chance::seeded([seed; 32])).await.expect("a colleague")
    }

    /// The database, when it is PostgreSQL.
    #[must_use]
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// The database file, when it is SQLite.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("hailong.sqlite")
    }

    /// Sets the clock.
    pub fn set_clock(&self, now: OffsetDateTime) {
        self.clock.set(now);
    }

    /// The province.
    ///
    /// # Panics
    /// Where it is not there.
    #[must_use]
    pub fn province(&self) -> Arc<Province> {
        self.office.province(self.tenant).expect("the province")
    }

    /// The survey.
    ///
    /// # Panics
    /// Where it is not there.
    #[must_use]
    pub fn survey(&self) -> Arc<RunningSurvey> {
        self.province().survey(SURVEY).expect("the survey").clone()
    }

    /// The communes, in order.
    #[must_use]
    pub fn communes(&self) -> Vec<UnitId> {
        self.province()
            .units()
            .filter(|unit| unit.kind == domain::unit::UnitKind::Commune)
            .map(|u| u.id)
            .collect()
    }

    /// The first touchpoint of a commune.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn touchpoint(&self, unit: UnitId) -> Touchpoint {
        self.province().touchpoints().find(|t| t.unit == unit).expect("a touchpoint").clone()
    }

    /// Sealed answers of one group, as they would arrive.
    ///
    /// # Panics
    /// Where they cannot be sealed.
    #[must_use]
    pub fn answers(&self, unit: UnitId, trust: Trust, route: Route, count: usize) -> Vec<Envelope> {
        let survey = self.survey();
        let mut generator = Generator::new(&survey.questions, u64::from_le_bytes(self.office.chance.bytes()));
        let truth = generator.truth(unit);
        let wish = Wish {
            deciding: unit,
            receiving: unit,
            touchpoint: None,
            mode: if trust == Trust::Open { Mode::Poster } else { Mode::Slip },
            trust,
            variant: Variant::Full,
            route,
            field: String::new(),
        };
        (0..count)
            .map(|_| {
                let (kept, text) = generator.answer(&wish, &truth);
                let month = Month::of(self.office.today());
                let text = KeptText { unit, month, mood: mood(kept.overall), text };
                let nonce = Some(self.office.chance.bytes());
                seal(&self.office, self.tenant, survey.survey.id, nonce, &kept, &text)
                    .expect("a sealed answer")
            })
            .collect()
    }

    /// Keeps answers of one group.
    ///
    /// # Panics
    /// Where the database does not take them.
    pub async fn submit(&self, unit: UnitId, trust: Trust, route: Route, count: usize) {
        let envelopes = self.answers(unit, trust, route, count);
        let outcomes = self.office.store.keep(&envelopes).await.expect("kept");
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::New));
    }

    /// How many answers wait.
    ///
    /// # Panics
    /// Where the database is away.
    pub async fn waiting(&self) -> i64 {
        self.office.store.count_waiting(self.tenant, self.survey().survey.id).await.expect("a count")
    }
}
