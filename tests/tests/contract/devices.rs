//! Tablets: pairing, queues, closes, revoking, quarantine; whatever happens to a tablet, no honest answer
//! is lost and none counts twice.

use domain::device::{Device, DeviceFault, DeviceState, Settings};
use domain::id::{AccountId, DeviceId};
use domain::right::Actor;
use domain::scope::{Principal, Role, Scope};
use domain::survey::{Mode, Route, Trust, Variant};
use store::inbox::Kind;
use tests::desk::{Desk, SURVEY};
use tests::process::Engine;
use tests::tablet::Tablet;
use time::macros::{date, datetime};
use usecase::UsecaseError;
use usecase::keys::Purpose;
use usecase::kiosk::{
    Fate, Invited, PAIRING, Report, Screen, Tap, Told, drop_held, held_by_device, invite_again, make_device,
    pair, release_held, revoke_device, sync,
};
use usecase::record::{Flag, Kept};
use usecase::submit::seal_subject;

fn admin(desk: &Desk) -> (Principal, Scope) {
    let principal = Principal {
        account: AccountId::from_bytes([1; 16]),
        name: "lan".into(),
        tenant: desk.tenant,
        role: Role::ProvinceAdmin,
        unit: None,
    };
    let scope = Scope::of(&principal, Vec::new());
    (principal, scope)
}

fn actor(desk: &Desk) -> Actor {
    Actor::from(&admin(desk).0)
}

async fn invited(desk: &Desk, name: &str) -> Invited {
    let (principal, scope) = admin(desk);
    let place = (desk.communes()[0], name);
    make_device(&desk.office, (&principal, &scope), place, Settings::default()).await.unwrap()
}

async fn try_pair(desk: &Desk, tablet: &Tablet, invited: &Invited) -> Result<Device, UsecaseError> {
    let signature = tablet.sign(PAIRING, invited.secret.to_string().as_bytes());
    pair(&desk.office, &invited.secret, &tablet.public_key(), &signature).await
}

/// A tablet at the first commune.
async fn paired(desk: &Desk) -> (Tablet, DeviceId) {
    let (tablet, invited) = (Tablet::new(), invited(desk, "Quầy 1").await);
    try_pair(desk, &tablet, &invited).await.unwrap();
    (tablet, invited.device)
}

fn taps(tablet: &Tablet, levels: impl IntoIterator<Item = u8>) -> Vec<Tap> {
    let tap = |overall| Tap { nonce: tablet.bytes(), survey: SURVEY.into(), overall, field: None };
    levels.into_iter().map(tap).collect()
}

fn report(tablet: &Tablet, taps: &[Tap]) -> Report {
    Report {
        session: tablet.session,
        version: "1".into(),
        waiting: 17,
        dropped: 4,
        live: false,
        taps: taps.to_vec(),
    }
}

async fn device(desk: &Desk, id: DeviceId) -> Device {
    desk.office.store.device(desk.tenant, id).await.unwrap().unwrap()
}

async fn send(desk: &Desk, id: DeviceId, report: &Report) -> Told {
    sync(&desk.office, desk.tenant, device(desk, id).await, report).await.unwrap()
}

/// What waits, opened as the key file can.
async fn opened(desk: &Desk) -> Vec<Kept> {
    let survey = desk.survey().survey.id;
    let waiting =
        desk.office.store.waiting_page(Kind::Answer, desk.tenant, survey, &[], 10_000).await.unwrap();
    let about = seal_subject(desk.tenant, survey);
    let open = |sealed: &store::inbox::Sealed| {
        let plain = desk.office.keys.unseal(Purpose::Inbox, &sealed.record, &about).unwrap();
        Kept::decode(&plain).unwrap()
    };
    waiting.iter().map(open).collect()
}

fn is_fault(result: &Result<Device, UsecaseError>, fault: &DeviceFault) -> bool {
    matches!(result, Err(UsecaseError::Device(found)) if found == fault)
}

