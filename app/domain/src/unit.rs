//! Units: the agencies of a province, each with the days on which it existed.

use crate::id::UnitId;
use crate::language::Words;
use time::Date;
use unicode_normalization::UnicodeNormalization;

/// First day of units whose first day nobody wrote down.
pub const UNRECORDED: Date = time::macros::date!(1900 - 01 - 01);

crate::survey::words! {
    /// What kind of agency a unit is. Peers are units of one kind.
    UnitKind, "level" {
        /// Tỉnh.
        Province = "province",
        /// Huyện; history since July 2025.
        District = "district",
        /// Xã, phường.
        Commune = "commune",
        /// Sở, ban, ngành.
        Department = "department",
        /// Trung tâm Phục vụ hành chính công.
        Centre = "centre",
        /// Điểm tiếp nhận.
        Counter = "counter",
    }
}

/// An agency. Neither its code nor its name is a key: all 64 new commune codes of Cà Mau were also
/// codes of communes that ended in July 2025.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Surrogate id.
    pub id: UnitId,
    /// Official code, or a local one where there is none.
    pub code: String,
    /// What kind of agency.
    pub kind: UnitKind,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Its name.
    pub name: Words,
    /// Postal address, for posters.
    pub address: Option<String>,
    /// Telephone, for posters.
    pub phone: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is no more.
    pub valid_to: Option<Date>,
    /// Place in the official order.
    pub ordinal: u32,
}

impl Unit {
    /// Whether the unit exists on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    /// The first day, where somebody wrote it down.
    #[must_use]
    pub fn begins_on(&self) -> Option<Date> {
        Some(self.valid_from).filter(|day| *day != UNRECORDED)
    }

    /// The last day, where there is one.
    #[must_use]
    pub fn ends_on(&self) -> Option<Date> {
        self.valid_to.and_then(Date::previous_day)
    }

    /// A day on which the unit exists, the latest that is not after `today`; what its address names.
    #[must_use]
    pub fn known_on(&self, today: Date) -> Date {
        let last = self.ends_on().map_or(today, |end| end.min(today));
        last.max(self.valid_from)
    }
}

/// Marks of tone; the others (breve, circumflex, horn) make another letter.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// A name as it is compared: small letters, single blanks, and each word's tone behind the word,
/// because "Hoà" and "Hòa" are one name.
///
/// ```
/// use domain::unit::spelling;
/// assert_eq!(spelling("Xã  Hoà Bình"), spelling("xã Hòa Bình"));
/// assert_ne!(spelling("Tân Thanh"), spelling("Tân Thành"));
/// ```
#[must_use]
pub fn spelling(text: &str) -> String {
    let word = |word: &str| {
        let (tones, mut letters): (String, String) = word.nfd().partition(|c| TONES.contains(c));
        letters.push_str(&tones);
        letters
    };
    words(text).map(|one| word(&one)).collect::<Vec<_>>().join(" ")
}

/// A name without any marks, for people who type none.
///
/// ```
/// use domain::unit::plain;
/// assert_eq!(plain("Phường Đất Mũi"), "phuong dat mui");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    let bare = |one: String| -> String {
        let letters = one.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
        letters.map(|c| if c == 'đ' { 'd' } else { c }).collect()
    };
    words(text).map(bare).collect::<Vec<_>>().join(" ")
}

/// Words in small letters; a hyphen is a blank, other signs are none.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ',' | '.' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}
