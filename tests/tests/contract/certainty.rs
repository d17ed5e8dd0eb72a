//! How sure a figure is, beyond its interval: from published sums and parts to what the page says.

use domain::id::UnitId;
use domain::period::Month;
use domain::report::certainty::{Agreement, Certainty, Missing, Quadrant, Turning};
use domain::scope::Scope;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use domain::tally::layout::items_of;
use domain::volume::{Dossiers, Volume};
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::figures::{Question, read_agency};
use usecase::fold::fold_due;
use usecase::record::{Flag, Kept, KeptText};

const LATE: u8 = 3;
const ON_TIME: u8 = 1;

struct Bureau {
    desk: Desk,
    unit: UnitId,
}

impl Bureau {
    async fn open(engine: Engine, seed: u8) -> Self {
        let desk = Desk::open(engine, seed).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let unit = desk.communes()[0];
        Self { desk, unit }
    }

    /// So many people about a field; each says `says(person, code)`, and how the result came.
    async fn people(
        &self,
        count: usize,
        field: &str,
        says: &dyn Fn(usize, &str) -> u8,
        came: &dyn Fn(usize) -> u8,
    ) {
        let survey = self.desk.survey();
        let instrument = &survey.questions.instrument;
        let route = Route::DoneInPerson;
        let lateness = instrument.questions.iter().position(|question| question.code == "T3").unwrap();
        for person in 0..count {
            let items = items_of(instrument).map(|item| {
                let asked = item.only_if.is_none() && item.routes.contains(&route);
                if asked { Answer::Level(says(person, &item.code)) } else { Answer::NotAsked }
            });
            let mut choices = vec![None; instrument.questions.len()];
            choices[lateness] = Some(came(person));
            let kept = Kept {
                deciding: self.unit,
                receiving: self.unit,
                touchpoint: None,
                import: None,
                month: None,
                helper: None,
                mode: Mode::Slip,
                trust: Trust::Verified,
                variant: Variant::Full,
                route,
                flag: Flag::None,
                field: field.into(),
                overall: Answer::Level(says(person, "overall")),
                items: items.collect(),
                choices,
            };
            self.keep(&kept).await;
        }
    }

    async fn keep(&self, kept: &Kept) {
        let (office, tenant) = (&self.desk.office, self.desk.tenant);
        let month = Month::of(office.today());
        let text = KeptText { unit: self.unit, month, mood: 3, text: String::new() };
        let survey = self.desk.survey().survey.id;
        let sealed = usecase::submit::seal(office, tenant, survey, None, kept, &text).unwrap();
        office.store.keep(&[sealed]).await.unwrap();
    }

    /// Closed dossiers of October: unit, field, all of them, the late ones.
    async fn dossiers(&self, cells: &[(UnitId, &str, i64, Option<i64>)]) {
        let (store, tenant, now) = (&self.desk.office.store, self.desk.tenant, self.desk.office.now());
        let month = Month::new(2026, 10).unwrap();
        let volume = |(unit, field, closed, late): &(UnitId, &str, i64, Option<i64>)| {
            let on_time = late.map(|late| closed - late);
            let dossiers = Dossiers { closed: *closed, late: *late, on_time, ..Dossiers::default() };
            Volume { month, unit: *unit, receiving: None, field: (*field).into(), dossiers }
        };
        let volumes: Vec<Volume> = cells.iter().map(volume).collect();
        let batch = store.begin_volumes(tenant, ("lan", "tệp.csv"), now).await.unwrap();
        store.add_volumes(tenant, batch, &volumes).await.unwrap();
        store.publish_volumes(tenant, batch, 1, now).await.unwrap();
    }

    /// Folded in November, cut at the year's end.
    async fn certainty(&self) -> Certainty {
        for night in [datetime!(2026-11-01 01:00 UTC), datetime!(2027-01-01 01:00 UTC)] {
            self.desk.set_clock(night);
            fold_due(&self.desk.office, self.desk.tenant).await.unwrap();
        }
        let province = self.desk.province();
        let scope = Scope::of_the_office(self.desk.tenant);
        let question = Question { period: Some("2026".into()), ..Question::default() };
        let unit = province.unit(self.unit).unwrap();
        let report = read_agency(&self.desk.office, &province, &scope, unit, &question).await.unwrap();
        *report.certainty.unwrap()
    }
}

/// Codes 1..5 that vary with the person, each question in its own step.
fn varied(person: usize, code: &str) -> u8 {
    let own: usize = code.bytes().map(usize::from).sum();
    u8::try_from((person * (1 + own % 7) + own) % 5 + 1).unwrap()
}

