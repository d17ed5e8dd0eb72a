//! The answers so far.

use super::{Context, MOST_FIELD_BYTES, MOST_FIELDS, Problem, Reason, Refusal};
use crate::instrument::{Purpose, Scale};
use crate::path::{Ask, is_in_form};
use crate::tally::Answer;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Most characters of a comment, after composition (NFC).
pub const MOST_CHARACTERS: usize = 1_200;
/// Most bytes of a comment: what its sealed record holds.
pub const MOST_BYTES: usize = 2_000;

/// The answers so far: questions of the form, each with an answer that it offers. Written into a
/// page as hidden fields and read back, it is the same sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    answers: BTreeMap<String, String>,
}

impl Sheet {
    /// Reads the answers out of a posted form. Fields that the form does not have are ignored,
    /// empty ones are blanks, and what is no answer is named and left out.
    ///
    /// # Errors
    /// Refuses forms that are larger than any form of ours.
    pub fn read(pairs: &[(String, String)], context: &Context<'_>) -> Result<(Self, Vec<Problem>), Refusal> {
        if pairs.len() > MOST_FIELDS {
            return Err(Refusal::TooManyFields);
        }
        if pairs.iter().any(|(name, value)| name.len() + value.len() > MOST_FIELD_BYTES) {
            return Err(Refusal::TooLargeField);
        }
        let mut sheet = Self::default();
        let mut problems: Vec<Problem> = Vec::new();
        for (name, value) in pairs {
            let Some(ask) = known(context, name) else { continue };
            if problems.iter().any(|problem| problem.field == *name) {
                continue;
            }
            let problem = |reason, typed| Problem { field: name.clone(), reason, typed };
            match accept(context, ask, value) {
                Ok(None) => {}
                Ok(Some(answer)) => match sheet.answers.insert(name.clone(), answer.clone()) {
                    Some(before) if before != answer => {
                        sheet.answers.remove(name);
                        problems.push(problem(Reason::Twice, None));
                    }
                    _ => {}
                },
                Err(reason) => {
                    sheet.answers.remove(name);
                    problems.push(problem(reason, typed(ask, value)));
                }
            }
        }
        Ok((sheet, problems))
    }

    /// The answer to a question, as the form writes it.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&str> {
        self.answers.get(code).map(String::as_str)
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// All answers, as names and values of form fields.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The answer to a question of the scale that was asked.
    #[must_use]
    pub fn answer(&self, code: &str) -> Answer {
        match self.get(code) {
            None => Answer::Blank,
            Some("na") => Answer::NotApplicable,
            Some(level) => level.parse().map_or(Answer::Blank, Answer::Level),
        }
    }
}

/// The question behind the name of a form field, if this form has it.
fn known<'a>(context: &Context<'a>, name: &str) -> Option<Ask<'a>> {
    let ask = Ask::find(context.instrument, name)?;
    let is_here = match ask {
        Ask::Overall(_) | Ask::Item(_) => true,
        Ask::Question(question) => is_in_form(context.instrument, &context.visit, &question.code),
    };
    is_here.then_some(ask)
}

/// The answer in a field: `None` for a blank.
fn accept(context: &Context<'_>, ask: Ask<'_>, value: &str) -> Result<Option<String>, Reason> {
    if value.is_empty() {
        return Ok(None);
    }
    let offered = match ask {
        Ask::Overall(_) => is_level(value),
        Ask::Item(_) => is_level(value) || is_not_applicable(&context.instrument.scale, value),
        Ask::Question(question) => match question.purpose {
            Purpose::Text => return accept_text(value),
            Purpose::Field if context.fields.iter().any(|field| field.code == value) => true,
            _ => question.options.iter().any(|option| option.value == value),
        },
    };
    if offered { Ok(Some(value.to_owned())) } else { Err(Reason::Unknown) }
}

fn is_level(value: &str) -> bool {
    matches!(value, "5" | "4" | "3" | "2" | "1")
}

fn is_not_applicable(scale: &Scale, value: &str) -> bool {
    value == "na" && scale.not_applicable.is_some()
}

fn accept_text(value: &str) -> Result<Option<String>, Reason> {
    let text: String = unify_lines(value).nfc().collect();
    let text = text.trim();
    if text.chars().any(is_no_text) {
        return Err(Reason::Control);
    }
    if text.chars().count() > MOST_CHARACTERS || text.len() > MOST_BYTES {
        return Err(Reason::TooLong);
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Browsers end lines with two characters; a comment counts one.
fn unify_lines(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\r', "\n")
}

fn is_no_text(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// What to put back into the field of a text that was not accepted.
fn typed(ask: Ask<'_>, value: &str) -> Option<String> {
    let is_text = matches!(ask, Ask::Question(question) if question.purpose == Purpose::Text);
    is_text.then(|| unify_lines(value).chars().filter(|c| !is_no_text(*c)).collect())
}
