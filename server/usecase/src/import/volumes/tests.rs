//! Files of volumes, good and bad.

use super::*;
use crate::import::fields::import_fields;
use crate::import::tests::{Desk, tenant, told};
use crate::import::units::{UnitsWanted, import_units};

const FIELDS: &str = include_str!("../../../../../app/instruments/fields.csv");

fn admin() -> Actor {
    Actor::of_the_command_line(tenant())
}

async fn desk() -> Desk {
    let desk = Desk::ca_mau().await;
    let today = desk.office.today();
    import_fields(&desk.office, tenant(), FIELDS.as_bytes(), today, false).await.unwrap();
    desk
}

async fn import(desk: &Desk, text: &str, dry_run: bool) -> Result<VolumesImported, UsecaseError> {
    let source = std::io::Cursor::new(text.as_bytes().to_vec());
    let wanted = VolumesWanted { source: "volumes.csv", dry_run, progress: &mut |_, _| {} };
    import_volumes(&desk.office, &admin(), source, wanted).await
}

async fn stored(desk: &Desk) -> Vec<(String, String, i64)> {
    let scope = Scope::of_the_office(tenant());
    let (from, to) = (Month::new(2025, 1).unwrap(), Month::new(2026, 12).unwrap());
    let province = desk.province();
    let name = |id| province.unit(id).unwrap().code.clone();
    let volumes = desk.office.store.volumes(&scope, from, to).await.unwrap();
    let mut lines: Vec<_> =
        volumes.into_iter().map(|v| (v.month.to_string(), name(v.unit), v.dossiers.closed)).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn a_file_is_taken_and_a_second_time_changes_nothing() {
    let desk = desk().await;
    let text = "month,deciding_unit,receiving_unit,field,closed,on_time,late,online,refused\n\
        2026-08,31825,31825-TT,civil-status,120,118,2,30,1\n2026-09,CM-STC,31825-TT,enterprise,7,,,,\n\
        2026-09,31834,,other,0,0,0,0,0\n";
    let looked = import(&desk, text, true).await.unwrap();
    assert_eq!((looked.changes.new, looked.units, looked.closed), (3, 3, 127));
    assert!(stored(&desk).await.is_empty(), "a dry run only looks");
    assert_eq!(import(&desk, text, false).await.unwrap(), looked);
    let line = |month: &str, unit: &str, closed| (month.to_owned(), unit.to_owned(), closed);
    let expected = [line("2026-08", "31825", 120), line("2026-09", "31834", 0), line("2026-09", "CM-STC", 7)];
    assert_eq!(stored(&desk).await, expected);
    let again = import(&desk, text, false).await.unwrap();
    assert_eq!(again.changes, Changes { unchanged: 3, ..Changes::default() });
    let lines = desk.office.store.audit(tenant()).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.what == "import-volumes").count(), 1);
}

#[tokio::test]
async fn a_correction_counts_and_what_was_said_before_stays() {
    let desk = desk().await;
    let head = "month,deciding_unit,field,closed\n2026-08,31825,land,";
    for closed in [40, 44, 43] {
        import(&desk, &format!("{head}{closed}\n"), false).await.unwrap();
    }
    assert_eq!(stored(&desk).await, [("2026-08".to_owned(), "31825".to_owned(), 43)]);
    let unit = desk.province().unit_by_code("31825", desk.office.today()).unwrap().id;
    let scope = Scope::of_the_office(tenant());
    let month = Month::new(2026, 8).unwrap();
    let history = desk.office.store.volume_history(&scope, unit, month).await.unwrap();
    let said: Vec<i64> = history.iter().map(|entry| entry.volume.dossiers.closed).collect();
    assert_eq!(said, [43, 44, 40]);
    assert!(history.iter().all(|entry| entry.who == "cli" && entry.source == "volumes.csv"));
}

