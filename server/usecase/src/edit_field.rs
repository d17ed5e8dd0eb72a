//! Changes one line of the table of fields: its names, who decides, its place.

use crate::edit_unit::{Wrong, WrongEntries, check, told};
use crate::error::UsecaseError;
use crate::import::fields::{COMMITTEES, differences};
use crate::import::plan::Difference;
use crate::import::{some, tidy};
use crate::keys::sha256;
use crate::office::Office;
use crate::registry::Province;
use domain::id::UnitId;
use domain::language::Words;
use domain::scope::Principal;
use domain::unit::UnitKind;
use store::field::Field;
use time::Date;

/// What somebody wrote about a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldEdit {
    /// Vietnamese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Khmer name.
    pub name_km: String,
    /// Code of the deciding unit; empty for the receiving office.
    pub deciding_unit: String,
    /// Place among the fields of its level, from 1.
    pub place: String,
}

/// A mark of a line as it is now, together with its neighbours' order.
#[must_use]
pub fn mark_of(field: &Field) -> String {
    sha256(format!("{field:?}").as_bytes())
}

/// Stores what somebody wrote about a field and notes it; the cells that changed.
///
/// # Errors
/// [`UsecaseError::Unknown`] where there is no such field; what is wrong in the entries is `Ok(Err(…))`.
pub async fn edit_field(
    office: &Office,
    who: &Principal,
    (code, level): (&str, UnitKind),
    edit: &FieldEdit,
    seen: &str,
) -> Result<Result<Vec<Difference>, WrongEntries>, UsecaseError> {
    office.refresh().await?;
    let province = office.province(who.tenant)?;
    let is_it = |field: &&Field| field.code == code && field.level == level;
    let unknown = || UsecaseError::Unknown { what: "field", name: code.chars().take(40).collect() };
    let field = province.fields().iter().find(is_it).ok_or_else(unknown)?;
    let read = match inspect(edit, field, &province, seen, office.today()) {
        Ok(read) => read,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let name = Words { vi: tidy(&edit.name), en: some(&edit.name_en), km: some(&edit.name_km) };
    let edited = Field { name, deciding: read.deciding, ..field.clone() };
    let list = reordered(province.fields(), &edited, read.place);
    let moved = list.iter().find(|one| one.code == code && one.level == level).unwrap_or(&edited);
    let differences = differences(field, moved, &province);
    if list != province.fields() {
        let detail = told(&format!("{code} ({level})"), &differences);
        office.store.put_fields(who.tenant, &list).await?;
        office.note(who.tenant, &who.name, "edit-field", &detail).await?;
        office.refresh().await?;
    }
    Ok(Ok(differences))
}

struct Read {
    deciding: Option<UnitId>,
    place: usize,
}

fn inspect(
    edit: &FieldEdit,
    field: &Field,
    province: &Province,
    seen: &str,
    today: Date,
) -> Result<Read, WrongEntries> {
    let mut wrong = WrongEntries::new();
    if mark_of(field) != seen {
        wrong.push(("seen", Wrong::Stale));
    }
    if edit.name.trim().is_empty() {
        wrong.push(("name", Wrong::Empty));
    }
    for (name, text) in [("name", &edit.name), ("name_en", &edit.name_en), ("name_km", &edit.name_km)] {
        check(name, text, 100, &mut wrong);
    }
    let code = edit.deciding_unit.trim();
    let deciding = (!code.is_empty()).then(|| match province.unit_by_code(code, today) {
        Ok(unit) if COMMITTEES.contains(&unit.kind) => Some(unit.id),
        Ok(_) => {
            wrong.push(("deciding_unit", Wrong::DecidesNothing));
            None
        }
        Err(_) => {
            wrong.push(("deciding_unit", Wrong::NoUnit));
            None
        }
    });
    let places = province.fields().iter().filter(|one| one.level == field.level).count();
    let place = edit.place.trim().parse().ok().filter(|place| (1..=places).contains(place));
    if place.is_none() {
        wrong.push(("place", Wrong::NoPlace(places)));
    }
    match place {
        Some(place) if wrong.is_empty() => Ok(Read { deciding: deciding.flatten(), place }),
        _ => Err(wrong),
    }
}

/// The whole list with one line changed and moved to a place among those of its level.
fn reordered(fields: &[Field], edited: &Field, place: usize) -> Vec<Field> {
    let is_it = |field: &Field| field.code == edited.code && field.level == edited.level;
    let mut own: Vec<Field> =
        fields.iter().filter(|one| one.level == edited.level && !is_it(one)).cloned().collect();
    own.insert((place - 1).min(own.len()), edited.clone());
    let mut own = own.into_iter();
    // Each level keeps the rows of the list that it has.
    let mut list = Vec::with_capacity(fields.len());
    for (row, field) in fields.iter().enumerate() {
        let ordinal = u32::try_from(row).unwrap_or(u32::MAX);
        let next = if field.level == edited.level { own.next() } else { None };
        list.push(Field { ordinal, ..next.unwrap_or_else(|| field.clone()) });
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fields::import_fields;
    use crate::import::tests::{Desk, tenant};
    use domain::id::AccountId;
    use domain::scope::Role;

    const FIELDS: &str = include_str!("../../../app/instruments/fields.csv");

    async fn desk() -> (Desk, Principal) {
        let desk = Desk::ca_mau().await;
        let today = desk.office.today();
        import_fields(&desk.office, tenant(), FIELDS.as_bytes(), today, false).await.unwrap();
        let account = AccountId::from_bytes([1; 16]);
        let role = Role::ProvinceAdmin;
        (desk, Principal { account, name: "lan".into(), tenant: tenant(), role, unit: None })
    }

    fn entries(field: &Field, deciding: &str, place: &str) -> FieldEdit {
        FieldEdit {
            name: field.name.vi.clone(),
            name_en: field.name.en.clone().unwrap_or_default(),
            name_km: field.name.km.clone().unwrap_or_default(),
            deciding_unit: deciding.into(),
            place: place.into(),
        }
    }

    #[tokio::test]
    async fn a_field_gets_another_agency_and_place_and_the_other_levels_stay() {
        let (desk, who) = desk().await;
        let before = desk.province();
        let level = UnitKind::Commune;
        let line = |province: &Province, code: &str| {
            province.fields().iter().find(|f| f.code == code && f.level == level).unwrap().clone()
        };
        let health = line(&before, "health");
        let edit = entries(&health, "CM-SNV", "1");
        let key = ("health", level);
        let done = edit_field(&desk.office, &who, key, &edit, &mark_of(&health)).await.unwrap().unwrap();
        let columns: Vec<_> = done.iter().map(|d| d.column).collect();
        assert_eq!(columns, ["deciding_unit", "order"]);
        let after = desk.province();
        let centre = after.unit_by_code("31825-TT", desk.office.today()).unwrap().id;
        assert_eq!(after.offered_fields(centre)[0].code, "health");
        assert_eq!(after.unit(after.deciding(centre, Some("health")).unwrap()).unwrap().code, "CM-SNV");
        let others = |province: &Province| -> Vec<Field> {
            province.fields().iter().filter(|f| f.level != level).cloned().collect()
        };
        assert_eq!(others(&before), others(&after));
        assert_eq!(desk.office.store.audit(tenant()).await.unwrap().last().unwrap().what, "edit-field");
    }

    #[tokio::test]
    async fn what_is_wrong_is_told_and_nothing_is_stored() {
        let (desk, who) = desk().await;
        let before = desk.province();
        let land = before.fields().iter().find(|f| f.code == "land").unwrap().clone();
        let seen = mark_of(&land);
        for (edit, wanted) in [
            (entries(&land, "99999", "1"), ("deciding_unit", Wrong::NoUnit)),
            (entries(&land, "31825-TT", "1"), ("deciding_unit", Wrong::DecidesNothing)),
            (
                entries(&land, "", "0"),
                ("place", Wrong::NoPlace(before.fields().iter().filter(|f| f.level == land.level).count())),
            ),
            (FieldEdit { name: String::new(), ..entries(&land, "", "1") }, ("name", Wrong::Empty)),
        ] {
            let key = ("land", land.level);
            assert_eq!(edit_field(&desk.office, &who, key, &edit, &seen).await.unwrap(), Err(vec![wanted]));
        }
        assert_eq!(desk.province().fields(), before.fields());
    }
}
