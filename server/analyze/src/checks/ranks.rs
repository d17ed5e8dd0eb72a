//! Confidence sets of ranks.

use super::answers::Answers;
use super::{Findings, Within};
use crate::AnalyzeError;
use crate::case::Case;
use serde_json::{Value, json};
use stats::Estimate;
use stats::joint::Joint;
use stats::random::Simulation;
use stats::ranks::{Procedure, RankSets, marginal, simultaneous};

/// The sets of a vector of estimates. Where a check does not give the vector it is that of another
/// check of the case for the same groups, else of the independent agencies.
pub fn rank_sets(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let level = findings.input("/level").as_f64().unwrap_or(0.95);
    let groups = findings.input("/groups");
    let (theta, vcov) = (findings.input("/theta"), findings.input("/vcov"));
    findings.input("/draws");
    let joint = match given(case, &theta, &vcov)? {
        Some(joint) => joint,
        None => elsewhere(case, &groups)?,
    };
    if theta.is_array() && is_plain(case) {
        vector(case, &groups, findings)?;
    }
    let id = findings.check()["id"].as_str().unwrap_or_default().to_owned();
    let has = |part: &str| id.split('/').any(|name| name == part);
    let procedure = if has("single_step") { Procedure::SingleStep } else { Procedure::StepDown };
    let run = if has("marginal") { marginal } else { simultaneous };
    let simulation = Simulation { draws: 400_000, ..Simulation::default() };
    let sets = run(&joint, level, procedure, simulation).map_err(|error| case.wrong(error.to_string()))?;
    if findings.expects("/critical") {
        let within = Within::Absolute(findings.tolerance("critical_abs", 0.02));
        findings.numbers("/critical", &sets.critical, within);
    }
    bounds(&sets, findings);
    Ok(())
}

/// Bounds must agree where the reference says that they are safe from the error of the simulation,
/// and nearly elsewhere.
fn bounds(sets: &RankSets, findings: &mut Findings) {
    findings.value("/rank", &json!(sets.rank));
    let robust = findings.input("/robust");
    for (name, got) in [("lo", &sets.low), ("hi", &sets.high)] {
        if findings.check()[name].as_array().map(Vec::len) != Some(got.len()) {
            findings.fail(&format!("{name}: {} sets", got.len()));
        }
        for (at, bound) in got.iter().enumerate() {
            let within = if robust[at] == false { Within::Absolute(1.0) } else { Within::Exactly };
            findings.number(&format!("/{name}/{at}"), Some(*bound as f64), within);
        }
    }
}

fn given(case: &Case, theta: &Value, vcov: &Value) -> Result<Option<Joint>, AnalyzeError> {
    let numbers = |list: &Value| -> Option<Vec<f64>> { list.as_array()?.iter().map(Value::as_f64).collect() };
    let rows = |matrix: &Value| -> Option<Vec<f64>> {
        let rows = matrix.as_array()?.iter().map(numbers).collect::<Option<Vec<_>>>()?;
        Some(rows.concat())
    };
    let Some((theta, vcov)) = numbers(theta).zip(rows(vcov)) else { return Ok(None) };
    Joint::correlated(&theta, &vcov).map(Some).map_err(|error| case.wrong(error.to_string()))
}

fn elsewhere(case: &Case, groups: &Value) -> Result<Joint, AnalyzeError> {
    for check in case.expected["checks"].as_array().into_iter().flatten() {
        if check["groups"] == *groups {
            let theta = if check["theta"].is_array() { &check["theta"] } else { &check["est"] };
            if let Some(joint) = given(case, theta, &check["vcov"])? {
                return Ok(joint);
            }
        }
    }
    let estimates: Option<Vec<Estimate>> = shares(case, groups)?.into_iter().collect();
    let joint = estimates.map(|estimates| Joint::independent(&estimates));
    joint.and_then(Result::ok).ok_or_else(|| case.wrong("no estimates to rank"))
}

/// The shares of the groups, independent of each other.
fn shares(case: &Case, groups: &Value) -> Result<Vec<Option<Estimate>>, AnalyzeError> {
    let answers = Answers::of(case)?;
    let units = answers.units("agency")?;
    let shares = answers.shares(&units)?;
    let place = |name: &Value| units.iter().position(|(unit, _)| name.as_str() == Some(*unit));
    let groups = groups.as_array().cloned().unwrap_or_default();
    Ok(groups.iter().map(|name| place(name).and_then(|at| shares[at])).collect())
}

/// Whether the agencies of a case are independent: no weights, no clusters.
fn is_plain(case: &Case) -> bool {
    let design = &case.description["design"];
    let single = design["ids"] == "1" || design["ids"] == "id";
    design.is_object() && single && design["weights"].is_null() && design["fpc"].is_null()
}

/// The estimates that are ranked, where the responses give them.
fn vector(case: &Case, groups: &Value, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let est = Within::Absolute(findings.tolerance("est_abs", 1e-9));
    let variance = Within::Relative(2.0 * findings.tolerance("se_rel", 1e-6));
    for (row, share) in shares(case, groups)?.iter().enumerate() {
        findings.number(&format!("/theta/{row}"), share.map(|share| share.est), est);
        let own = share.and_then(|share| share.variance());
        findings.number(&format!("/vcov/{row}/{row}"), own, variance);
    }
    Ok(())
}
