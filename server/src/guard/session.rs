//! Cookies and who holds them.

use crate::failure::Failure;
use crate::state::AppState;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::scope::Principal;
use usecase::sign_in::recognise;

/// The session token of a request, if it carries one.
#[must_use]
pub fn token_of(state: &AppState, headers: &HeaderMap) -> Option<String> {
    let name = state.cookie_name();
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// Who sent a request; `None` where nobody is signed in.
///
/// # Errors
/// Where the database is away.
pub async fn principal_of(state: &AppState, headers: &HeaderMap) -> Result<Option<Principal>, Failure> {
    let Some(token) = token_of(state, headers) else { return Ok(None) };
    recognise(&state.office, &token).await.map_err(|error| Failure::from_error(&error, state))
}

/// The header that hands a token out, or takes it back where it is empty.
#[must_use]
pub fn set_cookie(state: &AppState, token: &str) -> HeaderValue {
    let secure = if state.is_secure() { "; Secure" } else { "" };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", state.cookie_name());
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
