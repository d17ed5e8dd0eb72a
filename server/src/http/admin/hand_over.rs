//! `/help`: a helper chooses who and where, and hands the tablet over.

use super::answer;
use super::form::Filled;
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{AssistPage, AssistProblem, UnitChoice, render_assist};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::UnitId;
use domain::language::Language;
use domain::right::Right;
use domain::survey::{Helper, Mode};
use usecase::help::{Help, places};
use usecase::registry::SurveyAt;

/// `GET /help`.
pub async fn ask_help(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw(&state, &reader, StatusCode::OK, None);
    answer(&state, &reader, page)
}

pub(super) fn let_help(reader: &Reader) -> Result<(), Failure> {
    if reader.principal.role.may(Right::HelpAnswer) { Ok(()) } else { Err(Failure::Forbidden) }
}

fn draw(
    state: &Shared,
    reader: &Reader,
    status: StatusCode,
    asked: Option<(&Filled, AssistProblem)>,
) -> Result<Response, Failure> {
    let_help(reader)?;
    let units = places(&state.office, &reader.province, &reader.principal);
    let choice = |unit: &UnitId| {
        let unit = reader.province.unit(*unit)?;
        Some(UnitChoice { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind })
    };
    let typed = |name: &str| asked.map(|(filled, _)| filled.short(name, 60)).unwrap_or_default();
    let page = AssistPage {
        units: units.iter().filter_map(choice).collect(),
        typed: ["unit", "helper", "language"].map(typed),
        problem: asked.map(|(_, problem)| problem),
        demo: state.office.is_demo(),
    };
    Ok(html(status, render_assist(&page, &reader.frame(state))))
}

/// `POST /help`: to the form, for whoever is helped.
pub async fn hand_over(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = open(&state, &reader, &body);
    answer(&state, &reader, page)
}

fn open(state: &Shared, reader: &Reader, body: &[u8]) -> Result<Response, Failure> {
    let_help(reader)?;
    let filled = Filled::read(body)?;
    if filled.get("go") != "hand-over" {
        return Err(Failure::bad_value("go", filled.get("go")));
    }
    let language: Language = filled.word("language")?;
    let again = |problem| draw(state, reader, StatusCode::UNPROCESSABLE_ENTITY, Some((&filled, problem)));
    let unit = reader.province.unit_by_code(filled.get("unit"), state.office.today()).map(|unit| unit.id);
    let Ok(unit) = unit else { return again(AssistProblem::Unit) };
    let Ok(helper) = filled.get("helper").parse::<Helper>() else { return again(AssistProblem::Helper) };
    let form = form_at(state, reader, unit, (Mode::Assisted, Some(helper)));
    form.map_or_else(|| again(AssistProblem::Unit), |path| Ok(to(&path, language)))
}

/// The address of a fresh form for somebody who is helped at one of the helper's places.
pub(super) fn form_at(
    state: &Shared,
    reader: &Reader,
    unit: UnitId,
    how: (Mode, Option<Helper>),
) -> Option<String> {
    let office = &state.office;
    if !places(office, &reader.province, &reader.principal).contains(&unit) {
        return None;
    }
    let SurveyAt::Open(survey) = reader.province.survey_at(unit, office.today()) else { return None };
    let help = Help::new(office, &reader.principal, survey, unit, how);
    Some(format!("/s/{}", help.write(&office.keys, &office.chance)))
}

pub(super) fn to(path: &str, language: Language) -> Response {
    Redirect::to(&format!("{path}?lang={}", language.code())).into_response()
}
