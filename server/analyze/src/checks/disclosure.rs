//! Tables with hidden cells, and counts released for several filters.

use super::{Findings, members};
use crate::AnalyzeError;
use crate::case::Case;
use crate::disclosure::{DisclosureError, Sum, complementary, margins, ranges, with_hidden};
use serde_json::{Map, Value, json};
use stats::disclosure::{Range, determined, primary, unsafe_pairs};

/// A table whose row and column totals are published.
struct Counts {
    columns: usize,
    cells: Vec<i64>,
    margins: Vec<Vec<usize>>,
}

impl Counts {
    fn read(case: &Case, value: &Value) -> Result<Self, AnalyzeError> {
        let rows: Option<Vec<Vec<i64>>> = value.as_array().and_then(|rows| {
            let row = |row: &Value| row.as_array()?.iter().map(Value::as_i64).collect();
            rows.iter().map(row).collect()
        });
        let rows = rows.ok_or_else(|| case.wrong("counts must be rows of whole numbers"))?;
        let columns = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != columns) {
            return Err(case.wrong("rows of counts differ in length"));
        }
        let margins = margins(rows.len(), columns);
        Ok(Self { columns, cells: rows.concat(), margins })
    }

    /// The place of a cell as the file writes it.
    fn place(&self, cell: usize) -> Value {
        json!([cell / self.columns.max(1), cell % self.columns.max(1)])
    }

    fn places(&self, cells: &[usize]) -> Value {
        cells.iter().map(|&cell| self.place(cell)).collect()
    }

    /// The ranges of cells if `hidden` are not published.
    fn audit(&self, hidden: &[usize], wanted: &[usize]) -> Result<Vec<(usize, Range)>, DisclosureError> {
        let published = with_hidden(self.cells.len(), &self.margins, hidden);
        let sums: Vec<Sum> = published.iter().map(|cells| Sum::of(&self.cells, cells)).collect();
        ranges(self.cells.len(), &sums, wanted)
    }
}

