//! The phrases of the console, Vietnamese and English side by side: a phrase without its
//! translation does not compile.
//!
//! To add a phrase: write it in the list of its page below `console/`, then use it by its name.
//! `{name}` is a place for a value and is filled by `fill`.

mod account;
mod agency;
mod analysis;
mod assist;
mod audit;
mod bands;
mod breakdown;
mod certainty;
mod change;
mod code;
mod comment;
mod computed;
mod device;
mod door;
mod figure;
mod find;
mod flag;
mod frame;
mod help;
mod joined;
mod key;
mod language;
mod method;
mod office;
mod paper;
mod planner;
mod province;
mod registry;
mod release;
mod setup;
mod survey_desk;
mod touchpoint;
mod volume;

use domain::language::Language;

/// Declares a table of phrases: name, Vietnamese, English.
macro_rules! phrases {
    ($(#[$doc:meta])* $table:ident { $($(#[$note:meta])* $key:ident: $vi:literal / $en:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $table { $($(#[$note])* pub(crate) $key: &'static str),+ }

        impl $table {
            pub(crate) const VI: Self = Self { $($key: $vi),+ };
            pub(crate) const EN: Self = Self { $($key: $en),+ };

            #[cfg(test)]
            pub(crate) const ALL: &'static [(&'static str, &'static str, &'static str)] =
                &[$((stringify!($key), $vi, $en)),+];
        }
    };
}
pub(crate) use phrases;

/// Every phrase of the console in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConsoleText {
    pub(crate) frame: frame::FrameText,
    pub(crate) figure: figure::FigureText,
    pub(crate) find: find::FindText,
    pub(crate) agency: agency::AgencyText,
    pub(crate) breakdown: breakdown::BreakdownText,
    pub(crate) province: province::ProvinceText,
    pub(crate) bands: bands::BandsText,
    pub(crate) analysis: analysis::AnalysisText,
    pub(crate) planner: planner::PlannerText,
    pub(crate) certainty: certainty::CertaintyText,
    pub(crate) change: change::ChangeText,
    pub(crate) code: code::CodeText,
    pub(crate) key: key::KeyText,
    pub(crate) device: device::DeviceText,
    pub(crate) door: door::DoorText,
    pub(crate) assist: assist::AssistText,
    pub(crate) office: office::OfficeText,
    pub(crate) paper: paper::PaperText,
    pub(crate) desk: survey_desk::SurveyDeskText,
    pub(crate) comment: comment::CommentText,
    pub(crate) flag: flag::FlagText,
    /// Series over versions, and points.
    pub(crate) joined: joined::JoinedText,
    /// Recordings, and who has read the texts.
    pub(crate) language: language::LanguageText,
    pub(crate) release: release::ReleaseText,
    pub(crate) touchpoint: touchpoint::TouchpointText,
    pub(crate) method: method::MethodText,
    pub(crate) computed: computed::ComputedText,
    pub(crate) help: help::HelpText,
    pub(crate) account: account::AccountText,
    pub(crate) audit: audit::AuditText,
    pub(crate) volume: volume::VolumeText,
    pub(crate) setup: setup::SetupText,
    pub(crate) registry: registry::RegistryText,
}

