//! Volumes on both engines: batches, corrections, uploads, and the response rate that they give.

use domain::id::UnitId;
use domain::period::Month;
use domain::right::Actor;
use domain::scope::{Principal, Role, Scope};
use domain::survey::{Route, Trust};
use domain::volume::{Dossiers, Volume, VolumeFault};
use std::io::Cursor;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::figures::{ProvinceView, Question, read_agency, read_province};
use usecase::fold::fold_due;
use usecase::import::volumes::{VolumesWanted, import_volumes};
use usecase::volume_edit::{EditError, edit_volume};
use usecase::volume_table::load_volumes;
use usecase::volume_upload::{keep_upload, look_at_upload, take_upload};

fn month(number: u8) -> Month {
    Month::new(2026, number).unwrap()
}

pub(super) fn volume(unit: UnitId, number: u8, closed: i64) -> Volume {
    let dossiers = Dossiers { closed, online: Some(0), ..Dossiers::default() };
    Volume { month: month(number), unit, receiving: None, field: "ho-tich".into(), dossiers }
}

pub(super) async fn publish(desk: &Desk, volumes: &[Volume]) {
    let (store, tenant, now) = (&desk.office.store, desk.tenant, desk.office.now());
    let batch = store.begin_volumes(tenant, ("lan", "tệp.csv"), now).await.unwrap();
    for part in volumes.chunks(store::volume::ROWS) {
        store.add_volumes(tenant, batch, part).await.unwrap();
    }
    store.publish_volumes(tenant, batch, 1, now).await.unwrap();
}

#[tokio::test]
async fn a_batch_counts_from_one_moment_on_and_one_that_was_given_up_never() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 80).await;
        let (store, tenant, now) = (&desk.office.store, desk.tenant, desk.office.now());
        let (scope, unit) = (Scope::of_the_office(tenant), desk.communes()[0]);
        let read = || store.volumes(&scope, month(1), month(12));
        publish(&desk, &[volume(unit, 8, 40)]).await;
        let batch = store.begin_volumes(tenant, ("lan", ""), now).await.unwrap();
        store.add_volumes(tenant, batch, &[volume(unit, 8, 41), volume(unit, 9, 7)]).await.unwrap();
        assert_eq!(read().await.unwrap(), [volume(unit, 8, 40)], "{engine:?}: nobody sees it yet");
        let late = now + time::Duration::hours(2);
        let next = store.begin_volumes(tenant, ("lan", ""), late).await.unwrap();
        store.publish_volumes(tenant, batch, 2, late).await.unwrap();
        assert_eq!(read().await.unwrap(), [volume(unit, 8, 40)], "{engine:?}: it was given up");
        store.discard_volumes(tenant, next).await.unwrap();
        publish(&desk, &[volume(unit, 8, 42)]).await;
        assert_eq!(read().await.unwrap(), [volume(unit, 8, 42)], "{engine:?}");
        let said = store.volume_history(&scope, unit, month(8)).await.unwrap();
        let said: Vec<i64> = said.iter().map(|entry| entry.volume.dossiers.closed).collect();
        assert_eq!(said, [42, 40], "{engine:?}");
    }
}

#[tokio::test]
async fn every_count_comes_back_as_it_was_also_over_many_rows() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 81).await;
        let units = desk.communes();
        let mut volumes = Vec::new();
        for at in 0..2_345_i64 {
            let part = |of: i64| (at % of != 0).then_some(at % 11);
            volumes.push(Volume {
                month: month(u8::try_from(1 + at % 9).unwrap()),
                unit: units[0],
                receiving: (at % 2 == 0).then_some(units[1]),
                field: format!("f-{at}"),
                dossiers: Dossiers {
                    closed: at * 3_000,
                    on_time: part(2),
                    late: part(3),
                    online: part(5),
                    refused: part(7),
                },
            });
        }
        publish(&desk, &volumes).await;
        let scope = Scope::of_the_office(desk.tenant);
        let mut back = desk.office.store.volumes(&scope, month(1), month(9)).await.unwrap();
        let order = |a: &Volume, b: &Volume| a.field.cmp(&b.field);
        back.sort_by(order);
        volumes.sort_by(order);
        assert!(back == volumes, "{engine:?}");
    }
}

