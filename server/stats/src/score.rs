//! Mean scores 0..100.

use crate::estimate::{Estimate, Unavailable};

/// The respondents of a cell who answered the same number of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreCount {
    /// k, the number of items these respondents answered.
    pub answered: i64,
    /// How many they are.
    pub respondents: i64,
    /// Σt, t being the sum of a respondent's codes 1..5.
    pub sum: i64,
    /// Σt².
    pub squares: i64,
}

/// Respondents who were asked the same number of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreCell<'a> {
    /// |K|, the number of items asked.
    pub items: i64,
    /// One entry for every number of items answered; 0 may be left out.
    pub counts: &'a [ScoreCount],
}

/// The sums of one stratum, whose cells may differ in the number of items asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreStratum<'a> {
    /// All respondents of the stratum, also those of no cell and those below the half rule.
    pub n: i64,
    /// The cells.
    pub cells: &'a [ScoreCell<'a>],
}

/// A mean code 1..5 on the scale 0..100.
///
/// # Formula
///
/// 25 (x − 1)
///
/// # Source
///
/// As [`mean_score`].
///
/// # Example
///
/// ```
/// assert_eq!([1.0, 4.0, 5.0].map(stats::score::of_code), [0.0, 75.0, 100.0]);
/// ```
#[must_use]
pub fn of_code(code: f64) -> f64 {
    25.0 * (code - 1.0)
}

/// The mean score of the respondents, 0..100.
///
/// A respondent who answered k of |K| items with codes that add up to t has the score
/// y = 25 (t/k − 1) if k ≥ ⌈|K|/2⌉, and none otherwise (half rule).
///
/// # Formula
///
/// ```text
/// ȳ = Σdy/Σd    z_i = d_i (y_i − ȳ)/Σd    V = Σ_h n_h/(n_h−1) Σ_i (z_i − z̄_h)²
/// ```
///
/// over **all** respondents of every stratum h, d being 1 for those with a score. With D scores
/// of mean m and sum of squares W about m in a stratum,
///
/// ```text
/// Σ_i (z_i − z̄_h)² = (W + D (m−ȳ)² (1 − D/n_h))/(Σd)²
/// ```
///
/// which is a sum of parts that are never negative, so nothing cancels. df = n − strata that hold
/// a score.
///
/// # Source
///
/// Half rule: Huisman 2000, Quality and Quantity 34:331; Sijtsma and van der Ark 2003,
/// Multivariate Behavioral Research 38:505. Variance: Woodruff 1971; Lumley 2010, ch. 2.
///
/// # Errors
///
/// [`Unavailable`], by reason.
///
/// # Example
///
/// ```
/// use stats::score::{ScoreCell, ScoreCount, ScoreStratum, mean_score};
/// // Two items; codes (4,4) and (5,5) give the scores 75 and 100.
/// let counts = [ScoreCount { answered: 2, respondents: 2, sum: 18, squares: 164 }];
/// let cells = [ScoreCell { items: 2, counts: &counts }];
/// let score = mean_score(&[ScoreStratum { n: 2, cells: &cells }])?;
/// assert_eq!(score.est, 87.5);
/// assert!((score.se.unwrap() - 12.5).abs() < 1e-12);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn mean_score(strata: &[ScoreStratum<'_>]) -> Result<Estimate, Unavailable> {
    let moments: Vec<Moments> = strata.iter().map(gather).collect::<Result<_, _>>()?;
    let whole = merge(&moments)?;
    let mut variance = 0.0;
    for (stratum, here) in strata.iter().zip(&moments).filter(|(_, here)| here.respondents > 0) {
        let (all, size) = (stratum.n as f64, here.respondents as f64);
        let between = size * (here.mean - whole.mean).powi(2);
        variance += if stratum.n == 1 {
            here.within + between
        } else {
            all / (all - 1.0) * (here.within + between * (1.0 - size / all))
        };
    }
    let n = whole.respondents;
    let held = moments.iter().filter(|here| here.respondents > 0);
    let df = n - held.map(|_| 1).sum::<i64>();
    let lonely = strata.iter().zip(&moments);
    let lonely = lonely.filter(|(stratum, here)| stratum.n == 1 && here.respondents > 0);
    Ok(Estimate {
        est: whole.mean,
        se: (n > 1).then(|| variance.sqrt() / n as f64),
        df,
        n,
        answers: whole.answers,
        lonely: lonely.map(|_| 1).sum(),
    })
}

