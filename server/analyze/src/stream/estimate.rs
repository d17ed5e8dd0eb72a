//! Figures from sums.

use super::index::Index;
use super::tallies::{Domain, Tallies};
use crate::AnalyzeError;
use stats::estimate::binary_variance;
use stats::interval::{kg_cap, korn_graubard, likelihood, logit_t, score_t, wald_t, wilson_t};
use stats::score::{ScoreCell, ScoreCount, ScoreStratum, element_variance, mean_score};
use stats::share::{Binary, Factor, composite, pooled, share};
use stats::{Estimate, Interval, StratumSums, Unavailable};

/// By which rules figures are made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// The level of the intervals, such as 0.95.
    pub level: f64,
    /// Whether a stratum of one respondent leaves no standard error, as in R's `survey`; otherwise
    /// it contributes by the rule "adjust".
    pub strict: bool,
    /// Who counts for the size of a stratum.
    pub respondents: Respondents,
}

impl Default for Rules {
    fn default() -> Self {
        Self { level: 0.95, strict: false, respondents: Respondents::All }
    }
}

/// Who counts for the size of a stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Respondents {
    /// Everybody: whoever gave no usable answer carries a linearised value of 0.
    All,
    /// Only those with a usable answer to the figure, as if the others had been deleted first.
    Usable,
}

/// The statistic of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stat {
    /// The pooled share of satisfied answers, 0..1.
    SharePooled,
    /// The weighted mean of the shares of the factors, 0..100.
    IndexComposite,
    /// The mean score, 0..100.
    ScoreMean,
    /// The share of respondents all of whose answers are 4 or 5, 0..1.
    AllSatisfied,
    /// The share of satisfied answers to the overall question, 0..1.
    ShareBinary,
}

/// A figure of a domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// For whom.
    pub domain: Domain,
    /// What.
    pub stat: Stat,
    /// Over what: `ALL`, a factor, the overall question; `equal` or `by_items`, the weights of a
    /// composite.
    pub over: String,
    /// Respondents with a usable answer.
    pub n: i64,
    /// Usable answers.
    pub answers: i64,
    /// The figure, in the unit of its statistic.
    pub est: Option<f64>,
    /// Its standard error, in the same unit.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<i64>,
    /// Strata of one respondent that are part of it.
    pub lonely: i64,
    /// The design effect; none for shares of answers, whose single values are no observations.
    pub deff: Option<f64>,
    /// Those that exist, by their name in the reference cases; `score_t` is clipped to 0..100.
    pub intervals: Vec<(&'static str, Interval)>,
    /// Why there is no figure.
    pub missing: Option<Unavailable>,
}

type Method = fn(&Estimate, f64) -> Option<Interval>;

impl Stat {
    /// Its name in the reference cases.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SharePooled => "share_pooled",
            Self::IndexComposite => "index_composite",
            Self::ScoreMean => "score_mean",
            Self::AllSatisfied => "all_satisfied",
            Self::ShareBinary => "share_binary",
        }
    }

    /// How much of its unit is 1 in [`stats`].
    fn scale(self) -> f64 {
        if self == Self::IndexComposite { 100.0 } else { 1.0 }
    }

    fn intervals(self) -> &'static [(&'static str, Method)] {
        match self {
            Self::SharePooled => {
                &[("wald_t", wald_t), ("logit_t", logit_t), ("wilson_t", wilson_t), ("beta", korn_graubard)]
            }
            Self::IndexComposite => &[("wald_t", wald_t), ("wilson_t", wilson_t)],
            Self::ScoreMean => &[("wald_t", wald_t), ("score_t", score_t)],
            Self::AllSatisfied | Self::ShareBinary => &[
                ("wald_t", wald_t),
                ("logit_t", logit_t),
                ("wilson_t", wilson_t),
                ("beta", korn_graubard),
                ("kg_cap", kg_cap),
                ("likelihood", likelihood),
            ],
        }
    }
}

impl Tallies {
    /// The figures of every domain, in order: for every factor, and then over all items, the pooled
    /// share, the share of those satisfied with everything, and the mean score; the composite with
    /// equal weights and with weights by number of items; the share of the overall question.
    ///
    /// A domain is a part of the strata, never a sample of its own: all respondents of a stratum
    /// count for its size (see [`stats`]), unless the rules say otherwise.
    ///
    /// # Errors
    ///
    /// [`AnalyzeError::Column`] for a domain by a column that the plan does not group by.
    pub fn estimates(&self, domains: &[Domain], rules: &Rules) -> Result<Vec<Figure>, AnalyzeError> {
        let results = self.results(domains, rules.respondents)?;
        let figures = domains.iter().zip(results);
        Ok(figures
            .flat_map(|(domain, results)| results.into_iter().map(|one| one.figure(domain, rules)))
            .collect())
    }

