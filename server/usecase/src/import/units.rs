//! Units from a file: the first time with the tenant itself, later additions and changes.

pub(in crate::import) mod draft;
pub(in crate::import) mod order;
mod rules;
#[cfg(test)]
mod tests;

use crate::error::UsecaseError;
use crate::import::{Changes, Difference, Planned, Subject, Verdict};
use crate::objection::Objection;
use crate::office::Office;
use crate::office::write_day;
use crate::registry::Province;
use crate::table::{Faults, Header, Manner, Shape, Table};
use domain::id::{Tenant, UnitId};
use domain::unit::{Unit, UnitKind};
use draft::Draft;
use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;
use time::Date;

/// The columns of a file of units. `kind` (xã, phường) is for the reader's eye: the name says it.
pub const SHAPE: Shape<'static> = Shape {
    required: &["code", "parent_code", "level", "name", "name_en"],
    optional: &["name_km", "kind", "address", "phone", "valid_from", "valid_to"],
    open: false,
};

/// The day on which the units of today began, for files that name none.
pub const TWO_LEVELS: Date = time::macros::date!(2025 - 07 - 01);

/// What to do with a file of units.
#[derive(Debug, Clone, Copy)]
pub struct UnitsWanted<'a> {
    /// The two letters of the tenant; the only one where absent.
    pub tag: Option<&'a str>,
    /// Code of the province to take out of a file of many.
    pub province: Option<&'a str>,
    /// First day of units for which the file names none.
    pub valid_from: Date,
    /// Only look what would happen.
    pub dry_run: bool,
}

impl Default for UnitsWanted<'_> {
    fn default() -> Self {
        Self { tag: None, province: None, valid_from: TWO_LEVELS, dry_run: false }
    }
}

/// What became of a file of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsImported {
    /// The tenant.
    pub tenant: Tenant,
    /// Whether the tenant is new.
    pub is_new_tenant: bool,
    /// What was, or would be, stored.
    pub changes: Changes,
    /// The same line by line.
    pub lines: Vec<Planned>,
    /// How the file is written.
    pub manner: Manner,
}

/// Takes units from a file.
///
/// # Errors
/// [`UsecaseError::File`] with everything that is wrong in the file, [`UsecaseError::Refused`] where the
/// file is another province's; nothing is stored then.
pub async fn import_units(
    office: &Office,
    source: impl Read,
    wanted: UnitsWanted<'_>,
) -> Result<UnitsImported, UsecaseError> {
    let tenant = tenant(office, wanted.tag)?;
    office.refresh().await?;
    let province = office.registry().province(tenant).cloned();
    let (header, drafts, manner) = read(source, wanted)?;
    let drafts = choose(drafts, wanted.province, province.as_deref())?;
    let units = settle(office, &header, &drafts, province.as_ref())?;
    let (lines, put) = compare(units, province.as_deref());
    let changes = Changes::of(&lines, Subject::Unit);
    if !wanted.dry_run {
        office.store.put_units(tenant, &put, office.now()).await?;
        office.refresh().await?;
    }
    Ok(UnitsImported { tenant, is_new_tenant: province.is_none(), changes, lines, manner })
}

fn tenant(office: &Office, tag: Option<&str>) -> Result<Tenant, UsecaseError> {
    let Some(tag) = tag else {
        return match office.registry().only() {
            Some(only) => Ok(only.tenant),
            None => Err(Objection::NoTag.into()),
        };
    };
    tag.parse().map_err(|_| Objection::Tag(tag.to_owned()).into())
}

fn read(source: impl Read, wanted: UnitsWanted<'_>) -> Result<(Header, Vec<Draft>, Manner), UsecaseError> {
    let mut table = Table::open(source, SHAPE)?;
    let header = table.header().clone();
    let (mut faults, mut drafts) = (Faults::default(), Vec::new());
    let mut found = Vec::new();
    while let Some(row) = table.row(&mut faults) {
        let mut own = Faults::default();
        drafts.push(draft::read(row, wanted.valid_from, &mut own));
        found.push(own);
    }
    // Of a national file only the chosen province has to be right.
    let chosen = wanted.province.map(|code| draft::below(&drafts, code));
    for (index, own) in found.into_iter().enumerate() {
        if chosen.as_ref().is_none_or(|chosen| chosen.contains(&index)) {
            faults.join(own);
        }
    }
    faults.outcome()?;
    Ok((header, drafts, table.manner()))
}

