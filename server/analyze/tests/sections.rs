//! Comparison, ranks and quality in the report, against the expected numbers of the reference cases.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use analyze::{Report, run};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference").join(name)
}

fn report(name: &str) -> Report {
    run(&reference(name).join("case.json"), &reference(name).join("responses.csv"), None).unwrap()
}

fn checks(name: &str, statistic: &str) -> Vec<Value> {
    let text = fs::read_to_string(reference(name).join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let all = expected["checks"].as_array().unwrap().iter();
    all.filter(|check| check["stat"] == statistic).cloned().collect()
}

/// Within the tolerance that the reference cases have for estimates and errors.
fn agree(got: &Value, expected: &Value, relative: f64, what: &str) {
    match (got.as_f64(), expected.as_f64()) {
        (None, None) => (),
        (Some(got), Some(expected)) => {
            assert!((got - expected).abs() <= 1e-9 + relative * expected.abs(), "{what}: {got} {expected}");
        }
        _ => panic!("{what}: {got} {expected}"),
    }
}

fn find(list: &Value, wanted: impl Fn(&Value) -> bool) -> &Value {
    list.as_array().unwrap().iter().find(|one| wanted(one)).unwrap()
}

fn analyse(name: &str, design: &Value, responses: &str) -> Report {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sections-{name}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("case.json"), design.to_string()).unwrap();
    fs::write(folder.join("responses.csv"), responses).unwrap();
    run(&folder.join("case.json"), &folder.join("responses.csv"), None).unwrap()
}

#[test]
fn agencies_are_compared_as_the_reference_does() {
    let found = report("p06_compare").to_json()["sections"]["comparison"].clone();
    let expected = &checks("p06_compare", "pairwise")[0]["pairs"];
    assert_eq!(found["pairs"].as_array().unwrap().len(), expected.as_array().unwrap().len());
    for pair in expected.as_array().unwrap() {
        let got = find(&found["pairs"], |got| got["a"] == pair["a"] && got["b"] == pair["b"]);
        for name in ["diff", "se", "z", "p", "holm", "bh"] {
            agree(&got[name], &pair[name], 1e-6, name);
        }
        assert!(got["ci"]["lo"].as_f64() < got["diff"].as_f64());
    }
    for (list, statistic) in [("versus_rest", "versus_rest"), ("change", "change")] {
        let expected = checks("p06_compare", statistic);
        assert_eq!(found[list].as_array().unwrap().len(), expected.len());
        for check in expected {
            let got = find(&found[list], |got| got["domain"] == check["domain"]);
            for name in ["first", "last", "diff", "se", "z", "p"] {
                agree(&got[name], &check[name], 1e-6, &format!("{list} {name}"));
            }
            assert!(got["holm"].as_f64() >= got["p"].as_f64());
        }
    }
}

/// The report by the first stage alone, for which the reference gives the covariances of agencies.
fn first_stage(folder: &str) -> Report {
    let text = fs::read_to_string(reference("p03_cluster2").join("case.json")).unwrap();
    let mut design: Value = serde_json::from_str(&text).unwrap();
    design["design"]["fpc"] = Value::Null;
    let responses = fs::read_to_string(reference("p03_cluster2").join("responses.csv")).unwrap();
    analyse(folder, &design, &responses)
}

#[test]
fn ranks_come_with_the_sets_of_the_reference() {
    for (name, report) in [("p03_cluster2", first_stage("ranked")), ("p06_compare", report("p06_compare"))] {
        let found = report.to_json()["sections"]["ranks"].clone();
        assert_eq!(found["simulation"]["draws"], 100_000);
        let check = &checks(name, "rank_sets")[0];
        // Two steps, each with its critical value.
        let critical = check["critical"].as_array().unwrap();
        assert_eq!(found["critical"].as_array().unwrap().len(), critical.len());
        for (at, value) in critical.iter().enumerate() {
            let gap = found["critical"][at].as_f64().unwrap() - value.as_f64().unwrap();
            assert!(gap.abs() < 0.02, "{name}: {gap}");
        }
        assert_eq!(check["id"], "ranks/simultaneous/stepdown");
        for (at, group) in check["groups"].as_array().unwrap().iter().enumerate() {
            let got = find(&found["groups"], |got| got["group"] == *group);
            assert_eq!(check["robust"][at], true);
            for bound in ["rank", "lo", "hi"] {
                assert_eq!(got[bound], check[bound][at], "{name} {group} {bound}");
            }
            agree(&got["est"], &check["theta"][at], 0.0, "est");
        }
        let text = report.to_text();
        let seed = found["simulation"]["seed"].to_string();
        assert!(text.contains(&format!("100000 draws, seed {seed}")), "{text}");
        let ranks = text.lines().filter(|line| line.contains(": rank "));
        assert_eq!(
            ranks.filter(|line| line.contains("compatible with")).count(),
            found["groups"].as_array().unwrap().len()
        );
    }
    assert!(report("p06_compare").to_text().contains("A03 76.9 %: rank 8, compatible with 4-9"));
}

