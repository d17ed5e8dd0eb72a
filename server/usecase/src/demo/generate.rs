//! Artificial answers with known truth. Each unit has a true share of satisfied people for each
//! factor; within a person the answers belong together (one latent mood with correlation 0.8), as in
//! real surveys, so that intervals have something to prove.

use super::crowd::{Bounds, Class, Crowd, Place};
use super::person;
use super::truth::{Selection, Truth};
use crate::record::{Flag, Kept};
use crate::registry::QuestionSet;
use domain::id::{TouchpointId, UnitId};
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Correlation of the latent mood within a person (statistics.md 2: 0.75-0.9 in real data).
const RHO: f64 = 0.8;
/// Share of items left blank by people who finish, and of "not applicable".
const BLANK: f64 = 0.02;
const NOT_APPLICABLE: f64 = 0.03;
/// Items that somebody answers who breaks off: fewer than half.
const BROKEN_OFF: usize = 4;
/// Share of people who write something.
const REMARK: f64 = 0.06;

/// What is to be made.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The unit that decided.
    pub deciding: UnitId,
    /// The counter.
    pub receiving: UnitId,
    /// The touchpoint.
    pub touchpoint: Option<TouchpointId>,
    /// Mode.
    pub mode: Mode,
    /// Trust.
    pub trust: Trust,
    /// Form.
    pub variant: Variant,
    /// Route.
    pub route: Route,
    /// Code of the field; empty for none.
    pub field: String,
}

/// Makes answers; the same seed makes the same.
pub struct Generator<'a> {
    pub(super) questions: &'a QuestionSet,
    pub(super) rng: ChaCha8Rng,
    seed: u64,
    /// Normal numbers come in pairs; this is the second.
    spare: Option<f64>,
}

impl std::fmt::Debug for Generator<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Generator({})", self.seed)
    }
}

impl<'a> Generator<'a> {
    /// A generator for a question set.
    #[must_use]
    pub fn new(questions: &'a QuestionSet, seed: u64) -> Self {
        Self { questions, rng: ChaCha8Rng::seed_from_u64(seed), seed, spare: None }
    }

    /// The true shares of the next unit that is asked for.
    pub fn truth(&mut self, _unit: UnitId) -> Truth {
        let questions = self.questions;
        Truth::of_a_unit(&questions.instrument, &mut || self.normal())
    }

    /// A standard normal number, by the polar method (Marsaglia and Bray 1964).
    pub(super) fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (u, v) = (2.0 * self.rng.random::<f64>() - 1.0, 2.0 * self.rng.random::<f64>() - 1.0);
            let square = u * u + v * v;
            if square > 0.0 && square < 1.0 {
                let scale = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(v * scale);
                return u * scale;
            }
        }
    }

    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.rng.random::<f64>() < p
    }

    /// A position, in proportion to weights.
    pub(super) fn pick(&mut self, weights: &[u32]) -> usize {
        let mut left = self.rng.random_range(0..weights.iter().sum::<u32>().max(1));
        let mut at = 0;
        while weights.get(at).is_some_and(|weight| left >= *weight) {
            left -= weights[at];
            at += 1;
        }
        at
    }

    /// One answer and what was written with it.
    pub fn answer(&mut self, wish: &Wish, truth: &Truth) -> (Kept, String) {
        self.answer_of(&Crowd::new(&self.questions.instrument, wish, truth, &[]))
    }

    /// One answer of somebody from a crowd in which people choose themselves whether they answer.
    pub fn answer_of_selected(&mut self, crowd: &Crowd, selection: Selection) -> (Kept, String) {
        loop {
            let (kept, text) = self.answer_of(crowd);
            let satisfied = matches!(kept.overall, Answer::Level(4 | 5));
            let answers = if satisfied { selection.satisfied } else { selection.others };
            if answers >= 1.0 || self.chance(answers) {
                return (kept, text);
            }
        }
    }

    /// One answer of somebody from a crowd, and what was written with it.
    pub fn answer_of(&mut self, crowd: &Crowd) -> (Kept, String) {
        let class = self.class(crowd);
        let mood = self.normal();
        let overall = self.level(mood, class.bounds[0]);
        let choices = person::choices(self, &crowd.wish, class, &crowd.fields[class.field], overall);
        let complained = person::has_complained(&self.questions.instrument, &choices);
        let items = self.items(crowd, class, mood, complained);
        let wish = &crowd.wish;
        let kept = Kept {
            deciding: wish.deciding,
            receiving: wish.receiving,
            touchpoint: wish.touchpoint,
            import: None,
            month: None,
            helper: None,
            mode: wish.mode.clone(),
            trust: wish.trust,
            variant: wish.variant,
            route: wish.route,
            flag: self.flag(&items),
            field: crowd.fields[class.field].clone(),
            overall,
            items,
            choices,
        };
        let text = if self.chance(REMARK) { person::remark(overall) } else { "" };
        (kept, text.to_owned())
    }

    fn class<'b>(&mut self, crowd: &'b Crowd) -> &'b Class {
        let all = crowd.classes.last().map_or(1, |class| class.until);
        let drawn = self.rng.random_range(0..all);
        let at = crowd.classes.partition_point(|class| class.until <= drawn);
        &crowd.classes[at.min(crowd.classes.len() - 1)]
    }

    fn items(&mut self, crowd: &Crowd, class: &Class, mood: f64, complained: bool) -> Vec<Answer> {
        let mut items = Vec::with_capacity(crowd.items.len());
        let mut asked = 0;
        for place in &crowd.items {
            items.push(match place {
                Place::Asked(_) if crowd.wish.route == Route::Partial && asked >= BROKEN_OFF => Answer::Blank,
                Place::Asked(factor) => {
                    asked += 1;
                    self.item(mood, class.bounds[*factor])
                }
                Place::OfComplaints if complained => self.item(mood, crowd.complaint),
                _ => Answer::NotAsked,
            });
        }
        items
    }

    fn item(&mut self, mood: f64, bounds: Bounds) -> Answer {
        let gap = self.rng.random::<f64>();
        if gap < BLANK {
            Answer::Blank
        } else if gap < BLANK + NOT_APPLICABLE {
            Answer::NotApplicable
        } else {
            self.level(mood, bounds)
        }
    }

    /// 4 or 5 with exactly the class's probability over all moods, and belonging together within one.
    fn level(&mut self, mood: f64, bounds: Bounds) -> Answer {
        let z = RHO.sqrt() * mood + (1.0 - RHO).sqrt() * self.normal();
        let level = [5, 4, 3, 2].into_iter().zip(bounds).find(|(_, bound)| z < *bound);
        Answer::Level(level.map_or(1, |(level, _)| level))
    }

    /// As the product flags real answers; what only the hour and the haste tell is drawn.
    fn flag(&mut self, items: &[Answer]) -> Flag {
        let mut levels = items.iter().filter(|answer| matches!(answer, Answer::Level(_)));
        let (first, count) = (levels.clone().next(), levels.clone().count());
        match self.rng.random_range(0..1000) {
            0..8 => Flag::TooFast,
            8..11 => Flag::Burst,
            11..16 => Flag::OutsideHours,
            _ if count >= 8 && levels.all(|answer| Some(answer) == first) => Flag::StraightLine,
            _ => Flag::None,
        }
    }
}