#[tokio::test]
async fn a_secret_pairs_one_tablet_once_and_for_a_quarter_of_an_hour() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 150).await;
        let (first, second) = (Tablet::new(), Tablet::new());
        let counter_1 = invited(&desk, "Quầy 1").await;
        assert_eq!(
            try_pair(&desk, &first, &counter_1).await.unwrap().state,
            DeviceState::Paired,
            "{engine:?}"
        );
        assert!(try_pair(&desk, &first, &counter_1).await.is_ok(), "its answer was lost on the way");
        assert!(is_fault(&try_pair(&desk, &second, &counter_1).await, &DeviceFault::Secret));

        let counter_2 = invited(&desk, "Quầy 2").await;
        assert!(is_fault(&try_pair(&desk, &first, &counter_2).await, &DeviceFault::Key), "another device's");
        let foreign = first.sign(PAIRING, counter_2.secret.to_string().as_bytes());
        let stolen = pair(&desk.office, &counter_2.secret, &second.public_key(), &foreign).await;
        assert!(is_fault(&stolen, &DeviceFault::Key), "a key that this tablet does not hold");

        desk.set_clock(datetime!(2026-10-01 05:15 UTC));
        assert!(is_fault(&try_pair(&desk, &second, &counter_2).await, &DeviceFault::Secret), "too old");
        let (principal, scope) = admin(&desk);
        let again = invite_again(&desk.office, (&principal, &scope), counter_2.device).await.unwrap();
        assert!(is_fault(&try_pair(&desk, &second, &counter_2).await, &DeviceFault::Secret), "the old one");
        assert!(try_pair(&desk, &second, &again).await.is_ok());
        assert!(invite_again(&desk.office, (&principal, &scope), counter_2.device).await.is_err());
    }
}

#[tokio::test]
async fn a_queue_that_is_sent_twice_is_kept_once_and_no_answer_of_it_is_a_burst() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 151).await;
        let (tablet, id) = paired(&desk).await;
        let queue = taps(&tablet, (0..200).map(|n| 1 + n % 5));
        for _ in 0..2 {
            for piece in queue.chunks(40) {
                let told = send(&desk, id, &report(&tablet, piece)).await;
                assert!(told.fates.iter().all(|fate| *fate == Fate::Kept), "{engine:?}: {:?}", told.fates);
            }
        }
        let kept = opened(&desk).await;
        assert_eq!(kept.len(), 200, "{engine:?}");
        for one in &kept {
            assert_eq!(one.flag, Flag::None);
            assert_eq!(
                (one.mode.clone(), one.trust, one.variant),
                (Mode::Kiosk, Trust::Kiosk, Variant::Kiosk)
            );
            assert_eq!((one.route, one.deciding), (Route::Kiosk, desk.communes()[0]));
        }
    }
}

#[tokio::test]
async fn answers_at_a_tablet_that_is_on_the_network_can_be_a_burst() {
    let desk = Desk::open(Engine::Sqlite, 152).await;
    let (tablet, id) = paired(&desk).await;
    for tap in taps(&tablet, [5; 14]) {
        send(&desk, id, &Report { live: true, ..report(&tablet, &[tap]) }).await;
    }
    let bursts = opened(&desk).await.into_iter().filter(|one| one.flag == Flag::Burst).count();
    assert_eq!(bursts, 2, "the thirteenth and the fourteenth within ten minutes");
}

#[tokio::test]
async fn what_the_visit_was_about_is_kept_and_a_field_that_is_gone_does_not_spoil_the_answer() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 153).await;
        let (tablet, id) = paired(&desk).await;
        let mut queue = taps(&tablet, [5, 4, 3, 9]);
        queue[0].field = Some("ho-tich".into());
        queue[1].field = Some("no-such-field".into());
        queue[2].survey = "of another province".into();
        let told = send(&desk, id, &report(&tablet, &queue)).await;
        assert_eq!(told.fates, [Fate::Kept, Fate::Kept, Fate::Unreadable, Fate::Unreadable], "{engine:?}");
        let mut fields: Vec<String> = opened(&desk).await.into_iter().map(|one| one.field).collect();
        fields.sort();
        assert_eq!(fields, ["", "ho-tich"]);
    }
}

#[tokio::test]
async fn an_answer_counts_in_the_month_of_its_fold_whatever_the_tablet_thinks_the_year_is() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 154).await;
        usecase::fold::fold_due(&desk.office, desk.tenant).await.unwrap();
        let (tablet, id) = paired(&desk).await;
        // A message has no place for a time: a tablet in 2019 says what any other says.
        send(&desk, id, &report(&tablet, &taps(&tablet, [4; 12]))).await;
        desk.set_clock(datetime!(2026-11-01 01:00 UTC));
        usecase::fold::fold_due(&desk.office, desk.tenant).await.unwrap();
        assert_eq!(desk.waiting().await, 0);
        let of = (desk.survey().survey.id, 202_610);
        let rows = desk.office.store.responses(desk.tenant, of, &[], 1_000).await.unwrap();
        assert_eq!(rows.len(), 12, "{engine:?}: counted in October 2026");
    }
}

