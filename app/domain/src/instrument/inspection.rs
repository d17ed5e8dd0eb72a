//! The rules that a question set must keep. What holds here is relied upon everywhere else: that a
//! code is a safe field name, that every asked thing is on one page, that a condition is known in time.

mod definitions;
mod kin;
mod pages;
mod words;

use super::{Choice, Fault, Instrument, Item, Purpose, Question, RESERVED, Rule};
use crate::path::Stage;
use crate::survey::Channel;
use std::collections::BTreeSet;

/// Most items of an instrument.
const MOST_ITEMS: usize = 100;
/// Most questions outside the index.
const MOST_QUESTIONS: usize = 60;
/// Most answers that a question offers.
const MOST_OPTIONS: usize = 20;

/// Collects faults while the inspection walks through the file.
#[derive(Default)]
struct Findings(Vec<Fault>);

impl Findings {
    fn add(&mut self, path: &str, rule: Rule) {
        self.0.push(Fault { path: path.to_owned(), rule });
    }

    fn unless(&mut self, holds: bool, path: &str, rule: impl FnOnce() -> Rule) {
        if !holds {
            self.add(path, rule());
        }
    }

    fn at_most(&mut self, path: &str, what: &'static str, found: usize, most: usize) {
        self.unless(found <= most, path, || Rule::TooMany { what, found, most });
    }
}

/// Everything that is wrong with an instrument.
pub(super) fn inspect(instrument: &Instrument) -> Vec<Fault> {
    let mut findings = Findings::default();
    inspect_codes(instrument, &mut findings);
    words::inspect(instrument, &mut findings);
    for (path, item) in items(instrument) {
        if let Some((target, value)) = &item.only_if {
            inspect_target(
                instrument,
                &format!("{path}.only_if"),
                target,
                std::slice::from_ref(value),
                &mut findings,
            );
        }
    }
    for (index, question) in instrument.questions.iter().enumerate() {
        inspect_question(instrument, &format!("questions[{index}]"), question, &mut findings);
    }
    pages::inspect(instrument, &mut findings);
    definitions::inspect(instrument, &mut findings);
    kin::inspect(instrument, &mut findings);
    findings.0
}

/// Items with their places in the file.
fn items(instrument: &Instrument) -> impl Iterator<Item = (String, &Item)> {
    instrument.contents.iter().enumerate().flat_map(|(c, content)| {
        content.factors.iter().enumerate().flat_map(move |(f, factor)| {
            let items = factor.items.iter().enumerate();
            items.map(move |(i, item)| (format!("contents[{c}].factors[{f}].items[{i}]"), item))
        })
    })
}

fn inspect_codes(instrument: &Instrument, findings: &mut Findings) {
    let mut asked = BTreeSet::new();
    let mut count = 0;
    for (path, item) in items(instrument) {
        count += 1;
        inspect_code(&format!("{path}.code"), &item.code, &mut asked, findings);
    }
    findings.at_most("contents", "items", count, MOST_ITEMS);
    for (index, question) in instrument.questions.iter().enumerate() {
        inspect_code(&format!("questions[{index}].code"), &question.code, &mut asked, findings);
    }
    findings.at_most("questions", "questions", instrument.questions.len(), MOST_QUESTIONS);
    let mut nodes = BTreeSet::new();
    for (c, content) in instrument.contents.iter().enumerate() {
        inspect_code(&format!("contents[{c}].code"), &content.code, &mut nodes, findings);
        for (f, factor) in content.factors.iter().enumerate() {
            inspect_code(&format!("contents[{c}].factors[{f}].code"), &factor.code, &mut nodes, findings);
        }
    }
}

fn inspect_code<'a>(path: &str, code: &'a str, seen: &mut BTreeSet<&'a str>, findings: &mut Findings) {
    findings.unless(is_code(code), path, || Rule::Code(code.into()));
    findings.unless(!RESERVED.contains(&code), path, || Rule::Reserved(code.into()));
    findings.unless(seen.insert(code), path, || Rule::Twice(code.into()));
}

fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 16
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
}

fn is_value(text: &str) -> bool {
    (1..=24).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
}

fn inspect_question(instrument: &Instrument, path: &str, question: &Question, findings: &mut Findings) {
    let options = format!("{path}.options");
    findings.at_most(&options, "answers", question.options.len(), MOST_OPTIONS);
    let needs_answers = !matches!(question.purpose, Purpose::Text | Purpose::Field);
    findings.unless(!needs_answers || !question.options.is_empty(), &options, || Rule::NoAnswers);
    let mut seen = BTreeSet::new();
    for (index, Choice { value, .. }) in question.options.iter().enumerate() {
        let path = format!("{options}[{index}].value");
        findings.unless(is_value(value), &path, || Rule::Code(value.clone()));
        findings.unless(seen.insert(value), &path, || Rule::Twice(value.clone()));
        inspect_fixed(&path, &question.code, value, findings);
    }
    if let Some((target, values)) = &question.only_if {
        inspect_target(instrument, &format!("{path}.only_if"), target, values, findings);
    }
}

/// The answers to `stage` and `channel` decide the route, so their values are words of the product.
fn inspect_fixed(path: &str, code: &str, value: &str, findings: &mut Findings) {
    let (known, list) = match code {
        "stage" => (value.parse::<Stage>().is_ok(), Stage::ALL.iter().map(|w| w.code()).collect::<Vec<_>>()),
        "channel" => (value.parse::<Channel>().is_ok(), Channel::ALL.iter().map(|w| w.code()).collect()),
        _ => return,
    };
    findings.unless(known, path, || Rule::FixedAnswers {
        code: code.into(),
        value: value.into(),
        known: list.join(", "),
    });
}

fn inspect_target(
    instrument: &Instrument,
    path: &str,
    target: &str,
    values: &[String],
    findings: &mut Findings,
) {
    let Some(question) = instrument.question(target) else {
        return findings.add(path, Rule::Unknown(target.into()));
    };
    findings.unless(question.only_if.is_none(), path, || Rule::Nested(target.into()));
    for value in values {
        findings.unless(question.options.iter().any(|o| o.value == *value), path, || Rule::NoSuchAnswer {
            code: target.into(),
            value: value.clone(),
        });
    }
}

#[cfg(test)]
mod tests;
