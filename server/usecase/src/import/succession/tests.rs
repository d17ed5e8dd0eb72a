use super::*;
use crate::import::tests::{Desk, tenant, told};
use crate::import::units::{TWO_LEVELS, UnitsWanted, import_units};
use crate::table::Encoding;
use domain::succession::Share;
use domain::unit::UnitKind;
use std::collections::BTreeSet;
use time::macros::date;

const SHIPPED: &str = include_str!("../../../../../app/units/ca_mau_succession_2025.csv");
const HEADER: &str =
    "old_code,old_name,old_district,old_province,new_code,new_name,share,main_successor,effective_on\n";
const BEFORE: time::Date = date!(2025 - 06 - 30);

async fn take(desk: &Desk, text: &[u8]) -> SuccessionImported {
    import_succession(&desk.office, tenant(), text, false).await.unwrap()
}

/// The same without the columns of official codes, as the source publishes it.
fn without_codes() -> String {
    let keep = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        [0, 1, 2, 4, 6, 7, 8, 9, 10].map(|place| cells[place]).join(",")
    };
    SHIPPED.lines().map(keep).collect::<Vec<_>>().join("\n")
}

async fn faults(lines: &str) -> Vec<String> {
    let desk = Desk::ca_mau().await;
    let before = desk.province().units().count();
    let text = format!("{HEADER}{lines}");
    let told = told(import_succession(&desk.office, tenant(), text.as_bytes(), false).await);
    assert_eq!(desk.province().units().count(), before, "something was stored");
    assert_eq!(desk.province().lineage().all().count(), 0, "something was stored");
    told
}

#[track_caller]
fn assert_told(told: &[String], starts: &[&str]) {
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:#?}");
}

#[tokio::test]
async fn the_old_communes_districts_and_provinces_are_made_once() {
    let desk = Desk::ca_mau().await;
    let today: Vec<_> = desk.province().units().map(|unit| unit.id).collect();
    let dry = import_succession(&desk.office, tenant(), SHIPPED.as_bytes(), true).await.unwrap();
    assert_eq!(desk.province().units().count(), today.len());
    let done = take(&desk, SHIPPED.as_bytes()).await;
    assert_eq!((done.units, done.successions), (dry.units, dry.successions));
    assert_eq!(done.units, Changes { new: 164 + 16 + 2, ..Changes::default() });
    assert_eq!(done.successions, Changes { new: 186 + 2, ..Changes::default() });
    let province = desk.province();
    let count = |kind| province.units().filter(|u| u.kind == kind && u.is_valid_on(BEFORE)).count();
    assert_eq!([UnitKind::Province, UnitKind::District, UnitKind::Commune].map(count), [2, 16, 164]);
    assert!(province.units().take(today.len()).map(|u| u.id).eq(today), "the order of today stays");
    let again = take(&desk, SHIPPED.as_bytes()).await;
    assert_eq!(again.units, Changes { unchanged: 182, ..Changes::default() });
    assert_eq!(again.successions, Changes { unchanged: 188, ..Changes::default() });
}

#[tokio::test]
async fn every_new_code_meant_another_unit_the_day_before() {
    let desk = Desk::ca_mau().await;
    take(&desk, SHIPPED.as_bytes()).await;
    let province = desk.province();
    let new: Vec<&Unit> =
        province.units().filter(|u| u.kind == UnitKind::Commune && u.is_valid_on(TWO_LEVELS)).collect();
    assert_eq!(new.len(), 64);
    let mut renamed = 0;
    for unit in new {
        let old = province.unit_by_code(&unit.code, BEFORE).unwrap();
        assert_ne!(old.id, unit.id);
        assert_eq!(province.unit_by_code(&unit.code, TWO_LEVELS).unwrap().id, unit.id);
        assert!(!province.predecessors(unit.id).is_empty(), "{}", unit.name.vi);
        renamed += usize::from(!domain::succession::is_same_name(&old.name.vi, &unit.name.vi));
    }
    assert_eq!(renamed, 43);
    assert_eq!(province.unit_by_code("95", BEFORE).unwrap().name.vi, "Tỉnh Bạc Liêu");
    assert_eq!(province.unit_by_code("956", BEFORE).unwrap().name.vi, "Huyện Hồng Dân");
    assert_ne!(province.unit_by_code("96", BEFORE).unwrap().id, province.root);
    assert_eq!(province.unit_by_code("96", TWO_LEVELS).unwrap().id, province.root);
}

