//! Cases of the same format with other names, sizes and gaps than the reference cases have.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

use analyze::case::Case;
use analyze::checks::run;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A folder with these files, read as a case.
fn case(name: &str, description: &Value, checks: &Value, files: &[(&str, &str)]) -> Case {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("case.json"), description.to_string()).unwrap();
    fs::write(folder.join("expected.json"), json!({ "checks": checks }).to_string()).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    Case::read(&folder).unwrap()
}

fn assert_passes(case: &Case) {
    for check in case.expected["checks"].as_array().unwrap() {
        let (findings, mut out) = (run(case, check), Vec::new());
        findings.write(&case.name(), &mut out).unwrap();
        assert!(findings.passed(), "{}", String::from_utf8(out).unwrap());
    }
}

#[test]
fn blanks_missing_seconds_and_agencies_without_answers_are_no_obstacle() {
    let description = json!({"items": ["a", "b", "c"], "window_s": 60, "open_seconds_total": 3600});
    let header = "id,unit,submitted_at,open_second,duration_s,a,b,c\n";
    let rows = "x1,North,2025-01-01T08:00:05Z,5,,4,,5\nx2,North,,,3,,,\nx3,South,2025-01-01T08:00:59+07:00,59,40,1,1,1\n";
    let nobody = json!({"unit": "East"});
    let checks = json!([
        {"id": "each", "stat": "careless_per_response", "ids": ["x2", "x1", "x3"], "longstring": [0, 1, 3],
         "irv": [null, 0.5_f64.sqrt(), 0.0], "straightline": [false, false, false],
         "speeding": [false, false, false]},
        {"id": "n", "stat": "stuffing", "domain": {"unit": "North"}, "n": 2, "straightline_share": 0.0,
         "speeding_share": 0.0, "burst_max": 1, "burst_expected_in_window": 1.0 / 60.0,
         "burst_p": 1.0 - (-1.0_f64 / 60.0).exp() * (-(1.0 - 1.0 / 60.0) * (1.0 / 3600.0) * 3540.0 * (-1.0_f64 / 60.0).exp()).exp(),
         "longest_run_of_equal_gaps": 0, "seconds_bins": [1, 0, 0, 0, 0, 0], "seconds_chisq": 5.0,
         "seconds_p": 0.415_880_186_995_508, "largest_group_same_vector": 0},
        {"id": "0", "stat": "stuffing", "domain": nobody, "n": 0, "straightline_share": null,
         "speeding_share": null, "burst_max": 0, "burst_expected_in_window": 0.0, "burst_p": null,
         "longest_run_of_equal_gaps": 0, "seconds_bins": [0, 0, 0, 0, 0, 0], "seconds_chisq": null,
         "seconds_p": null, "largest_group_same_vector": 0},
        {"id": "f", "stat": "straightline_excess_fisher", "domain": nobody, "p": null},
        {"id": "d", "stat": "mahalanobis", "ids": ["x3"], "d2": [null], "n_complete": 1, "flagged_001": null},
    ]);
    let file = format!("{header}{rows}");
    assert_passes(&case("blanks", &description, &checks, &[("responses.csv", &file)]));
}

#[test]
fn dossiers_may_be_missing_or_fewer_than_answers() {
    let population = "unit,field,dossiers\nNorth,land,2\nNorth,civil,\nSouth,land,0\n";
    let responses = "id,unit,field,overall\n1,North,land,5\n2,North,land,4\n3,North,land,\n4,South,land,2\n";
    let checks = json!([
        {"id": "n", "stat": "nonresponse", "domain": {"unit": "North"}, "dossiers": 2, "responses": 3,
         "response_rate": 1.0, "answered_overall": 2, "satisfied_overall": 2, "manski_lo": 1.0,
         "manski_hi": 1.0, "propensity_sd": 0.0, "r_indicator": 1.0, "max_absolute_bias_bound": 0.0},
        {"id": "s", "stat": "nonresponse", "domain": {"unit": "South"}, "dossiers": 0, "responses": 1,
         "response_rate": null, "r_indicator": null, "manski_lo": 0.0, "max_absolute_bias_bound": null},
        {"id": "e", "stat": "nonresponse", "domain": {"unit": "East"}, "dossiers": 0, "responses": 0,
         "response_rate": null, "manski_lo": null, "manski_hi": null},
    ]);
    let files = [("population.csv", population), ("responses.csv", responses)];
    assert_passes(&case("dossiers", &Value::Null, &checks, &files));
}

