//! `/help`: before the tablet is handed over, the helper says where, who helps, and in which language.

use crate::console::admin::{Asked, UnitChoice, mistakes, unit_options};
use crate::console::frame::{Area, Frame, Page, document, sample};
use crate::i18n::console::ConsoleText;
use domain::language::Language;
use domain::survey::Helper;
use leptos::prelude::*;

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssistProblem {
    /// The place.
    Unit,
    /// Who helps.
    Helper,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssistPage {
    /// Places where a survey is open.
    pub units: Vec<UnitChoice>,
    /// What was typed: place, helper, language.
    pub typed: [String; 3],
    /// What is missing.
    pub problem: Option<AssistProblem>,
    /// Artificial answers.
    pub demo: bool,
}

const fn helper_word(helper: Helper, text: &ConsoleText) -> &'static str {
    match helper {
        Helper::Family => text.assist.family,
        Helper::DigitalTeam => text.assist.team,
        Helper::Official => text.assist.official,
    }
}

/// The page as a document.
#[must_use]
pub fn render_assist(page: &AssistPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().assist;
        let body = if page.units.is_empty() {
            view! { <p class="lead"><b>{text.nowhere}</b></p> }.into_any()
        } else {
            form(page, frame)
        };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.title}</h1>
                    <p class="soft">{text.under} " " {sample(page.demo, frame.text())}</p>
                </div>
                <p class="lead"><b>{text.not_for_them}</b></p>
            </div>
            {body}
        };
        Page { title: text.title.to_owned(), area: Some(Area::Helping), main: main.into_any(), foot: None }
    })
}

fn form(page: &AssistPage, frame: &Frame) -> AnyView {
    let text = &frame.text().assist;
    let wrong = page.problem.map(|problem| match problem {
        AssistProblem::Unit => ("unit", text.e_unit.to_owned()),
        AssistProblem::Helper => ("helper", text.e_helper.to_owned()),
    });
    let mistake =
        |name: &str| wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, says)| says.clone());
    let [unit, helper, language] = &page.typed;
    let above = Asked { name: "unit", label: text.unit, hint: None, mistake: mistake("unit") };
    let helpers =
        Helper::ALL.iter().map(|one| (one.code().to_owned(), helper_word(*one, frame.text()).to_owned()));
    let none = std::iter::once((String::new(), text.helper_none.to_owned()));
    let asked = Asked {
        name: "helper",
        label: text.helper,
        hint: Some(text.helper_hint),
        mistake: mistake("helper"),
    };
    let languages = Language::ALL.map(|one| (one.code().to_owned(), one.own_name().to_owned())).to_vec();
    let spoken = Asked { name: "language", label: text.language, hint: None, mistake: None };
    view! {
        <form class="asking flow" method="post" action=frame.link("/help")>
            {frame.csrf_field()}
            {mistakes(text.errors.to_owned(), &wrong.clone().into_iter().collect::<Vec<_>>())}
            <div class="field">
                <label for="unit">{text.unit}</label>
                {above.told()}
                <select id="unit" name="unit" aria-invalid=above.invalid() aria-describedby=above.described()>
                    {unit_options(&page.units, unit, text.unit_none, frame)}
                </select>
            </div>
            {asked.list(none.chain(helpers).collect(), helper)}
            {spoken.list(languages, language)}
            <button class="button" name="go" value="hand-over">{text.hand_over}</button>
        </form>
    }
    .into_any()
}
