//! What the figures of many units bear together, on both engines: differences, places on request,
//! a figure through time, alarms, modelled units, and the planner.

use super::bands::{Hall, NOVEMBER};
use domain::id::{AccountId, UnitId};
use domain::report::analysis::{AnalysisReport, KindAnalysis, LeftOut, ModelledClass, SeriesOf, Step};
use domain::report::planner::{Leaving, NotShared, Plan, PlannerReport, Sharing};
use domain::report::{Band, Trend};
use domain::right::Actor;
use domain::scope::{Principal, Role, Scope};
use domain::survey::Trust;
use domain::unit::UnitKind;
use tests::process::Engine;
use time::macros::datetime;
use usecase::figures::{AnalysisView, Question, read_analysis, read_planner};
use usecase::office::Office;
use usecase::target::set_target;

fn question(hall: &Hall) -> Question {
    Question {
        survey: Some(hall.survey.to_owned()),
        period: Some("2026".to_owned()),
        trust: Some(Trust::Verified),
        ..Question::default()
    }
}

fn member(hall: &Hall, role: Role) -> Actor {
    Actor::from(&Principal {
        account: AccountId::from_bytes([7; 16]),
        name: role.to_string(),
        tenant: hall.desk.tenant,
        role,
        unit: None,
    })
}

async fn read_as(hall: &Hall, office: &Office, role: Role, view: &AnalysisView) -> AnalysisReport {
    let scope = Scope::of_the_office(hall.desk.tenant);
    let asked = (&question(hall), view);
    read_analysis(office, &hall.desk.province(), &scope, &member(hall, role), asked).await.unwrap()
}

async fn read(hall: &Hall, view: &AnalysisView) -> AnalysisReport {
    read_as(hall, &hall.desk.office, Role::ProvinceAnalyst, view).await
}

async fn communes(hall: &Hall, view: &AnalysisView) -> KindAnalysis {
    read(hall, view).await.groups.swap_remove(0)
}

fn ranks() -> AnalysisView {
    AnalysisView { ranks: true, most: Some(10.0), ..AnalysisView::default() }
}

/// Three communes, each with people who are satisfied with everything and people who are with nothing.
async fn hall(engine: Engine, seed: u8, people: [(usize, usize); 3]) -> (Hall, [UnitId; 3]) {
    let hall = Hall::open(engine, seed).await;
    let [a, b, c] = hall.desk.communes()[..] else { panic!("three communes") };
    for (unit, (glad, sorry)) in [a, b, c].into_iter().zip(people) {
        hall.verified(unit, glad, sorry).await;
    }
    hall.fold(NOVEMBER).await;
    (hall, [a, b, c])
}

#[tokio::test]
async fn differences_are_those_from_the_peers_and_their_intervals_hold_together() {
    for engine in Engine::BOTH {
        let (hall, _) = hall(engine, 80, [(95, 5), (60, 40), (93, 7)]).await;
        let found = communes(&hall, &AnalysisView::default()).await;
        assert_eq!((found.units, found.peers.figure().unwrap().n), (3, 300));
        let differences = found.differences.unwrap();
        let points: Vec<f64> = differences.units.iter().map(|unit| unit.points).collect();
        for (found, expected) in points.iter().zip([95.0 - 76.5, 60.0 - 94.0, 93.0 - 77.5]) {
            assert!((found - expected).abs() < 1e-9, "{points:?}");
        }
        let bands: Vec<Band> = differences.units.iter().map(|unit| unit.band).collect();
        assert_eq!(bands, [Band::Above, Band::Below, Band::Above]);
        // One of three differences follows from the others: more than one of them, fewer than three.
        assert!((2.2..2.4).contains(&differences.critical), "{}", differences.critical);
        assert!((97.2..98.4).contains(&differences.each), "{}", differences.each);
        for unit in &differences.units {
            assert!(unit.low < unit.points && unit.points < unit.high);
        }
    }
}

#[tokio::test]
async fn a_place_is_given_only_on_request_and_never_without_its_set() {
    for engine in Engine::BOTH {
        let (hall, _) = hall(engine, 81, [(95, 5), (60, 40), (92, 8)]).await;
        assert_eq!(communes(&hall, &AnalysisView::default()).await.ranking, None);
        let ranking = communes(&hall, &ranks()).await.ranking.unwrap();
        let sets: Vec<_> = ranking.units.iter().map(|unit| (unit.place, unit.first, unit.last)).collect();
        // The first and the third cannot be told apart, the second is clearly the last.
        assert_eq!(sets, [(1, 1, 2), (3, 3, 3), (2, 1, 2)]);
        let figure = ranking.units[0].headline.figure().unwrap();
        let points = ranking.units[0].converted.unwrap();
        assert!((points.points - 9.5).abs() < 1e-9);
        assert!(
            (points.low - figure.low / 10.0).abs() < 1e-9 && (points.high - figure.high / 10.0).abs() < 1e-9
        );
        let without = AnalysisView { most: None, ..ranks() };
        let ranking = communes(&hall, &without).await.ranking.unwrap();
        assert!(ranking.units.iter().all(|unit| unit.converted.is_none()));
    }
}

