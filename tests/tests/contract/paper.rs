//! Forms on paper: two people of two houses, one answer; a form is entered once, whoever races; what waits
//! is sealed and forgotten.

use domain::id::{AccountId, UnitId};
use domain::language::Language;
use domain::paper::{Difference, Typing, read_keys};
use domain::right::Actor;
use domain::scope::{Principal, Role};
use domain::survey::{Mode, Route, Trust};
use store::inbox::Kind;
use store::paper::Stage;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::UsecaseError;
use usecase::keys::Purpose;
use usecase::paper::{
    Outcome, PaperFault, PaperWish, Stop, Task, draw_paper, next_form, open_form, settle_form, type_form,
    void_paper,
};
use usecase::record::{Flag, Kept};
use usecase::submit::seal_subject;

fn somebody(desk: &Desk, number: u8, role: Role, unit: Option<UnitId>) -> Principal {
    let (account, name) = (AccountId::from_bytes([number; 16]), format!("person-{number}"));
    Principal { account, name, tenant: desk.tenant, role, unit }
}

/// Two of one house, one of another, one of a third.
fn people(desk: &Desk) -> [Principal; 4] {
    let units = desk.communes();
    let officer = |number, unit| somebody(desk, number, Role::AgencyOfficer, Some(unit));
    [officer(1, units[0]), officer(2, units[0]), officer(3, units[1]), officer(4, units[2])]
}

async fn drawn(desk: &Desk, forms: u32) -> i64 {
    let wish = PaperWish { unit: desk.communes()[0], language: Language::Vi, forms };
    let actor = Actor::of_the_command_line(desk.tenant);
    draw_paper(&desk.office, &actor, wish).await.unwrap().unwrap()
}

/// What somebody reads from a sheet: keys by question.
async fn read(desk: &Desk, who: &Principal, at: (i64, i64), keys: &[(&str, &str)]) -> Typing {
    let opened = open_form(&desk.office, who, at).await.unwrap().unwrap();
    let pairs: Vec<_> = keys.iter().map(|(name, key)| ((*name).to_owned(), (*key).to_owned())).collect();
    let (sheet, problems) = read_keys(&pairs, &opened.context()).unwrap();
    assert_eq!(problems, []);
    Typing::Answers(sheet)
}

const KEYS: [(&str, &str); 14] = [
    ("kind", "1"),
    ("channel", "1"),
    ("stage", "1"),
    ("field", "1"),
    ("overall", "4"),
    ("SA1", "5"),
    ("SA2", "4"),
    ("SA3", "3"),
    ("SB1", "4"),
    ("SB2", "4"),
    ("SB3", "0"),
    ("SB4", "2"),
    ("SC1", "4"),
    ("comment", "Ghế ít"),
];

async fn types(desk: &Desk, who: &Principal, at: (i64, i64), keys: &[(&str, &str)]) -> Result<Outcome, Stop> {
    let what = read(desk, who, at, keys).await;
    type_form(&desk.office, who, at, what).await.unwrap()
}

async fn stop(desk: &Desk, who: &Principal, at: (i64, i64)) -> Option<Stop> {
    open_form(&desk.office, who, at).await.unwrap().err()
}

/// The only answer that waits, opened.
async fn waiting(desk: &Desk) -> Kept {
    let survey = desk.survey().survey.id;
    let page = desk.office.store.waiting_page(Kind::Answer, desk.tenant, survey, &[], 10).await.unwrap();
    assert_eq!(page.len(), 1);
    let about = seal_subject(desk.tenant, survey);
    Kept::decode(&desk.office.keys.unseal(Purpose::Inbox, &page[0].record, &about).unwrap()).unwrap()
}

