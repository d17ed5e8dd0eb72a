//! From a typed form to a meant answer. The whole form travels in every request (answers so far are
//! hidden fields), so each request is read from nothing: no server session knows a half-filled form.

mod problem;
mod sheet;

pub use problem::{Problem, Reason, Refusal};
pub use sheet::{MOST_BYTES, MOST_CHARACTERS, Sheet};

use crate::instrument::Instrument;
use crate::language::Words;
use crate::path::{Ask, Path, Settled, Stage, Visit, settle};
use crate::survey::{Channel, Route};
use crate::tally::Answer;
use crate::tally::layout::items_of;

/// Most fields of one form.
pub const MOST_FIELDS: usize = 200;
/// Most bytes of the name and value of one field.
pub const MOST_FIELD_BYTES: usize = 8 * 1024;
/// A field that people do not see and machines like to fill in.
pub const HONEYPOT: &str = "website";
/// Code of the first screen, which asks nothing.
pub const START: &str = "start";

/// What a form is read against.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The question set.
    pub instrument: &'a Instrument,
    /// How the person came.
    pub visit: Visit,
    /// What the counter offers as the answers of the question `field`.
    pub fields: &'a [FieldChoice],
}

/// A field of work that a counter offers as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChoice {
    /// Its code: the value of the form field.
    pub code: String,
    /// Its name.
    pub name: Words,
}

/// What follows from a form that was posted.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Show a page of the path of this sheet.
    Page {
        /// Its position.
        at: usize,
        /// The answers so far.
        sheet: Sheet,
    },
    /// Show a page again and say what is wrong on it.
    Problems {
        /// Its position.
        at: usize,
        /// The answers so far, as far as they are answers.
        sheet: Sheet,
        /// What is wrong on this page; never empty.
        problems: Vec<Problem>,
    },
    /// Send.
    Send(Box<Submission>),
}

/// One finished answer: what was asked, what was answered, and nothing about who or when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The set of questions that was asked.
    pub route: Route,
    /// How the dossier was handed in.
    pub channel: Channel,
    /// How far the dossier had come; `None` where it was not asked.
    pub stage: Option<Stage>,
    /// The overall answer.
    pub overall: Answer,
    /// Answers to all items, in the order of [`items_of`].
    pub items: Vec<Answer>,
    /// Chosen options of all questions, in the instrument's order; `None` for not asked, blank,
    /// text, and a field of the counter.
    pub choices: Vec<Option<u8>>,
    /// Code of the field; `None` for "something else", "I don't remember", blank and not asked.
    pub field: Option<String>,
    /// What was written (NFC, trimmed).
    pub comment: Option<String>,
}

/// Where in the form somebody is and what they want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Go {
    Next,
    Back,
    Send,
}

/// Reads a posted form.
///
/// # Errors
/// Refuses forms that are larger than any form of ours.
pub fn read(pairs: &[(String, String)], context: &Context<'_>) -> Result<Step, Refusal> {
    let (sheet, mut problems) = Sheet::read(pairs, context)?;
    let path = path_of(pairs, context, &sheet);
    let here = value(pairs, "step").and_then(|code| here(code, context, &path));
    let go = match value(pairs, "go") {
        Some("send") => Go::Send,
        Some("back") => Go::Back,
        _ => Go::Next,
    };
    match go {
        Go::Send => problems.extend(missing_at_send(&path, &sheet, &problems)),
        Go::Next => {
            if let Some(Here::On(at)) = here {
                problems.extend(missing_at_next(&path, at, &sheet, &problems));
            }
        }
        Go::Back => {}
    }
    if let Some(step) = show_problems(&path, here, &sheet, problems) {
        return Ok(step);
    }
    Ok(match go {
        Go::Send => Step::Send(Box::new(submit(context, &sheet))),
        Go::Next => Step::Page { at: next(&path, here), sheet },
        Go::Back => Step::Page { at: back(here), sheet },
    })
}

/// The path that a posted form is on.
#[must_use]
pub fn path_of<'a>(pairs: &[(String, String)], context: &Context<'a>, sheet: &Sheet) -> Path<'a> {
    match value(pairs, "layout") {
        Some("one") => Path::at_once(context.instrument, &context.visit),
        _ => Path::of(context.instrument, &context.visit, sheet),
    }
}

