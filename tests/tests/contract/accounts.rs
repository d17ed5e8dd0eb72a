//! Accounts, invitations, sessions, the audit log's chain.

use domain::account::AccountFault;
use domain::right::Actor;
use domain::scope::{Principal, Role};
use store::audit::AuditFilter;
use tests::desk::Desk;
use tests::process::Engine;
use time::Duration;
use usecase::account_list::{Wanted, list_accounts, read_account};
use usecase::account_own::{NewPassword, change_password, end_other_sessions, end_own_session, own_sessions};
use usecase::audit_log::{export_audit, read_audit, verify_audit};
use usecase::sign_in::{NewAccount, Refusal, SignedIn, Throttle, add_account, recognise, sign_in};
use usecase::{UsecaseError, account_change, account_invite};

const PASSWORD: &str = "gió chướng thổi về";

async fn add(desk: &Desk, name: &str, role: Role) -> Actor {
    let unit = (!role.is_provincial()).then(|| "31825".to_owned());
    let new = NewAccount { name: name.into(), password: PASSWORD.into(), role, unit };
    add_account(&desk.office, desk.tenant, new).await.unwrap();
    Actor::from(&desk.office.store.account(desk.tenant, name).await.unwrap().unwrap().principal)
}

async fn enter(desk: &Desk, name: &str, password: &str) -> Result<SignedIn, Refusal> {
    sign_in(&desk.office, &Throttle::default(), name, password).await.unwrap()
}

async fn who(desk: &Desk, signed_in: &SignedIn) -> Option<Principal> {
    recognise(&desk.office, &signed_in.token).await.unwrap()
}

#[track_caller]
fn fault<T: std::fmt::Debug>(result: Result<T, UsecaseError>) -> AccountFault {
    match result {
        Err(UsecaseError::Account(fault)) => fault,
        other => panic!("a rule of accounts, not {other:?}"),
    }
}

#[tokio::test]
async fn a_link_makes_an_account_once_and_within_seven_days() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 60).await;
        let (office, admin) = (&desk.office, add(&desk, "ngoc", Role::ProvinceAdmin).await);
        let invite = || account_invite::invite(office, &admin, "lan", Role::AgencyHead, Some("31825"));
        let first = invite().await.unwrap();
        let second = invite().await.unwrap();
        let accept = |token: String, password: &'static str| async move {
            account_invite::accept(office, &token, password, password).await
        };
        assert_eq!(fault(accept(first.token.clone(), PASSWORD).await), AccountFault::Link, "replaced");
        assert_eq!(fault(accept(second.token.clone(), "kurz").await), AccountFault::PasswordLength);
        assert!(account_invite::look(office, &second.token).await.unwrap().is_some(), "looking is free");
        let signed_in = accept(second.token.clone(), PASSWORD).await.unwrap();
        assert_eq!(who(&desk, &signed_in).await.unwrap().role, Role::AgencyHead, "{engine:?}");
        assert_eq!(fault(accept(second.token, PASSWORD).await), AccountFault::Link, "used");
        assert_eq!(fault(invite().await), AccountFault::Taken);
        let late = account_invite::invite(office, &admin, "hoa", Role::Auditor, None).await.unwrap();
        desk.set_clock(office.now() + Duration::days(7));
        assert_eq!(fault(accept(late.token, PASSWORD).await), AccountFault::Link, "run out");
        assert!(enter(&desk, "hoa", PASSWORD).await.is_err());
    }
}

