//! What a check expects, what we got, and whether every number was looked at.

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Members of a check that describe it and are no results. A function that reads further inputs
/// says so with [`Findings::input`].
const DESCRIPTION: &[&str] =
    &["id", "stat", "domain", "over", "weights", "tol", "note", "engine", "source", "design", "data"];

/// How near is near enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Within {
    /// |got − expected| ≤ this.
    Absolute(f64),
    /// |got − expected| ≤ this times |expected|, and 1e-12 where 0 is expected.
    Relative(f64),
    /// Equal.
    Exactly,
}

/// One compared number or text.
#[derive(Debug, Clone, PartialEq)]
struct Finding {
    what: String,
    expected: String,
    got: String,
    difference: Option<f64>,
    verdict: Verdict,
}

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Agrees,
    Differs,
    /// The number is shown and proves nothing, for the reason given.
    Informational(&'static str),
}

/// A check and what became of it.
///
/// Results are named by their place in the check, as a JSON pointer: `/ci/wilson_t/lo`.
#[derive(Debug, Clone)]
pub struct Findings {
    check: Value,
    general: Value,
    seen: BTreeSet<String>,
    lines: Vec<Finding>,
}

impl Findings {
    /// Nothing compared yet. `general` is the `tolerance` at the top of `expected.json`.
    #[must_use]
    pub fn new(general: &Value, check: &Value) -> Self {
        Self { check: check.clone(), general: general.clone(), seen: BTreeSet::new(), lines: Vec::new() }
    }

    /// The check itself, to read its inputs from.
    #[must_use]
    pub fn check(&self) -> &Value {
        &self.check
    }

    /// The name of the statistic.
    #[must_use]
    pub fn statistic(&self) -> &str {
        self.check["stat"].as_str().unwrap_or_default()
    }

    /// The name of the design, the first part of the id.
    #[must_use]
    pub fn design(&self) -> &str {
        self.check["id"].as_str().unwrap_or_default().split('/').next().unwrap_or_default()
    }

    /// A tolerance by its name: that of the check, else that of the file, else `otherwise`.
    #[must_use]
    pub fn tolerance(&self, name: &str, otherwise: f64) -> f64 {
        let here = self.check["tol"][name].as_f64();
        here.or_else(|| self.general[name].as_f64()).unwrap_or(otherwise)
    }

