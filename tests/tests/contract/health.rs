//! How touchpoints do: whole weeks in tens, whatever runs take away; who is silent; a newer print.

use domain::period::Month;
use domain::scope::Scope;
use domain::survey::{Mode, Route, Trust, Variant};
use domain::touchpoint::Touchpoint;
use domain::volume::{Dossiers, Volume};
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};
use usecase::demo::generate::{Generator, Wish};
use usecase::fold::{count_waiting, fold_due};
use usecase::health::health;
use usecase::record::KeptText;
use usecase::submit::{mood, seal};
use usecase::touchpoints::{has_newer, renew, revoke};

/// Answers that come through a touchpoint.
async fn arrive(desk: &Desk, at: &Touchpoint, n: usize) {
    let survey = desk.survey();
    let mut generator = Generator::new(&survey.questions, u64::from_le_bytes(desk.office.chance.bytes()));
    let truth = generator.truth(at.unit);
    let wish = Wish {
        deciding: at.unit,
        receiving: at.unit,
        touchpoint: Some(at.id),
        mode: Mode::Poster,
        trust: Trust::Open,
        variant: Variant::Full,
        route: Route::DoneInPerson,
        field: String::new(),
    };
    let month = Month::of(desk.office.today());
    let mut sealed = Vec::new();
    for _ in 0..n {
        let (kept, text) = generator.answer(&wish, &truth);
        let text = KeptText { unit: at.unit, month, mood: mood(kept.overall), text };
        sealed.push(seal(&desk.office, desk.tenant, survey.survey.id, None, &kept, &text).unwrap());
    }
    desk.office.store.keep(&sealed).await.unwrap();
}

/// A moment at which the office looks: what is due, then the count.
async fn look(desk: &Desk, at: OffsetDateTime) {
    desk.set_clock(at);
    fold_due(&desk.office, desk.tenant).await.unwrap();
    count_waiting(&desk.office, desk.tenant).await.unwrap();
}

async fn tens(desk: &Desk, at: &Touchpoint) -> Vec<(Date, i64)> {
    let weeks = desk.office.store.touchpoint_weeks(desk.tenant, date!(2026 - 01 - 01)).await.unwrap();
    let own = weeks.into_iter().filter(|week| week.touchpoint == at.id);
    own.map(|week| (week.week, week.tens)).collect()
}

#[tokio::test]
async fn a_week_counts_from_its_monday_in_tens_whatever_a_run_takes_away() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 140).await;
        let places: Vec<Touchpoint> = desk.communes().iter().map(|unit| desk.touchpoint(*unit)).collect();
        look(&desk, datetime!(2026-10-01 05:00 UTC)).await;
        arrive(&desk, &places[0], 30).await;
        look(&desk, datetime!(2026-10-04 17:00:10 UTC)).await;
        assert_eq!(tens(&desk, &places[0]).await, [], "{engine:?}: nobody counted that Monday");
        arrive(&desk, &places[0], 23).await;
        arrive(&desk, &places[1], 9).await;
        look(&desk, datetime!(2026-10-07 05:00 UTC)).await;
        arrive(&desk, &places[0], 4).await;
        look(&desk, datetime!(2026-10-11 17:00:10 UTC)).await;
        let first = date!(2026 - 10 - 05);
        for (place, wanted) in [(0, 20), (1, 0), (2, 0)] {
            assert_eq!(tens(&desk, &places[place]).await, [(first, wanted)], "{engine:?} {place}");
        }
        look(&desk, datetime!(2026-10-25 17:00:10 UTC)).await;
        arrive(&desk, &places[0], 12).await;
        // The run of the first of the month takes all that waits of the poster, on a Sunday.
        look(&desk, datetime!(2026-10-31 18:00 UTC)).await;
        assert!(desk.waiting().await < 12, "{engine:?}: the run has moved answers out");
        arrive(&desk, &places[0], 9).await;
        look(&desk, datetime!(2026-11-01 17:00:10 UTC)).await;
        assert_eq!(tens(&desk, &places[0]).await[0], (date!(2026 - 10 - 26), 20), "12 before, 9 after");
    }
}

#[tokio::test]
async fn two_processes_that_look_count_once() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 141).await;
        let (place, other) = (desk.touchpoint(desk.communes()[0]), desk.colleague(9).await);
        look(&desk, datetime!(2026-10-04 17:00:10 UTC)).await;
        for _ in 0..3 {
            arrive(&desk, &place, 5).await;
            let (a, b) =
                tokio::join!(count_waiting(&desk.office, desk.tenant), count_waiting(&other, desk.tenant));
            assert!(a.is_ok() && b.is_ok());
        }
        look(&desk, datetime!(2026-10-11 17:00:10 UTC)).await;
        assert_eq!(tens(&desk, &place).await, [(date!(2026 - 10 - 05), 10)], "{engine:?}: fifteen");
    }
}

