//! The units' parts of the family *field*: figures of dossiers about one matter, as the cuts have
//! published them. Nothing is divided when a page is drawn.

use super::super::breakdown::wanted;
use super::super::node::Definition;
use super::super::read::{Floor, Nobody, read};
use super::super::setting::Chosen;
use super::super::table::Level;
use crate::cut::dimension;
use crate::entry::{BLANK, Family, NOT_ASKED, POOLED};
use crate::error::UsecaseError;
use crate::office::Office;
use crate::registry::{Province, QuestionSet, RunningSurvey};
use domain::id::UnitId;
use domain::instrument::Definition as Formula;
use domain::language::Words;
use domain::reading::{Reading, Withheld};
use domain::scope::Scope;
use domain::survey::Route;
use domain::tally::Tally;
use domain::tally::layout::WHOLE;
use domain::unit::UnitKind;
use stats::floor::{Peer, peer_floor};
use stats::share::{Binary, Factor};
use stats::{Estimate, Stratum, Unavailable};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::tally::Increment;

/// What a unit has of the family.
#[derive(Default)]
struct Own {
    /// The part that was asked for.
    asked: Option<Tally>,
}

/// The parts of one field at one level.
pub(super) struct Parts {
    survey: Arc<RunningSurvey>,
    level: Level,
    definition: Definition,
    units: BTreeMap<UnitId, Own>,
    kinds: HashMap<UnitId, UnitKind>,
}

/// The fields whose parts a period holds, in the order of the list of fields, and the one that is
/// asked for in any case.
pub(super) async fn fields_of(
    office: &Office,
    province: &Province,
    chosen: &Chosen,
    asked: Option<&str>,
) -> Result<Vec<(String, Words)>, UsecaseError> {
    let dimension = dimension(Family::Field, false);
    let codes = office.store.part_codes(province.tenant, wanted(chosen, Some(&dimension))).await?;
    let mut fields: Vec<(String, Words)> = Vec::new();
    for field in province.fields() {
        let wanted = codes.contains(&field.code) || asked == Some(field.code.as_str());
        if wanted && fields.iter().all(|(code, _)| *code != field.code) {
            fields.push((field.code.clone(), field.name.clone()));
        }
    }
    Ok(fields)
}

impl Parts {
    /// Reads the parts of a field in a period.
    pub(super) async fn read(
        office: &Office,
        province: &Province,
        chosen: &Chosen,
        level: &Level,
        field: &str,
    ) -> Result<Self, UsecaseError> {
        let is_field = |code: &str| ![POOLED, BLANK, NOT_ASKED].contains(&code);
        if !is_field(field) || province.fields().iter().all(|known| known.code != field) {
            let name = field.chars().take(40).collect();
            return Err(UsecaseError::Unknown { what: "field", name });
        }
        let scope = Scope::of_the_office(province.tenant);
        let family = dimension(Family::Field, false);
        let found = office.store.parts(&scope, wanted(chosen, Some(&family))).await?;
        let mut units: BTreeMap<UnitId, Own> = BTreeMap::new();
        for part in found.iter().filter(|part| is_at(part, level)) {
            let own = units.entry(part.group.unit).or_default();
            if part.band == field {
                let tally = Tally::unpack(&chosen.survey.questions.part, &part.record)
                    .map_err(|_| UsecaseError::Damaged("a part of a breakdown".into()))?;
                *own.asked.get_or_insert_default() += &tally;
            }
        }
        let definition = Definition::of(&chosen.survey.questions, &chosen.survey.survey.definition);
        let kinds = province.units().map(|unit| (unit.id, unit.kind)).collect();
        Ok(Self { survey: chosen.survey.clone(), level: level.clone(), definition, units, kinds })
    }

    fn tally(&self, unit: UnitId) -> Result<&Tally, Withheld> {
        let own = self.units.get(&unit).ok_or(Withheld::NotCut)?;
        own.asked.as_ref().ok_or(Withheld::Pooled)
    }

    /// The headline of a unit's part.
    pub(super) fn headline(&self, unit: UnitId, kind: UnitKind) -> Reading {
        match self.tally(unit) {
            Ok(tally) => self.reading(self.estimate(&[tally]), Floor::Peers(self.floor(kind))),
            Err(why) => Reading::Withheld(why),
        }
    }

