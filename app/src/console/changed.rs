//! Words of a change: "up" or "down" only where they can be told from chance, and never a
//! difference without its interval.

use super::frame::Frame;
use crate::i18n::console::ConsoleText;
use crate::i18n::format::{decimal, months, period};
use domain::language::Language;
use domain::report::{Change, Span, Trend};
use leptos::prelude::*;

/// The word of a trend.
pub(crate) const fn trend(of: Trend, text: &ConsoleText) -> &'static str {
    match of {
        Trend::Up => text.change.up,
        Trend::Even => text.change.even,
        Trend::Down => text.change.down,
    }
}

/// The months of a span, inside a sentence.
pub(crate) fn span(of: Span, language: Language) -> String {
    match of {
        Span::Whole(whole) => period(whole, language),
        Span::Months(first, last) => months(first, last, language),
    }
}

/// Points with their sign: "+3,6", "−2,1".
pub(crate) fn signed(points: f64, language: Language) -> String {
    let said = decimal(points, 1, language);
    let is_nothing = said.chars().all(|c| matches!(c, '0' | ',' | '.'));
    if points > 0.0 && !is_nothing { format!("+{said}") } else { said }
}

/// A change in a cell: its points with their interval.
pub(crate) fn cell(change: Option<&Change>, frame: &Frame) -> AnyView {
    let language = frame.language;
    let Some(change) = change else {
        return view! { <td class="n why">{frame.text().change.not_compared}</td> }.into_any();
    };
    let ends = format!("({} … {})", signed(change.low, language), signed(change.high, language));
    view! {
        <td class="n">
            <span class="num">{signed(change.points, language)}</span>
            " "
            <span class="num i">{ends}</span>
        </td>
    }
    .into_any()
}

/// The word of a change, with an arrow for those that are one.
pub(crate) fn word(change: Option<&Change>, text: &ConsoleText) -> AnyView {
    let Some(change) = change else { return text.change.not_compared.into_any() };
    let arrow = match change.trend {
        Trend::Up => "↑ ",
        Trend::Down => "↓ ",
        Trend::Even => "",
    };
    view! { <span aria-hidden="true">{arrow}</span> {trend(change.trend, text)} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::signed;
    use domain::language::Language;

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        assert_eq!(signed(3.56, Language::Vi), "+3,6");
        assert_eq!(signed(-2.14, Language::En), "\u{2212}2.1");
        assert_eq!(signed(0.04, Language::Vi), "0,0");
        assert_eq!(signed(-0.04, Language::Vi), "0,0");
    }
}
