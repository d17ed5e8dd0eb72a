//! What the office does, one use case a file. Time, chance, keys and the database come in through
//! one value, the [`office::Office`]; nothing here knows of HTTP.
//!
//! # To add a use case
//! 1. a file named after the deed, with one public function named after it, that takes the office,
//!    a [`Scope`](domain::scope::Scope) or a principal where somebody asks, and returns words of `domain`;
//! 2. what must be stored goes through `store`, what must be computed through `stats`;
//! 3. the command line and the pages call it; a test drives it from outside.

pub mod calendar;
pub mod chance;
pub mod check;
pub mod clock;
pub mod cut;
pub mod demo;
pub mod entry;
pub mod error;
pub mod escape;
pub mod export;
pub mod figures;
pub mod fold;
pub mod form_token;
pub mod import;
pub mod keys;
pub mod margin;
pub mod office;
pub mod open_survey;
pub mod poster;
pub mod record;
pub mod registry;
pub mod sign_in;
pub mod submit;
pub mod table;
pub mod traffic;

pub use error::UsecaseError;
