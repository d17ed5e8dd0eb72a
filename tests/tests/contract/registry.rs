//! The registry: all or nothing, and only what was released.

use domain::id::UnitId;
use domain::language::Words;
use domain::period::Month;
use domain::succession::{Share, Succession};
use domain::survey::{Mode, Route, Trust, Variant};
use domain::tally::Answer;
use domain::tally::layout::items_of;
use domain::unit::{UNRECORDED, Unit, UnitKind};
use store::field::{Field, Procedure};
use tests::desk::Desk;
use tests::process::Engine;
use time::macros::{date, datetime};
use usecase::fold::fold_due;
use usecase::import::fields::import_fields;
use usecase::record::{Flag, Kept, KeptText};

const FIELDS: &str = "code,name,name_en,level,deciding_unit\nho-tich,Hộ tịch,Civil status,commune,\n\
    dat-dai,Đất đai,Land,commune,\ny-te,Y tế,Health,commune,\n";

fn old(n: u8, parent: Option<UnitId>) -> Unit {
    Unit {
        id: UnitId::from_bytes([n; 16]),
        code: format!("old-{n}"),
        kind: UnitKind::Commune,
        parent,
        name: Words::vi(format!("Xã cũ {n}")),
        address: None,
        phone: None,
        valid_from: UNRECORDED,
        valid_to: Some(date!(2025 - 07 - 01)),
        ordinal: 100_000 + u32::from(n),
    }
}

fn went(old: UnitId, new: UnitId, share: Share, is_main: bool) -> Succession {
    Succession { old, new, share, is_main, effective_on: date!(2025 - 07 - 01) }
}

#[tokio::test]
async fn successions_are_read_as_they_were_stored_main_successor_first() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 60).await;
        let (store, at, root) = (&desk.office.store, desk.office.now(), desk.province().root);
        let new = desk.communes();
        let units = [old(1, Some(root)), old(2, Some(root))];
        let (a, b) = (units[0].id, units[1].id);
        let all = [
            went(b, new[0], Share::Whole, true),
            went(a, new[0], Share::Part, false),
            went(a, new[1], Share::Part, true),
        ];
        store.put_successions(desk.tenant, (root, &units), &[a, b], &all, at).await.unwrap();
        let read = store.successions(desk.tenant).await.unwrap();
        assert_eq!(read, [all[2], all[1], all[0]], "{engine:?}");
        // The successors of one old unit are replaced, those of others stay.
        let one = [went(a, new[2], Share::Whole, true)];
        store.put_successions(desk.tenant, (root, &[]), &[a], &one, at).await.unwrap();
        assert_eq!(store.successions(desk.tenant).await.unwrap(), [one[0], all[0]], "{engine:?}");
    }
}

#[tokio::test]
async fn nothing_is_half_stored_when_one_line_breaks_a_rule() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 61).await;
        let (store, at, root) = (&desk.office.store, desk.office.now(), desk.province().root);
        let new = desk.communes()[0];
        let before = store.units(desk.tenant).await.unwrap();
        let units = [old(1, Some(root))];
        let (id, nobody) = (units[0].id, UnitId::from_bytes([9; 16]));
        for wrong in [went(id, nobody, Share::Whole, true), went(id, id, Share::Whole, true)] {
            let all = [went(id, new, Share::Part, true), wrong];
            let told = store.put_successions(desk.tenant, (root, &units), &[id], &all, at).await.unwrap_err();
            assert!(told.is_refusal(), "{engine:?}: {told}");
        }
        let twice = [old(1, Some(root)), Unit { code: "old-1".into(), ..old(2, Some(root)) }];
        let told = store.put_units(desk.tenant, &twice, at).await.unwrap_err();
        assert!(told.is_refusal(), "one code and first day mean one unit: {engine:?}: {told}");
        assert_eq!(store.units(desk.tenant).await.unwrap(), before, "{engine:?}");
        assert!(store.successions(desk.tenant).await.unwrap().is_empty(), "{engine:?}");
    }
}

