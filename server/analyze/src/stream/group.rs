//! From the texts of the grouping columns to the number of a cell.

use std::collections::HashMap;
use std::ops::Range;

/// Where the text of every grouping column is.
pub(super) struct Keys(Vec<Range<usize>>);

impl Keys {
    pub(super) fn new(columns: usize) -> Self {
        Self(vec![0..0; columns])
    }

    /// The text of a column is there.
    pub(super) fn set(&mut self, column: usize, text: Range<usize>) {
        if let Some(place) = self.0.get_mut(column) {
            *place = text;
        }
    }

    /// The texts, out of the row they are in.
    pub(super) fn texts<'a>(&self, row: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.0.iter().map(|range| row.get(range.clone()).unwrap_or_default())
    }
}

/// The combinations of texts that were seen, numbered as they came.
pub(super) struct Groups {
    columns: Vec<Dictionary>,
    /// For every column: the pairs of a combination of the columns before it and a text of it.
    pairs: Vec<Dictionary>,
}

impl Groups {
    pub(super) fn new(columns: usize) -> Self {
        let dictionaries = || (0..columns).map(|_| Dictionary::new()).collect();
        Self { columns: dictionaries(), pairs: dictionaries() }
    }

    /// The number of a combination; a new one has the next number.
    pub(super) fn number<'a>(&mut self, texts: impl Iterator<Item = &'a [u8]>) -> usize {
        let mut combination = 0;
        let columns = self.columns.iter_mut().zip(&mut self.pairs).zip(texts);
        for (at, ((column, pairs), text)) in columns.enumerate() {
            let number = column.number(text);
            combination = if at == 0 { number } else { pairs.number(&join(combination, number)) };
        }
        combination as usize
    }

    /// The texts of a combination.
    pub(super) fn texts(&self, number: usize) -> Vec<&[u8]> {
        let mut texts = Vec::new();
        let mut combination = number;
        for (at, (column, pairs)) in self.columns.iter().zip(&self.pairs).enumerate().rev() {
            let (before, own) = if at == 0 { (0, combination) } else { part(pairs.text(combination)) };
            texts.push(column.text(own));
            combination = before;
        }
        texts.reverse();
        texts
    }
}

/// A pair of numbers as a text.
fn join(before: u32, own: u32) -> [u8; 8] {
    (u64::from(before) << 32 | u64::from(own)).to_le_bytes()
}

fn part(pair: &[u8]) -> (usize, usize) {
    let number = |bytes: Option<&[u8]>| {
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok()).unwrap_or_default();
        u32::from_le_bytes(bytes) as usize
    };
    (number(pair.get(4..8)), number(pair.get(0..4)))
}

/// Texts, numbered as they came.
struct Dictionary {
    numbers: HashMap<Box<[u8]>, u32>,
    texts: Vec<Box<[u8]>>,
    /// By some bits of a text: the number that a text with these bits had last.
    recent: Vec<u32>,
}

impl Dictionary {
    const RECENT: usize = 1 << 10;

    fn new() -> Self {
        Self { numbers: HashMap::new(), texts: Vec::new(), recent: vec![0; Self::RECENT] }
    }

    fn number(&mut self, text: &[u8]) -> u32 {
        let slot = slot(text);
        let recent = self.recent[slot];
        if self.text(recent as usize) == text && !self.texts.is_empty() {
            return recent;
        }
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => self.append(text),
        };
        self.recent[slot] = number;
        number
    }

    fn append(&mut self, text: &[u8]) -> u32 {
        // The cells run out of memory long before: see `Tally::MOST`.
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    fn text(&self, number: usize) -> &[u8] {
        self.texts.get(number).map(AsRef::as_ref).unwrap_or_default()
    }
}

/// A number below [`Dictionary::RECENT`] that depends on every byte.
fn slot(text: &[u8]) -> usize {
    let stir = |stirred: u32, byte: &u8| (stirred ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let stirred = text.iter().fold(0x811c_9dc5_u32, stir);
    (stirred >> 16 ^ stirred) as usize % Dictionary::RECENT
}
