//! From what somebody scanned or typed to what the code is about. Whether it has been used is not
//! asked here, so no page before *send* can tell.

use super::record::CodeRecord;
use crate::error::UsecaseError;
use crate::office::Office;
use domain::code::{Code, Written};
use domain::period::Month;
use store::code::Term;
use subtle::ConstantTimeEq;

/// What there is behind a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// This, with the hash of the code.
    Form(Box<CodeRecord>, [u8; 32]),
    /// It has run out.
    Expired,
    /// It was withdrawn.
    Withdrawn,
    /// There is no such code.
    Unknown,
    /// Too many wrong ones were typed in this minute; nothing was looked up.
    TooMany,
}

/// Looks a code up.
///
/// # Errors
/// Where the database is away, or a record does not open with this key.
pub async fn open_code(office: &Office, written: &Written) -> Result<Opened, UsecaseError> {
    let is_typed = matches!(written, Written::Typed(_));
    if is_typed && !office.guesses.may_try(office.now()) {
        return Ok(Opened::TooMany);
    }
    let opened = look_up(office, written).await?;
    if is_typed && opened == Opened::Unknown {
        office.guesses.was_wrong(office.now());
    }
    Ok(opened)
}

async fn look_up(office: &Office, written: &Written) -> Result<Opened, UsecaseError> {
    let tenant = written.tenant();
    if office.province(tenant).is_err() {
        return Ok(Opened::Unknown);
    }
    let hash = office.keys.code_hash(&written.typed());
    let Some(row) = office.store.code(tenant, &hash).await? else { return Ok(Opened::Unknown) };
    let record = CodeRecord::unseal(&office.keys, tenant, &hash, &row.record)?;
    if let Written::Whole(code) = written
        && !bool::from(office.keys.code_check(code).ct_eq(&record.check))
    {
        return Ok(Opened::Unknown);
    }
    Ok(match row.term {
        Term::Withdrawn(_) => Opened::Withdrawn,
        Term::Through(month) if month < Month::of(office.today()) => Opened::Expired,
        Term::Through(_) => Opened::Form(Box::new(record), hash),
    })
}

/// A whole code that is valid, with what it is about and its last month; for whoever prints slips of a
/// file.
///
/// # Errors
/// Where the database is away, or a record does not open with this key.
pub async fn find_code(
    office: &Office,
    code: &Code,
) -> Result<Option<(Code, CodeRecord, Month)>, UsecaseError> {
    let Opened::Form(record, hash) = look_up(office, &Written::Whole(*code)).await? else { return Ok(None) };
    let row = office.store.code(code.tenant(), &hash).await?;
    Ok(row.and_then(|row| match row.term {
        Term::Through(month) => Some((*code, *record, month)),
        Term::Withdrawn(_) => None,
    }))
}
