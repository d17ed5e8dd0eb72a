//! How many typed codes may be wrong in a minute, over everybody: sixty bits are many, and fewer than
//! those of a QR. In memory only, and of nobody in particular.

use std::sync::{Mutex, PoisonError};
use time::OffsetDateTime;

/// Wrong ones in a minute. With a million codes out, a year of nothing else finds one code with a
/// probability of about one in seven hundred.
pub const A_MINUTE: u32 = 3_000;

/// The wrong ones of this minute.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<(i64, u32)>);

impl Guesses {
    /// Whether another typed code may be looked up.
    #[must_use]
    pub fn may_try(&self, now: OffsetDateTime) -> bool {
        self.with(now, |wrong| *wrong < A_MINUTE)
    }

    /// Notes that one was wrong.
    pub fn was_wrong(&self, now: OffsetDateTime) {
        self.with(now, |wrong| *wrong = wrong.saturating_add(1));
    }

    fn with<T>(&self, now: OffsetDateTime, deed: impl FnOnce(&mut u32) -> T) -> T {
        let minute = now.unix_timestamp().div_euclid(60);
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 != minute {
            *state = (minute, 0);
        }
        deed(&mut state.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_later_everybody_may_try_again() {
        let (guesses, now) = (Guesses::default(), time::macros::datetime!(2026-10-05 08:00 UTC));
        for _ in 0..A_MINUTE {
            assert!(guesses.may_try(now));
            guesses.was_wrong(now);
        }
        assert!(!guesses.may_try(now));
        assert!(guesses.may_try(now + time::Duration::MINUTE));
    }
}
