//! A unit among those before and after it: their names, and its headline together with units that went
//! into it whole. A series over a division does not exist, because nobody knows whose answers it would hold.

use super::agency::{headline, whole};
use super::node::NodeRef;
use super::read::Wanted;
use super::setting::named;
use super::table::{Level, PeriodTable};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, RunningSurvey};
use domain::id::UnitId;
use domain::period::Month;
use domain::reading::{Reading, Withheld};
use domain::report::{Tenure, TrustLine, UnitName};
use domain::scope::Scope;
use domain::succession::{Share, Succession};
use domain::survey::Variant;
use domain::unit::Unit;
use store::tally::ALL;
use time::Date;

/// Who came before and after, as far as it has happened by today.
pub(super) fn tenure(
    (province, scope, today): (&Province, &Scope, Date),
    unit: &Unit,
    (table, level): (&PeriodTable, &Level),
) -> Tenure {
    let happened = |one: &&Succession| one.effective_on <= today;
    let names = |ids: Vec<UnitId>| -> Vec<UnitName> {
        let units = ids.into_iter().filter_map(|id| province.unit(id));
        units.map(|unit| named(province, unit, scope, today)).collect()
    };
    let from = |share| {
        let before = province.predecessors(unit.id).iter().filter(happened);
        names(before.filter(|one| one.share == share).map(|one| one.old).collect())
    };
    Tenure {
        ended_on: unit.ends_on().filter(|last| *last < today),
        followed_by: names(province.successors(unit.id).iter().filter(happened).map(|one| one.new).collect()),
        whole_from: from(Share::Whole),
        part_from: from(Share::Part),
        together: together(province, unit, (table, level)),
    }
}

fn together(province: &Province, unit: &Unit, (table, level): (&PeriodTable, &Level)) -> Option<TrustLine> {
    let inside = province.lineage().merged(unit.id);
    let has_cells = |id: &UnitId| *id != unit.id && table.combined(level, *id).is_some();
    if !inside.iter().any(has_cells) {
        return None;
    }
    let overall_only = level.variant == Variant::Kiosk;
    let node = if overall_only { Some(NodeRef::Overall) } else { whole(&table.survey.questions) };
    let reading = node.map(|node| {
        let wanted = Wanted { table, level, definition: headline(table), node };
        wanted.of_units(|id| inside.contains(id))
    });
    Some(TrustLine {
        trust: level.trust,
        mixture: level.mixture.clone(),
        headline: reading.unwrap_or(Reading::Withheld(Withheld::NotAsked)),
        overall_only,
        response: None,
    })
}

/// The months up to a release in which a unit that has ended has figures; `None` where it has not ended.
pub(super) async fn months_of_the_ended(
    office: &Office,
    province: &Province,
    (survey, unit): (&RunningSurvey, Option<UnitId>),
    release: i64,
) -> Result<Option<Vec<Month>>, UsecaseError> {
    let unit = unit.and_then(|id| province.unit(id));
    let Some(unit) = unit.filter(|unit| unit.ends_on().is_some_and(|last| last < office.today())) else {
        return Ok(None);
    };
    let increments = office.store.increments(province.tenant, survey.survey.id).await?;
    let own = increments.iter().filter(|one| one.group.unit == unit.id && one.dimension == ALL);
    let own = own.filter(|one| one.release <= release);
    let mut months: Vec<Month> = own.filter_map(|one| Month::from_number(one.months.0)).collect();
    months.sort_unstable();
    months.dedup();
    Ok(Some(months).filter(|months| !months.is_empty()))
}
