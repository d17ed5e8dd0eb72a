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
//! | [`sample`] | rows of a table with their design |
//! | [`figures`] | shares, composites and scores of a sample |
//! | [`case`](mod@case) | a folder of reference data: description, responses, expected numbers |
//! | [`checks`] | the comparison of every expected number with ours |
//! | [`error`] | what can be wrong with a file |

pub mod case;
pub mod checks;
pub mod description;
pub mod error;
pub mod figures;
pub mod sample;
pub mod table;

pub use error::AnalyzeError;
