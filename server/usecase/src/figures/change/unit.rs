//! What changed of one unit: its headline, and the nodes below it.

use super::super::bands::{ALPHA, headline_of};
use super::super::node::{Definition, NodeRef};
use super::super::setting::Chosen;
use super::super::table::Level;
use super::{Before, Pair, compared_spans, headline_changes};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::period::{Month, Period};
use domain::report::change::Changes;
use domain::report::{Comparison, NodeChange, NodeLine};
use domain::unit::Unit;
use stats::bands::bands;

/// The changes that the page of a unit shows; `nodes` are its nodes, the headline included.
pub(in super::super) async fn changes_of_unit(
    office: &Office,
    province: &Province,
    chosen: &Chosen,
    (unit, level): (&Unit, &Level),
    nodes: &[NodeLine],
) -> Result<Changes, UsecaseError> {
    let mut changes = Changes::default();
    if let Some(spans) = compared_spans(chosen.period, chosen) {
        let before = Before::read(office, province, chosen, spans).await?;
        changes.same_months = comparison(&before, province, unit, level);
        changes.nodes = node_changes(&before, unit, level, nodes);
    }
    let rolling = Period::Twelve(Month::of(office.today()));
    if rolling != chosen.period
        && let Some(spans) = compared_spans(rolling, chosen)
    {
        let before = Before::read(office, province, chosen, spans).await?;
        changes.rolling = comparison(&before, province, unit, level);
    }
    Ok(changes)
}

/// The word is the one that the province page says: from all units that can be compared.
fn comparison(before: &Before, province: &Province, unit: &Unit, level: &Level) -> Option<Comparison> {
    let wanted = before.now.table().and_then(|table| headline_of(table, level))?;
    // Judging all units takes as long as a page of the whole province: only where there is something to say.
    let own = Pair::of(before, level, wanted, (unit.id, unit.kind));
    let all = own.map(|_| headline_changes(before, level, province.units())).unwrap_or_default();
    let reading = |spanned: &super::Spanned| spanned.reading(level, wanted, (unit.id, unit.kind));
    Some(Comparison {
        now: (before.now.span, reading(&before.now)),
        then: (before.then.span, reading(&before.then)),
        change: all.get(&unit.id).copied(),
        together: all.len(),
    })
}

/// The nodes below the headline, all claims of one unit judged together.
fn node_changes(before: &Before, unit: &Unit, level: &Level, nodes: &[NodeLine]) -> Vec<NodeChange> {
    let Some(questions) = before.now.table().map(|table| table.survey.questions.clone()) else {
        return Vec::new();
    };
    let at: (UnitId, _) = (unit.id, unit.kind);
    let wanted = |line: &NodeLine| {
        let factor = questions.base.node(&line.code).map(NodeRef::Node);
        let node = factor.or_else(|| questions.base.item(&line.code).map(NodeRef::Item))?;
        Some((Definition::Pooled, node))
    };
    let lines: Vec<(&NodeLine, (Definition, NodeRef))> =
        nodes.iter().filter(|line| line.depth > 0).filter_map(|line| Some((line, wanted(line)?))).collect();
    let pairs: Vec<Option<Pair>> =
        lines.iter().map(|(_, wanted)| Pair::of(before, level, *wanted, at)).collect();
    let evidence: Vec<_> = pairs.iter().flatten().map(Pair::evidence).collect();
    let mut verdicts = bands(&evidence, ALPHA).into_iter();
    let change = |((line, wanted), pair): (&(&NodeLine, _), &Option<Pair>)| NodeChange {
        code: line.code.clone(),
        name: line.name.clone(),
        depth: line.depth,
        readings: (before.then.reading(level, *wanted, at), before.now.reading(level, *wanted, at)),
        change: pair.as_ref().and_then(|pair| pair.change(verdicts.next()?)),
    };
    lines.iter().zip(&pairs).map(change).collect()
}
