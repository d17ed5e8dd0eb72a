//! An answer as one record of fixed size, before it is sealed: every answer of every person is
//! equally long, so that a length never says which questions somebody saw.

use domain::id::{ImportId, TouchpointId, UnitId};
use domain::period::Month;
use domain::survey::{Group, Helper, Mode, Route, Trust, Variant};
use domain::tally::Answer;
use thiserror::Error;

/// Bytes of an answer before sealing.
pub const ANSWER: usize = 256;
/// Bytes of a text before sealing.
pub const TEXT: usize = 2048;
/// Most bytes of a text itself.
pub const TEXT_LIMIT: usize = 2000;

/// The first version held 160 items and 43 choices; a survey of households asks fewer items and more
/// beside them.
const VERSION: u8 = 2;
const TEXT_VERSION: u8 = 1;
const TEXT_AT: usize = 24;
const ITEMS_AT: usize = 133;
const MOST_ITEMS: usize = 100;
const MOST_CHOICES: usize = 73;

/// How many items and choices a version holds.
const fn most(version: u8) -> Option<(usize, usize)> {
    match version {
        1 => Some((160, 43)),
        VERSION => Some((MOST_ITEMS, MOST_CHOICES)),
        _ => None,
    }
}

domain::survey::words! {
    /// Why an answer is doubtful: the first that applies, decided before sealing.
    Flag, "flag" {
        /// Faster than anybody can read.
        TooFast = "too-fast",
        /// Many at one touchpoint within minutes.
        Burst = "burst",
        /// More than the touchpoint's daily budget.
        OverBudget = "over-budget",
        /// From the unit's own network.
        OfficeNetwork = "office-network",
        /// At an hour at which the counter is closed.
        OutsideHours = "outside-hours",
        /// The same answer to everything.
        StraightLine = "straight-line",
        /// Nothing of the kind.
        None = "none",
    }
}

/// Everything that is kept of an answer until its fold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The unit that decided.
    pub deciding: UnitId,
    /// The counter that received.
    pub receiving: UnitId,
    /// The touchpoint, if it came through one.
    pub touchpoint: Option<TouchpointId>,
    /// The file, if it came from one.
    pub import: Option<ImportId>,
    /// The month of the file.
    pub month: Option<Month>,
    /// How the answer came.
    pub mode: Mode,
    /// How far it can be believed.
    pub trust: Trust,
    /// Which form.
    pub variant: Variant,
    /// Which questions.
    pub route: Route,
    /// Who helped with the answer, never by name; `None` where nobody did.
    pub helper: Option<Helper>,
    /// Doubtful?
    pub flag: Flag,
    /// Code of the field; empty for other, don't remember, not asked.
    pub field: String,
    /// The overall question.
    pub overall: Answer,
    /// Items in the order of the instrument's tree.
    pub items: Vec<Answer>,
    /// Options chosen, by question of the instrument; `None` for blank and not asked.
    pub choices: Vec<Option<u8>>,
}

/// An answer does not fit the record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecordError {
    /// More items or questions than a record holds.
    #[error("the instrument has more items or questions than an answer can hold")]
    TooMany,
    /// The bytes were not written by this program.
    #[error("a record is damaged or was written by another version")]
    Damaged,
}

pub(crate) fn position<T: PartialEq>(list: &[T], item: &T) -> u8 {
    list.iter().position(|x| x == item).and_then(|i| u8::try_from(i).ok()).unwrap_or(u8::MAX)
}

pub(crate) fn padded<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    Some(bytes)
}

pub(crate) fn unpadded(bytes: &[u8]) -> Result<String, RecordError> {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    String::from_utf8(bytes[..end].to_vec()).map_err(|_| RecordError::Damaged)
}

