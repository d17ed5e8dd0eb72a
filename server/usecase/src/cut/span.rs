//! The exact search of somebody who knows who is in which published set: is there a group of fewer than k
//! people whose figures follow from what is published, by any addition, subtraction and division?
//!
//! People who are in the same sets are a *cell*. A group that follows from the published sets is 0 or 1 on
//! every cell, and a rational combination of the sets. All of those are found: an *information set* is a
//! choice of cells on which such a combination may take any values, and which fix it on all others. If there
//! are t of them without a common cell, a group of fewer than k people has at most (k-1)/t in one of them, so
//! few choices have to be tried for each. The last ones may borrow a few cells from those before: there
//! the group may have anybody.

use super::partition::Partition;
use std::collections::BTreeMap;

/// Choices that are tried for one box.
const PATIENCE: usize = 20_000_000;
/// Cells that an information set may borrow: each doubles the choices.
const BORROWED: usize = 6;

/// What was found of a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// No group.
    Nobody,
    /// A group of so many people.
    People(usize),
    /// More choices than patience, or numbers too large.
    LeftOut,
}

/// Rows of one scale: each stands for itself divided by it.
struct Reduced {
    rows: Vec<Vec<i128>>,
    scale: i128,
    /// By row, the cell that it alone has.
    pivots: Vec<usize>,
    /// Pivots that no other information set has; those after them are borrowed.
    own: usize,
}

/// Searches the people of a box.
#[must_use]
pub fn search(partitions: &[&Partition], people: usize, k: usize) -> Found {
    let mut cells: BTreeMap<Vec<Option<usize>>, usize> = BTreeMap::new();
    for person in 0..people {
        *cells.entry(partitions.iter().map(|one| one.labels()[person]).collect()).or_default() += 1;
    }
    let sizes: Vec<usize> = cells.values().copied().collect();
    let mut sets = Vec::new();
    for (at, partition) in partitions.iter().enumerate() {
        for set in 0..partition.sizes().len() {
            sets.push(cells.keys().map(|labels| i128::from(labels[at] == Some(set))).collect::<Vec<i128>>());
        }
    }
    let Some(choices) = information_sets(&sets, &sizes) else { return Found::LeftOut };
    let mut patience = PATIENCE;
    let most = k.saturating_sub(1) / choices.len().max(1);
    for reduced in &choices {
        let mut search = Search::of(reduced, &sizes, k, most, patience);
        if let Some(people) = search.choose(0, [0; PROBES], 0) {
            return Found::People(people);
        }
        patience = search.patience;
        if patience == 0 {
            return Found::LeftOut;
        }
    }
    Found::Nobody
}

/// As many as there are, the cells with most people first. `None` where numbers grow too large.
fn information_sets(sets: &[Vec<i128>], sizes: &[usize]) -> Option<Vec<Reduced>> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|cell| std::cmp::Reverse(sizes[*cell]));
    let (mut found, mut used): (Vec<Reduced>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let all: Vec<usize> = order.iter().chain(&used).copied().collect();
        let mut reduced = reduce(sets, &all)?;
        reduced.own = reduced.pivots.iter().filter(|cell| !used.contains(cell)).count();
        let borrowed = reduced.pivots.len() - reduced.own;
        if borrowed > BORROWED || reduced.own == 0 {
            return Some(found);
        }
        order.retain(|cell| !reduced.pivots.contains(cell));
        used.extend(&reduced.pivots[..reduced.own]);
        found.push(reduced);
    }
}

/// Elimination without fractions (Bareiss), to a diagonal: every entry is a minor, so all divisions come
/// out even. Only the given cells may be pivots.
fn reduce(sets: &[Vec<i128>], order: &[usize]) -> Option<Reduced> {
    let mut rows = sets.to_vec();
    let (mut scale, mut pivots) = (1_i128, Vec::new());
    for cell in order {
        let done = pivots.len();
        let Some(found) = (done..rows.len()).find(|row| rows[*row][*cell] != 0) else { continue };
        rows.swap(done, found);
        let pivot = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            if at == done {
                continue;
            }
            let factor = row[*cell];
            for (entry, of_pivot) in row.iter_mut().zip(&pivot) {
                let kept = entry.checked_mul(pivot[*cell])?;
                *entry = kept.checked_sub(factor.checked_mul(*of_pivot)?)? / scale;
            }
        }
        scale = pivot[*cell];
        pivots.push(*cell);
    }
    rows.truncate(pivots.len());
    let own = pivots.len();
    Some(Reduced { rows, scale, pivots, own })
}

/// Cells that are looked at before all others: most choices fail at one of them.
const PROBES: usize = 8;

