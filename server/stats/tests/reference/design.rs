//! Shares, composites and scores of the design `srs`: every agency is a stratum.

use std::collections::BTreeMap;

use serde_json::Value;
use stats::estimate::binary_variance;
use stats::interval::{Interval, kg_cap, korn_graubard, likelihood, logit_t, wald_t, wilson_t};
use stats::score::{ScoreCell, ScoreCount, ScoreStratum, element_variance, mean_score};
use stats::share::{Binary, Factor, composite, pooled, share};
use stats::{Estimate, StratumSums, Unavailable};

use crate::case::{Case, Row, belongs, code};
use crate::report::Report;

type Method = fn(&Estimate, f64) -> Option<Interval>;

/// Intervals by their name in `ci`, and whether yes/no questions alone have them.
const METHODS: [(&str, Method, bool); 6] = [
    ("wald_t", wald_t, false),
    ("logit_t", logit_t, false),
    ("wilson_t", wilson_t, false),
    ("beta", korn_graubard, false),
    ("kg_cap", kg_cap, true),
    ("likelihood", likelihood, true),
];

/// The responses of every agency.
pub fn strata(rows: &[Row]) -> Vec<Vec<&Row>> {
    let mut strata: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        strata.entry(&row["agency"]).or_default().push(row);
    }
    strata.into_values().collect()
}

/// Satisfied and answered items of a response; none outside the domain.
pub fn tally(row: &Row, items: &[String], inside: bool) -> (i64, i64) {
    let codes = items.iter().filter(|_| inside).filter_map(|item| code(row, item));
    codes.fold((0, 0), |(s, a), code| (s + i64::from(code >= 4), a + 1))
}

/// All respondents of every stratum, of whom `usable` say whether they count for the figure; where
/// the reference was computed after dropping those who do not, they are dropped here too.
fn respondents(case: &Case, usable: impl Fn(&Row) -> bool) -> Vec<Vec<&Row>> {
    let mut strata = strata(&case.rows);
    if case.drops_unusable {
        for rows in &mut strata {
            rows.retain(|row| usable(row));
        }
    }
    strata
}

/// Sums of every stratum over groups of items, and who answered anything.
pub fn sums(
    case: &Case,
    groups: &[&[String]],
    inside: impl Fn(&Row) -> bool,
) -> (Vec<StratumSums>, Vec<i64>) {
    let mut all = Vec::new();
    let mut answering = Vec::new();
    for stratum in respondents(case, |row| groups.iter().any(|items| tally(row, items, true).1 > 0)) {
        let mut sums = StratumSums::new(groups.len());
        let mut here = 0;
        for row in stratum {
            let inside = inside(row);
            let atoms: Vec<_> = groups.iter().map(|items| tally(row, items, inside)).collect();
            here += i64::from(atoms.iter().any(|atom| atom.1 > 0));
            sums.add(&atoms).unwrap();
        }
        all.push(sums);
        answering.push(here);
    }
    (all, answering)
}

pub fn share_pooled(case: &Case, check: &Value, report: &mut Report) -> bool {
    let (sums, answering) = sums(case, &[case.over(check)], |row| belongs(row, check));
    let strata: Vec<_> = sums.iter().map(StratumSums::as_stratum).collect();
    let result = pooled(&strata, &[0], &answering);
    if let Some(estimate) = compare(result, check, 1.0, report) {
        report.same("answers", estimate.answers, &check["answers"]);
        intervals(&estimate, check, false, 1.0, report);
    }
    true
}

pub fn index_composite(case: &Case, check: &Value, report: &mut Report) -> bool {
    let groups: Vec<&[String]> = case.factors.values().map(Vec::as_slice).collect();
    let (sums, answering) = sums(case, &groups, |row| belongs(row, check));
    let strata: Vec<_> = sums.iter().map(StratumSums::as_stratum).collect();
    let places: Vec<usize> = (0..groups.len()).collect();
    let equal = check["weights"] == "equal";
    let factors: Vec<Factor<'_>> = groups
        .iter()
        .zip(places.chunks(1))
        .map(|(items, atoms)| Factor { weight: if equal { 1.0 } else { items.len() as f64 }, atoms })
        .collect();
    let result = composite(&strata, &factors, &answering);
    if result.is_ok_and(|index| index.est >= 1.0 && index.se == Some(0.0)) {
        // The variance is 0. R's sum came out a rounding above it (se 1e-15) or below (null).
        report.accept("se of a composite of 100: 0 here, a rounding in R");
        let mut check = check.clone();
        check["se"] = Value::from(0.0);
        check["ci"] = Value::Null;
        compare(result, &check, 100.0, report);
    } else if let Some(estimate) = compare(result, check, 100.0, report) {
        intervals(&estimate, check, false, 100.0, report);
    }
    true
}

