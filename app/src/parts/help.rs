//! Help beside a statistical word: a small button that opens a paragraph, by the browser's own means,
//! without script. What a page does not ask for is not sent with it.

use crate::i18n::console::{ConsoleText, fill};
use domain::language::Language;
use leptos::prelude::*;

/// A word that is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term {
    Index,
    Interval,
    Respondents,
    Release,
    Trust,
    Threshold,
    SelfSelection,
    Score,
}

impl Term {
    const ALL: [Self; 8] = [
        Self::Index,
        Self::Interval,
        Self::Respondents,
        Self::Release,
        Self::Trust,
        Self::Threshold,
        Self::SelfSelection,
        Self::Score,
    ];

    const fn id(self) -> &'static str {
        match self {
            Self::Index => "help-index",
            Self::Interval => "help-interval",
            Self::Respondents => "help-respondents",
            Self::Release => "help-release",
            Self::Trust => "help-trust",
            Self::Threshold => "help-threshold",
            Self::SelfSelection => "help-self-selection",
            Self::Score => "help-score",
        }
    }

    const fn words(self, text: &ConsoleText) -> (&'static str, &'static str) {
        let text = &text.help;
        match self {
            Self::Index => (text.index, text.index_why),
            Self::Interval => (text.interval, text.interval_why),
            Self::Respondents => (text.respondents, text.respondents_why),
            Self::Release => (text.release, text.release_why),
            Self::Trust => (text.trust, text.trust_why),
            Self::Threshold => (text.threshold, text.threshold_why),
            Self::SelfSelection => (text.self_selection, text.self_selection_why),
            Self::Score => (text.score, text.score_why),
        }
    }
}

/// The button.
pub(crate) fn help(term: Term, language: Language) -> AnyView {
    let text = ConsoleText::of(language);
    let label = fill(text.help.label, &[("term", term.words(text).0)]);
    view! { <button type="button" class="help" popovertarget=term.id() aria-label=label>"?"</button> }
        .into_any()
}

/// The paragraphs of the words that a page asks for.
pub(crate) fn explanations(page: &str, language: Language) -> AnyView {
    let text = ConsoleText::of(language);
    let asked =
        Term::ALL.into_iter().filter(|term| page.contains(&format!("popovertarget=\"{}\"", term.id())));
    let shown = asked.map(|term| {
        let (name, why) = term.words(text);
        view! {
            <div id=term.id() popover="auto" class="explain">
                <h2>{name}</h2>
                <p>{why}</p>
                <button type="button" class="button low" popovertarget=term.id() popovertargetaction="hide">
                    {text.help.close}
                </button>
            </div>
        }
    });
    let shown = shown.collect_view();
    (!shown.is_empty()).then(|| view! { <aside aria-label=text.help.heading>{shown}</aside> }).into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::render_with_islands as draw;

    #[test]
    fn only_the_words_that_a_page_asks_for_are_explained() {
        let page = draw(|| help(Term::Interval, Language::Vi));
        let shown = draw(|| explanations(&page, Language::Vi));
        assert!(shown.contains("id=\"help-interval\"") && !shown.contains("help-trust"), "{shown}");
        assert!(!draw(|| explanations("", Language::En)).contains("popover"));
    }
}
