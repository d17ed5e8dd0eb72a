//! Which units stand clearly above or below their peers (statistics.md 5): the headline alone, one
//! level of trust, one period, units of one kind with enough answers, all of them judged together.

use super::agency::{headline, whole};
use super::node::{self, Definition, NodeRef};
use super::read::Wanted;
use super::table::{Combined, Level, PeriodTable};
use domain::id::UnitId;
use domain::reading::{Caveat, Reading};
use domain::report::{Band, Banding, Visible};
use domain::survey::Variant;
use domain::unit::UnitKind;
use stats::bands::Verdict;
use stats::comparison::{Evidence, Side, smallest_visible};
use std::collections::HashMap;

/// How often claims and screenings may be wrong.
pub(super) const ALPHA: f64 = 0.05;
/// Units with fewer respondents are not compared.
const ENOUGH: u64 = 60;
/// What a comparison says that could not be made.
const NOTHING: Evidence = Evidence { difference: 0.0, above: 1.0, below: 1.0 };

/// The headline of a level: its definition and node. The kiosk asks one question only.
pub(super) fn headline_of(table: &PeriodTable, level: &Level) -> Option<(Definition, NodeRef)> {
    if level.variant == Variant::Kiosk {
        Some((Definition::Pooled, NodeRef::Overall))
    } else {
        whole(&table.survey.questions).map(|node| (headline(table), node))
    }
}

/// Whether a unit with this headline is compared with its peers.
pub(super) fn is_compared(headline: &Reading) -> bool {
    headline
        .figure()
        .is_some_and(|figure| figure.n >= ENOUGH && !figure.caveats.contains(&Caveat::Indicative))
}

/// The side of a comparison that some units make.
pub(super) fn side_of(wanted: &Wanted<'_>, units: &[&Combined], floor: Option<f64>) -> Option<Side> {
    let questions = &wanted.table.survey.questions;
    let estimate = node::estimate(questions, units, wanted.definition, wanted.node).ok()?;
    Side::of(&estimate, floor)
}

/// A unit that is compared.
struct Member<'a> {
    unit: UnitId,
    combined: &'a Combined,
    side: Option<Side>,
    /// Its peers without it.
    others: Option<Side>,
}

/// The bands of units of one kind, which must all be [`is_compared`]; `None` where there are no two
/// of them. `margin` is in points.
pub(super) fn band_units(
    wanted: &Wanted<'_>,
    kind: UnitKind,
    units: &[UnitId],
    margin: f64,
) -> Option<(HashMap<UnitId, Band>, Banding)> {
    let members = members(wanted, kind, units);
    if members.len() < 2 {
        return None;
    }
    let share = margin / 100.0;
    let evidence: Vec<Evidence> = members
        .iter()
        .map(|member| {
            let sides = member.side.zip(member.others);
            sides.and_then(|(unit, others)| Evidence::between(&unit, &others, share)).unwrap_or(NOTHING)
        })
        .collect();
    let verdicts = stats::bands::bands(&evidence, ALPHA).into_iter().map(band_of);
    let bands = members.iter().map(|member| member.unit).zip(verdicts).collect();
    Some((bands, banding(wanted, &members, margin)))
}

/// Each of the units with the side that its peers without it make, as bands compare them.
pub(super) fn sides(wanted: &Wanted<'_>, kind: UnitKind, units: &[UnitId]) -> Vec<(UnitId, Side, Side)> {
    let members = members(wanted, kind, units);
    members.iter().filter_map(|member| Some((member.unit, member.side?, member.others?))).collect()
}

const fn band_of(verdict: Verdict) -> Band {
    match verdict {
        Verdict::Above => Band::Above,
        Verdict::Even => Band::Even,
        Verdict::Below => Band::Below,
    }
}

fn members<'a>(wanted: &Wanted<'a>, kind: UnitKind, units: &[UnitId]) -> Vec<Member<'a>> {
    let floor = wanted.table.floor(kind, wanted.level, wanted.definition, wanted.node);
    let known: Vec<(UnitId, &Combined)> =
        units.iter().filter_map(|unit| Some((*unit, wanted.table.combined(wanted.level, *unit)?))).collect();
    let member = |(unit, combined): &(UnitId, &'a Combined)| {
        let others: Vec<&Combined> =
            known.iter().filter(|(other, _)| other != unit).map(|(_, combined)| *combined).collect();
        Member {
            unit: *unit,
            combined,
            side: side_of(wanted, &[combined], floor),
            // Totals over units get no floor.
            others: side_of(wanted, &others, None),
        }
    };
    known.iter().map(member).collect()
}

fn banding(wanted: &Wanted<'_>, members: &[Member<'_>], margin: f64) -> Banding {
    let all: Vec<&Combined> = members.iter().map(|member| member.combined).collect();
    let together = side_of(wanted, &all, None);
    let shift = |peers: &Side| {
        let others = members.iter().filter_map(|member| member.others);
        others.map(|others| (others.share - peers.share).abs()).fold(0.0, f64::max)
    };
    Banding {
        units: members.len(),
        margin,
        peers: wanted.of_units(|id| members.iter().any(|member| member.unit == *id)),
        shift: 100.0 * together.as_ref().map_or(0.0, shift),
        visible: together.map(|peers| visible(wanted, members, &peers, margin)).unwrap_or_default(),
    }
}

/// What could have been seen with the fewest answers that are compared, with those of the unit in
/// the middle, and with the most.
fn visible(wanted: &Wanted<'_>, members: &[Member<'_>], peers: &Side, margin: f64) -> Vec<Visible> {
    let questions = &wanted.table.survey.questions;
    let size = |member: &Member<'_>| {
        let estimate = node::estimate(questions, &[member.combined], wanted.definition, wanted.node).ok()?;
        Some((estimate.n.unsigned_abs(), member.side?.effective / estimate.n as f64))
    };
    let mut sizes: Vec<(u64, f64)> = members.iter().filter_map(size).collect();
    sizes.sort_by(|a, b| a.1.total_cmp(&b.1));
    let worth = sizes.get(sizes.len() / 2).map_or(1.0, |(_, worth)| *worth);
    sizes.sort_by_key(|(n, _)| *n);
    let middle = sizes.get(sizes.len() / 2).map(|(n, _)| *n);
    let mut wanted: Vec<u64> =
        std::iter::once(ENOUGH).chain(middle).chain(sizes.last().map(|(n, _)| *n)).collect();
    wanted.dedup();
    let level = ALPHA / members.len() as f64;
    let row = |n: u64| {
        let people = n as f64;
        let (below, above) = smallest_visible(peers, (people * worth, people - 1.0), margin / 100.0, level);
        Visible { n, below: below.map(|x| 100.0 * x), above: above.map(|x| 100.0 * x) }
    };
    wanted.into_iter().map(row).collect()
}
