//! Rows of a block without quotes.

use super::Odd;
use super::group::Keys;
use super::plan::{Layout, Role};
use super::tallies::Tally;
use std::ops::Range;

/// What an answer adds to its atom: one word holds the satisfied answers, the answers given and
/// the sum of the codes, so that one addition counts all three.
pub(super) type Word = u64;

/// By the byte of a cell that is an answer, or the delimiter behind an empty one: its word.
#[derive(Debug, Clone)]
pub(super) struct Codes([Word; 256]);

impl Codes {
    /// Items that there may be, so that no part of a word runs into the next.
    pub(super) const MOST: usize = 10_000;

    /// Says that a byte is no answer; no sum of words reaches it.
    const WRONG: Word = 1 << 63;

    pub(super) fn of(delimiter: u8) -> Self {
        let mut words = [Self::WRONG; 256];
        words[usize::from(delimiter)] = 0;
        for code in 1..=5 {
            words[usize::from(b'0') + code] = (code as Word) << 32 | 1 << 16 | Word::from(code >= 4);
        }
        Self(words)
    }

    fn word(&self, byte: u8) -> Word {
        self.0[usize::from(byte)]
    }

    /// The word of a cell with anything around the answer that a table would trim.
    pub(super) fn cell(&self, cell: &[u8]) -> Option<Word> {
        match std::str::from_utf8(cell).ok()?.trim().as_bytes() {
            [] => Some(0),
            [code @ b'1'..=b'5'] => Some(self.word(*code)),
            _ => None,
        }
    }

    /// Satisfied answers, answers given, sum of the codes.
    pub(super) fn parts(word: Word) -> (u32, u32, u32) {
        ((word & 0xffff) as u32, (word >> 16 & 0xffff) as u32, (word >> 32 & 0x7fff_ffff) as u32)
    }
}

/// One respondent: an answer word for every atom, and where the texts of the groups are.
pub(super) struct Respondent {
    pub(super) words: Vec<Word>,
    pub(super) keys: Keys,
}

impl Respondent {
    pub(super) fn new(layout: &Layout) -> Self {
        Self { words: vec![0; layout.shape.atoms() + 1], keys: Keys::new(layout.groups.len()) }
    }
}

/// Tallies all rows.
pub(super) fn plain(layout: &Layout, rows: &[u8], tally: &mut Tally) -> Result<(), Odd> {
    let steps = Steps::of(layout);
    let mut one = Respondent::new(layout);
    let mut at = 0;
    while at < rows.len() {
        one.words.fill(0);
        at = match steps.read(layout, rows, at, &mut one) {
            Some(next) => next,
            None => match trimmed(layout, rows, at, &mut one)? {
                Read::Row(next) => next,
                Read::Nothing(next) => {
                    at = next;
                    continue;
                }
            },
        };
        tally.add(rows, &one)?;
    }
    Ok(())
}

enum Read {
    Row(usize),
    Nothing(usize),
}

