//! The procedures from a file: what people apply for, in which field, under which national code.

use crate::error::{UsecaseError, said};
use crate::import::fault::{no_name, not_a_code, too_long, unknown_word};
use crate::import::fields::ListImported;
use crate::import::{Changes, Difference, Planned, Subject, Verdict, is_code, names};
use crate::office::Office;
use crate::registry::Province;
use crate::table::{Faults, Manner, Row, Shape, Table};
use domain::id::Tenant;
use std::collections::HashMap;
use std::io::Read;
use store::field::Procedure;

/// The columns of a file of procedures.
pub const SHAPE: Shape<'static> = Shape {
    required: &["code", "field", "level", "name"],
    optional: &["name_en", "name_km", "national_code"],
    open: false,
};

/// Replaces the list of procedures by a file.
///
/// # Errors
/// [`UsecaseError::File`] with everything that is wrong in the file; nothing is stored then.
pub async fn import_procedures(
    office: &Office,
    tenant: Tenant,
    source: impl Read,
    dry_run: bool,
) -> Result<ListImported, UsecaseError> {
    office.refresh().await?;
    let province = office.province(tenant)?;
    let (read, manner) = read(source, &province)?;
    let lines = compare(&read, province.procedures());
    let changes = Changes::of(&lines, Subject::Procedure);
    if !dry_run && !changes.is_nothing() {
        let all: Vec<Procedure> = read.into_iter().map(|(_, one)| one).collect();
        office.store.put_procedures(tenant, &all).await?;
        office.refresh().await?;
    }
    Ok(ListImported { changes, lines, manner })
}

type Lines = Vec<(u64, Procedure)>;

fn read(source: impl Read, province: &Province) -> Result<(Lines, Manner), UsecaseError> {
    let mut table = Table::open(source, SHAPE)?;
    let (mut faults, mut all) = (Faults::default(), Lines::new());
    let (mut codes, mut national) = (HashMap::new(), HashMap::new());
    while let Some(row) = table.row(&mut faults) {
        let Some(one) = read_one(row, province, all.len(), &mut faults) else { continue };
        if let Some(line) = codes.insert(one.code.clone(), row.line()) {
            let message = said!(
                "thủ tục {} đã có ở dòng {line}" / "the procedure {} is already in line {line}",
                one.code
            );
            faults.cell(row, "code", message);
        }
        let number = one.national_code.clone().map(|number| (number, one.level));
        let twin = number.and_then(|number| national.insert(number, row.line()));
        if let Some(line) = twin {
            let message = said!(
                "dòng {line} đã có mã quốc gia và cấp này"
                    / "line {line} has the same national code and level"
            );
            faults.cell(row, "national_code", message);
        }
        all.push((row.line(), one));
    }
    faults.outcome().map(|()| (all, table.manner()))
}

fn read_one(row: Row<'_>, province: &Province, place: usize, faults: &mut Faults) -> Option<Procedure> {
    let (code, field, name) = (row.cell("code"), row.cell("field"), names(row));
    if !is_code(code, 40) {
        faults.cell(row, "code", not_a_code(code, 40));
    }
    if name.vi.is_empty() {
        faults.cell(row, "name", no_name());
    }
    for column in ["name", "name_en", "name_km"] {
        if row.cell(column).chars().count() > 300 {
            faults.cell(row, column, too_long(300));
        }
    }
    let national_code = national_code(row, faults);
    let level = row.cell("level").parse();
    let level = level.map_err(|error| faults.cell(row, "level", unknown_word(&error))).ok()?;
    if !province.fields().iter().any(|f| f.code == field && f.level == level) {
        let message = said!(
            "không có lĩnh vực {field:?} ở cấp {level}" / "there is no field {field:?} of the level {level}"
        );
        faults.cell(row, "field", message);
    }
    let ordinal = u32::try_from(place).unwrap_or(u32::MAX);
    Some(Procedure { code: code.into(), field: field.into(), level, name, national_code, ordinal })
}

