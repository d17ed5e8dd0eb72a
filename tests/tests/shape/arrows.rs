//! Who may know whom.

use std::collections::BTreeMap;

use serde_json::Value;

/// The arrows between the rooms. `tests` may know everybody.
const ARROWS: &[(&str, &[&str])] = &[
    ("stats", &[]),
    ("analyze", &["stats"]),
    ("domain", &[]),
    ("site", &[]),
    ("store", &["domain"]),
    ("usecase", &["domain", "stats", "store"]),
    ("app", &["domain"]),
    ("server", &["analyze", "app", "domain", "site", "store", "usecase"]),
];

/// The rooms that must stay small, and all that they may bring in from outside.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("stats", &["statrs"]),
    ("analyze", &["csv", "microlp", "serde_json", "thiserror"]),
    ("domain", &["serde", "serde_json", "thiserror", "time", "unicode-normalization", "uuid"]),
    ("app", &["hydration_context", "js-sys", "leptos", "serde", "time", "wasm-bindgen", "web-sys"]),
    ("site", &[]),
];

/// Crates that only the named rooms may bring in.
const OWNED: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("axum", &["server"]),
    ("tower-http", &["server"]),
    ("statrs", &["stats"]),
    ("microlp", &["analyze"]),
    ("leptos", &["app", "server"]),
    ("argon2", &["usecase"]),
];

/// What each package of the workspace depends on, development and build dependencies left out.
type Graph = BTreeMap<String, Vec<String>>;

fn read_graph() -> Graph {
    let text = super::cargo(&["metadata", "--locked", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&text).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages.iter().map(|package| (word(&package["name"]), dependencies(package))).collect()
}

fn dependencies(package: &Value) -> Vec<String> {
    let all = package["dependencies"].as_array().expect("dependencies");
    all.iter().filter(|one| one["kind"].is_null()).map(|one| word(&one["name"])).collect()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn wrong_arrows(graph: &Graph) -> Vec<String> {
    let mut findings = Vec::new();
    for (room, knows) in graph.iter().filter(|(room, _)| *room != "tests") {
        let Some((_, may)) = ARROWS.iter().find(|(name, _)| name == room) else {
            findings.push(format!("{room} has no place in ARROWS: say whom it may know"));
            continue;
        };
        let wrong = knows.iter().filter(|one| graph.contains_key(*one) && !may.contains(&one.as_str()));
        findings.extend(wrong.map(|one| format!("{room} knows {one}")));
    }
    findings
}

fn wrong_guests(graph: &Graph) -> Vec<String> {
    let mut findings = Vec::new();
    for (room, may) in OUTSIDE {
        let outside = graph.get(*room).into_iter().flatten().filter(|one| !graph.contains_key(*one));
        let wrong = outside.filter(|one| !may.contains(&one.as_str()));
        findings.extend(wrong.map(|one| format!("{room} brings in {one}")));
    }
    for (guest, rooms) in OWNED {
        let holders = graph.iter().filter(|(_, knows)| knows.iter().any(|one| one == guest));
        let wrong = holders.filter(|(room, _)| !rooms.contains(&room.as_str()));
        findings
            .extend(wrong.map(|(room, _)| format!("{room} brings in {guest}, which belongs to {rooms:?}")));
    }
    findings
}

#[test]
fn arrows_never_turn_back() {
    let graph = read_graph();
    assert_eq!(graph.len(), ARROWS.len() + 1, "every package has its line in ARROWS: {:?}", graph.keys());
    super::nothing("an arrow that is not in the plan", &wrong_arrows(&graph));
}

#[test]
fn small_rooms_stay_small_and_engines_stay_in_their_rooms() {
    super::nothing("a crate in the wrong room", &wrong_guests(&read_graph()));
}

#[test]
fn a_wrong_arrow_is_found() {
    let mut graph = read_graph();
    graph.entry("store".into()).or_default().push("usecase".into());
    graph.entry("app".into()).or_default().push("store".into());
    graph.insert("cellar".into(), Vec::new());
    let found = wrong_arrows(&graph);
    assert!(found.contains(&"store knows usecase".to_owned()), "{found:?}");
    assert!(found.contains(&"app knows store".to_owned()), "{found:?}");
    assert!(found.iter().any(|one| one.starts_with("cellar")), "{found:?}");
}

#[test]
fn a_crate_in_the_wrong_room_is_found() {
    let mut graph = read_graph();
    graph.entry("usecase".into()).or_default().push("sqlx".into());
    graph.entry("domain".into()).or_default().push("tokio".into());
    graph.entry("tests".into()).or_default().push("axum".into());
    let found = wrong_guests(&graph).join("\n");
    for wrong in ["usecase brings in sqlx", "domain brings in tokio", "tests brings in axum"] {
        assert!(found.contains(wrong), "{wrong}: {found}");
    }
}
