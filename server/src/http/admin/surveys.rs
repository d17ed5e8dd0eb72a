//! `/admin/surveys`: the list.

use super::{is_shown_at, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{SurveyLine, SurveyState, Surveys, render_surveys};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::period::Month;
use domain::report::ReleaseStamp;
use store::StoreError;
use usecase::calendar;
use usecase::registry::RunningSurvey;

/// `GET /admin/surveys`.
pub async fn surveys(State(state): State<Shared>, reader: Reader) -> Response {
    if !reader.scope.covers_the_province() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    match page(&state, &reader).await {
        Ok(page) => html(StatusCode::OK, render_surveys(&page, &reader.frame(&state))),
        Err(error) => reader.fail(&state, &Failure::from_error(&error.into(), &state)),
    }
}

async fn page(state: &Shared, reader: &Reader) -> Result<Surveys, StoreError> {
    let office = &state.office;
    let province = &reader.province;
    let waiting = office.store.waiting(province.tenant).await?;
    let counted = office.store.waiting_counted_on(province.tenant).await?;
    let releases = office.store.releases(province.tenant).await?;
    let line = |running: &RunningSurvey| {
        let survey = &running.survey;
        let tens: i64 = waiting.iter().filter(|w| w.survey == survey.id).map(|w| w.tens).sum();
        SurveyLine {
            code: survey.code.clone(),
            name: survey.name.clone(),
            instrument: running.questions.instrument.title.clone(),
            version: survey.instrument_version,
            from: survey.from,
            to: survey.to,
            k: survey.k,
            state: state_of(running, Month::of(office.today())),
            waiting: counted.map(|_| tens.unsigned_abs()),
            places: province.touchpoints().filter(|t| is_shown_at(running, province, t)).count() as u64,
        }
    };
    Ok(Surveys {
        province: province.unit(province.root).map(|unit| unit.name.clone()).unwrap_or_default(),
        today: office.today(),
        demo: office.is_demo(),
        may_change: may_change(reader),
        surveys: province.surveys().iter().map(|survey| line(survey)).collect(),
        next_run: calendar::next_after(office.today()),
        release: releases.first().map(|release| ReleaseStamp {
            number: release.number.unsigned_abs(),
            dated: release.scheduled,
            head: release.hash.chars().take(12).collect(),
        }),
    })
}

/// How far a survey is.
pub(super) fn state_of(running: &RunningSurvey, month: Month) -> SurveyState {
    let survey = &running.survey;
    if survey.ended {
        SurveyState::Ended
    } else if survey.closed || survey.to < month {
        SurveyState::Closed
    } else if month < survey.from {
        SurveyState::NotYet
    } else {
        SurveyState::Open
    }
}