#[tokio::test]
async fn a_revoked_link_opens_nothing_and_rules_are_told() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 61).await;
        let (office, admin) = (&desk.office, add(&desk, "ngoc", Role::ProvinceAdmin).await);
        let invite = |name, role, unit| account_invite::invite(office, &admin, name, role, unit);
        let link = invite("lan", Role::Auditor, None).await.unwrap();
        account_invite::revoke(office, &admin, "lan").await.unwrap();
        assert!(account_invite::look(office, &link.token).await.unwrap().is_none(), "{engine:?}");
        assert!(account_invite::revoke(office, &admin, "lan").await.is_err());
        let told = [
            fault(invite("l n", Role::Auditor, None).await),
            fault(invite("lan", Role::Auditor, Some("31825")).await),
            fault(invite("lan", Role::AgencyHead, None).await),
            fault(invite("lan", Role::AgencyHead, Some("99")).await),
        ];
        let expected = [
            AccountFault::Name,
            AccountFault::UnitTooMuch,
            AccountFault::UnitMissing,
            AccountFault::UnitUnknown,
        ];
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_may_come_back() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 62).await;
        let (office, admin) = (&desk.office, add(&desk, "ngoc", Role::ProvinceAdmin).await);
        add(&desk, "lan", Role::AgencyHead).await;
        let session = enter(&desk, "lan", PASSWORD).await.unwrap();
        let reset = account_invite::reset(office, &admin, "lan").await.unwrap();
        account_change::disable(office, &admin, "lan").await.unwrap();
        assert!(who(&desk, &session).await.is_none(), "{engine:?}");
        assert_eq!(enter(&desk, "lan", PASSWORD).await, Err(Refusal::Wrong));
        assert!(account_invite::look(office, &reset.token).await.unwrap().is_none(), "the link is void");
        assert_eq!(fault(account_invite::reset(office, &admin, "lan").await), AccountFault::Disabled);
        account_change::enable(office, &admin, "lan").await.unwrap();
        assert!(who(&desk, &session).await.is_none(), "the old session stays ended");
        let again = enter(&desk, "lan", PASSWORD).await.unwrap();
        account_change::change_part(office, &admin, "lan", Role::Auditor, None).await.unwrap();
        let now = who(&desk, &again).await.unwrap();
        assert_eq!((now.role, now.unit), (Role::Auditor, None), "it counts for open sessions");
    }
}

#[tokio::test]
async fn the_last_administrator_stays_also_when_two_go_at_once() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 63).await;
        let office = &desk.office;
        let (a, b) =
            (add(&desk, "ngoc", Role::ProvinceAdmin).await, add(&desk, "minh", Role::ProvinceAdmin).await);
        let colleague = desk.colleague(64).await;
        let (first, second) = tokio::join!(
            account_change::disable(office, &a, "minh"),
            account_change::change_part(&colleague, &b, "ngoc", Role::Auditor, None)
        );
        let refused = [first.is_err(), second.is_err()];
        assert!(refused.contains(&true) && refused.contains(&false), "{engine:?}: {refused:?}");
        let left = if refused[0] { "minh" } else { "ngoc" };
        let cli = Actor::of_the_command_line(desk.tenant);
        assert_eq!(fault(account_change::disable(office, &cli, left).await), AccountFault::LastAdmin);
        let part = account_change::change_part(office, &cli, left, Role::AgencyHead, Some("31825"));
        assert_eq!(fault(part.await), AccountFault::LastAdmin);
        let lines = office.store.audit(desk.tenant).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.outcome == "refused").count(), 3, "{engine:?}");
    }
}

