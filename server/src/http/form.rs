//! A form that somebody who has signed in has sent: read once, checked once.

use crate::failure::Failure;
use crate::http::page::Reader;
use crate::http::query::decode;
use crate::state::Shared;
use app::console::BadAddress;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;

/// Most bytes of a field of these forms.
const MOST: usize = 600;

/// The fields of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body of a form.
    ///
    /// # Errors
    /// Where it is none: not in UTF-8, a field named twice or far too long, control characters.
    pub fn read(body: &[u8]) -> Result<Self, Failure> {
        let unreadable = || Failure::BadRequest(BadAddress::Unreadable);
        let pairs = decode(body).map_err(|_| unreadable())?;
        let is_bad = |(name, value): &(String, String)| {
            name.len() > 60 || value.len() > MOST || value.chars().any(char::is_control)
        };
        if pairs.len() > 40 || pairs.iter().any(is_bad) {
            return Err(unreadable());
        }
        for (at, (name, _)) in pairs.iter().enumerate() {
            if pairs[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(Failure::BadRequest(BadAddress::Twice { name: name.clone() }));
            }
        }
        Ok(Self(pairs))
    }

    /// A field without blanks around it; empty where it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// A field as it was typed, as passwords are.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// A field, unless it is empty.
    #[must_use]
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }
}

/// A form and who sent it; whoever is not signed in is sent to the door.
#[derive(Debug)]
pub struct Sent {
    /// Who.
    pub reader: Reader,
    /// The form.
    pub form: Form,
}

impl FromRequest<Shared> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &Shared) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let reader = Reader::from_request_parts(&mut parts, state).await?;
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await;
        let body = body.map_err(|_| reader.fail(state, &Failure::BadRequest(BadAddress::Unreadable)))?;
        match Form::read(&body) {
            Ok(form) => Ok(Self { reader, form }),
            Err(failure) => Err(reader.fail(state, &failure)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_what_a_browser_sends_and_nothing_else() {
        let form = Form::read(b"name=+lan+&password=+a+b+&unit=").unwrap();
        assert_eq!((form.get("name"), form.raw("password"), form.some("unit")), ("lan", " a b ", None));
        for bad in ["a=1&a=2", "a=%00", "a=%ff", &format!("a={}", "x".repeat(601))] {
            assert!(Form::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
