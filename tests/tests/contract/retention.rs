//! What goes, when, and what proves the figures afterwards.

use domain::period::Month;
use domain::scope::Scope;
use domain::survey::{Route, Trust};
use domain::tally::Tally;
use store::batch::Slab;
use store::fold::Step;
use store::inbox::Kind;
use store::lease::Run;
use store::remove::Leftover;
use store::response::Response;
use store::sealed_month::SealedMonth;
use store::tally::{Increment, Total};
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};
use usecase::fold::{RunReport, fold_due};
use usecase::retention::{Removed, Retention};

const OCTOBER: i64 = 202_610;

/// Twelve people, counted in October 2026.
async fn october(engine: Engine, seed: u8) -> Desk {
    let desk = Desk::open(engine, seed).await;
    fold_due(&desk.office, desk.tenant).await.unwrap();
    desk.submit(desk.communes()[0], Trust::Verified, Route::DoneInPerson, 12).await;
    desk.set_clock(datetime!(2026-10-05 01:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    desk
}

/// Runs what is due at an instant, as if everything through a day had been done.
async fn run(desk: &Desk, done: &str, now: OffsetDateTime) -> Vec<RunReport> {
    desk.office.store.set(desk.tenant.as_str(), "calendar", done).await.unwrap();
    desk.set_clock(now);
    fold_due(&desk.office, desk.tenant).await.unwrap()
}

async fn new_year_2032(desk: &Desk) -> Vec<RunReport> {
    run(desk, "2031-12-31", datetime!(2032-01-01 01:00 UTC)).await
}

async fn responses(desk: &Desk) -> Vec<Response> {
    let of = (desk.survey().survey.id, OCTOBER);
    desk.office.store.responses(desk.tenant, of, &[], 1_000).await.unwrap()
}

async fn seals(desk: &Desk) -> Vec<SealedMonth> {
    desk.office.store.sealed_months(desk.tenant).await.unwrap()
}

async fn faults(desk: &Desk) -> Vec<String> {
    let findings = usecase::check::check(&desk.office, &desk.province()).await.unwrap();
    findings.into_iter().filter_map(|finding| finding.fault).collect()
}

async fn begin(desk: &Desk, day: Date) -> Run {
    let (when, now) = ((day, Month::of(day)), desk.office.now());
    desk.office.store.begin_run(desk.tenant, "fold", when, [7; 16], now).await.unwrap().unwrap()
}

/// The twelve of October once more, as a later file would bring them; `missing` of their rows are lost.
fn again(desk: &Desk, run: &Run, rows: &[Response], first: &Increment, missing: usize) -> Step {
    let survey = desk.survey();
    let tally = Tally::unpack(&survey.questions.base, &first.record).unwrap();
    let mut both = tally.clone();
    both += &tally;
    let (mut ids, mut answers) = (Slab::new(16), Slab::new(rows[0].answers.len()));
    for (number, row) in (0..).zip(&rows[missing..]) {
        ids.push(&[number; 16]);
        answers.push(&row.answers);
    }
    let total = |period| Total {
        group: first.group.clone(),
        period,
        release: run.release,
        n: both.n,
        record: both.pack(),
    };
    Step {
        group: first.group.clone(),
        k: survey.survey.k,
        month: Month::from_number(OCTOBER).unwrap(),
        taken: Slab::new(16),
        response_ids: ids,
        answers,
        increment: Increment { release: run.release, ..first.clone() },
        totals: [OCTOBER, 20_264, 2026].map(total).to_vec(),
        entry_ids: Slab::new(16),
        entries: Slab::new(store::fold::ENTRY),
    }
}

async fn bring_again(desk: &Desk, missing: usize) {
    let store = &desk.office.store;
    let rows = responses(desk).await;
    let first = store.increments(desk.tenant, desk.survey().survey.id).await.unwrap().remove(0);
    let run = begin(desk, date!(2027 - 03 - 01)).await;
    let step = again(desk, &run, &rows, &first, missing);
    store.move_step(&run, &step, desk.office.now()).await.unwrap();
    let increments = store.increments_of_release(desk.tenant, run.release).await.unwrap();
    assert_eq!(increments.len(), 1);
    store.publish(&run, "a hash of its own", desk.office.now()).await.unwrap();
}

#[tokio::test]
async fn responses_go_after_the_fifth_year_and_the_figures_stay_proved() {
    for engine in Engine::BOTH {
        let desk = october(engine, 80).await;
        let (scope, survey) = (Scope::of_the_office(desk.tenant), desk.survey().survey.id);
        let figures = desk.office.store.totals(&scope, survey, OCTOBER, 1).await.unwrap();
        run(&desk, "2031-12-28", datetime!(2031-12-29 01:00 UTC)).await;
        assert_eq!(
            (responses(&desk).await.len(), seals(&desk).await.len()),
            (12, 0),
            "{engine:?}: too early"
        );
        let reports = new_year_2032(&desk).await;
        assert_eq!((reports[0].removed.months, reports[0].removed.responses), (1, 12), "{engine:?}");
        assert!(responses(&desk).await.is_empty());
        let sealed = seals(&desk).await;
        assert_eq!((sealed.len(), sealed[0].month, sealed[0].responses), (1, OCTOBER, 12));
        assert_eq!(sealed[0].emptied_on, Some(20_320_101));
        assert_eq!(faults(&desk).await, Vec::<String>::new(), "{engine:?}");
        assert_eq!(desk.office.store.totals(&scope, survey, OCTOBER, 1).await.unwrap(), figures);
        let audit = desk.office.store.audit(desk.tenant).await.unwrap();
        assert!(audit.iter().any(|line| line.what == "retention" && line.detail.contains("12 responses")));
        if let Some(database) = desk.database() {
            assert_eq!(
                database.ask("select to_regclass('response_202610') is null"),
                "t",
                "its room is free"
            );
        }
        assert_eq!(new_year_2032(&desk).await.first().map(|r| r.removed.clone()), Some(Removed::default()));
    }
}

#[tokio::test]
async fn a_month_that_does_not_recount_is_neither_sealed_nor_emptied() {
    for engine in Engine::BOTH {
        let desk = october(engine, 81).await;
        bring_again(&desk, 1).await;
        let reports = new_year_2032(&desk).await;
        let said = &reports[0].removed.faults;
        assert!(said.len() == 1 && said[0].contains("tally says 24, responses 23"), "{engine:?}: {said:?}");
        assert_eq!((responses(&desk).await.len(), seals(&desk).await.len()), (23, 0));
    }
}

#[tokio::test]
async fn what_comes_late_into_a_sealed_month_is_sealed_by_itself() {
    for engine in Engine::BOTH {
        let desk = october(engine, 82).await;
        let rows = responses(&desk).await;
        new_year_2032(&desk).await;
        let store = &desk.office.store;
        let first = store.increments(desk.tenant, desk.survey().survey.id).await.unwrap().remove(0);
        let late = begin(&desk, date!(2032 - 01 - 02)).await;
        store.move_step(&late, &again(&desk, &late, &rows, &first, 0), desk.office.now()).await.unwrap();
        store.publish(&late, "a hash of its own", desk.office.now()).await.unwrap();
        let counted = |faults: Vec<String>| faults.into_iter().filter(|f| !f.contains("release 2")).count();
        assert_eq!(counted(faults(&desk).await), 0, "{engine:?}: twelve are sealed, twelve can be counted");
        run(&desk, "2032-01-04", datetime!(2032-01-05 01:00 UTC)).await;
        let sealed: Vec<_> = seals(&desk).await.iter().map(|s| (s.after_release, s.responses)).collect();
        assert_eq!(sealed, [(0, 12), (1, 12)]);
        assert!(responses(&desk).await.is_empty());
        assert_eq!(counted(faults(&desk).await), 0, "{engine:?}");
    }
}

fn forged() -> SealedMonth {
    SealedMonth {
        seq: 1,
        month: OCTOBER,
        after_release: 0,
        through_release: 1,
        responses: 12,
        response_hash: String::new(),
        cell_hash: String::new(),
        hash: "forged".into(),
        emptied_on: None,
    }
}

#[tokio::test]
async fn nothing_is_deleted_without_a_seal_and_a_broken_off_deletion_is_finished() {
    for engine in Engine::BOTH {
        let desk = october(engine, 83).await;
        let (store, now) = (&desk.office.store, desk.office.now());
        let of = (desk.survey().survey.id, OCTOBER);
        let crashed = begin(&desk, date!(2032 - 01 - 01)).await;
        assert_eq!(store.remove_responses(&crashed, of, now).await.unwrap(), 0, "{engine:?}");
        assert_eq!(responses(&desk).await.len(), 12);
        store.seal_month(&crashed, &forged(), now).await.unwrap();
        store.end_lease(&crashed).await.unwrap();
        new_year_2032(&desk).await;
        assert!(responses(&desk).await.is_empty(), "{engine:?}: whoever comes next goes on");
        assert_eq!((seals(&desk).await.len(), seals(&desk).await[0].emptied_on), (1, Some(20_320_101)));
        let said = faults(&desk).await;
        assert!(said.iter().any(|fault| fault.contains("changed after it was sealed")), "{said:?}");
    }
}

async fn texts(desk: &Desk) -> usize {
    let survey = desk.survey().survey.id;
    desk.office.store.waiting_page(Kind::Text, desk.tenant, survey, &[], 2_000).await.unwrap().len()
}

#[tokio::test]
async fn texts_go_when_their_months_are_over_while_their_survey_runs() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 84).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        Retention { text_months: 1, ..Retention::default() }.set(&desk.office, desk.tenant).await.unwrap();
        let unit = desk.communes()[0];
        desk.submit(unit, Trust::Verified, Route::DoneInPerson, 120).await;
        run(&desk, "2026-10-31", datetime!(2026-11-01 01:00 UTC)).await;
        let of_october = texts(&desk).await;
        assert!(of_october > 0, "{engine:?}: some wrote something, and no empty text stays");
        desk.submit(unit, Trust::Verified, Route::DoneInPerson, 120).await;
        run(&desk, "2026-11-29", datetime!(2026-11-30 01:00 UTC)).await;
        let both = texts(&desk).await;
        assert!(both > of_october, "{engine:?}: a full month more");
        let reports = run(&desk, "2026-11-30", datetime!(2026-12-01 01:00 UTC)).await;
        assert_eq!((reports[0].removed.texts, texts(&desk).await), (of_october as u64, both - of_october));
    }
}

