//! (d) What is published of quarters of boxes gives nobody away by addition and subtraction, as far as
//! anybody can tell who has only what is published; and with each fault of the cut it does.

use super::boxes::{SURVEY, live};
use tests::process::{Engine, Installation};
use usecase::anonymity::{Audit, Leak, audit_survey};
use usecase::mutant::Mutant;

/// Faults of the cut, and what the audit must find: that this, or less of it than was published, is of few.
const FAULTS: [(Mutant, &str); 3] = [
    (Mutant::NoPairCheck, "age ("),
    (Mutant::KindAndSizeApart, "size ("),
    (Mutant::PartReleasedAlone, "flag-class (none)"),
];

async fn audit(engine: Engine, seed: u8, quarters: u8, mutant: Option<Mutant>) -> Audit {
    let desk = live(engine, seed, quarters, mutant).await;
    let province = desk.province();
    let survey = province.survey(SURVEY).expect("the survey");
    audit_survey(&desk.office, &province, survey).await.expect("an audit")
}

async fn nothing_is_found(engine: Engine, seed: u8) {
    let audit = audit(engine, seed, 2, None).await;
    println!("{engine:?}, {seed}: {audit:?}");
    assert_eq!(audit.leaks, [], "{engine:?}, seed {seed}");
    assert!(audit.boxes >= 12 && audit.differences > 10_000, "it looked at nothing: {audit:?}");
    assert_eq!((audit.silent, audit.unfinished), (0, 0), "{audit:?}");
}

async fn people_are_found(engine: Engine, seed: u8, (mutant, words): (Mutant, &str)) {
    let audit = audit(engine, seed, 2, Some(mutant)).await;
    let names = |leak: &&Leak| leak.sets.iter().any(|set| set.starts_with(words));
    let found: Vec<&Leak> = audit.leaks.iter().filter(names).collect();
    println!("{engine:?}, {mutant:?}: {} leaks, {} with '{words}'", audit.leaks.len(), found.len());
    assert!(!found.is_empty(), "{engine:?}: {mutant:?} is not found: {audit:?}");
}

#[tokio::test]
async fn what_is_published_of_two_quarters_gives_nobody_away() {
    nothing_is_found(Engine::Sqlite, 61).await;
    nothing_is_found(Engine::Sqlite, 62).await;
    nothing_is_found(Engine::Postgres, 63).await;
}

#[tokio::test]
async fn with_each_fault_of_the_cut_the_audit_finds_people() {
    for fault in FAULTS {
        people_are_found(Engine::Sqlite, 64, fault).await;
    }
    people_are_found(Engine::Postgres, 65, FAULTS[0]).await;
}

#[tokio::test]
async fn the_command_says_what_it_looked_at() {
    let place = Installation::new(Engine::Sqlite);
    let running = place.demo(2_000).await;
    let said = place.run(&["check", "--anonymity"]).await;
    assert!(said.contains("differences of published sets in"), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with("check: ") && last.ends_with(" passed, 0 failed"), "{said}");
    let plain = place.run(&["check"]).await;
    assert!(!plain.contains("differences of published sets"), "{plain}");
    drop(running);
}
