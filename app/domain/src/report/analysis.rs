//! The analysis page of a province: what may be said of units beside each other, judged together.

use super::change::Trend;
use super::joined::JoinedSeries;
use super::province::{Band, Visible};
use super::{Setting, UnitName};
use crate::period::Period;
use crate::reading::Reading;
use crate::unit::UnitKind;
use time::Date;

/// How a figure was simulated: enough to simulate it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simulated {
    /// Number of draws.
    pub draws: u64,
    /// Seed of the generator; it follows from the release.
    pub seed: u64,
}

/// Why a unit is not among those compared or ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// It has no figure.
    NoFigure,
    /// It has a figure that rests on too few answers, or is too uncertain, to be compared.
    TooFew,
    /// Everybody is satisfied: only a lower limit may be said.
    Unanimous,
    /// Another unit has the same figure.
    Tied,
}

/// A unit against its peers without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The unit.
    pub unit: UnitName,
    /// Its headline.
    pub headline: Reading,
    /// Headline less that of its peers, in points.
    pub points: f64,
    /// Lower end of the interval; all intervals of the list hold at once.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Its band, as on the province page.
    pub band: Band,
}

/// The differences of all units of a kind that are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// In the official order.
    pub units: Vec<Difference>,
    /// Differences up to so many points count as none in bands.
    pub margin: f64,
    /// What could have been seen, by number of answers.
    pub visible: Vec<Visible>,
    /// How many standard errors each interval reaches out.
    pub critical: f64,
    /// The level of each interval alone, in per cent.
    pub each: f64,
    /// How the critical value was simulated.
    pub simulated: Simulated,
}

/// Points of a rule: the index as a part of its maximum, with the interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Converted {
    /// Maximum × index.
    pub points: f64,
    /// Maximum × lower end of the published interval.
    pub low: f64,
    /// Maximum × upper end.
    pub high: f64,
}

/// A unit with its place; there is no place without its set.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The unit.
    pub unit: UnitName,
    /// Its headline.
    pub headline: Reading,
    /// 1 + how many of those ranked have a larger figure.
    pub place: usize,
    /// The first place that its figure allows.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// Its points, where a maximum was given.
    pub converted: Option<Converted>,
}

/// The places of the units of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// In the official order.
    pub units: Vec<Ranked>,
    /// Those without a place, and why.
    pub left_out: Vec<(UnitName, LeftOut)>,
    /// The critical value of the first and of the last step.
    pub critical: (f64, f64),
    /// Number of steps.
    pub steps: usize,
    /// How the critical values were simulated.
    pub simulated: Simulated,
}

/// The units of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct KindAnalysis {
    /// The kind.
    pub kind: UnitKind,
    /// How many units it has.
    pub units: usize,
    /// The figure of those compared, together.
    pub peers: Reading,
    /// Their differences; `None` where there are no two of them.
    pub differences: Option<Differences>,
    /// Those that are not compared.
    pub left_out: Vec<(UnitName, LeftOut)>,
    /// Their places; `None` where nobody asked, or there are no two of them.
    pub ranking: Option<Ranking>,
}

/// What a series steps by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// Months.
    #[default]
    Month,
    /// Quarters.
    Quarter,
}

/// Whose series it is.
#[derive(Debug, Clone, PartialEq)]
pub enum SeriesOf {
    /// All units of a kind together.
    Kind(UnitKind),
    /// One unit.
    Unit(UnitName),
}

/// Limits within which a month stays if nothing happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Lower limit, in per cent.
    pub low: f64,
    /// Upper limit, in per cent.
    pub high: f64,
    /// Up or down where the figure lies outside.
    pub outside: Trend,
}

/// A step of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPoint {
    /// The month or quarter.
    pub period: Period,
    /// Its figure, or the reason for the gap.
    pub reading: Reading,
    /// The limits of a month; `None` where there are none.
    pub limits: Option<Limits>,
}

/// A figure through time.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Whose.
    pub of: SeriesOf,
    /// By what.
    pub step: Step,
    /// Oldest first, without holes: a step without a figure says why.
    pub points: Vec<SeriesPoint>,
    /// The mean that the limits lie around, in per cent.
    pub centre: Option<f64>,
    /// How much more the steps differ than chance alone would let them.
    pub spread: Option<f64>,
}

/// A unit whose answers speak against its target.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    /// The unit.
    pub unit: UnitName,
    /// The first release of the answers that speak against it: number and date.
    pub from: (u64, Date),
    /// The release with which the threshold was passed.
    pub at: (u64, Date),
    /// The overall question of these answers.
    pub overall: Reading,
}

/// What is watched, and how the threshold was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Watch {
    /// The declared target, in per cent.
    pub target: f64,
    /// The share that the watch is made to see, in per cent.
    pub fallen: f64,
    /// The threshold.
    pub threshold: f64,
    /// False alarms to expect in the province and a year, from the simulation.
    pub false_alarms: f64,
    /// Units watched.
    pub units: usize,
    /// Releases looked at.
    pub releases: usize,
    /// How the threshold was simulated.
    pub simulated: Simulated,
}

/// The alarms of a province.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alarms {
    /// `None` where no target is declared, or nothing can be watched yet.
    pub watch: Option<Watch>,
    /// The units whose alarm stands, in the official order.
    pub units: Vec<Alarm>,
    /// Whether a target is declared.
    pub is_declared: bool,
}

/// Where a modelled figure lies. There is no number with it: with the model's parameters a number could
/// be turned back into the direct one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModelledClass {
    /// More than the margin above all units together.
    Above,
    /// Within the margin.
    Around,
    /// More than the margin below.
    Below,
}

/// A variable that a model knows of every unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covariate {
    /// The share of dossiers filed online.
    Online,
    /// The share of dossiers closed late.
    Late,
    /// Ward or rural commune.
    Ward,
}

/// Small units by a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Modelled {
    /// The units with fewer answers than are compared, in the official order.
    pub units: Vec<(UnitName, ModelledClass)>,
    /// How many units the model was fitted to.
    pub fitted: usize,
    /// The margin around all units together, in points.
    pub margin: f64,
    /// What the model knows of each unit.
    pub covariates: Vec<Covariate>,
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysisReport {
    /// Names, dates, choices.
    pub setting: Setting,
    /// The kind that the reader asked for; `None` for all.
    pub kind: Option<UnitKind>,
    /// Communes and departments apart.
    pub groups: Vec<KindAnalysis>,
    /// Whether places were asked for.
    pub ranks: bool,
    /// The maximum of the rule, where one was given.
    pub most: Option<f64>,
    /// A figure through time; `None` before the first release.
    pub series: Option<Series>,
    /// The same over other versions of the questions, by years; `None` where no version declares equal
    /// items.
    pub joined: Option<JoinedSeries>,
    /// Whose series could be shown: what the address says, and the name; kinds first.
    pub choices: Vec<SeriesOf>,
    /// Alarms.
    pub alarms: Alarms,
    /// Small communes by a model; `None` for readers who may not see them.
    pub modelled: Option<Modelled>,
}
