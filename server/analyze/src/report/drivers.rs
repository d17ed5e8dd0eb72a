//! Which factors go with the answer to the overall question.

use super::text::aligned;
use crate::AnalyzeError;
use crate::figures::Codes;
use crate::questionnaire::{complete_rows, lmg_shares, model, quadrant, rank_correlations};
use crate::survey::Survey;
use serde_json::{Value, json};
use stats::drivers::Drivers;

/// The scores of a factor, a row a respondent.
type Scores = Vec<Option<f64>>;

/// The factors that explain, with their scores, and the names of the others.
type Predictors = (Vec<(String, Scores)>, Vec<String>);

/// For machines and for people.
pub(super) fn drivers(survey: &Survey<'_>) -> Result<(Value, Vec<String>), AnalyzeError> {
    let overall = &survey.description.overall;
    if !survey.sample.table.header().contains(overall) {
        return Ok(none(&[], &format!("no column {overall}")));
    }
    let everybody = vec![true; survey.sample.rows.len()];
    let outcome = Codes::of(&survey.sample, std::slice::from_ref(overall))?.values(&everybody);
    let (used, left_out) = predictors(survey, &outcome)?;
    if used.is_empty() {
        return Ok(none(&left_out, "no factors that most respondents answered"));
    }
    let (names, scores): (Vec<String>, Vec<Scores>) = used.into_iter().unzip();
    let rows = complete_rows(&scores, &outcome, &everybody);
    Ok(match model(&rows) {
        Ok(found) => written(&names, &found, &rank_correlations(&rows), &left_out),
        Err(reason) => none(&left_out, &reason.to_string()),
    })
}

fn none(left_out: &[String], reason: &str) -> (Value, Vec<String>) {
    let value = json!({"predictors": null, "left_out": left_out, "reason": reason});
    (value, vec![format!("drivers: none, {reason}")])
}

/// Chooses the factors. One that is blank for many would leave few complete rows (statistics of the product, section 8): without a list in
/// the description one that lacks a score for over a third of those with an outcome is left out.
fn predictors(survey: &Survey<'_>, outcome: &[Option<f64>]) -> Result<Predictors, AnalyzeError> {
    let described = survey.description;
    for name in &described.drivers {
        if !described.factors.iter().any(|(known, _)| known == name) {
            let what = format!("\"drivers\" names {name:?}, which is no factor");
            return Err(AnalyzeError::Description { path: described.path.clone(), what });
        }
    }
    let everybody = vec![true; outcome.len()];
    let asked = outcome.iter().flatten().count();
    let (mut used, mut left_out) = (Vec::new(), Vec::new());
    for (name, items) in &described.factors {
        let scores = Codes::of(&survey.sample, items)?.scores(&everybody);
        let both = scores.iter().zip(outcome).filter(|(score, answer)| score.is_some() && answer.is_some());
        let usual = 3 * both.count() >= 2 * asked;
        let named = described.drivers.contains(name);
        if named || (described.drivers.is_empty() && usual) {
            used.push((name.clone(), scores));
        } else {
            left_out.push(name.clone());
        }
    }
    Ok((used, left_out))
}

fn written(
    names: &[String],
    found: &Drivers,
    spearman: &[Option<f64>],
    left_out: &[String],
) -> (Value, Vec<String>) {
    let fields: Vec<&str> = found.quadrants.iter().map(|field| quadrant(*field)).collect();
    let shares = lmg_shares(found);
    let value = json!({
        "n": found.n, "r2": found.r2, "predictors": names, "left_out": left_out,
        "pearson": found.pearson, "spearman": spearman, "beta": found.betas,
        "lmg": found.lmg, "lmg_share": shares, "johnson_relative_weight": found.johnson,
        "performance": found.performance, "quadrant": fields,
    });
    let mut lines = vec![format!(
        "drivers of the overall answer, {} complete rows, R2 {:.2}; correlation, not effect",
        found.n, found.r2
    )];
    let mut rows = vec![["of", "quadrant", "LMG", "Johnson", "beta", "score"].map(str::to_owned).to_vec()];
    rows.extend(names.iter().enumerate().map(|(at, name)| {
        let numbers = [found.lmg[at], found.johnson[at], found.betas[at]].map(|value| format!("{value:.3}"));
        let mut row = vec![name.clone(), fields[at].replace('_', " ")];
        row.extend(numbers);
        row.push(format!("{:.1}", found.performance[at]));
        row
    }));
    lines.extend(aligned(&rows, 2));
    if !left_out.is_empty() {
        lines.push(format!("without {}: too few have a score, or not named as drivers", left_out.join(", ")));
    }
    (value, lines)
}
