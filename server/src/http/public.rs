//! Public pages: method, privacy, and what is said where nothing stands.

use crate::failure::Failure;
use crate::guard::session::principal_of;
use crate::http::page::{citizen_frame, console_frame, console_language, html};
use crate::http::query::Query;
use crate::state::{AppState, Shared};
use app::citizen::{PrivacyPage, render_privacy};
use app::console::{Method, Weight, render_method};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::instrument::{Definition, Instrument, POST_SERVICE};
use domain::language::Language;
use domain::report::ReleaseStamp;
use domain::survey::DEFAULT_K;
use domain::tally::layout::items_of;
use std::sync::Arc;
use usecase::UsecaseError;
use usecase::registry::{Province, RunningSurvey};

fn current(province: &Province) -> Option<&Arc<RunningSurvey>> {
    let mut surveys = province.surveys().iter();
    surveys.clone().find(|s| s.questions.instrument.is_asked_of_users()).or_else(|| surveys.next())
}

/// `GET /privacy`.
pub async fn privacy(State(state): State<Shared>, uri: Uri) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let language = query.language();
    let registry = state.office.registry();
    let province = registry.only();
    let name = province.and_then(|p| p.unit(p.root)).map(|unit| unit.name.clone()).unwrap_or_default();
    let k = province.and_then(|p| current(p)).map_or(DEFAULT_K, |s| s.survey.k);
    let switch = Language::ALL.map(|l| (l, format!("/privacy?lang={}", l.code()))).to_vec();
    let page = PrivacyPage {
        frame: citizen_frame(language, name, None, switch),
        k,
        method: Some("/method".to_owned()),
        form: None,
    };
    html(StatusCode::OK, render_privacy(&page))
}

/// `GET /method`.
pub async fn method(State(state): State<Shared>, headers: HeaderMap, uri: Uri) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let language = console_language(&query);
    let principal = principal_of(&state, &headers).await.unwrap_or_default();
    let here = query.address("/method");
    match method_of(&state).await {
        Ok(page) => {
            let frame = console_frame(&state, language, principal.as_ref(), here);
            html(StatusCode::OK, render_method(&page, &frame))
        }
        Err(error) => Failure::from_error(&error, &state).page(&state, language, principal.as_ref(), here),
    }
}

/// The method of the survey that is asked now; before the first one, that of what is in place.
async fn method_of(state: &AppState) -> Result<Method, UsecaseError> {
    let registry = state.office.registry();
    let Some((province, running)) = registry.only().and_then(|p| Some((p, current(p)?))) else {
        let instrument = shipped()?;
        return Ok(Method { opened: false, ..describe(&instrument, &instrument.headline, DEFAULT_K, None) });
    };
    let releases = state.office.store.releases(province.tenant).await?;
    let release = releases.first().map(|release| ReleaseStamp {
        number: release.number.unsigned_abs(),
        dated: release.scheduled,
        head: release.hash.chars().take(12).collect(),
    });
    let survey = &running.survey;
    Ok(describe(&running.questions.instrument, &survey.definition, survey.k, release))
}

/// The question set that a new province is given: what will be asked where nothing is asked yet.
fn shipped() -> Result<Instrument, UsecaseError> {
    Instrument::read(POST_SERVICE).map_err(|_| UsecaseError::Damaged("the shipped question set".into()))
}

fn describe(instrument: &Instrument, definition: &str, k: u32, release: Option<ReleaseStamp>) -> Method {
    let weights = match instrument.definitions.get(definition) {
        Some(Definition::Composite { weights }) => weights.clone(),
        _ => std::collections::BTreeMap::new(),
    };
    let factors = instrument.contents.iter().flat_map(|content| &content.factors);
    let weighted = factors.filter_map(|factor| {
        let weight = *weights.get(&factor.code)?;
        Some(Weight { name: factor.name.clone(), weight })
    });
    Method {
        instrument: instrument.title.clone(),
        instrument_version: instrument.version,
        items: u32::try_from(items_of(instrument).filter(|item| item.core).count()).unwrap_or(u32::MAX),
        weights: weighted.collect(),
        definition: definition.to_owned(),
        k,
        opened: true,
        release,
        product_version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

async fn say(state: &AppState, headers: &HeaderMap, uri: &Uri, failure: Failure) -> Response {
    let query = Query::of(uri).unwrap_or_default();
    let principal = principal_of(state, headers).await.unwrap_or_default();
    let here = app::parts::address::Address::new("/");
    failure.page(state, console_language(&query), principal.as_ref(), here)
}

/// Nothing stands at this address.
pub async fn nothing(State(state): State<Shared>, headers: HeaderMap, uri: Uri) -> Response {
    say(&state, &headers, &uri, Failure::NotFound).await
}

/// The address exists, but not for this verb.
pub async fn wrong_method(State(state): State<Shared>, headers: HeaderMap, uri: Uri) -> Response {
    let mut response = say(&state, &headers, &uri, Failure::NotFound).await;
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
