//! Any file gives the figures of the table, or its complaint, whatever the threads and the blocks.

use crate::oracle;
use analyze::stream::{Plan, Reading, Rules, tally_with};
use proptest::prelude::*;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const HEADER: [&str; 8] = ["id", "agency", "q1", "note", "q2", "q3", "sex", "overall"];

pub fn plan() -> Plan {
    let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    Plan {
        strata: texts(&["agency"]),
        domains: texts(&["sex"]),
        factors: vec![("F1".to_owned(), texts(&["q1", "q3"])), ("F2".to_owned(), texts(&["q2"]))],
        items: Vec::new(),
        overall: Some("overall".to_owned()),
    }
}

/// A file of its own, which is gone with this value.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn of(bytes: &[u8]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("stream-{}-{}.csv", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// The texts of a cell: what is usual first, what is not rarely.
fn code() -> impl Strategy<Value = String> {
    prop_oneof![
        400 => "[1-5]",
        100 => Just(String::new()),
        10 => "[ \t\u{a0}]{0,2}[1-5]?[ \t\u{3000}]{0,2}",
        10 => "\"[1-5]?\"",
        1 => "[06-9a]|44|\"4|4\"|\"\"\"4\"|- ?4",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        60 => "[A-C]",
        20 => "[a-z ế]{0,12}",
        6 => "\"[a-c,\n\r;ế ]{0,6}(\"\")?[a-c,\n]{0,3}\"",
        2 => "[a-c]{1,3}\"{1,2}[a-c]{0,2}",
        1 => "\u{feff}[A-C]|\"[A-C]\"[a-z]{0,2}|\"\"",
    ]
}

fn row() -> impl Strategy<Value = Vec<u8>> {
    let answers = [code(), code(), code(), code()];
    let texts = (text(), "[A-C] ?|\"[A-B]\"", " ?[FM]?");
    let fault = prop_oneof![
        100 => Just(None::<&'static [u8]>),
        1 => prop::sample::select(vec![&b",4"[..], b",", b"\xff", b"\xc3,", b"\"", b"\n", b"\r"]).prop_map(Some),
    ];
    let end = prop_oneof![20 => Just("\n"), 6 => Just("\r\n"), 1 => Just("\r"), 2 => Just("\n\n"), 1 => Just("\n\r\n")];
    (0..2000_u32, answers, texts, (fault, 0..40_usize), end).prop_map(
        |(id, [q1, q2, q3, overall], (note, agency, sex), (fault, at), end)| {
            let mut row = format!("{id},{agency},{q1},{note},{q2},{q3},{sex},{overall}").into_bytes();
            let at = at.min(row.len());
            row.splice(at..at, fault.unwrap_or_default().iter().copied());
            row.extend_from_slice(end.as_bytes());
            row
        },
    )
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let rows = prop::collection::vec(row(), 0..25);
    (rows, any::<bool>(), any::<bool>(), prop_oneof![Just("\n"), Just("\r\n"), Just("\r")]).prop_map(
        |(rows, mark, open, end)| {
            let mut bytes = if mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
            bytes.extend_from_slice(HEADER.join(",").as_bytes());
            bytes.extend_from_slice(end.as_bytes());
            bytes.extend(rows.concat());
            let kept = bytes.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
            bytes.truncate(if open { kept } else { bytes.len() });
            bytes
        },
    )
}

/// Figures or complaint of the table, and those of the stream, are the same.
pub fn compare(path: &Path, plan: &Plan, reading: Reading) -> Result<bool, String> {
    let expected = oracle::read(path, plan);
    let got = tally_with(path, plan, reading);
    let (people, tallies) = match (expected, got) {
        (Ok(people), Ok(tallies)) => (people, tallies),
        (Err(expected), Err(got)) if expected.to_string() == got.to_string() => return Ok(false),
        (expected, got) => {
            return Err(format!("{:?}, expected {:?}", got.map(|_| "figures"), expected.map(|_| "figures")));
        }
    };
    let all: Vec<&str> = plan.strata.iter().chain(&plan.domains).map(String::as_str).collect();
    for columns in [&[][..], &all[..1], &all[1..], &all[..]] {
        for domain in tallies.domains(columns).map_err(|error| error.to_string())? {
            let got = tallies.estimates(std::slice::from_ref(&domain), &Rules::default()).unwrap();
            oracle::agree(&got, &oracle::figures(&people, plan, &domain), &domain)?;
        }
    }
    Ok(true)
}

proptest! {
    #[test]
    fn any_file_gives_the_figures_or_the_complaint_of_the_table(
        bytes in file(),
        threads in 1..4_usize,
        block in prop_oneof![1..12_usize, 12..400_usize],
    ) {
        let scratch = Scratch::of(&bytes);
        let reading = Reading { threads: NonZeroUsize::new(threads).unwrap(), block };
        let compared = compare(&scratch.0, &plan(), reading);
        prop_assert!(compared.is_ok(), "{}\n{}", compared.unwrap_err(), String::from_utf8_lossy(&bytes));
    }
}

/// Both kinds of files come up often enough for the property to mean something.
#[test]
fn random_files_are_sometimes_right_and_sometimes_wrong() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut right = 0;
    for _ in 0..200 {
        let bytes = proptest::strategy::ValueTree::current(&file().new_tree(&mut runner).unwrap());
        let scratch = Scratch::of(&bytes);
        right += i32::from(oracle::read(&scratch.0, &plan()).is_ok());
    }
    assert!((60..180).contains(&right), "{right} of 200 are right");
}
