//! Nodes of the index tree and how each becomes an estimate: `stats` computes, this file only says
//! from which sums.

use super::table::Combined;
use crate::registry::QuestionSet;
use domain::instrument::Definition as Formula;
use domain::survey::{Route, Variant};
use domain::tally::layout::{DECIDING, RECEIVING, WHOLE, base_items, is_asked};
use domain::tally::{BINS, BLANK, NOT_APPLICABLE, Scores, Tally};
use stats::share::{Binary, Factor};
use stats::{Estimate, Unavailable};

/// A node: the overall question, a node above items, or an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeRef {
    /// The question on overall satisfaction.
    Overall,
    /// Position in [`domain::tally::Layout::nodes`].
    Node(usize),
    /// Position in [`domain::tally::Layout::items`].
    Item(usize),
}

/// How answers become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Definition {
    /// Share of 4-5 among all answers.
    Pooled,
    /// Factor shares with fixed weights.
    Composite,
    /// Share of respondents whose every answer is 4-5.
    AllSatisfied,
    /// Points of criteria; no share, and nothing that is computed from shares knows them.
    Points,
}

impl Definition {
    /// The definition behind a code of the instrument; mean scores stand beside every figure and
    /// are no definition of an index here.
    #[must_use]
    pub fn of(questions: &QuestionSet, code: &str) -> Self {
        match questions.instrument.definitions.get(code) {
            Some(Formula::Composite { .. }) => Self::Composite,
            Some(Formula::AllSatisfied) => Self::AllSatisfied,
            Some(Formula::Points) => Self::Points,
            _ => Self::Pooled,
        }
    }
}

/// Every node of a question set: overall, the nodes above items, the items.
#[must_use]
pub fn nodes_of(questions: &QuestionSet) -> Vec<NodeRef> {
    let overall = questions.instrument.overall.iter().map(|_| NodeRef::Overall);
    let nodes = (0..questions.base.nodes.len()).map(NodeRef::Node);
    let items = (0..questions.base.items.len()).map(NodeRef::Item);
    overall.chain(nodes).chain(items).collect()
}

/// Code of a node, as files write it.
#[must_use]
pub fn code_of(questions: &QuestionSet, node: NodeRef) -> String {
    match node {
        NodeRef::Overall => "overall".into(),
        NodeRef::Node(at) => questions.base.nodes.get(at).map(|n| n.code.clone()).unwrap_or_default(),
        NodeRef::Item(at) => questions.base.items.get(at).cloned().unwrap_or_default(),
    }
}

/// The estimate of a node over units, each a stratum. A respondent belongs to the sample of a node
/// by having answered something of it.
pub(crate) fn estimate(
    questions: &QuestionSet,
    units: &[&Combined],
    definition: Definition,
    node: NodeRef,
) -> Result<Estimate, Unavailable> {
    if questions.instrument.is_in_points() {
        return Err(Unavailable::NoAnswers);
    }
    match node {
        NodeRef::Overall => {
            stats::share::share(&units.iter().map(|u| binary(&u.overall)).collect::<Vec<_>>())
        }
        NodeRef::Item(at) => {
            let listed = |tally: &Tally| tally.listed.get(at).copied().unwrap_or([0; BINS]);
            let cells = units.iter().filter_map(|u| u.whole()).map(|tally| binary(&listed(tally)));
            stats::share::share(&cells.collect::<Vec<_>>())
        }
        NodeRef::Node(at) => {
            let tallies: Vec<&Tally> = units.iter().filter_map(|u| u.whole()).collect();
            match definition {
                Definition::AllSatisfied => stats::share::share(&all_satisfied(&tallies, at)),
                Definition::Composite => composite(questions, &tallies, at),
                Definition::Pooled | Definition::Points => pooled(questions, &tallies, at),
            }
        }
    }
}

fn binary(histogram: &[i64; BINS]) -> Binary {
    let answered = histogram[..5].iter().sum();
    Binary { n: answered, answered, satisfied: histogram[3] + histogram[4] }
}