impl ConsoleText {
    const VI: Self = Self {
        frame: frame::FrameText::VI,
        figure: figure::FigureText::VI,
        find: find::FindText::VI,
        agency: agency::AgencyText::VI,
        breakdown: breakdown::BreakdownText::VI,
        province: province::ProvinceText::VI,
        bands: bands::BandsText::VI,
        analysis: analysis::AnalysisText::VI,
        planner: planner::PlannerText::VI,
        certainty: certainty::CertaintyText::VI,
        change: change::ChangeText::VI,
        code: code::CodeText::VI,
        key: key::KeyText::VI,
        device: device::DeviceText::VI,
        door: door::DoorText::VI,
        assist: assist::AssistText::VI,
        office: office::OfficeText::VI,
        paper: paper::PaperText::VI,
        desk: survey_desk::SurveyDeskText::VI,
        comment: comment::CommentText::VI,
        flag: flag::FlagText::VI,
        joined: joined::JoinedText::VI,
        language: language::LanguageText::VI,
        release: release::ReleaseText::VI,
        touchpoint: touchpoint::TouchpointText::VI,
        method: method::MethodText::VI,
        computed: computed::ComputedText::VI,
        help: help::HelpText::VI,
        account: account::AccountText::VI,
        audit: audit::AuditText::VI,
        volume: volume::VolumeText::VI,
        setup: setup::SetupText::VI,
        registry: registry::RegistryText::VI,
    };
    const EN: Self = Self {
        frame: frame::FrameText::EN,
        figure: figure::FigureText::EN,
        find: find::FindText::EN,
        agency: agency::AgencyText::EN,
        breakdown: breakdown::BreakdownText::EN,
        province: province::ProvinceText::EN,
        bands: bands::BandsText::EN,
        analysis: analysis::AnalysisText::EN,
        planner: planner::PlannerText::EN,
        certainty: certainty::CertaintyText::EN,
        change: change::ChangeText::EN,
        code: code::CodeText::EN,
        key: key::KeyText::EN,
        device: device::DeviceText::EN,
        door: door::DoorText::EN,
        assist: assist::AssistText::EN,
        office: office::OfficeText::EN,
        paper: paper::PaperText::EN,
        desk: survey_desk::SurveyDeskText::EN,
        comment: comment::CommentText::EN,
        flag: flag::FlagText::EN,
        joined: joined::JoinedText::EN,
        language: language::LanguageText::EN,
        release: release::ReleaseText::EN,
        touchpoint: touchpoint::TouchpointText::EN,
        method: method::MethodText::EN,
        computed: computed::ComputedText::EN,
        help: help::HelpText::EN,
        account: account::AccountText::EN,
        audit: audit::AuditText::EN,
        volume: volume::VolumeText::EN,
        setup: setup::SetupText::EN,
        registry: registry::RegistryText::EN,
    };

    /// The phrases in a language; the console speaks Vietnamese and English.
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &Self::EN,
            Language::Vi | Language::Km => &Self::VI,
        }
    }
}

/// A phrase with its places filled. Values are never searched for places again.
pub(crate) fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(phrase.len() + 32);
    let mut rest = phrase;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let Some(close) = from.find('}') else {
            rest = from;
            break;
        };
        let name = &from[1..close];
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&from[..=close]),
        }
        rest = &from[close + 1..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(phrase: &str) -> Vec<String> {
        let mut found: Vec<String> = phrase
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn both_languages_have_the_same_places() {
        let tables = [
            frame::FrameText::ALL,
            figure::FigureText::ALL,
            find::FindText::ALL,
            agency::AgencyText::ALL,
            breakdown::BreakdownText::ALL,
            province::ProvinceText::ALL,
            bands::BandsText::ALL,
            analysis::AnalysisText::ALL,
            planner::PlannerText::ALL,
            certainty::CertaintyText::ALL,
            change::ChangeText::ALL,
            code::CodeText::ALL,
            key::KeyText::ALL,
            device::DeviceText::ALL,
            door::DoorText::ALL,
            assist::AssistText::ALL,
            office::OfficeText::ALL,
            paper::PaperText::ALL,
            survey_desk::SurveyDeskText::ALL,
            comment::CommentText::ALL,
            flag::FlagText::ALL,
            joined::JoinedText::ALL,
            language::LanguageText::ALL,
            release::ReleaseText::ALL,
            touchpoint::TouchpointText::ALL,
            method::MethodText::ALL,
            computed::ComputedText::ALL,
            help::HelpText::ALL,
            account::AccountText::ALL,
            audit::AuditText::ALL,
            volume::VolumeText::ALL,
            setup::SetupText::ALL,
            registry::RegistryText::ALL,
        ];
        for (key, vi, en) in tables.into_iter().flatten() {
            assert_eq!(places(vi), places(en), "phrase {key}");
            assert!(!vi.trim().is_empty() && !en.trim().is_empty(), "phrase {key} is empty");
        }
    }

    #[test]
    fn a_value_that_looks_like_a_place_stays_as_it_is() {
        assert_eq!(fill("{a} và {b}", &[("a", "{b}"), ("b", "2")]), "{b} và 2");
        assert_eq!(fill("còn {mở", &[("mở", "x")]), "còn {mở");
    }
}
