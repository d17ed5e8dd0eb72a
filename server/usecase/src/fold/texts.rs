//! Texts at a run. They wait by unit, because nothing else goes with them; when at least k of a unit
//! wait, all of them leave together, shuffled and screened. A text does not know whether its answer
//! had a code, so it keeps to the stricter calendar: the first of the month.

use super::reseal::{PAGE, Page, swap};
use super::step::Mover;
use super::succession::Units;
use super::{Due, Night, PAGE_ROWS, end};
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::mutant::Mutant;
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

/// What a night means for the texts of a survey.
pub(super) struct TextNight {
    month: Month,
    is_due: bool,
    /// The first month whose texts are kept.
    from: Month,
}

impl TextNight {
    /// A night of a demo's past: everything is due, and nothing of two years is too old.
    pub fn of_the_past(survey: &RunningSurvey, night: Night) -> Self {
        Self::of(survey, night, Due::Everything, night.counted_in.plus(-24))
    }

    /// Of a survey that has ended nothing moves any more, but what is too old goes.
    pub fn of(survey: &RunningSurvey, night: Night, due: Due, from: Month) -> Self {
        let survey = &survey.survey;
        let comes = due == Due::Everything || end::is_due(survey, night.day) || night.first_of_month;
        let month = night.counted_in.min(survey.to).max(survey.from);
        Self { month, is_due: comes && !survey.ended, from }
    }
}

/// Empty texts and those from before a month go; units with at least k are moved where they are due;
/// the others get fresh ids and a fresh seal. A record that does not open stays as it is. Says how many
/// were too old.
pub(super) async fn fold_texts(
    mover: &mut Mover<'_>,
    units: Units<'_>,
    survey: &RunningSurvey,
    night: TextNight,
) -> Result<u64, UsecaseError> {
    let Waiting { by_unit, gone, too_old } = open_all(units, survey, night.from).await?;
    let k = usize::try_from(survey.survey.k).unwrap_or(usize::MAX);
    for old in gone.chunks(mover.office.store.rows_at_once()) {
        let page = Page { old: old.to_vec(), fresh: Vec::new() };
        swap(mover, Kind::Text, survey.survey.id, &page).await?;
    }
    let mut staying = Vec::new();
    for (unit, texts) in by_unit {
        let is_due = night.is_due || (units.is_over(unit) && !survey.survey.ended);
        if is_due && texts.len() >= k {
            move_unit(mover, survey, (unit, night.month), texts).await?;
        } else {
            staying.extend(texts);
        }
    }
    reseal(mover, survey, staying).await?;
    Ok(too_old)
}

/// What waits, by unit; and what goes.
#[derive(Default)]
struct Waiting {
    by_unit: BTreeMap<UnitId, Vec<Opened>>,
    gone: Vec<[u8; 16]>,
    too_old: u64,
}

async fn open_all(units: Units<'_>, survey: &RunningSurvey, from: Month) -> Result<Waiting, UsecaseError> {
    let (office, tenant, id) = (units.office, units.province.tenant, survey.survey.id);
    let about = seal_subject(tenant, id);
    let mut waiting = Waiting::default();
    let mut after = Vec::new();
    loop {
        let page = office.store.waiting_page(Kind::Text, tenant, id, &after, PAGE_ROWS).await?;
        let Some(last) = page.last() else { return Ok(waiting) };
        after = last.id.to_vec();
        for sealed in page {
            let Ok(record) = office.keys.unseal(Purpose::Text, &sealed.record, &about) else { continue };
            let kept = KeptText::decode(&record).ok().filter(|kept| !kept.text.trim().is_empty());
            match kept {
                Some(kept) if kept.month >= from => {
                    let (record, kept) = units.opened_text(record, kept);
                    let opened = Opened { id: sealed.id, record, kept };
                    waiting.by_unit.entry(opened.kept.unit).or_default().push(opened);
                }
                kept => {
                    waiting.too_old += u64::from(kept.is_some());
                    waiting.gone.push(sealed.id);
                }
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
    let about = seal_subject(mover.run.tenant, survey.survey.id);
    let comment = |text: &Opened| {
        let kept = KeptText { text: screen(&text.kept.text), ..text.kept.clone() };
        let record = office.keys.seal(Purpose::Text, &kept.encode(), &about, &office.chance);
        (office.chance.bytes(), text.kept.mood.min(3), record)
    };
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
    if office.fault.is(Mutant::NoReseal) {
        return Ok(());
    }
    office.chance.shuffle(&mut staying);
    let seal = |text: &Opened| Sealed {
        survey: id,
        id: office.chance.bytes(),
        record: office.keys.seal(Purpose::Text, &text.record, &about, &office.chance),
    };
    let prepare = async |page: &[Opened]| Page {
        old: page.iter().map(|text| text.id).collect(),
        fresh: page.iter().map(seal).collect(),
    };
    // A page is written while the next one is sealed.
    let mut ready = Page::default();
    for page in staying.chunks(PAGE) {
        let (written, next) = tokio::join!(swap(mover, Kind::Text, id, &ready), prepare(page));
        written?;
        ready = next;
    }
    swap(mover, Kind::Text, id, &ready).await
}
