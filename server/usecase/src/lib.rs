//! What the office does, one use case a file.
pub mod chance;
pub mod clock;
pub mod form_token;
pub mod keys;
pub mod record;
