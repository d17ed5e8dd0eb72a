//! `/admin/surveys/{code}`: what a survey holds; its last month, closing it and opening it again.

use super::form::Filled;
use super::languages::{has_khmer, review_of};
use super::surveys::state_of;
use super::{answer, go_to, is_shown_at, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{SurveyDone, SurveyPage, render_survey};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::new_survey::TermFault;
use domain::period::Month;
use domain::report::UnitName;
use domain::tally::layout::items_of;
use usecase::UsecaseError;
use usecase::open_survey::close_survey;
use usecase::registry::RunningSurvey;
use usecase::survey_term::{reopen_survey, set_last_month};

/// `GET /admin/surveys/{code}`.
pub async fn survey(State(state): State<Shared>, Path(code): Path<String>, reader: Reader) -> Response {
    let page = let_read(&reader).and_then(|()| {
        let running = reader.province.survey(&code).ok_or(Failure::NotFound)?;
        let done = done_of(&reader)?;
        let page = SurveyPage { done, ..page(&state, &reader, running) };
        Ok(html(StatusCode::OK, render_survey(&page, &reader.frame(&state))))
    });
    answer(&state, &reader, page)
}

/// `POST /admin/surveys/{code}`.
pub async fn change_survey(
    State(state): State<Shared>,
    Path(code): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let page = change(&state, &reader, &code, &body).await;
    answer(&state, &reader, page)
}

async fn change(state: &Shared, reader: &Reader, code: &str, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let running = reader.province.survey(code).ok_or(Failure::NotFound)?.clone();
    let (office, tenant, who) = (&state.office, reader.province.tenant, &reader.principal.name);
    let typed = filled.short("to", 40);
    let (done, result) = match filled.get("go") {
        "extend" => (
            "extend",
            match typed.parse::<Month>() {
                Ok(to) => set_last_month(office, tenant, who, (code, to)).await,
                Err(_) => Err(TermFault::NotAMonth.into()),
            },
        ),
        "reopen" => ("reopen", reopen_survey(office, tenant, who, code).await),
        "close" => (
            "close",
            match close_survey(office, tenant, code).await {
                Ok(true) => office.note(tenant, who, "survey-close", code).await,
                Ok(false) => Ok(()),
                Err(error) => Err(error),
            },
        ),
        other => return Err(Failure::bad_value("go", other)),
    };
    match result {
        Ok(()) => Ok(go_to(reader, &format!("/admin/surveys/{code}"), done)),
        Err(UsecaseError::Term(fault)) => {
            let page = SurveyPage { fault: Some((fault, typed)), ..page(state, reader, &running) };
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, render_survey(&page, &reader.frame(state))))
        }
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

fn done_of(reader: &Reader) -> Result<Option<SurveyDone>, Failure> {
    let Some(word) = reader.query.get("done") else { return Ok(None) };
    let opened = word.strip_prefix("open-").and_then(|n| n.parse().ok()).map(SurveyDone::Opened);
    let done = opened.or(match word {
        "extend" => Some(SurveyDone::Moved),
        "close" => Some(SurveyDone::Closed),
        "reopen" => Some(SurveyDone::Reopened),
        _ => None,
    });
    done.map(Some).ok_or_else(|| Failure::bad_value("done", word))
}

fn page(state: &Shared, reader: &Reader, running: &RunningSurvey) -> SurveyPage {
    let (office, province) = (&state.office, &reader.province);
    let survey = &running.survey;
    let today = office.today();
    let inside = province.units().filter(|unit| running.units.contains(&unit.id));
    let units = inside.map(|unit| UnitName {
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
        may_open: true,
    });
    SurveyPage {
        survey: survey.clone(),
        state: state_of(running, Month::of(today)),
        instrument: running.questions.instrument.title.clone(),
        items: items_of(&running.questions.instrument).count() as u64,
        units: units.collect(),
        places: province.touchpoints().filter(|t| !t.revoked && is_shown_at(running, province, t)).count()
            as u64,
        over: survey.ended || survey.ends_on().is_none_or(|end| today >= end),
        may_change: may_change(reader),
        done: None,
        fault: None,
        khmer: has_khmer(running).then(|| review_of(province, running)),
        demo: office.is_demo(),
    }
}
