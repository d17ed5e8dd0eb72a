//! Whether a figure rises or falls over several periods.

use crate::estimate::Unavailable;
use crate::tail::above_chi_square;

/// The answers to a yes/no question in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// The time, in any unit: slopes are per unit.
    pub time: f64,
    /// Who answered.
    pub answered: i64,
    /// Who of them was satisfied.
    pub satisfied: i64,
}

/// The scores of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// The time, in any unit.
    pub time: f64,
    /// Respondents with a score.
    pub n: i64,
    /// Their mean score.
    pub mean: f64,
    /// Σ(y − mean)² of them.
    pub squares: f64,
}

/// A slope per unit of time and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// Change per unit of time: of the log odds, or in points.
    pub est: f64,
    /// Linearised (sandwich) standard error; `None` with a single respondent or without spread.
    pub se: Option<f64>,
}

/// The slope of the log odds of being satisfied, from counts.
///
/// `respondents` are all respondents of the stratum, also those without an answer.
///
/// # Formula
///
/// ```text
/// logit P(satisfied) = a + b t, by maximum likelihood (Newton's steps, halved where they overshoot)
/// V = n/(n−1) H⁻¹ (Σ (y−p)² x x') H⁻¹,  H = Σ p(1−p) x x',  x = (1, t),  n = respondents
/// ```
///
/// # Source
///
/// Binder 1983, Int Stat Rev 51:279; R `svyglm`.
///
/// # Errors
///
/// [`Unavailable::Inconsistent`] where more are satisfied than answered, or more answered than
/// there are; [`Unavailable::NoAnswers`] where there is no finite slope: answers of one time only,
/// all alike, or parted by a time before which all are of one kind and after which of the other.
///
/// # Example
///
/// ```
/// use stats::trend::{Proportion, logit_slope};
/// let at = |time, satisfied| Proportion { time, answered: 100, satisfied };
/// // odds of 1, then of 3
/// let slope = logit_slope(&[at(0.0, 50), at(1.0, 75)], 200)?;
/// assert!((slope.est - 3.0_f64.ln()).abs() < 1e-12);
/// assert!((slope.se.unwrap() / (200.0_f64 / 199.0 * (4.0 / 100.0 + 16.0 / 300.0)).sqrt() - 1.0).abs() < 1e-12);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn logit_slope(periods: &[Proportion], respondents: i64) -> Result<Slope, Unavailable> {
    let answered = check(periods)?;
    if answered > respondents {
        return Err(Unavailable::Inconsistent("answers come from respondents"));
    }
    let centre = periods.iter().map(|p| p.answered as f64 * p.time).sum::<f64>() / answered as f64;
    if separated(periods) {
        return Err(Unavailable::NoAnswers);
    }
    let (a, b) = maximise(periods, centre).ok_or(Unavailable::NoAnswers)?;
    let mut bread = [0.0; 3];
    let mut meat = [0.0; 3];
    for period in periods {
        let x = period.time - centre;
        let p = expit(a + b * x);
        let (yes, no) = (period.satisfied as f64, (period.answered - period.satisfied) as f64);
        accumulate(&mut bread, x, (yes + no) * p * (1.0 - p));
        accumulate(&mut meat, x, yes * (1.0 - p).powi(2) + no * p * p);
    }
    Ok(Slope { est: b, se: sandwich(bread, meat, respondents) })
}

/// The slope of the mean score, from the sums of every period.
///
/// # Formula
///
/// ```text
/// b = Σ (t − t̄)(y − ȳ)/Σ (t − t̄)²
/// V = n/(n−1) H⁻¹ (Σ e² x x') H⁻¹,  H = Σ x x',  e = y − a − b t,  n = respondents
/// ```
///
/// with Σe² of a period = squares + n (mean − a − b t)².
///
/// # Source
///
/// Fuller 1975, Sankhya C 37:117; R `svyglm`.
///
/// # Errors
///
/// As [`logit_slope`].
///
/// # Example
///
/// ```
/// use stats::trend::{Level, score_slope};
/// let at = |time, mean| Level { time, n: 10, mean, squares: 90.0 };
/// let slope = score_slope(&[at(1.0, 70.0), at(2.0, 72.0), at(3.0, 74.0)], 30)?;
/// assert!((slope.est - 2.0).abs() < 1e-12);
/// # Ok::<(), stats::Unavailable>(())
/// ```
pub fn score_slope(periods: &[Level], respondents: i64) -> Result<Slope, Unavailable> {
    let sound =
        |p: &Level| p.n >= 0 && (p.n == 0 || (p.time.is_finite() && p.mean.is_finite() && p.squares >= 0.0));
    if !periods.iter().all(sound) {
        return Err(Unavailable::Inconsistent("finite means and no negative sum of squares"));
    }
    let periods: Vec<&Level> = periods.iter().filter(|p| p.n > 0).collect();
    let answered: i64 = periods.iter().map(|p| p.n).sum();
    if answered > respondents {
        return Err(Unavailable::Inconsistent("answers come from respondents"));
    }
    let weighted = |value: &dyn Fn(&Level) -> f64| -> f64 {
        periods.iter().map(|p| p.n as f64 * value(p)).sum::<f64>() / answered as f64
    };
    let (time, mean) = (weighted(&|p| p.time), weighted(&|p| p.mean));
    let spread = weighted(&|p| (p.time - time).powi(2));
    if answered == 0 || spread <= 0.0 {
        return Err(Unavailable::NoAnswers);
    }
    let slope = weighted(&|p| (p.time - time) * (p.mean - mean)) / spread;
    let mut bread = [0.0; 3];
    let mut meat = [0.0; 3];
    for period in &periods {
        let x = period.time - time;
        let error = period.mean - mean - slope * x;
        accumulate(&mut bread, x, period.n as f64);
        accumulate(&mut meat, x, period.squares + period.n as f64 * error * error);
    }
    Ok(Slope { est: slope, se: sandwich(bread, meat, respondents) })
}

