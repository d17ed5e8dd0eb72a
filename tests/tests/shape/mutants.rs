//! Deliberate faults stay in the tests: what ships has none, and cannot be told to play one.

use serde_json::Value;
use tests::source::{Source, files};

/// The room of the faults, its feature, and the one call that chooses a fault.
const ROOM: &str = "usecase";
const FEATURE: &str = "mutant";
const CHOICE: &str = "with_mutant";
const HOME: &str = "server/usecase/src/mutant.rs";

fn packages() -> Vec<Value> {
    let text = super::cargo(&["metadata", "--locked", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&text).expect("cargo metadata is JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn words(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Whoever asks for the faults, but for the tests while they are built, and every feature that leads there.
fn wrong_requests(packages: &[Value]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        for one in package["dependencies"].as_array().into_iter().flatten() {
            let asks = one["name"] == ROOM && words(&one["features"]).any(|feature| feature == FEATURE);
            if asks && !(name == "tests" && one["kind"] == "dev") {
                findings.push(format!("{name} asks for {ROOM}/{FEATURE}"));
            }
        }
        for (feature, leads_to) in package["features"].as_object().into_iter().flatten() {
            if words(leads_to).any(|to| to.ends_with(FEATURE)) {
                findings.push(format!("feature {feature} of {name} leads to {FEATURE}"));
            }
        }
    }
    findings
}

/// Places outside the room of the faults where one is chosen.
fn wrong_choices(file: &Source) -> Vec<String> {
    let tokens = if file.path == HOME { Vec::new() } else { file.shipped_tokens() };
    let chosen = tokens.iter().filter(|(token, _)| token == CHOICE);
    chosen.map(|(_, line)| format!("{}:{line}: {CHOICE}", file.path)).collect()
}

/// Whether a release build with the feature stops with an error.
fn refuses_release(text: &str) -> bool {
    let guard = "#[cfg(all(feature = \"mutant\", not(debug_assertions)))]\ncompile_error!(";
    text.contains(guard)
}

#[test]
fn only_the_tests_own_build_asks_for_the_faults() {
    let packages = packages();
    let room = packages.iter().find(|package| package["name"] == ROOM).expect("the room");
    assert!(
        room["features"][FEATURE].is_array(),
        "{ROOM} has no feature {FEATURE}: this case looks at nothing"
    );
    super::nothing("a program could be built with deliberate faults", &wrong_requests(&packages));
}

#[test]
fn the_program_as_cargo_resolves_it_has_no_fault() {
    let tree = |arguments: &str| super::cargo(&arguments.split(' ').collect::<Vec<_>>());
    let program = tree("tree --locked -p server --edges normal,build,features --prefix none");
    assert!(program.contains("usecase"), "this is not the tree of the program:\n{program}");
    assert!(!program.contains("\"mutant\""), "the program is resolved with {FEATURE}:\n{program}");
    let tests = tree("tree --locked -p tests --edges normal,dev,features --prefix none");
    assert!(tests.contains("usecase feature \"mutant\""), "the tests have no faults to play:\n{tests}");
}

#[test]
fn nothing_that_ships_chooses_a_fault_and_no_release_build_has_one() {
    let shipped: Vec<Source> = ["app", "server"].iter().flat_map(|room| files(room, &[".rs"])).collect();
    let shipped: Vec<Source> = shipped.into_iter().filter(|file| !file.is_test()).collect();
    super::nothing("a fault is chosen", &shipped.iter().flat_map(wrong_choices).collect::<Vec<_>>());
    let home = shipped.iter().find(|file| file.path == HOME).expect("the room of the faults");
    assert!(refuses_release(&home.text), "{HOME} lets a release build have faults");
    let manifest = std::fs::read_to_string(tests::source::root().join("Cargo.toml")).expect("Cargo.toml");
    assert!(!manifest.contains("debug-assertions"), "a profile could pass for a debug build");
}

#[test]
fn a_program_with_faults_is_found() {
    let asks = serde_json::json!({
        "name": "server",
        "dependencies": [{ "name": "usecase", "kind": null, "features": ["mutant"] }],
        "features": { "faults": ["usecase/mutant"] },
    });
    assert_eq!(wrong_requests(&[asks]).len(), 2);
    let dev = |name| {
        serde_json::json!({
            "name": name,
            "dependencies": [{ "name": "usecase", "kind": "dev", "features": ["mutant"] }],
            "features": {},
        })
    };
    assert_eq!(wrong_requests(&[dev("tests")]), Vec::<String>::new());
    assert_eq!(wrong_requests(&[dev("server")]).len(), 1, "its examples could be shipped");
    let text = "fn open() { office.with_mutant(x) }".to_owned();
    assert_eq!(wrong_choices(&Source { path: "server/src/cli.rs".into(), text }).len(), 1);
    assert!(!refuses_release("#[cfg(feature = \"mutant\")]\npub fn a() {}"));
}
