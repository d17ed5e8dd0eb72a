//! One line of a file of volumes.

use super::Typed;
use super::places::{Places, shown};
use crate::table::{Faults, Row};
use domain::volume::{Dossiers, Volume, VolumeFault, parse_count};

/// Something was wrong and is noted.
struct Noted;

/// Reads a line; `None` where something in it is wrong, which is noted.
pub(super) fn read(
    row: Row<'_>,
    places: &mut Places,
    faults: &mut Faults,
    typed: &mut Typed,
) -> Option<Volume> {
    let mut check = Check { row, faults, typed };
    let month = check.take("month", places.month(row.cell("month")));
    let field = check.take("field", places.field(row.cell("field")));
    // Without a month nobody can say which unit has the code.
    let units = month.as_ref().ok().map(|month| {
        let unit = check.take("deciding_unit", places.deciding(row.cell("deciding_unit"), *month));
        let receiving = match row.cell("receiving_unit") {
            "" => Ok(None),
            code => check.take("receiving_unit", places.unit(code, *month)).map(Some),
        };
        (unit, receiving)
    });
    let dossiers = check.dossiers();
    let (unit, receiving) = units?;
    let unit = unit.ok()?;
    Some(Volume {
        month: month.ok()?,
        unit,
        // Handed in where it was decided is the same as not said: one way to write one thing.
        receiving: receiving.ok()?.filter(|receiving| *receiving != unit),
        field: field.ok()?,
        dossiers: dossiers.ok()?,
    })
}

struct Check<'a> {
    row: Row<'a>,
    faults: &'a mut Faults,
    typed: &'a mut Typed,
}

impl Check<'_> {
    fn note(&mut self, column: &'static str, fault: VolumeFault) -> Noted {
        self.faults.cell(self.row, column, fault.to_string());
        self.typed.insert((self.row.line(), column), fault);
        Noted
    }

    fn take<T>(&mut self, column: &'static str, found: Result<T, VolumeFault>) -> Result<T, Noted> {
        found.map_err(|fault| self.note(column, fault))
    }

    fn count(&mut self, column: &'static str) -> Result<i64, Noted> {
        let text = self.row.cell(column);
        self.take(column, parse_count(text).ok_or_else(|| VolumeFault::NotACount(shown(text))))
    }

    fn part(&mut self, column: &'static str) -> Result<Option<i64>, Noted> {
        if self.row.cell(column).is_empty() { Ok(None) } else { self.count(column).map(Some) }
    }

    fn dossiers(&mut self) -> Result<Dossiers, Noted> {
        let closed = self.count("closed");
        let parts = ["on_time", "late", "online", "refused"].map(|column| self.part(column));
        let [on_time, late, online, refused] = parts;
        let dossiers =
            Dossiers { closed: closed?, on_time: on_time?, late: late?, online: online?, refused: refused? };
        match dossiers.check() {
            Ok(()) => Ok(dossiers),
            Err(fault) => Err(self.note(fault.column(), fault.into())),
        }
    }
}
