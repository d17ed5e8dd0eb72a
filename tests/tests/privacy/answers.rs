//! Answers that depend on nothing but the route, each different from all others.

use domain::id::UnitId;
use domain::instrument::Instrument;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use domain::tally::layout::items_of;
use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use std::collections::HashSet;
use usecase::record::{Flag, Kept};

/// Draws answers; never the same twice.
pub struct Source {
    /// Chance.
    pub rng: ChaCha20Rng,
    given: HashSet<Vec<u8>>,
}

impl Source {
    /// A source of answers.
    pub fn new(rng: ChaCha20Rng) -> Self {
        Self { rng, given: HashSet::new() }
    }

    /// An answer, and how its response row will hold it.
    pub fn draw(
        &mut self,
        instrument: &Instrument,
        unit: UnitId,
        trust: Trust,
        route: Route,
    ) -> (Kept, Vec<u8>) {
        loop {
            let (overall, items, answers) = self.answers(instrument, route);
            if self.given.insert(answers.clone()) {
                let kept = Kept {
                    deciding: unit,
                    receiving: unit,
                    touchpoint: None,
                    import: None,
                    month: None,
                    helper: None,
                    mode: if trust == Trust::Open { Mode::Poster } else { Mode::Slip },
                    trust,
                    variant: Variant::Full,
                    route,
                    flag: Flag::None,
                    field: String::new(),
                    overall,
                    items,
                    choices: vec![None; instrument.questions.len()],
                };
                return (kept, answers);
            }
        }
    }

    fn answers(&mut self, instrument: &Instrument, route: Route) -> (Answer, Vec<Answer>, Vec<u8>) {
        let overall = Answer::Level(self.rng.random_range(1..=5));
        let (mut items, mut answers) = (Vec::new(), vec![overall.byte()]);
        for item in items_of(instrument) {
            let asked = item.only_if.is_none() && item.routes.contains(&route);
            let answer = if asked { Answer::Level(self.rng.random_range(1..=5)) } else { Answer::NotAsked };
            items.push(answer);
            if item.only_if.is_none() {
                answers.push(answer.byte());
            }
        }
        (overall, items, answers)
    }
}
