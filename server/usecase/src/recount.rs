//! Responses counted again, and compared with the tallies that were kept of them.

use crate::error::UsecaseError;
use crate::fold::unpack;
use crate::office::Office;
use crate::registry::RunningSurvey;
use domain::id::Tenant;
use domain::survey::{Group, Route};
use domain::tally::{Answer, Row, Tally};
use std::collections::{BTreeMap, BTreeSet};
use store::release::Release;
use store::response::Response;
use store::tally::{ALL, Increment};

/// Rows that are read at once.
const PAGE: i64 = 2_000;

/// Cells by group and month.
pub(crate) type Cells = BTreeMap<(Group, i64), Tally>;

/// Releases after one and through another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// The last one that is left out; 0 for none.
    pub after: i64,
    /// The last one that is counted.
    pub through: i64,
}

impl Span {
    pub const fn holds(self, release: i64) -> bool {
        self.after < release && release <= self.through
    }
}

/// Counts the responses of a month that the releases of a span have moved, and shows each to `see`.
/// Says how many, and how many there are of earlier releases.
pub(crate) async fn count_month(
    office: &Office,
    tenant: Tenant,
    (survey, month): (&RunningSurvey, i64),
    span: Span,
    cells: &mut Cells,
    mut see: impl FnMut(&Response),
) -> Result<(usize, usize), UsecaseError> {
    let (mut counted, mut earlier, mut after) = (0, 0, Vec::new());
    loop {
        let page = office.store.responses(tenant, (survey.survey.id, month), &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok((counted, earlier)) };
        after.clone_from(&last.id);
        earlier += page.iter().filter(|response| response.release <= span.after).count();
        for response in page.iter().filter(|response| span.holds(response.release)) {
            counted += 1;
            see(response);
            let row = row_of(survey, response)?;
            let cell = cells.entry((response.group.clone(), month));
            cell.or_insert_with(|| Tally::empty(&survey.questions.base)).count(&survey.questions.base, &row);
        }
    }
}

/// Whether the responses behind an increment are here: not those of a release that came back from its published file
/// when the database that made it was lost.
pub(crate) fn here(releases: &[Release]) -> impl Fn(&Increment) -> bool + use<> {
    let restored: BTreeSet<i64> =
        releases.iter().filter(|release| release.is_restored).map(|release| release.number).collect();
    move |increment| !restored.contains(&increment.release)
}

/// Adds up the increments of the cells `all` that belong to a survey and to whatever `belongs` says.
pub(crate) fn add_up(
    survey: &RunningSurvey,
    increments: &[Increment],
    belongs: impl Fn(&Increment) -> bool,
) -> Result<Cells, UsecaseError> {
    let mut cells = Cells::new();
    let own = |i: &&Increment| i.dimension == ALL && i.group.survey == survey.survey.id && belongs(i);
    for increment in increments.iter().filter(own) {
        let tally = unpack(&survey.questions, &increment.record)?;
        *cells.entry((increment.group.clone(), increment.months.0)).or_default() += &tally;
    }
    Ok(cells)
}

/// In what the tallies and a recount differ. Fact histograms cannot be recounted, because responses do
/// not hold facts: only that each sums to n.
pub(crate) fn compare(kept: &Cells, counted: &Cells) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, tally) in kept {
        let name = || format!("{} {} {} in {}", key.0.mode, key.0.trust, key.0.route, key.1);
        if tally.facts.iter().any(|fact| fact.iter().sum::<i64>() != tally.n) {
            faults.push(format!("facts of {} do not sum to {}", name(), tally.n));
        }
        match counted.get(key) {
            None => faults.push(format!("{} has a tally and no responses", name())),
            Some(recount) => {
                let mut recount = Tally { facts: tally.facts.clone(), ..recount.clone() };
                // Older cells kept no moments; a sum with one of them cannot be compared in these.
                if tally.moments.n < tally.n {
                    recount.moments.clone_from(&tally.moments);
                }
                if recount != *tally {
                    faults.push(format!("{}: tally says {}, responses {}", name(), tally.n, recount.n));
                }
            }
        }
    }
    let lost = counted.keys().filter(|key| !kept.contains_key(*key));
    faults.extend(
        lost.map(|key| format!("{} {} in {} has responses and no tally", key.0.mode, key.0.trust, key.1)),
    );
    faults
}

fn row_of(survey: &RunningSurvey, response: &Response) -> Result<Row, UsecaseError> {
    let damaged = || UsecaseError::Damaged("response.answers".into());
    let layout = &survey.questions.base;
    let answers: Option<Vec<Answer>> = response.answers.iter().map(|b| Answer::from_byte(*b)).collect();
    let answers = answers.ok_or_else(damaged)?;
    let (overall, items) = answers.split_first().ok_or_else(damaged)?;
    if response.group.route == Route::Partial {
        return Ok(Row::overall_only(layout, *overall));
    }
    Ok(Row::new(layout, *overall, items, vec![None; layout.facts.len()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{SurveyId, UnitId};
    use domain::instrument::{Instrument, POST_SERVICE};
    use domain::survey::{Mode, Trust, Variant};
    use domain::tally::{Layout, Moments};

    fn cells(change: impl Fn(&mut Tally)) -> Cells {
        let layout = Layout::base(&Instrument::read(POST_SERVICE).unwrap());
        let mut tally = Tally::empty(&layout);
        for level in [5, 4, 4, 2] {
            let items = vec![Answer::Level(level); layout.items.len()];
            tally
                .count(&layout, &Row::new(&layout, Answer::Level(4), &items, vec![None; layout.facts.len()]));
        }
        change(&mut tally);
        let group = Group {
            survey: SurveyId::from_bytes([1; 16]),
            unit: UnitId::from_bytes([2; 16]),
            mode: Mode::Poster,
            trust: Trust::Open,
            variant: Variant::Full,
            route: Route::DoneInPerson,
        };
        Cells::from([((group, 202_610), tally)])
    }

    #[test]
    fn a_wrong_product_of_codes_is_found() {
        let counted = cells(|_| ());
        assert_eq!(compare(&counted, &counted), Vec::<String>::new());
        let wrong = cells(|tally| tally.moments.pairs[0][3] += 1);
        assert_eq!(compare(&wrong, &counted).len(), 1);
    }

    #[test]
    fn a_cell_of_before_the_moments_is_compared_in_the_rest() {
        let counted = cells(|_| ());
        let layout = Layout::base(&Instrument::read(POST_SERVICE).unwrap());
        let old = |tally: &mut Tally| tally.moments = Moments::empty(&layout);
        assert_eq!(compare(&cells(old), &counted), Vec::<String>::new());
        let wrong = cells(|tally| {
            old(tally);
            tally.sums[0] += 1;
        });
        assert_eq!(compare(&wrong, &counted).len(), 1);
    }
}
