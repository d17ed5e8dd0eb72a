//! Standard errors by repeating the estimate: the jackknife and the bootstrap of clusters.
//!
//! Both work from the sums of every first-stage cluster and take any function of the totals, also
//! one without a linearisation. They see the first stage alone ("ultimate cluster"), without
//! finite population correction.

use crate::design::Design;
use crate::sum::sum;

/// Weighted sums of every first-stage cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterSums {
    /// By stratum, by cluster, by column.
    strata: Vec<Vec<Vec<f64>>>,
}

/// A figure with the standard error of its replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Replicated {
    /// The figure of the whole sample.
    pub est: f64,
    /// Its standard error.
    pub se: f64,
    /// How many replicates were computed.
    pub replicates: usize,
}

/// Why there are no replicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplicationError {
    /// The stratum at this place has one cluster; without it nothing is left of the stratum.
    Lonely(usize),
    /// The figure is not defined for the sample or for a replicate.
    Undefined,
    /// Columns of another length than the sample, strata without clusters, too few replicates.
    Malformed,
}

impl std::fmt::Display for ReplicationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lonely(at) => write!(f, "stratum {at} has a single cluster"),
            Self::Undefined => write!(f, "the figure is not defined for every replicate"),
            Self::Malformed => write!(f, "a value for every row, a cluster in every stratum, two replicates"),
        }
    }
}

impl std::error::Error for ReplicationError {}

impl ClusterSums {
    /// Σwy of every cluster, for every column of values, one for every row (0 outside a domain).
    ///
    /// # Errors
    ///
    /// [`ReplicationError::Malformed`] for a column of another length.
    ///
    /// # Example
    ///
    /// ```
    /// use stats::{design::Design, replication::ClusterSums};
    /// let design = Design::stratified(vec![0, 0])?;
    /// let sums = ClusterSums::of(&design, &[vec![3.0, 4.0]])?;
    /// assert_eq!(sums.totals(), [7.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(design: &Design, columns: &[Vec<f64>]) -> Result<Self, ReplicationError> {
        let weights = design.weights();
        if columns.iter().any(|column| column.len() != weights.len()) {
            return Err(ReplicationError::Malformed);
        }
        let weigh = |column: &Vec<f64>| column.iter().zip(weights).map(|(y, w)| y * w).collect();
        let weighted: Vec<Vec<f64>> = columns.iter().map(weigh).collect();
        Ok(Self { strata: design.cluster_totals(&weighted) })
    }

    /// Sums kept elsewhere: by stratum, by cluster, by column.
    ///
    /// # Errors
    ///
    /// [`ReplicationError::Malformed`] unless all clusters have the same number of columns and all
    /// strata a cluster.
    pub fn from_sums(strata: Vec<Vec<Vec<f64>>>) -> Result<Self, ReplicationError> {
        let width = strata.first().and_then(|stratum| stratum.first()).map_or(0, Vec::len);
        let fits = |stratum: &Vec<Vec<f64>>| !stratum.is_empty() && stratum.iter().all(|c| c.len() == width);
        if width == 0 || !strata.iter().all(fits) {
            return Err(ReplicationError::Malformed);
        }
        Ok(Self { strata })
    }

    /// The totals of the sample, one for every column.
    #[must_use]
    pub fn totals(&self) -> Vec<f64> {
        self.weighted(|_, _| 1.0)
    }

    /// Totals with a multiplier for every cluster, by (stratum, cluster).
    fn weighted(&self, multiplier: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let width = self.strata.first().and_then(|stratum| stratum.first()).map_or(0, Vec::len);
        let cells = || {
            self.strata.iter().enumerate().flat_map(|(h, stratum)| {
                stratum.iter().enumerate().map(move |(c, cluster)| ((h, c), cluster))
            })
        };
        (0..width).map(|at| sum(cells().map(|((h, c), cluster)| multiplier(h, c) * cluster[at]))).collect()
    }
}

