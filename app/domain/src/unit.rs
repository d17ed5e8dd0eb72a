//! Units: the agencies of a province, each with the days on which it existed.

use crate::id::UnitId;
use crate::language::Words;
use time::Date;

crate::survey::words! {
    /// What kind of agency a unit is. Peers are units of one kind.
    UnitKind, "level" {
        /// Tỉnh.
        Province = "province",
        /// Huyện; history since July 2025.
        District = "district",
        /// Xã, phường.
        Commune = "commune",
        /// Sở, ban, ngành.
        Department = "department",
        /// Trung tâm Phục vụ hành chính công.
        Centre = "centre",
        /// Điểm tiếp nhận.
        Counter = "counter",
    }
}

/// An agency. Neither its code nor its name is a key: all 64 new commune codes of Cà Mau were also
/// codes of communes that ended in July 2025.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Surrogate id.
    pub id: UnitId,
    /// Official code, or a local one where there is none.
    pub code: String,
    /// What kind of agency.
    pub kind: UnitKind,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Its name.
    pub name: Words,
    /// Postal address, for posters.
    pub address: Option<String>,
    /// Telephone, for posters.
    pub phone: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is no more.
    pub valid_to: Option<Date>,
    /// Place in the official order.
    pub ordinal: u32,
}

impl Unit {
    /// Whether the unit exists on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}
