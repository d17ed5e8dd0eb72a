//! What every request needs to know of units, surveys, instruments and touchpoints: one snapshot in
//! memory, replaced when the database says that something changed.

mod decide;
mod resolve;
#[cfg(test)]
mod tests;
mod touch;

pub use decide::OFFERED_FIELDS;
pub use resolve::{Candidate, UnitNotFound};
pub use touch::SurveyAt;

use crate::error::UsecaseError;
use decide::Frequency;
use domain::id::{SurveyId, Tenant, TouchpointId, UnitId};
use domain::instrument::Instrument;
use domain::succession::Lineage;
use domain::survey::Survey;
use domain::tally::Layout;
use domain::touchpoint::{Token, Touchpoint};
use domain::unit::Unit;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use store::Store;
use store::field::{Field, Procedure};
use store::recording::{Recording, Review, Spoken};

/// A question set and the shapes of its tallies.
#[derive(Debug)]
pub struct QuestionSet {
    /// The instrument.
    pub instrument: Instrument,
    /// Shape of base cells.
    pub base: Layout,
    /// Shape of parts.
    pub part: Layout,
}

impl QuestionSet {
    /// The shapes of an instrument.
    #[must_use]
    pub fn new(instrument: Instrument) -> Self {
        let (base, part) = (Layout::base(&instrument), Layout::part(&instrument));
        Self { instrument, base, part }
    }
}

/// A survey with its question set and units.
#[derive(Debug)]
pub struct RunningSurvey {
    /// The survey.
    pub survey: Survey,
    /// Its questions.
    pub questions: Arc<QuestionSet>,
    /// The units that it is about.
    pub units: HashSet<UnitId>,
}

/// Everything of one tenant.
#[derive(Debug)]
pub struct Province {
    /// The tag.
    pub tenant: Tenant,
    /// The province itself.
    pub root: UnitId,
    units: HashMap<UnitId, Unit>,
    order: Vec<UnitId>,
    lineage: Lineage,
    fields: Vec<Field>,
    procedures: Vec<Procedure>,
    frequency: Frequency,
    surveys: Vec<Arc<RunningSurvey>>,
    touchpoints: BTreeMap<String, Touchpoint>,
    instruments: BTreeMap<(String, u32), Arc<QuestionSet>>,
    recordings: Vec<Recording>,
    reviews: Vec<Review>,
}

/// Everything of every tenant.
#[derive(Debug, Default)]
pub struct Registry {
    /// What the database called this state.
    pub revision: String,
    provinces: BTreeMap<Tenant, Arc<Province>>,
}

impl Registry {
    /// Reads everything.
    ///
    /// # Errors
    /// Where the database is away, or a stored instrument is none.
    pub async fn read(store: &Store) -> Result<Self, UsecaseError> {
        let revision = store.revision().await?;
        let mut provinces = BTreeMap::new();
        for (tenant, root) in store.tenants().await? {
            provinces.insert(tenant, Arc::new(Province::read(store, tenant, root).await?));
        }
        Ok(Self { revision, provinces })
    }

    /// The tenant with this tag.
    #[must_use]
    pub fn province(&self, tenant: Tenant) -> Option<&Arc<Province>> {
        self.provinces.get(&tenant)
    }

    /// All tenants.
    pub fn provinces(&self) -> impl Iterator<Item = &Arc<Province>> {
        self.provinces.values()
    }

    /// The tenant that is meant where none is named: the only one.
    #[must_use]
    pub fn only(&self) -> Option<&Arc<Province>> {
        let mut all = self.provinces.values();
        all.next().filter(|_| all.next().is_none())
    }
}

