//! Whatever stays after a fold gets fresh ids and a fresh seal, so that nobody learns by its staying to
//! which group a record belongs. A page is written while the next one is opened and sealed.

use super::Opened;
use super::step::Mover;
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::mutant::{self, Mutant};
use crate::registry::RunningSurvey;
use crate::submit::seal_subject;
use domain::id::SurveyId;
use store::inbox::{Kind, Sealed};

/// Rows that are resealed at once.
pub(super) const PAGE: usize = 500;

/// What is put in the place of what.
#[derive(Default)]
pub(super) struct Page {
    pub old: Vec<[u8; 16]>,
    pub fresh: Vec<Sealed>,
}

pub(super) async fn swap(
    mover: &Mover<'_>,
    kind: Kind,
    survey: SurveyId,
    page: &Page,
) -> Result<(), UsecaseError> {
    let office = mover.office;
    office.store.reseal(mover.run, (kind, survey), &page.old, &page.fresh, office.now()).await?;
    office.committer.give_way().await;
    Ok(())
}

/// Reseals answers, in random order.
pub(super) async fn reseal_answers(
    mover: &Mover<'_>,
    survey: &RunningSurvey,
    mut staying: Vec<Opened>,
) -> Result<(), UsecaseError> {
    let office = mover.office;
    let id = survey.survey.id;
    let about = seal_subject(mover.run.tenant, id);
    if office.fault.is(Mutant::NoReseal) {
        return Ok(());
    }
    office.chance.shuffle(&mut staying);
    let seal = |opened: &Opened| Sealed {
        survey: id,
        id: mutant::fresh_id(office, &opened.id),
        record: office.keys.seal(Purpose::Inbox, &opened.record, &about, &office.chance),
    };
    let prepare = async |page: &[Opened]| Page {
        old: page.iter().map(|opened| opened.id).collect(),
        fresh: page.iter().map(seal).collect(),
    };
    let mut ready = Page::default();
    for page in staying.chunks(PAGE) {
        let (written, next) = tokio::join!(swap(mover, Kind::Answer, id, &ready), prepare(page));
        written?;
        ready = next;
    }
    swap(mover, Kind::Answer, id, &ready).await
}
