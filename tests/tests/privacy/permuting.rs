//! (c) In which order people answer, and who holds which code, changes nothing outside the inbox: not
//! what is kept, and not where it lies.

use super::answers::Source;
use super::raw::{Row, Table, Thief};
use domain::period::Month;
use domain::survey::{Group, Mode, Route, Trust};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use store::inbox::Envelope;
use tests::desk::Desk;
use tests::process::Engine;
use usecase::entry::Entry;
use usecase::fold::fold_due;
use usecase::keys::Purpose;
use usecase::mutant::Mutant;
use usecase::record::{Kept, KeptText};
use usecase::submit::{seal, seal_subject};

/// People of a fold.
const PEOPLE: usize = 12;
const ROUTES: [Route; 3] = [Route::DoneInPerson, Route::DoneOnline, Route::NotDone];

fn envelope(desk: &Desk, kept: &Kept) -> Envelope {
    let survey = desk.survey().survey.id;
    let text =
        KeptText { unit: kept.deciding, month: Month::of(desk.office.today()), mood: 3, text: String::new() };
    seal(&desk.office, desk.tenant, survey, None, kept, &text).expect("sealed")
}

async fn fold(desk: &Desk) {
    desk.set_clock(time::macros::datetime!(2026-11-01 01:00 UTC));
    fold_due(&desk.office, desk.tenant).await.expect("a run");
}

/// Entries of the boxes with the group in which each lies, opened.
async fn entries(desk: &Desk) -> Vec<(Group, Vec<u8>, Entry)> {
    let survey = desk.survey();
    let about = seal_subject(desk.tenant, survey.survey.id);
    let mut found = Vec::new();
    for (key, _) in desk.office.store.boxes(desk.tenant).await.expect("boxes") {
        for (id, record) in desk.office.store.box_entries(desk.tenant, &key).await.expect("entries") {
            let record = desk.office.keys.unseal(Purpose::Box, &record, &about).expect("it opens");
            let entry = Entry::decode(&record, &survey.questions.part).expect("an entry");
            found.push((key.group.clone(), id, entry));
        }
    }
    found
}

/// All that is outside the inbox after a fold, but for ids, seals and order.
async fn content(seed: u8, order: u64) -> Vec<String> {
    let desk = Desk::open(Engine::Sqlite, seed).await;
    fold_due(&desk.office, desk.tenant).await.expect("the calendar begins");
    let survey = desk.survey();
    let mut source = Source::new(ChaCha20Rng::seed_from_u64(9));
    let mut people: Vec<Kept> = (0..2 * PEOPLE)
        .map(|at| {
            source.draw(&survey.questions.instrument, desk.communes()[0], Trust::Verified, ROUTES[at % 2]).0
        })
        .collect();
    people.shuffle(&mut ChaCha20Rng::seed_from_u64(order));
    for kept in &people {
        desk.office.store.keep(&[envelope(&desk, kept)]).await.expect("kept");
    }
    fold(&desk).await;
    let (store, id) = (&desk.office.store, survey.survey.id);
    let mut responses = Vec::new();
    for month in store.response_months(desk.tenant, id).await.expect("months") {
        responses.extend(store.responses(desk.tenant, (id, month), &[], 1_000).await.expect("responses"));
    }
    let increments = store.increments(desk.tenant, id).await.expect("increments");
    let mut lines: Vec<String> =
        responses.iter().map(|row| format!("{} {} {:?}", row.group.route, row.month, row.answers)).collect();
    lines.extend(increments.iter().map(|step| format!("{} {} {:?}", step.group.route, step.n, step.record)));
    for (group, _, entry) in entries(&desk).await {
        lines.push(format!(
            "{} {:?} {:?}",
            group.route,
            entry.row(),
            (entry.month, entry.release, entry.bands.said)
        ));
    }
    assert_eq!(lines.len(), 2 * PEOPLE + 2 + 2 * PEOPLE, "rows, steps, entries");
    lines.sort();
    lines
}

#[tokio::test]
async fn what_a_fold_leaves_does_not_depend_on_the_order_of_arrival() {
    let first = content(41, 1).await;
    assert_eq!(content(41, 2).await, first, "another order, the same chance");
    assert_eq!(content(42, 3).await, first, "another order, other chance");
}

/// How often the person of each place in one order has each place in another.
struct Table12([[f64; PEOPLE]; PEOPLE], f64);

impl Table12 {
    /// Pearson's chi-square against "every place equally often", in standard deviations from its mean.
    fn distance(&self) -> f64 {
        let expected = self.1 / PEOPLE as f64;
        let squares = self.0.iter().flatten().map(|seen| (seen - expected).powi(2) / expected);
        let degrees = ((PEOPLE - 1) * (PEOPLE - 1)) as f64;
        (squares.sum::<f64>() - degrees) / (2.0 * degrees).sqrt()
    }
}

/// Each order is a list, by group, of who stands at each place.
fn cross(one: &[Vec<usize>], other: &[Vec<usize>]) -> Table12 {
    let mut table = Table12([[0.0; PEOPLE]; PEOPLE], 0.0);
    for (one, other) in one.iter().zip(other) {
        for (place, person) in one.iter().enumerate() {
            let there = other.iter().position(|who| who == person).expect("everybody has a row");
            table.0[place][there] += 1.0;
        }
        table.1 += 1.0;
    }
    table
}

