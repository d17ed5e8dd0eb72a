//! Invitations: issued, revoked.

use crate::failure::Failure;
use crate::http::admin::accounts::{back, unit_choices};
use crate::http::form::Sent;
use crate::http::page::{Reader, html};
use crate::state::{AppState, Shared};
use app::console::{AccountDone, InvitePage, LinkPage, render_invite, render_link};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::account::AccountFault;
use domain::period::local_day;
use domain::right::{Actor, Right};
use domain::scope::Role;
use usecase::UsecaseError;
use usecase::account_invite::{self, Issued};

/// `GET /admin/invitations`.
pub async fn ask(State(state): State<Shared>, reader: Reader) -> Response {
    if !Actor::from(&reader.principal).may(Right::EditAccounts) {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let page = InvitePage { units: unit_choices(&state, &reader), ..InvitePage::default() };
    html(StatusCode::OK, render_invite(&page, &reader.frame(&state)))
}

/// `POST /admin/invitations`.
pub async fn invite(State(state): State<Shared>, sent: Sent) -> Response {
    let Sent { reader, form } = sent;
    let actor = Actor::from(&reader.principal);
    let name = form.get("name");
    let role = form.some("role").map(str::parse::<Role>);
    let issued = match role {
        // Whoever may do everything is not what a careless click should invite.
        None => Err(AccountFault::Role.into()),
        Some(Err(_)) => return reader.fail(&state, &Failure::bad_value("role", form.get("role"))),
        Some(Ok(role)) => account_invite::invite(&state.office, &actor, name, role, form.some("unit")).await,
    };
    match issued {
        Ok(issued) => show_link(&state, &reader, name, &issued),
        Err(UsecaseError::Account(fault)) if actor.may(Right::EditAccounts) => {
            let page = InvitePage {
                name: name.to_owned(),
                role: role.and_then(Result::ok),
                unit: form.get("unit").to_owned(),
                units: unit_choices(&state, &reader),
                fault: Some(fault),
            };
            html(StatusCode::UNPROCESSABLE_ENTITY, render_invite(&page, &reader.frame(&state)))
        }
        Err(UsecaseError::Account(_)) => reader.fail(&state, &Failure::Forbidden),
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

/// `POST /admin/invitations/{name}`: makes the link void.
pub async fn revoke(State(state): State<Shared>, Path(name): Path<String>, sent: Sent) -> Response {
    let reader = sent.reader;
    match account_invite::revoke(&state.office, &Actor::from(&reader.principal), &name).await {
        Ok(()) => back(&reader, "/admin/accounts", AccountDone::Revoked),
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

/// The page that shows a link once.
pub(super) fn show_link(state: &AppState, reader: &Reader, name: &str, issued: &Issued) -> Response {
    let page = LinkPage {
        name: name.to_owned(),
        link: format!("{}/invitation/{}", state.public_url, issued.token),
        until: local_day(issued.expires),
    };
    // The form's own address shows nothing when it is opened again.
    html(StatusCode::CREATED, render_link(&page, &reader.frame(state)))
}
