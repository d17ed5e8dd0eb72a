//! Existing answers from a file: groups of their own, folded at once, in no box.

use super::step::{Boxes, Mover};
use super::{Opened, ledger};
use crate::error::UsecaseError;
use crate::objection::Objection;
use crate::office::Office;
use crate::record::{Kept, KeptText};
use crate::registry::{Province, RunningSurvey};
use crate::submit::seal;
use domain::period::Month;
use domain::survey::Group;
use std::collections::BTreeMap;
use store::import::ImportFile;
use store::inbox::Envelope;

/// What became of an imported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedImport {
    /// Its release; `None` where no group reached k.
    pub release: Option<i64>,
    /// Groups that were folded.
    pub groups: usize,
    /// Answers that were folded.
    pub moved: usize,
    /// Answers that stay sealed.
    pub withheld: usize,
}

/// Folds a file's answers: what reaches k becomes a release, the rest is sealed and stays. All or
/// nothing: it is one release, and what stays goes with it.
///
/// # Errors
/// Where another run is under way, or the database is away; nothing is imported then.
pub async fn fold_import(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    batch: Vec<Kept>,
    file: &ImportFile,
) -> Result<FoldedImport, UsecaseError> {
    let k = usize::try_from(survey.survey.k).unwrap_or(usize::MAX);
    let (full, small) = sort(survey, batch, k);
    let withheld: usize = small.iter().map(Vec::len).sum();
    let today = office.today();
    let when = (today, Month::of(today));
    let owner = office.chance.bytes();
    let begun = office.store.begin_run(province.tenant, "import", when, owner, office.now()).await?;
    let run = match begun {
        Some(run) if !run.resumed => run,
        Some(run) => {
            office.store.end_lease(&run).await?;
            return Err(Objection::RunInterrupted.into());
        }
        None => return Err(Objection::FoldUnderWay.into()),
    };
    let done = async {
        let mut mover = Mover::new(office, &run).await?;
        let (groups, moved) = (full.len(), full.values().map(Vec::len).sum::<usize>());
        let full = full.into_iter().map(|((group, month), answers)| (group, month, answers)).collect();
        mover.move_groups(survey, full, Boxes::Leave).await?;
        let leftovers = seal_leftovers(office, province, survey, small)?;
        let file = ImportFile { withheld: i64::try_from(withheld).unwrap_or(i64::MAX), ..file.clone() };
        let hash = if moved > 0 { Some(ledger::hash(office, &run).await?) } else { None };
        office.store.publish_import(&run, hash.as_deref(), &leftovers, &file, office.now()).await?;
        let release = hash.map(|_| run.release);
        Ok(FoldedImport { release, groups, moved, withheld })
    }
    .await;
    if done.is_err() {
        office.store.undo(&run).await?;
    }
    done
}

type Full = BTreeMap<(Group, Month), Vec<Opened>>;

fn sort(survey: &RunningSurvey, batch: Vec<Kept>, k: usize) -> (Full, Vec<Vec<Opened>>) {
    let mut groups = Full::new();
    for kept in batch {
        let month = kept.month.unwrap_or(survey.survey.to);
        let key = (kept.group(survey.survey.id), month);
        groups.entry(key).or_default().push(Opened { id: [0; 16], record: Vec::new(), kept });
    }
    let (full, small): (Full, Full) = groups.into_iter().partition(|(_, answers)| answers.len() >= k);
    (full, small.into_values().collect())
}

fn seal_leftovers(
    office: &Office,
    province: &Province,
    survey: &RunningSurvey,
    small: Vec<Vec<Opened>>,
) -> Result<Vec<Envelope>, UsecaseError> {
    let mut envelopes = Vec::new();
    let month = Month::of(office.today());
    for answer in small.into_iter().flatten() {
        let text = KeptText { unit: answer.kept.deciding, month, mood: 3, text: String::new() };
        envelopes.push(seal(office, province.tenant, survey.survey.id, None, &answer.kept, &text)?);
    }
    Ok(envelopes)
}
