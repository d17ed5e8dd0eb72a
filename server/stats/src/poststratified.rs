//! The figure of an open collection, weighted by the dossiers that stand behind each part.
//!
//! Whoever answers chose to. If, within a part (a field of service, say), those who answered are like
//! those who did not, weighting every part by its dossiers is right; nothing in the data can show that
//! they are. The figure is shown beside the unweighted one, labelled as resting on this model, and
//! beside the bounds that rest on nothing: [`Ladder`].

mod pooling;

use crate::estimate::{Estimate, Unavailable};
use crate::interval::Interval;
use crate::nonresponse::bounds_of_share;
use crate::share::{Factor, composite};
use crate::stratum::Stratum;
use pooling::{Bin, pool};

/// The largest weight is at most so many times the smallest, unless the caller says otherwise.
pub const WEIGHT_RATIO: f64 = 5.0;

/// A part of the collection: the sums of its respondents and the dossiers behind it.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// The sums of those who answered.
    pub stratum: Stratum<'a>,
    /// Respondents with an answer to any of the factors.
    pub answering: i64,
    /// Dossiers of the part.
    pub dossiers: i64,
    /// Parts are pooled only within one group (one unit).
    pub group: usize,
}

/// How to weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Parts with fewer respondents are pooled with the next one of their group; at least 2 for a
    /// variance that follows from the data.
    pub smallest: i64,
    /// The largest weight over the smallest; infinite for no cap.
    pub weight_ratio: f64,
    /// Whether the figure describes these dossiers alone, so that the uncertainty shrinks as more of
    /// them answer (finite population correction). Never in a comparison.
    pub finite: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { smallest: 2, weight_ratio: WEIGHT_RATIO, finite: false }
    }
}

/// A dossier-weighted figure and what was done for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The figure, a fraction; n, answers and df are unweighted.
    pub estimate: Estimate,
    /// The share of all dossiers that lie in parts with answers of their own.
    pub coverage: f64,
    /// Parts that were pooled, as their places; each list is one pool.
    pub pooled: Vec<Vec<usize>>,
    /// Parts of groups without a single respondent: nothing stands for their dossiers.
    pub left_out: Vec<usize>,
    /// Parts whose weight was cut by the cap.
    pub capped: Vec<usize>,
    /// Parts (pools) with more answers than dossiers: their weight is 1, and somebody should look.
    pub exceeding: Vec<usize>,
    /// The weight of a respondent of each part; 0 where it was left out.
    pub weights: Vec<f64>,
}

/// The dossier-weighted composite of some factors; one factor gives a pooled share.
///
/// # Formula
///
/// ```text
/// w_h = max(N_h, n_h)/n_h, at most ratio × min w      R_f = Σ w S_f/Σ w A_f      I = Σ ω_f R_f, Σω = 1
/// V = Σ_h (1 − f_h) n_h/(n_h−1) Σ_i (u_i − ū_h)²     u_i = w_h Σ_f ω_f (S_if − R_f A_if)/Σ w A_f
/// ```
///
/// over the parts h after pooling; f = 0, or n_h/N_h with [`Rules::finite`]. df = respondents − parts.
/// Parts with fewer than `smallest` respondents or without dossiers are pooled, in the order given, with
/// the next of their group, the last with the one before. A pool of one respondent contributes u².
///
/// # Errors
///
/// [`Unavailable::NoAnswers`] where no part has both; otherwise as [`composite`].
///
/// # Source
///
/// Holt and Smith 1979, J R Stat Soc A 142:33 (conditional on the n_h); Cochran 1977, section 5A.9;
/// cap: Potter 1990, Proc ASA Survey Research Methods, 225.
///
/// # Example
///
/// ```
/// use stats::{StratumSums, poststratified::{Cell, Rules, weighted}, share::Factor};
/// let people = |satisfied: &[i64]| {
///     let mut sums = StratumSums::new(1);
///     satisfied.iter().try_for_each(|&one| sums.add(&[(one, 1)])).map(|()| sums)
/// };
/// let (counter, land) = (people(&[1, 1, 1, 0])?, people(&[1, 0])?);
/// let cell = |sums, answering, dossiers| Cell { stratum: sums, answering, dossiers, group: 0 };
/// let cells = [cell(counter.as_stratum(), 4, 100), cell(land.as_stratum(), 2, 150)];
/// let figure = weighted(&cells, &[Factor { weight: 1.0, atoms: &[0] }], &Rules::default())?;
/// assert!((figure.estimate.est - (100.0 * 0.75 + 150.0 * 0.5) / 250.0).abs() < 1e-12);
/// assert_eq!((figure.coverage, figure.estimate.df), (1.0, 4));
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn weighted(cells: &[Cell<'_>], factors: &[Factor<'_>], rules: &Rules) -> Result<Weighted, Unavailable> {
    check(cells, factors, rules)?;
    let bins = pool(cells, rules.smallest)?;
    let weights = weigh(&bins, rules.weight_ratio)?;
    let estimate = estimate(&bins, &weights, factors, rules.finite)?;
    let mut by_cell = vec![0.0; cells.len()];
    for (bin, weight) in bins.iter().zip(&weights) {
        bin.cells.iter().for_each(|&at| by_cell[at] = *weight);
    }
    let places = |holds: &dyn Fn(&Bin, f64) -> bool| {
        let found = bins.iter().zip(&weights).filter(|(bin, weight)| holds(bin, **weight));
        found.flat_map(|(bin, _)| bin.cells.iter().copied()).collect::<Vec<usize>>()
    };
    Ok(Weighted {
        estimate,
        coverage: coverage(cells),
        pooled: bins.iter().filter(|bin| bin.cells.len() > 1).map(|bin| bin.cells.clone()).collect(),
        left_out: (0..cells.len()).filter(|&at| by_cell[at] <= 0.0).collect(),
        capped: places(&|bin, weight| weight < bin.weight()),
        exceeding: places(&|bin, _| bin.sums.as_stratum().n > bin.dossiers),
        weights: by_cell,
    })
}

