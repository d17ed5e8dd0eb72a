//! The stream against the table, the reference cases, and files that are not as they should be.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not find")]

mod file;
mod generated;
mod oracle;
mod random;
mod reference;
mod report;