#[tokio::test]
async fn two_tablets_with_one_key_are_seen_and_the_answers_of_both_are_kept() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 155).await;
        let (mut tablet, id) = paired(&desk).await;
        for _ in 0..3 {
            send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await;
            tablet.restart();
        }
        assert_eq!(device(&desk, id).await.twins_on, None, "{engine:?}: starting again is no twin");
        let original = tablet.session;
        send(&desk, id, &report(&tablet, &taps(&tablet, [4]))).await;
        tablet.restart();
        send(&desk, id, &report(&tablet, &taps(&tablet, [3]))).await;
        let late = Report { session: original, ..report(&tablet, &taps(&tablet, [2])) };
        assert_eq!(send(&desk, id, &late).await.fates, [Fate::Kept]);
        assert_eq!(device(&desk, id).await.twins_on, Some(date!(2026 - 10 - 01)), "{engine:?}");
        assert_eq!(desk.waiting().await, 6);
    }
}

#[tokio::test]
async fn what_a_revoked_tablet_still_sends_waits_until_the_province_lets_it_count() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 156).await;
        let (tablet, id) = paired(&desk).await;
        let queue = taps(&tablet, [5; 30]);
        send(&desk, id, &report(&tablet, &queue[..12])).await;
        let (principal, scope) = admin(&desk);
        revoke_device(&desk.office, (&principal, &scope), id).await.unwrap();
        // Its last answer was lost on the way: it sends all of it again.
        for _ in 0..2 {
            let told = send(&desk, id, &report(&tablet, &queue)).await;
            assert!(matches!(told.screen, Screen::Revoked));
            assert!(told.fates.iter().all(|fate| *fate == Fate::Held), "{engine:?}");
        }
        assert_eq!(desk.waiting().await, 12, "{engine:?}: nothing of it counts by itself");
        let held = held_by_device(&desk.office, desk.tenant).await.unwrap();
        assert_eq!(held.get(&id), Some(&18), "what was kept before is not held as well");
        assert_eq!(release_held(&desk.office, &actor(&desk), id).await.unwrap(), 18);
        assert_eq!(release_held(&desk.office, &actor(&desk), id).await.unwrap(), 0);
        assert_eq!(desk.waiting().await, 30);
        send(&desk, id, &report(&tablet, &queue)).await;
        assert_eq!(desk.office.store.count_held(desk.tenant).await.unwrap(), 0, "sent before");
        assert!(opened(&desk).await.iter().all(|one| one.trust == Trust::Kiosk && one.flag == Flag::None));
        let audit = desk.office.store.audit(desk.tenant).await.unwrap();
        let line = audit.iter().find(|line| line.what == "quarantine-release").expect("a line of the log");
        assert_eq!(line.detail, "Quầy 1: at least 10", "in tens, also in the log");
    }
}

#[tokio::test]
async fn two_administrators_who_let_it_count_at_once_let_it_count_once() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 162).await;
        let (tablet, id) = paired(&desk).await;
        let (principal, scope) = admin(&desk);
        revoke_device(&desk.office, (&principal, &scope), id).await.unwrap();
        send(&desk, id, &report(&tablet, &taps(&tablet, [5; 40]))).await;
        let other = desk.colleague(163).await;
        let who = actor(&desk);
        let (here, there) =
            tokio::join!(release_held(&desk.office, &who, id), release_held(&other, &who, id));
        assert_eq!(here.unwrap() + there.unwrap(), 40, "{engine:?}");
        assert_eq!(desk.waiting().await, 40);
        // What is not held cannot be let out.
        let never = desk.answers(desk.communes()[0], Trust::Kiosk, Route::Kiosk, 3);
        assert_eq!(desk.office.store.release_held(desk.tenant, &never).await.unwrap(), 0);
        assert_eq!(desk.waiting().await, 40);
    }
}