#[tokio::test]
async fn a_divided_commune_is_in_no_merged_series() {
    let desk = Desk::ca_mau().await;
    take(&desk, SHIPPED.as_bytes()).await;
    let province = desk.province();
    let new = province.unit_by_code("32191", TWO_LEVELS).unwrap();
    let names = |ids: Vec<UnitId>| -> BTreeSet<String> {
        ids.into_iter().filter_map(|id| province.unit(id)).map(|unit| unit.code.clone()).collect()
    };
    assert_eq!(names(province.lineage().merged(new.id)[1..].to_vec()), BTreeSet::from(["32203".into()]));
    assert_eq!(names(province.lineage().divided(new.id)), BTreeSet::from(["32191".into(), "32194".into()]));
    let town = province.unit_by_code("32191", BEFORE).unwrap();
    let successors = province.successors(town.id);
    assert_eq!(successors.len(), 2);
    assert!(successors[0].is_main && successors[0].new == new.id && successors[0].share == Share::Part);
}

#[tokio::test]
async fn without_official_codes_local_ones_are_made_and_replaced_later() {
    let desk = Desk::ca_mau().await;
    take(&desk, without_codes().as_bytes()).await;
    let province = desk.province();
    let hong_dan = province.unit_by_code("bac-lieu.h-hong-dan", BEFORE).unwrap();
    assert_eq!(hong_dan.name.vi, "Huyện Hồng Dân");
    assert_eq!(province.unit(hong_dan.parent.unwrap()).unwrap().code, "bac-lieu");
    assert!(province.unit_by_code("ca-mau.tp-ca-mau", BEFORE).is_ok());
    assert!(province.unit_by_code("bac-lieu.tx-gia-rai", BEFORE).is_ok());
    assert_ne!(province.unit_by_code("96", BEFORE).unwrap().id, province.root);
    let id = hong_dan.id;
    let later = take(&desk, SHIPPED.as_bytes()).await;
    assert_eq!((later.units.new, later.units.changed), (0, 17), "{:?}", later.units);
    assert_eq!(desk.province().unit_by_code("956", BEFORE).unwrap().id, id);
}

#[tokio::test]
async fn a_unit_that_is_there_gets_its_end() {
    let desk = Desk::ca_mau().await;
    let units = "code,parent_code,level,name,name_en,valid_from\n\
        CM-NEW,96,commune,Phường Hợp Nhất,United Ward,2027-01-01\n";
    import_units(&desk.office, units.as_bytes(), UnitsWanted::default()).await.unwrap();
    let text = format!(
        "{HEADER}31834,Phường Vĩnh Trạch,,,CM-NEW,Phường Hợp Nhất,whole,yes,2027-01-01\n\
        31840,Phường Hiệp Thành,,,CM-NEW,Phường Hợp Nhất,whole,yes,2027-01-01\n"
    );
    let done = take(&desk, text.as_bytes()).await;
    assert_eq!(done.units, Changes { ended: 2, ..Changes::default() });
    let province = desk.province();
    assert!(province.unit_by_code("31834", date!(2026 - 12 - 31)).is_ok());
    let gone = province.unit_by_code("31834", date!(2027 - 01 - 01)).unwrap_err().to_string();
    assert_eq!(
        gone,
        "no unit has the code 31834 on 2027-01-01; on other days it means Phường Vĩnh Trạch from 2025-07-01 \
        to 2026-12-31 (31834@2026-12-31)"
    );
    let wrong = text.replace("2027-01-01", "2028-01-01");
    let told = told(import_succession(&desk.office, tenant(), wrong.as_bytes(), false).await);
    assert_told(
        &told,
        &[
            "line 2, column 4 (old_province): 31834 is not in the registry",
            "line 3, column 4 (old_province): 31840 is not in the registry",
        ],
    );
}

