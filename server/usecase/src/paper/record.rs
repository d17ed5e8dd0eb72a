//! What waits of a form: who typed what, sealed as one record of fixed size.

use crate::chance::Chance;
use crate::error::UsecaseError;
use crate::keys::{Keys, Purpose};
use crate::record::RecordError;
use domain::id::{AccountId, Tenant, UnitId};
use domain::paper::Typing;
use domain::submission::{Context, Sheet};

const VERSION: u8 = 1;
/// Bytes of what one person typed.
const BODY: usize = 4_096;
const SLOT: usize = 1 + 16 + 16 + 2 + BODY;
/// Bytes of a record before it is sealed.
pub const PAPER: usize = 1 + 2 * SLOT;

/// Somebody who types: the account, and the house it belongs to. A centre belongs to its committee's house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typist {
    /// The account.
    pub account: AccountId,
    /// The committee, the department, or the province itself.
    pub house: UnitId,
}

/// What somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Who.
    pub by: Typist,
    /// What.
    pub what: Typing,
}

/// What waits of a form: one typing, or two that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Waiting {
    pub first: Typed,
    pub second: Option<Typed>,
}

/// Which form a record belongs to: it does not open as another's.
pub(super) fn about(tenant: Tenant, batch: i64, form: i64) -> Vec<u8> {
    [tenant.as_str().as_bytes(), &batch.to_le_bytes(), &form.to_le_bytes()].concat()
}

impl Waiting {
    /// The sealed record.
    pub fn seal(&self, keys: &Keys, about: &[u8], chance: &Chance) -> Result<Vec<u8>, UsecaseError> {
        let mut plain = Vec::with_capacity(PAPER);
        plain.push(VERSION);
        write(Some(&self.first), &mut plain)?;
        write(self.second.as_ref(), &mut plain)?;
        Ok(keys.seal(Purpose::Paper, &plain, about, chance))
    }

    /// Opens a record and reads its sheets against the form.
    pub fn unseal(
        keys: &Keys,
        sealed: &[u8],
        about: &[u8],
        context: &Context<'_>,
    ) -> Result<Self, UsecaseError> {
        let plain = keys.unseal(Purpose::Paper, sealed, about)?;
        let (version, rest) = plain.split_first().ok_or(RecordError::Damaged)?;
        let (first, second) = rest.split_at_checked(SLOT).ok_or(RecordError::Damaged)?;
        if *version != VERSION {
            return Err(RecordError::Damaged.into());
        }
        let first = read(first, context)?.ok_or(RecordError::Damaged)?;
        Ok(Self { first, second: read(second, context)? })
    }
}

fn write(typed: Option<&Typed>, plain: &mut Vec<u8>) -> Result<(), RecordError> {
    let start = plain.len();
    if let Some(typed) = typed {
        plain.push(if typed.what.sheet().is_some() { 1 } else { 2 });
        plain.extend_from_slice(typed.by.account.as_bytes());
        plain.extend_from_slice(typed.by.house.as_bytes());
        let mut body = Vec::new();
        // No value holds a NUL: control characters are no text.
        for (name, value) in typed.what.sheet().into_iter().flat_map(Sheet::pairs) {
            body.extend_from_slice(name.as_bytes());
            body.push(0);
            body.extend_from_slice(value.as_bytes());
            body.push(0);
        }
        let length = u16::try_from(body.len()).ok().filter(|_| body.len() <= BODY);
        plain.extend_from_slice(&length.ok_or(RecordError::TooMany)?.to_le_bytes());
        plain.extend_from_slice(&body);
    }
    plain.resize(start + SLOT, 0);
    Ok(())
}

fn read(slot: &[u8], context: &Context<'_>) -> Result<Option<Typed>, RecordError> {
    let damaged = RecordError::Damaged;
    let id = |at: usize| slot.get(at..at + 16).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    let kind = slot.first().copied().unwrap_or_default();
    let account = id(1).ok_or(damaged.clone())?;
    let house = id(17).ok_or(damaged.clone())?;
    let by = Typist { account: AccountId::from_bytes(account), house: UnitId::from_bytes(house) };
    let what = match kind {
        0 => return Ok(None),
        1 => Typing::Answers(sheet(slot, context)?),
        2 => Typing::Unusable,
        _ => return Err(damaged),
    };
    Ok(Some(Typed { by, what }))
}

fn sheet(slot: &[u8], context: &Context<'_>) -> Result<Sheet, RecordError> {
    let damaged = || RecordError::Damaged;
    let length = slot.get(33..35).and_then(|bytes| bytes.try_into().ok()).map(u16::from_le_bytes);
    let length = usize::from(length.ok_or_else(damaged)?);
    let body = slot.get(35..35 + length).ok_or_else(damaged)?;
    let text = std::str::from_utf8(body).map_err(|_| damaged())?;
    let words: Vec<&str> = text.split_terminator('\0').collect();
    let pairs: Vec<(String, String)> =
        words.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect();
    let (sheet, _) = Sheet::read(&pairs, context).map_err(|_| damaged())?;
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::instrument::{Instrument, POST_SERVICE};
    use domain::paper::{read_keys, visit_of};
    use domain::survey::Variant;

    fn typed(what: Typing, by: u8) -> Typed {
        let by = Typist { account: AccountId::from_bytes([by; 16]), house: UnitId::from_bytes([by + 1; 16]) };
        Typed { by, what }
    }

    #[test]
    fn what_was_typed_comes_back_and_every_record_is_equally_long() {
        let (keys, chance) = (Keys::from_secret(&[1; 32]), Chance::seeded([2; 32]));
        let instrument = Instrument::read(POST_SERVICE).unwrap();
        let context = Context { instrument: &instrument, visit: visit_of(Variant::Full), fields: &[] };
        let long = "ề".repeat(660);
        let pairs = [("overall", "4"), ("stage", "1"), ("SC1", "0"), ("comment", &long)];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let answers = Typing::Answers(read_keys(&pairs, &context).unwrap().0);
        let tenant = "CM".parse().unwrap();
        for (first, second) in [
            (typed(answers.clone(), 1), None),
            (typed(Typing::Unusable, 1), Some(typed(answers.clone(), 3))),
            (typed(answers.clone(), 1), Some(typed(Typing::Unusable, 3))),
        ] {
            let waiting = Waiting { first, second };
            let sealed = waiting.seal(&keys, &about(tenant, 3, 7), &chance).unwrap();
            assert_eq!(sealed.len(), store::paper::RECORD);
            let read = Waiting::unseal(&keys, &sealed, &about(tenant, 3, 7), &context).unwrap();
            assert_eq!(read, waiting);
            assert!(Waiting::unseal(&keys, &sealed, &about(tenant, 3, 8), &context).is_err(), "another form");
        }
    }
}