    /// The estimates of every domain, in the same order.
    pub(crate) fn results(
        &self,
        domains: &[Domain],
        respondents: Respondents,
    ) -> Result<Vec<Vec<Outcome>>, AnalyzeError> {
        let mut index = Index::of(self);
        let whole = index.strata(&[])?;
        let part = |domain: &Domain| {
            let inside = index.strata(domain)?.into_iter();
            let strata = inside.filter_map(|(key, inside)| Some(Sums { whole: whole.get(key)?, inside }));
            Ok(Part { tallies: self, respondents, strata: strata.collect() }.outcomes())
        };
        domains.iter().map(part).collect()
    }
}

/// A stratum: the sums of all its respondents, and of those in the domain.
struct Sums<'a> {
    whole: &'a [u64],
    inside: Vec<u64>,
}

/// An estimate, or why there is none.
pub(crate) struct Outcome {
    pub(crate) stat: Stat,
    pub(crate) over: String,
    /// In the unit of [`stats`].
    pub(crate) result: Result<Estimate, Unavailable>,
    /// The variance of single values, where they are observations.
    pub(crate) spread: Option<f64>,
}

/// A domain: the strata it is part of.
struct Part<'a> {
    tallies: &'a Tallies,
    respondents: Respondents,
    strata: Vec<Sums<'a>>,
}

impl Part<'_> {
    fn outcomes(&self) -> Vec<Outcome> {
        let mut all = Vec::new();
        let mut push = |stat, over: &str, (result, spread)| {
            all.push(Outcome { stat, over: over.to_owned(), result, spread });
        };
        let plan = &self.tallies.plan;
        let factors = plan.factors.iter().zip(1..).map(|((name, _), node)| (name.as_str(), node));
        for (name, node) in factors.chain([("ALL", 0)]) {
            push(Stat::SharePooled, name, (self.pooled(node), None));
            push(Stat::AllSatisfied, name, self.satisfied(node));
            push(Stat::ScoreMean, name, self.score(node));
        }
        if !plan.factors.is_empty() {
            push(Stat::IndexComposite, "equal", (self.composite(true), None));
            push(Stat::IndexComposite, "by_items", (self.composite(false), None));
        }
        if let Some(overall) = &plan.overall {
            push(Stat::ShareBinary, overall, self.overall());
        }
        all
    }

    /// The pooled share over all items (node 0), or over atom node − 1.
    fn pooled(&self, node: usize) -> Result<Estimate, Unavailable> {
        let atoms: Vec<usize> = (0..self.tallies.shape.atoms()).collect();
        let atoms = node.checked_sub(1).map_or(&atoms[..], |at| &atoms[at..=at]);
        self.shares(node, |strata, answering| pooled(strata, atoms, answering))
    }

    fn composite(&self, equal: bool) -> Result<Estimate, Unavailable> {
        let atoms: Vec<usize> = (0..self.tallies.shape.atoms()).collect();
        let sizes = self.tallies.plan.factors.iter().map(|(_, items)| items.len() as f64);
        let factors: Vec<Factor<'_>> = sizes
            .zip(atoms.chunks(1))
            .map(|(size, atoms)| Factor { weight: if equal { 1.0 } else { size }, atoms })
            .collect();
        self.shares(0, |strata, answering| composite(strata, &factors, answering))
    }

    /// A share from Σu and Σuu' of every stratum, and those who answered anything of the node.
    fn shares(
        &self,
        node: usize,
        of: impl Fn(&[stats::Stratum<'_>], &[i64]) -> Result<Estimate, Unavailable>,
    ) -> Result<Estimate, Unavailable> {
        let shape = &self.tallies.shape;
        let list = |numbers: &[u64]| numbers.iter().map(|number| whole(*number)).collect::<Vec<_>>();
        let mut owned = Vec::new();
        for sums in &self.strata {
            let n = match self.respondents {
                Respondents::All => whole(sums.whole[0]),
                Respondents::Usable => scored(&sums.whole[shape.scores(node)], 1),
            };
            let inside = &sums.inside;
            owned.push(StratumSums::from_sums(
                n,
                list(&inside[shape.sums()]),
                list(&inside[shape.products()]),
            )?);
        }
        let strata: Vec<_> = owned.iter().map(StratumSums::as_stratum).collect();
        let answering = self.strata.iter().map(|sums| scored(&sums.inside[shape.scores(node)], 1));
        of(&strata, &answering.collect::<Vec<_>>())
    }

    /// The mean score over all items (node 0), or over atom node − 1, and the variance of single
    /// scores.
    fn score(&self, node: usize) -> (Result<Estimate, Unavailable>, Option<f64>) {
        let place = self.tallies.shape.scores(node);
        let items = (place.len() / 3).saturating_sub(1);
        let least = match self.respondents {
            Respondents::All => 0,
            Respondents::Usable => items - items / 2,
        };
        let kept = |sums: &Sums<'_>| counts(&sums.inside[place.clone()]).split_off(least);
        let counts: Vec<Vec<ScoreCount>> = self.strata.iter().map(kept).collect();
        let items = whole(items as u64);
        let cells: Vec<_> = counts.iter().map(|counts| [ScoreCell { items, counts }]).collect();
        let size = |sums: &Sums<'_>| scored(&sums.whole[place.clone()], least);
        let strata = self.strata.iter().zip(&cells);
        let strata: Vec<ScoreStratum<'_>> =
            strata.map(|(sums, cells)| ScoreStratum { n: size(sums), cells }).collect();
        (mean_score(&strata), element_variance(&strata).ok().flatten())
    }

    /// The share of those satisfied with all items (node 0), or with all of atom node − 1.
    fn satisfied(&self, node: usize) -> (Result<Estimate, Unavailable>, Option<f64>) {
        let shape = &self.tallies.shape;
        let (scores, at) = (shape.scores(node), shape.satisfied(node));
        self.binary(|sums| (scored(&sums[scores.clone()], 1), whole(sums[at])))
    }

    fn overall(&self) -> (Result<Estimate, Unavailable>, Option<f64>) {
        let at = self.tallies.shape.overall();
        self.binary(|sums| (whole(sums[at]), whole(sums[at + 1])))
    }

    /// A share from those who answered, and those of them who were satisfied.
    fn binary(&self, of: impl Fn(&[u64]) -> (i64, i64)) -> (Result<Estimate, Unavailable>, Option<f64>) {
        let stratum = |sums: &Sums<'_>| {
            let n = match self.respondents {
                Respondents::All => whole(sums.whole[0]),
                Respondents::Usable => of(sums.whole).0,
            };
            let (answered, satisfied) = of(&sums.inside);
            Binary { n, answered, satisfied }
        };
        let share = share(&self.strata.iter().map(stratum).collect::<Vec<_>>());
        (share, share.ok().and_then(|share| binary_variance(share.est, share.n)))
    }
}

