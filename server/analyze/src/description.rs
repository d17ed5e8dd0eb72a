//! The description of a survey: `case.json`.
//!
//! ```json
//! {
//!   "items": ["q01", "q02", "q03"],
//!   "factors": {"Access": ["q01", "q02"], "Staff": ["q03"]},
//!   "overall": "overall",
//!   "unit": "agency",
//!   "limit": 10,
//!   "drivers": ["Access", "Staff"],
//!   "by": ["agency", "sex"],
//!   "design": {"ids": ["commune", "id"], "strata": "stratum", "weights": "weight", "fpc": ["fpc1", "fpc2"]},
//!   "lonely_psu": "adjust",
//!   "poststrata": {"by": ["agency", "service"], "population": "pop.csv"},
//!   "raking": [{"by": ["sex"], "population": "pop_sex.csv"}],
//!   "level": 0.95
//! }
//! ```
//!
//! Everything may be left out. Without `items` the columns named like `q01` are the items; without
//! `factors` there is no composite; without `design` everybody was drawn alone, with weight 1. `unit`
//! is the column whose groups are compared: else `agency`, else the first of `by`. Groups with fewer
//! than `limit` respondents are not ranked. `drivers` are the factors that explain the overall answer.

use crate::AnalyzeError;
use crate::table::Table;
use serde_json::Value;
use stats::design::Lonely;
use std::path::{Path, PathBuf};

/// How the sample was drawn, by names of columns; one entry for every stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The clusters; empty where every row was drawn alone.
    pub clusters: Vec<String>,
    /// The strata; fewer than stages where the later ones have none.
    pub strata: Vec<String>,
    /// The weight.
    pub weights: Option<String>,
    /// How many there are in the population: numbers, or fractions if none is above 1.
    pub sizes: Vec<String>,
}

/// A file of population counts, by names of columns; its remaining column holds the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The columns that make a cell.
    pub by: Vec<String>,
    /// The file, next to the description.
    pub population: String,
}

/// A description that was read.
#[derive(Debug, Clone)]
pub struct Description {
    /// Where it was read.
    pub path: PathBuf,
    /// The items; empty to find them by their names.
    pub items: Vec<String>,
    /// Every factor with its items.
    pub factors: Vec<(String, Vec<String>)>,
    /// The column of the overall question.
    pub overall: String,
    /// The column of the unit that is compared with others.
    pub unit: String,
    /// Fewer respondents than this have no rank.
    pub limit: i64,
    /// The factors that explain the overall answer; empty to take those that most people answered.
    pub drivers: Vec<String>,
    /// Columns to break figures down by.
    pub by: Vec<String>,
    /// How the sample was drawn.
    pub plan: Plan,
    /// What to do about lonely clusters, if it is said.
    pub lonely: Option<Lonely>,
    /// Counts to post-stratify to.
    pub poststrata: Option<Counts>,
    /// Counts to rake to.
    pub raking: Vec<Counts>,
    /// The level of the intervals.
    pub level: f64,
    /// The value itself, for what others read from it.
    pub value: Value,
}

impl Description {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The file and what is wrong with it.
    pub fn read(path: &Path) -> Result<Self, AnalyzeError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| AnalyzeError::Read { path: path.to_owned(), source })?;
        let value = serde_json::from_str(&text)
            .map_err(|source| AnalyzeError::Json { path: path.to_owned(), source })?;
        Self::of(path, value)
    }

    /// Understands a value; null stands for a description that says nothing.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Description`] for a member of the wrong kind.
    pub fn of(path: &Path, value: Value) -> Result<Self, AnalyzeError> {
        let wrong = |what: String| AnalyzeError::Description { path: path.to_owned(), what };
        if !(value.is_object() || value.is_null()) {
            return Err(wrong("a description is an object".to_owned()));
        }
        let list =
            |name: &str| texts(&value[name]).ok_or_else(|| wrong(format!("{name:?} is a list of names")));
        let raking = value["raking"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(Self {
            path: path.to_owned(),
            items: list("items")?,
            factors: factors(&value["factors"]).map_err(wrong)?,
            overall: value["overall"].as_str().unwrap_or("overall").to_owned(),
            unit: value["unit"].as_str().unwrap_or("agency").to_owned(),
            limit: limit(&value["limit"]).map_err(wrong)?,
            drivers: list("drivers")?,
            by: list("by")?,
            plan: Plan::of(&value["design"]).map_err(wrong)?,
            lonely: lonely(&value["lonely_psu"]).map_err(wrong)?,
            poststrata: counts(&value["poststrata"]).map_err(wrong)?,
            raking: raking
                .iter()
                .filter_map(|margin| counts(margin).transpose())
                .collect::<Result<_, _>>()
                .map_err(wrong)?,
            level: level(&value["level"]).map_err(wrong)?,
            value,
        })
    }

    /// The items: those named, else the columns named by a letter and a number.
    #[must_use]
    pub fn items(&self, table: &Table) -> Vec<String> {
        self.items_of(table.header())
    }

    /// The same from the names of the columns.
    #[must_use]
    pub fn items_of(&self, header: &[String]) -> Vec<String> {
        if !self.items.is_empty() {
            return self.items.clone();
        }
        let is_item = |name: &&String| {
            name.strip_prefix('q')
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        };
        header.iter().filter(is_item).cloned().collect()
    }
}