/// Orders in which rows can be read.
struct Orders {
    arrival: Vec<Vec<usize>>,
    rows_by_id: Vec<Vec<usize>>,
    rows_by_place: Vec<Vec<usize>>,
    entries_by_id: Vec<Vec<usize>>,
    entries_by_place: Vec<Vec<usize>>,
}

/// Many groups, twelve people in each, who come one after the other; one run.
async fn orders(engine: Engine, seed: u8, mutant: Option<Mutant>) -> Orders {
    let mut desk = Desk::open(engine, seed).await;
    if let Some(mutant) = mutant {
        desk.office = desk.office.clone().with_mutant(mutant);
    }
    fold_due(&desk.office, desk.tenant).await.expect("the calendar begins");
    let instrument = &desk.survey().questions.instrument;
    let mut source = Source::new(ChaCha20Rng::seed_from_u64(u64::from(seed)));
    let mut who: BTreeMap<Vec<u8>, (usize, usize)> = BTreeMap::new();
    let units = desk.communes();
    let kinds: Vec<_> = units.iter().flat_map(|unit| kinds().map(move |kind| (*unit, kind))).collect();
    let groups = kinds.len();
    for person in 0..PEOPLE {
        let mut envelopes = Vec::new();
        for (group, (unit, (mode, trust, route))) in kinds.iter().enumerate() {
            let (kept, answers) = source.draw(instrument, *unit, *trust, *route);
            who.insert(answers, (group, person));
            // The field travels into the entry, and marks whose it is.
            let kept = Kept { mode: mode.clone(), field: format!("{group}-{person}"), ..kept };
            envelopes.push(envelope(&desk, &kept));
        }
        desk.office.store.keep(&envelopes).await.expect("kept");
    }
    fold(&desk).await;
    let mut tables = Thief::of(&desk).read(&[Table::Response, Table::Box]).into_iter();
    let (rows, boxes) = (tables.next().expect("rows"), tables.next().expect("entries"));
    let of_row = |row: &Row| who[&row.body];
    let names: BTreeMap<Vec<u8>, String> =
        entries(&desk).await.into_iter().map(|(_, id, entry)| (id, entry.bands.field)).collect();
    let of_entry = |row: &Row| {
        let (group, person) = names[&row.id].split_once('-').expect("a mark");
        (group.parse().expect("a group"), person.parse().expect("a person"))
    };
    Orders {
        arrival: vec![(0..PEOPLE).collect(); groups],
        rows_by_id: order(&rows, groups, of_row, |row| row.id.clone()),
        rows_by_place: order(&rows, groups, of_row, |row| row.place),
        entries_by_id: order(&boxes, groups, of_entry, |row| row.id.clone()),
        entries_by_place: order(&boxes, groups, of_entry, |row| row.place),
    }
}

fn kinds() -> impl Iterator<Item = (Mode, Trust, Route)> {
    let modes = [Mode::Poster, Mode::Slip, Mode::Link, Mode::Phone, Mode::Paper, Mode::Assisted];
    modes.into_iter().flat_map(|mode| {
        let trusts = [Trust::Verified, Trust::UnitIssued, Trust::Open];
        trusts.into_iter().flat_map(move |trust| {
            let mode = mode.clone();
            ROUTES.into_iter().map(move |route| (mode.clone(), trust, route))
        })
    })
}

fn order<K: Ord>(
    rows: &[Row],
    groups: usize,
    of: impl Fn(&Row) -> (usize, usize),
    key: impl Fn(&Row) -> K,
) -> Vec<Vec<usize>> {
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(|row| key(row));
    let mut order = vec![Vec::new(); groups];
    for row in sorted {
        let (group, person) = of(row);
        order[group].push(person);
    }
    assert!(order.iter().all(|group| group.len() == PEOPLE), "a group is not whole");
    order
}

fn distances(orders: &Orders) -> Vec<(&'static str, f64)> {
    let cross = |one, other| cross(one, other).distance();
    vec![
        ("arrival and ids of rows", cross(&orders.arrival, &orders.rows_by_id)),
        ("arrival and places of rows", cross(&orders.arrival, &orders.rows_by_place)),
        ("arrival and ids of entries", cross(&orders.arrival, &orders.entries_by_id)),
        ("arrival and places of entries", cross(&orders.arrival, &orders.entries_by_place)),
        ("ids of rows and of entries", cross(&orders.rows_by_id, &orders.entries_by_id)),
        ("places of rows and of entries", cross(&orders.rows_by_place, &orders.entries_by_place)),
    ]
}

/// Standard deviations beyond which chi-square is no luck.
const FAR: f64 = 6.0;

#[tokio::test]
async fn where_a_row_lies_does_not_depend_on_the_order_of_arrival() {
    for (engine, seed) in [(Engine::Sqlite, 51), (Engine::Postgres, 52)] {
        let distances = distances(&orders(engine, seed, None).await);
        println!("{engine:?}: {distances:.1?}");
        let far = distances.iter().find(|(_, distance)| *distance > FAR);
        assert!(far.is_none(), "{engine:?}: {far:?} of {distances:?}");
    }
}

#[tokio::test]
async fn with_an_ordered_insert_it_does() {
    for (engine, seed) in [(Engine::Sqlite, 53), (Engine::Postgres, 54)] {
        let distances = distances(&orders(engine, seed, Some(Mutant::OrderedInsert)).await);
        println!("{engine:?}: {distances:.1?}");
        assert!(distances[0].1 > 10.0 * FAR && distances[1].1 > 10.0 * FAR, "{engine:?}: {distances:?}");
    }
}
