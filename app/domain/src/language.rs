//! Languages, and words that exist in several of them.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A language of the product. Vietnamese is complete everywhere, English in everything but what a
/// province typed itself, Khmer in everything a citizen sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
    /// Khmer.
    Km,
}

impl Language {
    /// All languages, in the order in which the switch shows them.
    pub const ALL: [Self; 3] = [Self::Vi, Self::En, Self::Km];

    /// The tag for `lang` attributes and `?lang=`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Km => "km",
        }
    }

    /// The language's own name of itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Km => "ភាសាខ្មែរ",
        }
    }
}

/// The text names no language of the product.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such language; choose vi, en or km")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.into_iter().find(|l| l.code() == text).ok_or(UnknownLanguage)
    }
}

/// A text of data (a question, a unit's name) in the languages in which it exists.
/// Vietnamese always exists; what is missing falls back to it and says so through its tag.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Khmer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub km: Option<String>,
}

impl Words {
    /// Words that exist in Vietnamese only.
    #[must_use]
    pub fn vi(text: impl Into<String>) -> Self {
        Self { vi: text.into(), en: None, km: None }
    }

    /// The text and the language it is really in, for the `lang` attribute.
    ///
    /// ```
    /// use domain::language::{Language, Words};
    /// let words = Words { vi: "Đất đai".into(), en: Some("Land".into()), km: None };
    /// assert_eq!(words.in_language(Language::En), ("Land", Language::En));
    /// assert_eq!(words.in_language(Language::Km), ("Đất đai", Language::Vi));
    /// ```
    #[must_use]
    pub fn in_language(&self, language: Language) -> (&str, Language) {
        let found = match language {
            Language::Vi => None,
            Language::En => self.en.as_deref(),
            Language::Km => self.km.as_deref(),
        };
        found.map_or((self.vi.as_str(), Language::Vi), |text| (text, language))
    }

    /// The text alone, where no `lang` attribute can stand (a title, a CSV cell).
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        self.in_language(language).0
    }
}