#[tokio::test]
async fn what_two_houses_read_alike_is_one_answer_and_nothing_else_is_kept() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 120).await;
        let [first, colleague, second, _] = people(&desk);
        let at = (drawn(&desk, 3).await, 2);
        assert_eq!(types(&desk, &first, at, &KEYS).await, Ok(Outcome::Waits), "{engine:?}");
        assert_eq!(desk.waiting().await, 0, "typed once is no answer");
        assert_eq!(stop(&desk, &first, at).await, Some(Stop::Own));
        assert_eq!(stop(&desk, &colleague, at).await, Some(Stop::SameHouse));
        let opened = open_form(&desk.office, &second, at).await.unwrap().unwrap();
        assert_eq!(opened.task, Task::Second, "the second is not shown what the first typed");
        assert_eq!(types(&desk, &second, at, &KEYS).await, Ok(Outcome::Done));
        let kept = waiting(&desk).await;
        assert_eq!((kept.mode, kept.trust, kept.route), (Mode::Paper, Trust::Open, Route::DoneInPerson));
        assert_eq!(
            (kept.deciding, kept.field.as_str(), kept.flag),
            (desk.communes()[0], "ho-tich", Flag::None)
        );
        let forms = desk.office.store.paper_forms(desk.tenant, at.0).await.unwrap();
        assert_eq!(forms.len(), 1);
        assert_eq!((forms[0].form, forms[0].stage, &forms[0].record), (2, Stage::Done, &None));
        for who in [&first, &colleague, &second] {
            assert_eq!(stop(&desk, who, at).await, Some(Stop::Done), "a form is entered once");
        }
    }
}

#[tokio::test]
async fn the_province_and_a_centre_are_houses_of_their_own_and_of_their_commune() {
    let desk = Desk::open(Engine::Sqlite, 121).await;
    let [first, _, _, _] = people(&desk);
    let at = (drawn(&desk, 3).await, 1);
    types(&desk, &first, at, &KEYS).await.unwrap();
    let province = somebody(&desk, 9, Role::ProvinceAdmin, None);
    assert_eq!(types(&desk, &province, at, &KEYS).await, Ok(Outcome::Done));
    for role in [Role::ProvinceAnalyst, Role::AgencyHead, Role::Auditor] {
        let who = somebody(&desk, 10, role, Some(desk.communes()[1]));
        let refused = open_form(&desk.office, &who, (at.0, 2)).await;
        assert!(matches!(refused, Err(UsecaseError::Forbidden)), "{role} types no forms");
    }
}

#[tokio::test]
async fn where_two_differ_somebody_of_another_house_than_the_first_settles_it() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 122).await;
        let [first, colleague, second, third] = people(&desk);
        let batch = drawn(&desk, 2).await;
        let mut other = KEYS;
        (other[4].1, other[13].1) = ("2", "ghế  ÍT");
        for (form, settler) in [(1, &second), (2, &third)] {
            let at = (batch, form);
            types(&desk, &first, at, &KEYS).await.unwrap();
            assert_eq!(types(&desk, &second, at, &other).await, Ok(Outcome::Differs), "{engine:?}");
            assert_eq!(stop(&desk, &first, at).await, Some(Stop::Own));
            assert_eq!(stop(&desk, &colleague, at).await, Some(Stop::SameHouse));
            let opened = open_form(&desk.office, settler, at).await.unwrap().unwrap();
            let Task::Settle { difference, .. } = opened.task else { panic!("nothing to settle") };
            assert_eq!(
                difference,
                Difference::Answers(vec!["overall".into()]),
                "of words only their letters"
            );
            let again = read(&desk, settler, at, &other).await;
            let typed = type_form(&desk.office, settler, at, again.clone()).await.unwrap();
            assert_eq!(typed, Err(Stop::Differs), "a third typing is not a second");
            assert_eq!(settle_form(&desk.office, settler, at, again).await.unwrap(), Ok(Outcome::Done));
            assert_eq!(desk.waiting().await, form);
        }
    }
}

