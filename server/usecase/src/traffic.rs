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

    fn count(&self, arrival: Arrival) -> (bool, bool) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(arrival.touchpoint).or_default();
        let now = arrival.at.unix_timestamp();
        let day = (now + 7 * 3600).div_euclid(86_400);
        if place.day != day {
            (place.day, place.today) = (day, 0);
        }
        place.today = place.today.saturating_add(1);
        place.recent.retain(|then| now - then < WINDOW);
        let burst = place.recent.len() >= BURST;
        if !burst {
            place.recent.push(now);
        }
        (burst, place.today > BUDGET)
    }
}
