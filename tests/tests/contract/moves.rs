//! Reorganisations and what waits: whole successions take inbox and boxes along, divided units end.

use domain::family::BELOW;
use domain::id::UnitId;
use domain::report::{AgencyReport, UnitName};
use domain::scope::Scope;
use domain::succession::{Share, Succession};
use domain::survey::{Route, Trust};
use domain::unit::Unit;
use store::tally::ALL;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use time::{Date, Duration, OffsetDateTime};
use usecase::anonymity::check_anonymity;
use usecase::check::check;
use usecase::figures::{Question, read_agency};
use usecase::fold::fold_due;
use usecase::mutant::Mutant;
use usecase::office::Office;
use usecase::registry::SurveyAt;

const DAY: Date = date!(2026 - 10 - 15);
const MONDAY_BEFORE: OffsetDateTime = datetime!(2026-10-12 01:00 UTC);
const MONDAY_AFTER: OffsetDateTime = datetime!(2026-10-19 01:00 UTC);
const YEARS_END: OffsetDateTime = datetime!(2027-01-02 01:00 UTC);

async fn desk(engine: Engine, seed: u8) -> Desk {
    let desk = Desk::open(engine, seed).await;
    fold_due(&desk.office, desk.tenant).await.unwrap();
    desk
}

/// An office beside the desk's, with a deliberate fault or without.
async fn office(desk: &Desk, seed: u8, mutant: Option<Mutant>) -> Office {
    let office = desk.colleague(seed).await;
    match mutant {
        Some(mutant) => office.with_mutant(mutant),
        None => office,
    }
}

/// Ends a unit on [`DAY`]: wholly in one successor, or in parts.
async fn end(desk: &Desk, old: UnitId, successors: &[UnitId]) {
    let province = desk.province();
    let unit = Unit { valid_to: Some(DAY), ..province.unit(old).unwrap().clone() };
    let share = if successors.len() == 1 { Share::Whole } else { Share::Part };
    let lines = successors.iter().enumerate().map(|(at, new)| Succession {
        old,
        new: *new,
        share,
        is_main: at == 0,
        effective_on: DAY,
    });
    let lines: Vec<_> = lines.collect();
    let now = desk.office.now();
    let store = &desk.office.store;
    store.put_successions(desk.tenant, (province.root, &[unit]), &[old], &lines, now).await.unwrap();
    desk.office.refresh().await.unwrap();
}

/// Unit and people of everything that was folded.
async fn folded(desk: &Desk) -> Vec<(UnitId, i64)> {
    let increments = desk.office.store.increments(desk.tenant, desk.survey().survey.id).await.unwrap();
    let base = increments.iter().filter(|one| one.dimension == ALL);
    let mut folded: Vec<_> = base.map(|one| (one.group.unit, one.n)).collect();
    folded.sort_unstable();
    folded
}

/// Unit and entries of every own box.
async fn boxes(desk: &Desk) -> Vec<(UnitId, i64)> {
    let boxes = desk.office.store.boxes(desk.tenant).await.unwrap();
    let own = boxes.into_iter().filter(|(key, _)| key.family.is_empty());
    own.map(|(key, entries)| (key.group.unit, entries)).collect()
}

