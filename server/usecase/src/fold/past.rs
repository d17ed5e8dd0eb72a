//! Months that are past before a demo begins: artificial answers that are opened already, folded by
//! the same steps as real ones into boxes, cells and releases of their own days.

use super::step::{Boxes, Mover, Moving};
use super::succession::Units;
use super::texts::{TextNight, fold_texts};
use super::{Opened, ledger};
use crate::calendar::Night;
use crate::cut;
use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use crate::record::Kept;
use crate::registry::{Province, RunningSurvey};
use std::collections::BTreeMap;

/// Folds the groups that reach k as the run of a past night, with the cuts that were due then, and
/// gives back what stays.
///
/// # Errors
/// Outside a demo; where another run is under way or the database is away.
pub async fn fold_past(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    night: Night,
    answers: Vec<Kept>,
) -> Result<Vec<Kept>, UsecaseError> {
    if !office.is_demo() {
        return Err(Objection::NoPast.into());
    }
    let when = (night.day, night.counted_in);
    let owner = office.chance.bytes();
    let begun = office.store.begin_run(province.tenant, "fold", when, owner, office.now()).await?;
    let Some(run) = begun.filter(|run| !run.resumed) else {
        return Err(Objection::FoldUnderWay.into());
    };
    let k = usize::try_from(survey.survey.k).unwrap_or(usize::MAX);
    let (full, stay) = large_enough(office, (survey, night), answers, k);
    let moved: usize = full.iter().map(|(_, _, answers)| answers.len()).sum();
    let mut mover = Mover::new(office, &run).await?;
    mover.move_groups(survey, full, Boxes::Fill).await?;
    fold_texts(
        &mut mover,
        Units { office, province, day: night.day },
        survey,
        TextNight::of_the_past(survey, night),
    )
    .await?;
    let mut parts = 0;
    if night.quarter_ends || night.year_ends {
        parts = cut::cut_boxes(office, province, &run, night.year_ends).await?.parts;
    }
    if moved + parts == 0 {
        office.store.discard(&run).await?;
    } else {
        let hash = ledger::hash(office, &run).await?;
        office.store.publish(&run, &hash, office.now()).await?;
    }
    Ok(stay)
}

/// The groups that reach k, and the answers of the others.
fn large_enough(
    office: &Office,
    (survey, night): (&RunningSurvey, Night),
    answers: Vec<Kept>,
    k: usize,
) -> (Vec<Moving>, Vec<Kept>) {
    let mut groups: BTreeMap<_, Vec<Opened>> = BTreeMap::new();
    for kept in answers {
        let opened = Opened { id: office.chance.bytes(), record: Vec::new(), kept };
        groups.entry(opened.kept.group(survey.survey.id)).or_default().push(opened);
    }
    let (mut full, mut stay) = (Vec::new(), Vec::new());
    for (group, answers) in groups {
        if answers.len() < k {
            stay.extend(answers.into_iter().map(|opened| opened.kept));
        } else {
            full.push((group, night.counted_in, answers));
        }
    }
    (full, stay)
}
