//! What a set says of others, and of what is there already.

use super::{Findings, Rule};
use crate::instrument::Instrument;
use crate::tally::layout::base_items;
use std::collections::BTreeSet;

pub(super) fn inspect(instrument: &Instrument, findings: &mut Findings) {
    if let Some(years) = instrument.years {
        findings.unless(years.from <= years.to, "years", || Rule::Years);
        let asked = instrument.is_asked() || instrument.variants.values().any(|form| !form.pages.is_empty());
        findings.unless(!asked, "pages", || Rule::AskedAgain);
    }
    let mut others = BTreeSet::new();
    for (index, equals) in instrument.equals.iter().enumerate() {
        let path = format!("equals[{index}]");
        let other = (equals.instrument.as_str(), equals.version);
        let is_own = other == (instrument.code.as_str(), instrument.version);
        findings.unless(!is_own, &path, || Rule::OwnEqual);
        findings.unless(others.insert(other), &path, || Rule::Twice(equals.instrument.clone()));
        let mut theirs = BTreeSet::new();
        for (own, item) in &equals.items {
            let path = format!("{path}.items.{own}");
            // Answers of a branch are in no sum that a series could be made of.
            let known = base_items(instrument).any(|item| item.code == *own);
            findings.unless(known, &path, || Rule::Unknown(own.clone()));
            findings.unless(theirs.insert(item), &path, || Rule::Twice(item.clone()));
        }
    }
}
