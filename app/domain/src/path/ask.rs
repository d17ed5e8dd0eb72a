//! One thing that a page asks.

use super::{Visit, is_in_form};
use crate::instrument::{Instrument, Item, Overall, Purpose, Question};
use crate::submission::Sheet;
use crate::survey::Route;
use crate::tally::layout::{is_asked, items_of};

/// One thing that a page asks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ask<'a> {
    /// The question on overall satisfaction.
    Overall(&'a Overall),
    /// An item of the index tree.
    Item(&'a Item),
    /// A question outside the index.
    Question(&'a Question),
}

/// "Only if that question was answered so."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition<'a> {
    /// The question that decides.
    pub code: &'a str,
    /// The answers with which the condition holds.
    pub values: &'a [String],
}

impl Condition<'_> {
    /// Whether the condition holds on a sheet.
    #[must_use]
    pub fn holds(&self, sheet: &Sheet) -> bool {
        sheet.get(self.code).is_some_and(|answer| self.values.iter().any(|value| value == answer))
    }
}

impl<'a> Ask<'a> {
    /// What the instrument calls so.
    #[must_use]
    pub fn find(instrument: &'a Instrument, code: &str) -> Option<Self> {
        if code == "overall" {
            return instrument.overall.as_ref().map(Self::Overall);
        }
        let item = items_of(instrument).find(|item| item.code == code).map(Self::Item);
        item.or_else(|| instrument.question(code).map(Self::Question))
    }

    /// Code: the name of the form field.
    #[must_use]
    pub const fn code(&self) -> &'a str {
        match self {
            Self::Overall(_) => "overall",
            Self::Item(item) => item.code.as_str(),
            Self::Question(question) => question.code.as_str(),
        }
    }

    /// On what it depends.
    #[must_use]
    pub fn condition(&self) -> Option<Condition<'a>> {
        match self {
            Self::Overall(_) => None,
            Self::Item(item) => item
                .only_if
                .as_ref()
                .map(|(code, value)| Condition { code, values: std::slice::from_ref(value) }),
            Self::Question(question) => {
                question.only_if.as_ref().map(|(code, values)| Condition { code, values })
            }
        }
    }

    /// Whether *next* waits for an answer. Optional are what happened, who answers, and free text.
    #[must_use]
    pub const fn is_needed(&self) -> bool {
        match self {
            Self::Overall(_) | Self::Item(_) => true,
            Self::Question(q) => matches!(q.purpose, Purpose::Visit | Purpose::Field | Purpose::Branch),
        }
    }

    /// Whether it is asked in this form on a route, conditions aside.
    #[must_use]
    pub fn is_on(&self, instrument: &Instrument, visit: &Visit, route: Route, visited: bool) -> bool {
        match self {
            Self::Overall(_) => true,
            Self::Item(item) => is_asked(instrument, visit.variant, route, visited, item),
            Self::Question(question) => {
                is_in_form(instrument, visit, &question.code)
                    && (question.routes.is_empty() || question.routes.contains(&route))
            }
        }
    }

    /// Whether the answer on a finished sheet counts: asked on the route, and the condition holds.
    #[must_use]
    pub fn counts(
        &self,
        instrument: &Instrument,
        visit: &Visit,
        route: Route,
        visited: bool,
        sheet: &Sheet,
    ) -> bool {
        self.is_on(instrument, visit, route, visited)
            && self.condition().is_none_or(|when| {
                let target = Ask::find(instrument, when.code);
                target.is_some_and(|target| target.is_on(instrument, visit, route, visited))
                    && when.holds(sheet)
            })
    }
}
