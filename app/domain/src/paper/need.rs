//! Of whom a question on paper is asked, so that the paper can say where to go on.

use super::{Line, boxes};
use crate::path::{Ask, Condition, Stage, is_in_form};
use crate::submission::Context;
use crate::survey::{Channel, Route};

/// Who somebody is, as far as questions depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// A decision has been received.
    pub done: bool,
    /// An office was visited: the dossier was not handed in online.
    pub visited: bool,
}

/// Of whom a question is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<'a> {
    /// Of these; empty where it is asked of everybody.
    pub cases: Vec<Case>,
    /// And only after another question was answered so.
    pub condition: Option<Condition<'a>>,
}

impl<'a> Need<'a> {
    /// Whom a question is for.
    pub(super) fn of(context: &Context<'a>, ask: Ask<'a>) -> Self {
        let all = cases(context);
        let is_asked = |case: &Case| {
            let route = match (case.done, case.visited) {
                (false, _) => Route::NotDone,
                (true, true) => Route::DoneInPerson,
                (true, false) => Route::DoneOnline,
            };
            ask.is_on(context.instrument, &context.visit, route, case.visited)
        };
        let here: Vec<Case> = all.iter().copied().filter(is_asked).collect();
        let cases = if here.len() == all.len() { Vec::new() } else { here };
        Self { cases, condition: ask.condition() }
    }

    /// Whether everybody is asked.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.cases.is_empty() && self.condition.is_none()
    }

    /// `Some` where only those are asked of whom a decision has been received, or only the others.
    #[must_use]
    pub fn done(&self) -> Option<bool> {
        same(self.cases.iter().map(|case| case.done))
    }

    /// `Some` where only those are asked who visited an office, or only the others.
    #[must_use]
    pub fn visited(&self) -> Option<bool> {
        same(self.cases.iter().map(|case| case.visited))
    }

    /// Whether the two words above, and the condition, say all there is to say.
    #[must_use]
    pub fn is_plain(&self, context: &Context<'_>) -> bool {
        let (done, visited) = (self.done(), self.visited());
        let said = |case: &Case| {
            done.is_none_or(|done| case.done == done) && visited.is_none_or(|v| case.visited == v)
        };
        self.cases.is_empty() || cases(context).iter().filter(|case| said(case)).count() == self.cases.len()
    }
}

/// The one value of all; `None` where there are two, or nothing.
fn same(mut values: impl Iterator<Item = bool>) -> Option<bool> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// Everybody that a form can tell apart: a form that does not ask how far the dossier is takes all for
/// finished, and one that does not ask for the channel takes all for visitors.
fn cases(context: &Context<'_>) -> Vec<Case> {
    let asks = |code: &str| is_in_form(context.instrument, &context.visit, code);
    let done: &[bool] = if asks("stage") { &[true, false] } else { &[true] };
    let visited: &[bool] = if asks("channel") { &[true, false] } else { &[true] };
    done.iter()
        .flat_map(|done| visited.iter().map(|visited| Case { done: *done, visited: *visited }))
        .collect()
}

/// "Question 3 has box 1 or 2": one thing that must be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Number of the question on the paper.
    pub question: usize,
    /// Keys of its boxes.
    pub keys: Vec<char>,
}

/// What must have been ticked before a question is asked: all of it. Empty where it is asked of everybody,
/// or where boxes cannot say it.
#[must_use]
pub fn terms(context: &Context<'_>, lines: &[Line<'_>], need: &Need<'_>) -> Vec<Term> {
    if !need.is_plain(context) {
        return Vec::new();
    }
    let term = |code: &str, wanted: &dyn Fn(&str) -> bool| {
        let line = lines.iter().find(|line| line.ask.code() == code)?;
        let wanted = boxes(context, line.ask).into_iter().filter(|one| wanted(&one.value));
        Some(Term { question: line.number, keys: wanted.map(|one| one.key).collect() })
    };
    let channel = need
        .visited()
        .and_then(|visited| term("channel", &|value| (value != Channel::Online.code()) == visited));
    let stage = need.done().and_then(|done| {
        term("stage", &|value| value.parse().is_ok_and(|stage: Stage| stage.is_done() == done))
    });
    let other = need.condition.and_then(|condition| {
        term(condition.code, &|value| condition.values.iter().any(|wanted| wanted == value))
    });
    [stage, channel, other].into_iter().flatten().collect()
}
