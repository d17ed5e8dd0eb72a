//! What to tally, and where the columns are.

use super::cell::Shape;
use super::row::Codes;
use crate::AnalyzeError;
use std::collections::BTreeSet;
use std::path::Path;

/// What to tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The columns whose values make the strata: `agency` where every agency is a stratum of its
    /// own. Without any the whole file is one stratum.
    pub strata: Vec<String>,
    /// Further columns by whose values figures will be asked.
    pub domains: Vec<String>,
    /// The factors: name and columns of items. No item belongs to two.
    pub factors: Vec<(String, Vec<String>)>,
    /// The column of the question on overall satisfaction.
    pub overall: Option<String>,
}

/// What a column is to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing.
    Other,
    /// The grouping column of this place.
    Group(usize),
    /// An answer of this atom; the overall question is the atom behind the factors.
    Answer(usize),
}

/// The columns of a file.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) header: Vec<String>,
    pub(super) delimiter: u8,
    /// One for every column.
    pub(super) roles: Vec<Role>,
    /// The grouping columns: those of the strata, then the others.
    pub(super) groups: Vec<String>,
    pub(super) shape: Shape,
    pub(super) codes: Codes,
}

impl Plan {
    /// The grouping columns: those of the strata, then the others, each once.
    fn groups(&self) -> Vec<String> {
        let mut groups: Vec<String> = Vec::new();
        for name in self.strata.iter().chain(&self.domains) {
            if !groups.contains(name) {
                groups.push(name.clone());
            }
        }
        groups
    }

    /// Every column with its role.
    fn roles(&self) -> Vec<(String, Role)> {
        let groups = self.groups().into_iter().enumerate().map(|(at, name)| (name, Role::Group(at)));
        let factors = self.factors.iter().enumerate();
        let items = factors.flat_map(|(at, (_, items))| items.iter().map(move |item| (item.clone(), at)));
        let overall = self.overall.iter().map(|name| (name.clone(), self.factors.len()));
        groups.chain(items.chain(overall).map(|(name, at)| (name, Role::Answer(at)))).collect()
    }

    /// What is wrong with it, if anything is.
    fn fault(&self) -> Option<String> {
        if self.factors.is_empty() || self.factors.iter().any(|(_, items)| items.is_empty()) {
            return Some("at least one factor, and an item in every factor".to_owned());
        }
        if self.factors.iter().map(|(_, items)| items.len()).sum::<usize>() > Codes::MOST {
            return Some(format!("at most {} items", Codes::MOST));
        }
        let mut seen = BTreeSet::new();
        let twice = self.roles().into_iter().find(|(name, _)| !seen.insert(name.clone()));
        twice.map(|(name, _)| format!("column {name:?} has two roles"))
    }

    fn layout(&self, path: &Path, header: Vec<String>, delimiter: u8) -> Result<Layout, AnalyzeError> {
        let mut roles = vec![Role::Other; header.len()];
        for (name, role) in self.roles() {
            // Of two columns with the same name the last counts, as in a table.
            let at = header.iter().rposition(|column| *column == name);
            match at.and_then(|at| roles.get_mut(at)) {
                Some(place) => *place = role,
                None => return Err(AnalyzeError::Column { path: path.to_owned(), column: name }),
            }
        }
        let sizes = self.factors.iter().map(|(_, items)| items.len()).collect();
        Ok(Layout {
            header,
            delimiter,
            roles,
            groups: self.groups(),
            shape: Shape::of(sizes),
            codes: Codes::of(delimiter),
        })
    }
}

/// Where the columns of a file are, and the byte at which its rows begin. Commas part the cells,
/// or semicolons where the header has the columns of the plan only so.
pub(super) fn read_header(path: &Path, plan: &Plan) -> Result<(Layout, u64), AnalyzeError> {
    if let Some(what) = plan.fault() {
        return Err(AnalyzeError::Description { path: path.to_owned(), what });
    }
    let (header, begin) = header(path, b',')?;
    let commas = plan.layout(path, header, b',');
    let Err(missing) = commas else { return commas.map(|layout| (layout, begin)) };
    let (header, begin) = self::header(path, b';')?;
    let semicolons = plan.layout(path, header, b';');
    semicolons.map(|layout| (layout, begin)).map_err(|_| missing)
}

/// The names of the columns, and the byte behind them.
fn header(path: &Path, delimiter: u8) -> Result<(Vec<String>, u64), AnalyzeError> {
    let csv = |source| AnalyzeError::csv(path, source);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_path(path).map_err(csv)?;
    let names = reader.headers().map_err(csv)?.iter();
    let names = names.map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    Ok((names, reader.position().byte()))
}
