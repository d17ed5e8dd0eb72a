//! What a touchpoint shows.

use super::{Province, RunningSurvey};
use domain::id::UnitId;
use domain::instrument::Population;
use domain::period::Month;
use domain::touchpoint::{Token, Touchpoint};
use std::sync::Arc;
use time::Date;

impl Province {
    /// The touchpoint of a token as it stands on a day: at the unit that has the whole work of the one
    /// it was printed for. After a division it stays where it was.
    #[must_use]
    pub fn touchpoint_on(&self, token: &Token, on: Date) -> Option<Touchpoint> {
        let touchpoint = self.touchpoint(token)?;
        Some(Touchpoint { unit: self.lineage.heir(touchpoint.unit, on), ..touchpoint.clone() })
    }

    /// Whether a survey is about a unit: itself, or one that went into it whole, for a survey outlives
    /// a reorganisation.
    #[must_use]
    pub fn is_about(&self, survey: &RunningSurvey, unit: UnitId) -> bool {
        survey.units.contains(&unit) || self.lineage.merged(unit).iter().any(|one| survey.units.contains(one))
    }

    /// Which survey a counter shows on a day: the newest open one of users of services about it or its
    /// committee. A survey of residents is never shown to whoever comes by.
    #[must_use]
    pub fn survey_at(&self, counter: UnitId, on: Date) -> SurveyAt<'_> {
        self.survey_for(counter, on, Population::Users)
    }

    /// The newest open survey of a population about a unit or its committee.
    #[must_use]
    pub fn survey_for(&self, counter: UnitId, on: Date, population: Population) -> SurveyAt<'_> {
        let month = Month::of(on);
        let committee = self.committee(counter).map(|u| u.id);
        let about = |s: &&Arc<RunningSurvey>| {
            let instrument = &s.questions.instrument;
            instrument.is_asked()
                && instrument.population == population
                && (self.is_about(s, counter) || committee.is_some_and(|id| self.is_about(s, id)))
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
