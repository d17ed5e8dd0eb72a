//! A counter's view (`?as=receiving`): the sum of the parts that carry its name in the family
//! *receiving counter*, whoever decided, with its coverage (architecture.md, "Which cells exist").

use super::breakdown::wanted;
use super::parts::{level_of, shape_of_parts, sums_of};
use super::setting::Chosen;
use super::table::{Combined, Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::office::Office;
use crate::registry::Province;
use domain::family::{Family, dimension};
use domain::id::UnitId;
use domain::report::Received;
use domain::scope::Scope;
use domain::survey::{Group, Route};
use domain::unit::{Unit, UnitKind};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Every unit as a place of reception.
pub(super) struct Reception {
    /// Its cells.
    pub table: Arc<PeriodTable>,
    divided: BTreeMap<Level, u64>,
    all: Arc<PeriodTable>,
}

impl Reception {
    /// What the view of a unit covers at a level.
    pub fn coverage(&self, level: &Level, unit: UnitId) -> Received {
        let all = self.all.cells.get(level).into_iter().flatten();
        Received {
            people: self.table.combined(level, unit).map_or(0, Combined::people),
            divided: self.divided.get(level).copied().unwrap_or(0),
            everybody: all.map(|(_, cell)| cell.people()).sum(),
        }
    }
}

/// Reads the parts of all counters.
pub(super) async fn read_reception(
    office: &Office,
    province: &Province,
    chosen: &Chosen,
) -> Result<Reception, UsecaseError> {
    let dimension = dimension(Family::ReceivingCounter, false);
    let scope = Scope::of_the_office(province.tenant);
    let mut cells = Vec::new();
    let mut divided: BTreeMap<Level, u64> = BTreeMap::new();
    let counters = counters(province);
    for part in office.store.parts(&scope, wanted(chosen, Some(&dimension))).await? {
        if part.group.route == Route::NotDone {
            continue;
        }
        *divided.entry(level_of(&part)).or_default() += part.n.unsigned_abs();
        let Some(above) = counters.get(&part.band) else { continue };
        let tally = sums_of(&chosen.survey, &part)?;
        for unit in above {
            cells.push(Ok((Group { unit: *unit, ..part.group.clone() }, tally.clone())));
        }
    }
    let shape = shape_of_parts(&chosen.survey);
    let table = Arc::new(PeriodTable::of::<UsecaseError>(&shape, province, cells)?);
    let number = chosen.release.as_ref().map_or(0, |release| release.number);
    let all = load(office, province, &chosen.survey, chosen.period, number).await?;
    Ok(Reception { table, divided, all })
}

/// By the name of a part: the counter, and everything above it below the province.
fn counters(province: &Province) -> HashMap<String, Vec<UnitId>> {
    let above = |unit: &Unit| {
        let mut chain = vec![unit.id];
        let mut at = unit.parent;
        while let Some(parent) = at.and_then(|id| province.unit(id)) {
            if parent.kind == UnitKind::Province || chain.contains(&parent.id) {
                break;
            }
            chain.push(parent.id);
            at = parent.parent;
        }
        chain
    };
    province.units().map(|unit| (hexadecimal(unit.id.as_bytes()), above(unit))).collect()
}
