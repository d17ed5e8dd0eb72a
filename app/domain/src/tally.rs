//! Tallies: everything that an index, its variance, its covariances and its mean score need, as
//! integers that add and subtract exactly and in any order (statistics.md 11).

mod coarse;
pub mod layout;
mod moments;
pub mod packing;

pub use layout::{Layout, Node};
pub use moments::{Moments, SCORE_SCALE};
pub use packing::PackError;

use std::ops::{Add, AddAssign};

/// Bins of a histogram: 1, 2, 3, 4, 5, not applicable, blank.
pub const BINS: usize = 7;
/// Bin of "not applicable".
pub const NOT_APPLICABLE: usize = 5;
/// Bin of a blank.
pub const BLANK: usize = 6;

/// What somebody answered to one question of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The question was not part of the route.
    NotAsked,
    /// Asked and left out.
    Blank,
    /// "Not applicable / don't know".
    NotApplicable,
    /// 1 (very dissatisfied) to 5 (very satisfied).
    Level(u8),
}

impl Answer {
    /// The answer as one stored byte: 0 not asked, 1-5, 6 not applicable, 7 blank.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::NotAsked => 0,
            Self::Level(level) => level,
            Self::NotApplicable => 6,
            Self::Blank => 7,
        }
    }

    /// The answer in a stored byte.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::NotAsked),
            1..=5 => Some(Self::Level(byte)),
            6 => Some(Self::NotApplicable),
            7 => Some(Self::Blank),
            _ => None,
        }
    }

    /// The bin of a histogram; `None` where it was not asked.
    #[must_use]
    pub const fn bin(self) -> Option<usize> {
        match self {
            Self::NotAsked => None,
            Self::Level(level) => Some(level as usize - 1),
            Self::NotApplicable => Some(NOT_APPLICABLE),
            Self::Blank => Some(BLANK),
        }
    }

    const fn level(self) -> Option<i64> {
        match self {
            Self::Level(level) => Some(level as i64),
            _ => None,
        }
    }
}

/// One person's contribution to a tally, under a [`Layout`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The overall question.
    pub overall: Answer,
    /// The items that have histograms, in the layout's order.
    pub listed: Vec<Answer>,
    /// By atom: answers 4-5, and answers.
    pub atoms: Vec<(i64, i64)>,
    /// By node: answers, sum of their codes.
    pub nodes: Vec<(i64, i64)>,
    /// By fact: the option chosen, in the layout's order; `None` for blank.
    pub facts: Vec<Option<usize>>,
    /// The items whose codes are multiplied with each other, in the layout's order.
    pub coded: Vec<Answer>,
}

impl Row {
    /// A person's row from the answers to the layout's items (all of them, in its order).
    #[must_use]
    pub fn new(layout: &Layout, overall: Answer, items: &[Answer], facts: Vec<Option<usize>>) -> Self {
        let at = |item: &usize| items.get(*item).copied().unwrap_or(Answer::NotAsked);
        let atoms: Vec<(i64, i64)> = layout
            .atoms
            .iter()
            .map(|atom| {
                let levels = atom.iter().filter_map(|item| at(item).level());
                levels.fold((0, 0), |(s, a), level| (s + i64::from(level >= 4), a + 1))
            })
            .collect();
        let nodes = layout
            .nodes
            .iter()
            .map(|node| {
                let levels = node.items.iter().filter_map(|item| at(item).level());
                levels.fold((0, 0), |(k, t), level| (k + 1, t + level))
            })
            .collect();
        let listed = layout.listed.iter().map(at).collect();
        Self { overall, listed, atoms, nodes, facts, coded: moments::coded(layout, items) }
    }

    /// The row of somebody of whom only the overall answer counts (route *partial*).
    #[must_use]
    pub fn overall_only(layout: &Layout, overall: Answer) -> Self {
        Self::new(layout, overall, &[], vec![None; layout.facts.len()])
    }
}

/// Scores of a node: for each number of answered items k, how many people, Σt and Σt² (t = sum of
/// their codes).
pub type Scores = Vec<[i64; 3]>;

