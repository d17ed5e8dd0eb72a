//! Whatever stays after a fold gets fresh ids and a fresh seal, so that nobody learns by its staying to
//! which group a record belongs. A page is written while the next one is opened and sealed.

use super::step::Mover;
use super::{Opened, PAGE_ROWS};
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::record::KeptText;
use crate::registry::RunningSurvey;
use crate::submit::seal_subject;
use domain::id::SurveyId;
use domain::period::Month;
use std::collections::HashSet;
use store::inbox::{Kind, Sealed};

/// Rows that are resealed at once.
const PAGE: usize = 500;

/// What is put in the place of what.
#[derive(Default)]
struct Page {
    old: Vec<[u8; 16]>,
    fresh: Vec<Sealed>,
}

async fn swap(mover: &Mover<'_>, kind: Kind, survey: SurveyId, page: &Page) -> Result<(), UsecaseError> {
    let office = mover.office;
    Ok(office.store.reseal(mover.run, (kind, survey), &page.old, &page.fresh, office.now()).await?)
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
    office.chance.shuffle(&mut staying);
    let seal = |opened: &Opened| Sealed {
        survey: id,
        id: office.chance.bytes(),
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

/// Empty texts and those from before a month go, the others are resealed. A record that does not open
/// stays as it is. Says how many were too old.
pub(super) async fn reseal_texts(
    mover: &Mover<'_>,
    survey: &RunningSurvey,
    from: Month,
) -> Result<u64, UsecaseError> {
    let id = survey.survey.id;
    let mut texts =
        Texts { mover, survey: id, from, after: Vec::new(), resealed: HashSet::new(), too_old: 0 };
    let mut ready = Page::default();
    loop {
        let (written, next) = tokio::join!(swap(mover, Kind::Text, id, &ready), texts.next());
        written?;
        let Some(next) = next? else { return Ok(texts.too_old) };
        ready = next;
    }
}

/// The texts of a survey, page by page.
struct Texts<'a> {
    mover: &'a Mover<'a>,
    survey: SurveyId,
    from: Month,
    after: Vec<u8>,
    /// Fresh ids: where they lie ahead, the text comes up again and has been done.
    resealed: HashSet<[u8; 16]>,
    too_old: u64,
}

impl Texts<'_> {
    async fn next(&mut self) -> Result<Option<Page>, UsecaseError> {
        let (office, tenant) = (self.mover.office, self.mover.run.tenant);
        let sealed =
            office.store.waiting_page(Kind::Text, tenant, self.survey, &self.after, PAGE_ROWS).await?;
        let Some(last) = sealed.last() else { return Ok(None) };
        self.after = last.id.to_vec();
        let about = seal_subject(tenant, self.survey);
        let mut page = Page::default();
        for sealed in sealed.into_iter().filter(|sealed| !self.resealed.contains(&sealed.id)) {
            let Ok(record) = office.keys.unseal(Purpose::Text, &sealed.record, &about) else { continue };
            page.old.push(sealed.id);
            let text = KeptText::decode(&record).ok().filter(|text| !text.text.is_empty());
            let Some(text) = text else { continue };
            if text.month < self.from {
                self.too_old += 1;
                continue;
            }
            let record = office.keys.seal(Purpose::Text, &record, &about, &office.chance);
            page.fresh.push(Sealed { survey: self.survey, id: office.chance.bytes(), record });
        }
        self.resealed.extend(page.fresh.iter().map(|sealed| sealed.id));
        Ok(Some(page))
    }
}
