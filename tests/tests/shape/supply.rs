//! What is shipped: no server crate in the browser, no licence that we may not pass on.

use std::collections::BTreeSet;

use serde_json::Value;

/// Crates that have no business in a browser.
const SERVER_ONLY: [&str; 14] = [
    "argon2",
    "axum",
    "hyper",
    "libsqlite3-sys",
    "ring",
    "rustls",
    "server",
    "site",
    "sqlx",
    "stats",
    "store",
    "tokio",
    "tower-http",
    "usecase",
];
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn server_crates(tree: &str) -> Vec<String> {
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    SERVER_ONLY.iter().filter(|name| names.contains(*name)).map(|name| (*name).to_owned()).collect()
}

/// Whether a licence expression can be met with the allowed licences alone.
fn may_pass_on(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    // Parentheses only ever wrap one side of an AND here; every OR part met alone meets the whole.
    let any = |part: &str| part.split(" OR ").any(|one| allowed.contains(one.trim()));
    plain.split(" AND ").all(any)
}

/// The list `allow = [ … ]` of `.deny.toml`, so that both checks read one list.
fn allowed_licences() -> BTreeSet<String> {
    let text = std::fs::read_to_string(tests::source::root().join(".deny.toml")).expect(".deny.toml");
    let list =
        text.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).expect("allow = [ … ]").0;
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn wrong_packages(packages: &[Value], allowed: &BTreeSet<String>) -> Vec<String> {
    let mut findings = Vec::new();
    for package in packages {
        let (name, source) = (package["name"].as_str().unwrap_or_default(), package["source"].as_str());
        if source.is_some_and(|source| source != REGISTRY) {
            findings.push(format!("{name} comes from {}", source.unwrap_or_default()));
        }
        let licence = package["license"].as_str().unwrap_or("no licence named");
        if !may_pass_on(licence, allowed) {
            findings.push(format!("{name}: {licence}"));
        }
    }
    findings
}

#[test]
fn the_browser_bundle_holds_no_server_crate() {
    let arguments = "tree --locked -p app --target wasm32-unknown-unknown --no-default-features --features hydrate --edges normal --prefix none";
    let tree = super::cargo(&arguments.split(' ').collect::<Vec<_>>());
    assert!(tree.contains("wasm-bindgen "), "this is not the tree of the bundle:\n{tree}");
    super::nothing("a server crate in the browser", &server_crates(&tree));
}

#[test]
fn every_crate_comes_from_the_registry_under_a_licence_that_we_may_pass_on() {
    let text = super::cargo(&["metadata", "--locked", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&text).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "only {} packages", packages.len());
    super::nothing("a crate that may not be shipped", &wrong_packages(packages, &allowed_licences()));
}

#[test]
fn a_server_crate_in_the_tree_is_found() {
    assert_eq!(server_crates("app v0.1.0\ntokio v1.0.0\nleptos v0.8.0"), ["tokio"]);
    assert_eq!(server_crates("app v0.1.0\ntokio-stream v1.0.0"), Vec::<String>::new());
}

#[test]
fn a_wrong_licence_or_source_is_found() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Apache-2.0".to_owned(), "Unicode-3.0".to_owned()]);
    for right in ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(may_pass_on(right, &allowed), "{right}");
    }
    for wrong in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND ISC", "no licence named"] {
        assert!(!may_pass_on(wrong, &allowed), "{wrong}");
    }
    let package = serde_json::json!({ "name": "x", "license": "MIT", "source": "git+https://example.org/x" });
    assert_eq!(wrong_packages(&[package], &allowed).len(), 1);
}
