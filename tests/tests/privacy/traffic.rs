//! Months of ordinary days: people answer one by one, runs happen when the calendar says so, and after
//! every hour in which something happened somebody takes a raw copy.

use super::answers::Source;
use super::raw::{Row, Table, Thief};
use domain::period::Month;
use domain::survey::{Route, Trust, Variant};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::{BTreeMap, HashSet};
use tests::desk::Desk;
use tests::process::Engine;
use time::{Date, Duration, OffsetDateTime};
use usecase::calendar::is_scheduled;
use usecase::fold::fold_due;
use usecase::mutant::Mutant;
use usecase::open_survey::{NewSurvey, open_survey};
use usecase::record::{Kept, KeptText};
use usecase::submit::seal;

/// k of the survey.
pub const K: usize = 10;
const SURVEY: &str = "P-2026";
/// A commune of two answers a day, the median one, and one of an answer every other day.
const DAILY: [f64; 3] = [2.0, 1.0, 0.5];
const VERIFIED: f64 = 0.6;
const DONE: f64 = 0.65;
/// Answers that the attacker gave himself.
const MINE: f64 = 0.1;
const WITH_TEXT: f64 = 0.3;
const OPENS: std::ops::Range<i64> = 8..17;
const FIRST: Date = time::macros::date!(2026 - 10 - 01);

/// Somebody who answered. The attacker knows the commune, the level of trust, the field and the hour (all
/// codes were issued under his eyes); of his own answers he knows all.
pub struct Person {
    /// Position of the commune.
    pub unit: usize,
    /// Level of trust.
    pub trust: Trust,
    /// Hours since the first midnight.
    pub hour: i64,
    /// Whether it is the attacker himself.
    pub is_mine: bool,
    /// The copy that was taken at the end of that hour.
    pub copy: usize,
    /// Not known to the attacker: the route.
    pub route: Route,
    /// Not known to the attacker: the answers as a response row keeps them.
    pub answers: Vec<u8>,
    /// Not known to the attacker: whether something was written.
    pub wrote: bool,
}

/// A raw copy.
pub struct Copy {
    /// Hours since the first midnight.
    pub hour: i64,
    /// Sealed answers.
    pub inbox: Vec<Row>,
    /// Sealed texts.
    pub texts: Vec<Row>,
    /// Box entries, where the copy was taken after a run.
    pub boxes: Vec<Row>,
}

/// What a run added to a group: a published step, and its rows.
pub struct Block {
    /// Position of the commune.
    pub unit: usize,
    /// Trust.
    pub trust: Trust,
    /// Route.
    pub route: Route,
    /// When the group had grown before, and when it grew.
    pub between: (i64, i64),
    /// The copy after the run.
    pub copy: usize,
    /// The new rows.
    pub rows: Vec<Row>,
}

/// Everything that happened, and everything that was copied.
pub struct World {
    /// Who answered, in the order of time.
    pub people: Vec<Person>,
    /// Copies, in the order of time.
    pub copies: Vec<Copy>,
    /// Steps, in the order of time.
    pub blocks: Vec<Block>,
    /// Ids of the communes.
    pub units: Vec<[u8; 16]>,
}

struct Making {
    thief: Thief,
    desk: Desk,
    source: Source,
    world: World,
    copied: HashSet<Vec<u8>>,
    last: BTreeMap<(usize, Trust, Route), i64>,
}

/// Some days on an engine, with or without a fault.
pub async fn live(engine: Engine, seed: u8, days: i64, mutant: Option<Mutant>) -> World {
    let mut desk = Desk::open(engine, seed).await;
    if let Some(mutant) = mutant {
        desk.office = desk.office.clone().with_mutant(mutant);
    }
    let month = |year, month| Month::new(year, month).expect("a month");
    let survey = NewSurvey {
        code: SURVEY.into(),
        name: "Thử".into(),
        instrument: "post-service".into(),
        version: None,
        variant: Variant::Full,
        from: month(2026, 10),
        to: month(2027, 6),
        units: None,
        k: u32::try_from(K).expect("small"),
        definition: None,
    };
    open_survey(&desk.office, desk.tenant, survey).await.expect("a survey");
    fold_due(&desk.office, desk.tenant).await.expect("the calendar begins");
    let units = desk.communes().iter().map(|unit| *unit.as_bytes()).collect();
    let world = World { people: Vec::new(), copies: Vec::new(), blocks: Vec::new(), units };
    let source = Source::new(ChaCha20Rng::seed_from_u64(u64::from(seed) + 1000));
    let (copied, last) = Default::default();
    let mut making = Making { thief: Thief::of(&desk), desk, source, world, copied, last };
    making.copy(0, true);
    for day in 0..days {
        making.day(day).await;
    }
    making.world
}