#[test]
fn tables_and_filters_may_have_any_shape() {
    let cells = json!([
        {"kind": "a", "year": 2024, "n": 2}, {"kind": "a", "year": 2025, "n": 7},
        {"kind": "b", "year": 2024, "n": 1}, {"kind": "b", "year": 2025, "n": 0}, {"kind": "c", "n": 9},
    ]);
    let checks = json!([
        {"id": "wide", "stat": "suppression", "counts": [[9, 2, 8, 7]], "min_cell": 3, "zeros_are_safe": true,
         "primary": [[0, 1]], "audit_primary_only": {"suppressed": [[0, 1]], "interval": [[2, 2]]},
         "exactly_disclosed_if_primary_only": [[0, 1]]},
        {"id": "none", "stat": "suppression", "counts": [[9, 0], [8, 7]], "min_cell": 3, "zeros_are_safe": true,
         "primary": [], "audit_primary_only": {"suppressed": [], "interval": []},
         "exactly_disclosed_if_primary_only": []},
        {"id": "zero", "stat": "suppression", "counts": [[9, 0], [8, 7]], "min_cell": 3,
         "zeros_are_safe": false, "primary": [[0, 1]],
         "audit_primary_only": {"suppressed": [[0, 1]], "interval": [[0, 0]]},
         "exactly_disclosed_if_primary_only": [[0, 1]]},
        {"id": "empty", "stat": "suppression", "counts": [], "min_cell": 3, "zeros_are_safe": true,
         "primary": [], "audit_primary_only": {"suppressed": [], "interval": []},
         "exactly_disclosed_if_primary_only": []},
        {"id": "filters", "stat": "differencing", "cells": cells, "min_cell": 3,
         "queries": [{}, {"kind": ["a", "b"]}, {"kind": "a", "year": [2024, 2025]}, {"year": 2024}],
         "query_counts": [19, 10, 9, 3], "small_queries": [], "unsafe_pairs": [[1, 2, 1]],
         "small_cells_solvable_from_all_queries": []},
        {"id": "small", "stat": "differencing", "cells": cells, "min_cell": 4, "queries": [{"year": 2024}],
         "query_counts": [3], "small_queries": [0], "unsafe_pairs": [],
         "small_cells_solvable_from_all_queries": []},
    ]);
    assert_passes(&case("shapes", &Value::Null, &checks, &[]));
}

#[test]
fn plans_that_cannot_be_are_null_and_full_strata_share_the_rest_again() {
    let checks = json!([
        {"id": "0", "stat": "sample_size_proportion", "p": 0, "margin": 0, "level": 0.95, "N": null, "deff": 1,
         "response_rate": 1, "n0": null, "n": null, "invite": null},
        {"id": "same", "stat": "sample_size_two_proportions", "p1": 0.5, "p2": 0.5, "alpha": 0.05,
         "power": 0.8, "n_per_group_exact": null, "n_per_group": null},
        {"id": "few", "stat": "allocation", "method": "neyman", "N_h": [5, 9], "S_h": [0.1, 0.2], "n": 3,
         "n_min": 2, "n_h_unrounded": null},
        {"id": "under", "stat": "allocation", "method": "neyman", "N_h": [3, 900, 900], "S_h": [0.5, 0.01, 0.01],
         "n": 13, "n_min": 2, "n_h_unrounded": [2.0, 5.5, 5.5]},
        {"id": "full", "stat": "allocation", "method": "neyman", "N_h": [3, 900], "S_h": [0.5, 0.001], "n": 13,
         "n_min": 2, "n_h_unrounded": [3.0, 10.0]},
        {"id": "none", "stat": "deff_from_icc", "cluster_sizes": [], "icc": 0.1, "mean_size": null,
         "deff_equal": null, "deff_unequal": null},
    ]);
    assert_passes(&case("plans", &Value::Null, &checks, &[]));
}
