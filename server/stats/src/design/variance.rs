//! The recursion over the stages.

use super::Lonely;
use super::tree::{Level, Stratum};
use crate::sum::{Sum, sum};

type Matrix = Vec<Vec<f64>>;

/// The covariance matrix of the totals of some columns, over the strata that hold a row wanted.
pub(super) fn level(level: &Level, columns: &[Vec<f64>], wanted: &[bool], lonely: Lonely) -> Option<Matrix> {
    let width = columns.len();
    let mut own = Accumulator::new(width);
    let mut within = Accumulator::new(width);
    let (mut held, mut paired) = (0_usize, 0_usize);
    for stratum in &level.strata {
        if !stratum.clusters.iter().any(|cluster| cluster.holds(wanted)) {
            continue;
        }
        held += 1;
        if stratum.is_lonely() && lonely == Lonely::Fail {
            return None;
        }
        if !(stratum.is_lonely() && lonely == Lonely::Average) {
            paired += 1;
            own.add(&between(stratum, columns, lonely), 1.0);
        }
        for cluster in &stratum.clusters {
            if let Some(inside) = cluster.inside.as_ref().filter(|_| cluster.holds(wanted)) {
                within.add(&self::level(inside, columns, wanted, lonely)?, stratum.fraction);
            }
        }
    }
    if lonely == Lonely::Average && held > paired {
        if paired == 0 {
            return None;
        }
        let mut raised = Accumulator::new(width);
        raised.add(&own.value(), held as f64 / paired as f64);
        own = raised;
    }
    own.add(&within.value(), 1.0);
    Some(own.value())
}

/// What the clusters of a stratum add.
fn between(stratum: &Stratum, columns: &[Vec<f64>], lonely: Lonely) -> Matrix {
    let mut products = Accumulator::new(columns.len());
    let n = stratum.clusters.len() as f64;
    if stratum.is_census() || (stratum.is_lonely() && lonely == Lonely::Certainty) {
        return products.value();
    }
    let totals: Vec<Vec<f64>> = stratum.clusters.iter().map(|cluster| cluster.totals(columns)).collect();
    let centre: Vec<f64> = (0..columns.len())
        .map(|at| if totals.len() > 1 { sum(totals.iter().map(|total| total[at])) / n } else { 0.0 })
        .collect();
    for total in totals {
        let apart: Vec<f64> = total.iter().zip(&centre).map(|(total, centre)| total - centre).collect();
        products.product(&apart);
    }
    let scale = if n > 1.0 { n / (n - 1.0) } else { 1.0 };
    let mut scaled = Accumulator::new(columns.len());
    scaled.add(&products.value(), (1.0 - stratum.fraction) * scale);
    scaled.value()
}

/// A matrix of compensated sums.
struct Accumulator(Vec<Vec<Sum>>);

impl Accumulator {
    fn new(width: usize) -> Self {
        Self(vec![vec![Sum::default(); width]; width])
    }

    fn add(&mut self, matrix: &Matrix, times: f64) {
        for (sums, row) in self.0.iter_mut().zip(matrix) {
            sums.iter_mut().zip(row).for_each(|(sum, term)| sum.add(times * term));
        }
    }

    fn product(&mut self, vector: &[f64]) {
        for (sums, left) in self.0.iter_mut().zip(vector) {
            sums.iter_mut().zip(vector).for_each(|(sum, right)| sum.add(left * right));
        }
    }

    fn value(&self) -> Matrix {
        self.0.iter().map(|row| row.iter().map(|sum| sum.value()).collect()).collect()
    }
}