fn instant(hour: i64, minute: i64) -> OffsetDateTime {
    FIRST.midnight().assume_offset(time::macros::offset!(+7))
        + Duration::hours(hour)
        + Duration::minutes(minute)
}

impl Making {
    async fn day(&mut self, day: i64) {
        let midnight = 24 * day;
        if day > 0 && is_scheduled(FIRST + Duration::days(day)) {
            self.desk.set_clock(instant(midnight, 31));
            fold_due(&self.desk.office, self.desk.tenant).await.expect("a run");
            self.copy(midnight, true);
        }
        for hour in OPENS.map(|hour| midnight + hour) {
            let before = self.world.people.len();
            for (unit, daily) in DAILY.iter().enumerate() {
                let hourly = daily / (OPENS.end - OPENS.start) as f64;
                // At most two an hour: enough like chance for such small communes.
                for _ in 0..2 {
                    if self.source.rng.random_bool(hourly / 2.0) {
                        self.arrive(unit, hour).await;
                    }
                }
            }
            if self.world.people.len() > before {
                self.copy(hour, false);
            }
        }
    }

    async fn arrive(&mut self, unit: usize, hour: i64) {
        let trust = if self.source.rng.random_bool(VERIFIED) { Trust::Verified } else { Trust::Open };
        let route = if self.source.rng.random_bool(DONE) { Route::DoneInPerson } else { Route::NotDone };
        let survey = self.desk.province().survey(SURVEY).expect("the survey").clone();
        let id = self.desk.communes()[unit];
        let (kept, answers) = self.source.draw(&survey.questions.instrument, id, trust, route);
        // The attacker knows the field too; nothing depends on it.
        let kept = Kept {
            field: if self.source.rng.random_bool(0.5) { "ho-tich".into() } else { String::new() },
            ..kept
        };
        let wrote = self.source.rng.random_bool(WITH_TEXT);
        let words =
            if wrote { "Cảm ơn ".repeat(self.source.rng.random_range(1..40)) } else { String::new() };
        let text = KeptText {
            unit: kept.deciding,
            month: Month::of(self.desk.office.today()),
            mood: 2,
            text: words,
        };
        self.desk.set_clock(instant(hour, 20));
        let nonce = Some(self.desk.office.chance.bytes());
        let envelope =
            seal(&self.desk.office, self.desk.tenant, survey.survey.id, nonce, &kept, &text).expect("sealed");
        self.desk.office.store.keep(&[envelope]).await.expect("kept");
        let (is_mine, copy) = (self.source.rng.random_bool(MINE), self.world.copies.len());
        self.world.people.push(Person { unit, trust, hour, is_mine, copy, route, answers, wrote });
    }

    fn copy(&mut self, hour: i64, after_run: bool) {
        let tables = [Table::Inbox, Table::Text, Table::Response, Table::Box];
        let mut found = self.thief.read(if after_run { &tables } else { &tables[..2] }).into_iter();
        let mut next = || found.next().unwrap_or_default();
        let (inbox, texts, responses, boxes) = (next(), next(), next(), next());
        let copy = self.world.copies.len();
        self.world.copies.push(Copy { hour, inbox, texts, boxes });
        let mut blocks: BTreeMap<(usize, Trust, Route), Vec<Row>> = BTreeMap::new();
        for row in responses.into_iter().filter(|row| !self.copied.contains(&row.id)) {
            let unit = self.world.units.iter().position(|unit| *unit == row.unit[..]).expect("a commune");
            let (route, trust) = &row.words;
            let key = (unit, trust.parse().expect("trust"), route.parse().expect("a route"));
            blocks.entry(key).or_default().push(row);
        }
        for ((unit, trust, route), rows) in blocks {
            self.copied.extend(rows.iter().map(|row| row.id.clone()));
            let before = self.last.insert((unit, trust, route), hour).unwrap_or(0);
            self.world.blocks.push(Block { unit, trust, route, between: (before, hour), copy, rows });
        }
    }
}
