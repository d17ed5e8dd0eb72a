//! Modelled figures of small areas.

use super::{Findings, Within};
use crate::AnalyzeError;
use crate::case::Case;
use crate::table::{Column, Table};
use serde_json::{Value, json};
use stats::fay_herriot::{Area, Method, Model, fit};
use stats::modelled::Modelled;

const FILE: &str = "areas.csv";

/// Every number of a column; a blank is an error.
fn numbers(table: &Table, column: &Column<'_>) -> Result<Vec<f64>, AnalyzeError> {
    let number = |at: usize| column.number(at)?.ok_or_else(|| column.wrong(at, "a number"));
    (0..table.len()).map(number).collect()
}

/// The model's direct figure, and its covariates as columns; an intercept unless it says `0`.
fn formula(case: &Case, table: &Table) -> Result<(Vec<f64>, Vec<Vec<f64>>), AnalyzeError> {
    let model = case.description["model"].as_str().unwrap_or("direct ~ 1");
    let (left, right) = model.split_once('~').ok_or_else(|| case.wrong(format!("no model in {model:?}")))?;
    let terms: Vec<&str> = right.split('+').map(str::trim).collect();
    let mut covariates = Vec::new();
    if !terms.contains(&"0") {
        covariates.push(vec![1.0; table.len()]);
    }
    for term in terms.into_iter().filter(|term| !matches!(*term, "0" | "1" | "")) {
        covariates.push(numbers(table, &table.column(term)?)?);
    }
    Ok((numbers(table, &table.column(left.trim())?)?, covariates))
}

/// The areas' names, as the check writes them: numbers or texts.
fn names(table: &Table, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let first = table.header().first().cloned().unwrap_or_default();
    let as_numbers = findings.check()["areas"][0].is_number();
    let name = |text: &str| match text.parse::<i64>() {
        Ok(number) if as_numbers => json!(number),
        _ => json!(text),
    };
    let names: Vec<Value> = table.column(&first)?.texts().map(name).collect();
    findings.value("/areas", &Value::Array(names));
    Ok(())
}

/// The model of Fay and Herriot.
pub fn fay_herriot(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let table = case.table(FILE)?;
    names(&table, findings)?;
    let (direct, covariates) = formula(case, &table)?;
    let variance = case.description["variance"].as_str().unwrap_or("psi");
    let variance = numbers(&table, &table.column(variance)?)?;
    let area = |at: usize| Area {
        direct: direct[at],
        variance: variance[at],
        covariates: covariates.iter().map(|column| column[at]).collect(),
    };
    let method = match findings.input("/method").as_str() {
        Some("REML") => Method::Reml,
        Some("ML") => Method::Ml,
        Some("FH") => Method::Moment,
        other => return Err(case.wrong(format!("unknown method {other:?}"))),
    };
    let areas: Vec<Area> = (0..table.len()).map(area).collect();
    match fit(&areas, method) {
        Ok(model) => compare(&model, findings),
        Err(reason) => findings.fail(&reason.to_string()),
    }
    Ok(())
}

fn compare(model: &Model, findings: &mut Findings) {
    let expected = findings.check()["A"].as_f64().unwrap_or_default().abs();
    let near = findings.tolerance("A_abs", 1e-10).max(findings.tolerance("A_rel", 1e-5) * expected);
    let eblup = Within::Absolute(findings.tolerance("eblup_abs", 1e-7));
    findings.number("/A", Some(model.between), Within::Absolute(near));
    findings.numbers("/beta", &model.coefficients, eblup);
    findings.numbers("/beta_se", &model.errors, Within::Relative(findings.tolerance("se_rel", 1e-6)));
    let list = |of: fn(&Modelled) -> f64| -> Vec<f64> { model.areas.iter().map(of).collect() };
    findings.numbers("/eblup", &list(|area| area.value), eblup);
    findings.numbers("/gamma", &list(|area| area.own_weight), eblup);
    findings.numbers("/synthetic", &list(|area| area.synthetic), eblup);
    let mse: Vec<f64> = model.areas.iter().filter_map(|area| area.mse).collect();
    findings.numbers("/mse", &mse, Within::Relative(findings.tolerance("mse_rel", 1e-4)));
    if findings.input("/published").is_object() {
        findings.input("/published/source");
        // What was printed is right to half a unit of its last digit.
        let digits =
            findings.input("/published/digits").as_i64().and_then(|digits| i32::try_from(digits).ok());
        let within = Within::Absolute(0.5 * 10_f64.powi(-digits.unwrap_or(15)));
        findings.number("/published/A", Some(model.between), within);
    }
}

/// The beta-binomial model.
pub fn beta_binomial_eb(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let table = case.table(FILE)?;
    names(&table, findings)?;
    findings.input("/method");
    let counts = &case.description["counts"];
    let column = |at: usize, otherwise| table.column(counts[at].as_str().unwrap_or(otherwise));
    let (satisfied, answered) = (column(0, "satisfied")?, column(1, "n")?);
    let whole = |column: &Column<'_>, at: usize| {
        let number: Option<i64> = column.text(at).trim().parse().ok();
        number.ok_or_else(|| column.wrong(at, "a whole number"))
    };
    let pair = |at: usize| Ok((whole(&satisfied, at)?, whole(&answered, at)?));
    let counts = (0..table.len()).map(pair).collect::<Result<Vec<_>, AnalyzeError>>()?;
    let model = match stats::beta_binomial::fit(&counts, 0.95) {
        Ok(model) => model,
        Err(reason) => {
            findings.fail(&reason.to_string());
            return Ok(());
        }
    };
    let within = Within::Relative(findings.tolerance("alpha_rel", 1e-3));
    findings.number("/alpha", model.prior.map(|prior| prior.0), within);
    findings.number("/beta", model.prior.map(|prior| prior.1), within);
    findings.value("/no_extra_variation", &json!(model.prior.is_none()));
    let within = Within::Absolute(findings.tolerance("post_mean_abs", 1e-4));
    let means: Vec<f64> = model.areas.iter().map(|area| area.value).collect();
    findings.numbers("/post_mean", &means, within);
    for (name, low) in [("/lo", true), ("/hi", false)] {
        let end = |interval: stats::Interval| if low { interval.low } else { interval.high };
        if findings.check().pointer(name).is_some_and(Value::is_array) {
            for (at, interval) in model.intervals.iter().enumerate() {
                findings.number(&format!("{name}/{at}"), interval.map(end), within);
            }
        } else {
            findings.number(name, model.intervals.iter().copied().flatten().next().map(end), within);
        }
    }
    Ok(())
}
