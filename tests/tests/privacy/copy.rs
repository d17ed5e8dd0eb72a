//! (b) Nothing that came with an answer can be read in a full copy, nor in the logs.

use std::fmt::Write as _;
use std::path::Path;

use tests::http::Visitor;
use tests::journey::{Person, filled_form};
use tests::process::{Engine, Installation};

const AGENT: &str = "Mozilla/5.0 (dien thoai cua ba Tu)";
const ADDRESS: &str = "203.0.113.77";
const COMMENT: &str = "Cán bộ rất nhiệt tình ở quầy số bảy";

/// Every file under a folder but the key, as bytes.
fn bytes_of(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(bytes_of(&path));
        } else if path.extension().is_none_or(|ending| ending != "key") {
            all.extend(std::fs::read(&path).unwrap_or_default());
        }
    }
    all
}

/// Whether words can be read in a copy: as they are, or as a dump of PostgreSQL writes bytes, in
/// hexadecimal. (Its files compress what is not sealed, so only the dump would show it.)
fn holds(bytes: &[u8], words: &str) -> bool {
    let dumped = words.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    });
    let found = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    found(words.as_bytes()) || found(dumped.as_bytes())
}

/// Everything that an administrator could copy: files, or dump and the cluster's own files.
fn copy_of(place: &Installation) -> Vec<u8> {
    let mut copy = bytes_of(place.folder());
    if let Some(database) = place.database() {
        let _ = database.ask("checkpoint");
        copy.extend(database.dump().into_bytes());
        copy.extend(bytes_of(&tests::cluster::Cluster::shared().data()));
    }
    copy
}

/// One person answers with everything that could name them, on a server that keeps proxies' word.
async fn answer_with_traces(survey: &str) -> String {
    let mut visitor =
        Visitor::new(survey).with_header("user-agent", AGENT).with_header("x-forwarded-for", ADDRESS);
    let (action, mut pairs) = filled_form(&mut visitor, survey, &Person::new(5)).await;
    pairs.retain(|(name, _)| name != "comment");
    pairs.push(("comment".to_owned(), COMMENT.to_owned()));
    let sent = visitor.post(&action, &pairs).await;
    assert_eq!(sent.status, 303);
    pairs.into_iter().find(|(name, _)| name == "token").map(|(_, value)| value).unwrap_or_default()
}

async fn look_for_traces(engine: Engine) {
    let place = Installation::new(engine);
    let running = place.demo(0).await;
    let survey = running.url("survey");
    let mut tokens = Vec::new();
    for _ in 0..10 {
        tokens.push(answer_with_traces(&survey).await);
    }
    let waiting = copy_of(&place);
    place.run(&["fold"]).await;
    let (folded, said) = (copy_of(&place), running.said());
    assert!(waiting.len() > 10_000 && folded.len() > 10_000, "the copies hold the database");
    for (copy, what) in
        [(&waiting, "before the fold"), (&folded, "after the fold"), (&said.into_bytes(), "the logs")]
    {
        for trace in [AGENT, ADDRESS, COMMENT] {
            assert!(!holds(copy, trace), "{engine:?}, {what}: '{trace}' can be read");
        }
        let token = tokens.iter().find(|token| holds(copy, token));
        assert!(token.is_none(), "{engine:?}, {what}: the form token {token:?} can be read");
    }
}

#[tokio::test]
async fn a_copy_of_the_sqlite_file_and_the_logs_name_nobody() {
    look_for_traces(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_copy_of_the_postgres_database_and_the_logs_name_nobody() {
    look_for_traces(Engine::Postgres).await;
}

#[test]
fn a_trace_in_a_copy_is_found() {
    assert!(holds("…quầy số bảy…".as_bytes(), "quầy số"));
    assert!(holds(b"\\x00616263ff", "abc"), "as a dump writes it");
    assert!(!holds(b"abc", "abcd"));
}
