//! The figures of one unit.

use super::certainty::certainty;
use super::change::changes_of_unit;
use super::joined::joined_series;
use super::node::{self, Definition, NodeRef};
use super::paired;
use super::points;
use super::population::Population;
use super::read::{Floor, Nobody, Wanted, read};
use super::receiving::read_reception;
use super::setting::{Chosen, Question, setting};
use super::table::{Combined, Level, PeriodTable, load};
use super::tenure::tenure;
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, QuestionSet};
use domain::instrument::Purpose;
use domain::language::Words;
use domain::reading::{Reading, Withheld};
use domain::report::certainty::Certainty;
use domain::report::change::Changes;
use domain::report::joined::JoinedSeries;
use domain::report::{AgencyReport, FactLine, NodeLine, TrustLine};
use domain::scope::Scope;
use domain::survey::Trust;
use domain::tally::layout::{DECIDING, RECEIVING, WHOLE, name_of_side};
use domain::unit::Unit;

/// Reads the agency page of a unit.
///
/// # Errors
/// [`UsecaseError::Unknown`] where the scope does not cover the unit, exactly as if it did not exist;
/// where survey, period or release do not exist; where the database is away.
pub async fn read_agency(
    office: &Office,
    province: &Province,
    scope: &Scope,
    unit: &Unit,
    question: &Question,
) -> Result<AgencyReport, UsecaseError> {
    if !scope.covers(unit.id) {
        return Err(UsecaseError::Unknown { what: "unit", name: unit.code.clone() });
    }
    // A centre has no survey of its own: it receives for its committee.
    let about = province.committee(unit.id).filter(|_| question.receiving).map_or(unit.id, |unit| unit.id);
    let chosen = question.choose(office, province, Some(about)).await?;
    let number = chosen.release.as_ref().map_or(0, |r| r.number);
    let reception =
        if question.receiving { Some(read_reception(office, province, &chosen).await?) } else { None };
    let of_the_unit = load(office, province, &chosen.survey, chosen.period, number);
    let table = if let Some(reception) = &reception { reception.table.clone() } else { of_the_unit.await? };
    let levels = levels_of(&table, unit);
    let level = pick_level(&levels, question.trust, &table);
    let population = Population::behind(office, province, &chosen).await?;
    let page = Page { table: &table, unit, level: &level, population: &population };
    let without = super::without::lines(office, province, (&table, chosen.period, number), unit).await?;
    let nodes = page.nodes();
    let years = (!question.receiving && page.has_index()).then_some(&chosen);
    let years = over_years(office, province, (years, &population), (unit, &level), &nodes).await?;
    Ok(AgencyReport {
        without,
        setting: setting(office, province, scope, unit, &chosen, (level.trust, trusts_of(&levels))).await?,
        told: levels.iter().map(|level| page.told(level)).collect(),
        nodes,
        points: points::lines(&table, &level, unit),
        joined: years.joined,
        change: years.change,
        overall: page.overall(&levels),
        sides: page.sides(),
        facts: page.facts(),
        modes: page.modes(),
        not_done: page.not_done(),
        gap: paired::gap(&table, &level, unit),
        weakest: paired::weakest(&table, &level, unit),
        tenure: tenure((province, scope, office.today()), unit, (&table, &level)),
        certainty: years.certainty,
        received: reception.map(|reception| reception.coverage(&level, unit.id)),
    })
}

/// What a page says beyond its period.
#[derive(Default)]
struct Years {
    change: Changes,
    joined: Option<JoinedSeries>,
    certainty: Option<Box<Certainty>>,
}

/// Change against the year before, the series over other versions, and how sure the year is.
async fn over_years(
    office: &Office,
    province: &Province,
    (chosen, population): (Option<&Chosen>, &Population),
    (unit, level): (&Unit, &Level),
    nodes: &[NodeLine],
) -> Result<Years, UsecaseError> {
    // A counter's view has no year before it that the same parts would cover, and another population.
    let Some(chosen) = chosen else { return Ok(Years::default()) };
    let change = changes_of_unit(office, province, chosen, (unit, level), nodes).await?;
    let certainty = certainty(office, province, (chosen, population), (unit, level)).await?;
    let number = chosen.release.as_ref().map_or(0, |release| release.number);
    let is_it = |id| id == unit.id;
    let joined = joined_series(office, province, (&chosen.survey, number), level, &is_it).await?;
    Ok(Years { change, joined, certainty: certainty.map(Box::new) })
}

/// The levels at which a unit has answers, verified first.
fn levels_of(table: &PeriodTable, unit: &Unit) -> Vec<Level> {
    table
        .cells
        .iter()
        .filter(|(_, units)| units.contains_key(&unit.id))
        .map(|(level, _)| level.clone())
        .collect()
}

pub(super) fn trusts_of(levels: &[Level]) -> Vec<Trust> {
    let mut trusts: Vec<Trust> = levels.iter().map(|level| level.trust).collect();
    trusts.dedup();
    trusts
}

/// The level that was asked for, else the first that has answers; the survey's own form first.
pub(super) fn pick_level(levels: &[Level], trust: Option<Trust>, table: &PeriodTable) -> Level {
    let variant = table.survey.survey.variant;
    let wanted = |level: &&Level| trust.is_none_or(|trust| level.trust == trust);
    let own = levels.iter().filter(wanted).find(|level| level.variant == variant);
    own.or_else(|| levels.iter().find(wanted)).cloned().unwrap_or(Level {
        trust: trust.unwrap_or(Trust::Verified),
        mixture: None,
        variant,
    })
}

/// Code of the definition of the headline.
pub(super) fn headline(table: &PeriodTable) -> Definition {
    Definition::of(&table.survey.questions, &table.survey.survey.definition)
}

