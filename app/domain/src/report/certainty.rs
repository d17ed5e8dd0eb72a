//! How sure a unit's figure is, beyond its interval: what goes with it, whether the questions hang
//! together, what it would be by dossiers, what those could change who gave no answer, and whether
//! people and records tell the same.

use super::{PartName, ResponseRate};
use crate::language::Words;
use crate::period::Month;
use crate::reading::Reading;

/// Why something is not said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Missing {
    /// The survey does not ask what it would take.
    NotAsked,
    /// Fewer than so many complete answers.
    TooFew(u64),
    /// Everybody gave so much the same answer that nothing can be told apart.
    Alike,
    /// The year has no figure of its own.
    NoFigure,
    /// The dossiers of these months are not known.
    NoDossiers,
    /// Nobody counted how many dossiers were late.
    NoDates,
    /// No answers were split by field in this year.
    NoParts,
    /// Fields with answers cover less than half of the dossiers: so many per cent.
    LittleCovered(f64),
    /// There are more answers than dossiers, and somebody should look why.
    MoreAnswers,
    /// Everybody is satisfied, and a figure beside the lower limit would say so of each of them.
    AllSatisfied,
}

/// What was found, or why nothing is said.
pub type Found<T> = Result<T, Missing>;

/// Months of one year.
pub type Months = (Month, Month);

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Certainty {
    /// The year that all of this is about.
    pub year: i32,
    /// What goes with overall satisfaction.
    pub drivers: Found<Drivers>,
    /// Whether the questions hang together.
    pub reliability: Found<Reliability>,
    /// The figure of the year by dossiers.
    pub ladder: Found<Ladder>,
    /// What those could change who gave no answer.
    pub silence: Found<Silence>,
    /// What people say about lateness, and what the records say.
    pub punctuality: Found<Punctuality>,
}

/// How much of the differences in overall satisfaction goes with each factor.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// People with an overall answer and a score in every factor.
    pub respondents: u64,
    /// What all factors together explain of the differences, in per cent.
    pub explained: f64,
    /// The factors are so nearly of one importance that the dividing line says nothing.
    pub even: bool,
    /// The mean importance and the mean score, which divide the chart.
    pub middle: (f64, f64),
    /// The factors, in the order of the form.
    pub factors: Vec<Driver>,
}

/// A factor beside overall satisfaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// Its part of what is explained, in per cent of all factors (Shapley's division, LMG).
    pub importance: f64,
    /// The same by Johnson's weights.
    pub weight: f64,
    /// Its figure, as elsewhere on the page.
    pub reading: Reading,
    /// Its mean score, 0 to 100, of the people counted here.
    pub score: f64,
    /// Where it stands.
    pub quadrant: Quadrant,
}

/// A field of the chart of importance and performance, against the means of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrant {
    /// More important than the mean, rated lower: first.
    First,
    /// More important, rated higher: keep it up.
    Keep,
    /// Less important, rated lower: later.
    Later,
    /// Less important, rated higher: no need.
    Fine,
}

/// Whether the questions hang together.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// Respondents of the pair of questions that fewest answered.
    pub respondents: u64,
    /// Number of questions.
    pub items: u64,
    /// Cronbach's α.
    pub alpha: f64,
    /// Its 95 % interval (Feldt).
    pub interval: Option<(f64, f64)>,
    /// McDonald's ω; `None` where one common factor does not fit.
    pub omega: Option<f64>,
    /// Questions that are answered against the others.
    pub against: Vec<Words>,
}

/// The figure of the year, by dossiers instead of by answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// The months of the answers and of the dossiers.
    pub months: Months,
    /// As the answers came, all of the year.
    pub all: Reading,
    /// Those of them whose field is known.
    pub divided: Reading,
    /// The same, each field weighing as its dossiers do.
    pub weighted: Found<Weighted>,
    /// Each field weighing as in all units of the kind together.
    pub standard: Found<Weighted>,
    /// The fields, what is pooled last.
    pub fields: Vec<FieldLine>,
    /// Fields with dossiers and without a part of their own.
    pub unnamed: Vec<PartName>,
}

/// A figure weighted by dossiers, and what was done for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The figure.
    pub reading: Reading,
    /// Which part of the dossiers has answers that stand for it, in per cent.
    pub coverage: f64,
    /// Fields whose weight was cut at five times the smallest.
    pub capped: Vec<PartName>,
}

/// A field with its answers and its dossiers.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldLine {
    /// Its name.
    pub name: PartName,
    /// Its answers.
    pub answers: u64,
    /// Their part of all answers whose field is known, in per cent.
    pub answers_percent: f64,
    /// Its dossiers.
    pub dossiers: u64,
    /// Their part of all dossiers, in per cent.
    pub dossiers_percent: f64,
    /// There are more answers than dossiers.
    pub exceeds: bool,
}

/// What those could change who gave no answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
    /// How many answered.
    pub rate: ResponseRate,
    /// The figure of the year.
    pub reading: Reading,
    /// Where the figure of everybody must lie, whatever the others think.
    pub bounds: (f64, f64),
    /// How evenly the fields answered.
    pub evenness: Found<Evenness>,
    /// What the others would have to think.
    pub targets: Vec<Target>,
}

/// How evenly the fields answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evenness {
    /// Number of fields, those that are pooled counted as one.
    pub fields: u64,
    /// The R-indicator: 1 where all answered alike.
    pub indicator: f64,
    /// By how many points the fields' unequal answering can move the figure at most.
    pub bias: f64,
}

/// A target, and what it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The target, in per cent.
    pub percent: f64,
    /// What it takes.
    pub turning: Turning,
}

/// What those who gave no answer would have to think for the whole to reach a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turning {
    /// It is reached whatever they think.
    Safe,
    /// At least so many per cent of them would have to be satisfied.
    At(f64),
    /// It is missed whatever they think.
    OutOfReach,
}

/// What people say about lateness, and what the records say.
#[derive(Debug, Clone, PartialEq)]
pub struct Punctuality {
    /// The months of both.
    pub months: Months,
    /// The share of people who say that their result was late.
    pub said: Reading,
    /// The share of late dossiers in the records, in per cent.
    pub recorded: f64,
    /// Late dossiers in the records.
    pub late: u64,
    /// Dossiers of which the records say whether they were late.
    pub dated: u64,
    /// Whether they agree.
    pub agreement: Agreement,
}

/// Whether people and records agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// The recorded share lies in the interval of what people say.
    Agree,
    /// More people say "late" than the records.
    MoreSaid,
    /// Fewer people say "late" than the records.
    FewerSaid,
    /// There is no figure of what people say.
    Unknown,
}
