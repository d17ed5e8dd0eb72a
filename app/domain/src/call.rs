//! Interviews by telephone: what came of a call.

/// Most people on one list.
pub const MOST_TASKS: u32 = 2_000;
/// How often somebody who does not answer is rung.
pub const MOST_ATTEMPTS: i64 = 3;

crate::survey::words! {
    /// What came of a call.
    CallOutcome, "outcome" {
        /// Somebody answered the questions, or began to.
        Reached = "reached",
        /// Somebody did not want to.
        Refused = "refused",
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// It was not their number.
        WrongNumber = "wrong-number",
        /// They asked to be called again.
        CallAgain = "call-again",
    }
}

impl CallOutcome {
    /// Whether nobody is called any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Reached | Self::Refused | Self::WrongNumber)
    }
}
