//! Answers with help: the kind of helper goes with the answer, the name never; counts come out in tens and
//! a day late. Calls: serial numbers, one outcome for each call.

use domain::call::CallOutcome;
use domain::family::Family;
use domain::id::{AccountId, UnitId};
use domain::right::Actor;
use domain::scope::{Principal, Role};
use domain::survey::{Helper, Mode, Route, Trust, Variant};
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::UsecaseError;
use usecase::call::{CallFault, called, draw_calls, next_call, note_call, own_list, own_lists, void_calls};
use usecase::demo::generate::{Generator, Wish};
use usecase::entry::Bands;
use usecase::help::{count_help, helped, places};
use usecase::record::Kept;
use usecase::sign_in::{NewAccount, add_account};

fn somebody(desk: &Desk, number: u8, role: Role, unit: Option<UnitId>) -> Principal {
    let (account, name) = (AccountId::from_bytes([number; 16]), format!("person-{number}"));
    Principal { account, name, tenant: desk.tenant, role, unit }
}

fn kept(desk: &Desk, mode: Mode, helper: Option<Helper>) -> Kept {
    let survey = desk.survey();
    let unit = desk.communes()[0];
    let mut generator = Generator::new(&survey.questions, 7);
    let truth = generator.truth(unit);
    let wish = Wish {
        deciding: unit,
        receiving: unit,
        touchpoint: None,
        mode,
        trust: Trust::Open,
        variant: Variant::Full,
        route: Route::DoneInPerson,
        field: String::new(),
    };
    Kept { helper, ..generator.answer(&wish, &truth).0 }
}

#[tokio::test]
async fn the_kind_of_helper_is_a_band_of_assisted_answers_alone() {
    let desk = Desk::open(Engine::Sqlite, 150).await;
    let survey = desk.survey();
    let instrument = &survey.questions.instrument;
    let band = |kept: &Kept| {
        let again = Kept::decode(&kept.encode().unwrap()).unwrap();
        assert_eq!(again, *kept);
        Bands::of(&again, instrument).code(Family::Helper, instrument)
    };
    for helper in Helper::ALL {
        assert_eq!(band(&kept(&desk, Mode::Assisted, Some(*helper))), helper.code());
    }
    assert_eq!(band(&kept(&desk, Mode::Assisted, None)), "_blank");
    assert_eq!(band(&kept(&desk, Mode::Poster, None)), "_not-asked");
    assert_eq!(band(&kept(&desk, Mode::Phone, None)), "_not-asked");
}

#[tokio::test]
async fn helpers_help_at_their_own_places_where_a_survey_is_open() {
    let desk = Desk::open(Engine::Sqlite, 151).await;
    let (province, communes) = (desk.province(), desk.communes());
    let at = |role, unit| places(&desk.office, &province, &somebody(&desk, 1, role, unit));
    for role in [Role::AgencyOfficer, Role::Interviewer] {
        assert_eq!(at(role, Some(communes[1])), [communes[1]]);
        assert_eq!(at(role, None), []);
    }
    for role in [Role::ProvinceAdmin, Role::ProvinceAnalyst, Role::AgencyHead, Role::Auditor] {
        assert_eq!(at(role, Some(communes[1])), [], "{role}");
    }
    desk.set_clock(datetime!(2027-02-02 05:00 UTC));
    assert_eq!(at(Role::Interviewer, Some(communes[1])), [], "the survey is over");
}

#[tokio::test]
async fn what_somebody_helped_with_comes_out_in_tens_as_of_the_last_midnight() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 152).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let new = NewAccount {
            name: "lan".into(),
            password: "mật khẩu rất dài".into(),
            role: Role::Interviewer,
            unit: Some("31825".into()),
        };
        add_account(office, tenant, new).await.unwrap();
        let who = office.store.accounts(tenant).await.unwrap()[0].principal.account;
        let other = desk.colleague(5).await;
        for _ in 0..12 {
            let (a, b) =
                tokio::join!(count_help(office, tenant, who, false), count_help(&other, tenant, who, false));
            a.unwrap();
            b.unwrap();
        }
        for _ in 0..9 {
            count_help(office, tenant, who, true).await.unwrap();
        }
        let analyst = Actor::from(&somebody(&desk, 2, Role::ProvinceAnalyst, None));
        let seen = async || {
            let seen = helped(office, &analyst).await.unwrap();
            seen.iter().map(|one| (one.assisted, one.phone)).collect::<Vec<_>>()
        };
        assert_eq!(seen().await, [(0, 0)], "{engine:?}: nothing of today");
        desk.set_clock(datetime!(2026-10-02 05:00 UTC));
        assert_eq!(seen().await, [(20, 0)], "{engine:?}: twenty-four and nine");
        count_help(office, tenant, who, true).await.unwrap();
        assert_eq!(seen().await, [(20, 0)]);
        desk.set_clock(datetime!(2026-10-03 05:00 UTC));
        assert_eq!(seen().await, [(20, 10)]);
        let record = office.store.helper_count(tenant, who).await.unwrap().unwrap();
        assert_eq!(record.len(), store::helper_count::RECORD);
        let interviewer = Actor::from(&somebody(&desk, 3, Role::Interviewer, Some(desk.communes()[0])));
        assert!(matches!(helped(office, &interviewer).await, Err(UsecaseError::Forbidden)));
    }
}

