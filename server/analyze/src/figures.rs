//! The figures of a sample: shares, composites, scores, at any list of items and for any domain.

use crate::AnalyzeError;
use crate::sample::Sample;
use serde_json::Value;
use stats::Unavailable;
use stats::linearised::{Linearised, composite, mean, pooled};
use stats::respondent::{all_satisfied, is_satisfied, satisfied, score};

/// The codes of some items, one column after the other.
#[derive(Debug, Clone)]
pub struct Codes(Vec<Vec<Option<u8>>>);

/// The rows of a sample in a domain.
pub type Inside = Vec<bool>;

impl Codes {
    /// Reads items of a sample.
    ///
    /// # Errors
    ///
    /// A column that is not there; a cell that is no answer, with its line.
    pub fn of(sample: &Sample<'_>, items: &[String]) -> Result<Self, AnalyzeError> {
        let column = |name: &String| {
            let column = sample.table.column(name)?;
            sample.rows.iter().map(|row| column.code(*row)).collect()
        };
        items.iter().map(column).collect::<Result<_, _>>().map(Self)
    }

    /// What `of` makes of every row inside.
    pub fn each<T>(
        &self,
        inside: &Inside,
        of: impl Fn(&mut dyn Iterator<Item = Option<u8>>) -> Option<T>,
    ) -> Vec<Option<T>> {
        let row = |(row, inside): (usize, &bool)| {
            inside.then(|| of(&mut self.0.iter().map(|column| column.get(row).copied().flatten()))).flatten()
        };
        inside.iter().enumerate().map(row).collect()
    }

    /// Satisfied and given answers.
    #[must_use]
    pub fn tallies(&self, inside: &Inside) -> Vec<Option<(u32, u32)>> {
        self.each(inside, |codes| satisfied(codes))
    }

    /// Scores 0..100 under the half rule.
    #[must_use]
    pub fn scores(&self, inside: &Inside) -> Vec<Option<f64>> {
        self.each(inside, |codes| score(codes))
    }

    /// Whether every answer is 4 or 5, as 1 and 0.
    #[must_use]
    pub fn all_satisfied(&self, inside: &Inside) -> Vec<Option<f64>> {
        self.each(inside, |codes| all_satisfied(codes))
    }

    /// Whether the answer to the first of the items is 4 or 5, as 1 and 0.
    #[must_use]
    pub fn satisfied(&self, inside: &Inside) -> Vec<Option<f64>> {
        self.each(inside, |codes| codes.next().flatten().and_then(|code| is_satisfied(Some(code))))
    }

    /// The answer to the first of the items.
    #[must_use]
    pub fn values(&self, inside: &Inside) -> Vec<Option<f64>> {
        self.each(inside, |codes| codes.next().flatten().map(f64::from))
    }
}

/// The rows whose columns have the values of `domain`, an object; everybody where it is empty.
///
/// # Errors
///
/// A column that is not there.
pub fn domain(sample: &Sample<'_>, domain: &Value) -> Result<Inside, AnalyzeError> {
    let mut inside = vec![true; sample.rows.len()];
    for (name, value) in domain.as_object().into_iter().flatten() {
        let column = sample.table.column(name)?;
        let wanted = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        for (inside, row) in inside.iter_mut().zip(&sample.rows) {
            *inside = *inside && column.text(*row).trim() == wanted;
        }
    }
    Ok(inside)
}

/// The composite of factors, each with its weight; `all` are the items whose respondents count.
///
/// # Errors
///
/// What the files hold amiss; the inner error is the reason why there is no composite.
pub fn index(
    sample: &Sample<'_>,
    factors: &[(f64, &[String])],
    all: &[String],
    inside: &Inside,
) -> Result<Result<Linearised, Unavailable>, AnalyzeError> {
    let weights = sample.design.weights();
    let mut shares = Vec::with_capacity(factors.len());
    for (at, (weight, items)) in factors.iter().enumerate() {
        match pooled(weights, &Codes::of(sample, items)?.tallies(inside)) {
            Ok(share) => shares.push((*weight, share)),
            Err(Unavailable::NoAnswers) => return Ok(Err(Unavailable::FactorWithoutAnswers(at))),
            Err(reason) => return Ok(Err(reason)),
        }
    }
    let parts: Vec<_> = shares.iter().map(|(weight, share)| (*weight, share)).collect();
    let usable: Vec<bool> = Codes::of(sample, all)?.tallies(inside).iter().map(Option::is_some).collect();
    Ok(composite(&parts).map(|index| Linearised { usable, ..index }))
}

/// A mean of values, and of nothing else; a shorthand.
///
/// # Errors
///
/// The reason why there is none.
pub fn average(sample: &Sample<'_>, values: &[Option<f64>]) -> Result<Linearised, Unavailable> {
    mean(sample.design.weights(), values)
}
