//! Rows sorted into strata and clusters, stage within stage.

use super::{DesignError, Population, Stage};
use crate::sum::sum;
use std::collections::BTreeMap;

/// A stage as it looks within one cluster of the stage before.
#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) strata: Vec<Stratum>,
}

/// A stratum of a stage.
#[derive(Debug, Clone)]
pub(super) struct Stratum {
    /// f, the share of its clusters that are in the sample; 0 if unknown.
    pub(super) fraction: f64,
    pub(super) clusters: Vec<Cluster>,
}

/// A cluster, with its rows and, where they carry variance, the stages within.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    pub(super) rows: Vec<usize>,
    pub(super) inside: Option<Level>,
}

impl Level {
    /// Sorts rows by the first of `stages`, and their clusters by the others.
    pub(super) fn of(rows: Vec<usize>, stages: &[Stage]) -> Result<Self, DesignError> {
        let Some((stage, later)) = stages.split_first() else {
            return Err(DesignError::Lengths);
        };
        let mut sorted: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
        for row in rows {
            let code = |codes: &[usize]| codes.get(row).copied().ok_or(DesignError::Lengths);
            let clusters = sorted.entry(code(&stage.strata)?).or_default();
            clusters.entry(code(&stage.clusters)?).or_default().push(row);
        }
        let strata = sorted.into_values().map(|clusters| Stratum::of(clusters, stage, later));
        Ok(Self { strata: strata.collect::<Result<_, _>>()? })
    }

    /// Strata and clusters that hold a row wanted, and how many of the strata have one cluster
    /// although there are more in the population.
    pub(super) fn count(&self, wanted: &[bool]) -> (usize, usize, usize) {
        let holds = |cluster: &&Cluster| cluster.holds(wanted);
        let (mut strata, mut clusters, mut alone) = (0, 0, 0);
        for stratum in &self.strata {
            let here = stratum.clusters.iter().filter(holds).count();
            clusters += here;
            strata += usize::from(here > 0);
            alone += usize::from(here > 0 && stratum.is_lonely());
        }
        (strata, clusters, alone)
    }

    /// A row of every lonely stratum.
    pub(super) fn lonely_rows(&self) -> Vec<usize> {
        let lonely = self.strata.iter().filter(|stratum| stratum.is_lonely());
        lonely.filter_map(|stratum| stratum.clusters.first()?.rows.first().copied()).collect()
    }

    /// Divides weights by the sampling fractions that are known.
    pub(super) fn expand(&self, weights: &mut [f64]) {
        for stratum in self.strata.iter().filter(|stratum| stratum.fraction > 0.0) {
            for cluster in &stratum.clusters {
                for &row in &cluster.rows {
                    if let Some(weight) = weights.get_mut(row) {
                        *weight /= stratum.fraction;
                    }
                }
                if let Some(inside) = &cluster.inside {
                    inside.expand(weights);
                }
            }
        }
    }

    /// Sums over the rows of every cluster, for every column.
    pub(super) fn totals(&self, columns: &[Vec<f64>]) -> Vec<Vec<Vec<f64>>> {
        let of = |stratum: &Stratum| stratum.clusters.iter().map(|cluster| cluster.totals(columns)).collect();
        self.strata.iter().map(of).collect()
    }
}

impl Stratum {
    fn of(
        clusters: BTreeMap<usize, Vec<usize>>,
        stage: &Stage,
        later: &[Stage],
    ) -> Result<Self, DesignError> {
        let fraction = fraction(&clusters, stage.population.as_ref())?;
        let inside = |rows: &Vec<usize>| {
            // Without f the stages within have no weight in the variance.
            let needed = fraction > 0.0 && !later.is_empty();
            needed.then(|| Level::of(rows.clone(), later)).transpose()
        };
        let built = clusters.into_values().map(|rows| Ok(Cluster { inside: inside(&rows)?, rows }));
        Ok(Self { fraction, clusters: built.collect::<Result<_, _>>()? })
    }

    /// One cluster in the sample, more in the population.
    pub(super) fn is_lonely(&self) -> bool {
        self.clusters.len() == 1 && !self.is_census()
    }

    /// All clusters of the population are in the sample.
    pub(super) fn is_census(&self) -> bool {
        self.fraction >= 1.0
    }
}

impl Cluster {
    pub(super) fn holds(&self, wanted: &[bool]) -> bool {
        self.rows.iter().any(|&row| wanted.get(row).copied().unwrap_or(false))
    }

    pub(super) fn totals(&self, columns: &[Vec<f64>]) -> Vec<f64> {
        columns
            .iter()
            .map(|column| sum(self.rows.iter().filter_map(|&row| column.get(row)).copied()))
            .collect()
    }
}

/// f of a stratum, after checking that its rows agree.
fn fraction(
    clusters: &BTreeMap<usize, Vec<usize>>,
    population: Option<&Population>,
) -> Result<f64, DesignError> {
    let (given, fractions) = match population {
        None => return Ok(0.0),
        Some(Population::Sizes(sizes)) => (sizes, false),
        Some(Population::Fractions(fractions)) => (fractions, true),
    };
    let mut first = None;
    for &row in clusters.values().flatten() {
        let here = *given.get(row).ok_or(DesignError::Lengths)?;
        if !(here.is_finite() && here > 0.0 && (!fractions || here <= 1.0)) {
            return Err(DesignError::Size(row));
        }
        let (_, size) = *first.get_or_insert((row, here));
        if (here - size).abs() > 1e-9 * size {
            return Err(DesignError::Differs(row));
        }
    }
    let (row, size) = first.ok_or(DesignError::Empty)?;
    let share = if fractions { size } else { clusters.len() as f64 / size };
    if share > 1.0 + 1e-9 {
        return Err(DesignError::TooFew { row, sampled: clusters.len(), population: size });
    }
    // A size computed elsewhere may miss a census by a rounding.
    Ok(if share > 1.0 - 1e-9 { 1.0 } else { share })
}