async fn list(desk: &Desk, tasks: u32) -> i64 {
    let actor = Actor::of_the_command_line(desk.tenant);
    draw_calls(&desk.office, &actor, desk.communes()[0], tasks).await.unwrap().unwrap()
}

#[tokio::test]
async fn whoever_does_not_answer_is_called_three_times_and_whoever_refuses_never_again() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 153).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let who = somebody(&desk, 1, Role::Interviewer, Some(desk.communes()[0]));
        let number = list(&desk, 3).await;
        let list = own_list(office, &desk.province(), &who, number).await.unwrap();
        let next = async || next_call(office, tenant, &list).await.unwrap();
        let note = async |at, outcome| note_call(office, &who, &list, at, outcome).await.unwrap();
        assert_eq!(next().await, Some((1, 0)), "{engine:?}");
        assert!(note((1, 0), CallOutcome::NoAnswer).await);
        assert!(!note((1, 0), CallOutcome::Refused).await, "somebody has just called");
        assert_eq!(next().await, Some((2, 0)));
        assert!(note((2, 0), CallOutcome::WrongNumber).await);
        assert!(note((3, 0), CallOutcome::CallAgain).await);
        assert_eq!(next().await, Some((1, 1)));
        assert!(note((1, 1), CallOutcome::NoAnswer).await);
        assert_eq!(next().await, Some((3, 1)));
        assert!(note((3, 1), CallOutcome::Reached).await);
        assert_eq!(next().await, Some((1, 2)));
        assert!(note((1, 2), CallOutcome::NoAnswer).await);
        assert_eq!(next().await, None, "three times at most");
        let all = called(office, tenant).await.unwrap();
        assert_eq!((all[0].outcomes, all[0].fresh), ([1, 0, 1, 1, 0], 0));
        assert_eq!(all[0].response_rate(), Some(50.0), "one of two who have that number");
        for bad in [(0, 0), (4, 0), (1, 3), (1, -1)] {
            assert!(note_call(office, &who, &list, bad, CallOutcome::Reached).await.is_err(), "{bad:?}");
        }
    }
}

#[tokio::test]
async fn a_list_is_of_ones_own_places_and_a_withdrawn_one_is_closed() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 154).await;
        let (office, province) = (&desk.office, desk.province());
        let who = somebody(&desk, 1, Role::Interviewer, Some(desk.communes()[0]));
        let other = somebody(&desk, 2, Role::Interviewer, Some(desk.communes()[1]));
        let number = list(&desk, 2).await;
        let known = own_list(office, &province, &who, number).await.unwrap();
        assert!(own_list(office, &province, &other, number).await.is_err(), "another commune's");
        let actor = Actor::of_the_command_line(desk.tenant);
        void_calls(office, &actor, number).await.unwrap();
        assert!(own_lists(office, &province, &who).await.unwrap().is_empty());
        let noted = note_call(office, &who, &known, (1, 0), CallOutcome::Reached).await.unwrap();
        assert!(!noted, "{engine:?}: the database takes nothing of a withdrawn list");
        assert!(void_calls(office, &actor, number).await.is_err());
        for tasks in [0, 2_001] {
            let refused = draw_calls(office, &actor, desk.communes()[0], tasks).await.unwrap();
            assert_eq!(refused, Err(CallFault::Tasks(2_000)));
        }
        let nowhere = draw_calls(office, &actor, province.root, 3).await.unwrap();
        assert_eq!(nowhere, Err(CallFault::NoSurvey));
        let head = Actor::from(&somebody(&desk, 3, Role::AgencyHead, Some(desk.communes()[0])));
        assert!(matches!(
            draw_calls(office, &head, desk.communes()[0], 3).await,
            Err(UsecaseError::Forbidden)
        ));
    }
}
