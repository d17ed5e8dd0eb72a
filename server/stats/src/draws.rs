//! Simulated errors of several units, and the largest of their standardised differences.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::estimate::Unavailable;
use crate::joint::Joint;
use crate::random::{Random, Simulation};

/// Draws side by side, so that the processor takes several at a time.
const LANES: usize = 8;

/// More numbers than this are refused: a gigabyte.
const MOST: usize = 1 << 27;

/// Draws from N(0, Σ).
pub(crate) struct Draws {
    units: usize,
    count: usize,
    /// Blocks of `LANES` draws: for every unit its values in them.
    values: Vec<[f64; LANES]>,
}

/// A difference of two units, over its standard error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contrast {
    pub(crate) one: usize,
    pub(crate) other: usize,
    /// 1/σ.
    pub(crate) weight: f64,
}

/// The differences a maximum is taken over: of some only the size counts, of others the sign too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contrasts {
    pub(crate) either: Vec<Contrast>,
    pub(crate) signed: Vec<Contrast>,
}

/// Draws one block after the other from N(0, Σ) and hands it on.
fn generate(
    joint: &Joint,
    simulation: Simulation,
    mut take: impl FnMut(&[[f64; LANES]]),
) -> Result<(), Unavailable> {
    if simulation.draws == 0 {
        return Err(Unavailable::Malformed("at least one draw"));
    }
    let triangle = joint.triangle().ok_or(Unavailable::Inconsistent("a covariance"))?;
    let (units, independent) = (joint.len(), joint.is_independent());
    let mut random = Random::seeded(simulation.seed);
    let (mut plain, mut block) = (vec![[0.0; LANES]; units], vec![[0.0; LANES]; units]);
    for _ in 0..simulation.draws.div_ceil(LANES) {
        for lanes in &mut plain {
            lanes.fill_with(|| random.normal());
        }
        for (unit, values) in block.iter_mut().enumerate() {
            let from = if independent { unit } else { 0 };
            *values = combine(&triangle.lower().row(unit)[from..=unit], &plain[from..=unit]);
        }
        take(&block);
    }
    Ok(())
}

/// The largest of the contrasts in every draw, at least 0, without keeping the draws.
pub(crate) fn maxima(
    joint: &Joint,
    simulation: Simulation,
    contrasts: &Contrasts,
) -> Result<Vec<f64>, Unavailable> {
    if simulation.draws > MOST {
        return Err(Unavailable::TooLarge);
    }
    let mut maxima = Vec::with_capacity(simulation.draws.next_multiple_of(LANES));
    generate(joint, simulation, |block| maxima.extend(largest(block, contrasts)))?;
    maxima.truncate(simulation.draws);
    Ok(maxima)
}

/// The largest of the contrasts in the draws of a block.
fn largest(block: &[[f64; LANES]], contrasts: &Contrasts) -> [f64; LANES] {
    let mut largest = [0.0; LANES];
    for contrast in &contrasts.either {
        let (one, other) = (&block[contrast.one], &block[contrast.other]);
        for lane in 0..LANES {
            let size = ((one[lane] - other[lane]) * contrast.weight).abs();
            largest[lane] = if size > largest[lane] { size } else { largest[lane] };
        }
    }
    for contrast in &contrasts.signed {
        let (one, other) = (&block[contrast.one], &block[contrast.other]);
        for lane in 0..LANES {
            let size = (one[lane] - other[lane]) * contrast.weight;
            largest[lane] = if size > largest[lane] { size } else { largest[lane] };
        }
    }
    largest
}

impl Draws {
    pub(crate) fn of(joint: &Joint, simulation: Simulation) -> Result<Self, Unavailable> {
        let (units, count) = (joint.len(), simulation.draws);
        let size = count.checked_next_multiple_of(LANES).and_then(|c| c.checked_mul(units));
        if size.is_none_or(|size| size > MOST) {
            return Err(Unavailable::TooLarge);
        }
        let mut values = Vec::with_capacity(count.div_ceil(LANES) * units);
        generate(joint, simulation, |block| values.extend_from_slice(block))?;
        Ok(Self { units, count, values })
    }

    /// The largest of the contrasts in every draw, at least 0.
    pub(crate) fn maxima(&self, contrasts: &Contrasts) -> Vec<f64> {
        if self.units == 0 {
            return vec![0.0; self.count];
        }
        let blocks = self.values.chunks_exact(self.units);
        let mut maxima: Vec<f64> = blocks.flat_map(|block| largest(block, contrasts)).collect();
        maxima.truncate(self.count);
        maxima
    }

    /// The largest of the contrasts in one draw.
    fn maximum(&self, draw: usize, contrasts: &Contrasts) -> f64 {
        let block = &self.values[draw / LANES * self.units..];
        let lane = draw % LANES;
        let of = |c: &Contrast| (block[c.one][lane] - block[c.other][lane]) * c.weight;
        let either = contrasts.either.iter().map(|c| of(c).abs());
        either.chain(contrasts.signed.iter().map(of)).fold(0.0, f64::max)
    }

