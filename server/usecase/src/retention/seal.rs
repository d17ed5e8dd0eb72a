//! The chain of sealed months.

use crate::keys::{hexadecimal, sha256};
use domain::id::Tenant;
use sha2::{Digest, Sha256};
use store::response::Response;
use store::sealed_month::SealedMonth;
use store::tally::Increment;

/// Through which release a month is sealed; 0 where it is not.
pub(crate) fn sealed_through(seals: &[SealedMonth], month: i64) -> i64 {
    seals.iter().filter(|seal| seal.month == month).map(|seal| seal.through_release).max().unwrap_or(0)
}

/// The hash of a seal, given the one before and the hash of its last release.
pub(crate) fn hash_of_seal(tenant: Tenant, seal: &SealedMonth, release_hash: &str, before: &str) -> String {
    let line = format!(
        "{before}|{tenant}|{}|{}|{}|{}|{}|{}|{}|{release_hash}",
        seal.seq,
        seal.month,
        seal.after_release,
        seal.through_release,
        seal.responses,
        seal.response_hash,
        seal.cell_hash
    );
    sha256(line.as_bytes())
}

/// The hash of the cells of a month: sorted here, because no two engines agree on the order of words.
pub(crate) fn hash_of_cells(cells: &[Increment]) -> String {
    let key = |cell: &Increment| {
        let group = &cell.group;
        let words = (group.variant.code(), group.route.code(), group.mode.to_string(), group.trust.code());
        (group.survey, group.unit, words, cell.release)
    };
    let mut cells: Vec<&Increment> = cells.iter().collect();
    cells.sort_by_cached_key(|cell| key(cell));
    let mut hasher = Sha256::new();
    for cell in cells {
        let group = &cell.group;
        hasher.update(group.survey.as_bytes());
        hasher.update(group.unit.as_bytes());
        let (variant, route, mode, trust) = (group.variant, group.route, &group.mode, group.trust);
        hasher.update(format!("|{variant}|{route}|{mode}|{trust}|{}|{}|", cell.release, cell.n));
        hasher.update(Sha256::digest(&cell.record));
    }
    hexadecimal(&hasher.finalize())
}

/// The hash of the responses of a month, taken up one by one.
#[derive(Default)]
pub(super) struct ResponseHash(Sha256);

impl ResponseHash {
    pub fn take(&mut self, response: &Response) {
        let group = &response.group;
        self.0.update(group.survey.as_bytes());
        self.0.update(&response.id);
        self.0.update(group.unit.as_bytes());
        let (variant, route, mode, trust) = (group.variant, group.route, &group.mode, group.trust);
        self.0.update(format!("|{variant}|{route}|{mode}|{trust}|{}|", response.release));
        self.0.update(Sha256::digest(&response.answers));
    }

    pub fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}
