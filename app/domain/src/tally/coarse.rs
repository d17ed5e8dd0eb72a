//! A tally of items as a tally of blocks: what was counted item by item, seen as parts count it, so
//! that a part can be taken away from the cell that contains it.

use super::{Layout, Tally};

impl Tally {
    /// The same people under a layout whose atoms are unions of this one's. Exact: sums of sums and of
    /// products are the sums and products of the sums. Facts and items without a histogram there are left
    /// out.
    #[must_use]
    pub fn coarse(&self, from: &Layout, to: &Layout) -> Self {
        let mut coarse = Self::empty(to);
        coarse.n = self.n;
        coarse.overall = self.overall;
        // Both halves of u: satisfied by atom, then answers by atom.
        let blocks: Vec<Vec<usize>> = to.atoms.iter().map(|atom| finer(from, atom)).collect();
        let shift = from.atoms.len();
        let answers = blocks.iter().map(|block| block.iter().map(|at| at + shift).collect::<Vec<_>>());
        let u: Vec<Vec<usize>> = blocks.iter().cloned().chain(answers).collect();
        for (i, block) in u.iter().enumerate() {
            coarse.sums[i] = block.iter().filter_map(|at| self.sums.get(*at)).sum();
            for (j, other) in u.iter().enumerate().take(i + 1) {
                let pairs = block.iter().flat_map(|a| other.iter().map(move |b| (*a, *b)));
                coarse.products[i * (i + 1) / 2 + j] = pairs.map(|(a, b)| self.product(a, b)).sum();
            }
        }
        for (at, node) in to.nodes.iter().enumerate() {
            let Some(same) = from.node(&node.code) else { continue };
            if let Some(scores) = self.scores.get(same).filter(|s| s.len() == coarse.scores[at].len()) {
                coarse.scores[at].clone_from(scores);
            }
            coarse.all_satisfied[at] = self.all_satisfied.get(same).copied().unwrap_or(0);
        }
        coarse
    }

    /// Σuu' at a place of the full matrix, of which the lower triangle is kept.
    fn product(&self, a: usize, b: usize) -> i64 {
        let (row, column) = (a.max(b), a.min(b));
        self.products.get(row * (row + 1) / 2 + column).copied().unwrap_or(0)
    }
}

/// The atoms of a finer layout that make up a block of items.
fn finer(from: &Layout, block: &[usize]) -> Vec<usize> {
    let inside = |atom: &[usize]| !atom.is_empty() && atom.iter().all(|item| block.contains(item));
    (0..from.atoms.len()).filter(|at| inside(&from.atoms[*at])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Instrument, POST_SERVICE};
    use crate::tally::{Answer, Row};

    fn person(layout: &Layout, seed: usize) -> Row {
        let answer = |item: usize| match (seed * 7 + item * 3 + seed * item) % 7 {
            0 => Answer::Blank,
            1 => Answer::NotApplicable,
            n => Answer::Level(u8::try_from(n - 1).unwrap()),
        };
        let items: Vec<Answer> = (0..layout.items.len()).map(answer).collect();
        let row = Row::new(layout, answer(seed), &items, Vec::new());
        Row { listed: vec![Answer::NotAsked; layout.listed.len()], ..row }
    }

    #[test]
    fn counted_finely_and_seen_coarsely_is_counted_coarsely() {
        let instrument = Instrument::read(POST_SERVICE).unwrap();
        let (base, part) = (Layout::base(&instrument), Layout::part(&instrument));
        let (mut fine, mut coarse) = (Tally::empty(&base), Tally::empty(&part));
        for seed in 0..40 {
            // The branch items of a part stand after the base items and are in none of its atoms.
            fine.count(&base, &person(&base, seed));
            coarse.count(&part, &person(&part, seed));
        }
        assert_eq!(fine.coarse(&base, &part), coarse);
        assert!(coarse.products.iter().any(|product| *product > 0));
    }
}
