//! What the office does, one use case a file. Time, chance, keys and the database come in through
//! one value, the [`office::Office`]; nothing here knows of HTTP.
//!
//! # To add a use case
//! 1. a file named after the deed, with one public function named after it, that takes the office,
//!    a [`Scope`](domain::scope::Scope) or a principal where somebody asks, and returns words of `domain`;
//! 2. what must be stored goes through `store`, what must be computed through `stats`;
//! 3. the command line and the pages call it; a test drives it from outside.

pub mod account_change;
pub mod account_invite;
pub mod account_list;
pub mod account_own;
pub mod anonymity;
pub mod api_key;
pub mod archive;
pub mod audit_log;
pub mod backup;
pub mod calendar;
pub mod call;
pub mod chance;
pub mod check;
pub mod clock;
pub mod code;
pub mod cut;
pub mod demo;
pub mod edit_field;
pub mod edit_unit;
pub mod entry;
pub mod error;
pub mod escape;
pub mod exclusion;
pub mod export;
pub mod figures;
pub mod fold;
pub mod form_token;
pub mod health;
pub mod help;
pub mod import;
pub mod keys;
pub mod kiosk;
pub mod ledger;
pub mod margin;
pub mod mutant;
pub mod objection;
pub mod office;
pub mod open_survey;
pub mod paper;
pub mod password;
pub mod poster;
pub mod record;
pub mod recording;
mod recount;
pub mod registry;
pub mod release_compare;
pub mod release_file;
pub mod release_list;
pub mod restore;
pub mod retention;
pub mod search_units;
pub mod setup;
pub mod sign_in;
pub mod submit;
pub mod survey_plan;
pub mod survey_term;
pub mod table;
pub mod target;
pub mod text_screen;
pub mod texts;
pub mod touchpoint_check;
pub mod touchpoints;
pub mod traffic;
pub mod volume_edit;
pub mod volume_table;
pub mod volume_upload;

pub use error::UsecaseError;
