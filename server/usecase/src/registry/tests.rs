use super::*;
use crate::import::fields::import_fields;
use crate::import::tests::{Desk, tenant};
use domain::id::UnitId;
use store::field::FieldCount;
use time::macros::date;

const FIELDS: &str = include_str!("../../../../app/instruments/fields.csv");

#[tokio::test]
async fn a_code_that_means_two_units_on_a_day_is_an_error_that_lists_them() {
    let desk = Desk::ca_mau().await;
    let day = date!(2026 - 01 - 01);
    let twin = Unit {
        id: UnitId::from_bytes([7; 16]),
        name: domain::language::Words::vi("Phường Sinh Đôi"),
        valid_from: day,
        ..desk.province().unit_by_code("31825", day).unwrap().clone()
    };
    desk.office.store.put_units(tenant(), &[twin], desk.office.now()).await.unwrap();
    desk.office.refresh().await.unwrap();
    let province = desk.province();
    let told = province.unit_by_code("31825", day).unwrap_err();
    let UnitNotFound::Ambiguous { candidates, .. } = &told else { panic!("{told:?}") };
    assert_eq!(candidates.len(), 2);
    assert_eq!(
        told.to_string(),
        "the code 31825 means several units on 2026-01-01: Phường Bạc Liêu from 2025-07-01 (31825@2026-01-01); \
        Phường Sinh Đôi from 2026-01-01 (31825@2026-01-01)"
    );
    assert!(province.unit_by_code("31825@2025-12-31", day).is_ok(), "the day in the text counts");
    let bad = province.unit_by_code("31825@yesterday", day).unwrap_err().to_string();
    assert_eq!(bad, "\"yesterday\" is not a day; write the unit as 31825@2025-07-01");
    assert!(matches!(
        province.unit_by_code("31825", date!(2020 - 01 - 01)),
        Err(UnitNotFound::Unknown { .. })
    ));
}

#[tokio::test]
async fn the_fields_of_a_counter_follow_what_was_released_and_then_the_list() {
    let desk = Desk::ca_mau().await;
    let today = desk.office.today();
    import_fields(&desk.office, tenant(), FIELDS.as_bytes(), today, false).await.unwrap();
    let mut province = Registry::read(&desk.office.store).await.unwrap().provinces.remove(&tenant()).unwrap();
    let centre = province.unit_by_code("31825-TT", today).unwrap().id;
    let commune = province.committee(centre).unwrap().id;
    let by_list: Vec<String> = province.offered_fields(centre).into_iter().map(|f| f.code).collect();
    assert_eq!(by_list.len(), OFFERED_FIELDS);
    assert_eq!(by_list[..2], ["civil-status", "certification"]);
    let count = |unit, field: &str, month, n| FieldCount { unit, field: field.into(), month, n };
    let counts = vec![
        count(commune, "education", 202_609, 30),
        count(commune, "education", 202_606, 5),
        count(commune, "health", 202_609, 40),
        // More than a year before the newest part, and another commune's.
        count(commune, "farming", 202_509, 900),
        count(province.root, "farming", 202_609, 900),
    ];
    Arc::get_mut(&mut province).unwrap().frequency = Frequency::of(counts);
    let ranked = province.ranked_fields(centre);
    let first: Vec<_> = ranked.iter().take(4).map(|(f, n)| (f.code.as_str(), *n)).collect();
    let wanted =
        [("health", Some(40)), ("education", Some(35)), ("civil-status", None), ("certification", None)];
    assert_eq!(first, wanted);
    assert_eq!(province.offered_fields(centre)[0].code, "health", "a field past the eighth can be first");
}