#[tokio::test]
async fn what_a_survey_left_goes_with_its_time() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 85).await;
        fold_due(&desk.office, desk.tenant).await.unwrap();
        desk.submit(desk.communes()[0], Trust::Verified, Route::DoneInPerson, 90).await;
        desk.submit(desk.communes()[0], Trust::Open, Route::DoneInPerson, 4).await;
        run(&desk, "2027-01-31", datetime!(2027-02-01 01:00 UTC)).await;
        let (store, survey) = (desk.office.store.clone(), desk.survey().survey.id);
        let left = async |what| store.has_leftovers(desk.tenant, what, survey).await.unwrap();
        assert!(desk.survey().survey.ended && left(Leftover::Nonces).await, "{engine:?}");
        run(&desk, "2027-02-07", datetime!(2027-02-08 01:00 UTC)).await;
        assert!(!left(Leftover::Nonces).await, "{engine:?}: no form is taken any more");
        run(&desk, "2028-12-03", datetime!(2028-12-04 01:00 UTC)).await;
        assert!(
            left(Leftover::Texts).await,
            "{engine:?}: some of December could be there until the end of 2028"
        );
        run(&desk, "2028-12-31", datetime!(2029-01-01 01:00 UTC)).await;
        assert!(!left(Leftover::Texts).await, "{engine:?}");
        run(&desk, "2031-12-28", datetime!(2031-12-29 01:00 UTC)).await;
        assert_eq!(desk.waiting().await, 4, "{engine:?}: what reached k nowhere stays as long as responses");
        let reports = new_year_2032(&desk).await;
        assert_eq!((desk.waiting().await, reports[0].removed.leftovers), (0, 4));
        assert_eq!(faults(&desk).await, Vec::<String>::new(), "{engine:?}");
    }
}
