//! The case system's signal that dossiers are closed, refused or withdrawn: their codes are then valid
//! to the end of the month after.

use crate::error::{UsecaseError, said};
use crate::objection::Objection;
use crate::office::Office;
use crate::table::{Faults, Shape, Table};
use domain::code::Written;
use domain::id::Tenant;
use domain::period::Month;
use domain::right::{Actor, Right};
use std::collections::BTreeSet;
use std::io::Read;
use store::code::Term;

/// Codes that get their term in one transaction.
const AT_ONCE: usize = 500;

/// What a file of closed codes did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// Codes whose term was set.
    pub set: u64,
    /// Codes that are not on record any more, or were withdrawn.
    pub gone: u64,
    /// The last month in which they are valid now.
    pub through: Month,
}

/// Takes in a file with the column `code`: whole codes, typed ones, or their addresses.
///
/// # Errors
/// Where the actor may not; [`UsecaseError::File`] where a line holds no code of this province: then
/// nothing is changed.
pub async fn close_codes(
    office: &Office,
    actor: &Actor,
    source: impl Read + Send + 'static,
) -> Result<Closed, UsecaseError> {
    if !actor.may(Right::EditOffice) {
        return Err(UsecaseError::Forbidden);
    }
    let tenant = actor.tenant;
    let read = tokio::task::spawn_blocking(move || read_codes(source, tenant)).await;
    let codes = read.map_err(|error| Objection::FileUnreadable(error.to_string()))??;
    let codes: Vec<Written> = codes.into_iter().map(|(_, code)| code).collect();
    let closed = set_terms(office, tenant, &codes).await?;
    let detail = format!("{} codes through {}", closed.set, closed.through);
    office.note(tenant, &actor.name, "codes-close", &detail).await?;
    Ok(closed)
}

/// Lets codes be valid to the end of next month, each once.
pub(super) async fn set_terms(
    office: &Office,
    tenant: Tenant,
    codes: &[Written],
) -> Result<Closed, UsecaseError> {
    let hashes: BTreeSet<[u8; 32]> = codes.iter().map(|code| office.keys.code_hash(&code.typed())).collect();
    let pairs: Vec<_> = hashes.iter().map(|hash| (*hash, office.keys.spent_hash(hash))).collect();
    let through = Month::of(office.today()).next();
    let mut set = 0;
    for piece in pairs.chunks(AT_ONCE) {
        set += office.store.set_term(tenant, piece, Term::Through(through)).await?;
    }
    Ok(Closed { set, gone: (pairs.len() as u64).saturating_sub(set), through })
}

/// The codes of a file with the column `code`, each with its line.
///
/// # Errors
/// [`UsecaseError::File`] where a line holds no code of this tenant.
pub fn read_codes(source: impl Read, tenant: Tenant) -> Result<Vec<(u64, Written)>, UsecaseError> {
    let shape = Shape { required: &["code"], optional: &["typed", "url", "valid_through"], open: false };
    let mut table = Table::open(source, shape)?;
    let (mut faults, mut codes) = (Faults::default(), Vec::new());
    while let Some(row) = table.row(&mut faults) {
        match Written::read(row.cell("code"), Some(tenant)) {
            Ok(code) if code.tenant() == tenant => codes.push((row.line(), code)),
            Ok(_) => faults.cell(row, "code", said!("mã của tỉnh khác" / "a code of another province")),
            // The cell is not repeated: it may be a code with one letter wrong.
            Err(_) => faults.cell(row, "code", said!("đây không phải là mã" / "this is not a code")),
        }
    }
    faults.outcome()?;
    Ok(codes)
}