pub fn score_mean(case: &Case, check: &Value, report: &mut Report) -> bool {
    let items = case.over(check);
    let asked = i64::try_from(items.len()).unwrap();
    let strata = respondents(case, |row| 2 * tally(row, items, true).1 >= asked);
    let counts: Vec<Vec<ScoreCount>> = strata.iter().map(|rows| score_counts(rows, items, check)).collect();
    let cells: Vec<_> = counts.iter().map(|counts| [ScoreCell { items: asked, counts }]).collect();
    let scores: Vec<ScoreStratum<'_>> = strata
        .iter()
        .zip(&cells)
        .map(|(rows, cells)| ScoreStratum { n: i64::try_from(rows.len()).unwrap(), cells })
        .collect();
    if let Some(estimate) = compare(mean_score(&scores), check, 1.0, report) {
        report.interval("wald_t", wald_t(&estimate, 0.95), &check["ci"]["wald_t"], 1e-6);
        design_effect(&estimate, element_variance(&scores).unwrap(), check, report);
    }
    true
}

pub fn share_binary(case: &Case, check: &Value, report: &mut Report) -> bool {
    let counts: Vec<Binary> = strata(&case.rows).iter().map(|rows| binary(rows, check)).collect();
    if let Some(estimate) = compare(share(&counts), check, 1.0, report) {
        intervals(&estimate, check, true, 1.0, report);
        design_effect(&estimate, binary_variance(estimate.est, estimate.n), check, report);
        published_by_r(&estimate, check, report);
    }
    true
}

/// Answers of a stratum by the number of items answered.
fn score_counts(rows: &[&Row], items: &[String], check: &Value) -> Vec<ScoreCount> {
    let mut counts: BTreeMap<i64, ScoreCount> = BTreeMap::new();
    for row in rows.iter().filter(|row| belongs(row, check)) {
        let codes: Vec<i64> = items.iter().filter_map(|item| code(row, item)).collect();
        let (answered, sum) = (i64::try_from(codes.len()).unwrap(), codes.iter().sum::<i64>());
        let empty = ScoreCount { answered, respondents: 0, sum: 0, squares: 0 };
        let count = counts.entry(answered).or_insert(empty);
        count.respondents += 1;
        count.sum += sum;
        count.squares += sum * sum;
    }
    counts.into_values().collect()
}

/// Counts of a stratum for the overall question.
pub fn binary(rows: &[&Row], check: &Value) -> Binary {
    let inside = rows.iter().filter(|row| belongs(row, check));
    let codes: Vec<i64> = inside.filter_map(|row| code(row, "overall")).collect();
    let count = |of: usize| i64::try_from(of).unwrap();
    Binary {
        n: count(rows.len()),
        answered: count(codes.len()),
        satisfied: count(codes.iter().filter(|code| **code >= 4).count()),
    }
}

/// Compares estimate, error, n and df; gives the estimate back if there is one.
///
/// R withholds a standard error as soon as one stratum has a single respondent.
fn compare(
    result: Result<Estimate, Unavailable>,
    check: &Value,
    scale: f64,
    report: &mut Report,
) -> Option<Estimate> {
    let tolerance = report.tolerance();
    let estimate = match result {
        Ok(estimate) => estimate.without_lonely(),
        Err(Unavailable::NoAnswers | Unavailable::FactorWithoutAnswers(_)) => {
            report.near("est", None, &check["est"], 0.0);
            return None;
        }
        Err(reason) => {
            report.fail("est", &reason.to_string(), &check["est"].to_string());
            return None;
        }
    };
    report.near("est", Some(scale * estimate.est), &check["est"], tolerance.est_abs);
    let error = estimate.se.map(|se| scale * se);
    report.near_relative("se", error, &check["se"], tolerance.se_rel);
    report.same("n", estimate.n, &check["n"]);
    report.same("df", estimate.df, &check["df"]);
    Some(estimate)
}

