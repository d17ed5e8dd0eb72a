//! What each release changed, told from what it published: how many people it added at which level of
//! trust, which units had their first figure, how many parts were cut. Nothing of it comes from the
//! inbox, and every number in it can be had by subtracting two releases.

use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::id::{SurveyId, UnitId};
use domain::survey::Trust;
use std::collections::{BTreeMap, BTreeSet};
use store::release::Release;
use store::tally::ALL;

/// A release and what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The release.
    pub release: Release,
    /// People that it added, by level of trust.
    pub grown: BTreeMap<Trust, i64>,
    /// Units whose figures grew.
    pub units: BTreeSet<UnitId>,
    /// Units that had their first figure at some level in some survey.
    pub first: BTreeSet<UnitId>,
    /// Parts that were cut.
    pub parts: usize,
    /// The surveys that it changed.
    pub surveys: BTreeSet<SurveyId>,
}

/// Releases before a number, newest first, at most so many; and the number from which the next page
/// goes on, if there are more.
///
/// # Errors
/// Where the database is away.
pub async fn list_changes(
    office: &Office,
    province: &Province,
    before: Option<i64>,
    most: usize,
) -> Result<(Vec<Change>, Option<i64>), UsecaseError> {
    let releases = office.store.releases(province.tenant).await?;
    let mut wanted: Vec<Release> =
        releases.into_iter().filter(|release| before.is_none_or(|b| release.number < b)).collect();
    let more = wanted.len() > most;
    wanted.truncate(most);
    let next = wanted.last().filter(|_| more).map(|release| release.number);
    let changes = tell(office, province, wanted).await?;
    Ok((changes, next))
}

async fn tell(
    office: &Office,
    province: &Province,
    releases: Vec<Release>,
) -> Result<Vec<Change>, UsecaseError> {
    let (Some(newest), Some(oldest)) = (releases.first(), releases.last()) else { return Ok(Vec::new()) };
    let growth = office.store.growth(province.tenant, oldest.number, newest.number).await?;
    let first = office.store.first_figures(province.tenant).await?;
    let blank = |release: Release| Change {
        release,
        grown: BTreeMap::new(),
        units: BTreeSet::new(),
        first: BTreeSet::new(),
        parts: 0,
        surveys: BTreeSet::new(),
    };
    let mut changes: Vec<Change> = releases.into_iter().map(blank).collect();
    let mut places = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        places.insert(change.release.number, at);
    }
    for one in growth {
        // A run that is under way is nobody's business yet.
        let Some(change) = places.get(&one.release).and_then(|at| changes.get_mut(*at)) else { continue };
        change.surveys.insert(one.survey);
        if one.dimension == ALL {
            *change.grown.entry(one.trust).or_default() += one.n;
            change.units.insert(one.unit);
        } else {
            change.parts += 1;
        }
    }
    for one in first {
        if let Some(change) = places.get(&one.release).and_then(|at| changes.get_mut(*at)) {
            change.first.insert(one.unit);
        }
    }
    Ok(changes)
}
