//! Days pass, answers of random groups arrive, runs happen, processes die: whatever is folded equals a
//! naive account, nothing is lost or doubled, and a recount agrees.

use domain::survey::{Route, Trust};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use tests::desk::Desk;
use tests::process::Engine;
use time::{Date, Duration, OffsetDateTime};
use usecase::calendar::{due_through, nights_between};
use usecase::fold::fold_due;

/// k of the desk's survey.
const K: usize = 10;

#[derive(Debug, Clone, Copy)]
enum Operation {
    Answers { unit: usize, trust: Trust, route: Route, count: usize },
    Days(i64),
    Fold,
    Crash,
}

fn draw(rng: &mut ChaCha20Rng) -> Operation {
    let trusts = [Trust::Verified, Trust::Open];
    let routes = [Route::DoneInPerson, Route::DoneOnline, Route::NotDone, Route::Partial];
    match rng.random_range(0..10) {
        0..6 => Operation::Answers {
            unit: rng.random_range(0..3),
            trust: trusts[rng.random_range(0..trusts.len())],
            route: routes[rng.random_range(0..routes.len())],
            count: rng.random_range(1..14),
        },
        6..8 => Operation::Days(rng.random_range(1..6)),
        8 => Operation::Fold,
        _ => Operation::Crash,
    }
}

type Key = (usize, Trust, Route);

/// What a clerk with pencil and paper would know.
#[derive(Default)]
struct Ledger {
    waiting: BTreeMap<Key, usize>,
    folded: BTreeMap<Key, usize>,
}

impl Ledger {
    fn nights(&mut self, after: Date, through: Date) {
        for night in nights_between(after, through) {
            for (key, waiting) in &mut self.waiting {
                if night.folds(key.1) && *waiting >= K {
                    *self.folded.entry(*key).or_default() += std::mem::take(waiting);
                }
            }
        }
    }
}

async fn compare(desk: &Desk, ledger: &Ledger, said: &str) {
    let survey = desk.survey();
    let increments = desk.office.store.increments(desk.tenant, survey.survey.id).await.unwrap();
    let communes = desk.communes();
    let mut folded: BTreeMap<Key, usize> = BTreeMap::new();
    for cell in increments.iter().filter(|cell| cell.dimension == "all") {
        let unit = communes.iter().position(|unit| *unit == cell.group.unit).unwrap();
        *folded.entry((unit, cell.group.trust, cell.group.route)).or_default() +=
            usize::try_from(cell.n).unwrap();
        assert!(cell.n >= 10, "{said}: a step of {}", cell.n);
    }
    assert_eq!(folded, ledger.folded, "{said}");
    let waiting: usize = ledger.waiting.values().sum();
    assert_eq!(usize::try_from(desk.waiting().await), Ok(waiting), "{said}");
    let findings = usecase::check::check(&desk.office, &desk.province()).await.unwrap();
    assert!(findings.iter().all(|f| f.fault.is_none()), "{said}: {findings:?}");
}

/// A desk, its account, and how far time has come.
struct Game {
    desk: Desk,
    ledger: Ledger,
    now: OffsetDateTime,
    done: Date,
}

impl Game {
    async fn begin(engine: Engine, seed: u8) -> Self {
        let now = time::macros::datetime!(2026-10-01 05:00 UTC);
        let desk = Desk::open(engine, seed).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        Self { desk, ledger: Ledger::default(), now, done: due_through(now) }
    }

    async fn take(&mut self, operation: Operation, said: &str) {
        match operation {
            Operation::Answers { unit, trust, route, count } => {
                self.desk.submit(self.desk.communes()[unit], trust, route, count).await;
                *self.ledger.waiting.entry((unit, trust, route)).or_default() += count;
            }
            Operation::Days(days) => self.now += Duration::days(days),
            Operation::Fold => {
                self.desk.set_clock(self.now);
                let folded = fold_due(&self.desk.office, self.desk.tenant).await;
                folded.unwrap_or_else(|error| panic!("{said}: {error}"));
                self.ledger.nights(self.done, due_through(self.now));
                self.done = due_through(self.now);
                compare(&self.desk, &self.ledger, said).await;
            }
            Operation::Crash => self.crash().await,
        }
    }

    /// A process begins a run and dies; two minutes later somebody else may take it over.
    async fn crash(&mut self) {
        let nights = nights_between(self.done, due_through(self.now));
        let Some(night) = nights.first() else { return };
        self.desk.set_clock(self.now);
        let (store, when) = (&self.desk.office.store, (night.day, night.counted_in));
        let owner = self.desk.office.chance.bytes();
        store.begin_run(self.desk.tenant, "fold", when, owner, self.now).await.unwrap();
        self.now += Duration::minutes(3);
    }
}

async fn play(engine: Engine, seed: u8, operations: usize) {
    let mut rng = ChaCha20Rng::seed_from_u64(u64::from(seed));
    let mut game = Game::begin(engine, seed).await;
    for step in 0..operations {
        let operation = draw(&mut rng);
        game.take(operation, &format!("{engine:?}, seed {seed}, step {step}: {operation:?}")).await;
    }
    game.take(Operation::Days(40), "at the end").await;
    game.take(Operation::Fold, "at the end").await;
    let folded: usize = game.ledger.folded.values().sum();
    assert!(folded > 0, "a game in which nothing was folded proves nothing");
}

#[tokio::test]
async fn random_days_on_sqlite_agree_with_pencil_and_paper() {
    for seed in 50..53 {
        play(Engine::Sqlite, seed, 40).await;
    }
}

#[tokio::test]
async fn random_days_on_postgres_agree_with_pencil_and_paper() {
    play(Engine::Postgres, 60, 40).await;
}

#[tokio::test]
#[ignore = "full"]
async fn many_random_days_agree_with_pencil_and_paper() {
    for seed in 70..90 {
        play(Engine::Sqlite, seed, 80).await;
        play(Engine::Postgres, seed + 30, 60).await;
    }
}
