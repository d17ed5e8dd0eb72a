//! Instruments: question sets as data. A tree *content → factor → item* for the index, and the
//! questions beside it (visit, overall, branch, facts, text, profile), with texts per language,
//! variants, routing and index definitions. A published version never changes.

pub mod fault;
mod inspection;
mod kin;

pub use fault::{Fault, Rule};
pub use kin::{Equals, Kinship, Population, Years, kinship};

use crate::language::Words;
use crate::survey::{Route, Variant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The question set that is asked after a service was delivered, as it ships with the product.
pub const POST_SERVICE: &str = include_str!("../../instruments/post-service.json");

/// Residents of eighteen and over, in the form of 2023 to 2026.
pub const HOUSEHOLD: &str = include_str!("../../instruments/household.json");
/// The same in the form of 2022; for answers that are there already.
pub const HOUSEHOLD_2022: &str = include_str!("../../instruments/household-2022.json");
/// The form of 2017 to 2020; for answers that are there already.
pub const LEGACY_22: &str = include_str!("../../instruments/legacy-22.json");
/// Points of dossiers at the one-stop counter.
pub const ONE_STOP: &str = include_str!("../../instruments/one-stop.json");
/// All question sets that ship with the product.
pub const BUILT_IN: [&str; 5] = [POST_SERVICE, HOUSEHOLD, HOUSEHOLD_2022, LEGACY_22, ONE_STOP];

/// Names of form fields that are not questions, so that no question may be called so.
pub const RESERVED: [&str; 8] = ["token", "step", "go", "lang", "layout", "sound", "overall", "website"];

/// One published version of a question set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Code, such as `post-service`.
    pub code: String,
    /// Version, from 1.
    pub version: u32,
    /// What people call it.
    pub title: Words,
    /// Who answers. Answers of different populations never stand under one figure.
    #[serde(default)]
    pub population: Population,
    /// The years whose answers are there already; such a set is imported and never asked.
    #[serde(default)]
    pub years: Option<Years>,
    /// Which items an earlier version, or another set, asked in the same way.
    #[serde(default)]
    pub equals: Vec<Equals>,
    /// Where the official numbers come from and what was not checked; for the codebook.
    #[serde(default)]
    pub note: Option<Words>,
    /// The five answers of the scale, 5 first, and "not applicable" where the form offers it.
    pub scale: Scale,
    /// The index tree.
    pub contents: Vec<Content>,
    /// The question on overall satisfaction, where the form has one.
    #[serde(default)]
    pub overall: Option<Overall>,
    /// Questions outside the index.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Pages in order; none for instruments that are only imported.
    #[serde(default)]
    pub pages: Vec<Page>,
    /// The forms of the instrument.
    pub variants: BTreeMap<Variant, Form>,
    /// Index definitions by code; see [`Definition`].
    pub definitions: BTreeMap<String, Definition>,
    /// The definition of the headline.
    pub headline: String,
}

/// Words of the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Best first. Satisfaction: very satisfied, satisfied, neutral, dissatisfied, very dissatisfied;
    /// points: two, one, none.
    pub answers: Vec<Words>,
    /// "Not applicable / don't know"; absent where the form does not offer it.
    #[serde(default)]
    pub not_applicable: Option<Words>,
}

/// A content (nội dung): the first level below the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Its factors.
    pub factors: Vec<Factor>,
}

/// A factor (yếu tố): a few items about one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Code, such as `SA`.
    pub code: String,
    /// Name in reports.
    pub name: Words,
    /// Heading of its page on the phone.
    #[serde(default)]
    pub heading: Option<Words>,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item (tiêu chí): one question on the five-point scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Code, such as `SA1`: also the name of the form field.
    pub code: String,
    /// The question.
    pub text: Words,
    /// A short name for charts; the question itself where absent.
    #[serde(default)]
    pub label: Option<Words>,
    /// Whose work it is about.
    pub about: About,
    /// Asked of everyone on the route and counted in the headline.
    #[serde(default)]
    pub core: bool,
    /// On which routes it is asked.
    pub routes: Vec<Route>,
    /// Needs a visit: not asked when the dossier was handed in online.
    #[serde(default)]
    pub needs_visit: bool,
    /// Only asked after another question was answered so: `["complained", "yes"]`.
    #[serde(default)]
    pub only_if: Option<(String, String)>,
    /// Number on the official form, where it has one.
    #[serde(default)]
    pub official: Option<u32>,
}

/// Whose work an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// The office that took the dossier.
    Receiving,
    /// The agency that decided.
    Deciding,
}

