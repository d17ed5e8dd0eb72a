//! What a case system asks for with its key: a code for each dossier that is handed in, and a longer
//! or shorter term when a dossier is closed.
//!
//! Neither call writes the audit log: a line with its hour for each dossier would say when whoever has
//! the code was at the counter. What was given out stands in the batch of its day.

use super::close::{Closed, set_terms};
use super::issue::{Drawn, Wish, draw, valid_through};
use crate::api_key::Holder;
use crate::error::UsecaseError;
use crate::office::Office;
use domain::api_key::Verb;
use domain::code::{Issuer, Written};
use std::collections::BTreeMap;

/// Most dossiers or codes of one call.
pub const MOST_AT_ONCE: usize = 500;

/// Gives out one code for each dossier, in their order. The codes of a day for the same unit, field and
/// channel are one batch, so that the province can withdraw them together.
///
/// # Errors
/// Where the key may not, for one of the units or at all, or the database is away: then codes that were
/// drawn for earlier kinds of dossiers stay unused, because nobody was told them.
pub async fn issue_for_dossiers(
    office: &Office,
    holder: &Holder,
    wishes: &[Wish],
) -> Result<Vec<Drawn>, UsecaseError> {
    holder.must(Verb::IssueCodes)?;
    if wishes.iter().any(|wish| !holder.covers(wish.receiving) && !holder.covers(wish.deciding)) {
        return Err(UsecaseError::Forbidden);
    }
    let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, wish) in wishes.iter().enumerate() {
        places.entry(wish.kind()).or_default().push(at);
    }
    let (today, mut drawn) = (office.today(), vec![None; wishes.len()]);
    for places in places.values() {
        let Some(wish) = places.first().and_then(|at| wishes.get(*at)) else { continue };
        let batch = wish.batch(Issuer::CaseSystem, today);
        let number = office.store.begin_codes(holder.tenant, &batch, true).await?;
        let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
        let codes = draw(office, holder.tenant, (number, &batch), count, valid_through(today)).await?;
        for (at, code) in places.iter().zip(codes) {
            if let Some(place) = drawn.get_mut(*at) {
                *place = Some(code);
            }
        }
    }
    let whole: Option<Vec<Drawn>> = drawn.into_iter().collect();
    whole.ok_or_else(|| UsecaseError::Damaged("a batch of codes".into()))
}

/// Takes in that the dossiers of some codes are closed, refused or withdrawn.
///
/// # Errors
/// Where the key may not, or the database is away.
pub async fn close_for_dossiers(
    office: &Office,
    holder: &Holder,
    codes: &[Written],
) -> Result<Closed, UsecaseError> {
    holder.must(Verb::CloseCodes)?;
    set_terms(office, holder.tenant, codes).await
}
