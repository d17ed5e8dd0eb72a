//! Every route on one screen.

use crate::guard::{headers, origin, proxy};
use crate::http::{
    account, admin, analysis, api, assets, breakdown, code, demonstration, door, figures, find, health,
    kiosk, poster, public, setup, survey,
};
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

/// Most bytes of a file that is sent to a page, and of what stands around it.
const UPLOAD_LIMIT: usize = usecase::volume_upload::MOST_BYTES + 64 * 1024;

/// What a citizen sees.
fn citizen() -> Router<Shared> {
    Router::new()
        .route("/s/{token}", get(survey::start).post(survey::step))
        .route("/s/{token}/thanks", get(survey::thanks))
        .route("/c", get(code::ask).post(code::take))
        .route("/c/{code}", get(code::open))
        .route("/privacy", get(public::privacy))
}

/// The door, figures, and one's own account.
fn console() -> Router<Shared> {
    Router::new()
        .route("/", get(door::home))
        .route("/sign-in", get(door::ask).post(door::sign_in))
        .route("/sign-out", post(door::sign_out))
        .route("/a/{unit}", get(figures::agency))
        .route("/a/{unit}/breakdown", get(breakdown::of_unit))
        .route("/p/{province}", get(figures::province))
        .route("/p/{province}/breakdown", get(breakdown::of_province))
        .route("/p/{province}/analysis", get(analysis::analysis))
        .route("/planner", get(analysis::planner))
        .route("/find", get(find::find))
        .route("/account", get(account::show))
        .route("/account/password", post(account::password))
        .route("/account/sessions", post(account::sessions))
        .route("/invitation/{token}", get(account::invitation).post(account::accept))
        .route("/a/{unit}/comments", get(admin::comments).post(admin::moderate))
        .route("/a/{unit}/posters", get(admin::own_posters).post(admin::look))
        .route("/a/{unit}/slip", get(admin::own_slip).post(admin::print_slip))
        .route(
            "/setup/{token}",
            get(setup::show).post(setup::take).layer(DefaultBodyLimit::max(setup::BODY_LIMIT)),
        )
        .route("/demo", get(demonstration::show).post(demonstration::send_nine))
        .route("/method", get(public::method))
}

/// Accounts, the audit log, volumes.
fn administration() -> Router<Shared> {
    let upload = || DefaultBodyLimit::max(UPLOAD_LIMIT);
    Router::new()
        .route("/admin", get(admin::index::index))
        .route("/admin/accounts", get(admin::accounts::list))
        .route("/admin/accounts/{name}", get(admin::accounts::show).post(admin::accounts::change))
        .route("/admin/invitations", get(admin::invitations::ask).post(admin::invitations::invite))
        .route("/admin/invitations/{name}", post(admin::invitations::revoke))
        .route("/admin/audit", get(admin::audit::page))
        .route("/admin/audit.csv", get(admin::audit::csv))
        .route("/admin/codes", get(admin::codes).post(admin::change_codes))
        .route("/admin/keys", get(admin::keys::list).post(admin::keys::change))
        .route("/admin/volumes", get(admin::volumes::year).post(admin::volumes::send).layer(upload()))
        .route("/admin/volumes/{unit}", get(admin::volume_month::show).post(admin::volume_month::edit))
        .route("/admin/volumes/files/{id}", get(admin::volumes::preview).post(admin::volumes::take))
}

