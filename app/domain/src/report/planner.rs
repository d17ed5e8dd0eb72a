//! The planner: how many answers are needed, and how many there are.

use super::{Setting, UnitName};
use crate::reading::Reading;
use crate::unit::UnitKind;

/// How a number of answers is shared out among units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sharing {
    /// In proportion to the square root of the dossiers.
    #[default]
    SquareRoot,
    /// In proportion to the dossiers.
    Proportional,
    /// In proportion to dossiers and spread: the most precise figure of the whole.
    Neyman,
}

/// What somebody plans for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Units of this kind.
    pub kind: UnitKind,
    /// A difference of so many points is to be seen.
    pub difference: f64,
    /// With this probability, in per cent.
    pub power: f64,
    /// The half width of an interval wanted, in points.
    pub precision: f64,
    /// Answers to share out; `None` for as many as all units need together.
    pub total: Option<u64>,
    /// The rule.
    pub sharing: Sharing,
    /// The smallest number of a unit.
    pub least: u64,
}

/// Answers that a unit needs before it leaves "not distinguishable".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// It is not compared yet, so nobody knows how far it is from its peers.
    NotCompared,
    /// It has left already.
    Left,
    /// It lies within the margin: no number of answers would help.
    Within,
    /// So many, if its difference stays what it is.
    Answers(u64),
    /// More than anybody can collect.
    OutOfReach,
}

/// A unit of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanLine {
    /// The unit.
    pub unit: UnitName,
    /// Its headline.
    pub headline: Reading,
    /// Answers at hand.
    pub have: u64,
    /// Dossiers closed in twelve months; `None` where they are not known.
    pub dossiers: Option<u64>,
    /// Answers for the precision wanted, of so many dossiers.
    pub precise: Option<u64>,
    /// What the rule of Yamane would say of this unit.
    pub yamane: Option<u64>,
    /// Answers to leave "not distinguishable".
    pub leaving: Leaving,
    /// Its share of the total; `None` where its dossiers are not known, or nothing could be shared out.
    pub share: Option<u64>,
}

/// Why nothing was shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotShared {
    /// No unit's dossiers are known.
    NoDossiers,
    /// The smallest numbers alone need so many.
    TooFew(u64),
    /// There are only so many dossiers.
    TooMany(u64),
}

/// What the plan rests on and says of every unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Needs {
    /// The index of the peers, in per cent.
    pub index: f64,
    /// Variance of a headline over that of a single yes-or-no answer.
    pub effect: f64,
    /// Answers of each of two units, to see the difference between them.
    pub between_two: Option<u64>,
    /// Answers of a unit, to be clearly below its peers if it is so many points lower.
    pub below: Option<u64>,
    /// The same above.
    pub above: Option<u64>,
    /// Answers for the precision wanted, of any number of dossiers.
    pub precise: Option<u64>,
    /// What the rule of Yamane would say of all units together.
    pub yamane: Option<u64>,
    /// Differences up to so many points count as none in bands.
    pub margin: f64,
    /// How many units are judged together in bands.
    pub together: usize,
}

/// The planner page.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannerReport {
    /// Names, dates, choices.
    pub setting: Setting,
    /// What was asked.
    pub plan: Plan,
    /// The figure of all units of the kind together.
    pub peers: Reading,
    /// `None` where no unit has a figure yet: nothing to plan from.
    pub needs: Option<Needs>,
    /// The units in the official order.
    pub units: Vec<PlanLine>,
    /// Answers shared out.
    pub total: u64,
    /// Why there is no sharing.
    pub not_shared: Option<NotShared>,
}
