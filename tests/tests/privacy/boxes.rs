//! Quarters of ordinary answers with profiles, as the families of a cut need them: few refusals, few
//! complaints, few businesses, and traits that go together, so that families follow each other closely.

use super::answers::Source;
use domain::id::UnitId;
use domain::instrument::Instrument;
use domain::period::Month;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tests::desk::Desk;
use tests::process::Engine;
use time::{Date, Duration};
use usecase::calendar::is_scheduled;
use usecase::demo::generate::{Generator, Wish};
use usecase::demo::truth::Truth;
use usecase::fold::fold_due;
use usecase::mutant::Mutant;
use usecase::open_survey::{NewSurvey, open_survey};
use usecase::record::{Flag, Kept, KeptText};
use usecase::submit::seal;

/// The survey of these quarters.
pub const SURVEY: &str = "B-2026";
/// k of the survey.
pub const K: usize = 10;
const FIRST: Date = time::macros::date!(2026 - 10 - 01);
const FIELDS: [&str; 7] = ["dat-dai", "ho-tich", "chung-thuc", "xay-dung", "kinh-doanh", "bao-tro", ""];

/// The months from a first one.
pub async fn open(desk: &Desk, months: u8) {
    let from = Month::new(2026, 10).expect("a month");
    let to = (1..months).fold(from, |month, _| month.next());
    let survey = NewSurvey {
        code: SURVEY.into(),
        name: "Thử".into(),
        instrument: "post-service".into(),
        version: None,
        variant: Variant::Full,
        from,
        to,
        units: None,
        k: u32::try_from(K).expect("small"),
        definition: None,
    };
    open_survey(&desk.office, desk.tenant, survey).await.expect("a survey");
    fold_due(&desk.office, desk.tenant).await.expect("the calendar begins");
}

/// Some quarters of three communes, folded and cut.
pub async fn live(engine: Engine, seed: u8, quarters: u8, mutant: Option<Mutant>) -> Desk {
    let mut desk = Desk::open(engine, seed).await;
    if let Some(mutant) = mutant {
        desk.office = desk.office.clone().with_mutant(mutant);
    }
    open(&desk, 3 * quarters).await;
    let mut people = People::new(u64::from(seed));
    weeks(&desk, &mut people, (0, 92 * i64::from(quarters))).await;
    desk
}

/// Ordinary weeks of the three communes, after so many days and through so many.
pub async fn weeks(desk: &Desk, people: &mut People, (after, through): (i64, i64)) {
    let units = desk.communes();
    for day in (after + 1..=through).map(|day| FIRST + Duration::days(day)) {
        if !is_scheduled(day) {
            continue;
        }
        for unit in &units {
            for (route, most) in [(Route::DoneInPerson, 24), (Route::DoneOnline, 16)] {
                people.arrive(desk, *unit, route, most).await;
            }
        }
        run(desk, day).await;
    }
}

/// The run of a day.
pub async fn run(desk: &Desk, day: Date) {
    desk.set_clock(day.midnight().assume_offset(time::macros::offset!(+7)) + Duration::minutes(31));
    fold_due(&desk.office, desk.tenant).await.expect("a run");
}

/// Where answers come from.
pub struct People {
    source: Source,
    seed: u64,
}

impl People {
    /// People, always the same for a seed.
    pub fn new(seed: u64) -> Self {
        Self { source: Source::new(ChaCha20Rng::seed_from_u64(seed)), seed }
    }

    /// A week's answers of a group: between half of the most and the most.
    async fn arrive(&mut self, desk: &Desk, unit: UnitId, route: Route, most: usize) {
        let survey = desk.province().survey(SURVEY).expect("the survey").clone();
        self.seed += 1;
        let mut generator = Generator::new(&survey.questions, self.seed);
        let truth = generator.truth(unit);
        let count = self.source.rng.random_range(most / 2..=most);
        let mut envelopes = Vec::new();
        for _ in 0..count {
            let kept = self.kept(
                &mut generator,
                &truth,
                &survey.questions.instrument,
                unit,
                (Trust::Verified, route),
            );
            let kept = self.of_her_own(kept);
            let text = KeptText { unit, month: Month::of(desk.office.today()), mood: 3, text: String::new() };
            envelopes
                .push(seal(&desk.office, desk.tenant, survey.survey.id, None, &kept, &text).expect("sealed"));
        }
        desk.office.store.keep(&envelopes).await.expect("kept");
    }

    /// One answer.
    pub fn kept(
        &mut self,
        generator: &mut Generator<'_>,
        truth: &Truth,
        instrument: &Instrument,
        unit: UnitId,
        (trust, route): (Trust, Route),
    ) -> Kept {
        let field = FIELDS[self.skewed(FIELDS.len())];
        let wish = Wish {
            deciding: unit,
            receiving: unit,
            touchpoint: None,
            mode: match (trust, route) {
                (Trust::Open, _) => Mode::Poster,
                (_, Route::DoneOnline) => Mode::Link,
                _ => Mode::Slip,
            },
            trust,
            variant: Variant::Full,
            route,
            field: field.into(),
        };
        let (kept, _) = generator.answer(&wish, truth);
        let flag = if self.is(0.04) { Flag::StraightLine } else { Flag::None };
        let flag = if self.is(0.02) { Flag::TooFast } else { flag };
        let choices = self.choices(instrument, field, route);
        Kept { flag, choices, ..kept }
    }

    /// Nobody answers as somebody else does: people who answer alike can stand in for each other, so that
    /// sets which merely overlap differ by what might be people.
    fn of_her_own(&mut self, mut kept: Kept) -> Kept {
        for item in &mut kept.items {
            if matches!(item, Answer::Level(_)) {
                *item = Answer::Level(self.source.rng.random_range(1..=5));
            }
        }
        kept
    }

    fn is(&mut self, share: f64) -> bool {
        self.source.rng.random_bool(share)
    }

    /// A position of a list, the first ones more often.
    fn skewed(&mut self, count: usize) -> usize {
        let count = u32::try_from(count).expect("small");
        let (one, other) = (self.source.rng.random_range(0..count), self.source.rng.random_range(0..count));
        one.min(other) as usize
    }

    /// What people say of themselves: businesses have sizes, citizens have all else.
    fn choices(&mut self, instrument: &Instrument, field: &str, route: Route) -> Vec<Option<u8>> {
        let is_done = route != Route::NotDone;
        let share = if field == "kinh-doanh" { 0.6 } else { 0.08 };
        let kind = if self.is(share) { 1 } else { usize::from(self.is(0.04)) * 2 };
        let age = self.skewed(6);
        let mut choices = Vec::new();
        for question in &instrument.questions {
            let options = question.options.len();
            let said = match question.code.as_str() {
                "kind" => Some(kind),
                "stage" if is_done => Some(usize::from(self.is(0.06))),
                "stage" => Some(2),
                "complained" if is_done => Some(usize::from(!self.is(0.05))),
                "size" if kind == 1 && is_done => Some(self.skewed(options)),
                "age" if kind == 0 && is_done => Some(age),
                "sex" if kind == 0 && is_done => Some(usize::from(self.is(0.5)) + usize::from(self.is(0.03))),
                "education" | "occupation" if kind == 0 && is_done => {
                    Some(if self.is(0.7) { age % options } else { self.skewed(options) })
                }
                _ => None,
            };
            choices.push(said.filter(|_| self.is(0.97)).and_then(|option| u8::try_from(option).ok()));
        }
        choices
    }
}
