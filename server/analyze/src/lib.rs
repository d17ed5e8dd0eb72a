//! Analysis of a survey that lies in a CSV file, for people without a statistics package, and the
//! proof that the formulas are right: reference cases computed by other software.
//!
//! The crate knows files and names of columns; every formula is in [`stats`]. It knows nothing of
//! the product's database.
//!
//! | module | holds |
//! | --- | --- |
//! | [`table`] | a CSV file in memory, whose cells know their line and column |
//! | [`description`] | which columns are items and how the sample was drawn |
//! | [`survey`] | description, responses and population counts together |
//! | [`report`] | the analysis, as text and as JSON |
//! | [`sample`] | rows of a table with their design |
//! | [`figures`] | shares, composites and scores of a sample |
//! | [`groups`] | groups that answered apart, side by side |
//! | [`domains`] | groups of one designed sample, side by side |
//! | [`questionnaire`] | reliability of items, drivers of overall satisfaction |
//! | [`case`](mod@case) | a folder of reference data: description, responses, expected numbers |
//! | [`checks`] | the comparison of every expected number with ours |
//! | [`disclosure`] | what published counts give away, by linear programming |
//! | [`error`] | what can be wrong with a file |
//! | [`generate`] | artificial responses, of any number |
//! | [`stream`] | figures of a file that is larger than the memory, without weights |

pub mod case;
pub mod checks;
mod delimiter;
pub mod description;
pub mod disclosure;
pub mod domains;
pub mod error;
pub mod figures;
pub mod generate;
pub mod groups;
mod line;
pub mod questionnaire;
pub mod report;
pub mod sample;
pub mod stream;
pub mod survey;
pub mod table;

pub use error::AnalyzeError;
pub use report::Report;

use description::Description;
use std::path::Path;
use survey::Survey;
use table::Table;

/// Files from this size on are read in one pass if their design allows it: 8 MiB, about a hundred
/// thousand responses. Smaller ones fit into the memory many times over.
const LARGE: u64 = 1 << 23;

/// Analyses a file of responses.
///
/// `design` is a description ([`description`]), `population` a file of counts to which the weights
/// are fitted: its columns that the responses have too make the cells, and the column `N`, `count`,
/// `population` or `dossiers` holds the count.
///
/// # Errors
///
/// What is wrong with which file, where there is one with line and column.
pub fn run(design: &Path, responses: &Path, population: Option<&Path>) -> Result<Report, AnalyzeError> {
    let description = Description::read(design)?;
    if population.is_none()
        && is_large(responses)
        && let Some(report) = Report::of_file(&description, responses)?
    {
        return Ok(report);
    }
    let table = Table::read(responses)?;
    Report::of(&Survey::of(&description, &table, population)?)
}

/// Whether this is a large file; what cannot be asked is none, and complained about when it is read.
fn is_large(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() >= LARGE)
}
