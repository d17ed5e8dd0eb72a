//! Open collection, planning, anomalies and disclosure against the reference cases.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use analyze::case::Case;
use analyze::checks::run;
use serde_json::{Value, json};
use stats::poststratified::{Cell, Rules, weighted};
use stats::share::Factor;
use stats::stuffing::excess::{Marked, fisher};
use stats::{Estimate, StratumSums};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const OURS: &[&str] = &[
    "nonresponse",
    "careless_per_response",
    "mahalanobis",
    "stuffing",
    "straightline_excess_fisher",
    "sample_size_proportion",
    "sample_size_yamane",
    "sample_size_two_proportions",
    "allocation",
    "deff_from_icc",
    "suppression",
    "differencing",
];

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference")
}

fn cases() -> Vec<Case> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(reference()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let cases = folders.into_iter().filter(|folder| folder.join("expected.json").is_file());
    cases.map(|folder| Case::read(&folder).unwrap()).collect()
}

fn checks(case: &Case) -> Vec<Value> {
    case.expected["checks"].as_array().unwrap().clone()
}

fn ours(case: &Case) -> Vec<Value> {
    let known = |check: &Value| OURS.contains(&check["stat"].as_str().unwrap());
    checks(case).into_iter().filter(known).collect()
}

fn lines(case: &Case, check: &Value) -> (bool, String) {
    let (findings, mut out) = (run(case, check), Vec::new());
    findings.write("case", &mut out).unwrap();
    (findings.passed(), String::from_utf8(out).unwrap())
}

#[test]
fn every_check_of_these_statistics_agrees() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        for check in ours(&case) {
            let (passed, lines) = lines(&case, &check);
            assert!(passed, "{lines}");
            *seen.entry(check["stat"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert_eq!(seen.len(), OURS.len(), "{seen:?}");
    assert_eq!(seen.values().sum::<usize>(), 34, "{seen:?}");
}

/// The places of all numbers and truth values in a check.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| leaves(value, &format!("{at}/{name}"), found));
        }
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(n, value)| leaves(value, &format!("{at}/{n}"), found));
        }
        Value::Number(_) | Value::Bool(_) => found.push(at.to_owned()),
        _ => {}
    }
}

/// Another value: further away than any tolerance.
fn other(value: &Value) -> Value {
    match value {
        Value::Bool(value) => json!(!value),
        Value::Number(number) if number.is_f64() => json!(number.as_f64().unwrap() + 1e-3),
        number => json!(number.as_i64().unwrap() + 1),
    }
}

/// What is given to a check, and what says how near is near enough.
const GIVEN: &[&str] = &[
    "/ids/",
    "/tol/",
    "/domain",
    "/p",
    "/margin",
    "/level",
    "/N",
    "/deff",
    "/response_rate",
    "/p1",
    "/p2",
    "/alpha",
    "/power",
    "/N_h/",
    "/S_h/",
    "/n_min",
    "/cluster_sizes/",
    "/icc",
    "/counts/",
    "/cells/",
    "/queries/",
    "/min_cell",
    "/zeros_are_safe",
];

fn is_given(stat: &str, leaf: &str) -> bool {
    let named = GIVEN.iter().any(|name| leaf == *name || (name.ends_with('/') && leaf.starts_with(name)));
    match (stat, leaf) {
        ("allocation", "/n") => true,
        ("straightline_excess_fisher", "/p") | ("nonresponse", "/response_rate") => false,
        _ => named,
    }
}

/// The places of the results of a check; of long lists every seventh.
fn results(check: &Value) -> Vec<String> {
    let mut places = Vec::new();
    leaves(check, "", &mut places);
    places.retain(|leaf| !is_given(check["stat"].as_str().unwrap(), leaf));
    let step = if places.len() > 60 { 7 } else { 1 };
    places.into_iter().step_by(step).collect()
}

