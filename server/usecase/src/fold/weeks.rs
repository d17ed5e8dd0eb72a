//! Answers of each touchpoint by week. The inbox knows no time: what is new since the last look is what
//! came since then. Exact numbers stay sealed; of a week that is over only tens are written down.

use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::office::Office;
use crate::record::RecordError;
use crate::registry::Province;
use domain::id::{Tenant, TouchpointId};
use std::collections::BTreeMap;
use store::touchpoint_week::TouchpointWeek;
use time::{Date, Duration};

const VERSION: u8 = 1;
const HEAD: usize = 1 + 4 + 1 + 4;
const ROW: usize = 16 + 4 + 4;
/// Records grow in steps, so that a size says nothing of a single place.
const STEP: usize = 4_096;

/// Why the inbox is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// What is there and was not there before has arrived.
    Arrivals,
    /// A run has just moved answers out: only the ground from which the next look counts changes.
    AfterRun,
}

/// How the running week stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    /// Its Monday.
    week: Date,
    /// Whether it was counted from its Monday on.
    whole: bool,
    /// Waiting at the last look, and received in the week.
    counts: BTreeMap<TouchpointId, (u32, u32)>,
}

/// The Monday of a day's week.
#[must_use]
pub fn monday_of(day: Date) -> Date {
    day - Duration::days(i64::from(day.weekday().number_days_from_monday()))
}

impl Standing {
    const fn beginning(day: Date, monday: Date) -> Self {
        Self { week: monday, whole: day.ordinal() == monday.ordinal(), counts: BTreeMap::new() }
    }

    /// Takes in what waits now, and gives the weeks that are over.
    fn look(&mut self, waiting: &BTreeMap<TouchpointId, u32>, look: Look) {
        let known: Vec<TouchpointId> = self.counts.keys().chain(waiting.keys()).copied().collect();
        for id in known {
            let now = waiting.get(&id).copied().unwrap_or(0);
            let (before, received) = self.counts.entry(id).or_default();
            if look == Look::Arrivals {
                *received = received.saturating_add(now.saturating_sub(*before));
            }
            *before = now;
        }
    }

    /// Begins the week of a day where that is a later one; what was received in the week before.
    fn turn(&mut self, day: Date) -> Option<(Date, BTreeMap<TouchpointId, u32>)> {
        let monday = monday_of(day);
        if monday <= self.week {
            return None;
        }
        let ended = (self.week, self.counts.iter().map(|(id, (_, received))| (*id, *received)).collect());
        let was_whole = self.whole;
        // While nothing counts, nothing arrives either; but a week in which the office was shut is not one.
        self.whole = monday == self.week + Duration::weeks(1) || monday == day;
        self.week = monday;
        for (_, received) in self.counts.values_mut() {
            *received = 0;
        }
        was_whole.then_some(ended)
    }

    fn encode(&self) -> Vec<u8> {
        let day = u32::try_from(store::cell::day_number(self.week)).unwrap_or(0);
        let count = u32::try_from(self.counts.len()).unwrap_or(0);
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&day.to_le_bytes());
        bytes.push(u8::from(self.whole));
        bytes.extend_from_slice(&count.to_le_bytes());
        for (id, (waiting, received)) in &self.counts {
            bytes.extend_from_slice(id.as_bytes());
            bytes.extend_from_slice(&waiting.to_le_bytes());
            bytes.extend_from_slice(&received.to_le_bytes());
        }
        bytes.resize(bytes.len().div_ceil(STEP) * STEP, 0);
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let four = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let (day, count) = (four(1)?, usize::try_from(four(6)?).ok()?);
        let month = u8::try_from(day / 100 % 100).ok().and_then(|month| time::Month::try_from(month).ok())?;
        let week =
            Date::from_calendar_date(i32::try_from(day / 10_000).ok()?, month, u8::try_from(day % 100).ok()?);
        let mut counts = BTreeMap::new();
        for row in 0..count {
            let at = HEAD + row * ROW;
            let id = TouchpointId::from_slice(bytes.get(at..at + 16)?).ok()?;
            counts.insert(id, (four(at + 16)?, four(at + 20)?));
        }
        (bytes.first() == Some(&VERSION)).then_some(Self { week: week.ok()?, whole: bytes[5] == 1, counts })
    }
}

fn about(tenant: Tenant) -> Vec<u8> {
    [tenant.as_str().as_bytes(), b"touchpoints"].concat()
}