struct Search<'a> {
    reduced: &'a Reduced,
    probes: Vec<usize>,
    sizes: &'a [usize],
    k: usize,
    most: usize,
    patience: usize,
    chosen: Vec<usize>,
}

impl<'a> Search<'a> {
    fn of(reduced: &'a Reduced, sizes: &'a [usize], k: usize, most: usize, patience: usize) -> Self {
        let free = (0..sizes.len()).filter(|cell| !reduced.pivots.contains(cell));
        Self { reduced, probes: free.take(PROBES).collect(), sizes, k, most, patience, chosen: Vec::new() }
    }

    /// Chooses cells of the information set that are in the group, from one on. The own ones come first.
    fn choose(&mut self, from: usize, sum: [i128; PROBES], chosen: usize) -> Option<usize> {
        for at in from..self.reduced.rows.len() {
            let chosen = chosen + self.sizes[self.reduced.pivots[at]];
            let limit = if at < self.reduced.own { self.most } else { self.k.saturating_sub(1) };
            if chosen > limit {
                continue;
            }
            self.patience = self.patience.saturating_sub(1);
            if self.patience == 0 {
                return None;
            }
            let mut sum = sum;
            for (entry, cell) in sum.iter_mut().zip(&self.probes) {
                *entry += self.reduced.rows[at][*cell];
            }
            self.chosen.push(at);
            let is_group = sum.iter().all(|entry| *entry == 0 || *entry == self.reduced.scale);
            let found = is_group.then(|| self.group()).flatten().or_else(|| self.choose(at + 1, sum, chosen));
            self.chosen.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The people of a combination, if it is a group of fewer than k.
    fn group(&self) -> Option<usize> {
        let mut people = 0;
        for (cell, size) in self.sizes.iter().enumerate() {
            let value: i128 = self.chosen.iter().map(|at| self.reduced.rows[*at][cell]).sum();
            if value == self.reduced.scale {
                people += size;
            } else if value != 0 {
                return None;
            }
        }
        (people < self.k).then_some(people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partition(labels: &[u8]) -> Partition {
        Partition::of(&labels.iter().map(|label| Some(*label)).collect::<Vec<_>>())
    }

    /// Every group of fewer than k, one by one, against the rank of the sets with and without it.
    fn by_hand(partitions: &[&Partition], people: usize, k: usize) -> bool {
        let mut sets = Vec::new();
        for partition in partitions {
            for set in 0..partition.sizes().len() {
                let member = |label: &Option<usize>| i128::from(*label == Some(set));
                sets.push(partition.labels().iter().map(member).collect::<Vec<i128>>());
            }
        }
        let order: Vec<usize> = (0..people).collect();
        let rank = |sets: &[Vec<i128>]| reduce(sets, &order).expect("small numbers").pivots.len();
        let all = rank(&sets);
        (1_u32..1 << people).filter(|group| (group.count_ones() as usize) < k).any(|group| {
            let mut more = sets.clone();
            more.push((0..people).map(|person| i128::from(group >> person & 1 == 1)).collect());
            rank(&more) == all
        })
    }

    #[test]
    fn the_search_agrees_with_every_group_tried_one_by_one() {
        let chance = crate::chance::Chance::seeded([8; 32]);
        let mut found = 0;
        for _ in 0..150 {
            let people = 8 + chance.below(4) as usize;
            let partitions: Vec<Partition> = (0..3)
                .map(|_| {
                    let sets = 2 + chance.below(2);
                    let label = |_| u8::try_from(chance.below(sets)).expect("small");
                    partition(&(0..people).map(label).collect::<Vec<u8>>())
                })
                .collect();
            let k = 2 + chance.below(3) as usize;
            let partitions: Vec<&Partition> = partitions.iter().collect();
            let is_found = matches!(search(&partitions, people, k), Found::People(_));
            assert_eq!(is_found, by_hand(&partitions, people, k), "{partitions:?}, k {k}");
            found += usize::from(is_found);
        }
        assert!((20..140).contains(&found), "{found} of 150: the cases test nothing");
    }

    #[test]
    fn halves_are_taken_too() {
        // Each pair of three is in one set: (a + b - c) / 2 is one of them.
        let pairs = [vec![0, 0, 1], vec![0, 1, 0], vec![1, 0, 0]].map(|labels: Vec<u8>| {
            let with_crowd = labels.into_iter().chain([1; 30]);
            partition(&with_crowd.collect::<Vec<u8>>())
        });
        assert_eq!(search(&pairs.each_ref(), 33, 2), Found::People(1));
    }
}
