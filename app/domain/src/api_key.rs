//! Keys of other systems: what one may do, how it is named, how long it lives.

use std::fmt;
use thiserror::Error;

crate::survey::words! {
    /// Something that a key may do.
    Verb, "verb" {
        /// Ask for a one-time code for a dossier.
        IssueCodes = "issue-codes",
        /// Say that dossiers are closed.
        CloseCodes = "close-codes",
    }
}

/// Longest life of a key, days: whoever looks after the other system has changed by then.
pub const MOST_DAYS: i64 = 730;
/// Its usual life, days.
pub const USUAL_DAYS: i64 = 365;

/// Why a key is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyFault {
    /// Not a name.
    #[error("a key's name has 3 to 40 letters, digits, dots and hyphens, such as case-system")]
    Name,
    /// The name was used before; the audit log would not tell the two apart.
    #[error("there is, or was, a key of this name; choose another name")]
    Taken,
    /// It may do nothing.
    #[error("choose what the key may do")]
    Verbs,
    /// Too short or too long a life.
    #[error("a key lives for 1 to {MOST_DAYS} days")]
    Days,
    /// No such unit.
    #[error("there is no such unit")]
    Unit,
}

/// Checks the name of a key.
///
/// # Errors
/// [`KeyFault::Name`].
pub fn check_name(name: &str) -> Result<(), KeyFault> {
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if (3..=40).contains(&name.len()) && name.chars().all(is_good) { Ok(()) } else { Err(KeyFault::Name) }
}

/// What a key may do, as it is stored: the verbs with spaces between.
///
/// ```
/// use domain::api_key::{Verb, Verbs};
/// let verbs: Verbs = "close-codes issue-codes".parse().unwrap();
/// assert!(verbs.may(Verb::IssueCodes));
/// assert_eq!(verbs.to_string(), "issue-codes close-codes");
/// assert!("sing".parse::<Verbs>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verbs(Vec<Verb>);

impl Verbs {
    /// These verbs, each once, in their order.
    ///
    /// # Errors
    /// [`KeyFault::Verbs`] where there is none.
    pub fn new(verbs: &[Verb]) -> Result<Self, KeyFault> {
        let kept: Vec<Verb> = Verb::ALL.iter().copied().filter(|verb| verbs.contains(verb)).collect();
        if kept.is_empty() { Err(KeyFault::Verbs) } else { Ok(Self(kept)) }
    }

    /// Whether this may be done.
    #[must_use]
    pub fn may(&self, verb: Verb) -> bool {
        self.0.contains(&verb)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Verb] {
        &self.0
    }
}

impl std::str::FromStr for Verbs {
    type Err = KeyFault;

    fn from_str(text: &str) -> Result<Self, KeyFault> {
        let verbs: Result<Vec<Verb>, _> = text.split_whitespace().map(str::parse).collect();
        Self::new(&verbs.map_err(|_| KeyFault::Verbs)?)
    }
}

impl fmt::Display for Verbs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|verb| verb.code()).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_word_that_a_log_can_hold() {
        for good in ["case-system", "mot.cua", "abc", &"a".repeat(40)] {
            assert_eq!(check_name(good), Ok(()));
        }
        for bad in ["", "ab", "Case", "a b c", "một-cửa", &"a".repeat(41)] {
            assert_eq!(check_name(bad), Err(KeyFault::Name), "{bad}");
        }
    }

    #[test]
    fn a_key_that_may_do_nothing_is_none() {
        assert_eq!(Verbs::new(&[]), Err(KeyFault::Verbs));
        assert_eq!("".parse::<Verbs>(), Err(KeyFault::Verbs));
        let twice = Verbs::new(&[Verb::CloseCodes, Verb::CloseCodes]);
        assert_eq!(twice.map(|verbs| verbs.to_string()).as_deref(), Ok("close-codes"));
    }
}
