//! The administrator's pages of the registry: units, their successions, fields, procedures, and the
//! files that they come from.

mod entry;
mod field;
mod fields;
mod import;
mod link;
mod meant;
mod preview;
mod unit;
mod units;

pub use entry::{EntryProblem, WrongEntry};
pub use field::{FieldPage, render_field};
pub use fields::{FieldGroup, FieldLine, Fields, ProcedureLine, render_fields};
pub use import::{FileFaultLine, ImportPage, ImportState, ImportSubject, Manner, render_import};
pub use link::{Kin, UnitLink};
pub use meant::{Meant, render_meant};
pub use preview::{LineVerdict, Preview, PreviewLine};
pub use unit::{OfferedField, UnitEntries, UnitPage, UnitPlace, render_unit};
pub use units::{Branch, UnitFound, Units, render_units};
