//! The figure of the year by dossiers: as it came, of those whose field is known, weighted by dossiers,
//! and with the mix of services of all units of the kind (statistics.md 4 and 5).

use super::super::agency::{headline, whole};
use super::super::node::{Definition, NodeRef, composite_factors};
use super::super::read::{Floor, Nobody, Wanted, read};
use super::Year;
use super::fields::{FieldCell, Fields};
use crate::registry::QuestionSet;
use domain::reading::{Reading, Withheld};
use domain::report::certainty::{FieldLine, Found, Ladder, Missing, Weighted};
use stats::poststratified::{Cell, Rules, weighted};
use stats::response::part_of;
use stats::share::Factor;

/// Per cent of the dossiers that must have answers of their field: with less, most of what the figure
/// speaks of is guessed.
const LEAST_COVERED: f64 = 50.0;

pub(super) fn ladder(year: &Year<'_>, fields: &Fields) -> Found<Ladder> {
    let months = year.population.span().filter(|_| fields.dossiers > 0).ok_or(Missing::NoDossiers)?;
    if fields.cells.is_empty() {
        return Err(Missing::NoParts);
    }
    let all = year.headline();
    if all.figure().is_none() {
        return Err(Missing::NoFigure);
    }
    let step = Step::of(year, fields).ok_or(Missing::NotAsked)?;
    Ok(Ladder {
        months,
        all,
        divided: step.divided(),
        weighted: step.weighted(fields.dossiers, |cell| cell.dossiers),
        standard: step.weighted(fields.of_kind, |cell| cell.of_kind),
        fields: lines(fields),
        unnamed: fields.unnamed.clone(),
    })
}

/// What every step of the ladder is computed with.
struct Step<'a> {
    year: &'a Year<'a>,
    fields: &'a Fields,
    definition: Definition,
    node: usize,
    factors: Vec<(f64, Vec<usize>)>,
    floor: Option<f64>,
}

impl<'a> Step<'a> {
    fn of(year: &'a Year<'a>, fields: &'a Fields) -> Option<Self> {
        let questions = &fields.shape.questions;
        let definition = headline(year.table);
        let Some(NodeRef::Node(node)) = whole(questions) else { return None };
        let factors = factors(questions, definition, node)?;
        let fine = whole(&year.table.survey.questions)?;
        let floor = year.table.floor(year.unit.kind, year.level, definition, fine);
        Some(Self { year, fields, definition, node, factors, floor })
    }

    /// Those whose field is known, all alike.
    fn divided(&self) -> Reading {
        let Ok(table) = self.fields.table(self.year) else { return Reading::Withheld(Withheld::NotAsked) };
        let mut together = super::super::table::Combined::default();
        self.fields.cells.iter().for_each(|cell| together.merge(cell.combined.clone()));
        let node = NodeRef::Node(self.node);
        let wanted = Wanted { table: &table, level: self.year.level, definition: self.definition, node };
        wanted.read(&[&together], Floor::Peers(self.floor))
    }

    /// Each field weighing as so many dossiers.
    fn weighted(&self, all: i64, dossiers: impl Fn(&FieldCell) -> i64) -> Found<Weighted> {
        let used: Vec<&FieldCell> = self.fields.cells.iter().filter(|cell| dossiers(cell) > 0).collect();
        let covered: i64 = used.iter().map(|cell| dossiers(cell)).sum();
        let coverage = 100.0 * part_of(covered, all).ok_or(Missing::NoDossiers)?.rate;
        if coverage < LEAST_COVERED {
            return Err(Missing::LittleCovered(coverage));
        }
        if self.divided().figure().is_none() {
            return Err(Missing::NoFigure);
        }
        let cells: Vec<Cell<'_>> = used.iter().filter_map(|cell| self.cell(cell, dossiers(cell))).collect();
        let factors: Vec<Factor<'_>> =
            self.factors.iter().map(|(weight, atoms)| Factor { weight: *weight, atoms }).collect();
        let found = weighted(&cells, &factors, &Rules::default()).map_err(|_| Missing::NoFigure)?;
        let (k, floor) = (self.year.k(), Floor::Peers(self.floor));
        let estimate = found.estimate.without_lonely();
        let reading = read(&estimate, k, floor, None, (0.0, 0.0), self.year.level, Nobody::Withheld);
        let capped = found.capped.iter().filter_map(|at| used.get(*at)).map(|cell| cell.name.clone());
        Ok(Weighted { reading, coverage, capped: capped.collect() })
    }

    fn cell<'b>(&self, cell: &'b FieldCell, dossiers: i64) -> Option<Cell<'b>> {
        let tally = cell.combined.whole()?;
        let stratum = stats::Stratum { n: tally.n, sums: &tally.sums, products: &tally.products };
        Some(Cell { stratum, answering: tally.answering(self.node), dossiers, group: 0 })
    }
}

/// The factors of the headline; a share of people has none.
fn factors(questions: &QuestionSet, definition: Definition, node: usize) -> Option<Vec<(f64, Vec<usize>)>> {
    let pooled = || Some(vec![(1.0, questions.base.nodes.get(node)?.atoms.clone())]);
    match definition {
        Definition::AllSatisfied | Definition::Points => None,
        Definition::Pooled => pooled(),
        Definition::Composite => match composite_factors(questions, node) {
            None => pooled(),
            Some(factors) => Some(factors.into_iter().map(|(weight, atoms, _)| (weight, atoms)).collect()),
        },
    }
}

fn lines(fields: &Fields) -> Vec<FieldLine> {
    let percent = |part: i64, all: i64| part_of(part, all).map_or(0.0, |part| 100.0 * part.rate);
    let people = fields.people();
    let line = |cell: &FieldCell| {
        let answers = cell.combined.whole().map_or(0, |tally| tally.n);
        FieldLine {
            name: cell.name.clone(),
            answers: answers.unsigned_abs(),
            answers_percent: percent(answers, people),
            dossiers: cell.dossiers.unsigned_abs(),
            dossiers_percent: percent(cell.dossiers, fields.dossiers),
            exceeds: answers > cell.dossiers,
        }
    };
    fields.cells.iter().map(line).collect()
}