/// The three figures that are shown together, from the least to the most cautious.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// As the answers came in.
    pub open: Estimate,
    /// Weighted by dossiers, or why not.
    pub weighted: Result<Weighted, Unavailable>,
    /// Whatever those think who did not answer; `None` without dossiers.
    pub bounds: Option<Interval>,
}

/// The ladder of a composite.
///
/// # Formula
///
/// [`composite`] over all parts as one stratum each group; [`weighted`]; [`bounds_of_share`] at the
/// response rate min(1, n/N).
///
/// # Errors
///
/// As [`composite`]; a weighted figure that cannot be had is no error.
///
/// # Source
///
/// As those three.
///
/// # Example
///
/// ```
/// use stats::{StratumSums, poststratified::{Cell, Rules, ladder}, share::Factor};
/// let mut sums = StratumSums::new(1);
/// [1, 1, 1, 0].iter().try_for_each(|&one| sums.add(&[(one, 1)]))?;
/// let cell = Cell { stratum: sums.as_stratum(), answering: 4, dossiers: 8, group: 0 };
/// let ladder = ladder(&[cell], &[Factor { weight: 1.0, atoms: &[0] }], &Rules::default())?;
/// let bounds = ladder.bounds.ok_or("no bounds")?;
/// assert_eq!((ladder.open.est, bounds.low, bounds.high), (0.75, 0.375, 0.875));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ladder(cells: &[Cell<'_>], factors: &[Factor<'_>], rules: &Rules) -> Result<Ladder, Unavailable> {
    let groups = pooling::groups(cells)?;
    let strata: Vec<Stratum<'_>> = groups.iter().map(|group| group.sums.as_stratum()).collect();
    let answering: Vec<i64> = groups.iter().map(|group| group.answering).collect();
    let open = composite(&strata, factors, &answering)?;
    let people: f64 = cells.iter().map(|cell| cell.stratum.n as f64).sum();
    let dossiers: f64 = cells.iter().map(|cell| cell.dossiers as f64).sum();
    let rate = (people / dossiers).min(1.0);
    Ok(Ladder { open, weighted: weighted(cells, factors, rules), bounds: bounds_of_share(open.est, rate) })
}

fn check(cells: &[Cell<'_>], factors: &[Factor<'_>], rules: &Rules) -> Result<(), Unavailable> {
    if rules.weight_ratio.is_nan() || rules.weight_ratio < 1.0 || rules.smallest < 1 {
        return Err(Unavailable::Malformed("a weight ratio of 1 or more, pools of 1 or more"));
    }
    if cells.iter().any(|cell| cell.dossiers < 0) {
        return Err(Unavailable::Inconsistent("no negative dossiers"));
    }
    if cells.iter().any(|cell| cell.answering < 0 || cell.answering > cell.stratum.n) {
        return Err(Unavailable::Inconsistent("people answering are respondents"));
    }
    let strata: Vec<Stratum<'_>> = cells.iter().map(|cell| cell.stratum).collect();
    let width = crate::linear::check(&strata)?;
    crate::linear::terms(&strata, width, factors).map(|_| ())
}

fn coverage(cells: &[Cell<'_>]) -> f64 {
    let dossiers = |answered: bool| {
        let counted = cells.iter().filter(|cell| !answered || cell.stratum.n > 0);
        counted.map(|cell| cell.dossiers as f64).sum::<f64>()
    };
    dossiers(true) / dossiers(false)
}

/// The weights of the pools, capped.
fn weigh(bins: &[Bin], ratio: f64) -> Result<Vec<f64>, Unavailable> {
    let smallest = bins.iter().map(Bin::weight).fold(f64::INFINITY, f64::min);
    if !smallest.is_finite() {
        return Err(Unavailable::NoAnswers);
    }
    Ok(bins.iter().map(|bin| bin.weight().min(ratio * smallest)).collect())
}

/// A share and what its linearised values are made of.
struct Ratio<'a> {
    atoms: &'a [usize],
    width: usize,
    /// ω/Σ w A.
    scale: f64,
    share: f64,
}

