//! 1 033 residents, 38 items, six districts (`tests/reference/p15_real`): imported through the command
//! line, folded, exported, compared with the expected numbers of that case.

use serde_json::Value;
use std::collections::HashMap;
use tests::process::{Engine, Installation};

/// Exported numbers are percentages of the fractions that are expected.
const PERCENT: f64 = 100.0;
/// Relative tolerance: the exported text holds every digit, the expected standard errors fifteen.
const TOLERANCE: f64 = 1e-6;

type Row = HashMap<String, String>;

fn reference(name: &str) -> String {
    let folder = tests::source::root().join("tests/reference/p15_real");
    folder.join(name).to_str().expect("a path in UTF-8").to_owned()
}

async fn import(place: &Installation) {
    place.run(&["import", "units", &reference("units.csv"), "--tag", "KC"]).await;
    place.run(&["import", "instrument", &reference("instrument.json")]).await;
    let survey =
        ["survey", "open", "--code", "kc-2021", "--instrument", "kc-residents", "--name", "Residents 2021"];
    let months = ["--from", "2021-09", "--to", "2021-09"];
    place.run(&[&survey[..], &months[..]].concat()).await;
    let map = reference("map.json");
    let told = place.run(&["import", "responses", &reference("responses.csv"), "--map", &map]).await;
    assert!(told.contains("1033 in 6 groups folded, 0 stay sealed"), "{told}");
}

fn rows(text: &str) -> HashMap<(String, String), Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let lines = reader.deserialize::<Row>().map(|row| row.expect("a row"));
    lines
        .filter(|row| row["period"] == "2021-09" && row["definition"] == "pooled-share")
        .map(|row| ((row["unit"].clone(), row["node"].clone()), row))
        .collect()
}

/// Columns of the export beside what is expected of them.
fn pairs(row: &Row, check: &Value) -> Vec<(&'static str, f64, f64)> {
    let got = |column: &str| row[column].parse::<f64>().unwrap_or(f64::NAN);
    let want = |path: &str| check.pointer(path).and_then(Value::as_f64).unwrap_or(f64::NAN);
    if check["stat"] == "share_pooled" {
        vec![
            ("index", got("index") / PERCENT, want("/est")),
            ("se", got("se") / PERCENT, want("/se")),
            ("df", got("df"), want("/df")),
            ("n", got("n"), want("/n")),
            ("answers", got("answers"), want("/answers")),
            ("low_plain", got("low_plain") / PERCENT, want("/ci/wilson_t/lo")),
            ("high_plain", got("high_plain") / PERCENT, want("/ci/wilson_t/hi")),
        ]
    } else {
        vec![
            ("score", got("score"), want("/est")),
            ("score_se", got("score_se"), want("/se")),
            ("score_df", got("score_df"), want("/df")),
            ("score_n", got("score_n"), want("/n")),
            ("score_low", got("score_low"), want("/ci/wald_t/lo")),
            ("score_high", got("score_high"), want("/ci/wald_t/hi")),
        ]
    }
}

async fn compare(engine: Engine) {
    let place = Installation::new(engine);
    import(&place).await;
    let rows = rows(&place.run(&["export", "aggregates", "--exact"]).await);
    let text = std::fs::read_to_string(reference("expected.json")).expect("the expected numbers");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let checks = expected["checks"].as_array().expect("checks");
    let mut faults = Vec::new();
    for check in checks {
        let unit = check["domain"]["agency"].as_str().unwrap_or("KC").to_owned();
        let node = check["over"].as_str().map_or("all", |over| if over == "ALL" { "all" } else { over });
        let row = &rows[&(unit, node.to_owned())];
        for (column, got, want) in pairs(row, check) {
            // A NaN on either side is no agreement.
            let agrees = (got - want).abs() <= TOLERANCE * want.abs().max(TOLERANCE);
            if !agrees {
                faults.push(format!("{} {column}: {got}, expected {want}", check["id"]));
            }
        }
    }
    assert!(checks.len() >= 84, "only {} checks", checks.len());
    assert!(faults.is_empty(), "{engine:?}:\n{}", faults.join("\n"));
    let checked = place.run(&["check"]).await;
    assert!(checked.contains("0 failed"), "{checked}");
}

#[tokio::test]
async fn real_answers_give_the_expected_figures_on_sqlite() {
    compare(Engine::Sqlite).await;
}

#[tokio::test]
async fn real_answers_give_the_expected_figures_on_postgres() {
    compare(Engine::Postgres).await;
}

#[tokio::test]
async fn a_bad_row_is_named_and_nothing_is_half_imported() {
    let place = Installation::new(Engine::Sqlite);
    import(&place).await;
    let before = place.run(&["export", "aggregates"]).await;
    let text = std::fs::read_to_string(reference("responses.csv")).expect("the answers");
    let bad = text.replacen(",5,", ",7,", 1);
    let file = std::env::temp_dir().join(format!("hailong-bad-{}.csv", std::process::id()));
    std::fs::write(&file, bad).expect("a file");
    let name = file.to_str().expect("a path in UTF-8").to_owned();
    let output = place.try_run(&["import", "responses", &name, "--map", &reference("map.json")]).await;
    let refused = String::from_utf8_lossy(&output.stderr).into_owned();
    std::fs::remove_file(&file).expect("the file goes");
    assert_eq!(output.status.code(), Some(1));
    assert!(refused.contains("line ") && refused.contains("column "), "{refused}");
    assert_eq!(place.run(&["export", "aggregates"]).await, before, "nothing was taken");
}
