//! Data at rest, on an embedded SQLite file or on PostgreSQL, through one statement for both.
//!
//! This is the only crate that knows sqlx. Everything that reads figures takes a
//! [`Scope`](domain::scope::Scope). SQL selects, integers are added in Rust, `stats` computes: no
//! `avg()`, no sums of products in SQL, so that both engines give bit-identical figures.
//!
//! # To add a table
//! 1. a pair of migrations with the same number and name in `migrations/{sqlite,postgres}`;
//! 2. a file here named after the table, with functions named after what the office does;
//! 3. `$1` parameters and portable SQL; the two exceptions live in [`batch`] and [`lease`];
//! 4. a case in `tests/contract`, which runs on both engines.

mod engine;
mod log;

pub mod account;
pub mod api_key;
pub mod archive;
pub mod audit;
pub mod batch;
pub mod boxes;
pub mod call;
pub mod cell;
pub mod code;
pub mod committer;
pub mod device;
pub mod error;
pub mod exclusion;
pub mod field;
pub mod fold;
pub mod helper_count;
pub mod import;
pub mod inbox;
pub mod instrument;
pub mod invitation;
pub mod lease;
pub mod paper;
pub mod part;
pub mod quarantine;
pub mod recording;
pub mod release;
pub mod remove;
pub mod response;
pub mod restoration;
pub mod sealed_month;
pub mod session;
pub mod setting;
pub mod setup;
pub mod succession;
pub mod survey;
pub mod tally;
pub mod text;
pub mod touchpoint;
pub mod touchpoint_week;
pub mod unit;
pub mod upload;
pub mod volume;
pub mod waiting;

pub use engine::{Place, Store};
pub use error::StoreError;