impl<'a> Ratio<'a> {
    fn satisfied(&self) -> impl Iterator<Item = usize> + Clone + use<'a> {
        self.atoms.iter().copied()
    }

    fn answered(&self) -> impl Iterator<Item = usize> + Clone + use<'a> {
        let width = self.width;
        self.atoms.iter().map(move |atom| width + atom)
    }

    /// Σ(S − R A).
    fn residual(&self, stratum: &Stratum<'_>) -> f64 {
        stratum.sum(self.satisfied()) as f64 - self.share * stratum.sum(self.answered()) as f64
    }

    /// Σ(S − R A)(S' − R' A').
    fn product(&self, other: &Self, stratum: &Stratum<'_>) -> f64 {
        let of = |x: f64, y: i128| x * y as f64;
        let both = stratum.product(self.satisfied(), &other.satisfied());
        let left = stratum.product(self.satisfied(), &other.answered());
        let right = stratum.product(self.answered(), &other.satisfied());
        let none = stratum.product(self.answered(), &other.answered());
        of(1.0, both) - of(other.share, left) - of(self.share, right) + of(self.share * other.share, none)
    }
}

fn estimate(
    bins: &[Bin],
    weights: &[f64],
    factors: &[Factor<'_>],
    finite: bool,
) -> Result<Estimate, Unavailable> {
    let total: f64 = factors.iter().map(|factor| factor.weight).sum();
    let width = bins.first().map_or(0, |bin| bin.sums.as_stratum().sums.len() / 2);
    let (mut satisfied, mut others, mut answers) = (0.0, 0.0, 0_i128);
    let mut ratios = Vec::with_capacity(factors.len());
    for (at, factor) in factors.iter().enumerate() {
        let mut ratio = Ratio { atoms: factor.atoms, width, scale: 0.0, share: 0.0 };
        let (mut yes, mut given) = (0.0, 0.0);
        for (bin, weight) in bins.iter().zip(weights) {
            let stratum = bin.sums.as_stratum();
            yes += weight * stratum.sum(ratio.satisfied()) as f64;
            given += weight * stratum.sum(ratio.answered()) as f64;
            answers += stratum.sum(ratio.answered());
        }
        if given <= 0.0 {
            return Err(Unavailable::FactorWithoutAnswers(at));
        }
        (ratio.share, ratio.scale) = (yes / given, factor.weight / total / given);
        satisfied += factor.weight * yes / given;
        others += factor.weight * (given - yes) / given;
        ratios.push(ratio);
    }
    let n: i64 = bins.iter().map(|bin| bin.answering).sum();
    let held = bins.iter().filter(|bin| bin.answering > 0);
    let lonely = held.clone().filter(|bin| bin.sums.as_stratum().n == 1).count();
    let variance: f64 =
        bins.iter().zip(weights).map(|(bin, weight)| weight * weight * spread(bin, &ratios, finite)).sum();
    Ok(Estimate {
        est: satisfied / (satisfied + others),
        se: (n > 1).then(|| variance.max(0.0).sqrt()),
        df: n - i64::try_from(held.count()).map_err(|_| Unavailable::TooLarge)?,
        n,
        answers: i64::try_from(answers).map_err(|_| Unavailable::TooLarge)?,
        lonely: i64::try_from(lonely).map_err(|_| Unavailable::TooLarge)?,
    })
}

/// (1 − f) n/(n−1) Σ(z − z̄)² of one pool, weights left out.
fn spread(bin: &Bin, ratios: &[Ratio<'_>], finite: bool) -> f64 {
    let stratum = bin.sums.as_stratum();
    let n = stratum.n as f64;
    let squares: f64 = ratios
        .iter()
        .flat_map(|one| ratios.iter().map(move |other| (one, other)))
        .map(|(one, other)| one.scale * other.scale * one.product(other, &stratum))
        .sum();
    let sum: f64 = ratios.iter().map(|ratio| ratio.scale * ratio.residual(&stratum)).sum();
    let unsampled = if finite { (1.0 - n / bin.dossiers as f64).max(0.0) } else { 1.0 };
    let centred = if stratum.n > 1 { (squares - sum * sum / n) * n / (n - 1.0) } else { squares };
    // Rounding may leave a little below 0, or above where everybody is alike.
    if centred <= squares * 1e-14 { 0.0 } else { unsampled * centred }
}
