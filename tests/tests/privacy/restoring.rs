//! (d) Over a loss: a backup in the middle of a quarter, releases and a cut after it, a restore from both, and another
//! quarter. Nothing that is published before and after, added and subtracted, speaks of few; nobody stands in the parts
//! of two cuts.

use super::boxes::{People, SURVEY, open, weeks};
use std::collections::BTreeMap;
use store::tally::ALL;
use tests::desk::Desk;
use tests::process::Engine;
use usecase::anonymity::audit_survey;
use usecase::backup::back_up;
use usecase::chance::Chance;
use usecase::mutant::Mutant;
use usecase::release_file::write_releases;
use usecase::restore::Restore;

/// Days after which the backup is made, the database is lost, and all is over.
const BACKUP: i64 = 60;
const LOSS: i64 = 100;
const OVER: i64 = 184;

async fn lose_and_restore(engine: Engine, seed: u8, mutant: Option<Mutant>) -> Desk {
    let desk = Desk::open(engine, seed).await;
    open(&desk, 6).await;
    let mut people = People::new(u64::from(seed));
    weeks(&desk, &mut people, (0, BACKUP)).await;
    let backup = desk.folder().join("backup");
    back_up(&desk.office, &backup).await.expect("a backup");
    weeks(&desk, &mut people, (BACKUP, LOSS)).await;
    let files = [desk.folder().join("releases")];
    let mut file = std::fs::File::create(&files[0]).expect("a file");
    write_releases(&desk.office, &desk.province(), (1, true), &mut file).await.expect("releases");
    let order = Restore::new(&backup, &files);
    let order = if let Some(mutant) = mutant { order.with_mutant(mutant) } else { order };
    let spare = desk.spare(engine);
    // Another stream of random numbers than that of the office that was lost: its ids come back with the backup.
    let chance = Chance::seeded([seed.wrapping_add(100); 32]);
    let given = (desk.clock.clone() as usecase::clock::SharedClock, chance);
    let (office, _) = order.run(spare.setup(), given).await.expect("a restore");
    let back = desk.moved(spare, office);
    weeks(&back, &mut people, (LOSS, OVER)).await;
    back
}

/// Groups in whose parts more people stand than ever were in their figures.
async fn crowded(desk: &Desk) -> Vec<String> {
    let survey = desk.province().survey(SURVEY).expect("the survey").survey.id;
    let increments = desk.office.store.increments(desk.tenant, survey).await.expect("increments");
    let mut all: BTreeMap<_, i64> = BTreeMap::new();
    let mut parts: BTreeMap<_, i64> = BTreeMap::new();
    for one in increments {
        if one.dimension == ALL {
            *all.entry(one.group).or_default() += one.n;
        } else if !one.dimension.starts_with(domain::family::BELOW) {
            *parts.entry((one.group, one.dimension)).or_default() += one.n;
        }
    }
    assert!(parts.len() > 10, "hardly anything was cut");
    let over = parts.into_iter().filter(|((group, _), n)| all.get(group).is_none_or(|all| all < n));
    over.map(|((group, family), n)| format!("{group:?} {family}: {n}")).collect()
}

#[tokio::test]
async fn what_is_published_before_and_after_a_restore_gives_nobody_away() {
    for (engine, seed) in [(Engine::Sqlite, 71), (Engine::Postgres, 72)] {
        let desk = lose_and_restore(engine, seed, None).await;
        let province = desk.province();
        let survey = province.survey(SURVEY).expect("the survey");
        let audit = audit_survey(&desk.office, &province, survey).await.expect("an audit");
        println!("{engine:?}: {audit:?}");
        assert_eq!(audit.leaks, [], "{engine:?}");
        assert!(audit.boxes >= 12 && audit.differences > 10_000, "it looked at nothing: {audit:?}");
        assert_eq!(crowded(&desk).await, Vec::<String>::new(), "{engine:?}");
    }
}

#[tokio::test]
async fn boxes_that_were_put_back_after_their_cut_would_be_noticed() {
    let desk = lose_and_restore(Engine::Sqlite, 73, Some(Mutant::KeptTwice)).await;
    let increments =
        desk.office.store.increments(desk.tenant, desk.province().survey(SURVEY).expect("it").survey.id);
    assert!(!increments.await.expect("increments").is_empty());
    assert!(!crowded(&desk).await.is_empty(), "people stand in the parts of two cuts");
}
