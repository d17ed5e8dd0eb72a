//! Accounts: the list, one of them, what is changed about it.

use crate::failure::Failure;
use crate::http::admin::invitations::show_link;
use crate::http::form::Sent;
use crate::http::page::{Reader, html};
use crate::state::{AppState, Shared};
use app::console::{
    AccountDone, AccountFilter, AccountLine, AccountPage, AccountsPage, InvitationLine, SessionLine,
    UnitChoice, render_account, render_accounts,
};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountFault;
use domain::id::UnitId;
use domain::language::Words;
use domain::period::local_day;
use domain::right::{Actor, Right};
use domain::scope::Role;
use store::cell::instant;
use usecase::UsecaseError;
use usecase::account_list::{Wanted, list_accounts, read_account};
use usecase::{account_change, account_invite};

/// The units that exist today, in the official order.
pub(super) fn unit_choices(state: &AppState, reader: &Reader) -> Vec<UnitChoice> {
    let (today, root) = (state.office.today(), reader.province.root);
    let units = reader.province.units().filter(|unit| unit.is_valid_on(today) && unit.id != root);
    units
        .map(|unit| UnitChoice { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind })
        .collect()
}

pub(super) fn unit_name(reader: &Reader, unit: Option<UnitId>) -> Option<Words> {
    Some(reader.province.unit(unit?)?.name.clone())
}

fn line(reader: &Reader, account: &store::account::AccountLine) -> AccountLine {
    let who = &account.principal;
    AccountLine {
        name: who.name.clone(),
        role: who.role,
        unit: unit_name(reader, who.unit),
        signed_in: account.signed_in_on,
        disabled: account.disabled,
    }
}

/// `GET /admin/accounts`.
pub async fn list(State(state): State<Shared>, reader: Reader) -> Response {
    match draw_list(&state, &reader).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw_list(state: &Shared, reader: &Reader) -> Result<String, Failure> {
    let text = |name: &str| reader.query.get(name).unwrap_or_default().to_owned();
    let disabled = match reader.query.get("state") {
        None => None,
        Some("on") => Some(false),
        Some("off") => Some(true),
        Some(other) => return Err(Failure::bad_value("state", other)),
    };
    let filter =
        AccountFilter { name: text("q"), role: reader.query.word("role")?, unit: text("unit"), disabled };
    let find = |code: &str| reader.province.unit_by_code(code, state.office.today()).map(|unit| unit.id);
    let below = reader.query.get("unit").map(find).transpose();
    let below = below.map_err(|_| Failure::bad_value("unit", &filter.unit))?;
    let actor = Actor::from(&reader.principal);
    let wanted = Wanted { name: filter.name.clone(), role: filter.role, below, disabled };
    let known = |error| Failure::from_error(&error, state);
    let found = list_accounts(&state.office, &actor, &wanted).await.map_err(known)?;
    let invitations = found.invitations.iter().map(|link| InvitationLine {
        name: link.name.clone(),
        role: link.role,
        unit: unit_name(reader, link.unit),
        by: link.issued_by.clone(),
        until: local_day(instant(link.expires_at)),
    });
    let page = AccountsPage {
        accounts: found.accounts.iter().map(|account| line(reader, account)).collect(),
        all: (found.enabled as u64, found.disabled as u64),
        invitations: invitations.collect(),
        filter,
        units: unit_choices(state, reader),
        may_edit: actor.may(Right::EditAccounts),
        demo: state.office.is_demo(),
        done: reader.query.word("done")?,
    };
    Ok(render_accounts(&page, &reader.frame(state)))
}

/// What stood in the form of an account that was refused.
#[derive(Debug, Clone)]
struct Refused {
    fault: AccountFault,
    part: Option<(Role, String)>,
}

/// `GET /admin/accounts/{name}`.
pub async fn show(State(state): State<Shared>, Path(name): Path<String>, reader: Reader) -> Response {
    match draw(&state, &reader, &name, None).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw(
    state: &Shared,
    reader: &Reader,
    name: &str,
    refused: Option<Refused>,
) -> Result<String, Failure> {
    let actor = Actor::from(&reader.principal);
    let found = read_account(&state.office, &actor, name).await;
    let (account, sessions, link) = found.map_err(|error| Failure::from_error(&error, state))?;
    let own_unit = account.principal.unit.and_then(|unit| reader.province.unit(unit));
    let fault = refused.as_ref().map(|refused| refused.fault);
    let (role, unit) = refused.and_then(|refused| refused.part).unwrap_or_else(|| {
        (account.principal.role, own_unit.map(|unit| unit.code.clone()).unwrap_or_default())
    });
    let page = AccountPage {
        account: line(reader, &account),
        role,
        unit,
        units: unit_choices(state, reader),
        sessions: sessions
            .iter()
            .map(|session| SessionLine {
                id: String::new(),
                begun: instant(session.created_at),
                seen: instant(session.seen_at),
                is_this: false,
            })
            .collect(),
        link_until: link.map(|link| local_day(instant(link.expires_at))),
        may_edit: actor.may(Right::EditAccounts),
        fault,
        done: reader.query.word("done")?,
    };
    Ok(render_account(&page, &reader.frame(state)))
}

/// `POST /admin/accounts/{name}`: the field `deed` says what is to be done.
pub async fn change(State(state): State<Shared>, Path(name): Path<String>, sent: Sent) -> Response {
    let Sent { reader, form } = sent;
    let (office, actor) = (&state.office, Actor::from(&reader.principal));
    if form.get("deed") == "reset" {
        return match account_invite::reset(office, &actor, &name).await {
            Ok(issued) => show_link(&state, &reader, &name, &issued),
            Err(error) => refuse(&state, &reader, &name, (error, None)).await,
        };
    }
    let mut part = None;
    let (result, done) = match form.get("deed") {
        "part" => {
            let Ok(role) = form.get("role").parse::<Role>() else {
                return reader.fail(&state, &Failure::bad_value("role", form.get("role")));
            };
            part = Some((role, form.get("unit").to_owned()));
            let result = account_change::change_part(office, &actor, &name, role, form.some("unit")).await;
            (result, AccountDone::Changed)
        }
        "disable" => (account_change::disable(office, &actor, &name).await, AccountDone::Disabled),
        "enable" => (account_change::enable(office, &actor, &name).await, AccountDone::Enabled),
        "sessions" => {
            (account_change::end_sessions(office, &actor, &name).await.map(drop), AccountDone::Sessions)
        }
        other => return reader.fail(&state, &Failure::bad_value("deed", other)),
    };
    match result {
        Ok(()) => back(&reader, &format!("/admin/accounts/{name}"), done),
        Err(error) => refuse(&state, &reader, &name, (error, part)).await,
    }
}

/// On to a page that says what was done.
pub(super) fn back(reader: &Reader, path: &str, done: AccountDone) -> Response {
    let to = reader.here.carry(path, &["lang"]).with("done", done.code());
    Redirect::to(&to.to_string()).into_response()
}

async fn refuse(
    state: &Shared,
    reader: &Reader,
    name: &str,
    (error, part): (UsecaseError, Option<(Role, String)>),
) -> Response {
    let UsecaseError::Account(fault) = error else {
        return reader.fail(state, &Failure::from_error(&error, state));
    };
    match draw(state, reader, name, Some(Refused { fault, part })).await {
        Ok(body) => html(StatusCode::UNPROCESSABLE_ENTITY, body),
        Err(failure) => reader.fail(state, &failure),
    }
}
