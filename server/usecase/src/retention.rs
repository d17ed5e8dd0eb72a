//! How long what is kept: texts for some months, responses to the end of some year, figures for good
//! (privacy-security.md, "Retention runs by itself"). It runs with the calendar, under the lease of a
//! run, in small pieces; whoever crashed goes on where it stopped.

mod month;
mod seal;

pub(crate) use seal::{hash_of_cells, hash_of_seal, sealed_through};

use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use crate::registry::Province;
use domain::id::Tenant;
use domain::period::Month;
use domain::survey::Survey;
use store::lease::Run;
use store::remove::Leftover;
use time::Date;

/// Settings of a tenant; what was never set is as in the design.
const TEXT_MONTHS: &str = "retention.text_months";
const RESPONSE_YEARS: &str = "retention.response_years";
/// What may be set.
const MONTHS: std::ops::RangeInclusive<i32> = 1..=120;
const YEARS: std::ops::RangeInclusive<i32> = 1..=50;

/// How long a tenant keeps what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Full months after its own that a text is kept.
    pub text_months: i32,
    /// Full years after its own that a response is kept.
    pub response_years: i32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { text_months: 24, response_years: 5 }
    }
}

impl Retention {
    /// What a tenant has set.
    ///
    /// # Errors
    /// Where the database is away, or holds something that is no number.
    pub async fn of(office: &Office, tenant: Tenant) -> Result<Self, UsecaseError> {
        let default = Self::default();
        let number = async |name: &str, otherwise: i32| -> Result<i32, UsecaseError> {
            let text = office.store.setting(tenant.as_str(), name).await?;
            let damaged = |_| UsecaseError::Damaged(format!("setting {name}"));
            text.map_or(Ok(otherwise), |text| text.parse().map_err(damaged))
        };
        Ok(Self {
            text_months: number(TEXT_MONTHS, default.text_months).await?,
            response_years: number(RESPONSE_YEARS, default.response_years).await?,
        })
    }

    /// Sets it for a tenant; it counts from the next run on.
    ///
    /// # Errors
    /// Where a number is out of range, or the database is away.
    pub async fn set(self, office: &Office, tenant: Tenant) -> Result<(), UsecaseError> {
        if !MONTHS.contains(&self.text_months) || !YEARS.contains(&self.response_years) {
            return Err(Objection::Retention { months: MONTHS, years: YEARS }.into());
        }
        let store = &office.store;
        store.set(tenant.as_str(), TEXT_MONTHS, &self.text_months.to_string()).await?;
        store.set(tenant.as_str(), RESPONSE_YEARS, &self.response_years.to_string()).await?;
        Ok(())
    }

    /// The first month whose texts are kept on a day.
    #[must_use]
    pub fn texts_from(self, day: Date) -> Month {
        Month::of(day).plus(-self.text_months)
    }

    /// Whether the responses of a month are over on a day.
    #[must_use]
    pub fn is_over(self, month: Month, day: Date) -> bool {
        day.year() > month.year() + self.response_years
    }
}

/// What went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Removed {
    /// Months whose responses went.
    pub months: usize,
    /// Responses.
    pub responses: u64,
    /// Texts.
    pub texts: u64,
    /// Answers that never reached k, and entries of boxes that were never cut.
    pub leftovers: u64,
    /// Months that are over and stay, because their recount does not agree with their figures.
    pub faults: Vec<String>,
}

impl Removed {
    /// In words, for the log; `None` where nothing went and nothing is wrong.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        (*self != Self::default()).then(|| {
            let mut words = format!(
                "{} responses of {} months, {} texts, {} leftovers deleted",
                self.responses, self.months, self.texts, self.leftovers
            );
            for fault in &self.faults {
                words += "; ";
                words += fault;
            }
            words
        })
    }
}

/// Deletes what is over on the day of a run: sealed months, and what is left of surveys that have ended.
pub(crate) async fn remove_what_is_over(
    office: &Office,
    province: &Province,
    run: &Run,
    day: Date,
) -> Result<Removed, UsecaseError> {
    let retention = Retention::of(office, run.tenant).await?;
    let mut removed = Removed::default();
    month::remove_months(office, province, run, (retention, day), &mut removed).await?;
    for survey in province.surveys() {
        let before = (survey.survey.id, retention.texts_from(day).number());
        loop {
            match office.store.remove_comments(run, before, office.now()).await? {
                0 => break,
                gone => removed.texts += gone,
            }
        }
    }
    for survey in province.surveys().iter().filter(|survey| survey.survey.ended) {
        remove_leftovers(office, run, &survey.survey, (retention, day), &mut removed).await?;
    }
    Ok(removed)
}

async fn remove_leftovers(
    office: &Office,
    run: &Run,
    survey: &Survey,
    (retention, day): (Retention, Date),
    removed: &mut Removed,
) -> Result<(), UsecaseError> {
    let is_over = retention.is_over(survey.to, day);
    // No form of a survey that has ended is taken any more.
    empty(office, run, Leftover::Nonces, survey).await?;
    if is_over || survey.to < retention.texts_from(day) {
        removed.texts += empty(office, run, Leftover::Texts, survey).await?;
    }
    if is_over {
        removed.leftovers += empty(office, run, Leftover::Answers, survey).await?;
        removed.leftovers += empty(office, run, Leftover::Quarantine, survey).await?;
        for (key, _) in office.store.boxes(run.tenant).await? {
            if key.group.survey == survey.id {
                removed.leftovers += office.store.remove_box(run, &key, office.now()).await?;
            }
        }
    }
    Ok(())
}

async fn empty(office: &Office, run: &Run, what: Leftover, survey: &Survey) -> Result<u64, UsecaseError> {
    let mut gone = 0;
    if office.store.has_leftovers(run.tenant, what, survey.id).await? {
        loop {
            match office.store.remove_leftovers(run, what, survey.id, office.now()).await? {
                0 => break,
                rows => gone += rows,
            }
        }
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn responses_stay_to_the_last_day_of_the_fifth_year_after_theirs() {
        let (retention, month) = (Retention::default(), Month::new(2026, 1).unwrap());
        assert!(!retention.is_over(month, date!(2031 - 12 - 31)));
        assert!(retention.is_over(month, date!(2032 - 01 - 01)));
        assert!(!retention.is_over(Month::new(2027, 1).unwrap(), date!(2032 - 01 - 01)));
    }

    #[test]
    fn texts_stay_for_twenty_four_full_months() {
        let from = |day| Retention::default().texts_from(day).to_string();
        assert_eq!(from(date!(2028 - 10 - 31)), "2026-10");
        assert_eq!(from(date!(2028 - 11 - 01)), "2026-11");
    }
}
