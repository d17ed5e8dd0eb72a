//! A questionnaire on paper: what stands on it under which number, for whom, which key of a keyboard
//! means which box, and where two people who typed the same sheet differ.
//!
//! The path of a form (`path`) decides all of it, so that paper asks what the phone asks.

mod need;
#[cfg(test)]
mod tests;

pub use need::{Case, Need, Term, terms};

use crate::instrument::Purpose;
use crate::language::Words;
use crate::path::{Ask, Path, Visit};
use crate::submission::{Context, Problem, Reason, Refusal, Sheet};
use crate::survey::{Mode, Variant};

/// Most forms of one batch.
pub const MOST_FORMS: u32 = 500;

/// Keys of the boxes of a question with words, in order.
const KEYS: &str = "123456789abcdefghijkmnpqrstuvwxyz";

/// How somebody comes to a paper form: nobody knows anything before it is read.
#[must_use]
pub const fn visit_of(variant: Variant) -> Visit {
    Visit { variant, mode: Mode::Paper, channel_of_code: None, has_code: false }
}

/// A question as it stands on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// Position of its page of the instrument.
    pub page: usize,
    /// The question.
    pub ask: Ask<'a>,
    /// Who is asked.
    pub need: Need<'a>,
}

/// A box to tick, and the key that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TickBox {
    /// The key.
    pub key: char,
    /// The value of the form field.
    pub value: String,
    /// Its words.
    pub words: Words,
}

/// Everything that the form asks of anybody, in order.
#[must_use]
pub fn lines<'a>(context: &Context<'a>) -> Vec<Line<'a>> {
    let path = Path::at_once(context.instrument, &context.visit);
    let asks =
        path.pages.iter().enumerate().flat_map(|(page, leaf)| leaf.asks.iter().map(move |a| (page, *a)));
    asks.enumerate()
        .map(|(at, (page, ask))| Line { number: at + 1, page, ask, need: Need::of(context, ask) })
        .collect()
}

/// The boxes of a question; none for free text.
#[must_use]
pub fn boxes(context: &Context<'_>, ask: Ask<'_>) -> Vec<TickBox> {
    match ask {
        Ask::Overall(_) => levels(context),
        Ask::Item(_) => {
            let apart = context.instrument.scale.not_applicable.clone();
            let apart = apart.map(|words| TickBox { key: '0', value: "na".into(), words });
            levels(context).into_iter().chain(apart).collect()
        }
        Ask::Question(question) => {
            let fields = context.fields.iter().filter(|_| question.purpose == Purpose::Field);
            let fields = fields.map(|field| (field.code.clone(), field.name.clone()));
            let options = question.options.iter().map(|option| (option.value.clone(), option.text.clone()));
            let boxes = fields.chain(options).zip(KEYS.chars());
            boxes.map(|((value, words), key)| TickBox { key, value, words }).collect()
        }
    }
}

fn levels(context: &Context<'_>) -> Vec<TickBox> {
    let answers = ['5', '4', '3', '2', '1'].into_iter().zip(&context.instrument.scale.answers);
    answers.map(|(key, words)| TickBox { key, value: key.to_string(), words: words.clone() }).collect()
}

/// Whether a question is answered by writing rather than by a tick.
#[must_use]
pub fn is_written(ask: Ask<'_>) -> bool {
    matches!(ask, Ask::Question(question) if question.purpose == Purpose::Text)
}

/// The key of an answer; empty for a blank. Free text is itself.
#[must_use]
pub fn key_of(context: &Context<'_>, ask: Ask<'_>, sheet: &Sheet) -> String {
    let Some(answer) = sheet.get(ask.code()) else { return String::new() };
    if is_written(ask) {
        return answer.to_owned();
    }
    let found = boxes(context, ask).into_iter().find(|one| one.value == answer);
    found.map(|one| one.key.to_string()).unwrap_or_default()
}

/// Reads keys out of a posted form. A key that no box has is named, with what was typed.
///
/// # Errors
/// Refuses forms that are larger than any form of ours.
pub fn read_keys(
    pairs: &[(String, String)],
    context: &Context<'_>,
) -> Result<(Sheet, Vec<Problem>), Refusal> {
    let (mut meant, mut problems) = (Vec::new(), Vec::new());
    for line in lines(context) {
        let code = line.ask.code();
        for (_, typed) in pairs.iter().filter(|(name, _)| name == code) {
            let key = typed.trim().to_lowercase();
            if key.is_empty() || is_written(line.ask) {
                meant.push((code.to_owned(), typed.clone()));
                continue;
            }
            match boxes(context, line.ask).into_iter().find(|one| key == one.key.to_string()) {
                Some(one) => meant.push((code.to_owned(), one.value)),
                None => problems.push(Problem {
                    field: code.to_owned(),
                    reason: Reason::Unknown,
                    typed: Some(typed.chars().take(8).collect()),
                }),
            }
        }
    }
    let (sheet, more) = Sheet::read(&meant, context)?;
    problems.extend(more);
    Ok((sheet, problems))
}

/// Codes of what was asked of this person and is blank, in order; free text is never missed.
#[must_use]
pub fn blanks(context: &Context<'_>, sheet: &Sheet) -> Vec<String> {
    let path = Path::of(context.instrument, &context.visit, sheet);
    let asked = path.pages.iter().flat_map(|leaf| &leaf.asks);
    let open = asked.filter(|ask| {
        !is_written(**ask)
            && sheet.get(ask.code()).is_none()
            && ask.condition().is_none_or(|condition| condition.holds(sheet))
    });
    open.map(|ask| ask.code().to_owned()).collect()
}

/// Codes without which a sheet cannot count at all: how far the dossier is, and the overall answer.
#[must_use]
pub fn lacks(context: &Context<'_>, sheet: &Sheet) -> Vec<String> {
    let mut blank = blanks(context, sheet);
    blank.retain(|code| code == "stage" || code == "overall");
    blank
}

/// What one person made of a sheet of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typing {
    /// These answers.
    Answers(Sheet),
    /// It cannot be used: empty, torn, or without what every answer needs.
    Unusable,
}

/// Where two people differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Nowhere.
    None,
    /// One of them could use the sheet.
    Usable,
    /// In these questions, in order.
    Answers(Vec<String>),
}

impl Typing {
    /// The answers, if there are any.
    #[must_use]
    pub const fn sheet(&self) -> Option<&Sheet> {
        match self {
            Self::Answers(sheet) => Some(sheet),
            Self::Unusable => None,
        }
    }

    /// Compares what two people typed. Of what was written, capitals and the space between words say
    /// nothing: two people never break lines alike.
    #[must_use]
    pub fn compare(&self, other: &Self, context: &Context<'_>) -> Difference {
        let (one, two) = match (self, other) {
            (Self::Unusable, Self::Unusable) => return Difference::None,
            (Self::Answers(one), Self::Answers(two)) => (one, two),
            _ => return Difference::Usable,
        };
        let differs = |ask: &Ask<'_>| {
            let said = |sheet: &Sheet| sheet.get(ask.code()).map(|text| plain(*ask, text));
            said(one) != said(two)
        };
        let asks = lines(context).into_iter().map(|line| line.ask);
        let codes: Vec<String> = asks.filter(differs).map(|ask| ask.code().to_owned()).collect();
        if codes.is_empty() { Difference::None } else { Difference::Answers(codes) }
    }
}

fn plain(ask: Ask<'_>, text: &str) -> String {
    if is_written(ask) {
        text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    } else {
        text.to_owned()
    }
}