/// Additive sufficient statistics of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// People.
    pub n: i64,
    /// Histogram of the overall question.
    pub overall: [i64; BINS],
    /// Histograms of the listed items.
    pub listed: Vec<[i64; BINS]>,
    /// Σu, with u = (S by atom, A by atom).
    pub sums: Vec<i64>,
    /// Σuu', lower triangle by rows.
    pub products: Vec<i64>,
    /// By node: the scores, from k = 0.
    pub scores: Vec<Scores>,
    /// By node: people whose every answer is 4 or 5 (and who gave one).
    pub all_satisfied: Vec<i64>,
    /// By fact: people by option, then blank.
    pub facts: Vec<Vec<i64>>,
    /// Sums of codes and of their products; base cells alone have them.
    pub moments: Moments,
}

impl Tally {
    /// The tally of nobody.
    #[must_use]
    pub fn empty(layout: &Layout) -> Self {
        let width = 2 * layout.atoms.len();
        Self {
            n: 0,
            overall: [0; BINS],
            listed: vec![[0; BINS]; layout.listed.len()],
            sums: vec![0; width],
            products: vec![0; width * (width + 1) / 2],
            scores: layout.nodes.iter().map(|node| vec![[0; 3]; node.items.len() + 1]).collect(),
            all_satisfied: vec![0; layout.nodes.len()],
            facts: layout.facts.iter().map(|(_, options)| vec![0; options + 1]).collect(),
            moments: Moments::empty(layout),
        }
    }

    /// Counts one person. `row` must have been made under the same layout.
    pub fn count(&mut self, layout: &Layout, row: &Row) {
        self.n += 1;
        if let Some(bin) = row.overall.bin() {
            self.overall[bin] += 1;
        }
        for (histogram, answer) in self.listed.iter_mut().zip(&row.listed) {
            if let Some(bin) = answer.bin() {
                histogram[bin] += 1;
            }
        }
        self.count_products(&row.atoms);
        self.moments.count(layout, row);
        for (index, (k, t)) in row.nodes.iter().enumerate() {
            if let Some([n, sum, squares]) =
                usize::try_from(*k).ok().and_then(|k| self.scores[index].get_mut(k))
            {
                *n += 1;
                *sum += t;
                *squares += t * t;
            }
            let satisfied: i64 = layout.nodes[index].atoms.iter().map(|atom| row.atoms[*atom].0).sum();
            self.all_satisfied[index] += i64::from(*k > 0 && satisfied == *k);
        }
        for (histogram, chosen) in self.facts.iter_mut().zip(&row.facts) {
            let blank = histogram.len().saturating_sub(1);
            if let Some(bin) = histogram.get_mut(chosen.unwrap_or(blank)) {
                *bin += 1;
            }
        }
    }

    fn count_products(&mut self, atoms: &[(i64, i64)]) {
        let u: Vec<i64> = atoms.iter().map(|a| a.0).chain(atoms.iter().map(|a| a.1)).collect();
        let mut at = 0;
        for (i, x) in u.iter().enumerate() {
            self.sums[i] += x;
            if *x != 0 {
                for (product, y) in self.products[at..=at + i].iter_mut().zip(&u) {
                    *product += x * y;
                }
            }
            at += i + 1;
        }
    }

    /// People who answered something of a node: those with k > 0.
    #[must_use]
    pub fn answering(&self, node: usize) -> i64 {
        self.scores.get(node).map_or(0, |scores| scores.iter().skip(1).map(|s| s[0]).sum())
    }

    fn numbers(&self) -> impl Iterator<Item = &i64> {
        std::iter::once(&self.n)
            .chain(&self.overall)
            .chain(self.listed.iter().flatten())
            .chain(&self.sums)
            .chain(&self.products)
            .chain(self.scores.iter().flatten().flatten())
            .chain(&self.all_satisfied)
            .chain(self.facts.iter().flatten())
            .chain(self.moments.numbers())
    }

