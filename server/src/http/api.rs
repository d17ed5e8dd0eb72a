//! `/api/v1`: what other systems ask for with a key. JSON in, JSON out; what is wrong is named by its
//! place in the body. No cookie opens anything here.

use crate::failure::Failure;
use crate::http::slip::address_of;
use crate::state::{AppState, Shared};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::code::Written;
use domain::id::Tenant;
use domain::survey::{Channel, Mode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use usecase::UsecaseError;
use usecase::api_key::{Holder, recognise_key};
use usecase::code::{Drawn, MOST_AT_ONCE, Wish, close_for_dossiers, issue_for_dossiers};
use usecase::office::write_day;
use usecase::registry::Province;

/// Why a call was not done.
struct Refusal {
    status: StatusCode,
    /// Where in the body, such as `dossiers[3].field`.
    at: Option<String>,
    says: String,
}

impl Refusal {
    fn new(status: StatusCode, says: impl Into<String>) -> Self {
        Self { status, at: None, says: says.into() }
    }

    fn at(place: String, says: impl Into<String>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, at: Some(place), says: says.into() }
    }

    fn of(error: &UsecaseError, state: &AppState) -> Self {
        match Failure::from_error(error, state) {
            Failure::Ours(number) => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("something failed here; it is in the log under {number}"),
            ),
            Failure::Forbidden => Self::new(StatusCode::FORBIDDEN, "this key may not do this"),
            failure => Self::new(failure.status(), error.to_string()),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.says, "at": self.at });
        let mut response = answer(self.status, &body);
        let headers = response.headers_mut();
        match self.status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response
    }
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, kind, body.to_string()).into_response()
}

/// Who asks; the key stands in `Authorization: Bearer …`.
async fn holder(state: &AppState, headers: &HeaderMap) -> Result<Holder, Refusal> {
    let none = || Refusal::new(StatusCode::UNAUTHORIZED, "send a key that works: Authorization: Bearer KEY");
    let written =
        headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, key) = written.split_once(' ').ok_or_else(none)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(none());
    }
    let found = recognise_key(&state.office, key.trim()).await;
    found.map_err(|error| Refusal::of(&error, state))?.ok_or_else(none)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let says = error.to_string();
        let says = says.split(" at line ").next().unwrap_or_default().to_owned();
        Refusal { status: StatusCode::BAD_REQUEST, at: Some(place), says }
    })
}

fn few(count: usize, what: &str) -> Result<(), Refusal> {
    if (1..=MOST_AT_ONCE).contains(&count) {
        return Ok(());
    }
    Err(Refusal::at(what.to_owned(), format!("from 1 to {MOST_AT_ONCE} at a time; there were {count}")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dossiers {
    dossiers: Vec<Dossier>,
}

/// What is to be known of a dossier: never its number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dossier {
    receiving_unit: String,
    deciding_unit: Option<String>,
    field: String,
    channel: String,
    by: Option<String>,
}

impl Dossier {
    fn wish(&self, at: usize, state: &AppState, province: &Province) -> Result<Wish, Refusal> {
        let place = |name: &str| format!("dossiers[{at}].{name}");
        let today = state.office.today();
        let unit = |name: &str, code: &str| {
            let found = province.unit_by_code(code, today);
            found.map(|unit| unit.id).map_err(|_| Refusal::at(place(name), "there is no such unit today"))
        };
        let receiving = unit("receiving_unit", &self.receiving_unit)?;
        let deciding = self.deciding_unit.as_deref().map(|code| unit("deciding_unit", code)).transpose()?;
        let channel: Channel = self
            .channel
            .parse()
            .map_err(|_| Refusal::at(place("channel"), "in-person, online, post or other"))?;
        let mode = match self.by.as_deref() {
            None => None,
            Some("slip") => Some(Mode::Slip),
            Some("link") => Some(Mode::Link),
            Some(_) => return Err(Refusal::at(place("by"), "slip or link")),
        };
        Wish::new(province, (receiving, deciding), &self.field, (channel, mode))
            .map_err(|_| Refusal::at(place("field"), "the level of this unit has no such field"))
    }
}

/// `POST /api/v1/codes`: a code for each dossier.
pub async fn issue(State(state): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    draw(&state, &headers, &body).await.unwrap_or_else(IntoResponse::into_response)
}

async fn draw(state: &AppState, headers: &HeaderMap, body: &[u8]) -> Result<Response, Refusal> {
    let holder = holder(state, headers).await?;
    let Dossiers { dossiers } = read(body)?;
    few(dossiers.len(), "dossiers")?;
    let failed = |error: UsecaseError| Refusal::of(&error, state);
    let province = state.office.province(holder.tenant).map_err(failed)?;
    let wishes: Result<Vec<Wish>, Refusal> =
        dossiers.iter().enumerate().map(|(at, dossier)| dossier.wish(at, state, &province)).collect();
    let drawn = issue_for_dossiers(&state.office, &holder, &wishes?).await.map_err(failed)?;
    let codes: Vec<_> = drawn.iter().map(|one| written(one, state)).collect();
    Ok(answer(StatusCode::CREATED, &json!({ "codes": codes })))
}

/// The columns of a file of codes.
fn written(drawn: &Drawn, state: &AppState) -> serde_json::Value {
    json!({
        "code": drawn.code.to_string(),
        "typed": drawn.code.typed().to_string(),
        "url": address_of(&state.public_url, &drawn.code),
        "valid_through": drawn.through.last_day().map(write_day),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    codes: Vec<String>,
}

/// `POST /api/v1/codes/close`: the dossiers of these codes are closed, refused or withdrawn.
pub async fn close(State(state): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    set(&state, &headers, &body).await.unwrap_or_else(IntoResponse::into_response)
}

async fn set(state: &AppState, headers: &HeaderMap, body: &[u8]) -> Result<Response, Refusal> {
    let holder = holder(state, headers).await?;
    let Codes { codes } = read(body)?;
    few(codes.len(), "codes")?;
    let codes: Result<Vec<Written>, Refusal> =
        codes.iter().enumerate().map(|(at, code)| code_of(at, code, holder.tenant)).collect();
    let closed = close_for_dossiers(&state.office, &holder, &codes?).await;
    let closed = closed.map_err(|error| Refusal::of(&error, state))?;
    let through = closed.through.last_day().map(write_day);
    Ok(answer(StatusCode::OK, &json!({ "set": closed.set, "gone": closed.gone, "valid_through": through })))
}

/// The code is not repeated in what is said: it may be one with a letter wrong.
fn code_of(at: usize, code: &str, tenant: Tenant) -> Result<Written, Refusal> {
    match Written::read(code, Some(tenant)) {
        Ok(code) if code.tenant() == tenant => Ok(code),
        Ok(_) => Err(Refusal::at(format!("codes[{at}]"), "a code of another province")),
        Err(_) => Err(Refusal::at(format!("codes[{at}]"), "this is not a code")),
    }
}
