//! Opening a survey, and its end: all that is wrong is said at once, and nothing is half stored.

use domain::new_survey::{SurveyDraft, SurveyFault, SurveyField, TermFault};
use domain::period::Month;
use domain::survey::{Mode, Route, Trust, Variant};
use tests::desk::{Desk, SURVEY};
use tests::process::Engine;
use time::macros::datetime;
use usecase::UsecaseError;
use usecase::open_survey::{NewSurvey, close_survey, open_survey};
use usecase::survey_plan::{plan_survey, read_draft};
use usecase::survey_term::{reopen_survey, set_last_month};
use usecase::touchpoints::hang;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn new(code: &str) -> NewSurvey {
    NewSurvey {
        code: code.into(),
        name: "Đợt thử".into(),
        instrument: "post-service".into(),
        version: None,
        variant: Variant::Full,
        from: month("2026-11"),
        to: month("2027-01"),
        units: None,
        k: 10,
        definition: None,
    }
}

fn fields(error: &UsecaseError) -> Vec<SurveyField> {
    match error {
        UsecaseError::Survey(faults) => faults.iter().map(SurveyFault::field).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_its_field_and_nothing_is_stored() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 61).await;
        let before = (desk.province().surveys().len(), desk.province().touchpoints().count());
        let wrong = NewSurvey {
            code: SURVEY.into(),
            name: " ".into(),
            to: month("2026-10"),
            k: 4,
            units: Some(vec!["31825".into(), "99999".into()]),
            definition: Some("best".into()),
            ..new("X")
        };
        let refused = open_survey(&desk.office, desk.tenant, wrong).await.unwrap_err();
        let expected = [
            SurveyField::Code,
            SurveyField::Name,
            SurveyField::To,
            SurveyField::Units,
            SurveyField::K,
            SurveyField::Definition,
        ];
        assert_eq!(fields(&refused), expected, "{engine:?}");
        desk.office.refresh().await.unwrap();
        let after = (desk.province().surveys().len(), desk.province().touchpoints().count());
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn a_survey_is_not_about_a_unit_whose_visitors_could_not_say_what_it_was_about() {
    let desk = Desk::open(Engine::Sqlite, 62).await;
    let department = "code,parent_code,level,name,name_en\nCM-STP,96,department,Sở Tư pháp,Justice\n";
    let wanted = usecase::import::units::UnitsWanted { tag: Some("CM"), ..Default::default() };
    let all = format!("{}{}", tests::desk::UNITS, department.split_once('\n').unwrap().1);
    usecase::import::units::import_units(&desk.office, all.as_bytes(), wanted).await.unwrap();
    desk.office.refresh().await.unwrap();
    let refused = open_survey(&desk.office, desk.tenant, new("Y")).await.unwrap_err();
    assert_eq!(fields(&refused), [SurveyField::Units]);
    assert!(refused.to_string().contains("Sở Tư pháp"), "{refused}");
    // One tap at a kiosk asks for no field.
    let kiosk = NewSurvey { variant: Variant::Kiosk, ..new("Y") };
    assert!(plan_survey(&desk.office, &desk.province(), &kiosk).is_ok());
}

#[tokio::test]
async fn what_was_typed_is_read_or_named() {
    let desk = Desk::open(Engine::Sqlite, 63).await;
    let draft = SurveyDraft {
        code: " SH-1 ".into(),
        name: "Tên".into(),
        instrument: "post-service@1".into(),
        variant: "full".into(),
        from: "2026-10".into(),
        to: "2026-12".into(),
        units: "commune".into(),
        chosen: vec!["never".into()],
        k: "10".into(),
        definition: String::new(),
    };
    let province = desk.province();
    let read = read_draft(&province, &draft, desk.office.today()).unwrap();
    assert_eq!((read.code.as_str(), read.version), ("SH-1", Some(1)));
    assert_eq!(read.units.as_ref().unwrap().len(), 3);
    let plan = plan_survey(&desk.office, &province, &read).unwrap();
    assert_eq!((plan.places.len(), plan.hanging, plan.displaced.len()), (0, 3, 1));
    let wrong = SurveyDraft { from: "10/2026".into(), to: String::new(), k: "ten".into(), ..draft };
    let faults = read_draft(&province, &wrong, desk.office.today()).unwrap_err();
    let named: Vec<SurveyField> = faults.iter().map(SurveyFault::field).collect();
    assert_eq!(named, [SurveyField::From, SurveyField::To, SurveyField::K]);
}

#[tokio::test]
async fn the_last_month_moves_until_the_survey_ends_and_never_after() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 64).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let set = |to: &'static str| set_last_month(office, tenant, "lan", (SURVEY, month(to)));
        set("2027-03").await.unwrap();
        assert_eq!(desk.survey().survey.to, month("2027-03"), "{engine:?}");
        set("2026-12").await.unwrap();
        let refused = set("2026-09").await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Term(TermFault::BeforeFirst(_))), "{refused}");
        desk.set_clock(datetime!(2026-11-20 05:00 UTC));
        let refused = set("2026-10").await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Term(TermFault::Past(_))), "{refused}");
        // The last evening of the grace, then the morning of the run that ends it.
        desk.set_clock(datetime!(2027-01-30 16:59 UTC));
        set("2027-01").await.unwrap();
        set("2027-02").await.unwrap();
        desk.set_clock(datetime!(2027-03-30 17:00 UTC));
        let refused = set("2027-12").await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Term(TermFault::Over(31))), "{refused}");
        assert_eq!(desk.survey().survey.to, month("2027-02"));
        let log = office.store.audit(tenant).await.unwrap();
        let moves = log.iter().filter(|line| line.what == "survey-extend" && line.who == "lan").count();
        assert_eq!(moves, 3, "every change is noted, no refusal is");
    }
}