#[tokio::test]
async fn nobody_reads_volumes_beyond_their_scope() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 82).await;
        let units = desk.communes();
        publish(&desk, &[volume(units[0], 8, 1), volume(units[1], 8, 2)]).await;
        let head = Principal {
            account: domain::id::AccountId::from_bytes([1; 16]),
            name: "lan".into(),
            tenant: desk.tenant,
            role: Role::AgencyHead,
            unit: Some(units[1]),
        };
        let scope = Scope::of(&head, vec![units[1]]);
        let store = &desk.office.store;
        assert_eq!(store.volumes(&scope, month(8), month(8)).await.unwrap(), [volume(units[1], 8, 2)]);
        assert!(store.volumes_of(&scope, units[0], month(8)).await.unwrap().is_empty(), "{engine:?}");
        assert!(store.volume_history(&scope, units[0], month(8)).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_cell_is_corrected_by_hand_unless_it_would_count_twice() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 83).await;
        let (office, units) = (&desk.office, desk.communes());
        let cli = Actor::of_the_command_line(desk.tenant);
        publish(&desk, &[volume(units[0], 8, 40)]).await;
        edit_volume(office, &cli, volume(units[0], 8, 41)).await.unwrap();
        edit_volume(office, &cli, volume(units[0], 8, 41)).await.unwrap();
        let table = load_volumes(office, desk.tenant, 2026).await.unwrap();
        assert_eq!(table.closed(units[0], month(8)), Some(41), "{engine:?}");
        assert_eq!(table.closed(units[0], month(9)), None);
        let edits = office.store.audit(desk.tenant).await.unwrap();
        assert_eq!(edits.iter().filter(|line| line.what == "volume-edit").count(), 1, "{engine:?}");
        let received = Volume { receiving: Some(units[1]), ..volume(units[0], 8, 5) };
        let wrong = [
            (received, VolumeFault::TwoWays(month(8))),
            (
                Volume { month: month(11), ..volume(units[0], 8, 1) },
                VolumeFault::StillToCome { month: month(11), this_month: month(10) },
            ),
            (Volume { field: "x".into(), ..volume(units[0], 8, 1) }, VolumeFault::UnknownField("x".into())),
        ];
        for (cell, expected) in wrong {
            match edit_volume(office, &cli, cell).await {
                Err(EditError::Fault(fault)) => assert_eq!(fault, expected),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_file_waits_for_its_sender_alone() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 84).await;
        let office = &desk.office;
        let cli = Actor::of_the_command_line(desk.tenant);
        let mut other = cli.clone();
        other.name = "someone".into();
        let text = "month,deciding_unit,field,closed\n2026-08,31825,ho-tich,40\n";
        let id = keep_upload(office, &cli, "C:\\x\\tháng 8.csv", text.as_bytes()).await.unwrap();
        assert!(look_at_upload(office, &other, &id).await.is_err(), "{engine:?}");
        let (name, looked) = look_at_upload(office, &cli, &id).await.unwrap();
        assert_eq!((name.as_str(), looked.unwrap().changes.new), ("tháng 8.csv", 1));
        assert_eq!(take_upload(office, &cli, &id).await.unwrap().closed, 40);
        assert!(take_upload(office, &cli, &id).await.is_err(), "it is gone");
        let bad = text.replace("31825", "4711");
        let id = keep_upload(office, &cli, "b.csv", bad.as_bytes()).await.unwrap();
        let (_, looked) = look_at_upload(office, &cli, &id).await.unwrap();
        let faults = looked.unwrap_err();
        assert_eq!(faults[0].kind, Some(VolumeFault::UnknownUnit("4711".into())));
        assert_eq!((faults[0].fault.line, faults[0].fault.column), (2, 2));
        assert!(take_upload(office, &cli, &id).await.is_err());
        for bad in ["", "00", "x".repeat(32).as_str(), "é".repeat(16).as_str()] {
            assert!(look_at_upload(office, &cli, bad).await.is_err());
        }
    }
}