#[tokio::test]
async fn ties_the_unanimous_and_the_small_have_no_place_and_are_named() {
    let (hall, _) = hall(Engine::Sqlite, 82, [(90, 10), (90, 10), (57, 2)]).await;
    let found = communes(&hall, &ranks()).await;
    let why =
        |out: &[(domain::report::UnitName, LeftOut)]| out.iter().map(|(_, why)| *why).collect::<Vec<_>>();
    assert_eq!(why(&found.left_out), [LeftOut::TooFew]);
    let ranking = found.ranking.unwrap();
    assert!(ranking.units.is_empty());
    assert_eq!(why(&ranking.left_out), [LeftOut::Tied, LeftOut::Tied]);

    let (hall, _) = self::hall(Engine::Sqlite, 83, [(90, 10), (100, 0), (80, 20)]).await;
    let ranking = communes(&hall, &ranks()).await.ranking.unwrap();
    assert_eq!((ranking.units.len(), why(&ranking.left_out)), (2, vec![LeftOut::Unanimous]));
}

#[tokio::test]
async fn the_same_release_gives_the_same_figures_and_prints_its_seed() {
    let (hall, [a, ..]) = hall(Engine::Sqlite, 84, [(95, 5), (60, 40), (93, 7)]).await;
    set_target(&hall.desk.office, hall.desk.tenant, hall.survey, 90.0).await.unwrap();
    let first = read(&hall, &ranks()).await;
    let fresh = hall.desk.colleague(85).await;
    let again = read_as(&hall, &fresh, Role::ProvinceAnalyst, &ranks()).await;
    assert_eq!((&first.groups, &first.alarms), (&again.groups, &again.alarms));
    let seed = |report: &AnalysisReport| report.groups[0].differences.as_ref().unwrap().simulated.seed;
    let head = &first.setting.release.as_ref().unwrap().head;
    assert_eq!(seed(&first), u64::from_str_radix(&head[..8], 16).unwrap());

    hall.verified(a, 90, 10).await;
    hall.fold(datetime!(2026-12-01 01:00 UTC)).await;
    assert_ne!(seed(&read(&hall, &ranks()).await), seed(&first), "another release, another seed");
}

#[tokio::test]
async fn modelled_units_are_for_those_who_look_after_the_survey_and_have_no_numbers() {
    for engine in Engine::BOTH {
        let (hall, [a, b, c]) = hall(engine, 86, [(95, 5), (88, 12), (12, 18)]).await;
        let name = |id: UnitId| hall.desk.province().unit(id).unwrap().code.clone();
        for role in Role::ALL.iter().copied() {
            let report = read_as(&hall, &hall.desk.office, role, &AnalysisView::default()).await;
            let may = matches!(role, Role::ProvinceAdmin | Role::ProvinceAnalyst);
            assert_eq!(report.modelled.is_some(), may, "{role}");
            let Some(found) = report.modelled else { continue };
            let units: Vec<_> = found.units.iter().map(|(unit, class)| (unit.code.clone(), *class)).collect();
            assert_eq!(units, [(name(c), ModelledClass::Below)], "only the small one");
            assert!(found.units.iter().all(|(unit, _)| unit.code != name(a) && unit.code != name(b)));
            assert_eq!(found.fitted, 3);
        }
    }
}

#[tokio::test]
async fn units_without_a_figure_are_not_modelled() {
    // Nine answers wait; nobody knows them.
    let (hall, _) = hall(Engine::Sqlite, 87, [(95, 5), (88, 12), (4, 5)]).await;
    assert_eq!(read(&hall, &AnalysisView::default()).await.modelled, None);
}

#[tokio::test]
async fn an_alarm_needs_a_declared_target_and_answers_that_speak_against_it() {
    for engine in Engine::BOTH {
        let hall = Hall::open(engine, 88).await;
        let [a, b, c] = hall.desk.communes()[..] else { panic!("three communes") };
        for (unit, glad) in [(a, 95), (b, 60), (c, 90)] {
            hall.verified(unit, glad, 100 - glad).await;
        }
        // What other levels of trust say of the first commune is no part of it.
        hall.people(a, (20, 80), Trust::Open, "").await;
        hall.fold(NOVEMBER).await;
        let alarms = read(&hall, &AnalysisView::default()).await.alarms;
        assert!(!alarms.is_declared && alarms.watch.is_none() && alarms.units.is_empty());
        for wrong in [0.0, 19.9, 99.5, f64::NAN] {
            assert!(set_target(&hall.desk.office, hall.desk.tenant, hall.survey, wrong).await.is_err());
        }
        set_target(&hall.desk.office, hall.desk.tenant, hall.survey, 90.0).await.unwrap();
        let report = read(&hall, &AnalysisView::default()).await;
        let watch = report.alarms.watch.unwrap();
        assert!(watch.false_alarms <= 1.0 && watch.threshold > 0.0);
        assert_eq!((watch.units, watch.releases), (3, 1));
        let [alarm] = &report.alarms.units[..] else { panic!("{:?}", report.alarms.units) };
        assert_eq!(alarm.unit.code, hall.desk.province().unit(b).unwrap().code);
        let figure = alarm.overall.figure().unwrap();
        assert_eq!(figure.n, 100);
        assert!((figure.index - 60.0).abs() < 1e-9 && figure.low < 60.0 && 60.0 < figure.high);
        // The verified answers came with the first release, the others with the second.
        assert_eq!((alarm.from.0, alarm.at.0, report.setting.release.unwrap().number), (1, 1, 2));
    }
}

