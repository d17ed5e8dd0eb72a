//! The designs under which reference numbers hold, by their name.

use super::Findings;
use crate::AnalyzeError;
use crate::case::Case;
use crate::description::{Counts, Description, Plan};
use crate::sample::{Sample, coded, joined};
use crate::survey::single;
use crate::table::Table;
use stats::calibration::{Calibration, CalibrationError, Margin, calibrate_linearly, poststratify, rake};
use stats::design::Lonely;
use std::collections::BTreeMap;

/// Respondents below which a stratum of dossiers is left out, a rule of the reference alone.
const FEWEST: usize = 2;

/// The sample of a check. `usable` says which rows of the table have a value for the statistic.
///
/// # Errors
///
/// A design that nobody knows, by name; what the files hold amiss.
pub fn sample<'a>(
    case: &'a Case,
    findings: &Findings,
    usable: impl Fn(&Sample<'a>) -> Result<Vec<bool>, AnalyzeError>,
) -> Result<Sample<'a>, AnalyzeError> {
    let described = case.describe()?;
    let table = case.responses()?;
    let rule = described.lonely.unwrap_or(Lonely::Fail);
    let planned = |plan: &Plan, rule| Sample::planned(table, plan, rule);
    let first_stage = described.plan.without_sizes();
    match findings.design() {
        "srs" => by_unit(case, &described, rule, usable),
        "stratified" => dossiers(case, &described, rule, false),
        "stratified_fpc" => dossiers(case, &described, rule, true),
        "poststratified" if described.poststrata.is_none() => whole(case, &described, rule),
        "poststratified" => fitted(case, &described, described.poststrata.as_slice(), rule, single),
        "raked" => fitted(case, &described, &described.raking, rule, rake),
        "raked_ipf" => fitted(case, &described, &described.raking, rule, rake_as_r),
        "linear_calibrated" => fitted(case, &described, &described.raking, rule, calibrate_linearly),
        "base" | "fpc" | "two_stage" | "kish" => planned(&described.plan, rule),
        "nofpc" | "ultimate_cluster" | "jkn" | "rao_scott" | "agency_vector" => planned(&first_stage, rule),
        "one_stage_adjust" => planned(&first_stage, Lonely::Adjust),
        "one_stage_certainty" => planned(&first_stage, Lonely::Certainty),
        "one_stage_average" => planned(&first_stage, Lonely::Average),
        other => Err(case.wrong(format!("no design is called {other:?}; nothing was computed"))),
    }
}

/// Raking with the variance of R's `rake()`.
fn rake_as_r(weights: &[f64], margins: &[Margin]) -> Result<Calibration, CalibrationError> {
    Ok(rake(weights, margins)?.with_plain_residuals(margins))
}

/// Every unit is its own stratum, everybody has weight 1.
///
/// The size of a stratum is that of all its respondents. Where a case of open collection comes
/// without the dossiers of its population, its figures were computed after leaving out whoever
/// gave no usable answer; `"respondents": "usable"` or `"all"` in its description says so openly.
fn by_unit<'a>(
    case: &'a Case,
    described: &Description,
    rule: Lonely,
    usable: impl Fn(&Sample<'a>) -> Result<Vec<bool>, AnalyzeError>,
) -> Result<Sample<'a>, AnalyzeError> {
    let table = case.responses()?;
    let unit = joined(table, std::slice::from_ref(&described.unit))?;
    let strata = |rows: &[usize]| coded(&rows.iter().map(|row| unit[*row].as_str()).collect::<Vec<_>>());
    let all: Vec<usize> = (0..table.len()).collect();
    let sample = Sample::stratified(table, all.clone(), strata(&all), None, rule)?;
    let drops = match described.value["respondents"].as_str() {
        Some(which) => which == "usable",
        None => described.value["kind"] == "open" && !case.folder.join("population.csv").is_file(),
    };
    if !drops {
        return Ok(sample);
    }
    let kept = usable(&sample)?;
    let rows: Vec<usize> = all.into_iter().filter(|row| kept[*row]).collect();
    let strata = strata(&rows);
    Sample::stratified(table, rows, strata, None, rule)
}