/// Whether the field that people do not see was filled in.
#[must_use]
pub fn is_trapped(pairs: &[(String, String)]) -> bool {
    pairs.iter().any(|(name, value)| name == HONEYPOT && !value.is_empty())
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// The page that was posted: on the path, or no longer on it because an answer changed the route.
#[derive(Debug, Clone, Copy)]
enum Here {
    On(usize),
    Before(usize),
}

fn here(code: &str, context: &Context<'_>, path: &Path<'_>) -> Option<Here> {
    // The first screen asks nothing, also where everything else stands on one page.
    if path.at_once {
        return (code != START).then_some(Here::On(0));
    }
    if let Some(at) = path.position(code) {
        return Some(Here::On(at));
    }
    let pages = context.instrument.pages_of(context.visit.variant);
    let order = pages.iter().position(|page| page.code == code)?;
    let later = pages[order..].iter().find_map(|page| path.position(&page.code));
    Some(Here::Before(later.unwrap_or(path.pages.len().saturating_sub(1))))
}

fn next(path: &Path<'_>, here: Option<Here>) -> usize {
    match here {
        None => 0,
        Some(Here::Before(at)) => at,
        Some(Here::On(at)) => {
            if path.is_last(at) {
                at
            } else {
                at + 1
            }
        }
    }
}

fn back(here: Option<Here>) -> usize {
    match here {
        None => 0,
        Some(Here::On(at) | Here::Before(at)) => at.saturating_sub(1),
    }
}

fn missing_at_next(path: &Path<'_>, at: usize, sheet: &Sheet, known: &[Problem]) -> Vec<Problem> {
    let asks = path.asks_at(at).filter(|ask| ask.is_needed());
    let asks = asks.filter(|ask| ask.condition().is_none_or(|when| when.holds(sheet)));
    missing(asks.map(Ask::code), sheet, known)
}

/// Blanks may be sent, but without the stage there is no route, and without the overall answer
/// there is nothing to count.
fn missing_at_send(path: &Path<'_>, sheet: &Sheet, known: &[Problem]) -> Vec<Problem> {
    let asked = ["stage", "overall"].into_iter().filter(|code| path.page_of(code).is_some());
    missing(asked, sheet, known)
}

fn missing<'a>(codes: impl Iterator<Item = &'a str>, sheet: &Sheet, known: &[Problem]) -> Vec<Problem> {
    let blank = codes.filter(|code| sheet.get(code).is_none());
    let unsaid = blank.filter(|code| known.iter().all(|problem| problem.field != *code));
    unsaid.map(|code| Problem { field: code.to_owned(), reason: Reason::Missing, typed: None }).collect()
}

/// The page to show again: the one that was posted if something is wrong on it, else the first on
/// which something is. A problem with a question that is not on the path concerns nobody.
fn show_problems(path: &Path<'_>, here: Option<Here>, sheet: &Sheet, problems: Vec<Problem>) -> Option<Step> {
    let page_of =
        |problem: &Problem| path.page_of(&problem.field).map(|at| if path.at_once { 0 } else { at });
    let pages: Vec<usize> = problems.iter().filter_map(page_of).collect();
    let at = match here {
        Some(Here::On(at)) if pages.contains(&at) => at,
        _ => *pages.iter().min()?,
    };
    let order: Vec<&str> = path.asks_at(at).map(Ask::code).collect();
    let mut problems: Vec<Problem> = problems.into_iter().filter(|p| page_of(p) == Some(at)).collect();
    problems.sort_by_key(|problem| order.iter().position(|code| *code == problem.field));
    Some(Step::Problems { at, sheet: sheet.clone(), problems })
}

/// What a finished sheet says. Answers to what is not asked on its route are dropped: somebody who
/// went back and changed the stage does not answer questions that nobody asked.
#[must_use]
pub fn submit(context: &Context<'_>, sheet: &Sheet) -> Submission {
    let (instrument, visit) = (context.instrument, &context.visit);
    let Settled { route, channel, visited, stage } = settle(instrument, visit, sheet);
    let counts = |ask: Ask<'_>| ask.counts(instrument, visit, route, visited, sheet);
    let items = items_of(instrument)
        .map(|item| if counts(Ask::Item(item)) { sheet.answer(&item.code) } else { Answer::NotAsked });
    let said =
        |code: &str| instrument.question(code).filter(|q| counts(Ask::Question(q))).and(sheet.get(code));
    let choices = instrument.questions.iter().map(|question| {
        let value = said(&question.code)?;
        let position = question.options.iter().position(|option| option.value == value)?;
        u8::try_from(position).ok()
    });
    let offered = |code: &&str| context.fields.iter().any(|field| field.code == *code);
    Submission {
        route,
        channel,
        stage,
        overall: sheet.answer("overall"),
        items: items.collect(),
        choices: choices.collect(),
        field: said("field").filter(offered).map(str::to_owned),
        comment: said("comment").map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