impl Kept {
    /// The record.
    ///
    /// # Errors
    /// [`RecordError::TooMany`] where the instrument is larger than a record.
    pub fn encode(&self) -> Result<[u8; ANSWER], RecordError> {
        let too_many = RecordError::TooMany;
        if self.items.len() > MOST_ITEMS || self.choices.len() > MOST_CHOICES {
            return Err(too_many);
        }
        let mixture = if let Mode::Mixture(name) = &self.mode { name.as_str() } else { "" };
        let mut bytes = [0; ANSWER];
        bytes[0] = VERSION;
        bytes[1] = position(&Mode::SINGLE, &self.mode);
        bytes[2] = position(Trust::ALL, &self.trust);
        bytes[3] = position(Variant::ALL, &self.variant);
        bytes[4] = position(Route::ALL, &self.route);
        // Helpers came later: a record without one has zeros in the upper half.
        let helper = self.helper.map_or(0, |helper| position(Helper::ALL, &helper) + 1);
        bytes[5] = position(Flag::ALL, &self.flag) | helper << 4;
        bytes[6] = self.overall.byte();
        bytes[7] = u8::try_from(self.items.len()).map_err(|_| too_many.clone())?;
        bytes[8] = u8::try_from(self.choices.len()).map_err(|_| too_many.clone())?;
        let month = self.month.map_or(0, |m| u32::try_from(m.number()).unwrap_or(0));
        bytes[9..13].copy_from_slice(&month.to_le_bytes());
        bytes[13..29].copy_from_slice(self.deciding.as_bytes());
        bytes[29..45].copy_from_slice(self.receiving.as_bytes());
        bytes[45..61].copy_from_slice(self.touchpoint.as_ref().map_or(&[0; 16][..], |id| &id.as_bytes()[..]));
        bytes[61..77].copy_from_slice(self.import.as_ref().map_or(&[0; 16][..], |id| &id.as_bytes()[..]));
        bytes[77..93].copy_from_slice(&padded::<16>(&self.field).ok_or_else(|| too_many.clone())?);
        bytes[93..133].copy_from_slice(&padded::<40>(mixture).ok_or(too_many)?);
        for (index, item) in self.items.iter().enumerate() {
            bytes[ITEMS_AT + index / 2] |= item.byte() << (4 * (index % 2));
        }
        let choices_at = ITEMS_AT + MOST_ITEMS / 2;
        for (index, choice) in self.choices.iter().enumerate() {
            bytes[choices_at + index] = choice.map_or(0, |c| c.saturating_add(1));
        }
        Ok(bytes)
    }

    /// The answer in a record.
    ///
    /// # Errors
    /// [`RecordError::Damaged`] where it is none.
    pub fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
        let damaged = || RecordError::Damaged;
        let bytes: &[u8; ANSWER] = bytes.try_into().map_err(|_| damaged())?;
        let most = most(bytes[0]).ok_or_else(damaged)?;
        let id = |at: usize| <[u8; 16]>::try_from(&bytes[at..at + 16]).map_err(|_| damaged());
        let some = |raw: [u8; 16]| (raw != [0; 16]).then_some(raw);
        let month = u32::from_le_bytes([bytes[9], bytes[10], bytes[11], bytes[12]]);
        let mixture = unpadded(&bytes[93..133])?;
        let mode = match Mode::SINGLE.get(usize::from(bytes[1])) {
            Some(mode) => mode.clone(),
            None if bytes[1] == u8::MAX => Mode::Mixture(mixture),
            None => return Err(damaged()),
        };
        let answer = |index: usize| {
            let byte = bytes[ITEMS_AT + index / 2] >> (4 * (index % 2)) & 0x0f;
            Answer::from_byte(byte).ok_or_else(damaged)
        };
        let choices_at = ITEMS_AT + most.0 / 2;
        let counts = (usize::from(bytes[7]), usize::from(bytes[8]));
        if counts.0 > most.0 || counts.1 > most.1 {
            return Err(damaged());
        }
        Ok(Self {
            deciding: UnitId::from_bytes(id(13)?),
            receiving: UnitId::from_bytes(id(29)?),
            touchpoint: some(id(45)?).map(TouchpointId::from_bytes),
            import: some(id(61)?).map(ImportId::from_bytes),
            month: Month::from_number(i64::from(month)),
            mode,
            trust: pick(Trust::ALL, bytes[2])?,
            variant: pick(Variant::ALL, bytes[3])?,
            route: pick(Route::ALL, bytes[4])?,
            helper: helper(bytes[5] >> 4)?,
            flag: pick(Flag::ALL, bytes[5] & 0x0f)?,
            field: unpadded(&bytes[77..93])?,
            overall: Answer::from_byte(bytes[6]).ok_or_else(damaged)?,
            items: (0..counts.0).map(answer).collect::<Result<_, _>>()?,
            choices: bytes[choices_at..choices_at + counts.1].iter().map(|b| b.checked_sub(1)).collect(),
        })
    }

    /// The group in which the answer waits.
    #[must_use]
    pub fn group(&self, survey: domain::id::SurveyId) -> Group {
        Group {
            survey,
            unit: self.deciding,
            mode: self.mode.clone(),
            trust: self.trust,
            variant: self.variant,
            route: self.route,
        }
    }
}

fn helper(byte: u8) -> Result<Option<Helper>, RecordError> {
    byte.checked_sub(1).map(|at| pick(Helper::ALL, at)).transpose()
}

pub(crate) fn pick<T: Copy>(list: &[T], index: u8) -> Result<T, RecordError> {
    list.get(usize::from(index)).copied().ok_or(RecordError::Damaged)
}

/// A text before sealing: the unit, the month, satisfied (2), neutral (1), dissatisfied (0) or unsaid
/// (3), and the words. Always of the same length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptText {
    /// The unit that decided.
    pub unit: UnitId,
    /// The month in which it came; for the retention.
    pub month: Month,
    /// How satisfied in all.
    pub mood: u8,
    /// The words; empty for most.
    pub text: String,
}