#[test]
fn a_wrong_number_anywhere_fails_its_check() {
    let mut tried = 0;
    for case in cases() {
        for check in ours(&case) {
            for leaf in results(&check) {
                let mut wrong = check.clone();
                let value = wrong.pointer_mut(&leaf).unwrap();
                *value = other(value);
                assert!(!lines(&case, &wrong).0, "{} {leaf}: {wrong}", case.name());
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn the_excess_is_right_to_six_digits_where_it_is_tiny() {
    let case = Case::read(&reference().join("p09_anomaly")).unwrap();
    let table = case.responses().unwrap();
    let agency = table.column("agency").unwrap();
    let items: Vec<_> = case.description["items"].as_array().unwrap().iter().collect();
    let columns: Vec<_> = items.iter().map(|name| table.column(name.as_str().unwrap()).unwrap()).collect();
    let count = |own: bool, name: &str| {
        let rows: Vec<usize> = (0..table.len()).filter(|&row| (agency.text(row) == name) == own).collect();
        let line = |row: &&usize| {
            let answers: Vec<_> = columns.iter().map(|column| column.code(**row).unwrap()).collect();
            stats::careless::straightline(&answers, 11)
        };
        let marked = i64::try_from(rows.iter().filter(line).count()).unwrap();
        Marked { marked, n: i64::try_from(rows.len()).unwrap() }
    };
    let mut smallest: f64 = 1.0;
    for check in checks(&case).iter().filter(|check| check["stat"] == "straightline_excess_fisher") {
        let name = check["domain"]["agency"].as_str().unwrap();
        let (p, wanted) =
            (fisher(count(true, name), count(false, name)).unwrap(), check["p"].as_f64().unwrap());
        assert!((p / wanted - 1.0).abs() < 1e-6, "{name}: {p} {wanted}");
        smallest = smallest.min(p);
    }
    assert!(smallest < 1e-20, "{smallest}");
}

/// The cells of p01: sums over the five factors, respondents with an answer, dossiers, agency.
type Part = (StratumSums, i64, i64, String);

fn parts(case: &Case) -> Vec<Part> {
    let (table, population) = (case.responses().unwrap(), case.table("population.csv").unwrap());
    let factors: Vec<Vec<_>> = case.description["factors"]
        .as_object()
        .unwrap()
        .values()
        .map(|items| {
            let names = items.as_array().unwrap().iter();
            names.map(|name| table.column(name.as_str().unwrap()).unwrap()).collect()
        })
        .collect();
    let key = |table: &analyze::table::Table, row: usize| {
        ["agency", "service"].map(|name| table.column(name).unwrap().text(row).to_owned())
    };
    let mut cells: BTreeMap<[String; 2], (StratumSums, i64, i64)> = BTreeMap::new();
    let empty = || (StratumSums::new(factors.len()), 0, 0);
    for row in 0..population.len() {
        let dossiers = population.column("dossiers").unwrap().number(row).unwrap().unwrap();
        let cell = cells.entry(key(&population, row)).or_insert_with(empty);
        #[expect(clippy::cast_possible_truncation, reason = "a count")]
        let dossiers = dossiers as i64;
        cell.2 += dossiers;
    }
    for row in 0..table.len() {
        let atoms: Vec<(i64, i64)> = factors
            .iter()
            .map(|columns| {
                let codes = columns.iter().filter_map(|column| column.code(row).unwrap());
                codes.fold((0, 0), |(yes, all), code| (yes + i64::from(code >= 4), all + 1))
            })
            .collect();
        let cell = cells.entry(key(table, row)).or_insert_with(empty);
        cell.0.add(&atoms).unwrap();
        cell.1 += i64::from(atoms.iter().any(|atom| atom.1 > 0));
    }
    // The rule of the reference cases alone: strata with fewer than two responses are left out.
    let kept = cells.into_iter().filter(|(_, cell)| cell.0.as_stratum().n >= 2);
    kept.map(|([agency, _], (sums, answering, dossiers))| (sums, answering, dossiers, agency)).collect()
}

fn figure(parts: &[Part], check: &Value) -> Option<Estimate> {
    let finite = check["id"].as_str().unwrap().starts_with("stratified_fpc");
    let agency = check["domain"]["agency"].as_str();
    let chosen = parts.iter().filter(|part| agency.is_none_or(|agency| part.3 == agency));
    let cells: Vec<Cell> = chosen
        .enumerate()
        .map(|(group, part)| Cell {
            stratum: part.0.as_stratum(),
            answering: part.1,
            dossiers: part.2,
            group,
        })
        .collect();
    let rules = Rules { smallest: 2, weight_ratio: f64::INFINITY, finite };
    let over: Vec<usize> = match check["over"].as_str() {
        Some("ALL") | None => (0..5).collect(),
        Some(name) => vec![name[1..].parse::<usize>().unwrap() - 1],
    };
    let one = [Factor { weight: 1.0, atoms: &over }];
    let single: Vec<[usize; 1]> = (0..5).map(|at| [at]).collect();
    let weights = match check["weights"].as_str() {
        Some("by_items") => [3.0, 4.0, 8.0, 3.0, 4.0],
        _ => [0.2; 5],
    };
    let five: Vec<Factor> =
        weights.iter().zip(&single).map(|(&weight, atoms)| Factor { weight, atoms }).collect();
    let composite = check["stat"] == "index_composite";
    let figure = weighted(&cells, if composite { &five } else { &one }, &rules).ok()?.estimate;
    let scale = if composite { 100.0 } else { 1.0 };
    Some(Estimate { est: figure.est * scale, se: figure.se.map(|se| se * scale), ..figure })
}

#[test]
fn the_dossier_weighted_figure_is_the_stratified_one_of_the_reference() {
    let case = Case::read(&reference().join("p01_open")).unwrap();
    let parts = parts(&case);
    let mut compared = 0;
    for check in checks(&case) {
        let stratified = check["id"].as_str().unwrap().starts_with("stratified");
        let kind = check["stat"] == "index_composite"
            || (check["stat"] == "share_pooled" && check["over"].as_str().is_some());
        if !stratified || !kind {
            continue;
        }
        let Some(wanted) = check["est"].as_f64() else { continue };
        let got = figure(&parts, &check).unwrap();
        assert!((got.est - wanted).abs() < 1e-9, "{check}: {got:?}");
        let (se, wanted) = (got.se.unwrap(), check["se"].as_f64().unwrap());
        assert!((se - wanted).abs() <= (1e-6 * wanted).max(1e-12), "{check}: {got:?}");
        // n and df of a single factor count those who answered it, which the sums do not tell.
        if check["over"] == "ALL" {
            assert_eq!((json!(got.n), json!(got.df)), (check["n"].clone(), check["df"].clone()), "{check}");
        }
        compared += 1;
    }
    assert!(compared >= 60, "{compared}");
}
