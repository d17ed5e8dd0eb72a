//! Who decides what, and which fields a counter offers.

use super::Province;
use domain::id::UnitId;
use domain::submission::FieldChoice;
use domain::unit::{Unit, UnitKind};
use std::collections::{BTreeMap, HashMap};
use store::field::{Field, FieldCount, Procedure};

/// How many fields a counter offers by name.
pub const OFFERED_FIELDS: usize = 8;

/// How many people had a dossier of a field, by the unit that decided: of the twelve months up to the
/// newest part that was published of the unit.
#[derive(Debug, Default)]
pub(super) struct Frequency(HashMap<UnitId, BTreeMap<String, i64>>);

impl Frequency {
    pub(super) fn of(counts: Vec<FieldCount>) -> Self {
        let mut newest: HashMap<UnitId, i64> = HashMap::new();
        for count in &counts {
            let month = newest.entry(count.unit).or_insert(count.month);
            *month = count.month.max(*month);
        }
        let mut sums = Self::default();
        for count in counts {
            // Months are yyyymm: a hundred less is the same month of the year before.
            let is_recent = newest.get(&count.unit).is_some_and(|month| count.month > month - 100);
            if is_recent {
                *sums.0.entry(count.unit).or_default().entry(count.field).or_insert(0) += count.n;
            }
        }
        sums
    }

    fn get(&self, unit: UnitId, field: &str) -> Option<i64> {
        self.0.get(&unit)?.get(field).copied()
    }
}

impl Province {
    /// The committee or department that a unit belongs to: itself, or the nearest one above. A
    /// centre is an office of its commune's committee.
    #[must_use]
    pub fn committee(&self, unit: UnitId) -> Option<&Unit> {
        let mut at = self.unit(unit)?;
        for _ in 0..8 {
            if matches!(
                at.kind,
                UnitKind::Commune | UnitKind::Department | UnitKind::District | UnitKind::Province
            ) {
                return Some(at);
            }
            at = self.unit(at.parent?)?;
        }
        None
    }

    /// Who decided, given where the dossier was handed in and what it was about. With "other",
    /// "I don't remember" or a mere enquiry it is the counter's own committee.
    #[must_use]
    pub fn deciding(&self, receiving: UnitId, field: Option<&str>) -> Option<UnitId> {
        let committee = self.committee(receiving)?;
        let line = self.fields.iter().find(|f| Some(f.code.as_str()) == field && f.level == committee.kind);
        Some(line.and_then(|f| f.deciding).unwrap_or(committee.id))
    }

    /// The fields that a counter offers by name, the most frequent first: as many as released figures
    /// of its committee tell, then the order of the list.
    #[must_use]
    pub fn offered_fields(&self, receiving: UnitId) -> Vec<FieldChoice> {
        let ranked = self.ranked_fields(receiving);
        let offered = ranked.into_iter().take(OFFERED_FIELDS);
        offered.map(|(f, _)| FieldChoice { code: f.code.clone(), name: f.name.clone() }).collect()
    }

    /// All fields of a counter in the order in which it offers them, with the number of people of
    /// released parts that the order rests on; `None` where no part tells.
    #[must_use]
    pub fn ranked_fields(&self, receiving: UnitId) -> Vec<(&Field, Option<i64>)> {
        let Some(committee) = self.committee(receiving) else { return Vec::new() };
        let here = self.fields.iter().filter(|f| f.level == committee.kind);
        let mut ranked: Vec<_> = here.map(|f| (f, self.frequency.get(committee.id, &f.code))).collect();
        ranked.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        ranked
    }

    /// All lines of the table of fields.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// All procedures.
    #[must_use]
    pub fn procedures(&self) -> &[Procedure] {
        &self.procedures
    }
}
