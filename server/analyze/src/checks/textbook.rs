//! Means, ratios, totals and proportions of any column, under a design that the check holds itself.

use super::Findings;
use super::Within;
use super::estimates::Figure;
use crate::AnalyzeError;
use crate::case::Case;
use crate::description::Plan;
use crate::figures::{Inside, domain};
use crate::sample::Sample;
use crate::table::Table;
use stats::Unavailable;
use stats::design::Lonely;
use stats::linearised::{Linearised, mean as average, ratio as quotient, total as sum};
use std::cmp::Ordering;

type Values = Vec<Option<f64>>;

/// The mean of a column.
pub fn mean(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    compare(case, findings, |sample, inside, var| {
        let values = numbers(sample, inside, var)?;
        Ok((average(sample.design.weights(), &values), Some(values)))
    })
}

/// The ratio of the totals of two columns.
pub fn ratio(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    let pair = findings.check()["var"].as_array().cloned().unwrap_or_default();
    let [Some(above), Some(below)] = [0, 1].map(|at| pair.get(at).and_then(|name| name.as_str())) else {
        return Err(case.wrong("a ratio has two columns in \"var\""));
    };
    let _ = (findings.input("/var/0"), findings.input("/var/1"));
    compare(case, findings, |sample, inside, _| {
        let (y, x) = (numbers(sample, inside, above)?, numbers(sample, inside, below)?);
        let pairs: Vec<_> = y.into_iter().zip(x).map(|(y, x)| y.zip(x)).collect();
        Ok((quotient(sample.design.weights(), &pairs), None))
    })
}

/// The total of a column.
pub fn total(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    compare(case, findings, |sample, inside, var| {
        Ok((sum(sample.design.weights(), &numbers(sample, inside, var)?), None))
    })
}

/// How many have a value: the name of a column with the value behind it, as R names indicators.
pub fn total_of_indicator(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    compare(case, findings, |sample, inside, var| {
        let names = sample.table.header().iter().filter(|name| var.starts_with(name.as_str()));
        let Some(name) = names.max_by_key(|name| name.len()) else {
            return Err(sample.table.wrong(format!("{var:?} is no column and value")));
        };
        let column = sample.table.column(name)?;
        let is = |row: &usize| f64::from(u8::from(column.text(*row) == &var[name.len()..]));
        let values: Values =
            sample.rows.iter().zip(inside).map(|(row, inside)| inside.then(|| is(row))).collect();
        Ok((sum(sample.design.weights(), &values), None))
    })
}

/// The share of those whose value stands in a relation to a number: `ell == 0`.
pub fn proportion(case: &Case, findings: &mut Findings) -> Result<(), AnalyzeError> {
    compare(case, findings, |sample, inside, var| {
        let Some((name, holds, number)) = relation(var) else {
            return Err(sample.table.wrong(format!("{var:?} is no relation of a column to a number")));
        };
        let numbers = numbers(sample, inside, &name)?;
        let values: Values = numbers
            .into_iter()
            .map(|value| {
                value.map(|value| f64::from(u8::from(value.partial_cmp(&number).is_some_and(holds))))
            })
            .collect();
        Ok((average(sample.design.weights(), &values), Some(values)))
    })
}

/// A column, a condition on the order of its numbers and another number, and that number.
type Relation = (String, fn(Ordering) -> bool, f64);

fn relation(text: &str) -> Option<Relation> {
    let mut parts = text.split_whitespace();
    let (name, sign, number) = (parts.next()?, parts.next()?, parts.next()?.parse::<f64>().ok()?);
    let holds: fn(Ordering) -> bool = match sign {
        "==" => |order| order.is_eq(),
        "!=" => |order| order.is_ne(),
        "<" => |order| order.is_lt(),
        "<=" => |order| order.is_le(),
        ">" => |order| order.is_gt(),
        ">=" => |order| order.is_ge(),
        _ => return None,
    };
    Some((name.to_owned(), holds, number))
}

/// The result and the values behind it, if it is a mean.
type Computed = (Result<Linearised, Unavailable>, Option<Values>);

fn compare(
    case: &Case,
    findings: &mut Findings,
    compute: impl Fn(&Sample<'_>, &Inside, &str) -> Result<Computed, AnalyzeError>,
) -> Result<(), AnalyzeError> {
    let var = findings.input("/var").as_str().unwrap_or_default().to_owned();
    let table = data(case, findings)?;
    let described = case.describe()?;
    let plan = match &findings.check()["design"] {
        serde_json::Value::Object(_) => {
            Plan::of(&findings.check()["design"]).map_err(|what| case.wrong(what))?
        }
        _ => described.plan,
    };
    let sample = Sample::planned(&table, &plan, described.lonely.unwrap_or(Lonely::Fail))?;
    let inside = domain(&sample, &findings.check()["domain"])?;
    let (result, values) = compute(&sample, &inside, &var)?;
    let n = result.as_ref().map_or(0, |figure| figure.usable.iter().filter(|usable| **usable).count());
    published(&sample, &result, findings);
    let figure = Figure {
        result,
        n,
        values: values.as_deref(),
        scale: 1.0,
        most: 1.0,
        binary: findings.statistic() == "proportion",
        mean: true,
    };
    figure.compare(&sample, described.level, findings);
    Ok(())
}

/// The data of a check: the file it names, else the responses.
fn data(case: &Case, findings: &Findings) -> Result<Table, AnalyzeError> {
    match findings.check()["data"].as_str() {
        Some(name) => case.table(name),
        None => case.responses().cloned(),
    }
}

/// Printed figures, to the digits printed.
fn published(sample: &Sample<'_>, result: &Result<Linearised, Unavailable>, findings: &mut Findings) {
    let Ok(figure) = result else { return };
    let estimate = sample.design.estimate(figure, sample.lonely);
    for (name, got) in [("est", Some(estimate.est)), ("se", estimate.se)] {
        let pointer = format!("/published/{name}");
        if findings.expects(&pointer) {
            let digits = findings.input(&format!("/published/digits_{name}")).as_i64();
            let digits = digits.and_then(|digits| i32::try_from(digits).ok()).unwrap_or(0);
            // Half a unit of the last digit, and the rounding of the comparison.
            findings.number(&pointer, got, Within::Absolute(0.500_001 * 10.0_f64.powi(-digits)));
        }
    }
}

fn numbers(sample: &Sample<'_>, inside: &Inside, name: &str) -> Result<Values, AnalyzeError> {
    let column = sample.table.column(name)?;
    let number = |(row, inside): (&usize, &bool)| if *inside { column.number(*row) } else { Ok(None) };
    sample.rows.iter().zip(inside).map(number).collect()
}
