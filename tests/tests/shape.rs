//! The rules of the house, as far as a machine can read them.
//!
//! Each rule over text is a function from a text to what is wrong with it, and is shown a wrong text
//! beside the repository, so that it is known to be able to fail.

#[path = "shape/arrows.rs"]
mod arrows;
#[path = "shape/code.rs"]
mod code;
#[path = "shape/looks.rs"]
mod looks;
#[path = "shape/migrations.rs"]
mod migrations;
#[path = "shape/mutants.rs"]
mod mutants;
#[path = "shape/supply.rs"]
mod supply;

use std::process::Command;

/// Fails with one finding a line, and with the rule they break.
#[track_caller]
fn nothing(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}

/// What a cargo command prints, run in the repository.
fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(arguments).current_dir(tests::source::root()).output();
    let output = output.expect("cargo runs");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
