//! The disk is gone. What is left: a backup that was made while people were answering, the releases since, the key.

use tests::http::Visitor;
use tests::journey::{Person, filled_form};
use tests::process::{Engine, Installation};

/// Forms that are sent while the backup is made.
const FORMS: usize = 12;

async fn send(survey: &str, forms: usize) -> usize {
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..forms {
        let mut visitor = Visitor::new(survey);
        let (action, pairs) = filled_form(&mut visitor, survey, &Person::new(5)).await;
        sending.spawn(async move {
            visitor.try_post(&action, &pairs).await.is_ok_and(|answer| answer.status == 303)
        });
    }
    let mut acknowledged = 0;
    while let Some(sent) = sending.join_next().await {
        acknowledged += usize::from(sent.unwrap_or(false));
    }
    acknowledged
}

fn path(place: &Installation, name: &str) -> String {
    place.folder().join(name).display().to_string()
}

fn spare(place: &Installation, engine: Engine) -> Installation {
    let spare = Installation::new(engine);
    std::fs::copy(place.folder().join("hailong.key"), spare.folder().join("hailong.key")).expect("a key");
    spare
}

fn last(said: &str) -> &str {
    said.lines().last().unwrap_or_default()
}

async fn lose(from: Engine, into: Engine) {
    let place = Installation::new(from);
    let running = place.demo(1_000).await;
    let survey = running.url("survey");
    assert_eq!(send(&survey, FORMS).await, FORMS);
    let (backup, releases) = (path(&place, "backup"), path(&place, "releases"));
    let arguments = ["backup", &backup];
    let (said, more) = tokio::join!(place.try_run(&arguments), send(&survey, FORMS));
    assert!(said.status.success() && more == FORMS, "{said:?}");
    let warned = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(warned.contains("the key file is not in the backup"), "{warned}");
    let again = place.try_run(&arguments).await;
    assert_eq!(again.status.code(), Some(1), "a backup is never overwritten");
    place.run(&["fold"]).await;
    place.run(&["export", "releases", "--exact", "--out", &releases]).await;
    let figures = place.run(&["export", "aggregates"]).await;
    let head = place.run(&["verify", &releases, "--json"]).await;
    running.kill().await;

    let spare = spare(&place, into);
    let said = spare.run(&["restore", &backup, "--releases", &releases]).await;
    assert!(said.contains("newer releases came from the file"), "{said}");
    let checked = spare.run(&["check"]).await;
    assert!(last(&checked).ends_with(" passed, 0 failed"), "{checked}");
    assert_eq!(spare.run(&["export", "aggregates"]).await, figures, "{from:?} into {into:?}");
    let own = path(&spare, "own");
    spare.run(&["export", "releases", "--out", &own]).await;
    assert_eq!(spare.run(&["verify", &own, "--json"]).await, head, "the same ledger");
    let noted = head.split("\"head\":\"").nth(1).and_then(|rest| rest.get(..64)).expect("a hash").to_owned();
    spare.run(&["verify", &own, "--head", &noted]).await;
    let wrong = spare.try_run(&["verify", &own, "--head", &"0".repeat(64)]).await;
    assert_eq!(wrong.status.code(), Some(1));
    let twice = spare.try_run(&["restore", &backup]).await;
    assert_eq!(twice.status.code(), Some(1), "only into an empty database");
    let running = spare.serve(&[], &[]).await;
    let page = Visitor::new(&running.listening()).get(&format!("{}/healthz", running.listening())).await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn a_province_comes_back_from_a_backup_its_releases_and_the_key() {
    lose(Engine::Sqlite, Engine::Sqlite).await;
    lose(Engine::Postgres, Engine::Postgres).await;
}

#[tokio::test]
async fn a_province_moves_from_a_file_to_a_server() {
    lose(Engine::Sqlite, Engine::Postgres).await;
}

#[tokio::test]
async fn refusals_of_a_restore_are_told_in_the_language_that_was_asked_for() {
    let place = Installation::new(Engine::Sqlite);
    let nothing = path(&place, "nothing");
    std::fs::write(&nothing, "x").expect("a file");
    for (language, says) in [("vi", "không phải là bản sao lưu"), ("en", "is not a backup of this program")]
    {
        let refused = place.try_run(&["restore", &nothing, "--lang", language]).await;
        assert_eq!(refused.status.code(), Some(1));
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(words.contains(says), "{words}");
    }
    assert!(!place.folder().join("hailong.sqlite").exists(), "nothing was made");
}
