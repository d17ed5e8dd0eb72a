//! A visitor: requests, headers and cookies, as a browser sends them, but nothing is followed.

use std::fmt::Write as _;
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::timeout;

pub use crate::wire::Answer;
use crate::wire::{Connection, request};

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(30);

/// One visitor of one site. Each request has a connection of its own.
#[derive(Clone, Debug)]
pub struct Visitor {
    host: String,
    address: SocketAddr,
    cookies: Vec<(String, String)>,
    headers: Vec<(String, String)>,
}

/// Splits an address such as `http://127.0.0.1:3000/s/abc?x=1` into host and path.
#[must_use]
pub fn split_url(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    rest.find('/').map_or((rest, "/"), |at| rest.split_at(at))
}

impl Visitor {
    /// A visitor of the site that serves this address.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let host = split_url(url).0.to_owned();
        let address = host.replace("localhost", "127.0.0.1").parse();
        let address = address.unwrap_or_else(|_| panic!("{url}: tests visit loopback addresses with a port"));
        Self { host, address, cookies: Vec::new(), headers: Vec::new() }
    }

    /// The same visitor with one more header on every request.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The origin, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    /// The value of a cookie that the site has set.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// Gets a page; the address may be a path or a whole URL of the site.
    ///
    /// # Panics
    /// When no answer comes.
    pub async fn get(&mut self, url: &str) -> Answer {
        self.send("GET", url, &[], b"").await.unwrap_or_else(|error| panic!("GET {url}: {error}"))
    }

    /// Posts a form.
    ///
    /// # Panics
    /// When no answer comes.
    pub async fn post(&mut self, url: &str, pairs: &[(String, String)]) -> Answer {
        self.try_post(url, pairs).await.unwrap_or_else(|error| panic!("POST {url}: {error}"))
    }

    /// Posts a form to a server that may be gone.
    pub async fn try_post(&mut self, url: &str, pairs: &[(String, String)]) -> Result<Answer> {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.send("POST", url, &[kind], urlencode(pairs).as_bytes()).await
    }

    /// Sends any request. Cookies that come back are kept.
    pub async fn send(
        &mut self,
        verb: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer> {
        let path = url.strip_prefix(&self.origin()).unwrap_or(url);
        let mut lines = String::from("connection: close\r\n");
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.chain(headers.iter().copied()) {
            let _ = write!(lines, "{name}: {value}\r\n");
        }
        if !self.cookies.is_empty() {
            let jar: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let _ = write!(lines, "cookie: {}\r\n", jar.join("; "));
        }
        let bytes = request(verb, &self.host, if path.is_empty() { "/" } else { path }, &lines, body);
        let exchange = async { Connection::open(self.address).await?.send(&bytes).await };
        let late = || Error::new(ErrorKind::TimedOut, format!("no answer within {PATIENCE:?}"));
        let answer = timeout(PATIENCE, exchange).await.map_err(|_| late())??;
        self.keep_cookies(&answer);
        Ok(answer)
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        for (_, line) in set {
            let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            self.cookies.retain(|(one, _)| one != name);
            let over = line.to_ascii_lowercase().contains("max-age=0");
            if !over && !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

/// Pairs as a browser writes them into the body of a form.
#[must_use]
pub fn urlencode(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => {
                escaped.push(char::from(byte));
            }
            b' ' => escaped.push('+'),
            _ => {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_written_as_a_browser_writes_it() {
        let pairs = [("a".to_owned(), "xã & phường".to_owned()), ("b".to_owned(), String::new())];
        assert_eq!(urlencode(&pairs), "a=x%C3%A3+%26+ph%C6%B0%E1%BB%9Dng&b=");
    }

    #[test]
    fn an_address_splits_into_host_and_path() {
        assert_eq!(split_url("http://127.0.0.1:3000/s/a?b=c"), ("127.0.0.1:3000", "/s/a?b=c"));
        assert_eq!(split_url("http://127.0.0.1:3000"), ("127.0.0.1:3000", "/"));
    }

    #[tokio::test]
    async fn nothing_is_sent_beyond_loopback() {
        let address = "192.0.2.1:80".parse().unwrap();
        assert_eq!(Connection::open(address).await.unwrap_err().kind(), ErrorKind::PermissionDenied);
    }
}
