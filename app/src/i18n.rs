//! Everything that depends on the reader's language and is not data: phrases, numbers, dates.

pub mod citizen;
pub mod console;
pub mod format;
pub mod kiosk;
pub(crate) mod paper;