#[tokio::test]
async fn a_changed_file_replaces_the_successors_of_the_units_in_it_and_no_others() {
    let desk = Desk::ca_mau().await;
    take(&desk, SHIPPED.as_bytes()).await;
    let text = format!(
        "{HEADER}32191,Thị trấn Năm Căn,Huyện Năm Căn,Tỉnh Cà Mau,32201,Xã Đất Mới,whole,yes,2025-07-01\n"
    );
    let done = take(&desk, text.as_bytes()).await;
    // The province of the past is spoken of too; its own succession stays.
    assert_eq!(done.successions, Changes { changed: 1, removed: 1, unchanged: 1, ..Changes::default() });
    assert_eq!(desk.province().lineage().all().count(), 187);
}

#[tokio::test]
async fn semicolons_and_windows_1258_are_read_alike() {
    use unicode_normalization::UnicodeNormalization;
    let apart = |letter: char| -> String {
        let (tones, shape): (String, String) =
            letter.nfd().partition(|c| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c));
        format!("{}{tones}", shape.nfc())
    };
    let parted: String = SHIPPED.replace(',', ";").nfc().map(apart).collect();
    let (bytes, _, has_gaps) = encoding_rs::WINDOWS_1258.encode(&parted);
    assert!(!has_gaps);
    let desk = Desk::ca_mau().await;
    let done = take(&desk, &bytes).await;
    assert_eq!((done.manner.encoding, done.manner.separator), (Encoding::Windows1258, ';'));
    let again = take(&desk, SHIPPED.as_bytes()).await;
    assert!(again.units.is_nothing() && again.successions.is_nothing(), "{again:?}");
}

#[tokio::test]
async fn every_bad_cell_is_named_and_nothing_is_stored() {
    let told = faults(
        "318 13,,Huyện A,Tỉnh B,31825,Phường Bạc Liêu,half,maybe,01/07/2025\n\
        31813,Phường 2,Huyện A,Tỉnh B,,Phường Bạc Liêu,whole,yes,2025-07-01\n",
    )
    .await;
    assert_told(
        &told,
        &[
            "line 2, column 1 (old_code): \"318 13\" is not a code",
            "line 2, column 2 (old_name): the name is empty",
            "line 2, column 7 (share): \"half\" is not a share; it is one of: whole, part",
            "line 2, column 8 (main_successor): \"maybe\" is not yes or no",
            "line 2, column 9 (effective_on): \"01/07/2025\" is not a day",
            "line 3, column 5 (new_code): \"\" is not a code",
        ],
    );
}

#[tokio::test]
async fn shares_that_do_not_add_up_are_named() {
    let old = |code: &str, new: &str, share: &str| {
        format!("{code},Xã {code},Huyện A,Tỉnh B,{new},{share},2025-07-01\n")
    };
    let text = [
        old("1", "31825,Phường Bạc Liêu", "whole,yes"),
        old("1", "31834,Phường Vĩnh Trạch", "part,no"),
        old("2", "31825,Phường Bạc Liêu", "part,yes"),
        old("3", "31825,Phường Bạc Liêu", "part,no"),
        old("3", "31834,Phường Vĩnh Trạch", "part,no"),
        old("4", "31825,Phường Bạc Liêu", "part,yes"),
        old("4", "31834,Phường Vĩnh Trạch", "part,yes"),
        old("5", "31825,Phường Bạc Liêu", "part,yes"),
        old("5", "31825,Phường Bạc Liêu", "part,no"),
    ];
    assert_told(
        &faults(&text.concat()).await,
        &[
            "line 2, column 7 (share): 1: the whole of it went to one successor",
            "line 4, column 7 (share): 2: only one part of it is named",
            "line 5, column 8 (main_successor): 3: no main successor",
            "line 8, column 8 (main_successor): 4: there is a second main successor",
            "line 10, column 5 (new_code): line 9 already names 31825",
        ],
    );
}

