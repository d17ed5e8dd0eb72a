//! What a page of the console is given to draw: finished figures with the names and dates that
//! belong to them. Filled by `usecase/figures`, drawn by `app/console`, so neither needs the other.

mod breakdown;
pub mod certainty;

pub use breakdown::{BreakdownReport, Pairs, PartLine, PartName};

use crate::language::Words;
use crate::period::{Month, Period};
use crate::reading::Reading;
use crate::survey::{Mode, Trust};
use crate::unit::UnitKind;
use time::Date;

pub mod analysis;
pub mod change;
pub mod joined;
pub mod planner;
mod province;
mod tenure;

pub use analysis::AnalysisReport;
pub use change::{Change, Comparison, NodeChange, Span, Trend};
pub use planner::PlannerReport;
pub use province::{Band, Banding, KindGroup, Order, ProvinceReport, UnitLine, Visible};
pub use tenure::Tenure;

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
    /// The units above it, from the province down, each a place to go back to.
    pub above: Vec<UnitName>,
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

/// How many of the closed dossiers were answered about, since the beginning of the year or of the
/// survey, up to the last fold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResponseRate {
    /// First month that counts.
    pub from: Month,
    /// Last month that counts.
    pub through: Month,
    /// Months of these of which the dossiers are known.
    pub months_known: usize,
    /// Months of these in all.
    pub months: usize,
    /// Answers of the known months.
    pub answers: u64,
    /// Closed dossiers of the known months.
    pub dossiers: u64,
    /// Answers in per cent of the dossiers, clipped at 100.
    pub percent: f64,
    /// There are more answers than dossiers, and somebody should look why.
    pub exceeds: bool,
}

/// Which part of the closed dossiers belongs to units that have a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// In per cent of the dossiers of all units.
    pub percent: f64,
    /// Closed dossiers of all units.
    pub dossiers: u64,
    /// Units whose dossiers are not known.
    pub units_unknown: u64,
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
    /// How many of the dossiers were answered about; `None` where the dossiers are not known.
    pub response: Option<ResponseRate>,
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

/// The figure without the answers that the province has left out, beside the full one.
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutLine {
    /// The level.
    pub trust: Trust,
    /// The headline of all answers.
    pub full: Reading,
    /// The headline of what is left.
    pub without: Reading,
    /// How many answers are left out.
    pub excluded: u64,
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
    /// Points of criteria, the total first, of [`Setting::trust`]: figures in points, not in per cent.
    /// Empty for everything that is answered in levels of satisfaction.
    pub points: Vec<NodeLine>,
    /// The series over other versions of the questions; `None` where no version declares equal items.
    pub joined: Option<joined::JoinedSeries>,
    /// The whole service, about the deciding agency, about the receiving office.
    pub sides: Vec<NodeLine>,
    /// Facts.
    pub facts: Vec<FactLine>,
    /// Respondents by mode, of [`Setting::trust`].
    pub modes: Vec<(Mode, u64)>,
    /// People who are still waiting or only asked: their overall satisfaction, apart.
    pub not_done: Option<Reading>,
    /// How far the part about the counter lies from the part about the agency; `None` where it cannot
    /// be computed.
    pub gap: Option<Gap>,
    /// The items that may be the weakest; `None` where too few people answered to say anything.
    pub weakest: Option<WeakestItems>,
    /// Set where the page shows what was handed in at the unit, instead of what it decided.
    pub received: Option<Received>,
    /// Levels from which answers are left out in this period.
    pub without: Vec<WithoutLine>,
    /// The headline against the year before.
    pub change: change::Changes,
    /// When the unit ended, who came before and after.
    pub tenure: Tenure,
    /// How sure the figure is, beyond its interval; `None` on a counter's view and for the kiosk.
    pub certainty: Option<Box<certainty::Certainty>>,
}

/// A difference between two figures of the same people, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// The difference.
    pub points: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Whether it can be told from chance.
    pub is_distinct: bool,
}

/// The items that cannot be told from the weakest, all compared at once.
#[derive(Debug, Clone, PartialEq)]
pub struct WeakestItems {
    /// How many items were compared.
    pub compared: u64,
    /// Those that may be the weakest, the smallest share first.
    pub alike: Vec<NodeLine>,
}

/// How much of what was handed in a counter's view can see (`?as=receiving`). It is made of the parts
/// that carry the counter's name; answers whose box was not split by counter are not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// People in the parts of this unit's counters.
    pub people: u64,
    /// People in parts of any counter, in the whole province, in the period.
    pub divided: u64,
    /// All people of the period, in the whole province.
    pub everybody: u64,
}