/// The drafts of one province, and whether it is this tenant's.
fn choose(
    mut drafts: Vec<Draft>,
    wanted: Option<&str>,
    province: Option<&Province>,
) -> Result<Vec<Draft>, UsecaseError> {
    if let Some(code) = wanted {
        let chosen = draft::below(&drafts, code);
        if chosen.is_empty() {
            return Err(Objection::ProvinceNotInFile(code.to_owned()).into());
        }
        let mut index = 0..;
        drafts.retain(|_| index.next().is_some_and(|index| chosen.contains(&index)));
    }
    let mut codes: Vec<&str> =
        drafts.iter().filter(|d| d.kind == UnitKind::Province).map(|d| d.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let root = province.and_then(|p| p.unit(p.root)).map(|unit| unit.code.as_str());
    match (codes.as_slice(), root) {
        ([code], None) if !code.is_empty() => Ok(drafts),
        ([], None) => Err(Objection::NoProvinceLine.into()),
        ([], Some(_)) => Ok(drafts),
        ([code], Some(root)) if *code == root => Ok(drafts),
        ([code], Some(root)) => {
            Err(Objection::OtherProvince { own: root.to_owned(), theirs: (*code).to_owned() }.into())
        }
        (many, _) => Err(Objection::SeveralProvincesInFile(many.len()).into()),
    }
}

/// Units from drafts: with ids, parents and places in the official order.
fn settle(
    office: &Office,
    header: &Header,
    drafts: &[Draft],
    province: Option<&Arc<Province>>,
) -> Result<Vec<(u64, Unit)>, UsecaseError> {
    let known: Vec<&Unit> = province.iter().flat_map(|p| p.units()).collect();
    let key = |code: &str, from: Date| known.iter().find(|u| u.code == code && u.valid_from == from).copied();
    let there: Vec<Option<&Unit>> = drafts.iter().map(|d| key(&d.code, d.valid_from)).collect();
    let ids: Vec<UnitId> = there
        .iter()
        .map(|unit| unit.map_or_else(|| UnitId::from_bytes(office.chance.bytes()), |unit| unit.id))
        .collect();
    let others: Vec<&Unit> = known.iter().filter(|unit| !ids.contains(&unit.id)).copied().collect();
    let scene = rules::Scene { header, drafts, ids: &ids, others: &others };
    let mut faults = Faults::default();
    rules::overlaps(scene, &mut faults);
    let parents = rules::parents(scene, &mut faults);
    rules::cycles(scene, &parents, &mut faults);
    faults.outcome()?;
    let ordinals = order::ordinals(drafts, &there, &known);
    let units = drafts.iter().enumerate().map(|(i, draft)| draft.unit(ids[i], parents[i], ordinals[i]));
    let lines: HashMap<UnitId, u64> = ids.iter().copied().zip(drafts.iter().map(|d| d.line)).collect();
    let units = order::parents_first(units.collect()).into_iter();
    Ok(units.map(|unit| (lines.get(&unit.id).copied().unwrap_or_default(), unit)).collect())
}

/// What would become of each line, and what of it is to be stored, parents first.
pub(in crate::import) fn compare(
    units: Vec<(u64, Unit)>,
    province: Option<&Province>,
) -> (Vec<Planned>, Vec<Unit>) {
    let known = |id| province.and_then(|province| province.unit(id));
    let codes: HashMap<UnitId, String> = units.iter().map(|(_, unit)| (unit.id, unit.code.clone())).collect();
    let code = |id: Option<UnitId>| {
        let id = id?;
        codes.get(&id).cloned().or_else(|| known(id).map(|unit| unit.code.clone()))
    };
    let (mut lines, mut put) = (Vec::new(), Vec::new());
    for (line, unit) in units {
        let old = known(unit.id);
        let verdict = match old {
            None => Verdict::New,
            Some(old) if *old == unit => Verdict::Unchanged,
            Some(old) if old.valid_to.is_none() && unit.valid_to.is_some() => Verdict::Ended,
            Some(_) => Verdict::Changed,
        };
        let differences = old.map(|old| differences(old, &unit, code)).unwrap_or_default();
        let (told, name) = (unit.code.clone(), unit.name.vi.clone());
        lines.push(Planned { subject: Subject::Unit, line, code: told, name, verdict, differences });
        if verdict != Verdict::Unchanged {
            put.push(unit);
        }
    }
    lines.sort_by_key(|line| line.line);
    (lines, put)
}

fn differences(old: &Unit, new: &Unit, code: impl Fn(Option<UnitId>) -> Option<String>) -> Vec<Difference> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<Date>| day.map(write_day).unwrap_or_default();
    let place = |unit: &Unit| unit.ordinal.saturating_add(1).to_string();
    Difference::all([
        ("code", old.code.clone(), new.code.clone()),
        ("parent_code", code(old.parent).unwrap_or_default(), code(new.parent).unwrap_or_default()),
        ("level", old.kind.to_string(), new.kind.to_string()),
        ("name", old.name.vi.clone(), new.name.vi.clone()),
        ("name_en", text(&old.name.en), text(&new.name.en)),
        ("name_km", text(&old.name.km), text(&new.name.km)),
        ("address", text(&old.address), text(&new.address)),
        ("phone", text(&old.phone), text(&new.phone)),
        ("valid_to", day(old.valid_to), day(new.valid_to)),
        ("order", place(old), place(new)),
    ])
}
