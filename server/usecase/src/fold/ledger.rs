//! The chain of releases: each hash covers its release's cells and the hash before it, so that a
//! figure that is changed later changes every head after it.

use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::office::{Office, write_day};
use domain::id::Tenant;
use sha2::{Digest, Sha256};
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
    let mut hasher = Sha256::new();
    hasher.update(format!("{before}|{tenant}|{release}|{}\n", write_day(scheduled)));
    for cell in office.store.increments_of_release(tenant, release).await? {
        let group = &cell.group;
        hasher.update(group.survey.as_bytes());
        hasher.update(group.unit.as_bytes());
        hasher.update(format!(
            "|{}|{}|{}|{}|{}|{}|{}|{}|{}|",
            group.variant,
            group.route,
            group.mode,
            group.trust,
            cell.dimension,
            cell.band,
            cell.months.0,
            cell.months.1,
            cell.n
        ));
        hasher.update(Sha256::digest(&cell.record));
    }
    Ok(hexadecimal(&hasher.finalize()))
}
