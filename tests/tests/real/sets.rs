//! The built-in question sets, from their files to exported figures.

use std::collections::HashMap;
use std::fmt::Write as _;
use tests::folder::Folder;
use tests::process::{Engine, Installation};

type Row = HashMap<String, String>;

/// Codes of a set's items and its number of index nodes: items, factors, contents and the whole.
struct Set {
    items: Vec<String>,
    nodes: usize,
}

fn path(name: &str) -> String {
    let file = tests::source::root().join("app/instruments").join(name);
    file.to_str().expect("a path in UTF-8").to_owned()
}

fn read(name: &str) -> Set {
    let text = std::fs::read_to_string(path(name)).expect("the file of a set");
    let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let list = |value: &serde_json::Value, key: &str| value[key].as_array().expect("a list").clone();
    let contents = list(&file, "contents");
    let factors: Vec<_> = contents.iter().flat_map(|content| list(content, "factors")).collect();
    let items: Vec<String> = factors
        .iter()
        .flat_map(|factor| list(factor, "items"))
        .map(|item| item["code"].as_str().expect("a code").to_owned())
        .collect();
    // One content is the whole itself.
    let above = if contents.len() > 1 { contents.len() } else { 0 };
    Set { nodes: items.len() + factors.len() + above + 1, items }
}

/// Answers of twenty people: person `p` answers item `i` with `answer(p, i)`.
fn answers(set: &Set, months: &[&str], answer: impl Fn(usize, usize) -> u8) -> String {
    let mut text = format!("unit,month,{}\n", set.items.join(","));
    for (at, month) in months.iter().enumerate() {
        for person in 0..20 {
            write!(text, "D1,{month}").expect("text");
            for item in 0..set.items.len() {
                write!(text, ",{}", answer(person + at, item)).expect("text");
            }
            text.push('\n');
        }
    }
    text
}

fn map(survey: &str, instrument: &str, set: &Set) -> String {
    let items: Vec<String> = set.items.iter().map(|code| format!("\"{code}\": \"{code}\"")).collect();
    format!(
        "{{\"survey\": \"{survey}\", \"instrument\": \"{instrument}\", \"unit\": \"unit\", \"mode\": \"sample\",
           \"month\": {{\"column\": \"month\"}}, \"items\": {{{}}}}}",
        items.join(", ")
    )
}

async fn begin(place: &Installation) {
    // As in the reference case, but there before the oldest of the forms.
    let units = std::fs::read_to_string(tests::source::root().join("tests/reference/p15_real/units.csv"));
    let units = units.expect("units").replace("2021-01-01", "2015-01-01");
    let folder = Folder::new("sets");
    let file = folder.path().join("units.csv");
    std::fs::write(&file, units).expect("units");
    place.run(&["import", "units", file.to_str().expect("UTF-8"), "--tag", "KC"]).await;
}

/// Opens a survey of a built-in set and imports made-up answers.
async fn take(
    place: &Installation,
    name: &str,
    months: [&str; 2],
    answer: impl Fn(usize, usize) -> u8,
) -> Set {
    let set = read(&format!("{name}.json"));
    place.run(&["import", "instrument", &path(&format!("{name}.json"))]).await;
    let open = ["survey", "open", "--code", name, "--instrument", name, "--name", name, "--units", "D1"];
    place.run(&[&open[..], &["--from", months[0], "--to", months[1]]].concat()).await;
    let folder = Folder::new("sets");
    let (csv, json) = (folder.path().join("a.csv"), folder.path().join("a.json"));
    std::fs::write(&csv, answers(&set, &months, answer)).expect("answers");
    std::fs::write(&json, map(name, name, &set)).expect("a map");
    let [csv, json] = [csv, json].map(|file| file.to_str().expect("UTF-8").to_owned());
    let told = place.run(&["import", "responses", &csv, "--map", &json]).await;
    assert!(told.contains("folded, 0 stay sealed"), "{told}");
    set
}

