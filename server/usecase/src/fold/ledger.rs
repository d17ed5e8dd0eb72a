//! The chain of releases: each hash covers its release's cells and the hash before it, so that a
//! figure that is changed later changes every head after it.

use crate::error::UsecaseError;
use crate::ledger::{CellLine, DecisionLine, ReleaseHash};
use crate::office::{Office, write_day};
use domain::id::Tenant;
use store::exclusion::Decision;
use store::lease::Run;
use time::Date;

/// The hash of a run's release.
pub(super) async fn hash(office: &Office, run: &Run) -> Result<String, UsecaseError> {
    let releases = office.store.releases(run.tenant).await?;
    let before = releases.iter().find(|r| r.number < run.release).map(|r| r.hash.clone()).unwrap_or_default();
    hash_of(office, run.tenant, run.release, run.scheduled, &before).await
}

/// The hash that a release must have, given the one before.
pub(crate) async fn hash_of(
    office: &Office,
    tenant: Tenant,
    release: i64,
    scheduled: Date,
    before: &str,
) -> Result<String, UsecaseError> {
    let decisions: Vec<Decision> =
        office.store.decisions(tenant).await?.into_iter().filter(|d| d.release == release).collect();
    hash_with(office, tenant, (release, scheduled, before), &decisions).await
}

/// The same with the decisions that a release is about to hold. Without any the hash is that of the
/// cells alone.
pub(crate) async fn hash_with(
    office: &Office,
    tenant: Tenant,
    (release, scheduled, before): (i64, Date, &str),
    decisions: &[Decision],
) -> Result<String, UsecaseError> {
    let mut hash = ReleaseHash::begin(before, tenant.as_str(), release, &write_day(scheduled));
    for cell in cells_of(office, tenant, release, false).await? {
        hash.cell(&cell);
    }
    for decision in decisions {
        hash.decision(&DecisionLine::of(decision, false));
    }
    Ok(hash.finish())
}

/// The cells of a release in the order in which they are hashed: sorted here, because no two engines agree on the
/// order of words.
pub(crate) async fn cells_of(
    office: &Office,
    tenant: Tenant,
    release: i64,
    with_records: bool,
) -> Result<Vec<CellLine>, UsecaseError> {
    let increments = office.store.increments_of_release(tenant, release).await?;
    let mut cells: Vec<CellLine> = increments.iter().map(|one| CellLine::of(one, with_records)).collect();
    cells.sort_unstable();
    Ok(cells)
}
