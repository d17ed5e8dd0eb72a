//! The product's closed words in the reader's language.

use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::count;
use domain::language::{Language, Words};
use domain::reading::Withheld;
use domain::scope::Role;
use domain::survey::{Mode, Trust};
use domain::unit::UnitKind;
use leptos::prelude::*;

/// The name of a level of trust.
pub(crate) const fn trust(trust: Trust, text: &ConsoleText) -> &'static str {
    match trust {
        Trust::Verified => text.figure.verified,
        Trust::UnitIssued => text.figure.unit_issued,
        Trust::Open => text.figure.open,
        Trust::Kiosk => text.figure.kiosk,
    }
}

/// So many answers of a level of trust.
pub(crate) fn answers(of: Trust, n: u64, language: Language) -> String {
    let text = ConsoleText::of(language);
    let phrase = match of {
        Trust::Verified => text.figure.verified_n,
        Trust::UnitIssued => text.figure.unit_issued_n,
        Trust::Open => text.figure.open_n,
        Trust::Kiosk => text.figure.kiosk_n,
    };
    fill(phrase, &[("n", &count(n, language))])
}

/// How an answer came.
pub(crate) fn mode(mode: &Mode, text: &ConsoleText) -> String {
    match mode {
        Mode::Poster => text.figure.mode_poster,
        Mode::Slip => text.figure.mode_slip,
        Mode::Link => text.figure.mode_link,
        Mode::Kiosk => text.figure.mode_kiosk,
        Mode::Assisted => text.figure.mode_assisted,
        Mode::Phone => text.figure.mode_phone,
        Mode::Paper => text.figure.mode_paper,
        Mode::Sample => text.figure.mode_sample,
        Mode::Mixture(name) => return name.clone(),
    }
    .to_owned()
}

/// Units of a kind, in the plural.
pub(crate) const fn kind(kind: UnitKind, text: &ConsoleText) -> &'static str {
    match kind {
        UnitKind::Province => text.figure.province,
        UnitKind::District => text.figure.district,
        UnitKind::Commune => text.figure.commune,
        UnitKind::Department => text.figure.department,
        UnitKind::Centre => text.figure.centre,
        UnitKind::Counter => text.figure.counter,
    }
}

/// The part that an account plays.
pub(crate) const fn role(role: Role, text: &ConsoleText) -> &'static str {
    match role {
        Role::ProvinceAdmin => text.frame.role_admin,
        Role::ProvinceAnalyst => text.frame.role_analyst,
        Role::AgencyHead => text.frame.role_head,
        Role::AgencyOfficer => text.frame.role_officer,
        Role::Interviewer => text.frame.role_interviewer,
        Role::Auditor => text.frame.role_auditor,
    }
}

/// How the index is computed, by the definition's code; a code that a province made up is shown as
/// it is.
pub(crate) fn definition<'a>(code: &'a str, text: &ConsoleText) -> &'a str {
    match code {
        "composite" => text.figure.composite,
        "pooled" | "pooled-share" => text.figure.pooled,
        "mean-score" => text.figure.mean_score,
        "all-satisfied" => text.figure.all_satisfied,
        "points" => text.figure.points,
        other => other,
    }
}

/// Why there is no figure, to stand inside a sentence.
pub(crate) fn withheld(why: Withheld, k: u32, text: &ConsoleText) -> String {
    let phrase = match why {
        Withheld::TooFew => text.figure.too_few,
        Withheld::Unanimous => text.figure.unanimous,
        Withheld::FactorTooFew => text.figure.factor_too_few,
        Withheld::NotAsked => text.figure.not_asked,
        Withheld::Pooled => text.bands.pooled,
        Withheld::NotCut => text.bands.not_cut,
        Withheld::InPoints => text.figure.in_points,
    };
    fill(phrase, &[("k", &k.to_string())])
}

/// The same where there is room for a few words only; the table beside it has the whole reason.
pub(crate) fn withheld_briefly(why: Withheld, k: u32, text: &ConsoleText) -> String {
    match why {
        Withheld::Unanimous => text.figure.unanimous_short.to_owned(),
        Withheld::Pooled => text.bands.pooled_short.to_owned(),
        Withheld::NotCut => text.bands.not_cut_short.to_owned(),
        other => withheld(other, k, text),
    }
}

/// Words that exist in Vietnamese only, tagged where the page is in another language.
pub(crate) fn vietnamese(words: &str, language: Language) -> AnyView {
    spoken(&Words::vi(words), language)
}

/// Words of data, tagged with their language where it is not the page's.
pub(crate) fn spoken(words: &Words, language: Language) -> AnyView {
    let (said, in_language) = words.in_language(language);
    let said = said.to_owned();
    if in_language == page_language(language) {
        said.into_any()
    } else {
        view! { <span lang=in_language.code()>{said}</span> }.into_any()
    }
}

/// The language that the console is really in: it speaks no Khmer.
pub(crate) const fn page_language(language: Language) -> Language {
    match language {
        Language::En => Language::En,
        Language::Vi | Language::Km => Language::Vi,
    }
}
