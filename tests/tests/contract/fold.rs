//! Runs: leases, steps of at least k, releases that never change.

use domain::period::Month;
use domain::scope::Scope;
use domain::survey::{Route, Trust};
use store::StoreError;
use store::batch::Slab;
use store::fold::Step;
use store::lease::{Run, SILENCE};
use store::tally::Increment;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use usecase::fold::fold_due;

async fn begin(desk: &Desk, owner: u8) -> Option<Run> {
    let when = (date!(2026 - 10 - 05), Month::new(2026, 10).unwrap());
    let now = desk.office.now();
    desk.office.store.begin_run(desk.tenant, "fold", when, [owner; 16], now).await.unwrap()
}

fn step(desk: &Desk, people: u8) -> Step {
    let survey = desk.survey();
    let group = domain::survey::Group {
        survey: survey.survey.id,
        unit: desk.communes()[0],
        mode: domain::survey::Mode::Slip,
        trust: Trust::Verified,
        variant: survey.survey.variant,
        route: Route::DoneInPerson,
    };
    let mut ids = Slab::new(16);
    let mut answers = Slab::new(18);
    for person in 0..people {
        ids.push(&[person + 1; 16]);
        answers.push(&[5; 18]);
    }
    Step {
        increment: Increment {
            group: group.clone(),
            dimension: "all".into(),
            band: String::new(),
            months: (202_610, 202_610),
            release: 1,
            n: i64::from(people),
            record: vec![1],
        },
        group,
        k: survey.survey.k,
        month: Month::new(2026, 10).unwrap(),
        taken: Slab::new(16),
        response_ids: ids,
        answers,
        totals: Vec::new(),
        entry_ids: Slab::new(16),
        entries: Slab::new(store::fold::ENTRY),
    }
}

#[tokio::test]
async fn the_database_itself_refuses_a_step_of_fewer_than_k() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 10).await;
        let run = begin(&desk, 1).await.unwrap();
        let now = desk.office.now();
        let refused = desk.office.store.move_step(&run, &step(&desk, 9), now).await.unwrap_err();
        assert!(refused.is_refusal(), "{engine:?}: {refused}");
        let october = (desk.survey().survey.id, 202_610);
        assert!(desk.office.store.responses(desk.tenant, october, &[], 10).await.unwrap().is_empty());
        desk.office.store.move_step(&run, &step(&desk, 10), now).await.unwrap();
        assert_eq!(desk.office.store.responses(desk.tenant, october, &[], 20).await.unwrap().len(), 10);
    }
}

#[tokio::test]
async fn one_process_folds_at_a_time_and_a_silent_one_is_taken_over() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 11).await;
        let first = begin(&desk, 1).await.unwrap();
        assert_eq!(begin(&desk, 2).await, None, "{engine:?}: the lease is held");
        desk.set_clock(desk.office.now() + SILENCE + time::Duration::SECOND);
        let second = begin(&desk, 2).await.unwrap();
        assert!(second.resumed && second.release == first.release, "the same run under its own number");
        let late = desk.office.store.move_step(&first, &step(&desk, 10), desk.office.now()).await;
        assert!(matches!(late, Err(StoreError::LeaseLost)), "the first one wakes up too late");
    }
}

#[tokio::test]
async fn a_crashed_run_is_resumed_and_nothing_of_it_was_visible() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 12).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        desk.submit(desk.communes()[0], Trust::Verified, Route::DoneInPerson, 25).await;
        desk.set_clock(datetime!(2026-10-05 01:00 UTC));
        let crashed = begin(&desk, 9).await.unwrap();
        assert!(desk.office.store.releases(desk.tenant).await.unwrap().is_empty());
        desk.set_clock(datetime!(2026-10-05 01:10 UTC));
        let reports = fold_due(&desk.office, desk.tenant).await.unwrap();
        assert_eq!(
            reports.iter().filter_map(|r| r.release).collect::<Vec<_>>(),
            [crashed.release],
            "{engine:?}"
        );
        assert_eq!(desk.office.store.releases(desk.tenant).await.unwrap().len(), 1);
        assert_eq!(desk.waiting().await, 0);
    }
}

