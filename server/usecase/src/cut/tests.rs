use super::*;
use crate::chance::Chance;
use crate::clock::FrozenClock;
use crate::entry::{Entry, Family};
use crate::keys::sha256;
use crate::office::Setup;
use crate::record::{Flag, Kept};
use domain::id::Tenant;
use domain::instrument::POST_SERVICE;
use domain::language::Words;
use domain::period::Month;
use domain::survey::{Mode, Route, Survey, Trust, Variant};
use domain::tally::{Answer, Tally};
use domain::unit::{Unit, UnitKind};
use std::path::PathBuf;
use std::sync::Arc;
use store::Place;
use store::boxes::Cut;
use store::tally::Increment;
use time::macros::{date, datetime};

const COMMUNES: u8 = 9;

struct Desk {
    folder: PathBuf,
    office: Office,
    province: Arc<Province>,
    run: Run,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn unit(id: u8) -> Unit {
    let root = UnitId::from_bytes([1; 16]);
    Unit {
        id: UnitId::from_bytes([id; 16]),
        code: id.to_string(),
        kind: if id == 1 { UnitKind::Province } else { UnitKind::Commune },
        parent: (id > 1).then_some(root),
        name: Words { vi: format!("Đơn vị {id}"), en: None, km: None },
        address: None,
        phone: None,
        valid_from: date!(2025 - 07 - 01),
        valid_to: None,
        ordinal: u32::from(id),
    }
}

fn survey() -> Survey {
    Survey {
        id: SurveyId::from_bytes([77; 16]),
        code: "2026".into(),
        name: "Khảo sát 2026".into(),
        instrument: "post-service".into(),
        instrument_version: 1,
        variant: Variant::Full,
        from: Month::new(2026, 1).unwrap(),
        to: Month::new(2026, 12).unwrap(),
        k: 10,
        definition: "composite".into(),
        closed: false,
        ended: false,
    }
}

/// A province with twice nine communes, a survey, and a run that has begun.
async fn desk(name: &str) -> Desk {
    let folder = std::env::temp_dir().join(format!("hailong-cut-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let now = datetime!(2026-10-01 00:30:00 +7);
    let setup = Setup { place: Place::File(folder.join("db")), key_file: folder.join("key") };
    let office = Office::open(&setup, FrozenClock::at(now), Chance::seeded([3; 32])).await.unwrap();
    let tenant: Tenant = "CM".parse().unwrap();
    let units: Vec<Unit> = (1..=1 + 2 * COMMUNES).map(unit).collect();
    office.store.put_units(tenant, &units, now).await.unwrap();
    let hash = sha256(POST_SERVICE.as_bytes());
    office.store.publish_instrument(tenant, ("post-service", 1), POST_SERVICE, &hash, now).await.unwrap();
    let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
    office.store.open_survey(tenant, &survey(), &ids, now).await.unwrap();
    office.refresh().await.unwrap();
    let when = (date!(2026 - 10 - 01), Month::new(2026, 9).unwrap());
    let run = office.store.begin_run(tenant, "fold", when, [9; 16], now).await.unwrap().unwrap();
    Desk { province: office.province(tenant).unwrap(), folder, office, run }
}

fn group(unit: u8, trust: Trust) -> Group {
    Group {
        survey: survey().id,
        unit: UnitId::from_bytes([unit; 16]),
        mode: Mode::Slip,
        trust,
        variant: Variant::Full,
        route: Route::DoneInPerson,
    }
}

/// The answer number `at` of a commune: every thirtieth was refused, every twelfth complained.
fn kept(desk: &Desk, unit: u8, at: usize) -> Kept {
    let questions = &desk.province.surveys()[0].questions.instrument.questions;
    let level = |seed: usize| Answer::Level(u8::try_from(1 + (seed * 7 + at) % 5).unwrap());
    let value = |code: &str| match code {
        "stage" if at % 30 == 7 => Some(1),
        "stage" | "kind" => Some(0),
        "complained" => Some(u8::from(at % 12 != 5)),
        "sex" if at % 10 < 9 => Some(u8::from(at.is_multiple_of(2))),
        _ => None,
    };
    Kept {
        deciding: UnitId::from_bytes([unit; 16]),
        receiving: UnitId::from_bytes([unit; 16]),
        touchpoint: None,
        import: None,
        month: None,
        helper: None,
        mode: Mode::Slip,
        trust: Trust::Verified,
        variant: Variant::Full,
        route: Route::DoneInPerson,
        flag: Flag::None,
        field: ["land", "birth", "birth", "land", "land", "fishing"][at % 6].into(),
        overall: level(1),
        items: (0..22).map(level).collect(),
        choices: questions.iter().map(|question| value(&question.code)).collect(),
    }
}

/// Folded answers, twenty to a step, from July on; `change` may answer otherwise.
fn changed(desk: &Desk, unit: u8, people: usize, change: impl Fn(usize, &mut Kept)) -> Vec<Entry> {
    let questions = &desk.province.surveys()[0].questions;
    let month = |step: usize| Month::new(2026, u8::try_from(7 + step % 3).unwrap()).unwrap();
    let entry = |at: usize| {
        let step = at / 20;
        let release = u32::try_from(1 + step).unwrap();
        let mut kept = kept(desk, unit, at);
        change(at, &mut kept);
        Entry::of(&kept, month(step), release, questions)
    };
    (0..people).map(entry).collect()
}

fn entries(desk: &Desk, unit: u8, people: usize) -> Vec<Entry> {
    changed(desk, unit, people, |_, _| {})
}

fn night(desk: &Desk, is_end: bool) -> Night<'_> {
    Night { office: &desk.office, province: &desk.province, run: &desk.run, is_end }
}

/// Puts entries into a box, as the fold would.
async fn put(desk: &Desk, unit: u8, trust: Trust, entries: Vec<Entry>) {
    let key = BoxKey { group: group(unit, trust), family: String::new() };
    let (ids, records) = sealing::close(&night(desk, false), survey().id, entries).unwrap();
    let from = BoxKey { family: "nothing".into(), ..key.clone() };
    let cut = Cut { from, k: 10, parts: Vec::new(), up: vec![(key, ids, records)] };
    desk.office.store.cut_box(&desk.run, &cut, desk.office.now()).await.unwrap();
}

async fn fill(desk: &Desk, unit: u8, trust: Trust, people: usize) {
    put(desk, unit, trust, entries(desk, unit, people)).await;
}

/// In nine communes the four who were refused complained, and in the first of them `more` others.
async fn fill_with_complaints(desk: &Desk, first: u8, communes: u8, more: usize) {
    let questions = &desk.province.surveys()[0].questions.instrument.questions;
    let complained = questions.iter().position(|question| question.code == "complained").unwrap();
    for unit in first..first + COMMUNES {
        let more = if unit < first + communes { more } else { 0 };
        let answer = |at: usize, kept: &mut Kept| {
            let has = at % 30 == 7 || (at % 40 == 11 && at / 40 < more);
            kept.choices[complained] = Some(u8::from(!has));
        };
        put(desk, unit, Trust::Verified, changed(desk, unit, 120, answer)).await;
    }
}

async fn cut(desk: &Desk, at_year_end: bool) -> Cuts {
    cut_boxes(&desk.office, &desk.province, &desk.run, at_year_end).await.unwrap()
}

async fn parts(desk: &Desk) -> Vec<Increment> {
    desk.office.store.increments(desk.run.tenant, survey().id).await.unwrap()
}

async fn waiting(desk: &Desk) -> Vec<(String, i64)> {
    let boxes = desk.office.store.boxes(desk.run.tenant).await.unwrap();
    boxes.into_iter().map(|(key, n)| (key.family, n)).collect()
}

fn of<'a>(parts: &'a [Increment], unit: u8, dimension: &str) -> Vec<&'a Increment> {
    let unit = UnitId::from_bytes([unit; 16]);
    parts.iter().filter(|part| part.group.unit == unit && part.dimension == dimension).collect()
}