    /// The quantile of the maxima over these contrasts, a part of those that gave `before`: the
    /// maxima of the draws, of which the numbers of `order` are sorted downwards.
    ///
    /// A part has no larger maximum than the whole. So once as many draws have been looked at that
    /// the quantile is above what the next could have, the others need not be.
    pub(crate) fn quantile_of_part(
        &self,
        contrasts: &Contrasts,
        before: &[f64],
        order: &[usize],
        level: f64,
    ) -> f64 {
        let rank = self.count - position(self.count, level);
        // For numbers that are not negative the order of the bits is that of the numbers.
        let mut top: BinaryHeap<Reverse<u64>> = BinaryHeap::with_capacity(rank + 1);
        let mut least = 0.0;
        for &draw in order {
            if top.len() == rank && before[draw] <= least {
                break;
            }
            top.push(Reverse(self.maximum(draw, contrasts).to_bits()));
            if top.len() > rank {
                top.pop();
            }
            least = top.peek().map_or(0.0, |Reverse(bits)| f64::from_bits(*bits));
        }
        least
    }
}

fn combine(row: &[f64], plain: &[[f64; LANES]]) -> [f64; LANES] {
    let mut sum = [0.0; LANES];
    for (weight, values) in row.iter().zip(plain) {
        for lane in 0..LANES {
            sum[lane] += weight * values[lane];
        }
    }
    sum
}

/// The place, from 0 upwards, of the quantile among `count` sorted numbers: the smallest that at
/// least the share `level` does not exceed.
pub(crate) fn position(count: usize, level: f64) -> usize {
    let mut place = 0;
    let (mut low, mut high) = (0, count.saturating_sub(1));
    while low <= high {
        place = low + (high - low) / 2;
        if ((place + 1) as f64) < level * count as f64 {
            low = place + 1;
        } else if place == low {
            break;
        } else {
            high = place;
        }
    }
    place
}

/// The quantile of numbers.
pub(crate) fn quantile(values: &[f64], level: f64) -> f64 {
    let mut values = values.to_vec();
    let place = position(values.len(), level);
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(place, f64::total_cmp).1 }
}

/// The numbers of the draws by the size of their maxima, the largest first.
pub(crate) fn downwards(maxima: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..maxima.len()).collect();
    order.sort_unstable_by(|a, b| maxima[*b].total_cmp(&maxima[*a]));
    order
}

#[cfg(test)]
mod tests {
    use super::{Contrast, Contrasts, Draws, downwards, position, quantile};
    use crate::joint::Joint;
    use crate::random::Simulation;

    #[test]
    fn the_quantile_leaves_at_most_the_rest_above() {
        let numbers: Vec<f64> = (1..=100).map(f64::from).collect();
        let is = |got: f64, value: f64| assert!((got - value).abs() < 1e-15, "{got} {value}");
        is(quantile(&numbers, 0.95), 95.0);
        is(quantile(&numbers, 0.951), 96.0);
        is(quantile(&[7.0], 0.95), 7.0);
        is(quantile(&[], 0.95), 0.0);
        for count in 1..60 {
            for level in [0.0, 0.01, 0.5, 0.9, 0.95, 1.0] {
                let naive = (0..count).find(|at| (at + 1) as f64 >= level * count as f64).unwrap();
                assert_eq!(position(count, level), naive, "{count} {level}");
            }
        }
    }

    #[test]
    fn the_quantile_of_a_part_is_that_of_all_draws() {
        let covariance: Vec<f64> =
            (0..36).map(|at| if at % 7 == 0 { 1.0 + f64::from(at) / 9.0 } else { 0.3 }).collect();
        let joint = Joint::correlated(&[0.0; 6], &covariance).unwrap();
        let draws = Draws::of(&joint, Simulation { draws: 5_003, seed: 1 }).unwrap();
        let contrast = |one: usize, other: usize| {
            let weight = 1.0 / joint.deviation(one, other).unwrap();
            Contrast { one, other, weight }
        };
        let pairs = || (0..6).flat_map(|one| (0..one).map(move |other| (one, other)));
        let all = Contrasts { either: pairs().map(|p| contrast(p.0, p.1)).collect(), signed: Vec::new() };
        let before = draws.maxima(&all);
        let part = Contrasts {
            either: all.either.iter().skip(9).copied().collect(),
            signed: all.either.iter().take(5).copied().collect(),
        };
        let slow = quantile(&draws.maxima(&part), 0.95);
        let fast = draws.quantile_of_part(&part, &before, &downwards(&before), 0.95);
        assert!(slow < quantile(&before, 0.95));
        assert_eq!(fast.to_bits(), slow.to_bits());
    }

    #[test]
    fn draws_have_the_covariance_asked_for() {
        let joint = Joint::correlated(&[0.0; 2], &[4.0, 1.0, 1.0, 1.0]).unwrap();
        let draws = Draws::of(&joint, Simulation { draws: 80_000, seed: 9 }).unwrap();
        let values = |unit: usize| draws.values.chunks(2).flat_map(move |block| block[unit]);
        let mean = |products: Vec<f64>| products.iter().sum::<f64>() / products.len() as f64;
        let product = |a: usize, b: usize| mean(values(a).zip(values(b)).map(|(x, y)| x * y).collect());
        assert!((product(0, 0) - 4.0).abs() < 0.08);
        assert!((product(1, 1) - 1.0).abs() < 0.02);
        assert!((product(0, 1) - 1.0).abs() < 0.04);
    }
}
