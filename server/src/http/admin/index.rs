//! `GET /admin`: what this account looks after.

use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{AdminPage, AdminPlace, render_admin};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::right::Right;

/// The pages that an account may open.
pub async fn index(State(state): State<Shared>, reader: Reader) -> Response {
    let rights = AdminPlace::ALL.iter().map(|place| match place {
        AdminPlace::Surveys
        | AdminPlace::Volumes
        | AdminPlace::Codes
        | AdminPlace::Devices
        | AdminPlace::Paper
        | AdminPlace::Calls => (*place, Right::ReadOffice),
        AdminPlace::Accounts | AdminPlace::Keys => (*place, Right::ReadAccounts),
        AdminPlace::Audit => (*place, Right::ReadAudit),
    });
    let places: Vec<AdminPlace> =
        rights.filter(|(_, right)| reader.principal.role.may(*right)).map(|(place, _)| place).collect();
    if places.is_empty() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let page = AdminPage { places, demo: state.office.is_demo() };
    html(StatusCode::OK, render_admin(&page, &reader.frame(&state)))
}
