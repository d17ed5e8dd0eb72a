//! Sums of codes and of their products: what reliability and drivers are computed from.
//!
//! Pairs of questions are counted over the people who answered both, so that nobody is lost for one
//! blank; the scores of factors over those who have all of them and answered the overall question
//! (statistics.md 8 and 11).

use super::layout::Layout;
use super::{Answer, Row};

/// Scores are kept as whole numbers, 840 times the mean code: exact for up to eight answered items,
/// because 840 is divisible by 1 to 8; rounded to the nearest above that.
pub const SCORE_SCALE: i64 = 840;

/// Additive sums over the codes 1..5 of the overall question (place 0) and of the items of a layout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moments {
    /// People counted here; fewer than those of the tally where older cells kept no moments.
    pub n: i64,
    /// By pair (1,0), (2,0), (2,1), (3,0), …: people who answered both, Σx of the first, Σy of the
    /// second, Σxy.
    pub pairs: Vec<[i64; 4]>,
    /// People with a score in every factor and an overall answer.
    pub scored: i64,
    /// Σs: by factor, then the overall question, each times [`SCORE_SCALE`].
    pub scores: Vec<i64>,
    /// Σss', lower triangle by rows.
    pub score_products: Vec<i64>,
}

impl Moments {
    /// The sums of nobody. A layout without [`Layout::coded`] items keeps none.
    #[must_use]
    pub fn empty(layout: &Layout) -> Self {
        if layout.coded.is_empty() {
            return Self::default();
        }
        let (questions, scores) = (layout.coded.len() + 1, layout.factors.len() + 1);
        Self {
            n: 0,
            pairs: vec![[0; 4]; questions * (questions - 1) / 2],
            scored: 0,
            scores: vec![0; scores],
            score_products: vec![0; scores * (scores + 1) / 2],
        }
    }

    pub(super) fn count(&mut self, layout: &Layout, row: &Row) {
        if self.pairs.is_empty() {
            return;
        }
        self.n += 1;
        let codes: Vec<i64> = std::iter::once(&row.overall)
            .chain(&row.coded)
            .map(|answer| answer.level().unwrap_or(0))
            .collect();
        let mut pairs = self.pairs.iter_mut();
        for (place, x) in codes.iter().enumerate() {
            for (y, pair) in codes.iter().take(place).zip(&mut pairs) {
                // A code is never 0: 0 stands for no answer.
                if *x != 0 && *y != 0 {
                    let sums = [1, *x, *y, x * y];
                    pair.iter_mut().zip(sums).for_each(|(sum, more)| *sum += more);
                }
            }
        }
        if let Some(scores) = scores_of(layout, row) {
            self.count_scores(&scores);
        }
    }

    fn count_scores(&mut self, scores: &[i64]) {
        self.scored += 1;
        let mut products = self.score_products.iter_mut();
        for (place, (sum, x)) in self.scores.iter_mut().zip(scores).enumerate() {
            *sum += x;
            for (y, product) in scores.iter().take(place + 1).zip(&mut products) {
                *product += x * y;
            }
        }
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = &i64> {
        let head = std::iter::once(&self.n).take(usize::from(!self.pairs.is_empty()));
        let scored = std::iter::once(&self.scored).take(usize::from(!self.pairs.is_empty()));
        head.chain(self.pairs.iter().flatten()).chain(scored).chain(&self.scores).chain(&self.score_products)
    }

    pub(super) fn numbers_mut(&mut self) -> impl Iterator<Item = &mut i64> {
        let kept = usize::from(!self.pairs.is_empty());
        std::iter::once(&mut self.n)
            .take(kept)
            .chain(self.pairs.iter_mut().flatten())
            .chain(std::iter::once(&mut self.scored).take(kept))
            .chain(&mut self.scores)
            .chain(&mut self.score_products)
    }
}

/// The scores of a person by factor and the overall code; `None` unless all are there. A factor has a
/// score where at least half of its items were answered (Huisman 2000).
fn scores_of(layout: &Layout, row: &Row) -> Option<Vec<i64>> {
    let factors = layout.factors.iter().map(|node| {
        let asked = i64::try_from(layout.nodes.get(*node)?.items.len()).ok()?;
        let (answered, sum) = row.nodes.get(*node).copied()?;
        (answered > 0 && 2 * answered >= asked).then(|| (2 * SCORE_SCALE * sum + answered) / (2 * answered))
    });
    factors.chain([row.overall.level().map(|code| code * SCORE_SCALE)]).collect()
}

/// The answers to the coded items of a layout.
pub(super) fn coded(layout: &Layout, items: &[Answer]) -> Vec<Answer> {
    layout.coded.iter().map(|item| items.get(*item).copied().unwrap_or(Answer::NotAsked)).collect()
}
