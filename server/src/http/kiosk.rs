//! `/k/`: the tablet at the counter. The page is the same for all of them and holds no data; a tablet
//! proves with each message that it is the one that was paired.

mod config;
mod wire;

use crate::failure::Failure;
use crate::state::{AppState, Shared};
use app::i18n::kiosk::phrases;
use app::kiosk::{KioskAssets, WORKER, render_kiosk};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::device::{Device, DeviceFault};
use domain::language::Language;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use usecase::UsecaseError;
use usecase::keys::sha256;
use usecase::kiosk::{SYNCING, Screen, is_signed, pair as pair_device, screen, sync as sync_device};
use wire::{PairMessage, SyncMessage};

pub(super) use wire::id_of;

/// Scripts of ours, no frame, nothing from anywhere else.
const CSP: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; manifest-src 'self'; \
     connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; \
     object-src 'none'; frame-ancestors 'none'";
/// The signature of a message.
const SIGNATURE: &str = "x-hailong-signature";

/// What a tablet keeps in order to start without a network.
struct Shell {
    version: String,
    page: String,
    words: String,
    worker: String,
}

/// It changes with the program only.
static SHELL: LazyLock<Shell> = LazyLock::new(|| {
    let assets = KioskAssets {
        stylesheet: site::CONSOLE_CSS.to_owned(),
        script: site::KIOSK_JS.to_owned(),
        icon: site::ICON.to_owned(),
    };
    let page = render_kiosk(&assets);
    let mut words: Map<String, Value> = Language::ALL
        .into_iter()
        .map(|language| {
            let said = phrases(language).map(|(key, says)| (key.to_owned(), says.into()));
            (language.code().to_owned(), Value::Object(said.collect()))
        })
        .collect();
    let all = format!("{page}{}{MANIFEST}{WORKER}", Value::Object(words.clone()));
    let version = sha256(all.as_bytes())[..12].to_owned();
    words.insert("version".to_owned(), version.as_str().into());
    let files =
        ["/k/", "/k/words.json", "/k/manifest.webmanifest", site::CONSOLE_CSS, site::KIOSK_JS, site::ICON];
    let worker = format!("const VERSION = '{version}';\nconst FILES = {};\n{WORKER}", json!(files));
    Shell { version, page, words: Value::Object(words).to_string(), worker }
});

const MANIFEST: &str = r#"{"name":"Hài Lòng – ki‑ốt","short_name":"Hài Lòng","lang":"vi","id":"/k/","start_url":"/k/","scope":"/k/","display":"fullscreen","orientation":"any","icons":[{"src":"/k/icon.svg","sizes":"any","type":"image/svg+xml","purpose":"any"}]}"#;

/// The version of what tablets run.
#[must_use]
pub fn version() -> &'static str {
    &SHELL.version
}

fn file(kind: &'static str, body: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, body).into_response()
}

/// `GET /k`.
pub async fn lead() -> Redirect {
    Redirect::permanent("/k/")
}

/// `GET /k/`.
pub async fn page() -> Response {
    file("text/html; charset=utf-8", &SHELL.page)
}

/// `GET /k/words.json`.
pub async fn words() -> Response {
    file("application/json", &SHELL.words)
}

/// `GET /k/worker.js`.
pub async fn worker() -> Response {
    file("text/javascript; charset=utf-8", &SHELL.worker)
}

/// `GET /k/manifest.webmanifest`.
pub async fn manifest() -> Response {
    file("application/manifest+json", MANIFEST)
}

/// `GET /k/icon.svg`: an installed page keeps the address of its icon for years.
pub async fn icon() -> Response {
    let bytes = site::find(site::ICON).map(|asset| asset.identity).unwrap_or_default();
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-cache")], bytes).into_response()
}

/// `POST /k/pair`.
pub async fn pair(State(state): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let message = PairMessage::read(&body).zip(signature(&headers));
    let Some((message, signature)) = message else { return refuse(StatusCode::BAD_REQUEST) };
    match pair_device(&state.office, &message.secret, &message.key, &signature).await {
        Ok(device) => paired(&state, message.secret.tenant(), &device).await,
        Err(UsecaseError::Device(DeviceFault::Secret)) => refuse(StatusCode::GONE),
        Err(UsecaseError::Device(_)) => refuse(StatusCode::FORBIDDEN),
        Err(error) => fail(&state, &error),
    }
}

async fn paired(state: &AppState, tenant: domain::id::Tenant, device: &Device) -> Response {
    let shown = async {
        let province = state.office.province(tenant)?;
        let place = province.touchpoint_by_id(device.touchpoint);
        let place = place.ok_or_else(|| UsecaseError::Damaged("the place of a device".into()))?;
        let counter = province.lineage().heir(place.unit, state.office.today());
        let screen = screen(&state.office, &province, device, counter).await?;
        Ok::<_, UsecaseError>(config::config(&province, device, counter, &screen))
    };
    match shown.await {
        Ok(config) => {
            say(StatusCode::OK, &json!({ "device": wire::name_of(tenant, device.id), "config": config }))
        }
        Err(error) => fail(state, &error),
    }
}

/// `POST /k/sync`.
pub async fn sync(State(state): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let message = SyncMessage::read(&body).zip(signature(&headers));
    let Some((message, signature)) = message else { return refuse(StatusCode::BAD_REQUEST) };
    let device = match state.office.store.device(message.tenant, message.device).await {
        Ok(device) => device,
        Err(error) => return fail(&state, &error.into()),
    };
    let Some(device) = device else { return refuse(StatusCode::NOT_FOUND) };
    let is_its_own = device.public_key.is_some_and(|key| is_signed(&key, SYNCING, &body, &signature));
    if !is_its_own {
        return refuse(StatusCode::UNAUTHORIZED);
    }
    let told = sync_device(&state.office, message.tenant, device, &message.report).await;
    let told = told.and_then(|told| Ok((state.office.province(message.tenant)?, told)));
    match told {
        Ok((province, told)) => {
            let config = config::config(&province, &told.device, told.counter, &told.screen);
            let fates: Vec<&str> = told.fates.iter().map(|fate| wire::word(*fate)).collect();
            say(StatusCode::OK, &json!({ "answers": fates, "config": config }))
        }
        Err(error) => fail(&state, &error),
    }
}

fn signature(headers: &HeaderMap) -> Option<Vec<u8>> {
    headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).and_then(wire::bytes)
}

/// A tablet reads the status; the words are for whoever looks over its shoulder.
fn refuse(status: StatusCode) -> Response {
    say(status, &json!({ "error": status.canonical_reason() }))
}

fn say(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// Everything that is not the tablet's fault can be sent again.
fn fail(state: &AppState, error: &UsecaseError) -> Response {
    let _ = Failure::from_error(error, state);
    let mut response = refuse(StatusCode::SERVICE_UNAVAILABLE);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    response
}

/// The day and the kind of a screen, for the config.
fn state_of(screen: &Screen) -> &'static str {
    match screen {
        Screen::Open(_) => "open",
        Screen::NotYet(_) => "not-yet",
        Screen::Closed(_) => "closed",
        Screen::Revoked => "revoked",
    }
}
