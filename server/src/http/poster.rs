//! Posters: the list of places, the sheet to print, the drawing to send to a printer's shop.

use super::admin::{in_order, is_shown_at};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::{AppState, Shared};
use app::console::{
    Poster, PosterPlace, PosterPlaces, SheetSize, poster_svg, render_poster, render_poster_places,
    render_posters,
};
use app::parts::qr::QrModules;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::survey::Mode;
use domain::touchpoint::{Places, Token, Touchpoint};
use usecase::UsecaseError;
use usecase::poster::{Strength, draw_qr};
use usecase::registry::Province;

/// `GET /admin/posters?survey=`.
pub async fn places(State(state): State<Shared>, reader: Reader) -> Response {
    if !reader.scope.covers_the_province() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let survey = match reader.query.get("survey") {
        Some(code) => reader.province.survey(code),
        None => reader.province.surveys().first(),
    };
    let Some(survey) = survey else { return reader.fail(&state, &Failure::NotFound) };
    // A tablet opens its page by itself; only posters are printed.
    let printed = reader.province.touchpoints().filter(|t| t.mode == Mode::Poster);
    let here = printed.filter(|t| is_shown_at(survey, &reader.province, t));
    let mut places: Vec<(u32, PosterPlace)> = here.filter_map(|t| place(&reader.province, t)).collect();
    places.sort_by(|a, b| (a.0, &a.1.token).cmp(&(b.0, &b.1.token)));
    let page = PosterPlaces {
        survey: survey.survey.code.clone(),
        survey_name: survey.survey.name.clone(),
        demo: state.office.is_demo(),
        places: places.into_iter().map(|(_, place)| place).collect(),
    };
    html(StatusCode::OK, render_poster_places(&page, &reader.frame(&state)))
}

fn place(province: &Province, touchpoint: &Touchpoint) -> Option<(u32, PosterPlace)> {
    let unit = province.unit(touchpoint.unit)?;
    let place = PosterPlace {
        token: touchpoint.token.to_string(),
        unit: unit.name.clone(),
        address: unit.address.clone(),
        mode: touchpoint.mode.clone(),
        version: touchpoint.version,
        revoked: touchpoint.revoked,
    };
    Some((unit.ordinal, place))
}

/// `GET /admin/posters/{token}` and `GET /admin/posters/{token}.svg`.
pub async fn sheet(State(state): State<Shared>, Path(name): Path<String>, reader: Reader) -> Response {
    if !reader.scope.covers_the_province() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let (token, is_svg) = name.strip_suffix(".svg").map_or((name.as_str(), false), |token| (token, true));
    let touchpoint =
        token.parse::<Token>().ok().and_then(|token| reader.province.touchpoint(&token).cloned());
    let Some(touchpoint) = touchpoint else { return reader.fail(&state, &Failure::NotFound) };
    let size = match size_of(&reader) {
        Ok(size) => size,
        Err(failure) => return reader.fail(&state, &failure),
    };
    match poster_of(&state, &reader.province, &touchpoint, size) {
        Ok(poster) if is_svg => {
            let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"))];
            (kind, poster_svg(&poster)).into_response()
        }
        Ok(poster) => html(StatusCode::OK, render_poster(&poster, &reader.frame(&state))),
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

/// `GET /admin/posters/print?size=&places=`: every poster of the places that are meant, one a page;
/// with `save=1` as one file that stands alone.
pub async fn many(State(state): State<Shared>, reader: Reader) -> Response {
    match draw_many(&state, &reader) {
        Ok(response) => response,
        Err(failure) => reader.fail(&state, &failure),
    }
}

fn draw_many(state: &AppState, reader: &Reader) -> Result<Response, Failure> {
    if !reader.scope.covers_the_province() {
        return Err(Failure::Forbidden);
    }
    let size = size_of(reader)?;
    let places: Places = reader.query.word("places")?.unwrap_or(Places::All);
    let posters = in_order(&reader.province, places).into_iter().filter(|t| t.mode == Mode::Poster);
    let posters: Result<Vec<Poster>, UsecaseError> =
        posters.map(|touchpoint| poster_of(state, &reader.province, touchpoint, size)).collect();
    let posters = posters.map_err(|error| Failure::from_error(&error, state))?;
    let frame = reader.frame(state);
    if reader.query.get("save").is_none() {
        return Ok(html(StatusCode::OK, render_posters(&posters, size, &frame, None)));
    }
    let style = site::find(site::CONSOLE_CSS).and_then(|sheet| std::str::from_utf8(sheet.identity).ok());
    let mut response =
        html(StatusCode::OK, render_posters(&posters, size, &frame, Some(style.unwrap_or_default())));
    let name = format!("attachment; filename=\"ap-phich-{places}-{}.html\"", size.code());
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn size_of(reader: &Reader) -> Result<SheetSize, Failure> {
    match reader.query.get("size") {
        None => Ok(SheetSize::A4),
        Some(code) => SheetSize::from_code(code).ok_or_else(|| Failure::bad_value("size", code)),
    }
}

/// The poster of a touchpoint.
///
/// # Errors
/// Where the public address does not fit a QR code.
pub fn poster_of(
    state: &AppState,
    province: &Province,
    touchpoint: &Touchpoint,
    size: SheetSize,
) -> Result<Poster, UsecaseError> {
    let damaged = || UsecaseError::Damaged("the unit of a touchpoint".into());
    let unit = province.unit(touchpoint.unit).ok_or_else(damaged)?;
    let root = province.unit(province.root).ok_or_else(damaged)?;
    let address = state.address_of(touchpoint);
    let strength = if size == SheetSize::Slip { Strength::Slip } else { Strength::Poster };
    let qr = draw_qr(&address, strength)?;
    Ok(Poster {
        unit: unit.name.vi.clone(),
        address: unit.address.clone(),
        phone: unit.phone.clone().or_else(|| root.phone.clone()),
        province: root.name.vi.clone(),
        public_domain: state.public_domain(),
        short_url: address.split_once("://").map_or(address.clone(), |(_, rest)| rest.to_owned()),
        token: touchpoint.token.to_string(),
        version: touchpoint.version,
        date: state.office.today(),
        qr: QrModules { width: qr.width, dark: qr.dark },
        size,
        demo: state.office.is_demo(),
    })
}
