//! The reference cases of the repository, and folders of the same format made up here.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use analyze::case::Case;
use analyze::checks::{all, run, run_all};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The statistics of designed samples and of printed tables.
const OWN: [&str; 18] = [
    "binomial",
    "deff_wor",
    "hypergeometric",
    "index_composite",
    "jackknife",
    "kish",
    "mean",
    "mean_item",
    "proportion",
    "rao_scott_F",
    "ratio",
    "score_mean",
    "share_binary",
    "share_pooled",
    "total",
    "total_of_indicator",
    "vector",
    "weights",
];

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference").join(name)
}

/// A folder of its own for a test, filled with a copy of a case under another name.
fn copied(name: &str, as_name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("hailong-{}-{as_name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(reference(name)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    folder
}

/// Runs every own check of a folder: passed, failed ids, numbers only shown.
fn outcome(folder: &Path) -> (usize, Vec<String>, usize) {
    let case = Case::read(folder).unwrap();
    let own = all(&case).into_iter().filter(|check| OWN.contains(&check["stat"].as_str().unwrap()));
    let (mut passed, mut failed, mut shown) = (0, Vec::new(), 0);
    for check in own {
        let findings = run(&case, &check);
        shown += findings.informational();
        if findings.passed() {
            passed += 1;
        } else {
            failed.push(check["id"].to_string());
        }
    }
    (passed, failed, shown)
}

#[test]
fn every_number_of_the_reference_cases_agrees() {
    // Checks that pass, and numbers that the reference cannot vouch for, with their reasons:
    // 9 standard errors, deffs and effective numbers of post-stratified means and one composite
    // whose variance is 0 (p01), 78 such of calibrated means (p05), the interpolated likelihood
    // of R (p13).
    let cases = [
        ("p01_open", 302, 10),
        ("p02_strat", 201, 0),
        ("p03_cluster2", 207, 0),
        ("p04_lonely", 21, 0),
        ("p05_calibrated", 190, 78),
        ("p10_binomial", 20, 0),
        ("p13_textbook", 11, 2),
        ("p15_real", 84, 0),
    ];
    let mut results = BTreeMap::new();
    for (name, passed, shown) in cases {
        let found = outcome(&reference(name));
        assert!(found.1.is_empty(), "{name}: {:?}", found.1);
        results.insert(name, (found.0 == passed && found.2 == shown, found));
    }
    let others: Vec<_> = results.iter().filter(|(_, (same, _))| !same).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn all_cases_of_the_repository_pass() {
    let mut out = Vec::new();
    let outcome = run_all(&reference(""), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let failed: Vec<&str> = text.lines().filter(|line| line.ends_with(" FAILED")).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!((outcome.passed, outcome.failed, outcome.informational), (1162, 0, 90));
}

#[test]
fn the_name_of_a_folder_says_nothing() {
    for (name, other) in [("p15_real", "first"), ("p04_lonely", "second"), ("p05_calibrated", "third")] {
        let folder = copied(name, other);
        assert_eq!(outcome(&folder), outcome(&reference(name)));
        fs::remove_dir_all(folder).unwrap();
    }
}

/// Multiplies every number of a check that has digits behind the point.
fn spoil(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (_, member) in members.iter_mut().filter(|(name, _)| *name != "tol") {
                spoil(member);
            }
        }
        Value::Array(members) => {
            for member in members {
                spoil(member);
            }
        }
        Value::Number(number) if number.is_f64() => {
            *value = json!(number.as_f64().unwrap() * 1.03 + 1e-3);
        }
        _ => (),
    }
}

#[test]
fn a_wrong_number_anywhere_fails_its_check() {
    for name in ["p02_strat", "p03_cluster2", "p04_lonely", "p13_textbook"] {
        let case = Case::read(&reference(name)).unwrap();
        let own = all(&case).into_iter().filter(|check| OWN.contains(&check["stat"].as_str().unwrap()));
        for (at, mut check) in own.enumerate() {
            if at % 7 != 0 {
                continue;
            }
            let names: Vec<String> = check.as_object().unwrap().keys().cloned().collect();
            let mut spoiled = check.clone();
            for name in names.iter().filter(|name| *name != "published") {
                let before = check[name].clone();
                spoil(&mut check[name]);
                if check[name] != before {
                    assert!(!run(&case, &check).passed(), "{}: {name}", check["id"]);
                }
                check[name] = before;
            }
            spoil(&mut spoiled);
            assert!(!run(&case, &spoiled).passed(), "{}", check["id"]);
        }
    }
}

#[test]
fn an_unknown_design_fails_in_clear_words() {
    let case = Case::read(&reference("p02_strat")).unwrap();
    let check =
        json!({"id": "systematic/all", "stat": "share_pooled", "domain": [], "over": "ALL", "est": 0.5});
    let findings = run(&case, &check);
    let mut lines = Vec::new();
    findings.write("case", &mut lines).unwrap();
    let text = String::from_utf8(lines).unwrap();
    assert!(!findings.passed());
    assert!(text.contains("no design is called \"systematic\""), "{text}");
}

#[test]
fn a_design_without_its_counts_fails_in_clear_words() {
    let case = Case::read(&reference("p02_strat")).unwrap();
    let check = json!({"id": "raked/all", "stat": "share_pooled", "domain": [], "over": "ALL", "est": 0.5});
    let mut lines = Vec::new();
    run(&case, &check).write("case", &mut lines).unwrap();
    assert!(String::from_utf8(lines).unwrap().contains("names no population counts"));
}

#[test]
fn the_last_line_counts() {
    let mut out = Vec::new();
    let outcome = run_all(&reference("p13_textbook"), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!((outcome.passed, outcome.failed), (11, 0));
    assert_eq!(text.lines().last(), Some("11 passed, 0 failed"));
}