/// The test of Cochran and Armitage for a trend in shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// χ² with 1 degree of freedom.
    pub chi_square: f64,
    /// Its p-value.
    pub p: f64,
}

/// Whether shares rise or fall with time: quick screening, which takes every answer for independent
/// of the others and so finds too much where periods differ for other reasons.
///
/// # Formula
///
/// χ² = (Σ (x − n p̄) t)² / (p̄ (1−p̄) Σ n (t − t̄)²). `None` without answers of two times, where all
/// are alike, and for counts that cannot be.
///
/// # Source
///
/// Cochran 1954, Biometrics 10:417; Armitage 1955, Biometrics 11:375. R `prop.trend.test`.
///
/// # Example
///
/// ```
/// use stats::trend::{Proportion, cochran_armitage};
/// // R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)), the patients of Fleiss 1981
/// let periods: Vec<Proportion> = [(83, 86), (90, 93), (129, 136), (70, 82)]
///     .iter()
///     .zip(1..)
///     .map(|((satisfied, answered), t)| Proportion { time: f64::from(t), answered: *answered, satisfied: *satisfied })
///     .collect();
/// let found = cochran_armitage(&periods).unwrap();
/// assert!((found.chi_square - 8.2249).abs() < 1e-4 && (found.p - 0.004132).abs() < 1e-6);
/// ```
#[must_use]
pub fn cochran_armitage(periods: &[Proportion]) -> Option<Trend> {
    let n = check(periods).ok()? as f64;
    let total = |value: &dyn Fn(&Proportion) -> f64| periods.iter().map(value).sum::<f64>();
    let share = total(&|p| p.satisfied as f64) / n;
    let time = total(&|p| p.answered as f64 * p.time) / n;
    let rise = total(&|p| (p.satisfied as f64 - p.answered as f64 * share) * (p.time - time));
    let spread = share * (1.0 - share) * total(&|p| p.answered as f64 * (p.time - time).powi(2));
    let chi_square = rise * rise / spread;
    (spread > 0.0 && chi_square.is_finite())
        .then(|| Trend { chi_square, p: above_chi_square(chi_square, 1.0) })
}

/// The answers of all periods.
fn check(periods: &[Proportion]) -> Result<i64, Unavailable> {
    let sound = |p: &Proportion| 0 <= p.satisfied && p.satisfied <= p.answered && p.time.is_finite();
    if !periods.iter().all(sound) {
        return Err(Unavailable::Inconsistent("0 <= satisfied <= answered"));
    }
    let answered = periods.iter().try_fold(0_i64, |sum, p| sum.checked_add(p.answered));
    match answered {
        Some(0) => Err(Unavailable::NoAnswers),
        answered => answered.ok_or(Unavailable::TooLarge),
    }
}

/// Whether a straight line in time parts those satisfied from those who are not, so that the
/// likelihood has no maximum.
fn separated(periods: &[Proportion]) -> bool {
    let range = |count: fn(&Proportion) -> i64| {
        let times = periods.iter().filter(|p| count(p) > 0).map(|p| p.time);
        times.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), t| (low.min(t), high.max(t)))
    };
    let (yes, no) = (range(|p| p.satisfied), range(|p| p.answered - p.satisfied));
    yes.1 <= no.0 || no.1 <= yes.0
}

