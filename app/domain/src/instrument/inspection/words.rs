//! Every text exists in Vietnamese, and no translation is an empty string.

use super::{Findings, Rule};
use crate::instrument::{Instrument, Page};
use crate::language::Words;

pub(super) fn inspect(instrument: &Instrument, findings: &mut Findings) {
    inspect_words("title", &instrument.title, findings);
    inspect_some("note", instrument.note.as_ref(), findings);
    for (index, words) in instrument.scale.answers.iter().enumerate() {
        inspect_words(&format!("scale.answers[{index}]"), words, findings);
    }
    inspect_some("scale.not_applicable", instrument.scale.not_applicable.as_ref(), findings);
    if let Some(overall) = &instrument.overall {
        inspect_words("overall.text", &overall.text, findings);
        inspect_words("overall.heading", &overall.heading, findings);
    }
    inspect_tree(instrument, findings);
    for (index, question) in instrument.questions.iter().enumerate() {
        let path = format!("questions[{index}]");
        inspect_words(&format!("{path}.text"), &question.text, findings);
        inspect_some(&format!("{path}.hint"), question.hint.as_ref(), findings);
        for (index, choice) in question.options.iter().enumerate() {
            inspect_words(&format!("{path}.options[{index}].text"), &choice.text, findings);
        }
    }
    inspect_pages("pages", &instrument.pages, findings);
    for (variant, form) in &instrument.variants {
        inspect_pages(&format!("variants.{variant}.pages"), &form.pages, findings);
    }
}

fn inspect_tree(instrument: &Instrument, findings: &mut Findings) {
    for (c, content) in instrument.contents.iter().enumerate() {
        inspect_words(&format!("contents[{c}].name"), &content.name, findings);
        for (f, factor) in content.factors.iter().enumerate() {
            let path = format!("contents[{c}].factors[{f}]");
            inspect_words(&format!("{path}.name"), &factor.name, findings);
            inspect_some(&format!("{path}.heading"), factor.heading.as_ref(), findings);
        }
    }
    for (path, item) in super::items(instrument) {
        inspect_words(&format!("{path}.text"), &item.text, findings);
        inspect_some(&format!("{path}.label"), item.label.as_ref(), findings);
    }
}

fn inspect_pages(path: &str, pages: &[Page], findings: &mut Findings) {
    for (index, page) in pages.iter().enumerate() {
        inspect_words(&format!("{path}[{index}].heading"), &page.heading, findings);
        inspect_some(&format!("{path}[{index}].ask"), page.ask.as_ref(), findings);
    }
}

fn inspect_some(path: &str, words: Option<&Words>, findings: &mut Findings) {
    if let Some(words) = words {
        inspect_words(path, words, findings);
    }
}

fn inspect_words(path: &str, words: &Words, findings: &mut Findings) {
    findings.unless(!words.vi.trim().is_empty(), path, || Rule::Vietnamese);
    for (language, text) in [("en", &words.en), ("km", &words.km)] {
        let empty = text.as_ref().is_some_and(|text| text.trim().is_empty());
        findings.unless(!empty, &format!("{path}.{language}"), || Rule::Empty);
    }
}
