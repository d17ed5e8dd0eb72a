//! From cells to readings: what is withheld, what is marked, what is never added up, who may look.

use domain::id::{AccountId, UnitId};
use domain::period::Month;
use domain::reading::{Caveat, Reading, Withheld};
use domain::report::AgencyReport;
use domain::scope::{Principal, Role, Scope};
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use domain::tally::layout::items_of;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::figures::{ProvinceView, Question, read_agency, read_province};
use usecase::fold::fold_due;
use usecase::record::{Flag, Kept, KeptText};

/// Answers of one person: the overall question, then every item by its code.
type Says<'a> = &'a dyn Fn(&str) -> Answer;

const GLAD: Answer = Answer::Level(5);
const SORRY: Answer = Answer::Level(1);

struct Bureau {
    desk: Desk,
    unit: UnitId,
}

impl Bureau {
    async fn open(seed: u8) -> Self {
        let desk = Desk::open(Engine::Sqlite, seed).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let unit = desk.communes()[0];
        Self { desk, unit }
    }

    async fn people(&self, count: usize, trust: Trust, route: Route, says: Says<'_>) {
        let survey = self.desk.survey();
        let instrument = &survey.questions.instrument;
        let items = items_of(instrument).map(|item| {
            let asked = item.only_if.is_none() && item.routes.contains(&route);
            if asked { says(&item.code) } else { Answer::NotAsked }
        });
        let kept = Kept {
            deciding: self.unit,
            receiving: self.unit,
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
            overall: says("overall"),
            items: items.collect(),
            choices: vec![None; instrument.questions.len()],
        };
        let (office, tenant) = (&self.desk.office, self.desk.tenant);
        let month = Month::of(office.today());
        for _ in 0..count {
            let text = KeptText { unit: self.unit, month, mood: 3, text: String::new() };
            let sealed = usecase::submit::seal(office, tenant, survey.survey.id, None, &kept, &text).unwrap();
            office.store.keep(&[sealed]).await.unwrap();
        }
    }

    /// The first of November: every level is due.
    async fn report(&self, trust: Trust) -> AgencyReport {
        self.desk.set_clock(datetime!(2026-11-01 01:00 UTC));
        fold_due(&self.desk.office, self.desk.tenant).await.unwrap();
        let province = self.desk.province();
        let scope = Scope::of_the_office(self.desk.tenant);
        let question = Question { trust: Some(trust), period: Some("2026".into()), ..Question::default() };
        let unit = province.unit(self.unit).unwrap();
        read_agency(&self.desk.office, &province, &scope, unit, &question).await.unwrap()
    }
}

fn node<'a>(report: &'a AgencyReport, code: &str) -> &'a Reading {
    &report.nodes.iter().find(|line| line.code == code).unwrap_or_else(|| panic!("no node {code}")).reading
}

fn caveats(reading: &Reading) -> Vec<Caveat> {
    reading.figure().unwrap_or_else(|| panic!("no figure: {reading:?}")).caveats.clone()
}

#[tokio::test]
async fn a_node_that_fewer_than_k_answered_is_withheld_though_its_cell_is_large() {
    let bureau = Bureau::open(40).await;
    bureau
        .people(31, Trust::Verified, Route::DoneInPerson, &|code| {
            if code == "SB4" { Answer::NotApplicable } else { GLAD }
        })
        .await;
    bureau.people(9, Trust::Verified, Route::DoneInPerson, &|_| SORRY).await;
    let report = bureau.report(Trust::Verified).await;
    assert_eq!(*node(&report, "SB4"), Reading::Withheld(Withheld::TooFew), "nine people answered it");
    let whole = node(&report, "all").figure().unwrap();
    assert_eq!(whole.n, 40);
    assert!(whole.low < whole.index && whole.index < whole.high);
    assert!(node(&report, "SB3").figure().is_some_and(|figure| (figure.index - 77.5).abs() < 1e-9));
}

#[tokio::test]
async fn a_factor_under_k_withholds_the_headline_and_weights_are_not_shared_out_again() {
    let bureau = Bureau::open(41).await;
    let skips = |code: &str| if code.starts_with("SD") { Answer::NotApplicable } else { GLAD };
    bureau.people(40, Trust::Verified, Route::DoneInPerson, &skips).await;
    bureau.people(8, Trust::Verified, Route::DoneInPerson, &|_| SORRY).await;
    let report = bureau.report(Trust::Verified).await;
    assert_eq!(*node(&report, "SD"), Reading::Withheld(Withheld::TooFew));
    assert_eq!(*node(&report, "all"), Reading::Withheld(Withheld::FactorTooFew));
    assert!(node(&report, "SA").figure().is_some());
}

#[tokio::test]
async fn unanimity_is_withheld_when_bad_and_said_as_a_lower_limit_when_good() {
    let bureau = Bureau::open(42).await;
    bureau
        .people(29, Trust::Verified, Route::DoneInPerson, &|code| if code == "SA1" { SORRY } else { GLAD })
        .await;
    let report = bureau.report(Trust::Verified).await;
    assert_eq!(*node(&report, "SA1"), Reading::Withheld(Withheld::Unanimous));
    let good = node(&report, "SC1");
    assert!(caveats(good).contains(&Caveat::AllSatisfied));
    let figure = good.figure().unwrap();
    assert!(
        figure.se.is_none_or(|se| se == 0.0) && figure.low < 95.0,
        "zero variance is not certainty: {figure:?}"
    );
}