/// Intercept at `centre` and slope of the largest likelihood.
fn maximise(periods: &[Proportion], centre: f64) -> Option<(f64, f64)> {
    let likelihood = |a: f64, b: f64| -> f64 {
        let term = |p: &Proportion| {
            let odds = a + b * (p.time - centre);
            p.satisfied as f64 * odds - p.answered as f64 * softplus(odds)
        };
        periods.iter().map(term).sum()
    };
    let (mut a, mut b) = (0.0, 0.0);
    let mut best = likelihood(a, b);
    for _ in 0..200 {
        let (mut score, mut bread) = ([0.0; 2], [0.0; 3]);
        for period in periods {
            let x = period.time - centre;
            let p = expit(a + b * x);
            let rest = period.satisfied as f64 - period.answered as f64 * p;
            score = [score[0] + rest, score[1] + rest * x];
            accumulate(&mut bread, x, period.answered as f64 * p * (1.0 - p));
        }
        let inverse = invert(bread)?;
        let step =
            [inverse[0] * score[0] + inverse[1] * score[1], inverse[1] * score[0] + inverse[2] * score[1]];
        let small = step[0].abs() <= 1e-13 * (1.0 + a.abs()) && step[1].abs() <= 1e-13 * (1.0 + b.abs());
        let mut part = 1.0;
        while likelihood(a + part * step[0], b + part * step[1]) < best - 1e-9 * best.abs() && part > 1e-9 {
            part /= 2.0;
        }
        (a, b) = (a + part * step[0], b + part * step[1]);
        best = likelihood(a, b);
        if small {
            break;
        }
    }
    (a.is_finite() && b.is_finite()).then_some((a, b))
}

fn expit(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// ln(1 + eˣ).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// Adds weight · (1, x)(1, x)'.
fn accumulate(sums: &mut [f64; 3], x: f64, weight: f64) {
    sums[0] += weight;
    sums[1] += weight * x;
    sums[2] += weight * x * x;
}

fn invert([a, b, c]: [f64; 3]) -> Option<[f64; 3]> {
    let determinant = a * c - b * b;
    (determinant > 1e-14 * a * c).then(|| [c / determinant, -b / determinant, a / determinant])
}

/// The standard error of the slope.
fn sandwich(bread: [f64; 3], meat: [f64; 3], respondents: i64) -> Option<f64> {
    let [_, low, high] = invert(bread)?;
    let inner = low * low * meat[0] + 2.0 * low * high * meat[1] + high * high * meat[2];
    let n = respondents as f64;
    (respondents > 1 && inner > 0.0).then(|| (n / (n - 1.0) * inner).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{Level, Proportion, cochran_armitage, logit_slope, score_slope};
    use crate::estimate::Unavailable;

    fn at(time: f64, answered: i64, satisfied: i64) -> Proportion {
        Proportion { time, answered, satisfied }
    }

    #[test]
    fn there_is_no_slope_where_the_likelihood_has_no_maximum() {
        let parted: [&[Proportion]; 5] = [
            &[at(1.0, 9, 0), at(2.0, 9, 9)],
            &[at(1.0, 9, 9), at(2.0, 9, 9)],
            &[at(1.0, 9, 9), at(2.0, 9, 4), at(3.0, 9, 0)],
            &[at(1.0, 9, 4)],
            &[],
        ];
        for periods in parted {
            assert_eq!(logit_slope(periods, 100), Err(Unavailable::NoAnswers), "{periods:?}");
        }
        let whole = [at(1.0, 25, 25), at(2.0, 34, 32), at(3.0, 17, 17)];
        assert!(logit_slope(&whole, 100).is_ok_and(|slope| slope.est.is_finite()));
    }

    #[test]
    fn a_period_without_answers_changes_nothing() {
        let with = [at(1.0, 9, 4), at(2.0, 0, 0), at(3.0, 9, 7)];
        let without = [with[0], with[2]];
        assert_eq!(logit_slope(&with, 20), logit_slope(&without, 20));
        assert_eq!(cochran_armitage(&with), cochran_armitage(&without));
        let level = |time, n, mean| Level { time, n, mean, squares: n as f64 };
        let levels = [level(1.0, 9, 60.0), level(2.0, 0, f64::NAN), level(3.0, 4, 70.0)];
        assert_eq!(score_slope(&levels, 20), score_slope(&[levels[0], levels[2]], 20));
    }

    #[test]
    fn nobody_one_person_and_impossible_counts_give_no_slope() {
        assert!(cochran_armitage(&[]).is_none());
        assert!(cochran_armitage(&[at(1.0, 5, 5), at(2.0, 5, 5)]).is_none());
        assert!(cochran_armitage(&[at(1.0, 5, 3)]).is_none());
        assert!(cochran_armitage(&[at(1.0, 5, 6), at(2.0, 5, 5)]).is_none());
        assert!(logit_slope(&[at(1.0, 5, 3), at(2.0, 5, 2)], 9).is_err());
        let alone = [Level { time: 1.0, n: 1, mean: 50.0, squares: 0.0 }];
        assert_eq!(score_slope(&alone, 1), Err(Unavailable::NoAnswers));
        let exact = [alone[0], Level { time: 2.0, ..alone[0] }];
        assert!(score_slope(&exact, 2).is_ok_and(|slope| slope.se.is_none()));
    }
}
