//! The address of a page: a path and its query. Filters are links and GET forms, so the address is
//! the whole state of a page and can be mailed.

use std::fmt::Write as _;

/// A path with its query parameters, not yet encoded.
///
/// ```
/// use app::parts::address::Address;
/// let here = Address::new("/a/31825").with("period", "2026-Q3").with("lang", "vi");
/// assert_eq!(here.with("lang", "en").to_string(), "/a/31825?period=2026-Q3&lang=en");
/// assert_eq!(Address::new("/a/x y").with("next", "/p/96?a=b").to_string(), "/a/x%20y?next=%2Fp%2F96%3Fa%3Db");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// The path, such as `/a/31825`.
    pub path: String,
    /// Names and values in order.
    pub query: Vec<(String, String)>,
}

impl Address {
    /// A path without a query.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), query: Vec::new() }
    }

    /// The same with a parameter set, in its old place where it was there before.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        match other.query.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => value.clone_into(old),
            None => other.query.push((name.to_owned(), value.to_owned())),
        }
        other
    }

    /// The same without some parameters.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        let query = self.query.iter().filter(|(key, _)| !names.contains(&key.as_str())).cloned().collect();
        Self { path: self.path.clone(), query }
    }

    /// Another page that keeps some of this one's parameters.
    #[must_use]
    pub fn carry(&self, path: impl Into<String>, names: &[&str]) -> Self {
        let query = self.query.iter().filter(|(key, _)| names.contains(&key.as_str())).cloned().collect();
        Self { path: path.into(), query }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&encode(&self.path, b"/@:-._~"))?;
        for (index, (name, value)) in self.query.iter().enumerate() {
            f.write_str(if index == 0 { "?" } else { "&" })?;
            write!(f, "{}={}", encode(name, b"-._~"), encode(value, b"-._~"))?;
        }
        Ok(())
    }
}

fn encode(text: &str, plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_site_or_open_a_query() {
        assert_eq!(Address::new("/a/x?y#z").to_string(), "/a/x%3Fy%23z");
        assert_eq!(Address::new("/a/31825@2025-07-01").to_string(), "/a/31825@2025-07-01");
    }

    #[test]
    fn what_is_carried_is_named() {
        let here = Address::new("/p/96").with("trust", "open").with("sort", "index");
        assert_eq!(here.carry("/a/1", &["trust"]).to_string(), "/a/1?trust=open");
        assert_eq!(here.without(&["trust"]).to_string(), "/p/96?sort=index");
    }
}
