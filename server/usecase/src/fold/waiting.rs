//! The midnight count: how many answers wait for each unit, and how many came to each touchpoint in weeks
//! that are over, rounded down to tens, and nothing else.

use super::open_all;
use super::succession::Units;
use super::weeks::{self, Look};
use crate::error::UsecaseError;
use crate::office::Office;
use domain::id::Tenant;
use std::collections::BTreeMap;
use store::waiting::Waiting;
use time::Date;

/// Opens the inbox, counts by deciding unit and by touchpoint, stores only tens.
///
/// # Errors
/// Where the database is away.
pub async fn count_waiting(office: &Office, tenant: Tenant) -> Result<(), UsecaseError> {
    count(office, tenant, (office.today(), Look::Arrivals)).await
}

/// The same before and after a run, as of the day for which it is scheduled.
pub(super) async fn count(
    office: &Office,
    tenant: Tenant,
    (day, look): (Date, Look),
) -> Result<(), UsecaseError> {
    let province = office.province(tenant)?;
    let units = Units { office, province: &province, day: office.today() };
    let (mut counts, mut by_touchpoint) = (Vec::new(), BTreeMap::new());
    for survey in province.surveys().iter().filter(|s| !s.survey.ended) {
        let (groups, _, _) = open_all(units, survey).await?;
        let mut by_unit: BTreeMap<_, i64> = BTreeMap::new();
        for (group, answers) in groups {
            *by_unit.entry(group.unit).or_default() += i64::try_from(answers.len()).unwrap_or(i64::MAX);
            for touchpoint in answers.iter().filter_map(|answer| answer.kept.touchpoint) {
                *by_touchpoint.entry(touchpoint).or_insert(0_u32) += 1;
            }
        }
        let tens = |count: i64| count / 10 * 10;
        let rows = by_unit.into_iter().filter(|(_, count)| *count >= 10);
        counts.extend(rows.map(|(unit, count)| Waiting {
            survey: survey.survey.id,
            unit,
            tens: tens(count),
        }));
    }
    weeks::note(office, &province, (day, look), &by_touchpoint).await?;
    Ok(office.store.put_waiting(tenant, &counts, office.today()).await?)
}
