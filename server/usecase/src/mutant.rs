//! Deliberate faults, so that each guard of anonymity is seen to be one in every run of the tests:
//! with its mutant the attacker of the tests wins, or the audit finds what was given away.
//!
//! They are compiled with the feature `mutant` alone, which only the tests' own build asks for, and
//! which no release build accepts. One is chosen by value, on an office that is already open; the
//! program has no such call, no option and no environment variable that would lead to one, so even
//! a `hailong` that was built beside the tests cannot play it. `tests/tests/shape/mutants.rs` looks.

use crate::office::Office;
use crate::record::Kept;
#[cfg(feature = "mutant")]
use crate::restore::Restore;

#[cfg(all(feature = "mutant", not(debug_assertions)))]
compile_error!("the feature `mutant` is for tests; nothing that is built for release may have it");

/// A deliberate fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// A group folds as soon as one answer waits, and lies to the database about it.
    FoldOfOne,
    /// Rows are written in the order in which people answered, under numbers that grow.
    OrderedInsert,
    /// Answers wait as they were given.
    UnsealedInbox,
    /// The id of what waits says in which group it waits.
    ReadableGroup,
    /// What stays at a fold keeps its id and its seal.
    NoReseal,
    /// The day of an answer is kept with it, also after its fold.
    StoredDay,
    /// Families of a box are not compared before they are published.
    NoPairCheck,
    /// Kind of respondent and size of business are published as two families.
    KindAndSizeApart,
    /// Of a family that cannot be split, the part that is large enough is published alone.
    PartReleasedAlone,
    /// What waits for a unit whose whole work went to another stays behind, and so do its boxes.
    LeftBehind,
    /// A code is kept under a hash that anybody can make.
    PlainCodeHash,
    /// A used code is kept under the hash of the code itself.
    SpentUnderItsHash,
    /// A unit that was divided waits on for answers that will never come.
    NeverEnds,
    /// What a backup holds of groups that newer releases have counted is put back beside them.
    KeptTwice,
}

/// Which fault is played: none, in everything that ships.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fault {
    #[cfg(feature = "mutant")]
    mutant: Option<Mutant>,
}

impl Fault {
    #[cfg(feature = "mutant")]
    pub(crate) fn is(self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    #[cfg(not(feature = "mutant"))]
    #[expect(clippy::unused_self, reason = "the same call with and without the feature")]
    pub(crate) const fn is(self, _: Mutant) -> bool {
        false
    }
}

#[cfg(feature = "mutant")]
impl Office {
    /// This office with a deliberate fault.
    #[must_use]
    pub fn with_mutant(mut self, mutant: Mutant) -> Self {
        self.fault = Fault { mutant: Some(mutant) };
        self.keys = std::sync::Arc::new(self.keys.with_fault(self.fault));
        self.chance = self.chance.with_fault(self.fault);
        self
    }
}

#[cfg(feature = "mutant")]
impl Restore<'_> {
    /// This restore with a deliberate fault.
    #[must_use]
    pub fn with_mutant(mut self, mutant: Mutant) -> Self {
        self.fault = Fault { mutant: Some(mutant) };
        self
    }
}

/// The id under which an answer waits: random, and so without meaning.
pub(crate) fn inbox_id(office: &Office, kept: &Kept) -> [u8; 16] {
    let id = office.chance.bytes();
    if office.fault.is(Mutant::OrderedInsert) {
        return numbered(id);
    }
    if office.fault.is(Mutant::StoredDay) {
        return marked(id, &store::cell::day_number(office.today()).to_be_bytes());
    }
    if office.fault.is(Mutant::ReadableGroup) {
        return marked(id, &mark_of(kept));
    }
    id
}

/// The id of a response row, or of what waits on: random, and not that under which it waited before.
pub(crate) fn fresh_id(office: &Office, waited_as: &[u8; 16]) -> [u8; 16] {
    let id = office.chance.bytes();
    if office.fault.is(Mutant::OrderedInsert) {
        return numbered(id);
    }
    if office.fault.is(Mutant::StoredDay) || office.fault.is(Mutant::ReadableGroup) {
        return marked(id, &waited_as[..8]);
    }
    id
}

/// The fewest answers with which a group folds.
pub(crate) fn fewest(office: &Office, k: usize) -> usize {
    if office.fault.is(Mutant::FoldOfOne) { 1 } else { k }
}

/// The people of a step, as the database is told.
pub(crate) fn people(office: &Office, n: i64, k: u32) -> i64 {
    if office.fault.is(Mutant::FoldOfOne) { n.max(i64::from(k)) } else { n }
}

/// What [`Mutant::ReadableGroup`] writes into an id: half of the unit's id, mode, trust, variant, route.
#[must_use]
pub fn mark_of(kept: &Kept) -> [u8; 8] {
    let record = kept.encode().unwrap_or([0; crate::record::ANSWER]);
    let mut mark = [0; 8];
    mark[..4].copy_from_slice(&kept.deciding.as_bytes()[..4]);
    mark[4..].copy_from_slice(&record[1..5]);
    mark
}

fn marked(mut id: [u8; 16], mark: &[u8]) -> [u8; 16] {
    id[..8].copy_from_slice(mark);
    id
}

/// The next number; of a process, not of a database: it only has to grow.
fn numbered(id: [u8; 16]) -> [u8; 16] {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    marked(id, &NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes())
}
