//! Touchpoints: one place with its own QR code.

use crate::id::{Tenant, TouchpointId, UnitId};
use crate::survey::{Mode, Variant};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Letters and digits that survive being read aloud, written down and typed again:
/// no 0/O, no 1/I/L, no U (which would make words).
pub const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a token after the tenant's tag.
pub const TOKEN_LENGTH: usize = 7;

/// What stands behind `/s/`: the tenant's tag and seven characters, case forgiven.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    tenant: Tenant,
    rest: [u8; TOKEN_LENGTH],
}

/// The text cannot be a token of this system.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this is not an address that we printed")]
pub struct NotAToken;

impl Token {
    /// The token made of a tag and characters drawn by the caller, each below 30.
    ///
    /// Returns `None` where a number is not an index into [`ALPHABET`].
    #[must_use]
    pub fn draw(tenant: Tenant, drawn: [u8; TOKEN_LENGTH]) -> Option<Self> {
        let mut rest = [0; TOKEN_LENGTH];
        for (to, from) in rest.iter_mut().zip(drawn) {
            *to = *ALPHABET.get(usize::from(from))?;
        }
        Some(Self { tenant, rest })
    }

    /// The tenant that the token names.
    #[must_use]
    pub const fn tenant(&self) -> Tenant {
        self.tenant
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let upper = text.to_ascii_uppercase();
        let bytes = upper.as_bytes();
        if bytes.len() != 2 + TOKEN_LENGTH {
            return Err(NotAToken);
        }
        let tenant = upper.get(..2).and_then(|t| t.parse().ok()).ok_or(NotAToken)?;
        let rest: [u8; TOKEN_LENGTH] = bytes[2..].try_into().map_err(|_| NotAToken)?;
        if rest.iter().all(|c| ALPHABET.contains(c)) { Ok(Self { tenant, rest }) } else { Err(NotAToken) }
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tenant.as_str())?;
        self.rest.iter().try_for_each(|c| write!(f, "{}", char::from(*c)))
    }
}

/// One place with its own QR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touchpoint {
    /// Surrogate id.
    pub id: TouchpointId,
    /// What its URL ends in.
    pub token: Token,
    /// The counter (or commune, or department) where it hangs.
    pub unit: UnitId,
    /// Poster, link or kiosk.
    pub mode: Mode,
    /// The form it shows.
    pub variant: Variant,
    /// Counts reprints; stands at the foot of the poster.
    pub version: u32,
    /// Somebody tampered with it; its URL says so and takes no answers.
    pub revoked: bool,
}

crate::survey::words! {
    /// How somebody found a poster who went to look at it.
    PosterState, "state of a poster" {
        /// As it was printed.
        Fine = "fine",
        /// Gone, torn, faded.
        Damaged = "damaged",
        /// Another code was stuck over it, or one hangs beside it that nobody knows.
        Covered = "covered",
    }
}

crate::survey::words! {
    /// Whose places are meant when something is done to many at once.
    Places, "places" {
        /// Those of communes.
        Communes = "commune",
        /// Those of departments.
        Departments = "department",
        /// Every place of the province.
        All = "all",
    }
}
