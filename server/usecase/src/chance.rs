//! Chance as an argument: the system's generator in service, a seeded one in tests.

use crate::mutant::{Fault, Mutant};
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::sync::{Arc, Mutex, PoisonError};

/// Where an office gets its randomness from. Cheap to clone.
#[derive(Clone)]
pub struct Chance {
    rng: Arc<Mutex<ChaCha20Rng>>,
    fault: Fault,
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance")
    }
}

/// The system gave no randomness; nothing may be sealed or shuffled then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random numbers")]
pub struct NoChance;

impl Chance {
    /// A cryptographic generator seeded by the system.
    ///
    /// # Errors
    /// Where the system has no randomness to give.
    pub fn of_the_system() -> Result<Self, NoChance> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| NoChance)?;
        Ok(Self::seeded(seed))
    }

    /// The same numbers every time: for tests.
    #[must_use]
    pub fn seeded(seed: [u8; 32]) -> Self {
        let rng = Arc::new(Mutex::new(ChaCha20Rng::from_seed(seed)));
        Self { rng, fault: Fault::default() }
    }

    #[cfg(feature = "mutant")]
    pub(crate) fn with_fault(&self, fault: Fault) -> Self {
        Self { rng: Arc::clone(&self.rng), fault }
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        bytes
    }

    /// A random order.
    pub fn shuffle<T>(&self, items: &mut [T]) {
        if !self.fault.is(Mutant::OrderedInsert) {
            self.with(|rng| items.shuffle(rng));
        }
    }

    /// A number below `limit`; 0 where the limit is 0.
    #[must_use]
    pub fn below(&self, limit: u32) -> u32 {
        use rand::RngExt;
        self.with(|rng| if limit == 0 { 0 } else { rng.random_range(0..limit) })
    }

    fn with<T>(&self, f: impl FnOnce(&mut ChaCha20Rng) -> T) -> T {
        f(&mut self.rng.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