impl Outcome {
    fn figure(self, domain: &Domain, rules: &Rules) -> Figure {
        let result = self.result.map(|one| if rules.strict { one.without_lonely() } else { one });
        let found = result.ok();
        let scale = self.stat.scale();
        let interval = |(name, method): &(&'static str, Method)| {
            let interval = method(&found?, rules.level)?;
            Some((*name, Interval { low: scale * interval.low, high: scale * interval.high }))
        };
        Figure {
            domain: domain.clone(),
            stat: self.stat,
            over: self.over,
            n: found.map_or(0, |one| one.n),
            answers: found.map_or(0, |one| one.answers),
            est: found.map(|one| scale * one.est),
            se: found.and_then(|one| one.se).map(|se| scale * se),
            df: found.map(|one| one.df),
            lonely: found.map_or(0, |one| one.lonely),
            deff: found.zip(self.spread).and_then(|(one, spread)| one.design_effect(spread)),
            intervals: self.stat.intervals().iter().filter_map(interval).collect(),
            missing: result.err(),
        }
    }
}

/// A count; no file has so many rows that it would not fit.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Respondents with at least so many answers, from the three numbers for every number of answers.
fn scored(scores: &[u64], least: usize) -> i64 {
    let respondents = scores.chunks_exact(3).skip(least).filter_map(|numbers| numbers.first());
    whole(respondents.sum())
}

fn counts(scores: &[u64]) -> Vec<ScoreCount> {
    let count = |(answered, numbers): (usize, &[u64])| ScoreCount {
        answered: whole(answered as u64),
        respondents: whole(numbers[0]),
        sum: whole(numbers[1]),
        squares: whole(numbers[2]),
    };
    scores.chunks_exact(3).enumerate().map(count).collect()
}
