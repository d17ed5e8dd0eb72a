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
    Ok(match find(office, written).await? {
        None => Opened::Unknown,
        Some((_, _, Term::Withdrawn(_))) => Opened::Withdrawn,
        Some((_, _, Term::Through(month))) if month < Month::of(office.today()) => Opened::Expired,
        Some((record, hash, Term::Through(_))) => Opened::Form(Box::new(record), hash),
    })
}

/// What a code is about, its hash and its term, where it is on record.
async fn find(
    office: &Office,
    written: &Written,
) -> Result<Option<(CodeRecord, [u8; 32], Term)>, UsecaseError> {
    let tenant = written.tenant();
    if office.province(tenant).is_err() {
        return Ok(None);
    }
    let hash = office.keys.code_hash(&written.typed());
    let Some(row) = office.store.code(tenant, &hash).await? else { return Ok(None) };
    let record = CodeRecord::unseal(&office.keys, tenant, &hash, &row.record)?;
    let is_whole = match written {
        Written::Whole(code) => bool::from(office.keys.code_check(code).ct_eq(&record.check)),
        Written::Typed(_) => true,
    };
    Ok(is_whole.then_some((record, hash, row.term)))
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
    let found = find(office, &Written::Whole(*code)).await?;
    let this_month = Month::of(office.today());
    Ok(found.and_then(|(record, _, term)| match term {
        Term::Through(month) if month >= this_month => Some((*code, record, month)),
        Term::Through(_) | Term::Withdrawn(_) => None,
    }))
}
