//! What the handlers of the registry share: units as links, entries of forms.

use crate::http::page::Reader;
use app::console::admin::{EntryProblem, UnitLink, WrongEntry};
use domain::unit::Unit;
use usecase::edit_unit::Wrong;
use usecase::office::write_day;

/// A unit as pages of the registry name it: with its first day, or its last where the first is not
/// recorded.
pub(super) fn link_to(unit: &Unit) -> UnitLink {
    let day = unit.begins_on().or_else(|| unit.ends_on()).unwrap_or(unit.valid_from);
    UnitLink {
        code: unit.code.clone(),
        named: format!("{}@{}", unit.code, write_day(day)),
        name: unit.name.clone(),
        kind: unit.kind,
        from: unit.begins_on(),
        until: unit.ends_on(),
    }
}

/// A field of a form.
pub(super) fn field(pairs: &[(String, String)], name: &str) -> String {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Whether the page is shown after something was stored.
pub(super) fn is_saved(reader: &Reader) -> bool {
    reader.query.get("saved") == Some("1")
}

/// What is wrong in a form, as the page says it.
pub(super) fn entry_problems(wrong: &[(&'static str, Wrong)]) -> Vec<WrongEntry> {
    let problem = |wrong: Wrong| match wrong {
        Wrong::Empty => EntryProblem::Empty,
        Wrong::Long(most) => EntryProblem::Long(most),
        Wrong::Odd => EntryProblem::Odd,
        Wrong::NoUnit => EntryProblem::NoUnit,
        Wrong::DecidesNothing => EntryProblem::DecidesNothing,
        Wrong::NoPlace(most) => EntryProblem::NoPlace(most),
        Wrong::Stale => EntryProblem::Stale,
    };
    wrong.iter().map(|(name, wrong)| WrongEntry { name, problem: problem(*wrong) }).collect()
}
