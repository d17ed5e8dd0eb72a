//! Surveys, and the five words that say what kind of answer an answer is:
//! mode, channel, trust, route, variant.

use crate::id::{SurveyId, UnitId};
use crate::period::Month;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use time::{Date, Duration};

/// A word of a closed list was not one of them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{word:?} is not a {list}; it is one of: {choices}")]
pub struct UnknownWord {
    /// What was written.
    pub word: String,
    /// What it should have been.
    pub list: &'static str,
    /// The words that exist.
    pub choices: String,
}

#[doc(hidden)]
#[macro_export]
macro_rules! __words {
    ($(#[$doc:meta])* $name:ident, $list:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every one of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in files, URLs and stored keys.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl From<$name> for &'static str {
            fn from(word: $name) -> Self { word.code() }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::survey::UnknownWord;
            fn try_from(text: String) -> Result<Self, Self::Error> { text.parse() }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::survey::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|w| w.code() == text).ok_or_else(|| $crate::survey::UnknownWord {
                    word: text.chars().take(40).collect(),
                    list: $list,
                    choices: [$($code),+].join(", "),
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.code()) }
        }
    };
}

#[doc(hidden)]
pub use crate::__words as words;

crate::__words! {
    /// How far an answer can be believed to come from somebody who was served. Never added up.
    Trust, "trust" {
        /// A code issued per dossier by the case system's key or drawn by the province.
        Verified = "verified",
        /// A code that the unit itself printed.
        UnitIssued = "unit-issued",
        /// No code: poster or link.
        Open = "open",
        /// The tablet at the counter.
        Kiosk = "kiosk",
    }
}

impl Trust {
    /// Answers of this level can be cast, or their codes held, by the rated office itself.
    #[must_use]
    pub const fn is_fakeable(self) -> bool {
        !matches!(self, Self::Verified)
    }
}

crate::__words! {
    /// How the dossier was handed in.
    Channel, "channel" {
        /// At a counter.
        InPerson = "in-person",
        /// On the web.
        Online = "online",
        /// By post.
        Post = "post",
        /// Through someone else.
        Other = "other",
    }
}

crate::__words! {
    /// Who helps somebody to answer. The kind is kept with the answer, the name never.
    Helper, "helper" {
        /// Family or somebody of the person's own.
        Family = "family",
        /// A community digital-technology team.
        DigitalTeam = "digital-team",
        /// An official.
        Official = "official",
    }
}

crate::__words! {
    /// The exact set of questions that a person was asked.
    Route, "route" {
        /// Result or refusal received, dossier handed in at a counter.
        DoneInPerson = "done-in-person",
        /// Result or refusal received, dossier handed in online.
        DoneOnline = "done-online",
        /// Still waiting, or only asked.
        NotDone = "not-done",
        /// Fewer than half of the core items answered: only the overall answer counts.
        Partial = "partial",
        /// The tablet: stage not asked.
        Kiosk = "kiosk",
        /// Existing answers from a file.
        Imported = "imported",
    }
}

crate::__words! {
    /// A form of an instrument. Forms are never pooled with each other.
    Variant, "variant" {
        /// Every question.
        Full = "full",
        /// The overall question and one item a factor.
        Short = "short",
        /// One tap and one optional follow-up.
        Kiosk = "kiosk",
    }
}

/// How the answer came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Mode {
    /// The QR on the wall.
    Poster,
    /// A printed one-time code.
    Slip,
    /// A link or a code sent by message.
    Link,
    /// The tablet at the counter.
    Kiosk,
    /// With a helper.
    Assisted,
    /// Asked by telephone.
    Phone,
    /// On paper.
    Paper,
    /// A designed sample.
    Sample,
    /// Several modes of one imported file, shown together under this name and added to nothing.
    Mixture(String),
}

impl Mode {
    /// The modes that are not mixtures.
    pub const SINGLE: [Self; 8] = [
        Self::Poster,
        Self::Slip,
        Self::Link,
        Self::Kiosk,
        Self::Assisted,
        Self::Phone,
        Self::Paper,
        Self::Sample,
    ];

    /// The channel that a mode implies when no code knows better; `None` where it must be asked.
    #[must_use]
    pub const fn implied_channel(&self) -> Option<Channel> {
        match self {
            Self::Poster | Self::Kiosk | Self::Slip => Some(Channel::InPerson),
            Self::Link => Some(Channel::Online),
            _ => None,
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Poster => "poster",
            Self::Slip => "slip",
            Self::Link => "link",
            Self::Kiosk => "kiosk",
            Self::Assisted => "assisted",
            Self::Phone => "phone",
            Self::Paper => "paper",
            Self::Sample => "sample",
            Self::Mixture(name) => return write!(f, "mixture:{name}"),
        })
    }
}

impl From<Mode> for String {
    fn from(mode: Mode) -> Self {
        mode.to_string()
    }
}

impl FromStr for Mode {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        if let Some(name) = text.strip_prefix("mixture:") {
            return Ok(Self::Mixture(name.to_owned()));
        }
        Self::SINGLE.into_iter().find(|m| m.to_string() == text).ok_or_else(|| UnknownWord {
            word: text.chars().take(40).collect(),
            list: "mode",
            choices: Self::SINGLE.map(|m| m.to_string()).join(", "),
        })
    }
}

impl TryFrom<String> for Mode {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

/// An instrument version in use: who is asked, when, and under which thresholds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Surrogate id.
    pub id: SurveyId,
    /// The code that people type.
    pub code: String,
    /// Its name, as the province calls it.
    pub name: String,
    /// Code of the instrument.
    pub instrument: String,
    /// Published version of the instrument.
    pub instrument_version: u32,
    /// The variant of touchpoints made with the survey.
    pub variant: Variant,
    /// First month in which answers are taken.
    pub from: Month,
    /// Last month in which answers are taken.
    pub to: Month,
    /// The smallest number of people that any figure may speak of. Fixed at opening, at least 5.
    pub k: u32,
    /// The index definition of the headline.
    pub definition: String,
    /// Closed by hand before its last month.
    pub closed: bool,
    /// The run that ends it has happened; nothing of it waits any more.
    pub ended: bool,
}

impl Survey {
    /// The day of the run that ends it: after its last month, answers from queues of kiosks may still
    /// arrive for [`GRACE_DAYS`].
    #[must_use]
    pub fn ends_on(&self) -> Option<Date> {
        self.to.last_day().map(|last| last + Duration::days(GRACE_DAYS))
    }
}

/// Days from a survey's last day to the run that ends it.
pub const GRACE_DAYS: i64 = 31;
/// Default of [`Survey::k`].
pub const DEFAULT_K: u32 = 10;
/// No survey may go below this.
pub const LEAST_K: u32 = 5;

/// The key under which answers wait and are folded together: nobody's answer is opened into rows
/// before `k` of the same group are there (privacy-security.md, "From an answer to a figure", 2).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// The survey.
    pub survey: SurveyId,
    /// The unit that decided.
    pub unit: UnitId,
    /// How the answer came.
    pub mode: Mode,
    /// How far it can be believed.
    pub trust: Trust,
    /// Which form.
    pub variant: Variant,
    /// Which set of questions.
    pub route: Route,
}
