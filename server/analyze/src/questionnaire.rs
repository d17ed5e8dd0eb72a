//! What the items of a questionnaire have in common, and what goes with overall satisfaction.

use stats::Unavailable;
use stats::drivers::{Drivers, Quadrant, drivers, spearman};
use stats::moments::{Covariance, Moments, PairMoments};
use stats::omega::{OneFactor, one_factor};
use stats::reliability::{Reliability, alpha, reliability};

/// Items, their complete rows and their pairs.
#[derive(Debug, Clone)]
pub struct Items {
    /// Their names.
    pub names: Vec<String>,
    /// The sums of the rows that have an answer to all.
    pub complete: Moments,
    /// The sums of every pair.
    pub pairs: PairMoments,
}

impl Items {
    /// Adds up rows of codes.
    ///
    /// # Errors
    ///
    /// As [`Moments::add`].
    pub fn of(names: Vec<String>, rows: &[Vec<Option<u8>>]) -> Result<Self, Unavailable> {
        let (mut complete, mut pairs) = (Moments::new(names.len()), PairMoments::new(names.len()));
        for codes in rows {
            let codes: Vec<Option<i64>> = codes.iter().map(|code| code.map(i64::from)).collect();
            pairs.add(&codes)?;
            if let Some(row) = codes.into_iter().collect::<Option<Vec<i64>>>() {
                complete.add(&row)?;
            }
        }
        Ok(Self { names, complete, pairs })
    }

    /// α and what belongs to it.
    ///
    /// # Errors
    ///
    /// As [`reliability`].
    pub fn reliability(&self, level: f64) -> Result<Reliability, Unavailable> {
        reliability(&self.complete.covariance()?, level)
    }

    /// α from the covariances of pairs, blanks left out pair by pair.
    #[must_use]
    pub fn pairwise_alpha(&self) -> Option<f64> {
        self.pairs.covariance().ok().as_ref().and_then(alpha)
    }

    /// The model of one common factor, with ω.
    ///
    /// # Errors
    ///
    /// As [`one_factor`].
    pub fn one_factor(&self) -> Result<OneFactor, Unavailable> {
        one_factor(&self.complete.covariance()?)
    }
}

/// Complete rows of scores and of the overall answer, which comes last.
#[must_use]
pub fn complete_rows(scores: &[Vec<Option<f64>>], overall: &[Option<f64>], inside: &[bool]) -> Vec<Vec<f64>> {
    let row = |(at, (outcome, inside)): (usize, (&Option<f64>, &bool))| -> Option<Vec<f64>> {
        let values = scores.iter().map(|score| score.get(at).copied().flatten());
        if *inside { values.chain([*outcome]).collect() } else { None }
    };
    overall.iter().zip(inside).enumerate().filter_map(row).collect()
}

/// The drivers of the last variable of complete rows.
///
/// # Errors
///
/// As [`drivers`].
pub fn model(rows: &[Vec<f64>]) -> Result<Drivers, Unavailable> {
    drivers(&Covariance::of_rows(rows)?)
}

/// Spearman's correlation of each variable of complete rows with the last.
#[must_use]
pub fn rank_correlations(rows: &[Vec<f64>]) -> Vec<Option<f64>> {
    let last = rows.first().map_or(0, |row| row.len().saturating_sub(1));
    let column =
        |at: usize| -> Vec<f64> { rows.iter().map(|row| row.get(at).copied().unwrap_or(0.0)).collect() };
    let outcome = column(last);
    (0..last).map(|at| spearman(&column(at), &outcome)).collect()
}

/// The shares of each predictor in what all explain.
#[must_use]
pub fn lmg_shares(found: &Drivers) -> Vec<Option<f64>> {
    found.lmg.iter().map(|lmg| Some(lmg / found.r2).filter(|share| share.is_finite())).collect()
}

/// The name of a field of the chart.
#[must_use]
pub fn quadrant(quadrant: Quadrant) -> &'static str {
    match quadrant {
        Quadrant::ConcentrateHere => "concentrate_here",
        Quadrant::KeepUp => "keep_up",
        Quadrant::LowPriority => "low_priority",
        Quadrant::PossibleOverkill => "possible_overkill",
    }
}