#[tokio::test]
async fn lines_that_contradict_each_other_or_the_registry_are_named() {
    let told = faults(
        "1,Xã A,Huyện A,Tỉnh B,31825,Phường Bạc Liêu,part,yes,2025-07-01\n\
        1,Xã Á,Huyện A,Tỉnh C,31834,Phường Vĩnh Trạch,part,no,2025-07-01\n\
        2,Xã D,Huyện A,Tỉnh B,99999,Phường Không Có,whole,yes,2025-07-01\n\
        3,Xã E,Huyện A,Tỉnh B,31834,Phường Vĩnh Trách,whole,yes,2025-07-01\n\
        31825,Phường Bạc Liêu,,,31825,Phường Bạc Liêu,whole,yes,2026-01-01\n\
        4,Xã F,Huyện A,Tỉnh B,31834,Phường Vĩnh Trạch,whole,yes,2026-01-01\n",
    )
    .await;
    assert_told(
        &told,
        &[
            "line 3, column 2 (old_name): 1 is \"Xã A\" in line 2",
            "line 3, column 4 (old_province): 1 is \"Tỉnh B\" in line 2",
            "line 4, column 5 (new_code): no unit has the code 99999 on 2025-07-01; import the units",
            "line 5, column 6 (new_name): 31834 is \"Phường Vĩnh Trạch\" in the registry",
            "line 6, column 1 (old_code): 31825 would succeed itself",
            "line 7, column 3 (old_district): there were no districts on 2025-12-31",
        ],
    );
}

#[tokio::test]
async fn a_code_that_would_mean_two_units_at_once_is_named() {
    let desk = Desk::empty().await;
    let units = "code,parent_code,level,name,name_en,valid_from\n96,,province,Tỉnh Cà Mau,Ca Mau,2000-01-01\n\
        31825,96,commune,Phường Bạc Liêu,Bac Lieu Ward,2025-07-01\n\
        bac-lieu,96,centre,Trung tâm,Centre,2000-01-01\n";
    let wanted = UnitsWanted { tag: Some("CM"), ..UnitsWanted::default() };
    import_units(&desk.office, units.as_bytes(), wanted).await.unwrap();
    let text = format!(
        "{HEADER}31813,Phường 2,Thành phố Bạc Liêu,Tỉnh Bạc Liêu,31825,Phường Bạc Liêu,whole,yes,2025-07-01\n\
        32245,Xã Tân Ân,Huyện Ngọc Hiển,Tỉnh Cà Mau,31825,Phường Bạc Liêu,whole,yes,2025-07-01\n"
    );
    let told = told(import_succession(&desk.office, tenant(), text.as_bytes(), false).await);
    assert_told(&told, &["line 2, column 4 (old_province): the code bac-lieu would mean two units at once"]);
    // A province that goes on has no second unit: its old districts stand below itself.
    let ours =
        text.replace("31813,Phường 2,Thành phố Bạc Liêu,Tỉnh Bạc Liêu", "1,Xã Một,Huyện Hai,Tỉnh Cà Mau");
    take(&desk, ours.as_bytes()).await;
    let province = desk.province();
    assert_eq!(province.unit_by_code("ca-mau.h-hai", BEFORE).unwrap().parent, Some(province.root));
    assert_eq!(province.units().filter(|unit| unit.kind == UnitKind::Province).count(), 1);
}
