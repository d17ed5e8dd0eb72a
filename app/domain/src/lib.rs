//! The words of the product: what a unit, a survey, an answer, a tally and a reading *are*.
//!
//! No I/O, no async, no SQL, no HTTP: everything here is a value or a rule about values, so that a
//! reader can check the rules of the office without meeting a database. Builds for wasm.

pub mod account;
pub mod api_key;
pub mod call;
pub mod code;
pub mod device;
pub mod family;
pub mod id;
pub mod instrument;
pub mod language;
pub mod map;
pub mod new_survey;
pub mod paper;
pub mod path;
pub mod period;
pub mod reading;
pub mod report;
pub mod right;
pub mod scope;
pub mod submission;
pub mod succession;
pub mod survey;
pub mod tally;
pub mod touchpoint;
pub mod unit;
pub mod volume;
