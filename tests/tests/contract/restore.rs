//! A backup is older than the loss: newer releases come back from their file, and nobody counts twice.

use super::backup::{autumn, backup, nothing_is_wrong, releases, restored, run, same_figures};
use super::moves::kill_after;
use domain::period::Month;
use domain::succession::{Share, Succession};
use domain::survey::{Route, Trust, Variant};
use domain::unit::Unit;
use store::inbox::Kind;
use store::tally::ALL;
use tests::desk::Desk;
use tests::process::Engine;
use time::Duration;
use time::macros::{date, datetime};
use usecase::UsecaseError;
use usecase::audit_log::verify_audit;
use usecase::exclusion::{Wish, decide, flag_parts};
use usecase::fold::fold_due;
use usecase::mutant::Mutant;
use usecase::objection::{CopyFault, Objection};
use usecase::open_survey::{NewSurvey, open_survey};
use usecase::restore::{Dropped, Restore};

/// People in all cells of the desk's survey.
async fn people(desk: &Desk) -> i64 {
    let increments = desk.office.store.increments(desk.tenant, desk.survey().survey.id).await.unwrap();
    increments.iter().filter(|one| one.dimension == ALL).map(|one| one.n).sum()
}

async fn entries(desk: &Desk) -> i64 {
    desk.office.store.boxes(desk.tenant).await.unwrap().iter().map(|(_, entries)| entries).sum()
}

async fn texts(desk: &Desk) -> usize {
    let survey = desk.survey().survey.id;
    desk.office.store.waiting_page(Kind::Text, desk.tenant, survey, &[], 1_000).await.unwrap().len()
}

async fn fold(desk: &Desk, at: time::OffsetDateTime) {
    desk.set_clock(at);
    fold_due(&desk.office, desk.tenant).await.unwrap();
}

/// A backup of the autumn, then two more releases: of the first unit, and of the third, for which nine waited.
async fn lost_november(engine: Engine, seed: u8) -> (Desk, std::path::PathBuf, std::path::PathBuf) {
    let desk = Desk::open(engine, seed).await;
    autumn(&desk).await;
    let [first, second, third] = desk.communes()[..] else { panic!("three communes") };
    desk.submit(first, Trust::Verified, Route::DoneInPerson, 12).await;
    desk.submit(second, Trust::Verified, Route::NotDone, 7).await;
    let copy = backup(&desk, "b").await;
    fold(&desk, datetime!(2026-11-09 05:00 UTC)).await;
    desk.submit(third, Trust::Verified, Route::DoneOnline, 5).await;
    desk.submit(first, Trust::Verified, Route::DoneInPerson, 3).await;
    fold(&desk, datetime!(2026-11-16 05:00 UTC)).await;
    let file = releases(&desk, 2, true, "r").await;
    (desk, copy, file)
}

#[tokio::test]
async fn newer_releases_come_from_their_file_and_what_they_counted_does_not_wait_again() {
    for engine in Engine::BOTH {
        let (desk, copy, file) = lost_november(engine, 41).await;
        let spare = desk.spare(engine);
        let files = [file];
        let (office, said) = run(&desk, &spare, &Restore::new(&copy, &files)).await.unwrap();
        assert_eq!((said[0].release, said[0].newer), (5, 2), "{engine:?}");
        assert_eq!(said[0].dropped.answers, 20, "{engine:?}: twelve and nine, in whole tens");
        let back = desk.moved(spare, office);
        same_figures(&back, &desk, &format!("{engine:?}")).await;
        assert_eq!(back.waiting().await, 7, "{engine:?}: the group that did not grow waits on");
        nothing_is_wrong(&back).await;
        let releases = back.office.store.releases(back.tenant).await.unwrap();
        let restored: Vec<bool> = releases.iter().map(|release| release.is_restored).collect();
        assert_eq!(restored, [true, true, false, false, false], "{engine:?}");
        let before = people(&back).await;
        back.submit(desk.communes()[1], Trust::Verified, Route::NotDone, 4).await;
        fold(&back, datetime!(2026-11-23 05:00 UTC)).await;
        assert_eq!(people(&back).await, before + 11, "{engine:?}: seven that were kept and four new ones");
        fold(&back, datetime!(2027-02-08 05:00 UTC)).await;
        nothing_is_wrong(&back).await;
        let line =
            back.office.store.audit(back.tenant).await.unwrap().into_iter().find(|one| one.what == "restore");
        assert!(line.unwrap().detail.contains("2 newer releases, now 5"));
        let actor = domain::right::Actor::of_the_command_line(back.tenant);
        assert_eq!(verify_audit(&back.office, &actor).await.unwrap().broken_at, None);
    }
}

