//! Rows of a table with the design they were drawn by.

use crate::AnalyzeError;
use crate::description::{Counts, Plan};
use crate::table::{Column, Table};
use stats::calibration::{Calibration, CalibrationError, Margin};
use stats::design::{Design, DesignError, Lonely, Population, Stage};
use std::collections::BTreeMap;

/// Rows and their design. Row i of the design is row `rows[i]` of the table.
#[derive(Debug, Clone)]
pub struct Sample<'a> {
    /// The responses.
    pub table: &'a Table,
    /// The rows of the table that belong to the sample.
    pub rows: Vec<usize>,
    /// Their design.
    pub design: Design,
    /// What to do about strata with a single cluster.
    pub lonely: Lonely,
}

/// Counts of a population by cell.
#[derive(Debug, Clone)]
pub struct Cells {
    /// The cell of every row asked for.
    pub of_rows: Vec<usize>,
    /// Its count in the population.
    pub totals: Vec<f64>,
    /// The values that make a cell, joined by a comma.
    pub names: Vec<String>,
}

impl<'a> Sample<'a> {
    /// All rows, by a plan.
    ///
    /// # Errors
    ///
    /// A column that is not there; a weight or size that is none, with its line.
    pub fn planned(table: &'a Table, plan: &Plan, lonely: Lonely) -> Result<Self, AnalyzeError> {
        let rows: Vec<usize> = (0..table.len()).collect();
        let stages = (0..plan.clusters.len().max(1))
            .map(|at| stage(table, plan, at))
            .collect::<Result<Vec<_>, AnalyzeError>>()?;
        let weights = match &plan.weights {
            Some(name) => numbers(table.column(name)?, &rows)?,
            None => vec![1.0; rows.len()],
        };
        let design = Design::new(weights, &stages);
        let design = if plan.weights.is_none() { design.map(Design::expanded) } else { design };
        let design = design.map_err(|error| refuse(table, plan, error))?;
        Ok(Self { table, rows, design, lonely })
    }

    /// Some rows, drawn one by one within the strata given, with weights and sizes.
    ///
    /// # Errors
    ///
    /// What the design refuses.
    pub fn stratified(
        table: &'a Table,
        rows: Vec<usize>,
        strata: Vec<usize>,
        sizes: Option<Vec<f64>>,
        lonely: Lonely,
    ) -> Result<Self, AnalyzeError> {
        let clusters = (0..rows.len()).collect();
        let stage = Stage { strata, clusters, population: sizes.map(Population::Sizes) };
        let design = Design::new(vec![1.0; rows.len()], &[stage]).map(Design::expanded);
        let design = design.map_err(|error| table.wrong(error.to_string()))?;
        Ok(Self { table, rows, design, lonely })
    }

    /// The same rows with other weights.
    ///
    /// # Errors
    ///
    /// A weight that is none.
    pub fn weighted(self, weights: Vec<f64>) -> Result<Self, AnalyzeError> {
        let design = self.design.weighted(weights).map_err(|error| self.table.wrong(error.to_string()))?;
        Ok(Self { design, ..self })
    }

    /// The same rows after their weights were fitted to counts.
    ///
    /// # Errors
    ///
    /// A file of counts that cannot be read, or to which no weights can be fitted.
    pub fn calibrated(
        self,
        counts: &[(Counts, Table)],
        fit: impl Fn(&[f64], &[Margin]) -> Result<Calibration, CalibrationError>,
    ) -> Result<Self, AnalyzeError> {
        let cells: Vec<Cells> = counts
            .iter()
            .map(|(counts, population)| Cells::of(self.table, &self.rows, &counts.by, population))
            .collect::<Result<_, _>>()?;
        let margins: Vec<Margin> = cells
            .iter()
            .map(|cells| Margin { cells: cells.of_rows.clone(), totals: cells.totals.clone() })
            .collect();
        let calibration =
            fit(self.design.weights(), &margins).map_err(|error| unfitted(error, counts, &cells))?;
        let design = self.design.calibrated(calibration);
        Ok(Self { design, ..self })
    }
}

impl Cells {
    /// Reads counts: the columns `by`, and one column of numbers that is neither of these.
    ///
    /// # Errors
    ///
    /// A count that is none; a response in a cell that the population lacks.
    pub fn of(
        table: &Table,
        rows: &[usize],
        by: &[String],
        population: &Table,
    ) -> Result<Self, AnalyzeError> {
        let keys = joined(population, by)?;
        let count = count_column(population, by)?;
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut totals, mut names) = (Vec::new(), Vec::new());
        for (row, key) in keys.iter().enumerate() {
            let number = count.number(row)?.filter(|number| *number >= 0.0);
            let number = number.ok_or_else(|| count.wrong(row, "a count of 0 or more"))?;
            // A finer table, by months say, adds up.
            let cell = *at.entry(key.as_str()).or_insert(totals.len());
            if cell == totals.len() {
                totals.push(0.0);
                names.push(key.clone());
            }
            totals[cell] += number;
        }
        let here = joined(table, by)?;
        let find = |row: &usize| {
            let missing =
                || population.wrong(format!("no cell {}, but there are responses in it", here[*row]));
            at.get(here[*row].as_str()).copied().ok_or_else(missing)
        };
        Ok(Self { of_rows: rows.iter().map(find).collect::<Result<_, _>>()?, totals, names })
    }
}

