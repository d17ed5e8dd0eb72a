//! A year of artificial answers, month by month.

use super::generate::Generator;
use super::plan::{MONTHS, Plan};
use super::{FIRST, SURVEY, first_counter};
use crate::calendar::Night;
use crate::error::UsecaseError;
use crate::fold::{count_waiting, fold_past};
use crate::keys::Purpose;
use crate::office::{DEMO_START, Office};
use crate::record::{Kept, KeptText};
use crate::registry::{Province, RunningSurvey};
use crate::submit::{mood, seal, seal_subject};
use domain::period::Month;
use store::inbox::{Envelope, Sealed};

/// Rows that are written at once.
const BATCH: usize = 256;

/// Makes the answers, folds each month at its end with the cuts of its quarter, seals what is below
/// k, and sets the clock to the day on which demos begin.
pub(super) async fn fill(
    office: &Office,
    province: &Province,
    answers: usize,
    seed: u64,
) -> Result<(), UsecaseError> {
    let survey = province.survey(SURVEY).ok_or_else(|| UsecaseError::Damaged("the demo".into()))?;
    if answers > 0 {
        // Whoever loses the machine now starts the demo again.
        office.store.hurry(true).await?;
        live(office, province, survey, answers, seed).await?;
        office.store.hurry(false).await?;
    }
    office.set_demo_day(DEMO_START).await?;
    office.store.forget_the_deleted().await?;
    count_waiting(office, province.tenant).await
}

async fn live(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    answers: usize,
    seed: u64,
) -> Result<(), UsecaseError> {
    let mut generator = Generator::new(&survey.questions, seed);
    let plan = Plan::draw(&mut generator, province);
    let counts = plan.deal(&mut generator, answers);
    let (mut waiting, mut texts) = (Vec::new(), Vec::new());
    let mut month = Month::new(FIRST.0, FIRST.1).unwrap_or_else(|| Month::of(DEMO_START));
    for at in 0..MONTHS {
        for (line, counts) in plan.lines.iter().zip(&counts).filter(|(_, counts)| counts[at] > 0) {
            let crowd = line.crowd(&generator, at);
            for _ in 0..counts[at] {
                let (kept, text) = generator.answer_of_selected(&crowd, line.selection);
                if !text.is_empty() {
                    texts.push(KeptText { unit: kept.deciding, month, mood: mood(kept.overall), text });
                }
                waiting.push(kept);
            }
        }
        keep_texts(office, province, survey, std::mem::take(&mut texts)).await?;
        month = month.next();
        let night = Night::of(month.first_day().unwrap_or(DEMO_START));
        waiting = fold_past(office, province, survey, night, waiting).await?;
    }
    keep_waiting(office, province, survey, waiting).await
}

/// A group below k waits, as in life; only the counter that visitors try begins empty.
async fn keep_waiting(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    waiting: Vec<Kept>,
) -> Result<(), UsecaseError> {
    let first = first_counter(office)?.1.unit;
    let month = Month::of(office.today());
    let wordless =
        |kept: &Kept| KeptText { unit: kept.deciding, month, mood: mood(kept.overall), text: String::new() };
    let sealed = waiting
        .iter()
        .filter(|kept| kept.receiving != first)
        .map(|kept| seal(office, province.tenant, survey.survey.id, None, kept, &wordless(kept)));
    let envelopes: Vec<Envelope> = sealed.collect::<Result<_, _>>()?;
    for page in envelopes.chunks(BATCH) {
        office.store.keep(page).await?;
    }
    Ok(())
}

async fn keep_texts(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    mut texts: Vec<KeptText>,
) -> Result<(), UsecaseError> {
    let about = seal_subject(province.tenant, survey.survey.id);
    office.chance.shuffle(&mut texts);
    for page in texts.chunks(BATCH) {
        let sealed: Vec<Sealed> = page
            .iter()
            .map(|text| Sealed {
                survey: survey.survey.id,
                id: office.chance.bytes(),
                record: office.keys.seal(Purpose::Text, &text.encode(), &about, &office.chance),
            })
            .collect();
        office.store.keep_texts(province.tenant, &sealed).await?;
    }
    Ok(())
}
