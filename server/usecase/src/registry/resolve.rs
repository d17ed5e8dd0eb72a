//! From a code and a day to a unit.

use super::Province;
use crate::error::Said;
use crate::office::{parse_day, write_day};
use domain::id::UnitId;
use domain::succession::Succession;
use domain::unit::Unit;
use time::Date;

/// A unit that a code may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The unit.
    pub id: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// First day on which it is no more.
    pub to: Option<Date>,
    /// A day on which the code with this day means this unit, if any can.
    pub on: Date,
}

impl std::fmt::Display for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)?;
        if self.from != domain::unit::UNRECORDED {
            write!(f, " from {}", write_day(self.from))?;
        }
        if let Some(last) = self.to.and_then(Date::previous_day) {
            write!(f, " to {}", write_day(last))?;
        }
        write!(f, " ({}@{})", self.code, write_day(self.on))
    }
}

/// Why a code names no unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnitNotFound {
    /// No unit has it on that day.
    #[error("no unit has the code {code} on {}{}", write_day(*.on), elsewhere(.others))]
    Unknown {
        /// The code.
        code: String,
        /// The day.
        on: Date,
        /// The units that have it on other days.
        others: Vec<Candidate>,
    },
    /// Several have it.
    #[error("the code {code} means several units on {}: {}", write_day(*.on), listed(.candidates))]
    Ambiguous {
        /// The code.
        code: String,
        /// The day.
        on: Date,
        /// These.
        candidates: Vec<Candidate>,
    },
    /// What stands behind the @ is no day.
    #[error("{day:?} is not a day; write the unit as 31825@2025-07-01")]
    Day {
        /// What stands there.
        day: String,
    },
}

impl UnitNotFound {
    /// The sentence in both languages of the console.
    #[must_use]
    pub fn said(&self) -> Said {
        let names = |units: &[Candidate]| units.iter().map(vietnamese).collect::<Vec<_>>().join("; ");
        let vi = match self {
            Self::Unknown { code, on, others } if others.is_empty() => {
                format!("ngày {} không có đơn vị nào mang mã {code}", write_day(*on))
            }
            Self::Unknown { code, on, others } => {
                let (day, others) = (write_day(*on), names(others));
                format!("ngày {day} không có đơn vị nào mang mã {code}; vào ngày khác, mã này chỉ {others}")
            }
            Self::Ambiguous { code, on, candidates } => {
                format!("ngày {}, mã {code} chỉ nhiều đơn vị: {}", write_day(*on), names(candidates))
            }
            Self::Day { day } => format!("{day:?} không phải là ngày; viết đơn vị như 31825@2025-07-01"),
        };
        Said { vi, en: self.to_string() }
    }
}

fn vietnamese(one: &Candidate) -> String {
    let from = Some(one.from).filter(|day| *day != domain::unit::UNRECORDED);
    let from = from.map(|day| format!(" từ {}", write_day(day))).unwrap_or_default();
    let to = one.to.and_then(Date::previous_day);
    let to = to.map(|day| format!(" đến {}", write_day(day))).unwrap_or_default();
    format!("{}{from}{to} ({}@{})", one.name, one.code, write_day(one.on))
}

fn listed(candidates: &[Candidate]) -> String {
    candidates.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn elsewhere(others: &[Candidate]) -> String {
    if others.is_empty() { String::new() } else { format!("; on other days it means {}", listed(others)) }
}

impl Province {
    /// The unit that has a code on a day. Where the text itself names a day (`31825@2025-06-30`), that
    /// day counts.
    ///
    /// # Errors
    /// [`UnitNotFound`] where none has it, or several: then with those it may have meant.
    pub fn unit_by_code(&self, text: &str, on: Date) -> Result<&Unit, UnitNotFound> {
        let short = |text: &str| text.chars().take(40).collect();
        let (code, on) = match text.split_once('@') {
            Some((code, day)) => (code, parse_day(day).ok_or_else(|| UnitNotFound::Day { day: short(day) })?),
            None => (text, on),
        };
        let all: Vec<&Unit> = self.units().filter(|unit| unit.code == code).collect();
        let now: Vec<&Unit> = all.iter().filter(|unit| unit.is_valid_on(on)).copied().collect();
        let told = |units: &[&Unit]| units.iter().map(|unit| candidate(unit, on)).collect();
        match now.as_slice() {
            [one] => Ok(one),
            [] => Err(UnitNotFound::Unknown { code: short(code), on, others: told(&all) }),
            many => Err(UnitNotFound::Ambiguous { code: short(code), on, candidates: told(many) }),
        }
    }

    /// Who a unit took over from, in the official order.
    #[must_use]
    pub fn predecessors(&self, unit: UnitId) -> &[Succession] {
        self.lineage.predecessors(unit)
    }

    /// Who took over from a unit, the main successor first.
    #[must_use]
    pub fn successors(&self, unit: UnitId) -> &[Succession] {
        self.lineage.successors(unit)
    }

    /// All successions.
    #[must_use]
    pub const fn lineage(&self) -> &domain::succession::Lineage {
        &self.lineage
    }

    /// A unit as an address names it: its code alone where that means it today, else with a day on
    /// which it does.
    #[must_use]
    pub fn named(&self, unit: &Unit, today: Date) -> String {
        match self.unit_by_code(&unit.code, today) {
            Ok(same) if same.id == unit.id => unit.code.clone(),
            _ => format!("{}@{}", unit.code, write_day(unit.known_on(today))),
        }
    }
}

fn candidate(unit: &Unit, today: Date) -> Candidate {
    Candidate {
        id: unit.id,
        code: unit.code.clone(),
        name: unit.name.vi.clone(),
        from: unit.valid_from,
        to: unit.valid_to,
        on: unit.known_on(today),
    }
}