#[tokio::test]
async fn a_unit_that_has_ended_is_named_with_line_and_column_and_nothing_is_stored() {
    let desk = Desk::empty().await;
    let units = "code,parent_code,level,name,name_en,valid_from,valid_to\n96,,province,Tỉnh Cà Mau,Ca Mau,1990-01-01,\n\
        32000,96,commune,Xã Cũ,Old,1990-01-01,2025-07-01\n31825,96,commune,Phường Bạc Liêu,Bac Lieu,2025-07-01,\n";
    let wanted = UnitsWanted { tag: Some("CM"), ..UnitsWanted::default() };
    import_units(&desk.office, units.as_bytes(), wanted).await.unwrap();
    let fields = "code,name,name_en,level,deciding_unit\nland,Đất đai,Land,commune,\n";
    import_fields(&desk.office, tenant(), fields.as_bytes(), desk.office.today(), false).await.unwrap();
    let text = "month,deciding_unit,field,closed\n2026-08,31825,land,5\n2025-06,32000,land,5\n\
        2025-07,32000,land,5\n2025-06,31825,land,5\n2026-08,99999,land,5\n";
    let starts = [
        "line 4, column 2 (deciding_unit): Xã Cũ (32000) ended on 2025-07-01 and closes nothing in 2025-07",
        "line 5, column 2 (deciding_unit): Phường Bạc Liêu (31825) begins on 2025-07-01, after 2025-06",
        "line 6, column 2 (deciding_unit): no unit has the code 99999",
    ];
    assert_eq!(told(import(&desk, text, false).await), starts);
    assert!(stored(&desk).await.is_empty());
}

#[tokio::test]
async fn bad_cells_are_named_and_nothing_is_stored() {
    let desk = desk().await;
    let text = "month,deciding_unit,receiving_unit,field,closed,on_time,late,online,refused\n\
        2026-11,31825,,land,5,,,,\n2026-13,31825,,land,5,,,,\n2026-08,31825-TT,,land,5,,,,\n\
        2026-08,31825,nowhere,land,5,,,,\n2026-08,31825,,unknown,5,,,,\n2026-08,31825,,land,-5,,,,\n\
        2026-08,31825,,land,5,3,3,,\n2026-08,31825,,land,5,,,6,\n2026-08,31825,,merit,5,,,,\n\
        2026-08,31825,31825,merit,6,,,,\n";
    let starts = [
        "line 2, column 1 (month): 2026-11 is still to come",
        "line 3, column 1 (month): \"2026-13\" is not a month",
        "line 4, column 2 (deciding_unit): Trung tâm",
        "line 5, column 3 (receiving_unit): no unit has the code nowhere",
        "line 6, column 4 (field): there is no field \"unknown\"",
        "line 7, column 5 (closed): \"-5\" is not a number of dossiers",
        "line 8, column 7 (late): on_time and late together are more than closed",
        "line 9, column 8 (online): online is more than closed",
        "line 11, column 4 (field): the same month, units and field are already in line 10",
    ];
    let told = told(import(&desk, text, false).await);
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:#?}");
    assert!(stored(&desk).await.is_empty());
}

#[tokio::test]
async fn dossiers_are_not_counted_twice_by_receiver_and_without() {
    let desk = desk().await;
    import(&desk, "month,deciding_unit,field,closed\n2026-08,31825,land,5\n", false).await.unwrap();
    let head = "month,deciding_unit,receiving_unit,field,closed\n2026-08,31825,31825-TT,land,5\n";
    let told = told(import(&desk, head, false).await);
    assert!(told[0].starts_with("line 2, column 3 (receiving_unit): in 2026-08 this unit"), "{told:?}");
    import(&desk, &format!("{head}2026-08,31825,,land,0\n"), false).await.unwrap();
    let closed: i64 = stored(&desk).await.iter().map(|line| line.2).sum();
    assert_eq!(closed, 5);
}

#[tokio::test]
async fn whoever_may_not_change_volumes_does_not() {
    let desk = desk().await;
    let auditor = domain::scope::Principal {
        account: domain::id::AccountId::from_bytes([1; 16]),
        name: "kim".into(),
        tenant: tenant(),
        role: domain::scope::Role::Auditor,
        unit: None,
    };
    let wanted = VolumesWanted { source: "x", dry_run: true, progress: &mut |_, _| {} };
    let done = import_volumes(&desk.office, &Actor::from(&auditor), std::io::empty(), wanted).await;
    assert!(matches!(done, Err(UsecaseError::Forbidden)));
}
