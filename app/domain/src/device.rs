//! Tablets at counters: devices on which people answer with one tap. A device hangs at a touchpoint,
//! and the touchpoint decides the unit and the survey, as with a poster.

use crate::id::{DeviceId, TouchpointId};
use crate::survey::words;
use std::ops::RangeInclusive;
use thiserror::Error;
use time::Date;

/// Most characters of a device's name.
pub const NAME: usize = 60;
/// Bytes of a public key: an uncompressed point of P-256.
pub const PUBLIC_KEY: usize = 65;
/// Days after a survey's close through which the queue of a tablet is taken.
pub const QUEUE_DAYS: i64 = 30;

words! {
    /// How far a device has come.
    DeviceState, "state of a device" {
        /// A tablet is still to be paired with it.
        Waiting = "waiting",
        /// It answers for a counter.
        Paired = "paired",
        /// What it still sends waits for the province.
        Revoked = "revoked",
    }
}

words! {
    /// How the five answers stand on the screen.
    Layout, "layout" {
        /// Side by side; one below the other where the screen is narrow.
        Row = "row",
        /// Always one below the other.
        List = "list",
    }
}

/// How a device behaves; all times in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How long the thanks stand there.
    pub thanks: u32,
    /// After how long without a touch it goes back to the start.
    pub idle: u32,
    /// How long a second tap counts as a repeat of the first.
    pub repeat: u32,
    /// Whether it asks what the visit was about.
    pub follow_up: bool,
    /// How the answers stand.
    pub layout: Layout,
}

impl Default for Settings {
    fn default() -> Self {
        Self { thanks: 5, idle: 20, repeat: 5, follow_up: true, layout: Layout::Row }
    }
}

impl Settings {
    /// What [`Settings::thanks`] may be.
    pub const THANKS: RangeInclusive<u32> = 2..=30;
    /// What [`Settings::idle`] may be.
    pub const IDLE: RangeInclusive<u32> = 10..=120;
    /// What [`Settings::repeat`] may be.
    pub const REPEAT: RangeInclusive<u32> = 1..=30;

    /// The first setting that is out of its range.
    ///
    /// # Errors
    /// [`DeviceFault::Seconds`].
    pub fn check(&self) -> Result<(), DeviceFault> {
        let all = [
            ("thanks", self.thanks, Self::THANKS),
            ("idle", self.idle, Self::IDLE),
            ("repeat", self.repeat, Self::REPEAT),
        ];
        let wrong = all.into_iter().find(|(_, value, range)| !range.contains(value));
        wrong.map_or(Ok(()), |(setting, _, range)| Err(DeviceFault::Seconds { setting, range }))
    }
}

/// A rule of devices.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeviceFault {
    /// The name.
    #[error("a device has a name of 1 to {NAME} characters on one line")]
    Name,
    /// There is no such unit, or no counter is there.
    #[error("choose the counter where the tablet stands")]
    Unit,
    /// A time is out of range.
    #[error("{setting} is from {} to {} seconds", .range.start(), .range.end())]
    Seconds {
        /// The field.
        setting: &'static str,
        /// What it may be.
        range: RangeInclusive<u32>,
    },
    /// The link was used, or is too old.
    #[error("the code for pairing was used or is too old; make a new one on the page of devices")]
    Secret,
    /// The key is not one, is another device's, or was not signed with.
    #[error("this is no key that this tablet holds")]
    Key,
    /// It was revoked before.
    #[error("the device is revoked already")]
    Revoked,
    /// It has its tablet.
    #[error("the device has its tablet; revoke it and make another one")]
    Paired,
    /// A decision needs a reason.
    #[error("give a reason of 1 to 200 characters")]
    Reason,
    /// The survey of what waits is over.
    #[error("the survey is over; these answers cannot count any more")]
    Over,
}

/// What a name is, without blanks around it.
///
/// # Errors
/// [`DeviceFault::Name`] where it is none.
pub fn name(text: &str) -> Result<String, DeviceFault> {
    let text = text.trim();
    let fits = (1..=NAME).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(DeviceFault::Name) }
}

/// A tablet. Nothing of it speaks of a single answer: what it tells of its queue comes in tens, and
/// when it was heard of in hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Surrogate id.
    pub id: DeviceId,
    /// What people call it.
    pub name: String,
    /// Where it hangs.
    pub touchpoint: TouchpointId,
    /// How far it has come.
    pub state: DeviceState,
    /// How it behaves.
    pub settings: Settings,
    /// With which its messages are checked.
    pub public_key: Option<[u8; PUBLIC_KEY]>,
    /// The day on which it was made.
    pub made_on: Date,
    /// The day on which it was paired.
    pub paired_on: Option<Date>,
    /// The day on which it was revoked.
    pub revoked_on: Option<Date>,
    /// The hour in which it was last heard of, as hours since 1970 UTC.
    pub seen: Option<i64>,
    /// Answers that wait on it, as it says; whole tens.
    pub waiting: u32,
    /// Repeated taps that it dropped since it was paired; whole tens.
    pub dropped: u32,
    /// The version of what it runs.
    pub version: String,
    /// The day on which two tablets were seen to use its key.
    pub twins_on: Option<Date>,
}

/// Rounded down to tens: what is told of a queue never speaks of one answer.
#[must_use]
pub const fn tens(count: u32) -> u32 {
    count - count % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_some_length() {
        assert_eq!(name("  Quầy 1 ").as_deref(), Ok("Quầy 1"));
        for bad in ["", "   ", "a\nb", &"x".repeat(NAME + 1)] {
            assert_eq!(name(bad), Err(DeviceFault::Name), "{bad:?}");
        }
    }

    #[test]
    fn a_time_out_of_range_is_named() {
        assert_eq!(Settings::default().check(), Ok(()));
        let wrong = Settings { idle: 5, repeat: 900, ..Settings::default() };
        assert!(matches!(wrong.check(), Err(DeviceFault::Seconds { setting: "idle", .. })));
        assert_eq!(wrong.check().unwrap_err().to_string(), "idle is from 10 to 120 seconds");
    }

    #[test]
    fn counts_are_told_in_tens() {
        assert_eq!([0, 9, 10, 219].map(tens), [0, 0, 10, 210]);
    }
}
