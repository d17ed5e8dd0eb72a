//! The table of fields from a file: what dossiers are about and who decides them.

use crate::error::{UsecaseError, said};
use crate::import::fault::{no_name, not_a_code, too_long, unknown_word};
use crate::import::{Changes, Difference, Planned, Subject, Verdict, is_code, names};
use crate::office::Office;
use crate::registry::Province;
use crate::table::{Faults, Manner, Row, Shape, Table};
use domain::id::{Tenant, UnitId};
use domain::unit::UnitKind;
use std::collections::HashMap;
use std::io::Read;
use store::field::Field;
use time::Date;

/// The columns of a file of fields.
pub const SHAPE: Shape<'static> = Shape {
    required: &["code", "name", "name_en", "level", "deciding_unit"],
    optional: &["name_km"],
    open: false,
};

/// Levels whose offices decide dossiers.
pub(crate) const COMMITTEES: [UnitKind; 4] =
    [UnitKind::Province, UnitKind::District, UnitKind::Commune, UnitKind::Department];
/// Answers that the form offers beside the fields.
const APART: [&str; 2] = ["other", "forgotten"];
/// Most bytes of a field's code in a kept answer.
const MOST_CODE: usize = 16;

/// What became of a file that takes the place of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListImported {
    /// What was, or would be, stored.
    pub changes: Changes,
    /// The same line by line.
    pub lines: Vec<Planned>,
    /// How the file is written.
    pub manner: Manner,
}

/// Replaces the table of fields by a file. An empty `deciding_unit` means the committee of the unit
/// that received the dossier; a code means the unit that has it on the day `on`.
///
/// # Errors
/// [`UsecaseError::File`] with everything that is wrong in the file; nothing is stored then.
pub async fn import_fields(
    office: &Office,
    tenant: Tenant,
    source: impl Read,
    on: Date,
    dry_run: bool,
) -> Result<ListImported, UsecaseError> {
    office.refresh().await?;
    let province = office.province(tenant)?;
    let (fields, manner) = read(source, &province, on)?;
    let lines = compare(&fields, &province);
    let fields: Vec<Field> = fields.into_iter().map(|(_, field)| field).collect();
    keeps_procedures(&fields, &province)?;
    let changes = Changes::of(&lines, Subject::Field);
    if !dry_run && !changes.is_nothing() {
        office.store.put_fields(tenant, &fields).await?;
        office.refresh().await?;
    }
    Ok(ListImported { changes, lines, manner })
}

/// A field that still has procedures cannot go.
fn keeps_procedures(fields: &[Field], province: &Province) -> Result<(), UsecaseError> {
    let is_there = |code: &str, level| fields.iter().any(|f| f.code == code && f.level == level);
    let lost = province.procedures().iter().find(|one| !is_there(&one.field, one.level));
    lost.map_or(Ok(()), |one| {
        let (field, level, code) = (&one.field, one.level, &one.code);
        let message = said!(
            "tệp bỏ lĩnh vực {field} ở cấp {level}, trong khi thủ tục {code} thuộc lĩnh vực này; giữ lĩnh vực, hoặc nạp \
            danh mục thủ tục không có nó trước"
                / "the file leaves out the field {field} of the level {level}, to which the procedure {code} belongs; \
                keep the field, or import the procedures without it first"
        );
        let mut faults = Faults::default();
        faults.line(1, message);
        faults.outcome()
    })
}

type Lines = Vec<(u64, Field)>;

fn read(source: impl Read, province: &Province, on: Date) -> Result<(Lines, Manner), UsecaseError> {
    let mut table = Table::open(source, SHAPE)?;
    let (mut faults, mut fields) = (Faults::default(), Vec::new());
    let mut lines: HashMap<(String, UnitKind), u64> = HashMap::new();
    while let Some(row) = table.row(&mut faults) {
        let Some(field) = read_field(row, province, on, fields.len(), &mut faults) else { continue };
        if let Some(line) = lines.insert((field.code.clone(), field.level), row.line()) {
            let message = said!(
                "lĩnh vực {} ở cấp {} đã có ở dòng {line}"
                    / "the field {} of the level {} is already in line {line}",
                field.code,
                field.level
            );
            faults.cell(row, "code", message);
        }
        fields.push((row.line(), field));
    }
    faults.outcome().map(|()| (fields, table.manner()))
}

fn read_field(
    row: Row<'_>,
    province: &Province,
    on: Date,
    place: usize,
    faults: &mut Faults,
) -> Option<Field> {
    let (code, name) = (row.cell("code"), names(row));
    if !is_code(code, MOST_CODE) {
        faults.cell(row, "code", not_a_code(code, MOST_CODE));
    }
    if APART.contains(&code) {
        let message = said!(
            "{code:?} là câu trả lời sẵn có của phiếu; chọn mã khác"
                / "{code:?} is an answer of the form itself; choose another code"
        );
        faults.cell(row, "code", message);
    }
    if name.vi.is_empty() {
        faults.cell(row, "name", no_name());
    }
    for column in ["name", "name_en", "name_km"] {
        if row.cell(column).chars().count() > 100 {
            faults.cell(row, column, too_long(100));
        }
    }
    let deciding = deciding(row, province, on, faults);
    let level = level(row, faults)?;
    let ordinal = u32::try_from(place).unwrap_or(u32::MAX);
    Some(Field { code: code.into(), level, name, deciding, ordinal })
}

