//! Shares, composites and scores of a survey.

use super::Findings;
use super::estimates::Figure;
use super::plan;
use crate::AnalyzeError;
use crate::case::Case;
use crate::description::Description;
use crate::figures::{Codes, Inside, average, domain, index};
use crate::sample::Sample;
use stats::linearised::pooled;

/// Values of a figure, one for every row of the sample.
type Values = Vec<Option<f64>>;

/// Share of satisfied answers among all answers.
pub fn share_pooled(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let items = items(case, &case.describe()?, over(findings))?;
    let tallies = |sample: &Sample<'_>, inside: &Inside| Ok(Codes::of(sample, &items)?.tallies(inside));
    let sample = plan::sample(case, findings, |sample| Ok(known(&tallies(sample, &everybody(sample))?)))?;
    let inside = domain(&sample, &findings.check()["domain"])?;
    let here = tallies(&sample, &inside)?;
    let figure = Figure {
        result: pooled(sample.design.weights(), &here),
        n: here.iter().flatten().count(),
        values: None,
        scale: 1.0,
        most: 1.0,
        binary: false,
        mean: false,
    };
    figure.compare(&sample, case.describe()?.level, findings);
    Ok(())
}

/// Weighted mean of the shares of the factors, times 100.
pub fn index_composite(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let described = case.describe()?;
    let all = items(case, &described, "ALL")?;
    let usable = |sample: &Sample<'_>| Ok(known(&Codes::of(sample, &all)?.tallies(&everybody(sample))));
    let sample = plan::sample(case, findings, usable)?;
    let inside = domain(&sample, &findings.check()["domain"])?;
    let weights = weights(case, &described, findings)?;
    let factors: Vec<(f64, &[String])> =
        weights.iter().zip(&described.factors).map(|(w, (_, items))| (*w, items.as_slice())).collect();
    let figure = Figure {
        result: index(&sample, &factors, &all, &inside)?,
        n: Codes::of(&sample, &all)?.tallies(&inside).iter().flatten().count(),
        values: None,
        scale: 100.0,
        most: 1.0,
        binary: false,
        mean: false,
    };
    figure.compare(&sample, described.level, findings);
    Ok(())
}

/// Mean score 0..100 under the half rule.
pub fn score_mean(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let items = items(case, &case.describe()?, over(findings))?;
    let values = |sample: &Sample<'_>, inside: &Inside| Ok(Codes::of(sample, &items)?.scores(inside));
    compare_mean(case, findings, values, 100.0, false)
}

/// Share of 4 and 5 on one question.
pub fn share_binary(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let question = question(&case.describe()?, findings);
    let values = |sample: &Sample<'_>, inside: &Inside| Ok(Codes::of(sample, &question)?.satisfied(inside));
    compare_mean(case, findings, values, 1.0, true)
}

/// Mean of one item, 1..5.
pub fn mean_item(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let question = question(&case.describe()?, findings);
    let values = |sample: &Sample<'_>, inside: &Inside| Ok(Codes::of(sample, &question)?.values(inside));
    compare_mean(case, findings, values, 5.0, false)
}

fn compare_mean(
    case: &Case,
    findings: &mut Findings,
    values: impl Fn(&Sample<'_>, &Inside) -> Result<Values, AnalyzeError>,
    most: f64,
    binary: bool,
) -> Result<(), AnalyzeError> {
    let sample = plan::sample(case, findings, |sample| Ok(known(&values(sample, &everybody(sample))?)))?;
    let inside = domain(&sample, &findings.check()["domain"])?;
    let here = values(&sample, &inside)?;
    let figure = Figure {
        result: average(&sample, &here),
        n: here.iter().flatten().count(),
        values: Some(&here),
        scale: 1.0,
        most,
        binary,
        mean: true,
    };
    figure.compare(&sample, case.describe()?.level, findings);
    Ok(())
}

/// What the check is over; everything where it does not say.
fn over(findings: &Findings) -> &str {
    findings.check()["over"].as_str().unwrap_or("ALL")
}

/// The question of a check, which may be the overall one.
fn question(described: &Description, findings: &Findings) -> [String; 1] {
    match over(findings) {
        "overall" | "ALL" => [described.overall.clone()],
        item => [item.to_owned()],
    }
}

/// The items of a factor, or all.
pub fn items(case: &Case, described: &Description, over: &str) -> Result<Vec<String>, AnalyzeError> {
    if over == "ALL" {
        return Ok(described.items(case.responses()?));
    }
    let factor = described.factors.iter().find(|(name, _)| name == over);
    factor.map(|(_, items)| items.clone()).ok_or_else(|| case.wrong(format!("no factor {over:?}")))
}

/// The weights of the factors: equal, by the number of their items, or a list in the check.
fn weights(case: &Case, described: &Description, findings: &Findings) -> Result<Vec<f64>, AnalyzeError> {
    let given = &findings.check()["weights"];
    let factors = &described.factors;
    match given.as_str() {
        Some("equal") => Ok(vec![1.0; factors.len()]),
        Some("by_items") => Ok(factors.iter().map(|(_, items)| items.len() as f64).collect()),
        _ => {
            let list = factors.iter().enumerate().map(|(at, (name, _))| {
                given.get(name).or_else(|| given.get(at)).and_then(serde_json::Value::as_f64)
            });
            let list: Option<Vec<f64>> = list.collect();
            list.ok_or_else(|| {
                case.wrong(format!("weights of a composite are equal, by_items or numbers, not {given}"))
            })
        }
    }
}

/// Which rows have a value.
fn known<T>(values: &[Option<T>]) -> Vec<bool> {
    values.iter().map(Option::is_some).collect()
}

/// The domain without a condition.
pub fn everybody(sample: &Sample<'_>) -> Inside {
    vec![true; sample.rows.len()]
}
