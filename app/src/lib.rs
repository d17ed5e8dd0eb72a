//! What people see: every page as a function from a finished view-model to a document.
//!
//! With feature `ssr` this crate draws HTML on the server; without a word of SQL, HTTP or formula.

#[cfg(feature = "ssr")]
pub mod citizen;
#[cfg(feature = "ssr")]
pub mod i18n;
