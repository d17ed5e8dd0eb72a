//! Changes what posters and forms say of a unit: its names, its address, its telephone.

use crate::error::UsecaseError;
use crate::import::plan::Difference;
use crate::import::{some, tidy};
use crate::keys::sha256;
use crate::office::{Office, write_day};
use domain::id::UnitId;
use domain::language::Words;
use domain::scope::Principal;
use domain::unit::Unit;

/// What somebody wrote about a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitEdit {
    /// Vietnamese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Khmer name.
    pub name_km: String,
    /// Postal address.
    pub address: String,
    /// Telephone.
    pub phone: String,
}

/// What is wrong with something that somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It must not be empty.
    Empty,
    /// It is longer than so many characters.
    Long(usize),
    /// It holds characters that cannot be printed.
    Odd,
    /// No agency has this code today.
    NoUnit,
    /// The unit decides nothing.
    DecidesNothing,
    /// It is no place from 1 to so many.
    NoPlace(usize),
    /// Somebody else has changed the line meanwhile.
    Stale,
}

/// The field and what is wrong with it.
pub type WrongEntries = Vec<(&'static str, Wrong)>;

/// A mark of a unit as it is now: whoever edits it sends it back, so that two people do not overwrite
/// each other unseen.
#[must_use]
pub fn mark_of(unit: &Unit) -> String {
    sha256(format!("{unit:?}").as_bytes())
}

/// What is wrong with a text that is at most so long.
pub(crate) fn check(name: &'static str, text: &str, most: usize, wrong: &mut WrongEntries) {
    if text.chars().any(char::is_control) {
        wrong.push((name, Wrong::Odd));
    } else if text.chars().count() > most {
        wrong.push((name, Wrong::Long(most)));
    }
}

/// Stores what somebody wrote about a unit and notes it; the cells that changed.
///
/// # Errors
/// [`UsecaseError::Unknown`] where there is no such unit; what is wrong in the entries is `Ok(Err(…))`.
pub async fn edit_unit(
    office: &Office,
    who: &Principal,
    id: UnitId,
    edit: &UnitEdit,
    seen: &str,
) -> Result<Result<Vec<Difference>, WrongEntries>, UsecaseError> {
    office.refresh().await?;
    let province = office.province(who.tenant)?;
    let unit =
        province.unit(id).ok_or_else(|| UsecaseError::Unknown { what: "unit", name: String::new() })?;
    let wrong = inspect(edit, unit, seen);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let name = Words { vi: tidy(&edit.name), en: some(&edit.name_en), km: some(&edit.name_km) };
    let edited = Unit { name, address: some(&edit.address), phone: some(&edit.phone), ..unit.clone() };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let differences = Difference::all([
        ("name", unit.name.vi.clone(), edited.name.vi.clone()),
        ("name_en", text(&unit.name.en), text(&edited.name.en)),
        ("name_km", text(&unit.name.km), text(&edited.name.km)),
        ("address", text(&unit.address), text(&edited.address)),
        ("phone", text(&unit.phone), text(&edited.phone)),
    ]);
    if !differences.is_empty() {
        let named = format!("{}@{}", unit.code, write_day(unit.valid_from));
        office.store.put_units(who.tenant, &[edited], office.now()).await?;
        office.note(who.tenant, &who.name, "edit-unit", &told(&named, &differences)).await?;
        office.refresh().await?;
    }
    Ok(Ok(differences))
}

/// The cells that changed, as the log has them.
pub(crate) fn told(what: &str, differences: &[Difference]) -> String {
    let cell = |d: &Difference| format!("{} {:?} to {:?}", d.column, d.before, d.after);
    format!("{what}: {}", differences.iter().map(cell).collect::<Vec<_>>().join(", "))
}

fn inspect(edit: &UnitEdit, unit: &Unit, seen: &str) -> WrongEntries {
    let mut wrong = WrongEntries::new();
    if mark_of(unit) != seen {
        wrong.push(("seen", Wrong::Stale));
    }
    if edit.name.trim().is_empty() {
        wrong.push(("name", Wrong::Empty));
    }
    for (name, text, most) in [
        ("name", &edit.name, 200),
        ("name_en", &edit.name_en, 200),
        ("name_km", &edit.name_km, 200),
        ("address", &edit.address, 300),
        ("phone", &edit.phone, 40),
    ] {
        check(name, text, most, &mut wrong);
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::{Desk, tenant};
    use domain::id::AccountId;
    use domain::scope::Role;

    fn admin() -> Principal {
        let account = AccountId::from_bytes([1; 16]);
        Principal { account, name: "lan".into(), tenant: tenant(), role: Role::ProvinceAdmin, unit: None }
    }

    fn entries(name: &str, phone: &str) -> UnitEdit {
        UnitEdit { name: name.into(), phone: phone.into(), ..UnitEdit::default() }
    }

    #[tokio::test]
    async fn a_telephone_is_stored_and_noted_and_the_place_of_the_unit_stays() {
        let desk = Desk::ca_mau().await;
        let before = desk.province().unit_by_code("31825-TT", desk.office.today()).unwrap().clone();
        let edit = UnitEdit { phone: " 0291  3822 ".into(), ..entries(&before.name.vi, "") };
        let done =
            edit_unit(&desk.office, &admin(), before.id, &edit, &mark_of(&before)).await.unwrap().unwrap();
        assert_eq!(done.iter().map(|d| d.column).collect::<Vec<_>>(), ["name_en", "phone"]);
        let province = desk.province();
        let after = province.unit(before.id).unwrap();
        assert_eq!(after.phone.as_deref(), Some("0291 3822"));
        assert_eq!((after.ordinal, after.parent, &after.code), (before.ordinal, before.parent, &before.code));
        let log = desk.office.store.audit(tenant()).await.unwrap();
        let last = log.last().unwrap();
        assert_eq!((last.who.as_str(), last.what.as_str()), ("lan", "edit-unit"));
        assert!(last.detail.contains("phone \"\" to \"0291 3822\""), "{}", last.detail);
    }

    #[tokio::test]
    async fn what_is_wrong_is_told_and_nothing_is_stored() {
        let desk = Desk::ca_mau().await;
        let unit = desk.province().unit_by_code("31825", desk.office.today()).unwrap().clone();
        let edit = UnitEdit { address: "a\u{7}".into(), ..entries(" ", &"1".repeat(41)) };
        let wrong = edit_unit(&desk.office, &admin(), unit.id, &edit, "old").await.unwrap().unwrap_err();
        let wanted = [
            ("seen", Wrong::Stale),
            ("name", Wrong::Empty),
            ("address", Wrong::Odd),
            ("phone", Wrong::Long(40)),
        ];
        assert_eq!(wrong, wanted);
        assert_eq!(desk.province().unit(unit.id), Some(&unit));
    }
}
