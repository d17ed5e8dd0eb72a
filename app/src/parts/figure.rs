//! A figure in words: the one place where an index becomes text, so that it never leaves without
//! its interval (promise 1).

use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{capitalize, count, number, percent, range};
use crate::parts::wording;
use domain::language::Language;
use domain::reading::{Caveat, Figure, Reading};
use domain::report::Band;
use leptos::prelude::*;

/// How a reading is marked: by shape, colour and word together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// 60 respondents or more.
    Plain,
    /// 30-59.
    Few,
    /// Under 30, or too wide.
    Indicative,
    /// No figure.
    Withheld,
    /// Clearly above its peers.
    Above,
    /// Not distinguishable from its peers.
    Even,
    /// Clearly below its peers.
    Below,
}

impl Mark {
    /// The marks of readings that are compared with nothing, most reliable first.
    pub(crate) const ALL: [Self; 4] = [Self::Plain, Self::Few, Self::Indicative, Self::Withheld];

    /// The marks of units beside their peers.
    pub(crate) const BANDED: [Self; 6] =
        [Self::Above, Self::Even, Self::Below, Self::Few, Self::Indicative, Self::Withheld];

    /// The mark of a unit: its band where it has one.
    pub(crate) fn of_unit(reading: &Reading, band: Option<Band>) -> Self {
        match band {
            Some(Band::Above) => Self::Above,
            Some(Band::Even) => Self::Even,
            Some(Band::Below) => Self::Below,
            None => Self::of(reading),
        }
    }

    /// The mark of a reading.
    pub(crate) fn of(reading: &Reading) -> Self {
        let Some(figure) = reading.figure() else { return Self::Withheld };
        if figure.caveats.contains(&Caveat::Indicative) {
            Self::Indicative
        } else if figure.caveats.contains(&Caveat::FewRespondents) {
            Self::Few
        } else {
            Self::Plain
        }
    }

    /// The class that colours it.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "m-plain",
            Self::Few => "m-few",
            Self::Indicative => "m-thin",
            Self::Withheld => "m-none",
            Self::Above => "m-above",
            Self::Even => "m-even",
            Self::Below => "m-below",
        }
    }

    /// The symbol that draws it; see [`symbols`].
    pub(crate) const fn symbol(self) -> &'static str {
        match self {
            Self::Plain | Self::Even => "#even",
            Self::Few => "#few",
            Self::Indicative => "#thin",
            Self::Withheld => "#none",
            Self::Above => "#above",
            Self::Below => "#below",
        }
    }

    /// Its word.
    pub(crate) const fn word(self, text: &ConsoleText) -> &'static str {
        match self {
            Self::Plain => text.figure.plain,
            Self::Few => text.figure.few,
            Self::Indicative => text.figure.indicative,
            Self::Withheld => text.figure.withheld,
            Self::Above => text.bands.above,
            Self::Even => text.bands.even,
            Self::Below => text.bands.below,
        }
    }

    const fn explained(self, text: &ConsoleText) -> &'static str {
        match self {
            Self::Indicative => text.figure.indicative_key,
            Self::Withheld => text.figure.withheld_key,
            other => other.word(text),
        }
    }
}

/// The shapes of the marks, once a page.
pub(crate) fn symbols() -> AnyView {
    view! {
        <svg hidden aria-hidden="true">
            <symbol id="above" viewBox="-10 -10 20 20" overflow="visible"><path class="mark" d="M0-8.5L8.5 6.5H-8.5z"></path></symbol>
            <symbol id="below" viewBox="-10 -10 20 20" overflow="visible"><path class="mark" d="M0 8.5L8.5-6.5H-8.5z"></path></symbol>
            <symbol id="even" viewBox="-10 -10 20 20" overflow="visible"><circle class="mark" r="6"></circle></symbol>
            <symbol id="few" viewBox="-10 -10 20 20" overflow="visible"><circle class="hollow" r="5.5"></circle></symbol>
            <symbol id="thin" viewBox="-10 -10 20 20" overflow="visible"><path class="hollow" d="M0-7.5L7.5 0 0 7.5-7.5 0z"></path></symbol>
            <symbol id="outside" viewBox="-10 -10 20 20" overflow="visible"><path class="mark" d="M-6.5-6.5h13v13h-13z"></path></symbol>
            <symbol id="none" viewBox="-10 -10 20 20" overflow="visible"><path class="whisker" d="M-7-7L7 7M-7 7L7-7"></path></symbol>
        </svg>
    }
    .into_any()
}

/// A mark with its word.
pub(crate) fn band(mark: Mark, text: &ConsoleText) -> AnyView {
    view! {
        <span class=format!("band {}", mark.class())>
            <svg aria-hidden="true"><use href=mark.symbol()></use></svg>
            {mark.word(text)}
        </span>
    }
    .into_any()
}

/// The marks of readings explained.
pub(crate) fn key(text: &ConsoleText) -> AnyView {
    key_of(&Mark::ALL, text)
}

/// Some marks explained.
pub(crate) fn key_of(marks: &[Mark], text: &ConsoleText) -> AnyView {
    let marks = marks
        .iter()
        .map(|mark| {
            view! {
                <li class=mark.class()>
                    <svg aria-hidden="true"><use href=mark.symbol()></use></svg>
                    <span>{mark.explained(text)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="key" aria-label=text.figure.key>{marks}</ul> }.into_any()
}

/// Whether everybody is satisfied, so that only the lower limit may be said.
pub(crate) fn is_unanimous(figure: &Figure) -> bool {
    figure.caveats.contains(&Caveat::AllSatisfied)
}

/// A figure in one line: `84,5 (80,7–87,7) · 412`, for a chart.
pub(crate) fn line(figure: &Figure, language: Language) -> String {
    let n = count(figure.n, language);
    if is_unanimous(figure) {
        let low = number(figure.low, language);
        return format!("{} · {n}", fill(ConsoleText::of(language).figure.at_least, &[("low", &low)]));
    }
    let interval = range(figure.low, figure.high, language);
    format!("{} ({interval}) · {n}", number(figure.index, language))
}

/// The lower limit in a phrase: "từ 89,8 % trở lên".
pub(crate) fn at_least(figure: &Figure, language: Language) -> String {
    fill(ConsoleText::of(language).figure.at_least, &[("low", &percent(figure.low, language))])
}

/// A figure with its interval, as in a sentence or a cell: `84,5 % (80,7–87,7)`.
pub(crate) fn with_interval(figure: &Figure, language: Language) -> AnyView {
    if is_unanimous(figure) {
        return view! { <span class="wraps">{at_least(figure, language)}</span> }.into_any();
    }
    view! {
        <span class="num">{percent(figure.index, language)}</span>
        " "
        <span class="num i">{format!("({})", range(figure.low, figure.high, language))}</span>
    }
    .into_any()
}

/// A reading without markup: the figure with its interval, or why there is none.
pub(crate) fn plain_text(reading: &Reading, k: u32, language: Language) -> String {
    match reading {
        Reading::Figure(figure) if is_unanimous(figure) => at_least(figure, language),
        Reading::Figure(figure) => {
            let interval = range(figure.low, figure.high, language);
            format!("{} ({interval})", percent(figure.index, language))
        }
        Reading::Withheld(why) => wording::withheld(*why, k, ConsoleText::of(language)),
    }
}

/// Why there is no figure, as the beginning of a line.
pub(crate) fn reason(reading: &Reading, k: u32, language: Language) -> String {
    capitalize(&plain_text(reading, k, language))
}
