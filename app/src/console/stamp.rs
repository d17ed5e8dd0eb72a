//! The release at the figure: the first of the facts, and the foot.

use super::frame::Frame;
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::help::{Term, help};
use crate::parts::wording::{definition, vietnamese};
use domain::report::Setting;
use leptos::prelude::*;

/// Number and date of the release, and what waits for the next.
pub(crate) fn release(setting: &Setting, frame: &Frame) -> Option<AnyView> {
    let (text, language) = (frame.text(), frame.language);
    let stamp = setting.release.as_ref()?;
    let dated = fill(text.agency.release_date, &[("date", &date(stamp.dated, language))]);
    let older = (!setting.is_latest).then(|| {
        let href = frame.here.without(&["release"]).to_string();
        view! { {text.agency.not_latest} <a href=href>{text.agency.to_latest}</a> }
    });
    let waiting = setting.is_latest.then(|| waiting(setting, frame));
    Some(
        view! {
            <div>
                <dt>{text.agency.release} {help(Term::Release, language)}</dt>
                <dd>
                    {fill(text.agency.release_number, &[("number", &stamp.number.to_string())])}
                    " "
                    <span>{dated} {older} {waiting}</span>
                </dd>
            </div>
        }
        .into_any(),
    )
}

fn waiting(setting: &Setting, frame: &Frame) -> Option<String> {
    let (text, language) = (frame.text(), frame.language);
    let mut said = match setting.waiting? {
        0 => text.agency.waiting_few.to_owned(),
        n => fill(text.agency.waiting, &[("n", &count(n, language))]),
    };
    if let Some(day) = setting.next_run {
        said.push_str(&fill(text.agency.next_run, &[("date", &date(day, language))]));
    }
    Some(said)
}

/// What the interval does not cover.
pub(crate) fn not_covered(frame: &Frame, more: Option<&'static str>) -> AnyView {
    let text = frame.text();
    let more = more.map(|id| view! { <a href=id>{text.agency.see_below}</a> });
    let why = text.agency.self_selection_why;
    let why = if more.is_some() { why } else { why.trim_end_matches("; ") };
    view! {
        <div>
            <dt>{text.agency.not_covered} {help(Term::SelfSelection, frame.language)}</dt>
            <dd>{text.agency.self_selection} " " <span>{why} {more}</span></dd>
        </div>
    }
    .into_any()
}

/// The foot of a page of figures: release, survey, definition, head of the ledger.
pub(crate) fn foot(setting: &Setting, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let stamp = setting.release.as_ref()?;
    let number = stamp.number.to_string();
    let dated = date(stamp.dated, frame.language);
    let release = fill(text.frame.foot_release, &[("number", &number), ("date", &dated)]);
    let definition = definition(&setting.definition, text);
    let computed = fill(text.frame.foot_definition, &[("definition", definition)]);
    let survey = vietnamese(&setting.survey_name, frame.language);
    let head = grouped(&stamp.head);
    Some(
        view! {
            {format!("{release} · ")}
            {survey}
            {format!(" · {computed} · {} ", text.frame.foot_ledger)}
            <span class="num">{head}</span>
        }
        .into_any(),
    )
}

/// A hash in groups of four, so that it can be read aloud.
pub(crate) fn grouped(head: &str) -> String {
    let chars: Vec<char> = head.chars().collect();
    chars.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn the_head_of_the_ledger_is_read_in_fours() {
        assert_eq!(grouped("9c417be2d05f"), "9c41-7be2-d05f");
        assert_eq!(grouped(""), "");
    }
}