impl Province {
    async fn read(store: &Store, tenant: Tenant, root: UnitId) -> Result<Self, UsecaseError> {
        let units = store.units(tenant).await?;
        let mut instruments = BTreeMap::new();
        for (code, version, document) in store.instruments(tenant).await? {
            let instrument = Instrument::read(&document)
                .map_err(|_| UsecaseError::Damaged(format!("instrument {code} version {version}")))?;
            instruments.insert((code, version), Arc::new(QuestionSet::new(instrument)));
        }
        let mut members: HashMap<SurveyId, HashSet<UnitId>> = HashMap::new();
        for (survey, unit) in store.survey_units(tenant).await? {
            members.entry(survey).or_default().insert(unit);
        }
        let mut surveys = Vec::new();
        for survey in store.surveys(tenant).await? {
            let key = (survey.instrument.clone(), survey.instrument_version);
            let questions = instruments.get(&key).cloned();
            let questions =
                questions.ok_or_else(|| UsecaseError::Damaged(format!("survey {}", survey.code)))?;
            let units = members.remove(&survey.id).unwrap_or_default();
            surveys.push(Arc::new(RunningSurvey { survey, questions, units }));
        }
        let touchpoints = store.touchpoints(tenant).await?;
        Ok(Self {
            tenant,
            root,
            order: units.iter().map(|unit| unit.id).collect(),
            units: units.into_iter().map(|unit| (unit.id, unit)).collect(),
            lineage: Lineage::new(store.successions(tenant).await?),
            fields: store.fields(tenant).await?,
            procedures: store.procedures(tenant).await?,
            frequency: Frequency::of(store.field_counts(tenant).await?),
            surveys,
            touchpoints: touchpoints.into_iter().map(|t| (t.token.to_string(), t)).collect(),
            instruments,
            recordings: store.recordings(tenant).await?,
            reviews: store.reviews(tenant).await?,
        })
    }

    /// A unit by its id.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// All units in the official order.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.order.iter().filter_map(|id| self.units.get(id))
    }

    /// A unit and everything below it.
    #[must_use]
    pub fn subtree(&self, top: UnitId) -> Vec<UnitId> {
        let mut inside = vec![top];
        let mut at = 0;
        while let Some(parent) = inside.get(at).copied() {
            inside.extend(self.units().filter(|u| u.parent == Some(parent)).map(|u| u.id));
            at += 1;
        }
        inside
    }

    /// All surveys, newest first.
    #[must_use]
    pub fn surveys(&self) -> &[Arc<RunningSurvey>] {
        &self.surveys
    }

    /// A survey by its code.
    #[must_use]
    pub fn survey(&self, code: &str) -> Option<&Arc<RunningSurvey>> {
        self.surveys.iter().find(|s| s.survey.code == code)
    }

    /// A survey by its id.
    #[must_use]
    pub fn survey_by_id(&self, id: SurveyId) -> Option<&Arc<RunningSurvey>> {
        self.surveys.iter().find(|s| s.survey.id == id)
    }

    /// The newest version of an instrument, or the one named.
    #[must_use]
    pub fn instrument(&self, code: &str, version: Option<u32>) -> Option<&Arc<QuestionSet>> {
        self.instruments
            .iter()
            .rev()
            .find(|((c, v), _)| c == code && version.is_none_or(|version| *v == version))
            .map(|(_, set)| set)
    }

    /// All question sets, by code and version.
    pub fn instruments(&self) -> impl Iterator<Item = &Arc<QuestionSet>> {
        self.instruments.values()
    }

    /// The recordings of a question set in a language.
    pub fn recordings(&self, spoken: &Spoken) -> impl Iterator<Item = &Recording> {
        self.recordings.iter().filter(move |recording| recording.spoken == *spoken)
    }

    /// Who has found the texts of a question set in a language right; `None` while nobody has.
    #[must_use]
    pub fn review(&self, spoken: &Spoken) -> Option<&Review> {
        self.reviews.iter().find(|review| review.spoken == *spoken)
    }

    /// The touchpoint of a token.
    #[must_use]
    pub fn touchpoint(&self, token: &Token) -> Option<&Touchpoint> {
        self.touchpoints.get(&token.to_string())
    }

    /// The touchpoint with an id.
    #[must_use]
    pub fn touchpoint_by_id(&self, id: TouchpointId) -> Option<&Touchpoint> {
        self.touchpoints.values().find(|t| t.id == id)
    }

    /// All touchpoints, in the order of their tokens.
    pub fn touchpoints(&self) -> impl Iterator<Item = &Touchpoint> {
        self.touchpoints.values()
    }
}
