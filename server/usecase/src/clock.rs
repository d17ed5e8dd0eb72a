//! Time as an argument.

use std::sync::Arc;
use time::OffsetDateTime;

/// Where an office gets its time from.
pub trait Clock: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> OffsetDateTime;
}

/// A shared clock.
pub type SharedClock = Arc<dyn Clock>;

/// A clock that stands still until it is told otherwise: for tests and generators.
#[derive(Debug)]
pub struct FrozenClock(std::sync::Mutex<OffsetDateTime>);

impl FrozenClock {
    /// A clock that shows this instant.
    #[must_use]
    pub fn at(now: OffsetDateTime) -> Arc<Self> {
        Arc::new(Self(std::sync::Mutex::new(now)))
    }

    /// Sets the clock.
    pub fn set(&self, now: OffsetDateTime) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for FrozenClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
