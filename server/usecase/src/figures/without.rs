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
use domain::id::UnitId;
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
    let out = left_out(office, province, (table, period, release), |id| id == unit.id).await?;
    let floor = |level: &Level, (definition, node)| table.floor(unit.kind, level, definition, node);
    let all =
        |level: &Level| table.combined(level, unit.id).map(|cell| vec![(unit.id, cell)]).unwrap_or_default();
    lines_of(table, &out, all, |level, at| Floor::Peers(floor(level, at)))
}

/// The same over all units of the province together, each a stratum.
///
/// # Errors
/// As [`lines`].
pub(super) async fn lines_of_all(
    office: &Office,
    province: &Province,
    (table, period, release): (&PeriodTable, Period, i64),
) -> Result<Vec<WithoutLine>, UsecaseError> {
    let out = left_out(office, province, (table, period, release), |_| true).await?;
    let all = |level: &Level| table.units(level).map(|(id, _, cell)| (id, cell)).collect();
    lines_of(table, &out, all, |_, _| Floor::None)
}

/// The parts that are left out of a period.
async fn left_out(
    office: &Office,
    province: &Province,
    (table, period, release): (&PeriodTable, Period, i64),
    wanted: impl Fn(UnitId) -> bool,
) -> Result<Vec<FlagPart>, UsecaseError> {
    if !matches!(period, Period::Quarter(..) | Period::Year(_)) {
        return Ok(Vec::new());
    }
    // Nearly always nothing was ever left out, and then no part needs to be read.
    let decisions = office.store.decisions(province.tenant).await?;
    if !decisions.iter().any(|decision| decision.excludes && wanted(decision.part.group.unit)) {
        return Ok(Vec::new());
    }
    let parts = flag_parts(office, province.tenant, table.survey.survey.id, release).await?;
    let is_out = |part: &FlagPart| part.is_excluded() && wanted(part.key.group.unit) && lies_in(period, part);
    Ok(parts.into_iter().filter(is_out).collect())
}

fn lines_of<'a>(
    table: &'a PeriodTable,
    out: &[FlagPart],
    cells: impl Fn(&Level) -> Vec<(UnitId, &'a Combined)>,
    floor: impl Fn(&Level, (Definition, NodeRef)) -> Floor,
) -> Result<Vec<WithoutLine>, UsecaseError> {
    let mut lines = Vec::new();
    if out.is_empty() {
        return Ok(lines);
    }
    let coarse = questions_of_parts(&table.survey.questions);
    for level in table.cells.keys() {
        let here: Vec<&FlagPart> = out.iter().filter(|part| is_of(level, part)).collect();
        let cells = cells(level);
        if !(cells.is_empty() || here.is_empty()) {
            lines.push(line(table, level, (&cells, &here), &coarse, &floor)?);
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
    (cells, out): (&[(UnitId, &Combined)], &[&FlagPart]),
    coarse: &QuestionSet,
    floor: &impl Fn(&Level, (Definition, NodeRef)) -> Floor,
) -> Result<WithoutLine, UsecaseError> {
    let fine = &table.survey.questions;
    let overall_only = level.variant == Variant::Kiosk;
    let definition = if overall_only { Definition::Pooled } else { headline(table) };
    let (at, coarse_at) = if overall_only {
        (Some(NodeRef::Overall), Some(NodeRef::Overall))
    } else {
        (whole(fine), whole(coarse))
    };
    let floor = at.map_or(Floor::None, |node| floor(level, (definition, node)));
    let all: Vec<Combined> = cells.iter().map(|(_, cell)| cell.coarse(&fine.base, &coarse.base)).collect();
    let mut rest = Vec::with_capacity(all.len());
    for ((unit, _), cell) in cells.iter().zip(&all) {
        let own: Vec<&FlagPart> = out.iter().filter(|part| part.key.group.unit == *unit).copied().collect();
        rest.push(less(cell, &own, fine)?);
    }
    let k = i64::from(table.survey.survey.k);
    let reading = |cells: &[Combined]| match coarse_at {
        Some(node) => read_node(coarse, cells, (definition, node), (k, floor), level),
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
    cells: &[Combined],
    (definition, node): (Definition, NodeRef),
    (k, floor): (i64, Floor),
    level: &Level,
) -> Reading {
    let cells: Vec<&Combined> = cells.iter().collect();
    let Ok(estimate) = node::estimate(questions, &cells, definition, node) else {
        return Reading::Withheld(Withheld::TooFew);
    };
    if let (Definition::Composite, NodeRef::Node(at)) = (definition, node)
        && node::smallest_factor(questions, &cells, at).is_some_and(|n| n < k)
    {
        return Reading::Withheld(if estimate.n < k { Withheld::TooFew } else { Withheld::FactorTooFew });
    }
    read(&estimate, k, floor, None, (0.0, 0.0), level, Nobody::Withheld)
}
