//! The calendar of runs: Mondays and the first of each month, 00:30 local time.

use domain::period::Month;
use domain::survey::Trust;
use time::{Date, OffsetDateTime, Weekday};

/// Minutes after local midnight at which a run is due.
const DUE_MINUTE: i64 = 30;

/// A night's run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Night {
    /// The day.
    pub day: Date,
    /// Answers count in the month of the day before.
    pub counted_in: Month,
    /// Fakeable levels fold only now: a handful of answers of one's own is then drowned in a month.
    pub first_of_month: bool,
    /// The quarter that ended yesterday is cut.
    pub quarter_ends: bool,
    /// The year that ended yesterday is cut.
    pub year_ends: bool,
}

impl Night {
    /// The run of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let first = day.day() == 1;
        let before = day.previous_day().unwrap_or(day);
        let counted_in = Month::of(before);
        Self {
            day,
            counted_in,
            first_of_month: first,
            quarter_ends: first && counted_in.month() % 3 == 0,
            year_ends: first && counted_in.month() == 12,
        }
    }

    /// Whether groups of a level of trust are due.
    #[must_use]
    pub const fn folds(&self, trust: Trust) -> bool {
        !trust.is_fakeable() || self.first_of_month
    }
}

/// Whether a run is scheduled for a day.
#[must_use]
pub fn is_scheduled(day: Date) -> bool {
    day.weekday() == Weekday::Monday || day.day() == 1
}

/// The runs after one day, through another, oldest first. Each is executed once, dated as scheduled.
#[must_use]
pub fn nights_between(after: Date, through: Date) -> Vec<Night> {
    let mut nights = Vec::new();
    let mut day = after;
    while let Some(next) = day.next_day().filter(|next| *next <= through) {
        if is_scheduled(next) {
            nights.push(Night::of(next));
        }
        day = next;
    }
    nights
}

/// The last day whose run is due at an instant.
#[must_use]
pub fn due_through(now: OffsetDateTime) -> Date {
    domain::period::local_day(now - time::Duration::minutes(DUE_MINUTE))
}

/// The next scheduled day after one.
#[must_use]
pub fn next_after(day: Date) -> Option<Date> {
    nights_between(day, day + time::Duration::days(7)).first().map(|night| night.day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn runs_are_mondays_and_firsts() {
        let days: Vec<Date> =
            nights_between(date!(2026 - 09 - 28), date!(2026 - 10 - 12)).iter().map(|n| n.day).collect();
        assert_eq!(days, [date!(2026 - 10 - 01), date!(2026 - 10 - 05), date!(2026 - 10 - 12)]);
    }

    #[test]
    fn a_first_counts_in_the_month_before_and_ends_its_quarter() {
        let night = Night::of(date!(2026 - 10 - 01));
        assert_eq!(night.counted_in.to_string(), "2026-09");
        assert!(night.quarter_ends && !night.year_ends);
        assert!(night.folds(Trust::Open) && !Night::of(date!(2026 - 10 - 05)).folds(Trust::Open));
        assert!(Night::of(date!(2027 - 01 - 01)).year_ends);
    }

    #[test]
    fn a_run_is_due_half_an_hour_after_local_midnight() {
        assert_eq!(due_through(datetime!(2026-10-04 17:29:59 UTC)), date!(2026 - 10 - 04));
        assert_eq!(due_through(datetime!(2026-10-04 17:30:00 UTC)), date!(2026 - 10 - 05));
    }
}
