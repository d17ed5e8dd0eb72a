//! Counting, comparing, and telling every failure.

use std::collections::BTreeMap;

use serde_json::Value;
use stats::Interval;

use crate::case::Tolerance;

/// What was done and what failed.
#[derive(Default)]
pub struct Report {
    /// Checks done.
    pub done: usize,
    /// Numbers compared.
    pub compared: usize,
    failures: Vec<String>,
    unsupported: BTreeMap<String, usize>,
    accepted: BTreeMap<&'static str, usize>,
    at: String,
    tolerance: Option<Tolerance>,
}

impl Report {
    pub fn begin(&mut self, case: &str, id: &str, tolerance: Tolerance) {
        self.at = format!("{case} {id}");
        self.tolerance = Some(tolerance);
    }

    pub fn end(&mut self, supported: bool, what: &str) {
        if supported {
            self.done += 1;
        } else {
            self.skip(what);
        }
    }

    pub fn tolerance(&self) -> Tolerance {
        self.tolerance.unwrap()
    }

    /// Something this crate does not compute.
    pub fn skip(&mut self, what: &str) {
        *self.unsupported.entry(what.to_owned()).or_default() += 1;
    }

    /// A difference with a reason, to be named in the report.
    pub fn accept(&mut self, reason: &'static str) {
        *self.accepted.entry(reason).or_default() += 1;
    }

    pub fn fail(&mut self, what: &str, got: &str, expected: &str) {
        self.failures.push(format!("{}: {what}: got {got}, expected {expected}", self.at));
    }

    /// Compares within an absolute tolerance; `null` expected means `None`.
    pub fn near(&mut self, what: &str, got: Option<f64>, expected: &Value, within: f64) {
        self.compared += 1;
        let agrees = match (got, expected.as_f64()) {
            (Some(got), Some(expected)) => (got - expected).abs() <= within,
            (got, expected) => got.is_none() && expected.is_none(),
        };
        if !agrees {
            self.fail(what, &format!("{got:?}"), &expected.to_string());
        }
    }

    /// Compares within a relative tolerance, which at 0 is an absolute one of 1e-12.
    pub fn near_relative(&mut self, what: &str, got: Option<f64>, expected: &Value, within: f64) {
        let scale = expected.as_f64().unwrap_or(0.0).abs();
        self.near(what, got, expected, (within * scale).max(1e-12));
    }

    pub fn same(&mut self, what: &str, got: i64, expected: &Value) {
        self.compared += 1;
        if expected.as_i64() != Some(got) {
            self.fail(what, &got.to_string(), &expected.to_string());
        }
    }

    /// Compares both limits; no limits expected means no interval.
    pub fn interval(&mut self, what: &str, got: Option<Interval>, expected: &Value, within: f64) {
        self.near(&format!("{what} lo"), got.map(|i| i.low), &expected["lo"], within);
        self.near(&format!("{what} hi"), got.map(|i| i.high), &expected["hi"], within);
    }

    /// Prints what was done and fails with every failure.
    pub fn finish(&self) {
        println!("{} checks done, {} numbers compared", self.done, self.compared);
        for (what, times) in &self.unsupported {
            println!("not supported: {what}, {times} times");
        }
        for (reason, times) in &self.accepted {
            println!("accepted: {reason}, {times} times");
        }
        let failures = self.failures.join("\n");
        assert!(failures.is_empty(), "{} failures:\n{failures}", self.failures.len());
    }
}
