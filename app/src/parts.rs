//! The parts that pages are made of: a figure in words, its mark, charts, addresses.

pub mod address;
pub(crate) mod brand;
pub mod chart;
pub(crate) mod face;
pub(crate) mod figure;
pub(crate) mod help;
pub mod qr;
pub(crate) mod wording;
