//! Real answers of a real city, from a file to figures that established software computed.

#[path = "real/residents.rs"]
mod residents;
#[path = "real/sets.rs"]
mod sets;