/// Responses in cells of the dossiers with enough of them.
struct Cells {
    /// Their rows in the table.
    rows: Vec<usize>,
    /// The cell of each.
    codes: Vec<usize>,
    /// The dossiers of that cell.
    sizes: Vec<f64>,
}

fn cells(case: &Case, described: &Description) -> Result<Cells, AnalyzeError> {
    let table = case.responses()?;
    let population = case.table("population.csv")?;
    let by = [described.unit.clone(), "service".to_owned()];
    let (here, there) = (joined(table, &by)?, joined(&population, &by)?);
    let count = population.column("dossiers")?;
    let mut dossiers: BTreeMap<&str, f64> = BTreeMap::new();
    for (row, cell) in there.iter().enumerate() {
        *dossiers.entry(cell).or_default() += count.number(row)?.unwrap_or(0.0);
    }
    let mut responses: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in &here {
        *responses.entry(cell).or_default() += 1;
    }
    let enough = |row: &usize| responses.get(here[*row].as_str()).is_some_and(|n| *n >= FEWEST);
    let rows: Vec<usize> = (0..table.len()).filter(enough).collect();
    let size = |row: &usize| {
        let missing = || population.wrong(format!("no dossiers of {}", here[*row]));
        dossiers.get(here[*row].as_str()).copied().ok_or_else(missing)
    };
    let sizes = rows.iter().map(size).collect::<Result<_, _>>()?;
    let codes = coded(&rows.iter().map(|row| here[*row].as_str()).collect::<Vec<_>>());
    Ok(Cells { rows, codes, sizes })
}

/// Strata of dossiers, weights N/n, with or without the finite population.
fn dossiers<'a>(
    case: &'a Case,
    described: &Description,
    rule: Lonely,
    finite: bool,
) -> Result<Sample<'a>, AnalyzeError> {
    let Cells { rows, codes: strata, sizes } = cells(case, described)?;
    let table = case.responses()?;
    let sample = Sample::stratified(table, rows.clone(), strata.clone(), Some(sizes), rule)?;
    if finite {
        return Ok(sample);
    }
    let weights = sample.design.weights().to_vec();
    let open = Sample::stratified(table, rows, strata, None, rule)?;
    open.weighted(weights)
}

/// One stratum, fitted to the dossiers of its cells.
fn whole<'a>(case: &'a Case, described: &Description, rule: Lonely) -> Result<Sample<'a>, AnalyzeError> {
    let Cells { rows, codes, sizes } = cells(case, described)?;
    let mut totals = vec![0.0; codes.iter().max().map_or(0, |most| most + 1)];
    codes.iter().zip(&sizes).for_each(|(code, size)| totals[*code] = *size);
    let one = vec![0; rows.len()];
    let sample = Sample::stratified(case.responses()?, rows, one, None, rule)?;
    let margin = Margin { cells: codes, totals };
    let fit =
        poststratify(sample.design.weights(), &margin).map_err(|error| case.wrong(error.to_string()))?;
    Ok(Sample { design: sample.design.calibrated(fit), ..sample })
}

/// The plan of the case, fitted to counts.
fn fitted<'a>(
    case: &'a Case,
    described: &Description,
    counts: &[Counts],
    rule: Lonely,
    fit: impl Fn(&[f64], &[Margin]) -> Result<Calibration, CalibrationError>,
) -> Result<Sample<'a>, AnalyzeError> {
    if counts.is_empty() {
        return Err(case.wrong("the description names no population counts for this design"));
    }
    let read = |counts: &Counts| Ok::<_, AnalyzeError>((counts.clone(), case.table(&counts.population)?));
    let tables: Vec<(Counts, Table)> = counts.iter().map(read).collect::<Result<_, _>>()?;
    Sample::planned(case.responses()?, &described.plan, rule)?.calibrated(&tables, fit)
}