fn sizes<'a>(parts: &[&'a Increment]) -> Vec<(&'a str, i64)> {
    parts.iter().map(|part| (part.band.as_str(), part.n)).collect()
}

fn tally(desk: &Desk, part: &Increment) -> Tally {
    Tally::unpack(&desk.province.surveys()[0].questions.part, &part.record).unwrap()
}

#[tokio::test]
async fn refusals_that_are_rare_everywhere_count_at_the_parent() {
    let desk = desk("rare").await;
    for unit in 2..2 + COMMUNES {
        fill(&desk, unit, Trust::Verified, 120).await;
    }
    let cuts = cut(&desk, false).await;
    let parts = parts(&desk).await;
    assert!(of(&parts, 2, "result").is_empty());
    assert_eq!(sizes(&of(&parts, 2, "field")), [("birth", 40), ("fishing", 20), ("land", 60)]);
    assert_eq!(sizes(&of(&parts, 1, "below:result")), [("granted", 1044), ("refused", 36)]);
    assert!(parts.iter().all(|part| part.n >= 10 && part.release == desk.run.release));
    assert!(parts.iter().all(|part| part.months == (202_607, 202_609)));
    assert_eq!(cuts.parts, parts.len());
    assert!(waiting(&desk).await.iter().all(|(family, _)| !family.is_empty() && family != "result"));
}

