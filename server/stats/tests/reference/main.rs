//! Runs the reference cases: responses, and the figures that established software computes from
//! them, against this crate.
//!
//! The cases of `tests/reference/` are always run. `HAILONG_REFERENCE` may name another folder
//! of the same format; then every case folder in it is run for what is supported here, and what
//! is not is counted and named.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

mod case;
mod compare;
mod count;
mod design;
mod report;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use case::Case;
use report::Report;

/// Runs every check of a case; `true` stands for a check that was done.
fn run(case: &Case, report: &mut Report) {
    for check in &case.checks {
        let id = check["id"].as_str().unwrap_or("without id").to_owned();
        report.begin(&case.name, &id, case.tolerance(check));
        let stat = check["stat"].as_str().unwrap_or("none");
        let design = id.split('/').next().unwrap_or_default();
        let supported = match (design, stat) {
            ("srs", "share_pooled") => design::share_pooled(case, check, report),
            ("srs", "index_composite") => design::index_composite(case, check, report),
            ("srs", "score_mean") => design::score_mean(case, check, report),
            ("srs", "share_binary") => design::share_binary(case, check, report),
            ("pairwise", "pairwise") => compare::pairwise(case, check, report),
            (_, "versus_rest") => compare::versus_rest(case, check, report),
            (_, "change") => compare::change(case, check, report),
            (_, "binomial") => count::binomial(check, report),
            (_, "hypergeometric") => count::hypergeometric(check, report),
            _ => {
                design::given(check, report);
                false
            }
        };
        report.end(supported, &format!("{design}:{stat}"));
    }
    count::published(case, report);
}

/// All case folders of a folder, in order.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("expected.json").is_file())
        .collect();
    found.sort();
    found
}

#[test]
fn reference_cases_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference");
    let mut report = Report::default();
    for (name, least) in [("p01_open", 159), ("p06_compare", 46), ("p10_binomial", 16), ("p15_real", 84)] {
        let before = report.done;
        run(&Case::read(&folder.join(name)), &mut report);
        let done = report.done - before;
        assert!(done >= least, "{name}: {done} checks done, at least {least} expected");
    }
    report.finish();
    assert!(report.compared >= 2000, "only {} numbers compared", report.compared);
}

#[test]
fn other_cases_agree() {
    let Some(folder) = env::var_os("HAILONG_REFERENCE") else {
        return; // nothing asked for
    };
    let mut report = Report::default();
    for path in cases(Path::new(&folder)) {
        run(&Case::read(&path), &mut report);
    }
    report.finish();
    assert!(report.done > 0, "no check of {} is supported", folder.display());
}