fn level(row: Row<'_>, faults: &mut Faults) -> Option<UnitKind> {
    let message = match row.cell("level").parse() {
        Ok(level) if COMMITTEES.contains(&level) => return Some(level),
        Ok(level) => said!(
            "{level} chỉ tiếp nhận; ghi cấp của uỷ ban hoặc sở"
                / "a {level} only receives; name the level of its committee or department"
        ),
        Err(error) => unknown_word(&error),
    };
    faults.cell(row, "level", message);
    None
}

fn deciding(row: Row<'_>, province: &Province, on: Date, faults: &mut Faults) -> Option<UnitId> {
    let code = row.cell("deciding_unit");
    if code.is_empty() {
        return None;
    }
    let message = match province.unit_by_code(code, on) {
        Ok(unit) if COMMITTEES.contains(&unit.kind) => return Some(unit.id),
        Ok(unit) => said!(
            "{} ({}) không giải quyết hồ sơ; ghi mã của uỷ ban hoặc sở"
                / "{} is a {} and decides nothing; name its committee",
            unit.name.vi,
            unit.kind
        ),
        Err(error) => error.said(),
    };
    faults.cell(row, "deciding_unit", message);
    None
}

fn compare(fields: &[(u64, Field)], province: &Province) -> Vec<Planned> {
    let known = province.fields();
    let same = |a: &Field, b: &Field| a.code == b.code && a.level == b.level;
    let mut lines: Vec<Planned> = fields
        .iter()
        .map(|(line, field)| {
            let old = known.iter().find(|old| same(old, field));
            let verdict = match old {
                None => Verdict::New,
                Some(old) if old == field => Verdict::Unchanged,
                Some(_) => Verdict::Changed,
            };
            let differences = old.map(|old| differences(old, field, province)).unwrap_or_default();
            planned(*line, field, verdict, differences)
        })
        .collect();
    let gone = known.iter().filter(|old| !fields.iter().any(|(_, field)| same(old, field)));
    lines.extend(gone.map(|old| planned(0, old, Verdict::Removed, Vec::new())));
    lines
}

fn planned(line: u64, field: &Field, verdict: Verdict, differences: Vec<Difference>) -> Planned {
    let (code, name) = (format!("{} ({})", field.code, field.level), field.name.vi.clone());
    Planned { subject: Subject::Field, line, code, name, verdict, differences }
}

/// The cells in which a line of the table differs from what it was.
pub(crate) fn differences(old: &Field, new: &Field, province: &Province) -> Vec<Difference> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let unit = |id: Option<UnitId>| {
        id.and_then(|id| province.unit(id)).map(|unit| unit.code.clone()).unwrap_or_default()
    };
    let place = |field: &Field| field.ordinal.saturating_add(1).to_string();
    Difference::all([
        ("name", old.name.vi.clone(), new.name.vi.clone()),
        ("name_en", text(&old.name.en), text(&new.name.en)),
        ("name_km", text(&old.name.km), text(&new.name.km)),
        ("deciding_unit", unit(old.deciding), unit(new.deciding)),
        ("order", place(old), place(new)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::{Desk, tenant, told};
    use crate::import::units::TWO_LEVELS;

    const SHIPPED: &str = include_str!("../../../../app/instruments/fields.csv");

    #[tokio::test]
    async fn the_shipped_fields_say_who_decides() {
        let desk = Desk::ca_mau().await;
        let today = desk.office.today();
        let done = import_fields(&desk.office, tenant(), SHIPPED.as_bytes(), today, false).await.unwrap();
        assert_eq!(done.changes, Changes { new: 54, ..Changes::default() });
        let province = desk.province();
        let centre = province.unit_by_code("31825-TT", today).unwrap().id;
        let decides = |field| province.unit(province.deciding(centre, Some(field)).unwrap()).unwrap();
        assert_eq!(decides("enterprise").name.vi, "Sở Tài chính");
        assert_eq!(decides("civil-status").name.vi, "Phường Bạc Liêu");
        let again = import_fields(&desk.office, tenant(), SHIPPED.as_bytes(), today, false).await.unwrap();
        assert_eq!(again.changes, Changes { unchanged: 54, ..Changes::default() });
    }

    #[tokio::test]
    async fn a_dry_run_only_looks() {
        let desk = Desk::ca_mau().await;
        let day = desk.office.today();
        let done = import_fields(&desk.office, tenant(), SHIPPED.as_bytes(), day, true).await.unwrap();
        assert_eq!((done.changes.new, desk.province().fields().len()), (54, 0));
    }

    #[tokio::test]
    async fn bad_lines_are_named_and_the_old_table_stays() {
        let desk = Desk::ca_mau().await;
        let day = desk.office.today();
        import_fields(&desk.office, tenant(), SHIPPED.as_bytes(), day, false).await.unwrap();
        let text = "code,name,name_en,level,deciding_unit\nland,Đất,,commune,\nland,Đất,,commune,99\n\
            other,,,centre,31825-TT\n";
        let told = told(import_fields(&desk.office, tenant(), text.as_bytes(), TWO_LEVELS, false).await);
        let starts = [
            "line 3, column 1 (code): the field land of the level commune is already in line 2",
            "line 3, column 5 (deciding_unit): no unit has the code 99 on 2025-07-01",
            "line 4, column 1 (code): \"other\" is an answer of the form itself",
            "line 4, column 2 (name): the name is empty",
            "line 4, column 4 (level): a centre only receives",
            "line 4, column 5 (deciding_unit): Trung tâm",
        ];
        assert_eq!(told.len(), starts.len(), "{told:#?}");
        assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:#?}");
        assert_eq!(desk.province().fields().len(), 54);
    }
}