/// The column that holds the counts: named N, count, population or dossiers, else the only one
/// left.
fn count_column<'t>(population: &'t Table, by: &[String]) -> Result<Column<'t>, AnalyzeError> {
    const NAMES: [&str; 4] = ["N", "count", "population", "dossiers"];
    let left: Vec<&String> = population.header().iter().filter(|name| !by.contains(name)).collect();
    let named = left.iter().find(|name| NAMES.contains(&name.as_str()));
    match (named, left.as_slice()) {
        (Some(name), _) | (None, [name]) => population.column(name),
        _ => Err(population.wrong("no column N with the counts".to_owned())),
    }
}

/// The values of some columns, joined.
///
/// # Errors
///
/// A column that is not there.
pub fn joined(table: &Table, by: &[String]) -> Result<Vec<String>, AnalyzeError> {
    let columns: Vec<Column<'_>> = by.iter().map(|name| table.column(name)).collect::<Result<_, _>>()?;
    let key = |row| columns.iter().map(|column| column.text(row).trim()).collect::<Vec<_>>().join(",");
    Ok((0..table.len()).map(key).collect())
}

/// Numbers for texts, in the order of the texts, so that the order of rows does not matter.
#[must_use]
pub fn coded<T: AsRef<str>>(texts: &[T]) -> Vec<usize> {
    let sorted: std::collections::BTreeSet<&str> = texts.iter().map(AsRef::as_ref).collect();
    let at: BTreeMap<&str, usize> = sorted.into_iter().enumerate().map(|(at, text)| (text, at)).collect();
    texts.iter().map(|text| at.get(text.as_ref()).copied().unwrap_or(0)).collect()
}

fn stage(table: &Table, plan: &Plan, at: usize) -> Result<Stage, AnalyzeError> {
    let codes =
        |name: &String| Ok::<_, AnalyzeError>(coded(&table.column(name)?.texts().collect::<Vec<_>>()));
    let strata = plan.strata.get(at).map(codes).transpose()?;
    let clusters = plan.clusters.get(at).map(codes).transpose()?;
    let sizes = plan.sizes.get(at).map(|name| {
        let rows: Vec<usize> = (0..table.len()).collect();
        numbers(table.column(name)?, &rows)
    });
    let population = sizes.transpose()?.map(|sizes| {
        let fractions = !sizes.is_empty() && sizes.iter().all(|size| *size <= 1.0);
        if fractions { Population::Fractions(sizes) } else { Population::Sizes(sizes) }
    });
    Ok(Stage {
        strata: strata.unwrap_or_else(|| vec![0; table.len()]),
        clusters: clusters.unwrap_or_else(|| (0..table.len()).collect()),
        population,
    })
}

fn numbers(column: Column<'_>, rows: &[usize]) -> Result<Vec<f64>, AnalyzeError> {
    let number = |row: &usize| column.number(*row)?.ok_or_else(|| column.wrong(*row, "a number"));
    rows.iter().map(number).collect()
}

/// The complaint about a design, at the cell where there is one.
fn refuse(table: &Table, plan: &Plan, error: DesignError) -> AnalyzeError {
    let weights = plan.weights.iter();
    let (row, columns, wanted): (_, Vec<&String>, _) = match error {
        DesignError::Weight(row) => (row, weights.collect(), "a weight of 0 or more, with some above 0"),
        DesignError::Size(row) => (row, plan.sizes.iter().collect(), "the size of a population"),
        DesignError::Differs(row) => (row, plan.sizes.iter().collect(), "the same in the whole stratum"),
        DesignError::TooFew { row, .. } => {
            (row, plan.sizes.iter().collect(), "at least as many as are in the sample of its stratum")
        }
        DesignError::Empty | DesignError::Lengths => (0, Vec::new(), ""),
    };
    match columns.as_slice() {
        [name] => table.column(name).map_or_else(|missing| missing, |column| column.wrong(row, wanted)),
        [] => table.wrong(error.to_string()),
        _ => table.wrong(format!("line {}: {error}", table.line(row))),
    }
}

fn unfitted(error: CalibrationError, counts: &[(Counts, Table)], cells: &[Cells]) -> AnalyzeError {
    let margin = match error {
        CalibrationError::Lengths => 0,
        CalibrationError::Count { margin, .. }
        | CalibrationError::Empty { margin, .. }
        | CalibrationError::Totals { margin, .. }
        | CalibrationError::Unsettled { margin } => margin,
    };
    let (Some((by, table)), Some(cells)) = (counts.get(margin), cells.get(margin)) else {
        return AnalyzeError::Description { path: "population".into(), what: error.to_string() };
    };
    let margin = by.by.join(" × ");
    let cell = |at: usize| cells.names.get(at).map_or("", String::as_str);
    table.wrong(match error {
        CalibrationError::Lengths => error.to_string(),
        CalibrationError::Count { cell: at, .. } => {
            format!("{margin}: the count of {} is not above 0", cell(at))
        }
        CalibrationError::Empty { cell: at, .. } => {
            format!(
                "{margin}: {} has people in the population and no response; join it with another cell",
                cell(at)
            )
        }
        CalibrationError::Totals { total, first, .. } => {
            format!("{margin}: the counts add up to {total}, those of the first margin to {first}")
        }
        CalibrationError::Unsettled { .. } => {
            format!("{margin}: no weights fit all margins; look for combinations without responses")
        }
    })
}