#[tokio::test]
async fn only_the_administrator_changes_accounts() {
    let desk = Desk::open(Engine::Sqlite, 65).await;
    let office = &desk.office;
    add(&desk, "ngoc", Role::ProvinceAdmin).await;
    for role in Role::ALL.iter().filter(|role| **role != Role::ProvinceAdmin) {
        let actor = add(&desk, role.code(), *role).await;
        let results = [
            account_change::disable(office, &actor, "ngoc").await,
            account_change::enable(office, &actor, "ngoc").await,
            account_change::change_part(office, &actor, role.code(), Role::ProvinceAdmin, None).await,
            account_change::end_sessions(office, &actor, "ngoc").await.map(drop),
            account_invite::reset(office, &actor, "ngoc").await.map(drop),
            account_invite::invite(office, &actor, "x", Role::Auditor, None).await.map(drop),
            account_invite::revoke(office, &actor, "x").await,
        ];
        assert!(results.iter().all(|result| matches!(result, Err(UsecaseError::Forbidden))), "{role}");
        let reads = list_accounts(office, &actor, &Wanted::default()).await.is_ok();
        assert_eq!(reads, *role == Role::Auditor, "{role}");
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_name_role_unit_and_state() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 66).await;
        let (office, admin) = (&desk.office, add(&desk, "ngoc", Role::ProvinceAdmin).await);
        add(&desk, "lan", Role::AgencyHead).await;
        add(&desk, "hoa", Role::AgencyOfficer).await;
        account_change::disable(office, &admin, "hoa").await.unwrap();
        let names = |wanted: Wanted| {
            let admin = admin.clone();
            async move {
                let found = list_accounts(office, &admin, &wanted).await.unwrap();
                found.accounts.into_iter().map(|line| line.principal.name).collect::<Vec<_>>()
            }
        };
        let unit = desk.communes();
        let wanted = Wanted::default;
        assert_eq!(names(wanted()).await, ["hoa", "lan", "ngoc"], "{engine:?}");
        assert_eq!(names(Wanted { name: "LA".into(), ..wanted() }).await, ["lan"]);
        assert_eq!(names(Wanted { role: Some(Role::ProvinceAdmin), ..wanted() }).await, ["ngoc"]);
        assert_eq!(names(Wanted { below: Some(unit[0]), ..wanted() }).await, ["hoa", "lan"]);
        assert_eq!(names(Wanted { below: Some(unit[1]), ..wanted() }).await, [""; 0]);
        assert_eq!(names(Wanted { disabled: Some(true), ..wanted() }).await, ["hoa"]);
        enter(&desk, "lan", PASSWORD).await.unwrap();
        let (line, sessions, _) = read_account(office, &admin, "lan").await.unwrap();
        assert_eq!((line.signed_in_on, sessions.len()), (Some(time::macros::date!(2026 - 10 - 01)), 1));
    }
}

#[tokio::test]
async fn everybody_ends_their_own_sessions_and_nobody_elses() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 67).await;
        let office = &desk.office;
        add(&desk, "lan", Role::AgencyHead).await;
        add(&desk, "hoa", Role::AgencyHead).await;
        let here = enter(&desk, "lan", PASSWORD).await.unwrap();
        let elsewhere = enter(&desk, "lan", PASSWORD).await.unwrap();
        let hoa = enter(&desk, "hoa", PASSWORD).await.unwrap();
        let other = own_sessions(office, &hoa.principal, &hoa.token).await.unwrap().remove(0);
        assert!(end_own_session(office, &here.principal, &other.id).await.is_err());
        assert!(who(&desk, &hoa).await.is_some(), "{engine:?}: another's session goes on");
        let own = own_sessions(office, &here.principal, &here.token).await.unwrap();
        assert_eq!((own.len(), own.iter().filter(|session| session.is_this).count()), (2, 1));
        let one = own.iter().find(|session| !session.is_this).unwrap();
        end_own_session(office, &here.principal, &one.id).await.unwrap();
        assert!(who(&desk, &elsewhere).await.is_none());
        let third = enter(&desk, "lan", PASSWORD).await.unwrap();
        end_other_sessions(office, &here.principal, &here.token).await.unwrap();
        assert!(who(&desk, &third).await.is_none() && who(&desk, &here).await.is_some());
    }
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_wrong_ones_are_throttled() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 68).await;
        let office = &desk.office;
        add(&desk, "lan", Role::AgencyHead).await;
        let here = enter(&desk, "lan", PASSWORD).await.unwrap();
        let elsewhere = enter(&desk, "lan", PASSWORD).await.unwrap();
        let throttle = Throttle::default();
        let change = |present: &'static str, new: &'static str| {
            let change = NewPassword { present, new, again: new };
            change_password(office, &throttle, &here.principal, &here.token, change)
        };
        assert_eq!(fault(change("not it", "đò ngang bến cũ").await), AccountFault::PasswordWrong);
        assert!(change(PASSWORD, "đò ngang bến cũ").await.unwrap());
        assert!(who(&desk, &elsewhere).await.is_none() && who(&desk, &here).await.is_some(), "{engine:?}");
        assert!(enter(&desk, "lan", PASSWORD).await.is_err());
        assert!(enter(&desk, "lan", "đò ngang bến cũ").await.is_ok());
        for _ in 0..10 {
            assert_eq!(fault(change("not it", "x").await), AccountFault::PasswordWrong);
        }
        assert!(!change("đò ngang bến cũ", PASSWORD).await.unwrap(), "too many");
    }
}

