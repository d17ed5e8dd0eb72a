//! `/admin/keys`: keys of other systems.

use super::accounts::{unit_choices, unit_name};
use super::form::Filled;
use super::{answer, go_to};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{KeyForm, KeyLine, KeyState, KeysPage, MadeKeyPage, render_keys, render_made_key};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::api_key::{KeyFault, Verb};
use domain::right::{Actor, Right};
use store::api_key::ApiKey;
use usecase::UsecaseError;
use usecase::api_key::{NewKey, list_keys, make_key, revoke_key};

/// `GET /admin/keys`.
pub async fn list(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw(&state, &reader, KeyForm { verbs: Verb::ALL.to_vec(), ..KeyForm::default() }).await;
    answer(&state, &reader, page)
}

async fn draw(state: &Shared, reader: &Reader, form: KeyForm) -> Result<Response, Failure> {
    let actor = Actor::from(&reader.principal);
    let keys = list_keys(&state.office, &actor).await.map_err(|error| Failure::from_error(&error, state))?;
    let status = if form.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = KeysPage {
        keys: keys.into_iter().map(|key| line(state, reader, key)).collect(),
        form: actor.may(Right::EditAccounts).then(|| KeyForm { units: unit_choices(state, reader), ..form }),
        revoked: reader.query.get("done") == Some("revoke"),
        demo: state.office.is_demo(),
    };
    Ok(html(status, render_keys(&page, &reader.frame(state))))
}

fn line(state: &Shared, reader: &Reader, key: ApiKey) -> KeyLine {
    let is_over = key.expires_on < state.office.today();
    KeyLine {
        unit: unit_name(reader, key.unit),
        verbs: key.verbs.all().to_vec(),
        expires_on: key.expires_on,
        used_on: key.used_on,
        state: match key.revoked_on {
            Some(on) => KeyState::Revoked(on),
            None if is_over => KeyState::Expired,
            None => KeyState::Valid,
        },
        name: key.name,
    }
}

/// `POST /admin/keys`: make, revoke.
pub async fn change(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = deed(&state, &reader, &body).await;
    answer(&state, &reader, page)
}

async fn deed(state: &Shared, reader: &Reader, body: &[u8]) -> Result<Response, Failure> {
    let actor = Actor::from(&reader.principal);
    if !actor.may(Right::EditAccounts) {
        return Err(Failure::Forbidden);
    }
    let filled = Filled::read(body)?;
    match filled.get("go") {
        "make" => make(state, reader, &actor, &filled).await,
        "revoke" => {
            let done = revoke_key(&state.office, &actor, filled.get("name")).await;
            done.map_err(|error| Failure::from_error(&error, state))?;
            Ok(go_to(reader, "/admin/keys", "revoke"))
        }
        other => Err(Failure::bad_value("go", other)),
    }
}

async fn make(state: &Shared, reader: &Reader, actor: &Actor, filled: &Filled) -> Result<Response, Failure> {
    let typed = ["name", "unit", "days"].map(|name| filled.short(name, 60));
    let verbs: Result<Vec<Verb>, _> = filled.all("may").iter().map(|word| word.parse()).collect();
    let verbs = verbs.map_err(|_| Failure::bad_value("may", &filled.all("may").join(" ")))?;
    let [name, unit, days] = typed.clone();
    let new = NewKey {
        name: name.clone(),
        unit: Some(unit).filter(|unit| !unit.is_empty()),
        verbs: verbs.clone(),
        // What is no number is out of every range.
        days: days.parse().unwrap_or(0),
    };
    let again = async |fault: KeyFault| {
        draw(state, reader, KeyForm { typed, verbs, fault: Some(fault), ..KeyForm::default() }).await
    };
    match make_key(&state.office, actor, &new).await {
        Ok(made) => {
            let page = MadeKeyPage { name, key: made.key, until: made.expires_on };
            Ok(html(StatusCode::CREATED, render_made_key(&page, &reader.frame(state))))
        }
        Err(UsecaseError::ApiKey(fault)) => again(fault).await,
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}
