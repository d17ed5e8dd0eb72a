//! (a) Whoever has a raw copy of every hour, and saw every code handed out, links nobody to a row better
//! than the published step itself allows; and with each fault somebody does.

use super::rules::{Case, GUESSES, LINKS};
use super::traffic::{World, live};
use tests::process::Engine;
use usecase::mutant::Mutant;

/// How unlikely a rule's success must be to count as more than luck, over all rules together.
const LUCK: f64 = 1e-3;
/// How unlikely it is when a fault is played: nothing near the edge.
const CERTAIN: f64 = 1e-6;

/// How a rule fared.
struct Score {
    name: &'static str,
    claims: usize,
    right: usize,
    expected: f64,
    luck: f64,
}

/// The probability of at least so many successes in independent trials of these chances.
fn upper_tail(chances: &[f64], successes: usize) -> f64 {
    let mut exactly = vec![0.0; chances.len() + 1];
    exactly[0] = 1.0;
    for (done, chance) in chances.iter().enumerate() {
        for count in (0..=done).rev() {
            exactly[count + 1] += exactly[count] * chance;
            exactly[count] *= 1.0 - chance;
        }
    }
    exactly[successes.min(chances.len())..].iter().sum()
}

fn link_scores(world: &World, cases: &[Case<'_>]) -> Vec<Score> {
    let judge = |rule: &super::rules::Link| {
        let (mut chances, mut right) = (Vec::new(), 0);
        for case in cases {
            let (Some(bar), Some(row)) = (case.bar(), (rule.choose)(case)) else { continue };
            chances.push(bar);
            right += usize::from(row.body == case.person.answers);
        }
        let luck = upper_tail(&chances, right);
        Score { name: rule.name, claims: chances.len(), right, expected: chances.iter().sum(), luck }
    };
    assert!(!world.blocks.is_empty(), "nothing was folded");
    LINKS.iter().map(judge).collect()
}

/// A guess is compared, person by person, with what the published figures alone make one say: where one
/// of the two is right, it should be the guess no more often than the other.
fn guess_scores(cases: &[Case<'_>]) -> Vec<Score> {
    let judge = |rule: &super::rules::Guess| {
        let (mut claims, mut better, mut worse) = (0, 0, 0);
        for case in cases {
            let (Some(public), Some(guess)) = ((rule.public)(case), (rule.choose)(case)) else { continue };
            let truth = (rule.truth)(case.person);
            claims += 1;
            better += usize::from(guess == truth && public != truth);
            worse += usize::from(guess != truth && public == truth);
        }
        let luck = upper_tail(&vec![0.5; better + worse], better);
        Score { name: rule.name, claims, right: better, expected: (better + worse) as f64 / 2.0, luck }
    };
    GUESSES.iter().map(judge).collect()
}

fn scores(world: &World) -> Vec<Score> {
    let targets = world.people.iter().filter(|person| !person.is_mine);
    let cases: Vec<Case<'_>> = targets.map(|person| Case::of(world, person)).collect();
    let mut scores = link_scores(world, &cases);
    scores.extend(guess_scores(&cases));
    scores
}

fn write(scores: &[Score]) -> String {
    let line = |score: &Score| {
        let Score { name, claims, right, expected, luck } = score;
        format!("{name:32} {claims:5} claims {right:4} right, {expected:6.1} by chance, p {luck:.1e}\n")
    };
    scores.iter().map(line).collect()
}

async fn nobody_wins(engine: Engine, seed: u8, days: i64, least: usize) {
    let world = live(engine, seed, days, None).await;
    let scores = scores(&world);
    println!("{engine:?}, {} people, {} steps\n{}", world.people.len(), world.blocks.len(), write(&scores));
    let winner = scores.iter().find(|score| score.luck < LUCK / scores.len() as f64);
    assert!(winner.is_none(), "{engine:?}: '{}' wins\n{}", winner.map_or("", |s| s.name), write(&scores));
    assert!(scores[0].claims >= least, "too few people\n{}", write(&scores));
}

/// Each fault, a rule that must win against it, and the days that it takes.
const FAULTS: &[(Mutant, &str, i64)] = &[
    (Mutant::FoldOfOne, "a step of fewer than k", 92),
    (Mutant::OrderedInsert, "order of ids", 92),
    (Mutant::UnsealedInbox, "content of the inbox page", 34),
    (Mutant::ReadableGroup, "route by group in the inbox", 62),
    (Mutant::NoReseal, "text by staying", 62),
    (Mutant::StoredDay, "the day in a row", 34),
];

async fn the_attacker_wins(engine: Engine, seed: u8, (mutant, rule, days): (Mutant, &str, i64)) {
    let scores = scores(&live(engine, seed, days, Some(mutant)).await);
    println!("{engine:?}, {mutant:?}\n{}", write(&scores));
    let wins = scores.iter().any(|score| score.name == rule && score.luck < CERTAIN);
    assert!(wins, "{engine:?}: with {mutant:?}, '{rule}' does not win\n{}", write(&scores));
}

#[tokio::test]
async fn no_rule_links_a_person_to_a_row_of_the_sqlite_file() {
    nobody_wins(Engine::Sqlite, 1, 92, 150).await;
}

#[tokio::test]
async fn no_rule_links_a_person_to_a_row_of_the_postgres_pages() {
    nobody_wins(Engine::Postgres, 2, 92, 150).await;
}

#[tokio::test]
async fn with_each_fault_a_rule_links_people_to_rows_of_the_sqlite_file() {
    for (at, fault) in (3..).zip(FAULTS) {
        the_attacker_wins(Engine::Sqlite, at, *fault).await;
    }
}

#[tokio::test]
async fn with_each_fault_a_rule_links_people_to_rows_of_the_postgres_pages() {
    for (at, fault) in (13..).zip(FAULTS) {
        the_attacker_wins(Engine::Postgres, at, *fault).await;
    }
}

#[tokio::test]
#[ignore = "full"]
async fn no_rule_links_a_person_to_a_row_in_half_a_year() {
    for seed in 30..34 {
        nobody_wins(Engine::Sqlite, seed, 183, 400).await;
        nobody_wins(Engine::Postgres, seed + 10, 183, 400).await;
    }
}

#[test]
fn luck_is_reckoned_as_in_the_books() {
    assert!((upper_tail(&[0.5; 10], 8) - 56.0 / 1024.0).abs() < 1e-12);
    assert!((upper_tail(&[0.1, 0.2], 1) - 0.28).abs() < 1e-12);
    assert!((upper_tail(&[], 0) - 1.0).abs() < 1e-12);
}
