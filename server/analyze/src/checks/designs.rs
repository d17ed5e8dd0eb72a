//! What a design does to figures: replication, design effects, weights, covariances, tests.

use super::estimates::estimated;
use super::indices::{everybody, items};
use super::{Findings, Within, plan};
use crate::AnalyzeError;
use crate::case::Case;
use crate::domains::Domains;
use crate::figures::{Codes, average, domain};
use crate::sample::{Sample, coded};
use serde_json::{Value, json};
use stats::independence::rao_scott;
use stats::linearised::{Linearised, element_variance};
use stats::replication::{ClusterSums, jackknife as replicate};
use stats::weighting::{effect_without_replacement, kish as effect_of_weights};

/// The sample of a statistic for which no row is ever left out.
fn sample<'a>(case: &'a Case, findings: &Findings) -> Result<Sample<'a>, AnalyzeError> {
    plan::sample(case, findings, |sample| Ok(everybody(sample)))
}

/// The jackknife of a figure that the id names: `jkn/…/share_pooled/ALL`.
pub fn jackknife(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let sample = sample(case, findings)?;
    let id = findings.check()["id"].as_str().unwrap_or_default().to_owned();
    let mut parts = id.rsplit('/');
    let (over, figure) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let described = case.describe()?;
    let inside = domain(&sample, &findings.check()["domain"])?;
    let pairs: Vec<Option<(f64, f64)>> = match figure {
        "share_pooled" => {
            let tallies = Codes::of(&sample, &items(case, &described, over)?)?.tallies(&inside);
            tallies
                .into_iter()
                .map(|tally| tally.map(|(yes, all)| (f64::from(yes), f64::from(all))))
                .collect()
        }
        "score_mean" => mean_pairs(Codes::of(&sample, &items(case, &described, over)?)?.scores(&inside)),
        "share_binary" => mean_pairs(Codes::of(&sample, &[described.overall])?.satisfied(&inside)),
        "mean_item" => mean_pairs(Codes::of(&sample, &[over.to_owned()])?.values(&inside)),
        other => return Err(case.wrong(format!("no jackknife of {other:?}"))),
    };
    let column = |of: fn((f64, f64)) -> f64| pairs.iter().map(|pair| pair.map_or(0.0, of)).collect();
    let columns: [Vec<f64>; 2] = [column(|pair| pair.0), column(|pair| pair.1)];
    let sums = ClusterSums::of(&sample.design, &columns).map_err(|error| case.wrong(error.to_string()))?;
    let ratio = |totals: &[f64]| (totals[1] > 0.0).then(|| totals[0] / totals[1]);
    let got = replicate(&sums, ratio).map_err(|error| case.wrong(error.to_string()))?;
    findings.number("/est", Some(got.est), estimated(findings));
    let within = findings.check()["tol"]["se_rel"].as_f64().unwrap_or(1e-5);
    findings.number("/se", Some(got.se), Within::Relative(within));
    Ok(())
}

fn mean_pairs(values: Vec<Option<f64>>) -> Vec<Option<(f64, f64)>> {
    values.into_iter().map(|value| value.map(|value| (value, 1.0))).collect()
}

/// The design effect of the mean score against sampling without replacement.
pub fn deff_wor(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let sample = sample(case, findings)?;
    let over = findings.check()["over"].as_str().unwrap_or("ALL");
    let inside = domain(&sample, &findings.check()["domain"])?;
    let scores = Codes::of(&sample, &items(case, &case.describe()?, over)?)?.scores(&inside);
    let weights = sample.design.weights();
    let figure = average(&sample, &scores).map_err(|reason| case.wrong(reason.to_string()))?;
    let estimate = sample.design.estimate(&figure, sample.lonely);
    let population = weights.iter().zip(&scores).filter(|(_, score)| score.is_some()).map(|(w, _)| w).sum();
    let effect = element_variance(weights, &scores)
        .zip(estimate.variance())
        .and_then(|(spread, variance)| effect_without_replacement(variance, spread, estimate.n, population));
    findings.number("/est", Some(estimate.est), estimated(findings));
    findings.number("/deff", effect, Within::Relative(2.0 * findings.tolerance("se_rel", 1e-6)));
    Ok(())
}

