//! Analysis of a survey that lies in a CSV file, for people without a statistics package, and the
//! proof that the formulas are right: reference cases computed by other software.
//!
//! The crate knows files and names of columns; every formula is in [`stats`]. It knows nothing of
//! the product's database.
//!
//! | module | holds |
//! | --- | --- |
//! | [`table`] | a CSV file in memory, whose cells know their line and column |
//! | [`case`](mod@case) | a folder of reference data: description, responses, expected numbers |
//! | [`checks`] | the comparison of every expected number with ours |
//! | [`error`] | what can be wrong with a file |
//! | [`generate`] | artificial responses, of any number |
//! | [`stream`] | figures of a file that is larger than the memory, without weights |

pub mod case;
pub mod checks;
pub mod error;
pub mod generate;
mod line;
pub mod stream;
pub mod table;

pub use error::AnalyzeError;