/// Takes a look at what waits by touchpoint, as of a day.
pub(super) async fn note(
    office: &Office,
    province: &Province,
    (day, look): (Date, Look),
    waiting: &BTreeMap<TouchpointId, u32>,
) -> Result<(), UsecaseError> {
    let (tenant, about) = (province.tenant, about(province.tenant));
    let old = office.store.touchpoint_count(tenant).await?;
    let mut standing = match &old {
        None => Standing::beginning(day, monday_of(day)),
        Some(record) => {
            let plain = office.keys.unseal(Purpose::Count, record, &about)?;
            Standing::decode(&plain).ok_or(RecordError::Damaged)?
        }
    };
    // What waits at the very first look came before anybody counted.
    standing.look(waiting, if old.is_none() { Look::AfterRun } else { look });
    let ended = standing.turn(day).map(|ended| weeks_of(province, ended)).unwrap_or_default();
    let fresh = office.keys.seal(Purpose::Count, &standing.encode(), &about, &office.chance);
    // Another process that was here has counted the same; the next look counts from its ground.
    office.store.put_touchpoint_count(tenant, (old.as_deref(), &fresh), &ended).await?;
    Ok(())
}

/// A week's rows: every place in use, and every other that received something.
fn weeks_of(
    province: &Province,
    (week, received): (Date, BTreeMap<TouchpointId, u32>),
) -> Vec<TouchpointWeek> {
    let counts = |id: &TouchpointId| received.get(id).copied().unwrap_or(0);
    let here = province.touchpoints().filter(|t| !t.revoked || counts(&t.id) > 0);
    here.map(|t| TouchpointWeek { touchpoint: t.id, week, tens: i64::from(counts(&t.id) / 10 * 10) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn waiting(n: u32) -> BTreeMap<TouchpointId, u32> {
        BTreeMap::from([(TouchpointId::from_bytes([7; 16]), n)])
    }

    #[test]
    fn what_arrives_counts_whatever_runs_take_away() {
        let mut standing = Standing::beginning(date!(2026 - 10 - 05), date!(2026 - 10 - 05));
        assert!(standing.whole, "a Monday begins a whole week");
        for (n, look) in [
            (4, Look::Arrivals),
            (9, Look::Arrivals),
            (0, Look::AfterRun),
            (6, Look::Arrivals),
            (2, Look::Arrivals),
            (3, Look::Arrivals),
        ] {
            standing.look(&waiting(n), look);
        }
        assert_eq!(standing.turn(date!(2026 - 10 - 11)), None, "Sunday");
        let (week, received) = standing.turn(date!(2026 - 10 - 12)).expect("a week is over");
        assert_eq!((week, received.values().copied().collect::<Vec<_>>()), (date!(2026 - 10 - 05), vec![16]));
        assert_eq!(standing.turn(date!(2026 - 10 - 12)), None, "once");
        let (_, received) = standing.turn(date!(2026 - 10 - 20)).expect("the next");
        assert_eq!(received.values().sum::<u32>(), 0);
    }

    #[test]
    fn a_week_that_was_not_counted_from_its_monday_is_never_written_down() {
        let mut standing = Standing::beginning(date!(2026 - 10 - 08), date!(2026 - 10 - 05));
        assert_eq!(standing.turn(date!(2026 - 10 - 12)), None);
        assert!(standing.turn(date!(2026 - 10 - 19)).is_some());
        assert!(standing.turn(date!(2026 - 11 - 11)).is_some(), "it ended before the office shut");
        assert_eq!(standing.turn(date!(2026 - 11 - 16)), None, "and that one began on a Wednesday");
    }

    #[test]
    fn a_clock_that_goes_back_ends_no_week() {
        let mut standing = Standing::beginning(date!(2026 - 10 - 12), date!(2026 - 10 - 12));
        assert_eq!(standing.turn(date!(2026 - 10 - 01)), None);
        assert_eq!(standing.week, date!(2026 - 10 - 12));
    }

    #[test]
    fn a_standing_comes_back_and_its_size_goes_in_steps() {
        let mut standing = Standing::beginning(date!(2026 - 10 - 08), date!(2026 - 10 - 05));
        standing.look(&waiting(12), Look::Arrivals);
        let bytes = standing.encode();
        assert_eq!(bytes.len(), STEP);
        assert_eq!(Standing::decode(&bytes), Some(standing));
        assert_eq!(Standing::decode(&bytes[..20]), None);
    }
}
