//! Response rates, bounds and the R-indicator of an open collection.

use super::{Findings, Within, members};
use crate::AnalyzeError;
use crate::case::Case;
use crate::table::Table;
use stats::nonresponse::{Cell, bounds, representativity};
use std::collections::BTreeMap;

/// Columns of `population.csv` that are numbers or time, and make no cells.
const NO_CELL: &[&str] = &["period", "dossiers", "responses"];

/// What a share of a yes/no question varies by at most.
const HALF: f64 = 0.5;

/// The dossiers of the domain against its responses.
pub fn nonresponse(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let domain = members::domain(&findings.input("/domain"));
    let population = case.table("population.csv")?;
    let responses = case.responses()?;
    let cells = cells(&population, responses, &domain)?;
    let seen = representativity(&cells);
    let (answered, satisfied) = overall(responses, &domain)?;
    let dossiers: i64 = cells.iter().map(|cell| cell.dossiers).sum();
    let bounds = bounds(satisfied, answered, dossiers);
    let within = Within::Absolute(findings.tolerance("est_abs", 1e-9));
    let responses = cells.iter().map(|cell| cell.responses).sum();
    let counts = [
        ("/dossiers", dossiers),
        ("/responses", responses),
        ("/answered_overall", answered),
        ("/satisfied_overall", satisfied),
    ];
    let numbers = [
        ("/response_rate", seen.map(|seen| seen.rate)),
        ("/manski_lo", bounds.map(|bounds| bounds.low)),
        ("/manski_hi", bounds.map(|bounds| bounds.high)),
        ("/propensity_sd", seen.map(|seen| seen.propensity_sd)),
        ("/r_indicator", seen.map(|seen| seen.r_indicator)),
        ("/max_absolute_bias_bound", seen.and_then(|seen| seen.bias_bound(HALF))),
    ];
    // A check may ask for some of them.
    for (pointer, got) in counts {
        if findings.expects(pointer) {
            findings.count(pointer, got);
        }
    }
    for (pointer, got) in numbers {
        if findings.expects(pointer) {
            findings.number(pointer, got, within);
        }
    }
    Ok(())
}

/// Answers to the overall question, and how many of them are satisfied.
fn overall(responses: &Table, domain: &[(String, Vec<String>)]) -> Result<(i64, i64), AnalyzeError> {
    let overall = responses.column("overall")?;
    let (mut answered, mut satisfied) = (0, 0);
    for row in members::rows(responses, domain)? {
        if let Some(code) = overall.code(row)? {
            answered += 1;
            satisfied += i64::from(code >= 4);
        }
    }
    Ok((answered, satisfied))
}

/// Dossiers and responses by all columns that the population and the responses share, time apart.
fn cells(
    population: &Table,
    responses: &Table,
    domain: &[(String, Vec<String>)],
) -> Result<Vec<Cell>, AnalyzeError> {
    let shared = |name: &&String| !NO_CELL.contains(&name.as_str()) && responses.header().contains(name);
    let names: Vec<&String> = population.header().iter().filter(shared).collect();
    let mut cells: BTreeMap<Vec<&str>, Cell> = BTreeMap::new();
    let dossiers = population.column("dossiers")?;
    for (table, counts) in [(population, true), (responses, false)] {
        let columns =
            names.iter().map(|name| table.column(name)).collect::<Result<Vec<_>, AnalyzeError>>()?;
        for row in members::rows(table, domain)? {
            let key = columns.iter().map(|column| column.text(row)).collect();
            let cell = cells.entry(key).or_insert(Cell { dossiers: 0, responses: 0 });
            if counts {
                let text = dossiers.text(row).trim();
                let number = if text.is_empty() { Some(0) } else { text.parse::<u32>().ok() };
                cell.dossiers +=
                    i64::from(number.ok_or_else(|| dossiers.wrong(row, "a number of dossiers"))?);
            } else {
                cell.responses += 1;
            }
        }
    }
    Ok(cells.into_values().collect())
}
