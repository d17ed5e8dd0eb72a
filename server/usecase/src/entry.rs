//! What a folded answer leaves in its group's box: coarse bands and sums, as one record of fixed
//! size. It holds no single answer but the overall one and those of the complaint branch, and it
//! waits sealed until the box is cut (privacy-security.md, "From an answer to a figure", 6).

mod band;
mod bits;

pub use band::Bands;
pub use domain::family::{BLANK, Family, NOT_ASKED, POOLED};

use crate::record::{Flag, Kept, RecordError, padded, pick, position, unpadded};
use crate::registry::QuestionSet;
use bits::{Reader, Writer, width};
use domain::id::UnitId;
use domain::period::Month;
use domain::survey::Route;
use domain::tally::layout::items_of;
use domain::tally::{Answer, Layout, Row};

/// Bytes of an entry before sealing; the seal adds forty.
pub const ENTRY: usize = 128;

const VERSION: u8 = 1;
const SUMS_AT: usize = 91;

/// What an entry in a parent's box knows of its way there, so that later cuts can be compared with
/// everything that has been published of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Raised {
    /// Random, the same in the boxes of all families: which entries are of one answer.
    pub tag: [u8; 8],
    /// The release of the cut from which it came up; 0 in a unit's own box.
    pub cut: u32,
    /// By family: the part in which it was published; 0 for none.
    pub parts: [u8; Family::ALL.len()],
}

/// One folded answer, as its box keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The month in which it counts.
    pub month: Month,
    /// The release of its fold: together with the unit, the published step that it belongs to.
    pub release: u32,
    /// The unit whose figure it is in; in a parent's box the entries are of several.
    pub deciding: UnitId,
    /// Its bands.
    pub bands: Bands,
    /// Its way to a parent's box.
    pub raised: Raised,
    row: Row,
}

impl Entry {
    /// What an answer leaves behind when it is folded into a release.
    #[must_use]
    pub fn of(kept: &Kept, month: Month, release: u32, questions: &QuestionSet) -> Self {
        let layout = &questions.part;
        let row = if kept.route == Route::Partial {
            Row::overall_only(layout, kept.overall)
        } else {
            // The order of `Layout::part`: base items first, then those of the branch.
            let answers = items_of(&questions.instrument).zip(&kept.items);
            let (base, branch): (Vec<_>, Vec<_>) = answers.partition(|(item, _)| item.only_if.is_none());
            let items: Vec<Answer> = base.into_iter().chain(branch).map(|(_, answer)| *answer).collect();
            Row::new(layout, kept.overall, &items, Vec::new())
        };
        Self {
            month,
            release,
            deciding: kept.deciding,
            bands: Bands::of(kept, &questions.instrument),
            raised: Raised::default(),
            row: Row { facts: Vec::new(), ..row },
        }
    }

    /// Its contribution to the tally of a part; facts stay in base tallies.
    #[must_use]
    pub const fn row(&self) -> &Row {
        &self.row
    }

    /// The record.
    ///
    /// # Errors
    /// [`RecordError::TooMany`] where the instrument has more factors than an entry holds; see [`fits`].
    pub fn encode(&self, layout: &Layout) -> Result<[u8; ENTRY], RecordError> {
        let too_many = || RecordError::TooMany;
        let mut bytes = [0; ENTRY];
        bytes[0] = VERSION;
        bytes[1] = self.row.overall.byte();
        bytes[2] = position(Flag::ALL, &self.bands.flag);
        bytes[3..13].copy_from_slice(&self.bands.said);
        bytes[13..16].copy_from_slice(&self.month.number().to_le_bytes()[..3]);
        bytes[16..20].copy_from_slice(&self.release.to_le_bytes());
        bytes[20..36].copy_from_slice(self.deciding.as_bytes());
        bytes[36..52].copy_from_slice(self.bands.receiving.as_bytes());
        bytes[52..68].copy_from_slice(&padded::<16>(&self.bands.field).ok_or_else(too_many)?);
        bytes[68..76].copy_from_slice(&self.raised.tag);
        bytes[76..80].copy_from_slice(&self.raised.cut.to_le_bytes());
        bytes[80..SUMS_AT].copy_from_slice(&self.raised.parts);
        let mut writer = Writer::new(&mut bytes[SUMS_AT..]);
        for (atom, (satisfied, answers)) in layout.atoms.iter().zip(&self.row.atoms) {
            writer.put(*satisfied, width(atom.len())).ok_or_else(too_many)?;
            writer.put(*answers, width(atom.len())).ok_or_else(too_many)?;
        }
        for (node, (_, sum)) in layout.nodes.iter().zip(&self.row.nodes) {
            writer.put(*sum, width(5 * node.items.len())).ok_or_else(too_many)?;
        }
        for answer in &self.row.listed {
            writer.put(i64::from(answer.byte()), 3).ok_or_else(too_many)?;
        }
        Ok(bytes)
    }

