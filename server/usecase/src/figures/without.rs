//! The figure without what the province has left out, beside the full one. Parts are of a quarter or a
//! year, so only these periods have it.

use super::agency::{headline, whole};
use super::node::{self, Definition, NodeRef};
use super::read::{Floor, Nobody, read};
use super::table::{Combined, Level, PeriodTable};
use crate::error::UsecaseError;
use crate::exclusion::{FlagPart, flag_parts};
use crate::office::Office;
use crate::registry::{Province, QuestionSet};
use domain::period::Period;
use domain::reading::{Reading, Withheld};
use domain::report::WithoutLine;
use domain::survey::{Mode, Route, Variant};
use domain::tally::{Layout, Tally};
use domain::unit::Unit;

/// For each level of a unit from which something is left out: the full figure and the one without.
///
/// # Errors
/// Where the database is away or a part is damaged.
pub(super) async fn lines(
    office: &Office,
    province: &Province,
    (table, period, release): (&PeriodTable, Period, i64),
    unit: &Unit,
) -> Result<Vec<WithoutLine>, UsecaseError> {
    if !matches!(period, Period::Quarter(..) | Period::Year(_)) {
        return Ok(Vec::new());
    }
    let parts = flag_parts(office, province.tenant, table.survey.survey.id, release).await?;
    let out: Vec<FlagPart> = parts
        .into_iter()
        .filter(|part| part.is_excluded() && part.key.group.unit == unit.id && lies_in(period, part))
        .collect();
    let coarse = coarse_questions(&table.survey.questions);
    let mut lines = Vec::new();
    for level in table.cells.keys() {
        let here: Vec<&FlagPart> = out.iter().filter(|part| is_of(level, part)).collect();
        if let (Some(full), false) = (table.combined(level, unit.id), here.is_empty()) {
            lines.push(line(table, level, unit, (full, &here), &coarse)?);
        }
    }
    Ok(lines)
}

fn lies_in(period: Period, part: &FlagPart) -> bool {
    let (first, last) = period.months();
    first.number() <= part.key.months.0 && part.key.months.1 <= last.number()
}

fn is_of(level: &Level, part: &FlagPart) -> bool {
    let group = &part.key.group;
    let mixture = match &group.mode {
        Mode::Mixture(name) => Some(name),
        _ => None,
    };
    group.trust == level.trust && group.variant == level.variant && mixture == level.mixture.as_ref()
}

/// The question set seen as parts see it: blocks of items instead of items.
fn coarse_questions(questions: &QuestionSet) -> QuestionSet {
    let part = questions.part.clone();
    // Branch items have histograms in parts and none here.
    let base = Layout { listed: Vec::new(), ..part.clone() };
    QuestionSet { instrument: questions.instrument.clone(), base, part }
}

fn line(
    table: &PeriodTable,
    level: &Level,
    unit: &Unit,
    (full, out): (&Combined, &[&FlagPart]),
    coarse: &QuestionSet,
) -> Result<WithoutLine, UsecaseError> {
    let fine = &table.survey.questions;
    let overall_only = level.variant == Variant::Kiosk;
    let definition = if overall_only { Definition::Pooled } else { headline(table) };
    let (at, coarse_at) = if overall_only {
        (Some(NodeRef::Overall), Some(NodeRef::Overall))
    } else {
        (whole(fine), whole(coarse))
    };
    let floor = at.and_then(|node| table.floor(unit.kind, level, definition, node));
    let all = seen_coarsely(full, fine, coarse);
    let rest = less(&all, out, fine)?;
    let k = i64::from(table.survey.survey.k);
    let reading = |combined: &Combined| match coarse_at {
        Some(node) => read_node(coarse, combined, (definition, node), (k, Floor::Peers(floor)), level),
        None => Reading::Withheld(Withheld::NotAsked),
    };
    Ok(WithoutLine {
        trust: level.trust,
        full: reading(&all),
        without: reading(&rest),
        excluded: out.iter().map(|part| part.n.unsigned_abs()).sum(),
    })
}

fn seen_coarsely(full: &Combined, fine: &QuestionSet, coarse: &QuestionSet) -> Combined {
    let done = full.done.iter().map(|(route, tally)| (*route, tally.coarse(&fine.base, &coarse.base)));
    Combined { done: done.collect(), ..full.clone() }
}

/// What is left of a cell when parts of it are taken away.
fn less(all: &Combined, out: &[&FlagPart], fine: &QuestionSet) -> Result<Combined, UsecaseError> {
    let mut rest = all.clone();
    for part in out {
        let group = &part.key.group;
        let mut tally = Tally::unpack(&fine.part, &part.record)
            .map_err(|error| UsecaseError::Damaged(format!("a part ({error})")))?;
        tally.listed.clear();
        let overall = if group.route == Route::NotDone { &mut rest.not_done } else { &mut rest.overall };
        for (left, gone) in overall.iter_mut().zip(tally.overall) {
            *left -= gone;
        }
        if let Some(cell) = rest.done.get_mut(&group.route) {
            *cell -= &tally;
        }
        if let Some(people) = rest.modes.get_mut(&group.mode) {
            *people -= part.n;
        }
    }
    rest.done.retain(|_, tally| tally.n > 0);
    Ok(rest)
}

fn read_node(
    questions: &QuestionSet,
    combined: &Combined,
    (definition, node): (Definition, NodeRef),
    (k, floor): (i64, Floor),
    level: &Level,
) -> Reading {
    let Ok(estimate) = node::estimate(questions, &[combined], definition, node) else {
        return Reading::Withheld(Withheld::TooFew);
    };
    if let (Definition::Composite, NodeRef::Node(at)) = (definition, node)
        && node::smallest_factor(questions, &[combined], at).is_some_and(|n| n < k)
    {
        return Reading::Withheld(if estimate.n < k { Withheld::TooFew } else { Withheld::FactorTooFew });
    }
    read(&estimate, k, floor, None, (0.0, 0.0), level, Nobody::Withheld)
}
