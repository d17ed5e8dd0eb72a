//! One family of the cuts of a period: of a unit, or of the whole province with what could not be
//! split below it.

use super::agency::{headline, pick_level, trusts_of, whole};
use super::node::{self, Definition, NodeRef};
use super::part_name::name_of_part;
use super::parts::{Part, level_of, shape_of_parts};
use super::read::{Floor, Nobody, Wanted, read};
use super::setting::{Chosen, Question, setting};
use super::table::{Combined, Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::family::{BELOW, Family, dimension};
use domain::id::UnitId;
use domain::language::Words;
use domain::reading::{Reading, Withheld};
use domain::report::{BreakdownReport, Pairs, PartLine, PartName};
use domain::scope::Scope;
use domain::survey::{Route, Variant};
use domain::tally::layout::items_of;
use domain::unit::Unit;
use stats::bands::{Verdict, bands};
use stats::comparison::{Evidence, Side};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use store::part::PartsWanted;
use store::tally::Increment;

/// Reads a breakdown. `unit` is the province for the whole.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope does not cover the unit; where survey, period or release
/// do not exist; where the database is away.
pub async fn read_breakdown(
    office: &Office,
    province: &Province,
    scope: &Scope,
    unit: &Unit,
    question: &Question,
    family: Option<Family>,
) -> Result<BreakdownReport, UsecaseError> {
    let is_province = unit.id == province.root;
    if !scope.covers(unit.id) || (is_province && !scope.covers_the_province()) {
        return Err(UsecaseError::Unknown { what: "unit", name: unit.code.clone() });
    }
    let about = (!is_province).then_some(unit.id);
    let chosen = question.choose(office, province, about).await?;
    let number = chosen.release.as_ref().map_or(0, |r| r.number);
    let table = load(office, province, &chosen.survey, chosen.period, number).await?;
    let families = families_of(office, scope, &chosen, about).await?;
    let family = family.or_else(|| families.first().copied()).unwrap_or(Family::Field);
    let levels: Vec<Level> = table.cells.keys().filter(|l| has(&table, l, about)).cloned().collect();
    let level = pick_level(&levels, question.trust, &table);
    let own = Own { office, scope, chosen: &chosen, about, level: &level };
    let (parts, divided_above) = own.parts(family).await?;
    let nobody: [Result<_, UsecaseError>; 0] = [];
    let shape = PeriodTable::of(&shape_of_parts(&chosen.survey), province, nobody)?;
    let page = Page { province, table: &table, shape: &shape, level: &level, unit, family };
    let divided = parts.values().map(|part| part.combined.people()).sum();
    Ok(BreakdownReport {
        setting: setting(office, province, scope, unit, &chosen, (level.trust, trusts_of(&levels))).await?,
        is_province,
        family,
        families,
        whole: page.whole(about),
        everybody: everybody(&table, &level, about),
        divided,
        divided_above,
        parts: page.lines(&parts),
        pairs: page.pairs(&parts),
    })
}

fn has(table: &PeriodTable, level: &Level, about: Option<UnitId>) -> bool {
    about.is_none_or(|unit| table.combined(level, unit).is_some())
}

fn everybody(table: &PeriodTable, level: &Level, about: Option<UnitId>) -> u64 {
    let cells = table.cells.get(level).into_iter().flatten();
    cells.filter(|(id, _)| about.is_none_or(|unit| unit == **id)).map(|(_, c)| c.people()).sum()
}

/// The release through which the page looks, and the months of its period.
pub(super) fn wanted<'a>(chosen: &Chosen, dimension: Option<&'a str>) -> PartsWanted<'a> {
    PartsWanted {
        survey: chosen.survey.survey.id,
        release: chosen.release.as_ref().map_or(0, |r| r.number),
        months: chosen.period.months(),
        dimension,
        unit: None,
    }
}

/// Families that have parts, in the order in which they are tried.
async fn families_of(
    office: &Office,
    scope: &Scope,
    chosen: &Chosen,
    about: Option<UnitId>,
) -> Result<Vec<Family>, UsecaseError> {
    let found = office.store.dimensions(scope, wanted(chosen, None)).await?;
    let has = |family: &Family| {
        found.iter().any(|(unit, dimension)| match about {
            Some(about) => *unit == about && dimension == family.code(),
            None => dimension.strip_prefix(BELOW).unwrap_or(dimension) == family.code(),
        })
    };
    Ok(Family::ALL.iter().copied().filter(has).collect())
}

/// What is added up.
struct Own<'a> {
    office: &'a Office,
    scope: &'a Scope,
    chosen: &'a Chosen,
    about: Option<UnitId>,
    level: &'a Level,
}

