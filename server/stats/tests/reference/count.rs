//! Intervals of counts.

use serde_json::Value;
use stats::Interval;
use stats::interval::binomial::{agresti_coull, clopper_pearson, jeffreys, wald, wilson, wilson_corrected};
use stats::interval::hypergeometric::exact;

use crate::case::Case;
use crate::report::Report;

type Method = fn(i64, i64, f64) -> Option<Interval>;

const METHODS: [(&str, Method); 6] = [
    ("clopper_pearson", clopper_pearson),
    ("wilson", wilson),
    ("wilson_cc", wilson_corrected),
    ("jeffreys", jeffreys),
    ("agresti_coull", agresti_coull),
    ("wald", wald),
];

pub fn binomial(check: &Value, report: &mut Report) -> bool {
    let (x, n) = (check["x"].as_i64().unwrap(), check["n"].as_i64().unwrap());
    let level = check["level"].as_f64().unwrap_or(0.95);
    for (name, expected) in check["ci"].as_object().into_iter().flatten() {
        match METHODS.iter().find(|method| method.0 == name) {
            Some((_, method)) => {
                report.interval(name, method(x, n, level), expected, report.tolerance().ci_abs);
            }
            None => report.skip(&format!("ci {name}")),
        }
    }
    true
}

pub fn hypergeometric(check: &Value, report: &mut Report) -> bool {
    let number = |name: &str| check[name].as_i64().unwrap();
    match exact(number("N"), number("n"), number("x"), 0.95) {
        Some(counts) => {
            report.same("K_lo", counts.low, &check["K_lo"]);
            report.same("K_hi", counts.high, &check["K_hi"]);
            report.interval("shares", Some(counts.shares()), check, 1e-12);
        }
        None => report.fail("interval", "none", &check["K_lo"].to_string()),
    }
    true
}

/// Printed tables, to the digits printed.
pub fn published(case: &Case, report: &mut Report) {
    for row in &case.published {
        let (x, n) = (row["x"].as_i64().unwrap(), row["n"].as_i64().unwrap());
        report.begin(&case.name, &format!("published {x}/{n}"), case.tolerance(row));
        for (name, method) in METHODS.iter().filter(|method| row[method.0].is_array()) {
            let got = method(x, n, 0.95);
            report.near(name, got.map(|i| i.low), &row[name][0], 5.1e-5);
            report.near(name, got.map(|i| i.high), &row[name][1], 5.1e-5);
        }
    }
}