#[tokio::test]
async fn people_who_were_put_back_beside_the_release_that_counted_them_would_be_noticed() {
    for engine in Engine::BOTH {
        let (desk, copy, file) = lost_november(engine, 42).await;
        let answered = people(&desk).await + desk.waiting().await;
        let spare = desk.spare(engine);
        let files = [file];
        let order = Restore::new(&copy, &files).with_mutant(Mutant::KeptTwice);
        let (office, _) = run(&desk, &spare, &order).await.unwrap();
        let back = desk.moved(spare, office);
        assert_eq!(back.waiting().await, 28, "{engine:?}");
        fold(&back, datetime!(2026-11-23 05:00 UTC)).await;
        assert!(people(&back).await + back.waiting().await > answered, "{engine:?}: more than ever answered");
    }
}

/// A backup before a year's end, and the releases through it: boxes are cut, texts leave.
async fn years_end(engine: Engine, mutant: Option<Mutant>) -> (Desk, Desk, Dropped) {
    let desk = Desk::open(engine, 43).await;
    autumn(&desk).await;
    let copy = backup(&desk, "b").await;
    fold(&desk, datetime!(2027-01-01 05:00 UTC)).await;
    let files = [releases(&desk, 3, true, "r").await];
    let spare = desk.spare(engine);
    let order = Restore::new(&copy, &files);
    let order = if let Some(mutant) = mutant { order.with_mutant(mutant) } else { order };
    let (office, said) = run(&desk, &spare, &order).await.unwrap();
    let back = desk.moved(spare, office);
    (desk, back, said[0].dropped)
}

#[tokio::test]
async fn boxes_that_newer_releases_cut_are_not_cut_again() {
    for engine in Engine::BOTH {
        let (desk, back, dropped) = years_end(engine, None).await;
        assert_eq!((entries(&desk).await, entries(&back).await), (0, 0), "{engine:?}");
        assert_eq!(dropped.entries, 140, "{engine:?}: 146 people, in whole tens");
        same_figures(&back, &desk, &format!("{engine:?}")).await;
        nothing_is_wrong(&back).await;
        let (_, twice, _) = years_end(engine, Some(Mutant::KeptTwice)).await;
        assert!(entries(&twice).await > 100, "{engine:?}: they would be cut a second time");
    }
}

/// A run over nine groups that is killed again and again, and the backups that hold it half done.
async fn halves(desk: &Desk) -> Vec<std::path::PathBuf> {
    for unit in desk.communes() {
        for route in [Route::DoneInPerson, Route::NotDone, Route::Partial] {
            desk.submit(unit, Trust::Verified, route, 12).await;
        }
    }
    desk.set_clock(datetime!(2026-11-09 05:00 UTC));
    let (mut turns, mut halves) = (1, Vec::new());
    for seed in 60.. {
        if kill_after(turns, &desk.colleague(seed).await, desk).await {
            break;
        }
        if !desk.office.store.increments_of_release(desk.tenant, 4).await.unwrap().is_empty() {
            halves.push(backup(desk, &format!("b{seed}")).await);
        }
        turns += turns / 4 + 1;
        desk.set_clock(desk.office.now() + store::lease::SILENCE + Duration::SECOND);
    }
    desk.office.refresh().await.unwrap();
    halves
}

#[tokio::test]
async fn a_run_that_was_under_way_in_the_backup_is_resumed_or_comes_whole_from_the_file() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 44).await;
        autumn(&desk).await;
        let halves = halves(&desk).await;
        let answered = people(&desk).await + desk.waiting().await;
        let files = [releases(&desk, 3, true, "r").await];
        assert!(!halves.is_empty(), "{engine:?}: no backup holds a run half done");
        for copy in halves.first().into_iter().chain(halves.last()) {
            let whole = restored(&desk, engine, copy, &files).await;
            same_figures(&whole, &desk, &format!("{engine:?}, {copy:?}")).await;
            nothing_is_wrong(&whole).await;
            let resumed = restored(&desk, engine, copy, &[]).await;
            fold_due(&resumed.office, resumed.tenant).await.unwrap();
            nothing_is_wrong(&resumed).await;
            for back in [&whole, &resumed] {
                assert_eq!(people(back).await + back.waiting().await, answered, "{engine:?}, {copy:?}");
            }
            fold(&whole, datetime!(2027-01-04 05:00 UTC)).await;
            nothing_is_wrong(&whole).await;
        }
    }
}

