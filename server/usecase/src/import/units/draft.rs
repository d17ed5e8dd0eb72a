//! One line of a file of units, before its parent is known.

use crate::error::{Said, said};
use crate::import::fault::{no_name, not_a_code, not_a_day, too_long, unknown_word};
use crate::import::{is_code, names, some};
use crate::office::parse_day;
use crate::table::{Faults, Row};
use domain::id::UnitId;
use domain::language::Words;
use domain::unit::{Unit, UnitKind};
use std::collections::{HashMap, HashSet};
use time::Date;

/// Most letters of a unit's code.
pub(in crate::import) const MOST_CODE: usize = 40;

/// A unit as the file has it.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub line: u64,
    pub code: String,
    pub parent_code: String,
    pub kind: UnitKind,
    pub name: Words,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

impl Draft {
    pub(super) fn unit(&self, id: UnitId, parent: Option<UnitId>, ordinal: u32) -> Unit {
        Unit {
            id,
            code: self.code.clone(),
            kind: self.kind,
            parent,
            name: self.name.clone(),
            address: self.address.clone(),
            phone: self.phone.clone(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            ordinal,
        }
    }

    pub(super) fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}

/// Reads a line; what is wrong in it is noted.
pub(super) fn read(row: Row<'_>, valid_from: Date, faults: &mut Faults) -> Draft {
    let mut check = Check { row, faults };
    let kind = row.cell("level").parse();
    let valid_from = check.day("valid_from").unwrap_or(valid_from);
    let valid_to = check.day("valid_to");
    if valid_to.is_some_and(|end| end <= valid_from) {
        check.note(
            "valid_to",
            said!("đơn vị phải kết thúc sau ngày bắt đầu" / "a unit ends after the day on which it begins"),
        );
    }
    let draft = Draft {
        line: row.line(),
        code: row.cell("code").into(),
        parent_code: row.cell("parent_code").into(),
        kind: kind.clone().unwrap_or(UnitKind::Counter),
        name: names(row),
        address: some(row.cell("address")),
        phone: some(row.cell("phone")),
        valid_from,
        valid_to,
    };
    check.codes(&draft);
    check.texts(&draft);
    match kind {
        Ok(kind) => check.top(kind, draft.parent_code.is_empty()),
        Err(error) => check.note("level", unknown_word(&error)),
    }
    draft
}

struct Check<'a> {
    row: Row<'a>,
    faults: &'a mut Faults,
}

impl Check<'_> {
    fn note(&mut self, column: &str, message: Said) {
        self.faults.cell(self.row, column, message);
    }

    fn day(&mut self, column: &str) -> Option<Date> {
        let text = self.row.cell(column);
        let day = parse_day(text).filter(|day| (1900..3000).contains(&day.year()));
        if day.is_none() && !text.is_empty() {
            self.note(column, not_a_day(text));
        }
        day
    }

    fn codes(&mut self, draft: &Draft) {
        if !is_code(&draft.code, MOST_CODE) {
            self.note("code", not_a_code(&draft.code, MOST_CODE));
        }
        if !draft.parent_code.is_empty() && !is_code(&draft.parent_code, MOST_CODE) {
            self.note("parent_code", not_a_code(&draft.parent_code, MOST_CODE));
        }
    }

    fn texts(&mut self, draft: &Draft) {
        if draft.name.vi.is_empty() {
            self.note("name", no_name());
        }
        for (column, most) in
            [("name", 200), ("name_en", 200), ("name_km", 200), ("address", 300), ("phone", 40)]
        {
            if self.row.cell(column).chars().count() > most {
                self.note(column, too_long(most));
            }
        }
    }

    fn top(&mut self, kind: UnitKind, is_top: bool) {
        if kind == UnitKind::Province && !is_top {
            let message = said!(
                "tỉnh không thuộc đơn vị nào; để ô trống" / "a province has no parent; leave the cell empty"
            );
            self.note("parent_code", message);
        }
        if kind != UnitKind::Province && is_top {
            let message = said!(
                "chỉ tỉnh mới không thuộc đơn vị nào; ghi mã đơn vị cấp trên"
                    / "only a province has no parent; name the unit above"
            );
            self.note("parent_code", message);
        }
    }
}

/// Which drafts are a province or stand below it, whatever their days.
pub(super) fn below(drafts: &[Draft], province: &str) -> HashSet<usize> {
    let mut children: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut open = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if draft.kind == UnitKind::Province && draft.code == province {
            open.push(index);
        } else if draft.kind != UnitKind::Province {
            children.entry(&draft.parent_code).or_default().push(index);
        }
    }
    let mut chosen = HashSet::new();
    while let Some(index) = open.pop() {
        if chosen.insert(index) {
            open.extend(children.get(drafts[index].code.as_str()).into_iter().flatten());
        }
    }
    chosen
}
