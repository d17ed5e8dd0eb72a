//! The design of a sample, row by row: stages, strata, clusters, population sizes, weights.
//!
//! Everything that has a linearised variable z (see [`crate::linearised`]) gets its variance here,
//! by one recursion over the stages. Domains never filter the rows: a respondent outside has z = 0
//! and stays in the design, because the number of clusters that *could* have held members of the
//! domain is part of the uncertainty.
//!
//! # Formula
//!
//! With `u_i` = `w_i` `z_i` and `t_hc` = Σu over cluster c of stratum h, `n_h` clusters in the
//! sample of `N_h` in the population, `f_h` = `n_h/N_h` (0 where `N_h` is unknown):
//!
//! ```text
//! V = Σ_h (1 − f_h) n_h/(n_h − 1) Σ_c (t_hc − t̄_h)² + Σ_h f_h Σ_c V_hc
//! ```
//!
//! `V_hc` being the same formula inside the cluster, with its own strata, n and N. Strata without a
//! member of the domain are left out. A covariance has products in the place of squares.
//!
//! # Source
//!
//! Särndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, ch. 4 and 5; Lumley 2010,
//! Complex Surveys, ch. 2; Woodruff 1971, JASA 66:411. Without sizes only the first stage counts
//! ("ultimate cluster"): Kalton 1979, JRSS A 142:210.

mod tree;
mod variance;

use crate::calibration::Calibration;
use crate::estimate::Estimate;
use crate::linearised::Linearised;
use std::fmt;
use tree::Level;

/// How many clusters (at the last stage: respondents) a stratum of the population has.
#[derive(Debug, Clone, PartialEq)]
pub enum Population {
    /// `N_h`, one for every row, the same in the whole stratum.
    Sizes(Vec<f64>),
    /// `f_h` = `n_h/N_h`, one for every row, above 0 and at most 1.
    Fractions(Vec<f64>),
}

/// One stage of sampling; codes are any numbers, one for every row.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The stratum; all alike where there are none. At a later stage it counts within its cluster.
    pub strata: Vec<usize>,
    /// The cluster, which counts within its stratum; the respondent at the last stage.
    pub clusters: Vec<usize>,
    /// Sizes in the population; `None` stands for "very many".
    pub population: Option<Population>,
}

/// What to do about a stratum with a single sampled cluster, whose spread nobody can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lonely {
    /// No standard error at all.
    Fail,
    /// Its total is compared with 0, the mean of all: conservative, never fails.
    #[default]
    Adjust,
    /// It was in the sample with certainty: no variance at this stage.
    Certainty,
    /// It gets the mean contribution of the strata with two clusters or more.
    Average,
}

/// Why rows are no design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DesignError {
    /// There are no rows.
    Empty,
    /// There is no stage, or a list has not as many entries as there are rows.
    Lengths,
    /// The weight of this row is negative or no number, or no weight is above 0 (row 0 then).
    Weight(usize),
    /// The population size at this row is no size, or no fraction.
    Size(usize),
    /// Another row of the stratum has another population size than this one.
    Differs(usize),
    /// The stratum of this row has more clusters in the sample than in the population.
    TooFew {
        /// A row of the stratum.
        row: usize,
        /// Clusters in the sample.
        sampled: usize,
        /// Clusters in the population.
        population: f64,
    },
}

impl fmt::Display for DesignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "no rows"),
            Self::Lengths => {
                write!(f, "every list has as many entries as there are rows, and there is a stage")
            }
            Self::Weight(row) => write!(f, "row {row}: a weight is 0 or more, and some weight is more"),
            Self::Size(row) => write!(f, "row {row}: not the size of a population"),
            Self::Differs(row) => write!(f, "row {row}: a stratum has one population size"),
            Self::TooFew { row, sampled, population } => {
                write!(f, "row {row}: {sampled} sampled of a population of {population}")
            }
        }
    }
}

impl std::error::Error for DesignError {}

/// A validated design.
#[derive(Debug, Clone)]
pub struct Design {
    weights: Vec<f64>,
    first: Level,
    calibration: Option<Calibration>,
}

