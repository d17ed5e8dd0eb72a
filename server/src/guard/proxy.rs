//! What stands in front of us. Only a proxy that was named at the start is believed when it says how
//! the public reached it; whatever anybody else sends under those names is thrown away unread.
//!
//! No address of a reader is read, kept or logged: nothing in the product needs one.

use crate::state::{AppState, Shared};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// Names under which proxies speak of the reader.
const SPOKEN: [&str; 6] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-real-ip",
];

/// An address, or a network such as `10.1.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

/// The text is no address and no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write an address such as 127.0.0.1, or a network such as 10.1.0.0/16")]
pub struct NotANetwork;

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(at, bits)| (at, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| NotANetwork)?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(longest), str::parse).map_err(|_| NotANetwork)?;
        if prefix > longest { Err(NotANetwork) } else { Ok(Self { address, prefix }) }
    }
}

impl Network {
    /// Whether an address lies in it. An IPv4 address counts as such however it arrived.
    #[must_use]
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32 - self.prefix;
                (u32::from(own) ^ u32::from(other)).checked_shr(shift).unwrap_or(0) == 0
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128 - self.prefix;
                (u128::from(own) ^ u128::from(other)).checked_shr(shift).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// How the public reached the proxy, where a proxy that we trust has said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Over https.
    Https,
    /// Over plain http.
    Http,
}

/// Reads what a trusted proxy says and takes it off the request. Where the public address is https,
/// a reader who came over plain http is led there; a form that came so is refused.
pub async fn read(State(state): State<Shared>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let reached = reached(&state, peer, request.headers());
    for name in SPOKEN {
        request.headers_mut().remove(name);
    }
    if reached == Some(Reached::Http) && state.is_secure() {
        return lead_to_https(&state, &request);
    }
    if let Some(reached) = reached {
        request.extensions_mut().insert(reached);
    }
    next.run(request).await
}

fn reached(state: &AppState, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<Reached> {
    let peer = peer?;
    if !state.proxies.iter().any(|network| network.contains(peer)) {
        return None;
    }
    // Of several proxies in a row each adds its word; the last one is the nearest to us.
    let said = headers.get_all("x-forwarded-proto").iter().next_back()?.to_str().ok()?;
    let word = said.rsplit(',').next().unwrap_or_default().trim();
    match word {
        _ if word.eq_ignore_ascii_case("https") => Some(Reached::Https),
        _ if word.eq_ignore_ascii_case("http") => Some(Reached::Http),
        _ => None,
    }
}

fn lead_to_https(state: &AppState, request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let words = "this form came over an open connection; open the page again over https\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    let path = request.uri().path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    let to = format!("{}{path}", state.public_url);
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(network: &str, address: &str) -> bool {
        network.parse::<Network>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        assert!(holds("127.0.0.1", "127.0.0.1") && !holds("127.0.0.1", "127.0.0.2"));
        assert!(holds("10.1.0.0/16", "10.1.255.3") && !holds("10.1.0.0/16", "10.2.0.1"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && !holds("0.0.0.0/0", "::1"));
        assert!(holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "fe80::1"));
        assert!(holds("::/0", "fe80::1"));
        assert!(holds("10.1.0.0/16", "::ffff:10.1.2.3"), "an IPv4 address on an IPv6 socket");
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "localhost", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8"] {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
    }
}