#[tokio::test]
async fn units_and_surveys_that_came_after_the_backup_come_with_the_releases() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 47).await;
        autumn(&desk).await;
        let [old, new, _] = desk.communes()[..] else { panic!("three communes") };
        desk.submit(old, Trust::Verified, Route::NotDone, 6).await;
        desk.submit(new, Trust::Verified, Route::NotDone, 5).await;
        let copy = backup(&desk, "b").await;
        let day = date!(2026 - 11 - 05);
        let province = desk.province();
        let unit = Unit { valid_to: Some(day), ..province.unit(old).unwrap().clone() };
        let one = Succession { old, new, share: Share::Whole, is_main: true, effective_on: day };
        let (store, now) = (&desk.office.store, desk.office.now());
        store.put_successions(desk.tenant, (province.root, &[unit]), &[old], &[one], now).await.unwrap();
        let survey = NewSurvey {
            code: "N-2026".into(),
            name: "Mới".into(),
            instrument: "post-service".into(),
            version: None,
            variant: Variant::Full,
            from: Month::new(2026, 11).unwrap(),
            to: Month::new(2026, 12).unwrap(),
            units: None,
            k: 10,
            definition: None,
        };
        open_survey(&desk.office, desk.tenant, survey).await.unwrap();
        fold(&desk, datetime!(2026-11-09 05:00 UTC)).await;
        let back = restored(&desk, engine, &copy, &[releases(&desk, 1, true, "r").await]).await;
        same_figures(&back, &desk, &format!("{engine:?}")).await;
        assert_eq!(
            back.waiting().await,
            desk.waiting().await,
            "{engine:?}: six and five were folded as eleven"
        );
        assert!(back.province().survey("N-2026").is_some());
        nothing_is_wrong(&back).await;
    }
}

#[tokio::test]
async fn a_survey_that_ended_since_stays_ended_and_what_was_pooled_is_not_pooled_again() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 48).await;
        autumn(&desk).await;
        for unit in &desk.communes()[..2] {
            desk.submit(*unit, Trust::Verified, Route::NotDone, 6).await;
        }
        let copy = backup(&desk, "b").await;
        fold(&desk, datetime!(2027-02-08 05:00 UTC)).await;
        let back = restored(&desk, engine, &copy, &[releases(&desk, 3, true, "r").await]).await;
        assert!(back.survey().survey.ended && desk.survey().survey.ended, "{engine:?}");
        assert_eq!(
            back.waiting().await,
            0,
            "{engine:?}: some of it was pooled, and nothing of it will ever count"
        );
        same_figures(&back, &desk, &format!("{engine:?}")).await;
        fold(&back, datetime!(2027-03-08 05:00 UTC)).await;
        assert_eq!(people(&back).await, people(&desk).await, "{engine:?}");
        nothing_is_wrong(&back).await;
    }
}

#[tokio::test]
async fn decisions_and_texts_come_back_and_texts_that_were_published_do_not_wait_again() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 49).await;
        autumn(&desk).await;
        let waiting = texts(&desk).await;
        desk.submit(desk.communes()[0], Trust::Verified, Route::DoneInPerson, 90).await;
        let copy = backup(&desk, "b").await;
        fold(&desk, datetime!(2027-01-01 05:00 UTC)).await;
        let parts = flag_parts(&desk.office, desk.tenant, desk.survey().survey.id, i64::MAX).await.unwrap();
        if let Some(part) = parts.iter().find(|part| part.key.band != "none") {
            let wish = Wish {
                survey: tests::desk::SURVEY.into(),
                parts: vec![part.name()],
                excludes: true,
                reason: "treo nhầm".into(),
            };
            decide(&desk.office, desk.tenant, "lan", &wish).await.unwrap();
        }
        let back = restored(&desk, engine, &copy, &[releases(&desk, 3, true, "r").await]).await;
        let scope = domain::scope::Scope::of_the_office(desk.tenant);
        let survey = desk.survey().survey.id;
        let published = desk.office.store.comments(&scope, survey).await.unwrap();
        assert!(published.len() >= 10, "{engine:?}: {waiting} waited, {} were published", published.len());
        assert_eq!(back.office.store.comments(&scope, survey).await.unwrap(), published, "{engine:?}");
        assert_eq!(
            back.office.store.decisions(desk.tenant).await.unwrap(),
            desk.office.store.decisions(desk.tenant).await.unwrap()
        );
        fold(&back, datetime!(2027-02-01 05:00 UTC)).await;
        let again = back.office.store.comments(&scope, survey).await.unwrap();
        assert_eq!(again.len(), published.len(), "{engine:?}: none is published twice");
        nothing_is_wrong(&back).await;
    }
}