#[tokio::test]
async fn a_sheet_that_cannot_be_used_is_no_answer_and_is_done() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 123).await;
        let [first, _, second, _] = people(&desk);
        let batch = drawn(&desk, 2).await;
        let out = |who: &Principal, form| {
            let (office, who) = (desk.office.clone(), who.clone());
            async move { type_form(&office, &who, (batch, form), Typing::Unusable).await.unwrap() }
        };
        assert_eq!(out(&first, 1).await, Ok(Outcome::Waits));
        assert_eq!(out(&second, 1).await, Ok(Outcome::Done));
        assert_eq!(out(&first, 2).await, Ok(Outcome::Waits));
        assert_eq!(types(&desk, &second, (batch, 2), &KEYS).await, Ok(Outcome::Differs), "{engine:?}");
        assert_eq!(desk.waiting().await, 0);
        let bare = read(&desk, &second, (batch, 2), &[("stage", "1")]).await;
        let refused = settle_form(&desk.office, &second, (batch, 2), bare).await;
        assert!(matches!(refused, Err(UsecaseError::Refused(_))), "without an overall answer nothing counts");
        let whole = read(&desk, &second, (batch, 2), &KEYS).await;
        assert_eq!(settle_form(&desk.office, &second, (batch, 2), whole).await.unwrap(), Ok(Outcome::Done));
        assert_eq!(desk.waiting().await, 1);
    }
}

#[tokio::test]
async fn whoever_races_a_form_is_entered_once() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 124).await;
        let [first, _, second, third] = people(&desk);
        let colleague = desk.colleague(7).await;
        let batch = drawn(&desk, 20).await;
        for form in 1..=10 {
            let at = (batch, form);
            let what = read(&desk, &first, at, &KEYS).await;
            let firsts = tokio::join!(
                type_form(&desk.office, &first, at, what.clone()),
                type_form(&colleague, &second, at, what.clone()),
            );
            let firsts = [firsts.0.unwrap(), firsts.1.unwrap()];
            let waits = firsts.iter().filter(|one| **one == Ok(Outcome::Waits)).count();
            assert!(waits == 1, "{engine:?}: {firsts:?}");
            if firsts.contains(&Ok(Outcome::Done)) {
                continue;
            }
            let (a, b) = tokio::join!(
                type_form(&desk.office, &third, at, what.clone()),
                type_form(&colleague, &third, at, what.clone()),
            );
            let done = [a.unwrap(), b.unwrap()];
            assert!(done.contains(&Ok(Outcome::Done)), "{engine:?}: {done:?}");
        }
        assert_eq!(desk.waiting().await, 10, "{engine:?}");
    }
}

#[tokio::test]
async fn a_form_whose_answer_was_sent_before_the_power_went_is_still_one_answer() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 125).await;
        let [first, _, second, _] = people(&desk);
        let at = (drawn(&desk, 1).await, 1);
        let mut sent = desk.answers(desk.communes()[0], Trust::Open, Route::DoneInPerson, 1);
        sent[0].nonce = Some(desk.office.keys.paper_nonce(desk.tenant, at.0, at.1));
        desk.office.store.keep(&sent).await.unwrap();
        types(&desk, &first, at, &KEYS).await.unwrap();
        assert_eq!(types(&desk, &second, at, &KEYS).await, Ok(Outcome::Done), "{engine:?}");
        assert_eq!(desk.waiting().await, 1);
    }
}

#[tokio::test]
async fn the_next_form_is_one_that_somebody_can_type() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 126).await;
        let [first, colleague, second, _] = people(&desk);
        let batch = drawn(&desk, 3).await;
        let next = async |who: &Principal, after| next_form(&desk.office, who, batch, after).await.unwrap();
        assert_eq!(next(&first, 0).await, Some(1));
        types(&desk, &first, (batch, 1), &KEYS).await.unwrap();
        types(&desk, &first, (batch, 2), &KEYS).await.unwrap();
        assert_eq!((next(&first, 2).await, next(&first, 0).await), (Some(3), Some(3)));
        assert_eq!((next(&colleague, 0).await, next(&second, 0).await), (Some(3), Some(1)), "{engine:?}");
        assert_eq!(next(&second, 3).await, Some(1), "past the last it begins again");
        types(&desk, &first, (batch, 3), &KEYS).await.unwrap();
        assert_eq!((next(&first, 3).await, next(&colleague, 0).await), (None, None));
    }
}

