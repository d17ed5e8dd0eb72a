//! One line of a file of volumes.

use super::Typed;
use super::places::{Places, shown};
use crate::table::{Faults, Row};
use domain::volume::{Dossiers, Volume, VolumeFault, parse_count};

/// Reads a line; `None` where something in it is wrong, which is noted.
pub(super) fn read(row: Row<'_>, places: &mut Places, noted: (&mut Faults, &mut Typed)) -> Option<Volume> {
    let mut check = Check { row, faults: noted.0, typed: noted.1 };
    let month = check.take("month", places.month(row.cell("month")));
    let field = check.take("field", places.field(row.cell("field")));
    let unit = month
        .and_then(|month| check.take("deciding_unit", places.deciding(row.cell("deciding_unit"), month)));
    let received = row.cell("receiving_unit");
    let receiving = match month.filter(|_| !received.is_empty()) {
        Some(month) => Some(check.take("receiving_unit", places.unit(received, month))),
        None => None,
    };
    let dossiers = check.dossiers();
    let receiving = match receiving {
        Some(found) => Some(found?),
        None => None,
    };
    let (unit, dossiers) = (unit?, dossiers?);
    // Handed in where it was decided is the same as not said: one way to write one thing.
    let receiving = receiving.filter(|receiving| *receiving != unit);
    Some(Volume { month: month?, unit, receiving, field: field?, dossiers })
}

struct Check<'a> {
    row: Row<'a>,
    faults: &'a mut Faults,
    typed: &'a mut Typed,
}

impl Check<'_> {
    fn note(&mut self, column: &'static str, fault: VolumeFault) {
        self.faults.cell(self.row, column, fault.to_string());
        self.typed.insert((self.row.line(), column), fault);
    }

    fn take<T>(&mut self, column: &'static str, found: Result<T, VolumeFault>) -> Option<T> {
        found.map_err(|fault| self.note(column, fault)).ok()
    }

    fn count(&mut self, column: &'static str) -> Option<i64> {
        let text = self.row.cell(column);
        self.take(column, parse_count(text).ok_or_else(|| VolumeFault::NotACount(shown(text))))
    }

    fn part(&mut self, column: &'static str) -> Option<Option<i64>> {
        if self.row.cell(column).is_empty() { Some(None) } else { self.count(column).map(Some) }
    }

    fn dossiers(&mut self) -> Option<Dossiers> {
        let closed = self.count("closed");
        let parts = ["on_time", "late", "online", "refused"].map(|column| self.part(column));
        let [on_time, late, online, refused] = parts;
        let dossiers =
            Dossiers { closed: closed?, on_time: on_time?, late: late?, online: online?, refused: refused? };
        if let Err(fault) = dossiers.check() {
            self.note(fault.column(), fault.into());
            return None;
        }
        Some(dossiers)
    }
}