    fn numbers_mut(&mut self) -> impl Iterator<Item = &mut i64> {
        std::iter::once(&mut self.n)
            .chain(&mut self.overall)
            .chain(self.listed.iter_mut().flatten())
            .chain(&mut self.sums)
            .chain(&mut self.products)
            .chain(self.scores.iter_mut().flatten().flatten())
            .chain(&mut self.all_satisfied)
            .chain(self.facts.iter_mut().flatten())
            .chain(self.moments.numbers_mut())
    }
}

impl AddAssign<&Self> for Tally {
    /// Adds a tally of the same layout; counts beyond its shape are never dropped because a tally
    /// without a shape ([`Default`]) first takes that of the other.
    fn add_assign(&mut self, other: &Self) {
        if self.sums.is_empty() && self.n == 0 {
            self.clone_from(other);
            return;
        }
        for (to, from) in self.numbers_mut().zip(other.numbers()) {
            *to += from;
        }
    }
}

impl Add<&Self> for Tally {
    type Output = Self;

    fn add(mut self, other: &Self) -> Self {
        self += other;
        self
    }
}

impl std::ops::SubAssign<&Self> for Tally {
    /// Takes away a tally of the same layout (excluded parts).
    fn sub_assign(&mut self, other: &Self) {
        for (to, from) in self.numbers_mut().zip(other.numbers()) {
            *to -= from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout {
            items: vec!["A1".into(), "A2".into()],
            listed: vec![0, 1],
            atoms: vec![vec![0], vec![1]],
            nodes: vec![Node { code: "A".into(), atoms: vec![0, 1], items: vec![0, 1] }],
            facts: vec![("T1".into(), 3)],
            coded: vec![0, 1],
            factors: vec![0],
        }
    }

    fn person(a: Answer, b: Answer) -> Row {
        Row::new(&layout(), Answer::Level(4), &[a, b], vec![Some(2)])
    }

    #[test]
    fn a_person_is_counted_in_every_sum() {
        let mut tally = Tally::empty(&layout());
        tally.count(&layout(), &person(Answer::Level(5), Answer::Level(2)));
        assert_eq!(tally.n, 1);
        assert_eq!(tally.sums, [1, 0, 1, 1]);
        assert_eq!(tally.products, [1, 0, 0, 1, 0, 1, 1, 0, 1, 1]);
        assert_eq!(tally.scores[0][2], [1, 7, 49]);
        assert_eq!(tally.answering(0), 1);
        assert_eq!(tally.all_satisfied, [0]);
        assert_eq!(tally.facts, [[0, 0, 1, 0]]);
        // The overall question is 4, the items 5 and 2; the factor's mean code is 3.5.
        assert_eq!(tally.moments.pairs, [[1, 5, 4, 20], [1, 2, 4, 8], [1, 2, 5, 10]]);
        assert_eq!((tally.moments.n, tally.moments.scored), (1, 1));
        assert_eq!(tally.moments.scores, [2_940, 3_360]);
        assert_eq!(tally.moments.score_products, [2_940 * 2_940, 2_940 * 3_360, 3_360 * 3_360]);
    }

    #[test]
    fn a_blank_leaves_its_pairs_and_no_others() {
        let mut tally = Tally::empty(&layout());
        tally.count(&layout(), &person(Answer::Level(5), Answer::NotApplicable));
        assert_eq!(tally.moments.pairs, [[1, 5, 4, 20], [0; 4], [0; 4]]);
        assert_eq!(tally.moments.scores, [4_200, 3_360], "one of two items is half of them");
        tally.count(&layout(), &person(Answer::Blank, Answer::NotAsked));
        assert_eq!((tally.moments.n, tally.moments.scored), (2, 1));
    }

    #[test]
    fn tallies_add_and_subtract_exactly() {
        let (mut a, mut b) = (Tally::empty(&layout()), Tally::empty(&layout()));
        a.count(&layout(), &person(Answer::Level(5), Answer::Blank));
        b.count(&layout(), &person(Answer::NotApplicable, Answer::Level(4)));
        let mut sum = a.clone() + &b;
        assert_eq!(sum, b.clone() + &a);
        sum -= &b;
        assert_eq!(sum, a);
    }
}
