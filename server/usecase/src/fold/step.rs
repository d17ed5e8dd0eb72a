//! Groups cut into steps, each of at least k answers and each one transaction.

use super::Opened;
use crate::entry::Entry;
use crate::error::UsecaseError;
use crate::keys::Purpose;
use crate::mutant;
use crate::office::Office;
use crate::record::Kept;
use crate::registry::{QuestionSet, RunningSurvey};
use crate::submit::seal_subject;
use domain::id::SurveyId;
use domain::instrument::Purpose as QuestionPurpose;
use domain::period::{Month, Period};
use domain::scope::Scope;
use domain::survey::{Group, Route};
use domain::tally::layout::items_of;
use domain::tally::{Answer, Row, Tally};
use std::collections::BTreeMap;
use store::batch::Slab;
use store::fold::Step;
use store::lease::Run;
use store::tally::{ALL, Increment, Total, period_number};

/// Whether moved answers leave entries in their group's box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Boxes {
    /// They do.
    Fill,
    /// Pooled and imported answers do not.
    Leave,
}

type CellKey = (Group, i64);

/// A group, the month in which its answers count, and all of them.
pub(super) type Moving = (Group, Month, Vec<Opened>);

/// What moves groups within one run, with the cells as they are now.
pub(super) struct Mover<'a> {
    pub office: &'a Office,
    pub run: &'a Run,
    /// Increments of this release, by month.
    increments: BTreeMap<CellKey, Tally>,
    /// Running totals, by period.
    totals: BTreeMap<CellKey, Tally>,
    /// Which surveys' periods have been read.
    read: Vec<(SurveyId, i64)>,
    had_steps: bool,
    /// Surveys whose end this run is; noted once it is published.
    ended: Vec<SurveyId>,
}

impl<'a> Mover<'a> {
    pub async fn new(office: &'a Office, run: &'a Run) -> Result<Self, UsecaseError> {
        let mut mover = Self {
            office,
            run,
            increments: BTreeMap::new(),
            totals: BTreeMap::new(),
            read: Vec::new(),
            had_steps: false,
            ended: Vec::new(),
        };
        if run.resumed {
            let province = office.province(run.tenant)?;
            for increment in office.store.increments_of_release(run.tenant, run.release).await? {
                mover.had_steps = true;
                if increment.dimension != ALL {
                    continue;
                }
                let survey = province.survey_by_id(increment.group.survey);
                let survey = survey.ok_or_else(|| UsecaseError::Damaged("tally.survey_id".into()))?;
                let tally = unpack(&survey.questions, &increment.record)?;
                mover.increments.insert((increment.group, increment.months.0), tally);
            }
            mover.had_steps |= office.store.has_moved_texts(run.tenant, run.release).await?;
        }
        Ok(mover)
    }

    /// Whether a process that crashed had moved something under this run's number.
    pub const fn has_earlier_steps(&self) -> bool {
        self.had_steps
    }

    /// Something moved that is no answer; the run makes a release.
    pub const fn note_step(&mut self) {
        self.had_steps = true;
    }

    pub fn end(&mut self, survey: SurveyId) {
        self.ended.push(survey);
    }

    pub fn take_ended(&mut self) -> Vec<SurveyId> {
        std::mem::take(&mut self.ended)
    }

    /// Moves all answers of some groups, each shuffled and in steps of at least k. Which answers share a
    /// step is decided by their random inbox ids, so that a step deletes neighbours: twenty times fewer
    /// pages are written than for answers drawn from all over the inbox. Within a step they are shuffled.
    /// A step is written while the next one is prepared; all are in the database when this returns.
    pub async fn move_groups(
        &mut self,
        survey: &RunningSurvey,
        mut groups: Vec<Moving>,
        boxes: Boxes,
    ) -> Result<(), UsecaseError> {
        let k = usize::try_from(survey.survey.k).unwrap_or(usize::MAX);
        let most = self.office.store.rows_at_once();
        let mut ready = None;
        for (group, month, answers) in &mut groups {
            answers.sort_unstable_by_key(|answer| answer.id);
            for chunk in even_chunks(answers, most.max(k)) {
                let write = write(self.office, self.run, ready.as_ref());
                let (written, next) = tokio::join!(write, self.step(survey, group, *month, chunk, boxes));
                written?;
                ready = Some(next?);
            }
        }
        write(self.office, self.run, ready.as_ref()).await
    }

    async fn step(
        &mut self,
        survey: &RunningSurvey,
        group: &Group,
        month: Month,
        answers: &[Opened],
        boxes: Boxes,
    ) -> Result<Step, UsecaseError> {
        let questions = &survey.questions;
        let mut tally = Tally::empty(&questions.base);
        let mut step = Step {
            group: group.clone(),
            k: survey.survey.k,
            month,
            taken: Slab::new(16),
            response_ids: Slab::new(16),
            answers: Slab::new(1 + questions.base.items.len()),
            increment: self.increment(group, month),
            totals: Vec::new(),
            entry_ids: Slab::new(16),
            entries: Slab::new(store::fold::ENTRY),
        };
        let mut order: Vec<&Opened> = answers.iter().collect();
        self.office.chance.shuffle(&mut order);
        for answer in order {
            count(questions, &mut tally, &answer.kept);
            // What has no sealed record was never in the inbox.
            if !answer.record.is_empty() {
                step.taken.push(&answer.id);
            }
            step.response_ids.push(&mutant::fresh_id(self.office, &answer.id));
            step.answers.push(&response_bytes(questions, &answer.kept));
        }
        if boxes == Boxes::Fill {
            self.fill_box(&mut step, survey, month, answers)?;
        }
        self.add(survey, &mut step, month, &tally).await?;
        Ok(step)
    }