#[tokio::test]
async fn what_the_province_drops_is_gone_and_stays_gone() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 157).await;
        let (tablet, id) = paired(&desk).await;
        let queue = taps(&tablet, [1; 5]);
        let (principal, scope) = admin(&desk);
        revoke_device(&desk.office, (&principal, &scope), id).await.unwrap();
        send(&desk, id, &report(&tablet, &queue)).await;
        let none = drop_held(&desk.office, &actor(&desk), id, "  ").await;
        assert!(matches!(none, Err(UsecaseError::Device(DeviceFault::Reason))));
        assert_eq!(drop_held(&desk.office, &actor(&desk), id, "trẻ em nghịch").await.unwrap(), 5);
        send(&desk, id, &report(&tablet, &queue)).await;
        assert_eq!(desk.office.store.count_held(desk.tenant).await.unwrap(), 0, "{engine:?}");
        assert_eq!(desk.waiting().await, 0);
        let head = Principal { role: Role::AgencyHead, unit: Some(desk.communes()[0]), ..principal };
        assert!(matches!(
            drop_held(&desk.office, &Actor::from(&head), id, "x").await,
            Err(UsecaseError::Forbidden)
        ));
    }
}

#[tokio::test]
async fn a_queue_is_taken_until_thirty_days_after_the_close_and_the_tablet_is_told_of_it() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 158).await;
        let (tablet, id) = paired(&desk).await;
        let told = send(&desk, id, &report(&tablet, &[])).await;
        assert!(matches!(told.screen, Screen::Open(_)));
        desk.set_clock(datetime!(2026-12-31 16:59 UTC));
        assert!(matches!(send(&desk, id, &report(&tablet, &[])).await.screen, Screen::Open(_)));
        desk.set_clock(datetime!(2027-01-30 16:00 UTC));
        let told = send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await;
        assert_eq!(told.fates, [Fate::Kept], "{engine:?}: the thirtieth day");
        assert!(matches!(told.screen, Screen::Closed(Some(on)) if on == date!(2026 - 12 - 31)));
        desk.set_clock(datetime!(2027-01-30 17:00 UTC));
        let told = send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await;
        assert_eq!(told.fates, [Fate::Late], "{engine:?}: the day of the last run");
        assert_eq!(desk.waiting().await, 1);
    }
}

#[tokio::test]
async fn a_survey_that_was_closed_by_hand_takes_queues_for_thirty_days() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 159).await;
        let (tablet, id) = paired(&desk).await;
        usecase::open_survey::close_survey(&desk.office, desk.tenant, SURVEY).await.unwrap();
        let told = send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await;
        assert_eq!(told.fates, [Fate::Kept], "{engine:?}");
        assert!(matches!(told.screen, Screen::Closed(Some(on)) if on == date!(2026 - 10 - 01)));
        desk.set_clock(datetime!(2026-11-01 05:00 UTC));
        assert_eq!(send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await.fates, [Fate::Late]);
    }
}

#[tokio::test]
async fn a_device_tells_of_itself_in_hours_and_in_tens() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 160).await;
        let (tablet, id) = paired(&desk).await;
        desk.set_clock(datetime!(2026-10-01 05:59:59 UTC));
        send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await;
        let first = device(&desk, id).await;
        assert_eq!((first.waiting, first.dropped), (10, 0), "{engine:?}");
        assert_eq!(
            first.seen.map(|hour| hour * 3_600),
            Some(datetime!(2026-10-01 05:00 UTC).unix_timestamp())
        );
        desk.set_clock(datetime!(2026-10-01 05:00:01 UTC));
        send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await;
        assert_eq!(device(&desk, id).await, first, "an answer leaves no trace on its device");
    }
}

#[tokio::test]
async fn a_place_that_was_revoked_holds_what_its_tablet_sends() {
    let desk = Desk::open(Engine::Sqlite, 161).await;
    let (tablet, id) = paired(&desk).await;
    let place = device(&desk, id).await.touchpoint;
    let token = desk.province().touchpoint_by_id(place).unwrap().token.to_string();
    usecase::touchpoints::revoke(&desk.office, desk.tenant, "lan", (&token, "dọn quầy")).await.unwrap();
    let told = send(&desk, id, &report(&tablet, &taps(&tablet, [5]))).await;
    assert_eq!(told.fates, [Fate::Held]);
    assert!(matches!(told.screen, Screen::Revoked));
}