#[tokio::test]
async fn parts_of_a_family_add_up_to_their_box() {
    let desk = desk("sum").await;
    fill(&desk, 2, Trust::Verified, 360).await;
    cut(&desk, false).await;
    let layout = &desk.province.surveys()[0].questions.part;
    let mut whole = Tally::empty(layout);
    for entry in &entries(&desk, 2, 360) {
        whole.count(layout, entry.row());
    }
    whole.listed = Tally::empty(layout).listed;
    let parts = parts(&desk).await;
    let mut families = 0;
    for family in Family::ALL {
        let mut sum = Tally::empty(layout);
        for part in of(&parts, 2, family.code()) {
            sum += &tally(&desk, part);
        }
        if sum.n > 0 {
            families += 1;
            sum.listed = Tally::empty(layout).listed;
            assert_eq!(sum, whole, "{family}");
        }
    }
    assert_eq!(families, 4, "result, complained, field, sex");
}

#[tokio::test]
async fn only_those_who_complained_carry_the_branch() {
    let desk = desk("branch").await;
    fill(&desk, 2, Trust::Verified, 360).await;
    cut(&desk, false).await;
    for part in parts(&desk).await {
        let told: i64 = tally(&desk, &part).listed.iter().flatten().sum();
        let carries = part.dimension == "complained" && !part.band.starts_with('_');
        assert_eq!(told, if carries { 2 * part.n } else { 0 }, "{} {}", part.dimension, part.band);
    }
}

#[tokio::test]
async fn levels_that_can_be_faked_are_cut_into_larger_parts() {
    let desk = desk("fakeable").await;
    fill(&desk, 2, Trust::Open, 120).await;
    cut(&desk, false).await;
    assert_eq!(sizes(&of(&parts(&desk).await, 2, "field")), [("_pooled", 60), ("land", 60)]);
}

#[tokio::test]
async fn a_small_box_waits_for_the_end_of_the_year() {
    let desk = desk("small").await;
    fill(&desk, 2, Trust::Verified, 60).await;
    assert_eq!(cut(&desk, false).await, Cuts::default());
    assert_eq!(waiting(&desk).await, [(String::new(), 60)]);
    assert!(cut(&desk, true).await.parts > 0);
    assert_eq!(waiting(&desk).await, []);
}

#[tokio::test]
async fn what_a_parent_cannot_split_waits_there_and_is_dropped_at_the_end_of_the_year() {
    let desk = desk("drop").await;
    fill(&desk, 2, Trust::Verified, 120).await;
    cut(&desk, false).await;
    assert!(waiting(&desk).await.contains(&("result".into(), 120)));
    let cuts = cut(&desk, true).await;
    assert!(cuts.dropped >= 120 && cuts.parts == 0);
    assert_eq!(waiting(&desk).await, []);
    assert!(of(&parts(&desk).await, 1, "below:result").is_empty());
}

