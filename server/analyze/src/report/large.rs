//! The same report of a file that may be larger than the memory.

use super::{Line, Report, Scale, design, precise, warnings};
use crate::AnalyzeError;
use crate::description::Description;
use crate::stream::{Domain, Plan, Respondents, Stat, Tallies, header, tally};
use stats::Estimate;
use stats::design::Lonely;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

/// What such a report lacks, so that nobody looks for it.
const ONE_PASS: &str = "a large file is read in one pass: no comparison, ranks or quality of the questionnaire; \
                        for these analyse a part of it";

impl Report {
    /// The report of a file that is read in one pass ([`crate::stream`]); `None` where rows have to
    /// be looked at together: weights, clusters, population sizes, counts to fit to, an item of
    /// several factors or of none beside factors, and where there are no responses or no items.
    ///
    /// # Errors
    ///
    /// What is wrong with the responses, with line and column.
    pub fn of_file(description: &Description, path: &Path) -> Result<Option<Self>, AnalyzeError> {
        let Some(plan) = plan(description, &header(path)?.names) else { return Ok(None) };
        let tallies = tallies(path, &plan)?;
        let Some(first) = tallies.first().filter(|first| first.respondents() > 0) else { return Ok(None) };
        let mut lines = lines(description, first, &[Vec::new()])?;
        for (at, name) in description.by.iter().enumerate() {
            let tallies = tallies.get(at).unwrap_or(first);
            let mut domains = tallies.domains(&[name])?;
            domains.retain(|domain| domain.iter().any(|(_, value)| !value.is_empty()));
            lines.extend(self::lines(description, tallies, &domains)?);
        }
        let strata = first.lonely().into_iter().map(|key| match (description.plan.strata.first(), key) {
            (Some(name), [value]) => format!("{name} {value}"),
            _ => "the whole sample".to_owned(),
        });
        let rule = description.lonely.unwrap_or(Lonely::Adjust);
        Ok(Some(Self {
            respondents: usize::try_from(first.respondents()).unwrap_or(usize::MAX),
            items: plan.factors.iter().map(|(_, items)| items.len()).sum::<usize>() + plan.items.len(),
            level: description.level,
            design: design(&description.plan, None),
            warnings: [vec![ONE_PASS.to_owned()], warnings(strata.collect(), rule, &lines)].concat(),
            lines,
            sections: Vec::new(),
        }))
    }
}

/// What to tally; `None` where sums are not enough.
fn plan(description: &Description, header: &[String]) -> Option<Plan> {
    let drawn = &description.plan;
    let alone = drawn.clusters.is_empty() && drawn.weights.is_none() && drawn.sizes.is_empty();
    let fitted = description.poststrata.is_some() || !description.raking.is_empty();
    let known = matches!(description.lonely, None | Some(Lonely::Adjust | Lonely::Fail));
    let items = description.items_of(header);
    let factors = description.factors.clone();
    let mut grouped: Vec<&String> = factors.iter().flat_map(|(_, items)| items).collect();
    let mut all: Vec<&String> = items.iter().collect();
    grouped.sort();
    all.sort();
    let parted = factors.is_empty() || grouped == all;
    let plan = Plan {
        strata: drawn.strata.clone(),
        domains: description.by.clone(),
        items: if factors.is_empty() { items.clone() } else { Vec::new() },
        factors,
        overall: Some(description.overall.clone()).filter(|overall| header.contains(overall)),
    };
    (alone && !fitted && known && parted && plan.fault().is_none()).then_some(plan)
}

/// The sums by all groupings at once or, where these are too many, by one after the other.
fn tallies(path: &Path, plan: &Plan) -> Result<Vec<Tallies>, AnalyzeError> {
    match tally(path, plan) {
        Err(AnalyzeError::Groups { .. }) if plan.domains.len() > 1 => {
            let one = |name: &String| tally(path, &Plan { domains: vec![name.clone()], ..plan.clone() });
            plan.domains.iter().map(one).collect()
        }
        whole => Ok(vec![whole?]),
    }
}

/// The figures of some domains of one column, or of everybody; each core takes a part of the
/// domains, because the intervals take as long as the sums of a million responses.
fn lines(
    description: &Description,
    tallies: &Tallies,
    domains: &[Domain],
) -> Result<Vec<Line>, AnalyzeError> {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let parts = domains.chunks(domains.len().div_ceil(cores).max(1));
    thread::scope(|scope| {
        let parts: Vec<_> = parts.map(|part| scope.spawn(|| figures(description, tallies, part))).collect();
        let mut lines = Vec::new();
        for part in parts {
            lines.extend(part.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Ok(lines)
    })
}

/// The figures of some domains.
fn figures(
    description: &Description,
    tallies: &Tallies,
    domains: &[Domain],
) -> Result<Vec<Line>, AnalyzeError> {
    let mut lines = Vec::new();
    for (domain, outcomes) in domains.iter().zip(tallies.results(domains, Respondents::All)?) {
        for outcome in outcomes {
            let scale = if outcome.stat == Stat::ScoreMean { Scale::Score } else { Scale::Share };
            let binary = matches!(outcome.stat, Stat::AllSatisfied | Stat::ShareBinary);
            let strict = description.lonely == Some(Lonely::Fail);
            let figure = outcome.result.map(|one| {
                let one = if strict { one.without_lonely() } else { one };
                // A report counts scores; the answers behind them are not added up by rows either.
                let answers = if outcome.stat == Stat::ScoreMean { one.n } else { one.answers };
                let one = Estimate { answers, ..one };
                precise(one, outcome.spread, scale, binary, description.level)
            });
            let (statistic, over) = (outcome.stat.name(), outcome.over);
            lines.push(Line { group: domain.first().cloned(), statistic, over, scale, figure });
        }
    }
    Ok(lines)
}
