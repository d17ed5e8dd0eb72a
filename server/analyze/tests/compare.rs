//! The reference cases of comparison, questionnaire and small areas, every number of them.
#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use analyze::case::Case;
use analyze::checks::run;
use serde_json::{Value, json};
use stats::Estimate;
use stats::pairwise::z_test;
use std::fs;
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

/// Three agencies and four items in two factors; nobody of A answered in the first period, B has one
/// respondent, and the third item is keyed the other way.
const RESPONSES: &str = "id,agency,period,t,a,b,c,d,overall
1,A,x,1,,,,,
2,A,y,2,5,5,1,5,5
3,A,y,2,4,3,2,4,4
4,A,z,4,2,2,4,3,2
5,A,z,4,4,5,2,5,
6,B,z,4,5,5,1,4,5
7,C,x,1,2,1,5,2,2
8,C,y,2,3,3,3,2,3
9,C,z,4,4,4,2,4,4
10,C,z,4,5,4,1,5,4
";

fn made_up(name: &str) -> Case {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    let described = json!({
        "items": ["a", "b", "c", "d"],
        "factors": {"G1": ["a", "b", "c"], "G2": ["d"]},
        "design": {"ids": "1", "strata": null, "weights": null, "fpc": null},
    });
    fs::write(folder.join("case.json"), described.to_string()).unwrap();
    fs::write(folder.join("expected.json"), json!({"checks": []}).to_string()).unwrap();
    fs::write(folder.join("responses.csv"), RESPONSES).unwrap();
    Case::read(&folder).unwrap()
}

fn failures(case: &Case, check: &Value) -> String {
    let mut lines = Vec::new();
    run(case, check).write("made up", &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert!(!lines.contains("NaN") && !lines.contains("inf"), "{lines}");
    lines.lines().filter(|line| line.ends_with("FAILED")).collect::<Vec<_>>().join("\n")
}

#[test]
fn agencies_without_precision_have_none_in_a_folder_of_any_name() {
    let case = made_up("agencies");
    // satisfied of answered: A 9 of 16 by five people, B 3 of 4 by one, C 7 of 16 by four; the squares
    // of S − R A are 2.75 and 6.75
    let [first, second, third] = [9.0 / 16.0, 3.0 / 4.0, 7.0 / 16.0];
    let se = (5.0 / 4.0 * 2.75 / 256.0 + 4.0 / 3.0 * 6.75 / 256.0_f64).sqrt();
    let gap = Estimate { est: first - third, se: Some(se), df: 7, n: 9, answers: 32, lonely: 0 };
    let (z, p) = z_test(&gap).unwrap();
    let unknown = |one: &str, other: &str, diff: f64| {
        json!({"a": one, "b": other, "diff": diff, "se": null, "z": null, "p": null, "holm": null,
               "bh": null, "bonferroni": null, "hochberg": null})
    };
    let known = json!({"a": "A", "b": "C", "diff": first - third, "se": se, "z": z, "p": p, "holm": p, "bh": p,
                       "bonferroni": p, "hochberg": p});
    let pairs = [unknown("A", "B", first - second), known, unknown("B", "C", second - third)];
    let checks = [
        json!({"id": "pairwise", "stat": "pairwise", "quantile": "normal", "pairs": pairs}),
        json!({"id": "pairwise/max", "stat": "pairwise_max_z", "a": ["A", "A"], "b": ["B", "C"],
               "p": [null, p], "critical_95": 1.96}),
        json!({"id": "versus_rest/B", "stat": "versus_rest", "domain": {"agency": "B"}, "diff": second - 0.5,
               "se": null, "z": null, "p": null}),
        json!({"id": "ranks/marginal/stepdown", "stat": "rank_sets", "groups": ["A", "C"], "rank": [1, 2],
               "lo": [1, 1], "hi": [2, 2], "robust": [true, true], "draws": 1000}),
    ];
    for check in checks {
        assert_eq!(failures(&case, &check), "");
    }
    // a bound that is off by one counts where the reference says that it is robust
    for (robust, fails) in [(true, true), (false, false)] {
        let off = json!({"id": "ranks/marginal/stepdown", "stat": "rank_sets", "groups": ["A", "C"],
                         "rank": [1, 2], "lo": [1, 2], "hi": [2, 2], "robust": [true, robust], "draws": 1000});
        assert_eq!(failures(&case, &off).contains("lo.1"), fails);
    }
    let short = json!({"id": "pairwise", "stat": "pairwise", "pairs": pairs[..2]});
    assert!(failures(&case, &short).contains("pairs that are not expected"));
}

#[test]
fn a_period_without_answers_and_a_single_item_give_null() {
    let case = made_up("periods");
    let checks = [
        json!({"id": "change/A", "stat": "change", "domain": {"agency": "A"}, "from": 1, "to": 4,
               "first": null, "last": 0.5, "diff": null, "se": null, "cov": null, "z": null, "p": null}),
        json!({"id": "trend/B", "stat": "trend", "domain": {"agency": "B"}, "logit_slope": null,
               "logit_se": null, "score_slope": null, "score_se": null}),
        json!({"id": "trend/B", "stat": "cochran_armitage", "domain": {"agency": "B"}, "x": [0, 0, 1],
               "n": [0, 0, 1], "chisq": null, "p": null}),
        json!({"id": "trend/B", "stat": "cochran_armitage", "domain": {"agency": "B"}, "x": [1], "n": [1],
               "chisq": null, "p": null}),
        json!({"id": "omega/G2", "stat": "mcdonald_omega_total", "over": "G2", "n_complete": 9,
               "omega": null, "loadings": null}),
        json!({"id": "alpha/G2", "stat": "cronbach_alpha", "over": "G2", "n_complete": 9, "alpha": null,
               "alpha_standardised": null, "average_r": null, "feldt_95": null,
               "alpha_if_dropped": {"d": null}, "item_rest_correlation": {"d": null},
               "alpha_pairwise": null, "negative_item_rest": []}),
        json!({"id": "drivers", "stat": "key_drivers", "n": 0, "r2": null, "pearson": {"score_G1": null},
               "beta": {"score_G1": null}, "spearman": {"score_G1": null},
               "performance": {"score_G1": null}, "domain": {"agency": "nobody"}}),
    ];
    for check in checks {
        assert_eq!(failures(&case, &check), "");
    }
}

#[test]
fn an_item_keyed_the_other_way_is_named_and_not_turned() {
    let case = made_up("keyed");
    let check =
        json!({"id": "alpha/ALL", "stat": "cronbach_alpha", "over": "ALL", "negative_item_rest": ["c"]});
    assert!(!failures(&case, &check).contains("negative_item_rest"));
    let check = json!({"id": "alpha/ALL", "stat": "cronbach_alpha", "over": "ALL", "negative_item_rest": []});
    assert!(failures(&case, &check).contains("negative_item_rest"));
}