#[tokio::test]
async fn a_survey_closed_by_mistake_opens_again_and_an_ended_one_does_not() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 65).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        assert!(close_survey(office, tenant, SURVEY).await.unwrap());
        let refused = set_last_month(office, tenant, "lan", (SURVEY, month("2027-03"))).await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Term(TermFault::Closed)), "{engine:?}: {refused}");
        reopen_survey(office, tenant, "lan", SURVEY).await.unwrap();
        assert!(!desk.survey().survey.closed);
        office.store.end_survey(tenant, desk.survey().survey.id, office.now()).await.unwrap();
        close_survey(office, tenant, SURVEY).await.unwrap();
        let refused = reopen_survey(office, tenant, "lan", SURVEY).await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Term(TermFault::Over(_))), "{refused}");
    }
}

#[tokio::test]
async fn two_who_make_posters_at_once_make_one_for_each_place() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 66).await;
        let other = desk.colleague(67).await;
        let places = desk.communes();
        let (mode, variant) = (Mode::Link, Variant::Full);
        let both = tokio::join!(
            hang(&desk.office, desk.tenant, &places, &mode, variant),
            hang(&other, desk.tenant, &places, &mode, variant),
        );
        assert_eq!(both.0.unwrap() + both.1.unwrap(), places.len(), "{engine:?}");
        desk.office.refresh().await.unwrap();
        assert_eq!(desk.province().touchpoints().filter(|t| t.mode == mode).count(), places.len());
    }
}

#[tokio::test]
async fn what_waits_is_counted_in_tens_and_a_count_of_nothing_is_a_count() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 68).await;
        let store = &desk.office.store;
        assert_eq!(store.waiting_counted_on(desk.tenant).await.unwrap(), None, "{engine:?}");
        desk.submit(desk.communes()[0], Trust::Open, Route::DoneInPerson, 9).await;
        usecase::fold::count_waiting(&desk.office, desk.tenant).await.unwrap();
        assert_eq!(store.waiting_counted_on(desk.tenant).await.unwrap(), Some(desk.office.today()));
        assert!(store.waiting(desk.tenant).await.unwrap().is_empty(), "nine are not said");
    }
}
