//! Security headers. Citizens' pages allow no script at all; the console allows its own files.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// For citizens' pages.
pub const CITIZEN_CSP: &str = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; \
     media-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
/// For the console.
pub const CONSOLE_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
     frame-ancestors 'none'";

/// Headers of every answer. A handler may set a stricter cache or another policy before.
pub async fn add(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_citizens =
        ["/s/", "/c/"].iter().any(|start| path.starts_with(start)) || ["/c", "/privacy"].contains(&path);
    let mut response = next.run(request).await;
    let csp = if is_citizens { CITIZEN_CSP } else { CONSOLE_CSP };
    let defaults: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, csp),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
        (header::CACHE_CONTROL, if is_citizens { "private, no-cache" } else { "no-store" }),
    ];
    for (name, value) in defaults {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Where the public reaches us over https, browsers are told to stay there.
pub async fn add_hsts(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, value);
    response
}
