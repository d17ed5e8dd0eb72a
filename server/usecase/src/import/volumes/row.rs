//! One line of a file of volumes.

use super::places::Places;
use crate::table::{Faults, Row};
use domain::volume::{Dossiers, MOST, Volume, parse_count};

/// Reads a line; `None` where something in it is wrong, which is noted.
pub(super) fn read(row: Row<'_>, places: &mut Places, faults: &mut Faults) -> Option<Volume> {
    let mut check = Check { row, faults };
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
}

impl Check<'_> {
    fn take<T>(&mut self, column: &str, found: Result<T, String>) -> Option<T> {
        found.map_err(|message| self.faults.cell(self.row, column, message)).ok()
    }

    fn count(&mut self, column: &str) -> Option<i64> {
        let text = self.row.cell(column);
        let shown: String = text.chars().take(40).collect();
        let wrong = || format!("{shown:?} is not a number of dossiers; write digits only, at most {MOST}");
        self.take(column, parse_count(text).ok_or_else(wrong))
    }

    fn part(&mut self, column: &str) -> Option<Option<i64>> {
        if self.row.cell(column).is_empty() { Some(None) } else { self.count(column).map(Some) }
    }

    fn dossiers(&mut self) -> Option<Dossiers> {
        let closed = self.count("closed");
        let parts = ["on_time", "late", "online", "refused"].map(|column| self.part(column));
        let [on_time, late, online, refused] = parts;
        let dossiers =
            Dossiers { closed: closed?, on_time: on_time?, late: late?, online: online?, refused: refused? };
        let fault = dossiers.check().err();
        if let Some(fault) = fault {
            self.faults.cell(self.row, fault.column(), fault.to_string());
        }
        fault.is_none().then_some(dossiers)
    }
}
