//! Artificial answers with known truth. Each unit has a true share of satisfied people for each
//! factor; within a person the answers belong together (one latent mood with correlation 0.8), as in
//! real surveys, so that intervals have something to prove.

use crate::record::{Flag, Kept};
use crate::registry::{Province, QuestionSet};
use domain::id::{TouchpointId, UnitId};
use domain::instrument::Purpose;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use domain::tally::layout::{is_asked, items_of};
use domain::unit::UnitKind;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;

/// Correlation of the latent mood within a person (statistics.md 2: 0.75-0.9 in real data).
const RHO: f64 = 0.8;
/// Share of items left blank by people who finish.
const BLANK: f64 = 0.02;
/// Share of "not applicable".
const NOT_APPLICABLE: f64 = 0.03;

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

/// True shares of satisfied people.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// Of the overall question.
    pub overall: f64,
    /// By factor code.
    pub factors: BTreeMap<String, f64>,
}

impl Truth {
    /// The true composite under some weights.
    #[must_use]
    pub fn composite(&self, weights: &BTreeMap<String, f64>) -> f64 {
        let sum: f64 = weights.values().sum();
        weights.iter().filter_map(|(code, w)| Some(w * self.factors.get(code)?)).sum::<f64>() / sum
    }

    /// The same people, asked where the staff can see the answer, or choosing themselves to answer.
    fn shifted(&self, by: f64) -> Self {
        let shift = |p: &f64| (p + by * (1.0 - p)).clamp(0.02, 0.995);
        Self {
            overall: shift(&self.overall),
            factors: self.factors.iter().map(|(code, p)| (code.clone(), shift(p))).collect(),
        }
    }
}

/// A group of the plan: what, how true, how many in all.
#[derive(Debug, Clone)]
pub struct Line {
    /// What.
    pub wish: Wish,
    /// The truth behind it.
    pub truth: Truth,
    /// Answers in all.
    pub count: f64,
}

/// Makes answers; the same seed makes the same.
pub struct Generator<'a> {
    questions: &'a QuestionSet,
    rng: ChaCha20Rng,
    seed: u64,
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
        Self { questions, rng: ChaCha20Rng::seed_from_u64(seed), seed }
    }

    /// The true shares of the next unit that is asked for.
    pub fn truth(&mut self, _unit: UnitId) -> Truth {
        let centre = 0.86 + 0.035 * self.normal();
        let codes =
            self.questions.instrument.contents.iter().flat_map(|c| &c.factors).map(|f| f.code.clone());
        let codes: Vec<String> = codes.collect();
        let factors = codes.into_iter().map(|code| (code, (centre + 0.02 * self.normal()).clamp(0.5, 0.985)));
        let factors = factors.collect();
        Truth { overall: centre.clamp(0.5, 0.985), factors }
    }

    fn normal(&mut self) -> f64 {
        let u: f64 = self.rng.random_range(1e-9..1.0 - 1e-9);
        stats::quantile::normal(u).unwrap_or(0.0)
    }

    fn chance(&mut self, p: f64) -> bool {
        self.rng.random_bool(p.clamp(0.0, 1.0))
    }

    /// How many of a group's answers fall into one of some months; on average its part.
    pub fn share(&mut self, count: f64, months: usize) -> usize {
        let mean = count / months as f64;
        let drawn = mean + mean.sqrt() * self.normal();
        let whole = drawn.max(0.0).round();
        // Far below the limits of both types.
        format!("{whole:.0}").parse().unwrap_or(0)
    }

    /// Groups for every commune and department: large and small, by every level of trust.
    pub fn plan(&mut self, province: &Province, answers: usize) -> Vec<Line> {
        let kinds = [UnitKind::Commune, UnitKind::Department];
        let units: Vec<(UnitId, UnitId)> = province
            .units()
            .filter(|unit| kinds.contains(&unit.kind) && unit.valid_to.is_none())
            .map(|unit| {
                let inside = province.subtree(unit.id);
                let counter = inside.iter().copied().find(|id| *id != unit.id).unwrap_or(unit.id);
                (unit.id, counter)
            })
            .collect();
        let sizes: Vec<f64> = units.iter().map(|_| (0.8 * self.normal()).exp()).collect();
        let all: f64 = sizes.iter().sum();
        let mut lines = Vec::new();
        for ((deciding, receiving), size) in units.into_iter().zip(sizes) {
            let truth = self.truth(deciding);
            let count = answers as f64 * size / all;
            lines.extend(groups(province, deciding, receiving, count, &truth));
        }
        lines
    }

    /// One answer and what was written with it.
    pub fn answer(&mut self, wish: &Wish, truth: &Truth) -> (Kept, String) {
        let mood = self.normal();
        let overall = self.level(mood, truth.overall);
        let instrument = &self.questions.instrument;
        let visited = wish.route != Route::DoneOnline;
        let factors: Vec<(usize, &str)> = instrument
            .contents
            .iter()
            .flat_map(|c| &c.factors)
            .flat_map(|f| f.items.iter().map(move |_| f.code.as_str()))
            .enumerate()
            .collect();
        let mut items = Vec::with_capacity(factors.len());
        for ((_, factor), item) in factors.into_iter().zip(items_of(instrument)) {
            let asked =
                item.only_if.is_none() && is_asked(instrument, wish.variant, wish.route, visited, item);
            let share = truth.factors.get(factor).copied().unwrap_or(truth.overall);
            items.push(if asked { self.item(mood, share) } else { Answer::NotAsked });
        }
        let choices = self.choices(wish, overall);
        let kept = Kept {
            deciding: wish.deciding,
            receiving: wish.receiving,
            touchpoint: wish.touchpoint,
            import: None,
            month: None,
            mode: wish.mode.clone(),
            trust: wish.trust,
            variant: wish.variant,
            route: wish.route,
            flag: if self.chance(0.03) { Flag::StraightLine } else { Flag::None },
            field: wish.field.clone(),
            overall,
            items,
            choices,
        };
        let text = if self.chance(0.06) { remark(overall) } else { "" };
        (kept, text.to_owned())
    }

    fn item(&mut self, mood: f64, share: f64) -> Answer {
        if self.chance(BLANK) {
            Answer::Blank
        } else if self.chance(NOT_APPLICABLE) {
            Answer::NotApplicable
        } else {
            self.level(mood, share)
        }
    }

    /// 4 or 5 with exactly this probability over all people, and belonging together within one.
    fn level(&mut self, mood: f64, share: f64) -> Answer {
        let z = RHO.sqrt() * mood + (1.0 - RHO).sqrt() * self.normal();
        let rest = 1.0 - share;
        let bounds = [(5, 0.5 * share), (4, share), (3, share + 0.6 * rest), (2, share + 0.88 * rest)];
        let level = bounds.iter().find(|(_, p)| stats::quantile::normal(*p).is_some_and(|q| z < q));
        Answer::Level(level.map_or(1, |(level, _)| *level))
    }

    fn choices(&mut self, wish: &Wish, overall: Answer) -> Vec<Option<u8>> {
        let satisfied = matches!(overall, Answer::Level(4 | 5));
        let questions = &self.questions.instrument.questions;
        let is_kiosk = wish.variant == Variant::Kiosk;
        let mut choices = Vec::with_capacity(questions.len());
        for question in questions {
            let count = u32::try_from(question.options.len()).unwrap_or(0);
            let done = matches!(wish.route, Route::DoneInPerson | Route::DoneOnline);
            let drawn = match question.purpose {
                _ if is_kiosk || count == 0 => None,
                Purpose::Visit if question.code == "stage" => {
                    Some(if done { u32::from(self.chance(0.05)) } else { 2 })
                }
                Purpose::Visit if question.code == "channel" => None,
                Purpose::Visit => Some(if self.chance(0.8) { 0 } else { self.rng.random_range(0..count) }),
                Purpose::Fact if done && !self.chance(0.05) => {
                    Some(if satisfied && self.chance(0.85) { 0 } else { self.rng.random_range(0..count) })
                }
                Purpose::Branch if done => Some(u32::from(!self.chance(0.04))),
                Purpose::Profile if question.only_if.is_none() && self.chance(0.7) => {
                    Some(self.rng.random_range(0..count))
                }
                _ => None,
            };
            choices.push(drawn.and_then(|c| u8::try_from(c).ok()));
        }
        choices
    }
}