/// Two communes with twenty open answers each, folded on 1 November; the first has a hundred dossiers.
async fn answered(engine: Engine, seed: u8) -> (Desk, Vec<UnitId>) {
    let desk = Desk::open(engine, seed).await;
    // From this day on the calendar knows what is due.
    fold_due(&desk.office, desk.tenant).await.unwrap();
    let units = desk.communes();
    for unit in &units[..2] {
        desk.submit(*unit, Trust::Open, Route::DoneInPerson, 20).await;
    }
    desk.set_clock(datetime!(2026-10-31 20:00 UTC));
    fold_due(&desk.office, desk.tenant).await.unwrap();
    (desk, units)
}

#[tokio::test]
async fn the_response_rate_is_answers_by_dossiers_clipped_and_flagged() {
    for engine in Engine::BOTH {
        let (desk, units) = answered(engine, 85).await;
        let (office, province) = (&desk.office, desk.province());
        let scope = Scope::of_the_office(desk.tenant);
        let question = Question { period: Some("2026".into()), ..Question::default() };
        let rate = |at: usize| {
            let (province, scope, question) = (province.clone(), scope.clone(), question.clone());
            let unit = province.unit(units[at]).unwrap().clone();
            async move {
                let report = read_agency(office, &province, &scope, &unit, &question).await.unwrap();
                report.told[0].response
            }
        };
        assert_eq!(rate(0).await, None, "{engine:?}: without dossiers there is no rate");
        // A dossier closed after the last fold's month has no answer yet.
        publish(&desk, &[volume(units[0], 9, 500), volume(units[0], 10, 100), volume(units[1], 10, 8)]).await;
        let first = rate(0).await.unwrap();
        assert_eq!((first.answers, first.dossiers, first.exceeds), (20, 100, false), "{engine:?}");
        assert_eq!((first.from, first.through, first.months), (month(10), month(10), 1));
        assert!((first.percent - 20.0).abs() < 1e-9);
        let second = rate(1).await.unwrap();
        assert_eq!((second.answers, second.dossiers, second.exceeds), (20, 8, true), "{engine:?}");
        assert!((second.percent - 100.0).abs() < 1e-9, "clipped");
        let view = ProvinceView::default();
        let report = read_province(office, &province, &scope, &question, &view).await.unwrap();
        let whole = report.told[0].response.unwrap();
        assert_eq!((whole.answers, whole.dossiers), (40, 108), "{engine:?}");
        let coverage = report.coverage.unwrap();
        assert_eq!((coverage.dossiers, coverage.units_unknown), (108, 1), "{engine:?}");
        assert!((coverage.percent - 100.0).abs() < 1e-9);
        publish(&desk, &[volume(units[2], 10, 108)]).await;
        let report = read_province(office, &province, &scope, &question, &view).await.unwrap();
        assert!((report.coverage.unwrap().percent - 50.0).abs() < 1e-9, "{engine:?}: half has a figure");
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_is_taken_back() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 86).await;
        let cli = Actor::of_the_command_line(desk.tenant);
        let text = "month,deciding_unit,field,closed\n2026-08,31825,ho-tich,40\n2026-08,31834,ho-tich,x\n";
        let wanted = VolumesWanted { source: "v.csv", dry_run: false, progress: &mut |_, _| {} };
        let source = Cursor::new(text.as_bytes().to_vec());
        let told = import_volumes(&desk.office, &cli, source, wanted).await.unwrap_err().to_string();
        assert!(told.starts_with("line 3, column 4 (closed): "), "{engine:?}: {told}");
        assert_eq!(desk.office.store.volumes_head(desk.tenant).await.unwrap(), 0);
    }
}