#[tokio::test]
async fn few_people_are_marked_by_the_thresholds() {
    for (people, mark) in [(29, Some(Caveat::Indicative)), (59, Some(Caveat::FewRespondents)), (60, None)] {
        let bureau = Bureau::open(43).await;
        let sad = people / 20;
        bureau.people(people - sad, Trust::Verified, Route::DoneInPerson, &|_| GLAD).await;
        bureau.people(sad, Trust::Verified, Route::DoneInPerson, &|_| SORRY).await;
        let found = caveats(node(&bureau.report(Trust::Verified).await, "all"));
        let marks = [Caveat::Indicative, Caveat::FewRespondents];
        let found: Vec<_> = found.into_iter().filter(|caveat| marks.contains(caveat)).collect();
        assert_eq!(found, mark.into_iter().collect::<Vec<_>>(), "{people} people");
    }
}

#[tokio::test]
async fn levels_of_trust_and_people_still_waiting_are_never_added_up() {
    let bureau = Bureau::open(44).await;
    bureau.people(20, Trust::Verified, Route::DoneInPerson, &|_| GLAD).await;
    bureau.people(12, Trust::Verified, Route::DoneOnline, &|_| GLAD).await;
    bureau.people(11, Trust::Verified, Route::Partial, &|_| SORRY).await;
    bureau.people(15, Trust::Open, Route::DoneInPerson, &|_| SORRY).await;
    bureau.people(13, Trust::Verified, Route::NotDone, &|_| SORRY).await;
    let report = bureau.report(Trust::Verified).await;
    assert_eq!(report.told.iter().map(|line| line.trust).collect::<Vec<_>>(), [Trust::Verified, Trust::Open]);
    assert_eq!(node(&report, "all").figure().unwrap().n, 32, "in person and online, nobody else");
    let overall = report.overall.iter().find(|(trust, _)| *trust == Trust::Verified).unwrap();
    assert_eq!(overall.1.figure().unwrap().n, 43, "of a partial answer only the overall one counts");
    assert_eq!(report.not_done, Some(Reading::Withheld(Withheld::Unanimous)), "apart");
    assert_eq!(report.told[1].headline, Reading::Withheld(Withheld::Unanimous), "fifteen, all dissatisfied");
}

#[tokio::test]
async fn a_scope_is_asked_before_any_figure_is_read() {
    let bureau = Bureau::open(45).await;
    bureau.people(20, Trust::Verified, Route::DoneInPerson, &|_| GLAD).await;
    bureau.report(Trust::Verified).await;
    let province = bureau.desk.province();
    let other = bureau.desk.communes()[1];
    let head = |role, unit| Principal {
        account: AccountId::from_bytes([9; 16]),
        name: "x".into(),
        tenant: bureau.desk.tenant,
        role,
        unit,
    };
    let question = Question::default();
    let asked = province.unit(bureau.unit).unwrap();
    for (role, unit, may) in [
        (Role::AgencyHead, Some(bureau.unit), true),
        (Role::AgencyHead, Some(other), false),
        (Role::Interviewer, Some(bureau.unit), false),
        (Role::Auditor, None, true),
    ] {
        let subtree = unit.map(|unit| province.subtree(unit)).unwrap_or_default();
        let scope = Scope::of(&head(role, unit), subtree);
        let read = read_agency(&bureau.desk.office, &province, &scope, asked, &question).await;
        assert_eq!(read.is_ok(), may, "{role} of {unit:?}");
        let view = ProvinceView::default();
        let all = read_province(&bureau.desk.office, &province, &scope, &question, &view).await;
        assert_eq!(all.is_ok(), role == Role::Auditor, "{role}");
    }
}

#[tokio::test]
async fn the_weakest_items_are_named_as_a_set_and_only_where_a_test_carries_it() {
    let bureau = Bureau::open(46).await;
    let slow = |code: &str| if matches!(code, "SB4" | "SD1") { SORRY } else { GLAD };
    bureau.people(70, Trust::Verified, Route::DoneInPerson, &|_| GLAD).await;
    bureau.people(40, Trust::Verified, Route::DoneInPerson, &slow).await;
    bureau.people(10, Trust::Verified, Route::DoneInPerson, &|_| SORRY).await;
    let found = bureau.report(Trust::Verified).await.weakest.unwrap();
    let codes: Vec<&str> = found.alike.iter().map(|line| line.code.as_str()).collect();
    assert_eq!((codes, found.compared), (vec!["SB4", "SD1"], 13));

    let few = Bureau::open(47).await;
    few.people(20, Trust::Verified, Route::DoneInPerson, &slow).await;
    assert_eq!(few.report(Trust::Verified).await.weakest, None, "twenty people carry no claim about items");
}

#[tokio::test]
async fn the_two_sides_of_a_service_are_compared_on_the_same_people() {
    let bureau = Bureau::open(48).await;
    // SD is all about the agency that decided.
    let unfair = |code: &str| if code.starts_with("SD") { SORRY } else { GLAD };
    bureau.people(60, Trust::Verified, Route::DoneInPerson, &|_| GLAD).await;
    bureau.people(30, Trust::Verified, Route::DoneInPerson, &unfair).await;
    let gap = bureau.report(Trust::Verified).await.gap.unwrap();
    // Three of the seven items about the agency, dissatisfied in a third of the cases.
    assert!((gap.points - 100.0 / 7.0).abs() < 1e-9, "{gap:?}");
    assert!(gap.is_distinct && gap.low > 0.0 && gap.low < gap.points && gap.points < gap.high);

    let even = Bureau::open(49).await;
    even.people(60, Trust::Verified, Route::DoneInPerson, &|_| GLAD).await;
    let gap = even.report(Trust::Verified).await.gap;
    assert!(gap.is_none_or(|gap| !gap.is_distinct), "everybody alike on both sides is no difference");
}
