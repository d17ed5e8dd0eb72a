//! The signed token of a form: which survey and version it belongs to, how far its answer can be
//! believed, when it was handed out, and a nonce that makes a second tap the same answer. It says
//! nothing of who holds it.

use crate::keys::Keys;
use crate::record::position;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::SurveyId;
use domain::survey::Trust;
use subtle::ConstantTimeEq;
use thiserror::Error;
use time::OffsetDateTime;

/// What a form's token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormToken {
    /// Sixteen random bytes.
    pub nonce: [u8; 16],
    /// The survey.
    pub survey: SurveyId,
    /// Version of its instrument.
    pub version: u32,
    /// Trust of the answer.
    pub trust: Trust,
    /// Second of issue (Unix time).
    pub issued: u32,
}

/// The token was not signed here, or was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the form's token is not one of ours")]
pub struct BadToken;

/// Bytes of a token without its signature.
pub(crate) const PLAIN: usize = 1 + 16 + 16 + 4 + 1 + 4;

impl FormToken {
    /// The token as it stands in the form.
    #[must_use]
    pub fn write(&self, keys: &Keys) -> String {
        let plain = self.plain();
        URL_SAFE_NO_PAD.encode([&plain[..], &keys.sign_form(&plain)].concat())
    }

    /// Reads a token and checks its signature.
    ///
    /// # Errors
    /// [`BadToken`] for anything that was not written here with these keys.
    pub fn read(text: &str, keys: &Keys) -> Result<Self, BadToken> {
        if text.len() > 120 {
            return Err(BadToken);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken)?;
        let (plain, signature) = bytes.split_first_chunk::<PLAIN>().ok_or(BadToken)?;
        if signature.len() != 16 || !bool::from(keys.sign_form(plain).ct_eq(signature)) {
            return Err(BadToken);
        }
        Self::of_plain(plain)
    }

    pub(crate) fn plain(&self) -> [u8; PLAIN] {
        let mut bytes = [0; PLAIN];
        bytes[0] = 1;
        bytes[1..17].copy_from_slice(&self.nonce);
        bytes[17..33].copy_from_slice(self.survey.as_bytes());
        bytes[33..37].copy_from_slice(&self.version.to_le_bytes());
        bytes[37] = position(Trust::ALL, &self.trust);
        bytes[38..].copy_from_slice(&self.issued.to_le_bytes());
        bytes
    }

    pub(crate) fn of_plain(plain: &[u8; PLAIN]) -> Result<Self, BadToken> {
        if plain[0] != 1 {
            return Err(BadToken);
        }
        let four = |at: usize| plain[at..at + 4].try_into().map(u32::from_le_bytes).map_err(|_| BadToken);
        Ok(Self {
            nonce: plain[1..17].try_into().map_err(|_| BadToken)?,
            survey: SurveyId::from_slice(&plain[17..33]).map_err(|_| BadToken)?,
            version: four(33)?,
            trust: Trust::ALL.get(usize::from(plain[37])).copied().ok_or(BadToken)?,
            issued: four(38)?,
        })
    }

    /// Whole seconds since the form was handed out; 0 where the clock ran backwards.
    #[must_use]
    pub fn age(&self, now: OffsetDateTime) -> u64 {
        u64::try_from(now.unix_timestamp() - i64::from(self.issued)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_token_is_refused() {
        let keys = Keys::from_secret(&[1; 32]);
        let token = FormToken {
            nonce: [9; 16],
            survey: SurveyId::from_bytes([4; 16]),
            version: 3,
            trust: Trust::Open,
            issued: 1_790_000_000,
        };
        let text = token.write(&keys);
        assert_eq!(FormToken::read(&text, &keys), Ok(token));
        for at in 0..text.len() {
            let mut other = text.clone().into_bytes();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            let other = String::from_utf8(other).unwrap();
            let read = FormToken::read(&other, &keys);
            assert!(read.is_err(), "position {at}");
        }
        assert!(FormToken::read(&text, &Keys::from_secret(&[2; 32])).is_err());
        assert!(FormToken::read("", &keys).is_err());
    }
}
