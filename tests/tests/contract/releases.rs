//! What each release changed, told from what it published and from nothing else.

use domain::period::Month;
use domain::scope::Scope;
use domain::survey::{Route, Trust};
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use usecase::UsecaseError;
use usecase::fold::fold_due;
use usecase::release_compare::{Pair, compare};
use usecase::release_list::list_changes;

/// Two releases: ten at one unit, then twelve more there and twenty-five at another.
async fn two_releases(desk: &Desk) {
    fold_due(&desk.office, desk.tenant).await.unwrap();
    let (first, second) = (desk.communes()[0], desk.communes()[1]);
    desk.submit(first, Trust::Verified, Route::DoneInPerson, 10).await;
    desk.set_clock(datetime!(2026-10-05 05:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    desk.submit(first, Trust::Verified, Route::DoneInPerson, 12).await;
    desk.submit(second, Trust::Verified, Route::DoneInPerson, 25).await;
    desk.submit(desk.communes()[2], Trust::Verified, Route::DoneOnline, 9).await;
    desk.set_clock(datetime!(2026-10-12 05:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
}

#[tokio::test]
async fn a_release_says_what_it_added_and_who_is_new() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 81).await;
        two_releases(&desk).await;
        let province = desk.province();
        let (changes, next) = list_changes(&desk.office, &province, None, 10).await.unwrap();
        assert_eq!((changes.len(), next), (2, None), "{engine:?}");
        let (newest, oldest) = (&changes[0], &changes[1]);
        assert_eq!(newest.grown.get(&Trust::Verified), Some(&37), "nine wait and are not told");
        assert_eq!(oldest.grown.get(&Trust::Verified), Some(&10));
        assert_eq!(oldest.first.iter().collect::<Vec<_>>(), [&desk.communes()[0]]);
        assert_eq!(newest.first.iter().collect::<Vec<_>>(), [&desk.communes()[1]]);
        assert_eq!(newest.units.len(), 2);
        let (page, next) = list_changes(&desk.office, &province, None, 1).await.unwrap();
        assert_eq!((page[0].release.number, next), (2, Some(2)));
        let (page, next) = list_changes(&desk.office, &province, next, 1).await.unwrap();
        assert_eq!((page[0].release.number, next), (1, None));
    }
}

#[tokio::test]
async fn a_run_that_is_under_way_is_not_in_the_list() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 82).await;
        two_releases(&desk).await;
        let when = (date!(2026 - 10 - 19), Month::new(2026, 10).unwrap());
        let run = desk.office.store.begin_run(desk.tenant, "fold", when, [9; 16], desk.office.now()).await;
        assert!(run.unwrap().is_some());
        let (changes, _) = list_changes(&desk.office, &desk.province(), None, 10).await.unwrap();
        let numbers: Vec<i64> = changes.iter().map(|change| change.release.number).collect();
        assert_eq!(numbers, [2, 1], "{engine:?}");
    }
}

#[tokio::test]
async fn two_releases_show_the_same_units_as_they_were() {
    let desk = Desk::open(Engine::Sqlite, 83).await;
    two_releases(&desk).await;
    let (office, province) = (&desk.office, desk.province());
    let scope = Scope::of_the_office(desk.tenant);
    let pair = Pair { earlier: 1, later: 2, ..Pair::default() };
    let (earlier, later) = compare(office, &province, &scope, &pair).await.unwrap();
    assert_eq!((earlier.setting.period, earlier.setting.trust), (later.setting.period, later.setting.trust));
    let people = |report: &domain::report::ProvinceReport| -> Vec<Option<u64>> {
        report.groups[0].units.iter().map(|line| line.headline.figure().map(|figure| figure.n)).collect()
    };
    assert_eq!(people(&earlier), [Some(10), None, None]);
    assert_eq!(people(&later), [Some(22), Some(25), None]);
    let missing = Pair { earlier: 1, later: 9, ..Pair::default() };
    let refused = compare(office, &province, &scope, &missing).await.unwrap_err();
    assert!(matches!(refused, UsecaseError::Unknown { what: "release", .. }), "{refused}");
}