/// Surveys, touchpoints, releases.
fn surveys() -> Router<Shared> {
    Router::new()
        .route("/admin/surveys", get(admin::surveys))
        .route("/admin/surveys/new", get(admin::ask_survey).post(admin::open))
        .route("/admin/surveys/{code}", get(admin::survey).post(admin::change_survey))
        .route("/admin/surveys/{code}/waiting", get(admin::waiting))
        .route(
            "/admin/surveys/{code}/languages",
            get(admin::languages)
                .post(admin::change_languages)
                .layer(DefaultBodyLimit::max(admin::SOUND_LIMIT)),
        )
        .route("/admin/releases", get(admin::releases))
        .route("/admin/releases/compare", get(admin::comparison))
        .route("/admin/releases/{number}/aggregates.csv", get(admin::aggregates))
        .route("/admin/flags", get(admin::flags).post(admin::decide_flags))
        .route("/admin/touchpoints", get(admin::touchpoints).post(admin::make))
        .route("/admin/touchpoints/health", get(admin::health))
        .route("/admin/touchpoints/{token}", get(admin::touchpoint).post(admin::change_touchpoint))
        .route("/admin/posters/print", get(poster::many))
        .route("/admin/posters", get(poster::places))
        .route("/admin/posters/{token}", get(poster::sheet))
}

/// Forms on paper, and people who are helped to answer.
fn paper() -> Router<Shared> {
    Router::new()
        .route("/admin/paper", get(admin::paper).post(admin::change_paper))
        .route("/admin/paper/{batch}", get(admin::print_paper))
        .route("/admin/calls", get(admin::calls).post(admin::change_calls))
        .route("/help", get(admin::ask_help).post(admin::hand_over))
        .route("/calls", get(admin::call_desk))
        .route("/calls/{list}", get(admin::call).post(admin::note))
        .route("/paper", get(admin::desk))
        .route("/paper/{batch}", get(admin::next))
        .route("/paper/{batch}/{form}", get(admin::show_form).post(admin::take_form))
}

/// Units and fields. Their files may be larger than a form.
fn registry() -> Router<Shared> {
    let upload = || DefaultBodyLimit::max(admin::import::BODY_LIMIT);
    Router::new()
        .route("/admin/units", get(admin::units::list))
        .route(
            "/admin/units/import",
            get(admin::import::ask_units).post(admin::import::take_units).layer(upload()),
        )
        .route("/admin/units/{unit}", get(admin::units::show).post(admin::units::edit))
        .route("/admin/fields", get(admin::fields::list))
        .route(
            "/admin/fields/import",
            get(admin::import::ask_fields).post(admin::import::take_fields).layer(upload()),
        )
        .route("/admin/fields/{field}", get(admin::fields::show).post(admin::fields::edit))
}

/// The tablet at the counter.
fn kiosks() -> Router<Shared> {
    Router::new()
        .route("/k", get(kiosk::lead))
        .route("/k/", get(kiosk::page))
        .route("/k/words.json", get(kiosk::words))
        .route("/k/worker.js", get(kiosk::worker))
        .route("/k/manifest.webmanifest", get(kiosk::manifest))
        .route("/k/icon.svg", get(kiosk::icon))
        .route("/k/pair", post(kiosk::pair))
        .route("/k/sync", post(kiosk::sync))
        .route("/admin/devices", get(admin::devices).post(admin::change_devices))
        .route("/a/{unit}/devices", get(admin::own_devices).post(admin::change_own_devices))
}

/// What machines ask for.
fn machine() -> Router<Shared> {
    Router::new()
        .route("/assets/{name}", get(assets::asset))
        .route("/sounds/{tenant}/{hash}", get(admin::sound))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/api/v1/codes", post(api::issue))
        .route("/api/v1/codes/close", post(api::close))
}

/// The router of the whole product.
pub fn router(state: Shared) -> Router {
    let pages = citizen()
        .merge(console())
        .merge(administration())
        .merge(surveys())
        .merge(registry())
        .merge(kiosks())
        .merge(paper());
    let secure = state.is_secure();
    let router = pages
        .layer(CompressionLayer::new())
        .merge(machine())
        .fallback(public::nothing)
        .method_not_allowed_fallback(public::wrong_method)
        .layer(from_fn_with_state(state.clone(), origin::check))
        .layer(from_fn_with_state(state.clone(), proxy::read))
        .layer(from_fn(headers::add))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT));
    let router = if secure { router.layer(from_fn(headers::add_hsts)) } else { router };
    router.with_state(state)
}