#[tokio::test]
async fn a_month_without_a_figure_is_a_gap_with_its_reason() {
    let (hall, [a, ..]) = hall(Engine::Sqlite, 89, [(95, 5), (88, 12), (90, 10)]).await;
    hall.fold(datetime!(2026-12-01 01:00 UTC)).await;
    hall.verified(a, 85, 15).await;
    hall.fold(datetime!(2026-12-15 01:00 UTC)).await;
    let view = AnalysisView::default();
    let series = read(&hall, &view).await.series.unwrap();
    assert_eq!((series.of.clone(), series.step), (SeriesOf::Kind(UnitKind::Commune), Step::Month));
    let n: Vec<Option<u64>> =
        series.points.iter().map(|point| point.reading.figure().map(|figure| figure.n)).collect();
    assert_eq!(n, [Some(300), None, Some(100)], "October, November, December");
    let limits = series.points[0].limits.unwrap();
    assert!(limits.low < limits.high && limits.outside == Trend::Even);
    assert_eq!(series.points[1].limits, None);
    let other = AnalysisView { unit: Some("nothing".into()), ..view };
    let scope = Scope::of_the_office(hall.desk.tenant);
    let (question, who) = (question(&hall), member(&hall, Role::ProvinceAnalyst));
    let asked = (&question, &other);
    assert!(read_analysis(&hall.desk.office, &hall.desk.province(), &scope, &who, asked).await.is_err());
}

const PLAN: Plan = Plan {
    kind: UnitKind::Commune,
    difference: 5.0,
    power: 80.0,
    precision: 5.0,
    total: None,
    sharing: Sharing::SquareRoot,
    least: 60,
};

async fn plan(hall: &Hall, plan: &Plan) -> PlannerReport {
    let scope = Scope::of_the_office(hall.desk.tenant);
    read_planner(&hall.desk.office, &hall.desk.province(), &scope, &question(hall), plan).await.unwrap()
}

#[tokio::test]
async fn the_planner_says_what_is_needed_at_hand_and_missing() {
    for engine in Engine::BOTH {
        let (hall, _) = hall(engine, 90, [(95, 5), (60, 40), (92, 8)]).await;
        let found = plan(&hall, &PLAN).await;
        assert_eq!(found.units.iter().map(|line| line.have).collect::<Vec<_>>(), [100, 100, 100]);
        let leaving: Vec<Leaving> = found.units.iter().map(|line| line.leaving).collect();
        assert_eq!(leaving[1], Leaving::Left, "{leaving:?}");
        let needs = found.needs.unwrap();
        let wide = plan(&hall, &Plan { difference: 20.0, ..PLAN }).await.needs.unwrap();
        let wider = plan(&hall, &Plan { difference: 30.0, ..PLAN }).await.needs.unwrap();
        assert!(wide.between_two < needs.between_two && wider.between_two < wide.between_two);
        assert!(wider.below.is_some() && wider.below < wide.below, "{:?} {:?}", wider.below, wide.below);
        let surer = plan(&hall, &Plan { difference: 30.0, power: 90.0, ..PLAN }).await.needs.unwrap();
        assert!(surer.between_two > wider.between_two && surer.below > wider.below);
        // A difference within the margin is never claimed.
        let within = plan(&hall, &Plan { difference: 2.0, ..PLAN }).await.needs.unwrap();
        assert_eq!((within.below, within.above), (None, None));
        // No dossiers were imported: nothing to share out by, and no rule of Yamane.
        assert_eq!((found.not_shared, needs.yamane), (Some(NotShared::NoDossiers), None));
        assert!(found.units.iter().all(|line| line.share.is_none() && line.yamane.is_none()));
    }
}

#[tokio::test]
async fn the_analysis_is_for_those_who_may_read_the_whole_province() {
    let (hall, [a, ..]) = hall(Engine::Sqlite, 91, [(95, 5), (60, 40), (92, 8)]).await;
    let head = Principal {
        account: AccountId::from_bytes([8; 16]),
        name: "head".into(),
        tenant: hall.desk.tenant,
        role: Role::AgencyHead,
        unit: Some(a),
    };
    let scope = Scope::of(&head, vec![a]);
    let (question, who, view) = (question(&hall), Actor::from(&head), ranks());
    let (office, province) = (&hall.desk.office, hall.desk.province());
    assert!(read_analysis(office, &province, &scope, &who, (&question, &view)).await.is_err());
    assert!(read_planner(office, &province, &scope, &question, &PLAN).await.is_err());
}
