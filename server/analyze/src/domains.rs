//! Groups of one designed sample, whose errors go together.

use crate::AnalyzeError;
use crate::figures::Codes;
use crate::groups::{Change, Part};
use crate::sample::Sample;
use stats::linearised::{Linearised, combination, pooled};
use stats::{Estimate, Unavailable};

/// The answers of a designed sample.
#[derive(Debug, Clone)]
pub struct Domains<'a> {
    sample: Sample<'a>,
    codes: Codes,
}

impl<'a> Domains<'a> {
    /// The answers to some items.
    ///
    /// # Errors
    ///
    /// A column that is not there; a cell that is no answer.
    pub fn of(sample: &Sample<'a>, items: &[String]) -> Result<Self, AnalyzeError> {
        Ok(Self { sample: sample.clone(), codes: Codes::of(sample, items)? })
    }

    /// The pooled share of a domain.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn share(&self, part: &Part) -> Result<Linearised, Unavailable> {
        pooled(self.sample.design.weights(), &self.codes.tallies(part))
    }

    /// A figure with its standard error.
    #[must_use]
    pub fn estimate(&self, figure: &Linearised) -> Estimate {
        self.sample.design.estimate(figure, self.sample.lonely)
    }

    /// The covariance matrix of figures; `None` where the design gives none.
    #[must_use]
    pub fn covariance(&self, figures: &[Linearised]) -> Option<Vec<Vec<f64>>> {
        self.sample.design.covariance(&figures.iter().collect::<Vec<_>>(), self.sample.lonely)
    }

    /// One domain minus another of the same sample.
    ///
    /// # Errors
    ///
    /// Why there is no difference.
    pub fn difference(&self, one: &Part, other: &Part) -> Result<Estimate, Unavailable> {
        let (one, other) = (self.share(one)?, self.share(other)?);
        Ok(self.estimate(&combination(&[(1.0, &one), (-1.0, &other)])?))
    }

    /// Each group minus all the others together.
    #[must_use]
    pub fn versus_rest(&self, groups: &[Part]) -> Vec<Result<Estimate, Unavailable>> {
        let anywhere = |row: usize| groups.iter().any(|group| group.get(row) == Some(&true));
        let all: Part = (0..self.sample.rows.len()).map(anywhere).collect();
        let rest = |own: &Part| all.iter().zip(own).map(|(all, own)| *all && !own).collect();
        groups.iter().map(|own| self.difference(own, &rest(own))).collect()
    }

    /// The change of the rows `from` to the rows `to`.
    #[must_use]
    pub fn change(&self, [from, to]: [&Part; 2]) -> Change {
        let shares = [self.share(from), self.share(to)];
        let est = |share: &Result<Linearised, Unavailable>| share.as_ref().ok().map(|share| share.est);
        let (first, last) = (est(&shares[0]), est(&shares[1]));
        let both: Option<Vec<Linearised>> = shares.into_iter().map(Result::ok).collect();
        Change {
            first,
            last,
            covariance: both.and_then(|both| self.covariance(&both)).map(|matrix| matrix[1][0]),
            difference: self.difference(to, from),
        }
    }

    /// Degrees of freedom of everybody who answered.
    #[must_use]
    pub fn degrees_of_freedom(&self) -> i64 {
        let everybody = vec![true; self.sample.rows.len()];
        let answered: Vec<bool> = self.codes.tallies(&everybody).iter().map(Option::is_some).collect();
        self.sample.design.degrees_of_freedom(&answered)
    }
}
