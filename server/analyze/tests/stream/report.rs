//! The report of a large file is that of its rows.

use crate::file::long;
use crate::random::Scratch;
use analyze::AnalyzeError;
use analyze::description::Description;
use analyze::generate::{Options, description, responses};
use analyze::report::{Line, Precise};
use analyze::stream::tally;
use analyze::survey::Survey;
use analyze::table::Table;
use analyze::{Report, run};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn open() -> (PathBuf, Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/p01_open");
    let described = std::fs::read_to_string(folder.join("case.json")).unwrap();
    (folder.join("responses.csv"), serde_json::from_str(&described).unwrap())
}

/// The report by one pass, and that by rows.
fn both(path: &Path, described: Value) -> (Option<Report>, Report) {
    let description = Description::of(path, described).unwrap();
    let table = Table::read(path).unwrap();
    let rows = Report::of(&Survey::of(&description, &table, None).unwrap()).unwrap();
    (Report::of_file(&description, path).unwrap(), rows)
}

/// Sums of whole numbers and of fractions differ by roundings.
fn near(got: Option<f64>, expected: Option<f64>) -> bool {
    match (got, expected) {
        (Some(got), Some(expected)) => (got - expected).abs() <= 1e-9 * expected.abs().max(1e-3),
        (None, None) => true,
        _ => false,
    }
}

fn same(got: &Precise, expected: &Precise) -> bool {
    let (one, other) = (got.estimate, expected.estimate);
    let whole = (one.n, one.df, one.answers) == (other.n, other.df, other.answers);
    let numbers =
        near(Some(one.est), Some(other.est)) && near(one.se, other.se) && near(got.deff, expected.deff);
    let intervals = got.intervals.iter().zip(&expected.intervals).all(|((name, one), (named, other))| {
        name == named
            && near(one.map(|one| one.low), other.map(|other| other.low))
            && near(one.map(|one| one.high), other.map(|other| other.high))
    });
    whole && numbers && intervals && got.intervals.len() == expected.intervals.len()
}

fn agree(got: &Line, expected: &Line) {
    let named = (&got.group, got.statistic, &got.over, got.scale);
    assert_eq!(named, (&expected.group, expected.statistic, &expected.over, expected.scale));
    let equal = match (&got.figure, &expected.figure) {
        (Ok(got), Ok(expected)) => same(got, expected),
        (got, expected) => got.as_ref().err() == expected.as_ref().err(),
    };
    assert!(equal, "{got:?}\nexpected {expected:?}");
}

#[test]
fn one_pass_gives_the_report_of_the_rows() {
    let (path, described) = open();
    let by = json!(["agency", "service", "sex", "period"]);
    for (strata, rule, factors) in [
        (json!("agency"), Value::Null, true),
        (json!("agency"), json!("fail"), true),
        (Value::Null, json!("adjust"), true),
        (json!("service"), Value::Null, false),
    ] {
        let mut described = described.clone();
        described["by"] = by.clone();
        described["design"] = json!({ "strata": strata });
        described["lonely_psu"] = rule;
        if !factors {
            described["factors"] = Value::Null;
        }
        let (got, expected) = both(&path, described);
        let got = got.unwrap();
        assert_eq!(got.lines.len(), expected.lines.len());
        got.lines.iter().zip(&expected.lines).for_each(|(got, expected)| agree(got, expected));
        let rest = |report: &Report| (report.respondents, report.items, report.design.clone());
        assert_eq!(rest(&got), rest(&expected));
        let (first, others) = got.warnings.split_first().unwrap();
        assert!(first.contains("no comparison, ranks or quality"), "{first}");
        assert_eq!(others, expected.warnings);
    }
}

#[test]
fn a_design_that_sums_do_not_hold_is_left_to_the_rows() {
    let (path, described) = open();
    let with = |name: &str, value: Value| {
        let mut described = described.clone();
        described[name] = value;
        Report::of_file(&Description::of(&path, described).unwrap(), &path).unwrap()
    };
    assert!(with("level", json!(0.9)).is_some());
    for (name, value) in [
        ("design", json!({"ids": ["agency"]})),
        ("design", json!({"weights": "id"})),
        ("design", json!({"fpc": "id"})),
        ("lonely_psu", json!("average")),
        ("lonely_psu", json!("certainty")),
        ("poststrata", json!({"by": ["agency"], "population": "population.csv"})),
        ("raking", json!([{"by": ["agency"], "population": "population.csv"}])),
        ("factors", json!({"F1": ["q01", "q02"], "F2": ["q02", "q03"]})),
        ("factors", json!({"F1": ["q01", "q02"]})),
        ("by", json!(["q01"])),
    ] {
        assert!(with(name, value.clone()).is_none(), "{name} {value}");
    }
}

#[test]
fn a_large_file_is_read_in_one_pass_and_its_complaints_have_their_place() {
    let options = Options { rows: 125_000, ..Options::default() };
    let mut bytes = Vec::new();
    responses(&options, &mut bytes).unwrap();
    let file = Scratch::of(&bytes);
    let described = Scratch::of(description(&options).unwrap().to_string().as_bytes());
    let report = run(&described.0, &file.0, None).unwrap();
    // Rows give the same up to roundings, so equality to the last bit says how it was read.
    let description = Description::read(&described.0).unwrap();
    assert_eq!(Some(&report), Report::of_file(&description, &file.0).unwrap().as_ref());
    assert_eq!(report.lines.len(), 41 * (3 * 6 + 2 + 1));
    bytes.extend_from_slice(b"125001,A01,S1,2025-01,F,60+,7,,,,,,,,,,,,,,,,,,,,,,\n");
    let wrong = Scratch::of(&bytes);
    let said = run(&described.0, &wrong.0, None).unwrap_err().to_string();
    assert!(said.contains("line 125002, column q01: \"7\" is not an answer"), "{said}");
}

#[test]
fn groups_that_are_too_many_together_are_counted_one_column_after_the_other() {
    let (plan, text) = long(16_000, |at| format!("A{},{},{}", at % 3, at % 130, at / 130));
    let file = Scratch::of(&text);
    assert!(matches!(tally(&file.0, &plan), Err(AnalyzeError::Groups { .. })));
    let described = json!({"items": plan.items, "by": plan.domains, "design": {"strata": "agency"}});
    let report = Report::of_file(&Description::of(&file.0, described).unwrap(), &file.0).unwrap().unwrap();
    let groups: BTreeSet<_> = report.lines.iter().map(|line| &line.group).collect();
    assert_eq!((groups.len(), report.lines.len()), (1 + 130 + 124, (1 + 130 + 124) * 3));
    assert_eq!(report.respondents, 16_000);
}

#[test]
fn blanks_form_no_group_and_blanks_around_a_value_no_other() {
    let file = Scratch::of(b"agency,sex,q1\nA,F,5\nA, F,4\nA,,2\nB, ,3\nB,M,1\nB,F ,4\n");
    let described = json!({"by": ["sex"], "design": {"strata": "agency"}, "factors": {"F1": ["q1"]}});
    let (got, expected) = both(&file.0, described);
    let got = got.unwrap();
    assert_eq!(got.lines.len(), expected.lines.len());
    got.lines.iter().zip(&expected.lines).for_each(|(got, expected)| agree(got, expected));
    let groups: BTreeSet<_> = got.lines.iter().filter_map(|line| line.group.clone()).collect();
    assert_eq!(groups.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), ["F", "M"]);
}