fn on_time(_: usize) -> u8 {
    ON_TIME
}

#[tokio::test]
async fn what_goes_with_satisfaction_is_said_from_fifty_people_and_eight_more_for_each_factor() {
    let one_too_few = Bureau::open(Engine::Sqlite, 91).await;
    one_too_few.people(81, "ho-tich", &varied, &on_time).await;
    assert_eq!(one_too_few.certainty().await.drivers, Err(Missing::TooFew(82)));

    let enough = Bureau::open(Engine::Sqlite, 92).await;
    // Overall satisfaction is that with the result, which is the lowest of all.
    let says = |person: usize, code: &str| match code {
        "overall" | "SD1" | "SD2" | "SD3" => u8::try_from(person % 3 + 1).unwrap(),
        code => varied(person, code).max(3),
    };
    enough.people(82, "ho-tich", &says, &on_time).await;
    let drivers = enough.certainty().await.drivers.unwrap();
    assert_eq!(drivers.respondents, 82);
    assert!(drivers.explained > 99.9 && !drivers.even);
    let names: Vec<&str> = drivers.factors.iter().map(|factor| factor.code.as_str()).collect();
    assert_eq!(names, ["SA", "SB", "SC", "SD"]);
    let all: f64 = drivers.factors.iter().map(|factor| factor.importance).sum();
    assert!((all - 100.0).abs() < 1e-9);
    let result = &drivers.factors[3];
    assert!(result.importance > 80.0 && result.weight > 80.0 && result.score < 30.0);
    assert_eq!(result.quadrant, Quadrant::First);
    assert!(drivers.factors[..3].iter().all(|factor| factor.quadrant == Quadrant::Fine));
}

#[tokio::test]
async fn people_who_repeat_one_answer_are_said_to_and_a_question_turned_round_is_named() {
    let few = Bureau::open(Engine::Sqlite, 93).await;
    few.people(59, "ho-tich", &varied, &on_time).await;
    assert_eq!(few.certainty().await.reliability, Err(Missing::TooFew(60)));

    let repeating = Bureau::open(Engine::Sqlite, 94).await;
    let says = |person: usize, code: &str| {
        let level = u8::try_from(person % 5 + 1).unwrap();
        match code {
            // It belongs to no pair of questions, and would pull α down if it did.
            "overall" => 3,
            "SC3" => 6 - level,
            _ => level,
        }
    };
    repeating.people(60, "ho-tich", &says, &on_time).await;
    let found = repeating.certainty().await.reliability.unwrap();
    assert_eq!((found.respondents, found.items), (60, 13));
    // Thirteen questions of variance v, one of them turned round: the sum varies as (12 − 1)² v.
    let alpha = 13.0 / 12.0 * (1.0 - 13.0 / 121.0);
    assert!((found.alpha - alpha).abs() < 1e-12, "{}", found.alpha);
    let (low, high) = found.interval.unwrap();
    assert!(low < alpha && alpha < high);
    let against: Vec<&str> =
        found.against.iter().map(|name| name.text(domain::language::Language::En)).collect();
    assert_eq!(against.len(), 1);

    let alike = Bureau::open(Engine::Sqlite, 95).await;
    alike.people(90, "ho-tich", &|_, _| 4, &on_time).await;
    let found = alike.certainty().await;
    assert_eq!((found.drivers, found.reliability), (Err(Missing::Alike), Err(Missing::Alike)));
    assert_eq!(found.silence, Err(Missing::NoDossiers));
}

#[tokio::test]
async fn fields_weigh_as_their_dossiers_and_as_those_of_all_communes() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let bureau = Bureau::open(engine, 96).await;
        let other = bureau.desk.communes()[1];
        bureau.people(60, "ho-tich", &|_, _| 5, &on_time).await;
        bureau.people(60, "dat-dai", &|person, _| if person % 2 == 0 { 5 } else { 1 }, &on_time).await;
        let own = bureau.unit;
        let cells = [(own, "ho-tich", 300, None), (own, "dat-dai", 100, None), (other, "dat-dai", 600, None)];
        bureau.dossiers(&cells).await;
        let ladder = bureau.certainty().await.ladder.unwrap();
        let index = |reading: &domain::reading::Reading| reading.figure().unwrap().index;
        assert!((index(&ladder.all) - 75.0).abs() < 1e-9 && (index(&ladder.divided) - 75.0).abs() < 1e-9);
        let (weighted, standard) = (ladder.weighted.unwrap(), ladder.standard.unwrap());
        assert!((index(&weighted.reading) - (75.0 + 12.5)).abs() < 1e-9, "{weighted:?}");
        assert!((index(&standard.reading) - (30.0 + 35.0)).abs() < 1e-9, "{standard:?}");
        assert!((weighted.coverage - 100.0).abs() < 1e-9 && (standard.coverage - 100.0).abs() < 1e-9);
        let lines: Vec<(u64, u64)> = ladder.fields.iter().map(|line| (line.answers, line.dossiers)).collect();
        assert_eq!(lines, [(60, 300), (60, 100)], "{engine:?}: most dossiers first");
        assert!(ladder.unnamed.is_empty());
    }
}

