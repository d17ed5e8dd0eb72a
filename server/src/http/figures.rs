//! Pages of figures: `/a/{unit}` and `/p/{province}`.

use crate::failure::Failure;
use crate::http::admin::units::candidates;
use crate::http::page::{Reader, html};
use crate::http::query::Query;
use crate::state::{AppState, Shared};
use app::console::{render_agency, render_province};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::period::{Month, Period};
use domain::report::Order;
use domain::unit::{Unit, UnitKind};
use usecase::figures::{ProvinceView, Question, read_agency, read_province};
use usecase::office::{DEMO_START, parse_day};
use usecase::registry::UnitNotFound;

pub(super) fn question(query: &Query) -> Result<Question, Failure> {
    let receiving = match query.get("as") {
        None | Some("deciding") => false,
        Some("receiving") => true,
        Some(other) => return Err(Failure::bad_value("as", other)),
    };
    // Any month serves to see whether the text is a period at all.
    if let Some(text) = query.get("period")
        && Period::parse(text, Month::of(DEMO_START)).is_err()
    {
        return Err(Failure::bad_value("period", text));
    }
    Ok(Question {
        survey: query.get("survey").map(str::to_owned),
        period: query.get("period").map(str::to_owned),
        trust: query.word("trust")?,
        release: query.word("release")?,
        receiving,
    })
}

/// A unit named as in URLs: `31825@2025-07-01`, or its code alone: on the last day of the survey that
/// the address names, else today.
pub(super) fn unit_named<'a>(
    state: &AppState,
    reader: &'a Reader,
    text: &str,
) -> Result<&'a Unit, UnitNotFound> {
    let province = &reader.province;
    let survey = reader.query.get("survey").and_then(|code| province.survey(code));
    let then = survey.and_then(|survey| survey.survey.to.last_day());
    let then = then.and_then(|day| province.unit_by_code(text, day).ok());
    then.map_or_else(|| province.unit_by_code(text, state.office.today()), Ok)
}

/// `GET /a/{unit}`.
pub async fn agency(State(state): State<Shared>, Path(unit): Path<String>, reader: Reader) -> Response {
    let unit = match unit_named(&state, &reader, &unit) {
        Ok(unit) => unit,
        Err(error) => return candidates(&state, &reader, &error, "/a"),
    };
    match draw_agency(&state, &reader, unit).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw_agency(state: &Shared, reader: &Reader, unit: &Unit) -> Result<String, Failure> {
    if !reader.scope.covers(unit.id) {
        return Err(Failure::Forbidden);
    }
    let question = question(&reader.query)?;
    let report = read_agency(&state.office, &reader.province, &reader.scope, unit, &question).await;
    let report = report.map_err(|error| Failure::from_error(&error, state))?;
    Ok(render_agency(&report, &reader.frame(state)))
}

/// `GET /p/{province}`.
pub async fn province(State(state): State<Shared>, Path(code): Path<String>, reader: Reader) -> Response {
    match draw_province(&state, &reader, &code).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw_province(state: &Shared, reader: &Reader, code: &str) -> Result<String, Failure> {
    let unit = unit_named(state, reader, code).map_err(|_| Failure::NotFound)?;
    if unit.id != reader.province.root {
        return Err(Failure::NotFound);
    }
    if !reader.scope.covers_the_province() {
        return Err(Failure::Forbidden);
    }
    let question = question(&reader.query)?;
    let view = view(&reader.query)?;
    let report = read_province(&state.office, &reader.province, &reader.scope, &question, &view).await;
    let report = report.map_err(|error| Failure::from_error(&error, state))?;
    Ok(render_province(&report, &reader.frame(state)))
}

/// How the units are to be shown.
fn view(query: &Query) -> Result<ProvinceView, Failure> {
    let order = match query.get("sort") {
        None | Some("official") => Order::Official,
        Some("index") => Order::ByIndex,
        Some("name") => Order::ByName,
        Some(other) => return Err(Failure::bad_value("sort", other)),
    };
    let day = |text: &str| parse_day(text).ok_or_else(|| Failure::bad_value("as_of", text));
    Ok(ProvinceView {
        kind: query.word::<UnitKind>("kind")?,
        order,
        field: query.get("field").map(str::to_owned),
        as_of: query.get("as_of").map(day).transpose()?,
    })
}
