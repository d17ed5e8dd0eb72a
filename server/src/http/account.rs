//! One's own account, and what stands behind a link: `/account`, `/invitation/{token}`.

use crate::failure::Failure;
use crate::guard::session::{set_cookie, token_of};
use crate::http::form::{Form, Sent};
use crate::http::page::{Reader, console_frame, console_language, html};
use crate::http::query::Query;
use crate::state::Shared;
use app::console::{
    AcceptPage, AccountDone, OwnPage, SessionLine, render_accept, render_dead_link, render_own,
};
use app::parts::address::Address;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountFault;
use domain::language::Language;
use domain::period::local_day;
use store::cell::instant;
use usecase::UsecaseError;
use usecase::account_invite;
use usecase::account_own::{NewPassword, change_password, end_other_sessions, end_own_session, own_sessions};

/// What went wrong with one's own account.
#[derive(Debug, Clone, Copy, Default)]
struct Trouble {
    fault: Option<AccountFault>,
    too_many: bool,
}

/// `GET /account`.
pub async fn show(State(state): State<Shared>, headers: HeaderMap, reader: Reader) -> Response {
    draw(&state, &headers, &reader, Trouble::default()).await
}

async fn draw(state: &Shared, headers: &HeaderMap, reader: &Reader, trouble: Trouble) -> Response {
    let token = token_of(state, headers).unwrap_or_default();
    let sessions = match own_sessions(&state.office, &reader.principal, &token).await {
        Ok(sessions) => sessions,
        Err(error) => return reader.fail(state, &Failure::from_error(&error, state)),
    };
    let done = match reader.query.word("done") {
        Ok(done) => done,
        Err(failure) => return reader.fail(state, &failure),
    };
    let line = |session: usecase::account_own::OwnSession| SessionLine {
        id: session.id,
        begun: session.begun,
        seen: session.seen,
        is_this: session.is_this,
    };
    let page = OwnPage {
        name: reader.principal.name.clone(),
        role: reader.principal.role,
        unit: reader.principal.unit.and_then(|unit| reader.province.unit(unit)).map(|unit| unit.name.clone()),
        sessions: sessions.into_iter().map(line).collect(),
        fault: trouble.fault,
        too_many: trouble.too_many,
        done,
    };
    let status = match trouble {
        Trouble { too_many: true, .. } => StatusCode::TOO_MANY_REQUESTS,
        Trouble { fault: Some(_), .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    // The forms have addresses of their own, which cannot be opened again.
    let mut frame = reader.frame(state);
    frame.here = frame.here.carry("/account", &["lang"]);
    html(status, render_own(&page, &frame))
}

fn done(reader: &Reader, deed: AccountDone) -> Response {
    let to = reader.here.carry("/account", &["lang"]).with("done", deed.code());
    Redirect::to(&to.to_string()).into_response()
}

/// `POST /account/password`.
pub async fn password(State(state): State<Shared>, headers: HeaderMap, sent: Sent) -> Response {
    let Sent { reader, form } = sent;
    let token = token_of(&state, &headers).unwrap_or_default();
    let change = NewPassword { present: form.raw("present"), new: form.raw("new"), again: form.raw("again") };
    match change_password(&state.office, &state.throttle, &reader.principal, &token, change).await {
        Ok(true) => done(&reader, AccountDone::Password),
        Ok(false) => draw(&state, &headers, &reader, Trouble { fault: None, too_many: true }).await,
        Err(UsecaseError::Account(fault)) => {
            draw(&state, &headers, &reader, Trouble { fault: Some(fault), too_many: false }).await
        }
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

/// `POST /account/sessions`: the field `session` names one, or `others`.
pub async fn sessions(State(state): State<Shared>, headers: HeaderMap, sent: Sent) -> Response {
    let Sent { reader, form } = sent;
    let token = token_of(&state, &headers).unwrap_or_default();
    let ended = match form.get("session") {
        "others" => end_other_sessions(&state.office, &reader.principal, &token).await,
        one => end_own_session(&state.office, &reader.principal, one).await,
    };
    match ended {
        // A session that is gone already is what was wanted.
        Ok(()) | Err(UsecaseError::Unknown { .. }) => done(&reader, AccountDone::Sessions),
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

/// `GET /invitation/{token}`. Looking does not use the link up: chat programs look too.
pub async fn invitation(State(state): State<Shared>, Path(token): Path<String>, uri: Uri) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    behind(&state, &token, &query, None).await
}

async fn behind(state: &Shared, token: &str, query: &Query, fault: Option<AccountFault>) -> Response {
    let language = console_language(query);
    // Only the language of the address is kept.
    let here = query.address("").carry(format!("/invitation/{token}"), &["lang"]);
    let frame = console_frame(state, language, None, here);
    match account_invite::look(&state.office, token).await {
        Ok(Some((tenant, link))) => {
            let province = state.office.province(tenant).ok();
            let unit = link.unit.zip(province).and_then(|(unit, p)| p.unit(unit).map(|u| u.name.clone()));
            let page = AcceptPage {
                name: link.name,
                role: link.role,
                unit,
                until: local_day(instant(link.expires_at)),
                is_known: link.account.is_some(),
                fault,
            };
            let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            html(status, render_accept(&page, &frame))
        }
        Ok(None) => html(StatusCode::GONE, render_dead_link(&frame)),
        Err(error) => Failure::from_error(&error, state).page(state, language, None, Address::new("/")),
    }
}

/// `POST /invitation/{token}`.
pub async fn accept(
    State(state): State<Shared>,
    Path(token): Path<String>,
    uri: Uri,
    body: Bytes,
) -> Response {
    let query = Query::of(&uri).unwrap_or_default();
    let language = console_language(&query);
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(failure) => return failure.page(&state, language, None, Address::new("/")),
    };
    match account_invite::accept(&state.office, &token, form.raw("new"), form.raw("again")).await {
        Ok(signed_in) => {
            let cookie = [(header::SET_COOKIE, set_cookie(&state, &signed_in.token))];
            let to = if language == Language::En { "/?lang=en" } else { "/" };
            (cookie, Redirect::to(to)).into_response()
        }
        Err(UsecaseError::Account(fault)) => behind(&state, &token, &query, Some(fault)).await,
        Err(error) => Failure::from_error(&error, &state).page(&state, language, None, Address::new("/")),
    }
}
