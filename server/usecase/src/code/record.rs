//! What a code is about, as one record of fixed size before it is sealed.

use crate::error::UsecaseError;
use crate::keys::{Keys, Purpose};
use crate::office::Office;
use crate::record::{RecordError, padded, pick, position, unpadded};
use domain::code::Issuer;
use domain::id::{Tenant, UnitId};
use domain::survey::{Channel, Mode, Variant};

/// Bytes of a subject.
pub(super) const SUBJECT: usize = 52;
/// Bytes of a record before sealing.
const PLAIN: usize = 112;
const VERSION: u8 = 1;

/// What an answer by a code is about; nobody has to be asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The unit that decides.
    pub deciding: UnitId,
    /// The counter that receives.
    pub receiving: UnitId,
    /// Code of the field.
    pub field: String,
    /// How the dossier was handed in.
    pub channel: Channel,
    /// How the code reached the person.
    pub mode: Mode,
    /// The form.
    pub variant: Variant,
}

/// What the server keeps of a code, sealed: never the dossier, never a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRecord {
    /// What it is about.
    pub subject: Subject,
    /// Who gave it out.
    pub issuer: Issuer,
    /// Number of its batch.
    pub batch: u32,
    /// What is kept of all its bits.
    pub check: [u8; 16],
}

impl Subject {
    /// The subject in fixed places.
    ///
    /// # Errors
    /// [`RecordError::TooMany`] where the code of the field is longer than a record holds.
    pub(super) fn encode(&self) -> Result<[u8; SUBJECT], RecordError> {
        let mut bytes = [0; SUBJECT];
        bytes[0..16].copy_from_slice(self.deciding.as_bytes());
        bytes[16..32].copy_from_slice(self.receiving.as_bytes());
        bytes[32..48].copy_from_slice(&padded::<16>(&self.field).ok_or(RecordError::TooMany)?);
        bytes[48] = position(Channel::ALL, &self.channel);
        bytes[49] = position(&Mode::SINGLE, &self.mode);
        bytes[50] = position(Variant::ALL, &self.variant);
        Ok(bytes)
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
        let bytes: &[u8; SUBJECT] = bytes.try_into().map_err(|_| RecordError::Damaged)?;
        let id = |at: usize| UnitId::from_slice(&bytes[at..at + 16]).map_err(|_| RecordError::Damaged);
        let mode = Mode::SINGLE.get(usize::from(bytes[49])).cloned();
        Ok(Self {
            deciding: id(0)?,
            receiving: id(16)?,
            field: unpadded(&bytes[32..48])?,
            channel: pick(Channel::ALL, bytes[48])?,
            mode: mode.ok_or(RecordError::Damaged)?,
            variant: pick(Variant::ALL, bytes[50])?,
        })
    }
}

impl CodeRecord {
    fn encode(&self) -> Result<[u8; PLAIN], RecordError> {
        let mut bytes = [0; PLAIN];
        bytes[0] = VERSION;
        bytes[1] = position(Issuer::ALL, &self.issuer);
        bytes[2..6].copy_from_slice(&self.batch.to_le_bytes());
        bytes[6..22].copy_from_slice(&self.check);
        bytes[22..22 + SUBJECT].copy_from_slice(&self.subject.encode()?);
        Ok(bytes)
    }

    fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
        let bytes: &[u8; PLAIN] = bytes.try_into().map_err(|_| RecordError::Damaged)?;
        if bytes[0] != VERSION {
            return Err(RecordError::Damaged);
        }
        let mut check = [0; 16];
        check.copy_from_slice(&bytes[6..22]);
        Ok(Self {
            issuer: pick(Issuer::ALL, bytes[1])?,
            batch: u32::from_le_bytes([bytes[2], bytes[3], bytes[4], bytes[5]]),
            check,
            subject: Subject::decode(&bytes[22..22 + SUBJECT])?,
        })
    }

    /// The record as it is stored: it opens only beside its own hash.
    ///
    /// # Errors
    /// Where it does not fit.
    pub(super) fn seal(
        &self,
        office: &Office,
        tenant: Tenant,
        hash: &[u8; 32],
    ) -> Result<Vec<u8>, UsecaseError> {
        Ok(office.keys.seal(Purpose::Code, &self.encode()?, &about(tenant, hash), &office.chance))
    }

    /// Opens a record.
    ///
    /// # Errors
    /// Where it was changed, or belongs to another hash or key.
    pub(super) fn unseal(
        keys: &Keys,
        tenant: Tenant,
        hash: &[u8; 32],
        sealed: &[u8],
    ) -> Result<Self, UsecaseError> {
        Ok(Self::decode(&keys.unseal(Purpose::Code, sealed, &about(tenant, hash))?)?)
    }
}

fn about(tenant: Tenant, hash: &[u8; 32]) -> Vec<u8> {
    [tenant.as_str().as_bytes(), hash].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_record_comes_back(
            ids in any::<([u8; 16], [u8; 16], [u8; 16])>(), batch in any::<u32>(),
            words in (0usize..3, 0usize..4, 0usize..8, 0usize..3), field in "[a-z-]{0,16}",
        ) {
            let subject = Subject {
                deciding: UnitId::from_bytes(ids.0),
                receiving: UnitId::from_bytes(ids.1),
                field,
                channel: Channel::ALL[words.1],
                mode: Mode::SINGLE[words.2].clone(),
                variant: Variant::ALL[words.3],
            };
            let record = CodeRecord { subject, issuer: Issuer::ALL[words.0], batch, check: ids.2 };
            prop_assert_eq!(CodeRecord::decode(&record.encode().unwrap()), Ok(record));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), PLAIN)) {
            drop(CodeRecord::decode(&bytes));
        }
    }
}