/// A histogram as a share of 4-5.
pub(crate) fn share_of(histogram: &[i64; BINS]) -> Result<Estimate, Unavailable> {
    stats::share::share(&[binary(histogram)])
}

fn all_satisfied(tallies: &[&Tally], node: usize) -> Vec<Binary> {
    tallies
        .iter()
        .map(|tally| {
            let answered = tally.answering(node);
            Binary { n: answered, answered, satisfied: tally.all_satisfied.get(node).copied().unwrap_or(0) }
        })
        .collect()
}

/// Strata of a node: the respondents who answered something of it.
fn strata<'a>(tallies: &[&'a Tally], node: usize) -> (Vec<stats::Stratum<'a>>, Vec<i64>) {
    let answering: Vec<i64> = tallies.iter().map(|tally| tally.answering(node)).collect();
    let strata = tallies.iter().zip(&answering).filter(|(_, n)| **n > 0).map(|(tally, n)| stats::Stratum {
        n: *n,
        sums: &tally.sums,
        products: &tally.products,
    });
    (strata.collect(), answering.iter().copied().filter(|n| *n > 0).collect())
}

fn pooled(questions: &QuestionSet, tallies: &[&Tally], at: usize) -> Result<Estimate, Unavailable> {
    let node = questions.base.nodes.get(at).ok_or(Unavailable::NoAnswers)?;
    let (strata, answering) = strata(tallies, at);
    stats::share::pooled(&strata, &node.atoms, &answering).map(Estimate::without_lonely)
}

fn composite(questions: &QuestionSet, tallies: &[&Tally], at: usize) -> Result<Estimate, Unavailable> {
    let Some(factors) = composite_factors(questions, at) else { return pooled(questions, tallies, at) };
    let factors: Vec<Factor<'_>> =
        factors.iter().map(|(weight, atoms, _)| Factor { weight: *weight, atoms }).collect();
    let (strata, answering) = strata(tallies, at);
    stats::share::composite(&strata, &factors, &answering).map(Estimate::without_lonely)
}

/// A factor of a composite: weight, atoms, its own node where it is the whole factor.
pub(super) type Weighted = (f64, Vec<usize>, Option<usize>);
/// What a unit's routes asked and counted of a score.
type ScoreCells = Vec<(i64, Vec<stats::score::ScoreCount>)>;

/// Factors of a composite at a node: weight, atoms, position of the factor's own node where it is
/// the whole factor. The whole takes the weights of the instrument; a side (deciding, receiving)
/// weighs each factor by the number of its items that are about that side. Other nodes are pooled.
pub(super) fn composite_factors(questions: &QuestionSet, at: usize) -> Option<Vec<Weighted>> {
    let instrument = &questions.instrument;
    let weights = instrument.definitions.values().find_map(|definition| match definition {
        Formula::Composite { weights } => Some(weights),
        _ => None,
    })?;
    let node = questions.base.nodes.get(at)?;
    let is_whole = node.code == WHOLE;
    if !is_whole && node.code != DECIDING && node.code != RECEIVING {
        return None;
    }
    let mut factors = Vec::new();
    for (code, weight) in weights {
        let factor = questions.base.node(code)?;
        let atoms: Vec<usize> =
            questions.base.nodes[factor].atoms.iter().copied().filter(|a| node.atoms.contains(a)).collect();
        if !atoms.is_empty() {
            let weight = if is_whole { *weight } else { atoms.len() as f64 };
            factors.push((weight, atoms, is_whole.then_some(factor)));
        }
    }
    Some(factors)
}

/// The smallest number of respondents that a factor of the headline has: a factor under k withholds
/// the headline, weights are never renormalised.
pub(crate) fn smallest_factor(questions: &QuestionSet, units: &[&Combined], at: usize) -> Option<i64> {
    let tallies: Vec<&Tally> = units.iter().filter_map(|u| u.whole()).collect();
    let factors = composite_factors(questions, at)?;
    let respondents = |node: usize| tallies.iter().map(|tally| tally.answering(node)).sum();
    factors.iter().filter_map(|(_, _, node)| node.map(respondents)).min()
}