impl Design {
    /// Checks weights and stages; stages behind one without sizes carry no variance.
    ///
    /// # Errors
    ///
    /// [`DesignError`], naming a row.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::design::{Design, DesignError, Population, Stage};
    /// let stage = |size| Stage {
    ///     strata: vec![0; 3],
    ///     clusters: vec![0, 1, 2],
    ///     population: Some(Population::Sizes(vec![size; 3])),
    /// };
    /// assert!(Design::new(vec![1.0; 3], &[stage(30.0)]).is_ok());
    /// let refused = Design::new(vec![1.0; 3], &[stage(2.0)]).unwrap_err();
    /// assert_eq!(refused, DesignError::TooFew { row: 0, sampled: 3, population: 2.0 });
    /// ```
    pub fn new(weights: Vec<f64>, stages: &[Stage]) -> Result<Self, DesignError> {
        if weights.is_empty() {
            return Err(DesignError::Empty);
        }
        check_weights(&weights)?;
        let fits =
            |stage: &Stage| stage.strata.len() == weights.len() && stage.clusters.len() == weights.len();
        if stages.is_empty() || !stages.iter().all(fits) {
            return Err(DesignError::Lengths);
        }
        let first = Level::of((0..weights.len()).collect(), stages)?;
        Ok(Self { weights, first, calibration: None })
    }

    /// Respondents drawn one by one within their strata, all with weight 1.
    ///
    /// # Errors
    ///
    /// [`DesignError::Empty`].
    ///
    /// # Example
    ///
    /// ```
    /// let design = stats::design::Design::stratified(vec![0, 0, 1])?;
    /// assert_eq!(design.degrees_of_freedom(&[true; 3]), 1);
    /// # Ok::<(), stats::design::DesignError>(())
    /// ```
    pub fn stratified(strata: Vec<usize>) -> Result<Self, DesignError> {
        let rows = strata.len();
        Self::new(vec![1.0; rows], &[Stage { strata, clusters: (0..rows).collect(), population: None }])
    }

    /// The same design with every weight multiplied by the inverse of the sampling fractions of its
    /// stages, where they are known: the weights of a sample that came without any.
    ///
    /// # Formula
    ///
    /// `w_i` Π `N_h/n_h` over the stages.
    ///
    /// # Source
    ///
    /// Horvitz and Thompson 1952, JASA 47:663.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::design::{Design, Population, Stage};
    /// let population = Some(Population::Sizes(vec![6.0; 2]));
    /// let stage = Stage { strata: vec![0; 2], clusters: vec![0, 1], population };
    /// assert_eq!(Design::new(vec![1.0; 2], &[stage])?.expanded().weights(), [3.0, 3.0]);
    /// # Ok::<(), stats::design::DesignError>(())
    /// ```
    #[must_use]
    pub fn expanded(mut self) -> Self {
        self.first.expand(&mut self.weights);
        self
    }

    /// The same design with other weights, no longer calibrated.
    ///
    /// # Errors
    ///
    /// [`DesignError::Lengths`], [`DesignError::Weight`].
    ///
    /// # Example
    ///
    /// ```
    /// let design = stats::design::Design::stratified(vec![0, 0])?.weighted(vec![2.0, 3.0])?;
    /// assert_eq!(design.weights(), [2.0, 3.0]);
    /// # Ok::<(), stats::design::DesignError>(())
    /// ```
    pub fn weighted(self, weights: Vec<f64>) -> Result<Self, DesignError> {
        if weights.len() != self.weights.len() {
            return Err(DesignError::Lengths);
        }
        check_weights(&weights)?;
        Ok(Self { weights, calibration: None, ..self })
    }

    /// The same design after its weights were fitted to population counts; variances are then
    /// those of the calibrated residuals.
    #[must_use]
    pub fn calibrated(mut self, calibration: Calibration) -> Self {
        calibration.weights().clone_into(&mut self.weights);
        self.calibration = Some(calibration);
        self
    }

    /// The weight of every row.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Whether the weights were fitted to population counts.
    #[must_use]
    pub fn is_calibrated(&self) -> bool {
        self.calibration.is_some()
    }

