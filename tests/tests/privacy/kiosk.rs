//! What a tablet's answers leave in the database: sealed records and nonces, as every form does, and nothing
//! that says which tablet, which answer or when.

use std::collections::BTreeSet;

use domain::device::Settings;
use domain::id::{AccountId, DeviceId};
use domain::scope::{Principal, Role, Scope};
use store::StoreError;
use store::archive::{Cell, TABLES};
use tests::desk::{Desk, SURVEY};
use tests::process::Engine;
use tests::tablet::Tablet;
use time::OffsetDateTime;
use time::macros::datetime;
use usecase::kiosk::{Fate, PAIRING, Report, Tap, make_device, pair, revoke_device, sync};

/// Rows of all tables, each with its table's name.
async fn rows(desk: &Desk) -> BTreeSet<(String, String)> {
    let mut snapshot = desk.office.store.snapshot().await.expect("a snapshot");
    let mut rows = BTreeSet::new();
    for table in TABLES {
        let take = |row: Vec<Cell>| {
            rows.insert((table.name.to_owned(), format!("{row:?}")));
            Ok::<(), StoreError>(())
        };
        snapshot.each_row(table, take).await.expect("rows");
    }
    rows
}

async fn paired(desk: &Desk) -> (Tablet, DeviceId, Principal, Scope) {
    let principal = Principal {
        account: AccountId::from_bytes([1; 16]),
        name: "lan".into(),
        tenant: desk.tenant,
        role: Role::ProvinceAdmin,
        unit: None,
    };
    let scope = Scope::of(&principal, Vec::new());
    let place = (desk.communes()[0], "Quầy 1");
    let invited =
        make_device(&desk.office, (&principal, &scope), place, Settings::default()).await.expect("made");
    let tablet = Tablet::new();
    let signature = tablet.sign(PAIRING, invited.secret.to_string().as_bytes());
    pair(&desk.office, &invited.secret, &tablet.public_key(), &signature).await.expect("paired");
    (tablet, invited.device, principal, scope)
}

async fn send(desk: &Desk, (tablet, id): (&Tablet, DeviceId), count: usize) -> Vec<Fate> {
    let tap =
        |_| Tap { nonce: tablet.bytes(), survey: SURVEY.into(), overall: 1, field: Some("ho-tich".into()) };
    let report = Report {
        session: tablet.session,
        version: "1".into(),
        waiting: 0,
        dropped: 0,
        live: false,
        taps: (0..count).map(tap).collect(),
    };
    let device = desk.office.store.device(desk.tenant, id).await.expect("read").expect("a device");
    sync(&desk.office, desk.tenant, device, &report).await.expect("taken").fates
}

/// What an instant looks like when somebody stores it: seconds and microseconds.
fn traces(at: OffsetDateTime) -> [String; 2] {
    [at.unix_timestamp().to_string(), store::cell::micros(at).to_string()]
}

#[tokio::test]
async fn an_answer_of_a_tablet_leaves_what_every_answer_leaves_and_no_trace_on_its_device() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 170).await;
        let (tablet, id, ..) = paired(&desk).await;
        send(&desk, (&tablet, id), 0).await;
        let before = rows(&desk).await;
        let at = datetime!(2026-10-01 05:31:17.123456 UTC);
        desk.set_clock(at);
        assert_eq!(send(&desk, (&tablet, id), 3).await, [Fate::Kept; 3]);
        let after = rows(&desk).await;
        assert!(before.is_subset(&after), "{engine:?}: nothing that was there has changed");
        let mut count = std::collections::BTreeMap::new();
        for (table, row) in after.difference(&before) {
            *count.entry(table.as_str()).or_insert(0) += 1;
            assert!(traces(at).iter().all(|trace| !row.contains(trace)), "{engine:?}: a time in {table}");
        }
        let expected = [("inbox", 3), ("inbox_text", 3), ("nonce_seen", 3)];
        assert_eq!(count.into_iter().collect::<Vec<_>>(), expected, "{engine:?}");
    }
}

#[tokio::test]
async fn what_is_held_of_a_revoked_tablet_is_sealed_and_does_not_name_it() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 171).await;
        let (tablet, id, principal, scope) = paired(&desk).await;
        revoke_device(&desk.office, (&principal, &scope), id).await.expect("revoked");
        let before = rows(&desk).await;
        assert_eq!(send(&desk, (&tablet, id), 3).await, [Fate::Held; 3]);
        let after = rows(&desk).await;
        assert!(before.is_subset(&after), "{engine:?}: the device is as it was");
        let added: Vec<_> = after.difference(&before).collect();
        assert_eq!(added.len(), 3);
        let id = format!("{:?}", id.as_bytes());
        let id = id.trim_matches(['[', ']']);
        for (table, row) in added {
            assert_eq!(table, "quarantine");
            assert!(!row.contains(id), "{engine:?}: which tablet it was");
        }
        assert!(
            after.iter().any(|(table, row)| table == "device" && row.contains(id)),
            "the search is awake"
        );
        let held = desk.office.store.held(desk.tenant).await.expect("held");
        let plain = [&[1_u8][..], b"ho-tich"].concat();
        assert!(held.iter().all(|one| one.record.len() == 312));
        assert!(held.iter().all(|one| !one.record.windows(plain.len()).any(|part| part[1..] == plain[1..])));
    }
}
