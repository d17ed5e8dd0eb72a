//! Posters: one in the place of another, and the monthly look at them.

use domain::period::Month;
use domain::scope::{Principal, Role, Scope};
use domain::touchpoint::{Places, PosterState};
use tests::desk::Desk;
use tests::process::Engine;
use usecase::UsecaseError;
use usecase::touchpoint_check::{looked_at, may_look, note_looks};
use usecase::touchpoints::{is_of, places_without, replace, restore, revoke, units_of};

#[tokio::test]
async fn a_poster_is_replaced_whole_or_not_at_all() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 71).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let old = desk.touchpoint(desk.communes()[0]);
        let token = old.token.to_string();
        let other = desk.colleague(72).await;
        let both = tokio::join!(
            replace(office, tenant, "lan", (&token, "dán đè")),
            replace(&other, tenant, "ha", (&token, "dán đè")),
        );
        assert!(both.0.is_ok() != both.1.is_ok(), "{engine:?}: one of two who press at once");
        office.refresh().await.unwrap();
        let here: Vec<_> = desk.province().touchpoints().filter(|t| t.unit == old.unit).cloned().collect();
        let live: Vec<_> = here.iter().filter(|t| !t.revoked).collect();
        assert_eq!((here.len(), live.len(), live[0].version), (2, 1, old.version + 1));
        assert_ne!(live[0].token, old.token);
        restore(office, tenant, "lan", &token).await.unwrap();
        assert!(restore(office, tenant, "lan", &token).await.is_err(), "it is in use");
        revoke(office, tenant, "lan", (&token, "nhầm")).await.unwrap();
        assert!(revoke(office, tenant, "lan", (&token, "nhầm")).await.is_err(), "it is revoked");
        let log = office.store.audit(tenant).await.unwrap();
        let noted: Vec<&str> = log.iter().map(|line| line.what.as_str()).collect();
        assert!(
            noted.ends_with(&["touchpoint-replace", "touchpoint-restore", "touchpoint-revoke"]),
            "{noted:?}"
        );
    }
}

#[tokio::test]
async fn only_a_units_own_posters_are_looked_at_and_the_last_look_of_a_month_counts() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 73).await;
        let (office, tenant) = (&desk.office, desk.tenant);
        let communes = desk.communes();
        let token = |unit| desk.touchpoint(unit).token.to_string();
        let (own, others) = (token(communes[0]), token(communes[1]));
        let both = [(own.clone(), PosterState::Fine), (others, PosterState::Fine)];
        let refused = note_looks(office, tenant, "lan", (communes[0], &both)).await.unwrap_err();
        assert!(matches!(refused, UsecaseError::Unknown { .. }), "{engine:?}: {refused}");
        let found = |province: &usecase::registry::Province| {
            let (office, province) = (office.clone(), province.tenant);
            async move {
                let province = office.province(province).unwrap();
                let looked = looked_at(&office, &province, province.root).await.unwrap();
                looked.iter().filter_map(|one| one.check.clone()).collect::<Vec<_>>()
            }
        };
        assert!(found(&desk.province()).await.is_empty(), "nothing is half noted");
        for state in [PosterState::Fine, PosterState::Covered] {
            note_looks(office, tenant, "lan", (communes[0], &[(own.clone(), state)])).await.unwrap();
        }
        let checks = found(&desk.province()).await;
        assert_eq!((checks.len(), checks[0].state, checks[0].who.as_str()), (1, PosterState::Covered, "lan"));
        desk.set_clock(time::macros::datetime!(2026-11-01 05:00 UTC));
        assert!(found(&desk.province()).await.is_empty(), "a new month asks again");
        let past = office.store.checks_since(tenant, Month::new(2026, 10).unwrap()).await.unwrap();
        assert_eq!(past.len(), 1);
    }
}

#[tokio::test]
async fn whoever_works_beside_a_poster_is_asked_and_nobody_else() {
    let desk = Desk::open(Engine::Sqlite, 74).await;
    let (own, other) = (desk.communes()[0], desk.communes()[1]);
    let may = |role: Role, unit| {
        let principal = Principal {
            account: domain::id::AccountId::from_bytes([1; 16]),
            name: "lan".into(),
            tenant: desk.tenant,
            role,
            unit: Some(own),
        };
        let scope = Scope::of(&principal, vec![own]);
        may_look(&principal, &scope, unit)
    };
    assert!(may(Role::AgencyHead, own) && may(Role::AgencyOfficer, own));
    assert!(!may(Role::AgencyHead, other));
    for role in [Role::ProvinceAdmin, Role::ProvinceAnalyst, Role::Auditor, Role::Interviewer] {
        assert!(!may(role, own), "{role}");
    }
}

#[tokio::test]
async fn what_lacks_a_poster_is_found_by_place() {
    let desk = Desk::open(Engine::Sqlite, 75).await;
    let (office, province) = (&desk.office, desk.province());
    let units = units_of(office, &province, Places::Communes);
    assert_eq!(units.len(), 3);
    assert_eq!(units_of(office, &province, Places::All), units);
    assert!(units_of(office, &province, Places::Departments).is_empty());
    let first = desk.touchpoint(desk.communes()[0]);
    assert!(places_without(&province, &units, &first.mode, first.variant).is_empty());
    assert!(is_of(&province, &first, Places::Communes) && !is_of(&province, &first, Places::Departments));
    revoke(office, desk.tenant, "lan", (&first.token.to_string(), "rách")).await.unwrap();
    let lacking = places_without(&desk.province(), &units, &first.mode, first.variant);
    assert_eq!(lacking, [first.unit]);
}
