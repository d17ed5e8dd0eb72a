//! The answers of a case, as comparisons take them.

use crate::AnalyzeError;
use crate::case::Case;
use crate::groups::{self, Part, Tallies};
use crate::table::Column;
use serde_json::Value;
use stats::Estimate;
use std::collections::BTreeSet;

/// The responses of a case, with the description of their items.
pub struct Answers<'a> {
    case: &'a Case,
    /// Number of responses.
    pub len: usize,
}

impl<'a> Answers<'a> {
    /// The responses of a case.
    pub fn of(case: &'a Case) -> Result<Self, AnalyzeError> {
        Ok(Self { case, len: case.responses()?.len() })
    }

    fn column(&self, name: &str) -> Result<Column<'a>, AnalyzeError> {
        self.case.responses()?.column(name)
    }

    /// The items of a factor, of all for `ALL`.
    pub fn items(&self, over: &str) -> Result<Vec<String>, AnalyzeError> {
        let described = &self.case.description;
        let list = if over == "ALL" { &described["items"] } else { &described["factors"][over] };
        let list = list.as_array().ok_or_else(|| self.case.wrong(format!("no items of {over:?}")))?;
        Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// The codes of some items, a list for every response.
    pub fn codes(&self, items: &[String]) -> Result<Vec<Vec<Option<u8>>>, AnalyzeError> {
        let columns = items.iter().map(|item| self.column(item)).collect::<Result<Vec<_>, _>>()?;
        let row = |at: usize| columns.iter().map(|column| column.code(at)).collect();
        (0..self.len).map(row).collect()
    }

    /// Whether the answer to the overall question is 4 or 5; `None` where it is blank.
    pub fn satisfied(&self) -> Result<Vec<Option<bool>>, AnalyzeError> {
        Ok(self.overall()?.into_iter().map(|code| code.map(|code| code >= 4)).collect())
    }

    /// The answers to the overall question.
    pub fn overall(&self) -> Result<Vec<Option<u8>>, AnalyzeError> {
        let column = self.column("overall")?;
        (0..self.len).map(|at| column.code(at)).collect()
    }

    /// The score 0..100 of every response over some items, by the half rule.
    pub fn scores(&self, items: &[String]) -> Result<Vec<Option<f64>>, AnalyzeError> {
        Ok(self.codes(items)?.iter().map(|codes| score(codes)).collect())
    }

    /// The texts of a column.
    pub fn texts(&self, name: &str) -> Result<Vec<&'a str>, AnalyzeError> {
        Ok(self.column(name)?.texts().collect())
    }

    /// The numbers of a column; a blank is an error.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>, AnalyzeError> {
        let column = self.column(name)?;
        let number = |at: usize| column.number(at)?.ok_or_else(|| column.wrong(at, "a number"));
        (0..self.len).map(number).collect()
    }

    /// Whether every response lies in the domain of a check; an empty domain is everybody.
    pub fn domain(&self, domain: &Value) -> Result<Part, AnalyzeError> {
        let mut part = vec![true; self.len];
        for (name, value) in domain.as_object().into_iter().flatten() {
            let wanted = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let texts = self.texts(name)?;
            part.iter_mut().zip(texts).for_each(|(inside, text)| *inside &= text == wanted);
        }
        Ok(part)
    }

    /// The units, in alphabetical order, and the responses of each.
    pub fn units(&self, column: &str) -> Result<Vec<(&'a str, Part)>, AnalyzeError> {
        let texts = self.texts(column)?;
        let names: BTreeSet<&str> = texts.iter().copied().collect();
        let part = |name: &str| texts.iter().map(|text| *text == name).collect();
        Ok(names.into_iter().map(|name| (name, part(name))).collect())
    }

    /// The satisfied and the given answers of every response, over all items.
    pub fn tallies(&self) -> Result<Tallies, AnalyzeError> {
        let tally = |codes: &Vec<Option<u8>>| {
            let satisfied = codes.iter().flatten().filter(|code| **code >= 4).count();
            (number(satisfied), number(codes.iter().flatten().count()))
        };
        Ok(self.codes(&self.items("ALL")?)?.iter().map(tally).collect())
    }

    /// The pooled share over all items of every unit, each its own stratum; `None` where nobody
    /// answered.
    pub fn shares(&self, units: &[(&str, Part)]) -> Result<Vec<Option<Estimate>>, AnalyzeError> {
        let tallies = self.tallies()?;
        let share = |(_, part): &(&str, Part)| {
            let share = groups::share(&tallies, part);
            Ok(share.map_err(|error| self.case.wrong(error.to_string()))?.ok())
        };
        units.iter().map(share).collect()
    }
}

/// A number of things as the formulas take it.
pub fn number(things: usize) -> i64 {
    i64::try_from(things).unwrap_or(i64::MAX)
}

/// The score of one response: 25 (mean of its answers − 1), if at least half are answered.
fn score(codes: &[Option<u8>]) -> Option<f64> {
    let given: Vec<f64> = codes.iter().flatten().map(|code| f64::from(*code)).collect();
    let enough = !given.is_empty() && 2 * given.len() >= codes.len();
    enough.then(|| 25.0 * (given.iter().sum::<f64>() / given.len() as f64 - 1.0))
}
