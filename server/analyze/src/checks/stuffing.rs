//! Signs of made answers in an agency.

use super::{Findings, Within, careless, members};
use crate::AnalyzeError;
use crate::case::Case;
use crate::table::Table;
use serde_json::Value;
use stats::careless::{speeding, straightline};
use stats::stuffing::excess::{Marked, fisher};
use stats::stuffing::{burst_p, equal_gaps, largest_burst, largest_same, seconds};

/// Fewer answers make no vector to compare.
const SAME: usize = 15;

/// All signs of one domain.
pub fn stuffing(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let domain = members::domain(&findings.input("/domain"));
    let table = case.responses()?;
    let rows = members::rows(table, &domain)?;
    let answers = members::answers(case, &rows)?;
    let durations = careless::durations(case, &rows)?;
    let part = |count: usize| (!rows.is_empty()).then(|| count as f64 / rows.len() as f64);
    let within = Within::Absolute(findings.tolerance("est_abs", 1e-9));
    findings.value("/n", &Value::from(rows.len()));
    let lines = answers.iter().filter(|answers| straightline(answers, careless::STRAIGHT)).count();
    findings.number("/straightline_share", part(lines), within);
    let given = answers.iter().map(|answers| answers.iter().flatten().count());
    let fast = durations.iter().zip(given).filter(|(time, given)| speeding(**time, *given) == Some(true));
    findings.number("/speeding_share", part(fast.count()), within);
    findings.value("/largest_group_same_vector", &Value::from(largest_same(&answers, SAME)));
    bursts(case, findings, &rows)?;
    minutes(table, findings, &rows)
}

/// Whether an agency has more straight lines than the others together.
pub fn excess(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let domain = members::domain(&findings.input("/domain"));
    let inside = members::rows(case.responses()?, &domain)?;
    let all: Vec<usize> = (0..case.responses()?.len()).collect();
    let lines: Vec<bool> = members::answers(case, &all)?
        .iter()
        .map(|answers| straightline(answers, careless::STRAIGHT))
        .collect();
    let count = |own: bool| {
        let rows = all.iter().filter(|row| inside.binary_search(row).is_ok() == own);
        let marked = rows.clone().filter(|row| lines[**row]).count();
        Some(Marked { marked: i64::try_from(marked).ok()?, n: i64::try_from(rows.count()).ok()? })
    };
    let p = count(true).zip(count(false)).and_then(|(agency, others)| fisher(agency, others));
    let within = Within::Relative(findings.tolerance("p_rel", 1e-6));
    findings.number("/p", p, within);
    Ok(())
}

/// Responses in opening time.
fn bursts(case: &Case, findings: &mut Findings, rows: &[usize]) -> Result<(), AnalyzeError> {
    let column = case.responses()?.column("open_second")?;
    let times = rows.iter().map(|&row| column.number(row)).collect::<Result<Vec<_>, _>>()?;
    let times: Vec<f64> = times.into_iter().flatten().collect();
    let number = |name: &str| case.description[name].as_f64();
    let window = number("window_s").ok_or_else(|| case.wrong("no window_s in case.json"))?;
    let total =
        number("open_seconds_total").ok_or_else(|| case.wrong("no open_seconds_total in case.json"))?;
    let most = largest_burst(&times, window);
    let expected = times.len() as f64 * window / total;
    let p = i64::try_from(most).ok().zip(i64::try_from(times.len()).ok());
    findings.value("/burst_max", &Value::from(most));
    let within = Within::Absolute(findings.tolerance("est_abs", 1e-9));
    findings.number(
        "/burst_expected_in_window",
        Some(expected).filter(|expected| expected.is_finite()),
        within,
    );
    let within = Within::Relative(findings.tolerance("burst_p_rel", 1e-6));
    findings.number("/burst_p", p.and_then(|(most, n)| burst_p(most, n, window, total)), within);
    findings.value("/longest_run_of_equal_gaps", &Value::from(equal_gaps(&times)));
    Ok(())
}

/// The seconds at which responses came in.
fn minutes(table: &Table, findings: &mut Findings, rows: &[usize]) -> Result<(), AnalyzeError> {
    let column = table.column("submitted_at")?;
    let mut of_minute = Vec::new();
    for &row in rows {
        let text = column.text(row).trim();
        if !text.is_empty() {
            let found = second(text);
            of_minute.push(found.ok_or_else(|| column.wrong(row, "a time with seconds"))?);
        }
    }
    let found = seconds(&of_minute);
    let bins = found.map_or([0; 6], |found| found.bins);
    for (at, bin) in bins.into_iter().enumerate() {
        findings.count(&format!("/seconds_bins/{at}"), bin);
    }
    let within = Within::Relative(findings.tolerance("est_abs", 1e-9));
    findings.number("/seconds_chisq", found.map(|found| found.chi_square), within);
    findings.number("/seconds_p", found.map(|found| found.p), within);
    Ok(())
}

/// The seconds of a time such as `2025-03-03T07:45:03`; what follows them is of no interest.
fn second(text: &str) -> Option<u8> {
    let digits = text.split(':').nth(2)?.get(..2)?;
    digits.parse().ok().filter(|second| *second <= 60)
}
