//! Breakdowns: `/a/{unit}/breakdown` and `/p/{province}/breakdown`, `?by=` a family.

use crate::failure::Failure;
use crate::http::figures::{question, unit_named};
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::render_breakdown;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use usecase::figures::read_breakdown;

/// `GET /a/{unit}/breakdown`.
pub async fn of_unit(State(state): State<Shared>, Path(unit): Path<String>, reader: Reader) -> Response {
    match draw(&state, &reader, &unit, false).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

/// `GET /p/{province}/breakdown`.
pub async fn of_province(State(state): State<Shared>, Path(code): Path<String>, reader: Reader) -> Response {
    match draw(&state, &reader, &code, true).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw(state: &Shared, reader: &Reader, code: &str, is_province: bool) -> Result<String, Failure> {
    let unit = unit_named(state, reader, code).map_err(|_| Failure::NotFound)?;
    if (unit.id == reader.province.root) != is_province {
        return Err(Failure::NotFound);
    }
    if !reader.scope.covers(unit.id) || (is_province && !reader.scope.covers_the_province()) {
        return Err(Failure::Forbidden);
    }
    let (question, family) = (question(&reader.query)?, reader.query.word("by")?);
    let report =
        read_breakdown(&state.office, &reader.province, &reader.scope, unit, &question, family).await;
    let report = report.map_err(|error| Failure::from_error(&error, state))?;
    Ok(render_breakdown(&report, &reader.frame(state)))
}
