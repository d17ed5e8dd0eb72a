//! `/a/{unit}/posters`: a unit's own posters, and the monthly look at them.

use super::form::Filled;
use super::{answer, go_to};
use crate::failure::Failure;
use crate::http::figures::unit_named;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{OwnPoster, OwnPosters, render_own_posters};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::period::Month;
use domain::report::UnitName;
use domain::touchpoint::PosterState;
use domain::unit::Unit;
use usecase::UsecaseError;
use usecase::registry::Province;
use usecase::touchpoint_check::{Looked, looked_at, may_look, note_looks};

/// `GET /a/{unit}/posters`.
pub async fn own_posters(State(state): State<Shared>, Path(unit): Path<String>, reader: Reader) -> Response {
    let page = show(&state, &reader, &unit).await;
    answer(&state, &reader, page)
}

async fn show(state: &Shared, reader: &Reader, unit: &str) -> Result<Response, Failure> {
    let unit = named(state, reader, unit)?;
    let (office, province) = (&state.office, &reader.province);
    let posters = looked_at(office, province, unit.id).await;
    let posters = posters.map_err(|error| Failure::from_error(&error, state))?;
    let page = OwnPosters {
        unit: UnitName { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind, may_open: true },
        month: Month::of(office.today()),
        posters: posters.iter().filter_map(|looked| own(province, looked)).collect(),
        public_domain: state.public_domain(),
        may_look: may_look(&reader.principal, &reader.scope, unit.id),
        noted: reader.query.get("done") == Some("noted"),
        demo: office.is_demo(),
    };
    Ok(html(StatusCode::OK, render_own_posters(&page, &reader.frame(state))))
}

fn named<'a>(state: &Shared, reader: &'a Reader, unit: &str) -> Result<&'a Unit, Failure> {
    let unit = unit_named(state, reader, unit).map_err(|_| Failure::NotFound)?;
    if reader.scope.covers(unit.id) { Ok(unit) } else { Err(Failure::Forbidden) }
}

fn own(province: &Province, looked: &Looked) -> Option<OwnPoster> {
    let place = province.unit(looked.touchpoint.unit)?;
    Some(OwnPoster {
        token: looked.touchpoint.token.to_string(),
        place: place.name.clone(),
        version: looked.touchpoint.version,
        look: looked.check.as_ref().map(|check| (check.state, check.who.clone(), check.on)),
    })
}

/// `POST /a/{unit}/posters`.
pub async fn look(
    State(state): State<Shared>,
    Path(unit): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let page = note(&state, &reader, &unit, &body).await;
    answer(&state, &reader, page)
}

async fn note(state: &Shared, reader: &Reader, unit: &str, body: &[u8]) -> Result<Response, Failure> {
    let unit = named(state, reader, unit)?;
    if !may_look(&reader.principal, &reader.scope, unit.id) {
        return Err(Failure::Forbidden);
    }
    let filled = Filled::read(body)?;
    let mut found: Vec<(String, PosterState)> = Vec::new();
    for (token, word) in filled.beginning("state-") {
        let state = word.parse().map_err(|_| Failure::bad_value("state", word))?;
        found.push((token.to_owned(), state));
    }
    let path = format!("/a/{}/posters", unit.code);
    if found.is_empty() {
        return Ok(go_to(reader, &path, ""));
    }
    let (tenant, who) = (reader.province.tenant, &reader.principal.name);
    let noted = note_looks(&state.office, tenant, who, (unit.id, &found)).await;
    match noted {
        Ok(_) => Ok(go_to(reader, &path, "noted")),
        // Revoked while somebody was looking at it: the page shows what hangs there now.
        Err(UsecaseError::Unknown { .. }) => Ok(go_to(reader, &path, "")),
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}
