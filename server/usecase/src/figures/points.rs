//! Points of criteria: neither shares nor scores. They are read here and nowhere else, so that no page
//! shows them as per cent; everything that computes shares finds [`Withheld::InPoints`].

use super::node::NodeRef;
use super::table::{Combined, Level, PeriodTable};
use crate::registry::QuestionSet;
use domain::reading::{Caveat, Figure, Reading, Withheld};
use domain::report::NodeLine;
use domain::tally::layout::{WHOLE, items_of, name_of_side};
use domain::tally::{BINS, Tally};
use domain::unit::Unit;
use stats::{Estimate, Unavailable};

/// Confidence level.
const LEVEL: f64 = 0.95;
/// Below this number of dossiers a figure is for orientation only, below the second it is marked.
const FEW: (u64, u64) = (30, 60);

/// The points of a node of some units together: of a criterion 0 to 2, of the whole their sum. Index,
/// bounds and standard error of the figure are points.
pub(super) fn reading(table: &PeriodTable, level: &Level, units: &[&Combined], node: NodeRef) -> Reading {
    let questions = &table.survey.questions;
    let mut tally = Tally::empty(&questions.base);
    units.iter().filter_map(|unit| unit.whole()).for_each(|whole| tally += whole);
    let k = i64::from(table.survey.survey.k);
    let items = questions.base.items.len();
    match node {
        NodeRef::Item(at) => match stats::points::criterion(own(&tally, at)) {
            Ok(estimate) if estimate.n < k => Reading::Withheld(Withheld::TooFew),
            Ok(estimate) => figure(&estimate, estimate.est, 1, level),
            Err(_) => Reading::Withheld(Withheld::NotAsked),
        },
        NodeRef::Node(at) if questions.base.nodes.get(at).is_some_and(|node| node.code == WHOLE) => {
            let criteria: Vec<[i64; 3]> = (0..items).map(|item| own(&tally, item)).collect();
            match stats::points::total(&criteria, &pairs(&tally, items)) {
                _ if tally.n < k => Reading::Withheld(Withheld::TooFew),
                Ok(estimate) if estimate.n < k => Reading::Withheld(Withheld::FactorTooFew),
                Ok(estimate) => {
                    let exact = criteria.iter().map(|[n, sum, _]| *sum as f64 / *n as f64).sum();
                    figure(&estimate, exact, items, level)
                }
                Err(Unavailable::FactorWithoutAnswers(_)) => Reading::Withheld(Withheld::FactorTooFew),
                Err(_) => Reading::Withheld(Withheld::NotAsked),
            }
        }
        _ => Reading::Withheld(Withheld::InPoints),
    }
}

/// Dossiers, points and their squares of a criterion. A level is one more than its points.
fn own(tally: &Tally, item: usize) -> [i64; 3] {
    let bins = tally.listed.get(item).copied().unwrap_or([0; BINS]);
    [bins[0] + bins[1] + bins[2], bins[1] + 2 * bins[2], bins[1] + 4 * bins[2]]
}

/// The sums of pairs of criteria; the overall question, which stands first there, has no part in it.
fn pairs(tally: &Tally, items: usize) -> Vec<[i64; 4]> {
    let places = (0..=items).flat_map(|one| (0..one).map(move |other| (one, other)));
    let all = places.zip(&tally.moments.pairs);
    all.filter(|((_, other), _)| *other > 0).map(|(_, sums)| *sums).collect()
}

/// The interval is that of a share of the points that could be had, so that dossiers that are all alike
/// do not look like certainty. It stands around the unrounded sum.
fn figure(estimate: &Estimate, exact: f64, criteria: usize, level: &Level) -> Reading {
    let most = stats::points::MOST * criteria as f64;
    let share = Estimate { est: exact / most, se: estimate.se.map(|se| se / most), ..*estimate };
    let Some(published) = stats::floor::product_interval(&share, None, LEVEL) else {
        return Reading::Withheld(Withheld::TooFew);
    };
    let (low, high) = (most * published.interval.low, most * published.interval.high);
    let n = estimate.n.unsigned_abs();
    let mut caveats = Vec::new();
    if n < FEW.0 {
        caveats.push(Caveat::Indicative);
    } else if n < FEW.1 {
        caveats.push(Caveat::FewRespondents);
    }
    if level.mixture.is_some() {
        caveats.push(Caveat::Mixture);
    }
    Reading::Figure(Figure {
        n,
        answers: estimate.answers.unsigned_abs(),
        index: stats::points::rounded(estimate.est),
        low,
        high,
        se: estimate.se,
        df: estimate.df.unsigned_abs(),
        plain: (low, high),
        score: None,
        blank_share: 0.0,
        na_share: 0.0,
        caveats,
    })
}

/// The lines of a unit's page: each criterion, and the total first. Empty for sets that are in no points.
pub(super) fn lines(table: &PeriodTable, level: &Level, unit: &Unit) -> Vec<NodeLine> {
    let questions: &QuestionSet = &table.survey.questions;
    if !questions.instrument.is_in_points() {
        return Vec::new();
    }
    let units: Vec<&Combined> = table.combined(level, unit.id).into_iter().collect();
    let whole = questions.base.node(WHOLE).map(NodeRef::Node);
    let total = whole.map(|node| NodeLine {
        code: WHOLE.to_owned(),
        name: name_of_side(WHOLE),
        depth: 0,
        reading: reading(table, level, &units, node),
    });
    let criteria = items_of(&questions.instrument).filter_map(|item| {
        let node = questions.base.item(&item.code).map(NodeRef::Item)?;
        let name = item.label.as_ref().unwrap_or(&item.text).clone();
        let reading = reading(table, level, &units, node);
        Some(NodeLine { code: item.code.clone(), name, depth: 1, reading })
    });
    total.into_iter().chain(criteria).collect()
}
