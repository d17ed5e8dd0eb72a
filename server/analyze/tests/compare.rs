//! The reference cases of comparison, questionnaire and small areas, every number of them.
#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use analyze::case::Case;
use analyze::checks::run;
use std::path::Path;

/// The statistics looked at here; those of samples have a test of their own.
const STATISTICS: [&str; 14] = [
    "beta_binomial_eb",
    "change",
    "cochran_armitage",
    "cronbach_alpha",
    "fay_herriot",
    "key_driver_importance",
    "key_drivers",
    "mcdonald_omega_total",
    "omnibus",
    "pairwise",
    "pairwise_max_z",
    "rank_sets",
    "trend",
    "versus_rest",
];

fn agree(name: &str, least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference").join(name);
    let case = Case::read(&folder).unwrap();
    let mut done = 0;
    let mut wrong = Vec::new();
    for check in case.expected["checks"].as_array().unwrap() {
        if STATISTICS.contains(&check["stat"].as_str().unwrap()) {
            let findings = run(&case, check);
            done += 1;
            if !findings.passed() {
                findings.write(name, &mut wrong).unwrap();
            }
        }
    }
    let wrong = String::from_utf8(wrong).unwrap();
    let failed: Vec<&str> = wrong.lines().filter(|line| line.ends_with("FAILED")).collect();
    assert!(failed.is_empty(), "{} numbers:\n{}", failed.len(), failed.join("\n"));
    assert_eq!(done, least, "checks of {name}");
}

#[test]
fn agencies_that_are_compared_agree() {
    agree("p06_compare", 42);
}

#[test]
fn ranks_of_correlated_estimates_agree() {
    agree("p03_cluster2", 3);
}

#[test]
fn the_questionnaire_agrees() {
    agree("p07_quality", 14);
}

#[test]
fn small_areas_agree() {
    agree("p08_smallarea", 4);
    agree("p14_milk", 2);
}
