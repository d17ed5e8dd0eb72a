//! The published file of releases: what the ledger's hashes are made of, so that anybody can compute the chain again
//! without the database. With `exact` it also holds what a restore needs to bring the figures back: packed sums, units
//! and surveys, texts (sealed). That is for the province's own use: exact sums are in no published file.
//!
//! # Format
//! One JSON object a line: `head`, then (exact only) `row`s of units, surveys and the like, then each `release` followed
//! by its `cell`s and `decision`s, then (exact only) the `row`s of texts, then `end` with the SHA-256 of all lines before.

mod reading;
mod writing;

pub use reading::{ReleaseReader, Released, Verified, verify};
pub(crate) use writing::{BESIDE, FRAME};
pub use writing::{Written, write_releases};

use crate::ledger::{CellLine, DecisionLine};
use domain::id::Tenant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of this format.
const FORMAT: u32 = 1;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// What the file is.
    Head(Head),
    /// Names of the ids below: `unit` or `survey`, the id, the code.
    Name(String, String, String),
    /// A row of a table.
    Row(TableRow),
    /// A release; its cells and decisions follow.
    Release(ReleaseLine),
    /// A cell.
    Cell(CellLine),
    /// A decision.
    Decision(DecisionLine),
    /// The end.
    End(End),
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// `hailong-releases`.
    pub file: String,
    /// Version of the format.
    pub format: u32,
    /// Whose releases.
    pub tenant: Tenant,
    /// The first.
    pub from: i64,
    /// Hash of the release before the first; empty for the first of all.
    pub before: String,
    /// Whether it holds what a restore needs.
    pub exact: bool,
}

/// A row of a table: a column's name and value; bytes are `{"hex": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The table.
    pub table: String,
    /// The cells.
    pub cells: BTreeMap<String, serde_json::Value>,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseLine {
    /// Its number.
    pub release: i64,
    /// What kind of run.
    pub kind: String,
    /// The day for which it was scheduled.
    pub scheduled: String,
    /// The month in which its answers count, yyyymm.
    pub counted_in: i64,
    /// How many cells follow.
    pub cells: usize,
    /// How many decisions follow them.
    pub decisions: usize,
    /// Its hash.
    pub hash: String,
}

/// The end of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The last hash.
    pub head: String,
    /// SHA-256 of every byte before this line.
    pub sha256: String,
}