/// Verified answers by slip and link, posters, codes of the unit's own, and the tablet.
fn groups(province: &Province, deciding: UnitId, receiving: UnitId, count: f64, truth: &Truth) -> Vec<Line> {
    let field = province.offered_fields(receiving).first().map(|f| f.code.clone()).unwrap_or_default();
    let place =
        |mode: &Mode| province.touchpoints().find(|t| t.unit == receiving && t.mode == *mode).map(|t| t.id);
    let line = |mode: Mode, trust, variant, route, part: f64, shift: f64| Line {
        wish: Wish {
            deciding,
            receiving,
            touchpoint: place(&mode),
            mode,
            trust,
            variant,
            route,
            field: field.clone(),
        },
        truth: truth.shifted(shift),
        count: count * part,
    };
    let mut lines = vec![
        line(Mode::Slip, Trust::Verified, Variant::Full, Route::DoneInPerson, 0.42, 0.0),
        line(Mode::Link, Trust::Verified, Variant::Full, Route::DoneOnline, 0.16, 0.0),
        line(Mode::Slip, Trust::Verified, Variant::Full, Route::NotDone, 0.04, -0.05),
        line(Mode::Poster, Trust::Open, Variant::Full, Route::DoneInPerson, 0.18, -0.06),
        line(Mode::Slip, Trust::UnitIssued, Variant::Full, Route::DoneInPerson, 0.06, 0.15),
    ];
    if place(&Mode::Kiosk).is_some() {
        lines.push(line(Mode::Kiosk, Trust::Kiosk, Variant::Kiosk, Route::Kiosk, 0.14, 0.4));
    }
    lines
}

fn remark(overall: Answer) -> &'static str {
    match overall {
        Answer::Level(4..) => "Cán bộ hướng dẫn tận tình.",
        Answer::Level(3) => "Nên có thêm ghế ngồi chờ.",
        _ => "Phải đi lại nhiều lần mới xong.",
    }
}
