//! Units and fields by their codes, as they were in a row's month. A file names the same few thousand
//! times, so what was found is remembered.

use crate::registry::Province;
use domain::id::UnitId;
use domain::period::Month;
use domain::unit::{Unit, UnitKind};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

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
    found: HashMap<(String, Month), Result<UnitId, String>>,
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
    pub(super) fn month(&self, text: &str) -> Result<Month, String> {
        let month: Month =
            text.parse().map_err(|_| format!("{text:?} is not a month; write it as 2026-10"))?;
        if month > self.this_month {
            return Err(format!("{month} is still to come; this month is {}", self.this_month));
        }
        Ok(month)
    }

    /// A field.
    pub(super) fn field(&self, code: &str) -> Result<String, String> {
        if self.fields.contains(code) {
            return Ok(code.to_owned());
        }
        let shown: String = code.chars().take(40).collect();
        Err(format!("there is no field {shown:?}; import fields first, or write {OTHER}"))
    }

    /// The unit that decided.
    pub(super) fn deciding(&mut self, code: &str, month: Month) -> Result<UnitId, String> {
        let id = self.unit(code, month)?;
        match self.province.unit(id) {
            Some(unit) if !COMMITTEES.contains(&unit.kind) => {
                Err(format!("{} is a {} and decides nothing; name its committee", unit.name.vi, unit.kind))
            }
            _ => Ok(id),
        }
    }

    /// The unit that has a code in a month.
    pub(super) fn unit(&mut self, code: &str, month: Month) -> Result<UnitId, String> {
        if code.is_empty() {
            return Err("the code of a unit is missing".into());
        }
        if let Some(found) = self.found.get(&(code.to_owned(), month)) {
            return found.clone();
        }
        let found = self.find(code, month);
        self.found.insert((code.to_owned(), month), found.clone());
        found
    }

    fn find(&self, code: &str, month: Month) -> Result<UnitId, String> {
        let ids = self.by_code.get(code).map(Vec::as_slice).unwrap_or_default();
        let all: Vec<&Unit> = ids.iter().filter_map(|id| self.province.unit(*id)).collect();
        let (first, last) = (month.first_day(), month.last_day());
        let (Some(first), Some(last)) = (first, last) else { return Err(format!("{month} has no days")) };
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
                .ok_or_else(|| format!("the code {code} means several units in {month}")),
            [] => Err(missing(code, month, &all)),
        }
    }
}

/// Why nobody has a code in a month: ended, not yet there, or never known.
fn missing(code: &str, month: Month, all: &[&Unit]) -> String {
    let code: String = code.chars().take(40).collect();
    let last = month.last_day();
    let ended =
        all.iter().filter(|unit| last.is_some_and(|last| unit.valid_from <= last)).max_by_key(|u| u.valid_to);
    if let Some((unit, end)) = ended.and_then(|unit| unit.valid_to.map(|end| (unit, end))) {
        return format!("{} ({code}) ended on {end} and closes nothing in {month}", unit.name.vi);
    }
    match all.iter().min_by_key(|unit| unit.valid_from) {
        Some(unit) => format!("{} ({code}) begins on {}, after {month}", unit.name.vi, unit.valid_from),
        None => format!("no unit has the code {code}"),
    }
}
