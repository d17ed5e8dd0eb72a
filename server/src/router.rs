//! Every route on one screen.

use crate::guard::{headers, origin};
use crate::http::{admin, assets, demonstration, door, figures, health, poster, public, survey};
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
/// Longest time of any answer.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Surveys, places, releases, and what a unit does beside its figures.
fn office() -> Router<Shared> {
    Router::new()
        .route("/admin/surveys", get(admin::surveys))
        .route("/admin/surveys/new", get(admin::ask_survey).post(admin::open))
        .route("/admin/surveys/{code}", get(admin::survey).post(admin::change_survey))
        .route("/admin/surveys/{code}/waiting", get(admin::waiting))
        .route("/admin/releases", get(admin::releases))
        .route("/admin/releases/compare", get(admin::comparison))
        .route("/admin/releases/{number}/aggregates.csv", get(admin::aggregates))
        .route("/admin/flags", get(admin::flags).post(admin::decide_flags))
        .route("/admin/touchpoints", get(admin::touchpoints).post(admin::make))
        .route("/admin/touchpoints/{token}", get(admin::touchpoint).post(admin::change_touchpoint))
        .route("/a/{unit}/comments", get(admin::comments).post(admin::moderate))
        .route("/a/{unit}/posters", get(admin::own_posters).post(admin::look))
        .route("/admin/posters/print", get(poster::many))
        .route("/admin/posters", get(poster::places))
        .route("/admin/posters/{token}", get(poster::sheet))
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
        .route("/demo", get(demonstration::show).post(demonstration::send_nine))
        .route("/method", get(public::method));
    let machine = Router::new()
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let secure = state.is_secure();
    let router = citizen
        .merge(console)
        .merge(office())
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