impl Plan {
    /// Understands `design`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn of(value: &Value) -> Result<Self, String> {
        let list = |name: &str| texts(&value[name]).ok_or_else(|| format!("design: {name:?} names columns"));
        // "1" and "0" are how R writes that there are no clusters.
        let mut clusters = list("ids")?;
        clusters.retain(|name| name != "1" && name != "0");
        let plan = Self {
            clusters,
            strata: list("strata")?,
            weights: list("weights")?.into_iter().next(),
            sizes: list("fpc")?,
        };
        let stages = plan.clusters.len().max(1);
        if plan.strata.len() > stages || plan.sizes.len() > stages {
            return Err(format!("design: {stages} stages in \"ids\", but more strata or fpc"));
        }
        Ok(plan)
    }

    /// The same plan without population sizes, so that only its first stage counts.
    #[must_use]
    pub fn without_sizes(&self) -> Self {
        Self { sizes: Vec::new(), ..self.clone() }
    }
}

/// A name, a list of names, or nothing.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(name) => Some(vec![name.clone()]),
        Value::Number(number) => Some(vec![number.to_string()]),
        Value::Array(names) => {
            let named = names.iter().filter(|name| !name.is_null());
            named.map(|name| name.as_str().map(str::to_owned)).collect()
        }
        _ => None,
    }
}

fn factors(value: &Value) -> Result<Vec<(String, Vec<String>)>, String> {
    let members = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Object(members) => members,
        _ => return Err("\"factors\" is an object of lists of items".to_owned()),
    };
    let read = |(name, items): (&String, &Value)| {
        let items = texts(items).filter(|items| !items.is_empty());
        items.map(|items| (name.clone(), items)).ok_or_else(|| format!("factor {name:?} is a list of items"))
    };
    members.iter().map(read).collect()
}

fn lonely(value: &Value) -> Result<Option<Lonely>, String> {
    match value.as_str() {
        None if value.is_null() => Ok(None),
        Some("fail") => Ok(Some(Lonely::Fail)),
        Some("adjust") => Ok(Some(Lonely::Adjust)),
        Some("certainty" | "remove") => Ok(Some(Lonely::Certainty)),
        Some("average") => Ok(Some(Lonely::Average)),
        _ => Err(format!("\"lonely_psu\" is fail, adjust, certainty or average, not {value}")),
    }
}

fn counts(value: &Value) -> Result<Option<Counts>, String> {
    if value.is_null() {
        return Ok(None);
    }
    let by = texts(&value["by"]).filter(|by| !by.is_empty());
    let population = value["population"].as_str().map(str::to_owned);
    match (by, population) {
        (Some(by), Some(population)) => Ok(Some(Counts { by, population })),
        _ => Err("population counts have \"by\", names of columns, and \"population\", a file".to_owned()),
    }
}

fn level(value: &Value) -> Result<f64, String> {
    let level = if value.is_null() { Some(0.95) } else { value.as_f64() };
    level
        .filter(|level| *level > 0.0 && *level < 1.0)
        .ok_or_else(|| "\"level\" lies between 0 and 1".to_owned())
}

/// The publishing limit of the product where none is given.
fn limit(value: &Value) -> Result<i64, String> {
    let limit = if value.is_null() { Some(10) } else { value.as_i64() };
    limit.filter(|limit| *limit > 0).ok_or_else(|| "\"limit\" is a number of respondents".to_owned())
}
