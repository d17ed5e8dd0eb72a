//! What is true of the artificial province: by unit and factor the share of satisfied people.

use domain::instrument::Instrument;
use std::collections::BTreeMap;

/// Where the usual unit lies, and how far units and factors lie apart.
const CENTRE: f64 = 0.88;
const BETWEEN_UNITS: f64 = 0.03;
const BETWEEN_FACTORS: f64 = 0.015;
/// No unit is worse or better than this, so that nobody's chance of being satisfied leaves 0..1.
const LEAST: f64 = 0.6;
const MOST: f64 = 0.985;

/// True shares of satisfied people among those who were served.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// Of the overall question.
    pub overall: f64,
    /// By factor code.
    pub factors: BTreeMap<String, f64>,
    /// By how much the dissatisfied grow each month after the first half-year, as a part of those of
    /// the first half-year.
    pub decline: f64,
}

impl Truth {
    /// One truth for every factor.
    #[must_use]
    pub fn flat(instrument: &Instrument, share: f64) -> Self {
        Self::draw(instrument, share, &mut || 0.0)
    }

    /// A unit around a share; `chance` is a standard normal number.
    pub(super) fn draw(instrument: &Instrument, share: f64, chance: &mut dyn FnMut() -> f64) -> Self {
        let codes = instrument.contents.iter().flat_map(|content| &content.factors).map(|f| f.code.clone());
        let factors: BTreeMap<String, f64> =
            codes.map(|code| (code, (share + BETWEEN_FACTORS * chance()).clamp(LEAST, MOST))).collect();
        Self { overall: share.clamp(LEAST, MOST), factors, decline: 0.0 }
    }

    /// A unit of the province.
    pub(super) fn of_a_unit(instrument: &Instrument, chance: &mut dyn FnMut() -> f64) -> Self {
        let share = CENTRE + BETWEEN_UNITS * chance();
        Self::draw(instrument, share, chance)
    }

    /// The true composite under some weights.
    #[must_use]
    pub fn composite(&self, weights: &BTreeMap<String, f64>) -> f64 {
        let sum: f64 = weights.values().sum();
        weights.iter().filter_map(|(code, w)| Some(w * self.factors.get(code)?)).sum::<f64>() / sum
    }

    /// What is true in a month, counted from 0.
    #[must_use]
    pub fn in_month(&self, month: usize) -> Self {
        let later = month.saturating_sub(HALF_YEAR - 1) as f64;
        self.scaled(1.0 + self.decline * later)
    }

    /// The same people with more (or, below 1, fewer) of them dissatisfied.
    #[must_use]
    pub fn scaled(&self, dissatisfied: f64) -> Self {
        let scale = |share: f64| (1.0 - dissatisfied * (1.0 - share)).clamp(LEAST, MOST);
        Self {
            overall: scale(self.overall),
            factors: self.factors.iter().map(|(code, share)| (code.clone(), scale(*share))).collect(),
            decline: self.decline,
        }
    }

    pub(super) fn lower(&mut self, factor: &str, by: f64) {
        if let Some(share) = self.factors.get_mut(factor) {
            *share = (*share - by).clamp(LEAST, MOST);
        }
    }
}

const HALF_YEAR: usize = 6;

/// What makes a unit worth looking at: by its place among communes or departments. Most are ordinary.
pub(super) fn story(is_commune: bool, place: usize, truth: &mut Truth) {
    match (is_commune, place) {
        // The commune that is shown first: what it decides is worse than how it receives people.
        (true, 0) => truth.lower("SD", 0.14),
        (true, 1) => truth.decline = 0.35,
        (true, 2) => truth.lower("SA", 0.2),
        (false, 0) => truth.lower("SB", 0.12),
        _ => {}
    }
}

/// Who of those who were served answers: the chance of the satisfied and of the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Selection {
    /// Of somebody who is satisfied overall.
    pub satisfied: f64,
    /// Of anybody else.
    pub others: f64,
}

impl Selection {
    /// Whether one answers has nothing to do with what one would say.
    pub const RANDOM: Self = Self { satisfied: 1.0, others: 1.0 };
    /// Who has something to complain of is more likely to take out the phone.
    pub const OPEN: Self = Self { satisfied: 0.65, others: 1.0 };
    /// Somebody has called for complaints.
    pub const CALLED: Self = Self { satisfied: 0.12, others: 1.0 };
    /// The counter looks on.
    pub const WATCHED: Self = Self { satisfied: 1.0, others: 0.4 };
    /// The counter chooses to whom it gives a code.
    pub const CHOSEN: Self = Self { satisfied: 1.0, others: 0.35 };
}