impl Own<'_> {
    /// The parts by band, and how many people of them are in parts of a parent's box.
    async fn parts(&self, family: Family) -> Result<(BTreeMap<String, Part>, u64), UsecaseError> {
        let mut parts: BTreeMap<String, Part> = BTreeMap::new();
        for found in self.read(&dimension(family, false)).await? {
            parts.entry(found.band.clone()).or_default().add(&self.chosen.survey, &found)?;
        }
        let mut above = 0;
        if self.about.is_none() {
            for found in self.read(&dimension(family, true)).await? {
                above += found.n.unsigned_abs();
                parts.entry(found.band.clone()).or_default().add(&self.chosen.survey, &found)?;
            }
        }
        Ok((parts, above))
    }

    /// People who still wait stand apart on every page, and so they do here.
    async fn read(&self, dimension: &str) -> Result<Vec<Increment>, UsecaseError> {
        let wanted = PartsWanted { unit: self.about, ..wanted(self.chosen, Some(dimension)) };
        let mut found = self.office.store.parts(self.scope, wanted).await?;
        found.retain(|part| {
            part.group.route != Route::NotDone
                && level_of(part) == *self.level
                && self.about.is_none_or(|unit| unit == part.group.unit)
        });
        Ok(found)
    }
}

/// Level of the comparison of all pairs.
const ALPHA: f64 = 0.05;

struct Page<'a> {
    province: &'a Province,
    table: &'a PeriodTable,
    shape: &'a PeriodTable,
    level: &'a Level,
    unit: &'a Unit,
    family: Family,
}

impl Page<'_> {
    fn node_in(&self, table: &PeriodTable) -> (Definition, Option<NodeRef>) {
        if self.level.variant == Variant::Kiosk {
            (Definition::Pooled, Some(NodeRef::Overall))
        } else {
            (headline(table), whole(&table.survey.questions))
        }
    }

    fn whole(&self, about: Option<UnitId>) -> Reading {
        let (definition, Some(node)) = self.node_in(self.table) else {
            return Reading::Withheld(Withheld::NotAsked);
        };
        let wanted = Wanted { table: self.table, level: self.level, definition, node };
        match about {
            Some(unit) => wanted.of_unit(unit, self.unit.kind),
            None => wanted.of_units(|_| true),
        }
    }

    fn headline(&self, combined: &Combined) -> Reading {
        let (definition, Some(node)) = self.node_in(self.shape) else {
            return Reading::Withheld(Withheld::NotAsked);
        };
        let is_unit = self.unit.id != self.province.root;
        let floor = if is_unit { Floor::Peers(self.floor()) } else { Floor::None };
        Wanted { table: self.shape, level: self.level, definition, node }.read(&[combined], floor)
    }

    /// All pairs of parts at once: each pair is of different people.
    fn pairs(&self, parts: &BTreeMap<String, Part>) -> Option<Pairs> {
        let (definition, node) = self.node_in(self.shape);
        let (questions, floor) = (&self.shape.survey.questions, self.floor());
        let side = |part: &Part| {
            // What is withheld is compared with nothing.
            self.headline(&part.combined).figure()?;
            Side::of(&node::estimate(questions, &[&part.combined], definition, node?).ok()?, floor)
        };
        let sides: Vec<Side> = parts.values().filter_map(side).collect();
        let pair = |(at, one): (usize, &Side)| {
            let others = sides[..at].iter().filter_map(|other| Evidence::between(one, other, 0.0));
            others.collect::<Vec<_>>()
        };
        let evidence: Vec<Evidence> = sides.iter().enumerate().flat_map(pair).collect();
        let verdicts = bands(&evidence, ALPHA);
        (!evidence.is_empty()).then(|| Pairs {
            compared: evidence.len() as u64,
            distinct: verdicts.iter().filter(|verdict| **verdict != Verdict::Even).count() as u64,
        })
    }

    /// A part of a unit borrows the floor of the unit's peers: its own variance is too small for the
    /// same reason. Parts of the province are of many units and borrow none, like its total.
    fn floor(&self) -> Option<f64> {
        let (definition, node) = self.node_in(self.table);
        let is_unit = self.unit.id != self.province.root;
        self.table.floor(self.unit.kind, self.level, definition, node.filter(|_| is_unit)?)
    }

    fn lines(&self, parts: &BTreeMap<String, Part>) -> Vec<PartLine> {
        let questions = &self.shape.survey.questions;
        let place = |line: &PartLine| {
            let last = match line.name {
                PartName::Pooled => 1,
                PartName::Blank => 2,
                PartName::NotAsked => 3,
                _ => 0,
            };
            (
                last,
                super::part_name::order(self.family, &line.band, &questions.instrument),
                Reverse(line.people),
            )
        };
        let mut lines: Vec<PartLine> = parts
            .iter()
            .map(|(band, part)| PartLine {
                band: band.clone(),
                name: name_of_part(self.family, band, &questions.instrument, self.province),
                people: part.combined.people(),
                headline: self.headline(&part.combined),
                branch: self.branch(part),
            })
            .collect();
        lines.sort_by_key(place);
        lines
    }

    /// What only these people were asked: how their complaint was handled.
    fn branch(&self, part: &Part) -> Vec<(Words, Reading)> {
        let k = i64::from(self.table.survey.survey.k);
        let asked = items_of(&self.table.survey.questions.instrument).filter(|item| item.only_if.is_some());
        let lines = asked.zip(&part.branch).filter_map(|(item, histogram)| {
            let estimate = node::share_of(histogram).ok()?;
            let reading = read(&estimate, k, Floor::None, None, (0.0, 0.0), self.level, Nobody::Withheld);
            Some((item.label.clone().unwrap_or_else(|| item.text.clone()), reading))
        });
        lines.collect()
    }
}
