//! What goes with overall satisfaction (statistics.md 8).

use super::super::node::{Definition, NodeRef};
use super::Year;
use domain::instrument::Factor;
use domain::report::certainty::{Driver, Drivers, Found, Missing, Quadrant};
use domain::tally::SCORE_SCALE;
use stats::Unavailable;
use stats::drivers::Quadrant as Field;
use stats::moments::Moments;

/// Complete answers for a regression: fifty, and eight more for each predictor (Green 1991, How many
/// subjects does it take to do a regression analysis, Multivar Behav Res 26:499); never fewer than a
/// figure needs to be read without a mark.
const BASE: u64 = 50;
const EACH: u64 = 8;
const LEAST: u64 = 60;

/// Points between the largest and the smallest importance below which no factor is called more important
/// than another: at a few hundred answers and factors that correlate, a part moves by so much by chance.
const EVEN: f64 = 5.0;

/// The complete answers that so many factors need.
fn needed(factors: usize) -> u64 {
    (BASE + EACH * factors as u64).max(LEAST)
}

pub(super) fn drivers(year: &Year<'_>) -> Found<Drivers> {
    let questions = &year.table.survey.questions;
    let factors = factors(year);
    // One factor alone has nothing to be compared with.
    if factors.len() < 2 || questions.instrument.overall.is_none() {
        return Err(Missing::NotAsked);
    }
    let moments = &year.tally()?.moments;
    let respondents = moments.scored.unsigned_abs();
    let needed = needed(factors.len());
    if respondents < needed {
        return Err(Missing::TooFew(needed));
    }
    let sums = Moments::from_sums(moments.scored, &moments.scores, &moments.score_products);
    let found = sums.and_then(|sums| stats::drivers::drivers(&sums.covariance()?)).map_err(missing)?;
    let share = |part: f64| 100.0 * part / found.r2;
    // Less than a whole per cent explained leaves nothing to divide.
    if 100.0 * found.r2 < 1.0 {
        return Err(Missing::Alike);
    }
    let lines = factors.iter().enumerate().filter_map(|(at, factor)| {
        let node = NodeRef::Node(questions.base.node(&factor.code)?);
        Some(Driver {
            code: factor.code.clone(),
            name: factor.name.clone(),
            importance: share(*found.lmg.get(at)?),
            weight: share(*found.johnson.get(at)?),
            reading: year.reading(Definition::Pooled, node),
            score: stats::score::of_code(*found.performance.get(at)? / SCORE_SCALE as f64),
            quadrant: quadrant(*found.quadrants.get(at)?),
        })
    });
    let factors: Vec<Driver> = lines.collect();
    let mean = |of: fn(&Driver) -> f64| factors.iter().map(of).sum::<f64>() / factors.len() as f64;
    let middle = (mean(|driver| driver.importance), mean(|driver| driver.score));
    let importance = || factors.iter().map(|driver| driver.importance);
    let even = importance().fold(0.0, f64::max) - importance().fold(100.0, f64::min) < EVEN;
    Ok(Drivers { respondents, explained: 100.0 * found.r2, even, middle, factors })
}

/// The factors whose scores are kept, in the order in which they are.
fn factors<'a>(year: &Year<'a>) -> Vec<&'a Factor> {
    let questions = &year.table.survey.questions;
    let all = || questions.instrument.contents.iter().flat_map(|content| &content.factors);
    let kept = questions.base.factors.iter().filter_map(|at| questions.base.nodes.get(*at));
    kept.filter_map(|node| all().find(|factor| factor.code == node.code)).collect()
}

fn missing(why: Unavailable) -> Missing {
    match why {
        Unavailable::NoAnswers => Missing::Alike,
        _ => Missing::NotAsked,
    }
}

const fn quadrant(field: Field) -> Quadrant {
    match field {
        Field::ConcentrateHere => Quadrant::First,
        Field::KeepUp => Quadrant::Keep,
        Field::LowPriority => Quadrant::Later,
        Field::PossibleOverkill => Quadrant::Fine,
    }
}
