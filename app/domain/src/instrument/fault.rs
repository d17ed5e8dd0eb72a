//! What can be wrong with the file of an instrument.

use std::fmt;
use thiserror::Error;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct Fault {
    /// The place in the file, such as `contents[0].factors[2].items[1].code`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub rule: Rule,
}

impl Fault {
    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        Self { path: String::new(), rule: Rule::Unreadable(error.to_string()) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { self.rule.fmt(f) } else { write!(f, "{}: {}", self.path, self.rule) }
    }
}

/// A rule of instruments that was broken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rule {
    /// Not JSON, or not of this shape.
    #[error("this is not the file of an instrument: {0}")]
    Unreadable(String),
    /// Codes become names of form fields and parts of stored keys.
    #[error("{0:?} is not a code: a letter, then at most 15 letters, digits or hyphens")]
    Code(String),
    /// The name belongs to the form itself.
    #[error("{0:?} is the name of a field of the form itself; choose another code")]
    Reserved(String),
    /// The same code twice.
    #[error("the code {0:?} stands here for the second time")]
    Twice(String),
    /// Vietnamese is the language of which the others are translations.
    #[error("the Vietnamese text is missing")]
    Vietnamese,
    /// A text without content.
    #[error("the text in this language is empty; leave the language out instead")]
    Empty,
    /// Nothing has this code.
    #[error("nothing in this instrument is called {0:?}")]
    Unknown(String),
    /// Nobody would be asked this.
    #[error("{0:?} is part of this form but stands on none of its pages")]
    OnNoPage(String),
    /// Everybody would be asked this twice.
    #[error("{0:?} already stands on another page of this form")]
    OnTwoPages(String),
    /// The condition cannot hold.
    #[error("the question {code:?} has no answer {value:?}")]
    NoSuchAnswer {
        /// The question that the condition asks about.
        code: String,
        /// The answer it waits for.
        value: String,
    },
    /// The condition is not known when the question is shown.
    #[error("this depends on {0:?}, which is asked later")]
    AskedLater(String),
    /// Conditions do not stand on conditions.
    #[error("this depends on {0:?}, which itself is not asked of everyone")]
    Nested(String),
    /// The answers of this question decide the route and are fixed.
    #[error("the question {code:?} can only have the answers {known}, not {value:?}")]
    FixedAnswers {
        /// `stage` or `channel`.
        code: String,
        /// What stands here.
        value: String,
        /// What can stand here.
        known: String,
    },
    /// An index is made of what everybody on the route was asked.
    #[error("the factor {0:?} holds items that only some people are asked; it cannot have a weight")]
    BranchInIndex(String),
    /// A weight that is none.
    #[error("a weight is a number above zero")]
    Weight,
    /// A composite of nothing.
    #[error("this definition has no weights")]
    NoWeights,
    /// Too much.
    #[error("there are {found} {what}; at most {most} are possible")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many stand here.
        found: usize,
        /// How many may.
        most: usize,
    },
    /// A question that cannot be answered.
    #[error("this question offers no answers")]
    NoAnswers,
    /// Neither satisfaction nor points.
    #[error("the scale has {0} answers; satisfaction has five, points have three")]
    ScaleLength(usize),
    /// Shares of the satisfied on a scale of points, or the other way round.
    #[error(
        "points and satisfaction do not go together: a scale of three answers has the formula points alone, and no other scale has it"
    )]
    PointsFormula,
    /// Answers that are there already are not asked for again.
    #[error("a set with years is for answers that are there already; it has no pages")]
    AskedAgain,
    /// No years.
    #[error("the first year lies after the last")]
    Years,
    /// A declaration about itself.
    #[error("a version cannot declare items equal to its own")]
    OwnEqual,
}