/// Rows of a survey, by unit, definition, period and node.
async fn figures(place: &Installation, survey: &str) -> HashMap<[String; 4], Row> {
    let text = place.run(&["export", "aggregates", "--exact"]).await;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize::<Row>().map(|row| row.expect("a row"));
    let key = |row: &Row| ["unit", "definition", "period", "node"].map(|column| row[column].clone());
    rows.filter(|row| row["survey"] == survey).map(|row| (key(&row), row)).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

/// Every third answer is no satisfaction.
fn thirds(person: usize, item: usize) -> u8 {
    if (person + item).is_multiple_of(3) { 3 } else { 5 }
}

async fn every_set(engine: Engine) {
    let place = Installation::new(engine);
    begin(&place).await;
    let sets = [
        ("household", ["2025-03", "2025-03"], 51),
        ("household-2022", ["2022-11", "2022-11"], 45),
        ("legacy-22", ["2019-12", "2019-12"], 28),
    ];
    for (name, months, nodes) in sets {
        let set = take(&place, name, [months[0], months[1]], thirds).await;
        assert_eq!(set.nodes, nodes, "{name}");
        let rows = figures(&place, name).await;
        let of_tree = |node: &str| !["deciding", "receiving", "overall"].contains(&node);
        let pooled: Vec<&Row> = rows
            .iter()
            .filter(|([unit, definition, period, node], _)| {
                unit == "D1" && definition == "pooled-share" && period == months[0] && of_tree(node)
            })
            .map(|(_, row)| row)
            .collect();
        assert_eq!(pooled.len(), nodes, "{name}: a figure for every node");
        assert!(pooled.iter().all(|row| row["withheld"].is_empty() && row["n"] == "40"), "{name}");
        for row in pooled {
            assert!(number(row, "low") < number(row, "index") && number(row, "index") < number(row, "high"));
        }
    }
    let checked = place.run(&["check"]).await;
    assert!(checked.contains("0 failed"), "{checked}");
}

#[tokio::test]
async fn every_built_in_set_has_a_figure_for_every_node_on_sqlite() {
    every_set(Engine::Sqlite).await;
}

#[tokio::test]
async fn every_built_in_set_has_a_figure_for_every_node_on_postgres() {
    every_set(Engine::Postgres).await;
}

async fn points(engine: Engine) {
    let place = Installation::new(engine);
    begin(&place).await;
    // Forty dossiers: 2, 1, 0, 2, 1, 0 … points, shifted from criterion to criterion.
    let set =
        take(&place, "one-stop", ["2026-01", "2026-02"], |p, i| 2 - u8::try_from((p + i) % 3).unwrap()).await;
    let rows = figures(&place, "one-stop").await;
    let row = |period: &str, node: &str| &rows[&["D1", "points", period, node].map(str::to_owned)];
    let mut total = 0.0;
    for (at, code) in set.items.iter().enumerate() {
        let points: usize = (0..2).flat_map(|m| (0..20).map(move |p| 2 - (p + m + at) % 3)).sum();
        let expected = (points as f64 / 40.0 * 10.0).round() / 10.0;
        assert!((number(row("2026", code), "index") - expected).abs() < 1e-9, "{code}");
        total += expected;
    }
    let whole = row("2026", "all");
    assert!((number(whole, "index") - total).abs() < 1e-9);
    assert!(number(whole, "low") > 0.0 && number(whole, "high") < 18.0 && whole["n"] == "40");
    assert_eq!(rows.keys().filter(|[_, definition, ..]| definition != "points").count(), 0);
    let folder = Folder::new("sets");
    let (csv, json) = (folder.path().join("b.csv"), folder.path().join("b.json"));
    std::fs::write(&csv, answers(&set, &["2026-01"], |_, _| 3)).expect("answers");
    std::fs::write(&json, map("one-stop", "one-stop", &set)).expect("a map");
    let [csv, json] = [csv, json].map(|file| file.to_str().expect("UTF-8").to_owned());
    let output = place.try_run(&["import", "responses", &csv, "--map", &json]).await;
    let refused = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(refused.contains("write 0 to 2, na, or leave the cell empty"), "{refused}");
}

#[tokio::test]
async fn points_are_rounded_and_then_added_on_sqlite() {
    points(Engine::Sqlite).await;
}

#[tokio::test]
async fn points_are_rounded_and_then_added_on_postgres() {
    points(Engine::Postgres).await;
}

/// Every figure of the residents stays what it was when users of services answer items with the same codes
/// about the same unit in the same months, and the other way round.
async fn apart(engine: Engine) {
    let place = Installation::new(engine);
    begin(&place).await;
    let months = ["2025-03", "2025-04"];
    take(&place, "household", months, thirds).await;
    let before = figures(&place, "household").await;
    // The fields of a post-service set need deciding units; these stand in no survey here.
    let users = std::fs::read_to_string(path("legacy-22.json")).expect("a set");
    let codes = ["\"LA", "\"LB", "\"LC", "\"LD", "\"LE"].iter().zip(["\"SA", "\"SB", "\"SC", "\"SD", "\"SE"]);
    let users = codes.fold(users, |text, (old, new)| text.replace(old, new));
    let users = users.replace("\"legacy-22\"", "\"users\"").replace("{\"from\": 2017, \"to\": 2020}", "null");
    let folder = Folder::new("sets");
    let file = folder.path().join("users.json");
    std::fs::write(&file, users).expect("a set");
    place.run(&["import", "instrument", file.to_str().expect("UTF-8")]).await;
    let open =
        ["survey", "open", "--code", "users", "--instrument", "users", "--name", "users", "--units", "D1"];
    place.run(&[&open[..], &["--from", months[0], "--to", months[1]]].concat()).await;
    let set = read("legacy-22.json");
    let items = set.items.iter().map(|code| code.replacen('L', "S", 1)).collect();
    let set = Set { items, ..set };
    let (csv, json) = (folder.path().join("u.csv"), folder.path().join("u.json"));
    std::fs::write(&csv, answers(&set, &months, |_, _| 1)).expect("answers");
    std::fs::write(&json, map("users", "users", &set)).expect("a map");
    let [csv, json] = [csv, json].map(|file| file.to_str().expect("UTF-8").to_owned());
    place.run(&["import", "responses", &csv, "--map", &json]).await;
    let after = figures(&place, "household").await;
    assert!(before.len() > 100);
    for (key, row) in &before {
        let same = row.iter().all(|(column, cell)| column == "release" || after[key][column] == *cell);
        assert!(same, "{key:?}");
    }
    assert_eq!(before.len(), after.len());
}

#[tokio::test]
async fn residents_and_users_never_land_in_one_figure_on_sqlite() {
    apart(Engine::Sqlite).await;
}

#[tokio::test]
async fn residents_and_users_never_land_in_one_figure_on_postgres() {
    apart(Engine::Postgres).await;
}

#[tokio::test]
async fn what_is_there_already_is_never_asked_again() {
    let place = Installation::new(Engine::Sqlite);
    begin(&place).await;
    for name in ["legacy-22", "household-2022"] {
        place.run(&["import", "instrument", &path(&format!("{name}.json"))]).await;
        let open = ["survey", "open", "--code", name, "--instrument", name, "--name", name];
        let months = ["--from", "2026-10", "--to", "2026-12"];
        let output = place.try_run(&[&open[..], &months[..]].concat()).await;
        let refused = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1));
        assert!(refused.contains("that are there already and is never asked"), "{refused}");
    }
}