/// Which cells are small, what hiding them alone leaves open, and whether our own pattern stands.
pub fn suppression(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let table = Counts::read(case, &findings.input("/counts"))?;
    let k = smallest(case, findings)?;
    let safe = findings.input("/zeros_are_safe").as_bool().unwrap_or(true);
    let small = primary(&table.cells, k, safe);
    let failed = |error: DisclosureError| case.wrong(error.to_string());
    let left = table.audit(&small, &small).map_err(failed)?;
    findings.value("/primary", &table.places(&small));
    findings.value("/audit_primary_only/suppressed", &table.places(&small));
    let intervals = left.iter().map(|(_, range)| json!([range.low, range.high])).collect();
    findings.value("/audit_primary_only/interval", &intervals);
    let exact: Vec<usize> =
        left.iter().filter(|(_, range)| range.is_exact()).map(|(cell, _)| *cell).collect();
    findings.value("/exactly_disclosed_if_primary_only", &table.places(&exact));
    match complementary(&table.cells, &table.margins, &small, k) {
        Ok(hidden) => judge(&table, findings, &small, &hidden, k).map_err(failed),
        Err(DisclosureError::Unprotectable(_)) => hopeless(&table, findings, &small, k).map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

/// Our pattern, asked again from outside.
fn judge(
    table: &Counts,
    findings: &mut Findings,
    small: &[usize],
    hidden: &[usize],
    k: i64,
) -> Result<(), DisclosureError> {
    if small.iter().any(|cell| !hidden.contains(cell)) {
        findings.fail("our pattern shows a primary cell");
    }
    for (cell, range) in table.audit(hidden, small)? {
        if !range.hides(k) {
            findings.fail(&format!("our pattern leaves {} within {range:?}", table.place(cell)));
        }
    }
    Ok(())
}

/// No pattern was found: then hiding every cell must not be enough either.
fn hopeless(table: &Counts, findings: &mut Findings, small: &[usize], k: i64) -> Result<(), DisclosureError> {
    let all: Vec<usize> = (0..table.cells.len()).collect();
    if table.audit(&all, small)?.iter().all(|(_, range)| range.hides(k)) {
        findings.fail("no pattern was found, though there is one");
    }
    Ok(())
}

/// Counts of several filters over the same cells.
pub fn differencing(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let cells = findings.input("/cells");
    let cells: Vec<&Map<String, Value>> =
        cells.as_array().into_iter().flatten().filter_map(Value::as_object).collect();
    let counts: Option<Vec<i64>> = cells.iter().map(|cell| cell.get("n").and_then(Value::as_i64)).collect();
    let counts = counts.ok_or_else(|| case.wrong("an n for every cell"))?;
    let k = smallest(case, findings)?;
    let queries = findings.input("/queries");
    let sums: Vec<Vec<usize>> =
        queries.as_array().into_iter().flatten().map(|query| matching(&cells, query)).collect();
    let totals: Vec<i64> = sums.iter().map(|cells| Sum::of(&counts, cells).total).collect();
    let small = |count: i64| (1..k).contains(&count);
    findings.value("/query_counts", &json!(totals));
    let few: Vec<usize> = (0..totals.len()).filter(|&at| small(totals[at])).collect();
    unordered(findings, "/small_queries", few.iter().map(|at| json!(at)).collect());
    let pairs = unsafe_pairs(&counts, &sums, k);
    let pairs = pairs.iter().map(|pair| json!([pair.larger, pair.smaller, pair.difference])).collect();
    unordered(findings, "/unsafe_pairs", pairs);
    let reduced = determined(&sums).map_err(|error| case.wrong(error.to_string()))?;
    let solvable = reduced.cells().into_iter().filter(|&cell| small(counts[cell])).map(|cell| json!(cell));
    unordered(findings, "/small_cells_solvable_from_all_queries", solvable.collect());
    Ok(())
}

/// The cells that a filter lets through: for each of its keys a value of the cell among those allowed.
fn matching(cells: &[&Map<String, Value>], query: &Value) -> Vec<usize> {
    let filter = members::domain(query);
    let allowed = |cell: &Map<String, Value>| {
        filter.iter().all(|(key, allowed)| {
            let own = members::texts(cell.get(key).unwrap_or(&Value::Null));
            own.iter().any(|text| allowed.contains(text))
        })
    };
    (0..cells.len()).filter(|&at| allowed(cells[at])).collect()
}

/// Compares a list whose order means nothing.
fn unordered(findings: &mut Findings, pointer: &str, mut got: Vec<Value>) {
    let mut expected =
        findings.check().pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let place = |value: &Value| value.to_string();
    expected.sort_by_key(place);
    got.sort_by_key(place);
    let same = got == expected;
    let as_given = findings.input(pointer);
    let shown = if same && as_given.is_array() { as_given } else { Value::Array(got) };
    findings.value(pointer, &shown);
}

fn smallest(case: &Case, findings: &mut Findings) -> Result<i64, AnalyzeError> {
    let k = findings.input("/min_cell").as_i64().filter(|k| *k >= 1);
    k.ok_or_else(|| case.wrong("min_cell must be a whole number of 1 or more"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_leaves_a_small_cell_open_fails_the_check() {
        let cells = vec![20, 3, 30, 40];
        let table = Counts { columns: 2, cells, margins: margins(2, 2) };
        for (hidden, stands) in
            [(&[0, 1, 2, 3][..], true), (&[1], false), (&[1, 3], false), (&[0, 2, 3], false)]
        {
            let mut findings = Findings::new(&Value::Null, &Value::Null);
            findings.value("/none", &Value::Null);
            assert!(findings.passed());
            assert_eq!(judge(&table, &mut findings, &[1], hidden, 5), Ok(()));
            assert_eq!(findings.passed(), stands, "{hidden:?}");
        }
    }

    #[test]
    fn giving_up_where_there_is_a_pattern_fails_the_check() {
        for (cells, truly) in [(vec![20, 3, 30, 40], false), (vec![0, 3, 30, 40], true)] {
            let table = Counts { columns: 2, cells, margins: margins(2, 2) };
            let mut findings = Findings::new(&Value::Null, &Value::Null);
            findings.value("/none", &Value::Null);
            assert_eq!(hopeless(&table, &mut findings, &[1], 5), Ok(()));
            assert_eq!(findings.passed(), truly);
        }
    }
}
