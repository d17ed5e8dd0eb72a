//! Places, each with the set of places that its figure allows. Whoever asks for places gets no other.

use super::compared::Member;
use super::{Bench, TOGETHER, aside, told};
use crate::error::UsecaseError;
use domain::id::UnitId;
use domain::report::analysis::{Converted, LeftOut, Ranked, Ranking};
use stats::Estimate;
use stats::joint::Joint;
use stats::ranks::{Procedure, RankSets, simultaneous};
use std::sync::Arc;

/// Shares that differ by no more than this differ by rounding alone.
const ROUNDING: f64 = 1e-12;

impl Bench<'_> {
    /// The places of units that are compared; none of them where there are no two to be placed.
    pub(super) async fn ranking(
        &self,
        members: &[Member<'_>],
        most: Option<f64>,
    ) -> Result<Ranking, UsecaseError> {
        let out = members.iter().map(|member| left_out(member, members));
        let out: Vec<Option<LeftOut>> = out.collect();
        let placed: Vec<&Member<'_>> =
            members.iter().zip(&out).filter(|(_, out)| out.is_none()).map(|(member, _)| member).collect();
        let sets = if placed.len() < 2 { None } else { self.sets(&placed).await? };
        let left = |(member, out): (&Member<'_>, &Option<LeftOut>)| Some((self.name(member.unit), (*out)?));
        let mut ranking = Ranking {
            units: Vec::new(),
            left_out: members.iter().zip(&out).filter_map(left).collect(),
            critical: (0.0, 0.0),
            steps: 0,
            simulated: told(self.simulation()),
        };
        let Some(sets) = sets else { return Ok(ranking) };
        let ranked = |(at, member): (usize, &&Member<'_>)| {
            Some(Ranked {
                unit: self.name(member.unit),
                headline: member.headline.clone(),
                place: *sets.rank.get(at)?,
                first: *sets.low.get(at)?,
                last: *sets.high.get(at)?,
                converted: most.and_then(|most| converted(member, most)),
            })
        };
        let first = sets.critical.first().copied().unwrap_or_default();
        ranking.critical = (first, sets.critical.last().copied().unwrap_or(first));
        ranking.steps = sets.critical.len();
        ranking.units = placed.iter().enumerate().filter_map(ranked).collect();
        Ok(ranking)
    }

    async fn sets(&self, placed: &[&Member<'_>]) -> Result<Option<Arc<RankSets>>, UsecaseError> {
        let cache = &self.office.analyses.ranks;
        let units: Vec<UnitId> = placed.iter().map(|member| member.unit.id).collect();
        let key = self.key(units);
        if let Some(known) = cache.get(&key) {
            return Ok(Some(known));
        }
        let estimates: Vec<Estimate> = placed.iter().map(|member| member.estimate()).collect();
        let simulation = self.simulation();
        let found = aside(move || {
            let joint = Joint::independent(&estimates)?;
            simultaneous(&joint, TOGETHER, Procedure::StepDown, simulation)
        });
        Ok(found.await?.ok().map(|found| cache.put(key, found)))
    }
}

/// Why a unit that is compared has no place. Where all are satisfied only a limit may be said; and of
/// two that have the same figure none is before the other.
fn left_out(member: &Member<'_>, members: &[Member<'_>]) -> Option<LeftOut> {
    let is_tied = |other: &Member<'_>| {
        other.unit.id != member.unit.id && (other.side.share - member.side.share).abs() <= ROUNDING
    };
    if member.is_unanimous() {
        Some(LeftOut::Unanimous)
    } else if members.iter().any(is_tied) {
        Some(LeftOut::Tied)
    } else {
        None
    }
}

fn converted(member: &Member<'_>, most: f64) -> Option<Converted> {
    let figure = member.headline.figure()?;
    let points = |percent: f64| most * percent / 100.0;
    Some(Converted { points: points(figure.index), low: points(figure.low), high: points(figure.high) })
}
