//! Who the lines of a file of successions speak of: units of the registry, or units of the past that
//! have to be made.
//!
//! A province or district of the past without a code in the file gets a local one, made of its name
//! without marks: `bac-lieu`, `bac-lieu.h-hong-dan` (`h` huyện, `tx` thị xã, `tp` thành phố, `q` quận).
//! A province of the past with the name of today's has today's code, which means another unit by date.

use super::Line;
use crate::error::{Said, said};
use crate::import::units::TWO_LEVELS;
use crate::import::units::order::HISTORY;
use crate::office::{Office, write_day};
use crate::registry::Province;
use crate::table::{Faults, Header};
use domain::id::UnitId;
use domain::language::Words;
use domain::succession::is_same_name;
use domain::unit::{UNRECORDED, Unit, UnitKind, plain};
use time::Date;

/// A column and what is wrong in it.
type Wrong = (&'static str, Said);

/// Units that are new or get an end, with the line that says so.
pub(super) type Units = Vec<(u64, Unit)>;

/// The units that a file speaks of.
pub(super) struct Cast<'a> {
    office: &'a Office,
    registry: &'a Province,
    units: Units,
    next: u32,
}

impl<'a> Cast<'a> {
    pub(super) fn new(office: &'a Office, registry: &'a Province) -> Self {
        let last = registry.units().map(|unit| unit.ordinal).filter(|ordinal| *ordinal >= HISTORY).max();
        let next = last.map_or(HISTORY, |last| last.saturating_add(1));
        Self { office, registry, units: Vec::new(), next }
    }

    pub(super) fn into_units(self) -> Units {
        self.units
    }

    /// The old and the new unit of a line.
    pub(super) fn pair(
        &mut self,
        line: &Line,
        header: &Header,
        faults: &mut Faults,
    ) -> Option<(UnitId, UnitId)> {
        let mut note = |column: &str, message: Said| faults.add(line.number, header.spot(column), message);
        let new = match self.registry.unit_by_code(&line.new_code, line.effective_on) {
            Ok(unit) => unit,
            Err(error) => {
                let said = error.said();
                let message = Said {
                    vi: format!("{}; nạp đơn vị của ngày ấy trước", said.vi),
                    en: format!("{}; import the units of that day first", said.en),
                };
                note("new_code", message);
                return None;
            }
        };
        if !is_same_name(&new.name.vi, &line.new_name) {
            let (code, name) = (&new.code, &new.name.vi);
            let message = said!(
                "trong danh mục, {code} là {name:?}, không phải {:?}"
                    / "{code} is {name:?} in the registry, not {:?}",
                line.new_name
            );
            note("new_name", message);
        }
        match self.old(line, new.kind) {
            Ok(old) if old == new.id => {
                let day = write_day(line.effective_on);
                let code = &line.old_code;
                let message = said!(
                    "{code} sẽ kế thừa chính nó; đơn vị mới phải bắt đầu ngày {day}"
                        / "{code} would succeed itself; its successor must begin on {day}"
                );
                note("old_code", message);
                None
            }
            Ok(old) => Some((old, new.id)),
            Err((column, message)) => {
                note(column, message);
                None
            }
        }
    }

    /// Of the registry and of this file, those that exist on a day.
    fn known(&self, on: Date) -> impl Iterator<Item = &Unit> {
        let made = |id| self.units.iter().any(|(_, unit)| unit.id == id);
        let here = self.units.iter().map(|(_, unit)| unit);
        here.chain(self.registry.units().filter(move |unit| !made(unit.id)))
            .filter(move |unit| unit.is_valid_on(on))
    }

    fn old(&mut self, line: &Line, kind: UnitKind) -> Result<UnitId, Wrong> {
        let there = self.known(line.last_day()).find(|unit| unit.code == line.old_code).cloned();
        let Some(unit) = there else {
            let parent = self.parent(line)?;
            let words = (line.old_code.clone(), line.old_name.as_str());
            return Ok(self.make(line, kind, Some(parent), words, line.effective_on));
        };
        if !is_same_name(&unit.name.vi, &line.old_name) {
            let name = &unit.name.vi;
            let message = said!(
                "ngày ấy {} là {name:?}, không phải {:?}" / "{} is {name:?} on that day, not {:?}",
                unit.code,
                line.old_name
            );
            return Err(("old_name", message));
        }
        self.recode_above(line, &unit);
        match unit.valid_to {
            Some(end) if end == line.effective_on => {}
            Some(end) => {
                let (code, end) = (&unit.code, write_day(end));
                let message =
                    said!("danh mục ghi {code} kết thúc ngày {end}" / "the registry has {code} end on {end}");
                return Err(("effective_on", message));
            }
            None => {
                let ended = Unit { valid_to: Some(line.effective_on), ..unit.clone() };
                self.units.push((line.number, ended));
            }
        }
        Ok(unit.id)
    }

