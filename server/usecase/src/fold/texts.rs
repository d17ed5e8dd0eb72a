//! Texts at a run. They wait by unit, because nothing else goes with them; when at least k of a unit
//! wait, all of them leave together, shuffled and screened. A text does not know whether its answer
//! had a code, so it keeps to the stricter calendar: the first of the month.

use super::PAGE_ROWS;
use super::step::Mover;
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::record::KeptText;
use crate::registry::RunningSurvey;
use crate::submit::seal_subject;
use crate::text_screen::screen;
use domain::id::UnitId;
use domain::period::Month;
use std::collections::BTreeMap;
use store::batch::Slab;
use store::inbox::{Kind, Sealed};
use store::text::TextStep;

/// A text that waits, opened.
struct Opened {
    id: [u8; 16],
    record: Vec<u8>,
    kept: KeptText,
}

/// Empty texts go; units with at least k are moved where they are due; the others get fresh ids and a
/// fresh seal. A record that does not open stays as it is.
pub(super) async fn fold_texts(
    mover: &mut Mover<'_>,
    survey: &RunningSurvey,
    (month, is_due): (Month, bool),
) -> Result<(), UsecaseError> {
    let (units, empty) = open_all(mover, survey).await?;
    let k = usize::try_from(survey.survey.k).unwrap_or(usize::MAX);
    for page in empty.chunks(super::PAGE) {
        mover.office.store.reseal(Kind::Text, mover.run.tenant, survey.survey.id, page, &[]).await?;
        mover.prolong().await?;
    }
    let mut staying = Vec::new();
    for (unit, texts) in units {
        if is_due && texts.len() >= k {
            move_unit(mover, survey, (unit, month), texts).await?;
        } else {
            staying.extend(texts);
        }
    }
    reseal(mover, survey, staying).await
}

type ByUnit = BTreeMap<UnitId, Vec<Opened>>;

async fn open_all(
    mover: &Mover<'_>,
    survey: &RunningSurvey,
) -> Result<(ByUnit, Vec<[u8; 16]>), UsecaseError> {
    let (office, tenant, id) = (mover.office, mover.run.tenant, survey.survey.id);
    let about = seal_subject(tenant, id);
    let (mut units, mut empty) = (ByUnit::new(), Vec::new());
    let mut after = Vec::new();
    loop {
        let page = office.store.waiting_page(Kind::Text, tenant, id, &after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { return Ok((units, empty)) };
        after = last.id.to_vec();
        for sealed in page {
            let Ok(record) = office.keys.unseal(Purpose::Text, &sealed.record, &about) else { continue };
            match KeptText::decode(&record) {
                Ok(kept) if !kept.text.trim().is_empty() => {
                    units.entry(kept.unit).or_default().push(Opened { id: sealed.id, record, kept });
                }
                _ => empty.push(sealed.id),
            }
        }
    }
}

/// All texts of a unit in one transaction: a crash leaves all of them waiting or none.
async fn move_unit(
    mover: &mut Mover<'_>,
    survey: &RunningSurvey,
    (unit, month): (UnitId, Month),
    mut texts: Vec<Opened>,
) -> Result<(), UsecaseError> {
    let office = mover.office;
    office.chance.shuffle(&mut texts);
    let taken: Slab = texts.iter().map(|text| &text.id[..]).collect();
    let comment = |text: &Opened| (office.chance.bytes(), text.kept.mood.min(3), screen(&text.kept.text));
    let comments = texts.iter().map(comment).collect();
    let step = TextStep { survey: survey.survey.id, unit, month, taken, comments };
    office.store.move_texts(mover.run, &step, office.now()).await?;
    mover.note_step();
    Ok(())
}

async fn reseal(
    mover: &Mover<'_>,
    survey: &RunningSurvey,
    mut staying: Vec<Opened>,
) -> Result<(), UsecaseError> {
    let (office, tenant, id) = (mover.office, mover.run.tenant, survey.survey.id);
    let about = seal_subject(tenant, id);
    office.chance.shuffle(&mut staying);
    for page in staying.chunks(super::PAGE) {
        let old: Vec<[u8; 16]> = page.iter().map(|text| text.id).collect();
        let fresh: Vec<Sealed> = page
            .iter()
            .map(|text| Sealed {
                survey: id,
                id: office.chance.bytes(),
                record: office.keys.seal(Purpose::Text, &text.record, &about, &office.chance),
            })
            .collect();
        office.store.reseal(Kind::Text, tenant, id, &old, &fresh).await?;
        mover.prolong().await?;
    }
    Ok(())
}
