//! Surrogate ids. Sixteen random bytes each, minted in server crates only (wasm has no need of new
//! ids), never derived from a name, a code or a time, so that an id says nothing about its row.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Why a text is not an id or a tag.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// Ids are sixteen bytes.
    #[error("an id has sixteen bytes, this has {0}")]
    Length(usize),
    /// A tenant's tag is two letters A-Z.
    #[error("a tag is two capital letters, not {0:?}")]
    Tag(String),
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// The id with these bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(uuid::Uuid::from_bytes(bytes))
            }

            /// The bytes as they are stored.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// The id in a stored column.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdError> {
                let bytes = bytes.try_into().map_err(|_| IdError::Length(bytes.len()))?;
                Ok(Self::from_bytes(bytes))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.simple())
            }
        }
    )+};
}

ids! {
    /// A unit (agency), whatever its code and name are on a given day.
    UnitId,
    /// A survey.
    SurveyId,
    /// A touchpoint: one place with its own QR code.
    TouchpointId,
    /// An account of the console.
    AccountId,
    /// One imported file of existing answers.
    ImportId,
    /// A tablet at a counter.
    DeviceId,
}

/// The two capital letters that name a tenant (province) in everything that comes from outside.
///
/// ```
/// use domain::id::Tenant;
/// assert_eq!("CM".parse::<Tenant>().unwrap().as_str(), "CM");
/// assert!("cm1".parse::<Tenant>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tenant([u8; 2]);

impl Tenant {
    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Tenant {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err(IdError::Tag(text.chars().take(20).collect())),
        }
    }
}

impl TryFrom<String> for Tenant {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<Tenant> for String {
    fn from(tenant: Tenant) -> Self {
        tenant.as_str().to_owned()
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
