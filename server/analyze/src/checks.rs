//! The comparison of every expected number with ours.
//!
//! A case holds checks; a check names a statistic and the numbers that established software gives
//! for it. Each statistic has a function here that computes it and compares **every** number of the
//! check: a number that nobody compared fails the check, and so does a statistic that nobody knows.
//!
//! To add a statistic: write its formula in `stats`, a function `(&Case, &mut Findings)` in a file
//! of this folder, and its line in `STATISTICS`.

mod answers;
mod careless;
mod compare;
mod count;
mod designs;
mod disclosure;
mod estimates;
mod findings;
mod indices;
mod members;
mod nonresponse;
mod plan;
mod planning;
mod quality;
mod ranks;
mod series;
mod smallarea;
mod stuffing;
mod textbook;

pub use findings::{Findings, Within};

use crate::AnalyzeError;
use crate::case::Case;
use serde_json::Value;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Computes a statistic and compares it.
type Check = fn(&Case, &mut Findings) -> Result<(), AnalyzeError>;

/// The statistics that are known, by their name in `expected.json`.
const STATISTICS: &[(&str, Check)] = &[
    ("allocation", planning::allocation),
    ("beta_binomial_eb", smallarea::beta_binomial_eb),
    ("binomial", count::binomial),
    ("careless_per_response", careless::per_response),
    ("change", compare::change),
    ("cochran_armitage", series::cochran_armitage),
    ("cronbach_alpha", quality::cronbach_alpha),
    ("deff_from_icc", planning::deff),
    ("deff_wor", designs::deff_wor),
    ("differencing", disclosure::differencing),
    ("fay_herriot", smallarea::fay_herriot),
    ("hypergeometric", count::hypergeometric),
    ("index_composite", indices::index_composite),
    ("jackknife", designs::jackknife),
    ("key_driver_importance", quality::key_driver_importance),
    ("key_drivers", quality::key_drivers),
    ("kish", designs::kish),
    ("mahalanobis", careless::mahalanobis),
    ("mcdonald_omega_total", quality::mcdonald_omega_total),
    ("mean", textbook::mean),
    ("mean_item", indices::mean_item),
    ("nonresponse", nonresponse::nonresponse),
    ("omnibus", series::omnibus),
    ("pairwise", compare::pairwise),
    ("pairwise_max_z", compare::pairwise_max_z),
    ("proportion", textbook::proportion),
    ("rank_sets", ranks::rank_sets),
    ("rao_scott_F", designs::rao_scott_f),
    ("ratio", textbook::ratio),
    ("sample_size_proportion", planning::proportion),
    ("sample_size_two_proportions", planning::two_proportions),
    ("sample_size_yamane", planning::yamane),
    ("score_mean", indices::score_mean),
    ("share_binary", indices::share_binary),
    ("share_pooled", indices::share_pooled),
    ("straightline_excess_fisher", stuffing::excess),
    ("stuffing", stuffing::stuffing),
    ("suppression", disclosure::suppression),
    ("total", textbook::total),
    ("total_of_indicator", textbook::total_of_indicator),
    ("trend", series::trend),
    ("vector", designs::vector),
    ("versus_rest", compare::versus_rest),
    ("weights", designs::weights),
];

/// How many checks agree and how many do not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Checks whose every number agrees.
    pub passed: usize,
    /// All others.
    pub failed: usize,
    /// Numbers that were shown only, because the reference itself cannot vouch for them.
    pub informational: usize,
}

/// Runs all cases of a folder (or the folder itself, if it is a case), in order, and writes a line
/// for every number: its check, its name, expected, got, difference, verdict. The last line is
/// `N passed, M failed`.
///
/// # Errors
///
/// A file that cannot be read; a folder without a case; what `out` says.
pub fn run_all(folder: &Path, out: &mut impl Write) -> Result<Outcome, AnalyzeError> {
    let write = |source| AnalyzeError::Read { path: PathBuf::from("output"), source };
    let mut outcome = Outcome::default();
    for path in cases(folder)? {
        let case = Case::read(&path)?;
        for check in all(&case) {
            let findings = run(&case, &check);
            if findings.passed() {
                outcome.passed += 1;
            } else {
                outcome.failed += 1;
            }
            outcome.informational += findings.informational();
            findings.write(&case.name(), out).map_err(write)?;
        }
    }
    summary(outcome, out).map_err(write)?;
    Ok(outcome)
}

/// The checks of a case: its list, then the rows of its printed table, if it has one.
#[must_use]
pub fn all(case: &Case) -> Vec<Value> {
    let mut checks = case.expected["checks"].as_array().cloned().unwrap_or_default();
    checks.extend(count::printed(&case.expected["published"]));
    checks
}

/// One check of a case.
#[must_use]
pub fn run(case: &Case, check: &Value) -> Findings {
    let mut findings = Findings::new(&case.expected["tolerance"], check);
    let known = STATISTICS.iter().find(|(name, _)| *name == findings.statistic());
    let done = match known {
        Some((_, compare)) => compare(case, &mut findings).map_err(|error| error.to_string()),
        None => Err(format!("unknown statistic {:?}", findings.statistic())),
    };
    if let Err(reason) = done {
        findings.fail(&reason);
    }
    findings.close();
    findings
}

fn summary(outcome: Outcome, out: &mut impl Write) -> io::Result<()> {
    if outcome.informational > 0 {
        writeln!(out, "{} numbers informational, each with its reason above", outcome.informational)?;
    }
    writeln!(out, "{} passed, {} failed", outcome.passed, outcome.failed)
}

/// The folders with an `expected.json`: the one given, or those in it.
fn cases(folder: &Path) -> Result<Vec<PathBuf>, AnalyzeError> {
    if folder.join("expected.json").is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let read = |source| AnalyzeError::Read { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if path.join("expected.json").is_file() {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        let what = "no folder with an expected.json".to_owned();
        return Err(AnalyzeError::Description { path: folder.to_owned(), what });
    }
    Ok(found)
}