#[tokio::test]
async fn what_waits_at_a_parent_knows_what_was_published_of_it() {
    let desk = desk("known").await;
    fill(&desk, 2, Trust::Verified, 120).await;
    cut(&desk, false).await;
    let key = BoxKey { group: group(1, Trust::Verified), family: "result".into() };
    let raised = sealing::open(&night(&desk, false), &key).await.unwrap();
    let numbers: std::collections::BTreeSet<u8> =
        raised.iter().map(|entry| entry.raised.parts[Family::Field as usize]).collect();
    assert_eq!(numbers.into_iter().collect::<Vec<u8>>(), [1, 2, 3]);
    let tags: std::collections::BTreeSet<[u8; 8]> = raised.iter().map(|entry| entry.raised.tag).collect();
    assert_eq!(tags.len(), 120);
}

#[tokio::test]
async fn the_end_of_a_survey_cuts_that_survey_alone() {
    let desk = desk("end").await;
    fill(&desk, 2, Trust::Verified, 60).await;
    let other = SurveyId::from_bytes([78; 16]);
    let cuts = cut_survey(&desk.office, &desk.province, &desk.run, other).await.unwrap();
    assert_eq!(cuts, Cuts::default());
    cut_survey(&desk.office, &desk.province, &desk.run, survey().id).await.unwrap();
    assert_eq!(waiting(&desk).await, []);
}

#[tokio::test]
async fn a_parents_family_that_nearly_repeats_its_sister_waits_and_remembers_her() {
    let desk = desk("sister").await;
    fill_with_complaints(&desk, 2, 1, 3).await;
    cut(&desk, false).await;
    let parts = parts(&desk).await;
    assert_eq!(sizes(&of(&parts, 1, "below:result")), [("granted", 1044), ("refused", 36)]);
    assert!(of(&parts, 1, "below:complained").is_empty(), "39 who complained, 36 of them refused");
    let key = BoxKey { group: group(1, Trust::Verified), family: "complained".into() };
    let waiting = sealing::open(&night(&desk, false), &key).await.unwrap();
    let known = waiting.iter().map(|entry| entry.raised.parts[Family::Result as usize]);
    assert_eq!(known.filter(|part| *part == 129).count(), 36);
}

#[tokio::test]
async fn a_parents_family_that_differs_by_enough_stands_beside_its_sister() {
    let desk = desk("apart").await;
    fill_with_complaints(&desk, 2, 6, 2).await;
    cut(&desk, false).await;
    let parts = parts(&desk).await;
    assert_eq!(sizes(&of(&parts, 1, "below:result")), [("granted", 1044), ("refused", 36)]);
    assert_eq!(sizes(&of(&parts, 1, "below:complained")), [("no", 1032), ("yes", 48)]);
}

#[tokio::test]
async fn a_parents_group_that_a_broken_run_had_begun_is_not_divided_further() {
    let mut desk = desk("resumed").await;
    fill_with_complaints(&desk, 2, 1, 3).await;
    cut(&desk, false).await;
    fill_with_complaints(&desk, 11, 6, 2).await;
    desk.run.resumed = true;
    cut(&desk, false).await;
    let parts = parts(&desk).await;
    assert_eq!(sizes(&of(&parts, 11, "field")).len(), 3, "the new boxes themselves are cut");
    assert!(of(&parts, 1, "below:complained").is_empty());
    assert_eq!(sizes(&of(&parts, 1, "below:result")), [("granted", 1044), ("refused", 36)]);
}

#[tokio::test]
async fn a_box_that_a_broken_run_had_cut_is_not_cut_again_by_it() {
    let mut desk = desk("twice").await;
    fill(&desk, 2, Trust::Verified, 120).await;
    cut(&desk, false).await;
    let before = parts(&desk).await;
    fill(&desk, 2, Trust::Verified, 240).await;
    desk.run.resumed = true;
    cut(&desk, false).await;
    assert_eq!(parts(&desk).await, before);
    assert!(waiting(&desk).await.contains(&(String::new(), 240)));
}
