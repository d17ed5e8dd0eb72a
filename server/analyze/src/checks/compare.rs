//! Agencies against each other, against the rest, and against themselves over time.

use super::answers::Answers;
use super::{Findings, Within};
use crate::AnalyzeError;
use crate::case::Case;
use crate::groups::{self, Part};
use serde_json::Value;
use stats::Estimate;
use stats::joint::Joint;
use stats::multiplicity::{benjamini_hochberg, bonferroni, hochberg, holm};
use stats::pairwise::{Pair, adjusted, independent, max_z, z_test};
use stats::random::Simulation;

type Adjust = fn(&[f64]) -> Vec<f64>;

const ADJUSTMENTS: [(&str, Adjust); 4] =
    [("holm", holm), ("bh", benjamini_hochberg), ("bonferroni", bonferroni), ("hochberg", hochberg)];

/// Draws of the largest |z|: single-step p-values are wanted to a few thousandths.
const DRAWS: usize = 400_000;

/// The agencies of a case and the shares of those that have one.
struct Shares<'a> {
    names: Vec<&'a str>,
    estimates: Vec<Estimate>,
}

impl<'a> Shares<'a> {
    fn of(case: &'a Case, usable: fn(&Estimate) -> bool) -> Result<Self, AnalyzeError> {
        let answers = Answers::of(case)?;
        let units = answers.units("agency")?;
        let shares = answers.shares(&units)?;
        let known = units.iter().zip(shares).filter_map(|((name, _), share)| Some((*name, share?)));
        let (names, estimates) = known.filter(|(_, share)| usable(share)).unzip();
        Ok(Self { names, estimates })
    }

    /// The place of a pair in a list, and the sign that turns it into `a` minus `b`.
    fn find(&self, pairs: &[Pair], a: &Value, b: &Value) -> Option<(usize, f64)> {
        let place = |name: &Value| self.names.iter().position(|known| name.as_str() == Some(*known));
        let (one, other) = (place(a)?, place(b)?);
        let at = pairs.iter().position(|pair| (pair.one, pair.other) == (one.min(other), one.max(other)))?;
        Some((at, if one < other { 1.0 } else { -1.0 }))
    }
}

/// All pairs of agencies.
pub fn pairwise(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    findings.input("/quantile");
    let shares = Shares::of(case, |_| true)?;
    let pairs = independent(&shares.estimates);
    let adjustments = ADJUSTMENTS.map(|(name, adjust)| (name, adjusted(&pairs, adjust)));
    let expected = findings.check()["pairs"].as_array().cloned().unwrap_or_default();
    let tolerances = Tolerances::of(findings);
    for (place, names) in expected.iter().enumerate() {
        let at = |name: &str| format!("/pairs/{place}/{name}");
        findings.input(&at("a"));
        findings.input(&at("b"));
        let found = shares.find(&pairs, &names["a"], &names["b"]);
        let pair = found.map(|(pair, sign)| (pairs[pair], sign));
        findings.number(&at("diff"), pair.map(|(p, sign)| sign * p.difference), tolerances.est);
        findings.number(&at("se"), pair.and_then(|(p, _)| p.se), tolerances.se);
        findings.number(&at("z"), pair.and_then(|(p, sign)| Some(sign * p.z?)), tolerances.se);
        findings.number(&at("p"), pair.and_then(|(p, _)| p.p), tolerances.p);
        for (name, values) in &adjustments {
            findings.number(&at(name), found.and_then(|(pair, _)| values[pair]), tolerances.p);
        }
    }
    if expected.len() < pairs.len() {
        findings.fail("pairs that are not expected");
    }
    Ok(())
}

/// All pairs by the largest |z|.
pub fn pairwise_max_z(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let shares = Shares::of(case, |share| share.se.is_some())?;
    let joint = Joint::independent(&shares.estimates).map_err(|error| case.wrong(error.to_string()))?;
    let simulation = Simulation { draws: DRAWS, ..Simulation::default() };
    let judged = max_z(&joint, 0.95, simulation).map_err(|error| case.wrong(error.to_string()))?;
    let (first, second) = (findings.input("/a"), findings.input("/b"));
    let names = |list: &Value| list.as_array().cloned().unwrap_or_default();
    for (place, (a, b)) in names(&first).iter().zip(names(&second)).enumerate() {
        let found = shares.find(&judged.pairs, a, &b);
        let within = Within::Absolute(findings.tolerance("p_abs", 0.003));
        findings.number(&format!("/p/{place}"), found.and_then(|(pair, _)| judged.p[pair]), within);
    }
    if names(&first).len() < judged.pairs.len() {
        findings.fail("pairs that are not expected");
    }
    let within = Within::Absolute(findings.tolerance("critical_abs", 0.02));
    findings.number("/critical_95", (!judged.pairs.is_empty()).then_some(judged.critical), within);
    Ok(())
}

/// An agency against all others pooled.
pub fn versus_rest(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let answers = Answers::of(case)?;
    let domain = findings.check()["domain"].clone();
    let column = domain.as_object().and_then(|domain| domain.keys().next().cloned());
    let units = answers.units(column.as_deref().unwrap_or("agency"))?;
    let own = answers.domain(&domain)?;
    let at = units.iter().position(|(_, part)| *part == own);
    let parts: Vec<Part> = units.into_iter().map(|(_, part)| part).collect();
    let gaps = groups::versus_rest(&answers.tallies()?, &parts);
    let mut gaps = gaps.map_err(|error| case.wrong(error.to_string()))?;
    let gap = at.and_then(|at| gaps.swap_remove(at).ok());
    compare(gap.as_ref(), findings);
    Ok(())
}

/// Last period minus first, of the same stratum, with the covariance.
pub fn change(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let answers = Answers::of(case)?;
    let domain = answers.domain(&findings.check()["domain"].clone())?;
    let times = answers.numbers("t")?;
    let mut period = |pointer: &str| -> Part {
        let time = findings.input(pointer).as_f64();
        times.iter().zip(&domain).map(|(t, inside)| *inside && Some(*t) == time).collect()
    };
    let [from, to] = [period("/from"), period("/to")];
    let units: Vec<Part> = answers.units("agency")?.into_iter().map(|(_, unit)| unit).collect();
    let change = groups::change(&answers.tallies()?, &units, [&from, &to]);
    let change = change.map_err(|error| case.wrong(error.to_string()))?;
    let within = Tolerances::of(findings);
    findings.number("/first", change.first, within.est);
    findings.number("/last", change.last, within.est);
    findings.number("/cov", change.covariance, within.se);
    compare(change.difference.ok().as_ref(), findings);
    Ok(())
}

/// A difference with its error and its test.
fn compare(gap: Option<&Estimate>, findings: &mut Findings) {
    let within = Tolerances::of(findings);
    let test = gap.and_then(z_test);
    findings.number("/diff", gap.map(|gap| gap.est), within.est);
    findings.number("/se", gap.and_then(|gap| gap.se), within.se);
    findings.number("/z", test.map(|test| test.0), within.se);
    findings.number("/p", test.map(|test| test.1), within.p);
}

/// Those of a check.
pub struct Tolerances {
    pub est: Within,
    pub se: Within,
    pub p: Within,
}

impl Tolerances {
    pub fn of(findings: &Findings) -> Self {
        Self {
            est: Within::Absolute(findings.tolerance("est_abs", 1e-9)),
            se: Within::Relative(findings.tolerance("se_rel", 1e-6)),
            p: Within::Absolute(findings.tolerance("p_abs", 1e-9)),
        }
    }
}