#[tokio::test]
async fn a_batch_that_is_withdrawn_forgets_what_waits_and_takes_nothing_more() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 127).await;
        let [first, _, second, _] = people(&desk);
        let batch = drawn(&desk, 3).await;
        types(&desk, &first, (batch, 1), &KEYS).await.unwrap();
        types(&desk, &first, (batch, 2), &KEYS).await.unwrap();
        types(&desk, &second, (batch, 2), &KEYS).await.unwrap();
        let actor = Actor::of_the_command_line(desk.tenant);
        void_paper(&desk.office, &actor, batch).await.unwrap();
        let stages: Vec<Stage> = desk
            .office
            .store
            .paper_forms(desk.tenant, batch)
            .await
            .unwrap()
            .iter()
            .map(|f| f.stage)
            .collect();
        assert_eq!(stages, [Stage::Done], "{engine:?}");
        assert_eq!(stop(&desk, &second, (batch, 1)).await, Some(Stop::Voided));
        let late = desk.office.store.put_paper(desk.tenant, (batch, 3), &[0; store::paper::RECORD]).await;
        assert!(!late.unwrap(), "the database itself takes nothing of a withdrawn batch");
        assert!(void_paper(&desk.office, &actor, batch).await.is_err(), "twice");
    }
}

#[tokio::test]
async fn forms_are_typed_until_the_last_run_of_their_survey_and_then_forgotten() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 128).await;
        usecase::fold::fold_due(&desk.office, desk.tenant).await.expect("the calendar begins");
        let [first, _, second, _] = people(&desk);
        let batch = drawn(&desk, 3).await;
        types(&desk, &first, (batch, 1), &KEYS).await.unwrap();
        desk.set_clock(datetime!(2027-01-30 05:00 UTC));
        assert_eq!(types(&desk, &second, (batch, 1), &KEYS).await, Ok(Outcome::Done), "{engine:?}");
        types(&desk, &first, (batch, 2), &KEYS).await.unwrap();
        desk.set_clock(datetime!(2027-02-02 05:00 UTC));
        usecase::fold::fold_due(&desk.office, desk.tenant).await.expect("the last run");
        assert_eq!(stop(&desk, &second, (batch, 2)).await, Some(Stop::Over));
        let forms = desk.office.store.paper_forms(desk.tenant, batch).await.unwrap();
        assert_eq!(forms.iter().map(|form| form.form).collect::<Vec<_>>(), [1]);
    }
}

#[tokio::test]
async fn a_batch_has_a_place_with_a_survey_and_a_number_of_forms() {
    let desk = Desk::open(Engine::Sqlite, 129).await;
    let wish = |forms| PaperWish { unit: desk.communes()[0], language: Language::Km, forms };
    let actor = Actor::of_the_command_line(desk.tenant);
    for forms in [0, 501] {
        let refused = draw_paper(&desk.office, &actor, wish(forms)).await.unwrap();
        assert_eq!(refused, Err(PaperFault::Forms(500)));
    }
    let nowhere = PaperWish { unit: desk.province().root, ..wish(3) };
    let drawn = draw_paper(&desk.office, &actor, nowhere).await.unwrap();
    assert_eq!(drawn, Err(PaperFault::NoSurvey));
    let officer = Actor::from(&people(&desk)[0]);
    assert!(matches!(draw_paper(&desk.office, &officer, wish(3)).await, Err(UsecaseError::Forbidden)));
    assert!(matches!(void_paper(&desk.office, &officer, 1).await, Err(UsecaseError::Forbidden)));
    let first = &people(&desk)[0];
    let batch = draw_paper(&desk.office, &actor, wish(3)).await.unwrap().unwrap();
    for form in [0, 4, -1] {
        assert_eq!(stop(&desk, first, (batch, form)).await, Some(Stop::NoForm));
    }
    assert!(open_form(&desk.office, first, (batch + 1, 1)).await.is_err());
}
