//! What a form of the console was filled in with.

use crate::failure::Failure;
use crate::http::query::decode;
use app::console::BadAddress;

/// The pairs of a posted form.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled(Vec<(String, String)>);

impl Filled {
    /// Reads a body; characters that no keyboard writes are refused.
    pub fn read(body: &[u8]) -> Result<Self, Failure> {
        let unreadable = || Failure::BadRequest(BadAddress::Unreadable);
        let pairs = decode(body).map_err(|_| unreadable())?;
        let is_typed = |c: char| !c.is_control() || matches!(c, '\r' | '\n' | '\t');
        let all_typed = pairs.iter().all(|(name, value)| name.chars().chain(value.chars()).all(is_typed));
        if all_typed { Ok(Self(pairs)) } else { Err(unreadable()) }
    }

    /// All of them.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// A field; empty where it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// A field without the spaces around it, at most so many characters of it.
    pub fn short(&self, name: &str, most: usize) -> String {
        self.get(name).trim().chars().take(most).collect()
    }

    /// A field with a word of a closed list.
    pub fn word<T: std::str::FromStr>(&self, name: &str) -> Result<T, Failure> {
        self.get(name).parse().map_err(|_| Failure::bad_value(name, self.get(name)))
    }

    /// Fields whose names begin alike: what follows in the name, and the value.
    pub fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// Every value of a field that can be ticked several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_ticked_twice_is_read_twice_and_a_bell_is_refused() {
        let filled = Filled::read(b"unit=1&unit=2&go=open&reason=a%0D%0Ab").unwrap();
        assert_eq!(filled.all("unit"), ["1", "2"]);
        assert_eq!(filled.get("go"), "open");
        assert_eq!(filled.get("nothing"), "");
        assert!(Filled::read(b"code=%07").is_err());
    }
}
