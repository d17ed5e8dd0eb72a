//! Columns to words and back: ids, days, months, closed lists.

use crate::StoreError;
use domain::id::{SurveyId, UnitId};
use domain::period::Month;
use domain::survey::Group;
use std::str::FromStr;
use time::{Date, OffsetDateTime};

/// An instant as microseconds UTC.
#[must_use]
pub fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}

/// The instant of stored microseconds.
#[must_use]
pub fn instant(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// A day as yyyymmdd.
#[must_use]
pub fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(u8::from(day.month())) * 100 + i64::from(day.day())
}

/// The day in a column.
pub(crate) fn day(table: &'static str, column: &'static str, number: i64) -> Result<Date, StoreError> {
    let part = |n: i64| u8::try_from(n).ok();
    part(number / 100 % 100)
        .and_then(|m| time::Month::try_from(m).ok())
        .zip(i32::try_from(number / 10_000).ok())
        .zip(part(number % 100))
        .and_then(|((month, year), day)| Date::from_calendar_date(year, month, day).ok())
        .ok_or_else(|| StoreError::corrupt(table, column, "day"))
}

/// The month in a column.
pub(crate) fn month(table: &'static str, column: &'static str, number: i64) -> Result<Month, StoreError> {
    Month::from_number(number).ok_or_else(|| StoreError::corrupt(table, column, "month"))
}

/// The word of a closed list in a column.
pub(crate) fn word<T>(table: &'static str, column: &'static str, text: &str) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| StoreError::corrupt(table, column, error))
}

/// The id in a column.
pub(crate) fn unit_id(table: &'static str, bytes: &[u8]) -> Result<UnitId, StoreError> {
    UnitId::from_slice(bytes).map_err(|error| StoreError::corrupt(table, "unit_id", error))
}

/// The id in a column.
pub(crate) fn survey_id(table: &'static str, bytes: &[u8]) -> Result<SurveyId, StoreError> {
    SurveyId::from_slice(bytes).map_err(|error| StoreError::corrupt(table, "survey_id", error))
}

/// The readable key of a group as its columns.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct GroupRow {
    pub survey_id: Vec<u8>,
    pub unit_id: Vec<u8>,
    pub variant: String,
    pub route: String,
    pub mode: String,
    pub trust: String,
}

impl GroupRow {
    pub fn group(&self, table: &'static str) -> Result<Group, StoreError> {
        Ok(Group {
            survey: survey_id(table, &self.survey_id)?,
            unit: unit_id(table, &self.unit_id)?,
            mode: word(table, "mode", &self.mode)?,
            trust: word(table, "trust", &self.trust)?,
            variant: word(table, "variant", &self.variant)?,
            route: word(table, "route", &self.route)?,
        })
    }
}