impl KeptText {
    /// The record; a text over [`TEXT_LIMIT`] is cut at a character.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut end = self.text.len().min(TEXT_LIMIT);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let mut bytes = vec![0; TEXT];
        bytes[0] = TEXT_VERSION;
        bytes[1] = self.mood;
        bytes[2..18].copy_from_slice(self.unit.as_bytes());
        bytes[18..20].copy_from_slice(&u16::try_from(end).unwrap_or(0).to_le_bytes());
        bytes[20..TEXT_AT].copy_from_slice(&self.month.number().to_le_bytes()[..4]);
        bytes[TEXT_AT..TEXT_AT + end].copy_from_slice(&self.text.as_bytes()[..end]);
        bytes
    }

    /// The text in a record.
    ///
    /// # Errors
    /// [`RecordError::Damaged`] where it is none.
    pub fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
        let damaged = || RecordError::Damaged;
        if bytes.len() != TEXT || bytes[0] != TEXT_VERSION {
            return Err(damaged());
        }
        let unit = UnitId::from_slice(&bytes[2..18]).map_err(|_| damaged())?;
        let length = usize::from(u16::from_le_bytes([bytes[18], bytes[19]]));
        let month = u32::from_le_bytes([bytes[20], bytes[21], bytes[22], bytes[23]]);
        let month = Month::from_number(i64::from(month)).ok_or_else(damaged)?;
        let text = bytes.get(TEXT_AT..TEXT_AT + length).ok_or_else(damaged)?;
        let text = String::from_utf8(text.to_vec()).map_err(|_| damaged())?;
        Ok(Self { unit, month, mood: bytes[1], text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept() -> impl Strategy<Value = Kept> {
        let items =
            prop::collection::vec((0u8..8).prop_map(|b| Answer::from_byte(b).unwrap()), 0..=MOST_ITEMS);
        let choices = prop::collection::vec(prop::option::of(0u8..20), 0..=MOST_CHOICES);
        let ids = (any::<[u8; 16]>(), any::<[u8; 16]>(), prop::option::of(1u8..255));
        let words = (0usize..9, 0usize..4, 0usize..3, 0usize..6, 0usize..7, "[a-z-]{0,16}");
        (items, choices, ids, words).prop_map(|(items, choices, ids, words)| Kept {
            deciding: UnitId::from_bytes(ids.0),
            receiving: UnitId::from_bytes(ids.1),
            touchpoint: ids.2.map(|b| TouchpointId::from_bytes([b; 16])),
            import: None,
            month: Month::new(2026, 10).filter(|_| words.0 > 3),
            mode: Mode::SINGLE.get(words.0).cloned().unwrap_or_else(|| Mode::Mixture("thư và mạng".into())),
            trust: Trust::ALL[words.1],
            variant: Variant::ALL[words.2],
            route: Route::ALL[words.3],
            helper: Helper::ALL.get(words.1).copied(),
            flag: Flag::ALL[words.4],
            field: words.5,
            overall: items.first().copied().unwrap_or(Answer::Blank),
            items,
            choices,
        })
    }

    proptest! {
        #[test]
        fn every_answer_comes_back_from_its_record(kept in kept()) {
            prop_assert_eq!(Kept::decode(&kept.encode().unwrap()).unwrap(), kept);
        }

        #[test]
        fn an_answer_of_the_first_version_still_opens(kept in kept()) {
            let kept = Kept { choices: kept.choices.iter().take(43).copied().collect(), ..kept };
            let mut record = kept.encode().unwrap();
            let choices: Vec<u8> = record[ITEMS_AT + MOST_ITEMS / 2..].iter().take(43).copied().collect();
            record[0] = 1;
            record[ITEMS_AT + MOST_ITEMS / 2..].fill(0);
            record[ITEMS_AT + 80..].copy_from_slice(&choices);
            prop_assert_eq!(Kept::decode(&record).unwrap(), kept);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), ANSWER)) {
            drop(Kept::decode(&bytes));
        }

        #[test]
        fn a_text_comes_back_and_is_always_equally_long(text in "\\PC{0,600}") {
            let month = Month::new(2026, 10).unwrap();
            let kept = KeptText { unit: UnitId::from_bytes([3; 16]), month, mood: 2, text };
            let record = kept.encode();
            prop_assert_eq!(record.len(), TEXT);
            let back = KeptText::decode(&record).unwrap();
            prop_assert!(kept.text.starts_with(&back.text));
            prop_assert_eq!((back.month, back.mood), (kept.month, kept.mood));
            prop_assert!(kept.text.len() <= TEXT_LIMIT || back.text.len() > TEXT_LIMIT - 4);
        }
    }
}
