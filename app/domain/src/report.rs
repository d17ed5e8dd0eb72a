//! What a page of the console is given to draw: finished figures with the names and dates that
//! belong to them. Filled by `usecase/figures`, drawn by `app/console`, so neither needs the other.

use crate::language::Words;
use crate::period::{Month, Period};
use crate::reading::Reading;
use crate::survey::{Mode, Trust};
use crate::unit::UnitKind;
use time::Date;

pub mod change;
mod province;

pub use change::{Change, Comparison, NodeChange, Span, Trend};
pub use province::{Band, Banding, KindGroup, Order, ProvinceReport, UnitLine, Visible};

/// What a page says about the release that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseStamp {
    /// Number, from 1.
    pub number: u64,
    /// The day for which the run was scheduled.
    pub dated: Date,
    /// First characters of its hash in the ledger, in hexadecimal.
    pub head: String,
}

/// A unit as a page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitName {
    /// Code, for the URL.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Kind.
    pub kind: UnitKind,
    /// Whether the reader may open its page.
    pub may_open: bool,
}

/// What every page of figures has in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The unit that the page is about.
    pub unit: UnitName,
    /// The province's name, for the head of the page.
    pub province: Words,
    /// Code of the province, for links.
    pub province_code: String,
    /// Code of the survey.
    pub survey: String,
    /// Name of the survey.
    pub survey_name: String,
    /// The surveys that could be shown instead: code and name.
    pub surveys: Vec<(String, String)>,
    /// Artificial answers, and the page says so.
    pub demo: bool,
    /// Smallest number of respondents.
    pub k: u32,
    /// Code of the index definition.
    pub definition: String,
    /// The period shown.
    pub period: Period,
    /// The periods that could be shown instead, newest first.
    pub periods: Vec<Period>,
    /// The level of trust whose details are shown.
    pub trust: Trust,
    /// The levels of trust that have answers.
    pub trusts: Vec<Trust>,
    /// The release shown; `None` before the first.
    pub release: Option<ReleaseStamp>,
    /// Releases that could be shown instead, newest first.
    pub releases: Vec<ReleaseStamp>,
    /// Whether the release shown is the newest.
    pub is_latest: bool,
    /// New answers that wait for the next release, rounded down to tens; `None` where not counted.
    pub waiting: Option<u64>,
    /// The day of the next run of the calendar.
    pub next_run: Option<Date>,
    /// The month today.
    pub this_month: Month,
}

/// One sentence: a level of trust and its headline (or, for the kiosk, its one question).
#[derive(Debug, Clone, PartialEq)]
pub struct TrustLine {
    /// The level.
    pub trust: Trust,
    /// A named mixture of modes, kept apart from everything else.
    pub mixture: Option<String>,
    /// The headline; for the kiosk the overall question.
    pub headline: Reading,
    /// Whether the headline is the overall question only.
    pub overall_only: bool,
}

/// A node of the instrument's tree with its reading.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeLine {
    /// Code of the node.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// How deep: 0 the whole, 1 a factor, 2 an item.
    pub depth: u8,
    /// The figure or the reason.
    pub reading: Reading,
}

/// A fact (T1-T3): shares of each answer, each with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct FactLine {
    /// Code of the question.
    pub code: String,
    /// The question.
    pub text: Words,
    /// Each offered answer with its share; a part of n, `low`/`high` as for an index.
    pub shares: Vec<(Words, Reading)>,
}

/// The agency page.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencyReport {
    /// Names, dates, choices.
    pub setting: Setting,
    /// One line for each level of trust with answers, verified first. Never added up.
    pub told: Vec<TrustLine>,
    /// The whole, then each factor, then its items: of [`Setting::trust`].
    pub nodes: Vec<NodeLine>,
    /// The overall question, by level of trust.
    pub overall: Vec<(Trust, Reading)>,
    /// The whole service, about the deciding agency, about the receiving office.
    pub sides: Vec<NodeLine>,
    /// Facts.
    pub facts: Vec<FactLine>,
    /// Respondents by mode, of [`Setting::trust`].
    pub modes: Vec<(Mode, u64)>,
    /// People who are still waiting or only asked: their overall satisfaction, apart.
    pub not_done: Option<Reading>,
    /// The headline against the year before.
    pub change: change::Changes,
}