#[tokio::test]
async fn exact_numbers_of_the_running_week_lie_sealed_and_of_one_size() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 142).await;
        let place = desk.touchpoint(desk.communes()[0]);
        look(&desk, datetime!(2026-10-04 17:00:10 UTC)).await;
        let before = desk.office.store.touchpoint_count(desk.tenant).await.unwrap().unwrap();
        arrive(&desk, &place, 7).await;
        count_waiting(&desk.office, desk.tenant).await.unwrap();
        let after = desk.office.store.touchpoint_count(desk.tenant).await.unwrap().unwrap();
        assert_eq!((before.len(), after.len()), (4_096 + 40, 4_096 + 40), "{engine:?}");
        let id = place.id.as_bytes();
        assert!(!after.windows(16).any(|bytes| bytes == id), "no place is named in it");
    }
}

#[tokio::test]
async fn counters_with_dossiers_and_no_answers_are_named_the_largest_first() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 143).await;
        let communes = desk.communes();
        let volume = |unit, month, closed| Volume {
            month: Month::new(2026, month).unwrap(),
            unit,
            receiving: None,
            field: "ho-tich".into(),
            dossiers: Dossiers { closed, ..Dossiers::default() },
        };
        let (store, tenant) = (&desk.office.store, desk.tenant);
        let batch = store.begin_volumes(tenant, ("lan", "t.csv"), desk.office.now()).await.unwrap();
        let volumes = [
            volume(communes[0], 8, 900),
            volume(communes[1], 9, 40),
            volume(communes[0], 9, 30),
            volume(communes[2], 9, 80),
        ];
        store.add_volumes(tenant, batch, &volumes).await.unwrap();
        store.publish_volumes(tenant, batch, 4, desk.office.now()).await.unwrap();
        look(&desk, datetime!(2026-10-04 17:00:10 UTC)).await;
        let scope = Scope::of_the_office(tenant);
        for days in [0, 7, 14] {
            arrive(&desk, &desk.touchpoint(communes[2]), if days == 7 { 12 } else { 3 }).await;
            look(&desk, datetime!(2026-10-11 17:00:10 UTC) + time::Duration::days(days)).await;
        }
        let seen = async |weeks| health(&desk.office, &desk.province(), &scope, weeks).await.unwrap();
        let early = seen(4).await;
        assert_eq!((early.weeks.len(), early.silent.len()), (3, 0), "{engine:?}: three weeks are not four");
        let loads: Vec<_> = seen(3).await.silent.iter().map(|one| (one.unit, one.load.closed)).collect();
        assert_eq!(loads, [(communes[1], 40), (communes[0], 30)], "of the newest month");
        let last: Vec<_> = seen(1).await.silent.iter().map(|one| one.unit).collect();
        assert_eq!(last, [communes[2], communes[1], communes[0]], "last week the third was silent too");
    }
}

#[tokio::test]
async fn a_newer_print_hangs_beside_the_old_one_and_only_one_is_made() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 144).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let old = desk.touchpoint(desk.communes()[0]);
        let (token, other) = (old.token.to_string(), desk.colleague(8).await);
        assert!(!has_newer(&desk.province(), &old));
        let both = tokio::join!(renew(office, tenant, "lan", &token), renew(&other, tenant, "ha", &token));
        assert!(both.0.is_ok() != both.1.is_ok(), "{engine:?}: one of two who press at once");
        office.refresh().await.unwrap();
        let here: Vec<_> = desk.province().touchpoints().filter(|t| t.unit == old.unit).cloned().collect();
        assert_eq!(here.iter().filter(|t| !t.revoked).count(), 2, "the old one stays in use");
        let fresh = here.iter().find(|t| t.version == old.version + 1).unwrap();
        assert!(has_newer(&desk.province(), &old) && !has_newer(&desk.province(), fresh));
        let token_of_fresh = fresh.token.to_string();
        revoke(office, tenant, "lan", (&token_of_fresh, "mất")).await.unwrap();
        assert!(!has_newer(&desk.province(), &old), "a revoked one is no newer one");
        revoke(office, tenant, "lan", (&token, "mất")).await.unwrap();
        assert!(
            renew(office, tenant, "lan", &token).await.is_err(),
            "of a revoked one there is no newer print"
        );
    }
}
