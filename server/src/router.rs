//! Every route on one screen.

use crate::guard::{headers, origin};
use crate::http::{account, admin, assets, demonstration, door, figures, health, poster, public, survey};
use crate::state::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Most bytes of a citizen's form: two thousand of a comment and some hundred fields.
const FORM_LIMIT: usize = 256 * 1024;
/// Most bytes of a file that is sent to a page, and of what stands around it.
const UPLOAD_LIMIT: usize = usecase::volume_upload::MOST_BYTES + 64 * 1024;
/// Longest time of any answer.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Accounts, the audit log, volumes.
fn administration() -> Router<Shared> {
    let upload = DefaultBodyLimit::max(UPLOAD_LIMIT);
    Router::new()
        .route("/account", get(account::show))
        .route("/account/password", post(account::password))
        .route("/account/sessions", post(account::sessions))
        .route("/invitation/{token}", get(account::invitation).post(account::accept))
        .route("/admin", get(admin::index::index))
        .route("/admin/accounts", get(admin::accounts::list))
        .route("/admin/accounts/{name}", get(admin::accounts::show).post(admin::accounts::change))
        .route("/admin/invitations", get(admin::invitations::ask).post(admin::invitations::invite))
        .route("/admin/invitations/{name}", post(admin::invitations::revoke))
        .route("/admin/audit", get(admin::audit::page))
        .route("/admin/audit.csv", get(admin::audit::csv))
        .route("/admin/volumes", get(admin::volumes::year).post(admin::volumes::send).layer(upload))
        .route("/admin/volumes/{unit}", get(admin::volume_month::show).post(admin::volume_month::edit))
        .route("/admin/volumes/files/{id}", get(admin::volumes::preview).post(admin::volumes::take))
}

/// The router of the whole product.
pub fn router(state: Shared) -> Router {
    let citizen = Router::new()
        .route("/s/{token}", get(survey::start).post(survey::step))
        .route("/s/{token}/thanks", get(survey::thanks))
        .route("/privacy", get(public::privacy));
    let console = Router::new()
        .route("/", get(door::home))
        .route("/sign-in", get(door::ask).post(door::sign_in))
        .route("/sign-out", post(door::sign_out))
        .route("/a/{unit}", get(figures::agency))
        .route("/p/{province}", get(figures::province))
        .route("/admin/surveys", get(admin::surveys))
        .route("/admin/posters", get(poster::places))
        .route("/admin/posters/{token}", get(poster::sheet))
        .route("/demo", get(demonstration::show).post(demonstration::send_nine))
        .route("/method", get(public::method));
    let machine = Router::new()
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let secure = state.is_secure();
    let router = citizen
        .merge(console.merge(administration()))
        .layer(CompressionLayer::new())
        .merge(machine)
        .fallback(public::nothing)
        .method_not_allowed_fallback(public::wrong_method)
        .layer(from_fn_with_state(state.clone(), origin::check))
        .layer(from_fn(headers::add))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT));
    let router = if secure { router.layer(from_fn(headers::add_hsts)) } else { router };
    router.with_state(state)
}
