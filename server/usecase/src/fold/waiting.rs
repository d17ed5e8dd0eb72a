//! The midnight count: how many answers wait for each unit, rounded down to tens, and nothing else.

use super::open_all;
use super::succession::Units;
use crate::error::UsecaseError;
use crate::office::Office;
use domain::id::Tenant;
use std::collections::BTreeMap;
use store::waiting::Waiting;

/// Opens the inbox, counts by deciding unit, stores only tens.
///
/// # Errors
/// Where the database is away.
pub async fn count_waiting(office: &Office, tenant: Tenant) -> Result<(), UsecaseError> {
    let province = office.province(tenant)?;
    let units = Units { office, province: &province, day: office.today() };
    let mut counts = Vec::new();
    for survey in province.surveys().iter().filter(|s| !s.survey.ended) {
        let (groups, _, _) = open_all(units, survey).await?;
        let mut by_unit: BTreeMap<_, i64> = BTreeMap::new();
        for (group, answers) in groups {
            *by_unit.entry(group.unit).or_default() += i64::try_from(answers.len()).unwrap_or(i64::MAX);
        }
        let tens = |count: i64| count / 10 * 10;
        let rows = by_unit.into_iter().filter(|(_, count)| *count >= 10);
        counts.extend(rows.map(|(unit, count)| Waiting {
            survey: survey.survey.id,
            unit,
            tens: tens(count),
        }));
    }
    Ok(office.store.put_waiting(tenant, &counts, office.today()).await?)
}
