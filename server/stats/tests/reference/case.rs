//! Reading a case folder.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use serde_json::Value;

/// A response: column name to text.
pub type Row = HashMap<String, String>;

/// A case: its responses, factors and checks.
pub struct Case {
    pub name: String,
    pub rows: Vec<Row>,
    pub items: Vec<String>,
    pub factors: BTreeMap<String, Vec<String>>,
    pub checks: Vec<Value>,
    pub published: Vec<Value>,
    /// Whether the reference counts as respondents of a stratum only those with a usable answer.
    /// The figures of `p15_real` were made so, against the rule of all others (all respondents).
    pub drops_unusable: bool,
    tolerance: Tolerance,
}

/// Tolerances of a check.
#[derive(Debug, Clone, Copy)]
pub struct Tolerance {
    pub est_abs: f64,
    pub se_rel: f64,
    pub ci_abs: f64,
    pub likelihood_abs: f64,
    pub logit_abs: f64,
}

impl Tolerance {
    /// Those of the README where the file says nothing.
    fn general() -> Self {
        Self { est_abs: 1e-9, se_rel: 1e-6, ci_abs: 1e-6, likelihood_abs: 2e-4, logit_abs: 1e-5 }
    }

    fn with(self, given: &Value) -> Self {
        let get = |name: &str, before: f64| given[name].as_f64().unwrap_or(before);
        Self {
            est_abs: get("est_abs", self.est_abs),
            se_rel: get("se_rel", self.se_rel),
            ci_abs: get("ci_abs", self.ci_abs),
            likelihood_abs: get("svyciprop_likelihood_abs", self.likelihood_abs),
            logit_abs: get("svyciprop_logit_abs", self.logit_abs),
        }
    }
}

impl Case {
    /// Reads a folder; a file that is there but cannot be read is a failure.
    pub fn read(folder: &Path) -> Self {
        let expected = json(&folder.join("expected.json"));
        let described =
            if folder.join("case.json").is_file() { json(&folder.join("case.json")) } else { Value::Null };
        let factors = described["factors"].as_object().into_iter().flatten();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        Self {
            drops_unusable: name == "p15_real",
            name,
            rows: rows(&folder.join("responses.csv")),
            items: texts(&described["items"]),
            factors: factors.map(|(name, items)| (name.clone(), texts(items))).collect(),
            checks: expected["checks"].as_array().unwrap().clone(),
            published: expected["published"]["rows"].as_array().cloned().unwrap_or_default(),
            tolerance: Tolerance::general().with(&expected["tolerance"]),
        }
    }

    /// The tolerance of one check.
    pub fn tolerance(&self, check: &Value) -> Tolerance {
        self.tolerance.with(&check["tol"])
    }

    /// The items a check is over.
    pub fn over(&self, check: &Value) -> &[String] {
        match check["over"].as_str() {
            Some(factor) if factor != "ALL" => &self.factors[factor],
            _ => &self.items,
        }
    }
}

/// Whether a response lies in the domain of a check; an empty domain is everybody.
pub fn belongs(row: &Row, check: &Value) -> bool {
    let domain = check["domain"].as_object();
    domain.into_iter().flatten().all(|(column, value)| row[column] == value.as_str().unwrap())
}

/// The code 1..5 of an item, if it was answered.
pub fn code(row: &Row, item: &str) -> Option<i64> {
    let text = row[item].as_str();
    (!text.is_empty()).then(|| text.parse::<i64>().unwrap())
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn rows(path: &Path) -> Vec<Row> {
    if !path.is_file() {
        return Vec::new();
    }
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.map(|text| text.as_str().unwrap().to_owned()).collect()
}
