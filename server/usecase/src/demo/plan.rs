//! The demo's year: which groups there are, how large, how true, and how many answers each has in
//! each month.

use super::crowd::Crowd;
use super::generate::{Generator, Wish};
use super::truth::{Selection, Truth, story};
use crate::registry::Province;
use domain::id::UnitId;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::unit::{Unit, UnitKind};
use rand::RngExt;
use std::collections::BTreeMap;

/// Months of the plan.
pub const MONTHS: usize = 12;
/// How busy the months are, October first; offices are closed for much of the lunar new year.
const SEASON: [f64; MONTHS] = [1.0, 0.95, 1.05, 0.9, 0.55, 1.1, 1.05, 1.0, 1.05, 1.0, 1.05, 1.1];
/// How far the sizes of units lie apart: the standard deviation of their logarithms.
const SIZES: f64 = 0.9;
/// How much busier a department is than a commune.
const DEPARTMENT: f64 = 2.5;
/// People who wait or only asked are more often dissatisfied.
const NOT_DONE: f64 = 1.5;
/// Every so manieth counter has a tablet.
const TABLETS: usize = 3;

/// A group of the plan.
#[derive(Debug, Clone)]
pub struct Line {
    /// What is to be made.
    pub wish: Wish,
    /// What is true of those who were served.
    pub truth: Truth,
    /// Who of them answers.
    pub selection: Selection,
    /// Fields by code, with weights.
    pub fields: Vec<(String, u32)>,
    /// Its part of all answers, relative to the other lines.
    pub weight: f64,
}

impl Line {
    /// Its people in a month, counted from 0.
    #[must_use]
    pub fn crowd(&self, generator: &Generator<'_>, month: usize) -> Crowd {
        let truth = self.truth.in_month(month);
        Crowd::new(&generator.questions.instrument, &self.wish, &truth, &self.fields)
    }
}

/// The plan of a province.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The groups, by unit in the official order.
    pub lines: Vec<Line>,
    /// What is true of every unit, whatever its people choose to answer.
    pub truths: BTreeMap<UnitId, Truth>,
}

/// Where a unit's dossiers are handed in, and what they are about.
struct Place {
    receiving: UnitId,
    fields: Vec<(String, u32)>,
    part: f64,
}

impl Plan {
    /// Draws a plan; the same for the same generator and province.
    pub fn draw(generator: &mut Generator<'_>, province: &Province) -> Self {
        let mut plan = Self { lines: Vec::new(), truths: BTreeMap::new() };
        for kind in [UnitKind::Commune, UnitKind::Department] {
            for (at, unit) in living(province, kind).enumerate() {
                plan.add(generator, province, unit, at);
            }
        }
        plan
    }

    fn add(&mut self, generator: &mut Generator<'_>, province: &Province, unit: &Unit, at: usize) {
        let is_commune = unit.kind == UnitKind::Commune;
        let mut truth = generator.truth(unit.id);
        story(is_commune, at, &mut truth);
        // The first commune is the one that visitors look at: neither small nor the largest.
        let usual = if at == 0 { 0.3 } else { generator.normal() };
        let size = (SIZES * usual).exp() * if is_commune { 1.0 } else { DEPARTMENT };
        let places = if is_commune {
            own_places(generator, province, unit, at.is_multiple_of(TABLETS))
        } else {
            places_of_department(generator, province, unit)
        };
        let open = if is_commune && at == 3 { Selection::CALLED } else { Selection::OPEN };
        for (place, has_tablet) in places {
            let lines = groups(province, (unit.id, &place), &truth, open, has_tablet);
            let sized = |line: Line| Line { weight: line.weight * size * place.part, ..line };
            self.lines.extend(lines.into_iter().map(sized));
        }
        self.truths.insert(unit.id, truth);
    }

    /// How many answers each line has in each month: so many in all, each falling where chance and
    /// the sizes let it.
    pub fn deal(&self, generator: &mut Generator<'_>, answers: usize) -> Vec<[usize; MONTHS]> {
        let mut ends = Vec::with_capacity(self.lines.len() * MONTHS);
        let mut sum = 0.0;
        for line in &self.lines {
            for season in SEASON {
                sum += line.weight * season;
                ends.push(sum);
            }
        }
        let mut counts = vec![[0; MONTHS]; self.lines.len()];
        for _ in 0..if ends.is_empty() { 0 } else { answers } {
            let at = generator.rng.random::<f64>() * sum;
            let cell = ends.partition_point(|end| *end <= at).min(ends.len() - 1);
            counts[cell / MONTHS][cell % MONTHS] += 1;
        }
        counts
    }
}

/// The units of a kind that are still there: the demo's year begins after the reorganisation.
pub(super) fn living(province: &Province, kind: UnitKind) -> impl Iterator<Item = &Unit> {
    province.units().filter(move |unit| unit.kind == kind && unit.valid_to.is_none())
}

/// A commune's own centre, with its fields: the first of the list are the most frequent.
fn own_places(
    generator: &mut Generator<'_>,
    province: &Province,
    unit: &Unit,
    has_tablet: bool,
) -> Vec<(Place, bool)> {
    let inside = province.subtree(unit.id);
    let receiving = inside.into_iter().find(|id| *id != unit.id).unwrap_or(unit.id);
    let own = province.offered_fields(receiving).into_iter();
    let own = own.filter(|field| province.deciding(receiving, Some(&field.code)) == Some(unit.id));
    let mut fields: Vec<(String, u32)> = Vec::new();
    for (place, field) in own.enumerate() {
        let usual = 40.0 / (place as f64 + 1.5) * (0.4 * generator.normal()).exp();
        fields.push((field.code, weight(usual)));
    }
    fields.push((String::new(), 2));
    vec![(Place { receiving, fields, part: 1.0 }, has_tablet)]
}

