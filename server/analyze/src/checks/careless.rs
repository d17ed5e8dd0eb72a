//! Signs of carelessness of single respondents.

use super::{Findings, Within, members};
use crate::AnalyzeError;
use crate::case::Case;
use serde_json::Value;
use stats::careless::{longstring, speeding, straightline, variability};
use stats::mahalanobis::{p_value, squared_distances};

/// Fewer answers are no straight line.
pub(super) const STRAIGHT: usize = 11;

/// A distance that chance gives less often than this is far.
const FAR: f64 = 0.001;

/// The signs of the respondents named by `ids`.
pub fn per_response(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let ids = members::texts(&findings.input("/ids"));
    let rows = named(case, &ids)?;
    let answers = members::answers(case, &rows)?;
    let durations = durations(case, &rows)?;
    let within = Within::Absolute(findings.tolerance("est_abs", 1e-9));
    for (at, (answers, seconds)) in answers.iter().zip(durations).enumerate() {
        let given = answers.iter().flatten().count();
        // A respondent without a time is not known to be fast.
        let fast = speeding(seconds, given).unwrap_or(false);
        findings.value(&format!("/longstring/{at}"), &Value::from(longstring(answers)));
        findings.number(&format!("/irv/{at}"), variability(answers), within);
        findings.value(&format!("/straightline/{at}"), &Value::from(straightline(answers, STRAIGHT)));
        findings.value(&format!("/speeding/{at}"), &Value::from(fast));
    }
    Ok(())
}

/// How far the complete respondents lie out.
pub fn mahalanobis(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let domain = members::domain(&findings.input("/domain"));
    let ids = members::texts(&findings.input("/ids"));
    let table = case.responses()?;
    let rows = members::rows(table, &domain)?;
    let answers = members::answers(case, &rows)?;
    let (mut complete, mut at) = (Vec::new(), Vec::new());
    for (row, answers) in rows.iter().zip(&answers) {
        if let Some(values) = answers.iter().map(|answer| answer.map(f64::from)).collect::<Option<Vec<f64>>>()
        {
            complete.push(values);
            at.push(*row);
        }
    }
    findings.value("/n_complete", &Value::from(complete.len()));
    let distances = squared_distances(&complete).ok();
    let within = Within::Absolute(findings.tolerance("d2_abs", 1e-9));
    for (place, row) in named(case, &ids)?.iter().enumerate() {
        let found = at.iter().position(|one| one == row);
        let distance = distances.as_ref().zip(found).map(|(distances, found)| distances[found]);
        findings.number(&format!("/d2/{place}"), distance, within);
    }
    let items = complete.first().map_or(0, Vec::len);
    let far = |distance: &&f64| p_value(**distance, items).is_some_and(|p| p < FAR);
    let flagged = distances.as_ref().map(|distances| distances.iter().filter(far).count());
    findings.value("/flagged_001", &Value::from(flagged));
    Ok(())
}

/// The rows of the ids, in their order.
fn named(case: &Case, ids: &[String]) -> Result<Vec<usize>, AnalyzeError> {
    let column = case.responses()?.column("id")?;
    let row = |id: &String| column.texts().position(|text| text == id);
    ids.iter().map(|id| row(id).ok_or_else(|| case.wrong(format!("no response with the id {id}")))).collect()
}

/// The seconds that each of the rows took.
pub(super) fn durations(case: &Case, rows: &[usize]) -> Result<Vec<Option<f64>>, AnalyzeError> {
    let table = case.responses()?;
    if !table.header().iter().any(|name| name == "duration_s") {
        return Ok(vec![None; rows.len()]);
    }
    let column = table.column("duration_s")?;
    rows.iter().map(|&row| column.number(row)).collect()
}