/// The variance of the scores of single respondents about their mean, in squared points; what
/// [`Estimate::design_effect`] compares with.
///
/// # Formula
///
/// s² = Σd (y − ȳ)²/(n−1). `None` for fewer than two scores.
///
/// # Source
///
/// Cochran 1977, Sampling Techniques, section 2.3.
///
/// # Errors
///
/// As [`mean_score`].
///
/// # Example
///
/// ```
/// use stats::score::{ScoreCell, ScoreCount, ScoreStratum, element_variance};
/// let counts = [ScoreCount { answered: 2, respondents: 2, sum: 18, squares: 164 }];
/// let cells = [ScoreCell { items: 2, counts: &counts }];
/// let spread = element_variance(&[ScoreStratum { n: 2, cells: &cells }])?;
/// assert_eq!(spread, Some(312.5)); // of 75 and 100
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn element_variance(strata: &[ScoreStratum<'_>]) -> Result<Option<f64>, Unavailable> {
    let moments: Vec<Moments> = strata.iter().map(gather).collect::<Result<_, _>>()?;
    let whole = merge(&moments)?;
    let n = whole.respondents;
    Ok((n > 1).then(|| whole.within / (n - 1) as f64))
}

/// Scores summed up: how many, their mean, the sum of squares about it, the answers behind them.
#[derive(Clone, Copy)]
struct Moments {
    respondents: i64,
    mean: f64,
    within: f64,
    answers: i64,
}

/// The scores of one stratum.
fn gather(stratum: &ScoreStratum<'_>) -> Result<Moments, Unavailable> {
    let mut groups = Vec::new();
    let mut all: i64 = 0;
    for cell in stratum.cells {
        for count in cell.counts {
            check(cell, count)?;
            all = all.checked_add(count.respondents).ok_or(Unavailable::TooLarge)?;
            // ⌈|K|/2⌉ ≤ k, without answers no score whatever |K| is
            let enough = count.answered > 0 && count.answered >= cell.items - cell.items / 2;
            if enough && count.respondents > 0 {
                groups.push(moments(count)?);
            }
        }
    }
    if stratum.n < 0 || all > stratum.n {
        return Err(Unavailable::Inconsistent("people of a cell are respondents"));
    }
    match merge(&groups) {
        Err(Unavailable::NoAnswers) => Ok(Moments { respondents: 0, mean: 0.0, within: 0.0, answers: 0 }),
        result => result,
    }
}

fn check(cell: &ScoreCell<'_>, count: &ScoreCount) -> Result<(), Unavailable> {
    if count.answered < 0 || count.respondents < 0 || count.answered > cell.items {
        return Err(Unavailable::Inconsistent("0 <= answered <= items, 0 <= respondents"));
    }
    let answers = i128::from(count.answered) * i128::from(count.respondents);
    let sum = i128::from(count.sum);
    if sum < answers || sum > 5 * answers {
        return Err(Unavailable::Inconsistent("every code is 1..5"));
    }
    Ok(())
}

/// The scores of respondents with equally many answers, from whole numbers.
fn moments(count: &ScoreCount) -> Result<Moments, Unavailable> {
    let (size, answered) = (count.respondents as f64, count.answered as f64);
    let squares = i128::from(count.respondents) * i128::from(count.squares);
    let square = i128::from(count.sum) * i128::from(count.sum);
    if squares < square {
        return Err(Unavailable::Inconsistent("no negative sum of squares"));
    }
    Ok(Moments {
        respondents: count.respondents,
        mean: 25.0 * (count.sum as f64 / (size * answered) - 1.0),
        within: 625.0 * (squares - square) as f64 / size / answered.powi(2),
        answers: count.respondents.checked_mul(count.answered).ok_or(Unavailable::TooLarge)?,
    })
}

/// The scores of several groups together.
fn merge(groups: &[Moments]) -> Result<Moments, Unavailable> {
    let (mut respondents, mut answers, mut sum) = (0_i64, 0_i64, 0.0);
    for group in groups {
        respondents = respondents.checked_add(group.respondents).ok_or(Unavailable::TooLarge)?;
        answers = answers.checked_add(group.answers).ok_or(Unavailable::TooLarge)?;
        sum += group.respondents as f64 * group.mean;
    }
    if respondents == 0 {
        return Err(Unavailable::NoAnswers);
    }
    let mean = sum / respondents as f64;
    let between = |group: &Moments| group.respondents as f64 * (group.mean - mean).powi(2);
    let within = groups.iter().map(|group| group.within + between(group)).sum();
    Ok(Moments { respondents, mean, within, answers })
}
