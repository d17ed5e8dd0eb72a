//! The groups that are compared and ranked.

use super::values;
use crate::AnalyzeError;
use crate::domains::Domains;
use crate::figures::{Codes, domain};
use crate::groups::{self, Change, Part, Tallies};
use crate::survey::Survey;
use serde_json::json;
use stats::joint::Joint;
use stats::pairwise::{Pair, correlated, independent};
use stats::{Estimate, Unavailable};
use std::collections::BTreeSet;

/// Groups by a column, with the pooled share over all items of each.
pub(super) struct Groups<'a> {
    pub column: String,
    pub names: Vec<String>,
    pub shares: Vec<Result<Estimate, Unavailable>>,
    parts: Vec<Part>,
    way: Way<'a>,
}

/// How the errors of groups go together.
enum Way<'a> {
    /// Nobody was drawn: every group is a stratum of its own.
    Apart(Tallies),
    /// By the design.
    Together(Box<Domains<'a>>),
}

impl<'a> Groups<'a> {
    /// The groups; `None` where no column makes any.
    pub fn of(survey: &Survey<'a>) -> Result<Option<Self>, AnalyzeError> {
        let Some(column) = column(survey) else { return Ok(None) };
        let names: Vec<String> = values(survey, &column)?.into_iter().collect();
        let part = |name: &String| domain(&survey.sample, &json!({ column.as_str(): name }));
        let parts = names.iter().map(part).collect::<Result<Vec<Part>, _>>()?;
        let wrong = |error: Unavailable| survey.sample.table.wrong(error.to_string());
        let way = if is_apart(survey)? {
            Way::Apart(tallies(survey)?)
        } else {
            Way::Together(Box::new(Domains::of(&survey.sample, &survey.items)?))
        };
        let share = |part: &Part| match &way {
            Way::Apart(tallies) => groups::share(tallies, part).map_err(wrong),
            Way::Together(domains) => Ok(domains.share(part).map(|share| domains.estimate(&share))),
        };
        let shares = parts.iter().map(share).collect::<Result<_, _>>()?;
        Ok(Some(Self { column, names, shares, parts, way }))
    }

    /// The places of the groups that have a share.
    pub fn known(&self) -> Vec<usize> {
        (0..self.names.len()).filter(|at| self.shares[*at].is_ok()).collect()
    }

    /// Some groups with the covariance of their shares.
    pub fn joint(&self, chosen: &[usize]) -> Result<Joint, Unavailable> {
        match &self.way {
            Way::Apart(_) => {
                let estimates = chosen.iter().map(|at| self.shares[*at]).collect::<Result<Vec<_>, _>>()?;
                Joint::independent(&estimates)
            }
            Way::Together(domains) => {
                let shares = chosen.iter().map(|at| domains.share(&self.parts[*at]));
                let shares = shares.collect::<Result<Vec<_>, _>>()?;
                let none = Unavailable::Malformed("a stratum with a single cluster has no spread");
                let matrix = domains.covariance(&shares).ok_or(none)?;
                let est: Vec<f64> = shares.iter().map(|share| share.est).collect();
                Joint::correlated(&est, &matrix.concat())
            }
        }
    }

    /// All pairs of the groups that have a share, by their places among these.
    pub fn pairs(&self) -> Vec<Pair> {
        let known = self.known();
        let mut estimates: Vec<Estimate> = self.shares.iter().flatten().copied().collect();
        let joint = match &self.way {
            Way::Apart(_) => return independent(&estimates),
            Way::Together(_) => self.joint(&known),
        };
        let Ok(joint) = joint else {
            for estimate in &mut estimates {
                estimate.se = None;
            }
            return independent(&estimates);
        };
        let untested = |pair: Pair| match (estimates[pair.one].se, estimates[pair.other].se) {
            (Some(_), Some(_)) => pair,
            // A single respondent has no spread, though the design gives a number.
            _ => Pair { se: None, z: None, p: None, ..pair },
        };
        correlated(&joint).into_iter().map(untested).collect()
    }

    /// Each group minus the others.
    pub fn versus_rest(&self) -> Result<Vec<Result<Estimate, Unavailable>>, Unavailable> {
        match &self.way {
            Way::Apart(tallies) => groups::versus_rest(tallies, &self.parts),
            Way::Together(domains) => Ok(domains.versus_rest(&self.parts)),
        }
    }

    /// The change of every group from some rows to others.
    pub fn changes(&self, [from, to]: [&Part; 2]) -> Result<Vec<Change>, Unavailable> {
        let both = |one: &Part, other: &Part| -> Part {
            one.iter().zip(other).map(|(one, other)| *one && *other).collect()
        };
        let change = |group: &Part| {
            let (from, to) = (both(group, from), both(group, to));
            match &self.way {
                Way::Apart(tallies) => groups::change(tallies, &self.parts, [&from, &to]),
                Way::Together(domains) => Ok(domains.change([&from, &to])),
            }
        };
        self.parts.iter().map(change).collect()
    }

    /// Degrees of freedom of a design; `None` where every group is a stratum of its own.
    pub fn design_df(&self) -> Option<i64> {
        match &self.way {
            Way::Apart(_) => None,
            Way::Together(domains) => Some(domains.degrees_of_freedom()),
        }
    }
}

/// The column that is compared: the one named, else the usual one if it is there, else the first
/// that figures are broken down by.
fn column(survey: &Survey<'_>) -> Option<String> {
    let described = survey.description;
    let there = survey.sample.table.header().contains(&described.unit);
    let named = !described.value["unit"].is_null();
    if named || there { Some(described.unit.clone()) } else { described.by.first().cloned() }
}

/// Whether everybody answered by themselves, without strata, weights or sizes.
fn is_apart(survey: &Survey<'_>) -> Result<bool, AnalyzeError> {
    let plan = &survey.description.plan;
    let plain = plan.strata.is_empty() && plan.weights.is_none() && plan.sizes.is_empty();
    let single = match plan.clusters.as_slice() {
        [] => true,
        [name] => {
            let column = survey.sample.table.column(name)?;
            column.texts().collect::<BTreeSet<_>>().len() == survey.sample.rows.len()
        }
        _ => false,
    };
    Ok(plain && single && survey.fitted.is_none())
}

/// The satisfied and the given answers of every row.
fn tallies(survey: &Survey<'_>) -> Result<Tallies, AnalyzeError> {
    let everybody = vec![true; survey.sample.rows.len()];
    let tallies = Codes::of(&survey.sample, &survey.items)?.tallies(&everybody);
    let whole = |(satisfied, given)| (i64::from(satisfied), i64::from(given));
    Ok(tallies.into_iter().map(|tally| tally.map_or((0, 0), whole)).collect())
}