/// The mean score of a node, each unit a stratum; the half rule looks at what the route asked.
pub(crate) fn score(
    questions: &QuestionSet,
    units: &[&Combined],
    variant: Variant,
    at: usize,
) -> Result<Estimate, Unavailable> {
    let mut owned: Vec<(i64, ScoreCells)> = Vec::new();
    for unit in units {
        let mut cells = Vec::new();
        let mut n = 0;
        for (route, scores) in &unit.scores {
            let items = asked_items(questions, variant, *route, at);
            // Those below the half rule have no score and are not in the sample of the mean.
            let half = (items + 1) / 2;
            let mut counts = score_counts(scores, at);
            counts.retain(|count| count.answered >= half);
            n += counts.iter().map(|count| count.respondents).sum::<i64>();
            cells.push((items, counts));
        }
        owned.push((n, cells));
    }
    let cells: Vec<(i64, Vec<stats::score::ScoreCell<'_>>)> = owned
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, cells)| {
            (
                *n,
                cells
                    .iter()
                    .map(|(items, counts)| stats::score::ScoreCell { items: *items, counts })
                    .collect(),
            )
        })
        .collect();
    let strata: Vec<_> = cells.iter().map(|(n, cells)| stats::score::ScoreStratum { n: *n, cells }).collect();
    stats::score::mean_score(&strata).map(Estimate::without_lonely)
}

fn score_counts(scores: &[Scores], at: usize) -> Vec<stats::score::ScoreCount> {
    let scores = scores.get(at).map(Vec::as_slice).unwrap_or_default();
    let counts =
        scores.iter().enumerate().skip(1).map(|(k, [respondents, sum, squares])| stats::score::ScoreCount {
            answered: i64::try_from(k).unwrap_or(i64::MAX),
            respondents: *respondents,
            sum: *sum,
            squares: *squares,
        });
    counts.collect()
}

/// How many items of a node a route asks.
pub(crate) fn asked_items(questions: &QuestionSet, variant: Variant, route: Route, at: usize) -> i64 {
    let visited = route != Route::DoneOnline;
    let items: Vec<_> = base_items(&questions.instrument).collect();
    let Some(node) = questions.base.nodes.get(at) else { return 0 };
    let asked = node.items.iter().filter_map(|i| items.get(*i));
    let count = asked.filter(|item| is_asked(&questions.instrument, variant, route, visited, item)).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Blank and not-applicable shares among what was asked, in per cent.
pub(crate) fn gaps(questions: &QuestionSet, units: &[&Combined], node: NodeRef) -> (f64, f64) {
    let mut sum = [0_i64; BINS];
    let mut add = |histogram: &[i64; BINS]| sum.iter_mut().zip(histogram).for_each(|(to, from)| *to += from);
    for unit in units {
        match node {
            NodeRef::Overall => add(&unit.overall),
            NodeRef::Item(at) => unit.whole().and_then(|t| t.listed.get(at)).into_iter().for_each(&mut add),
            NodeRef::Node(at) => {
                let items = questions.base.nodes.get(at).map(|n| n.items.as_slice()).unwrap_or_default();
                let listed = unit.whole().map(|tally| &tally.listed[..]).unwrap_or_default();
                items.iter().filter_map(|i| listed.get(*i)).for_each(&mut add);
            }
        }
    }
    gap_shares(std::iter::once(sum))
}

/// The same of some histograms together.
pub(crate) fn gap_shares(histograms: impl Iterator<Item = [i64; BINS]>) -> (f64, f64) {
    let mut sum = [0_i64; BINS];
    for histogram in histograms {
        sum.iter_mut().zip(histogram).for_each(|(to, from)| *to += from);
    }
    let asked: i64 = sum.iter().sum();
    let share = |bin: usize| if asked > 0 { 100.0 * sum[bin] as f64 / asked as f64 } else { 0.0 };
    (share(BLANK), share(NOT_APPLICABLE))
}