    /// The entry in a record.
    ///
    /// # Errors
    /// [`RecordError::Damaged`] where it is none.
    pub fn decode(bytes: &[u8], layout: &Layout) -> Result<Self, RecordError> {
        let damaged = || RecordError::Damaged;
        let bytes: &[u8; ENTRY] = bytes.try_into().map_err(|_| damaged())?;
        if bytes[0] != VERSION {
            return Err(damaged());
        }
        let month = i64::from(u32::from_le_bytes([bytes[13], bytes[14], bytes[15], 0]));
        let unit = |at: usize| UnitId::from_slice(&bytes[at..at + 16]).map_err(|_| damaged());
        let overall = Answer::from_byte(bytes[1]).ok_or_else(damaged)?;
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let (mut said, mut raised) =
            ([0; band::QUESTIONS.len()], Raised { cut: number(76), ..Raised::default() });
        said.copy_from_slice(&bytes[3..13]);
        raised.tag.copy_from_slice(&bytes[68..76]);
        raised.parts.copy_from_slice(&bytes[80..SUMS_AT]);
        Ok(Self {
            month: Month::from_number(month).ok_or_else(damaged)?,
            release: number(16),
            deciding: unit(20)?,
            bands: Bands {
                flag: pick(Flag::ALL, bytes[2])?,
                said,
                receiving: unit(36)?,
                field: unpadded(&bytes[52..68])?,
            },
            raised,
            row: read_row(&bytes[SUMS_AT..], overall, layout).ok_or_else(damaged)?,
        })
    }
}

/// The sums of an entry. How many answers a node has follows from its atoms, so it is not stored.
fn read_row(bytes: &[u8], overall: Answer, layout: &Layout) -> Option<Row> {
    let mut reader = Reader::new(bytes);
    let mut atoms = Vec::with_capacity(layout.atoms.len());
    for atom in &layout.atoms {
        let satisfied = reader.take(width(atom.len()))?;
        let answers = reader.take(width(atom.len()))?;
        let limit = i64::try_from(atom.len()).ok()?;
        atoms.push(Some((satisfied, answers)).filter(|_| satisfied <= answers && answers <= limit)?);
    }
    let mut nodes = Vec::with_capacity(layout.nodes.len());
    for node in &layout.nodes {
        let sum = reader.take(width(5 * node.items.len()))?;
        let answers: i64 = node.atoms.iter().filter_map(|atom| atoms.get(*atom)).map(|atom| atom.1).sum();
        nodes.push(Some((answers, sum)).filter(|_| answers <= sum && sum <= 5 * answers)?);
    }
    let byte = |reader: &mut Reader<'_>| u8::try_from(reader.take(3)?).ok().and_then(Answer::from_byte);
    let listed = layout.listed.iter().map(|_| byte(&mut reader)).collect::<Option<_>>()?;
    Some(Row { overall, listed, atoms, nodes, facts: Vec::new(), coded: Vec::new() })
}

/// Whether the sums of an instrument fit into an entry: to be asked before a survey opens, because
/// afterwards its answers could not be folded.
#[must_use]
pub fn fits(layout: &Layout) -> bool {
    let atoms = layout.atoms.iter().map(|atom| 2 * width(atom.len()));
    let nodes = layout.nodes.iter().map(|node| width(5 * node.items.len()));
    let bits: usize = atoms.chain(nodes).sum::<usize>() + 3 * layout.listed.len();
    bits <= 8 * (ENTRY - SUMS_AT)
}

#[cfg(test)]
mod tests;
