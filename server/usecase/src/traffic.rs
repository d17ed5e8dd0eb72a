//! What happens at touchpoints today, in memory and nowhere else: only enough to see that many
//! answers come at once. Nothing here is about a person, and nothing of it is stored.

use crate::record::Flag;
use domain::id::TouchpointId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use time::{OffsetDateTime, UtcOffset};

/// Seconds of the window of a burst.
const WINDOW: i64 = 600;
/// Answers within [`WINDOW`] from which on the next ones are marked.
const BURST: usize = 12;
/// Answers of a day from which on the next ones are marked; they are taken all the same, so that a
/// vandal cannot silence a counter.
const BUDGET: u32 = 300;
/// First and last hour at which counters are open, local time.
const HOURS: std::ops::Range<u8> = 6..19;

#[derive(Debug, Default)]
struct Place {
    recent: Vec<i64>,
    day: i64,
    today: u32,
    /// Days that have to fit into this one, because a tablet was without a network for so long.
    days: u32,
}

/// Counts by touchpoint.
#[derive(Debug, Default)]
pub struct Traffic(Mutex<HashMap<TouchpointId, Place>>);

/// What is known of an answer besides its content.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// When.
    pub at: OffsetDateTime,
    /// Seconds since the form was handed out.
    pub age: u64,
    /// Questions answered.
    pub answered: usize,
    /// Whether at least eight items were answered, all alike.
    pub all_alike: bool,
    /// Whether the place is open at certain hours only (a counter's poster or kiosk).
    pub has_hours: bool,
}

impl Traffic {
    /// Counts an arrival and gives its flag: the first that applies.
    pub fn flag(&self, arrival: Arrival) -> Flag {
        let (burst, over) = self.count(arrival);
        let local = arrival.at.to_offset(UtcOffset::from_hms(7, 0, 0).unwrap_or(UtcOffset::UTC));
        // Two seconds an answer is what a practised reader needs (reference README, `speeding`).
        if arrival.answered > 1 && arrival.age < 2 * arrival.answered as u64 {
            Flag::TooFast
        } else if burst {
            Flag::Burst
        } else if over {
            Flag::OverBudget
        } else if arrival.has_hours && !HOURS.contains(&local.hour()) {
            Flag::OutsideHours
        } else if arrival.all_alike {
            Flag::StraightLine
        } else {
            Flag::None
        }
    }

    /// Counts an answer that waited on a tablet for up to so many days, and gives its flag. When it comes says
    /// nothing of when it was given: it is no burst, not too fast and at no hour.
    pub fn flag_queued(&self, touchpoint: TouchpointId, at: OffsetDateTime, days: u32) -> Flag {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(touchpoint).or_default();
        if place.count_day(at.unix_timestamp(), days) { Flag::OverBudget } else { Flag::None }
    }

    fn count(&self, arrival: Arrival) -> (bool, bool) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(arrival.touchpoint).or_default();
        let now = arrival.at.unix_timestamp();
        let over = place.count_day(now, 1);
        place.recent.retain(|then| now - then < WINDOW);
        let burst = place.recent.len() >= BURST;
        if !burst {
            place.recent.push(now);
        }
        (burst, over)
    }
}

impl Place {
    /// Counts one of today, and says whether it is over the budget of the days that today has to hold.
    fn count_day(&mut self, now: i64, days: u32) -> bool {
        let day = (now + 7 * 3600).div_euclid(86_400);
        if self.day != day {
            (self.day, self.today, self.days) = (day, 0, 1);
        }
        self.today = self.today.saturating_add(1);
        self.days = self.days.max(days);
        self.today > BUDGET.saturating_mul(self.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOON: OffsetDateTime = datetime!(2026-10-06 05:00 UTC);
    const PLACE: TouchpointId = TouchpointId::from_bytes([1; 16]);

    #[test]
    fn what_waited_on_a_tablet_is_no_burst_and_at_no_hour() {
        let traffic = Traffic::default();
        let midnight = datetime!(2026-10-06 17:30 UTC);
        for n in 0..200 {
            assert_eq!(traffic.flag_queued(PLACE, midnight, 1), Flag::None, "answer {n}");
        }
        let live = Arrival {
            touchpoint: PLACE,
            at: NOON,
            age: u64::MAX,
            answered: 1,
            all_alike: false,
            has_hours: true,
        };
        assert_eq!(traffic.flag(live), Flag::None, "a queue makes nobody else a burst");
    }

    #[test]
    fn a_queue_of_several_days_has_the_budget_of_several_days() {
        let traffic = Traffic::default();
        let flags: Vec<Flag> = (0..=3 * BUDGET).map(|_| traffic.flag_queued(PLACE, NOON, 3)).collect();
        assert!(flags[..3 * BUDGET as usize].iter().all(|flag| *flag == Flag::None));
        assert_eq!(flags.last(), Some(&Flag::OverBudget));
        // The next piece of the same queue finds the tablet just heard of.
        let traffic = Traffic::default();
        let first = (0..BUDGET).map(|_| traffic.flag_queued(PLACE, NOON, 3)).all(|flag| flag == Flag::None);
        let second = (0..BUDGET).map(|_| traffic.flag_queued(PLACE, NOON, 1)).all(|flag| flag == Flag::None);
        assert!(first && second);
    }
}
