//! Reorganisations, as a run meets them: what waits for a unit whose whole work went to another is
//! opened as the other's, counts with what waits there, and is resealed under its name. So a move has no
//! moment of its own: a run that breaks off finds the same answers and moves them again. A unit that was
//! divided is over.

use super::Opened;
use crate::error::UsecaseError;
use crate::mutant::Mutant;
use crate::office::Office;
use crate::record::{Kept, KeptText};
use crate::registry::Province;
use domain::id::UnitId;
use time::Date;

/// Units as they are on a day.
#[derive(Clone, Copy)]
pub(super) struct Units<'a> {
    pub office: &'a Office,
    pub province: &'a Province,
    pub day: Date,
}

impl Units<'_> {
    /// An answer as it came out of its seal, at the unit that has the work of the one it was given to.
    /// Answers of a file keep the unit of their own day.
    ///
    /// # Errors
    /// Where an answer is larger than a record.
    pub fn opened(&self, id: [u8; 16], record: Vec<u8>, kept: Kept) -> Result<Opened, UsecaseError> {
        let (deciding, receiving) = (self.heir(kept.deciding), self.heir(kept.receiving));
        if kept.import.is_some() || (deciding, receiving) == (kept.deciding, kept.receiving) {
            return Ok(Opened { id, record, kept });
        }
        let kept = Kept { deciding, receiving, ..kept };
        Ok(Opened { id, record: kept.encode()?.to_vec(), kept })
    }

    /// The same of a text.
    pub fn opened_text(&self, record: Vec<u8>, kept: KeptText) -> (Vec<u8>, KeptText) {
        let unit = self.heir(kept.unit);
        if unit == kept.unit {
            return (record, kept);
        }
        let kept = KeptText { unit, ..kept };
        (kept.encode(), kept)
    }

    /// Whether a unit is over, and nobody has all of its work.
    pub fn is_over(&self, unit: UnitId) -> bool {
        !self.office.fault.is(Mutant::NeverEnds) && self.province.lineage().is_divided(unit, self.day)
    }

    fn heir(&self, unit: UnitId) -> UnitId {
        if self.office.fault.is(Mutant::LeftBehind) {
            return unit;
        }
        self.province.lineage().heir(unit, self.day)
    }
}
