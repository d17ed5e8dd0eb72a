//! The search where cells are few and sets many: a group is two halves that cancel.
//!
//! Give each cell a number such that every published set sums to zero (a random vector orthogonal to all of
//! them, modulo a large prime). A group that follows from the sets sums to zero too; others do by a chance of
//! one in 2^61, and are looked at again exactly. So halves of at most four people, and halves of at most four
//! people and one more cell, are matched by their sums.

use super::span::{Found, Reduced, reduce};
use std::collections::HashMap;

const PRIME: u64 = (1 << 61) - 1;
/// Halves that are kept for one box.
const MOST: usize = 3_000_000;

/// A half: its cells, the people in them, and what they sum to.
type Half = (Vec<u16>, usize, u64);

fn times(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).expect("below the prime")
}

fn plus(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn minus(a: u64) -> u64 {
    (PRIME - a) % PRIME
}

fn inverse(a: u64) -> u64 {
    let (mut result, mut base, mut power) = (1, a, PRIME - 2);
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    result
}

/// A random vector orthogonal to all sets; `None` where the prime divides what it must not.
fn orthogonal(reduced: &Reduced, cells: usize) -> Option<Vec<u64>> {
    let residue = |entry: i128| u64::try_from(entry.rem_euclid(i128::from(PRIME))).expect("below the prime");
    let chance = usecase::chance::Chance::seeded([6; 32]);
    let mut numbers: Vec<u64> = (0..cells).map(|_| u64::from_le_bytes(chance.bytes()) % PRIME).collect();
    for (row, pivot) in reduced.rows.iter().zip(&reduced.pivots) {
        let free = (0..cells).filter(|cell| !reduced.pivots.contains(cell));
        let sum = free.fold(0, |sum, cell| plus(sum, times(residue(row[cell]), numbers[cell])));
        let scale = residue(row[*pivot]);
        if scale == 0 {
            return None;
        }
        numbers[*pivot] = times(minus(sum), inverse(scale));
    }
    Some(numbers)
}

/// Searches a box all of whose cells are in one information set or follow from it.
pub fn search(sets: &[Vec<i128>], sizes: &[usize], reduced: &Reduced, k: usize) -> Found {
    let Some(numbers) = orthogonal(reduced, sizes.len()) else { return Found::LeftOut };
    let most = (k - 1) / 2;
    let mut halves: Vec<Half> = vec![(Vec::new(), 0, 0)];
    let mut from = 0;
    while from < halves.len() {
        let (cells, people, sum) = halves[from].clone();
        from += 1;
        let next = cells.last().map_or(0, |last| usize::from(*last) + 1);
        for cell in (next..sizes.len()).filter(|cell| people + sizes[*cell] <= most) {
            if halves.len() > MOST {
                return Found::LeftOut;
            }
            let with = cells.iter().copied().chain([u16::try_from(cell).expect("few cells")]).collect();
            halves.push((with, people + sizes[cell], plus(sum, numbers[cell])));
        }
    }
    let mut by_sum: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, half) in halves.iter().enumerate() {
        by_sum.entry(half.2).or_default().push(at);
    }
    for (cells, people, sum) in &halves {
        for cell in (0..sizes.len()).filter(|cell| people + sizes[*cell] < k) {
            for other in by_sum.get(&minus(plus(*sum, numbers[cell]))).into_iter().flatten() {
                let mut group: Vec<usize> =
                    cells.iter().chain(&halves[*other].0).map(|c| usize::from(*c)).collect();
                group.push(cell);
                if let Some(people) = follows(sets, sizes, reduced, &group).filter(|people| *people < k) {
                    return Found::People(people);
                }
            }
        }
    }
    Found::Nobody
}

/// The people of some cells, if they are different cells and follow from the sets: exactly.
fn follows(sets: &[Vec<i128>], sizes: &[usize], reduced: &Reduced, group: &[usize]) -> Option<usize> {
    let mut indicator = vec![0; sizes.len()];
    for cell in group {
        if std::mem::replace(&mut indicator[*cell], 1) == 1 {
            return None;
        }
    }
    let order: Vec<usize> = (0..sizes.len()).collect();
    let with: Vec<Vec<i128>> = sets.iter().cloned().chain([indicator]).collect();
    let rank = reduce(&with, &order)?.pivots.len();
    (rank == reduced.pivots.len()).then(|| group.iter().map(|cell| sizes[*cell]).sum())
}
