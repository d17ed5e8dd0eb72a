//! The chain of releases: each hash covers its release's cells and the hash before it, so that a
//! figure that is changed later changes every head after it.

use crate::error::UsecaseError;
use crate::keys::hexadecimal;
use crate::office::{Office, write_day};
use domain::id::Tenant;
use sha2::{Digest, Sha256};
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
    // Sorted here, because no two engines agree on the order of words.
    let mut lines: Vec<Vec<u8>> = decisions.iter().map(written).collect();
    lines.sort_unstable();
    for line in &lines {
        hasher.update(line);
    }
    Ok(hexadecimal(&hasher.finalize()))
}

/// A decision as the ledger holds it: which part, which way, why.
fn written(decision: &Decision) -> Vec<u8> {
    let part = &decision.part;
    let group = &part.group;
    let words = format!(
        "|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|",
        group.variant,
        group.route,
        group.mode,
        group.trust,
        store::exclusion::DIMENSION,
        part.band,
        part.months.0,
        part.months.1,
        part.release,
        if decision.excludes { "exclude" } else { "return" },
    );
    [&group.survey.as_bytes()[..], &group.unit.as_bytes()[..], words.as_bytes(), decision.reason.as_bytes()]
        .concat()
}
