//! Whether the questions hang together (statistics.md 8).

use super::Year;
use domain::language::Words;
use domain::report::certainty::{Found, Missing, Reliability};
use domain::tally::layout::base_items;
use domain::tally::{BINS, Tally};
use stats::moments::PairMoments;

/// Respondents of each pair of questions below which nothing is said: a figure needs as many to be read
/// without a mark, and with thirteen questions the interval of α is then about 0,1 wide at 0,8.
const LEAST: u64 = 60;
/// Confidence level of the interval.
const LEVEL: f64 = 0.95;

pub(super) fn reliability(year: &Year<'_>) -> Found<Reliability> {
    let base = &year.table.survey.questions.base;
    // α needs two questions, and one common factor three.
    if base.coded.len() < 3 {
        return Err(Missing::NotAsked);
    }
    let tally = year.tally()?;
    let (own, pairs) = (own(tally, &base.coded), pairs(tally, base.coded.len()));
    let fewest = pairs.iter().map(|pair| pair[0].unsigned_abs()).min().unwrap_or(0);
    if fewest < LEAST {
        return Err(Missing::TooFew(LEAST));
    }
    let sums = PairMoments::from_sums(&own, &pairs).map_err(|_| Missing::NotAsked)?;
    let covariance = sums.covariance().map_err(|_| Missing::Alike)?;
    let found = stats::reliability::reliability(&covariance, LEVEL).map_err(|_| Missing::Alike)?;
    let against = found.negative().into_iter().filter_map(|at| name(year, *base.coded.get(at)?));
    Ok(Reliability {
        respondents: fewest,
        items: base.coded.len() as u64,
        alpha: found.alpha,
        interval: found.interval.map(|interval| (interval.low, interval.high)),
        omega: year.table.omega(year.level, year.unit.id, &covariance),
        against: against.collect(),
    })
}

/// Of each question: respondents, Σx, Σx².
fn own(tally: &Tally, coded: &[usize]) -> Vec<[i64; 3]> {
    let sums = |histogram: &[i64; BINS]| {
        (1..).zip(&histogram[..5]).fold([0; 3], |[n, sum, squares], (code, count)| {
            [n + count, sum + code * count, squares + code * code * count]
        })
    };
    coded.iter().map(|at| tally.listed.get(*at).map_or([0; 3], sums)).collect()
}

/// The pairs of questions without the overall question, which is kept at place 0.
fn pairs(tally: &Tally, questions: usize) -> Vec<[i64; 4]> {
    let place = |one: usize, other: usize| one * (one - 1) / 2 + other;
    let places = (1..=questions).flat_map(|one| (1..one).map(move |other| place(one, other)));
    places.map(|at| tally.moments.pairs.get(at).copied().unwrap_or_default()).collect()
}

fn name(year: &Year<'_>, at: usize) -> Option<Words> {
    let item = base_items(&year.table.survey.questions.instrument).nth(at)?;
    Some(item.label.clone().unwrap_or_else(|| item.text.clone()))
}
