//! (b) Nothing that came with an answer can be read in a full copy, nor in the logs.

use std::path::Path;

use tests::http::Visitor;
use tests::journey::{Person, filled_form};
use tests::process::{Engine, Installation};
use usecase::chance::Chance;
use usecase::keys::{Keys, hexadecimal, sha256};

const AGENT: &str = "Mozilla/5.0 (dien thoai cua ba Tu)";
const ADDRESS: &str = "203.0.113.77";
const COMMENT: &str = "Cán bộ rất nhiệt tình ở quầy số bảy";

/// Every file under a folder but the key, as bytes.
pub(super) fn bytes_of(folder: &Path) -> Vec<u8> {
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

/// A trace under the name that a failure shows.
pub(super) type Trace = (String, Vec<u8>);

/// The first of some traces that can be read in a copy: as it is, or as a dump of PostgreSQL writes
/// bytes, in hexadecimal. (Its files compress what is not sealed, so only the dump would show it.)
pub(super) fn find<'a>(bytes: &[u8], traces: &'a [Trace]) -> Option<&'a str> {
    let dumped = |trace: &[u8]| hexadecimal(trace).into_bytes();
    let forms: Vec<(&str, Vec<u8>)> = traces
        .iter()
        .flat_map(|(name, trace)| [(&name[..], trace.clone()), (&name[..], dumped(trace))])
        .collect();
    // Copies are large and traces many: most places are passed by after a look at two bytes.
    let pair = |bytes: &[u8]| usize::from(bytes[0]) << 8 | usize::from(bytes[1]);
    let mut begins: Vec<Vec<usize>> = vec![Vec::new(); 1 << 16];
    for (at, (_, form)) in forms.iter().enumerate() {
        begins[pair(form)].push(at);
    }
    let here =
        |at: usize| begins[pair(&bytes[at..])].iter().find(|form| bytes[at..].starts_with(&forms[**form].1));
    (0..bytes.len().saturating_sub(1)).find_map(here).map(|form| forms[*form].0)
}

fn trace(text: &str) -> Trace {
    (text.to_owned(), text.as_bytes().to_vec())
}

/// What a program might keep instead of a trace: its hash, plain or with the secret of the key file
/// before or after it, or signed with the key of the forms. Eight bytes of it are enough to be found.
fn hashes_of(trace: &str, key_file: &Path) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(key_file).expect("the key file");
    let secret = unhex(text.split_whitespace().last().expect("the secret"));
    let keys = Keys::open(key_file, None, &Chance::seeded([0; 32])).expect("the keys");
    let both = [[&secret[..], trace.as_bytes()].concat(), [trace.as_bytes(), &secret[..]].concat()];
    let texts = std::iter::once(trace.as_bytes()).chain(both.iter().map(|both| &both[..]));
    let mut hashes: Vec<Vec<u8>> = texts.map(|bytes| unhex(&sha256(bytes)[..16])).collect();
    hashes.push(keys.sign_form(trace.as_bytes())[..8].to_vec());
    hashes
}