#[tokio::test]
async fn many_wrong_passwords_at_once_do_not_slip_past_the_throttle() {
    let desk = Desk::open(Engine::Sqlite, 69).await;
    add(&desk, "lan", Role::AgencyHead).await;
    let throttle = std::sync::Arc::new(Throttle::default());
    let attempts: Vec<_> = (0..16)
        .map(|_| {
            let (office, throttle) = (desk.office.clone(), throttle.clone());
            tokio::spawn(async move { sign_in(&office, &throttle, "lan", "not it").await.unwrap() })
        })
        .collect();
    let mut refusals = Vec::new();
    for attempt in attempts {
        refusals.push(attempt.await.unwrap().unwrap_err());
    }
    assert_eq!(refusals.iter().filter(|refusal| **refusal == Refusal::Wrong).count(), 10);
    let lines = desk.office.store.audit(desk.tenant).await.unwrap();
    let failed = lines.iter().filter(|line| line.what == "sign-in" && line.outcome == "refused");
    assert_eq!(failed.count(), 10);
}

#[tokio::test]
async fn a_changed_or_missing_line_of_the_audit_log_is_found() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 70).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        for deed in ["one", "two", "three", "=four"] {
            office.note(tenant, "lan", "test", deed).await.unwrap();
        }
        let auditor = add(&desk, "kim", Role::Auditor).await;
        let before = office.store.audit_length(tenant).await.unwrap();
        let whole = verify_audit(office, &auditor).await.unwrap();
        assert_eq!((whole.lines, whole.broken_at), (before, None), "{engine:?}");
        let filter = AuditFilter { who: "lan".into(), what: "test".into(), ..AuditFilter::default() };
        let (lines, words) = read_audit(office, &auditor, &filter, None).await.unwrap();
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line.holds) && words.contains(&"test".to_owned()));
        let (older, _) = read_audit(office, &auditor, &filter, Some(lines[1].line.seq)).await.unwrap();
        assert_eq!(older[0].line.detail, "two");
        let file = String::from_utf8(export_audit(office, &auditor, &filter).await.unwrap()).unwrap();
        assert!(file.starts_with("seq,at,who,what,outcome,detail,hash\r\n"));
        assert!(file.contains(",'=four,") && file.lines().count() == 5, "{file}");
        let analyst = add(&desk, "phan", Role::ProvinceAnalyst).await;
        assert!(matches!(export_audit(office, &analyst, &filter).await, Err(UsecaseError::Forbidden)));
        // A hash that follows from nothing: what a hand in the database would leave behind.
        let deed = store::audit::Deed { who: "lan", what: "test", outcome: "done", detail: "forged" };
        let forge = |_: &str, _: &str| "0".repeat(64);
        office.store.write_audit(tenant, deed, office.now(), forge).await.unwrap();
        office.note(tenant, "lan", "test", "after").await.unwrap();
        let forged = office.store.audit_length(tenant).await.unwrap() - 1;
        assert_eq!(verify_audit(office, &auditor).await.unwrap().broken_at, Some(forged), "{engine:?}");
        let (lines, _) = read_audit(office, &auditor, &filter, None).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.holds).take(3).collect::<Vec<_>>(), [true, false, true]);
    }
}