/// The question on overall satisfaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overall {
    /// The question.
    pub text: Words,
    /// Heading of its page.
    pub heading: Words,
}

/// A question outside the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Code: the name of the form field.
    pub code: String,
    /// What the question is for.
    pub purpose: Purpose,
    /// The question.
    pub text: Words,
    /// A line under it.
    #[serde(default)]
    pub hint: Option<Words>,
    /// The answers offered; empty for free text. For `field` only what stands apart from the
    /// counter's own list: "something else", "I don't remember".
    #[serde(default)]
    pub options: Vec<Choice>,
    /// Only asked after another question was answered with one of these: `["kind", ["business"]]`.
    #[serde(default)]
    pub only_if: Option<(String, Vec<String>)>,
    /// On which routes it is asked; empty for all.
    #[serde(default)]
    pub routes: Vec<Route>,
}

/// What a question outside the index is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// About the visit; needed to find the route and the group.
    Visit,
    /// What the dossier was about.
    Field,
    /// Opens the complaint branch.
    Branch,
    /// Something that happened; shown as shares, in no index.
    Fact,
    /// Free text.
    Text,
    /// Who answers; optional one by one.
    Profile,
}

/// One offered answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value of the form field.
    pub value: String,
    /// Its words.
    pub text: Words,
    /// Stands apart from the others ("I don't remember").
    #[serde(default)]
    pub apart: bool,
}

/// One page of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Code of the page.
    pub code: String,
    /// Heading.
    pub heading: Words,
    /// The line under the heading.
    #[serde(default)]
    pub ask: Option<Words>,
    /// Codes of questions and items, in order; `overall` is the overall question. A page of which
    /// nothing is asked on somebody's route is left out, and the numbering closes up.
    pub asks: Vec<String>,
}

/// What a variant asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Codes of the items that are asked; `None` for all.
    #[serde(default)]
    pub items: Option<Vec<String>>,
    /// Codes of the questions outside the index that are asked; `None` for all.
    #[serde(default)]
    pub questions: Option<Vec<String>>,
    /// Pages of this form, where it is not simply the instrument's pages with things left out:
    /// four single items on four pages would be a long way for a short form.
    #[serde(default)]
    pub pages: Vec<Page>,
}

impl Instrument {
    /// Reads a question set from its file and checks every rule that a form, a tally or a figure
    /// later relies on, so that none of them has to.
    ///
    /// # Errors
    /// All faults that were found, each with its place in the file.
    pub fn read(json: &str) -> Result<Self, Vec<Fault>> {
        let instrument: Self = serde_json::from_str(json).map_err(|error| vec![Fault::unreadable(&error)])?;
        let faults = inspection::inspect(&instrument);
        if faults.is_empty() { Ok(instrument) } else { Err(faults) }
    }

    /// The pages of a variant, in order.
    #[must_use]
    pub fn pages_of(&self, variant: Variant) -> &[Page] {
        match self.variants.get(&variant) {
            Some(form) if !form.pages.is_empty() => &form.pages,
            _ => &self.pages,
        }
    }

    /// Whether its answers are points of criteria, not levels of satisfaction.
    #[must_use]
    pub fn is_in_points(&self) -> bool {
        self.scale.answers.len() == POINT_ANSWERS
    }

    /// Whether people can be asked it; otherwise answers come from files alone.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !self.pages.is_empty()
    }

    /// Whether it is asked of whoever comes: at counters, by posters, links and slips. A sample of
    /// residents is drawn, and nobody walks into it.
    #[must_use]
    pub fn is_asked_of_users(&self) -> bool {
        self.is_asked() && self.population == Population::Users
    }

    /// A question outside the index.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == code)
    }
}

/// An index definition: how many answers become one figure (instruments.md, "Index definitions").
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "formula", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Definition {
    /// Share of 4-5 among all answers to the core items.
    PooledShare,
    /// Factor shares with fixed weights.
    Composite {
        /// Weight by factor code; divided by their sum.
        weights: BTreeMap<String, f64>,
    },
    /// Mean score, 0-100.
    MeanScore,
    /// Share of respondents whose every answer is 4 or 5.
    AllSatisfied,
    /// Points of criteria: 0, 1 or 2 a dossier. Points of a criterion are those of all dossiers by their
    /// number, rounded to one decimal; the whole is their sum.
    Points,
}

/// Answers of a scale of points: two, one, none.
pub const POINT_ANSWERS: usize = 3;
/// Answers of a scale of satisfaction.
pub const LEVELS: usize = 5;
