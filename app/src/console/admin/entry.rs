//! Fields that a person fills in, and what is said where one is wrong.

use super::super::frame::Frame;
use crate::i18n::console::fill;
use leptos::prelude::*;

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryProblem {
    /// It must not be empty.
    Empty,
    /// It is longer than so many characters.
    Long(usize),
    /// It holds characters that cannot be printed.
    Odd,
    /// No agency has this code today.
    NoUnit,
    /// The unit decides nothing.
    DecidesNothing,
    /// It is no number from 1 to so many.
    NoPlace(usize),
    /// Somebody else has changed the line meanwhile.
    Stale,
}

/// A wrong entry: the name of the form's field and the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongEntry {
    /// Name of the field in the form.
    pub name: &'static str,
    /// The problem.
    pub problem: EntryProblem,
}

/// One field of a form.
pub(super) struct Entry<'a> {
    pub name: &'static str,
    pub label: &'static str,
    pub value: &'a str,
    pub hint: Option<String>,
    pub lang: Option<&'static str>,
    pub is_optional: bool,
    /// Number of rows; one for a line.
    pub kind: &'static str,
}

impl<'a> Entry<'a> {
    pub(super) const fn new(name: &'static str, label: &'static str, value: &'a str) -> Self {
        Self { name, label, value, hint: None, lang: None, is_optional: true, kind: "text" }
    }

    pub(super) fn draw(self, wrong: &[WrongEntry], frame: &Frame) -> AnyView {
        let text = &frame.text().registry;
        let (name, label) = (self.name, self.label);
        let problem = wrong.iter().find(|one| one.name == name);
        let told = problem.map(|one| {
            let id = format!("{name}-wrong");
            view! { <p class="problem" id=id>{said(one, label, frame)}</p> }
        });
        let hint = self.hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> });
        let described = match (&told, &hint) {
            (Some(_), Some(_)) => Some(format!("{name}-hint {name}-wrong")),
            (Some(_), None) => Some(format!("{name}-wrong")),
            (None, Some(_)) => Some(format!("{name}-hint")),
            (None, None) => None,
        };
        let optional = self.is_optional.then(|| view! { " " <span class="hint">{text.optional}</span> });
        view! {
            <div class="field">
                <label for=name>{label} {optional}</label>
                {hint}
                {told}
                <input id=name name=name type=self.kind value=self.value.to_owned() lang=self.lang
                    aria-invalid=problem.map(|_| "true") aria-describedby=described autocomplete="off"/>
            </div>
        }
        .into_any()
    }
}

fn said(wrong: &WrongEntry, label: &str, frame: &Frame) -> String {
    let text = &frame.text().registry;
    let field = ("field", label);
    match wrong.problem {
        EntryProblem::Empty => fill(text.is_empty, &[field]),
        EntryProblem::Long(most) => fill(text.is_long, &[field, ("most", &most.to_string())]),
        EntryProblem::Odd => fill(text.is_odd, &[field]),
        EntryProblem::NoUnit => fill(text.is_no_unit, &[field]),
        EntryProblem::DecidesNothing => fill(text.decides_nothing, &[field]),
        EntryProblem::NoPlace(most) => fill(text.is_no_place, &[field, ("most", &most.to_string())]),
        EntryProblem::Stale => text.is_stale.to_owned(),
    }
}

/// The summary above a form: takes the focus and leads to each wrong entry.
pub(super) fn summary(
    wrong: &[WrongEntry],
    labels: &[(&'static str, &'static str)],
    frame: &Frame,
) -> Option<AnyView> {
    if wrong.is_empty() {
        return None;
    }
    let text = &frame.text().registry;
    let lines = wrong.iter().map(|one| {
        let label = labels.iter().find(|(name, _)| *name == one.name).map_or("", |(_, label)| label);
        let said = said(one, label, frame);
        if label.is_empty() {
            view! { <li>{said}</li> }.into_any()
        } else {
            view! { <li><a href=format!("#{}", one.name)>{said}</a></li> }.into_any()
        }
    });
    let lines = lines.collect_view();
    Some(
        view! {
            <div class="errors" role="alert" tabindex="-1" autofocus=true>
                <h2>{text.wrong}</h2>
                <ul>{lines}</ul>
            </div>
        }
        .into_any(),
    )
}

/// The notice after storing.
pub(super) fn saved(is_saved: bool, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().registry;
    is_saved.then(|| {
        view! { <div class="notice ok" role="status"><p><b>{text.saved}</b> " " {text.saved_what}</p></div> }
            .into_any()
    })
}

/// The title of a page whose form has something wrong begins with the word.
pub(super) fn title(title: &str, wrong: &[WrongEntry], frame: &Frame) -> String {
    if wrong.is_empty() {
        return title.to_owned();
    }
    fill(frame.text().registry.wrong_title, &[("title", title)])
}
