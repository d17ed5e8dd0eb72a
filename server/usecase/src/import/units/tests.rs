use super::*;
use crate::import::tests::{CA_MAU, Desk, tenant, told};
use domain::period::Month;

const HEADER: &str = "code,parent_code,level,name,name_en,valid_from,valid_to\n";

fn wanted(tag: &str) -> UnitsWanted<'_> {
    UnitsWanted { tag: Some(tag), ..UnitsWanted::default() }
}

async fn faults(lines: &str) -> Vec<String> {
    let desk = Desk::empty().await;
    let text = format!("{HEADER}{lines}");
    let told = told(import_units(&desk.office, text.as_bytes(), wanted("CM")).await);
    assert!(desk.office.registry().provinces().next().is_none(), "something was stored");
    told
}

#[tokio::test]
async fn a_province_is_made_of_its_file_and_the_same_file_again_changes_nothing() {
    let desk = Desk::empty().await;
    let dry = UnitsWanted { dry_run: true, ..wanted("CM") };
    let looked = import_units(&desk.office, CA_MAU.as_bytes(), dry).await.unwrap();
    assert!(looked.is_new_tenant && desk.office.registry().only().is_none());
    let first = import_units(&desk.office, CA_MAU.as_bytes(), wanted("CM")).await.unwrap();
    assert_eq!(first, looked);
    assert_eq!(first.changes, Changes { new: 152, ..Changes::default() });
    let ids: Vec<UnitId> = desk.province().units().map(|unit| unit.id).collect();
    let again = import_units(&desk.office, CA_MAU.as_bytes(), UnitsWanted::default()).await.unwrap();
    assert_eq!(again.changes, Changes { unchanged: 152, ..Changes::default() });
    assert_eq!(ids, desk.province().units().map(|unit| unit.id).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_official_order_is_the_province_then_the_file() {
    let desk = Desk::ca_mau().await;
    let province = desk.province();
    let codes: Vec<&str> = province.units().map(|unit| unit.code.as_str()).collect();
    assert_eq!(codes[..3], ["96", "31825", "31834"]);
    assert_eq!(province.unit(province.root).unwrap().code, "96");
    let centre = province.unit_by_code("31825-TT", TWO_LEVELS).unwrap();
    assert_eq!(province.committee(centre.id).unwrap().name.vi, "Phường Bạc Liêu");
}

#[tokio::test]
async fn one_province_is_taken_out_of_a_national_file_and_faults_of_others_do_not_matter() {
    let desk = Desk::empty().await;
    let national = format!(
        "{HEADER}01,,province,Thành phố Hà Nội,Hanoi,,\n00004,01,ward,,,,\n\
        32041,96,commune,Phường Hoà Thành,Hoa Thanh Ward,,\n96,,province,Tỉnh Cà Mau,Ca Mau,,\n"
    );
    let wanted = UnitsWanted { province: Some("96"), ..wanted("CM") };
    let done = import_units(&desk.office, national.as_bytes(), wanted).await.unwrap();
    assert_eq!(done.changes.new, 2);
    let province = desk.province();
    let names: Vec<&str> = province.units().map(|unit| unit.name.vi.as_str()).collect();
    assert_eq!(names, ["Tỉnh Cà Mau", "Phường Hoà Thành"]);
    let none = UnitsWanted { province: Some("97"), ..wanted };
    assert_eq!(
        told(import_units(&desk.office, national.as_bytes(), none).await),
        ["the file holds no province with the code 97"]
    );
}

#[tokio::test]
async fn units_can_be_added_renamed_and_ended_later() {
    let desk = Desk::ca_mau().await;
    let before = desk.province().unit_by_code("31825", TWO_LEVELS).unwrap().id;
    let text = format!(
        "{HEADER}CM-SX,96,department,Sở Mới,New Department,,\n\
        31825,96,commune,Phường Bạc Liêu mới,Bac Lieu,2025-07-01,2027-01-01\n\
        31825,96,commune,Phường Bạc Liêu,Bac Lieu,2027-01-01,\n"
    );
    let done = import_units(&desk.office, text.as_bytes(), UnitsWanted::default()).await.unwrap();
    assert_eq!(done.changes, Changes { new: 2, ended: 1, ..Changes::default() });
    let province = desk.province();
    let old = province.unit_by_code("31825", TWO_LEVELS).unwrap();
    assert_eq!((old.id, old.name.vi.as_str(), old.ordinal), (before, "Phường Bạc Liêu mới", 1));
    let new_year = Month::new(2027, 1).unwrap().first_day().unwrap();
    assert_ne!(province.unit_by_code("31825", new_year).unwrap().id, before);
    assert_eq!(province.unit_by_code("CM-SX", TWO_LEVELS).unwrap().ordinal, 152);
    let again = import_units(&desk.office, text.as_bytes(), UnitsWanted::default()).await.unwrap();
    assert_eq!(again.changes, Changes { unchanged: 3, ..Changes::default() });
}

#[tokio::test]
async fn every_bad_cell_is_named_and_nothing_is_stored() {
    let told = faults(
        "96,,province,Tỉnh Cà Mau,Ca Mau,,\n31 825,96,ward,,x,01/07/2025,\n31834,,commune,Vĩnh Trạch,,2026-01-01,2025-01-01\n",
    )
    .await;
    let starts = [
        "line 3, column 1 (code): \"31 825\" is not a code",
        "line 3, column 3 (level): \"ward\" is not a level; it is one of: province, district",
        "line 3, column 4 (name): the name is empty",
        "line 3, column 6 (valid_from): \"01/07/2025\" is not a day; write it as 2025-07-01",
        "line 4, column 2 (parent_code): only a province has no parent",
        "line 4, column 7 (valid_to): a unit ends after the day",
    ];
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:#?}");
}

#[tokio::test]
async fn what_does_not_fit_together_is_named() {
    let told = faults(
        "96,,province,Tỉnh Cà Mau,Ca Mau,,\n1,2,commune,A,,,\n2,1,commune,B,,,\n3,9,commune,C,,,\n\
         4,96,commune,D,,,\n4,96,commune,E,,,\n4,96,commune,F,,2026-01-01,\n5,6,commune,G,,,\n6,4,centre,H,,,\n\
         7,96,commune,I,,2020-01-01,\n",
    )
    .await;
    let starts = [
        "line 3, column 2 (parent_code): the unit 1 would stand below itself",
        "line 4, column 2 (parent_code): the unit 2 would stand below itself",
        "line 5, column 2 (parent_code): there is no unit 9 on 2025-07-01",
        "line 7, column 1 (code): the code 4 begins a second time on 2025-07-01; the other is in line 6",
        "line 8, column 1 (code): the code 4 would mean two units at once; the other, in line 6, begins",
        "line 9, column 2 (parent_code): a centre has no commune below it",
        "line 11, column 2 (parent_code): there is no unit 96 on 2020-01-01",
    ];
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:#?}");
}

#[tokio::test]
async fn a_code_that_follows_itself_on_another_day_is_another_unit() {
    let desk = Desk::empty().await;
    let text = format!(
        "{HEADER}96,,province,Tỉnh Cà Mau,Ca Mau,2000-01-01,\n31825,96,commune,Cũ,,2004-01-01,2025-07-01\n\
        31825,96,commune,Mới,,,\n"
    );
    import_units(&desk.office, text.as_bytes(), wanted("CM")).await.unwrap();
    let province = desk.province();
    assert_eq!(province.unit_by_code("31825", TWO_LEVELS).unwrap().name.vi, "Mới");
    assert_eq!(province.unit_by_code("31825", TWO_LEVELS.previous_day().unwrap()).unwrap().name.vi, "Cũ");
}

#[tokio::test]
async fn a_tag_that_is_none_and_another_province_are_refused() {
    let desk = Desk::ca_mau().await;
    let other = format!("{HEADER}92,,province,Thành phố Cần Thơ,Can Tho,,\n");
    let refused = told(import_units(&desk.office, other.as_bytes(), wanted("CM")).await);
    assert_eq!(refused, ["this tenant is the province 96; the file is of the province 92"]);
    let tag = told(import_units(&desk.office, other.as_bytes(), wanted("cm")).await);
    assert_eq!(tag, ["a tag is two capital letters, not \"cm\"; write it as --tag CM"]);
    let two = format!("{HEADER}92,,province,A,,,\n96,,province,B,,,\n");
    let many = told(import_units(&desk.office, two.as_bytes(), wanted("CT")).await);
    assert_eq!(many, ["the file holds 2 provinces; choose one, such as --province 96"]);
    assert_eq!(desk.office.registry().only().unwrap().tenant, tenant());
}
