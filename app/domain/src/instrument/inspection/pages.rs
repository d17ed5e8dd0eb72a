//! Every asked thing stands on exactly one page of each form, after what it depends on.

use super::{Findings, Rule, inspect_code};
use crate::instrument::{Form, Instrument, Page};
use crate::survey::Variant;
use crate::tally::layout::items_of;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn inspect(instrument: &Instrument, findings: &mut Findings) {
    inspect_asks(instrument, "pages", &instrument.pages, findings);
    for (variant, form) in &instrument.variants {
        let path = format!("variants.{variant}");
        inspect_asks(instrument, &format!("{path}.pages"), &form.pages, findings);
        inspect_form(instrument, &path, form, findings);
        inspect_coverage(instrument, &path, *variant, form, findings);
    }
}

fn is_known(instrument: &Instrument, code: &str) -> bool {
    (code == "overall" && instrument.overall.is_some())
        || instrument.question(code).is_some()
        || items_of(instrument).any(|item| item.code == code)
}

fn inspect_asks(instrument: &Instrument, path: &str, pages: &[Page], findings: &mut Findings) {
    let mut codes = BTreeSet::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (p, page) in pages.iter().enumerate() {
        inspect_code(&format!("{path}[{p}].code"), &page.code, &mut codes, findings);
        for (a, ask) in page.asks.iter().enumerate() {
            let path = format!("{path}[{p}].asks[{a}]");
            findings.unless(is_known(instrument, ask), &path, || Rule::Unknown(ask.clone()));
            let first = places.insert(ask, p).is_none();
            findings.unless(first, &path, || Rule::OnTwoPages(ask.clone()));
        }
    }
    for (p, page) in pages.iter().enumerate() {
        for (a, ask) in page.asks.iter().enumerate() {
            let path = format!("{path}[{p}].asks[{a}]");
            if let Some(target) = target_of(instrument, ask) {
                let in_time = places.get(target).is_none_or(|place| *place <= p);
                findings.unless(in_time, &path, || Rule::AskedLater(target.into()));
            }
        }
    }
}

fn target_of<'a>(instrument: &'a Instrument, code: &str) -> Option<&'a str> {
    let item = items_of(instrument).find(|item| item.code == code);
    let of_item = item.and_then(|item| item.only_if.as_ref()).map(|(target, _)| target.as_str());
    of_item.or_else(|| instrument.question(code)?.only_if.as_ref().map(|(target, _)| target.as_str()))
}

fn inspect_form(instrument: &Instrument, path: &str, form: &Form, findings: &mut Findings) {
    for (index, code) in form.items.iter().flatten().enumerate() {
        let known = items_of(instrument).any(|item| item.code == *code);
        findings.unless(known, &format!("{path}.items[{index}]"), || Rule::Unknown(code.clone()));
    }
    for (index, code) in form.questions.iter().flatten().enumerate() {
        let known = instrument.question(code).is_some();
        findings.unless(known, &format!("{path}.questions[{index}]"), || Rule::Unknown(code.clone()));
    }
}

/// Instruments that are only imported have no pages, and nothing to be on them.
fn inspect_coverage(
    instrument: &Instrument,
    path: &str,
    variant: Variant,
    form: &Form,
    findings: &mut Findings,
) {
    let pages = instrument.pages_of(variant);
    if pages.is_empty() {
        return;
    }
    let placed: BTreeSet<&str> = pages.iter().flat_map(|page| &page.asks).map(String::as_str).collect();
    let wanted = |list: &Option<Vec<String>>, code: &String| list.as_ref().is_none_or(|l| l.contains(code));
    let items = items_of(instrument).map(|item| &item.code).filter(|code| wanted(&form.items, code));
    let questions = instrument.questions.iter().map(|q| &q.code).filter(|code| wanted(&form.questions, code));
    let overall = instrument.overall.as_ref().map(|_| "overall");
    for code in items.chain(questions).map(String::as_str).chain(overall) {
        findings.unless(placed.contains(code), path, || Rule::OnNoPage(code.into()));
    }
}