    /// The district of an old unit, or its province where it had none.
    fn parent(&mut self, line: &Line) -> Result<UnitId, Wrong> {
        if line.province.is_empty() {
            let message = said!(
                "{} chưa có trong danh mục; ghi tỉnh mà đơn vị này thuộc về"
                    / "{} is not in the registry; name the province that it was in",
                line.old_code
            );
            return Err(("old_province", message));
        }
        if line.effective_on > TWO_LEVELS && !line.district.is_empty() {
            let message = said!(
                "ngày {} không còn cấp huyện; để ô trống"
                    / "there were no districts on {}; leave the cell empty",
                write_day(line.last_day())
            );
            return Err(("old_district", message));
        }
        let province = self.province(line);
        if line.district.is_empty() {
            return Ok(province);
        }
        let is_it = |unit: &&Unit| {
            unit.kind == UnitKind::District
                && unit.parent == Some(province)
                && is_same_name(&unit.name.vi, &line.district)
        };
        let there = self.known(line.last_day()).find(is_it).cloned();
        if let Some(unit) = there {
            return Ok(self.recode(line, unit, line.district_code.as_ref()));
        }
        let code =
            line.district_code.clone().unwrap_or_else(|| district_code(&line.province, &line.district));
        Ok(self.make(line, UnitKind::District, Some(province), (code, &line.district), TWO_LEVELS))
    }

    fn province(&mut self, line: &Line) -> UnitId {
        let is_it =
            |unit: &&Unit| unit.kind == UnitKind::Province && is_same_name(&unit.name.vi, &line.province);
        let there = self.known(line.last_day()).find(is_it).cloned();
        if let Some(unit) = there {
            return self.recode(line, unit, line.province_code.as_ref());
        }
        let root = self.registry.unit(self.registry.root);
        let of_today = root.filter(|root| is_same_name(&root.name.vi, &line.province));
        let code = line.province_code.clone().or_else(|| of_today.map(|root| root.code.clone()));
        let code = code.unwrap_or_else(|| slug(&line.province).1);
        self.make(line, UnitKind::Province, None, (code, &line.province), TWO_LEVELS.max(line.effective_on))
    }

    /// The district and the province of a unit that is there already.
    fn recode_above(&mut self, line: &Line, unit: &Unit) {
        let names = [
            (UnitKind::District, &line.district, &line.district_code),
            (UnitKind::Province, &line.province, &line.province_code),
        ];
        let mut above = unit.parent.and_then(|id| self.registry.unit(id)).cloned();
        while let Some(unit) = above {
            above = unit.parent.and_then(|id| self.registry.unit(id)).cloned();
            let told =
                names.iter().find(|(kind, name, _)| *kind == unit.kind && is_same_name(&unit.name.vi, name));
            let is_told_already = self.units.iter().any(|(_, made)| made.id == unit.id);
            if let Some((_, _, code)) = told
                && !is_told_already
            {
                self.recode(line, unit, code.as_ref());
            }
        }
    }

    /// A unit of the past keeps its code until a file gives it an official one.
    fn recode(&mut self, line: &Line, unit: Unit, code: Option<&String>) -> UnitId {
        let id = unit.id;
        if let Some(code) = code.filter(|code| **code != unit.code && id != self.registry.root) {
            self.units.retain(|(_, made)| made.id != id);
            self.units.push((line.number, Unit { code: code.clone(), ..unit }));
        }
        id
    }

    fn make(
        &mut self,
        line: &Line,
        kind: UnitKind,
        parent: Option<UnitId>,
        (code, name): (String, &str),
        end: Date,
    ) -> UnitId {
        let id = UnitId::from_bytes(self.office.chance.bytes());
        let all = self.registry.units().chain(self.units.iter().map(|(_, unit)| unit));
        let earlier = all.filter(|unit| unit.code == code).filter_map(|unit| unit.valid_to);
        let valid_from = earlier.filter(|day| *day < end).max().unwrap_or(UNRECORDED);
        let unit = Unit {
            id,
            code,
            kind,
            parent,
            name: Words::vi(name),
            address: None,
            phone: None,
            valid_from,
            valid_to: Some(end),
            ordinal: self.next,
        };
        self.next = self.next.saturating_add(1);
        self.units.push((line.number, unit));
        id
    }

    /// No code means two units on one day.
    pub(super) fn overlaps(&self, header: &Header, faults: &mut Faults) {
        for (index, (line, unit)) in self.units.iter().enumerate() {
            let made = |id| self.units.iter().any(|(_, made)| made.id == id);
            let here = self.units[..index].iter().map(|(_, unit)| unit);
            let mut others = here.chain(self.registry.units().filter(|unit| !made(unit.id)));
            let meets = |other: &&Unit| {
                other.code == unit.code
                    && other.valid_to.is_none_or(|end| unit.valid_from < end)
                    && unit.valid_to.is_none_or(|end| other.valid_from < end)
            };
            if let Some(other) = others.find(meets) {
                let (code, one, two) = (&unit.code, &unit.name.vi, &other.name.vi);
                let message = said!(
                    "mã {code} sẽ chỉ hai đơn vị cùng lúc: {one:?} và {two:?}"
                        / "the code {code} would mean two units at once: {one:?} and {two:?}"
                );
                let column = match unit.kind {
                    UnitKind::District => "old_district",
                    UnitKind::Province => "old_province",
                    _ => "old_code",
                };
                faults.add(*line, header.spot(column), message);
            }
        }
    }
}

/// The kind's first letters and the name without marks, with hyphens.
fn slug(name: &str) -> (&'static str, String) {
    let text = plain(name);
    let kinds = [("huyen ", "h"), ("thi xa ", "tx"), ("thanh pho ", "tp"), ("quan ", "q"), ("tinh ", "t")];
    let kind = kinds.iter().find(|(word, _)| text.starts_with(word));
    let (rest, short) = kind.map_or((text.as_str(), "x"), |(word, short)| (&text[word.len()..], *short));
    let clean = rest.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    (short, clean.take(18).collect())
}

fn district_code(province: &str, district: &str) -> String {
    let ((_, province), (kind, district)) = (slug(province), slug(district));
    format!("{province}.{kind}-{district}")
}