    fn increment(&self, group: &Group, month: Month) -> Increment {
        Increment {
            group: group.clone(),
            dimension: ALL.into(),
            band: String::new(),
            months: (month.number(), month.number()),
            release: self.run.release,
            n: 0,
            record: Vec::new(),
        }
    }

    /// Entries are shuffled apart from the response rows: nothing joins the two but their number.
    fn fill_box(
        &self,
        step: &mut Step,
        survey: &RunningSurvey,
        month: Month,
        answers: &[Opened],
    ) -> Result<(), UsecaseError> {
        let about = seal_subject(self.run.tenant, survey.survey.id);
        let release = u32::try_from(self.run.release).unwrap_or(u32::MAX);
        let mut order: Vec<&Opened> = answers.iter().collect();
        self.office.chance.shuffle(&mut order);
        for answer in order {
            let entry =
                Entry::of(&answer.kept, month, release, &survey.questions).encode(&survey.questions.part)?;
            let sealed = self.office.keys.seal(Purpose::Box, &entry, &about, &self.office.chance);
            step.entry_ids.push(&self.office.chance.bytes::<16>());
            step.entries.push(&sealed);
        }
        Ok(())
    }

    async fn add(
        &mut self,
        survey: &RunningSurvey,
        step: &mut Step,
        month: Month,
        tally: &Tally,
    ) -> Result<(), UsecaseError> {
        let increment = self.increments.entry((step.group.clone(), month.number())).or_default();
        *increment += tally;
        (step.increment.n, step.increment.record) =
            (mutant::people(self.office, increment.n, step.k), increment.pack());
        let periods = [
            Period::Month(month),
            Period::Quarter(month.year(), month.quarter()),
            Period::Year(month.year()),
        ];
        for period in periods.into_iter().filter_map(period_number) {
            self.read_totals(survey, period).await?;
            let total = self.totals.entry((step.group.clone(), period)).or_default();
            *total += tally;
            step.totals.push(Total {
                group: step.group.clone(),
                period,
                release: self.run.release,
                n: total.n,
                record: total.pack(),
            });
        }
        Ok(())
    }

    async fn read_totals(&mut self, survey: &RunningSurvey, period: i64) -> Result<(), UsecaseError> {
        let id = survey.survey.id;
        if self.read.contains(&(id, period)) {
            return Ok(());
        }
        self.read.push((id, period));
        let scope = Scope::of_the_office(self.run.tenant);
        for total in self.office.store.totals(&scope, id, period, i64::MAX).await? {
            let tally = unpack(&survey.questions, &total.record)?;
            self.totals.insert((total.group, period), tally);
        }
        Ok(())
    }
}

async fn write(office: &Office, run: &Run, step: Option<&Step>) -> Result<(), UsecaseError> {
    let Some(step) = step else { return Ok(()) };
    office.store.move_step(run, step, office.now()).await?;
    office.committer.give_way().await;
    Ok(())
}

pub(crate) fn unpack(questions: &QuestionSet, record: &[u8]) -> Result<Tally, UsecaseError> {
    Tally::unpack(&questions.base, record)
        .map_err(|error| UsecaseError::Damaged(format!("a tally ({error})")))
}

/// Counts an answer in the base tally of its cell.
pub fn count(questions: &QuestionSet, tally: &mut Tally, kept: &Kept) {
    tally.count(&questions.base, &row(questions, kept));
}

/// What a tally counts of an answer. Of a partial one only the overall answer counts.
pub(crate) fn row(questions: &QuestionSet, kept: &Kept) -> Row {
    if kept.route == Route::Partial {
        return Row::overall_only(&questions.base, kept.overall);
    }
    let facts = facts(questions, kept);
    Row::new(&questions.base, kept.overall, &base_answers(questions, kept), facts)
}

fn facts(questions: &QuestionSet, kept: &Kept) -> Vec<Option<usize>> {
    let asked = questions.instrument.questions.iter().zip(&kept.choices);
    asked
        .filter(|(question, _)| question.purpose == QuestionPurpose::Fact)
        .map(|(_, choice)| choice.map(usize::from))
        .collect()
}

fn base_answers(questions: &QuestionSet, kept: &Kept) -> Vec<Answer> {
    let items = items_of(&questions.instrument).zip(&kept.items);
    items.filter(|(item, _)| item.only_if.is_none()).map(|(_, answer)| *answer).collect()
}

/// What a response row keeps: one byte for the overall answer, then one a base item.
fn response_bytes(questions: &QuestionSet, kept: &Kept) -> Vec<u8> {
    let items = base_answers(questions, kept);
    let of_partial = kept.route == Route::Partial;
    let byte = |answer: &Answer| if of_partial { Answer::NotAsked.byte() } else { answer.byte() };
    std::iter::once(kept.overall.byte()).chain(items.iter().map(byte)).collect()
}

/// Chunks of nearly one size, none below `least` but a whole that is smaller.
fn even_chunks(answers: &[Opened], least: usize) -> Vec<&[Opened]> {
    let count = (answers.len() / least).max(1);
    let mut rest = answers;
    (0..count)
        .map(|done| {
            let (chunk, tail) = rest.split_at(rest.len() / (count - done));
            rest = tail;
            chunk
        })
        .collect()
}
