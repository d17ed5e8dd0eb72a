//! The figure without what the province has left out, beside the full one. Parts are of a quarter or a
//! year, so only these periods have it.

use super::agency::{headline, whole};
use super::node::{self, Definition, NodeRef};
use super::parts::questions_of_parts;
use super::read::{Floor, Nobody, read};
use super::table::{Combined, Level, PeriodTable};
use crate::error::UsecaseError;
use crate::exclusion::{FlagPart, flag_parts};
use crate::office::Office;
use crate::registry::{Province, QuestionSet};
use domain::period::Period;
use domain::reading::{Reading, Withheld};
use domain::report::WithoutLine;
use domain::survey::Variant;
use domain::tally::Tally;
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
    // Nearly always nothing was ever left out, and then no part needs to be read.
    let decisions = office.store.decisions(province.tenant).await?;
    if !decisions.iter().any(|decision| decision.excludes && decision.part.group.unit == unit.id) {
        return Ok(Vec::new());
    }
    let parts = flag_parts(office, province.tenant, table.survey.survey.id, release).await?;
    let out: Vec<FlagPart> = parts
        .into_iter()
        .filter(|part| part.is_excluded() && part.key.group.unit == unit.id && lies_in(period, part))
        .collect();
    let coarse = questions_of_parts(&table.survey.questions);
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
    Level::of(&part.key.group) == *level
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
    let all = full.coarse(&fine.base, &coarse.base);
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

/// What is left of a cell when parts of it are taken away.
fn less(all: &Combined, out: &[&FlagPart], fine: &QuestionSet) -> Result<Combined, UsecaseError> {
    let mut rest = all.clone();
    for part in out {
        let mut tally = Tally::unpack(&fine.part, &part.record)
            .map_err(|error| UsecaseError::Damaged(format!("a part ({error})")))?;
        tally.listed.clear();
        rest.take_out(&part.key.group, &tally);
    }
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
