//! The door: sign-in, sign-out, and the first page behind it.

use crate::failure::Failure;
use crate::guard::session::{principal_of, set_cookie, token_of};
use crate::http::page::{Reader, console_frame, console_language, html};
use crate::http::query::{Query, decode};
use crate::state::{AppState, Shared};
use app::console::{BadAddress, Home, NextStep, SignIn, SignInProblem, render_home, render_sign_in};
use app::parts::address::Address;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::language::Language;
use domain::report::UnitName;
use domain::scope::Role;
use usecase::sign_in::{self, Refusal};

/// `GET /`: what this account can open.
pub async fn home(State(state): State<Shared>, reader: Reader) -> Response {
    let asks = !reader.province.surveys().is_empty();
    let own = reader.principal.unit.filter(|_| asks).and_then(|unit| reader.province.unit(unit));
    let named = |unit: &domain::unit::Unit| UnitName {
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
        may_open: reader.scope.covers(unit.id),
    };
    let units = own.map(named).into_iter().filter(|unit| unit.may_open).collect();
    let root = reader.province.unit(reader.province.root);
    let province_code =
        root.filter(|_| asks && reader.scope.covers_the_province()).map(|unit| unit.code.clone());
    let next = match next_steps(&state, &reader).await {
        Ok(next) => next,
        Err(failure) => return reader.fail(&state, &failure),
    };
    let home = Home { units, province_code, demo: state.office.is_demo(), next };
    html(StatusCode::OK, render_home(&home, &reader.frame(&state)))
}

/// What a province without figures still lacks; only the administrator can do it.
async fn next_steps(state: &AppState, reader: &Reader) -> Result<Vec<NextStep>, Failure> {
    let province = &reader.province;
    if reader.principal.role != Role::ProvinceAdmin {
        return Ok(Vec::new());
    }
    let releases = state.office.store.releases(province.tenant).await;
    if !releases.map_err(|error| Failure::from_error(&error.into(), state))?.is_empty() {
        return Ok(Vec::new());
    }
    let fields = province.fields().is_empty().then_some(NextStep::Fields);
    let survey = province.surveys().is_empty().then_some(NextStep::Survey);
    Ok(fields.into_iter().chain(survey).chain([NextStep::Posters, NextStep::People]).collect())
}

/// `GET /sign-in`.
pub async fn ask(State(state): State<Shared>, headers: HeaderMap, uri: Uri) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let language = console_language(&query);
    if let Ok(Some(_)) = principal_of(&state, &headers).await {
        return Redirect::to(&destination(query.get("next"))).into_response();
    }
    let problem = match state.office.store.has_accounts().await {
        Ok(false) => Some(SignInProblem::NotSetUp),
        _ => None,
    };
    let page = SignIn { problem, name: String::new(), next: query.get("next").map(str::to_owned) };
    let frame = console_frame(&state, language, None, query.address("/sign-in"));
    html(StatusCode::OK, render_sign_in(&page, &frame))
}

/// Only paths of this site: anything else could lead people to a copy of the door.
fn destination(next: Option<&str>) -> String {
    let is_ours = |path: &&str| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    next.filter(is_ours).unwrap_or("/").to_owned()
}

/// `POST /sign-in`.
pub async fn sign_in(State(state): State<Shared>, uri: Uri, body: Bytes) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let language = console_language(&query);
    let fail = |failure: Failure| failure.page(&state, language, None, Address::new("/sign-in"));
    let Ok(pairs) = decode(&body) else { return fail(Failure::BadRequest(BadAddress::Unreadable)) };
    let field =
        |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let (name, password) = (field("name").trim(), field("password"));
    let next = pairs.iter().find(|(key, _)| key == "next").map(|(_, value)| value.clone());
    let (status, problem) = match sign_in::sign_in(&state.office, &state.throttle, name, password).await {
        Ok(Ok(signed_in)) => {
            let cookie = [(header::SET_COOKIE, set_cookie(&state, &signed_in.token))];
            let to = with_language(&destination(next.as_deref()), language);
            return (cookie, Redirect::to(&to)).into_response();
        }
        Ok(Err(Refusal::Wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, SignInProblem::Wrong),
        Ok(Err(Refusal::TooMany)) => (StatusCode::TOO_MANY_REQUESTS, SignInProblem::TooMany(15)),
        Err(error) => return fail(Failure::from_error(&error, &state)),
    };
    let name = name.chars().take(80).collect();
    let page = SignIn { problem: Some(problem), name, next };
    let frame = console_frame(&state, language, None, query.address("/sign-in"));
    let mut response = html(status, render_sign_in(&page, &frame));
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("900"));
    }
    response
}

fn with_language(path: &str, language: Language) -> String {
    if language != Language::En || path.contains("lang=") {
        return path.to_owned();
    }
    let join = if path.contains('?') { '&' } else { '?' };
    format!("{path}{join}lang=en")
}

/// `POST /sign-out`.
pub async fn sign_out(State(state): State<Shared>, headers: HeaderMap) -> Response {
    if let Some(token) = token_of(&state, &headers)
        && let Err(error) = sign_in::sign_out(&state.office, &token).await
    {
        return Failure::from_error(&error, &state).page(&state, Language::Vi, None, Address::new("/"));
    }
    ([(header::SET_COOKIE, set_cookie(&state, ""))], Redirect::to("/sign-in")).into_response()
}

#[cfg(test)]
mod tests {
    use super::destination;

    #[test]
    fn nobody_is_led_to_another_site() {
        assert_eq!(destination(Some("/a/31825?period=2026")), "/a/31825?period=2026");
        for bad in ["https://evil.example", "//evil.example", "/\\evil.example", "a/1", ""] {
            assert_eq!(destination(Some(bad)), "/");
        }
    }
}