pub(super) fn unhex(digits: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal");
    (0..digits.len()).step_by(2).map(byte).collect()
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

/// Ten codes of the demo's agency: whole and typed.
async fn codes_of(place: &Installation, agency: &str) -> Vec<(String, String)> {
    let unit = agency.rsplit('/').next().unwrap_or_default();
    let file = place.folder().parent().expect("a folder").join(format!("codes-{}.csv", std::process::id()));
    let path = file.display().to_string();
    let issue = ["codes", "issue", "--unit", unit, "--field", "civil-status", "--channel", "in-person"];
    place.run(&[&issue[..], &["--count", "10", "--csv", &path]].concat()).await;
    let mut reader = csv::Reader::from_path(&file).expect("a file of codes");
    let codes = reader.records().flatten().map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    std::fs::remove_file(&file).expect("the file is not part of the copy");
    codes
}

/// Where a code leads: the ticket in the address is a trace as well.
async fn ticket_of(survey: &str, code: &str) -> String {
    let mut visitor =
        Visitor::new(survey).with_header("user-agent", AGENT).with_header("x-forwarded-for", ADDRESS);
    let place = visitor.get(&format!("/c/{code}")).await;
    assert_eq!(place.status, 303);
    place.header("location").expect("a place").to_owned()
}

/// One person answers with everything that could name them, on a server that keeps proxies' word.
async fn answer_with_traces(site: &str, survey: &str) -> String {
    let mut visitor =
        Visitor::new(site).with_header("user-agent", AGENT).with_header("x-forwarded-for", ADDRESS);
    let (action, mut pairs) = filled_form(&mut visitor, survey, &Person::new(5)).await;
    pairs.retain(|(name, _)| name != "comment");
    pairs.push(("comment".to_owned(), COMMENT.to_owned()));
    let sent = visitor.post(&action, &pairs).await;
    assert_eq!(sent.status, 303);
    pairs.into_iter().find(|(name, _)| name == "token").map(|(_, value)| value).unwrap_or_default()
}

async fn look_for_traces(engine: Engine) {
    let place = Installation::new(engine);
    let keep = place.folder().display().to_string();
    // A log that says everything says nothing of people either.
    let running =
        place.start(&["demo", "--answers", "0", "--keep", &keep], &[("HAILONG_LOG", "trace")]).await;
    let survey = running.url("survey");
    let mut tokens = Vec::new();
    for _ in 0..10 {
        tokens.push(answer_with_traces(&survey, &survey).await);
    }
    for (whole, typed) in codes_of(&place, &running.url("agency")).await {
        let ticket = ticket_of(&survey, &whole).await;
        tokens.push(answer_with_traces(&survey, &ticket).await);
        let name = ticket.split(['/', '?']).nth(2).unwrap_or_default().to_owned();
        tokens.extend([typed.replace('-', ""), typed, whole, name]);
    }
    let waiting = copy_of(&place);
    place.run(&["fold"]).await;
    let (folded, said) = (copy_of(&place), running.said());
    assert!(waiting.len() > 10_000 && folded.len() > 10_000, "the copies hold the database");
    assert!(said.lines().count() > 100, "the log is not a long one:\n{said}");
    let key = place.folder().join("hailong.key");
    let mut traces: Vec<Trace> = [AGENT, ADDRESS, COMMENT].map(trace).to_vec();
    traces.extend(tokens.iter().map(|token| trace(token)));
    for (name, _) in traces.clone() {
        traces.extend(hashes_of(&name, &key).into_iter().map(|hash| (format!("a hash of {name}"), hash)));
    }
    for (copy, what) in
        [(&waiting, "before the fold"), (&folded, "after the fold"), (&said.into_bytes(), "the logs")]
    {
        let found = find(copy, &traces);
        assert!(found.is_none(), "{engine:?}, {what}: {found:?} can be read");
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
    assert_eq!(find("…quầy số bảy…".as_bytes(), &[trace("bảy"), trace("quầy số")]), Some("quầy số"));
    assert_eq!(find(b"\\x00616263ff", &[trace("abc")]), Some("abc"), "as a dump writes it");
    assert_eq!(find(b"abc", &[trace("abcd"), trace("bcd")]), None);
}

#[test]
fn a_hash_of_a_trace_in_a_copy_is_found() {
    let folder = tests::folder::Folder::new("hash");
    let key = folder.path().join("hailong.key");
    Keys::open(&key, None, &Chance::seeded([4; 32])).expect("a key file");
    let hashes = hashes_of(ADDRESS, &key);
    assert_eq!(hashes.len(), 4);
    let plain = unhex(&sha256(ADDRESS.as_bytes()));
    let found = |bytes: &[u8], hash: &[u8]| find(bytes, &[("hash".into(), hash.to_vec())]).is_some();
    assert!(found(&plain, &hashes[0]) && found(sha256(ADDRESS.as_bytes()).as_bytes(), &hashes[0]));
    let text = std::fs::read_to_string(&key).expect("the key file");
    let secret = unhex(text.split_whitespace().last().expect("the secret"));
    assert!(found(&unhex(&sha256(&[&secret[..], ADDRESS.as_bytes()].concat())), &hashes[1]));
}