    /// An input of the statistic: a value that is given, not a result.
    pub fn input(&mut self, pointer: &str) -> Value {
        self.seen.insert(pointer.to_owned());
        self.check.pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// Whether the check expects anything at this place.
    #[must_use]
    pub fn expects(&self, pointer: &str) -> bool {
        self.check.pointer(pointer).is_some()
    }

    /// Compares a number with the one expected; `null` there means that there is none.
    pub fn number(&mut self, pointer: &str, got: Option<f64>, within: Within) {
        let expected = self.input(pointer);
        let (agrees, difference) = match (got, expected.as_f64()) {
            (Some(got), Some(wanted)) => (near(got, wanted, within), Some(got - wanted)),
            (None, None) => (expected.is_null() && self.expects(pointer), None),
            _ => (false, None),
        };
        let got = got.map_or_else(|| "none".to_owned(), |got| got.to_string());
        self.push(pointer, &expected, got, difference, agrees);
    }

    /// Compares a list of numbers, one by one.
    pub fn numbers(&mut self, pointer: &str, got: &[f64], within: Within) {
        let length = self.check.pointer(pointer).and_then(Value::as_array).map(Vec::len);
        if length != Some(got.len()) {
            self.fail(&format!("{pointer}: {} numbers, expected {length:?}", got.len()));
        }
        for (at, got) in got.iter().enumerate() {
            self.number(&format!("{pointer}/{at}"), Some(*got), within);
        }
    }

    /// Compares a whole number.
    pub fn count(&mut self, pointer: &str, got: i64) {
        self.value(pointer, &Value::from(got));
    }

    /// Compares a text, a truth value, a list, as it stands.
    pub fn value(&mut self, pointer: &str, got: &Value) {
        let expected = self.input(pointer);
        let whole = |value: &Value| value.as_f64();
        let equal = expected == *got || (whole(&expected).is_some() && whole(&expected) == whole(got));
        self.push(pointer, &expected, got.to_string(), None, equal);
    }

    /// Shows a number that the reference cannot vouch for, with the reason; it neither passes nor
    /// fails the check. For a place that the check does not hold, nothing is shown.
    pub fn inform(&mut self, pointer: &str, got: Option<f64>, reason: &'static str) {
        if !self.expects(pointer) {
            return;
        }
        let expected = self.input(pointer);
        let difference = got.zip(expected.as_f64()).map(|(got, wanted)| got - wanted);
        let got = got.map_or_else(|| "none".to_owned(), |got| got.to_string());
        self.record(pointer, &expected, got, difference, Verdict::Informational(reason));
    }

    /// Whether a number would agree; nothing is recorded.
    #[must_use]
    pub fn agrees(&self, pointer: &str, got: Option<f64>, within: Within) -> bool {
        let wanted = self.check.pointer(pointer).and_then(Value::as_f64);
        got.zip(wanted).is_some_and(|(got, wanted)| near(got, wanted, within))
    }

    /// How many numbers were shown only.
    #[must_use]
    pub fn informational(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.verdict, Verdict::Informational(_))).count()
    }

    /// Records a failure that is not a number.
    pub fn fail(&mut self, reason: &str) {
        self.push(reason, &Value::Null, "none".to_owned(), None, false);
    }

    /// Fails for every result that nobody compared.
    pub fn close(&mut self) {
        let mut left = Vec::new();
        for (name, value) in self.check.as_object().into_iter().flatten() {
            if !DESCRIPTION.contains(&name.as_str()) {
                self.untouched(&format!("/{name}"), value, &mut left);
            }
        }
        for pointer in left {
            self.fail(&format!("{pointer}: not compared"));
        }
    }

    /// Whether every number agrees, and there was one.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.lines.iter().any(|line| line.verdict == Verdict::Agrees)
            && self.lines.iter().all(|line| line.verdict != Verdict::Differs)
    }

    /// A line for every number.
    ///
    /// # Errors
    ///
    /// What `out` says.
    pub fn write(&self, case: &str, out: &mut impl Write) -> io::Result<()> {
        let id = self.check["id"].as_str().unwrap_or("without id");
        for Finding { what, expected, got, difference, verdict } in &self.lines {
            let verdict = match verdict {
                Verdict::Agrees => "ok".to_owned(),
                Verdict::Differs => "FAILED".to_owned(),
                Verdict::Informational(reason) => format!("informational ({reason})"),
            };
            let difference = difference.map_or_else(|| "-".to_owned(), |by| format!("{by:e}"));
            writeln!(
                out,
                "{case} {id} {what} expected {expected} got {got} difference {difference} {verdict}"
            )?;
        }
        Ok(())
    }

    fn untouched(&self, pointer: &str, value: &Value, left: &mut Vec<String>) {
        if self.seen.contains(pointer) {
            return;
        }
        match value {
            Value::Object(members) => {
                members
                    .iter()
                    .for_each(|(name, value)| self.untouched(&format!("{pointer}/{name}"), value, left));
            }
            Value::Array(members) => {
                let each = members.iter().enumerate();
                each.for_each(|(at, value)| self.untouched(&format!("{pointer}/{at}"), value, left));
            }
            _ => left.push(pointer.to_owned()),
        }
    }

    fn push(&mut self, what: &str, expected: &Value, got: String, difference: Option<f64>, agrees: bool) {
        let verdict = if agrees { Verdict::Agrees } else { Verdict::Differs };
        self.record(what, expected, got, difference, verdict);
    }

    fn record(
        &mut self,
        what: &str,
        expected: &Value,
        got: String,
        difference: Option<f64>,
        verdict: Verdict,
    ) {
        let what = what.trim_start_matches('/').replace('/', ".");
        self.lines.push(Finding { what, expected: expected.to_string(), got, difference, verdict });
    }
}

fn near(got: f64, wanted: f64, within: Within) -> bool {
    let by = (got - wanted).abs();
    match within {
        Within::Absolute(most) => by <= most,
        Within::Relative(most) => by <= (most * wanted.abs()).max(1e-12),
        Within::Exactly => by == 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_that_nobody_compared_fails_the_check() {
        let mut findings =
            Findings::new(&Value::Null, &json!({"id": "a/b", "stat": "s", "est": 1.0, "se": 2.0}));
        findings.number("/est", Some(1.0), Within::Absolute(1e-9));
        assert!(findings.passed());
        findings.close();
        assert!(!findings.passed());
    }

    #[test]
    fn what_is_only_shown_proves_nothing() {
        let mut findings = Findings::new(&Value::Null, &json!({"id": "a/b", "se": null}));
        findings.inform("/se", Some(1.0), "the reference has none");
        findings.close();
        assert!(!findings.passed());
        assert_eq!(findings.informational(), 1);
    }

    #[test]
    fn none_agrees_with_null_alone() {
        let check = json!({"est": null, "se": 2.0});
        let mut findings = Findings::new(&Value::Null, &check);
        findings.number("/est", None, Within::Exactly);
        assert!(findings.passed());
        findings.number("/se", None, Within::Exactly);
        assert!(!findings.passed());
        let mut absent = Findings::new(&Value::Null, &check);
        absent.number("/df", None, Within::Exactly);
        assert!(!absent.passed(), "what is not expected cannot be compared");
    }
}