/// Compares the intervals. A kind that is given for shares of its sort, but not for this one, is
/// not defined here: then there must be none.
fn intervals(estimate: &Estimate, check: &Value, binary: bool, scale: f64, report: &mut Report) {
    let given = &check["ci"];
    let boundary = estimate.est <= 0.0 || estimate.est >= 1.0;
    for (name, method, binary_only) in METHODS {
        let expected = &given[name];
        let undefined = (boundary || estimate.se.is_none()) && (binary || !binary_only);
        if expected.is_null() && !undefined {
            continue; // not computed for this case
        }
        let got = method(estimate, 0.95).map(|i| Interval { low: scale * i.low, high: scale * i.high });
        report.interval(name, got, expected, report.tolerance().ci_abs);
    }
    for name in given.as_object().into_iter().flatten().map(|(name, _)| name) {
        if METHODS.iter().all(|method| method.0 != name) {
            report.skip(&format!("ci {name}"));
        }
    }
}

/// Figures of a design that is not computed here: their intervals follow from the estimate given.
pub fn given(check: &Value, report: &mut Report) {
    let (Some(est), Some(se)) = (check["est"].as_f64(), check["se"].as_f64()) else {
        return;
    };
    let (Some(df), Some(n)) = (check["df"].as_i64(), check["n"].as_i64()) else {
        return;
    };
    let scale = match check["stat"].as_str() {
        Some("share_pooled" | "share_binary" | "score_mean" | "mean_item" | "proportion") => 1.0,
        Some("index_composite") if est < 100.0 => 100.0,
        _ => return,
    };
    let (est, se) = (est / scale, Some(se / scale));
    let estimate = Estimate { est, se, df, n, answers: n, lonely: 0 };
    for (name, method, _) in METHODS {
        let expected = &check["ci"][name];
        if expected.is_object() {
            let got = scaled(method(&estimate, 0.95), scale);
            report.interval(name, got, expected, report.tolerance().ci_abs);
        }
    }
    published_by_r(&estimate, check, report);
}

fn scaled(interval: Option<Interval>, scale: f64) -> Option<Interval> {
    interval.map(|i| Interval { low: scale * i.low, high: scale * i.high })
}

fn design_effect(estimate: &Estimate, spread: Option<f64>, check: &Value, report: &mut Report) {
    if check.get("deff").is_none() {
        return;
    }
    let effect = spread.and_then(|spread| estimate.design_effect(spread));
    let size = effect.map(|effect| estimate.n as f64 / effect);
    report.near_relative("deff", effect, &check["deff"], 1e-6);
    report.near_relative("neff", size, &check["neff"], 1e-6);
}

/// R's own `svyciprop`, where it is one of the intervals above.
fn published_by_r(estimate: &Estimate, check: &Value, report: &mut Report) {
    let tolerance = report.tolerance();
    let known: [(&str, Method, f64); 5] = [
        ("mean", wald_t, tolerance.ci_abs),
        ("xlogit", logit_t, tolerance.ci_abs),
        ("logit", logit_t, tolerance.logit_abs),
        ("beta", korn_graubard, tolerance.ci_abs),
        ("likelihood", likelihood, tolerance.likelihood_abs),
    ];
    for (name, expected) in check["svyciprop"].as_object().into_iter().flatten() {
        match known.iter().find(|known| known.0 == name) {
            Some((_, method, within)) => {
                let what = format!("svyciprop {name}");
                // R draws a spline through the likelihood, which is rough with few clusters.
                let rough = name == "likelihood" && estimate.df < 20;
                let within = if rough { 1e-3 } else { *within };
                report.interval(&what, method(estimate, 0.95), expected, within);
            }
            None => report.skip(&format!("svyciprop {name}")),
        }
    }
}
