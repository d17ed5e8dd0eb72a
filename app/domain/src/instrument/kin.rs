//! Which question sets belong together: who answers them, and which of their items are declared equal.
//!
//! Two surveys stand under one figure where they ask the same version of the same set. Across versions
//! there is no figure at all, but a series may be joined over the items that a version itself declares to
//! be those of another. Codes prove nothing: `SA1` of 2022 and `SA1` of 2023 are different questions.

use super::Instrument;
use crate::period::Month;
use crate::survey::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// Who answers a question set.
    #[derive(Default)]
    Population, "population" {
        /// Whoever has used a service.
        #[default]
        Users = "users",
        /// Residents of eighteen and over, drawn as a probability sample.
        Residents = "residents",
        /// Nobody: an office rates its own dossiers.
        Dossiers = "dossiers",
    }
}

/// Years of which answers are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
}

impl Years {
    /// Whether a month lies in them.
    #[must_use]
    pub fn hold(self, month: Month) -> bool {
        (self.from..=self.to).contains(&month.year())
    }
}

/// "These items of mine are those of that version."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equals {
    /// Code of the other set.
    pub instrument: String,
    /// Its version.
    pub version: u32,
    /// Own item, and the item of the other set that asks the same.
    pub items: BTreeMap<String, String>,
}

/// How two question sets belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kinship {
    /// The same version of the same set: one figure.
    Same,
    /// Pairs of items (first, second) that are declared equal: a series over these alone.
    Declared(Vec<(String, String)>),
    /// Nothing of the one may stand beside the other.
    None,
}

/// How the first set belongs to the second. Who answers decides before anything else: no declaration
/// joins residents with users of a service.
#[must_use]
pub fn kinship(first: &Instrument, second: &Instrument) -> Kinship {
    if first.population != second.population || first.is_in_points() != second.is_in_points() {
        return Kinship::None;
    }
    if (&first.code, first.version) == (&second.code, second.version) {
        return Kinship::Same;
    }
    let own = declared(first, second).map(|equals| pairs(&equals.items).collect());
    let theirs = || declared(second, first).map(|equals| pairs(&equals.items).map(|(a, b)| (b, a)).collect());
    own.or_else(theirs).map_or(Kinship::None, Kinship::Declared)
}

fn declared<'a>(by: &'a Instrument, of: &Instrument) -> Option<&'a Equals> {
    by.equals.iter().find(|equals| equals.instrument == of.code && equals.version == of.version)
}

fn pairs(items: &BTreeMap<String, String>) -> impl Iterator<Item = (String, String)> {
    items.iter().map(|(own, other)| (own.clone(), other.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{BUILT_IN, HOUSEHOLD, HOUSEHOLD_2022, POST_SERVICE};

    fn read(json: &str) -> Instrument {
        Instrument::read(json).expect("a question set without faults")
    }

    /// A set in which nothing but one item is declared equal to another set's.
    fn claiming(json: &str, other: &Instrument, item: &str) -> Instrument {
        let items = BTreeMap::from([(item.to_owned(), item.to_owned())]);
        let equals = Equals { instrument: other.code.clone(), version: other.version, items };
        Instrument { equals: vec![equals], ..read(json) }
    }

    #[test]
    fn a_declaration_joins_from_either_side_and_only_the_declared_items() {
        let (new, old) = (read(HOUSEHOLD), read(HOUSEHOLD_2022));
        let Kinship::Declared(pairs) = kinship(&new, &old) else { panic!("they are declared") };
        assert_eq!(pairs.len(), 19);
        assert!(pairs.contains(&("SA1".into(), "SA2".into())), "SA1 of 2023 is the second of 2022");
        assert!(!pairs.iter().any(|(own, other)| own == "SA1" && other == "SA1"));
        let Kinship::Declared(back) = kinship(&old, &new) else { panic!("they are declared") };
        assert_eq!(back, pairs.iter().map(|(a, b)| (b.clone(), a.clone())).collect::<Vec<_>>());
    }

    #[test]
    fn no_declaration_joins_residents_with_users() {
        let (household, post) = (read(HOUSEHOLD), read(POST_SERVICE));
        assert_eq!(kinship(&household, &post), Kinship::None);
        let claims = claiming(HOUSEHOLD, &post, "SB1");
        assert_eq!(kinship(&claims, &post), Kinship::None);
        assert_eq!(kinship(&post, &claims), Kinship::None);
        // Not even under the same code and version.
        let disguised = Instrument { code: post.code.clone(), version: post.version, ..household };
        assert_eq!(kinship(&disguised, &post), Kinship::None);
    }

    #[test]
    fn the_built_in_sets_are_kin_to_themselves_and_two_of_them_to_each_other() {
        let sets: Vec<Instrument> = BUILT_IN.iter().map(|json| read(json)).collect();
        for (a, first) in sets.iter().enumerate() {
            for (b, second) in sets.iter().enumerate() {
                let expected = match (a, b) {
                    _ if a == b => "same",
                    (1, 2) | (2, 1) => "declared",
                    _ => "none",
                };
                let found = match kinship(first, second) {
                    Kinship::Same => "same",
                    Kinship::Declared(_) => "declared",
                    Kinship::None => "none",
                };
                assert_eq!(found, expected, "{} and {}", first.code, second.code);
            }
        }
    }
}