/// The stratified jackknife `JKn`.
///
/// # Formula
///
/// Every cluster is dropped once, the others of its stratum times `n_h/(n_h − 1)`:
///
/// ```text
/// V = Σ_h (n_h − 1)/n_h Σ_c (θ_(hc) − θ̄)²,   θ̄ the mean of all replicates
/// ```
///
/// # Source
///
/// Wolter 2007, Introduction to Variance Estimation, ch. 4; centred as R `survey` does.
///
/// # Errors
///
/// [`ReplicationError`].
///
/// # Example
///
/// ```
/// use stats::replication::{ClusterSums, jackknife};
/// let sums = ClusterSums::from_sums(vec![vec![vec![1.0], vec![2.0], vec![6.0]]])?;
/// let total = jackknife(&sums, |totals| Some(totals[0]))?;
/// // Of a total it is the textbook variance: n s² = 3 · 7.
/// assert!((total.se - 21.0_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), stats::replication::ReplicationError>(())
/// ```
pub fn jackknife(
    sums: &ClusterSums,
    figure: impl Fn(&[f64]) -> Option<f64>,
) -> Result<Replicated, ReplicationError> {
    if let Some(at) = sums.strata.iter().position(|stratum| stratum.len() < 2) {
        return Err(ReplicationError::Lonely(at));
    }
    let est = figure(&sums.totals()).ok_or(ReplicationError::Undefined)?;
    let mut replicates = Vec::new();
    for (h, stratum) in sums.strata.iter().enumerate() {
        let n = stratum.len() as f64;
        for dropped in 0..stratum.len() {
            let multiplier = |at, c| match (at == h, c == dropped) {
                (true, true) => 0.0,
                (true, false) => n / (n - 1.0),
                _ => 1.0,
            };
            let value = figure(&sums.weighted(multiplier)).filter(|value| value.is_finite());
            replicates.push(((n - 1.0) / n, value.ok_or(ReplicationError::Undefined)?));
        }
    }
    let mean = sum(replicates.iter().map(|(_, value)| *value)) / replicates.len() as f64;
    let variance = sum(replicates.iter().map(|(scale, value)| scale * (value - mean).powi(2)));
    Ok(Replicated { est, se: variance.sqrt(), replicates: replicates.len() })
}

/// The rescaling bootstrap of Rao and Wu: `n_h − 1` clusters drawn with replacement in every
/// stratum.
///
/// # Formula
///
/// A cluster drawn m times counts m `n_h/(n_h − 1)` times; V is the variance of the replicates
/// about their mean, divided by their number.
///
/// # Source
///
/// Rao and Wu 1988, JASA 83:231, with `n_h − 1` draws; Rao, Wu and Yue 1992, Surv Methodol 18:209.
///
/// # Errors
///
/// [`ReplicationError`]; fewer than two replicates are malformed.
///
/// # Example
///
/// ```
/// use stats::replication::{ClusterSums, bootstrap};
/// let sums = ClusterSums::from_sums(vec![vec![vec![1.0], vec![2.0], vec![6.0]]])?;
/// let total = bootstrap(&sums, 2_000, 7, |totals| Some(totals[0]))?;
/// assert!((total.se / 21.0_f64.sqrt() - 1.0).abs() < 0.1);
/// # Ok::<(), stats::replication::ReplicationError>(())
/// ```
pub fn bootstrap(
    sums: &ClusterSums,
    replicates: usize,
    seed: u64,
    figure: impl Fn(&[f64]) -> Option<f64>,
) -> Result<Replicated, ReplicationError> {
    if let Some(at) = sums.strata.iter().position(|stratum| stratum.len() < 2) {
        return Err(ReplicationError::Lonely(at));
    }
    if replicates < 2 {
        return Err(ReplicationError::Malformed);
    }
    let est = figure(&sums.totals()).ok_or(ReplicationError::Undefined)?;
    let mut draws = SplitMix(seed);
    let mut values = Vec::with_capacity(replicates);
    for _ in 0..replicates {
        let mut times: Vec<Vec<f64>> = sums.strata.iter().map(|stratum| vec![0.0; stratum.len()]).collect();
        for counts in &mut times {
            let n = counts.len();
            for _ in 1..n {
                counts[draws.below(n)] += n as f64 / (n - 1) as f64;
            }
        }
        let value = figure(&sums.weighted(|h, c| times[h][c])).filter(|value| value.is_finite());
        values.push(value.ok_or(ReplicationError::Undefined)?);
    }
    let mean = sum(values.iter().copied()) / replicates as f64;
    let variance = sum(values.iter().map(|value| (value - mean).powi(2))) / replicates as f64;
    Ok(Replicated { est, se: variance.sqrt(), replicates })
}

/// The generator `SplitMix64`: small, and the same on every machine for ever.
///
/// # Source
///
/// Steele, Lea and Flood 2014, OOPSLA, figure 17.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, by the high half of the product; its bias, n/2⁶⁴, is nothing here.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from((u128::from(self.next()) * n as u128) >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix;

    #[test]
    fn the_generator_is_the_published_one() {
        let mut draws = SplitMix(1_234_567);
        let first = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(first.map(|_| draws.next()), first);
    }
}
