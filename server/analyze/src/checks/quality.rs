//! Reliability of the questionnaire, and what goes with overall satisfaction.

use super::answers::{Answers, number};
use super::compare::Tolerances;
use super::{Findings, Within};
use crate::AnalyzeError;
use crate::case::Case;
use crate::questionnaire::{Items, complete_rows, lmg_shares, model, quadrant, rank_correlations};
use serde_json::{Value, json};
use stats::drivers::Drivers;
use stats::reliability::Reliability;

/// The items of a check.
fn items(case: &Case, findings: &Findings) -> Result<Items, AnalyzeError> {
    let answers = Answers::of(case)?;
    let names = answers.items(findings.check()["over"].as_str().unwrap_or("ALL"))?;
    let inside = answers.domain(&findings.check()["domain"])?;
    let rows = answers.codes(&names)?.into_iter().zip(inside).filter(|(_, inside)| *inside);
    let rows: Vec<Vec<Option<u8>>> = rows.map(|(codes, _)| codes).collect();
    Items::of(names, &rows).map_err(|error| case.wrong(error.to_string()))
}

/// A number for every item, by its name; a null for all where there is none.
fn by_item(
    items: &Items,
    findings: &mut Findings,
    pointer: &str,
    got: Option<&[Option<f64>]>,
    within: Within,
) {
    if findings.check().pointer(pointer).is_some_and(Value::is_null) {
        findings.number(pointer, got.and_then(|got| got.iter().copied().flatten().next()), within);
        return;
    }
    for (at, name) in items.names.iter().enumerate() {
        findings.number(&format!("{pointer}/{name}"), got.and_then(|got| got[at]), within);
    }
}

/// Cronbach's α with what belongs to it.
pub fn cronbach_alpha(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let items = items(case, findings)?;
    let found: Option<Reliability> = items.reliability(0.95).ok();
    let within = Tolerances::of(findings).est;
    let found = found.as_ref();
    findings.count("/n_complete", items.complete.n());
    findings.number("/alpha", found.map(|found| found.alpha), within);
    findings.number("/alpha_standardised", found.and_then(|found| found.standardised), within);
    findings.number("/average_r", found.and_then(|found| found.average_correlation), within);
    findings.number("/alpha_pairwise", items.pairwise_alpha(), within);
    let feldt = Within::Absolute(findings.tolerance("ci_abs", 1e-6));
    let interval = found.and_then(|found| found.interval);
    if findings.check()["feldt_95"].is_object() {
        findings.number("/feldt_95/lo", interval.map(|interval| interval.low), feldt);
        findings.number("/feldt_95/hi", interval.map(|interval| interval.high), feldt);
    } else {
        findings.number("/feldt_95", interval.map(|interval| interval.low), feldt);
    }
    by_item(&items, findings, "/alpha_if_dropped", found.map(|found| &*found.if_dropped), within);
    by_item(&items, findings, "/item_rest_correlation", found.map(|found| &*found.item_rest), within);
    let negative = found.map(Reliability::negative).unwrap_or_default();
    let negative: Vec<&String> = negative.into_iter().map(|at| &items.names[at]).collect();
    findings.value("/negative_item_rest", &json!(negative));
    Ok(())
}

/// McDonald's ω.
pub fn mcdonald_omega_total(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let items = items(case, findings)?;
    let model = items.one_factor().ok();
    findings.count("/n_complete", items.complete.n());
    let within = Within::Absolute(findings.tolerance("omega_abs", 5e-4));
    findings.number("/omega", model.as_ref().map(|model| model.omega), within);
    let loadings: Option<Vec<Option<f64>>> =
        model.map(|model| model.loadings.into_iter().map(Some).collect());
    let within = Within::Absolute(findings.tolerance("loading_abs", 0.002));
    by_item(&items, findings, "/loadings", loadings.as_deref(), within);
    Ok(())
}

/// The complete rows of some scores and the overall answer, which comes last.
fn rows(case: &Case, findings: &Findings, predictors: &[String]) -> Result<Vec<Vec<f64>>, AnalyzeError> {
    let answers = Answers::of(case)?;
    let inside = answers.domain(&findings.check()["domain"])?;
    let scores = predictors.iter().map(|name| {
        let items = answers.items(name.strip_prefix("score_").unwrap_or(name))?;
        answers.scores(&items)
    });
    let scores = scores.collect::<Result<Vec<_>, AnalyzeError>>()?;
    let overall: Vec<Option<f64>> = answers.overall()?.into_iter().map(|code| code.map(f64::from)).collect();
    Ok(complete_rows(&scores, &overall, &inside))
}

/// Correlations and coefficients of the factors' scores with the overall answer.
pub fn key_drivers(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let named = findings.check()["beta"].as_object().or(findings.check()["pearson"].as_object());
    let names: Vec<String> = named.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let rows = rows(case, findings, &names)?;
    let found = model(&rows).ok();
    let within = Tolerances::of(findings).est;
    findings.count("/n", number(rows.len()));
    findings.number("/r2", found.as_ref().map(|found| found.r2), within);
    let ranks = rank_correlations(&rows);
    for (at, name) in names.iter().enumerate() {
        let mut number = |list: &str, got: Option<f64>| {
            findings.number(&format!("/{list}/{name}"), got, within);
        };
        number("pearson", found.as_ref().map(|found| found.pearson[at]));
        number("beta", found.as_ref().map(|found| found.betas[at]));
        number("performance", found.as_ref().map(|found| found.performance[at]));
        number("spearman", ranks.get(at).copied().flatten());
    }
    Ok(())
}

/// Shapley's and Johnson's importance, and the quadrants.
pub fn key_driver_importance(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let names = findings.input("/predictors");
    let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
    let names: Vec<String> = names.map(str::to_owned).collect();
    let rows = rows(case, findings, &names)?;
    let found = model(&rows);
    findings.count("/n", number(rows.len()));
    match found {
        Ok(found) => importance(&found, findings),
        Err(reason) => findings.fail(&reason.to_string()),
    }
    Ok(())
}

fn importance(found: &Drivers, findings: &mut Findings) {
    let within = Tolerances::of(findings).est;
    let shares: Vec<f64> = lmg_shares(found).into_iter().flatten().collect();
    findings.number("/r2", Some(found.r2), within);
    findings.numbers("/lmg", &found.lmg, within);
    findings.numbers("/lmg_share", &shares, within);
    findings.numbers("/johnson_relative_weight", &found.johnson, within);
    findings.numbers("/performance", &found.performance, within);
    let fields: Vec<&str> = found.quadrants.iter().map(|field| quadrant(*field)).collect();
    findings.value("/quadrant", &json!(fields));
}
