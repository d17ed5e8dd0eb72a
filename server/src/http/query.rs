//! Queries and forms as pairs of names and values, checked once for all handlers.

use crate::failure::Failure;
use app::console::BadAddress;
use app::parts::address::Address;
use axum::http::Uri;
use domain::language::Language;

/// Most parameters of an address.
const MOST: usize = 40;

/// The decoded parameters of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

/// A text is not what a browser would send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAForm;

/// Decodes `application/x-www-form-urlencoded`. Bytes that are no UTF-8 are refused, not replaced.
///
/// # Errors
/// [`NotAForm`] where the text is not in UTF-8 or has a broken escape.
pub fn decode(text: &[u8]) -> Result<Vec<(String, String)>, NotAForm> {
    text.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            Ok((unescape(&pair[..at])?, unescape(pair.get(at + 1..).unwrap_or_default())?))
        })
        .collect()
}

fn unescape(text: &[u8]) -> Result<String, NotAForm> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits =
                    text.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok()).ok_or(NotAForm)?;
                bytes.push(u8::from_str_radix(digits, 16).map_err(|_| NotAForm)?);
                at += 2;
            }
            other => bytes.push(*other),
        }
        at += 1;
    }
    String::from_utf8(bytes).map_err(|_| NotAForm)
}

impl Query {
    /// The parameters of an address.
    ///
    /// # Errors
    /// Where they are not in UTF-8, too many, too long, or named twice.
    pub fn of(uri: &Uri) -> Result<Self, Failure> {
        let unreadable = || Failure::BadRequest(BadAddress::Unreadable);
        let pairs = decode(uri.query().unwrap_or_default().as_bytes()).map_err(|_| unreadable())?;
        if pairs.len() > MOST || pairs.iter().any(|(name, value)| name.len() > 60 || value.len() > 600) {
            return Err(unreadable());
        }
        if pairs.iter().any(|(name, value)| name.chars().chain(value.chars()).any(char::is_control)) {
            return Err(unreadable());
        }
        for (at, (name, _)) in pairs.iter().enumerate() {
            if pairs[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(Failure::BadRequest(BadAddress::Twice { name: name.clone() }));
            }
        }
        Ok(Self(pairs))
    }

    /// A parameter; an empty one counts as absent, as forms send it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|v| !v.is_empty())
    }

    /// A parameter of a closed list.
    ///
    /// # Errors
    /// Where it is none of the list.
    pub fn word<T>(&self, name: &str) -> Result<Option<T>, Failure>
    where
        T: std::str::FromStr,
    {
        let parse = |text: &str| text.parse().map_err(|_| Failure::bad_value(name, text));
        self.get(name).map(parse).transpose()
    }

    /// The language asked for; Vietnamese where none is.
    #[must_use]
    pub fn language(&self) -> Language {
        self.get("lang").and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    /// The address, for links that keep it.
    #[must_use]
    pub fn address(&self, path: &str) -> Address {
        Address { path: path.to_owned(), query: self.0.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_form_is_decoded_as_browsers_write_it() {
        let pairs = decode("a=1&b=%C4%91%E1%BA%A5t+%C4%91ai&c&=x".as_bytes()).unwrap();
        let expected = [("a", "1"), ("b", "đất đai"), ("c", ""), ("", "x")];
        assert_eq!(pairs, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn another_encoding_is_refused_and_not_replaced() {
        assert_eq!(decode(b"a=%D0%E2t"), Err(NotAForm));
        assert_eq!(decode(b"a=%4"), Err(NotAForm));
        assert_eq!(decode(b"a=\xff"), Err(NotAForm));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_decoder_panic(text in prop::collection::vec(any::<u8>(), 0..80)) {
            drop(decode(&text));
        }

        #[test]
        fn what_a_browser_wrote_is_read_as_it_was_typed(
            pairs in prop::collection::vec(("\\PC{0,8}|[&=+% \u{0}]{0,4}", "\\PC{0,20}|[&=+%\r\n]{0,8}"), 1..8)
        ) {
            let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
            let written: Vec<String> = pairs.iter().map(|(a, b)| format!("{}={}", escape(a), escape(b))).collect();
            prop_assert_eq!(decode(written.join("&").as_bytes()).unwrap(), pairs);
        }

        #[test]
        fn no_query_makes_an_address_panic(text in "[a-z0-9%&=+./_~-]{0,60}") {
            let uri = format!("/a/1?{text}").parse::<Uri>();
            if let Some(query) = uri.ok().and_then(|uri| Query::of(&uri).ok()) {
                drop((query.language(), query.address("/a/1").to_string()));
            }
        }
    }

    #[test]
    fn a_parameter_named_twice_is_refused() {
        let uri: Uri = "/a/1?period=2026&period=2025".parse().unwrap();
        assert!(matches!(Query::of(&uri), Err(Failure::BadRequest(_))));
    }
}