/// A weight among weights of about a dozen.
fn weight(usual: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 200")]
    let whole = usual.round().clamp(1.0, 200.0) as u32;
    whole
}

/// The provincial centre, the department's own counter, and where a commune's counter offers what
/// the department decides, a few communes too.
fn places_of_department(
    generator: &mut Generator<'_>,
    province: &Province,
    unit: &Unit,
) -> Vec<(Place, bool)> {
    let decides = |level: UnitKind| {
        let fields =
            province.fields().iter().filter(move |f| f.level == level && f.deciding == Some(unit.id));
        fields.map(|field| (field.code.clone(), 10)).collect::<Vec<_>>()
    };
    let at_province = decides(UnitKind::Province);
    let at_communes = decides(UnitKind::Commune);
    let centre = province.units().find(|u| u.kind == UnitKind::Centre && u.parent == Some(province.root));
    let mut places = Vec::new();
    if let Some(centre) = centre {
        places.push((Place { receiving: centre.id, fields: at_province.clone(), part: 0.6 }, true));
    }
    places.push((Place { receiving: unit.id, fields: at_province, part: 0.25 }, false));
    let counters: Vec<UnitId> = province
        .units()
        .filter(|u| u.kind == UnitKind::Centre && u.parent != Some(province.root))
        .map(|u| u.id)
        .collect();
    if !at_communes.is_empty() && !counters.is_empty() {
        for _ in 0..3 {
            // Not the first, which is the one that visitors try.
            let at = generator.rng.random_range(1..counters.len().max(2)) % counters.len();
            places.push((Place { receiving: counters[at], fields: at_communes.clone(), part: 0.05 }, false));
        }
    }
    places
}

/// Every way to answer: with codes per dossier by slip, link, telephone and with a helper; with
/// codes of the unit's own; by poster and link without a code; on the tablet.
fn groups(
    province: &Province,
    (deciding, place): (UnitId, &Place),
    truth: &Truth,
    open: Selection,
    has_tablet: bool,
) -> Vec<Line> {
    let at = |mode: &Mode| {
        province.touchpoints().find(|t| t.unit == place.receiving && t.mode == *mode).map(|t| t.id)
    };
    let line = |(mode, trust, route, weight): (Mode, Trust, Route, f64), selection: Selection| Line {
        wish: Wish {
            deciding,
            receiving: place.receiving,
            touchpoint: at(&mode).filter(|_| matches!(mode, Mode::Poster | Mode::Kiosk)),
            variant: if mode == Mode::Kiosk { Variant::Kiosk } else { Variant::Full },
            mode,
            trust,
            route,
            field: String::new(),
        },
        truth: if route == Route::NotDone { truth.scaled(NOT_DONE) } else { truth.clone() },
        selection,
        fields: place.fields.clone(),
        weight,
    };
    let verified = [
        (Mode::Slip, Trust::Verified, Route::DoneInPerson, 0.33),
        (Mode::Link, Trust::Verified, Route::DoneOnline, 0.16),
        (Mode::Assisted, Trust::Verified, Route::DoneInPerson, 0.05),
        (Mode::Phone, Trust::Verified, Route::DoneInPerson, 0.03),
        (Mode::Slip, Trust::Verified, Route::NotDone, 0.04),
        (Mode::Slip, Trust::Verified, Route::Partial, 0.02),
    ];
    let by_poster = [
        (Mode::Poster, Trust::Open, Route::DoneInPerson, 0.14),
        (Mode::Link, Trust::Open, Route::DoneOnline, 0.03),
        (Mode::Poster, Trust::Open, Route::NotDone, 0.02),
    ];
    let mut lines: Vec<Line> = verified.into_iter().map(|group| line(group, Selection::RANDOM)).collect();
    lines.extend(by_poster.into_iter().map(|group| line(group, open)));
    lines.push(line((Mode::Slip, Trust::UnitIssued, Route::DoneInPerson, 0.06), Selection::CHOSEN));
    if has_tablet {
        lines.push(line((Mode::Kiosk, Trust::Kiosk, Route::Kiosk, 0.12), Selection::WATCHED));
    }
    lines
}

/// Where tablets stand, in the official order: with every third commune, and at the province's centre.
#[must_use]
pub fn tablets(province: &Province) -> Vec<UnitId> {
    let communes = living(province, UnitKind::Commune).step_by(TABLETS);
    let places = communes.filter_map(|unit| province.subtree(unit.id).into_iter().find(|id| *id != unit.id));
    let centre = province.units().find(|u| u.kind == UnitKind::Centre && u.parent == Some(province.root));
    places.chain(centre.map(|unit| unit.id)).collect()
}

/// The truth behind the demo of a seed, by unit: the same that its answers were drawn from.
#[must_use]
pub fn truths(province: &Province, generator: &mut Generator<'_>) -> BTreeMap<UnitId, Truth> {
    Plan::draw(generator, province).truths
}
