//! For load balancers.

use crate::http::survey;
use crate::state::Shared;
use axum::extract::State;
use axum::http::StatusCode;

/// `GET /healthz`: the process is there.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers and a survey page can be drawn.
pub async fn ready(State(state): State<Shared>) -> (StatusCode, &'static str) {
    if state.office.store.ping().await.is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n");
    }
    let registry = state.office.registry();
    let touchpoint = registry.provinces().find_map(|province| province.touchpoints().next().cloned());
    match touchpoint.map(|touchpoint| {
        survey::draw_start_of(
            &state,
            &touchpoint.token.to_string(),
            domain::language::Language::default(),
            false,
        )
    }) {
        Some(response) if response.status().is_server_error() => {
            (StatusCode::SERVICE_UNAVAILABLE, "a survey page cannot be drawn\n")
        }
        _ => (StatusCode::OK, "ready\n"),
    }
}
