//! Charts: a dot and a whisker for each reading, as inline SVG, and the same figures in a table.
//!
//! x is in per cent and y in pixels, without a `viewBox`: dots stay round and text keeps its size
//! at every width. A bar would say "amount from zero" and hide that its end is uncertain.

pub mod axis;
pub(crate) mod difference;
pub(crate) mod interval;
pub mod layout;
pub(crate) mod map;
pub(crate) mod series;
pub(crate) mod table;
