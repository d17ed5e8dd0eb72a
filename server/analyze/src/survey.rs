//! A survey to analyse: its description, its responses, the design they were drawn by.

use crate::AnalyzeError;
use crate::description::{Counts, Description};
use crate::sample::Sample;
use crate::table::Table;
use stats::calibration::{CalibrationError, poststratify, rake};
use stats::design::Lonely;
use std::path::Path;

/// A survey whose files were read.
#[derive(Debug, Clone)]
pub struct Survey<'a> {
    /// Items, factors, design, level.
    pub description: &'a Description,
    /// All items.
    pub items: Vec<String>,
    /// The responses with their design, weights fitted where counts are given.
    pub sample: Sample<'a>,
    /// What was fitted, in words; none if nothing was.
    pub fitted: Option<String>,
}

impl<'a> Survey<'a> {
    /// Puts description, responses and population counts together.
    ///
    /// Weights are fitted to `population` if it is given, by the columns of the description's
    /// `poststrata` or else by all columns that it shares with the responses; without it to the
    /// counts that the description names, raking before post-strata.
    ///
    /// # Errors
    ///
    /// What is wrong with a file, a design, or the counts.
    pub fn of(
        description: &'a Description,
        table: &'a Table,
        population: Option<&Path>,
    ) -> Result<Self, AnalyzeError> {
        if table.is_empty() {
            return Err(table.wrong("no responses under the header".to_owned()));
        }
        let items = description.items(table);
        if items.is_empty() {
            return Err(
                table.wrong("no items: name them in the description, or call them q01, q02, …".to_owned())
            );
        }
        let rule = description.lonely.unwrap_or(Lonely::Adjust);
        let sample = Sample::planned(table, &description.plan, rule)?;
        let (sample, fitted) = fit(description, table, population, sample)?;
        Ok(Self { description, items, sample, fitted })
    }
}

fn fit<'a>(
    description: &Description,
    table: &Table,
    population: Option<&Path>,
    sample: Sample<'a>,
) -> Result<(Sample<'a>, Option<String>), AnalyzeError> {
    let beside = |counts: &Counts| {
        let folder = description.path.parent().unwrap_or(Path::new("."));
        Ok::<_, AnalyzeError>((counts.clone(), Table::read(&folder.join(&counts.population))?))
    };
    if let Some(path) = population {
        let counts = Table::read(path)?;
        let by =
            description.poststrata.as_ref().map_or_else(|| shared(table, &counts), |given| given.by.clone());
        if by.is_empty() {
            return Err(counts.wrong("no column of the responses, so nothing to fit weights by".to_owned()));
        }
        let words = format!("weights post-stratified by {}", by.join(" × "));
        let counts = [(Counts { by, population: path.display().to_string() }, counts)];
        return Ok((sample.calibrated(&counts, single)?, Some(words)));
    }
    if !description.raking.is_empty() {
        let counts: Vec<_> = description.raking.iter().map(beside).collect::<Result<_, _>>()?;
        let by: Vec<String> = description.raking.iter().map(|counts| counts.by.join(" × ")).collect();
        return Ok((sample.calibrated(&counts, rake)?, Some(format!("weights raked to {}", by.join(", ")))));
    }
    if let Some(given) = &description.poststrata {
        let words = format!("weights post-stratified by {}", given.by.join(" × "));
        return Ok((sample.calibrated(&[beside(given)?], single)?, Some(words)));
    }
    Ok((sample, None))
}

/// Post-stratification as a fit to the only margin.
///
/// # Errors
///
/// As [`poststratify`]; without a margin there is nothing to fit.
pub fn single(
    weights: &[f64],
    margins: &[stats::calibration::Margin],
) -> Result<stats::calibration::Calibration, CalibrationError> {
    margins.first().map_or(Err(CalibrationError::Lengths), |margin| poststratify(weights, margin))
}

/// The columns that both files have.
fn shared(table: &Table, counts: &Table) -> Vec<String> {
    counts.header().iter().filter(|name| table.header().contains(name)).cloned().collect()
}
