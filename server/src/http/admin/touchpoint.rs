//! `/admin/touchpoints/{token}`: one place; revoking, reprinting, taking a revocation back.

use super::form::Filled;
use super::{answer, go_to, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{Look, TouchpointDone, TouchpointPage, TouchpointProblem, render_touchpoint};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::period::Month;
use domain::touchpoint::Touchpoint;
use usecase::UsecaseError;
use usecase::registry::SurveyAt;
use usecase::touchpoints::{find, renew, replace, restore, revoke};

/// Most characters of a reason.
const REASON: usize = 200;

/// `GET /admin/touchpoints/{token}`.
pub async fn touchpoint(State(state): State<Shared>, Path(token): Path<String>, reader: Reader) -> Response {
    let page = show(&state, &reader, &token).await;
    answer(&state, &reader, page)
}

async fn show(state: &Shared, reader: &Reader, token: &str) -> Result<Response, Failure> {
    let_read(reader)?;
    let done = done_of(reader)?;
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let touchpoint = find(&reader.province, token).map_err(failed)?;
    let page = page(state, reader, touchpoint).await.map_err(failed)?;
    let page = TouchpointPage { done, ..page };
    Ok(html(StatusCode::OK, render_touchpoint(&page, &reader.frame(state))))
}

/// `POST /admin/touchpoints/{token}`.
pub async fn change_touchpoint(
    State(state): State<Shared>,
    Path(token): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let page = change(&state, &reader, &token, &body).await;
    answer(&state, &reader, page)
}

async fn change(state: &Shared, reader: &Reader, token: &str, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let touchpoint = find(&reader.province, token).map_err(failed)?.clone();
    let (office, tenant, who) = (&state.office, reader.province.tenant, &reader.principal.name);
    let reason = filled.get("reason").trim();
    let go = filled.get("go");
    if !matches!(go, "restore" | "renew") && (reason.is_empty() || reason.chars().count() > REASON) {
        return refused(state, reader, &touchpoint, TouchpointProblem::NoReason).await;
    }
    let result = match go {
        "replace" => {
            let fresh = replace(office, tenant, who, (token, reason)).await;
            fresh.map(|fresh| (fresh.token.to_string(), format!("replaced-{}", touchpoint.token)))
        }
        "revoke" => {
            let revoked = revoke(office, tenant, who, (token, reason)).await;
            revoked.map(|()| (token.to_owned(), "revoked".to_owned()))
        }
        "renew" => {
            let fresh = renew(office, tenant, who, token).await;
            fresh.map(|fresh| (fresh.token.to_string(), format!("renewed-{}", touchpoint.token)))
        }
        "restore" => {
            let restored = restore(office, tenant, who, token).await;
            restored.map(|()| (token.to_owned(), "restored".to_owned()))
        }
        other => return Err(Failure::bad_value("go", other)),
    };
    match result {
        Ok((at, done)) => Ok(go_to(reader, &format!("/admin/touchpoints/{at}"), &done)),
        Err(UsecaseError::Refused(_)) => {
            refused(state, reader, &touchpoint, TouchpointProblem::Changed).await
        }
        Err(error) => Err(failed(error)),
    }
}

async fn refused(
    state: &Shared,
    reader: &Reader,
    touchpoint: &Touchpoint,
    problem: TouchpointProblem,
) -> Result<Response, Failure> {
    let page = page(state, reader, touchpoint).await;
    let page = page.map_err(|error| Failure::from_error(&error, state))?;
    let page = TouchpointPage { problem: Some(problem), ..page };
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, render_touchpoint(&page, &reader.frame(state))))
}

fn done_of(reader: &Reader) -> Result<Option<TouchpointDone>, Failure> {
    let Some(word) = reader.query.get("done") else { return Ok(None) };
    let done = match (word, word.strip_prefix("replaced-")) {
        ("revoked", _) => TouchpointDone::Revoked,
        ("restored", _) => TouchpointDone::Restored,
        (_, Some(token)) if find(&reader.province, token).is_ok() => {
            TouchpointDone::Replaced(token.to_owned())
        }
        _ => match word.strip_prefix("renewed-") {
            Some(token) if find(&reader.province, token).is_ok() => TouchpointDone::Renewed(token.to_owned()),
            _ => return Err(Failure::bad_value("done", word)),
        },
    };
    Ok(Some(done))
}

async fn page(
    state: &Shared,
    reader: &Reader,
    touchpoint: &Touchpoint,
) -> Result<TouchpointPage, UsecaseError> {
    let (office, province) = (&state.office, &reader.province);
    let unit = province.unit(touchpoint.unit);
    let unit = unit.ok_or_else(|| UsecaseError::Damaged("the unit of a touchpoint".into()))?;
    let since = Month::of(office.today()).plus(-11);
    let checks = office.store.checks_since(province.tenant, since).await?;
    let own = checks.into_iter().filter(|check| check.touchpoint == touchpoint.id);
    let days = office.store.touchpoint_days(province.tenant).await?;
    let days = days.into_iter().find(|days| days.touchpoint == touchpoint.id);
    let shows = match province.survey_at(touchpoint.unit, office.today()) {
        SurveyAt::Open(running) => Some(running.survey.name.clone()),
        _ => None,
    };
    Ok(TouchpointPage {
        token: touchpoint.token.to_string(),
        unit: unit.name.clone(),
        address: unit.address.clone(),
        mode: touchpoint.mode.clone(),
        version: touchpoint.version,
        url: state
            .address_of(touchpoint)
            .split_once("://")
            .map(|(_, rest)| rest.to_owned())
            .unwrap_or_default(),
        shows,
        made: days.map(|days| days.made),
        revoked: days.and_then(|days| days.revoked),
        looks: own.map(|c| Look { month: c.month, state: c.state, who: c.who, on: c.on }).collect(),
        may_change: may_change(reader),
        done: None,
        problem: None,
        demo: office.is_demo(),
    })
}
