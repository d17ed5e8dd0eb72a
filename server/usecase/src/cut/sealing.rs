//! Opening and closing the entries of a box.

use super::Night;
use crate::entry::Entry;
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::submit::seal_subject;
use domain::id::SurveyId;
use store::batch::Slab;
use store::boxes::BoxKey;

/// Bytes of an id.
const ID: usize = 16;

/// All entries of a box, in the order of their random ids.
pub async fn open(night: &Night<'_>, key: &BoxKey) -> Result<Vec<Entry>, UsecaseError> {
    let questions = &night.survey(key.group.survey)?.questions;
    let about = seal_subject(night.run.tenant, key.group.survey);
    let sealed = night.office.store.box_entries(night.run.tenant, key).await?;
    let open = |(_, record): &(Vec<u8>, Vec<u8>)| -> Result<Entry, UsecaseError> {
        let record = night.office.keys.unseal(Purpose::Box, record, &about)?;
        Ok(Entry::decode(&record, &questions.part)?)
    };
    sealed.iter().map(open).collect()
}

/// Entries for a box: fresh random ids and fresh seals, in random order, so that no copy of the
/// database tells which entry of one box is which of another.
pub fn close(
    night: &Night<'_>,
    survey: SurveyId,
    mut entries: Vec<Entry>,
) -> Result<(Slab, Slab), UsecaseError> {
    let questions = &night.survey(survey)?.questions;
    let about = seal_subject(night.run.tenant, survey);
    let (mut ids, mut records) = (Slab::new(ID), Slab::new(store::fold::ENTRY));
    night.office.chance.shuffle(&mut entries);
    for entry in &entries {
        ids.push(&night.office.chance.bytes::<ID>());
        let record = entry.encode(&questions.part)?;
        records.push(&night.office.keys.seal(Purpose::Box, &record, &about, &night.office.chance));
    }
    Ok((ids, records))
}
