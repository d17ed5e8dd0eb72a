//! Small communes by a model. Only classes leave this file: with the parameters of the model, or with
//! several of its values, a value could be turned back into the direct figure.

use super::super::bands::is_compared;
use super::{Bench, aside};
use crate::error::UsecaseError;
use domain::id::UnitId;
use domain::reading::Reading;
use domain::report::analysis::{Covariate, Modelled, ModelledClass};
use domain::scope::Scope;
use domain::unit::{Unit, UnitKind};
use domain::volume::Dossiers;
use stats::bands::Verdict;
use stats::small_area::{SmallUnit, model, sides};
use std::collections::HashMap;

/// Months of dossiers that covariates are taken from.
const MONTHS: i32 = 12;

/// Where the model puts units.
#[derive(Debug)]
pub(super) struct Placed {
    classes: Vec<(UnitId, ModelledClass)>,
    fitted: usize,
    covariates: Vec<Covariate>,
}

/// A unit that the model is fitted to.
struct Own<'a> {
    unit: &'a Unit,
    headline: Reading,
}

impl Bench<'_> {
    /// The communes that have a figure but too few answers to be compared; `None` where there is none,
    /// or no model.
    pub(super) async fn modelled(&self) -> Result<Option<Modelled>, UsecaseError> {
        let units = self.units(UnitKind::Commune);
        let read = units.into_iter().map(|unit| Own { unit, headline: self.headline(unit) });
        let fitted: Vec<Own<'_>> = read.filter(|own| own.headline.figure().is_some()).collect();
        let small: Vec<&Own<'_>> = fitted.iter().filter(|own| !is_compared(&own.headline)).collect();
        if small.is_empty() {
            return Ok(None);
        }
        let tenant = self.province.tenant;
        let ids: Vec<UnitId> = fitted.iter().map(|own| own.unit.id).collect();
        let head = self.office.store.volumes_head(tenant).await?;
        let key = (self.key(ids), head, self.margin.to_bits());
        let placed = if let Some(known) = self.office.analyses.placed.get(&key) {
            known
        } else {
            let Some(placed) = self.place(&fitted).await? else { return Ok(None) };
            self.office.analyses.placed.put(key, placed)
        };
        let class = |own: &&Own<'_>| {
            let (_, class) = placed.classes.iter().find(|(id, _)| *id == own.unit.id)?;
            Some((self.name(own.unit), *class))
        };
        Ok(Some(Modelled {
            units: small.iter().filter_map(class).collect(),
            fitted: placed.fitted,
            margin: self.margin,
            covariates: placed.covariates.clone(),
        }))
    }

    async fn place(&self, fitted: &[Own<'_>]) -> Result<Option<Placed>, UsecaseError> {
        let Some(wanted) = self.wanted() else { return Ok(None) };
        let floor = self.table.floor(UnitKind::Commune, self.level, wanted.definition, wanted.node);
        let (covariates, known) = self.covariates(fitted).await?;
        let unit = |(at, own): (usize, &Own<'_>)| {
            let figure = own.headline.figure();
            SmallUnit {
                share: figure.map_or(0.0, |figure| figure.index / 100.0),
                n: figure.map_or(0, |figure| i64::try_from(figure.n).unwrap_or(i64::MAX)),
                covariates: known.iter().map(|values| values.get(at).copied().unwrap_or_default()).collect(),
            }
        };
        let units: Vec<SmallUnit> = fitted.iter().enumerate().map(unit).collect();
        let margin = self.margin / 100.0;
        let found = aside(move || {
            let modelled = model(&units, floor.unwrap_or(1.0))?;
            Ok::<_, stats::Unavailable>(sides(&units, &modelled, margin))
        });
        let Ok(found) = found.await? else { return Ok(None) };
        let class = |(own, verdict): (&Own<'_>, Verdict)| {
            let class = match verdict {
                Verdict::Above => ModelledClass::Above,
                Verdict::Even => ModelledClass::Around,
                Verdict::Below => ModelledClass::Below,
            };
            (own.unit.id, class)
        };
        let classes = fitted.iter().zip(found).map(class).collect();
        Ok(Some(Placed { classes, fitted: fitted.len(), covariates }))
    }

    /// What is known of every unit, and differs between them: the shares of dossiers filed online and
    /// closed late, and whether it is a ward.
    async fn covariates(&self, fitted: &[Own<'_>]) -> Result<(Vec<Covariate>, Vec<Vec<f64>>), UsecaseError> {
        let last = self.release.counted_in;
        let scope = Scope::of_the_office(self.province.tenant);
        let volumes = self.office.store.volumes(&scope, last.plus(1 - MONTHS), last).await?;
        let mut sums: HashMap<UnitId, Sums> = HashMap::new();
        for volume in &volumes {
            sums.entry(volume.unit).or_default().add(&volume.dossiers);
        }
        let of = |own: &Own<'_>, share: fn(&Sums) -> Option<f64>| share(sums.get(&own.unit.id)?);
        let online: Option<Vec<f64>> = fitted.iter().map(|own| of(own, Sums::online)).collect();
        let late: Option<Vec<f64>> = fitted.iter().map(|own| of(own, Sums::late)).collect();
        let ward = fitted.iter().map(|own| f64::from(u8::from(own.unit.name.vi.starts_with("Phường "))));
        let all =
            [(Covariate::Online, online), (Covariate::Late, late), (Covariate::Ward, Some(ward.collect()))];
        let differs = |values: &[f64]| {
            let first = values.first().copied().unwrap_or_default();
            values.iter().any(|value| (value - first).abs() > 1e-9)
        };
        let known = all.into_iter().filter_map(|(which, values)| Some((which, values?)));
        Ok(known.filter(|(_, values)| differs(values)).unzip())
    }
}

/// The dossiers of a unit; a share only counts cells that say it.
#[derive(Default)]
struct Sums {
    online: (i64, i64),
    late: (i64, i64),
}

impl Sums {
    fn add(&mut self, dossiers: &Dossiers) {
        let add = |sum: &mut (i64, i64), part: Option<i64>| {
            if let Some(part) = part {
                sum.0 += part;
                sum.1 += dossiers.closed;
            }
        };
        add(&mut self.online, dossiers.online);
        add(&mut self.late, dossiers.late);
    }

    fn online(&self) -> Option<f64> {
        stats::response::part_of(self.online.0, self.online.1).map(|part| part.rate)
    }

    fn late(&self) -> Option<f64> {
        stats::response::part_of(self.late.0, self.late.1).map(|part| part.rate)
    }
}