#[tokio::test]
async fn dossiers_without_answers_are_named_and_too_many_of_them_leave_no_figure() {
    let bureau = Bureau::open(Engine::Sqlite, 97).await;
    bureau.people(60, "ho-tich", &|person, _| if person % 4 == 0 { 2 } else { 4 }, &on_time).await;
    bureau.people(60, "dat-dai", &|_, _| 4, &on_time).await;
    let own = bureau.unit;
    let cells = [(own, "ho-tich", 200, None), (own, "dat-dai", 200, None), (own, "xay-dung", 401, None)];
    bureau.dossiers(&cells).await;
    let found = bureau.certainty().await;
    let ladder = found.ladder.unwrap();
    assert_eq!(ladder.unnamed.len(), 1);
    let Err(Missing::LittleCovered(percent)) = ladder.weighted else { panic!("{:?}", ladder.weighted) };
    assert!((percent - 100.0 * 400.0 / 801.0).abs() < 1e-9);
    let even = found.silence.unwrap().evenness.unwrap();
    assert!((even.indicator - 1.0).abs() < 1e-12 && even.bias.abs() < 1e-9, "both fields answered alike");
}

#[tokio::test]
async fn those_who_did_not_answer_move_the_figure_and_the_records_are_asked_whether_they_agree() {
    let came = |person: usize| if person.is_multiple_of(4) { LATE } else { ON_TIME };
    for (late, expected) in [(8, Agreement::MoreSaid), (88, Agreement::Agree), (240, Agreement::FewerSaid)] {
        let bureau = Bureau::open(Engine::Sqlite, 98).await;
        bureau.people(120, "ho-tich", &|person, _| if person % 4 == 0 { 1 } else { 5 }, &came).await;
        bureau.dossiers(&[(bureau.unit, "ho-tich", 400, Some(late))]).await;
        let found = bureau.certainty().await;
        let silence = found.silence.unwrap();
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}");
        close(silence.bounds.0, 30.0 * 0.75);
        close(silence.bounds.1, 30.0 * 0.75 + 70.0);
        let [eighty, ninety] = silence.targets.as_slice() else { panic!("two targets") };
        let Turning::At(others) = eighty.turning else { panic!("{eighty:?}") };
        close(others, (80.0 - 22.5) / 0.7);
        assert_eq!((ninety.percent, silence.evenness), (90.0, Err(Missing::NoParts)), "one field");
        let punctuality = found.punctuality.unwrap();
        close(punctuality.said.figure().unwrap().index, 25.0);
        close(punctuality.recorded, late as f64 / 4.0);
        assert_eq!((punctuality.late, punctuality.dated), (late.unsigned_abs(), 400));
        assert_eq!(punctuality.agreement, expected, "{late} late");
    }
}

#[tokio::test]
async fn more_answers_than_dossiers_and_dossiers_without_dates_are_said() {
    let bureau = Bureau::open(Engine::Sqlite, 99).await;
    bureau.people(60, "ho-tich", &varied, &on_time).await;
    bureau.dossiers(&[(bureau.unit, "ho-tich", 40, None)]).await;
    let found = bureau.certainty().await;
    assert_eq!(found.silence, Err(Missing::MoreAnswers));
    assert_eq!(found.punctuality, Err(Missing::NoDates));

    let glad = Bureau::open(Engine::Sqlite, 100).await;
    glad.people(60, "ho-tich", &|_, _| 5, &on_time).await;
    glad.dossiers(&[(glad.unit, "ho-tich", 400, Some(0))]).await;
    let found = glad.certainty().await;
    assert_eq!(found.silence, Err(Missing::AllSatisfied), "a bound would say what everybody answered");
    assert_eq!(found.punctuality.unwrap().agreement, Agreement::Agree);
}
