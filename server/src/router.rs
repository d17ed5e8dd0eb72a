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

/// Units and fields. Their files may be larger than a form.
fn registry() -> Router<Shared> {
    let upload = DefaultBodyLimit::max(admin::import::BODY_LIMIT);
    let units = get(admin::import::ask_units).post(admin::import::take_units);
    let fields = get(admin::import::ask_fields).post(admin::import::take_fields);
    Router::new()
        .route("/admin/units", get(admin::units::list))
        .route("/admin/units/import", units.layer(upload))
        .route("/admin/units/{unit}", get(admin::units::show).post(admin::units::edit))
        .route("/admin/fields", get(admin::fields::list))
        .route("/admin/fields/import", fields.layer(upload))
        .route("/admin/fields/{field}", get(admin::fields::show).post(admin::fields::edit))
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
        .route("/method", get(public::method))
        .merge(registry());
    let machine = Router::new()
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let secure = state.is_secure();
    let router = citizen
        .merge(console)
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
