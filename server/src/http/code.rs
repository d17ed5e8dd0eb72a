//! The way in by a one-time code: `/c/{code}` from a QR or a message, `/c` for whoever types.
//!
//! Either is answered with a redirect at once, so that the code stands in no history. Nothing here
//! knows whether a code has been used: an officer who has a person's code must not learn who answered.

use crate::http::page::{citizen_frame, html};
use crate::http::query::{Query, decode};
use crate::http::survey::{no_survey, province_name, unknown};
use crate::state::{AppState, Shared};
use app::citizen::{CodePage, CodeProblem, Notice, NoticePage, render_code, render_notice};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::code::Written;
use domain::id::Tenant;
use domain::instrument::Population;
use domain::language::Language;
use domain::survey::Mode;
use usecase::UsecaseError;
use usecase::code::{CodeRecord, Opened, Ticket, open_code};
use usecase::registry::SurveyAt;

/// Seconds until a minute is over.
const A_MINUTE: HeaderValue = HeaderValue::from_static("60");

/// `GET /c/{code}`.
pub async fn open(State(state): State<Shared>, Path(code): Path<String>, uri: Uri) -> Response {
    let language = Query::of(&uri).unwrap_or_default().language();
    let Ok(written) = code.parse::<Written>() else { return unknown(&state, language) };
    match open_code(&state.office, &written).await {
        Ok(Opened::Form(record, hash)) => swap(&state, written.tenant(), *record, hash, language),
        Ok(Opened::Unknown) => unknown(&state, language),
        Ok(other) => refuse(&state, written.tenant(), &other, language),
        Err(error) => failed(&state, &error, language),
    }
}

/// `GET /c`.
pub async fn ask(State(state): State<Shared>, uri: Uri) -> Response {
    let language = Query::of(&uri).unwrap_or_default().language();
    draw(&state, language, StatusCode::OK, "", None)
}

/// `POST /c`.
pub async fn take(State(state): State<Shared>, uri: Uri, body: Bytes) -> Response {
    let mut language = Query::of(&uri).unwrap_or_default().language();
    let pairs = decode(&body).unwrap_or_default();
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    if let Ok(said) = value("lang").parse() {
        language = said;
    }
    let typed = value("code");
    let again = |problem| draw(&state, language, StatusCode::UNPROCESSABLE_ENTITY, typed, Some(problem));
    let only = state.office.registry().only().map(|province| province.tenant);
    let Ok(written) = Written::read(typed, only) else { return again(CodeProblem::Form) };
    match open_code(&state.office, &written).await {
        Ok(Opened::Form(record, hash)) => swap(&state, written.tenant(), *record, hash, language),
        Ok(Opened::Unknown) => again(CodeProblem::Unknown),
        Ok(other) => refuse(&state, written.tenant(), &other, language),
        Err(error) => failed(&state, &error, language),
    }
}

/// The code for a ticket.
fn swap(
    state: &AppState,
    tenant: Tenant,
    record: CodeRecord,
    hash: [u8; 32],
    language: Language,
) -> Response {
    let Ok(province) = state.office.province(tenant) else { return unknown(state, language) };
    let today = state.office.today();
    let counter = province.lineage().heir(record.subject.receiving, today);
    // Codes of a sample open the survey of residents, all others that of users.
    let is_sample = record.subject.mode == Mode::Sample;
    let population = if is_sample { Population::Residents } else { Population::Users };
    let SurveyAt::Open(survey) = province.survey_for(counter, today, population) else {
        let at = province.survey_for(counter, today, population);
        return no_survey(at, |status, notice| say(state, Some(tenant), status, notice, language));
    };
    let ticket = Ticket::new(&state.office, tenant, survey, record, hash);
    match ticket.write(&state.office.keys, &state.office.chance) {
        Ok(address) => {
            let to = format!("/s/{address}?lang={}", language.code());
            ([(header::CACHE_CONTROL, "no-store")], Redirect::to(&to)).into_response()
        }
        Err(error) => failed(state, &error, language),
    }
}

fn refuse(state: &AppState, tenant: Tenant, why: &Opened, language: Language) -> Response {
    let (status, notice) = match why {
        Opened::Expired => (StatusCode::GONE, Notice::ExpiredCode),
        Opened::Withdrawn => (StatusCode::GONE, Notice::WithdrawnCode),
        _ => (StatusCode::TOO_MANY_REQUESTS, Notice::TooManyCodes),
    };
    let mut response = say(state, Some(tenant), status, notice, language);
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, A_MINUTE);
    }
    response
}

fn failed(state: &AppState, error: &UsecaseError, language: Language) -> Response {
    let number = match crate::failure::Failure::from_error(error, state) {
        crate::failure::Failure::Ours(number) => Some(number),
        _ => None,
    };
    say(state, None, StatusCode::SERVICE_UNAVAILABLE, Notice::Failed { number }, language)
}

fn say(
    state: &AppState,
    tenant: Option<Tenant>,
    status: StatusCode,
    notice: Notice,
    language: Language,
) -> Response {
    let province = tenant.and_then(|tenant| state.office.province(tenant).ok());
    let phone = province.as_ref().and_then(|p| p.unit(p.root)).and_then(|root| root.phone.clone());
    let name = province.as_ref().map(|province| province_name(province)).unwrap_or_default();
    let frame = citizen_frame(language, name, None, Vec::new());
    html(status, render_notice(&NoticePage { frame, notice, phone }))
}

/// The page on which a code is typed.
fn draw(
    state: &AppState,
    language: Language,
    status: StatusCode,
    typed: &str,
    problem: Option<CodeProblem>,
) -> Response {
    let registry = state.office.registry();
    let only = registry.only();
    let name = only.map(|province| province_name(province)).unwrap_or_default();
    let switch = if problem.is_some() { &[][..] } else { &Language::ALL[..] };
    let switch = switch.iter().map(|one| (*one, format!("/c?lang={}", one.code()))).collect();
    let page = CodePage {
        frame: citizen_frame(language, name, None, switch),
        tag: only.map(|province| province.tenant.to_string()),
        typed: typed.chars().filter(|c| !c.is_control()).take(60).collect(),
        problem,
    };
    html(status, render_code(&page))
}