#[tokio::test]
async fn two_processes_fold_at_once_and_every_answer_is_moved_once() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 13).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let other = desk.colleague(14).await;
        for unit in desk.communes() {
            desk.submit(unit, Trust::Verified, Route::DoneInPerson, 40).await;
        }
        desk.set_clock(datetime!(2026-10-05 01:00 UTC));
        let (a, b) = tokio::join!(fold_due(&desk.office, desk.tenant), fold_due(&other, desk.tenant));
        let moved = |reports: Vec<usecase::fold::RunReport>| {
            reports.iter().flat_map(|r| &r.surveys).map(|s| s.moved).sum::<usize>()
        };
        assert_eq!(moved(a.unwrap()) + moved(b.unwrap()), 120, "{engine:?}");
        let findings = usecase::check::check(&desk.office, &desk.province()).await.unwrap();
        assert!(findings.iter().all(|f| f.fault.is_none()), "{engine:?}: {findings:?}");
    }
}

#[tokio::test]
async fn an_older_release_stays_as_it_was() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 15).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let (unit, survey) = (desk.communes()[0], desk.survey().survey.id);
        let scope = Scope::of_the_office(desk.tenant);
        let mut seen = Vec::new();
        for (people, monday) in [(15, 5), (22, 12), (29, 19)] {
            desk.submit(unit, Trust::Verified, Route::DoneInPerson, people).await;
            desk.set_clock(datetime!(2026-10-01 01:00 UTC) + time::Duration::days(monday - 1));
            fold_due(&desk.office, desk.tenant).await.unwrap();
            let number = i64::try_from(seen.len() + 1).unwrap();
            seen.push(desk.office.store.totals(&scope, survey, 2026, number).await.unwrap());
            for (release, was) in (1..).zip(&seen) {
                let now = desk.office.store.totals(&scope, survey, 2026, release).await.unwrap();
                assert_eq!(&now, was, "{engine:?}: release {release}");
            }
        }
        assert_eq!(seen.iter().map(|totals| totals[0].n).collect::<Vec<_>>(), [15, 37, 66]);
    }
}

#[tokio::test]
async fn fakeable_answers_wait_for_the_first_of_the_month() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 16).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        desk.submit(desk.communes()[0], Trust::Open, Route::DoneInPerson, 30).await;
        desk.set_clock(datetime!(2026-10-26 01:00 UTC));
        fold_due(&desk.office, desk.tenant).await.unwrap();
        assert_eq!(desk.waiting().await, 30, "{engine:?}: no Monday takes them");
        desk.set_clock(datetime!(2026-10-31 17:29 UTC));
        fold_due(&desk.office, desk.tenant).await.unwrap();
        assert_eq!(desk.waiting().await, 30, "nor a minute too early");
        desk.set_clock(datetime!(2026-10-31 17:30 UTC));
        let reports = fold_due(&desk.office, desk.tenant).await.unwrap();
        assert_eq!((reports.len(), desk.waiting().await), (1, 0));
        let releases = desk.office.store.releases(desk.tenant).await.unwrap();
        assert_eq!(releases[0].counted_in, Month::new(2026, 10).unwrap(), "the month of the day before");
    }
}

#[tokio::test]
async fn a_surveys_end_pools_what_is_small_at_the_unit_above() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 17).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let (communes, province) = (desk.communes(), desk.province());
        for unit in &communes {
            desk.submit(*unit, Trust::Verified, Route::DoneInPerson, 6).await;
        }
        desk.submit(communes[0], Trust::Open, Route::DoneInPerson, 4).await;
        desk.set_clock(datetime!(2027-02-01 01:00 UTC));
        fold_due(&desk.office, desk.tenant).await.unwrap();
        let increments = desk.office.store.increments(desk.tenant, desk.survey().survey.id).await.unwrap();
        let base: Vec<_> = increments.iter().filter(|i| i.dimension == "all").collect();
        assert_eq!(base.len(), 1, "{engine:?}: {base:?}");
        assert_eq!((base[0].group.unit, base[0].n, base[0].months.0), (province.root, 18, 202_612));
        assert_eq!(desk.waiting().await, 4, "what reaches k nowhere stays sealed");
        assert!(desk.survey().survey.ended);
    }
}
