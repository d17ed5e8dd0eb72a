//! Leaving published parts out of a figure and taking them back in: whole parts only, each decision a
//! release of its own, nothing edited.

use domain::period::Month;
use domain::reading::Reading;
use domain::report::{AgencyReport, ProvinceReport};
use domain::scope::Scope;
use domain::survey::{Mode, Route, Trust, Variant};
use store::exclusion::Decision;
use tests::desk::{Desk, SURVEY};
use tests::process::Engine;
use time::macros::{date, datetime};
use usecase::UsecaseError;
use usecase::check::check;
use usecase::demo::generate::{Generator, Wish as Answers};
use usecase::exclusion::{FlagPart, Wish, decide, flag_parts};
use usecase::figures::{ProvinceView, Question, read_agency, read_province};
use usecase::fold::fold_due;
use usecase::record::{Flag, KeptText};
use usecase::submit::seal;

const FLAGGED: usize = 30;
const PLAIN: usize = 110;

/// A quarter at one unit: plain answers, and as many flagged ones as asked for, all dissatisfied.
async fn quarter(desk: &Desk, flagged: usize) {
    fold_due(&desk.office, desk.tenant).await.unwrap();
    let (survey, unit) = (desk.survey(), desk.communes()[0]);
    let mut generator = Generator::new(&survey.questions, 5);
    let truth = generator.truth(unit);
    let wish = Answers {
        deciding: unit,
        receiving: unit,
        touchpoint: None,
        mode: Mode::Slip,
        trust: Trust::Verified,
        variant: Variant::Full,
        route: Route::DoneInPerson,
        field: String::new(),
    };
    let mut envelopes = Vec::new();
    for at in 0..PLAIN + flagged {
        let (mut kept, text) = generator.answer(&wish, &truth);
        kept.flag = if at < PLAIN { Flag::None } else { Flag::StraightLine };
        kept.route = Route::DoneInPerson;
        let text = KeptText {
            unit,
            month: Month::of(desk.office.today()),
            mood: 3,
            text: text.chars().take(0).collect(),
        };
        let sealed = seal(&desk.office, desk.tenant, survey.survey.id, None, &kept, &text);
        envelopes.push(sealed.unwrap());
    }
    desk.office.store.keep(&envelopes).await.unwrap();
    desk.set_clock(datetime!(2026-10-05 05:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    desk.set_clock(datetime!(2027-01-01 05:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
}

async fn report(desk: &Desk, release: Option<i64>) -> AgencyReport {
    let province = desk.province();
    let unit = province.unit(desk.communes()[0]).unwrap();
    let period = Some("2026-Q4".to_owned());
    let question = Question { survey: None, period, trust: Some(Trust::Verified), release, receiving: false };
    let scope = Scope::of_the_office(desk.tenant);
    read_agency(&desk.office, &province, &scope, unit, &question).await.unwrap()
}

async fn province(desk: &Desk, release: Option<i64>) -> ProvinceReport {
    let period = Some("2026-Q4".to_owned());
    let question = Question { survey: None, period, trust: Some(Trust::Verified), release, receiving: false };
    let (scope, view) = (Scope::of_the_office(desk.tenant), ProvinceView::default());
    read_province(&desk.office, &desk.province(), &scope, &question, &view).await.unwrap()
}

async fn parts(desk: &Desk) -> Vec<FlagPart> {
    flag_parts(&desk.office, desk.tenant, desk.survey().survey.id, i64::MAX).await.unwrap()
}

fn wish(parts: &[&FlagPart], excludes: bool) -> Wish {
    Wish {
        survey: SURVEY.into(),
        parts: parts.iter().map(|part| part.name()).collect(),
        excludes,
        reason: "áp phích treo nhầm".into(),
    }
}

fn index(reading: &Reading) -> (u64, f64) {
    reading.figure().map(|figure| (figure.n, figure.index)).unwrap()
}

#[tokio::test]
async fn the_figure_without_a_part_is_that_of_everybody_else() {
    for engine in Engine::BOTH {
        let (desk, alone) = (Desk::open(engine, 91).await, Desk::open(engine, 91).await);
        quarter(&desk, FLAGGED).await;
        quarter(&alone, 0).await;
        let all = parts(&desk).await;
        let flagged = all.iter().find(|part| part.key.band == "straight-line").expect("a part");
        assert_eq!((all.len(), flagged.n), (2, 30), "{engine:?}");
        let before = report(&desk, None).await;
        assert!(before.without.is_empty());
        let release = decide(&desk.office, desk.tenant, "lan", &wish(&[flagged], true)).await.unwrap();
        let after = report(&desk, None).await;
        assert_eq!((after.nodes.clone(), after.told.clone()), (before.nodes.clone(), before.told.clone()));
        let [line] = after.without.as_slice() else { panic!("{:?}", after.without) };
        assert_eq!(line.excluded, 30);
        assert_eq!(index(&line.full), index(&before.nodes[0].reading));
        let (n, value) = index(&line.without);
        let expected = index(&report(&alone, None).await.nodes[0].reading);
        assert_eq!(n, expected.0);
        assert!((value - expected.1).abs() < 1e-9, "{value} instead of {}", expected.1);
        let old = report(&desk, Some(release - 1)).await;
        assert!(old.without.is_empty(), "the release before knows nothing of it");

        // All units of the province together: here it is the only one with answers.
        let whole = province(&desk, None).await.without;
        let [line] = whole.as_slice() else { panic!("{whole:?}") };
        assert_eq!((line.excluded, index(&line.without)), (30, (n, value)));
        assert!(province(&desk, Some(release - 1)).await.without.is_empty());
    }
}

#[tokio::test]
async fn a_decision_is_a_release_that_the_ledger_holds_and_a_later_one_takes_back() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 92).await;
        quarter(&desk, FLAGGED).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let all = parts(&desk).await;
        let flagged = all.iter().find(|part| part.key.band == "straight-line").unwrap();
        let out = decide(office, tenant, "lan", &wish(&[flagged], true)).await.unwrap();
        let again = decide(office, tenant, "lan", &wish(&[flagged], true)).await.unwrap_err();
        assert!(matches!(again, UsecaseError::Refused(_)), "{engine:?}: {again}");
        let back = decide(office, tenant, "ha", &wish(&[flagged], false)).await.unwrap();
        assert_eq!(back, out + 1);
        assert!(report(&desk, None).await.without.is_empty());
        assert_eq!(report(&desk, Some(out)).await.without.len(), 1, "that release stays as it was");
        let releases = office.store.releases(tenant).await.unwrap();
        assert_eq!((releases[0].kind.as_str(), releases[1].kind.as_str()), ("exclusion", "exclusion"));
        assert_ne!(releases[0].hash, releases[1].hash);
        let findings = check(office, &desk.province()).await.unwrap();
        assert!(findings.iter().all(|finding| finding.fault.is_none()), "{findings:?}");
        let log = office.store.audit(tenant).await.unwrap();
        let noted: Vec<&str> = log.iter().map(|line| line.what.as_str()).collect();
        assert!(noted.ends_with(&["exclude", "return"]), "{noted:?}");
    }
}

#[tokio::test]
async fn only_whole_published_parts_with_a_sign_can_be_left_out() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 93).await;
        quarter(&desk, FLAGGED).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let all = parts(&desk).await;
        let plain = all.iter().find(|part| part.key.band == "none").unwrap();
        let refused = decide(office, tenant, "lan", &wish(&[plain], true)).await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Refused(_)), "{engine:?}: {refused}");
        let made_up = Wish { parts: vec!["0123456789abcdef".into()], ..wish(&[], true) };
        let refused = decide(office, tenant, "lan", &made_up).await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Unknown { what: "part", .. }), "{refused}");
        // Nor does the database take what is no part.
        let when = (date!(2027 - 01 - 01), Month::new(2027, 1).unwrap());
        let run =
            office.store.begin_run(tenant, "exclusion", when, [3; 16], office.now()).await.unwrap().unwrap();
        let mut part = plain.key.clone();
        part.band = "burst".into();
        let decision =
            Decision { release: run.release, excludes: true, part, reason: "x".into(), who: "lan".into() };
        let refused =
            office.store.publish_decisions(&run, "00", &[decision], office.now()).await.unwrap_err();
        assert!(refused.is_refusal(), "{refused}");
        office.store.discard(&run).await.unwrap();
        assert!(office.store.decisions(tenant).await.unwrap().is_empty());
        assert!(office.store.releases(tenant).await.unwrap().iter().all(|one| one.kind == "fold"));
    }
}