/// A row whose cells may be longer than an answer; an empty line is no row.
fn trimmed(layout: &Layout, rows: &[u8], begin: usize, one: &mut Respondent) -> Result<Read, Odd> {
    let length = rows[begin..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let end = length.map_or(rows.len(), |length| begin + length);
    if end == begin {
        return Ok(Read::Nothing(end + 1));
    }
    one.words.fill(0);
    let mut roles = layout.roles.iter();
    let mut at = begin;
    for cell in rows[begin..end].split(|byte| *byte == layout.delimiter) {
        match roles.next().ok_or(Odd)? {
            Role::Other => {}
            Role::Group(place) => one.keys.set(*place, at..at + cell.len()),
            Role::Answer(atom) => one.words[*atom] += layout.codes.cell(cell).ok_or(Odd)?,
        }
        at += cell.len() + 1;
    }
    if roles.next().is_some() { Err(Odd) } else { Ok(Read::Row(end + 1)) }
}

/// What to do from the left to the right of a row.
struct Steps {
    steps: Vec<Step>,
    last: Role,
}

enum Step {
    Skip,
    Group(usize),
    /// Answers side by side, each with its atom.
    Answers(Vec<usize>),
}

impl Steps {
    fn of(layout: &Layout) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        let (last, before) = layout.roles.split_last().map_or((Role::Other, &[][..]), |(l, b)| (*l, b));
        for role in before {
            match (role, steps.last_mut()) {
                (Role::Other, _) => steps.push(Step::Skip),
                (Role::Group(place), _) => steps.push(Step::Group(*place)),
                (Role::Answer(atom), Some(Step::Answers(atoms))) => atoms.push(*atom),
                (Role::Answer(atom), _) => steps.push(Step::Answers(vec![*atom])),
            }
        }
        Self { steps, last }
    }

    /// Reads a row of cells as they mostly are; `None` if one is not, and where the next row begins.
    fn read(&self, layout: &Layout, rows: &[u8], begin: usize, one: &mut Respondent) -> Option<usize> {
        let mut at = begin;
        for step in &self.steps {
            match step {
                Step::Skip => at = field(layout, rows, at)?.end + 1,
                Step::Group(place) => {
                    let cell = field(layout, rows, at)?;
                    at = cell.end + 1;
                    one.keys.set(*place, cell);
                }
                Step::Answers(atoms) => at = answers(layout, rows, at, atoms, &mut one.words)?,
            }
        }
        let end = match self.last {
            Role::Answer(atom) => {
                let (word, end) = last_answer(layout, rows, at)?;
                one.words[atom] += word;
                end
            }
            Role::Group(place) => {
                let cell = last_field(layout, rows, at)?;
                one.keys.set(place, cell.clone());
                cell.end
            }
            Role::Other => last_field(layout, rows, at)?.end,
        };
        Some(behind(rows, end)).filter(|_| end > begin)
    }
}

/// The cell that begins here and has a delimiter behind it.
fn field(layout: &Layout, rows: &[u8], begin: usize) -> Option<Range<usize>> {
    let stop = |byte: &u8| *byte == layout.delimiter || *byte == b'\n' || *byte == b'\r';
    let end = begin + rows.get(begin..)?.iter().position(stop)?;
    (rows[end] == layout.delimiter).then_some(begin..end)
}

/// The cell that begins here and ends the row.
fn last_field(layout: &Layout, rows: &[u8], begin: usize) -> Option<Range<usize>> {
    let stop = |byte: &u8| *byte == layout.delimiter || *byte == b'\n' || *byte == b'\r';
    let rest = rows.get(begin..)?;
    let end = begin + rest.iter().position(stop).unwrap_or(rest.len());
    (rows.get(end) != Some(&layout.delimiter)).then_some(begin..end)
}

/// Adds answers that each have a delimiter behind them; where the next cell begins. There are no
/// branches on the answers, which nothing could foresee.
fn answers(layout: &Layout, rows: &[u8], begin: usize, atoms: &[usize], words: &mut [Word]) -> Option<usize> {
    let (mut at, mut right, mut seen) = (begin, true, 0);
    for atom in atoms {
        let byte = *rows.get(at)?;
        let word = layout.codes.word(byte);
        at += 2 - usize::from(byte == layout.delimiter);
        right &= rows.get(at - 1) == Some(&layout.delimiter);
        seen |= word;
        words[*atom] = words[*atom].wrapping_add(word);
    }
    (right && seen & Codes::WRONG == 0).then_some(at)
}

/// The answer that ends the row, and where it ends.
fn last_answer(layout: &Layout, rows: &[u8], at: usize) -> Option<(Word, usize)> {
    let Some(byte) = rows.get(at).filter(|byte| !matches!(**byte, b'\n' | b'\r')) else {
        return Some((0, at));
    };
    let ended = matches!(rows.get(at + 1), None | Some(b'\n' | b'\r'));
    (ended && byte.is_ascii_digit())
        .then(|| layout.codes.word(*byte))
        .filter(|word| *word != Codes::WRONG)
        .map(|word| (word, at + 1))
}

/// Where the row behind this line end begins.
fn behind(rows: &[u8], end: usize) -> usize {
    match rows.get(end..end + 2) {
        Some(b"\r\n") => end + 2,
        _ => end + 1,
    }
}