fn national_code(row: Row<'_>, faults: &mut Faults) -> Option<String> {
    let text = row.cell("national_code");
    if !text.is_empty() && !is_national(text) {
        let message = said!(
            "{text:?} không phải là mã quốc gia; viết như 1.001193, hoặc để trống"
                / "{text:?} is not a national code; write it as 1.001193, or leave it empty"
        );
        faults.cell(row, "national_code", message);
    }
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// A digit, a dot, six digits, as the national database numbers procedures; an agency's suffix may
/// follow (`1.001193.000.00.00.H12`).
fn is_national(text: &str) -> bool {
    let mut parts = text.split('.');
    let digits = |part: Option<&str>, n| {
        part.is_some_and(|part| part.len() == n && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(parts.next(), 1)
        && digits(parts.next(), 6)
        && text.len() <= 30
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn compare(read: &[(u64, Procedure)], known: &[Procedure]) -> Vec<Planned> {
    let mut lines: Vec<Planned> = read
        .iter()
        .map(|(line, one)| {
            let old = known.iter().find(|old| old.code == one.code);
            let verdict = match old {
                None => Verdict::New,
                Some(old) if old == one => Verdict::Unchanged,
                Some(_) => Verdict::Changed,
            };
            planned(*line, one, verdict, old.map(|old| differences(old, one)).unwrap_or_default())
        })
        .collect();
    let gone = known.iter().filter(|old| !read.iter().any(|(_, one)| one.code == old.code));
    lines.extend(gone.map(|old| planned(0, old, Verdict::Removed, Vec::new())));
    lines
}

fn planned(line: u64, one: &Procedure, verdict: Verdict, differences: Vec<Difference>) -> Planned {
    let (code, name) = (one.code.clone(), one.name.vi.clone());
    Planned { subject: Subject::Procedure, line, code, name, verdict, differences }
}

fn differences(old: &Procedure, new: &Procedure) -> Vec<Difference> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let place = |one: &Procedure| one.ordinal.saturating_add(1).to_string();
    Difference::all([
        ("field", old.field.clone(), new.field.clone()),
        ("level", old.level.to_string(), new.level.to_string()),
        ("name", old.name.vi.clone(), new.name.vi.clone()),
        ("name_en", text(&old.name.en), text(&new.name.en)),
        ("name_km", text(&old.name.km), text(&new.name.km)),
        ("national_code", text(&old.national_code), text(&new.national_code)),
        ("order", place(old), place(new)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fields::import_fields;
    use crate::import::tests::{Desk, tenant, told};

    const FIELDS: &str = include_str!("../../../../app/instruments/fields.csv");
    const SHIPPED: &str = include_str!("../../../../app/instruments/procedures.csv");

    async fn desk() -> Desk {
        let desk = Desk::ca_mau().await;
        let today = desk.office.today();
        import_fields(&desk.office, tenant(), FIELDS.as_bytes(), today, false).await.unwrap();
        desk
    }

    #[tokio::test]
    async fn the_shipped_procedures_belong_to_the_shipped_fields() {
        let desk = desk().await;
        let done = import_procedures(&desk.office, tenant(), SHIPPED.as_bytes(), false).await.unwrap();
        assert_eq!(done.changes, Changes { new: 32, ..Changes::default() });
        let province = desk.province();
        let birth = province.procedures().iter().find(|one| one.code == "birth").unwrap();
        assert_eq!(birth.national_code.as_deref(), Some("1.001193"));
        assert!(province.procedures().iter().any(|one| one.national_code.is_none()), "nothing is guessed");
        let again = import_procedures(&desk.office, tenant(), SHIPPED.as_bytes(), false).await.unwrap();
        assert!(again.changes.is_nothing());
    }

    #[tokio::test]
    async fn a_field_with_procedures_cannot_be_left_out() {
        let desk = desk().await;
        import_procedures(&desk.office, tenant(), SHIPPED.as_bytes(), false).await.unwrap();
        let less: Vec<&str> = FIELDS.lines().filter(|line| !line.starts_with("civil-status,")).collect();
        let today = desk.office.today();
        let told =
            told(import_fields(&desk.office, tenant(), less.join("\n").as_bytes(), today, false).await);
        assert!(told[0].contains("leaves out the field civil-status of the level commune"), "{told:?}");
        assert_eq!(desk.province().fields().len(), 54);
    }

    #[tokio::test]
    async fn bad_lines_are_named_and_nothing_is_stored() {
        let desk = desk().await;
        let text = "code,field,level,name,national_code\nbirth,civil-status,commune,Khai sinh,1.001193\n\
            birth,civil-status,commune,Khai sinh,1.001193\n\
            b b,none,commune,,1.1193\nc,land,ward,C,\n";
        let told = told(import_procedures(&desk.office, tenant(), text.as_bytes(), false).await);
        let starts = [
            "line 3, column 1 (code): the procedure birth is already in line 2",
            "line 3, column 5 (national_code): line 2 has the same national code and level",
            "line 4, column 1 (code): \"b b\" is not a code",
            "line 4, column 2 (field): there is no field \"none\" of the level commune",
            "line 4, column 4 (name): the name is empty",
            "line 4, column 5 (national_code): \"1.1193\" is not a national code",
            "line 5, column 3 (level): \"ward\" is not a level",
        ];
        assert_eq!(told.len(), starts.len(), "{told:#?}");
        assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:#?}");
        assert!(desk.province().procedures().is_empty());
    }
}
