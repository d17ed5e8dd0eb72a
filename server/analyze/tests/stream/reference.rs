//! The design `srs` of the reference cases, through the stream.

use analyze::stream::{Domain, Figure, Plan, Reading, Respondents, Rules, Tallies, tally_with};
use serde_json::{Map, Value};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// R's own intervals by the name that ours have.
const BY_R: [(&str, &str, &str); 5] = [
    ("mean", "wald_t", "ci_abs"),
    ("xlogit", "logit_t", "ci_abs"),
    ("logit", "logit_t", "svyciprop_logit_abs"),
    ("beta", "beta", "ci_abs"),
    ("likelihood", "likelihood", "svyciprop_likelihood_abs"),
];

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference").join(case)
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn plan(case: &str, domains: &[&str], overall: Option<&str>) -> Plan {
    let described = json(&folder(case).join("case.json"));
    let texts = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let factors = described["factors"].as_object().unwrap();
    Plan {
        strata: vec!["agency".to_owned()],
        domains: domains.iter().map(|name| (*name).to_owned()).collect(),
        factors: factors.iter().map(|(name, items)| (name.clone(), texts(items))).collect(),
        items: Vec::new(),
        overall: overall.map(str::to_owned),
    }
}

fn domain(check: &Value) -> Domain {
    let members = check["domain"].as_object().into_iter().flatten();
    members.map(|(column, value)| (column.clone(), value.as_str().unwrap().to_owned())).collect()
}

/// The figure that a check is about.
fn figure(tallies: &Tallies, check: &Value, rules: &Rules) -> Figure {
    let over = check["over"].as_str().or_else(|| check["weights"].as_str()).unwrap();
    let figures = tallies.estimates(&[domain(check)], rules).unwrap();
    let matching =
        figures.into_iter().find(|figure| figure.stat.name() == check["stat"] && figure.over == over);
    matching.unwrap()
}

/// The numbers of a check against those of a figure.
struct Comparison<'a> {
    check: &'a Value,
    tolerance: &'a Value,
    figure: Figure,
    numbers: usize,
}

impl Comparison<'_> {
    fn near(&mut self, what: &str, got: Option<f64>, expected: &Value, within: f64) {
        let id = &self.check["id"];
        let close = match (got, expected.as_f64()) {
            (Some(got), Some(wanted)) => (got - wanted).abs() <= within,
            (None, None) => expected.is_null(),
            _ => false,
        };
        assert!(close, "{id} {what}: {got:?}, expected {expected}");
        self.numbers += 1;
    }

    fn relative(&mut self, what: &str, got: Option<f64>, rel: f64) {
        let expected = &self.check[what];
        self.near(what, got, expected, rel * expected.as_f64().unwrap_or(0.0).abs());
    }

    fn count(&mut self, what: &str, got: Option<i64>) {
        let expected = self.check[what].as_i64();
        assert!(self.check.get(what).is_none() || got == expected, "{} {what}: {got:?}", self.check["id"]);
        self.numbers += 1;
    }

    fn interval(&mut self, what: &str, ours: &str, expected: &Value, within: f64) {
        let found = self.figure.intervals.iter().find(|(name, _)| *name == ours).map(|(_, found)| *found);
        self.near(what, found.map(|found| found.low), &expected["lo"], within);
        self.near(what, found.map(|found| found.high), &expected["hi"], within);
    }

    fn tolerance(&self, name: &str) -> f64 {
        self.tolerance[name].as_f64().unwrap()
    }

    fn numbers(&mut self) {
        let (est, se) = (self.figure.est, self.figure.se);
        self.near("est", est, &self.check["est"], self.tolerance("est_abs"));
        if est.is_none() {
            return;
        }
        // R's sum for a composite of 100 comes out a rounding above 0 or below (README there).
        let full = self.figure.stat.name() == "index_composite" && est >= Some(100.0) && se == Some(0.0);
        if !full {
            self.relative("se", se, self.tolerance("se_rel"));
            self.given("ci");
        }
        self.count("n", Some(self.figure.n));
        self.count("df", self.figure.df);
        self.count("answers", Some(self.figure.answers));
        if self.check.get("deff").is_some() {
            self.relative("deff", self.figure.deff, 1e-6);
            self.relative("neff", self.figure.deff.map(|deff| self.figure.n as f64 / deff), 1e-6);
        }
        self.by_r();
    }

    fn given(&mut self, member: &str) {
        for (name, expected) in self.check[member].as_object().unwrap_or(&Map::new()) {
            self.interval(name, name, expected, self.tolerance("ci_abs"));
        }
    }

    fn by_r(&mut self) {
        for (name, expected) in self.check["svyciprop"].as_object().unwrap_or(&Map::new()) {
            if let Some((_, ours, within)) = BY_R.iter().find(|known| known.0 == name) {
                // R draws a spline through the likelihood, which is rough with few respondents.
                let rough = name == "likelihood" && self.figure.df < Some(20);
                let within = if rough { 1e-3 } else { self.tolerance(within) };
                self.interval(name, ours, expected, within);
            }
        }
    }
}

/// Compares all checks of the design `srs`, and says how many there were.
fn run(case: &str, plan: &Plan, rules: &Rules, reading: Reading) -> usize {
    let expected = json(&folder(case).join("expected.json"));
    let tallies = tally_with(&folder(case).join("responses.csv"), plan, reading).unwrap();
    let mut compared = 0;
    for check in expected["checks"].as_array().unwrap() {
        if check["id"].as_str().unwrap().starts_with("srs/") {
            let figure = figure(&tallies, check, rules);
            let mut comparison = Comparison { check, tolerance: &expected["tolerance"], figure, numbers: 0 };
            comparison.numbers();
            compared += 1;
        }
    }
    compared
}

fn readings() -> [Reading; 3] {
    [(1, 1 << 18), (2, 1000), (3, 7)]
        .map(|(threads, block)| Reading { threads: NonZeroUsize::new(threads).unwrap(), block })
}

#[test]
fn the_open_collection_agrees_with_r() {
    let plan = plan("p01_open", &["service", "sex", "period"], Some("overall"));
    // R withholds the standard error of whatever holds a stratum of one respondent.
    let rules = Rules { strict: true, ..Rules::default() };
    for reading in readings() {
        assert_eq!(run("p01_open", &plan, &rules, reading), 147);
    }
}

#[test]
fn the_real_answers_agree_with_r() {
    let plan = plan("p15_real", &[], None);
    // These figures were made after dropping whoever gave no usable answer (README there).
    let rules = Rules { strict: true, respondents: Respondents::Usable, ..Rules::default() };
    for reading in readings() {
        assert_eq!(run("p15_real", &plan, &rules, reading), 84);
    }
}
