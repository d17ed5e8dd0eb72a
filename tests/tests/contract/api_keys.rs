//! Keys of other systems: known by their hash, for their days, for their unit.

use domain::api_key::{KeyFault, Verb};
use domain::right::Actor;
use domain::survey::Channel;
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::datetime;
use usecase::UsecaseError;
use usecase::api_key::{NewKey, list_keys, make_key, recognise_key, revoke_key};
use usecase::code::{Wish, issue_for_dossiers};

fn actor(desk: &Desk) -> Actor {
    Actor::of_the_command_line(desk.tenant)
}

fn new(name: &str, days: i64) -> NewKey {
    NewKey { name: name.into(), unit: None, verbs: vec![Verb::IssueCodes], days }
}

#[tokio::test]
async fn a_key_works_to_the_end_of_its_last_day_and_its_use_is_noted_by_the_day() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 120).await;
        desk.set_clock(datetime!(2026-10-05 09:00 +7));
        let made = make_key(&desk.office, &actor(&desk), &new("case-system", 2)).await.unwrap();
        let first = &list_keys(&desk.office, &actor(&desk)).await.unwrap()[0];
        assert_eq!((first.used_on, first.expires_on), (None, made.expires_on), "{engine:?}");
        desk.set_clock(datetime!(2026-10-07 23:59 +7));
        let holder = recognise_key(&desk.office, &made.key).await.unwrap().expect("its last minute");
        assert_eq!(holder.name, "case-system");
        let used = list_keys(&desk.office, &actor(&desk)).await.unwrap()[0].used_on;
        assert_eq!(used, Some(time::macros::date!(2026 - 10 - 07)));
        desk.set_clock(datetime!(2026-10-08 00:00 +7));
        assert_eq!(recognise_key(&desk.office, &made.key).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_revoked_key_is_none_and_its_name_is_never_given_again() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 121).await;
        let (office, actor) = (&desk.office, &actor(&desk));
        let made = make_key(office, actor, &new("case-system", 30)).await.unwrap();
        revoke_key(office, actor, "case-system").await.unwrap();
        assert_eq!(recognise_key(office, &made.key).await.unwrap(), None, "{engine:?}");
        let twice = revoke_key(office, actor, "case-system").await;
        assert!(matches!(twice, Err(UsecaseError::Unknown { what: "key", .. })));
        let again = make_key(office, actor, &new("case-system", 30)).await;
        assert!(matches!(again, Err(UsecaseError::ApiKey(KeyFault::Taken))));
    }
}

#[tokio::test]
async fn no_row_holds_the_secret_of_a_key() {
    let desk = Desk::open(Engine::Sqlite, 122).await;
    let made = make_key(&desk.office, &actor(&desk), &new("case-system", 30)).await.unwrap();
    let file = std::fs::read(desk.file()).unwrap();
    let log = std::fs::read(desk.file().with_extension("sqlite-wal")).unwrap_or_default();
    let holds =
        |needle: &[u8]| [&file, &log].iter().any(|bytes| bytes.windows(needle.len()).any(|w| w == needle));
    assert!(holds(b"case-system"), "this search finds what is there");
    assert!(!holds(made.key.as_bytes()) && !holds(&made.key.as_bytes()[2..]));
}

#[tokio::test]
async fn the_key_of_a_unit_covers_its_own_codes_alone() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 123).await;
        let province = desk.province();
        let [own, other] = [desk.communes()[0], desk.communes()[1]];
        let code = province.unit(own).unwrap().code.clone();
        let made = make_key(&desk.office, &actor(&desk), &NewKey { unit: Some(code), ..new("own", 9) }).await;
        let holder = recognise_key(&desk.office, &made.unwrap().key).await.unwrap().unwrap();
        let wish = |unit| Wish::new(&province, (unit, None), "ho-tich", (Channel::InPerson, None)).unwrap();
        let mixed = issue_for_dossiers(&desk.office, &holder, &[wish(own), wish(other)]).await;
        assert!(matches!(mixed, Err(UsecaseError::Forbidden)), "{engine:?}");
        assert_eq!(issue_for_dossiers(&desk.office, &holder, &[wish(own)]).await.unwrap().len(), 1);
        let batches = desk.office.store.code_batches(desk.tenant).await.unwrap();
        assert_eq!((batches.len(), batches[0].issued), (1, 1), "nothing is half given out");
        assert!(usecase::code::close_for_dossiers(&desk.office, &holder, &[]).await.is_err(), "another verb");
    }
}
