//! What to tally, and where the columns are.

use super::cell::Shape;
use super::row::Codes;
use crate::AnalyzeError;
use crate::delimiter::delimiter;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
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
    /// The items of a questionnaire without factors.
    pub items: Vec<String>,
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

    /// The items of every atom: of every factor, or all.
    fn atoms(&self) -> Vec<&[String]> {
        let items = Some(self.items.as_slice()).filter(|items| !items.is_empty());
        self.factors.iter().map(|(_, items)| items.as_slice()).chain(items).collect()
    }

    /// Every column with its role.
    fn roles(&self) -> Vec<(String, Role)> {
        let groups = self.groups().into_iter().enumerate().map(|(at, name)| (name, Role::Group(at)));
        let atoms = self.atoms();
        let behind = atoms.len();
        let overall = self.overall.iter().map(|name| (name.clone(), behind));
        let items = atoms
            .into_iter()
            .enumerate()
            .flat_map(|(at, items)| items.iter().map(move |item| (item.clone(), at)));
        groups.chain(items.chain(overall).map(|(name, at)| (name, Role::Answer(at)))).collect()
    }

    /// What is wrong with it, if anything is.
    pub(crate) fn fault(&self) -> Option<String> {
        let atoms = self.atoms();
        if atoms.is_empty() || atoms.iter().any(|items| items.is_empty()) {
            return Some("at least one item, and one in every factor".to_owned());
        }
        if !self.factors.is_empty() && !self.items.is_empty() {
            return Some("every item belongs to a factor, or none does".to_owned());
        }
        if atoms.iter().map(|items| items.len()).sum::<usize>() > Codes::MOST {
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
        let sizes = self.atoms().iter().map(|items| items.len()).collect();
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

/// Where the columns of a file are, and the byte at which its rows begin.
pub(super) fn read_header(path: &Path, plan: &Plan) -> Result<(Layout, u64), AnalyzeError> {
    if let Some(what) = plan.fault() {
        return Err(AnalyzeError::Description { path: path.to_owned(), what });
    }
    let header = header(path)?;
    Ok((plan.layout(path, header.names, header.delimiter)?, header.end))
}

/// The header of a file.
pub(crate) struct Header {
    /// The names of the columns.
    pub(crate) names: Vec<String>,
    delimiter: u8,
    /// The byte behind it.
    end: u64,
}

pub(crate) fn header(path: &Path) -> Result<Header, AnalyzeError> {
    let read = |source| AnalyzeError::Read { path: path.to_owned(), source };
    let csv = |source| AnalyzeError::csv(path, source);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(read)?);
    let delimiter = delimiter(file.fill_buf().map_err(read)?);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(file);
    let names = reader.headers().map_err(csv)?.iter();
    let names = names.map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    Ok(Header { names, delimiter, end: reader.position().byte() })
}
