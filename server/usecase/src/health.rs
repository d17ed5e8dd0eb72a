//! How the touchpoints do: answers of finished weeks in tens, beside the dossiers of their place, the
//! version of the poster and the last look at it; and the counters from which nothing is heard.

use crate::error::UsecaseError;
use crate::fold::monday_of;
use crate::office::Office;
use crate::registry::Province;
use crate::touchpoints::has_newer;
use domain::id::{TouchpointId, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use domain::touchpoint::Touchpoint;
use std::collections::BTreeMap;
use store::touchpoint::PosterCheck;
use time::{Date, Duration};

/// Most weeks that are looked at.
pub const MOST_WEEKS: u8 = 12;
/// Weeks of silence that are looked for where nobody says otherwise.
pub const USUAL_WEEKS: u8 = 4;
/// Months in which the newest known dossiers are looked for.
const MONTHS: i32 = 12;

/// Dossiers of a place in the newest month of which anything is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// The month.
    pub month: Month,
    /// Closed dossiers.
    pub closed: i64,
}

/// A touchpoint in use.
#[derive(Debug, Clone)]
pub struct Pulse {
    /// The touchpoint.
    pub touchpoint: Touchpoint,
    /// Whether a newer sheet hangs at the same place.
    pub outdated: bool,
    /// The newest look at it.
    pub check: Option<PosterCheck>,
    /// Tens of each week, as [`Health::weeks`]; `None` where it was not counted yet.
    pub tens: Vec<Option<i64>>,
    /// Dossiers of its place.
    pub load: Option<Load>,
}

/// A counter from which nothing is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent {
    /// The counter.
    pub unit: UnitId,
    /// What it closes.
    pub load: Load,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Health {
    /// Mondays of the finished weeks that were counted, the newest first; at most as many as asked for.
    pub weeks: Vec<Date>,
    /// Touchpoints in use, in official order.
    pub pulses: Vec<Pulse>,
    /// Counters with dossiers and fewer than ten answers a week at each of their touchpoints in all these
    /// weeks, the largest first. Empty until so many weeks were counted.
    pub silent: Vec<Silent>,
}

/// How the touchpoints did in so many finished weeks.
///
/// # Errors
/// Where the database is away.
pub async fn health(
    office: &Office,
    province: &Province,
    scope: &Scope,
    asked: u8,
) -> Result<Health, UsecaseError> {
    let this_week = monday_of(office.today());
    let since = this_week - Duration::weeks(i64::from(asked));
    let rows = office.store.touchpoint_weeks(province.tenant, since).await?;
    let mut weeks: Vec<Date> = rows.iter().map(|row| row.week).filter(|week| *week < this_week).collect();
    weeks.dedup();
    let tens: BTreeMap<(TouchpointId, Date), i64> =
        rows.iter().map(|row| ((row.touchpoint, row.week), row.tens)).collect();
    let month = Month::of(office.today());
    let checks = office.store.checks_since(province.tenant, month.plus(1 - MONTHS)).await?;
    let loads = loads(office, province, scope).await?;
    let place = |unit: UnitId| province.unit(unit).map_or(u32::MAX, |unit| unit.ordinal);
    let mut in_use: Vec<&Touchpoint> = province.touchpoints().filter(|t| !t.revoked).collect();
    in_use.sort_by_key(|t| (place(t.unit), t.token.to_string()));
    let pulse = |t: &&Touchpoint| Pulse {
        touchpoint: (*t).clone(),
        outdated: has_newer(province, t),
        check: checks.iter().find(|check| check.touchpoint == t.id).cloned(),
        tens: weeks.iter().map(|week| tens.get(&(t.id, *week)).copied()).collect(),
        load: loads.get(&t.unit).copied(),
    };
    let pulses: Vec<Pulse> = in_use.iter().map(pulse).collect();
    let silent = if weeks.len() < usize::from(asked) { Vec::new() } else { silent(&pulses) };
    Ok(Health { weeks, pulses, silent })
}

/// Every touchpoint of the counter was counted in every week, and none came to ten in any.
fn silent(pulses: &[Pulse]) -> Vec<Silent> {
    let mut quiet: BTreeMap<UnitId, (bool, Option<Load>)> = BTreeMap::new();
    for pulse in pulses {
        let here = quiet.entry(pulse.touchpoint.unit).or_insert((true, pulse.load));
        here.0 &= pulse.tens.iter().all(|tens| *tens == Some(0));
    }
    let found = quiet.into_iter().filter_map(|(unit, (quiet, load))| {
        load.filter(|load| quiet && load.closed > 0).map(|load| Silent { unit, load })
    });
    let mut found: Vec<Silent> = found.collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.load.closed));
    found
}

/// Dossiers by place: those that it received; where nobody said who received, those of its committee.
async fn loads(
    office: &Office,
    province: &Province,
    scope: &Scope,
) -> Result<BTreeMap<UnitId, Load>, UsecaseError> {
    let month = Month::of(office.today());
    let volumes = office.store.volumes(scope, month.plus(1 - MONTHS), month).await?;
    let (mut received, mut decided) = (BTreeMap::new(), BTreeMap::new());
    for volume in volumes {
        let closed = volume.dossiers.closed;
        match volume.receiving {
            Some(unit) => *received.entry((unit, volume.month)).or_insert(0) += closed,
            None => *decided.entry((volume.unit, volume.month)).or_insert(0) += closed,
        }
    }
    let newest = |of: &BTreeMap<(UnitId, Month), i64>, unit: UnitId| {
        let here = of.iter().filter(|((place, _), _)| *place == unit);
        here.max_by_key(|((_, month), _)| *month)
            .map(|((_, month), closed)| Load { month: *month, closed: *closed })
    };
    let mut loads = BTreeMap::new();
    for touchpoint in province.touchpoints().filter(|t| !t.revoked) {
        let unit = touchpoint.unit;
        let committee = province.committee(unit).map(|committee| committee.id);
        let load = newest(&received, unit)
            .or_else(|| committee.and_then(|id| newest(&decided, id).or_else(|| newest(&received, id))));
        loads.extend(load.map(|load| (unit, load)));
    }
    Ok(loads)
}
