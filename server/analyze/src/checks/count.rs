//! Intervals of counts.

use super::{Findings, Within};
use crate::AnalyzeError;
use crate::case::Case;
use serde_json::{Value, json};
use stats::Interval;
use stats::interval::binomial::{agresti_coull, clopper_pearson, jeffreys, wald, wilson, wilson_corrected};
use stats::interval::hypergeometric::exact;

type Method = fn(i64, i64, f64) -> Option<Interval>;

const METHODS: [(&str, Method); 6] = [
    ("clopper_pearson", clopper_pearson),
    ("wilson", wilson),
    ("wilson_cc", wilson_corrected),
    ("jeffreys", jeffreys),
    ("agresti_coull", agresti_coull),
    ("wald", wald),
];

/// `x` of `n` said yes.
#[expect(clippy::unnecessary_wraps, reason = "a check may fail to read its files; this one has none")]
pub fn binomial(_case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let (x, n) = (whole(&findings.input("/x")), whole(&findings.input("/n")));
    let level = findings.input("/level").as_f64().unwrap_or(0.95);
    let within = Within::Absolute(findings.tolerance("ci_abs", 1e-6));
    if findings.expects("/est") {
        findings.number("/est", (n > 0).then(|| x as f64 / n as f64), Within::Absolute(1e-12));
    }
    for (name, method) in METHODS {
        if findings.expects(&format!("/ci/{name}")) {
            let got = method(x, n, level);
            findings.number(&format!("/ci/{name}/lo"), got.map(|interval| interval.low), within);
            findings.number(&format!("/ci/{name}/hi"), got.map(|interval| interval.high), within);
        }
    }
    Ok(())
}

/// `x` satisfied of `n` answers among `N` dossiers.
#[expect(clippy::unnecessary_wraps, reason = "a check may fail to read its files; this one has none")]
pub fn hypergeometric(_case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let [total, n, x] = ["/N", "/n", "/x"].map(|pointer| whole(&findings.input(pointer)));
    let Some(counts) = exact(total, n, x, 0.95) else {
        findings.fail("no interval");
        return Ok(());
    };
    findings.count("/K_lo", counts.low);
    findings.count("/K_hi", counts.high);
    findings.number("/lo", Some(counts.shares().low), Within::Absolute(1e-12));
    findings.number("/hi", Some(counts.shares().high), Within::Absolute(1e-12));
    Ok(())
}

/// The rows of a printed table of intervals as checks, each to half a unit of the last digit
/// printed anywhere in the table (a final 0 is not kept by the format).
pub fn printed(table: &Value) -> Vec<Value> {
    let rows = table["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    let numbers = rows.iter().filter_map(Value::as_object).flat_map(|row| row.values());
    let digits = numbers.filter_map(Value::as_array).flatten().map(decimals).max().unwrap_or(0);
    let within = 0.500_001 * 10.0_f64.powi(-digits);
    let check = |row: &Value| {
        let pairs = row.as_object().into_iter().flatten().filter(|(_, value)| value.is_array());
        let ci: serde_json::Map<String, Value> =
            pairs.map(|(name, pair)| (name.clone(), json!({"lo": pair[0], "hi": pair[1]}))).collect();
        let id = format!("published/{}/{}", row["x"], row["n"]);
        json!({"id": id, "stat": "binomial", "x": row["x"], "n": row["n"], "ci": ci, "tol": {"ci_abs": within}})
    };
    rows.iter().map(check).collect()
}

/// The digits behind the point as printed.
fn decimals(number: &Value) -> i32 {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, digits)| i32::try_from(digits.len()).unwrap_or(i32::MAX))
}

fn whole(value: &Value) -> i64 {
    value.as_i64().unwrap_or(-1)
}
