//! Forms of the console come from the console: `Sec-Fetch-Site`, else `Origin`, is checked on every
//! request that changes something and carries a cookie. Citizens' forms carry none and are signed.

use crate::guard::proxy::Reached;
use crate::state::Shared;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses forms of other sites.
pub async fn check(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let is_citizens = request.uri().path().starts_with("/s/");
    let reached = request.extensions().get::<Reached>().copied();
    if is_safe || is_citizens || is_our_own(request.headers(), &state.public_url, reached) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "this form was not sent from our own page\n").into_response()
}

fn is_our_own(headers: &HeaderMap, public_url: &str, reached: Option<Reached>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        // The address that the browser used counts too: behind a tunnel it need not be the public one.
        (None, Some(origin)) => {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            let right_scheme = |scheme: &str| match reached {
                Some(Reached::Https) => scheme == "https",
                Some(Reached::Http) => scheme == "http",
                None => true,
            };
            let is_here = |(scheme, at): (&str, &str)| at == host && right_scheme(scheme);
            origin == public_url || origin.split_once("://").is_some_and(is_here)
        }
        // Neither header: no browser of today, and no cookie was sent by another site's page.
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &str)| {
            (axum::http::HeaderName::from_static(name), axum::http::HeaderValue::from_str(value).unwrap())
        };
        pairs.iter().map(header).collect()
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let ours = "https://hailong.example";
        let ok = |pairs: &[(&'static str, &str)]| is_our_own(&headers(pairs), ours, None);
        assert!(ok(&[("sec-fetch-site", "same-origin")]));
        assert!(ok(&[("origin", ours), ("host", "x")]));
        assert!(!ok(&[("sec-fetch-site", "cross-site"), ("origin", ours)]));
        assert!(!ok(&[("origin", "https://evil.example"), ("host", "hailong.example")]));
        assert!(!ok(&[("origin", "null"), ("host", "hailong.example")]));
    }

    #[test]
    fn where_the_scheme_is_known_another_scheme_is_another_site() {
        let at = |origin| headers(&[("origin", origin), ("host", "10.0.0.7")]);
        let ok = |origin, reached| is_our_own(&at(origin), "https://hailong.example", reached);
        assert!(ok("https://10.0.0.7", Some(Reached::Https)));
        assert!(!ok("http://10.0.0.7", Some(Reached::Https)));
        assert!(ok("http://10.0.0.7", None) && ok("http://10.0.0.7", Some(Reached::Http)));
    }
}
