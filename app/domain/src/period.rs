//! Months and the periods that are made of them. An answer's month is that of its fold, in the time
//! zone of Vietnam (statistics.md 12.11).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use time::{Date, OffsetDateTime, UtcOffset};

/// The offset of Asia/Ho_Chi_Minh, which knows no summer time.
pub const LOCAL: UtcOffset = match UtcOffset::from_hms(7, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// The local day of an instant.
#[must_use]
pub fn local_day(instant: OffsetDateTime) -> Date {
    instant.to_offset(LOCAL).date()
}

/// The text is not a month or a period.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a period; write 2026-10, 2026-Q3, 2026 or 12m")]
pub struct NotAPeriod(pub String);

/// A month, stored as yyyymm.
///
/// ```
/// use domain::period::Month;
/// let month: Month = "2026-12".parse().unwrap();
/// assert_eq!(month.next().to_string(), "2027-01");
/// assert_eq!(month.number(), 202_612);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

impl Month {
    /// The month of a year, 1 to 12; years 2000 to 2999.
    #[must_use]
    pub fn new(year: i32, month: u8) -> Option<Self> {
        ((2000..3000).contains(&year) && (1..=12).contains(&month))
            .then(|| Self(year * 100 + i32::from(month)))
    }

    /// The month with this stored number, such as 202610.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        let number = i32::try_from(number).ok()?;
        Self::new(number / 100, u8::try_from(number % 100).ok()?)
    }

    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.year() * 100 + i32::from(u8::from(day.month())))
    }

    /// The stored number, such as 202610.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0 as i64
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0 / 100
    }

    /// The month in the year, 1 to 12.
    #[must_use]
    pub const fn month(self) -> i32 {
        self.0 % 100
    }

    /// The quarter in the year, 1 to 4.
    #[must_use]
    pub const fn quarter(self) -> i32 {
        (self.month() + 2) / 3
    }

    /// The month after.
    #[must_use]
    pub const fn next(self) -> Self {
        self.plus(1)
    }

    /// The month so many months later, or earlier where negative.
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        let count = self.year() * 12 + self.month() - 1 + months;
        Self(count.div_euclid(12) * 100 + count.rem_euclid(12) + 1)
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        let month = u8::try_from(self.month()).ok()?;
        Date::from_calendar_date(self.year(), month.try_into().ok()?, 1).ok()
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        self.next().first_day()?.previous_day()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let wrong = || NotAPeriod(text.chars().take(20).collect());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        let month = month.parse().map_err(|_| wrong())?;
        Self::new(year, month).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Month {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

/// A span of whole months that a figure speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// One month.
    Month(Month),
    /// A quarter: year, 1 to 4.
    Quarter(i32, i32),
    /// A calendar year.
    Year(i32),
    /// The twelve months that end with this one.
    Twelve(Month),
}

impl Period {
    /// First and last month.
    #[must_use]
    pub fn months(self) -> (Month, Month) {
        match self {
            Self::Month(month) => (month, month),
            Self::Quarter(year, quarter) => {
                let first = Month(year * 100 + quarter * 3 - 2);
                (first, first.plus(2))
            }
            Self::Year(year) => (Month(year * 100 + 1), Month(year * 100 + 12)),
            Self::Twelve(last) => (last.plus(-11), last),
        }
    }

    /// Reads a period as URLs write it; `12m` ends with the month given.
    ///
    /// ```
    /// use domain::period::{Month, Period};
    /// let now: Month = "2026-10".parse().unwrap();
    /// let (first, last) = Period::parse("2026-Q3", now).unwrap().months();
    /// assert_eq!((first.to_string(), last.to_string()), ("2026-07".into(), "2026-09".into()));
    /// assert_eq!(Period::parse("12m", now).unwrap().months().0.to_string(), "2025-11");
    /// ```
    pub fn parse(text: &str, now: Month) -> Result<Self, NotAPeriod> {
        let wrong = || NotAPeriod(text.chars().take(20).collect());
        if text == "12m" {
            return Ok(Self::Twelve(now));
        }
        if let Some((year, quarter)) = text.split_once("-Q") {
            let first = format!("{year}-01").parse::<Month>().map_err(|_| wrong())?;
            return match quarter {
                "1" | "2" | "3" | "4" => {
                    Ok(Self::Quarter(first.year(), i32::from(quarter.as_bytes()[0] - b'0')))
                }
                _ => Err(wrong()),
            };
        }
        if text.len() == 4 {
            return Ok(Self::Year(format!("{text}-01").parse::<Month>().map_err(|_| wrong())?.year()));
        }
        text.parse().map(Self::Month)
    }

    /// The whole years, quarters and months that make up the period, no month twice: what has to
    /// be read so that a page adds few running totals instead of many increments.
    #[must_use]
    pub fn pieces(self) -> Vec<Self> {
        let (first, last) = self.months();
        Self::between(first, last)
    }

    /// The whole years, quarters and months from one month to another, no month twice.
    ///
    /// ```
    /// use domain::period::{Month, Period};
    /// let month = |text: &str| text.parse::<Month>().unwrap();
    /// let pieces = Period::between(month("2025-01"), month("2025-08"));
    /// let names: Vec<String> = pieces.iter().map(ToString::to_string).collect();
    /// assert_eq!(names, ["2025-Q1", "2025-Q2", "2025-07", "2025-08"]);
    /// ```
    #[must_use]
    pub fn between(mut at: Month, last: Month) -> Vec<Self> {
        let mut pieces = Vec::new();
        while at <= last {
            if at.month() == 1 && at.plus(11) <= last {
                pieces.push(Self::Year(at.year()));
                at = at.plus(12);
            } else if at.month() % 3 == 1 && at.plus(2) <= last {
                pieces.push(Self::Quarter(at.year(), at.quarter()));
                at = at.plus(3);
            } else {
                pieces.push(Self::Month(at));
                at = at.next();
            }
        }
        pieces
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(f),
            Self::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Self::Year(year) => write!(f, "{year}"),
            Self::Twelve(_) => f.write_str("12m"),
        }
    }
}
