//! What could be shown instead: a GET form whose state is the address.

use super::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, period};
use crate::parts::address::Address;
use crate::parts::wording::trust;
use domain::report::Setting;
use leptos::prelude::*;

/// One `select` with its label.
pub(crate) struct Choice {
    /// Name of the parameter.
    pub name: &'static str,
    /// Label.
    pub label: &'static str,
    /// Value, words, chosen.
    pub options: Vec<(String, String, bool)>,
}

impl Choice {
    pub(crate) fn draw(self) -> AnyView {
        let id = format!("pick-{}", self.name);
        let options = self
            .options
            .into_iter()
            .map(|(value, words, chosen)| view! { <option value=value selected=chosen>{words}</option> });
        view! {
            <div class="field">
                <label for=id.clone()>{self.label}</label>
                <select id=id name=self.name>{options.collect_view()}</select>
            </div>
        }
        .into_any()
    }
}

/// The form: parameters that it does not offer are kept.
pub(crate) fn form(choices: Vec<Choice>, frame: &Frame) -> AnyView {
    form_to(choices, frame, "")
}

/// The same, whose answer is read from a part of the page on.
pub(crate) fn form_to(choices: Vec<Choice>, frame: &Frame, part: &'static str) -> AnyView {
    let names: Vec<&str> = choices.iter().map(|choice| choice.name).collect();
    let kept = frame.here.without(&names).query;
    let hidden = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let mut action = Address::new(frame.here.path.clone()).to_string();
    if !part.is_empty() {
        action = format!("{action}#{part}");
    }
    let fields = choices.into_iter().map(Choice::draw).collect_view();
    view! {
        <form class="filter" method="get" action=action>
            {hidden.collect_view()}
            {fields}
            <button class="button low">{frame.text().agency.show}</button>
        </form>
    }
    .into_any()
}

/// The periods.
pub(crate) fn periods(setting: &Setting, frame: &Frame) -> Choice {
    let language = frame.language;
    let mut listed = setting.periods.clone();
    if !listed.contains(&setting.period) {
        listed.insert(0, setting.period);
    }
    let options = listed
        .into_iter()
        .map(|of| (of.to_string(), capitalize(&period(of, language)), of == setting.period))
        .collect();
    Choice { name: "period", label: frame.text().agency.pick_period, options }
}

/// The levels of trust.
pub(crate) fn trusts(setting: &Setting, frame: &Frame) -> Choice {
    let text = frame.text();
    let mut listed = setting.trusts.clone();
    if !listed.contains(&setting.trust) {
        listed.insert(0, setting.trust);
    }
    let options = listed
        .into_iter()
        .map(|of| (of.code().to_owned(), trust(of, text).to_owned(), of == setting.trust))
        .collect();
    Choice { name: "trust", label: text.agency.pick_trust, options }
}

/// The surveys, where there are several.
pub(crate) fn surveys(setting: &Setting, frame: &Frame) -> Option<Choice> {
    let options: Vec<_> = setting
        .surveys
        .iter()
        .map(|(code, name)| (code.clone(), name.clone(), *code == setting.survey))
        .collect();
    (options.len() > 1).then(|| Choice { name: "survey", label: frame.text().agency.pick_survey, options })
}

/// The releases; the newest has no number in the address, so that a mailed link stays current.
pub(crate) fn releases(setting: &Setting, frame: &Frame) -> Option<Choice> {
    let text = frame.text();
    let shown = setting.release.as_ref()?.number;
    let newest = setting.releases.iter().map(|stamp| stamp.number).max().unwrap_or(shown);
    let options: Vec<_> = setting
        .releases
        .iter()
        .map(|stamp| {
            let number = stamp.number.to_string();
            let chosen = stamp.number == shown;
            if stamp.number == newest {
                (String::new(), fill(text.agency.newest, &[("number", &number)]), chosen)
            } else {
                (number.clone(), number, chosen)
            }
        })
        .collect();
    (!options.is_empty()).then_some(Choice { name: "release", label: text.agency.pick_release, options })
}
