//! Forms that were typed once lie in no copy as they were typed, and nothing there joins whoever typed to
//! what was typed.

use super::copy::{Trace, bytes_of, find};
use domain::id::{AccountId, UnitId};
use domain::language::Language;
use domain::paper::{Typing, read_keys};
use domain::right::Actor;
use domain::scope::{Principal, Role};
use tests::cluster::Cluster;
use tests::desk::Desk;
use tests::process::Engine;
use usecase::paper::{PaperWish, draw_paper, open_form, type_form};

const COMMENT: &str = "Chị ở quầy năm dặn rất kỹ";

fn officer(desk: &Desk, number: u8, unit: UnitId) -> Principal {
    Principal {
        account: AccountId::from_bytes([number; 16]),
        name: format!("officer-{number}"),
        tenant: desk.tenant,
        role: Role::AgencyOfficer,
        unit: Some(unit),
    }
}

async fn types(desk: &Desk, who: &Principal, at: (i64, i64), overall: &str) {
    let opened = open_form(&desk.office, who, at).await.expect("a form").expect("to type");
    let keys = [("stage", "1"), ("channel", "1"), ("overall", overall), ("comment", COMMENT)];
    let keys: Vec<_> = keys.iter().map(|(name, key)| ((*name).to_owned(), (*key).to_owned())).collect();
    let (sheet, _) = read_keys(&keys, &opened.context()).expect("keys");
    type_form(&desk.office, who, at, Typing::Answers(sheet)).await.expect("kept").expect("typed");
}

/// Form 1 was typed once, form 2 twice and differently, form 3 is done.
async fn typed(engine: Engine, seed: u8) -> (Desk, i64) {
    let desk = Desk::open(engine, seed).await;
    let units = desk.communes();
    let wish = PaperWish { unit: units[0], language: Language::Vi, forms: 3 };
    let actor = Actor::of_the_command_line(desk.tenant);
    let batch = draw_paper(&desk.office, &actor, wish).await.expect("drawn").expect("a batch");
    let (first, second) = (officer(&desk, 0xa1, units[0]), officer(&desk, 0xb2, units[1]));
    for form in 1..=3 {
        types(&desk, &first, (batch, form), "4").await;
    }
    types(&desk, &second, (batch, 2), "2").await;
    types(&desk, &second, (batch, 3), "4").await;
    (desk, batch)
}

fn copy_of(desk: &Desk) -> Vec<u8> {
    let Some(database) = desk.database() else {
        return bytes_of(desk.file().parent().expect("a folder"));
    };
    let _ = database.ask("checkpoint");
    let mut copy = database.dump().into_bytes();
    copy.extend(bytes_of(&Cluster::shared().data()));
    copy
}

fn traces() -> Vec<Trace> {
    let text = |words: &str| (words.to_owned(), words.as_bytes().to_vec());
    let account = |number: u8| (format!("account {number:x}"), vec![number; 16]);
    vec![text(COMMENT), text(&COMMENT[..12]), text("overall\0"), account(0xa1), account(0xb2)]
}

#[tokio::test]
async fn what_was_typed_and_by_whom_is_in_no_copy_while_it_waits() {
    for engine in Engine::BOTH {
        let (desk, batch) = typed(engine, 84).await;
        assert_eq!(find(&copy_of(&desk), &traces()), None, "{engine:?}");
        // The search itself is awake: the name in the audit log is there, and so is the record.
        let rows = desk.office.store.paper_forms(desk.tenant, batch).await.expect("forms");
        let record = rows[0].record.clone().expect("it waits");
        let awake = [("record".to_owned(), record[..16].to_vec()), ("name".into(), b"officer-161".to_vec())];
        for trace in awake {
            assert!(find(&copy_of(&desk), std::slice::from_ref(&trace)).is_some(), "{engine:?}: {}", trace.0);
        }
    }
}

#[tokio::test]
async fn what_waits_is_of_one_size_and_what_is_done_is_gone() {
    for engine in Engine::BOTH {
        let (desk, batch) = typed(engine, 85).await;
        let rows = desk.office.store.paper_forms(desk.tenant, batch).await.expect("forms");
        let sizes: Vec<Option<usize>> = rows.iter().map(|row| row.record.as_ref().map(Vec::len)).collect();
        let one = Some(store::paper::RECORD);
        assert_eq!(sizes, [one, one, None], "{engine:?}: once, differing, done");
    }
}

#[tokio::test]
async fn the_log_names_the_batch_and_never_the_form() {
    for engine in Engine::BOTH {
        let (desk, batch) = typed(engine, 86).await;
        let lines = desk.office.store.audit(desk.tenant).await.expect("the log");
        let details: Vec<&str> = lines
            .iter()
            .filter(|line| line.what.starts_with("paper-type"))
            .map(|l| l.detail.as_str())
            .collect();
        assert_eq!(details, vec![format!("batch {batch}"); 5], "{engine:?}");
    }
}
