//! How sure a unit's figure is, beyond its interval (statistics.md 4 and 8). All of it is said of the
//! year in which the page's period ends: a quarter of one unit is too short for most of it, and answers
//! count some weeks after their dossiers (statistics.md 12.11).

mod drivers;
mod fields;
mod ladder;
mod punctuality;
mod reliability;
mod silence;

use super::agency::{headline, whole};
use super::node::{Definition, NodeRef};
use super::population::Population;
use super::read::Wanted;
use super::setting::Chosen;
use super::table::{Combined, Level, PeriodTable, load};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::Province;
use domain::period::Period;
use domain::reading::{Reading, Withheld};
use domain::report::certainty::{Certainty, Missing};
use domain::survey::Variant;
use domain::unit::Unit;

/// The year of one unit at one level.
struct Year<'a> {
    province: &'a Province,
    population: &'a Population,
    table: &'a PeriodTable,
    unit: &'a Unit,
    level: &'a Level,
}

/// Reads it; `None` for the kiosk, which asks one question.
///
/// # Errors
/// Where the database is away or a part is damaged.
pub(super) async fn certainty(
    office: &Office,
    province: &Province,
    (chosen, population): (&Chosen, &Population),
    (unit, level): (&Unit, &Level),
) -> Result<Option<Certainty>, UsecaseError> {
    let release = chosen.release.as_ref().map_or(0, |release| release.number);
    if release == 0 || level.variant == Variant::Kiosk {
        return Ok(None);
    }
    let period = Period::Year(population.year());
    let table = load(office, province, &chosen.survey, period, release).await?;
    let year = Year { province, population, table: &table, unit, level };
    let of_year = Chosen { period, ..chosen.clone() };
    let fields = fields::read(office, &year, &of_year).await?;
    Ok(Some(Certainty {
        year: population.year(),
        drivers: drivers::drivers(&year),
        reliability: reliability::reliability(&year),
        ladder: ladder::ladder(&year, &fields),
        silence: silence::silence(&year, &fields),
        punctuality: punctuality::punctuality(&year),
    }))
}

impl<'a> Year<'a> {
    fn combined(&self) -> Option<&'a Combined> {
        self.table.combined(self.level, self.unit.id)
    }

    fn k(&self) -> i64 {
        i64::from(self.table.survey.survey.k)
    }

    fn reading(&self, definition: Definition, node: NodeRef) -> Reading {
        let wanted = Wanted { table: self.table, level: self.level, definition, node };
        wanted.of_unit(self.unit.id, self.unit.kind)
    }

    fn headline(&self) -> Reading {
        match whole(&self.table.survey.questions) {
            Some(node) => self.reading(headline(self.table), node),
            None => Reading::Withheld(Withheld::NotAsked),
        }
    }

    /// The sums of all finished dossiers.
    fn tally(&self) -> Result<&'a domain::tally::Tally, Missing> {
        self.combined().and_then(Combined::whole).ok_or(Missing::NoFigure)
    }
}
