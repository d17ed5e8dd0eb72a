//! The demo: the same seed tells the same story, and the story has something to tell.

use super::place::Stage;
use domain::reading::Figure;
use domain::report::AgencyReport;
use domain::scope::Scope;
use domain::survey::Trust;
use domain::unit::UnitKind;
use std::collections::BTreeSet;
use usecase::demo::generate::Generator;
use usecase::demo::plan::truths;
use usecase::figures::aggregate::{Precision, write_aggregates};
use usecase::figures::{ProvinceView, Question, read_agency, read_province};

/// Enough for figures and cuts of the larger units, and few enough for a quick run.
const ANSWERS: usize = 5_000;

/// Every figure of the newest release, as the export writes it.
async fn figures(stage: &Stage) -> Vec<String> {
    let releases = stage.office.store.releases(stage.demo.tenant).await.expect("releases");
    let newest = releases.first().expect("a release").number;
    let mut rows = Vec::new();
    let mut take = |row: &[String]| {
        rows.push(row.join(","));
        Ok(())
    };
    let province = stage.province();
    write_aggregates(&stage.office, &province, newest, Precision::Exact, &mut take).await.expect("figures");
    rows
}

/// Parts of the cuts: dimension, band, people.
async fn parts(stage: &Stage) -> BTreeSet<(String, String, String, i64)> {
    let (store, survey) = (&stage.office.store, stage.survey().survey.id);
    let province = stage.province();
    let increments = store.increments(stage.demo.tenant, survey).await.expect("increments");
    let code = |id| province.unit(id).map(|unit| unit.code.clone()).unwrap_or_default();
    let parts = increments.into_iter().filter(|cell| cell.dimension != "all");
    parts
        // Bands of receiving counters are ids, which are secrets of the instance.
        .filter(|cell| cell.dimension != "receiving-counter")
        .map(|cell| (code(cell.group.unit), cell.dimension, cell.band, cell.n))
        .collect()
}

#[tokio::test]
async fn the_same_seed_gives_the_same_figures_whatever_the_secrets_are() {
    let (one, two) = (Stage::open(ANSWERS, 3, 1).await, Stage::open(ANSWERS, 3, 2).await);
    let (ours, theirs) = (figures(&one).await, figures(&two).await);
    assert!(ours.len() > 5_000, "only {} rows", ours.len());
    assert!(ours == theirs, "{:?}", ours.iter().zip(&theirs).find(|(a, b)| a != b));
    let parts_of_one = parts(&one).await;
    assert!(parts_of_one.len() > 20, "only {} parts", parts_of_one.len());
    assert_eq!(parts_of_one, parts(&two).await);
    let (province, survey) = (one.province(), one.survey());
    let story = |seed| truths(&province, &mut Generator::new(&survey.questions, seed));
    assert!(story(3) == story(3) && story(3) != story(4), "another seed tells another story");
}

async fn agency(stage: &Stage, place: usize, period: &str, trust: Trust) -> AgencyReport {
    let province = stage.province();
    let scope = Scope::of_the_office(stage.demo.tenant);
    let unit = province
        .units()
        .filter(|unit| unit.kind == UnitKind::Commune && unit.valid_to.is_none())
        .nth(place)
        .expect("a commune");
    let question = Question { period: Some(period.into()), trust: Some(trust), ..Question::default() };
    read_agency(&stage.office, &province, &scope, unit, &question).await.expect("a report")
}

fn figure(report: &AgencyReport, code: &str) -> Figure {
    let line = report.nodes.iter().find(|line| line.code == code).unwrap_or_else(|| panic!("no node {code}"));
    line.reading.figure().unwrap_or_else(|| panic!("{code}: {:?}", line.reading)).clone()
}

#[tokio::test]
#[ignore = "full"]
async fn the_demo_has_something_to_tell() {
    let stage = Stage::open(60_000, 1, 1).await;
    let shown = agency(&stage, 0, "2026-Q3", Trust::Verified).await;
    assert!(
        figure(&shown, "SD").high < figure(&shown, "SC").low,
        "the first commune's results are its trouble"
    );
    let then = figure(&agency(&stage, 1, "2026-Q1", Trust::Verified).await, "all");
    let now = figure(&agency(&stage, 1, "2026-Q3", Trust::Verified).await, "all");
    assert!(now.high < then.low, "the second has become worse: {then:?}, {now:?}");
    let verified = figure(&agency(&stage, 3, "2026-Q3", Trust::Verified).await, "all");
    let open = figure(&agency(&stage, 3, "2026-Q3", Trust::Open).await, "all");
    assert!(open.high < verified.low, "who answers by poster there was called to complain");
    let province = stage.province();
    let scope = Scope::of_the_office(stage.demo.tenant);
    let newest = Question::default();
    let view = ProvinceView::default();
    let all = read_province(&stage.office, &province, &scope, &newest, &view);
    let all = all.await.expect("a report");
    let small = all.groups.iter().flat_map(|group| &group.units).filter_map(|line| line.headline.figure());
    assert!(small.clone().any(|figure| figure.n < 60) && small.clone().any(|figure| figure.n > 300));
}
