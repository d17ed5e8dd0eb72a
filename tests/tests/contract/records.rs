//! Everything else that is kept: instruments, the audit log, sessions, settings.

use domain::id::AccountId;
use domain::scope::{Principal, Role};
use store::StoreError;
use store::account::Account;
use tests::desk::Desk;
use tests::process::Engine;
use time::Duration;
use usecase::sign_in::LIMITS;

#[tokio::test]
async fn a_published_version_never_changes() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 30).await;
        let (store, at) = (&desk.office.store, desk.office.now());
        store.publish_instrument(desk.tenant, ("x", 1), "{}", "a", at).await.unwrap();
        store.publish_instrument(desk.tenant, ("x", 1), "{}", "a", at).await.unwrap();
        let other = store.publish_instrument(desk.tenant, ("x", 1), "{ }", "b", at).await;
        assert!(matches!(other, Err(StoreError::Conflict(_))), "{engine:?}");
        let all = store.instruments(desk.tenant).await.unwrap();
        assert!(all.contains(&("x".into(), 1, "{}".into())));
    }
}

#[tokio::test]
async fn the_audit_log_is_one_chain_whoever_writes() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 31).await;
        let other = desk.colleague(32).await;
        let write = |office: usecase::office::Office, who: &'static str, tenant| {
            tokio::spawn(async move {
                for deed in 0..10 {
                    office.note(tenant, who, "test", &deed.to_string()).await.unwrap();
                }
            })
        };
        let (a, b) = (write(desk.office.clone(), "a", desk.tenant), write(other, "b", desk.tenant));
        a.await.unwrap();
        b.await.unwrap();
        let lines = desk.office.store.audit(desk.tenant).await.unwrap();
        assert_eq!(
            lines.iter().map(|l| l.seq).collect::<Vec<_>>(),
            (1..=20).collect::<Vec<i64>>(),
            "{engine:?}"
        );
        let mut before = String::new();
        for line in &lines {
            let text = format!(
                "{}|{}|{}|{}|{}|{}",
                line.seq, line.at, line.who, line.what, line.outcome, line.detail
            );
            assert_eq!(line.hash, usecase::keys::sha256(format!("{before}|{text}").as_bytes()));
            before.clone_from(&line.hash);
        }
    }
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_eight_hours_in_all() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 33).await;
        let store = &desk.office.store;
        let principal = Principal {
            account: AccountId::from_bytes([5; 16]),
            name: "lan".into(),
            tenant: desk.tenant,
            role: Role::Auditor,
            unit: None,
        };
        let account = Account { principal: principal.clone(), password: "x".into(), disabled: false };
        let begun = desk.office.now();
        store.add_account(&account, begun).await.unwrap();
        assert!(matches!(store.add_account(&account, begun).await, Err(StoreError::Conflict(_))));
        store.start_session(desk.tenant, &[1; 32], principal.account, begun, LIMITS).await.unwrap();
        let who = |after: Duration| store.session(desk.tenant, &[1; 32], begun + after, LIMITS);
        assert_eq!(who(Duration::minutes(29)).await.unwrap().unwrap().0, principal, "{engine:?}");
        assert!(who(Duration::minutes(31)).await.unwrap().is_none());
        for quarter in 1..=32 {
            let at = begun + Duration::minutes(15 * quarter);
            store.touch_session(desk.tenant, &[1; 32], at).await.unwrap();
        }
        assert!(who(Duration::minutes(481)).await.unwrap().is_none(), "eight hours are enough");
        assert!(store.session(desk.tenant, &[2; 32], begun, LIMITS).await.unwrap().is_none());
        store.end_session(desk.tenant, &[1; 32]).await.unwrap();
        assert!(who(Duration::ZERO).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_demo_stays_a_demo_and_a_real_database_never_becomes_one() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 34).await;
        let refused = desk.office.set_demo_day(desk.office.today()).await.unwrap_err().to_string();
        assert!(refused.contains("real service"), "{engine:?}: {refused}");
        let until =
            usecase::fold::fold_until(&desk.office, desk.tenant, time::macros::date!(2026 - 12 - 01)).await;
        assert!(until.unwrap_err().to_string().contains("only the clock of a demo"));
    }
}
