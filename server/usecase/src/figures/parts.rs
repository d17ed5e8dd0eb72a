//! Parts of cuts as cells. They keep sums by block of items rather than by item, so they are computed
//! under a question set of their own shape: the same tree, without single items and without facts.

use super::table::{Combined, Level};
use crate::error::UsecaseError;
use crate::registry::{QuestionSet, RunningSurvey};
use domain::tally::{BINS, Layout, Tally};
use std::sync::Arc;
use store::tally::Increment;

/// A question set as parts see it: blocks of items instead of items, and no facts. Branch items have
/// histograms in parts and none here.
pub(super) fn questions_of_parts(questions: &QuestionSet) -> QuestionSet {
    let part = questions.part.clone();
    let base = Layout { items: Vec::new(), listed: Vec::new(), facts: Vec::new(), ..part.clone() };
    QuestionSet { instrument: questions.instrument.clone(), base, part }
}

/// A survey whose nodes are those of parts.
pub(super) fn shape_of_parts(survey: &Arc<RunningSurvey>) -> Arc<RunningSurvey> {
    Arc::new(RunningSurvey {
        survey: survey.survey.clone(),
        questions: Arc::new(questions_of_parts(&survey.questions)),
        units: survey.units.clone(),
    })
}

/// Cells of a part, and the answers of the branch that only its people were asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub combined: Combined,
    pub branch: Vec<[i64; BINS]>,
}

impl Part {
    /// Adds a published part. `survey` is the survey as it is, not its shape of parts.
    pub fn add(&mut self, survey: &RunningSurvey, part: &Increment) -> Result<(), UsecaseError> {
        let mut tally = unpack_part(survey, part)?;
        for (at, histogram) in std::mem::take(&mut tally.listed).into_iter().enumerate() {
            match self.branch.get_mut(at) {
                Some(sum) => sum.iter_mut().zip(histogram).for_each(|(to, from)| *to += from),
                None => self.branch.push(histogram),
            }
        }
        self.combined.add(&part.group, &tally);
        Ok(())
    }
}

/// The tally of a part without the branch, as the shape of parts has it.
pub(super) fn sums_of(survey: &RunningSurvey, part: &Increment) -> Result<Tally, UsecaseError> {
    Ok(Tally { listed: Vec::new(), ..unpack_part(survey, part)? })
}

fn unpack_part(survey: &RunningSurvey, part: &Increment) -> Result<Tally, UsecaseError> {
    Tally::unpack(&survey.questions.part, &part.record)
        .map_err(|_| UsecaseError::Damaged(format!("part {} of {}", part.band, part.dimension)))
}

/// The level of a part's answers.
pub(super) fn level_of(part: &Increment) -> Level {
    Level::of(&part.group)
}