#[test]
fn pairs_of_a_cluster_sample_use_the_covariance() {
    let found = first_stage("paired").to_json()["sections"]["comparison"].clone();
    let vector = &checks("p03_cluster2", "vector")[0];
    let place =
        |name: &Value| vector["groups"].as_array().unwrap().iter().position(|group| group == name).unwrap();
    let v = |one: usize, other: usize| vector["vcov"][one][other].as_f64().unwrap();
    assert_eq!((found["covariance"].as_str(), &found["df"]), (Some("design"), &vector["df"]));
    let pairs = found["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 10);
    for pair in pairs {
        let (a, b) = (place(&pair["a"]), place(&pair["b"]));
        let se = (v(a, a) + v(b, b) - 2.0 * v(a, b)).sqrt();
        agree(&pair["se"], &json!(se), 1e-6, "se");
        assert!((se / (v(a, a) + v(b, b)).sqrt() - 1.0).abs() > 1e-3);
    }
    // With sizes at both stages the errors of the groups are those of the two stages.
    let full = report("p03_cluster2").to_json()["sections"]["comparison"].clone();
    let shares = checks("p03_cluster2", "share_pooled");
    let mut seen = 0;
    for group in full["groups"].as_array().unwrap() {
        let id = format!("two_stage/agency={}/share_pooled/ALL", group["group"].as_str().unwrap());
        for check in shares.iter().filter(|check| check["id"] == id.as_str()) {
            agree(&group["se"], &check["se"], 1e-6, &id);
            seen += 1;
        }
    }
    assert!(seen > 1, "{seen} agencies");
    assert_eq!(found["change"], Value::Null);
    assert_eq!(found["change_reason"], "no column t or period");
}

#[test]
fn of_two_groups_of_a_cluster_sample_the_rest_is_the_other() {
    let rows = "agency,c,t,q01\nA,1,9,5\nA,1,10,2\nA,2,9,4\nA,3,10,1\nB,2,9,5\nB,1,10,4\nB,3,9,3\nB,4,10,5\n";
    let design = json!({"design": {"ids": ["c"]}});
    let found = analyse("clusters", &design, rows).to_json()["sections"]["comparison"].clone();
    let (pair, rest) = (&found["pairs"][0], &found["versus_rest"]);
    agree(&pair["diff"], &json!(0.5 - 0.75), 0.0, "diff");
    assert!(pair["se"].as_f64().unwrap() > 0.0);
    for (at, sign) in [(0, 1.0), (1, -1.0)] {
        agree(&rest[at]["diff"], &json!(sign * pair["diff"].as_f64().unwrap()), 0.0, "rest");
        agree(&rest[at]["se"], &pair["se"], 1e-9, "se of the rest");
    }
    // Periods that are numbers come in their order: 9 before 10.
    let change = &found["change"][0];
    assert_eq!((&change["from"], &change["to"]), (&json!("9"), &json!("10")));
    agree(&change["diff"], &json!(-1.0), 0.0, "change");
    agree(&found["change"][1]["diff"], &json!(0.5), 0.0, "change");
}

#[test]
fn the_questionnaire_is_judged_as_the_reference_does() {
    let report = report("p07_quality");
    let found = report.to_json()["sections"]["quality"].clone();
    for check in checks("p07_quality", "cronbach_alpha") {
        let got = find(&found["reliability"], |got| got["over"] == check["over"]);
        assert_eq!(got["n_complete"], check["n_complete"]);
        for name in ["alpha", "alpha_standardised", "average_r", "alpha_pairwise"] {
            agree(&got[name], &check[name], 0.0, name);
        }
        for end in ["lo", "hi"] {
            agree(&got["feldt"][end], &check["feldt_95"][end], 1e-6, "feldt");
        }
        for (item, r) in check["item_rest_correlation"].as_object().unwrap() {
            agree(&got["item_rest_correlation"][item], r, 0.0, item);
        }
        assert_eq!(got["negative_item_rest"], check["negative_item_rest"]);
    }
    for check in checks("p07_quality", "mcdonald_omega_total") {
        let got = find(&found["reliability"], |got| got["over"] == check["over"]);
        agree(&got["omega"], &check["omega"], 5e-4, "omega");
    }
    let check = &checks("p07_quality", "key_driver_importance")[0];
    let drivers = &found["drivers"];
    assert_eq!((&drivers["n"], &drivers["quadrant"]), (&check["n"], &check["quadrant"]));
    assert_eq!(drivers["left_out"], json!(["F5"]));
    for name in ["lmg", "lmg_share", "johnson_relative_weight", "performance"] {
        for at in 0..4 {
            agree(&drivers[name][at], &check[name][at], 0.0, name);
        }
    }
    let betas = &checks("p07_quality", "key_drivers")[0];
    for at in 0..4 {
        let factor = drivers["predictors"][at].as_str().unwrap();
        for name in ["beta", "spearman"] {
            agree(&drivers[name][at], &betas[name][format!("score_{factor}")], 0.0, name);
        }
    }
    assert!(report.to_text().contains("F4 concentrate here"), "{}", report.to_text());
}

/// `yes` of `all` respondents of a group satisfied.
fn group(name: &str, yes: usize, all: usize) -> String {
    format!("{name},5\n").repeat(yes) + &format!("{name},2\n").repeat(all - yes)
}

#[test]
fn groups_that_cannot_be_ranked_are_left_out_and_named() {
    let parts = [
        group("A", 12, 20),
        group("B", 15, 20),
        group("C", 9, 12),
        group("D", 3, 9),
        group("E", 10, 10),
        group("F", 5, 20),
    ];
    let report = analyse("few", &json!({}), &format!("agency,q01\n{}", parts.concat()));
    let ranks = report.to_json()["sections"]["ranks"].clone();
    let names = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|one| one["group"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&ranks["groups"]), ["A", "F"]);
    assert_eq!(names(&ranks["left_out"]), ["B", "C", "D", "E"]);
    let text = report.to_text();
    assert!(text.contains("left out: B, tied with C"), "{text}");
    assert!(text.contains("left out: D, 9 respondents, the limit is 10"), "{text}");
    assert!(text.contains("left out: E, no standard error"), "{text}");
    let lower = analyse("lower", &json!({"limit": 9}), &format!("agency,q01\n{}", parts.concat()));
    assert_eq!(names(&lower.to_json()["sections"]["ranks"]["groups"]), ["A", "D", "F"]);
}