#[tokio::test]
async fn a_decision_that_broke_off_leaves_nothing_and_the_next_fold_goes_on() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 94).await;
        quarter(&desk, FLAGGED).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let before = office.store.releases(tenant).await.unwrap().len();
        let when = (date!(2027 - 01 - 02), Month::new(2027, 1).unwrap());
        let run = office.store.begin_run(tenant, "exclusion", when, [4; 16], office.now()).await.unwrap();
        assert!(run.is_some(), "{engine:?}: the process that began it is gone now");
        desk.submit(desk.communes()[1], Trust::Verified, Route::DoneInPerson, 12).await;
        desk.set_clock(datetime!(2027-01-04 05:00 UTC));
        fold_due(office, tenant).await.unwrap();
        let releases = office.store.releases(tenant).await.unwrap();
        assert_eq!((releases.len(), releases[0].kind.as_str()), (before + 1, "fold"));
    }
}

#[tokio::test]
async fn the_ledger_holds_the_reason() {
    let mut heads = Vec::new();
    for reason in ["áp phích treo nhầm", "vì muốn điểm cao"] {
        let desk = Desk::open(Engine::Sqlite, 95).await;
        quarter(&desk, FLAGGED).await;
        let all = parts(&desk).await;
        let flagged = all.iter().find(|part| part.key.band == "straight-line").unwrap();
        let decided = Wish { reason: reason.into(), ..wish(&[flagged], true) };
        decide(&desk.office, desk.tenant, "lan", &decided).await.unwrap();
        let releases = desk.office.store.releases(desk.tenant).await.unwrap();
        heads.push(releases.into_iter().map(|release| release.hash).collect::<Vec<_>>());
    }
    assert_eq!(heads[0][1..], heads[1][1..], "the same province up to the decision");
    assert_ne!(heads[0][0], heads[1][0]);
}
