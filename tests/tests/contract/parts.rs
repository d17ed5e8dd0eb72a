//! From parts of cuts to breakdowns and to the counter's view, on both engines.

use domain::family::Family;
use domain::id::UnitId;
use domain::period::Month;
use domain::report::{BreakdownReport, PartName};
use domain::scope::Scope;
use domain::survey::{Mode, Route, Trust, Variant};
use store::inbox::Outcome;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::demo::generate::{Generator, Wish};
use usecase::figures::{Question, read_agency, read_breakdown};
use usecase::fold::fold_due;
use usecase::record::KeptText;
use usecase::submit::seal;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Answers about dossiers of a field that one unit decided and another received.
async fn keep(desk: &Desk, (deciding, receiving): (UnitId, UnitId), field: &str, route: Route, count: usize) {
    let survey = desk.survey();
    let mut generator = Generator::new(&survey.questions, u64::from_le_bytes(desk.office.chance.bytes()));
    let truth = generator.truth(deciding);
    let wish = Wish {
        deciding,
        receiving,
        touchpoint: None,
        mode: Mode::Slip,
        trust: Trust::Verified,
        variant: Variant::Full,
        route,
        field: field.into(),
    };
    let mut sealed = Vec::new();
    for _ in 0..count {
        let (kept, _) = generator.answer(&wish, &truth);
        let text =
            KeptText { unit: deciding, month: Month::of(desk.office.today()), mood: 3, text: String::new() };
        let nonce = Some(desk.office.chance.bytes());
        sealed.push(seal(&desk.office, desk.tenant, survey.survey.id, nonce, &kept, &text).unwrap());
    }
    assert!(desk.office.store.keep(&sealed).await.unwrap().iter().all(|outcome| *outcome == Outcome::New));
}

/// 140 answers that the first commune decided: 80 of its own counter, 60 of the second's; folded in
/// November, cut at the year's end.
async fn cut_year(engine: Engine) -> (Desk, UnitId, UnitId) {
    let desk = Desk::open(engine, 60).await;
    fold_due(&desk.office, desk.tenant).await.unwrap();
    let (first, second) = (desk.communes()[0], desk.communes()[1]);
    keep(&desk, (first, first), "ho-tich", Route::DoneInPerson, 80).await;
    keep(&desk, (first, second), "dat-dai", Route::DoneInPerson, 60).await;
    keep(&desk, (first, first), "ho-tich", Route::NotDone, 120).await;
    desk.set_clock(datetime!(2026-11-01 01:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    desk.set_clock(datetime!(2027-01-01 01:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    (desk, first, second)
}

fn year(receiving: bool) -> Question {
    Question { period: Some("2026".into()), receiving, ..Question::default() }
}

async fn by(desk: &Desk, unit: UnitId, family: Family) -> BreakdownReport {
    let province = desk.province();
    let scope = Scope::of_the_office(desk.tenant);
    let unit = province.unit(unit).unwrap();
    read_breakdown(&desk.office, &province, &scope, unit, &year(false), Some(family)).await.unwrap()
}

#[tokio::test]
async fn a_breakdown_adds_up_to_the_people_who_were_divided_and_knows_its_names() {
    for engine in ENGINES {
        let (desk, first, _) = cut_year(engine).await;
        let report = by(&desk, first, Family::Field).await;
        let people: Vec<_> = report.parts.iter().map(|part| (part.band.as_str(), part.people)).collect();
        assert_eq!(people, [("ho-tich", 80), ("dat-dai", 60)], "the larger first, nobody who still waits");
        assert!(matches!(&report.parts[0].name, PartName::Data(name) if name.vi == "Hộ tịch"));
        assert_eq!(report.parts[1].name, PartName::Closed("dat-dai".into()), "a field that no table knows");
        assert_eq!((report.divided, report.everybody, report.divided_above), (140, 140, 0));
        for part in &report.parts {
            let figure = part.headline.figure().unwrap();
            assert_eq!(figure.n, part.people);
            assert!(figure.low < figure.index && figure.index < figure.high);
        }
        assert!(report.families.contains(&Family::ReceivingCounter));
        let pairs = report.pairs.unwrap();
        assert_eq!((pairs.compared, pairs.distinct), (1, 0), "both fields have the same truth");
    }
}

#[tokio::test]
async fn the_headline_of_all_parts_together_is_that_of_the_whole() {
    let (desk, first, _) = cut_year(Engine::Sqlite).await;
    let report = by(&desk, first, Family::Field).await;
    let whole = report.whole.figure().unwrap();
    // The same people, from sums by block instead of sums by item. Factor shares are ratios, so the
    // mean of the parts only comes near.
    let parts = report.parts.iter().map(|part| (part.people as f64, part.headline.figure().unwrap().index));
    let (n, sum) = parts.fold((0.0, 0.0), |(n, sum), (people, index)| (n + people, sum + people * index));
    assert!((sum / n - whole.index).abs() < 1.0, "{} and {}", sum / n, whole.index);
}

#[tokio::test]
async fn a_counter_sees_what_was_handed_in_there_whoever_decided() {
    for engine in ENGINES {
        let (desk, first, second) = cut_year(engine).await;
        let province = desk.province();
        let scope = Scope::of_the_office(desk.tenant);
        for (unit, people) in [(first, 80), (second, 60)] {
            let unit = province.unit(unit).unwrap();
            let report = read_agency(&desk.office, &province, &scope, unit, &year(true)).await.unwrap();
            let received = report.received.unwrap();
            assert_eq!((received.people, received.divided, received.everybody), (people, 140, 140));
            assert_eq!(report.nodes[0].reading.figure().unwrap().n, people);
            assert!(report.nodes.iter().all(|node| node.depth < 2), "parts keep no single items");
            assert!(report.facts.is_empty(), "nor facts");
        }
        let third = province.unit(desk.communes()[2]).unwrap();
        let report = read_agency(&desk.office, &province, &scope, third, &year(true)).await.unwrap();
        assert_eq!(report.received.unwrap().people, 0);
        assert!(report.nodes.iter().all(|node| node.reading.figure().is_none()));
    }
}

#[tokio::test]
async fn before_the_cut_there_is_no_breakdown() {
    let desk = Desk::open(Engine::Sqlite, 61).await;
    fold_due(&desk.office, desk.tenant).await.unwrap();
    let first = desk.communes()[0];
    keep(&desk, (first, first), "ho-tich", Route::DoneInPerson, 40).await;
    desk.set_clock(datetime!(2026-11-01 01:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    let report = by(&desk, first, Family::Field).await;
    assert_eq!((report.parts.len(), report.families.len(), report.everybody), (0, 0, 40));
}