#[test]
fn what_cannot_be_computed_says_why() {
    let sections = analyse("nothing", &json!({}), "q01\n5\n4\n").to_json()["sections"].clone();
    assert!(sections["comparison"]["pairs"].is_null() && sections["ranks"]["groups"].is_null());
    for name in ["comparison", "ranks"] {
        assert!(sections[name]["reason"].as_str().unwrap().contains("no column"), "{sections}");
    }
    let all = &sections["quality"]["reliability"][0];
    assert!(all["alpha"].is_null() && all["alpha_reason"].is_string() && all["omega_reason"].is_string());
    assert_eq!(sections["quality"]["drivers"]["reason"], "no column overall");
    let alone = analyse("alone", &json!({"unit": "place"}), "place,t,q01\nA,1,5\nB,1,4\nB,1,2\nC,1,\n");
    let found = alone.to_json()["sections"]["comparison"].clone();
    assert!(found["pairs"][0]["p"].is_null() && found["pairs"][0]["reason"].is_string(), "{found}");
    assert!(found["versus_rest"][2]["diff"].is_null() && found["versus_rest"][2]["reason"].is_string());
    assert_eq!(found["change_reason"], "fewer than two periods");
    assert!(!alone.to_text().contains("NaN"));
}

#[test]
fn every_survey_of_the_reference_has_a_report_without_a_number_that_is_none() {
    for name in ["p01_open", "p02_strat", "p04_lonely", "p05_calibrated", "p09_anomaly", "p15_real"] {
        let report = report(name);
        let text = report.to_text();
        assert!(!text.contains("NaN") && !text.contains("inf "), "{name}: {text}");
        let sections = report.to_json()["sections"].clone();
        let value = |section: &str, list: &str| &sections[section][list];
        assert!(value("comparison", "pairs").is_array(), "{name}");
        assert!(value("ranks", "groups").is_array() || value("ranks", "reason").is_string(), "{name}");
    }
}