/// A file with one more row, and a hash at its end that agrees.
fn smuggled(text: &str, row: &str) -> String {
    let (mut lines, end) = text.trim_end().rsplit_once('\n').map(|(all, end)| (all.to_owned(), end)).unwrap();
    lines.push('\n');
    lines.insert_str(lines.find('\n').unwrap() + 1, &format!("{row}\n"));
    let sum = usecase::keys::sha256(lines.as_bytes());
    let at = end.find("\"sha256\":\"").unwrap() + 10;
    format!("{lines}{}{sum}{}\n", &end[..at], &end[at + 64..])
}

#[tokio::test]
async fn a_gap_another_ledger_or_an_open_file_is_refused_and_nothing_is_stored() {
    for engine in Engine::BOTH {
        let (desk, copy, file) = lost_november(engine, 50).await;
        let (other, _, foreign) = lost_november(engine, 51).await;
        let spare = desk.spare(engine);
        let late = releases(&desk, 5, true, "late").await;
        let open = releases(&desk, 1, false, "open").await;
        let text = std::fs::read_to_string(&file).unwrap();
        let changed = desk.folder().join("changed");
        std::fs::write(&changed, text.replacen("\"n\":12", "\"n\":13", 1)).unwrap();
        let refused = async |path: &std::path::Path| {
            let files = [path.to_owned()];
            match run(&desk, &spare, &Restore::new(&copy, &files)).await.map(|_| ()) {
                Err(UsecaseError::Objection(Objection::Copy(fault))) => fault,
                other => panic!("{other:?}"),
            }
        };
        assert!(matches!(refused(&late).await, CopyFault::Gap { from: 4, through: 4, .. }), "{engine:?}");
        assert!(matches!(refused(&foreign).await, CopyFault::OtherLedger { .. }), "{engine:?}");
        assert!(matches!(refused(&open).await, CopyFault::Open(_)), "{engine:?}");
        assert!(matches!(refused(&changed).await, CopyFault::Broken { release: 4, .. }), "{engine:?}");
        let account = r#"{"row":{"table":"account","cells":{"tenant":"CM","name":"x"}}}"#;
        let setting =
            r#"{"row":{"table":"setting","cells":{"tenant":"*","name":"demo","value":"2026-10-05"}}}"#;
        for row in [account, setting] {
            std::fs::write(&changed, smuggled(&text, row)).unwrap();
            assert!(matches!(refused(&changed).await, CopyFault::Damaged(_)), "{engine:?}: {row}");
        }
        let files = [file];
        run(&desk, &spare, &Restore::new(&copy, &files)).await.unwrap();
        drop(other);
    }
}

#[tokio::test]
async fn months_with_restored_releases_are_sealed_and_proved_when_their_time_is_over() {
    for engine in Engine::BOTH {
        let (desk, copy, file) = lost_november(engine, 52).await;
        let back = restored(&desk, engine, &copy, &[file]).await;
        back.office.store.set(back.tenant.as_str(), "calendar", "2031-12-31").await.unwrap();
        back.set_clock(datetime!(2032-01-01 01:00 UTC));
        let reports = fold_due(&back.office, back.tenant).await.unwrap();
        assert_eq!(reports[0].removed.faults, Vec::<String>::new(), "{engine:?}");
        let seals = back.office.store.sealed_months(back.tenant).await.unwrap();
        let sealed: Vec<(i64, i64)> = seals.iter().map(|seal| (seal.month, seal.responses)).collect();
        assert_eq!(
            sealed,
            [(202_610, 146), (202_611, 0)],
            "{engine:?}: November's rows were lost, its figures not"
        );
        nothing_is_wrong(&back).await;
    }
}
