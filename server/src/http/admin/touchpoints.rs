//! `/admin/touchpoints`: all places, and making what is missing in one step.

use super::form::Filled;
use super::{answer, go_to, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{TouchpointLine, TouchpointsPage, render_touchpoints};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Words;
use domain::period::Month;
use domain::survey::{Mode, Variant};
use domain::touchpoint::{Places, PosterState, Touchpoint};
use usecase::UsecaseError;
use usecase::registry::Province;
use usecase::touchpoint_check::{Looked, looked_at};
use usecase::touchpoints::{hang, is_of, places_without, units_of};

/// `GET /admin/touchpoints`.
pub async fn touchpoints(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw(&state, &reader).await;
    answer(&state, &reader, page)
}

async fn draw(state: &Shared, reader: &Reader) -> Result<Response, Failure> {
    let_read(reader)?;
    let places: Places = reader.query.word("show")?.unwrap_or(Places::Communes);
    let made = match reader.query.get("done") {
        None => None,
        Some(word) => Some(word.parse().map_err(|_| Failure::bad_value("done", word))?),
    };
    let page = page(state, reader, places, made).await;
    let page = page.map_err(|error| Failure::from_error(&error, state))?;
    Ok(html(StatusCode::OK, render_touchpoints(&page, &reader.frame(state))))
}

async fn page(
    state: &Shared,
    reader: &Reader,
    places: Places,
    made: Option<u64>,
) -> Result<TouchpointsPage, UsecaseError> {
    let (office, province) = (&state.office, &reader.province);
    let looked = looked_at(office, province, province.root).await?;
    let everywhere = units_of(office, province, Places::All);
    let days = office.store.touchpoint_days(province.tenant).await?;
    let year = office.today().year();
    let revoked = days.iter().filter(|d| d.revoked.is_some_and(|day| day.year() == year)).count();
    let trouble = looked.iter().filter_map(|one| {
        let state = one.check.as_ref()?.state;
        let name = name_of(province, &one.touchpoint)?;
        (state != PosterState::Fine).then(|| (one.touchpoint.token.to_string(), name, state))
    });
    let unseen = looked.iter().filter(|one| one.check.is_none());
    Ok(TouchpointsPage {
        lines: lines(province, places, &looked),
        places,
        in_use: province.touchpoints().filter(|t| !t.revoked).count() as u64,
        lacking: places_without(province, &everywhere, &Mode::Poster, Variant::Full).len() as u64,
        posters: looked.len() as u64,
        looked: looked.iter().filter(|one| one.check.is_some()).count() as u64,
        trouble: trouble.collect(),
        not_looked: unseen.filter_map(|one| name_of(province, &one.touchpoint)).collect(),
        revoked: revoked as u64,
        month: Month::of(office.today()),
        may_change: may_change(reader),
        made,
        demo: office.is_demo(),
    })
}

fn name_of(province: &Province, touchpoint: &Touchpoint) -> Option<Words> {
    province.unit(touchpoint.unit).map(|unit| unit.name.clone())
}

/// The touchpoints in use at the places that are meant, in official order.
pub(in crate::http) fn in_order(province: &Province, places: Places) -> Vec<&Touchpoint> {
    let mut here: Vec<&Touchpoint> =
        province.touchpoints().filter(|t| !t.revoked && is_of(province, t, places)).collect();
    let ordinal = |t: &Touchpoint| province.unit(t.unit).map_or(u32::MAX, |unit| unit.ordinal);
    here.sort_by_key(|t| (ordinal(t), t.token.to_string()));
    here
}

fn lines(province: &Province, places: Places, looked: &[Looked]) -> Vec<TouchpointLine> {
    let line = |touchpoint: &Touchpoint| {
        let unit = province.unit(touchpoint.unit)?;
        let found = looked.iter().find(|one| one.touchpoint.id == touchpoint.id);
        Some(TouchpointLine {
            token: touchpoint.token.to_string(),
            unit: unit.name.clone(),
            address: unit.address.clone(),
            mode: touchpoint.mode.clone(),
            version: touchpoint.version,
            found: found.and_then(|one| one.check.as_ref()).map(|check| check.state),
        })
    };
    in_order(province, places).into_iter().filter_map(line).collect()
}

/// `POST /admin/touchpoints`.
pub async fn make(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = make_missing(&state, &reader, &body).await;
    answer(&state, &reader, page)
}

async fn make_missing(state: &Shared, reader: &Reader, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let places: Places = filled.word("of")?;
    let variant: Variant = filled.word("variant")?;
    let mode: Mode = filled.word("mode")?;
    if !matches!(mode, Mode::Poster | Mode::Kiosk | Mode::Link) {
        return Err(Failure::bad_value("mode", filled.get("mode")));
    }
    let (office, province) = (&state.office, &reader.province);
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let lacking = places_without(province, &units_of(office, province, places), &mode, variant);
    let made = hang(office, province.tenant, &lacking, &mode, variant).await.map_err(failed)?;
    if made > 0 {
        let detail = format!("{places}: {made} of {mode} {variant}");
        let who = &reader.principal.name;
        office.note(province.tenant, who, "touchpoint-make", &detail).await.map_err(failed)?;
    }
    Ok(go_to(reader, "/admin/touchpoints", &made.to_string()))
}
