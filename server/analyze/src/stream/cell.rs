//! The sums of a cell.
//!
//! A cell is a list of whole numbers, in this order: respondents; Σu and Σuu' as
//! [`stats::Stratum`] has them, an atom for every factor (one if there are none); for all
//! items and then for every atom, by the number k of items answered, how many respondents, Σt and
//! Σt², t being the sum of a respondent's codes; the answers to the overall question and the
//! satisfied ones; for all items and for every atom, the respondents all of whose answers are
//! satisfied ones.

use super::row::{Codes, Word};
use std::ops::Range;

/// Of what the cells of a file consist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// The number of items of every atom.
    sizes: Vec<usize>,
    products: usize,
    /// Where the scores of all items begin, and those of every atom.
    scores: Vec<usize>,
    overall: usize,
}

impl Shape {
    pub(super) fn of(sizes: Vec<usize>) -> Self {
        let width = 2 * sizes.len();
        let products = 1 + width;
        let mut next = products + width * (width + 1) / 2;
        let all = sizes.iter().sum();
        let mut scores = Vec::with_capacity(sizes.len() + 1);
        for items in std::iter::once(&all).chain(&sizes) {
            scores.push(next);
            next += 3 * (items + 1);
        }
        Self { sizes, products, scores, overall: next }
    }

    /// The number of atoms.
    pub(super) fn atoms(&self) -> usize {
        self.sizes.len()
    }

    /// How many numbers a cell has.
    pub(super) fn length(&self) -> usize {
        self.overall + 2 + self.scores.len()
    }

    /// Where Σu is.
    pub(super) fn sums(&self) -> Range<usize> {
        1..self.products
    }

    /// Where Σuu' is.
    pub(super) fn products(&self) -> Range<usize> {
        self.products..self.scores.first().copied().unwrap_or(self.products)
    }

    /// Where the scores over all items are (0), or over atom `node − 1`: three numbers for
    /// every k from 0.
    pub(super) fn scores(&self, node: usize) -> Range<usize> {
        let begin = self.scores.get(node).copied().unwrap_or(self.overall);
        begin..self.scores.get(node + 1).copied().unwrap_or(self.overall)
    }

    /// Where the answers to the overall question are, and the satisfied ones behind them.
    pub(super) fn overall(&self) -> usize {
        self.overall
    }

    /// Where those are counted who were satisfied with all items (node 0), or with all of atom
    /// `node − 1`.
    pub(super) fn satisfied(&self, node: usize) -> usize {
        self.overall + 2 + node
    }

    /// Adds a respondent to a cell; `u` is room for Σu of one.
    pub(super) fn add(&self, cell: &mut [u64], words: &[Word], u: &mut [u32]) {
        let atoms = self.sizes.len();
        let mut all = 0;
        for (at, word) in words.iter().take(atoms).enumerate() {
            let (satisfied, answered, sum) = Codes::parts(*word);
            u[at] = satisfied;
            u[atoms + at] = answered;
            score(cell, self.scores[at + 1], answered, sum);
            cell[self.satisfied(at + 1)] += u64::from(answered > 0 && satisfied == answered);
            all += word;
        }
        let (satisfied, answered, sum) = Codes::parts(all);
        score(cell, self.scores[0], answered, sum);
        cell[self.satisfied(0)] += u64::from(answered > 0 && satisfied == answered);
        cell[0] += 1;
        for (total, one) in cell[1..].iter_mut().zip(&*u) {
            *total += u64::from(*one);
        }
        let mut rest = &mut cell[self.products..];
        for (row, left) in u.iter().enumerate() {
            let (totals, behind) = rest.split_at_mut(row + 1);
            for (total, right) in totals.iter_mut().zip(&*u) {
                *total += u64::from(*left) * u64::from(*right);
            }
            rest = behind;
        }
        let (satisfied, answered, _) = Codes::parts(words[atoms]);
        cell[self.overall] += u64::from(answered);
        cell[self.overall + 1] += u64::from(satisfied);
    }
}

fn score(cell: &mut [u64], begin: usize, answered: u32, sum: u32) {
    let sum = u64::from(sum);
    let at = begin + 3 * answered as usize;
    if let Some([respondents, sums, squares]) = cell.get_mut(at..at + 3) {
        *respondents += 1;
        *sums += sum;
        *squares += sum * sum;
    }
}