    /// A figure with its standard error.
    ///
    /// `n`, `answers` and `df` are those of the usable respondents. There is no standard error
    /// under [`Lonely::Fail`] as soon as a stratum with a usable respondent has one cluster, and
    /// under no rule where a single respondent, or nothing but such strata, is all there is.
    ///
    /// # Formula
    ///
    /// That of [the module](self).
    ///
    /// # Source
    ///
    /// As there; degrees of freedom: Korn and Graubard 1999, section 5.2.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::design::{Design, Lonely};
    /// use stats::linearised::mean;
    /// let design = Design::stratified(vec![0; 4])?;
    /// let score = mean(design.weights(), &[Some(1.0), Some(2.0), Some(3.0), None])?;
    /// let estimate = design.estimate(&score, Lonely::Adjust);
    /// assert_eq!((estimate.est, estimate.n, estimate.df), (2.0, 3, 2));
    /// // Four people, one without an answer: 4/3 · (1 + 0 + 1 + 0)/9.
    /// assert!((estimate.se.unwrap() - (8.0_f64 / 27.0).sqrt()).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn estimate(&self, figure: &Linearised, lonely: Lonely) -> Estimate {
        let (strata, clusters, alone) = self.first.count(&figure.usable);
        let n = figure.usable.iter().filter(|usable| **usable).count();
        let known = n > 1 && (alone < strata || clusters > strata);
        let variance = self.covariance(&[figure], lonely).filter(|_| known);
        Estimate {
            est: figure.est,
            se: variance.map(|matrix| matrix[0][0].max(0.0).sqrt()),
            df: whole(clusters) - whole(strata),
            n: whole(n),
            answers: figure.answers,
            lonely: whole(alone),
        }
    }

    /// The covariance matrix of several figures of the sample, domains of it for example.
    ///
    /// `None` under [`Lonely::Fail`] where a stratum has one cluster, and under
    /// [`Lonely::Average`] where all have; also where a figure has not one z for every row.
    ///
    /// # Formula
    ///
    /// That of [the module](self), with products in the place of squares.
    ///
    /// # Source
    ///
    /// As there.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::design::{Design, Lonely};
    /// use stats::linearised::mean;
    /// let design = Design::stratified(vec![0; 3])?;
    /// let up = mean(design.weights(), &[Some(1.0), Some(2.0), Some(3.0)])?;
    /// let down = mean(design.weights(), &[Some(3.0), Some(2.0), Some(1.0)])?;
    /// let matrix = design.covariance(&[&up, &down], Lonely::Adjust).ok_or("none")?;
    /// assert!((matrix[0][1] + 1.0 / 3.0).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn covariance(&self, figures: &[&Linearised], lonely: Lonely) -> Option<Vec<Vec<f64>>> {
        if figures.iter().any(|figure| figure.z.len() != self.weights.len()) {
            return None;
        }
        let columns: Vec<Vec<f64>> = figures.iter().map(|figure| self.expand(&figure.z)).collect();
        // After calibration the rows outside the domain carry variance too, through their residuals.
        let counts = |row: usize| self.is_calibrated() || figures.iter().any(|figure| figure.usable[row]);
        let present: Vec<bool> = (0..self.weights.len()).map(counts).collect();
        variance::level(&self.first, &columns, &present, lonely)
    }

    /// Clusters minus strata of the first stage, over those that hold a usable respondent.
    ///
    /// # Formula
    ///
    /// df = #clusters − #strata.
    ///
    /// # Source
    ///
    /// Korn and Graubard 1999, Analysis of Health Surveys, section 5.2.
    #[must_use]
    pub fn degrees_of_freedom(&self, usable: &[bool]) -> i64 {
        let (strata, clusters, _) = self.first.count(usable);
        whole(clusters) - whole(strata)
    }

    /// A row of every first-stage stratum that has a single cluster in the sample and more in the
    /// population.
    #[must_use]
    pub fn lonely_rows(&self) -> Vec<usize> {
        self.first.lonely_rows()
    }

    /// Σu over every cluster of the first stage: by stratum, by cluster, by column.
    pub(crate) fn cluster_totals(&self, columns: &[Vec<f64>]) -> Vec<Vec<Vec<f64>>> {
        self.first.totals(columns)
    }

    /// `u_i`, the linearised variable times the weight.
    fn expand(&self, z: &[f64]) -> Vec<f64> {
        match &self.calibration {
            Some(calibration) => calibration.residuals(z),
            None => z.iter().zip(&self.weights).map(|(z, w)| z * w).collect(),
        }
    }
}

fn check_weights(weights: &[f64]) -> Result<(), DesignError> {
    if let Some(row) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
        return Err(DesignError::Weight(row));
    }
    if weights.iter().all(|w| *w <= 0.0) { Err(DesignError::Weight(0)) } else { Ok(()) }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