#[tokio::test]
async fn a_field_with_a_procedure_cannot_go_and_the_old_list_stays() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 62).await;
        let store = &desk.office.store;
        let procedure = Procedure {
            code: "birth".into(),
            field: "ho-tich".into(),
            level: UnitKind::Commune,
            name: Words::vi("Đăng ký khai sinh"),
            national_code: Some("1.001193".into()),
            ordinal: 0,
        };
        let one = std::slice::from_ref(&procedure);
        store.put_procedures(desk.tenant, one).await.unwrap();
        assert_eq!(store.procedures(desk.tenant).await.unwrap(), one, "{engine:?}");
        let fields = store.fields(desk.tenant).await.unwrap();
        let other = Field { code: "dat-dai".into(), name: Words::vi("Đất đai"), ..fields[0].clone() };
        let told = store.put_fields(desk.tenant, std::slice::from_ref(&other)).await.unwrap_err();
        assert!(told.is_refusal(), "{engine:?}: {told}");
        assert_eq!(store.fields(desk.tenant).await.unwrap(), fields, "{engine:?}");
        let renamed = Field { name: Words::vi("Khai sinh, khai tử"), ..fields[0].clone() };
        store.put_fields(desk.tenant, &[renamed.clone(), Field { ordinal: 1, ..other }]).await.unwrap();
        assert_eq!(store.fields(desk.tenant).await.unwrap()[0], renamed, "{engine:?}");
        let nowhere = Procedure { field: "none".into(), ..procedure.clone() };
        assert!(store.put_procedures(desk.tenant, &[nowhere]).await.unwrap_err().is_refusal());
        assert_eq!(store.procedures(desk.tenant).await.unwrap(), one, "{engine:?}");
    }
}

async fn answers(desk: &Desk, field: &str, count: usize) {
    let (survey, unit) = (desk.survey(), desk.communes()[0]);
    let instrument = &survey.questions.instrument;
    let items = items_of(instrument).map(|item| {
        let asked = item.only_if.is_none() && item.routes.contains(&Route::DoneInPerson);
        if asked { Answer::Level(4) } else { Answer::NotAsked }
    });
    let kept = Kept {
        deciding: unit,
        receiving: unit,
        touchpoint: None,
        import: None,
        month: None,
        helper: None,
        mode: Mode::Slip,
        trust: Trust::Verified,
        variant: Variant::Full,
        route: Route::DoneInPerson,
        flag: Flag::None,
        field: field.into(),
        overall: Answer::Level(4),
        items: items.collect(),
        choices: vec![None; instrument.questions.len()],
    };
    for _ in 0..count {
        let text = KeptText { unit, month: Month::of(desk.office.today()), mood: 3, text: String::new() };
        let sealed =
            usecase::submit::seal(&desk.office, desk.tenant, survey.survey.id, None, &kept, &text).unwrap();
        desk.office.store.keep(&[sealed]).await.unwrap();
    }
}

fn offered(desk: &Desk) -> Vec<String> {
    let offered = desk.province().offered_fields(desk.communes()[0]);
    offered.into_iter().map(|field| field.code).collect()
}

#[tokio::test]
async fn fields_follow_released_answers_and_never_those_that_wait() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine, 63).await;
        let (office, by_list) = (&desk.office, ["ho-tich", "dat-dai", "y-te"]);
        import_fields(office, desk.tenant, FIELDS.as_bytes(), office.today(), false).await.unwrap();
        fold_due(office, desk.tenant).await.unwrap();
        answers(&desk, "y-te", 40).await;
        answers(&desk, "dat-dai", 20).await;
        office.refresh().await.unwrap();
        assert_eq!(offered(&desk), by_list, "sealed answers say nothing: {engine:?}");
        desk.set_clock(datetime!(2026-11-03 01:00 UTC));
        fold_due(office, desk.tenant).await.unwrap();
        office.refresh().await.unwrap();
        assert_eq!(offered(&desk), by_list, "folded, but no part is cut: {engine:?}");
        desk.set_clock(datetime!(2027-01-02 01:00 UTC));
        fold_due(office, desk.tenant).await.unwrap();
        office.refresh().await.unwrap();
        assert_eq!(offered(&desk), ["y-te", "dat-dai", "ho-tich"], "{engine:?}");
    }
}
