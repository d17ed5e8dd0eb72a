//! Units of a kind against their peers: intervals of all differences that hold at once.

use super::super::bands::{band_units, is_compared, sides};
use super::super::table::Level;
use super::cache::Compared;
use super::{AnalysisView, Bench, TOGETHER, aside, told};
use crate::error::UsecaseError;
use domain::id::UnitId;
use domain::reading::{Caveat, Reading};
use domain::report::Band;
use domain::report::analysis::{Difference, Differences, KindAnalysis, LeftOut};
use domain::unit::{Unit, UnitKind};
use stats::Estimate;
use stats::comparison::{Side, difference_interval};
use stats::pool::{Reach, reach};
use std::sync::Arc;

/// A unit that is compared.
pub(super) struct Member<'a> {
    pub unit: &'a Unit,
    pub headline: Reading,
    pub side: Side,
    /// Its peers without it.
    pub others: Side,
}

impl Member<'_> {
    pub(super) fn n(&self) -> u64 {
        self.headline.figure().map_or(0, |figure| figure.n)
    }

    pub(super) fn is_unanimous(&self) -> bool {
        self.headline.figure().is_some_and(|figure| figure.caveats.contains(&Caveat::AllSatisfied))
    }

    /// The share with the standard error that its published interval rests on.
    pub(super) fn estimate(&self) -> Estimate {
        let n = i64::try_from(self.n()).unwrap_or(i64::MAX);
        Estimate { est: self.side.share, se: Some(self.side.se()), df: n - 1, n, answers: n, lonely: 0 }
    }
}

impl Bench<'_> {
    /// The units of a kind; `None` where it has none.
    pub(super) async fn kind(
        &self,
        kind: UnitKind,
        view: &AnalysisView,
    ) -> Result<Option<KindAnalysis>, UsecaseError> {
        let units = self.units(kind);
        let Some(wanted) = self.wanted().filter(|_| !units.is_empty()) else { return Ok(None) };
        let read = units.iter().map(|unit| (*unit, self.headline(unit)));
        let (compared, left): (Vec<_>, Vec<_>) = read.partition(|(_, headline)| is_compared(headline));
        let ids: Vec<UnitId> = compared.iter().map(|(unit, _)| unit.id).collect();
        let banded = band_units(&wanted, kind, &ids, self.margin);
        let sides = sides(&wanted, kind, &ids);
        let found = compared.iter().filter_map(|(unit, headline)| {
            let (_, side, others) = *sides.iter().find(|(id, _, _)| *id == unit.id)?;
            Some(Member { unit, headline: headline.clone(), side, others })
        });
        let members: Vec<Member<'_>> = found.collect();
        let mut analysis = KindAnalysis {
            kind,
            units: units.len(),
            peers: wanted.of_units(|id| ids.contains(id)),
            differences: None,
            left_out: left.iter().map(|(unit, headline)| (self.name(unit), why(headline))).collect(),
            ranking: None,
        };
        if let Some((bands, banding)) = banded {
            let reach = self.reach(&members).await?;
            let band = |unit: UnitId| bands.get(&unit).copied().unwrap_or(Band::Even);
            analysis.differences = reach.map(|reach| Differences {
                units: members.iter().filter_map(|m| self.difference(m, &reach, band(m.unit.id))).collect(),
                margin: self.margin,
                visible: banding.visible,
                critical: reach.critical,
                each: 100.0 * reach.each,
                simulated: told(reach.simulation),
            });
            if view.ranks {
                analysis.ranking = Some(self.ranking(&members, view.most).await?);
            }
        }
        Ok(Some(analysis))
    }

    fn difference(&self, member: &Member<'_>, reach: &Reach, band: Band) -> Option<Difference> {
        let interval = difference_interval(&member.side, &member.others, reach.each)?;
        Some(Difference {
            unit: self.name(member.unit),
            headline: member.headline.clone(),
            points: 100.0 * (member.side.share - member.others.share),
            low: 100.0 * interval.low,
            high: 100.0 * interval.high,
            band,
        })
    }

    /// What a result about some units is kept under.
    pub(super) fn key(&self, units: Vec<UnitId>) -> Compared {
        let (tenant, survey) = (self.province.tenant, self.chosen.survey.survey.id);
        let level: Level = self.level.clone();
        (tenant, survey, self.chosen.period, self.release.number, level, units)
    }

    async fn reach(&self, members: &[Member<'_>]) -> Result<Option<Arc<Reach>>, UsecaseError> {
        let cache = &self.office.analyses.reaches;
        let key = self.key(members.iter().map(|member| member.unit.id).collect());
        if let Some(known) = cache.get(&key) {
            return Ok(Some(known));
        }
        let estimates: Vec<Estimate> = members.iter().map(Member::estimate).collect();
        let weights: Vec<f64> = members.iter().map(|member| member.n() as f64).collect();
        let simulation = self.simulation();
        let found = aside(move || reach(&estimates, &weights, TOGETHER, simulation)).await?;
        Ok(found.ok().map(|found| cache.put(key, found)))
    }
}

const fn why(headline: &Reading) -> LeftOut {
    match headline {
        Reading::Figure(_) => LeftOut::TooFew,
        Reading::Withheld(_) => LeftOut::NoFigure,
    }
}
