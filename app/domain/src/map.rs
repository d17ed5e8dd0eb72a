//! The map of a province: outlines that pages draw units on.

use serde::Deserialize;
use thiserror::Error;

/// The outlines of Cà Mau's communes; see `app/maps/README.md`.
pub const CA_MAU: &str = include_str!("../../maps/ca_mau.json");

/// A text is not a map.
#[derive(Debug, Error)]
pub enum NotAMap {
    /// It is not written as maps are.
    #[error("the map cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// An outline holds something else than a path of whole numbers, or lies outside the sheet.
    #[error("the outline of {code} is not a path on the sheet")]
    Outline {
        /// Code of the unit.
        code: String,
    },
}

/// A map.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvinceMap {
    /// Official code of the province.
    pub province: String,
    /// Width of the sheet.
    pub width: u32,
    /// Height of the sheet.
    pub height: u32,
    /// Its units.
    pub units: Vec<Outline>,
}

/// The outline of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// Official code of the unit.
    pub code: String,
    /// Where its mark stands.
    pub at: (u32, u32),
    /// Path data of whole numbers: moves, lines, ends.
    pub path: String,
}

impl ProvinceMap {
    /// Reads a map.
    ///
    /// ```
    /// use domain::map::{CA_MAU, ProvinceMap};
    /// let map = ProvinceMap::read(CA_MAU).unwrap();
    /// assert_eq!((map.province.as_str(), map.units.len()), ("96", 64));
    /// ```
    ///
    /// # Errors
    /// [`NotAMap`], by reason: paths go into pages, so nothing but paths is taken.
    pub fn read(text: &str) -> Result<Self, NotAMap> {
        let map: Self = serde_json::from_str(text)?;
        let is_path = |path: &str| {
            path.starts_with('M')
                && path.bytes().all(|byte| byte.is_ascii_digit() || b"Mlz -".contains(&byte))
        };
        let is_drawn =
            |unit: &&Outline| is_path(&unit.path) && unit.at.0 <= map.width && unit.at.1 <= map.height;
        match map.units.iter().find(|unit| !is_drawn(unit)) {
            Some(unit) => Err(NotAMap::Outline { code: unit.code.clone() }),
            None => Ok(map),
        }
    }

    /// The outline of a unit.
    #[must_use]
    pub fn outline(&self, code: &str) -> Option<&Outline> {
        self.units.iter().find(|unit| unit.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::{CA_MAU, NotAMap, ProvinceMap};

    #[test]
    fn every_commune_of_the_official_list_has_its_outline() {
        let map = ProvinceMap::read(CA_MAU).unwrap();
        let list = include_str!("../../units/ca_mau_2025.csv");
        let communes = list.lines().filter(|line| line.split(',').nth(2) == Some("commune"));
        let codes: Vec<&str> = communes.filter_map(|line| line.split(',').next()).collect();
        assert_eq!(codes.len(), 64);
        for code in codes {
            assert!(map.outline(code).is_some(), "{code} has no outline");
        }
    }

    #[test]
    fn a_path_that_could_leave_its_attribute_is_refused() {
        let map = |path: &str, x: u32| {
            format!(
                r#"{{"province":"1","width":9,"height":9,"units":[{{"code":"7","at":[{x},2],"path":"{path}"}}]}}"#
            )
        };
        assert!(ProvinceMap::read(&map("M1 2l3-4z", 3)).is_ok());
        for (path, x) in [("M1 2l3-4z\\\" onload=", 3), ("url(x)", 3), ("", 3), ("M1 2l3-4z", 10)] {
            let read = ProvinceMap::read(&map(path, x));
            assert!(matches!(read, Err(NotAMap::Outline { .. })), "{path}");
        }
        assert!(matches!(ProvinceMap::read("{}"), Err(NotAMap::Unreadable(_))));
    }
}
