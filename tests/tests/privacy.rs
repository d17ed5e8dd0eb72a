//! What a copy of the database, its files and the logs do not tell.

#[path = "privacy/copy.rs"]
mod copy;
