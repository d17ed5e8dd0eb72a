//! What every request needs to know of units, surveys, instruments and touchpoints: one snapshot in
//! memory, replaced when the database says that something changed.

use crate::error::UsecaseError;
use domain::id::{SurveyId, Tenant, TouchpointId, UnitId};
use domain::instrument::Instrument;
use domain::period::Month;
use domain::submission::FieldChoice;
use domain::survey::Survey;
use domain::tally::Layout;
use domain::touchpoint::{Token, Touchpoint};
use domain::unit::{Unit, UnitKind};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use store::Store;
use store::unit::Field;
use time::Date;

/// How many fields a counter offers by name.
const OFFERED_FIELDS: usize = 8;

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
    fields: Vec<Field>,
    surveys: Vec<Arc<RunningSurvey>>,
    touchpoints: BTreeMap<String, Touchpoint>,
    instruments: BTreeMap<(String, u32), Arc<QuestionSet>>,
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

/// Why a code names no unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnitNotFound {
    /// No unit ever had it on that day.
    #[error("no unit has the code {code} on {on}")]
    Unknown {
        /// The code.
        code: String,
        /// The day.
        on: Date,
    },
    /// Several have it.
    #[error("the code {code} means several units on {on}: {candidates}")]
    Ambiguous {
        /// The code.
        code: String,
        /// The day.
        on: Date,
        /// Their names.
        candidates: String,
    },
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
            fields: store.fields(tenant).await?,
            surveys,
            touchpoints: touchpoints.into_iter().map(|t| (t.token.to_string(), t)).collect(),
            instruments,
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

    /// The unit that has a code on a day.
    ///
    /// # Errors
    /// [`UnitNotFound`] where none has it, or several.
    pub fn unit_by_code(&self, code: &str, on: Date) -> Result<&Unit, UnitNotFound> {
        let found: Vec<&Unit> = self.units().filter(|u| u.code == code && u.is_valid_on(on)).collect();
        match found.as_slice() {
            [one] => Ok(one),
            [] => Err(UnitNotFound::Unknown { code: code.chars().take(40).collect(), on }),
            many => Err(UnitNotFound::Ambiguous {
                code: code.to_owned(),
                on,
                candidates: many.iter().map(|u| u.name.vi.as_str()).collect::<Vec<_>>().join("; "),
            }),
        }
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

    /// The committee or department that a unit belongs to: itself, or the nearest one above. A
    /// centre is an office of its commune's committee.
    #[must_use]
    pub fn committee(&self, unit: UnitId) -> Option<&Unit> {
        let mut at = self.unit(unit)?;
        for _ in 0..8 {
            if matches!(
                at.kind,
                UnitKind::Commune | UnitKind::Department | UnitKind::District | UnitKind::Province
            ) {
                return Some(at);
            }
            at = self.unit(at.parent?)?;
        }
        None
    }

    /// Who decided, given where the dossier was handed in and what it was about. With "other",
    /// "I don't remember" or a mere enquiry it is the counter's own committee.
    #[must_use]
    pub fn deciding(&self, receiving: UnitId, field: Option<&str>) -> Option<UnitId> {
        let committee = self.committee(receiving)?;
        let line = self.fields.iter().find(|f| Some(f.code.as_str()) == field && f.level == committee.kind);
        Some(line.and_then(|f| f.deciding).unwrap_or(committee.id))
    }

    /// The fields that a counter offers by name, the most frequent first.
    #[must_use]
    pub fn offered_fields(&self, receiving: UnitId) -> Vec<FieldChoice> {
        let Some(committee) = self.committee(receiving) else { return Vec::new() };
        let here = self.fields.iter().filter(|f| f.level == committee.kind);
        here.take(OFFERED_FIELDS)
            .map(|f| FieldChoice { code: f.code.clone(), name: f.name.clone() })
            .collect()
    }

    /// All lines of the table of fields.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
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

    /// Which survey a touchpoint shows on a day: the newest open one about its unit or the
    /// committee of its unit.
    #[must_use]
    pub fn survey_at(&self, touchpoint: &Touchpoint, on: Date) -> SurveyAt<'_> {
        let month = Month::of(on);
        let committee = self.committee(touchpoint.unit).map(|u| u.id);
        let about = |s: &&Arc<RunningSurvey>| {
            !s.questions.instrument.pages.is_empty()
                && (s.units.contains(&touchpoint.unit) || committee.is_some_and(|id| s.units.contains(&id)))
        };
        let mut here = self.surveys.iter().filter(about);
        let open =
            |s: &&Arc<RunningSurvey>| !s.survey.closed && s.survey.from <= month && month <= s.survey.to;
        if let Some(survey) = here.clone().find(open) {
            return SurveyAt::Open(survey);
        }
        let coming = here.clone().filter(|s| !s.survey.closed && s.survey.from > month);
        match coming.map(|s| s.survey.from).min() {
            Some(from) => SurveyAt::NotYet(from),
            None if here.next().is_some() => SurveyAt::Closed,
            None => SurveyAt::Nothing,
        }
    }
}

/// What a touchpoint shows on a day.
#[derive(Debug, Clone, Copy)]
pub enum SurveyAt<'a> {
    /// This survey.
    Open(&'a Arc<RunningSurvey>),
    /// One that opens in a later month.
    NotYet(Month),
    /// One that is over.
    Closed,
    /// There was never one.
    Nothing,
}
