//! Trends over the periods of a case, and whether its agencies differ at all.

use super::answers::{Answers, number};
use super::compare::Tolerances;
use super::{Findings, Within};
use crate::AnalyzeError;
use crate::case::Case;
use crate::groups::Part;
use serde_json::{Value, json};
use stats::omnibus::{Spread, kruskal_wallis, welch};
use stats::trend::{Level, Proportion, cochran_armitage as armitage, logit_slope, score_slope};

/// The times of the periods of a case, in order.
fn times(column: &[f64]) -> Vec<f64> {
    let mut times = column.to_vec();
    times.sort_by(f64::total_cmp);
    times.dedup();
    times
}

/// The answers to the overall question by period.
fn proportions(answers: &Answers<'_>, inside: &Part) -> Result<Vec<Proportion>, AnalyzeError> {
    let (column, satisfied) = (answers.numbers("t")?, answers.satisfied()?);
    let count = |time: f64, wanted: fn(Option<bool>) -> bool| {
        let rows = column.iter().zip(&satisfied).zip(inside);
        number(rows.filter(|((t, answer), inside)| **inside && at(**t, time) && wanted(**answer)).count())
    };
    let period = |time: &f64| Proportion {
        time: *time,
        answered: count(*time, |answer| answer.is_some()),
        satisfied: count(*time, |answer| answer == Some(true)),
    };
    Ok(times(&column).iter().map(period).collect())
}

/// The scores over all items by period.
fn levels(answers: &Answers<'_>, inside: &Part) -> Result<Vec<Level>, AnalyzeError> {
    let (column, scores) = (answers.numbers("t")?, answers.scores(&answers.items("ALL")?)?);
    let period = |time: &f64| {
        let rows = column.iter().zip(&scores).zip(inside);
        let here: Vec<f64> =
            rows.filter(|((t, _), inside)| **inside && at(**t, *time)).filter_map(|r| *r.0.1).collect();
        let spread = spread(&here);
        Level { time: *time, n: spread.n, mean: spread.mean, squares: squares(&here, spread.mean) }
    };
    Ok(times(&column).iter().map(period).collect())
}

/// Whether two times are the same one.
fn at(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_eq()
}

fn squares(values: &[f64], mean: f64) -> f64 {
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

fn spread(values: &[f64]) -> Spread {
    let n = number(values.len());
    let mean = values.iter().sum::<f64>() / (n.max(1)) as f64;
    Spread { n, mean, variance: squares(values, mean) / (n - 1).max(1) as f64 }
}

/// Slopes of the log odds and of the score.
pub fn trend(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let answers = Answers::of(case)?;
    let inside = answers.domain(&findings.check()["domain"].clone())?;
    let respondents = number(inside.iter().filter(|inside| **inside).count());
    let logit = logit_slope(&proportions(&answers, &inside)?, respondents).ok();
    let score = score_slope(&levels(&answers, &inside)?, respondents).ok();
    let within = Tolerances::of(findings);
    let iterated = Within::Absolute(findings.tolerance("logit_abs", 1e-5));
    findings.number("/logit_slope", logit.map(|slope| slope.est), iterated);
    findings.number("/logit_se", logit.and_then(|slope| slope.se), iterated);
    findings.number("/score_slope", score.map(|slope| slope.est), within.est);
    findings.number("/score_se", score.and_then(|slope| slope.se), within.se);
    Ok(())
}

/// The test for a trend in shares. A period without answers may be listed or not.
pub fn cochran_armitage(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let answers = Answers::of(case)?;
    let inside = answers.domain(&findings.check()["domain"].clone())?;
    let mut periods = proportions(&answers, &inside)?;
    if findings.check()["n"].as_array().map(Vec::len) != Some(periods.len()) {
        periods.retain(|period| period.answered > 0);
    }
    findings.value("/x", &json!(periods.iter().map(|period| period.satisfied).collect::<Vec<_>>()));
    findings.value("/n", &json!(periods.iter().map(|period| period.answered).collect::<Vec<_>>()));
    let test = armitage(&periods);
    let within = Tolerances::of(findings);
    findings.number("/chisq", test.map(|test| test.chi_square), within.se);
    findings.number("/p", test.map(|test| test.p), within.p);
    Ok(())
}

/// Whether the agencies' scores differ.
pub fn omnibus(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let answers = Answers::of(case)?;
    let domain = match &findings.check()["domain"] {
        Value::Object(domain) => Value::Object(domain.clone()),
        _ => Value::Null,
    };
    let inside = answers.domain(&domain)?;
    let scores = answers.scores(&answers.items("ALL")?)?;
    let of = |(_, unit): &(&str, Part)| -> Vec<f64> {
        let rows = scores.iter().zip(unit).zip(&inside);
        rows.filter(|((_, unit), inside)| **unit && **inside).filter_map(|row| *row.0.0).collect()
    };
    let groups: Vec<Vec<f64>> = answers.units("agency")?.iter().map(of).filter(|g| !g.is_empty()).collect();
    let within = Tolerances::of(findings);
    let ranks = kruskal_wallis(&groups);
    findings.number("/kruskal_chisq", ranks.map(|test| test.chi_square), within.se);
    findings.number("/kruskal_df", ranks.map(|test| test.df), Within::Exactly);
    findings.number("/kruskal_p", ranks.map(|test| test.p), within.p);
    let means = welch(&groups.iter().map(|group| spread(group)).collect::<Vec<_>>());
    findings.number("/welch_F", means.map(|test| test.f), within.se);
    findings.number("/welch_df1", means.map(|test| test.df), Within::Exactly);
    findings.number("/welch_df2", means.map(|test| test.df_error), within.se);
    findings.number("/welch_p", means.map(|test| test.p), within.p);
    Ok(())
}