/// What unequal weights cost.
pub fn kish(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let sample = sample(case, findings)?;
    let inside = domain(&sample, &findings.check()["domain"])?;
    let weights = sample.design.weights().iter().zip(&inside).filter(|(_, inside)| **inside);
    let weights: Vec<f64> = weights.map(|(weight, _)| *weight).collect();
    let effect = effect_of_weights(&weights);
    let n = weights.len();
    findings.count("/n", i64::try_from(n).unwrap_or(i64::MAX));
    findings.number("/deff", effect, Within::Relative(1e-9));
    findings.number("/neff", effect.map(|effect| n as f64 / effect), Within::Relative(1e-9));
    Ok(())
}

/// Fitted weights: their sum, ends, spread, and the first of them in the order of the file.
pub fn weights(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let sample = sample(case, findings)?;
    let weights = sample.design.weights();
    let within = Within::Relative(findings.tolerance("weight_rel", 1e-9));
    findings.number("/sum", Some(weights.iter().sum()), within);
    findings.number("/min", weights.iter().copied().reduce(f64::min), within);
    findings.number("/max", weights.iter().copied().reduce(f64::max), within);
    findings.number("/deff_kish", effect_of_weights(weights), within);
    let shown = findings.check()["first10"].as_array().map_or(0, Vec::len);
    findings.numbers("/first10", weights.get(..shown).unwrap_or(weights), within);
    Ok(())
}

/// The shares of all units with their covariance matrix.
pub fn vector(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let sample = sample(case, findings)?;
    let described = case.describe()?;
    let groups: Vec<String> = findings.check()["groups"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let domains = Domains::of(&sample, &items(case, &described, "ALL")?)?;
    let share = |group: &String| {
        let inside = domain(&sample, &json!({ described.unit.as_str(): group }))?;
        domains.share(&inside).map_err(|reason| case.wrong(format!("{group}: {reason}")))
    };
    let shares: Vec<Linearised> = groups.iter().map(share).collect::<Result<_, AnalyzeError>>()?;
    let matrix = domains.covariance(&shares).unwrap_or_default();
    findings.value("/groups", &json!(units(&sample, &described.unit)?));
    (0..groups.len()).for_each(|at| drop(findings.input(&format!("/groups/{at}"))));
    findings.numbers("/est", &shares.iter().map(|share| share.est).collect::<Vec<_>>(), estimated(findings));
    for (at, row) in matrix.iter().enumerate() {
        findings.numbers(
            &format!("/vcov/{at}"),
            row,
            Within::Relative(2.0 * findings.tolerance("se_rel", 1e-6)),
        );
    }
    findings.count("/df", domains.degrees_of_freedom());
    Ok(())
}

/// The units of a sample, in alphabetical order.
fn units(sample: &Sample<'_>, name: &str) -> Result<Vec<String>, AnalyzeError> {
    let column = sample.table.column(name)?;
    let all: std::collections::BTreeSet<String> =
        sample.rows.iter().map(|row| column.text(*row).trim().to_owned()).collect();
    Ok(all.into_iter().collect())
}

/// Whether the overall question depends on the column that the id names: `rao_scott/agency`.
pub fn rao_scott_f(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let sample = sample(case, findings)?;
    let id = findings.check()["id"].as_str().unwrap_or_default();
    let by = id.split('/').nth(1).unwrap_or_default();
    let column = sample.table.column(by)?;
    let rows = coded(&sample.rows.iter().map(|row| column.text(*row)).collect::<Vec<_>>());
    let inside = domain(&sample, &findings.check()["domain"])?;
    let answers = Codes::of(&sample, &[case.describe()?.overall])?.satisfied(&inside);
    let cell = |(row, answer): (usize, Option<f64>)| answer.map(|answer| (row, usize::from(answer > 0.5)));
    let cells: Vec<_> = rows.into_iter().zip(answers).map(cell).collect();
    let got = rao_scott(&sample.design, &cells, sample.lonely);
    let within = Within::Relative(findings.tolerance("F_rel", 1e-6));
    findings.number("/F", got.map(|got| got.f), within);
    findings.number("/ndf", got.map(|got| got.ndf), within);
    findings.number("/ddf", got.map(|got| got.ddf), within);
    findings.number("/p", got.map(|got| got.p), Within::Relative(1e-5));
    Ok(())
}
