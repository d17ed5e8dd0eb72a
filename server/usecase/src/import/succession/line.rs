//! One line of a file of successions.

use crate::error::{Said, said};
use crate::import::fault::{no_name, not_a_code, not_a_day, too_long, unknown_word};
use crate::import::units::draft::MOST_CODE;
use crate::import::{is_code, tidy};
use crate::office::parse_day;
use crate::table::{Faults, Row};
use domain::succession::Share;
use time::Date;

/// A succession as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub number: u64,
    pub old_code: String,
    pub old_name: String,
    pub district: String,
    pub district_code: Option<String>,
    pub province: String,
    pub province_code: Option<String>,
    pub new_code: String,
    pub new_name: String,
    pub share: Share,
    pub is_main: bool,
    pub effective_on: Date,
}

impl Line {
    /// The last day of the old unit.
    pub(super) fn last_day(&self) -> Date {
        self.effective_on.previous_day().unwrap_or(self.effective_on)
    }
}

/// Reads a line; what is wrong in it is noted.
pub(super) fn read(row: Row<'_>, faults: &mut Faults) -> Option<Line> {
    let mut check = Check { row, faults };
    let old_code = check.code("old_code", true);
    let new_code = check.code("new_code", true);
    let district_code = check.code("old_district_code", false);
    let province_code = check.code("old_province_code", false);
    for column in ["old_name", "new_name", "old_district", "old_province"] {
        check.name(column);
    }
    let (share, is_main, effective_on) = (check.share(), check.main(), check.day());
    let text = |column| tidy(row.cell(column));
    Some(Line {
        number: row.line(),
        old_code: old_code?,
        old_name: text("old_name"),
        district: text("old_district"),
        district_code,
        province: text("old_province"),
        province_code,
        new_code: new_code?,
        new_name: text("new_name"),
        share: share?,
        is_main: is_main?,
        effective_on: effective_on?,
    })
}

struct Check<'a> {
    row: Row<'a>,
    faults: &'a mut Faults,
}

impl Check<'_> {
    fn note(&mut self, column: &str, message: Said) {
        self.faults.cell(self.row, column, message);
    }

    fn code(&mut self, column: &str, is_needed: bool) -> Option<String> {
        let code = self.row.cell(column);
        if is_code(code, MOST_CODE) {
            return Some(code.to_owned());
        }
        if is_needed || !code.is_empty() {
            self.note(column, not_a_code(code, MOST_CODE));
        }
        None
    }

    fn name(&mut self, column: &str) {
        let text = self.row.cell(column);
        if text.is_empty() && matches!(column, "old_name" | "new_name") {
            self.note(column, no_name());
        } else if text.chars().count() > 200 {
            self.note(column, too_long(200));
        }
    }

    fn share(&mut self) -> Option<Share> {
        let share = self.row.cell("share").parse();
        share.map_err(|error| self.note("share", unknown_word(&error))).ok()
    }

    fn main(&mut self) -> Option<bool> {
        match self.row.cell("main_successor") {
            "yes" => Some(true),
            "no" => Some(false),
            other => {
                let message = said!("{other:?} không phải là yes hay no" / "{other:?} is not yes or no");
                self.note("main_successor", message);
                None
            }
        }
    }

    fn day(&mut self) -> Option<Date> {
        let text = self.row.cell("effective_on");
        let day = parse_day(text).filter(|day| (1901..3000).contains(&day.year()));
        if day.is_none() {
            self.note("effective_on", not_a_day(text));
        }
        day
    }
}
