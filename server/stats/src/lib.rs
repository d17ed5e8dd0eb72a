//! Survey statistics, from exact integer sums and from the rows of designed samples.
//!
//! The crate turns sums kept per cell (respondents, satisfied answers, given answers, and their
//! products) into estimates, standard errors, degrees of freedom and intervals. It never sees a
//! respondent, knows nothing of offices or questionnaires, and reads and writes nothing.
//!
//! # Conventions
//!
//! * The unit of analysis is the **respondent**, never the single answer: the answers of one
//!   person depend on each other, and treating them as independent makes standard errors far too
//!   small.
//! * A **stratum** is a set of respondents drawn independently of the others (here: everybody who
//!   answered about one unit). Its size `n` counts *all* its respondents, also those outside the
//!   figure at hand: they carry a linearised value of 0 (domain estimation; Lumley 2010, ch. 2).
//! * An **atom** is an item or a fixed group of items. Every respondent has, per atom, the number
//!   of answers given and how many of them were satisfied (4 or 5 of 5).
//! * Shares are fractions 0..1, mean scores 0..100, levels fractions (`0.95`).
//! * What cannot be computed is an [`Unavailable`] or `None`, never NaN, and no input panics.
//!
//! # Modules
//!
//! | module | holds |
//! | --- | --- |
//! | [`stratum`] | the sums of one stratum, borrowed and owned |
//! | [`estimate`] | what a computation returns |
//! | [`share`] | pooled shares, composites, binary questions, differences, covariances |
//! | [`score`] | mean scores 0..100 |
//! | [`interval`] | confidence intervals for estimates, counts and finite populations |
//! | [`comparison`] | two shares: evidence for a difference beyond a margin, its interval, what could be seen |
//! | [`multiplicity`] | p-values of many tests read together: Holm, Benjamini and Hochberg |
//! | [`claim`] | answers that a unit needs before it may be called clearly above or below |
//! | [`pool`] | units against all of them together: intervals that hold at once |
//! | [`small_area`] | small units of one kind, drawn towards what a model expects |
//! | [`bands`] | above, not distinguishable, below: what may be said of each of many differences |
//! | [`floor`] | the interval to publish: its variance has a floor borrowed from peers |
//! | [`significance`] | the p-value of a difference of the same respondents |
//! | [`weakest`] | which items cannot be told from the weakest |
//! | [`response`] | response rate and coverage |
//! | [`nonresponse`] | bounds, R-indicator, bias bound, tipping point |
//! | [`poststratified`] | the dossier-weighted figure of an open collection and its ladder |
//! | [`planning`] | sample size, power, what a number of answers shows, allocation, cluster effect |
//! | [`careless`] | signs of carelessness in one questionnaire |
//! | [`stuffing`] | signs of made answers in an agency |
//! | [`mahalanobis`] | how far a respondent lies from the others |
//! | [`disclosure`] | small counts, unsafe differences, what released sums determine |
//! | [`design`] | designed samples by row: stages, strata, clusters, finite populations, lonely clusters |
//! | [`linearised`] | figures of such samples and their linearised variables |
//! | [`respondent`] | what one respondent's codes amount to |
//! | [`calibration`] | post-stratification, raking, linear calibration |
//! | [`replication`] | jackknife and bootstrap of clusters |
//! | [`weighting`] | what unequal weights cost |
//! | [`independence`] | the test of Rao and Scott |
//! | [`joint`] | estimates of several units with their covariance |
//! | [`pairwise`] | all pairs, and each unit against the rest; simultaneous intervals by the largest z |
//! | [`ranks`] | confidence sets of ranks |
//! | [`trend`] | slopes over time with sandwich errors; Cochran and Armitage |
//! | [`omnibus`] | whether units differ at all: Kruskal and Wallis, Welch |
//! | [`chart`] | limits for a series of shares |
//! | [`alarm`] | cumulative sums, tuned to at most one false alarm a year |
//! | [`sequence`] | intervals that may be looked at always |
//! | [`standardisation`] | figures brought to a common mix of services |
//! | [`fay_herriot`], [`beta_binomial`], [`modelled`] | small units by a model, marked as such |
//! | [`moments`] | sums of products of items and scores |
//! | [`reliability`], [`omega`] | whether items measure one thing |
//! | [`drivers`] | what goes with overall satisfaction |
//! | [`random`] | the generator of everything that is simulated |
//! | [`quantile`] | normal, t and beta quantiles right over their whole range |
//!
//! # Example
//!
//! Twenty people answer two items each.
//!
//! ```
//! use stats::{StratumSums, floor::product_interval, share::pooled};
//!
//! let mut sums = StratumSums::new(1);
//! for i in 0..20 {
//!     let satisfied = if i < 14 { 2 } else { i % 3 };
//!     sums.add(&[(satisfied, 2)])?;
//! }
//! let share = pooled(&[sums.as_stratum()], &[0], &[20])?;
//! assert_eq!((share.n, share.df, share.answers), (20, 19, 40));
//! let shown = product_interval(&share, None, 0.95).ok_or("no interval")?;
//! assert!(shown.interval.low < share.est && share.est < shown.interval.high);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod alarm;
pub mod bands;
pub mod beta_binomial;
pub mod calibration;
pub mod careless;
pub mod chart;
pub mod claim;
pub mod comparison;
pub mod design;
pub mod disclosure;
pub mod drivers;
pub mod estimate;
pub mod fay_herriot;
pub mod floor;
pub mod independence;
pub mod interval;
pub mod joint;
pub mod linearised;
pub mod mahalanobis;
pub mod modelled;
pub mod moments;
pub mod multiplicity;
pub mod nonresponse;
pub mod omega;
pub mod omnibus;
pub mod pairwise;
pub mod planning;
pub mod points;
pub mod pool;
pub mod poststratified;
pub mod quantile;
pub mod random;
pub mod ranks;
pub mod reliability;
pub mod replication;
pub mod respondent;
pub mod response;
pub mod score;
pub mod sequence;
pub mod share;
pub mod significance;
pub mod small_area;
pub mod standardisation;
pub mod stratum;
pub mod stuffing;
pub mod trend;
pub mod weakest;
pub mod weighting;

mod beta;
mod draws;
mod linear;
mod matrix;
mod poisson;
mod ratio;
mod root;
mod sum;
mod tail;

pub use estimate::{Estimate, Unavailable};
pub use interval::Interval;
pub use stratum::{Stratum, StratumSums};