async fn nothing_is_wrong(desk: &Desk) {
    desk.office.refresh().await.unwrap();
    let province = desk.province();
    for findings in [check(&desk.office, &province).await, check_anonymity(&desk.office, &province).await] {
        let faults: Vec<_> = findings.unwrap().into_iter().filter(|one| one.fault.is_some()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

async fn six_and_five(engine: Engine, mutant: Option<Mutant>) -> (Vec<i64>, i64) {
    let desk = desk(engine, 70).await;
    let (old, new) = (desk.communes()[0], desk.communes()[1]);
    end(&desk, old, &[new]).await;
    let office = office(&desk, 71, mutant).await;
    desk.submit(old, Trust::Verified, Route::DoneInPerson, 6).await;
    desk.submit(new, Trust::Verified, Route::DoneInPerson, 5).await;
    desk.submit(old, Trust::Verified, Route::NotDone, 6).await;
    desk.submit(new, Trust::Verified, Route::NotDone, 3).await;
    desk.set_clock(MONDAY_BEFORE);
    fold_due(&office, desk.tenant).await.unwrap();
    assert!(folded(&desk).await.is_empty(), "{engine:?}: the old unit still does its work");
    desk.set_clock(MONDAY_AFTER);
    fold_due(&office, desk.tenant).await.unwrap();
    nothing_is_wrong(&desk).await;
    let folded = folded(&desk).await;
    assert!(folded.iter().all(|(unit, _)| *unit == new), "{engine:?}: {folded:?}");
    (folded.into_iter().map(|(_, n)| n).collect(), desk.waiting().await)
}

#[tokio::test]
async fn six_that_wait_at_the_old_unit_and_five_at_the_new_fold_as_eleven() {
    for engine in Engine::BOTH {
        let (folded, waiting) = six_and_five(engine, None).await;
        assert_eq!(folded, [11], "{engine:?}: one group, and of the other route nine do not suffice");
        assert_eq!(waiting, 9, "{engine:?}: moved answers wait with the others");
    }
}

#[tokio::test]
async fn answers_that_were_left_behind_would_be_noticed() {
    for engine in Engine::BOTH {
        assert_eq!(six_and_five(engine, Some(Mutant::LeftBehind)).await, (vec![], 20), "{engine:?}");
    }
}

async fn box_of_the_old(engine: Engine, mutant: Option<Mutant>) -> (Vec<(bool, i64)>, Vec<(bool, i64)>) {
    let desk = desk(engine, 72).await;
    let (old, new) = (desk.communes()[0], desk.communes()[1]);
    end(&desk, old, &[new]).await;
    let office = office(&desk, 73, mutant).await;
    desk.submit(old, Trust::Verified, Route::DoneInPerson, 45).await;
    desk.submit(new, Trust::Verified, Route::DoneInPerson, 70).await;
    desk.set_clock(MONDAY_BEFORE);
    fold_due(&office, desk.tenant).await.unwrap();
    assert_eq!(boxes(&desk).await.len(), 2, "{engine:?}: two units, two boxes");
    desk.set_clock(MONDAY_AFTER);
    fold_due(&office, desk.tenant).await.unwrap();
    let held = boxes(&desk).await.into_iter().map(|(unit, n)| (unit == new, n)).collect();
    desk.set_clock(YEARS_END);
    fold_due(&office, desk.tenant).await.unwrap();
    nothing_is_wrong(&desk).await;
    assert!(boxes(&desk).await.is_empty(), "{engine:?}: the year's end waits for nobody");
    let increments = desk.office.store.increments(desk.tenant, desk.survey().survey.id).await.unwrap();
    let mut cut = std::collections::BTreeMap::new();
    for part in increments.iter().filter(|one| one.dimension != ALL && !one.dimension.starts_with(BELOW)) {
        *cut.entry((part.group.unit == new, part.dimension.clone())).or_insert(0) += part.n;
    }
    (held, cut.into_iter().map(|((is_new, _), n)| (is_new, n)).collect())
}

#[tokio::test]
async fn the_box_of_the_old_unit_is_cut_with_that_of_the_new() {
    for engine in Engine::BOTH {
        let (held, cut) = box_of_the_old(engine, None).await;
        assert_eq!(held, [(true, 115)], "{engine:?}");
        assert!(!cut.is_empty() && cut.iter().all(|part| *part == (true, 115)), "{engine:?}: {cut:?}");
    }
}

#[tokio::test]
async fn a_box_that_was_left_behind_would_be_noticed() {
    let (mut held, cut) = box_of_the_old(Engine::Sqlite, Some(Mutant::LeftBehind)).await;
    held.sort_unstable();
    assert_eq!(held, [(false, 45), (true, 70)]);
    assert!(cut.iter().all(|part| part.1 < 115), "{cut:?}");
}

/// Two communes are divided; what is folded by unit, what waits, and the own boxes afterwards.
async fn divided(engine: Engine, mutant: Option<Mutant>) -> (Vec<(bool, i64)>, i64, usize) {
    let desk = desk(engine, 74).await;
    let [a, b, c] = desk.communes()[..] else { panic!("three communes") };
    let office = office(&desk, 75, mutant).await;
    desk.submit(a, Trust::Verified, Route::DoneInPerson, 30).await;
    desk.set_clock(MONDAY_BEFORE);
    fold_due(&office, desk.tenant).await.unwrap();
    end(&desk, a, &[b, c]).await;
    end(&desk, b, &[c, a]).await;
    for (unit, people) in [(a, 6), (b, 6), (c, 6)] {
        desk.submit(unit, Trust::Verified, Route::DoneInPerson, people).await;
    }
    desk.submit(a, Trust::Open, Route::DoneInPerson, 12).await;
    desk.submit(b, Trust::Open, Route::DoneInPerson, 4).await;
    desk.set_clock(MONDAY_AFTER);
    fold_due(&office, desk.tenant).await.unwrap();
    nothing_is_wrong(&desk).await;
    let root = desk.province().root;
    let mut by_unit: Vec<_> = folded(&desk).await.into_iter().map(|(unit, n)| (unit == root, n)).collect();
    by_unit.sort_unstable();
    (by_unit, desk.waiting().await, boxes(&desk).await.len())
}

#[tokio::test]
async fn a_divided_unit_ends_as_a_survey_ends() {
    for engine in Engine::BOTH {
        let (folded, waiting, boxes) = divided(engine, None).await;
        assert_eq!(
            folded,
            [(false, 12), (false, 30), (true, 12)],
            "{engine:?}: six and six, at the province"
        );
        assert_eq!(waiting, 10, "{engine:?}: six of the third commune and four that are too few anywhere");
        assert_eq!(boxes, 0, "{engine:?}: cut, and no box for what is pooled");
    }
}

#[tokio::test]
async fn a_divided_unit_that_waited_on_would_be_noticed() {
    let (folded, waiting, _) = divided(Engine::Sqlite, Some(Mutant::NeverEnds)).await;
    assert_eq!((folded, waiting), (vec![(false, 30)], 34));
}

/// Lets go of a run after it was given way some times, as if its process had been killed.
pub(super) async fn kill_after(turns: u32, office: &Office, desk: &Desk) -> bool {
    let give_way = async {
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        reports = fold_due(office, desk.tenant) => { reports.unwrap(); true }
        () = give_way => false,
    }
}

#[tokio::test]
async fn a_run_that_is_killed_while_it_moves_is_resumed_and_nothing_is_lost_or_doubled() {
    for engine in Engine::BOTH {
        let desk = desk(engine, 76).await;
        let (old, new) = (desk.communes()[0], desk.communes()[1]);
        end(&desk, old, &[new]).await;
        desk.submit(old, Trust::Verified, Route::DoneInPerson, 40).await;
        desk.submit(new, Trust::Verified, Route::DoneInPerson, 40).await;
        desk.set_clock(MONDAY_BEFORE);
        fold_due(&desk.office, desk.tenant).await.unwrap();
        desk.submit(old, Trust::Verified, Route::DoneInPerson, 6).await;
        desk.submit(new, Trust::Verified, Route::DoneInPerson, 5).await;
        desk.submit(old, Trust::Open, Route::DoneInPerson, 7).await;
        desk.set_clock(MONDAY_AFTER);
        let (mut turns, mut killed, mut seed) = (1, 0, 80);
        loop {
            let office = desk.colleague(seed).await;
            if kill_after(turns, &office, &desk).await {
                break;
            }
            (turns, killed, seed) = (turns + turns / 2 + 1, killed + 1, seed + 1);
            desk.set_clock(desk.office.now() + store::lease::SILENCE + Duration::SECOND);
        }
        assert!(killed > 3, "{engine:?}: killed {killed} times");
        let mut all = folded(&desk).await;
        all.sort_unstable_by_key(|(_, n)| *n);
        let people: Vec<i64> = all.iter().map(|(_, n)| *n).collect();
        assert_eq!((people, all[0].0), (vec![11, 40, 40], new), "{engine:?}");
        assert_eq!(desk.waiting().await, 7, "{engine:?}");
        assert_eq!(boxes(&desk).await, [(new, 91)], "{engine:?}");
        nothing_is_wrong(&desk).await;
    }
}

#[tokio::test]
async fn a_poster_of_the_old_unit_asks_about_the_new_one_from_its_first_day_on() {
    let desk = desk(Engine::Sqlite, 77).await;
    let [old, new, divided] = desk.communes()[..] else { panic!("three communes") };
    end(&desk, old, &[new]).await;
    end(&desk, divided, &[new, old]).await;
    let province = desk.province();
    let unit = |of, on| province.touchpoint_on(&desk.touchpoint(of).token, on).unwrap().unit;
    assert_eq!(unit(old, DAY.previous_day().unwrap()), old);
    assert_eq!(unit(old, DAY), new);
    assert_eq!(unit(divided, DAY), divided, "somebody has to choose; until then it stays");
    let touchpoint = province.touchpoint_on(&desk.touchpoint(old).token, DAY).unwrap();
    assert!(matches!(province.survey_at(touchpoint.unit, DAY), SurveyAt::Open(_)));
}

/// The headline's people on the page of a unit, those together with its predecessors, and the page.
async fn page_of(desk: &Desk, unit: UnitId) -> (Option<u64>, Option<u64>, AgencyReport) {
    let (province, scope) = (desk.province(), Scope::of_the_office(desk.tenant));
    let unit = province.unit(unit).unwrap();
    let page = read_agency(&desk.office, &province, &scope, unit, &Question::default()).await.unwrap();
    let own = page.told.first().and_then(|line| line.headline.figure()).map(|figure| figure.n);
    let together = page.tenure.together.as_ref().and_then(|line| line.headline.figure());
    (own, together.map(|figure| figure.n), page)
}

#[tokio::test]
async fn the_page_of_an_ended_unit_keeps_its_figures_and_the_heirs_counts_whole_predecessors_only() {
    for engine in Engine::BOTH {
        let desk = desk(engine, 78).await;
        let [old, new, divided] = desk.communes()[..] else { panic!("three communes") };
        for (unit, people) in [(old, 40), (new, 50), (divided, 60)] {
            desk.submit(unit, Trust::Verified, Route::DoneInPerson, people).await;
        }
        desk.set_clock(MONDAY_BEFORE);
        fold_due(&desk.office, desk.tenant).await.unwrap();
        end(&desk, old, &[new]).await;
        end(&desk, divided, &[new, old]).await;
        assert_eq!(page_of(&desk, old).await.2.tenure.ended_on, None, "{engine:?}: not before its day");
        desk.set_clock(MONDAY_AFTER);
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let (own, together, page) = page_of(&desk, old).await;
        assert_eq!((own, together), (Some(40), None), "{engine:?}: as it was");
        assert_eq!(page.tenure.ended_on, DAY.previous_day());
        let names = |units: &[UnitName]| units.iter().map(|unit| unit.code.clone()).collect::<Vec<_>>();
        assert_eq!(names(&page.tenure.followed_by), ["31834"]);
        assert_eq!(page.setting.unit.code, "31825@2026-10-14", "its code alone means nobody today");
        let (own, together, page) = page_of(&desk, new).await;
        assert_eq!((own, together), (Some(50), Some(90)), "{engine:?}: the divided unit is left out");
        assert_eq!(names(&page.tenure.whole_from), ["31825@2026-10-14"]);
        assert_eq!(names(&page.tenure.part_from), ["31840@2026-10-14"]);
        assert_eq!(page_of(&desk, divided).await.2.tenure.followed_by.len(), 2);
    }
}
