//! Names of families and parts.

use crate::console::frame::Frame;
use crate::i18n::console::ConsoleText;
use crate::parts::wording::spoken;
use domain::family::Family;
use domain::language::Words;
use domain::report::PartName;
use leptos::prelude::*;

/// The name of a family.
pub(super) const fn family(of: Family, text: &ConsoleText) -> &'static str {
    let text = &text.breakdown;
    match of {
        Family::Result => text.result,
        Family::Complained => text.complained,
        Family::Field => text.field,
        Family::Who => text.who,
        Family::FlagClass => text.flag_class,
        Family::Sex => text.sex,
        Family::Age => text.age,
        Family::Education => text.education,
        Family::Occupation => text.occupation,
        Family::Helper => text.helper,
        Family::ReceivingCounter => text.receiving_counter,
    }
}

/// The name of a part, tagged with its language where that is not the page's.
pub(crate) fn part(name: &PartName, frame: &Frame) -> AnyView {
    let text = &frame.text().breakdown;
    match name {
        PartName::Data(words) => spoken(words, frame.language),
        PartName::Pair(first, Some(second)) => {
            view! { {spoken(first, frame.language)} ", " {spoken(&lowered(second), frame.language)} }
                .into_any()
        }
        PartName::Pair(first, None) => {
            view! { {spoken(first, frame.language)} ", " {text.size_blank} }.into_any()
        }
        other => plain(other, frame).into_any(),
    }
}

fn lowered(words: &Words) -> Words {
    let lower = |text: &str| crate::console::agency::lower_first(text);
    Words { vi: lower(&words.vi), en: words.en.as_deref().map(lower), km: words.km.clone() }
}

/// The same as text, for charts.
pub(crate) fn plain(name: &PartName, frame: &Frame) -> String {
    let (text, language) = (&frame.text().breakdown, frame.language);
    match name {
        PartName::Data(words) => words.text(language).to_owned(),
        PartName::Pair(first, second) => {
            let second = second
                .as_ref()
                .map_or_else(|| text.size_blank.to_owned(), |words| lowered(words).text(language).to_owned());
            format!("{}, {second}", first.text(language))
        }
        PartName::Closed(code) => closed(code, frame.text()),
        PartName::Pooled => text.pooled.to_owned(),
        PartName::Blank => text.blank.to_owned(),
        PartName::NotAsked => text.not_asked.to_owned(),
    }
}

/// A code that no table knows any more is shown as it is.
fn closed(code: &str, text: &ConsoleText) -> String {
    let text = &text.breakdown;
    let said = match code {
        "granted" => text.granted,
        "refused" => text.refused,
        "too-fast" => text.too_fast,
        "burst" => text.burst,
        "over-budget" => text.over_budget,
        "office-network" => text.office_network,
        "outside-hours" => text.outside_hours,
        "straight-line" => text.straight_line,
        "none" => text.no_flag,
        "family" => text.helper_family,
        "digital-team" => text.helper_team,
        "official" => text.helper_official,
        other => other,
    };
    said.to_owned()
}
