//! From an estimate to a reading: thresholds, the published interval, caveats (product.md,
//! "Thresholds"; statistics.md 2).

use super::node::{self, Definition, NodeRef};
use super::table::{Combined, Level, PeriodTable};
use domain::id::UnitId;
use domain::reading::{Caveat, Figure, Reading, Score, Withheld};
use domain::survey::Trust;
use domain::unit::{Unit, UnitKind};
use stats::{Estimate, Interval};

/// Confidence level of every published interval.
const LEVEL: f64 = 0.95;
/// Below this number of respondents a figure is for orientation only.
const INDICATIVE: i64 = 30;
/// Below this number a reliability mark is set.
const FEW: i64 = 60;
/// Half width in points beyond which a figure is for orientation only.
const WIDE: f64 = 10.0;
/// Degrees of freedom below which a figure is marked.
const FEW_DEGREES: i64 = 8;
/// Share of blanks in per cent beyond which a figure is marked.
const MANY_BLANKS: f64 = 10.0;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub table: &'a PeriodTable,
    pub level: &'a Level,
    pub definition: Definition,
    pub node: NodeRef,
}

impl Wanted<'_> {
    /// The reading of one unit, with the floor of its peers.
    pub fn of_unit(&self, unit: UnitId, kind: UnitKind) -> Reading {
        let Some(combined) = self.table.combined(self.level, unit) else {
            return Reading::Withheld(Withheld::TooFew);
        };
        let floor = self.table.floor(kind, self.level, self.definition, self.node);
        self.read(&[combined], Floor::Peers(floor))
    }

    /// The reading of all units of a set together, each a stratum. Totals over units get no floor.
    pub fn of_units(&self, wanted: impl Fn(&UnitId) -> bool) -> Reading {
        let units = self.table.units(self.level).filter(|(id, _, _)| wanted(id));
        let units: Vec<&Combined> = units.map(|(_, _, combined)| combined).collect();
        self.read(&units, Floor::None)
    }

    /// The reading of some cells together, each a stratum.
    pub fn read(&self, units: &[&Combined], floor: Floor) -> Reading {
        let questions = &self.table.survey.questions;
        let k = i64::from(self.table.survey.survey.k);
        if questions.instrument.is_in_points() {
            return Reading::Withheld(Withheld::InPoints);
        }
        let Ok(estimate) = node::estimate(questions, units, self.definition, self.node) else {
            // Nobody with a finished dossier has been folded yet, which is not the same as not being asked.
            let nobody = units.iter().all(|unit| unit.whole().is_none());
            return Reading::Withheld(if nobody { Withheld::TooFew } else { Withheld::NotAsked });
        };
        if let (Definition::Composite, NodeRef::Node(at)) = (self.definition, self.node)
            && node::smallest_factor(questions, units, at).is_some_and(|n| n < k)
        {
            return Reading::Withheld(if estimate.n < k { Withheld::TooFew } else { Withheld::FactorTooFew });
        }
        let score = match self.node {
            NodeRef::Node(at) => node::score(questions, units, self.level.variant, at).ok(),
            _ => None,
        };
        let gaps = node::gaps(questions, units, self.node);
        read(&estimate, k, floor, score.as_ref().filter(|s| s.n >= k), gaps, self.level, Nobody::Withheld)
    }
}

/// The figure of one unit's node, exactly as pages show it.
#[must_use]
pub fn reading_of(
    table: &PeriodTable,
    level: &Level,
    (definition, node): (Definition, NodeRef),
    unit: &Unit,
) -> Reading {
    Wanted { table, level, definition, node }.of_unit(unit.id, unit.kind)
}

/// Where a floor could come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Floor {
    /// The peers, if they are enough.
    Peers(Option<f64>),
    /// No floor is meant to be: totals, facts.
    None,
}

/// What nobody said of fewer than thirty people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nobody {
    /// That nobody is satisfied says what each of them answered.
    Withheld,
    /// That a thing happened to nobody is its ordinary state, and follows from the other shares anyway.
    Shown,
}

/// An estimate as a reading.
pub(crate) fn read(
    estimate: &Estimate,
    k: i64,
    floor: Floor,
    score: Option<&Estimate>,
    (blank_share, na_share): (f64, f64),
    level: &Level,
    nobody: Nobody,
) -> Reading {
    if estimate.n < k {
        return Reading::Withheld(Withheld::TooFew);
    }
    if estimate.est <= 0.0 && estimate.n < INDICATIVE && nobody == Nobody::Withheld {
        return Reading::Withheld(Withheld::Unanimous);
    }
    let g = match floor {
        Floor::Peers(g) => g,
        Floor::None => None,
    };
    let plain = stats::floor::product_interval(estimate, None, LEVEL);
    let published = stats::floor::product_interval(estimate, g, LEVEL);
    let (Some(plain), Some(published)) = (plain, published) else {
        return Reading::Withheld(Withheld::TooFew);
    };
    let wilson = stats::interval::wilson_t(estimate, LEVEL).unwrap_or(plain.interval);
    let mut caveats = caveats(estimate, published.interval, blank_share, level);
    if let Floor::Peers(g) = floor {
        caveats.push(match g {
            Some(g) if published.floor_binding => Caveat::Floor(g),
            Some(g) => Caveat::FloorUnused(g),
            None => Caveat::NoFloor,
        });
    }
    let percent = |x: f64| 100.0 * x;
    Reading::Figure(Figure {
        n: estimate.n.unsigned_abs(),
        answers: estimate.answers.unsigned_abs(),
        index: percent(estimate.est),
        low: percent(published.interval.low),
        high: percent(published.interval.high),
        se: estimate.se.map(percent),
        df: estimate.df.unsigned_abs(),
        plain: (percent(wilson.low), percent(wilson.high)),
        score: score.map(score_of),
        blank_share,
        na_share,
        caveats,
    })
}

fn score_of(estimate: &Estimate) -> Score {
    // Everybody gave the same answers: the interval of a mean says nothing then.
    let same = Interval { low: estimate.est, high: estimate.est };
    let interval = stats::interval::wald_t(estimate, LEVEL).unwrap_or(same).clipped(0.0, 100.0);
    Score {
        n: estimate.n.unsigned_abs(),
        mean: estimate.est,
        low: interval.low,
        high: interval.high,
        se: estimate.se,
        df: estimate.df.unsigned_abs(),
    }
}

fn caveats(estimate: &Estimate, interval: Interval, blank_share: f64, level: &Level) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if estimate.n < INDICATIVE || interval.width() > 2.0 * WIDE / 100.0 {
        caveats.push(Caveat::Indicative);
    } else if estimate.n < FEW {
        caveats.push(Caveat::FewRespondents);
    }
    if estimate.df < FEW_DEGREES {
        caveats.push(Caveat::FewDegrees);
    }
    if estimate.est >= 1.0 {
        caveats.push(Caveat::AllSatisfied);
    }
    if blank_share > MANY_BLANKS {
        caveats.push(Caveat::ManyBlanks);
    }
    if level.trust != Trust::Verified {
        caveats.push(Caveat::SelfSelected);
    }
    if level.mixture.is_some() {
        caveats.push(Caveat::Mixture);
    }
    caveats
}