pub(super) fn whole(questions: &QuestionSet) -> Option<NodeRef> {
    questions.base.node(WHOLE).map(NodeRef::Node)
}

const NOT_ASKED: Reading = Reading::Withheld(Withheld::NotAsked);

struct Page<'a> {
    table: &'a PeriodTable,
    unit: &'a Unit,
    level: &'a Level,
    population: &'a Population,
}

impl Page<'_> {
    fn questions(&self) -> &QuestionSet {
        &self.table.survey.questions
    }

    /// Points have no index that could change or be made sure.
    fn has_index(&self) -> bool {
        !self.questions().instrument.is_in_points()
    }

    fn reading(&self, level: &Level, definition: Definition, node: Option<NodeRef>) -> Reading {
        let Some(node) = node else { return Reading::Withheld(Withheld::NotAsked) };
        Wanted { table: self.table, level, definition, node }.of_unit(self.unit.id, self.unit.kind)
    }

    fn told(&self, level: &Level) -> TrustLine {
        let overall_only = level.variant == domain::survey::Variant::Kiosk;
        let node = if overall_only { Some(NodeRef::Overall) } else { whole(self.questions()) };
        TrustLine {
            trust: level.trust,
            mixture: level.mixture.clone(),
            headline: self.reading(level, headline(self.table), node),
            overall_only,
            response: self.population.rate(level, &[self.unit.id]),
        }
    }

    fn line(
        &self,
        code: &str,
        name: &Words,
        depth: u8,
        node: Option<NodeRef>,
        definition: Definition,
    ) -> NodeLine {
        let reading = self.reading(self.level, definition, node);
        NodeLine { code: code.to_owned(), name: name.clone(), depth, reading }
    }

    /// The whole, each factor, its items: only what the level's routes ask.
    fn nodes(&self) -> Vec<NodeLine> {
        let questions = self.questions();
        let mut lines =
            vec![self.line(WHOLE, &name_of_side(WHOLE), 0, whole(questions), headline(self.table))];
        for factor in questions.instrument.contents.iter().flat_map(|content| &content.factors) {
            let node = questions.base.node(&factor.code).map(NodeRef::Node);
            if node.is_some() {
                lines.push(self.line(&factor.code, &factor.name, 1, node, Definition::Pooled));
            }
            for item in factor.items.iter().filter(|item| item.only_if.is_none()) {
                let node = questions.base.item(&item.code).map(NodeRef::Item);
                let name = item.label.as_ref().unwrap_or(&item.text);
                lines.push(self.line(&item.code, name, 2, node, Definition::Pooled));
            }
        }
        lines.retain(|line| line.depth == 0 || line.reading != Reading::Withheld(Withheld::NotAsked));
        lines
    }

    fn sides(&self) -> Vec<NodeLine> {
        let questions = self.questions();
        let codes = [WHOLE, DECIDING, RECEIVING];
        let nodes = codes.map(|code| questions.base.node(code).map(NodeRef::Node));
        // An instrument that asks about one side only has nothing to compare.
        if nodes.iter().any(Option::is_none) {
            return Vec::new();
        }
        codes
            .iter()
            .zip(nodes)
            .map(|(code, node)| self.line(code, &name_of_side(code), 0, node, headline(self.table)))
            .collect()
    }

    fn overall(&self, levels: &[Level]) -> Vec<(Trust, Reading)> {
        let asked = levels.iter().filter(|level| level.mixture.is_none());
        asked
            .map(|level| (level.trust, self.reading(level, Definition::Pooled, Some(NodeRef::Overall))))
            .collect()
    }

    fn combined(&self) -> Option<&Combined> {
        self.table.combined(self.level, self.unit.id)
    }

    fn facts(&self) -> Vec<FactLine> {
        let questions = self.questions();
        let Some(tally) = self.combined().and_then(Combined::whole) else { return Vec::new() };
        let asked = questions.instrument.questions.iter().filter(|q| q.purpose == Purpose::Fact);
        let lines = asked.zip(&tally.facts).map(|(question, counts)| {
            let answered: i64 = counts.iter().take(question.options.len()).sum();
            let shares = question
                .options
                .iter()
                .zip(counts)
                .map(|(option, count)| (option.text.clone(), self.fact(*count, answered)));
            FactLine { code: question.code.clone(), text: question.text.clone(), shares: shares.collect() }
        });
        // Parts keep no facts.
        lines.filter(|line| line.shares.iter().any(|(_, share)| *share != NOT_ASKED)).collect()
    }

    /// The share of an answer, also of one that nobody gave.
    fn fact(&self, count: i64, answered: i64) -> Reading {
        let k = i64::from(self.table.survey.survey.k);
        let cell = stats::share::Binary { n: answered, answered, satisfied: count };
        match stats::share::share(&[cell]) {
            Err(_) => Reading::Withheld(Withheld::NotAsked),
            Ok(estimate) => read(&estimate, k, Floor::None, None, (0.0, 0.0), self.level, Nobody::Shown),
        }
    }

    fn modes(&self) -> Vec<(domain::survey::Mode, u64)> {
        let modes = self.combined().map(|c| &c.modes);
        modes.into_iter().flatten().map(|(mode, n)| (mode.clone(), n.unsigned_abs())).collect()
    }

    fn not_done(&self) -> Option<Reading> {
        let combined = self.combined()?;
        let estimate = node::share_of(&combined.not_done).ok()?;
        let k = i64::from(self.table.survey.survey.k);
        Some(read(&estimate, k, Floor::None, None, (0.0, 0.0), self.level, Nobody::Withheld))
    }
}
