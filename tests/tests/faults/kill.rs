//! The power is cut.

use tests::http::Visitor;
use tests::journey::{Person, filled_form};
use tests::process::{Engine, Installation};

/// Forms that are filled in before the cut, and how many are sent at once.
const FORMS: usize = 24;
const AT_ONCE: usize = 6;

/// How many respondents the export counts for the open answers of the demo's counter.
async fn counted(place: &Installation) -> u64 {
    let csv = place.run(&["export", "aggregates"]).await;
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let column =
        |name: &str| header.iter().position(|one| *one == name).unwrap_or_else(|| panic!("no column {name}"));
    let (trust, node, n) = (column("trust"), column("node"), column("n"));
    let overall = lines.filter(|row| row.get(trust) == Some(&"open") && row.get(node) == Some(&"overall"));
    overall.filter_map(|row| row.get(n)?.parse::<u64>().ok()).max().unwrap_or(0)
}

/// Sends all forms, a few at a time, kills the server in the middle, and counts.
async fn cut(engine: Engine) {
    let place = Installation::new(engine);
    let running = place.demo(0).await;
    let survey = running.url("survey");
    let mut forms = Vec::new();
    for _ in 0..FORMS {
        forms.push(filled_form(&mut Visitor::new(&survey), &survey, &Person::new(5)).await);
    }
    let mut waiting = tokio::task::JoinSet::new();
    let (mut acknowledged, mut running) = (0_u64, Some(running));
    for (number, (action, pairs)) in forms.into_iter().enumerate() {
        let mut visitor = Visitor::new(&survey);
        waiting.spawn(async move {
            visitor.try_post(&action, &pairs).await.is_ok_and(|answer| answer.status == 303)
        });
        if number % AT_ONCE == AT_ONCE - 1 && number < FORMS / 2 {
            while let Some(done) = waiting.join_next().await {
                acknowledged += u64::from(done.unwrap_or(false));
            }
        }
        if number == FORMS - AT_ONCE {
            running.take().expect("it runs").kill().await;
        }
    }
    while let Some(done) = waiting.join_next().await {
        acknowledged += u64::from(done.unwrap_or(false));
    }
    assert!(acknowledged >= 10, "only {acknowledged} answers were acknowledged before the cut");
    place.run(&["fold"]).await;
    let counted = counted(&place).await;
    assert!(counted >= acknowledged, "{acknowledged} acknowledged, {counted} counted");
    assert!(counted <= FORMS as u64, "{FORMS} sent, {counted} counted");
}

#[tokio::test]
async fn an_acknowledged_answer_survives_a_kill_on_sqlite() {
    cut(Engine::Sqlite).await;
}

#[tokio::test]
async fn an_acknowledged_answer_survives_a_kill_on_postgres() {
    cut(Engine::Postgres).await;
}

#[tokio::test]
async fn asked_to_stop_it_ends_well() {
    for engine in Engine::BOTH {
        let place = Installation::new(engine);
        assert_eq!(place.demo(0).await.stop().await, Some(0), "{engine:?}");
    }
}

#[tokio::test]
async fn without_its_key_it_refuses_and_makes_no_new_one() {
    for engine in Engine::BOTH {
        let place = Installation::new(engine);
        place.demo(0).await.stop().await;
        let key = place.folder().join("hailong.key");
        std::fs::remove_file(&key).expect("there is a key file");
        let refused = place.try_run(&["fold"]).await;
        assert_eq!(refused.status.code(), Some(1), "{engine:?}");
        assert!(!key.exists(), "no new key beside existing data");
        let words = String::from_utf8_lossy(&refused.stderr);
        assert!(words.contains("key"), "{words}");
    }
}
