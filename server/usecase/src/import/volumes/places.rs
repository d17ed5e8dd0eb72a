//! Units and fields by their codes, as they were in a row's month. A file names the same few thousand
//! times, so what was found is remembered.

use crate::registry::Province;
use domain::id::UnitId;
use domain::period::Month;
use domain::unit::{Unit, UnitKind};
use domain::volume::VolumeFault;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use time::Date;

/// Kinds of units that decide dossiers.
const COMMITTEES: [UnitKind; 4] =
    [UnitKind::Province, UnitKind::District, UnitKind::Commune, UnitKind::Department];
/// A field for dossiers of none of the fields.
const OTHER: &str = "other";

/// See the module.
pub(super) struct Places {
    province: Arc<Province>,
    this_month: Month,
    by_code: HashMap<String, Vec<UnitId>>,
    fields: HashSet<String>,
    found: HashMap<(String, Month), Result<UnitId, VolumeFault>>,
}

impl Places {
    pub(super) fn new(province: &Arc<Province>, this_month: Month) -> Self {
        let mut by_code: HashMap<String, Vec<UnitId>> = HashMap::new();
        for unit in province.units() {
            by_code.entry(unit.code.clone()).or_default().push(unit.id);
        }
        let mut fields: HashSet<String> = province.fields().iter().map(|field| field.code.clone()).collect();
        fields.insert(OTHER.into());
        Self { province: province.clone(), this_month, by_code, fields, found: HashMap::new() }
    }

    /// A month that is not still to come.
    pub(super) fn month(&self, text: &str) -> Result<Month, VolumeFault> {
        let month: Month = text.parse().map_err(|_| VolumeFault::NotAMonth(shown(text)))?;
        let this_month = self.this_month;
        if month > this_month { Err(VolumeFault::StillToCome { month, this_month }) } else { Ok(month) }
    }

    /// A field.
    pub(super) fn field(&self, code: &str) -> Result<String, VolumeFault> {
        if self.fields.contains(code) {
            Ok(code.to_owned())
        } else {
            Err(VolumeFault::UnknownField(shown(code)))
        }
    }

    /// The unit that decided.
    pub(super) fn deciding(&mut self, code: &str, month: Month) -> Result<UnitId, VolumeFault> {
        let id = self.unit(code, month)?;
        match self.province.unit(id) {
            Some(unit) if !COMMITTEES.contains(&unit.kind) => {
                Err(VolumeFault::OnlyReceives { name: unit.name.vi.clone() })
            }
            _ => Ok(id),
        }
    }

    /// The unit that has a code in a month.
    pub(super) fn unit(&mut self, code: &str, month: Month) -> Result<UnitId, VolumeFault> {
        if code.is_empty() {
            return Err(VolumeFault::NoUnit);
        }
        if let Some(found) = self.found.get(&(code.to_owned(), month)) {
            return found.clone();
        }
        let found = self.find(code, month);
        self.found.insert((code.to_owned(), month), found.clone());
        found
    }

    fn find(&self, code: &str, month: Month) -> Result<UnitId, VolumeFault> {
        let ids = self.by_code.get(code).map(Vec::as_slice).unwrap_or_default();
        let all: Vec<&Unit> = ids.iter().filter_map(|id| self.province.unit(*id)).collect();
        let (Some(first), Some(last)) = (month.first_day(), month.last_day()) else {
            return Err(VolumeFault::NotAMonth(month.to_string()));
        };
        let within = |unit: &&&Unit| unit.valid_from <= last && unit.valid_to.is_none_or(|end| end > first);
        let here: Vec<&&Unit> = all.iter().filter(within).collect();
        match here.as_slice() {
            [one] => Ok(one.id),
            // In the middle of the month one took over from the other; dossiers are closed by the later.
            [_, ..] => here
                .iter()
                .filter(|unit| unit.is_valid_on(last))
                .max_by_key(|unit| unit.valid_from)
                .map(|unit| unit.id)
                .ok_or_else(|| VolumeFault::Ambiguous { code: shown(code), month }),
            [] => Err(missing(code, month, last, &all)),
        }
    }
}

/// As much of a text as a message repeats.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Why nobody has a code in a month: ended, not yet there, or never known.
fn missing(code: &str, month: Month, last: Date, all: &[&Unit]) -> VolumeFault {
    let code = shown(code);
    let ended = all.iter().filter(|unit| unit.valid_from <= last).max_by_key(|unit| unit.valid_to);
    if let Some((unit, on)) = ended.and_then(|unit| unit.valid_to.map(|end| (unit, end))) {
        return VolumeFault::Ended { name: unit.name.vi.clone(), code, on, month };
    }
    match all.iter().min_by_key(|unit| unit.valid_from) {
        Some(unit) => VolumeFault::NotYet { name: unit.name.vi.clone(), code, on: unit.valid_from, month },
        None => VolumeFault::UnknownUnit(code),
    }
}
