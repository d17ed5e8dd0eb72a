//! Comparisons within the same people: the two sides of a service, and the items that may be the
//! weakest.

use super::node::{Definition, NodeRef, Weighted, composite_factors};
use super::read::Wanted;
use super::table::{Level, PeriodTable};
use domain::reading::{Caveat, Reading};
use domain::report::{Gap, NodeLine, WeakestItems};
use domain::tally::Tally;
use domain::tally::layout::{DECIDING, RECEIVING, WHOLE, base_items};
use domain::unit::Unit;
use stats::share::Factor;
use stats::significance::p_value;

/// Level of the tests and of the intervals beside them.
const ALPHA: f64 = 0.05;

fn tally_of<'a>(table: &'a PeriodTable, level: &Level, unit: &Unit) -> Option<&'a Tally> {
    table.combined(level, unit.id)?.whole()
}

const fn stratum(tally: &Tally, n: i64) -> stats::Stratum<'_> {
    stats::Stratum { n, sums: tally.sums.as_slice(), products: tally.products.as_slice() }
}

fn factors(weighted: &[Weighted]) -> Vec<Factor<'_>> {
    weighted.iter().map(|(weight, atoms, _)| Factor { weight: *weight, atoms }).collect()
}

/// The part about the counter minus the part about the agency.
pub(super) fn gap(table: &PeriodTable, level: &Level, unit: &Unit) -> Option<Gap> {
    let questions = &table.survey.questions;
    let tally = tally_of(table, level, unit)?;
    let (receiving, deciding) = (questions.base.node(RECEIVING)?, questions.base.node(DECIDING)?);
    let k = i64::from(table.survey.survey.k);
    if [receiving, deciding].iter().any(|node| tally.answering(*node) < k) {
        return None;
    }
    let about_counter = composite_factors(questions, receiving)?;
    let about_agency = composite_factors(questions, deciding)?;
    let (first, second) = (factors(&about_counter), factors(&about_agency));
    let answering = tally.answering(questions.base.node(WHOLE)?);
    let difference =
        stats::share::difference(&[stratum(tally, answering)], &first, &second, &[answering]).ok()?;
    let interval = stats::interval::wald_t(&difference, 1.0 - ALPHA)?;
    Some(Gap {
        points: 100.0 * difference.est,
        low: 100.0 * interval.low,
        high: 100.0 * interval.high,
        is_distinct: p_value(&difference, 0.0).is_some_and(|p| p <= ALPHA),
    })
}

/// The core items that cannot be told from the weakest. Where the headline itself is for orientation
/// only there is nothing to claim about items.
pub(super) fn weakest(table: &PeriodTable, level: &Level, unit: &Unit) -> Option<WeakestItems> {
    let questions = &table.survey.questions;
    let whole = questions.base.node(WHOLE)?;
    let read =
        |node| Wanted { table, level, definition: Definition::Pooled, node }.of_unit(unit.id, unit.kind);
    let Reading::Figure(headline) = read(NodeRef::Node(whole)) else { return None };
    if headline.caveats.contains(&Caveat::Indicative) {
        return None;
    }
    let tally = tally_of(table, level, unit)?;
    let core = base_items(&questions.instrument).enumerate().filter(|(_, item)| item.core);
    let shown: Vec<NodeLine> = core
        .filter_map(|(_, item)| {
            let at = questions.base.item(&item.code)?;
            let reading = read(NodeRef::Item(at));
            let name = item.label.clone().unwrap_or_else(|| item.text.clone());
            reading.figure()?;
            Some(NodeLine { code: item.code.clone(), name, depth: 2, reading })
        })
        .collect();
    let atoms: Vec<usize> = shown.iter().filter_map(|line| questions.base.item(&line.code)).collect();
    if atoms.len() < 2 {
        return None;
    }
    let found = stats::weakest::weakest(&[stratum(tally, tally.n)], &atoms, ALPHA).ok()?;
    let alike = found.alike.iter().filter_map(|at| shown.get(*at).cloned()).collect();
    Some(WeakestItems { compared: atoms.len() as u64, alike })
}