    /// The overall question of a unit's part.
    pub(super) fn overall(&self, unit: UnitId) -> Reading {
        match self.tally(unit) {
            Ok(tally) => self.reading(super::super::node::share_of(&tally.overall), Floor::Peers(None)),
            Err(why) => Reading::Withheld(why),
        }
    }

    /// The parts of several units as one figure.
    pub(super) fn together(&self, units: &[UnitId]) -> Reading {
        let tallies: Vec<&Tally> = units.iter().filter_map(|unit| self.tally(*unit).ok()).collect();
        if tallies.is_empty() {
            return Reading::Withheld(Withheld::NotCut);
        }
        self.reading(self.estimate(&tallies), Floor::None)
    }

    fn reading(&self, estimate: Result<Estimate, Unavailable>, floor: Floor) -> Reading {
        let k = i64::from(self.survey.survey.k);
        match estimate {
            Ok(estimate) => read(&estimate, k, floor, None, (0.0, 0.0), &self.level, Nobody::Withheld),
            Err(Unavailable::FactorWithoutAnswers(_)) => Reading::Withheld(Withheld::FactorTooFew),
            Err(_) => Reading::Withheld(Withheld::NotAsked),
        }
    }

    /// As in tables of whole units: the design effect of the parts of the same kind.
    fn floor(&self, kind: UnitKind) -> Option<f64> {
        let here = self.units.iter().filter(|(id, _)| self.kinds.get(id) == Some(&kind));
        peer_floor(here.filter_map(|(_, own)| {
            let estimate = self.estimate(&[own.asked.as_ref()?]).ok()?;
            Some(Peer { n: estimate.n, share: estimate.est, variance: estimate.variance()? })
        }))
    }

    /// The headline over parts, each a stratum. A factor under k respondents withholds it.
    fn estimate(&self, tallies: &[&Tally]) -> Result<Estimate, Unavailable> {
        let questions = &self.survey.questions;
        let whole = questions.part.node(WHOLE).ok_or(Unavailable::NoAnswers)?;
        let answering: Vec<i64> = tallies.iter().map(|tally| tally.answering(whole)).collect();
        if self.definition == Definition::AllSatisfied {
            let cells = tallies.iter().zip(&answering).map(|(tally, n)| Binary {
                n: *n,
                answered: *n,
                satisfied: tally.all_satisfied.get(whole).copied().unwrap_or(0),
            });
            return stats::share::share(&cells.collect::<Vec<_>>());
        }
        let strata: Vec<Stratum<'_>> = tallies
            .iter()
            .zip(&answering)
            .map(|(tally, n)| Stratum { n: *n, sums: &tally.sums, products: &tally.products })
            .collect();
        let factors = if self.definition == Definition::Composite { factors(questions) } else { None };
        let Some(factors) = factors else {
            let atoms = &questions.part.nodes[whole].atoms;
            return stats::share::pooled(&strata, atoms, &answering).map(Estimate::without_lonely);
        };
        let k = i64::from(self.survey.survey.k);
        let people = |node: usize| tallies.iter().map(|tally| tally.answering(node)).sum::<i64>();
        if let Some(at) = factors.iter().position(|(_, node)| people(*node) < k) {
            return Err(Unavailable::FactorWithoutAnswers(at));
        }
        let weighted: Vec<Factor<'_>> = factors
            .iter()
            .map(|(weight, node)| Factor { weight: *weight, atoms: &questions.part.nodes[*node].atoms })
            .collect();
        stats::share::composite(&strata, &weighted, &answering).map(Estimate::without_lonely)
    }
}

/// The factors of the composite: weight, node of parts.
fn factors(questions: &QuestionSet) -> Option<Vec<(f64, usize)>> {
    let weights = questions.instrument.definitions.values().find_map(|definition| match definition {
        Formula::Composite { weights } => Some(weights),
        _ => None,
    })?;
    weights.iter().map(|(code, weight)| Some((*weight, questions.part.node(code)?))).collect()
}

/// Whether a part speaks of finished dossiers at a level.
fn is_at(part: &Increment, level: &Level) -> bool {
    let group = &part.group;
    Level::of(group) == *level
        && matches!(group.route, Route::DoneInPerson | Route::DoneOnline | Route::Imported)
}
